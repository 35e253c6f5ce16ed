"""The bodies of the school office's requests, and whether the gradebook can take what they ask.

A reference that names nothing is a fault of its field: the path was right, the body was not.
"""

from __future__ import annotations

from typing import Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from simulator.synergy import office
from simulator.synergy.bodies import BodyError, Flag, Name, Text, field_names, first_fault, read_object
from simulator.synergy.model import ClassSection, Member
from simulator.synergy.office import NewClass, NewStudent
from simulator.synergy.store import GradebookStore

M = TypeVar("M", bound=BaseModel)

NAME_CHARACTERS_MAX = 100
GRADES = ("IT", "PR", "PK", "TK", "KG", *(f"{year:02d}" for year in range(1, 14)), "PS", "UG", "Other")
"""CEDS codes of the years of school, which OneRoster wants."""
_ShortName = Annotated[Name, Field(max_length=NAME_CHARACTERS_MAX)]


class _Admission(BaseModel):
    model_config = ConfigDict(extra="forbid", defer_build=True)

    given_name: _ShortName
    family_name: _ShortName
    grade: Text
    school_id: Text = ""


class _Opening(BaseModel):
    model_config = ConfigDict(extra="forbid", defer_build=True)

    number: _ShortName
    name: _ShortName
    course_id: Text
    teacher_id: Text


class _Joining(BaseModel):
    model_config = ConfigDict(extra="forbid", defer_build=True)

    student_id: Text


class _Moving(BaseModel):
    model_config = ConfigDict(extra="forbid", defer_build=True)

    to_class_id: Text


class _Closing(BaseModel):
    model_config = ConfigDict(extra="forbid", defer_build=True)

    closed: Flag


def read_admission(raw: bytes, store: GradebookStore) -> NewStudent:
    """A student who comes to the school; to the first one, where none is named.

    Raises:
        BodyError: If a field is missing, does not exist or cannot be what was asked.
    """
    body = _read(raw, _Admission)
    schools = [each.guid for each in store.organisations.values() if each.kind == "school"]
    school = body.school_id or next(iter(schools), "")
    if school not in schools:
        raise BodyError(f"There is no such school; these exist: {', '.join(schools) or 'none'}.", "school_id")
    if body.grade not in GRADES:
        raise BodyError(f"There is no such grade; these exist: {', '.join(GRADES)}.", "grade")
    return NewStudent(body.given_name.strip(), body.family_name.strip(), body.grade, school)


def read_opening(raw: bytes, store: GradebookStore) -> NewClass:
    """Another section of a course.

    Raises:
        BodyError: If a field is missing, does not exist or cannot be what was asked.
    """
    body = _read(raw, _Opening)
    course, teacher = store.courses.get(body.course_id), store.members.get(body.teacher_id)
    if any(each.number == body.number for each in store.classes.values()):
        raise BodyError("There is a class of this number already; choose another.", "number")
    if course is None:
        raise BodyError("There is no such course; name one that has classes.", "course_id")
    if teacher is None or teacher.role != "teacher":
        raise BodyError("There is no such teacher.", "teacher_id")
    return NewClass(body.number, body.name, course, teacher)


def read_joining(raw: bytes, store: GradebookStore, section: ClassSection) -> Member:
    """The student who comes into a class.

    Raises:
        BodyError: If there is none, or they are in it.
    """
    student = store.members.get(_read(raw, _Joining).student_id)
    if student is None or student.role != "student":
        raise BodyError("There is no such student; admit them to the school first.", "student_id")
    if office.is_in(store, section, student):
        raise BodyError(f"{student.name} is in {section.name} already.", "student_id")
    return student


def read_moving(raw: bytes, store: GradebookStore, student: Member) -> ClassSection:
    """The class that a student changes to.

    Raises:
        BodyError: If there is none, or they are in it.
    """
    section = store.classes.get(_read(raw, _Moving).to_class_id)
    if section is None:
        raise BodyError("There is no such class.", "to_class_id")
    if office.is_in(store, section, student):
        raise BodyError(f"{student.name} is in {section.name} already.", "to_class_id")
    return section


def read_closing(raw: bytes) -> bool:
    """Whether a grading period is to be closed.

    Raises:
        BodyError: If the body does not say.
    """
    return _read(raw, _Closing).closed


def _read(raw: bytes, model: type[M]) -> M:
    try:
        return model.model_validate(read_object(raw))
    except ValidationError as error:
        raise first_fault(error, known=field_names(model)) from error
