"""The classes that a save on a teacher's screen is meant for too, "Also apply to".

What lives here: finding the classes, and what is called the same there. What must never be here: keeping.
Ids of assignment types are a class's own, so what one class's type gets, the type of that name gets there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Annotated, TypeAlias

from pydantic import Field

from simulator.synergy.bodies import BodyError, Text
from simulator.synergy.model import ClassSection
from simulator.synergy.store import GradebookStore

CLASSES_MAX = 50
"""So many other classes are named at once; no page gives Synergy's number."""

AlsoApplyTo: TypeAlias = Annotated[list[Text], Field(max_length=CLASSES_MAX)]

_FIELD = "also_apply_to"


def other_classes(
    store: GradebookStore, section: ClassSection, wanted: Sequence[str]
) -> tuple[ClassSection, ...]:
    """The classes that were named, each another one of the same teacher, and each once.

    Raises:
        BodyError: If one is not.
    """
    of_teacher = {
        each.guid: each
        for each in store.classes.values()
        if each.teacher_guid == section.teacher_guid and each.guid != section.guid
    }
    for place, guid in enumerate(wanted):
        if guid not in of_teacher or guid in wanted[:place]:
            told = ", ".join(f"{each.name} ({each.guid})" for each in of_teacher.values()) or "none"
            words = f"Name another class of the same teacher, once; there are {told}."
            raise BodyError(words, f"{_FIELD}.{place}")
    return tuple(of_teacher[guid] for guid in wanted)


def type_called_alike(store: GradebookStore, section: ClassSection, other: ClassSection, type_id: str) -> str:
    """The type of another class that is called like this one of the class; "" where it has none."""
    name = next((each.name for each in store.all_types_of(section.guid) if each.guid == type_id), None)
    return next((each.guid for each in store.all_types_of(other.guid) if each.name == name), "")


@contextmanager
def told_of(other: ClassSection, place: int) -> Iterator[None]:
    """What is wrong for another class is told with its name."""
    try:
        yield
    except BodyError as error:
        raise BodyError(f"{other.name}: {error.words}", f"{_FIELD}.{place}") from error
