"""Both fakes on loopback sockets of this machine, inside a running event loop.

The sockets are bound before anything starts, so a port in use is one clear error and nothing half-started.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from simulator.addresses import Addresses
from simulator.app import build_apps
from simulator.faults.dropping import DROP
from simulator.world import Worlds

LOOPBACK = "127.0.0.1"
EVERYWHERE = "0.0.0.0"  # noqa: S104 - only where somebody asks for it
"""All addresses of this machine: it is no address that a client could call, so this machine's own is told."""
START_POLLS_MAX = 2_000
START_POLL_SECONDS = 0.005
_STOP = "gradelab.stop"
"""The extension of the scope that cuts a connection off at once, whatever is still to be sent."""
_GOODBYES_MAX = 100
"""So many messages may still come before the server sees that a connection is gone."""
STOP_SECONDS_MAX = 0.4
"""So long may exchanges that go on take to end when the servers stop; all of it takes under a second."""


class PortInUseError(Exception):
    """A port that was asked for is taken.

    Choose another with the option that the message names, or leave the option out to get a free one.
    """


class HostError(Exception):
    """This machine has no such address to listen on. Use 127.0.0.1, or one of the machine's own addresses."""


@dataclass(frozen=True, slots=True)
class Ports:
    """Where to listen; 0 takes any free port."""

    canvas: int = 0
    synergy: int = 0
    control: int = 0


class _Protocol(HttpToolsProtocol):
    """HTTP over a socket that an application can drop on purpose."""

    def on_message_begin(self) -> None:
        """Offer it with each request."""
        super().on_message_begin()
        self.scope["extensions"] = {
            DROP: {"close": self.transport.close},
            _STOP: {"close": self.transport.abort},
        }


class _Stoppable:
    """Cuts off the exchanges that still go on when the servers stop, as a server that goes away does.

    Without it each would be told as an error of ours, with 500 for the client.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        try:
            await self._app(scope, receive, send)
        except asyncio.CancelledError:
            scope["extensions"][_STOP]["close"]()
            for _message in range(_GOODBYES_MAX):
                if (await receive())["type"] == "http.disconnect":
                    return


class _Server(uvicorn.Server):
    """A uvicorn server that leaves the signals to whoever runs the loop."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@asynccontextmanager
async def serving(
    worlds: Worlds, *, host: str = LOOPBACK, ports: Ports = Ports(), control_token: str | None = None
) -> AsyncIterator[Addresses]:
    """Serve these worlds until the block ends.

    Raises:
        PortInUseError: If a port that was asked for is taken.
        HostError: If this machine cannot listen at the host.
    """
    wanted = {"canvas": ports.canvas, "synergy": ports.synergy}
    if control_token:
        wanted["control"] = ports.control
    with contextlib.ExitStack() as bound:
        sockets = {name: bound.enter_context(_bind(name, host, port)) for name, port in wanted.items()}
        shown = LOOPBACK if host == EVERYWHERE else host
        urls = {name: f"http://{shown}:{listening.getsockname()[1]}" for name, listening in sockets.items()}
        addresses = Addresses(urls["canvas"], urls["synergy"], urls.get("control", ""))
        apps = build_apps(worlds, control_token=control_token, addresses=addresses)
        servers = [(_server(apps.canvas), sockets["canvas"]), (_server(apps.synergy), sockets["synergy"])]
        if apps.control is not None:
            servers.append((_server(apps.control), sockets["control"]))
        tasks = [asyncio.create_task(server.serve(sockets=[listening])) for server, listening in servers]
        try:
            await _all_started([server for server, _listening in servers], tasks)
            yield addresses
        finally:
            if apps.control is not None and apps.control.built is not None:
                apps.control.built.end_streams()
            await _all_stopped([server for server, _listening in servers], tasks)


def _server(app: ASGIApp) -> _Server:
    return _Server(
        uvicorn.Config(
            _Stoppable(app),
            http=_Protocol,
            access_log=False,
            log_level="warning",
            lifespan="off",
            server_header=False,
            date_header=False,  # the fakes' own clock tells the date
        )
    )


def _bind(name: str, host: str, port: int) -> socket.socket:
    # asyncio turns Nagle's delay off only on sockets that say they are TCP; with it an answer takes 40 ms
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen()  # two sockets may share a port until one of them listens
    except UnicodeError as error:
        listening.close()
        raise _host_error(host) from error
    except OSError as error:
        listening.close()
        if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
            raise _host_error(host) from error
        raise PortInUseError(
            f"Port {port} on {host} cannot be used ({error.strerror or error}). "
            f"Choose another with --{name}-port, or leave it out to get a free one."
        ) from error
    return listening


def _host_error(host: str) -> HostError:
    return HostError(
        f"{host!r} is no IPv4 address of this machine. Use {LOOPBACK}, or 0.0.0.0 for all that it has."
    )


async def _all_started(servers: list[_Server], tasks: list[asyncio.Task[None]]) -> None:
    for _poll in range(START_POLLS_MAX):
        if all(server.started for server in servers):
            return
        for task in tasks:
            if task.done():
                task.result()
        await asyncio.sleep(START_POLL_SECONDS)  # noqa: TID251 - real sockets take real time to open
    raise TimeoutError("The fakes did not start listening.")


async def _all_stopped(servers: list[_Server], tasks: list[asyncio.Task[None]]) -> None:
    """Let what goes on come to its end, for a moment; a client that does not read must not hold us up."""
    for server in servers:
        server.should_exit = True
    _stopped, going_on = await asyncio.wait(tasks, timeout=STOP_SECONDS_MAX)
    if going_on:
        for server in servers:
            server.force_exit = True
            for request in server.server_state.tasks:
                request.cancel("The server stops")
    await asyncio.gather(*tasks)
