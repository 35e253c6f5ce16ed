"""The lists that lie under an object, as a table of paths.

Each finder answers None where an object of its path is unknown; the profile says whether that is an empty
list or 404. Categories of one class are an extension of 1.1 that Google's suite, Blackbaud and Instructure
know; all others are the specification's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeAlias

from simulator.synergy.model import (
    Assignment,
    ClassSection,
    ClassType,
    CourseRecord,
    Enrolment,
    Member,
    Role,
    Score,
    Session,
)
from simulator.synergy.oneroster import resources
from simulator.synergy.oneroster.resources import Collection
from simulator.synergy.store import GradebookStore

Ids: TypeAlias = tuple[str, ...]
Find: TypeAlias = Callable[[GradebookStore, Ids], Iterable[Any] | None]


@dataclass(frozen=True, slots=True)
class NestedList:
    """One list under an object: where it lies, what its objects are, and which of them are there."""

    path: str
    of: Collection[Any]
    find: Find


# under a school


def _is_school(store: GradebookStore, guid: str) -> bool:
    return resources.SCHOOLS.find(store, guid) is not None


def _courses_of_school(store: GradebookStore, ids: Ids) -> Iterable[CourseRecord] | None:
    if not _is_school(store, ids[0]):
        return None
    return (each for each in store.courses.values() if each.school_guid == ids[0])


def _classes_of_school(store: GradebookStore, ids: Ids) -> Iterable[ClassSection] | None:
    if not _is_school(store, ids[0]):
        return None
    return (each for each in store.classes.values() if each.school_guid == ids[0])


def _enrollments_of_school(store: GradebookStore, ids: Ids) -> Iterable[Enrolment] | None:
    classes = _classes_of_school(store, ids)
    if classes is None:
        return None
    return (each for one in classes for each in store.enrolments.where(school_class=one.guid))


def _members_of_school(role: Role) -> Find:
    def find(store: GradebookStore, ids: Ids) -> Iterable[Member] | None:
        if not _is_school(store, ids[0]):
            return None
        return (each for each in store.members.values() if each.role == role and each.school_guid == ids[0])

    return find


def _terms_of_school(store: GradebookStore, ids: Ids) -> Iterable[Session] | None:
    """The terms that its classes lie in."""
    classes = _classes_of_school(store, ids)
    if classes is None:
        return None
    guids = dict.fromkeys(guid for each in classes for guid in each.term_guids)
    return (store.sessions[guid] for guid in guids)


def _in_school(find: Find) -> Find:
    """A list under a class that has to belong to the school before it in the path."""

    def find_in_school(store: GradebookStore, ids: Ids) -> Iterable[Any] | None:
        school_guid, *rest = ids
        section = store.classes.get(rest[0])
        return find(store, tuple(rest)) if section and section.school_guid == school_guid else None

    return find_in_school


# under a term or a course


def _classes_of_term(store: GradebookStore, ids: Ids) -> Iterable[ClassSection] | None:
    if resources.TERMS.find(store, ids[0]) is None:
        return None
    return (each for each in store.classes.values() if ids[0] in each.term_guids)


def _periods_of_term(store: GradebookStore, ids: Ids) -> Iterable[Session] | None:
    if resources.TERMS.find(store, ids[0]) is None:
        return None
    return (each for each in store.sessions.where(parent=ids[0]) if each.is_grading_period)


def _classes_of_course(store: GradebookStore, ids: Ids) -> Iterable[ClassSection] | None:
    return store.classes.where(course=ids[0]) if ids[0] in store.courses else None


def _no_resources_of(records: Collection[Any]) -> Find:
    def find(store: GradebookStore, ids: Ids) -> Iterable[Any] | None:
        return None if records.find(store, ids[0]) is None else ()

    return find


# under a person or a class


def _classes_of(members: Collection[Member]) -> Find:
    def find(store: GradebookStore, ids: Ids) -> Iterable[ClassSection] | None:
        if members.find(store, ids[0]) is None:
            return None
        return (store.classes[each.class_guid] for each in store.enrolments_of(ids[0]))

    return find


def _enrollments_of_class(store: GradebookStore, ids: Ids) -> Iterable[Enrolment] | None:
    """Those that have ended too, as in the list of all: a reader of changes looks for them."""
    return store.enrolments.where(school_class=ids[0]) if ids[0] in store.classes else None


def _members_of_class(role: Role) -> Find:
    def find(store: GradebookStore, ids: Ids) -> Iterable[Member] | None:
        if ids[0] not in store.classes:
            return None
        enrolled = store.enrolments_in(ids[0])
        return (store.members[each.member_guid] for each in enrolled if each.role == role)

    return find


def _categories_of_class(store: GradebookStore, ids: Ids) -> Iterable[ClassType] | None:
    if ids[0] not in store.classes:
        return None
    if store.profile.categories_out_of_use == "left_out":
        return store.types_of(ids[0])
    return [each for guid in (ids[0], "") for each in store.class_types.where(school_class=guid)]


def _line_items_of_class(store: GradebookStore, ids: Ids) -> Iterable[Assignment] | None:
    return store.assignments_in(ids[0]) if ids[0] in store.classes else None


def _results_of_class(store: GradebookStore, ids: Ids) -> Iterable[Score] | None:
    if ids[0] not in store.classes:
        return None
    return store.scores_on([each.line_item_id for each in store.assignments_in(ids[0])])


def _results_of_line_item(store: GradebookStore, ids: Ids) -> Iterable[Score] | None:
    class_guid, line_item_id = ids
    assignment = store.assignments.get(line_item_id)
    if assignment is None or assignment.class_guid != class_guid:
        return None
    return store.scores_on((line_item_id,))


def _results_of_student(store: GradebookStore, ids: Ids) -> Iterable[Score] | None:
    class_guid, student_guid = ids
    if class_guid not in store.classes or student_guid not in store.members:
        return None
    return (
        each
        for each in store.scores.where(student=student_guid)
        if store.assignments[each.cell.line_item_id].class_guid == class_guid
    )


ALL = (
    NestedList("schools/{school}/courses", resources.COURSES, _courses_of_school),
    NestedList("schools/{school}/classes", resources.CLASSES, _classes_of_school),
    NestedList("schools/{school}/enrollments", resources.ENROLLMENTS, _enrollments_of_school),
    NestedList("schools/{school}/students", resources.STUDENTS, _members_of_school("student")),
    NestedList("schools/{school}/teachers", resources.TEACHERS, _members_of_school("teacher")),
    NestedList("schools/{school}/terms", resources.TERMS, _terms_of_school),
    NestedList(
        "schools/{school}/classes/{class}/enrollments",
        resources.ENROLLMENTS,
        _in_school(_enrollments_of_class),
    ),
    NestedList(
        "schools/{school}/classes/{class}/students",
        resources.STUDENTS,
        _in_school(_members_of_class("student")),
    ),
    NestedList(
        "schools/{school}/classes/{class}/teachers",
        resources.TEACHERS,
        _in_school(_members_of_class("teacher")),
    ),
    NestedList("terms/{term}/classes", resources.CLASSES, _classes_of_term),
    NestedList("terms/{term}/gradingPeriods", resources.GRADING_PERIODS, _periods_of_term),
    NestedList("courses/{course}/classes", resources.CLASSES, _classes_of_course),
    NestedList("courses/{course}/resources", resources.RESOURCES, _no_resources_of(resources.COURSES)),
    NestedList("students/{student}/classes", resources.CLASSES, _classes_of(resources.STUDENTS)),
    NestedList("teachers/{teacher}/classes", resources.CLASSES, _classes_of(resources.TEACHERS)),
    NestedList("users/{user}/classes", resources.CLASSES, _classes_of(resources.USERS)),
    NestedList("classes/{class}/students", resources.STUDENTS, _members_of_class("student")),
    NestedList("classes/{class}/teachers", resources.TEACHERS, _members_of_class("teacher")),
    NestedList("classes/{class}/resources", resources.RESOURCES, _no_resources_of(resources.CLASSES)),
    NestedList("classes/{class}/categories", resources.CATEGORIES, _categories_of_class),
    NestedList("classes/{class}/lineItems", resources.LINE_ITEMS, _line_items_of_class),
    NestedList("classes/{class}/results", resources.RESULTS, _results_of_class),
    NestedList("classes/{class}/lineItems/{line_item}/results", resources.RESULTS, _results_of_line_item),
    NestedList("classes/{class}/students/{student}/results", resources.RESULTS, _results_of_student),
)
