"""A teacher's own assignment types, "My Assignment Types": make one, rename it, take it away.

What must never be here: the district's types, which a teacher only weighs. What bites: a type that is taken
away while assignments have it stays in the gradebook as their "Deleted" one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from simulator.synergy import rules
from simulator.synergy.model import ClassSection, ClassType
from simulator.synergy.store import GradebookStore, Refused
from simulator.verdicts import Refusal

MY_TYPE = "my type"
"""Kind of the ids of teachers' own types."""


def add_types(store: GradebookStore, wanted: Sequence[ClassType]) -> ClassType | Refused:
    """A new type of the teacher's own in each of these classes, or in none; the first one.

    It weighs nothing until Grade Book Setup says so.
    """
    for each in wanted:
        section = store.classes[each.class_guid]
        refused = _judge(store, section) or _taken(store, section, each)
        if refused is not None:
            return refused
    made = [_kept(store, each) for each in wanted]
    return made[0]


def _kept(store: GradebookStore, wanted: ClassType) -> ClassType:
    guid = store.ids.guid(MY_TYPE, store.ids.integer(MY_TYPE))
    return store.class_types.put(replace(wanted, guid=guid, is_teachers=True, modified_at=store.clock.now()))


def change_type(store: GradebookStore, section: ClassSection, wanted: ClassType) -> ClassType | Refused:
    """Rename a type of the teacher's own, or give it other default points or another colour."""
    refused = _judge(store, section) or _not_own(wanted) or _taken(store, section, wanted)
    if refused is not None:
        return refused
    if wanted == store.class_types[wanted.guid]:
        return wanted
    return store.class_types.put(replace(wanted, modified_at=store.clock.now()))


def remove_type(store: GradebookStore, section: ClassSection, kind: ClassType) -> Refused | None:
    """Take a type of the teacher's own away. Assignments that have it show "Deleted" from now on."""
    refused = _judge(store, section) or _not_own(kind) or _weighs_something(kind)
    if refused is not None:
        return refused
    if any(each.type_guid == kind.guid for each in store.assignments_in(section.guid)):
        store.class_types.put(replace(kind, is_deleted=True, modified_at=store.clock.now()))
    else:
        store.class_types.pop(kind.guid)
    return None


def _judge(store: GradebookStore, section: ClassSection) -> Refused | None:
    verdict = rules.the_types_are_the_teachers_to_change(store.profile)
    return store.judge(f"assignment types of {section.name}", (verdict,))


def _not_own(kind: ClassType) -> Refused | None:
    if kind.is_teachers:
        return None
    return Refused(
        Refusal(f'"{kind.name}" is one of the district\'s types; only your own can be changed here.', "id")
    )


def _taken(store: GradebookStore, section: ClassSection, wanted: ClassType) -> Refused | None:
    """Two types of one name could not be told apart, neither by a teacher nor by a sync."""
    others = (each for each in store.all_types_of(section.guid) if each.guid != wanted.guid)
    if all(each.name.casefold() != wanted.name.casefold() for each in others):
        return None
    words = f'There is an assignment type "{wanted.name}" in {section.name} already.'
    return Refused(Refusal(words, "name"))


def _weighs_something(kind: ClassType) -> Refused | None:
    if not kind.weight:
        return None
    words = f'"{kind.name}" weighs {kind.weight:g} percent. Give its weight to other types first.'
    return Refused(Refusal(words, "weight"))
