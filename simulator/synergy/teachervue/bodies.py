"""The bodies of TeacherVUE's saves, laid over what is stored: the value that the teacher wants.

A save names only the fields that were changed; a field that it does not name stays.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from simulator.synergy import comments, ticking
from simulator.synergy.bodies import (
    BodyError,
    Day,
    Flag,
    Name,
    Text,
    field_names,
    first_fault,
    first_of,
    read_object,
)
from simulator.synergy.model import (
    PERCENTAGE,
    PERCENTAGE_MAX_SCORE,
    RAW_SCORE,
    Assignment,
    AssignmentCategory,
    Cell,
    ClassSection,
    GradeBookSetup,
    Score,
    ScoreStatus,
    Session,
)
from simulator.synergy.scoring import number_of
from simulator.synergy.store import GradebookStore

M = TypeVar("M", bound=BaseModel)

ROWS_MAX = 500
"""So many assignments are saved on the Assignments screen at once."""

NotNegative = Annotated[float, Field(strict=True, allow_inf_nan=False, ge=0)]


class _AssignmentFields(BaseModel):
    model_config = ConfigDict(extra="forbid", defer_build=True)

    description: Text = ""
    points: NotNegative = 0.0
    date: Day | None = None
    due_date: Day | None = None
    grading_period_ids: list[Text] = Field(default_factory=list)
    show_only_when_scored: Flag = False
    score_type: Text = RAW_SCORE
    category: AssignmentCategory = "normal"


class _Save(_AssignmentFields):
    name: Name = ""
    type_id: Text = ""
    max_score: NotNegative = 0.0
    third_party_readonly: Flag = False


class _NewAssignment(_AssignmentFields):
    name: Name
    type_id: Text
    max_score: NotNegative | None = None


class _Row(BaseModel):
    """A row of the Assignments screen: what it can change of many at once."""

    model_config = ConfigDict(extra="forbid", defer_build=True)

    id: Annotated[int, Field(strict=True, ge=1)]
    date: Day | None = None
    due_date: Day | None = None
    grading_period_ids: list[Text] = Field(default_factory=list)


class _Rows(BaseModel):
    model_config = ConfigDict(extra="forbid", defer_build=True)

    assignments: Annotated[list[_Row], Field(min_length=1, max_length=ROWS_MAX)]


class _Shown(BaseModel):
    model_config = ConfigDict(extra="forbid", defer_build=True)

    grading_period_id: Text | None


def _a_score(value: object) -> object:
    """Let a number pass that a float can hold, a text that says something, and nothing at all."""
    if value is None or (isinstance(value, str) and value.strip()):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= sys.float_info.max:
        return float(value)
    raise ValueError("must be a number, a mark of the assignment's score type, or null")


_Scored = Annotated[float | str | None, BeforeValidator(_a_score)]


class _ScoreSave(BaseModel):
    model_config = ConfigDict(extra="forbid", defer_build=True)

    score: _Scored
    excused: Flag = False
    comment_code: Text = ""
    comment: Text = ""


_ATTRIBUTES = {"type_id": "type_guid", "date": "assigned_on", "grading_period_ids": "period_guids"}


def read_save(raw: bytes, store: GradebookStore, stored: Assignment) -> Assignment:
    """The assignment as the edit screen shows it at the moment of Save.

    Raises:
        BodyError: If a field does not exist or cannot be what was asked.
    """
    return _laid_over(_read(raw, _Save), store, stored)


def read_new(raw: bytes, store: GradebookStore, section: ClassSection) -> Assignment:
    """A teacher's own assignment.

    Max Score follows the type's default points, Points the Max Score, and grading periods the class setting,
    unless given.

    Raises:
        BodyError: If a field is missing, does not exist or cannot be what was asked.
    """
    body = _read(raw, _NewAssignment)
    _check_type(store, section.guid, body.type_id)
    due, max_score = body.due_date, _max_score(body, store)
    periods = ticking.grading_periods_for(
        due, store.today(), store.grading_periods(), section.period_default, store.profile
    )
    blank = Assignment(
        line_item_id="",
        gradebook_id=0,
        class_guid=section.guid,
        name=body.name,
        description="",
        type_guid=body.type_id,
        max_score=max_score,
        points=max_score,
        assigned_on=store.today(),
        due_date=due,
        period_guids=periods,
        third_party_readonly=False,
        synced=False,
        modified_at=store.clock.now(),
        periods_ticked_by_teacher="grading_period_ids" in body.model_fields_set,
    )
    wanted = replace(_laid_over(body, store, blank), max_score=max_score)
    number = store.ids.integer("gradebook")
    return replace(wanted, gradebook_id=number, line_item_id=store.ids.guid("line item", number))


def read_many(raw: bytes, store: GradebookStore, section: ClassSection) -> tuple[Assignment, ...]:
    """The rows of the Assignments screen that were changed, as they look at the moment of Save.

    Raises:
        BodyError: If a field does not exist or cannot be what was asked, or a row is of no assignment.
    """
    numbered = {each.gradebook_id: each for each in store.assignments_in(section.guid)}
    try:
        rows = _Rows.model_validate(read_object(raw)).assignments
    except ValidationError as error:
        known = field_names(_Row if len(first_of(error)["loc"]) > 1 else _Rows)
        raise first_fault(error, known=known) from error
    wanted: dict[int, Assignment] = {}
    for place, row in enumerate(rows):
        if row.id not in numbered or row.id in wanted:
            raise BodyError("Name an assignment of this class, once.", f"assignments.{place}.id")
        given = row.model_fields_set - {"id"}
        body = _AssignmentFields.model_construct(given, **{name: getattr(row, name) for name in given})
        try:
            wanted[row.id] = _laid_over(body, store, numbered[row.id])
        except BodyError as error:
            raise BodyError(error.words, f"assignments.{place}.{error.field}") from error
    return tuple(wanted.values())


def read_shown(raw: bytes, store: GradebookStore) -> Session | None:
    """The grading period that Grade Book Main is to show; None to follow the calendar.

    Raises:
        BodyError: If there is no such grading period.
    """
    wanted = _read(raw, _Shown).grading_period_id
    if wanted is None:
        return None
    periods = store.grading_periods()
    found = next((each for each in periods if each.guid == wanted), None)
    if found is None:
        names = ", ".join(f"{each.name} ({each.guid})" for each in periods)
        raise BodyError(f"There is no such grading period; there are {names}.", "grading_period_id")
    return found


def read_score(raw: bytes, store: GradebookStore, assignment: Assignment, cell: Cell) -> Score:
    """The cell as the teacher leaves it.

    A comment with "Remove When Scored" goes when a score comes, unless the same save chooses it.

    Raises:
        BodyError: If a field does not exist or cannot be what was asked.
    """
    body = _read(raw, _ScoreSave)
    stored = store.scores.get(cell) or Score(
        cell=cell,
        result_id=store.ids.guid("result", cell.line_item_id, cell.student_guid),
        points=None,
        status="not submitted",
        scored_on=store.today(),
        modified_at=store.clock.now(),
    )
    given = body.model_dump(exclude_unset=True)
    setup = store.classes[assignment.class_guid].setup
    codes = comments.codes_of(setup, store.profile)
    points, mark = _scored(body.score, assignment, setup)
    scored = replace(stored, points=points, mark=mark)
    is_new = scored.is_scored and scored != stored
    left = comments.left_after_scoring(stored.comment_code, codes) if is_new else stored.comment_code
    code = given.get("comment_code", left)
    if given.get("comment_code") and code not in codes:
        raise BodyError(f"There is no such comment code; these exist: {', '.join(codes)}.", "comment_code")
    return replace(
        scored,
        is_typed=stored.is_typed or is_new,
        status=_status(stored, scored, excused=given.get("excused", stored.excused)),
        comment_code=code,
        comment=given.get("comment", stored.comment),
    )


def _scored(
    score: float | str | None, assignment: Assignment, setup: GradeBookSetup
) -> tuple[float | None, str]:
    """What was typed, as a number or as a mark of the assignment's score type."""
    if not isinstance(score, str):
        return score, ""
    used = next((each for each in setup.score_types if each.name == assignment.score_type), None)
    marks = [mark for mark, _percent in used.percents] if used else []
    if score not in marks:
        told = f"one of {', '.join(marks)}, or a number" if marks else "a number"
        raise BodyError(f"{assignment.score_type} takes {told}.", "score")
    number = number_of(score)
    return (None, score) if number is None else (number, "")


