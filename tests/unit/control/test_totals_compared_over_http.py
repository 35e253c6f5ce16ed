"""Both totals of a class beside each other, and why they differ, as the control API tells it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from simulator.world import World
from tests.unit.control.control import Control

PATH = "/default/canvas/courses/{}/totals_compared"


class Classroom:
    """Algebra, as its teacher grades it on both sides by hand; nobody syncs."""

    def __init__(self, control: Control) -> None:
        self.control = control
        world: World = control.world("default")
        self.course = next(each for each in world.canvas.courses.values() if each.course_code == "ALG1").id
        self.section = world.school.courses[0].sections[0]
        self.student = self.section.students[0]
        self._canvas_key = {"Authorization": f"Bearer {world.credentials.admin_token}"}
        self._synergy_key = {"Authorization": f"Bearer {world.credentials.teachervue_token}"}
        self.world = world

    async def in_canvas(self, name: str, score: float, **fields: Any) -> None:  # noqa: ANN401 - of the assignment
        wanted = {"name": name, "points_possible": 10, "published": True, "post_to_sis": True, **fields}
        where = f"/api/v1/courses/{self.course}/assignments"
        made = await self.control.canvas.post(where, json={"assignment": wanted}, headers=self._canvas_key)
        row = f"{where}/{made.json()['id']}/submissions/sis_user_id:{self.student.guid}"
        graded = {"submission": {"posted_grade": str(score)}}
        answer = await self.control.canvas.put(row, json=graded, headers=self._canvas_key)
        assert answer.status_code == 200, answer.text

    async def in_synergy(self, name: str, score: float, **fields: Any) -> None:  # noqa: ANN401 - of the screen
        kind = self.world.synergy.types_of(self.section.guid)[0].guid
        where = f"/teachervue/classes/{self.section.guid}/assignments"
        body = {"name": name, "type_id": kind, "max_score": 10, "due_date": "2026-09-18", **fields}
        made = await self.control.synergy.post(where, json=body, headers=self._synergy_key)
        cell = f"{where}/{made.json()['id']}/scores/{self.student.guid}"
        answer = await self.control.synergy.put(cell, json={"score": score}, headers=self._synergy_key)
        assert answer.status_code == 200, answer.text

    async def two_periods(self) -> list[int]:
        """Autumn until the end of October, then winter."""
        where = "/api/v1/accounts/1/grading_period_sets"
        body = {"grading_period_set": {"title": "Year"}, "enrollment_term_ids": [1]}
        made = await self.control.canvas.post(where, json=body, headers=self._canvas_key)
        periods = [
            {"title": "Autumn", "start_date": "2026-08-01T00:00:00Z", "end_date": "2026-10-31T00:00:00Z"},
            {"title": "Winter", "start_date": "2026-10-31T00:00:00Z", "end_date": "2027-01-31T00:00:00Z"},
        ]
        answer = await self.control.canvas.patch(
            f"/api/v1/grading_period_sets/{made.json()['grading_period_set']['id']}/grading_periods/batch_update",
            json={"grading_periods": periods},
            headers=self._canvas_key,
        )
        return [int(each["id"]) for each in answer.json()["grading_periods"]]

    async def row(self, **question: str | int) -> dict[str, Any]:
        answer = await self.control.get(PATH.format(self.course), **question)
        assert answer.status_code == 200, answer.text
        rows = answer.json()["students"]
        found: dict[str, Any] = next(each for each in rows if each["student_id"] == self.student.guid)
        return found


@pytest.fixture
def classroom(control: Control) -> Classroom:
    return Classroom(control)


async def test_a_student_has_both_totals_and_the_causes_of_their_difference(classroom: Classroom) -> None:
    await classroom.in_canvas("Quiz", 9)
    await classroom.in_canvas("Lab", 5, post_to_sis=False)
    await classroom.in_synergy("Quiz", 9)
    assert await classroom.row() == {
        "student_id": classroom.student.guid,
        "name": classroom.student.name,
        "class_id": classroom.section.guid,
        "agree": False,
        "canvas": {"total": 70.0, "period": None},
        "synergy": {"total": 90.0, "shown": "90.00", "period": "Progress 1"},
        "causes": [
            {
                "rule": "TOTALS-MISMATCH-UNSYNCED",
                "assignment": "Lab",
                "words": '"Lab" counts in Canvas (5 of 10) and is not marked to sync.',
                "remedy": 'Check "Sync to Synergy" on it, save, and post grades.',
            }
        ],
    }


async def test_who_has_the_same_total_in_both_has_no_causes(classroom: Classroom) -> None:
    await classroom.in_canvas("Quiz", 9)
    await classroom.in_synergy("Quiz", 9)
    row = await classroom.row()
    assert (row["agree"], row["causes"], row["canvas"]["total"]) == (True, [], 90.0)


async def test_a_student_without_work_has_no_total_in_either(classroom: Classroom) -> None:
    row = await classroom.row()
    assert (row["canvas"]["total"], row["synergy"]["total"], row["synergy"]["shown"]) == (None, None, "N/A")
    assert row["agree"]


async def test_every_student_of_a_course_of_two_classes_is_there_once(classroom: Classroom) -> None:
    history = classroom.world.school.courses[2]
    course = next(each for each in classroom.world.canvas.courses.values() if each.name == history.name)
    rows = (await classroom.control.get(PATH.format(course.id))).json()["students"]
    listed = [(section.guid, each.guid) for section in history.sections for each in section.students]
    assert [(each["class_id"], each["student_id"]) for each in rows] == listed


async def test_the_text_is_for_people(classroom: Classroom) -> None:
    await classroom.in_canvas("Quiz", 9)
    await classroom.in_synergy("Old quiz", 4)
    path = f"/_sim/worlds{PATH.format(classroom.course)}"
    answer = await classroom.control.client.get(path, headers={"Accept": "text/plain"})
    assert answer.text.splitlines() == [
        f"{classroom.student.name}: 90.00 in Canvas, 40.00 in Synergy",
        '  TOTALS-MISMATCH-ORPHAN: "Old quiz" was made in Synergy and counts there; Canvas does not have it.',
        '    Give it the category "Not For Grading" in Synergy, or make and grade it in Canvas.',
        '  TOTALS-MISMATCH-STALE: "Quiz" counts in Canvas and never came to Synergy.',
        "    Post grades; if the report says that it was sent already, run a remaster.",
        "29 students have the same total in both.",
    ]


async def test_canvas_is_looked_at_as_it_opens_or_with_a_filter(classroom: Classroom) -> None:
    autumn, winter = await classroom.two_periods()
    await classroom.in_canvas("Quiz", 9, due_at="2026-09-18T20:00:00Z")
    await classroom.in_canvas("Essay", 5, due_at="2026-11-16T20:00:00Z")
    opened = {"total": 90.0, "period": "Autumn"}
    assert (await classroom.row())["canvas"] == (await classroom.row(period=autumn))["canvas"] == opened
    assert (await classroom.row(period=winter))["canvas"] == {"total": 50.0, "period": "Winter"}
    assert (await classroom.row(period=0))["canvas"] == {"total": 70.0, "period": None}
    classroom.world.advance(timedelta(days=50))
    assert (await classroom.row())["canvas"]["period"] == "Winter"


async def test_another_grading_period_of_synergy_is_looked_at_by_its_name_or_id(classroom: Classroom) -> None:
    await classroom.in_canvas("Quiz", 9)
    await classroom.in_synergy("Quiz", 9, due_date="2026-11-16")
    periods = classroom.world.synergy.grading_periods()
    semester = next(each.guid for each in periods if each.name == "Semester 1")
    shown = {
        period: (await classroom.row(grading_period=period))["synergy"]["shown"]
        for period in ("", "Progress 1", "Semester 1", semester, "all")
    }
    assert shown == {"": "N/A", "Progress 1": "N/A", "Semester 1": "90.00", semester: "90.00", "all": "90.00"}
    assert (await classroom.row(grading_period="all"))["synergy"]["period"] is None
    causes = (await classroom.row(grading_period="Quarter 1"))["causes"]
    assert [each["rule"] for each in causes] == ["TOTALS-MISMATCH-FILTER", "TOTALS-MISMATCH-GRADING-PERIOD"]


async def test_looking_changes_nothing_and_is_no_entry_of_the_journal(classroom: Classroom) -> None:
    await classroom.in_canvas("Quiz", 9)
    before, entries = classroom.world.freeze(), len(classroom.world.journal)
    await classroom.row()
    assert len(classroom.world.journal) == entries
    assert classroom.world.freeze() == before


@pytest.mark.parametrize("course", ["999", "x", "9" * 30])
async def test_a_course_that_is_none_is_404(control: Control, course: str) -> None:
    assert (await control.get(PATH.format(course))).status_code == 404


@pytest.mark.parametrize(
    ("field", "value"),
    [("period", 999), ("period", "closing"), ("grading_period", "Quarter 9"), ("section", 1)],
)
async def test_a_look_that_cannot_be_is_422_and_named(
    classroom: Classroom, field: str, value: str | int
) -> None:
    answer = await classroom.control.get(PATH.format(classroom.course), **{field: value})
    assert answer.status_code == 422
    assert {each["field"] for each in answer.json()["problems"]} == {field}


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("text/plain", "text/plain"),
        ("TEXT/PLAIN", "text/plain"),
        ("text/plain, application/json;q=0.5", "text/plain"),
        ("*/*", "application/json"),
        ("application/json, text/plain, */*", "application/json"),
        ("text/plain;q=0, application/json", "application/json"),
        ("text/plain;q=nonsense", "text/plain"),
    ],
)
async def test_text_comes_only_where_the_client_would_rather_have_it(
    classroom: Classroom, accept: str, kind: str
) -> None:
    path = "/_sim/worlds" + PATH.format(classroom.course)
    answer = await classroom.control.client.get(path, headers={"Accept": accept})
    assert answer.headers["Content-Type"].startswith(kind)
