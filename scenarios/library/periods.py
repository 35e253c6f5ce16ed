"""Grading periods: in which an assignment is, which of them is on show, and what a closed one means."""

from dataclasses import replace
from datetime import timedelta

from contracts import catalogue
from scenarios.script import scenario
from scenarios.stage import Stage
from simulator.profiles import KHSD
from sync_engine import RunStatus

MINDS_CLOSED_PERIODS = replace(
    KHSD, name="khsd, closed periods refuse", closed_period_writes="refuse_when_any_closed"
)


@scenario(proves=catalogue.GP_CLOSED_WRITE, profile=MINDS_CLOSED_PERIODS)
async def a_score_for_a_closed_grading_period_is_refused_until_the_office_opens_it(stage: Stage) -> None:
    """Progress 1 is over when the teacher corrects a score of it.

    Synergy refuses, the report says what to do, and once the office has opened the period the score
    arrives. An assignment that is due after Progress 1 travels meanwhile.
    """
    student = stage.students[0]
    quiz = await stage.canvas.has_graded("Cell quiz", 9, 7)
    await stage.sync.posts()
    await stage.synergy.shows(quiz, grading_periods=("Progress 1", "Quarter 1", "Semester 1"))
    stage.period_ends("Progress 1")
    await stage.office.shows_period("Progress 1", closed=True)
    await stage.canvas.grades_student(quiz, student, 10)
    essay = await stage.canvas.has_graded("Photosynthesis essay", 18, group="Homework", points=20)
    refused = await stage.sync.posts()
    stage.sync.refuses(refused, catalogue.GP_CLOSED_WRITE, about=quiz, naming="Progress 1")
    stage.sync.ends(refused, RunStatus.WARNING)
    await stage.synergy.shows_score(quiz, student, 9)
    await stage.synergy.shows_score(essay, student, 18)
    await stage.office.opens_period("Progress 1")
    report = await stage.sync.posts()
    stage.sync.ends(report, RunStatus.COMPLETED)
    await stage.synergy.shows_score(quiz, student, 10)


@scenario(proves=catalogue.GP_CLOSED_WRITE)
async def a_district_that_does_not_mind_takes_scores_for_a_closed_period(stage: Stage) -> None:
    """No page says that Synergy refuses, so by default it does not.

    A score of a period that is over arrives like any other.
    """
    student = stage.students[0]
    quiz = await stage.canvas.creates("Cell quiz", due_in=timedelta(days=2))
    await stage.canvas.grades(quiz, 9)
    await stage.sync.posts()
    stage.period_ends("Progress 1")
    await stage.office.shows_period("Progress 1", closed=True)
    await stage.canvas.grades_student(quiz, student, 10)
    report = await stage.sync.posts()
    stage.sync.ends(report, RunStatus.COMPLETED)
    await stage.synergy.shows_score(quiz, student, 10)


@scenario(proves=catalogue.GP_DEFAULT_DUE_DATE)
async def an_assignment_is_in_every_grading_period_that_holds_its_due_date(stage: Stage) -> None:
    """The class setting is "Assignment Due Date".

    What is due next week is in Progress, Quarter and Semester at once; what is due later is not in Progress.
    """
    quiz = await stage.canvas.creates("Cell quiz", due_in=timedelta(days=7))
    essay = await stage.canvas.creates("Photosynthesis essay", due_in=timedelta(days=21))
    await stage.canvas.grades(quiz, 9)
    await stage.canvas.grades(essay, 8)
    await stage.sync.posts()
    await stage.synergy.shows(quiz, grading_periods=("Progress 1", "Quarter 1", "Semester 1"))
    await stage.synergy.shows(essay, grading_periods=("Quarter 1", "Semester 1"))


@scenario(proves=(catalogue.GP_DISAPPEAR_ON_SWITCH, catalogue.UNLOCK_EDIT_RELOCK))
async def what_is_in_progress_only_disappears_when_the_quarter_is_on_show(stage: Stage) -> None:
    """A class whose setting is not "Assignment Due Date" puts new work into Progress 1 alone.

    When Progress 1 is over the gradebook goes on to Quarter 1, and the quiz is gone from view. Nothing is
    lost: the teacher unlocks, ticks the quarter, saves and locks again, and there it is.
    """
    student = stage.students[0]
    await stage.gradebook.sets_up(grading_period_default="current_period")
    quiz = await stage.canvas.has_graded("Cell quiz", 9)
    await stage.sync.posts()
    await stage.gradebook.shows(quiz, period="Progress 1")
    stage.period_ends("Progress 1")
    await stage.gradebook.shows(period="Quarter 1")
    await stage.synergy.shows_score(quiz, student, 9)
    await stage.gradebook.switches_to("Progress 1")
    await stage.gradebook.shows(quiz, period="Progress 1")
    await stage.gradebook.switches_to("Quarter 1")
    await stage.synergy.unlocks(quiz)
    await stage.synergy.saves(
        quiz,
        grading_period_ids=[
            await stage.gradebook.period_id("Progress 1"),
            await stage.gradebook.period_id("Quarter 1"),
        ],
    )
    await stage.synergy.locks(quiz)
    await stage.gradebook.shows(quiz, period="Quarter 1")
    await stage.canvas.grades_student(quiz, student, 10)
    await stage.sync.posts()
    await stage.synergy.shows(quiz, grading_periods=("Progress 1", "Quarter 1"))
    await stage.synergy.shows_score(quiz, student, 10)
