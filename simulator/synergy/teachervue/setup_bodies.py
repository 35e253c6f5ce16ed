"""The body of Grade Book Setup's Save, laid over what is stored: the set-up that the teacher wants.

A save names only what was changed; a list is the whole list, except that of assignment types, which names
the changed ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from simulator.profiles import CommentCode
from simulator.synergy import rules
from simulator.synergy.bodies import (
    BodyError,
    Flag,
    Name,
    Number,
    Text,
    field_names,
    first_fault,
    read_object,
)
from simulator.synergy.model import (
    PERCENTAGE,
    RAW_SCORE,
    ClassSection,
    ClassType,
    PeriodDefault,
    ScoreType,
    Session,
    TermPart,
    TermWeighting,
    TypeChoice,
)
from simulator.synergy.store import GradebookStore

DECIMALS_MAX = 2
SCORE_TYPES_MAX = 50
COMMENT_CODES_MAX = 50
TERM_WEIGHTINGS_MAX = 20
TERM_PARTS_MAX = 20
CODE_CHARACTERS_MAX = 10
COMMENT_CHARACTERS_MAX = 100
PENALTY_PERCENT_MAX = 100
MARKS_MAX = 200
PERCENT_MAX = 1000.0
DROP_LOWEST_MAX = 1000
"""Limits that are ours: no page gives Synergy's."""


_OF_CLASS = {"grading_period_default": "period_default", "assignment_types_from": "type_choice"}
"""Settings of the class beside those of its totals, by how a class keeps them."""


@dataclass(frozen=True, slots=True)
class WantedSetup:
    """What the screen shows at the moment of Save: the class with its settings, and the types it uses."""

    section: ClassSection
    types: tuple[ClassType, ...]


class _Mark(BaseModel):
    model_config = ConfigDict(extra="forbid")

    mark: Name
    percent: Annotated[Number, Field(ge=0, le=PERCENT_MAX)]


