"""Grading periods: in which an assignment is, which of them is on show, and what a closed one means."""

from dataclasses import replace
from datetime import timedelta

from contracts import catalogue
from scenarios.script import scenario
from scenarios.stage import Stage
from simulator.profiles import KHSD, RSD_105
from sync_engine import RunStatus

MINDS_CLOSED_PERIODS = replace(
    KHSD, name="khsd, closed periods refuse", closed_period_writes="refuse_when_any_closed"
)
NO_TYPING_IN_CLOSED_PERIODS = replace(
    KHSD, name="khsd, closed periods refuse the teacher", closed_period_edits="refuse_when_any_closed"
)
WINDOWS_OF_THE_OFFICE = replace(
    NO_TYPING_IN_CLOSED_PERIODS, name="khsd, the office turns the windows", period_windows="office"
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


@scenario(proves=catalogue.GP_CLOSED_EDIT, profile=NO_TYPING_IN_CLOSED_PERIODS)
async def a_teacher_types_nothing_into_a_closed_grading_period_until_the_office_opens_it(
    stage: Stage,
) -> None:
    """The quarter is being closed, and the office has turned editing of Progress 1 off.

    A teacher who has unlocked a quiz of it can neither type a score nor change its points nor delete it. The
    screen says who can help, and once the office has opened the period the same edit is saved.
    """
    student = stage.students[0]
    quiz = await stage.canvas.has_graded("Cell quiz", 9)
    await stage.sync.posts()
    await stage.office.closes_period("Progress 1")
    await stage.synergy.unlocks(quiz)
    await stage.synergy.cannot_type_score(quiz, student, 10, because=catalogue.GP_CLOSED_EDIT)
    await stage.synergy.cannot_save(quiz, because=catalogue.GP_CLOSED_EDIT, points=20)
    await stage.synergy.cannot_delete(quiz, because=catalogue.GP_CLOSED_EDIT)
    await stage.synergy.shows(quiz, points=10)
    await stage.synergy.shows_score(quiz, student, 9)
    await stage.office.opens_period("Progress 1")
    await stage.synergy.types_score(quiz, student, 10)
    await stage.synergy.shows_score(quiz, student, 10)


@scenario(proves=catalogue.GP_TYPES)
async def progress_and_grading_periods_have_end_dates_and_windows(stage: Stage) -> None:
    """Three periods begin on the same day: a Progress period, and a quarter and a semester for Grading.

    Each has its end date. When Progress 1 is over its window closes, those of the others stay open, and the
    office can open it again.
    """
    await stage.office.shows_period_of_type("Progress 1", "Progress", ends="2026-09-25")
    await stage.office.shows_period_of_type("Quarter 1", "Grading", ends="2026-10-16")
    await stage.office.shows_period_of_type("Semester 1", "Grading", ends="2026-12-18")
    await stage.office.shows_period("Progress 1", closed=False)
    stage.period_ends("Progress 1")
    await stage.office.shows_period("Progress 1", closed=True)
    await stage.office.shows_period("Quarter 1", closed=False)
    await stage.office.opens_period("Progress 1")
    await stage.office.shows_period("Progress 1", closed=False)
    await stage.office.shows_period("Quarter 1", closed=False)


@scenario(proves=(catalogue.GP_TYPES, catalogue.GP_CLOSED_EDIT), profile=WINDOWS_OF_THE_OFFICE)
async def where_the_office_turns_the_windows_an_end_date_alone_closes_nothing(stage: Stage) -> None:
    """Progress 1 is over, and still open, until the office turns "Report Period Data is Editable" off.

    Then nothing of it can be typed any more.
    """
    student = stage.students[0]
    quiz = await stage.canvas.has_graded("Cell quiz", 9)
    await stage.sync.posts()
    await stage.synergy.unlocks(quiz)
    stage.period_ends("Progress 1")
    await stage.office.shows_period("Progress 1", closed=False)
    await stage.synergy.types_score(quiz, student, 8)
    await stage.office.closes_period("Progress 1")
    await stage.office.shows_period("Progress 1", closed=True)
    await stage.synergy.cannot_type_score(quiz, student, 7, because=catalogue.GP_CLOSED_EDIT)


@scenario(proves=(catalogue.GP_TYPES, catalogue.GP_CLOSED_EDIT), profile=RSD_105)
async def where_one_grading_period_is_open_at_a_time_opening_one_closes_the_other(stage: Stage) -> None:
    """In September only Progress 1 is open. When it ends, Quarter 1 opens by itself.

    For a late correction the office opens Progress 1 again, which closes Quarter 1 meanwhile.
    """
    student = stage.students[0]
    quiz = await stage.canvas.has_graded("Cell quiz", 9)
    await stage.sync.posts()
    progress = await stage.gradebook.period_id("Progress 1")
    await stage.synergy.saves(quiz, third_party_readonly=False, grading_period_ids=[progress])
    await stage.office.shows_period("Progress 1", closed=False)
    await stage.office.shows_period("Quarter 1", closed=True)
    stage.period_ends("Progress 1")
    await stage.office.shows_period("Progress 1", closed=True)
    await stage.office.shows_period("Quarter 1", closed=False)
    await stage.synergy.cannot_type_score(quiz, student, 10, because=catalogue.GP_CLOSED_EDIT)
    await stage.office.opens_period("Progress 1")
    await stage.office.shows_period("Quarter 1", closed=True)
    await stage.synergy.types_score(quiz, student, 10)


@scenario(proves=catalogue.GP_DEFAULT_DUE_DATE)
async def the_class_setting_puts_new_work_where_it_belongs_and_mends_nothing_old(stage: Stage) -> None:
    """A class whose setting is another one puts the quiz into Progress 1 alone.

    The teacher chooses "Assignment Due Date". From now on new work is where its due date is; the quiz stays
    where it was, in the Quarter and after a remaster too: it has to be mended by hand.
    """
    await stage.gradebook.sets_up(grading_period_default="current_period")
    quiz = await stage.canvas.has_graded("Cell quiz", 9)
    await stage.sync.posts()
    await stage.synergy.shows(quiz, grading_periods=("Progress 1",))
    await stage.gradebook.sets_up(grading_period_default="assignment_due_date")
    essay = await stage.canvas.has_graded("Photosynthesis essay", 8)
    await stage.sync.posts()
    await stage.synergy.shows(essay, grading_periods=("Progress 1", "Quarter 1", "Semester 1"))
    stage.period_ends("Progress 1")
    await stage.sync.remasters()
    await stage.synergy.shows(quiz, grading_periods=("Progress 1",))
    await stage.gradebook.shows(essay, period="Quarter 1")


@scenario(proves=catalogue.GP_BY_DUE_DATE_COMPUTE)
async def a_due_date_that_moves_out_of_progress_takes_the_assignment_along(stage: Stage) -> None:
    """The quiz is put off until October, and a score of it changes, so that the new date travels.

    From then on it is in Quarter and Semester, and out of sight while Progress 1 is on show.
    """
    quiz = await stage.canvas.has_graded("Cell quiz", 9)
    await stage.sync.posts()
    await stage.gradebook.shows(quiz, period="Progress 1")
    await stage.canvas.edits(quiz, due_at="2026-10-09T23:59:00-07:00")
    await stage.canvas.grades(quiz, 10)
    await stage.sync.posts()
    await stage.synergy.shows(quiz, due_date="2026-10-09", grading_periods=("Quarter 1", "Semester 1"))
    await stage.gradebook.shows(period="Progress 1")


@scenario(proves=(catalogue.GP_BY_DUE_DATE_COMPUTE, catalogue.GP_DEFAULT_DUE_DATE))
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


@scenario(proves=catalogue.GP_CANVAS_FILTER)
async def canvas_shows_its_current_grading_period_alone_until_all_are_chosen(stage: Stage) -> None:
    """Canvas has two quarters, and the essay is due in the second one.

    As the gradebook is opened its total is of the quiz alone, while Synergy counts both in the semester. With
    "All Grading Periods" Canvas counts both too: that is to be chosen before anybody compares.
    """
    student = stage.students[0]
    await stage.admin.sets_grading_periods(
        Quarter_1=("2026-08-17", "2026-10-16"), Quarter_2=("2026-10-17", "2026-12-18")
    )
    quiz = await stage.canvas.has_graded("Cell quiz", 9)
    essay = await stage.canvas.creates("Photosynthesis essay", due_in=timedelta(days=45))
    await stage.canvas.grades(essay, 5)
    await stage.sync.posts()
    await stage.gradebook.switches_to("Semester 1")
    await stage.gradebook.shows(quiz, essay, period="Semester 1")
    await stage.canvas_book.shows_total(student, 90)
    await stage.canvas_book.shows_total(student, 50, period="Quarter 2")
    await stage.canvas_book.shows_total(student, 70, period="All Grading Periods")
