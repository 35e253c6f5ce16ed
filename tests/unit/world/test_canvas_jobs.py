"""What Canvas puts off is done when the world's clock comes to it, whoever moves it and asks or not."""

from __future__ import annotations

from datetime import timedelta

from simulator.canvas.model import GradeWish, Progress
from simulator.canvas.working import start
from simulator.journal import Happening
from simulator.profiles import Profile
from simulator.world import World, build_world
from simulator.world_file import world_as_text, world_from_text
from tests.unit.world.gradebook import a_graded_world

SLOW = Profile(name="slow", canvas_job_seconds=90)


def a_world_with_a_quiz() -> World:
    """A world in which jobs take a minute and a half, with one published assignment."""
    world, graded = build_world(7, profile=SLOW), a_graded_world()
    world.canvas.assignments.update(graded.canvas.assignments.values())
    return world


def ask_for(world: World, score: str) -> Progress:
    """Ask for a score of the first student's on the quiz."""
    canvas = world.canvas
    quiz = next(iter(canvas.assignments.values()))
    seat = next(each for each in canvas.enrollments_of(quiz.course_id) if each.type == "StudentEnrollment")
    wish = GradeWish(quiz.id, str(seat.user_id), is_about_grade=True, posted_grade=score)
    progress = canvas.jobs.add(
        "submissions_update", course_id=quiz.course_id, actor_id=seat.user_id, now=canvas.now, grading=(wish,)
    )
    start(canvas, progress)
    return progress


def scores(world: World) -> list[float | None]:
    return [each.score for each in world.canvas.submissions.values()]


def test_a_job_is_done_when_its_time_comes_though_nobody_asks() -> None:
    world = a_world_with_a_quiz()
    progress = ask_for(world, "9")
    world.advance(timedelta(seconds=89))
    assert scores(world) == []
    world.advance(timedelta(seconds=1))
    assert scores(world) == [9.0]
    told = [entry.words for entry in world.journal.entries if isinstance(entry, Happening)]
    assert told == [f"Canvas did what it had put off: submissions_update {progress.id} (completed)"]


def test_jobs_are_done_in_the_order_in_which_they_were_asked_for() -> None:
    world = a_world_with_a_quiz()
    ask_for(world, "9")
    world.advance(timedelta(seconds=30))
    ask_for(world, "8")
    world.advance(timedelta(seconds=60))
    assert scores(world) == [9.0]
    world.advance(timedelta(seconds=30))
    assert scores(world) == [8.0]


def test_one_appointment_stands_for_all_jobs() -> None:
    world = a_world_with_a_quiz()
    before = len(world.clock.schedule)
    for _time in range(5):
        ask_for(world, "9")
    assert len(world.clock.schedule) == before + 1


def test_a_clock_of_canvas_that_is_wrong_does_its_jobs_by_its_own_time() -> None:
    world = a_world_with_a_quiz()
    ask_for(world, "9")
    world.clock.set_skew("canvas", ahead=timedelta(seconds=-20))
    world.advance(timedelta(seconds=100))
    assert scores(world) == []
    world.advance(timedelta(seconds=10))
    assert scores(world) == [9.0]


def test_a_job_comes_back_with_a_snapshot_and_out_of_a_file() -> None:
    world = a_world_with_a_quiz()
    ask_for(world, "9")
    world.snapshot("held")
    world.advance(timedelta(minutes=5))
    world.restore("held")
    assert scores(world) == []
    again = world_from_text(world_as_text(world))
    for each in (world, again):
        each.advance(timedelta(minutes=5))
        assert scores(each) == [9.0]
    assert world_as_text(again) == world_as_text(world)


def test_a_job_that_is_asked_for_after_the_clock_was_put_back_is_not_late_for_an_earlier_one() -> None:
    world = a_world_with_a_quiz()
    ask_for(world, "9")
    world.clock.set_skew("canvas", ahead=timedelta(seconds=-40))
    ask_for(world, "8")
    world.advance(timedelta(seconds=90))
    assert scores(world) == [8.0]
    world.advance(timedelta(seconds=40))
    assert scores(world) == [9.0]
