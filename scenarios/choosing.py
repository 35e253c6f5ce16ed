"""From what somebody typed to stories, rules and mutants, or to the name that was probably meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from contracts.catalogue import RULES, Rule
from scenarios.library import FAMILIES, STORIES, stories_for
from scenarios.mutants import MUTANTS, Mutant
from scenarios.script import Scenario


class NoSuchThingError(LookupError):
    """There is no story, rule or mutant of this name. The message says which names come near."""


def family_names() -> tuple[str, ...]:
    """The families of stories, in their order."""
    return tuple(family.__name__.rpartition(".")[2] for family in FAMILIES)


def chosen_stories(wanted: Iterable[str]) -> tuple[Scenario, ...]:
    """The stories of these rules, families and stories, each once; all stories where nothing is wanted.

    Raises:
        NoSuchThingError: If one of them is none.
    """
    chosen: dict[str, Scenario] = {}
    for name in wanted:
        found = stories_for(name)
        if not found:
            names = [*_ids(), *family_names(), *(story.name for story in STORIES)]
            raise NoSuchThingError(
                f'there is no rule, family or story "{name}".{_meant(name, names)} See: gradelab rules'
            )
        chosen |= {story.name: story for story in found}
    return tuple(chosen.values()) or STORIES


def chosen_mutant(name: str) -> Mutant:
    """The mutant of this name.

    Raises:
        NoSuchThingError: If there is none.
    """
    found = next((mutant for mutant in MUTANTS if mutant.name == name.lower()), None)
    if found is None:
        names = [mutant.name for mutant in MUTANTS]
        raise NoSuchThingError(f'there is no mutant "{name}".{_meant(name, names)} See: gradelab rules')
    return found


def chosen_rule(rule_id: str) -> Rule:
    """The rule of this id, in capitals or not.

    Raises:
        NoSuchThingError: If there is none.
    """
    found = next((rule for rule in RULES if rule.id == rule_id.upper()), None)
    if found is None:
        raise NoSuchThingError(f'there is no rule "{rule_id}".{_meant(rule_id, _ids())} See: gradelab rules')
    return found


def _ids() -> list[str]:
    return [rule.id for rule in RULES]


def _meant(typed: str, names: Iterable[str]) -> str:
    """The name that comes nearest, as a question; "" if none does."""
    folded = {name.casefold(): name for name in names}
    near = difflib.get_close_matches(typed.casefold(), list(folded), n=1)
    return f" Did you mean {folded[near[0]]}?" if near else ""
