"""`canvasapi` gives sections and students other dates: overrides one by one, many at once, with an edit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from canvasapi.exceptions import BadRequest, Forbidden, ResourceDoesNotExist

from simulator.testing.world import WorldInTest
from tests.contract.their_canvas import Theirs, the_course, the_students, their_canvas

DUE_AT, LATER = (datetime(2026, 9, day, 20, tzinfo=UTC) for day in (18, 25))


@pytest.fixture
def course(world: WorldInTest) -> Iterator[Theirs]:
    """Algebra, as its teacher has it."""
    with their_canvas(world, world.canvas.teacher_token) as client:
        yield the_course(client, world)


@pytest.fixture
def quiz(course: Theirs) -> Theirs:
    return course.create_assignment({"name": "Quiz 1", "published": True, "due_at": DUE_AT})


def test_one_is_made_read_changed_and_deleted(course: Theirs, quiz: Theirs) -> None:
    student = the_students(course)[0]
    wanted = {"student_ids": [student.id], "due_at": LATER, "title": "Retake"}
    made = quiz.create_override(assignment_override=wanted)
    assert (made.title, made.student_ids, made.due_at_date) == ("Retake", [student.id], LATER)
    assert [each.id for each in quiz.get_overrides()] == [made.id]
    assert quiz.get_override(made).due_at == made.due_at
    rows = {row.user_id: row.cached_due_date_date for row in quiz.get_submissions()}
    assert (rows.pop(student.id), set(rows.values())) == (LATER, {DUE_AT})
    after = made.edit(assignment_override={"title": "Again"})
    assert (after.title, after.student_ids, hasattr(quiz.get_override(made.id), "due_at")) == (
        "Again", [student.id], False,
    )  # fmt: skip
    assert made.delete().id == made.id
    with pytest.raises(ResourceDoesNotExist):
        quiz.get_override(made.id)


def test_what_cannot_be_is_told_in_canvas_words(course: Theirs, quiz: Theirs) -> None:
    section = course.get_sections()[0]
    with pytest.raises(BadRequest, match="one of student_ids, group_id, or course_section_id is required"):
        quiz.create_override(assignment_override={"due_at": DUE_AT})
    quiz.create_override(assignment_override={"course_section_id": section.id})
    with pytest.raises(BadRequest, match="taken"):
        quiz.create_override(assignment_override={"course_section_id": section.id})


def test_many_are_made_changed_and_read_at_once(course: Theirs, quiz: Theirs) -> None:
    """Every element begins with the same key, or the server would take two of them for one."""
    first, second = the_students(course)[:2]
    wanted = [
        {"assignment_id": quiz.id, "student_ids": [each.id], "due_at": LATER} for each in (first, second)
    ]
    made = list(course.create_assignment_overrides(wanted))
    assert [each.student_ids for each in made] == [[first.id], [second.id]]
    edits = [{"id": each.id, "assignment_id": quiz.id, "due_at": DUE_AT} for each in made]
    assert {each.due_at_date for each in course.update_assignment_overrides(edits)} == {DUE_AT}
    asked = [{"id": number, "assignment_id": quiz.id} for number in (made[1].id, 424242, made[0].id)]
    found = list(course.get_assignment_overrides(asked))
    assert [each.id for each in found] == [made[1].id, made[0].id]


def test_with_the_edit_of_an_assignment(course: Theirs, quiz: Theirs) -> None:
    student = the_students(course)[0]
    overrides = [{"student_ids": [student.id], "due_at": LATER}]
    quiz.edit(assignment={"only_visible_to_overrides": True, "assignment_overrides": overrides})
    shown = course.get_assignment(quiz.id, include=["overrides", "all_dates", "assignment_visibility"])
    assert ([each.student_ids for each in shown.overrides], shown.assignment_visibility) == (
        [[student.id]], [str(student.id)],
    )  # fmt: skip
    assert [each["due_at"] for each in shown.all_dates] == ["2026-09-25T20:00:00Z"]
    assert [row.user_id for row in quiz.get_submissions()] == [student.id]
    other = the_students(course)[1]
    with pytest.raises(ResourceDoesNotExist):
        quiz.get_submission(other)


def test_whoever_is_not_assigned_is_not_graded(course: Theirs, quiz: Theirs) -> None:
    first, second = the_students(course)[:2]
    row = quiz.get_submission(second)
    overrides = [{"student_ids": [first.id], "due_at": LATER}]
    quiz.edit(assignment={"only_visible_to_overrides": True, "assignment_overrides": overrides})
    with pytest.raises(Forbidden):
        row.edit(submission={"posted_grade": 5})
