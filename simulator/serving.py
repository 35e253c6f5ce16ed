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
from starlette.types import ASGIApp
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from simulator.app import build_apps
from simulator.asgi import world_prefix
from simulator.faults.dropping import DROP
from simulator.world import World, Worlds

LOOPBACK = "127.0.0.1"
START_POLLS_MAX = 2_000
START_POLL_SECONDS = 0.005


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


@dataclass(frozen=True, slots=True)
class Addresses:
    """Base URLs of the running fakes, without a world's prefix and without a slash at the end."""

    canvas: str
    synergy: str
    control: str

    def canvas_of(self, world: World) -> str:
        """The Canvas base URL of one world."""
        return self.canvas + world_prefix(world.name)

    def synergy_of(self, world: World) -> str:
        """The Synergy base URL of one world."""
        return self.synergy + world_prefix(world.name)


class _Protocol(HttpToolsProtocol):
    """HTTP over a socket that an application can drop on purpose."""

    def on_message_begin(self) -> None:
        """Offer it with each request."""
        super().on_message_begin()
        self.scope["extensions"] = {DROP: {"close": self.transport.close}}


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
    apps = build_apps(worlds, control_token=control_token)
    wanted: list[tuple[str, int, ASGIApp]] = [
        ("canvas", ports.canvas, apps.canvas),
        ("synergy", ports.synergy, apps.synergy),
    ]
    if apps.control is not None:
        wanted.append(("control", ports.control, apps.control))
    with contextlib.ExitStack() as bound:
        sockets = {name: bound.enter_context(_bind(name, host, port)) for name, port, _app in wanted}
        servers = [(_server(app), sockets[name]) for name, _port, app in wanted]
        tasks = [asyncio.create_task(server.serve(sockets=[listening])) for server, listening in servers]
        try:
            await _all_started([server for server, _listening in servers], tasks)
            urls = {
                name: f"http://{host}:{listening.getsockname()[1]}" for name, listening in sockets.items()
            }
            yield Addresses(urls["canvas"], urls["synergy"], urls.get("control", ""))
        finally:
            for server, _listening in servers:
                server.should_exit = True
            await asyncio.gather(*tasks)


def _server(app: ASGIApp) -> _Server:
    return _Server(
        uvicorn.Config(
            app,
            http=_Protocol,
            access_log=False,
            log_level="warning",
            lifespan="off",
            server_header=False,
            date_header=False,  # the fakes' own clock tells the date
            timeout_graceful_shutdown=1,
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
