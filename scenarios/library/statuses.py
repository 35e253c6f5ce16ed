"""None, Late, Missing, Excused: a status alone never travels, and rides along with a score."""

from contracts import catalogue
from scenarios.script import scenario
from scenarios.stage import Stage


@scenario(proves=catalogue.STATUS_CHANGE_NOT_RESENT)
async def a_status_alone_is_not_sent(stage: Stage) -> None:
    """The teacher marks a sent score late.

    The post succeeds, sends nothing, and Synergy keeps the old status.
    """
    student = stage.students[0]
    quiz = await stage.canvas.has_graded("Cell quiz", 9, 7)
    await stage.sync.posts()
    await stage.canvas.sets_status(quiz, student, "late")
    report = await stage.sync.posts()
    stage.sync.says(report, catalogue.STATUS_CHANGE_NOT_RESENT, about=quiz, student=student)
    stage.sync.wrote(report, 0)
    await stage.synergy.shows_score(quiz, student, 9, code="")


@scenario(proves=catalogue.STATUS_CHANGE_NOT_RESENT)
async def excusing_a_student_after_the_score_was_sent_does_not_reach_synergy(stage: Stage) -> None:
    """In Canvas the student is excused; in Synergy the old score still counts.

    The status alone does not travel.
    """
    student = stage.students[0]
    quiz = await stage.canvas.has_graded("Cell quiz", 4, 7)
    await stage.sync.posts()
    await stage.canvas.excuses(quiz, student)
    report = await stage.sync.posts()
    stage.sync.says(report, catalogue.STATUS_CHANGE_NOT_RESENT, about=quiz, student=student)
    stage.sync.wrote(report, 0)
    await stage.synergy.shows_score(quiz, student, 4)


@scenario(proves=catalogue.STATUS_RIDES_WITH_SCORE)
async def a_status_rides_along_when_its_score_changes(stage: Stage) -> None:
    """Late is set and the score changed.

    Both arrive. A late score that is sent for the first time carries its status too.
    """
    first, second, third = stage.students[:3]
    quiz = await stage.canvas.has_graded("Cell quiz", 9, 7)
    await stage.sync.posts()
    await stage.canvas.sets_status(quiz, first, "late")
    await stage.canvas.grades_student(quiz, first, 8)
    await stage.canvas.grades_student(quiz, third, 6)
    await stage.canvas.sets_status(quiz, third, "missing")
    report = await stage.sync.posts()
    stage.sync.says(report, catalogue.STATUS_RIDES_WITH_SCORE, about=quiz, student=first)
    stage.sync.wrote(report, 2)
    await stage.synergy.shows_score(quiz, first, 8, code="L")
    await stage.synergy.shows_score(quiz, second, 7, code="")
    await stage.synergy.shows_score(quiz, third, 6, code="MI")


@scenario(proves=(catalogue.STATUS_RIDES_WITH_SCORE, catalogue.STATUS_CHANGE_NOT_RESENT))
async def taking_a_status_back_also_waits_for_a_changed_score(stage: Stage) -> None:
    """A score arrived as late.

    Taking "late" back alone does not travel; with a changed score the code disappears.
    """
    student = stage.students[0]
    quiz = await stage.canvas.has_graded("Cell quiz", 9)
    await stage.canvas.sets_status(quiz, student, "late")
    await stage.sync.posts()
    await stage.synergy.shows_score(quiz, student, 9, code="L")
    await stage.canvas.sets_status(quiz, student, "none")
    await stage.sync.posts()
    await stage.synergy.shows_score(quiz, student, 9, code="L")
    await stage.canvas.grades_student(quiz, student, 10)
    await stage.sync.posts()
    await stage.synergy.shows_score(quiz, student, 10, code="")
