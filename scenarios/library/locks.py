"""Third Party Readonly.

What it keeps a teacher from, how to get around it rightly, and what happens when it is left off.
"""

from dataclasses import replace

from contracts import catalogue
from scenarios.script import scenario
from scenarios.stage import Stage
from simulator.profiles import KHSD, ProviderDeviations
from sync_engine import RunStatus

MINDS_TYPED_SCORES = replace(
    KHSD, name="khsd, typed scores stay", provider=ProviderDeviations(typed_scores="refuse")
)
MINDS_SECOND_COPIES = replace(KHSD, name="khsd, no second copies", same_name_and_date="refuse")


@scenario(proves=catalogue.READONLY_OFF_ERROR)
async def an_unlocked_assignment_is_refused_until_it_is_locked_again(stage: Stage) -> None:
    """A teacher unlocks to look around and forgets to lock again; the next post says so and loses nothing."""
    student = stage.students[0]
    quiz = await stage.canvas.has_graded("Cell quiz", 9, 7)
    await stage.sync.posts()
    await stage.synergy.unlocks(quiz)
    await stage.canvas.grades_student(quiz, student, 10)
    refused = await stage.sync.posts()
    stage.sync.refuses(refused, catalogue.READONLY_OFF_ERROR, about=quiz, naming="Cell quiz")
    stage.sync.ends(refused, RunStatus.WARNING)
    await stage.synergy.shows_score(quiz, student, 9)
    await stage.synergy.locks(quiz)
    report = await stage.sync.posts()
    stage.sync.ends(report, RunStatus.COMPLETED)
    await stage.synergy.shows_score(quiz, student, 10)


@scenario(proves=catalogue.READONLY_OFF_ERROR)
async def an_unlocked_assignment_refuses_new_details_too(stage: Stage) -> None:
    """The open lock refuses the assignment as a whole.

    New points would ride with a changed score, but nothing of it arrives, while another assignment travels.
    """
    quiz = await stage.canvas.has_graded("Cell quiz", 9)
    await stage.sync.posts()
    await stage.synergy.unlocks(quiz)
    await stage.canvas.edits(quiz, points_possible=20)
    await stage.canvas.grades(quiz, 10)
    essay = await stage.canvas.has_graded("Photosynthesis essay", 18, group="Homework", points=20)
    report = await stage.sync.posts()
    stage.sync.refuses(report, catalogue.READONLY_OFF_ERROR, about=quiz)
    await stage.synergy.shows(quiz, points=10)
    await stage.synergy.shows_score(essay, stage.students[0], 18)


@scenario(proves=catalogue.LOCKED_EDIT_REFUSED)
async def a_locked_assignment_cannot_be_edited_in_synergy(stage: Stage) -> None:
    """Canvas owns it.

    Neither its points, nor its periods, nor a score can be changed in Synergy, and nothing is half-saved.
    """
    student = stage.students[0]
    quiz = await stage.canvas.has_graded("Cell quiz", 9)
    await stage.sync.posts()
    quarter = [await stage.gradebook.period_id("Quarter 1")]
    await stage.synergy.cannot_save(quiz, because=catalogue.LOCKED_EDIT_REFUSED, points=20, max_score=20)
    await stage.synergy.cannot_save(quiz, because=catalogue.LOCKED_EDIT_REFUSED, grading_period_ids=quarter)
    await stage.synergy.cannot_type_score(quiz, student, 4, because=catalogue.LOCKED_EDIT_REFUSED)
    await stage.synergy.shows(
        quiz, points=10, max_score=10, grading_periods=("Progress 1", "Quarter 1", "Semester 1")
    )
    await stage.synergy.shows_score(quiz, student, 9)


