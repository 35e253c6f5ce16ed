"""Class totals: why Canvas and Synergy show different numbers for a student, and what makes them agree."""

from datetime import timedelta

from contracts import catalogue
from scenarios.script import scenario
from scenarios.stage import Stage
from sync_engine import Policy, RunStatus

REMASTER_CLEARS = Policy(remaster_clears_deleted_scores=True)


@scenario(proves=catalogue.TOTALS_MISMATCH_UNSYNCED)
async def an_assignment_that_is_not_marked_to_sync_counts_in_canvas_alone(stage: Stage) -> None:
    """The lab counts in Canvas, and nobody checked "Sync to Synergy" on it.

    The totals differ until it is marked and posted.
    """
    student = stage.students[0]
    await stage.canvas.has_graded("Cell quiz", 9)
    lab = await stage.canvas.creates("Microscope lab", sync=False)
    await stage.canvas.grades(lab, 5)
    await stage.sync.posts()
    await stage.both_books.show(student, canvas=70, synergy="90.00")
    await stage.both_books.differ_because_of(student, catalogue.TOTALS_MISMATCH_UNSYNCED)
    await stage.canvas.edits(lab, post_to_sis=True)
    await stage.sync.posts()
    await stage.both_books.show(student, canvas=70, synergy="70.00")
    await stage.both_books.agree(student)


@scenario(proves=(catalogue.TOTALS_MISMATCH_UNSYNCED, catalogue.TOTALS_MISMATCH_STALE))
async def a_score_of_an_assignment_that_was_unmarked_later_has_two_possible_causes(stage: Stage) -> None:
    """The quiz was sent, then its mark was taken off, then its score changed.

    It may be the missing mark, or a score that was never posted: both are told, and one post with the mark
    on settles both.
    """
    student = stage.students[0]
    quiz = await stage.canvas.has_graded("Cell quiz", 9)
    await stage.sync.posts()
    await stage.canvas.edits(quiz, post_to_sis=False)
    await stage.canvas.grades_student(quiz, student, 6)
    await stage.sync.posts()
    await stage.both_books.show(student, canvas=60, synergy="90.00")
    await stage.both_books.differ_because_of(
        student, catalogue.TOTALS_MISMATCH_UNSYNCED, catalogue.TOTALS_MISMATCH_STALE
    )
    await stage.canvas.edits(quiz, post_to_sis=True)
    await stage.sync.posts()
    await stage.both_books.show(student, canvas=60, synergy="60.00")
    await stage.both_books.agree(student)


@scenario(proves=catalogue.TOTALS_MISMATCH_FILTER)
async def a_filter_of_canvas_shows_fewer_assignments_than_synergy_or_more(stage: Stage) -> None:
    """Canvas's gradebook opens on the grading period of today and leaves out what is due in winter.

    Synergy has the whole semester on show. With the filter cleared both agree. Then Synergy is switched to
    Quarter 1, and it is Canvas that shows more.
    """
    student = stage.students[0]
    await stage.admin.sets_grading_periods(
        Autumn=("2026-08-17", "2026-10-16"), Winter=("2026-10-17", "2026-12-18")
    )
    await stage.canvas.has_graded("Cell quiz", 9)
    essay = await stage.canvas.creates("Photosynthesis essay", due_in=timedelta(days=60))
    await stage.canvas.grades(essay, 6)
    await stage.sync.posts()
    await stage.gradebook.switches_to("Semester 1")
    stage.both_books.opens_canvas()
    await stage.both_books.show(student, canvas=90, synergy="75.00")
    await stage.both_books.differ_because_of(student, catalogue.TOTALS_MISMATCH_FILTER)
    stage.both_books.clears_filters()
    await stage.both_books.show(student, canvas=75, synergy="75.00")
    await stage.both_books.agree(student)
    await stage.gradebook.switches_to("Quarter 1")
    await stage.both_books.show(student, canvas=75, synergy="90.00")
    await stage.both_books.differ_because_of(student, catalogue.TOTALS_MISMATCH_FILTER)
    stage.both_books.opens_canvas()
    await stage.both_books.agree(student)


