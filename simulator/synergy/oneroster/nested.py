"""The lists that lie under an object, as a table of paths.

Each reader answers None where an object of its path is unknown; the profile says whether that is an empty
list or 404. Categories of one class are an extension of 1.1 that Google's suite, Blackbaud and Instructure
know.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeAlias

from simulator.synergy.model import Role
from simulator.synergy.oneroster import shapes, views
from simulator.synergy.oneroster.hrefs import Hrefs
from simulator.synergy.oneroster.scopes import GRADEBOOK_READ, ROSTER
from simulator.synergy.oneroster.shapes import Shape
from simulator.synergy.store import GradebookStore

Ids: TypeAlias = tuple[str, ...]
Found: TypeAlias = Iterable[views.Wire] | None
Reader: TypeAlias = Callable[[GradebookStore, Hrefs, Ids], Found]


@dataclass(frozen=True, slots=True)
class NestedList:
    """One list under an object."""

    path: str
    shape: Shape
    read: Reader
    scopes: frozenset[str] = ROSTER


def _classes_of_school(store: GradebookStore, hrefs: Hrefs, ids: Ids) -> Found:
    school = store.organisations.get(ids[0])
    if school is None or school.kind != "school":
        return None
    return (
        views.school_class(store, hrefs, each)
        for each in store.classes.values()
        if each.school_guid == ids[0]
    )


def _members_of_class(role: Role) -> Reader:
    def read(store: GradebookStore, hrefs: Hrefs, ids: Ids) -> Found:
        if ids[0] not in store.classes:
            return None
        guids = [each.member_guid for each in store.enrolments_in(ids[0]) if each.role == role]
        return (views.user(store, hrefs, store.members[guid]) for guid in guids)

    return read


def _classes_of_member(role: Role) -> Reader:
    def read(store: GradebookStore, hrefs: Hrefs, ids: Ids) -> Found:
        member = store.members.get(ids[0])
        if member is None or member.role != role:
            return None
        guids = [each.class_guid for each in store.enrolments_of(member.guid)]
        return (views.school_class(store, hrefs, store.classes[guid]) for guid in guids)

    return read


def _categories_of_class(store: GradebookStore, hrefs: Hrefs, ids: Ids) -> Found:
    if ids[0] not in store.classes:
        return None
    return (views.category(store, hrefs, each) for each in store.types_of(ids[0]))


def _line_items_of_class(store: GradebookStore, hrefs: Hrefs, ids: Ids) -> Found:
    if ids[0] not in store.classes:
        return None
    return (views.line_item(store, hrefs, each) for each in store.assignments_in(ids[0]))


def _results_of_class(store: GradebookStore, hrefs: Hrefs, ids: Ids) -> Found:
    if ids[0] not in store.classes:
        return None
    scores = store.scores_on([each.line_item_id for each in store.assignments_in(ids[0])])
    return (views.result(store, hrefs, each) for each in scores)


def _results_of_line_item(store: GradebookStore, hrefs: Hrefs, ids: Ids) -> Found:
    class_guid, line_item_id = ids
    assignment = store.assignments.get(line_item_id)
    if assignment is None or assignment.class_guid != class_guid:
        return None
    return (views.result(store, hrefs, each) for each in store.scores_on((line_item_id,)))


def _results_of_student(store: GradebookStore, hrefs: Hrefs, ids: Ids) -> Found:
    class_guid, student_guid = ids
    if class_guid not in store.classes or student_guid not in store.members:
        return None
    return (
        views.result(store, hrefs, each)
        for each in store.scores.where(student=student_guid)
        if store.assignments[each.cell.line_item_id].class_guid == class_guid
    )


ALL = (
    NestedList("schools/{school}/classes", shapes.CLASS, _classes_of_school),
    NestedList("students/{student}/classes", shapes.CLASS, _classes_of_member("student")),
    NestedList("teachers/{teacher}/classes", shapes.CLASS, _classes_of_member("teacher")),
    NestedList("classes/{class}/students", shapes.USER, _members_of_class("student")),
    NestedList("classes/{class}/teachers", shapes.USER, _members_of_class("teacher")),
    NestedList("classes/{class}/categories", shapes.CATEGORY, _categories_of_class, GRADEBOOK_READ),
    NestedList("classes/{class}/lineItems", shapes.LINE_ITEM, _line_items_of_class, GRADEBOOK_READ),
    NestedList("classes/{class}/results", shapes.RESULT, _results_of_class, GRADEBOOK_READ),
    NestedList(
        "classes/{class}/lineItems/{line_item}/results", shapes.RESULT, _results_of_line_item, GRADEBOOK_READ
    ),
    NestedList(
        "classes/{class}/students/{student}/results", shapes.RESULT, _results_of_student, GRADEBOOK_READ
    ),
)
