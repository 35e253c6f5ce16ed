"""Grade Book Setup, Save: what a class is set to, and what of it is saved for other classes too.

What lives here: the order in which rules are asked, and keeping. What must never be here: HTTP, JSON, what
the screen's fields mean. What bites: "Also apply to" is one save, so one class that cannot take it keeps all
the others as they were.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from simulator.synergy import rules
from simulator.synergy.model import ClassSection, ClassType
from simulator.synergy.store import GradebookStore, Refused
from simulator.verdicts import Verdict

_DISTRICTS_SETTINGS = ("method", "class_rounding", "decimals")
"""What a district fixes of a class's totals beside its types, as the screen calls it."""


@dataclass(frozen=True, slots=True)
class WantedSetup:
    """What the screen shows at the moment of Save: the class with its settings, and the types it uses."""

    section: ClassSection
    types: tuple[ClassType, ...]


def save_setups(store: GradebookStore, wanted: Sequence[WantedSetup]) -> Refused | None:
    """Save Grade Book Setup: totals are computed by it from now on, those of past work too.

    Args:
        store: The gradebook.
        wanted: The class whose screen it is, then the classes that it also applies to.
    """
    for place, each in enumerate(wanted):
        refused = _judge(store, each)
        if refused is not None:
            return _of_another_class(refused, each.section, place - 1) if place else refused
    for each in wanted:
        store.class_types.update(_changed(store, each.types))
        if each.section != store.classes[each.section.guid]:
            store.classes.put(each.section)
    return None


def _judge(store: GradebookStore, wanted: WantedSetup) -> Refused | None:
    changed = _changed(store, wanted.types)
    fixed = _fixed_by_districts(store.classes[wanted.section.guid], wanted.section, changed)
    verdicts: tuple[Verdict, ...] = ()
    if fixed:
        verdicts = (rules.the_types_are_the_teachers_to_change(store.profile, fixed[0]),)
    if any(store.class_types[each.guid].weight != each.weight for each in changed):
        verdicts = (*verdicts, rules.the_weights_are_whole(wanted.types))
    return store.judge(f"set-up of {wanted.section.name}", verdicts)


def _changed(store: GradebookStore, types: Sequence[ClassType]) -> list[ClassType]:
    return [each for each in types if store.class_types[each.guid] != each]


def _fixed_by_districts(
    section: ClassSection, wanted: ClassSection, types: Sequence[ClassType]
) -> tuple[str, ...]:
    """What of a save is the district's in Corvallis SD 509J: types, weights, and how a class rounds.

    To add up points instead of weighing types would undo the weights, so the method is the district's too.
    """
    rounding = tuple(
        name for name in _DISTRICTS_SETTINGS if getattr(section.setup, name) != getattr(wanted.setup, name)
    )
    of_types = ("assignment_types",) if types else ()
    choice = ("assignment_types_from",) if wanted.type_choice != section.type_choice else ()
    return (*of_types, *choice, *rounding)


def _of_another_class(refused: Refused, section: ClassSection, place: int) -> Refused:
    words = f"{section.name}: {refused.refusal.words}"
    return replace(refused, refusal=replace(refused.refusal, words=words, field=f"also_apply_to.{place}"))