@scenario(proves=catalogue.TOTALS_MISMATCH_GRADING_PERIOD)
async def an_assignment_that_is_not_ticked_for_the_grading_period_counts_in_canvas_alone(
    stage: Stage,
) -> None:
    """The first quiz is ticked for Progress 1 alone, and Synergy has gone on to Quarter 1.

    The teacher unlocks it, ticks the quarter, locks it again, and the totals agree.
    """
    student = stage.students[0]
    await stage.gradebook.sets_up(grading_period_default="current_period")
    first = await stage.canvas.has_graded("Cell quiz", 9)
    await stage.sync.posts()
    stage.period_ends("Progress 1")
    await stage.canvas.has_graded("Membrane quiz", 7)
    await stage.sync.posts()
    await stage.both_books.show(student, canvas=80, synergy="70.00")
    await stage.both_books.differ_because_of(student, catalogue.TOTALS_MISMATCH_GRADING_PERIOD)
    await stage.synergy.unlocks(first)
    await stage.synergy.saves(
        first,
        grading_period_ids=[
            await stage.gradebook.period_id("Progress 1"),
            await stage.gradebook.period_id("Quarter 1"),
        ],
    )
    await stage.synergy.locks(first)
    await stage.both_books.show(student, canvas=80, synergy="80.00")
    await stage.both_books.agree(student)


@scenario(proves=catalogue.TOTALS_MISMATCH_WEIGHTS)
async def weights_in_synergy_alone_make_another_total_of_the_same_scores(stage: Stage) -> None:
    """Synergy weighs its types, and Canvas adds points up. No sync carries weights.

    Quizzes and tests are the same on both sides; the totals agree once Canvas weighs its groups as Synergy
    does.
    """
    student = stage.students[0]
    await stage.canvas.has_graded("Cell quiz", 9)
    await stage.canvas.has_graded("Biology test", 60, group="Tests", points=100)
    await stage.sync.posts()
    await stage.both_books.show(student, canvas=62.73, synergy="72.00")
    await stage.both_books.differ_because_of(student, catalogue.TOTALS_MISMATCH_WEIGHTS)
    await stage.canvas.weights_groups(Classwork=20, Homework=20, Quizzes=20, Tests=30, Participation=10)
    await stage.both_books.show(student, canvas=72, synergy="72.00")
    await stage.both_books.agree(student)


@scenario(proves=catalogue.TOTALS_MISMATCH_ROUNDING)
async def a_class_that_rounds_to_whole_percents_or_cuts_decimals_off_shows_another_total(
    stage: Stage,
) -> None:
    """Thirteen of fifteen points are 86.67 in Canvas.

    A class of Synergy without decimals shows 87, one that cuts off after the first shows 86.6, and one that
    rounds to two shows what Canvas does.
    """
    student = stage.students[0]
    await stage.canvas.has_graded("Cell quiz", 13, points=15)
    await stage.sync.posts()
    await stage.gradebook.sets_up(decimals=0)
    await stage.both_books.show(student, canvas=86.67, synergy="87")
    await stage.both_books.differ_because_of(student, catalogue.TOTALS_MISMATCH_ROUNDING)
    await stage.gradebook.sets_up(class_rounding=False, decimals=1)
    await stage.both_books.show(student, canvas=86.67, synergy="86.6")
    await stage.both_books.differ_because_of(student, catalogue.TOTALS_MISMATCH_ROUNDING)
    await stage.gradebook.sets_up(class_rounding=True, decimals=2)
    await stage.both_books.show(student, canvas=86.67, synergy="86.67")
    await stage.both_books.agree(student)


@scenario(proves=(catalogue.TOTALS_MISMATCH_STALE, catalogue.STATUS_CHANGE_NOT_RESENT))
async def an_excuse_that_did_not_travel_keeps_a_score_in_the_total_of_synergy(stage: Stage) -> None:
    """The teacher excuses a student from a quiz that was sent already.

    In Canvas it is out of the total. Synergy counts the old score until a remaster carries the excuse over.
    """
    student = stage.students[0]
    await stage.canvas.has_graded("Cell quiz", 9)
    second = await stage.canvas.has_graded("Membrane quiz", 5)
    await stage.sync.posts()
    await stage.canvas.excuses(second, student)
    await stage.sync.posts()
    await stage.both_books.show(student, canvas=90, synergy="70.00")
    await stage.both_books.differ_because_of(student, catalogue.TOTALS_MISMATCH_STALE)
    await stage.sync.remasters()
    await stage.both_books.show(student, canvas=90, synergy="90.00")
    await stage.both_books.agree(student)


