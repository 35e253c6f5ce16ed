"""The front of the client: a server's control API, and the worlds on it."""

from __future__ import annotations

from collections.abc import Mapping
from types import TracebackType
from typing import Self

from simulator.control_client import reading
from simulator.control_client.values import WorldDescription
from simulator.control_client.wire import Wire
from simulator.control_client.world import World


class ControlClient:
    """The control API of one running server.

    A context manager; or close it with `close`. Not safe to share between threads while a stream is read.

    Args:
        url: Where the control API answers, with or without `/_sim`; the ready file of `gradelab serve` has it
            as `control.url`.
        token: Its token, from the same place.
    """

    def __init__(self, url: str, token: str) -> None:
        self._wire = Wire(url, token)

    def worlds(self) -> tuple[WorldDescription, ...]:
        """All worlds of the server.

        Raises:
            ControlClientError: As every method: its subclasses say why something was not done.
        """
        told = self._wire.json("GET", "worlds")
        return reading.read(lambda each: tuple(map(reading.world, each["worlds"])), told)

    def world(self, name: str = "default") -> World:
        """A handle on a world. Nothing is asked yet, so it need not be there."""
        return World(self._wire, name)

    def create(
        self,
        name: str,
        *,
        seed: int = 7,
        profile: str = "khsd",
        start: str = "school",
        autojump: bool = False,
        switches: Mapping[str, object] | None = None,
        tell_not_simulated: bool = False,
    ) -> World:
        """A fresh world.

        Args:
            name: Its name.
            seed: What it is made of.
            profile: How its district's systems behave, by name.
            start: What it starts from.
            autojump: Whether its clock jumps by itself when everything waits.
            switches: What of the profile is to be otherwise, values of JSON by the names that
                `gradelab profiles` lists.
            tell_not_simulated: Whether a header tells clients what is not simulated.

        Raises:
            RefusedError: If there is one of its name already, or it cannot be made of this.
        """
        body = {
            "name": name,
            "seed": seed,
            "profile": profile,
            "start": start,
            "autojump": autojump,
            "switches": dict(switches or {}),
            "tell_not_simulated": tell_not_simulated,
        }
        self._wire.json("POST", "worlds", body=body)
        return World(self._wire, name)

    def import_world(self, name: str, text: str | bytes) -> World:
        """A world from a file that `World.export` wrote, under a new name.

        Raises:
            RefusedError: If there is one of its name already, or the file is no world's.
        """
        self._wire.send("worlds", name, "file", text=text)
        return World(self._wire, name)

    def close(self) -> None:
        """Close the connections."""
        self._wire.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"ControlClient({self._wire!r})"
