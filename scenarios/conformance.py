"""`gradelab contracts`: the OneRoster conformance suite against the fake Synergy, or against any base URL.

What lives here: sending over HTTP, and telling what came of the checks. What must never be here: a check;
they are in `contracts.conformance`. Exit codes: 0 all promises kept, 1 one is broken, 2 the command was
called wrongly or nobody answers.
"""

from __future__ import annotations

import asyncio
import json
import os
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Annotated, Any

import httpx2
import typer
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from contracts.conformance import (
    CHECKS,
    Check,
    Credentials,
    Level,
    OAuth1Client,
    OAuth2Client,
    Outcome,
    Provider,
    Question,
    Reply,
    StaticToken,
    Verdict,
    run_suite,
)
from simulator.addresses import Addresses
from simulator.app import build_apps
from simulator.doors import OneRosterDoor, doors_of
from simulator.profiles import PROFILES, Profile
from simulator.serving import serving
from simulator.world import World, Worlds, build_world

DEFAULT_SEED = 7
ANSWER_SECONDS_MAX = 60.0
PIPE_WIDTH = 140
IN_PROCESS = Addresses("http://canvas.test", "http://synergy.test", "")
_SIGNS = {
    Verdict.PASSED: "ok",
    Verdict.FAILED: "FAILED",
    Verdict.WARNED: "warning",
    Verdict.SKIPPED: "skipped",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the suite runs against, as the command line says it. Without a `base_url` it is a fake of ours."""

    base_url: str = ""
    token_url: str = ""
    client_id: str = ""
    client_secret: str = field(default="", repr=False)
    token: str = field(default="", repr=False)
    oauth1: bool = False


class HttpSend:
    """Sends the suite's questions over HTTP, or into an application in this process."""

    def __init__(self, client: httpx2.AsyncClient) -> None:
        self._client = client

    async def __call__(self, question: Question, /) -> Reply:
        """Send one.

        Raises:
            OSError: If nobody answers.
        """
        try:
            answer = await self._client.request(
                question.method, question.url, headers=dict(question.headers), content=question.body
            )
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:
            raise ConnectionError(
                f"{question.method} {question.url}: {str(error) or type(error).__name__}"
            ) from error
        return Reply(answer.status_code, {k.lower(): v for k, v in answer.headers.items()}, answer.content)


def contracts(
    *,
    base_url: Annotated[
        str, typer.Option(help="The provider, up to and including /v1p1. Left out: a fake Synergy of ours.")
    ] = "",
    token_url: Annotated[str, typer.Option(help="Where the provider grants OAuth 2 tokens.")] = "",
    client_id: Annotated[str, typer.Option(help="The OAuth 2 client, or the OAuth 1.0a consumer key.")] = "",
    client_secret: Annotated[
        str, typer.Option(help="Its secret.", envvar="GRADELAB_CLIENT_SECRET", show_default=False)
    ] = "",
    token: Annotated[
        str,
        typer.Option(help="A Bearer token to use as it is.", envvar="GRADELAB_TOKEN", show_default=False),
    ] = "",
    oauth1: Annotated[
        bool, typer.Option("--oauth1", help="Sign requests with OAuth 1.0a instead of fetching a token.")
    ] = False,
    only: Annotated[
        list[str] | None,
        typer.Option(help="Make only this check or family. May be repeated.", metavar="CHECK"),
    ] = None,
    read_only: Annotated[
        bool, typer.Option("--read-only", help="Write nothing into the provider's gradebook.")
    ] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Count a warning as a broken promise: exit 1.")
    ] = False,
    profile: Annotated[
        str, typer.Option(help=f"The systems of our own fake: {', '.join(PROFILES)}.")
    ] = "khsd",
    seed: Annotated[int, typer.Option(help="The seed of our own fake's school.")] = DEFAULT_SEED,
    in_process: Annotated[
        bool, typer.Option("--in-process", help="Our own fake without sockets: faster.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object instead.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="List kept promises too.")] = False,
) -> None:
    """Hold a OneRoster 1.1 provider to the specification and to what its consumers need.

    What the suite writes is called "Conformance check", and is deleted at the end.

    \b
    Examples:
      gradelab contracts
      gradelab contracts --only filter -v
      gradelab contracts --base-url https://sis.example/ims/oneroster/v1p1 --token-url https://sis.example/token
          --client-id sync --read-only
    """  # noqa: D301 - click reads the control character as "keep these lines"
    wanted = Wanted(base_url.rstrip("/"), token_url, client_id, client_secret, token, oauth1)
    checks = _chosen(only or [])
    chosen = _profile(profile)
    run = "1" if not base_url else str(int(time.time()))  # noqa: TID251 - a name that no earlier run had

    async def play() -> list[Outcome]:
        async with provider_of(wanted, run, profile=chosen, seed=seed, in_process=in_process) as provider:
            return [each async for each in run_suite(provider, checks, writes=not read_only)]

    try:
        outcomes = asyncio.run(play())
    except OSError as error:
        raise typer.BadParameter(f"Nobody answers: {error}", param_hint="--base-url") from error
    if as_json:
        typer.echo(json.dumps(as_data(outcomes, strict=strict), indent=2, ensure_ascii=False))
    else:
        tell(outcomes, _terminal(), verbose=verbose)
    raise typer.Exit(0 if kept(outcomes, strict=strict) else 1)


@asynccontextmanager
async def provider_of(
    wanted: Wanted, run: str, *, profile: Profile, seed: int, in_process: bool
) -> AsyncIterator[Provider]:
    """The provider that is wanted, ready to be asked.

    Raises:
        BadParameter: If something is missing to get in.
    """
    if wanted.base_url:
        credentials = _credentials(wanted, time.time, run)  # noqa: TID251 - a real provider has the real time
        async with httpx2.AsyncClient(timeout=ANSWER_SECONDS_MAX) as client:
            yield Provider(wanted.base_url, credentials, HttpSend(client), run)
        return
    world = build_world(seed, profile=profile)
    if in_process:
        transport = httpx2.ASGITransport(app=build_apps(Worlds(world)).synergy)
        async with httpx2.AsyncClient(transport=transport) as client:
            yield _fake(world, IN_PROCESS, wanted, client, run)
        return
    async with serving(Worlds(world)) as addresses, httpx2.AsyncClient(timeout=ANSWER_SECONDS_MAX) as client:
        yield _fake(world, addresses, wanted, client, run)


def _fake(
    world: World, addresses: Addresses, wanted: Wanted, client: httpx2.AsyncClient, run: str
) -> Provider:
    door: OneRosterDoor = doors_of(world, addresses).oneroster
    signed = wanted.oauth1 or world.profile.oneroster_auth == "oauth1"
    own = Wanted(door.url, door.token_url, door.client_id, door.client_secret, oauth1=signed)
    credentials = _credentials(own, lambda: world.clock.now().timestamp(), run)
    return Provider(door.url, credentials, HttpSend(client), run)


def _credentials(wanted: Wanted, now: Callable[[], float], run: str) -> Credentials:
    if wanted.token:
        return StaticToken(wanted.token)
    if not wanted.client_id or not wanted.client_secret:
        raise typer.BadParameter(
            "Say who asks: --client-id, with its secret in GRADELAB_CLIENT_SECRET; or GRADELAB_TOKEN",
            param_hint="--client-id",
        )
    if wanted.oauth1:
        return OAuth1Client(wanted.client_id, wanted.client_secret, now, run)
    if not wanted.token_url:
        raise typer.BadParameter("OAuth 2 needs the address of the token endpoint", param_hint="--token-url")
    return OAuth2Client(wanted.token_url, wanted.client_id, wanted.client_secret)


def _chosen(only: Sequence[str]) -> tuple[Check, ...]:
    known = {check.name for check in CHECKS} | {check.family for check in CHECKS}
    for wanted in only:
        if wanted not in known:
            families = ", ".join(dict.fromkeys(check.family for check in CHECKS))
            raise typer.BadParameter(
                f"There is no check {wanted!r}. The families are: {families}", param_hint="--only"
            )
    return tuple(check for check in CHECKS if not only or {check.name, check.family} & set(only))


def _profile(name: str) -> Profile:
    if name not in PROFILES:
        raise typer.BadParameter(
            f"There is no profile {name!r}. Choose one of: {', '.join(PROFILES)}", param_hint="--profile"
        )
    return PROFILES[name]


def kept(outcomes: Sequence[Outcome], *, strict: bool = False) -> bool:
    """Whether all promises were kept; with `strict` those too that only should be."""
    broken = {Verdict.FAILED, Verdict.WARNED} if strict else {Verdict.FAILED}
    return not any(each.verdict in broken for each in outcomes)


def as_data(outcomes: Sequence[Outcome], *, strict: bool = False) -> dict[str, Any]:
    """JSON-ready values."""
    counts = Counter(each.verdict.value for each in outcomes)
    return {
        "kept": kept(outcomes, strict=strict),
        "counts": {verdict.value: counts[verdict.value] for verdict in Verdict},
        "checks": [
            {
                "name": each.check.name,
                "says": each.check.says,
                "level": each.check.level.value,
                "source": each.check.source,
                "verdict": each.verdict.value,
                "words": each.words,
            }
            for each in outcomes
        ],
    }


def tell(outcomes: Sequence[Outcome], terminal: Console, *, verbose: bool = False) -> None:
    """Print a table of what was not kept, or of everything, and the sum."""
    shown = [each for each in outcomes if verbose or each.verdict is not Verdict.PASSED]
    if shown:
        table = Table(box=SIMPLE_HEAD, pad_edge=False)
        for title in ("", "Check", "Promise"):
            table.add_column(title, no_wrap=title != "Promise")
        for each in shown:
            words = f"\n{escape(each.words)}" if each.words else ""
            table.add_row(_SIGNS[each.verdict], each.check.name, escape(each.check.says) + words)
        terminal.print(table)
    counts = Counter(each.verdict for each in outcomes)
    musts = sum(each.check.level is Level.MUST for each in outcomes)
    terminal.print(
        f"{len(outcomes)} checks, {musts} of them musts: {counts[Verdict.PASSED]} passed, "
        f"{counts[Verdict.FAILED]} failed, {counts[Verdict.WARNED]} with a warning, "
        f"{counts[Verdict.SKIPPED]} skipped",
        highlight=False,
    )


def _terminal() -> Console:
    """The terminal; a pipe or a CI log, which has no width, gets lines wide enough for the table."""
    terminal = Console()
    return terminal if terminal.is_terminal or "COLUMNS" in os.environ else Console(width=PIPE_WIDTH)
