"""The job that scores missing work, on the world's clock."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from simulator.canvas import editing, enrolling, recording
from simulator.canvas.model import (
    TERM_ID,
    Assignment,
    AssignmentOverride,
    GradingPeriod,
    LatePolicy,
    Submission,
    Work,
)
from simulator.canvas.rules.assignments import Revision
from simulator.canvas.rules.overrides import OverridesPlan
from simulator.happenings import MISSING_WORK
from simulator.journal import Happening
from simulator.profiles import KHSD
from simulator.world import World, build_world

COURSE = 1001
START = datetime(2026, 9, 14, 15, tzinfo=UTC)


def minutes(number: float) -> datetime:
    return START + timedelta(minutes=number)


def work(world: World, due_at: datetime | None, **fields: object) -> Assignment:
    """Work to be handed in online, published and worth 10 points."""
    now = world.canvas.now
    essay = Assignment(0, COURSE, world.canvas.first_group(COURSE).id, "Essay", 0, now, now)
    wanted = {
        "points_possible": 10.0,
        "submission_types": ("online_text_entry",),
        "workflow_state": "published",
        "due_at": due_at,
        **fields,
    }
    return editing.add_assignment(world.canvas, Revision(replace(essay, **wanted), (), ()))  # type: ignore[arg-type]


def a_strict_course(world: World, **fields: object) -> LatePolicy:
    """Half of the points for missing work."""
    terms = LatePolicy(0, COURSE, missing_enabled=True, missing_deduction=50.0)
    return editing.put_late_policy(world.canvas, replace(terms, **fields))  # type: ignore[arg-type]


def students(world: World) -> list[int]:
    places = world.canvas.enrollments_of(COURSE)
    return sorted({each.user_id for each in places if each.type == "StudentEnrollment"})


def rows(world: World, essay: Assignment) -> list[Submission]:
    return [row for row in world.canvas.touched_rows(essay.id) if row.score is not None]


def appointments(world: World) -> list[datetime]:
    return [each.at for each in world.clock.schedule.upcoming() if each.kind == MISSING_WORK]


def test_missing_work_is_scored_at_the_first_run_after_it_was_due() -> None:
    world = build_world(7)
    a_strict_course(world)
    essay = work(world, minutes(7))
    assert appointments(world) == [minutes(10)]
    world.advance(timedelta(minutes=9))
    assert rows(world, essay) == []
    world.advance(timedelta(minutes=1))
    scored = rows(world, essay)
    assert {(row.score, row.grade, row.workflow_state) for row in scored} == {(5.0, "5", "graded")}
    assert {(row.graded_at, row.posted_at, row.grader_id) for row in scored} == {
        (minutes(10), minutes(10), None)
    }
    assert appointments(world) == []
    told = [each.words for each in world.journal.entries if isinstance(each, Happening)]
    assert told == [f"The late policy scored {len(scored)} submissions that were not handed in"]


def test_work_due_at_the_very_run_is_scored_at_the_next_one() -> None:
    world = build_world(7)
    a_strict_course(world)
    essay = work(world, minutes(10))
    world.advance(timedelta(minutes=10))
    assert rows(world, essay) == []
    world.advance(timedelta(minutes=5))
    assert rows(world, essay)


def test_only_rows_that_wait_for_work_are_scored() -> None:
    world = build_world(7)
    a_strict_course(world)
    essay = work(world, minutes(7))
    graded, excused, handed_in, gone = students(world)[:4]
    blank = [Submission(essay.id, each) for each in students(world)]
    recording.put_submission(world.canvas, replace(blank[0], score=9.0, grade="9", grader_id=1))
    recording.put_submission(world.canvas, replace(blank[1], excused=True))
    recording.put_submission(
        world.canvas, replace(blank[2], submitted_at=START, work=Work("online_text_entry"))
    )
    for each in world.canvas.enrollments_of(COURSE):
        if each.user_id == gone:
            enrolling.set_state(world.canvas, each, "completed")
    world.advance(timedelta(hours=1))
    scored = {row.user_id for row in rows(world, essay) if row.grader_id is None}
    assert scored.isdisjoint({graded, excused, handed_in, gone})
    assert scored > set(students(world)[4:])


@pytest.mark.parametrize("fields", [{"submission_types": ("on_paper",)}, {"workflow_state": "unpublished"}])
def test_work_that_nobody_hands_in_online_is_not_waited_for(fields: dict[str, object]) -> None:
    world = build_world(7)
    a_strict_course(world)
    work(world, minutes(7), **fields)
    assert appointments(world) == []


def test_a_course_without_the_policy_scores_nothing_by_itself() -> None:
    world = build_world(7)
    essay = work(world, minutes(7))
    a_strict_course(world, missing_enabled=False)
    assert appointments(world) == []
    world.advance(timedelta(days=2))
    assert rows(world, essay) == []


def test_a_date_that_moves_takes_the_run_with_it() -> None:
    world = build_world(7)
    a_strict_course(world)
    essay = work(world, minutes(7))
    later = replace(essay, due_at=minutes(70))
    editing.put_assignment(world.canvas, essay, Revision(later, (), ()), editor_id=1)
    assert appointments(world) == [minutes(75)]
    other = work(world, minutes(20))
    assert appointments(world) == [minutes(25)]
    world.canvas.remove_assignment(other)
    world.advance(timedelta(minutes=30))
    assert appointments(world) == [minutes(75)]
    assert rows(world, other) == []


def test_a_student_who_comes_within_a_day_of_the_due_date_is_scored_too_and_later_not() -> None:
    world = build_world(7)
    a_strict_course(world)
    essay = work(world, minutes(7))
    world.advance(timedelta(hours=1))
    section = world.canvas.sections_of(COURSE)[0]
    here = {each.user_id for each in world.canvas.enrollments_of(COURSE)}
    first, second = [each for each in world.canvas.users if each not in here][:2]
    enrolling.enroll(world.canvas, first, section, kind="StudentEnrollment", state="active")
    world.advance(timedelta(minutes=5))
    assert world.canvas.submission(essay.id, first).score == 5.0
    world.advance(timedelta(days=2))
    enrolling.enroll(world.canvas, second, section, kind="StudentEnrollment", state="active")
    world.advance(timedelta(days=1))
    assert world.canvas.submission(essay.id, second).score is None


def test_a_restored_world_still_knows_what_is_to_come() -> None:
    world = build_world(7)
    a_strict_course(world)
    essay = work(world, minutes(7))
    world.snapshot("before")
    world.advance(timedelta(hours=1))
    assert rows(world, essay)
    world.restore("before")
    assert rows(world, essay) == []
    world.advance(timedelta(hours=1))
    assert rows(world, essay)


def test_a_canvas_whose_clock_is_ahead_scores_by_its_own_clock() -> None:
    world = build_world(7)
    world.clock.set_skew("canvas", ahead=timedelta(minutes=5))
    a_strict_course(world)
    essay = work(world, minutes(17))
    assert appointments(world) == [minutes(15)]
    world.advance(timedelta(minutes=15))
    assert rows(world, essay)[0].graded_at == minutes(20)


@pytest.mark.parametrize(("every", "first"), [(60, 60), (0, 8)])
def test_the_job_runs_as_often_as_the_profile_says_and_once_a_minute_at_most(every: int, first: int) -> None:
    world = build_world(7, profile=replace(KHSD, name="odd", canvas_missing_policy_minutes=every))
    a_strict_course(world)
    work(world, minutes(7))
    assert appointments(world) == [minutes(first)]


def test_a_date_beyond_the_end_of_the_clock_is_nothing_to_wait_for() -> None:
    world = build_world(7)
    a_strict_course(world)
    work(world, datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC))
    assert appointments(world) == []


def test_dates_without_number_make_one_appointment() -> None:
    world = build_world(7)
    a_strict_course(world)
    for number in range(60, 0, -1):
        work(world, minutes(number * 10))
    assert appointments(world) == [minutes(15)]


def test_what_was_scored_once_keeps_its_score_whatever_the_job_scores_later() -> None:
    world = build_world(7)
    policy = a_strict_course(world)
    first, second = work(world, minutes(7)), work(world, minutes(70))
    world.advance(timedelta(hours=1))
    editing.put_late_policy(world.canvas, replace(policy, missing_deduction=100.0))
    world.advance(timedelta(hours=1))
    assert {row.score for row in rows(world, first)} == {5.0}
    assert {row.score for row in rows(world, second)} == {0.0}


def test_a_policy_that_comes_after_the_work_waits_for_it() -> None:
    world = build_world(7)
    work(world, minutes(7))
    assert appointments(world) == []
    a_strict_course(world)
    assert appointments(world) == [minutes(10)]


def test_the_score_of_missing_work_is_nobodys_whoever_cleared_the_row() -> None:
    world = build_world(7)
    a_strict_course(world)
    essay = work(world, minutes(7))
    student = students(world)[0]
    world.canvas.submissions.put(Submission(essay.id, student, grader_id=5, late_policy_status="missing"))
    world.advance(timedelta(hours=1))
    row = world.canvas.submission(essay.id, student)
    assert (row.score, row.grader_id) == (5.0, None)


def test_a_period_that_is_closed_lets_nothing_be_scored_and_nobody_waits() -> None:
    world = build_world(7)
    periods = world.canvas.grading_periods
    made = periods.add_set(
        "Year", is_weighted=False, shows_all_totals=False, term_ids=(TERM_ID,), now=world.canvas.now
    )
    summer, closes = datetime(2026, 8, 1, tzinfo=UTC), minutes(8)
    (period,) = periods.put([GradingPeriod(0, made.id, "Summer", summer, minutes(60), closes)])
    a_strict_course(world)
    essay = work(world, minutes(7))
    assert appointments(world) == [minutes(10)]
    world.advance(timedelta(minutes=30))
    assert rows(world, essay) == []
    assert appointments(world) == []
    periods.put([replace(period, closes_at=minutes(600))])
    editing.due_dates_changed(world.canvas, essay)
    assert rows(world, essay)


def test_only_whoever_has_the_work_to_do_gets_a_score_for_missing_it_by_the_clock_or_a_policy() -> None:
    world = build_world(7)
    a_strict_course(world)
    mine = AssignmentOverride(0, 0, "1 student", None, (students(world)[0],), ("due_at",), due_at=minutes(5))
    now = world.canvas.now
    essay = Assignment(0, COURSE, world.canvas.first_group(COURSE).id, "Essay", 0, now, now)
    essay = replace(
        essay,
        points_possible=10.0,
        submission_types=("online_text_entry",),
        workflow_state="published",
        due_at=minutes(5),
        only_visible_to_overrides=True,
    )
    kept = editing.add_assignment(world.canvas, Revision(essay, (), ()), OverridesPlan(kept=(mine,)))
    world.advance(timedelta(hours=1))
    assert [row.user_id for row in rows(world, kept)] == [students(world)[0]]
    a_strict_course(world, missing_deduction=100.0)
    assert [row.user_id for row in rows(world, kept)] == [students(world)[0]]
