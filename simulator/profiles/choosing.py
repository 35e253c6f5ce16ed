"""The profile that somebody chooses: one by name, or one of their own, with single switches set otherwise.

What lives here: the one way in which a command line, a request and a test choose their switches. What must
never be here: what a switch does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, get_type_hints

from simulator.profiles import PROFILES
from simulator.profiles.bounds import problems_of
from simulator.profiles.profile import GROUPS, Profile, switch_passports
from simulator.profiles.taking import UnusableValueError, nearest, quoted, read_value, shortened, takes

_EXAMPLE = "name_length_max=40"


@dataclass(frozen=True, slots=True)
class SwitchProblem:
    """One switch that cannot be set so: which, and why."""

    switch: str
    says: str

    def __str__(self) -> str:
        return f"{self.switch}: {self.says}" if self.switch else self.says


class ProfileError(ValueError):
    """There is no such profile, or a switch cannot be set so.

    Attributes:
        problems: What is wrong with the switches, one for each; none where the profile itself is unknown.
    """

    def __init__(self, words: str, problems: tuple[SwitchProblem, ...] = ()) -> None:
        super().__init__(" ".join(words.split()))
        self.problems = problems


def chosen_profile(profile: str | Profile, switches: Mapping[str, object] | None = None) -> Profile:
    """The profile of this name, or this one, with these switches set otherwise.

    Args:
        profile: The name of a shipped one, or one of somebody's own.
        switches: Values of JSON, or their texts, by the name of the switch, as `gradelab profiles` lists
            them.

    Raises:
        ProfileError: If there is no such profile or switch, or a switch does not take the value.
    """
    chosen = profile if isinstance(profile, Profile) else _named(profile)
    if len(switches or {}) > len(switch_kinds()):
        raise ProfileError(f"there are {len(switch_kinds())} switches; name no more, and each once.")
    problems: list[SwitchProblem] = []
    values: dict[str, Any] = {}
    for name, value in (switches or {}).items():
        try:
            values[name] = _value_of(name, value)
        except UnusableValueError as error:
            problems.append(SwitchProblem(shortened(str(name)), str(error)))
    if problems:
        raise ProfileError("; ".join(map(str, problems)), tuple(problems))
    return _with(chosen, values)


def read_settings(settings: Iterable[str]) -> dict[str, str]:
    """Switches as somebody typed them, each `NAME=VALUE`.

    Raises:
        ProfileError: If one of them is not written so, or a switch is set twice.
    """
    read: dict[str, str] = {}
    for each in settings:
        name, equals, value = each.partition("=")
        name = name.strip()
        if not equals or not name:
            raise ProfileError(f'write NAME=VALUE, such as {_EXAMPLE}, not "{each}".')
        if name in read:
            raise ProfileError(f"{name} is set twice; set it once.")
        read[name] = value
    return read


@cache
def switch_kinds() -> dict[str, Any]:
    """The type of every switch, by its name."""
    own = get_type_hints(Profile)
    grouped = {group: get_type_hints(switches) for group, switches in GROUPS.items()}
    return {
        name: grouped[group][inner] if inner else own[group]
        for name in switch_passports()
        for group, _dot, inner in [name.partition(".")]
    }


def _named(name: object) -> Profile:
    found = PROFILES.get(name) if isinstance(name, str) else None
    if found is None:
        near = nearest(str(name), list(PROFILES))
        meant = f" Did you mean {near}?" if near else ""
        raise ProfileError(
            f"there is no profile {quoted(str(name))}.{meant} Choose one of: {', '.join(PROFILES)}"
        )
    return found


def _value_of(name: str, value: object) -> Any:  # noqa: ANN401 - the value of a switch
    """The value as the switch has it.

    Raises:
        UnusableValueError: If there is no such switch, or it does not take the value.
    """
    kinds = switch_kinds()
    if name not in kinds:
        near = nearest(str(name), list(kinds)) or _by_its_last_part(str(name))
        meant = f" Did you mean {near}? It takes {takes(kinds[near])}." if near else ""
        raise UnusableValueError(f"is no switch.{meant} See: gradelab profiles khsd")
    read = read_value(kinds[name], value)
    out_of_bounds = next(problems_of({name: read}), "")
    if out_of_bounds:
        raise UnusableValueError(f"{out_of_bounds.removeprefix(f'{name} ')}.")
    return read


def _by_its_last_part(name: str) -> str:
    """The switch of a group that is named without its group, "" if there is none."""
    return next((each for each in switch_kinds() if each.endswith(f".{name}")), "")


def _with(profile: Profile, values: Mapping[str, Any]) -> Profile:
    own = {name: value for name, value in values.items() if "." not in name}
    for group in GROUPS:
        inner = {
            name.partition(".")[2]: value for name, value in values.items() if name.startswith(f"{group}.")
        }
        if inner:
            own[group] = replace(getattr(profile, group), **inner)
    return replace(profile, **own) if own else profile
