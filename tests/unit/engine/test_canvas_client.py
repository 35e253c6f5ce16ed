from typing import Any

import pytest

from sync_engine import AccessRefusedError, NotFoundError, SystemFaultError
from sync_engine.canvas.client import CanvasClient
from sync_engine.canvas.wire import ASSIGNMENTS, ENROLLMENTS, SUBMISSIONS, assignment_of, students_of
from sync_engine.domain.snapshot import Dates, Grade
from sync_engine.exchange import Exchange, Pace
from tests.unit.engine.builders import DUE, InstantClock, ScriptedWire, an_answer

BASE = "https://canvas.test/w/room-1"
PAGE_2 = f"{BASE}/api/v1/courses/1/sections?page=bookmark:WzFd&per_page=100"
SECTION = {"id": 11, "name": "Period 1", "sis_section_id": "CLASS-A"}


def a_client(*answers: Any) -> tuple[CanvasClient, ScriptedWire]:  # noqa: ANN401 - answers, or None for silence
    clock, wire = InstantClock(), ScriptedWire(list(answers))
    return CanvasClient(BASE, "token-1", Exchange("Canvas", wire, clock, Pace(clock, None))), wire


def linked(*rows: object, following: str) -> Any:  # noqa: ANN401 - as an_answer
    link = f'<{BASE}/api/v1/courses/1/sections?page=1>; rel="current",<{following}>; rel="next"'
    return an_answer(200, list(rows), link=link)


async def test_lists_are_followed_by_their_next_link_as_given_whatever_the_length_of_a_page() -> None:
    client, wire = a_client(linked(following=PAGE_2), an_answer(200, [SECTION]))
    assert [section.sis_id for section in await client.sections("1")] == ["CLASS-A"]
    assert wire.requests[0].params == (("per_page", "100"),)
    assert (wire.requests[1].url, wire.requests[1].params) == (PAGE_2, ())
    assert wire.requests[1].headers["Authorization"] == "Bearer token-1"


async def test_a_link_to_another_host_is_not_followed_because_it_would_hand_over_the_token() -> None:
    client, wire = a_client(linked(following="https://evil.test/api/v1/courses/1/sections?page=2"))
    with pytest.raises(SystemFaultError, match="another host"):
        await client.sections("1")
    assert len(wire.requests) == 1


async def test_a_row_that_comes_on_two_pages_has_the_list_read_again() -> None:
    other, third = SECTION | {"id": 12}, SECTION | {"id": 13}
    client, wire = a_client(
        linked(SECTION, other, following=PAGE_2),
        an_answer(200, [other]),
        linked(SECTION, other, following=PAGE_2),
        an_answer(200, [third]),
    )
    assert [section.id for section in await client.sections("1")] == ["11", "12", "13"]
    assert wire.answers == []


async def test_a_list_that_goes_round_in_circles_is_cut_off() -> None:
    client, _wire = a_client(*[linked(SECTION, following=PAGE_2)] * 2)
    with pytest.raises(SystemFaultError, match="without an end"):
        await client.sections("1")


@pytest.mark.parametrize(
    ("answer", "kind", "words"),
    [
        (an_answer(401, {}, www_authenticate='Bearer realm="canvas-lms"'), AccessRefusedError, "token"),
        (
            an_answer(401, {"errors": [{"message": "user not authorized to perform that action"}]}),
            SystemFaultError,
            "let",
        ),
        (an_answer(403, {}), SystemFaultError, "let this token read"),
        (an_answer(404, {}), NotFoundError, "no course 1"),
        (an_answer(302, b"", location="https://login.test/"), SystemFaultError, "https://login.test/"),
        (an_answer(200, b"<html>Log in</html>"), SystemFaultError, "does not look like Canvas"),
        (an_answer(200, {"name": "no id"}), SystemFaultError, "does not look like Canvas"),
        (an_answer(418, b"teapot"), SystemFaultError, "418"),
    ],
)
async def test_a_bad_answer_says_what_to_fix(answer: Any, kind: type[SystemFaultError], words: str) -> None:  # noqa: ANN401
    client, _wire = a_client(answer)
    with pytest.raises(kind, match=words) as caught:
        await client.course("1")
    assert caught.value.remedy
    assert "token-1" not in str(caught.value)