def _status(stored: Score, wanted: Score, *, excused: bool) -> ScoreStatus:
    if excused:
        return "exempt"
    if not wanted.is_scored:
        return "not submitted"
    unchanged = (stored.points, stored.mark) == (wanted.points, wanted.mark)
    return stored.status if unchanged and not stored.excused else "fully graded"


def _max_score(body: _NewAssignment, store: GradebookStore) -> float:
    if body.max_score is not None:
        return body.max_score
    default = store.class_types[body.type_id].default_points
    if default is None:
        raise BodyError("This field is required: the assignment type has no default points.", "max_score")
    return default


def _laid_over(body: _AssignmentFields, store: GradebookStore, stored: Assignment) -> Assignment:
    given: dict[str, Any] = body.model_dump(exclude_unset=True)
    if "date" in given and given["date"] is None:
        raise BodyError("An assignment has a date.", "date")
    if given.get("type_id", stored.type_guid) != stored.type_guid:  # one that shows Hidden may stay
        _check_type(store, stored.class_guid, given["type_id"])
    if "score_type" in given:
        _check_score_type(store, stored.class_guid, given["score_type"])
    if "grading_period_ids" in given:
        given["grading_period_ids"] = _ticked(store, given["grading_period_ids"])
    wanted = replace(stored, **{_ATTRIBUTES.get(name, name): value for name, value in given.items()})
    _check_percentage(wanted, given)
    return wanted


