"""Remaster Grade Passback: FAQ 3 and FAQ 5."""

from contracts import catalogue
from scenarios.script import scenario
from scenarios.stage import Stage
from sync_engine import RunStatus


@scenario(proves=catalogue.REMASTER_RESENDS_ALL)
async def a_remaster_sends_scores_statuses_and_details_whether_they_changed_or_not(stage: Stage) -> None:
    """A status, an excuse and new points, which no post would carry, all arrive.

    And so does what did not change.
    """
    first, second, third = stage.students[:3]
    quiz = await stage.canvas.has_graded("Cell quiz", 9, 7, 8)
    await stage.sync.posts()
    await stage.canvas.sets_status(quiz, first, "late")
    await stage.canvas.excuses(quiz, second)
    await stage.canvas.edits(quiz, points_possible=20)
    held = await stage.sync.posts()
    stage.sync.wrote(held, 0)
    report = await stage.sync.remasters()
    stage.sync.ends(report, RunStatus.COMPLETED)
    stage.sync.says(report, catalogue.REMASTER_RESENDS_ALL, about=quiz, student=third)
    stage.sync.wrote(report, 4)
    await stage.synergy.shows(quiz, points=20, readonly=True)
    await stage.synergy.shows_score(quiz, first, 9, code="L")
    await stage.synergy.shows_score(quiz, second, None, excused=True)
    await stage.synergy.shows_score(quiz, third, 8)


@scenario(
    proves=(catalogue.REMASTER_RESENDS_ALL, catalogue.UNGRADED_NOT_CREATED, catalogue.SYNC_FLAG_REQUIRED)
)
async def a_remaster_leaves_out_what_is_not_graded_or_not_flagged(stage: Stage) -> None:
    """Remaster is not "send everything": ungraded and unflagged assignments stay out, as in any post."""
    quiz = await stage.canvas.has_graded("Cell quiz", 9)
    ungraded = await stage.canvas.creates("Next quiz")
    unflagged = await stage.canvas.creates("Warm up", sync=False)
    await stage.canvas.grades(unflagged, 5)
    report = await stage.sync.remasters()
    stage.sync.says(report, catalogue.UNGRADED_NOT_CREATED, about=ungraded)
    stage.sync.says(report, catalogue.SYNC_FLAG_REQUIRED, about=unflagged)
    await stage.synergy.has(quiz, copies=1)
    await stage.synergy.has(ungraded, copies=0)
    await stage.synergy.has(unflagged, copies=0)
    again = await stage.sync.remasters()
    stage.sync.says(again, catalogue.REMASTER_RESENDS_ALL, about=quiz)


@scenario(proves=(catalogue.REMASTER_FIXES_LEDGER, catalogue.SCORE_SENT_ONCE))
async def a_score_that_canvas_believes_it_sent_comes_back_only_with_a_remaster(stage: Stage) -> None:
    """The score was acknowledged and lost on the way.

    Posts succeed and never send it again; the remaster finds and sends it.
    """
    lost, kept = stage.students[:2]
    quiz = await stage.canvas.creates("Cell quiz")
    stage.next_score_is_lost(student=lost)
    await stage.canvas.grades(quiz, 9, 7)
    first = await stage.sync.posts()
    stage.sync.ends(first, RunStatus.COMPLETED)
    await stage.synergy.shows_no_score(quiz, lost)
    await stage.synergy.shows_score(quiz, kept, 7)
    second = await stage.sync.posts()
    stage.sync.says(second, catalogue.SCORE_SENT_ONCE, about=quiz, student=lost)
    stage.sync.wrote(second, 0)
    await stage.synergy.shows_no_score(quiz, lost)
    report = await stage.sync.remasters()
    stage.sync.says(report, catalogue.REMASTER_FIXES_LEDGER, about=quiz, student=lost)
    await stage.synergy.shows_score(quiz, lost, 9)
    await stage.synergy.counts_scores(quiz, 2)


@scenario(proves=(catalogue.REMASTER_RESENDS_ALL, catalogue.READONLY_OFF_ERROR))
async def a_remaster_meets_the_same_errors_as_a_post(stage: Stage) -> None:
    """A remaster is no way around a lock that was left open: it says so, and sends the other assignments."""
    open_quiz = await stage.canvas.has_graded("Cell quiz", 9)
    essay = await stage.canvas.has_graded("Photosynthesis essay", 18, group="Homework", points=20)
    await stage.sync.posts()
    await stage.synergy.unlocks(open_quiz)
    report = await stage.sync.remasters()
    stage.sync.refuses(report, catalogue.READONLY_OFF_ERROR, about=open_quiz)
    stage.sync.says(report, catalogue.REMASTER_RESENDS_ALL, about=essay)
    stage.sync.ends(report, RunStatus.WARNING)


@scenario(proves=(catalogue.COMPARE_PROCEDURE, catalogue.REMASTER_RESENDS_ALL), course="World History")
async def totals_are_compared_after_a_remaster_section_by_section_with_all_periods(stage: Stage) -> None:
    """The essay is worth twice as much since it was sent, so the totals of both gradebooks differ.

    After a remaster the teacher filters Canvas by one section, chooses "All Grading Periods", opens the same
    section in Synergy, and finds the same number for every student; then the other section.
    """
    second, fourth = stage.sections
    early, late = second.students[0], fourth.students[0]
    essay = await stage.canvas.creates("Silk Road essay")
    await stage.canvas.grades_student(essay, early, 9)
    await stage.canvas.grades_student(essay, late, 7)
    await stage.sync.posts()
    await stage.canvas.edits(essay, points_possible=20)
    await stage.canvas_book.shows_totals(second, {early: 45})
    await stage.gradebook.shows_totals(second, {early: "90.00"})
    report = await stage.sync.remasters()
    stage.sync.ends(report, RunStatus.COMPLETED)
    await stage.canvas_book.shows_totals(second, {early: 45})
    await stage.gradebook.shows_totals(second, {early: "45.00"})
    await stage.canvas_book.shows_totals(fourth, {late: 35})
    await stage.gradebook.shows_totals(fourth, {late: "35.00"})
