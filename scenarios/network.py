"""The wires of the stage: how a request gets from whoever asks to whoever answers.

`InProcess` hands it to the ASGI application; over sockets the engine's own transport is used. `LossyWire`
stands around either
and misbehaves on purpose. A fault that was planned and never happened fails the story that planned it.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import TracebackType
from typing import Self

import httpx2
from starlette.types import ASGIApp

from simulator.in_process import InProcessTransport
from sync_engine import Answer, Request, Transport, TransportError


class InProcess:
    """Carries requests straight to ASGI applications, by the origin of their URL.

    No sockets, so it is fast.
    """

    def __init__(self, apps: Mapping[str, ASGIApp]) -> None:
        self._clients = {
            origin: httpx2.AsyncClient(transport=InProcessTransport(app=app), base_url=origin)
            for origin, app in apps.items()
        }

    async def send(self, request: Request) -> Answer:
        """Send and wait for the whole answer.

        Raises:
            TransportError: If a planned fault dropped the connection.
        """
        url = httpx2.URL(request.url)
        origin = f"{url.scheme}://{url.netloc.decode()}"
        client = self._clients.get(origin)
        if client is None:
            raise TransportError(f"Nothing listens at {origin}")
        await asyncio.sleep(0)  # noqa: TID251 - no time passes; as on a real wire, others get their turn
        try:
            answer = await client.request(
                request.method,
                url.copy_merge_params(httpx2.QueryParams(list(request.params))) if request.params else url,
                headers=dict(request.headers),
                json=request.json_body,
                data=_form(request.form),
            )
        except httpx2.RemoteProtocolError as error:
            raise TransportError("the connection was cut off") from error
        headers = {name.lower(): value for name, value in answer.headers.items()}
        return Answer(answer.status_code, headers, answer.content)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for client in self._clients.values():
            await client.aclose()


def _form(form: tuple[tuple[str, str], ...] | None) -> dict[str, str | list[str]] | None:
    if form is None:
        return None
    gathered: dict[str, list[str]] = {}
    for name, value in form:
        gathered.setdefault(name, []).append(value)
    return {name: values[0] if len(values) == 1 else values for name, values in gathered.items()}


class EngineStopped(BaseException):
    """The engine's process ended in the middle of a run, as by `kill -9`.

    Nothing of its own code may catch this.
    """


class FaultKind(StrEnum):
    """What goes wrong."""

    LOST = "acknowledged but lost"
    """The sender is told that all is well, and the request never arrives (the district page's FAQ 5)."""
    ANSWER_LOST = "dropped after it was committed"
    """The request arrives and is carried out; the sender never hears of it."""
    UNREACHABLE = "dropped before it arrived"
    REFUSED = "refused for a reason of its own"
    """The request arrives nowhere; the sender is answered 422 with words of the vendor's own."""
    ENGINE_STOPS = "the engine stops"
    """The request arrives; then the engine's process ends before it hears the answer."""


@dataclass(slots=True)
class Fault:
    """A fault and its limits: it lets `after` matching requests pass, then happens `times` times."""

    kind: FaultKind
    matches: Callable[[Request], bool]
    sentence: str
    after: int = 0
    times: int = 1
    words: str = ""
    """What a refusal says."""
    seen: int = 0
    happened: int = 0

    def strikes(self, request: Request) -> bool:
        """Whether it happens to this request; counts it."""
        if not self.matches(request) or self.happened >= self.times:
            return False
        self.seen += 1
        if self.seen <= self.after:
            return False
        self.happened += 1
        return True


@dataclass(slots=True)
class Interlude:
    """What somebody does while a request is under way: once, before the first that matches arrives."""

    deed: Callable[[], Awaitable[None]]
    matches: Callable[[Request], bool]
    sentence: str
    happened: bool = False


class LossyWire:
    """A transport around another one, with planned faults and interludes. Without any it changes nothing."""

    def __init__(self, inner: Transport) -> None:
        self._inner = inner
        self.faults: list[Fault] = []
        self.interludes: list[Interlude] = []

    async def send(self, request: Request) -> Answer:
        """Send, unless a planned fault strikes first or after."""
        for interlude in self.interludes:
            if not interlude.happened and interlude.matches(request):
                interlude.happened = True  # first, because the deed goes over this wire too
                await interlude.deed()
        fault = next((fault for fault in self.faults if fault.strikes(request)), None)
        if fault is None:
            return await self._inner.send(request)
        match fault.kind:
            case FaultKind.LOST:
                return Answer(201, {"content-type": "application/json"}, b"{}")
            case FaultKind.REFUSED:
                return Answer(422, {"content-type": "application/json"}, _binding_error(fault.words))
            case FaultKind.UNREACHABLE:
                raise TransportError("The connection was refused (a planned fault)")
            case FaultKind.ANSWER_LOST:
                await self._inner.send(request)
                raise TransportError("The connection was cut before the answer (a planned fault)")
            case FaultKind.ENGINE_STOPS:
                await self._inner.send(request)
                raise EngineStopped

    def clear(self) -> None:
        """Plan nothing any more."""
        self.faults.clear()
        self.interludes.clear()

    @property
    def never_happened(self) -> tuple[Fault | Interlude, ...]:
        """What was planned and did not come."""
        planned: tuple[Fault | Interlude, ...] = (*self.faults, *self.interludes)
        return tuple(each for each in planned if not each.happened)


def _binding_error(words: str) -> bytes:
    """A OneRoster 1.1 error in the shape of the binding."""
    told = {
        "imsx_codeMajor": "failure",
        "imsx_severity": "error",
        "imsx_messageRefIdentifier": "planned-fault",
        "imsx_description": words,
        "imsx_CodeMinor": {
            "imsx_codeMinorField": [
                {"imsx_codeMinorFieldName": "TargetEndSystem", "imsx_codeMinorFieldValue": "invaliddata"}
            ]
        },
    }
    return json.dumps(told).encode()
