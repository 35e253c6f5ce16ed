"""The job of Canvas that takes the sync marks off when a grading period has closed, on the world's clock."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from simulator.canvas.model import Assignment, AssignmentOverride, GradingPeriod
from simulator.canvas.rules.posting import INTEGRATIONS_FEATURE, UNMARKING_FEATURE
from simulator.happenings import MARKS_COME_OFF
from simulator.journal import Happening
from simulator.world import World, build_world
from simulator.world_file import world_as_text, world_from_text
from tests.unit.world.gradebook import a_graded_world

FEATURES = (INTEGRATIONS_FEATURE, UNMARKING_FEATURE)
CLOSES_IN = timedelta(days=1, minutes=2)


def a_world(*, features: tuple[str, ...] = FEATURES, is_on: bool = True) -> World:
    """A world with one marked quiz, due in a grading period that closes tomorrow at two past eight."""
    world, graded = build_world(7), a_graded_world()
    canvas = world.canvas
    canvas.put_account(
        replace(canvas.account, features=features, disable_post_to_sis_when_grading_period_closed=is_on)
    )
    for each in graded.canvas.assignments.values():
        canvas.assignments.put(replace(each, due_at=world.clock.now(), post_to_sis=True))
    made = canvas.grading_periods.add_set(
        "Year", is_weighted=False, shows_all_totals=False, term_ids=(1,), now=world.clock.now()
    )
    now = world.clock.now()
    early, ends, closes = now - timedelta(days=30), now + timedelta(hours=1), now + CLOSES_IN
    later = ends + timedelta(days=30)
    canvas.grading_periods.put(
        [
            GradingPeriod(0, made.id, "Q1", early, ends, closes),
            GradingPeriod(0, made.id, "Q2", ends, later, later),
        ]
    )
    return world


def quiz_of(world: World) -> Assignment:
    return next(iter(world.canvas.assignments.values()))


def told(world: World) -> list[str]:
    happenings = [each for each in world.journal.entries if isinstance(each, Happening)]
    return [each.words for each in happenings if each.what == MARKS_COME_OFF]


def test_marks_come_off_with_the_first_run_after_the_period_closed() -> None:
    world = a_world()
    before = quiz_of(world)
    world.advance(timedelta(days=1, minutes=4))
    assert quiz_of(world).post_to_sis is True
    world.advance(timedelta(minutes=1))
    assert quiz_of(world).post_to_sis is False
    assert quiz_of(world).updated_at > before.updated_at
    assert told(world) == ["A grading period is closed in Canvas; it took off 1 sync mark"]


@pytest.mark.parametrize(
    "switches", [{"is_on": False}, {"features": (INTEGRATIONS_FEATURE,)}, {"features": ()}]
)
def test_marks_stay_without_the_setting_or_its_features(switches: dict[str, object]) -> None:
    world = a_world(**switches)  # type: ignore[arg-type]
    world.advance(timedelta(days=2))
    assert quiz_of(world).post_to_sis is True
    assert MARKS_COME_OFF not in [each.kind for each in world.clock.schedule.upcoming()]


def test_work_of_another_period_keeps_its_mark() -> None:
    world = a_world()
    world.canvas.assignments.put(replace(quiz_of(world), due_at=world.clock.now() + timedelta(days=9)))
    world.advance(timedelta(days=2))
    assert (quiz_of(world).post_to_sis, told(world)) == (True, [])


def test_work_that_is_due_in_it_for_one_student_loses_its_mark() -> None:
    world = a_world()
    canvas, later = world.canvas, world.clock.now() + timedelta(days=9)
    quiz = canvas.assignments.put(replace(quiz_of(world), due_at=later))
    seat = next(each for each in canvas.enrollments_of(quiz.course_id) if each.type == "StudentEnrollment")
    canvas.overrides.keep(
        [
            AssignmentOverride(
                0, quiz.id, "1 student", None, (seat.user_id,), ("due_at",), due_at=world.clock.now()
            )
        ]
    )
    world.advance(timedelta(days=2))
    assert quiz_of(world).post_to_sis is False


def test_a_setting_that_comes_within_the_hour_is_in_time_and_one_that_comes_later_is_not() -> None:
    for delay, is_marked in ((timedelta(minutes=50), False), (timedelta(minutes=70), True)):
        world = a_world(is_on=False)
        world.advance(CLOSES_IN + delay)
        account = world.canvas.account
        world.canvas.put_account(replace(account, disable_post_to_sis_when_grading_period_closed=True))
        world.advance(timedelta(hours=1))
        assert quiz_of(world).post_to_sis is is_marked, delay


def test_the_job_that_is_to_come_is_in_the_file_of_the_world() -> None:
    world = world_from_text(world_as_text(a_world()), name="again")
    world.advance(timedelta(days=2))
    assert quiz_of(world).post_to_sis is False


def test_a_closed_period_without_marked_work_makes_no_more_appointments() -> None:
    world = a_world()
    world.advance(timedelta(days=2))
    (upcoming,) = [each for each in world.clock.schedule.upcoming() if each.kind == MARKS_COME_OFF]
    assert upcoming.at > world.clock.now() + timedelta(days=20)
