"""`canvasapi` and what a course keeps of its grades: late policy, bulk updates, histories, changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from canvasapi.exceptions import BadRequest, Forbidden, ResourceDoesNotExist

from simulator.profiles import KHSD
from simulator.testing.world import WorldInTest
from tests.contract.their_canvas import Theirs, the_course, the_students, their_canvas

DUE_AT = datetime(2026, 9, 18, 20, tzinfo=UTC)


@pytest.fixture
def course(world: WorldInTest) -> Iterator[Theirs]:
    """Algebra, as its teacher has it."""
    with their_canvas(world, world.canvas.teacher_token) as client:
        yield the_course(client, world)


def a_quiz(course: Theirs) -> Theirs:
    wanted = {
        "name": "Quiz 1",
        "points_possible": 10,
        "published": True,
        "due_at": DUE_AT,
        "submission_types": ["online_text_entry"],
    }
    return course.create_assignment(wanted)


@pytest.fixture
def quiz(course: Theirs) -> Theirs:
    return a_quiz(course)


class TestLatePolicy:
    def test_it_is_made_read_and_changed(self, course: Theirs) -> None:
        with pytest.raises(ResourceDoesNotExist):
            course.get_late_policy()
        made = course.create_late_policy(
            late_policy={"late_submission_deduction_enabled": True, "late_submission_deduction": 10}
        )
        assert (made.late_submission_deduction, made.late_submission_interval) == (10.0, "day")
        assert course.edit_late_policy(late_policy={"late_submission_interval": "hour"}) is True
        assert course.get_late_policy().late_submission_interval == "hour"
        with pytest.raises(BadRequest, match="only one late policy per course is allowed"):
            course.create_late_policy(late_policy={"missing_submission_deduction": 50})

    def test_work_that_comes_late_loses_points_and_what_was_entered_stays(
        self, course: Theirs, quiz: Theirs, world: WorldInTest
    ) -> None:
        course.create_late_policy(
            late_policy={"late_submission_deduction_enabled": True, "late_submission_deduction": 10}
        )
        student = the_students(course)[0]
        world.clock.advance_to(DUE_AT + timedelta(hours=30))
        with their_canvas(world) as admin:
            work = {"submission_type": "online_text_entry", "body": "At last"}
            theirs = admin.get_course(course.id).get_assignment(quiz.id)
            theirs.submit(work, as_user_id=student.id)
        row = quiz.get_submission(student)
        assert (row.late, row.attempt, row.workflow_state) == (True, 1, "submitted")
        row.edit(submission={"posted_grade": 9})
        assert (row.score, row.entered_score, row.points_deducted) == (7.0, 9.0, 2.0)


class TestBulkUpdates:
    @pytest.mark.parametrize("through", ["assignment", "course", "section"])
    def test_many_are_graded_at_once(self, course: Theirs, quiz: Theirs, through: str) -> None:
        first, second = the_students(course)[:2]
        grades = {str(first.id): {"posted_grade": 7}, str(second.id): {"posted_grade": "80%"}}
        (section,) = course.get_sections()
        place = {"assignment": quiz, "course": course, "section": section}[through]
        wanted = grades if through == "assignment" else {str(quiz.id): grades}
        progress = place.submissions_bulk_update(grade_data=wanted)
        assert progress.query().workflow_state == "completed"
        assert [quiz.get_submission(each).score for each in (first, second)] == [7.0, 8.0]

    def test_a_progress_that_is_held_comes_to_its_end_with_the_polls(
        self, new_world: Callable[..., WorldInTest]
    ) -> None:
        world = new_world(profile=replace(KHSD, name="held", canvas_job_polls=2))
        with their_canvas(world, world.canvas.teacher_token) as client:
            course = the_course(client, world)
            quiz, student = a_quiz(course), the_students(course)[0]
            progress = quiz.submissions_bulk_update(grade_data={str(student.id): {"posted_grade": 7}})
            states = [client.get_progress(progress.id).workflow_state for _poll in range(3)]
            assert (states[-1], set(states[:-1]) <= {"queued", "running"}) == ("completed", True)
            assert quiz.get_submission(student).score == 7.0

    def test_somebody_who_is_no_student_of_the_course_fails_the_job(self, quiz: Theirs) -> None:
        progress = quiz.submissions_bulk_update(grade_data={"999": {"posted_grade": 7}})
        done = progress.query()
        assert (done.workflow_state, "999" in done.message) == ("failed", True)
        with pytest.raises(BadRequest):
            quiz.submissions_bulk_update(grade_data={})


class TestHistories:
    def test_days_graders_versions_and_the_feed(
        self, course: Theirs, quiz: Theirs, world: WorldInTest
    ) -> None:
        student = the_students(course)[0]
        row = quiz.get_submission(student)
        row.edit(submission={"posted_grade": 7})
        world.clock.advance(timedelta(days=1))
        row.edit(submission={"posted_grade": 9})
        days = list(course.get_gradebook_history_dates())
        assert [each.date for each in days] == ["2026-09-15"]  # a row counts for the day of its last grade
        (grader,) = course.get_gradebook_history_details("2026-09-15")
        versions = list(course.get_submission_history("2026-09-15", grader.id, quiz.id))
        assert [each.submission_id for each in versions] == [row.id]
        feed = list(course.get_uncollated_submissions(assignment_id=quiz.id, user_id=student.id))
        assert {each.score for each in feed} == {7.0, 9.0}
        with pytest.raises(BadRequest):
            list(course.get_gradebook_history_details("never"))

    def test_the_log_of_changes_knows_clears_and_excuses(
        self, course: Theirs, quiz: Theirs, world: WorldInTest
    ) -> None:
        student = the_students(course)[0]
        row = quiz.get_submission(student)
        for wanted in ({"posted_grade": 7}, {"posted_grade": ""}, {"excuse": True}):
            row.edit(submission=wanted)
        with their_canvas(world) as admin:
            theirs = admin.get_course(course.id)
            for ask in (
                theirs.get_grade_change_events,
                theirs.get_assignment(quiz.id).get_grade_change_events,
                admin.get_user(student.id).get_grade_change_events_for_student,
                admin.get_user(row.grader_id).get_grade_change_events_for_grader,
            ):
                events = list(ask())
                told = {(each.grade_before, each.grade_after, each.excused_after) for each in events}
                assert told == {(None, "7", False), ("7", None, False), (None, None, True)}
        with pytest.raises(Forbidden):
            list(quiz.get_grade_change_events())
