"""`canvasapi` sets work and grades it: assignment groups, assignments and submissions.

Not here: what a course keeps of its grades; `test_canvasapi_books.py` has it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from canvasapi.exceptions import BadRequest, Forbidden, ResourceDoesNotExist

from simulator.testing.world import WorldInTest
from tests.contract.their_canvas import Theirs, the_course, the_students, their_canvas

DUE_AT = datetime(2026, 9, 18, 20, tzinfo=UTC)


@pytest.fixture
def course(world: WorldInTest) -> Iterator[Theirs]:
    """Algebra, as its teacher has it."""
    with their_canvas(world, world.canvas.teacher_token) as client:
        yield the_course(client, world)


@pytest.fixture
def quiz(course: Theirs) -> Theirs:
    wanted = {
        "name": "Quiz 1",
        "points_possible": 10,
        "published": True,
        "post_to_sis": True,
        "due_at": DUE_AT,
    }
    return course.create_assignment(wanted)


class TestGroups:
    def test_they_are_made_read_changed_and_deleted(self, course: Theirs, quiz: Theirs) -> None:
        tests = course.create_assignment_group(
            name="Tests", group_weight=30, rules={"drop_lowest": 1, "never_drop": [quiz.id]}
        )
        assert (tests.group_weight, tests.rules) == (30.0, {"drop_lowest": 1, "never_drop": [quiz.id]})
        assert [each.name for each in course.get_assignment_groups()] == ["Assignments", "Tests"]
        first = course.get_assignment_group(quiz.assignment_group_id, include=["assignments"])
        assert [each["id"] for each in first.assignments] == [quiz.id]
        assert tests.edit(group_weight=40).group_weight == 40.0
        assert first.delete(move_assignments_to=tests.id).id == first.id
        assert course.get_assignment(quiz.id).assignment_group_id == tests.id
        assert [each.id for each in course.get_assignments_for_group(tests)] == [quiz.id]
        with pytest.raises(ResourceDoesNotExist):
            course.get_assignment_group(first.id)


class TestAssignments:
    def test_they_are_made_read_changed_and_deleted(self, course: Theirs, quiz: Theirs) -> None:
        assert (quiz.due_at, quiz.due_at_date, quiz.course_id) == ("2026-09-18T20:00:00Z", DUE_AT, course.id)
        assert [each.id for each in course.get_assignments(search_term="quiz")] == [quiz.id]
        assert course.get_assignment(quiz.id).post_to_sis is True
        edited = quiz.edit(assignment={"name": "Quiz 2", "due_at": ""})
        assert (edited.name, edited.due_at, quiz.name) == ("Quiz 2", None, "Quiz 2")
        assert quiz.delete().workflow_state == "deleted"
        with pytest.raises(ResourceDoesNotExist):
            course.get_assignment(quiz.id)

    def test_a_mistake_is_told_with_its_field(self, course: Theirs) -> None:
        with pytest.raises(BadRequest, match="points_possible"):
            course.create_assignment({"name": "Quiz", "points_possible": -1})
        with pytest.raises(BadRequest, match="Invalid assignment_ids"):
            list(course.get_assignments(assignment_ids=[999]))


class TestSubmissions:
    def test_one_is_graded_excused_and_cleared(self, course: Theirs, quiz: Theirs) -> None:
        student = the_students(course)[0]
        row = quiz.get_submission(student)
        assert (row.workflow_state, row.score) == ("unsubmitted", None)
        row.edit(submission={"posted_grade": 9.5})
        assert (row.score, row.grade, row.workflow_state) == (9.5, "9.5", "graded")
        row.edit(submission={"excuse": True})
        assert (row.score, row.excused) == (None, True)
        row.edit(submission={"posted_grade": "85%"})
        assert (row.score, row.excused) == (8.5, False)
        row.edit(submission={"posted_grade": ""})
        kept = quiz.get_submission(student.id)
        assert (kept.score, kept.grade, kept.workflow_state) == (None, None, "graded")
        with pytest.raises(BadRequest, match="Cannot simultaneously grade and excuse an assignment"):
            row.edit(submission={"posted_grade": 5, "excuse": True})
        with pytest.raises(ResourceDoesNotExist):
            quiz.get_submission(999)

    def test_those_of_an_assignment_are_listed(self, course: Theirs, quiz: Theirs) -> None:
        students = {each.id for each in the_students(course)}
        rows = list(quiz.get_submissions(include=["user"]))
        assert students <= {each.user_id for each in rows}
        assert all(each.course_id == course.id for each in rows)

    def test_those_of_many_come_flat_grouped_and_since_a_moment(
        self, course: Theirs, quiz: Theirs, world: WorldInTest
    ) -> None:
        first, second = the_students(course)[:2]
        quiz.get_submission(first).edit(submission={"posted_grade": 7})
        world.clock.advance(timedelta(hours=1))
        since = world.clock.now()
        world.clock.advance(timedelta(hours=1))
        quiz.get_submission(second).edit(submission={"posted_grade": 8})
        (late,) = course.get_multiple_submissions(student_ids=["all"], graded_since=since)
        assert (late.user_id, late.score) == (second.id, 8.0)
        grouped = list(course.get_multiple_submissions(student_ids=["all"], grouped=True))
        scores = {each.user_id: [row.score for row in each.submissions] for each in grouped}
        assert (scores[first.id], scores[second.id]) == ([7.0], [8.0])
        (section,) = course.get_sections()
        of_section = section.get_multiple_submissions(student_ids=[first.id], assignment_ids=[quiz.id])
        (row,) = of_section
        assert (row.score, row.assignment_id) == (7.0, quiz.id)
        with pytest.raises(AttributeError):
            row.edit(submission={"posted_grade": 1})  # as against real Canvas: the row names no course
        with pytest.raises(Forbidden, match="invalid assignment ids requested"):
            list(course.get_multiple_submissions(student_ids=["all"], assignment_ids=[999]))
        with pytest.raises(BadRequest, match="too many students"):
            list(course.get_multiple_submissions(student_ids=list(range(1, 102))))