def _check_type(store: GradebookStore, class_guid: str, type_id: str) -> None:
    types = store.types_of(class_guid)
    if not any(each.guid == type_id for each in types):
        names = ", ".join(f"{each.name} ({each.guid})" for each in types)
        raise BodyError(f"The class has no such assignment type; it has {names}.", "type_id")


def _check_score_type(store: GradebookStore, class_guid: str, name: str) -> None:
    names = (RAW_SCORE, PERCENTAGE, *(each.name for each in store.classes[class_guid].setup.score_types))
    if name not in names:
        raise BodyError(f"The class has no such score type; it has {', '.join(names)}.", "score_type")


def _check_percentage(wanted: Assignment, given: Mapping[str, Any]) -> None:
    """What is scored in percent has the Max Score 100; only a save of either of the two is asked."""
    if wanted.score_type != PERCENTAGE or wanted.max_score == PERCENTAGE_MAX_SCORE:
        return
    if {"score_type", "max_score"} & given.keys():
        raise BodyError(
            f"{PERCENTAGE} is scored out of {PERCENTAGE_MAX_SCORE:g}; set Max Score to that, "
            "and Points to what the assignment is worth.",
            "max_score",
        )


def _ticked(store: GradebookStore, wanted: list[str]) -> tuple[str, ...]:
    """The grading periods in the order of the year, each once."""
    periods = [period.guid for period in store.grading_periods()]
    if not wanted or not set(wanted) <= set(periods):
        raise BodyError(
            f"Tick at least one grading period of these: {', '.join(periods)}.", "grading_period_ids"
        )
    return tuple(guid for guid in periods if guid in wanted)


def _read(raw: bytes, model: type[M]) -> M:
    try:
        return model.model_validate(read_object(raw))
    except ValidationError as error:
        raise first_fault(error, known=field_names(model)) from error
