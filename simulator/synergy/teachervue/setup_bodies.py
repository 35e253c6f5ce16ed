"""The body of Grade Book Setup's Save, laid over what is stored: the set-up that the teacher wants.

A save names only what was changed; a list is the whole list, except that of assignment types, which names
the changed ones. What was changed is laid over each class that the save also applies to.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from simulator.synergy import rules
from simulator.synergy.bodies import (
    BodyError,
    Flag,
    Name,
    Number,
    Text,
    field_names,
    first_fault,
    first_of,
    read_object,
)
from simulator.synergy.class_setup import WantedSetup
from simulator.synergy.model import (
    PERCENTAGE,
    RAW_SCORE,
    ClassSection,
    ClassType,
    PeriodDefault,
    ScoreType,
    TypeChoice,
)
from simulator.synergy.store import GradebookStore
from simulator.synergy.teachervue.also_apply import (
    AlsoApplyTo,
    other_classes,
    told_of,
    type_called_alike,
)
from simulator.synergy.teachervue.comment_bodies import (
    COMMENT_CODES_MAX,
    PERCENT_MAX,
    CommentBody,
    check_use_of_comments,
    read_comments,
)
from simulator.synergy.teachervue.term_bodies import (
    TERM_WEIGHTINGS_MAX,
    TermPartBody,
    TermWeightingBody,
    read_weightings,
)
from simulator.synergy.teachervue.type_bodies import Colour, DefaultPoints

DECIMALS_MAX = 2
SCORE_TYPES_MAX = 50
MARKS_MAX = 200
DROP_LOWEST_MAX = 1000
"""Limits that are ours: no page gives Synergy's."""


_OF_CLASS = {"grading_period_default": "period_default", "assignment_types_from": "type_choice"}
"""Settings of the class beside those of its totals, by how a class keeps them."""


class _Mark(BaseModel):
    model_config = ConfigDict(extra="forbid", defer_build=True)

    mark: Name
    percent: Annotated[Number, Field(ge=0, le=PERCENT_MAX)]


class _ScoreType(BaseModel):
    model_config = ConfigDict(extra="forbid", defer_build=True)

    name: Name
    marks: Annotated[list[_Mark], Field(min_length=1, max_length=MARKS_MAX)]


class _TypeSave(BaseModel):
    model_config = ConfigDict(extra="forbid", defer_build=True)

    id: Text
    weight: Annotated[Number, Field(ge=0, le=rules.WHOLE_WEIGHT)] = 0.0
    drop_lowest: Annotated[int, Field(strict=True, ge=0, le=DROP_LOWEST_MAX)] = 0
    default_points: DefaultPoints = None
    colour: Colour = ""


class _SetupSave(BaseModel):
    model_config = ConfigDict(extra="forbid", defer_build=True)

    method: Literal["weighted", "points"] = "weighted"
    class_rounding: Flag = True
    decimals: Annotated[int, Field(strict=True, ge=0, le=DECIMALS_MAX)] = DECIMALS_MAX
    report_card_scale: Literal["percent", "four_point"] = "percent"
    score_types: Annotated[list[_ScoreType], Field(max_length=SCORE_TYPES_MAX)] = Field(default_factory=list)
    comment_codes: Annotated[list[CommentBody], Field(max_length=COMMENT_CODES_MAX)] = Field(
        default_factory=list
    )
    term_weightings: Annotated[list[TermWeightingBody], Field(max_length=TERM_WEIGHTINGS_MAX)] = Field(
        default_factory=list
    )
    grading_period_default: PeriodDefault = "assignment_due_date"
    assignment_types_from: TypeChoice = "mine_and_district"
    assignment_types: list[_TypeSave] = Field(default_factory=list)
    also_apply_to: AlsoApplyTo = Field(default_factory=list)


def read_setups(raw: bytes, store: GradebookStore, section: ClassSection) -> tuple[WantedSetup, ...]:
    """The set-up as the screen shows it at the moment of Save, then that of each class it also applies to.

    Raises:
        BodyError: If a field does not exist or cannot be what was asked, in one of the classes.
    """
    try:
        body = _SetupSave.model_validate(read_object(raw))
    except ValidationError as error:
        raise first_fault(error, known=field_names(_body_at_fault(error))) from error
    wanted = [_laid_over(body, store, section)]
    for place, other in enumerate(other_classes(store, section, body.also_apply_to)):
        with told_of(other, place):
            wanted.append(_laid_over(_as_it_is_called_in(body, store, section, other), store, other))
    return tuple(wanted)


def _as_it_is_called_in(
    body: _SetupSave, store: GradebookStore, section: ClassSection, other: ClassSection
) -> _SetupSave:
    """The save with the types of another class in place of those of the same names."""

    def there(type_id: str) -> str:
        return type_called_alike(store, section, other, type_id)

    types = [each.model_copy(update={"id": there(each.id)}) for each in body.assignment_types]
    weightings = [
        weighting.model_copy(
            update={
                "parts": [
                    part.model_copy(update={"exam_type_id": there(part.exam_type_id)})
                    if part.exam_type_id
                    else part
                    for part in weighting.parts
                ]
            }
        )
        for weighting in body.term_weightings
    ]
    named = {"assignment_types": types, "term_weightings": weightings}
    return body.model_copy(
        update={name: value for name, value in named.items() if name in body.model_fields_set}
    )


def _laid_over(body: _SetupSave, store: GradebookStore, section: ClassSection) -> WantedSetup:
    given: dict[str, Any] = {name: getattr(body, name) for name in body.model_fields_set - {"also_apply_to"}}
    saved_types = given.pop("assignment_types", [])
    if "score_types" in given:
        given["score_types"] = _score_types(body.score_types)
        _check_use(store, section, given["score_types"])
    if "comment_codes" in given:
        given["comment_codes"] = read_comments(body.comment_codes, store)
        check_use_of_comments(store, section, given["comment_codes"])
    if "term_weightings" in given:
        given["term_weightings"] = read_weightings(body.term_weightings, store, section)
    of_class = {_OF_CLASS[name]: given.pop(name) for name in tuple(given) if name in _OF_CLASS}
    wanted = replace(section, setup=replace(section.setup, **given), **of_class)
    chosen = [each for each in store.all_types_of(section.guid) if rules.is_chosen(each, wanted.type_choice)]
    return WantedSetup(wanted, _types_laid_over(saved_types, chosen))


def _body_at_fault(error: ValidationError) -> type[BaseModel]:
    """Whose fields to name: the set-up's, or those of an entry of one of its lists."""
    *above, _field = first_of(error)["loc"]
    if "marks" in above:
        return _Mark
    if "parts" in above:
        return TermPartBody
    if "term_weightings" in above:
        return TermWeightingBody
    if "score_types" in above:
        return _ScoreType
    if "comment_codes" in above:
        return CommentBody
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


def _types_laid_over(saves: Sequence[_TypeSave], stored: Sequence[ClassType]) -> tuple[ClassType, ...]:
    types = {each.guid: each for each in stored}
    for place, save in enumerate(saves):
        if save.id not in types:
            names = ", ".join(f"{each.name} ({each.guid})" for each in stored)
            raise BodyError(
                f"The class has no such assignment type; it has {names}.", f"assignment_types.{place}.id"
            )
        saved = replace(types[save.id], **save.model_dump(exclude_unset=True, exclude={"id"}))
        if saved != types[save.id] and not saved.class_guid:
            raise BodyError(
                f'"{saved.name}" is a type of all classes; what one class saves would count in the others.',
                f"assignment_types.{place}.id",
            )
        types[save.id] = saved
    return tuple(types.values())
