"""Third Party Readonly.

What it keeps a teacher from, how to get around it rightly, and what happens when it is left off.
"""

from contracts import catalogue
from scenarios.script import scenario
from scenarios.stage import Stage
from sync_engine import RunStatus


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
    await stage.synergy.cannot_save(quiz, because=catalogue.LOCKED_EDIT_REFUSED, points=20, max_score=20)
    await stage.synergy.cannot_type_score(quiz, student, 4, because=catalogue.LOCKED_EDIT_REFUSED)
    await stage.synergy.shows(quiz, points=10, max_score=10)
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
