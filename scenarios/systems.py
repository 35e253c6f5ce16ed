"""`--profile` and `--set`: the district's systems as a command line chooses them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from scenarios.usage import UsageError

if TYPE_CHECKING:
    from simulator.profiles import Profile

SetOption: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        help="Set a switch of the systems otherwise. May be repeated. See: gradelab profiles",
        metavar="NAME=VALUE",
    ),
]


def chosen_systems(profile: str, settings: list[str] | None, *, named_by: str = "--profile") -> Profile:
    """The profile of this name, with these switches set otherwise. `named_by` is what named it.

    Raises:
        UsageError: If there is no such profile or switch, or a switch does not take the value.
    """
    from simulator.profiles.choosing import ProfileError, chosen_profile  # noqa: PLC0415 - `--help` is quick

    try:
        named = chosen_profile(profile)
    except ProfileError as error:
        raise UsageError(f"{named_by}: {error}") from error
    try:
        return chosen_profile(named, read_switches(settings))
    except ProfileError as error:
        raise UsageError(f"--set: {error}") from error


def read_switches(settings: list[str] | None) -> dict[str, str]:
    """The switches that were typed, each `NAME=VALUE`, not held to anything yet.

    Raises:
        UsageError: If one is not written so.
    """
    from simulator.profiles.choosing import ProfileError, read_settings  # noqa: PLC0415 - as above

    try:
        return read_settings(settings or ())
    except ProfileError as error:
        raise UsageError(f"--set: {error}") from error
