"""Term Weighting in the body of Grade Book Setup's Save: what the mark of a grading period is composed of.

Each weighting is of a grading period of its own, of parts that lie in it and together weigh the whole.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from simulator.synergy.bodies import BodyError, Number, Text
from simulator.synergy.model import ClassSection, Session, TermPart, TermWeighting
from simulator.synergy.rules import WHOLE_WEIGHT
from simulator.synergy.store import GradebookStore

TERM_WEIGHTINGS_MAX = 20
TERM_PARTS_MAX = 20
"""Limits that are ours: no page gives Synergy's."""


class TermPartBody(BaseModel):
    """One part as it is sent: a grading period, or the assignment type of an exam."""

    model_config = ConfigDict(extra="forbid", defer_build=True)

    weight: Annotated[Number, Field(gt=0, le=WHOLE_WEIGHT)]
    grading_period_id: Text = ""
    exam_type_id: Text = ""


class TermWeightingBody(BaseModel):
    """One weighting as it is sent."""

    model_config = ConfigDict(extra="forbid", defer_build=True)

    grading_period_id: Text
    parts: Annotated[list[TermPartBody], Field(min_length=1, max_length=TERM_PARTS_MAX)]


def read_weightings(
    bodies: Iterable[TermWeightingBody], store: GradebookStore, section: ClassSection
) -> tuple[TermWeighting, ...]:
    """The weightings of a class.

    Raises:
        BodyError: If one is not whole, or names what is not there.
    """
    found: dict[str, TermWeighting] = {}
    for place, each in enumerate(bodies):
        where = f"term_weightings.{place}"
        whole = _grading_period(store, each.grading_period_id, f"{where}.grading_period_id")
        if whole.guid in found:
            words = "There is a weighting of this grading period already."
            raise BodyError(words, f"{where}.grading_period_id")
        parts = tuple(
            _term_part(part, whole, store, section, f"{where}.parts.{number}")
            for number, part in enumerate(each.parts)
        )
        weights = sum((Fraction(repr(part.weight)) for part in parts), Fraction(0))
        if weights != WHOLE_WEIGHT:
            words = f"The weights add up to {float(weights):g}; they must add up to {WHOLE_WEIGHT}."
            raise BodyError(words, f"{where}.parts")
        if len({(part.period_guid, part.exam_type_guid) for part in parts}) < len(parts):
            raise BodyError("Each part can stand there once.", f"{where}.parts")
        found[whole.guid] = TermWeighting(whole.guid, parts)
    return tuple(found.values())


def _term_part(
    part: TermPartBody, whole: Session, store: GradebookStore, section: ClassSection, where: str
) -> TermPart:
    if bool(part.grading_period_id) == bool(part.exam_type_id):
        raise BodyError("Name either a grading period or the assignment type of the exam.", where)
    if part.exam_type_id:
        if not any(kind.guid == part.exam_type_id for kind in store.types_of(section.guid)):
            raise BodyError("The class has no such assignment type.", f"{where}.exam_type_id")
        return TermPart(part.weight, exam_type_guid=part.exam_type_id)
    period = _grading_period(store, part.grading_period_id, f"{where}.grading_period_id")
    if not whole.begins <= period.begins <= period.ends <= whole.ends:
        words = f"{period.name} does not lie in {whole.name}."
        raise BodyError(words, f"{where}.grading_period_id")
    return TermPart(part.weight, period_guid=period.guid)


def _grading_period(store: GradebookStore, guid: str, field: str) -> Session:
    periods = store.grading_periods()
    found = next((each for each in periods if each.guid == guid), None)
    if found is None:
        told = ", ".join(f"{each.name} ({each.guid})" for each in periods)
        raise BodyError(f"There is no such grading period; these exist: {told}.", field)
    return found
