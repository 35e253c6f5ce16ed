"""Stand-ins for tests of the engine: a class of three, a clock that waits at once, a scripted wire."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sync_engine.domain.beliefs import Beliefs, BelievedItem, BelievedScore, Details
from sync_engine.domain.identity import line_item_id
from sync_engine.domain.plan import PlannedItem
from sync_engine.domain.report import ScoreAction
from sync_engine.domain.snapshot import (
    Assignment,
    CanvasBook,
    Category,
    ClassStudent,
    Course,
    Dates,
    Grade,
    Section,
    Snapshot,
    Student,
    SynergyClass,
)
from sync_engine.ports import Answer, Request, TransportError

DISTRICT = "valley"
MORNING = datetime(2026, 9, 14, 15, tzinfo=UTC)
DUE = datetime(2026, 9, 21, 6, 59, tzinfo=UTC)
COURSE = Course("1", "Algebra 1", published=True)
SECTION = Section("11", "Period 1", "CLASS-A")
OTHER_SECTION = Section("12", "Period 2", "CLASS-B")
ANA, BEN, CAL = (
    Student(str(number), name, f"SIS-{name}", frozenset({"11"}))
    for number, name in ((21, "Ana"), (22, "Ben"), (23, "Cal"))
)
QUIZZES, TESTS = Category("cat-quizzes", "Quizzes"), Category("cat-tests", "Tests")


def an_assignment(**changes: Any) -> Assignment:  # noqa: ANN401 - a builder takes any field
    fields: dict[str, Any] = {
        "id": "31",
        "name": "Cell quiz",
        "points": 10.0,
        "group_name": "Quizzes",
        "grading_type": "points",
        "flagged": True,
        "published": True,
        "created_at": MORNING,
        "dates": Dates(None, DUE),
    }
    return Assignment(**(fields | changes))


def a_book(*assignments: Assignment, **changes: Any) -> CanvasBook:  # noqa: ANN401 - a builder takes any field
    """The course with Ana, Ben and Cal; `scores` are those of the first assignment."""
    chosen = assignments or (an_assignment(),)
    scores: Mapping[Student, Grade | float] = changes.pop("scores", {})
    grades = {
        (chosen[0].id, student.id): each if isinstance(each, Grade) else Grade(float(each), graded_at=MORNING)
        for student, each in scores.items()
    }
    fields: dict[str, Any] = {
        "course": COURSE,
        "sections": (SECTION,),
        "students": (ANA, BEN, CAL),
        "assignments": chosen,
        "grades": grades,
    }
    return CanvasBook(**(fields | changes))


def a_class(**changes: Any) -> SynergyClass:  # noqa: ANN401 - a builder takes any field
    fields: dict[str, Any] = {
        "id": "CLASS-A",
        "categories": (QUIZZES, TESTS),
        "students": tuple(ClassStudent(str(each.sis_id), f"perm-{each.id}") for each in (ANA, BEN, CAL)),
    }
    return SynergyClass(**(fields | changes))


def a_snapshot(book: CanvasBook, klass: SynergyClass | None = None) -> Snapshot:
    return Snapshot(book, {SECTION.id: klass or a_class()})


def details_of(assignment: Assignment, class_id: str = "CLASS-A") -> Details:
    return Details(
        assignment.name, class_id, "cat-quizzes", MORNING, assignment.dates.due_at, assignment.points or 0.0
    )


def believing(scores: Mapping[Student, Grade | float], assignment: Assignment | None = None) -> Beliefs:
    """The ledger after these were sent for the assignment in Period 1."""
    sent = assignment or an_assignment()
    item = BelievedItem(
        sent.id, SECTION.id, SECTION.name, line_item_id(DISTRICT, sent.id, SECTION.id), details_of(sent)
    )
    grades = {
        student: each if isinstance(each, Grade) else Grade(float(each)) for student, each in scores.items()
    }
    return Beliefs(
        {(sent.id, SECTION.id): item},
        {
            (sent.id, SECTION.id, student.id): BelievedScore(
                sent.id, SECTION.id, student.id, grade.score, grade.status
            )
            for student, grade in grades.items()
        },
    )


def sent_class(**changes: Any) -> SynergyClass:  # noqa: ANN401 - a builder takes any field
    """The class after the assignment was sent."""
    return a_class(line_item_ids=frozenset({line_item_id(DISTRICT, "31", SECTION.id)}), **changes)


def actions_of(item: PlannedItem) -> dict[str, ScoreAction]:
    return {score.student.name: score.action for score in item.scores}


def rules_of(item: PlannedItem, *, refused: bool | None = None) -> list[str]:
    return [reason.rule for reason in item.reasons if refused is None or reason.refused is refused]


class InstantClock:
    """Waiting moves it, and takes no time."""

    def __init__(self) -> None:
        self.time = MORNING
        self.waits: list[float] = []

    def now(self) -> datetime:
        return self.time

    async def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.time += timedelta(seconds=seconds)


def an_answer(status: int = 200, body: object = b"", **headers: str) -> Answer:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Answer(status, {name.replace("_", "-"): value for name, value in headers.items()}, content)


@dataclass
class ScriptedWire:
    """Plays its answers in order, whatever is asked; an answer of None is silence."""

    answers: list[Answer | None] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)

    async def send(self, request: Request) -> Answer:
        self.requests.append(request)
        assert self.answers, f"nothing is scripted for {request!r}"
        answer = self.answers.pop(0)
        if answer is None:
            raise TransportError("the connection was refused")
        return answer
