"""The OneRoster conformance suite against the fake Synergy, or against any base URL: sending and telling.

What must never be here: a check; they are in `contracts.conformance`. The command is in `contracts_command`.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx2
from rich.console import Console as Terminal
from rich.markup import escape

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
from scenarios.printing import print_trimmed, table
from scenarios.usage import UsageError
from simulator.addresses import Addresses
from simulator.app import build_apps
from simulator.doors import OneRosterDoor, doors_of
from simulator.profiles import Profile
from simulator.serving import serving
from simulator.world import World, Worlds, build_world

ANSWER_SECONDS_MAX = 60.0
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


async def play(
    wanted: Wanted, checks: Sequence[Check], *, writes: bool, profile: Profile, seed: int, in_process: bool
) -> list[Outcome]:
    """Make the checks; what came of each.

    Raises:
        UsageError: If something is missing to get in.
        OSError: If nobody answers.
    """
    run = str(int(time.time())) if wanted.base_url else "1"  # noqa: TID251 - a name that no earlier run had
    async with provider_of(wanted, run, profile=profile, seed=seed, in_process=in_process) as provider:
        return [each async for each in run_suite(provider, checks, writes=writes)]


@asynccontextmanager
async def provider_of(
    wanted: Wanted, run: str, *, profile: Profile, seed: int, in_process: bool
) -> AsyncIterator[Provider]:
    """The provider that is wanted, ready to be asked.

    Raises:
        UsageError: If something is missing to get in.
    """
    if wanted.base_url:
        credentials = _credentials(wanted, time.time, run)  # noqa: TID251 - a real provider has the real time
        async with httpx2.AsyncClient(timeout=ANSWER_SECONDS_MAX) as client:
            yield Provider(wanted.base_url, credentials, HttpSend(client), run)
        return
    world = build_world(seed, profile=profile)
    if in_process:
        transport = httpx2.ASGITransport(app=build_apps(Worlds(world)).synergy)
        async with httpx2.AsyncClient(transport=transport, headers=_asked_for(world)) as client:
            yield _fake(world, IN_PROCESS, wanted, client, run)
        return
    async with (
        serving(Worlds(world)) as addresses,
        httpx2.AsyncClient(timeout=ANSWER_SECONDS_MAX, headers=_asked_for(world)) as client,
    ):
        yield _fake(world, addresses, wanted, client, run)


def _asked_for(world: World) -> dict[str, str]:
    """The headers beside the credentials that the profile of our own fake asks for."""
    header = world.profile.provider.vendor_header
    return {header: "conformance"} if header else {}


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
        raise UsageError(
            "--client-id: say who asks, with the secret in GRADELAB_CLIENT_SECRET; or set GRADELAB_TOKEN."
        )
    if wanted.oauth1:
        return OAuth1Client(wanted.client_id, wanted.client_secret, now, run)
    if not wanted.token_url:
        raise UsageError("--token-url: OAuth 2 needs the address of the token endpoint.")
    return OAuth2Client(wanted.token_url, wanted.client_id, wanted.client_secret)


def chosen_checks(only: Sequence[str]) -> tuple[Check, ...]:
    """The checks of these names and families; all where none is wanted.

    Raises:
        UsageError: If there is no such check.
    """
    known = {check.name for check in CHECKS} | {check.family for check in CHECKS}
    for wanted in only:
        if wanted not in known:
            families = ", ".join(dict.fromkeys(check.family for check in CHECKS))
            raise UsageError(f'--only: there is no check "{wanted}". The families are: {families}.')
    return tuple(check for check in CHECKS if not only or {check.name, check.family} & set(only))


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


def tell(outcomes: Sequence[Outcome], terminal: Terminal, *, verbose: bool = False) -> None:
    """Print a table of what was not kept, or of everything, and the sum."""
    shown = [each for each in outcomes if verbose or each.verdict is not Verdict.PASSED]
    if shown:
        listed = table()
        for title in ("", "Check", "Promise"):
            listed.add_column(title, no_wrap=title != "Promise")
        for each in shown:
            words = f"\n{escape(each.words)}" if each.words else ""
            listed.add_row(_SIGNS[each.verdict], each.check.name, escape(each.check.says) + words)
        print_trimmed(terminal, listed)
        terminal.print()
    counts = Counter(each.verdict for each in outcomes)
    musts = sum(each.check.level is Level.MUST for each in outcomes)
    terminal.print(
        f"{len(outcomes)} checks, {musts} of them musts: {counts[Verdict.PASSED]} passed, "
        f"{counts[Verdict.FAILED]} failed, {counts[Verdict.WARNED]} with a warning, "
        f"{counts[Verdict.SKIPPED]} skipped",
        soft_wrap=True,
    )