class _ScoreType(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: Name
    marks: Annotated[list[_Mark], Field(min_length=1, max_length=MARKS_MAX)]


class _Comment(BaseModel):
    model_config = ConfigDict(extra="forbid")

    code: Annotated[Name, Field(max_length=CODE_CHARACTERS_MAX)]
    comment: Annotated[Name, Field(max_length=COMMENT_CHARACTERS_MAX)]
    excuses: Flag = False
    missing_mark: Flag = False
    not_scored_percent: Annotated[Number, Field(ge=0, le=PERCENT_MAX)] | None = None
    penalty_percent: Annotated[Number, Field(ge=0, le=PENALTY_PERCENT_MAX)] = 0.0
    remove_when_scored: Flag = False


class _TermPart(BaseModel):
    model_config = ConfigDict(extra="forbid")

    weight: Annotated[Number, Field(gt=0, le=rules.WHOLE_WEIGHT)]
    grading_period_id: Text = ""
    exam_type_id: Text = ""


class _TermWeighting(BaseModel):
    model_config = ConfigDict(extra="forbid")

    grading_period_id: Text
    parts: Annotated[list[_TermPart], Field(min_length=1, max_length=TERM_PARTS_MAX)]


class _TypeSave(BaseModel):
    model_config = ConfigDict(extra="forbid")

    id: Text
    weight: Annotated[Number, Field(ge=0, le=rules.WHOLE_WEIGHT)] = 0.0
    drop_lowest: Annotated[int, Field(strict=True, ge=0, le=DROP_LOWEST_MAX)] = 0


class _SetupSave(BaseModel):
    model_config = ConfigDict(extra="forbid")

    method: Literal["weighted", "points"] = "weighted"
    class_rounding: Flag = True
    decimals: Annotated[int, Field(strict=True, ge=0, le=DECIMALS_MAX)] = DECIMALS_MAX
    report_card_scale: Literal["percent", "four_point"] = "percent"
    score_types: Annotated[list[_ScoreType], Field(max_length=SCORE_TYPES_MAX)] = Field(default_factory=list)
    comment_codes: Annotated[list[_Comment], Field(max_length=COMMENT_CODES_MAX)] = Field(
        default_factory=list
    )
    term_weightings: Annotated[list[_TermWeighting], Field(max_length=TERM_WEIGHTINGS_MAX)] = Field(
        default_factory=list
    )
    grading_period_default: PeriodDefault = "assignment_due_date"
    assignment_types_from: TypeChoice = "mine_and_district"
    assignment_types: list[_TypeSave] = Field(default_factory=list)


def read_setup(raw: bytes, store: GradebookStore, section: ClassSection) -> WantedSetup:
    """The set-up as the screen shows it at the moment of Save.

    Raises:
        BodyError: If a field does not exist or cannot be what was asked.
    """
    try:
        body = _SetupSave.model_validate(read_object(raw))
    except ValidationError as error:
        raise first_fault(error, known=field_names(_body_at_fault(error))) from error
    given: dict[str, Any] = {name: getattr(body, name) for name in body.model_fields_set}
    saved_types = given.pop("assignment_types", [])
    if "score_types" in given:
        given["score_types"] = _score_types(body.score_types)
        _check_use(store, section, given["score_types"])
    if "comment_codes" in given:
        given["comment_codes"] = _comment_codes(body.comment_codes, store)
        _check_comments(store, section, given["comment_codes"])
    if "term_weightings" in given:
        given["term_weightings"] = _term_weightings(body.term_weightings, store, section)
    of_class = {_OF_CLASS[name]: given.pop(name) for name in tuple(given) if name in _OF_CLASS}
    wanted = replace(section, setup=replace(section.setup, **given), **of_class)
    chosen = [each for each in store.all_types_of(section.guid) if rules.is_chosen(each, wanted.type_choice)]
    return WantedSetup(wanted, _types_laid_over(saved_types, chosen))


def _body_at_fault(error: ValidationError) -> type[BaseModel]:
    """Whose fields to name: the set-up's, or those of an entry of one of its lists."""
    *above, _field = error.errors(include_url=False, include_context=False, include_input=False)[0]["loc"]
    if "marks" in above:
        return _Mark
    if "parts" in above:
        return _TermPart
    if "term_weightings" in above:
        return _TermWeighting
    if "score_types" in above:
        return _ScoreType
    if "comment_codes" in above:
        return _Comment
    return _TypeSave if above else _SetupSave


def _score_types(bodies: Iterable[_ScoreType]) -> tuple[ScoreType, ...]:
    found: dict[str, ScoreType] = {}
    for place, each in enumerate(bodies):
        if each.name in (RAW_SCORE, PERCENTAGE) or each.name in found:
            raise BodyError(f'There is a score type "{each.name}" already.', f"score_types.{place}.name")
        marks = tuple((mark.mark, mark.percent) for mark in each.marks)
        if len(dict(marks)) < len(marks):
            raise BodyError("Each mark can stand there once.", f"score_types.{place}.marks")
        found[each.name] = ScoreType(each.name, marks)
    return tuple(found.values())


def _check_use(store: GradebookStore, section: ClassSection, wanted: Iterable[ScoreType]) -> None:
    """A score type that an assignment is scored by stays."""
    names = {RAW_SCORE, PERCENTAGE, *(each.name for each in wanted)}
    for assignment in store.assignments_in(section.guid):
        if assignment.score_type not in names:
            raise BodyError(
                f'"{assignment.name}" is scored by {assignment.score_type}; '
                "keep it in the list, or save the assignment with another score type first.",
                "score_types",
            )


def _comment_codes(bodies: Iterable[_Comment], store: GradebookStore) -> tuple[CommentCode, ...]:
    """The teacher's own; those of the district stay as they are, and keep their codes."""
    districts = {each.code for each in store.profile.comment_codes}
    found: dict[str, CommentCode] = {}
    for place, each in enumerate(bodies):
        where, code = f"comment_codes.{place}.code", each.code.strip()
        if code in districts:
            words = "The district has a comment of this code and keeps it as it is; copy it to another code."
            raise BodyError(words, where)
        if code in found:
            raise BodyError("There is a comment of this code already.", where)
        value = each.not_scored_percent
        found[code] = CommentCode(
            code=code,
            comment=each.comment.strip(),
            excuses=each.excuses,
            missing_mark=each.missing_mark,
            not_scored_percent=None if value is None else Decimal(repr(value)),
            penalty_percent=Decimal(repr(each.penalty_percent)),
            remove_when_scored=each.remove_when_scored,
        )
    return tuple(found.values())


def _check_comments(store: GradebookStore, section: ClassSection, wanted: Iterable[CommentCode]) -> None:
    """A comment that stands in a cell stays."""
    kept = {each.code for each in wanted}
    gone = {each.code for each in section.setup.comment_codes} - kept
    numbers = [each.line_item_id for each in store.assignments_in(section.guid)]
    used = next((each.comment_code for each in store.scores_on(numbers) if each.comment_code in gone), None)
    if used is not None:
        words = f"{used} stands in a grade cell; keep it in the list, or take it out of the cells first."
        raise BodyError(words, "comment_codes")


def _term_weightings(
    bodies: Iterable[_TermWeighting], store: GradebookStore, section: ClassSection
) -> tuple[TermWeighting, ...]:
    """Each of a grading period of its own, of parts that lie in it and together weigh the whole."""
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
        if weights != rules.WHOLE_WEIGHT:
            words = f"The weights add up to {float(weights):g}; they must add up to {rules.WHOLE_WEIGHT}."
            raise BodyError(words, f"{where}.parts")
        if len({(part.period_guid, part.exam_type_guid) for part in parts}) < len(parts):
            raise BodyError("Each part can stand there once.", f"{where}.parts")
        found[whole.guid] = TermWeighting(whole.guid, parts)
    return tuple(found.values())


def _term_part(
    part: _TermPart, whole: Session, store: GradebookStore, section: ClassSection, where: str
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


def _types_laid_over(saves: Sequence[_TypeSave], stored: Sequence[ClassType]) -> tuple[ClassType, ...]:
    types = {each.guid: each for each in stored}
    for place, save in enumerate(saves):
        if save.id not in types:
            names = ", ".join(f"{each.name} ({each.guid})" for each in stored)
            raise BodyError(
                f"The class has no such assignment type; it has {names}.", f"assignment_types.{place}.id"
            )
        types[save.id] = replace(types[save.id], **save.model_dump(exclude_unset=True, exclude={"id"}))
    return tuple(types.values())
