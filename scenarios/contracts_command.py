"""`gradelab contracts`: hold a OneRoster provider, the fake Synergy or any other, to its promises.

Exit codes: 0 all promises kept, 1 one is broken, 2 the command was called wrongly or nobody answers. What
bites: what the command needs is imported when it runs, so that `--help` is quick.
"""

from __future__ import annotations

import asyncio
import json
from typing import Annotated

import typer

from scenarios.systems import SetOption, chosen_systems
from scenarios.usage import UsageError, whole_number
from simulator.profiles import PROFILES

DEFAULT_SEED = 7


def contracts(
    *,
    base_url: Annotated[
        str,
        typer.Option(
            help="The provider, up to and including /v1p1. Left out: a fake Synergy of ours.", metavar="URL"
        ),
    ] = "",
    token_url: Annotated[
        str, typer.Option(help="Where the provider grants OAuth 2 tokens.", metavar="URL")
    ] = "",
    client_id: Annotated[
        str, typer.Option(help="The OAuth 2 client, or the OAuth 1.0a consumer key.", metavar="ID")
    ] = "",
    client_secret: Annotated[
        str,
        typer.Option(
            help="Its secret.", envvar="GRADELAB_CLIENT_SECRET", metavar="SECRET", show_default=False
        ),
    ] = "",
    token: Annotated[
        str,
        typer.Option(
            help="A Bearer token to use as it is.",
            envvar="GRADELAB_TOKEN",
            metavar="TOKEN",
            show_default=False,
        ),
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
        str, typer.Option(help=f"The systems of our own fake: {', '.join(PROFILES)}.", metavar="NAME")
    ] = "khsd",
    set_: SetOption = None,
    seed: Annotated[
        int,
        typer.Option(
            help="The seed of our own fake's school.", metavar="NUMBER", parser=whole_number("--seed")
        ),
    ] = DEFAULT_SEED,
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
      gradelab contracts --in-process --set put_body=none --set score_unset=omit
      gradelab contracts --base-url https://sis.example/ims/oneroster/v1p1 --token-url https://sis.example/token
          --client-id sync --read-only
    """  # noqa: D301 - click reads the control character as "keep these lines"
    from scenarios.conformance import (
        Wanted,
        as_data,
        chosen_checks,
        kept,
        play,
        tell,
    )
    from scenarios.printing import terminal

    if base_url and set_:
        raise UsageError("--set: it is for our own fake; a provider elsewhere is as it is. Leave it out.")
    wanted = Wanted(base_url.rstrip("/"), token_url, client_id, client_secret, token, oauth1)
    checks, systems = chosen_checks(only or []), chosen_systems(profile, set_)
    try:
        outcomes = asyncio.run(
            play(wanted, checks, writes=not read_only, profile=systems, seed=seed, in_process=in_process)
        )
    except OSError as error:
        raise UsageError(f"--base-url: nobody answers: {error}.") from error
    if as_json:
        typer.echo(json.dumps(as_data(outcomes, strict=strict), indent=2, ensure_ascii=False))
    else:
        tell(outcomes, terminal(), verbose=verbose)
    raise typer.Exit(0 if kept(outcomes, strict=strict) else 1)