@scenario(proves=(catalogue.UNLOCK_EDIT_RELOCK, catalogue.LOCKED_EDIT_REFUSED))
async def unlock_change_save_then_lock_and_save_changes_what_canvas_owns(stage: Stage) -> None:
    """The right way to change points in Synergy.

    Unlock and change in one save, lock in a second. Then it is closed again, and posts work.
    """
    quiz = await stage.canvas.has_graded("Cell quiz", 9)
    await stage.sync.posts()
    await stage.synergy.cannot_save(quiz, because=catalogue.LOCKED_EDIT_REFUSED, points=20)
    await stage.synergy.saves(quiz, third_party_readonly=False, points=20)
    await stage.synergy.shows(quiz, points=20, readonly=False)
    await stage.synergy.locks(quiz)
    await stage.synergy.cannot_save(quiz, because=catalogue.LOCKED_EDIT_REFUSED, points=30)
    await stage.canvas.grades(quiz, 10)
    report = await stage.sync.posts()
    stage.sync.ends(report, RunStatus.COMPLETED)
    await stage.synergy.shows_score(quiz, stage.students[0], 10)
    await stage.synergy.shows(quiz, points=20, readonly=True)


@scenario(proves=(catalogue.DELETE_LOCKED_REFUSED, catalogue.UNLOCK_SAVE_FIRST))
async def a_locked_assignment_can_be_deleted_only_after_the_unlock_was_saved(stage: Stage) -> None:
    """Locked: refused. Toggle turned off but not saved: still refused. Unlocked and saved: deleted."""
    quiz = await stage.canvas.has_graded("Cell quiz", 9)
    await stage.sync.posts()
    await stage.synergy.cannot_delete(quiz, because=catalogue.DELETE_LOCKED_REFUSED)
    await stage.synergy.cannot_delete(quiz, unlocking=True, because=catalogue.UNLOCK_SAVE_FIRST)
    await stage.synergy.counts_scores(quiz, 1)
    await stage.synergy.unlocks(quiz)
    await stage.synergy.deletes(quiz)
    await stage.synergy.has(quiz, copies=0)


@scenario(proves=(catalogue.SCORES_ENTERED_IN_SYNERGY_LOST, catalogue.SCORE_SENT_ONCE))
async def a_score_typed_in_synergy_is_lost_when_canvas_sends_that_cell_again(stage: Stage) -> None:
    """The teacher unlocks the quiz, types a 4 in Synergy, and locks it again.

    Posts that send nothing for that student leave the 4 where it is, so it looks safe. It is gone with the
    first score that changes in Canvas; and a remaster takes the next one away although nothing has changed.
    """
    student, other = stage.students[:2]
    quiz = await stage.canvas.has_graded("Cell quiz", 9, 7)
    await stage.sync.posts()
    await stage.synergy.unlocks(quiz)
    await stage.synergy.types_score(quiz, student, 4)
    await stage.synergy.locks(quiz)
    await stage.canvas.grades_student(quiz, other, 8)
    report = await stage.sync.posts()
    stage.sync.says(report, catalogue.SCORE_SENT_ONCE, about=quiz, student=student)
    await stage.synergy.shows_score(quiz, student, 4)
    await stage.canvas.grades_student(quiz, student, 10)
    await stage.sync.posts()
    await stage.synergy.shows_score(quiz, student, 10)
    await stage.synergy.unlocks(quiz)
    await stage.synergy.types_score(quiz, student, 5)
    await stage.synergy.locks(quiz)
    await stage.sync.remasters()
    await stage.synergy.shows_score(quiz, student, 10)