@scenario(proves=(catalogue.TOTALS_MISMATCH_STALE, catalogue.UPDATE_NEEDS_SCORE_CHANGE))
async def points_that_were_changed_in_canvas_alone_make_another_total(stage: Stage) -> None:
    """Eight points were of ten; the teacher makes it out of sixteen in Canvas and posts.

    No score changed, so nothing travels, and the totals differ until one does.
    """
    student = stage.students[0]
    quiz = await stage.canvas.has_graded("Cell quiz", 8)
    await stage.sync.posts()
    await stage.canvas.edits(quiz, points_possible=16)
    await stage.sync.posts()
    await stage.both_books.show(student, canvas=50, synergy="80.00")
    await stage.both_books.differ_because_of(student, catalogue.TOTALS_MISMATCH_STALE)
    await stage.canvas.grades_student(quiz, student, 12)
    await stage.sync.posts()
    await stage.both_books.show(student, canvas=75, synergy="75.00")
    await stage.both_books.agree(student)


@scenario(proves=(catalogue.TOTALS_MISMATCH_STALE, catalogue.REMASTER_FIXES_LEDGER))
async def a_score_that_was_lost_on_its_way_is_missing_in_the_total_of_synergy(stage: Stage) -> None:
    """Canvas believes that it sent a score, and Synergy never got it.

    Posting again sends nothing. A remaster brings the score, and the totals agree.
    """
    student = stage.students[0]
    await stage.canvas.has_graded("Cell quiz", 9, 8)
    stage.next_score_is_lost(student=student)
    await stage.sync.posts()
    await stage.sync.posts()
    await stage.both_books.show(student, canvas=90, synergy="N/A")
    await stage.both_books.differ_because_of(student, catalogue.TOTALS_MISMATCH_STALE)
    await stage.both_books.agree(stage.students[1])
    await stage.sync.remasters()
    await stage.both_books.show(student, canvas=90, synergy="90.00")
    await stage.both_books.agree(student)


@scenario(proves=(catalogue.TOTALS_MISMATCH_STALE, catalogue.SCORE_CLEARED_NOT_SENT), policy=REMASTER_CLEARS)
async def a_score_that_was_cleared_in_canvas_goes_on_counting_in_synergy(stage: Stage) -> None:
    """The teacher takes a score back in Canvas, and no post carries that.

    In this district a remaster clears what Canvas does not have any more, and the totals agree.
    """
    student = stage.students[0]
    await stage.canvas.has_graded("Cell quiz", 9)
    second = await stage.canvas.has_graded("Membrane quiz", 5)
    await stage.sync.posts()
    await stage.canvas.clears(second, student)
    await stage.sync.posts()
    await stage.both_books.show(student, canvas=90, synergy="70.00")
    await stage.both_books.differ_because_of(student, catalogue.TOTALS_MISMATCH_STALE)
    await stage.sync.remasters()
    await stage.both_books.show(student, canvas=90, synergy="90.00")
    await stage.both_books.agree(student)


@scenario(proves=(catalogue.TOTALS_MISMATCH_ORPHAN, catalogue.DELETE_NOT_PROPAGATED))
async def an_assignment_that_was_deleted_in_canvas_goes_on_counting_in_synergy(stage: Stage) -> None:
    """The quiz is gone from Canvas, and Synergy was told nothing.

    It counts there until the teacher unlocks and deletes it.
    """
    student = stage.students[0]
    await stage.canvas.has_graded("Cell quiz", 9)
    second = await stage.canvas.has_graded("Membrane quiz", 4)
    await stage.sync.posts()
    await stage.both_books.show(student, canvas=65, synergy="65.00")
    await stage.both_books.agree(student)
    await stage.canvas.deletes(second)
    report = await stage.sync.posts()
    stage.sync.ends(report, RunStatus.COMPLETED)
    await stage.both_books.show(student, canvas=90, synergy="65.00")
    await stage.both_books.differ_because_of(student, catalogue.TOTALS_MISMATCH_ORPHAN)
    await stage.synergy.unlocks(second)
    await stage.synergy.deletes(second)
    await stage.both_books.show(student, canvas=90, synergy="90.00")
    await stage.both_books.agree(student)


