"""The collections that OneRoster shows, as a table: path, shape, view, and where the gradebook keeps them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from simulator.synergy.model import Score
from simulator.synergy.oneroster import shapes, views
from simulator.synergy.oneroster.hrefs import Hrefs
from simulator.synergy.oneroster.scopes import GRADEBOOK_READ, ROSTER
from simulator.synergy.oneroster.shapes import Shape
from simulator.synergy.store import GradebookStore

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Collection(Generic[R]):
    """One collection: its path, how its objects look, and where they are kept."""

    path: str
    shape: Shape
    records: Callable[[GradebookStore], Mapping[str, R]]
    view: Callable[[GradebookStore, Hrefs, R], views.Wire]
    scopes: frozenset[str] = ROSTER
    keeps: Callable[[R], bool] = lambda _record: True

    def all(self, store: GradebookStore, hrefs: Hrefs) -> Iterable[views.Wire]:
        """Every object, as it looks."""
        return (self.view(store, hrefs, each) for each in self.records(store).values() if self.keeps(each))

    def one(self, store: GradebookStore, hrefs: Hrefs, sourced_id: str) -> views.Wire | None:
        """The object of this id, as it looks."""
        record = self.records(store).get(sourced_id)
        return None if record is None or not self.keeps(record) else self.view(store, hrefs, record)


def _results(store: GradebookStore) -> dict[str, Score]:
    return {score.result_id: score for score in store.scores.values()}


ORGS = Collection("orgs", shapes.ORG, lambda store: store.organisations, views.organisation)
SCHOOLS = Collection(
    "schools",
    shapes.ORG,
    lambda store: store.organisations,
    views.organisation,
    keeps=lambda org: org.kind == "school",
)
SESSIONS = Collection(
    "academicSessions", shapes.ACADEMIC_SESSION, lambda store: store.sessions, views.academic_session
)
TERMS = Collection(
    "terms",
    shapes.ACADEMIC_SESSION,
    lambda store: store.sessions,
    views.academic_session,
    keeps=lambda session: session.kind == "term",
)
GRADING_PERIODS = Collection(
    "gradingPeriods",
    shapes.ACADEMIC_SESSION,
    lambda store: store.sessions,
    views.academic_session,
    keeps=lambda session: session.is_grading_period,
)
COURSES = Collection("courses", shapes.COURSE, lambda store: store.courses, views.course)
CLASSES = Collection("classes", shapes.CLASS, lambda store: store.classes, views.school_class)
USERS = Collection("users", shapes.USER, lambda store: store.members, views.user)
STUDENTS = Collection(
    "students",
    shapes.USER,
    lambda store: store.members,
    views.user,
    keeps=lambda member: member.role == "student",
)
TEACHERS = Collection(
    "teachers",
    shapes.USER,
    lambda store: store.members,
    views.user,
    keeps=lambda member: member.role == "teacher",
)
ENROLLMENTS = Collection("enrollments", shapes.ENROLLMENT, lambda store: store.enrolments, views.enrollment)
CATEGORIES = Collection(
    "categories", shapes.CATEGORY, lambda store: store.class_types, views.category, GRADEBOOK_READ
)
LINE_ITEMS = Collection(
    "lineItems", shapes.LINE_ITEM, lambda store: store.assignments, views.line_item, GRADEBOOK_READ
)
RESULTS = Collection("results", shapes.RESULT, _results, views.result, GRADEBOOK_READ)

ALL = (
    ORGS,
    SCHOOLS,
    SESSIONS,
    TERMS,
    GRADING_PERIODS,
    COURSES,
    CLASSES,
    USERS,
    STUDENTS,
    TEACHERS,
    ENROLLMENTS,
    CATEGORIES,
    LINE_ITEMS,
    RESULTS,
)