@scenario(proves=catalogue.SCORES_ENTERED_IN_SYNERGY_LOST, profile=MINDS_TYPED_SCORES)
async def where_typed_scores_are_kept_the_sync_is_refused_until_the_cell_is_emptied(stage: Stage) -> None:
    """Some systems keep what a teacher typed, and refuse that cell to the sync.

    The report says so, the other student's score arrives, and once the cell is empty again so does this one.
    """
    student, other = stage.students[:2]
    quiz = await stage.canvas.has_graded("Cell quiz", 9, 7)
    await stage.sync.posts()
    await stage.synergy.unlocks(quiz)
    await stage.synergy.types_score(quiz, student, 4)
    await stage.synergy.locks(quiz)
    await stage.canvas.grades(quiz, 10, 8)
    refused = await stage.sync.posts()
    stage.sync.refuses(refused, catalogue.SCORES_ENTERED_IN_SYNERGY_LOST, about=quiz, naming="by hand")
    await stage.synergy.shows_score(quiz, student, 4)
    await stage.synergy.shows_score(quiz, other, 8)
    await stage.synergy.unlocks(quiz)
    await stage.synergy.empties_cell(quiz, student)
    await stage.synergy.locks(quiz)
    report = await stage.sync.posts()
    stage.sync.ends(report, RunStatus.COMPLETED)
    await stage.synergy.shows_score(quiz, student, 10)


@scenario(proves=catalogue.ASSIGNMENTS_SCREEN_REFUSED)
async def the_assignments_screen_changes_nothing_that_came_from_canvas(stage: Stage) -> None:
    """The screen for many assignments at once changes a teacher's own.

    With one from Canvas among them, unlocked or not, it saves none: no date and no grading period.
    """
    quiz = await stage.canvas.has_graded("Cell quiz", 9)
    await stage.sync.posts()
    own = await stage.gradebook.adds("Reading log")
    await stage.gradebook.saves_many(own, due_date="2026-10-02")
    await stage.synergy.unlocks(quiz)
    await stage.gradebook.cannot_save_many(
        own, quiz, due_date="2026-10-09", because=catalogue.ASSIGNMENTS_SCREEN_REFUSED
    )
    quarter = [await stage.gradebook.period_id("Quarter 1")]
    await stage.gradebook.cannot_save_many(
        quiz, grading_period_ids=quarter, because=catalogue.ASSIGNMENTS_SCREEN_REFUSED
    )
    await stage.synergy.shows(own, due_date="2026-10-02")
    await stage.synergy.shows(quiz, grading_periods=("Progress 1", "Quarter 1", "Semester 1"))
    await stage.synergy.shows(quiz, due_date="2026-09-21")


@scenario(proves=(catalogue.DUPLICATES_DELETE, catalogue.DELETE_LOCKED_REFUSED))
async def a_duplicate_is_unlocked_and_saved_and_then_deleted(stage: Stage) -> None:
    """One morning the quiz is there twice.

    The copy goes like anything that is locked, and the quiz stays in step with Canvas.
    """
    student = stage.students[0]
    quiz = await stage.canvas.has_graded("Cell quiz", 9)
    await stage.sync.posts()
    await stage.gradebook.finds_twice(quiz)
    await stage.synergy.has(quiz, copies=2)
    await stage.synergy.cannot_delete(quiz, copy=1, because=catalogue.DELETE_LOCKED_REFUSED)
    await stage.synergy.unlocks(quiz, copy=1)
    await stage.synergy.deletes(quiz, copy=1)
    await stage.synergy.has(quiz, copies=1)
    await stage.canvas.grades_student(quiz, student, 10)
    report = await stage.sync.posts()
    stage.sync.ends(report, RunStatus.COMPLETED)
    await stage.synergy.shows_score(quiz, student, 10)


@scenario(proves=(catalogue.DUPLICATES_CAUSE, catalogue.DUPLICATES_DELETE))
async def a_sync_that_lost_its_links_sends_the_quiz_a_second_time(stage: Stage) -> None:
    """Another program sends the quiz under a new id, with the same name and due date.

    Now it is there twice. Canvas goes on writing into the first one only; the other one is unlocked, saved
    and deleted.
    """
    student = stage.students[0]
    quiz = await stage.canvas.has_graded("Cell quiz", 9)
    await stage.sync.posts()
    await stage.other_program.sends_again(quiz)
    await stage.synergy.has(quiz, copies=2)
    await stage.canvas.grades_student(quiz, student, 10)
    await stage.sync.posts()
    await stage.synergy.shows_score(quiz, student, 10)
    await stage.synergy.unlocks(quiz, copy=1)
    await stage.synergy.deletes(quiz, copy=1)
    await stage.synergy.has(quiz, copies=1)
    await stage.synergy.shows_score(quiz, student, 10)


