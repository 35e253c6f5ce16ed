"""`gradelab profiles`: the named profiles, or every switch of one, for people and as data.

Exit codes: 0 it was shown, 2 the command was called wrongly. What must never be here: what a switch does.
"""

from __future__ import annotations

import json
import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from scenarios.policies import policy_of
from scenarios.systems import SetOption, chosen_systems
from scenarios.usage import UsageError
from simulator.profiles import KHSD, PROFILES, Profile, differences_from
from simulator.profiles.in_a_line import IN_A_LINE

if TYPE_CHECKING:
    from simulator.profiles.describing import SwitchDescription

WIDTH_MIN, WIDTH_MAX = 40, 120
"""Lines of sources are no longer, however wide the terminal."""


def profiles(
    name: Annotated[str | None, typer.Argument(metavar="NAME", hidden=True)] = None,
    *,
    set_: SetOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the same as JSON.")] = False,
) -> None:
    """List the profiles of a district's systems, or every switch of the one whose NAME is given.

    Each switch with its value, its default, what it takes, where that was read and how sure it is. Those that
    differ from the default are marked with *.

    \b
    Examples:
      gradelab profiles
      gradelab profiles corvallis
      gradelab profiles khsd --set score_over_max=refuse
    """  # noqa: D301 - the parser reads the control character as "keep these lines"
    if name is None:
        if set_:
            raise UsageError("--set: say of which profile, such as: gradelab profiles khsd --set ...")
        typer.echo(_json([_in_short(each) for each in PROFILES.values()]) if as_json else _listed())
        return
    from scenarios.printing import terminal  # noqa: PLC0415 - `--help` is quick
    from simulator.profiles.describing import described  # noqa: PLC0415 - as above

    chosen = chosen_systems(name, set_, named_by="NAME")
    switches = described(chosen)
    if as_json:
        typer.echo(_json({**_in_short(chosen), "switches": [each.as_dict() for each in switches]}))
    else:
        width = max(WIDTH_MIN, min(WIDTH_MAX, terminal().width))
        typer.echo("\n".join(_shown(chosen, switches, width)))


def _in_short(profile: Profile) -> dict[str, Any]:
    return {
        "name": profile.name,
        "says": IN_A_LINE[profile.name],
        "differs": list(differences_from(KHSD, profile)),
        "gradesync": dict(policy_of(profile.name)),
        "described_in": "docs/profiles.md",
    }


def _listed() -> str:
    width = max(map(len, PROFILES))
    lines = [f"{each.name:<{width}}  {IN_A_LINE[each.name]}" for each in PROFILES.values()]
    return "\n".join(
        [
            *lines,
            "",
            "All switches of one, with what each takes and where it was read:  gradelab profiles NAME",
            "Serve one, with a switch set otherwise:  gradelab serve --profile NAME --set SWITCH=VALUE",
        ]
    )


def _shown(profile: Profile, switches: Sequence[SwitchDescription], width: int) -> Iterator[str]:
    from simulator.profiles.describing import sentence_of, text_of  # noqa: PLC0415 - as above

    yield f"{sentence_of(profile)}: {IN_A_LINE[profile.name]}"
    settings = ", ".join(f"{name} = {text_of(value)}" for name, value in policy_of(profile.name).items())
    if settings:
        yield from textwrap.wrap(f"With it go these settings of gradesync: {settings}", width)
    page = ""
    for each in switches:
        if each.described_in != page:
            page = each.described_in
            yield from ("", f"Described in {page}")
        yield ""
        yield from _switch_lines(each, width)
    known = Counter(each.confidence for each in switches)
    sure = ", ".join(f"{count} {confidence}" for confidence, count in sorted(known.items()))
    differ = sum(each.differs for each in switches)
    yield ""
    closing = f"{len(switches)} switches ({sure}); {differ} of them, marked *, differ from the default."
    yield from textwrap.wrap(closing, width)


def _switch_lines(switch: SwitchDescription, width: int) -> Iterator[str]:
    from simulator.profiles.describing import text_of  # noqa: PLC0415 - as above

    mark = "*" if switch.differs else " "
    was = f"  (default {text_of(switch.default)})" if switch.differs else "  (the default)"
    head = f"{mark} {switch.name} = {_quoted(text_of(switch.value))}{was}"
    yield from textwrap.wrap(head, width, subsequent_indent="      ", break_long_words=False)
    for line in (f"Takes {switch.takes}.", f"{switch.confidence.capitalize()}: {switch.source}"):
        yield from textwrap.wrap(
            line, width, initial_indent="      ", subsequent_indent="      ", break_long_words=False
        )


def _quoted(text: str) -> str:
    return text or '""'


def _json(told: object) -> str:
    return json.dumps(told, indent=2, ensure_ascii=False)
