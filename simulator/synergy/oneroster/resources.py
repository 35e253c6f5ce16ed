"""The collections that OneRoster shows, as a table: path, shape, view, and where the gradebook keeps them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from simulator.synergy.model import Score
from simulator.synergy.oneroster import shapes, views
from simulator.synergy.oneroster.hrefs import Hrefs
from simulator.synergy.oneroster.scopes import GRADEBOOK_READ, ROSTER
from simulator.synergy.oneroster.shapes import Shape
from simulator.synergy.store import GradebookStore

R = TypeVar("R")
R_co = TypeVar("R_co", covariant=True)


class Records(Protocol[R_co]):
    """Where the objects of a collection are found."""

    def values(self) -> Iterable[R_co]:
        """All of them."""
        ...

    def get(self, key: str, /) -> R_co | None:
        """The one of this sourcedId."""
        ...


@dataclass(frozen=True, slots=True)
class Collection(Generic[R]):
    """One collection: its path, how its objects look, and where they are kept."""

    path: str
    shape: Shape
    records: Callable[[GradebookStore], Records[R]]
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


@dataclass(frozen=True, slots=True)
class _Results:
    """Scores are kept by their cell; OneRoster asks for them by their result id."""

    store: GradebookStore

    def values(self) -> Iterable[Score]:
        return self.store.scores.values()

    def get(self, key: str, /) -> Score | None:
        return self.store.score_known_as(key)


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
RESULTS = Collection("results", shapes.RESULT, _Results, views.result, GRADEBOOK_READ)

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