@scenario(proves=catalogue.DUPLICATES_CAUSE, profile=MINDS_SECOND_COPIES)
async def where_second_copies_are_refused_the_quiz_is_there_once(stage: Stage) -> None:
    """Some systems refuse a second assignment of the same name and due date.

    The other program is told so, and what belongs to Canvas is as it was.
    """
    student = stage.students[0]
    quiz = await stage.canvas.has_graded("Cell quiz", 9)
    await stage.sync.posts()
    await stage.other_program.cannot_send_again(quiz, because="already")
    await stage.synergy.has(quiz, copies=1)
    await stage.canvas.grades_student(quiz, student, 10)
    report = await stage.sync.posts()
    stage.sync.ends(report, RunStatus.COMPLETED)
    await stage.synergy.shows_score(quiz, student, 10)


@scenario(proves=(catalogue.DUPLICATES_ACROSS_SECTIONS, catalogue.DUPLICATES_DELETE), course="World History")
async def a_duplicate_in_two_sections_goes_once_the_other_is_unlocked_in_both(stage: Stage) -> None:
    """Cross-listed, so the essay is twice in each of two classes.

    Unlocking the copy is not enough: the other one has to be unlocked in all class sections first.
    """
    second, fourth = stage.sections
    essay = await stage.canvas.creates("Silk Road essay")
    await stage.canvas.grades_student(essay, second.students[0], 9)
    await stage.canvas.grades_student(essay, fourth.students[0], 7)
    await stage.sync.posts()
    await stage.gradebook.finds_twice(essay)
    await stage.synergy.has(essay, copies=2, section=fourth)
    await stage.synergy.unlocks(essay, second, copy=1)
    await stage.synergy.cannot_delete(
        essay, copy=1, section=second, because=catalogue.DUPLICATES_ACROSS_SECTIONS
    )
    await stage.synergy.unlocks(essay, second)
    await stage.synergy.unlocks(essay, fourth)
    await stage.synergy.unlocks(essay, fourth, copy=1)
    await stage.synergy.deletes(essay, second, copy=1)
    await stage.synergy.deletes(essay, fourth, copy=1)
    await stage.synergy.locks(essay, second)
    await stage.synergy.locks(essay, fourth)
    await stage.synergy.has(essay, copies=1, section=second)
    await stage.synergy.has(essay, copies=1, section=fourth)


@scenario(proves=(catalogue.UNLOCK_EDIT_RELOCK, catalogue.LOCKED_EDIT_REFUSED))
async def what_is_shown_only_when_scored_is_hidden_from_a_family_until_its_score_arrives(
    stage: Stage,
) -> None:
    """The teacher unlocks the quiz, ticks "show only when scored", saves, and locks it again.

    A family whose child has a score goes on seeing it, the other one does not, and the teacher does. The next
    post brings the missing score, leaves the tick alone, and the quiz is there for both.
    """
    graded, waiting = stage.students[:2]
    quiz = await stage.canvas.has_graded("Cell quiz", 9)
    await stage.sync.posts()
    await stage.gradebook.shows_family(waiting, quiz)
    await stage.synergy.cannot_save(quiz, show_only_when_scored=True, because=catalogue.LOCKED_EDIT_REFUSED)
    await stage.synergy.saves(quiz, third_party_readonly=False, show_only_when_scored=True)
    await stage.synergy.locks(quiz)
    await stage.gradebook.shows_family(graded, quiz)
    await stage.gradebook.shows_family(waiting)
    await stage.gradebook.shows(quiz, period="Progress 1")
    await stage.canvas.grades_student(quiz, waiting, 7)
    await stage.sync.posts()
    await stage.synergy.shows(quiz, show_only_when_scored=True)
    await stage.gradebook.shows_family(waiting, quiz)