async def test_throttling_is_waited_out() -> None:
    throttled = an_answer(403, b"403 Forbidden (Rate Limit Exceeded)\n")
    client, _wire = a_client(throttled, an_answer(200, {"id": 1, "name": "Algebra 1"}))
    assert (await client.course("1")).name == "Algebra 1"


@pytest.mark.parametrize("course_id", ["", "x", "1/../2", "sis_course_id:A", "-1", "1?a=b"])
async def test_what_is_no_number_never_becomes_part_of_an_address(course_id: str) -> None:
    client, wire = a_client()
    with pytest.raises(NotFoundError):
        await client.course(course_id)
    assert wire.requests == []


def test_a_student_in_two_sections_is_one_student() -> None:
    rows = [
        {"user_id": 21, "course_section_id": number, "user": {"name": "Ana", "sis_user_id": "S"}}
        for number in (11, 12)
    ]
    (ana,) = students_of(ENROLLMENTS.validate_python(rows))
    assert ana.section_ids == {"11", "12"}


@pytest.mark.parametrize(
    ("cell", "grade"),
    [
        ({"score": 8.5}, Grade(8.5)),
        ({"score": 0}, Grade(0.0)),
        ({"score": None, "excused": True}, Grade(None, "excused")),
        ({"score": 8, "excused": True, "late": True}, Grade(None, "excused")),
        ({"score": 8, "late": True}, Grade(8.0, "late")),
        ({"score": 0, "missing": True, "late": True}, Grade(0.0, "missing")),
        ({"score": None, "workflow_state": "graded"}, Grade(None)),
        ({"score": 8, "posted_at": None}, Grade(8.0, hidden=True)),
        ({"score": 8, "posted_at": "2026-09-14T15:00:00Z"}, Grade(8.0)),
        ({"score": None, "posted_at": None}, Grade(None)),
        ({"score": 8, "excused": True, "posted_at": None}, Grade(None, "excused")),
    ],
)
def test_a_cell_is_read_by_its_score_and_not_by_its_state(cell: dict[str, Any], grade: Grade) -> None:
    (row,) = SUBMISSIONS.validate_python([{"assignment_id": 1, "user_id": 2, **cell}])
    assert row.grade() == grade


ASSIGNMENT = {
    "id": 31,
    "name": "Cell quiz",
    "assignment_group_id": 5,
    "created_at": "2026-09-14T15:00:00Z",
    "due_at": "2026-09-21T06:59:00Z",
}


def read(**changes: object) -> Any:  # noqa: ANN401 - our own assignment
    (wire,) = ASSIGNMENTS.validate_python([ASSIGNMENT | changes])
    return assignment_of(wire, {"5": "Quizzes"}, {"21": frozenset({"12"})})


def test_an_assignment_for_everyone_is_for_every_section() -> None:
    assert read().section_ids is None
    assert read().group_name == "Quizzes"


def test_an_assignment_for_some_is_for_their_sections() -> None:
    overrides = [
        {"course_section_id": 11, "due_at": "2026-09-30T06:59:00Z"},
        {"student_ids": [21]},
        {"course_section_id": 13, "unassign_item": True},
    ]
    some = read(only_visible_to_overrides=True, overrides=overrides)
    assert some.section_ids == {"11", "12"}
    assert some.dates_in("11").due_at.day == 30
    assert some.dates_in("12") == Dates(None, DUE)
    assert some.for_single_students


def test_a_students_own_date_beside_everybodys_leaves_it_everybodys() -> None:
    assert not read(overrides=[{"student_ids": [21]}]).for_single_students
    assert not read(
        only_visible_to_overrides=True,
        overrides=[{"course_section_id": 11}, {"student_ids": [21], "unassign_item": True}],
    ).for_single_students
