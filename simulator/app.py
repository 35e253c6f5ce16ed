"""Composition only: the two fakes as ASGI applications over the same worlds.

`build_apps(worlds)` takes built worlds; there are no module globals, so many worlds live in one process.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from starlette.types import ASGIApp

from simulator.addresses import Addresses
from simulator.asgi import FindTenant, Tenant, WorldRouter
from simulator.canvas.routes import build_canvas
from simulator.faults.striking import Striking
from simulator.late_app import LateApp
from simulator.synergy.routes import build_synergy
from simulator.world import World, Worlds

if TYPE_CHECKING:
    from simulator.control import ControlApp


@dataclass(frozen=True, slots=True)
class Apps:
    """One application per socket."""

    canvas: ASGIApp
    synergy: ASGIApp
    """OneRoster, its token endpoint and TeacherVUE."""
    control: LateApp[ControlApp] | None
    """`/_sim/`, or None where the servers were started without a control token."""


NOWHERE = Addresses("http://canvas.test", "http://synergy.test", "http://control.test")
"""For applications that are called without sockets."""


def build_apps(worlds: Worlds, *, control_token: str | None = None, addresses: Addresses = NOWHERE) -> Apps:
    """The fakes for these worlds; worlds added to `worlds` later are served as well.

    `addresses` is where they will answer: the control API tells it to its clients.
    """
    return Apps(
        canvas=WorldRouter(build_canvas(), _find(worlds, "canvas", _canvas), lambda _path: "canvas"),
        synergy=WorldRouter(build_synergy(), _find(worlds, "synergy", _synergy), _synergy_face),
        control=_control(worlds, addresses, control_token) if control_token else None,
    )


def _control(worlds: Worlds, addresses: Addresses, token: str) -> LateApp[ControlApp]:
    def build() -> ControlApp:
        from simulator.control import build_control  # noqa: PLC0415 - loading it is what is put off

        return build_control(worlds, addresses, token)

    return LateApp(build)


def _find(worlds: Worlds, system: str, store: Callable[[World], object]) -> FindTenant:
    def tenant(name: str) -> Tenant | None:
        world = worlds.get(name)
        if world is None:
            return None
        clock = world.clock.seen_by(system)
        return Tenant(
            store(world), world.journal, clock, world.waiting, _around(world), world.tells_not_simulated
        )

    return tenant


def _around(world: World) -> Callable[[ASGIApp], ASGIApp]:
    """What stands between a world's clients and its systems: nothing, unless something is to go wrong."""
    return partial(Striking, plan=world.faults, waiting=world.waiting) if world.faults else _nothing


def _nothing(app: ASGIApp) -> ASGIApp:
    return app


def _canvas(world: World) -> object:
    return world.canvas


def _synergy(world: World) -> object:
    return world.synergy


def _synergy_face(path: str) -> str:
    return "teachervue" if path.startswith("/teachervue") else "oneroster"
