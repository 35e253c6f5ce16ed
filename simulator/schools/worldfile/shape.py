"""What may stand in a world file, field by field.

What lives here: each field alone. What must never be here: what refers to what (`references`), defaults that
depend on the seed or on a neighbour (`making`).
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from simulator.schools.worldfile import kinds

PERIODS_MAX = 20
TYPES_MAX = 20

Text: TypeAlias = Annotated[str, BeforeValidator(kinds.text)]
FullName: TypeAlias = Annotated[str, BeforeValidator(kinds.full_name)]
Code: TypeAlias = Annotated[str, BeforeValidator(kinds.code)]
Email: TypeAlias = Annotated[str, BeforeValidator(kinds.email)]
Weight: TypeAlias = Annotated[float, BeforeValidator(kinds.weight)]
Year: TypeAlias = Annotated[int, BeforeValidator(kinds.year)]
Day: TypeAlias = Annotated[date, BeforeValidator(kinds.day)]
Grade: TypeAlias = Annotated[str, BeforeValidator(kinds.grade)]
PeriodKind: TypeAlias = Annotated[str, BeforeValidator(kinds.period_kind)]


class Entry(BaseModel):
    """What all entries have: nothing beyond their fields, and perhaps a guid of their own."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class TeacherEntry(Entry):
    """An element of `teachers`; a name alone is one too."""

    name: FullName
    family_name: Text | None = None
    number: Code | None = None
    email: Email | None = None
    guid: Code | None = None

    @model_validator(mode="before")
    @classmethod
    def _name_alone(cls, value: object) -> object:
        return {"name": value} if isinstance(value, str) else value


class StudentEntry(TeacherEntry):
    """An element of `students`; a name alone is one too."""

    grade: Grade | None = None


class GradingPeriodEntry(Entry):
    """An element of `grading_periods`."""

    name: Text
    kind: PeriodKind | None = None
    begins: Day
    ends: Day
    guid: Code | None = None


class AssignmentTypeEntry(Entry):
    """An element of `assignment_types`."""

    name: Text
    weight: Weight
    guid: Code | None = None


class SectionEntry(Entry):
    """An element of `sections`."""

    number: Code | None = None
    name: Text | None = None
    students: list[Text] | None = None
    guid: Code | None = None


class CourseEntry(Entry):
    """An element of `courses`."""

    name: Text
    code: Code | None = None
    subject: Text | None = None
    teacher: Text | None = None
    sections: list[SectionEntry] | None = Field(default=None, min_length=1)
    guid: Code | None = None


class WorldEntry(Entry):
    """The whole file."""

    district: Text | None = None
    school: Text | None = None
    school_year: Year | None = None
    year_begins: Day | None = None
    year_ends: Day | None = None
    grading_periods: list[GradingPeriodEntry] | None = Field(
        default=None, min_length=1, max_length=PERIODS_MAX
    )
    assignment_types: list[AssignmentTypeEntry] | None = Field(
        default=None, min_length=1, max_length=TYPES_MAX
    )
    teachers: list[TeacherEntry] | None = Field(default=None, min_length=1)
    students: list[StudentEntry] | None = None
    courses: list[CourseEntry] | None = None
