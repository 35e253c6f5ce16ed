"""The collections that OneRoster shows, as a table: path, shape, view, and where the gradebook keeps them.

Synergy has nothing to show for demographics and resources, so both are there and empty.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, Never, Protocol, TypeVar

from simulator.synergy.model import ClassType, Member, Organisation, Role, Score, Session
from simulator.synergy.oneroster import shapes, views
from simulator.synergy.oneroster.hrefs import Hrefs
from simulator.synergy.oneroster.scopes import DEMOGRAPHICS as DEMOGRAPHICS_READ
from simulator.synergy.oneroster.scopes import GRADEBOOK_READ, ROSTER
from simulator.synergy.oneroster.scopes import RESOURCES as RESOURCES_READ
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
    keeps: Callable[[R], bool] | None = None
    """Which of the records belong to this collection; None where all do."""

    def all(self, store: GradebookStore) -> list[R]:
        """Every record, in the order in which the gradebook took them in."""
        records = self.records(store).values()
        return list(records) if self.keeps is None else [each for each in records if self.keeps(each)]

    def find(self, store: GradebookStore, sourced_id: str) -> R | None:
        """The record of this id."""
        record = self.records(store).get(sourced_id)
        return None if record is None or (self.keeps and not self.keeps(record)) else record

    def one(self, store: GradebookStore, hrefs: Hrefs, sourced_id: str) -> views.Wire | None:
        """The object of this id, as it looks."""
        record = self.find(store, sourced_id)
        return None if record is None else self.view(store, hrefs, record)


@dataclass(frozen=True, slots=True)
class _Results:
    """Scores are kept by their cell; OneRoster asks for them by their result id."""

    store: GradebookStore

    def values(self) -> Iterable[Score]:
        return self.store.scores.values()

    def get(self, key: str, /) -> Score | None:
        return self.store.score_known_as(key)


@dataclass(frozen=True, slots=True)
class _Types:
    """The types that classes use. Others are listed where the profile says so, and answered by their id."""

    store: GradebookStore

    def values(self) -> Iterable[ClassType]:
        return self.store.listed_types(self.store.class_types.values())

    def get(self, key: str, /) -> ClassType | None:
        return self.store.class_types.get(key)


def _organisations(
    path: str, keeps: Callable[[Organisation], bool] | None = None
) -> Collection[Organisation]:
    return Collection(path, shapes.ORG, lambda store: store.organisations, views.organisation, keeps=keeps)


def _sessions(path: str, keeps: Callable[[Session], bool] | None = None) -> Collection[Session]:
    shape = shapes.ACADEMIC_SESSION
    return Collection(path, shape, lambda store: store.sessions, views.academic_session, keeps=keeps)


def _members(path: str, role: Role | None = None) -> Collection[Member]:
    keeps = (lambda member: member.role == role) if role else None
    return Collection(path, shapes.USER, lambda store: store.members, views.user, keeps=keeps)


def _nothing(_store: GradebookStore) -> Mapping[str, Never]:
    return {}


def _never_seen(_store: GradebookStore, _hrefs: Hrefs, record: Never) -> views.Wire:
    return record


ORGS = _organisations("orgs")
SCHOOLS = _organisations("schools", lambda org: org.kind == "school")
SESSIONS = _sessions("academicSessions")
TERMS = _sessions("terms", lambda session: session.kind == "term")
GRADING_PERIODS = _sessions("gradingPeriods", lambda session: session.is_grading_period)
COURSES = Collection("courses", shapes.COURSE, lambda store: store.courses, views.course)
CLASSES = Collection("classes", shapes.CLASS, lambda store: store.classes, views.school_class)
USERS = _members("users")
STUDENTS = _members("students", "student")
TEACHERS = _members("teachers", "teacher")
ENROLLMENTS = Collection("enrollments", shapes.ENROLLMENT, lambda store: store.enrolments, views.enrollment)
DEMOGRAPHICS = Collection("demographics", shapes.DEMOGRAPHICS, _nothing, _never_seen, DEMOGRAPHICS_READ)
RESOURCES = Collection("resources", shapes.RESOURCE, _nothing, _never_seen, RESOURCES_READ)
CATEGORIES = Collection("categories", shapes.CATEGORY, _Types, views.category, GRADEBOOK_READ)
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
    DEMOGRAPHICS,
    RESOURCES,
    CATEGORIES,
    LINE_ITEMS,
    RESULTS,
)