@scenario(proves=catalogue.TOTALS_MISMATCH_UNGRADED)
async def a_blank_that_canvas_views_as_zero_counts_there_alone(stage: Stage) -> None:
    """The second quiz is not graded for one student, and the teacher views what is ungraded as zero.

    Synergy leaves the blank out. Once the zeros are out of view both agree.
    """
    student = stage.students[0]
    await stage.canvas.has_graded("Cell quiz", 9, 8)
    second = await stage.canvas.creates("Membrane quiz")
    await stage.canvas.grades_student(second, stage.students[1], 10)
    await stage.sync.posts()
    await stage.both_books.agree(student)
    stage.both_books.views_ungraded_as_zero()
    await stage.both_books.show(student, canvas=45, synergy="90.00")
    await stage.both_books.differ_because_of(student, catalogue.TOTALS_MISMATCH_UNGRADED)
    await stage.both_books.agree(stage.students[1])
    stage.both_books.clears_filters()
    await stage.both_books.show(student, canvas=90, synergy="90.00")
    await stage.both_books.agree(student)


@scenario(proves=catalogue.TOTALS_MISMATCH_UNGRADED)
async def missing_work_is_a_zero_in_synergy_and_nothing_in_canvas(stage: Stage) -> None:
    """In Synergy the teacher gives the comment for missing work, which counts as zero.

    Canvas leaves the blank out, so it shows twice as much, until the zero is entered there and posted.
    """
    student = stage.students[0]
    await stage.canvas.has_graded("Cell quiz", 9, 8)
    second = await stage.canvas.creates("Membrane quiz")
    await stage.canvas.grades_student(second, stage.students[1], 10)
    await stage.sync.posts()
    await stage.synergy.unlocks(second)
    await stage.synergy.comments(second, student, "MI")
    await stage.synergy.locks(second)
    await stage.both_books.show(student, canvas=90, synergy="45.00")
    await stage.both_books.differ_because_of(student, catalogue.TOTALS_MISMATCH_UNGRADED)
    await stage.canvas.grades_student(second, student, 0)
    await stage.sync.posts()
    await stage.both_books.show(student, canvas=45, synergy="45.00")
    await stage.both_books.agree(student)


@scenario(
    proves=(
        catalogue.TOTALS_MISMATCH_STALE,
        catalogue.TOTALS_MISMATCH_ORPHAN,
        catalogue.TOTALS_MISMATCH_ROUNDING,
    )
)
async def each_student_of_a_class_has_causes_of_their_own(stage: Stage) -> None:
    """One class, three students, and a parent on the telephone for each.

    The first has a deleted quiz that still counts and an excuse that did not travel, the second only the
    deleted quiz, the third neither. What the class rounds is named for those alone whose number it changes.
    """
    first, second, third = stage.students[:3]
    quiz = await stage.canvas.has_graded("Cell quiz", 9, 8, 10)
    await stage.canvas.has_graded("Membrane quiz", 6, 7, 10)
    old = await stage.canvas.has_graded("Old quiz", 3, 4, points=14)
    await stage.sync.posts()
    await stage.gradebook.sets_up(decimals=0)
    await stage.canvas.deletes(old)
    await stage.canvas.excuses(quiz, first)
    await stage.sync.posts()
    await stage.both_books.show(first, canvas=60, synergy="53")
    await stage.both_books.differ_because_of(
        first,
        catalogue.TOTALS_MISMATCH_STALE,
        catalogue.TOTALS_MISMATCH_ORPHAN,
        catalogue.TOTALS_MISMATCH_ROUNDING,
    )
    await stage.both_books.show(second, canvas=75, synergy="56")
    await stage.both_books.differ_because_of(
        second, catalogue.TOTALS_MISMATCH_ORPHAN, catalogue.TOTALS_MISMATCH_ROUNDING
    )
    await stage.both_books.agree(third)
    await stage.synergy.unlocks(old)
    await stage.synergy.deletes(old)
    await stage.both_books.agree(second)
    await stage.sync.remasters()
    await stage.both_books.agree(first)
