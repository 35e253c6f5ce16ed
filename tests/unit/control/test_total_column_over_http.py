"""The Total column of Canvas's gradebook: what the browser shows, beside what the server keeps."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.unit.control.control import Control

PATH = "/default/canvas/courses/{}/total_column"


async def a_graded_course(control: Control) -> tuple[int, int]:
    """A course with one graded, hidden and one ungraded assignment; its id, and a student's."""
    world = control.world("default")
    key = {"Authorization": f"Bearer {world.credentials.teacher_tokens[0]}"}
    course = (await control.canvas.get("/api/v1/courses", headers=key)).json()[0]["id"]
    student = next(
        each.user_id for each in world.canvas.enrollments_of(course) if each.type == "StudentEnrollment"
    )
    for name, manual in (("Shown", False), ("Hidden", True), ("Ungraded", False)):
        wanted = {"name": name, "points_possible": 10, "published": True, "post_manually": manual}
        made = await control.canvas.post(
            f"/api/v1/courses/{course}/assignments", json={"assignment": wanted}, headers=key
        )
        if name != "Ungraded":
            row = f"/api/v1/courses/{course}/assignments/{made.json()['id']}/submissions/{student}"
            grade = {"submission": {"posted_grade": "9" if name == "Shown" else "5"}}
            await control.canvas.put(row, json=grade, headers=key)
    return course, student


async def row_of(control: Control, course: int, student: int, **filters: str | int) -> dict[str, Any]:
    rows = (await control.get(PATH.format(course), **filters)).json()["students"]
    row: dict[str, Any] = next(each for each in rows if each["user_id"] == student)
    return row


async def test_the_column_counts_hidden_work_and_its_filters_move_it(control: Control) -> None:
    course, student = await a_graded_course(control)
    assert (await row_of(control, course, student))["score"] == 70.0
    zero = await row_of(control, course, student, ungraded_as_zero="true")
    assert round(zero["score"], 2) == 46.67
    points = await row_of(control, course, student, as_points="true")
    assert (points["shows_points"], points["points"], points["possible"]) == (True, 14.0, 20.0)


async def test_the_server_keeps_another_total_for_the_student(control: Control) -> None:
    course, student = await a_graded_course(control)
    world = control.world("default")
    key = {"Authorization": f"Bearer {world.credentials.admin_token}"}
    path = f"/api/v1/courses/{course}/enrollments?user_id={student}"
    grades = (await control.canvas.get(path, headers=key)).json()[0]["grades"]
    assert (grades["current_score"], grades["unposted_current_score"]) == (90.0, 70.0)


async def test_a_section_is_filtered_by(control: Control) -> None:
    world = control.world("default")
    course = next(each for each in world.canvas.courses.values() if each.name == "World History")
    first, second = world.canvas.sections_of(course.id)
    counts = [
        len((await control.get(PATH.format(course.id), section=each)).json()["students"])
        for each in (first.id, second.id, 0)
    ]
    assert counts[0] + counts[1] >= counts[2] > max(counts[:2])


@pytest.mark.parametrize("course", ["999", "x", "9" * 30])
async def test_a_course_that_is_none_is_404(control: Control, course: str) -> None:
    assert (await control.get(PATH.format(course))).status_code == 404


@pytest.mark.parametrize(("field", "value"), [("section", 999), ("period", 999), ("filter", 1)])
async def test_a_filter_that_is_none_is_422_and_named(control: Control, field: str, value: int) -> None:
    course, _student = await a_graded_course(control)
    answer = await control.get(PATH.format(course), **{field: value})
    assert (answer.status_code, field in answer.text) == (422, True)


async def in_two_quarters(control: Control, course: int) -> list[int]:
    """Give the course two grading periods of which the first is going on; their ids."""
    world = control.world("default")
    key = {"Authorization": f"Bearer {world.credentials.admin_token}"}
    made = await control.canvas.post(
        "/api/v1/accounts/1/grading_period_sets",
        json={
            "grading_period_set": {"title": "Year"},
            "enrollment_term_ids": [world.canvas.courses[course].term_id],
        },
        headers=key,
    )
    spans = (("Quarter 1", "2026-08-17", "2026-10-17"), ("Quarter 2", "2026-10-17", "2026-12-18"))
    periods = [
        {"title": title, "start_date": f"{first}T00:00:00Z", "end_date": f"{last}T00:00:00Z"}
        for title, first, last in spans
    ]
    path = f"/api/v1/grading_period_sets/{made.json()['grading_period_set']['id']}/grading_periods"
    answer = await control.canvas.patch(
        f"{path}/batch_update", json={"grading_periods": periods}, headers=key
    )
    return [int(each["id"]) for each in answer.json()["grading_periods"]]


def told(control: Control) -> list[str]:
    marks = control.world("default").journal.marks()
    return [each.words for each in marks if each.rule == "GP-CANVAS-FILTER"]


async def test_the_book_opens_with_its_current_period_and_says_so(control: Control) -> None:
    course, _student = await a_graded_course(control)
    assert (await control.get(PATH.format(course))).json()["period"] == 0
    assert told(control) == []
    first, second = await in_two_quarters(control, course)
    assert (await control.get(PATH.format(course))).json()["period"] == first
    assert told(control) == ['it shows "Quarter 1" alone, not All Grading Periods']
    control.world("default").advance(timedelta(days=40))
    assert (await control.get(PATH.format(course))).json()["period"] == second
    control.world("default").advance(timedelta(days=90))
    assert (await control.get(PATH.format(course))).json()["period"] == 0
    assert len(told(control)) == 2


async def test_a_period_that_is_chosen_is_nobodys_surprise(control: Control) -> None:
    course, student = await a_graded_course(control)
    first, _second = await in_two_quarters(control, course)
    everything = await row_of(control, course, student, period=0)
    assert everything["score"] == 70.0
    assert (await control.get(PATH.format(course), period=first)).json()["period"] == first
    assert told(control) == []


@pytest.mark.parametrize(
    ("section", "period", "noted"),
    [("first", 0, 1), ("first", "opened", 0), ("", 0, 0), ("first", "first", 0)],
)
async def test_a_book_of_one_section_with_all_periods_can_be_compared(
    control: Control, section: str, period: str | int, noted: int
) -> None:
    course, _student = await a_graded_course(control)
    first, _second = await in_two_quarters(control, course)
    world = control.world("default")
    chosen: dict[str, int] = {"section": world.canvas.sections_of(course)[0].id} if section else {}
    if period != "opened":
        chosen["period"] = first if period == "first" else 0
    assert (await control.get(PATH.format(course), **chosen)).status_code == 200
    assert len([each for each in world.journal.marks() if each.rule == "COMPARE-PROCEDURE"]) == noted
