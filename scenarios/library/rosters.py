"""The roster: it comes from Synergy at night, and what that means for grades that travel the other way."""

from contracts import catalogue
from scenarios.script import scenario
from scenarios.stage import Stage
from sync_engine import RunStatus


@scenario(proves=catalogue.ROSTER_REVERSE_NIGHTLY)
async def a_new_student_is_in_canvas_only_after_the_night(stage: Stage) -> None:
    """The office enrolls a student in the morning.

    Synergy has the student at once, Canvas on the next day, and then a grade travels as anybody's does.
    """
    section = stage.sections[0]
    quiz = await stage.canvas.has_graded("Cell quiz", 9)
    ada = await stage.office.enrolls_new_student("Ada Newcomer")
    await stage.office.lists(ada, in_section=section)
    await stage.canvas.has_student(ada, present=False)
    stage.night_falls()
    await stage.canvas.has_student(ada, section=section)
    await stage.canvas.grades_student(quiz, ada, 8)
    report = await stage.sync.posts()
    stage.sync.ends(report, RunStatus.COMPLETED)
    await stage.synergy.shows_score(quiz, ada, 8)


@scenario(proves=(catalogue.REMASTER_MOVES_STUDENT, catalogue.ROSTER_REVERSE_NIGHTLY), course="World History")
async def a_remaster_carries_the_scores_of_a_student_who_changed_sections(stage: Stage) -> None:
    """A student changes from Period 2 to Period 4 of the same teacher.

    Canvas keeps the grades. An ordinary post takes them for sent; a remaster carries them over to the new
    class.
    """
    second, fourth = stage.sections
    student, classmate = second.students[0], fourth.students[0]
    essay = await stage.canvas.creates("Silk Road essay")
    await stage.canvas.grades_student(essay, student, 9)
    await stage.canvas.grades_student(essay, classmate, 7)
    await stage.sync.posts()
    await stage.synergy.shows_score(essay, student, 9, section=second)
    await stage.office.moves(student, to=fourth)
    await stage.canvas.has_student(student, section=second)
    stage.night_falls()
    await stage.canvas.has_student(student, section=second, present=False)
    await stage.canvas.has_student(student, section=fourth)
    await stage.canvas.shows_score(essay, student, 9)
    posted = await stage.sync.posts()
    stage.sync.says(posted, catalogue.REMASTER_MOVES_STUDENT, about=essay, student=student)
    stage.sync.wrote(posted, 0)
    await stage.synergy.shows_no_score(essay, student, section=fourth)
    remastered = await stage.sync.remasters()
    stage.sync.says(remastered, catalogue.REMASTER_MOVES_STUDENT, about=essay, student=student)
    await stage.synergy.shows_score(essay, student, 9, section=fourth)
    again = await stage.sync.posts()
    stage.sync.wrote(again, 0)


@scenario(proves=(catalogue.REMASTER_MOVES_STUDENT, catalogue.SCORE_SENT_ONCE), course="World History")
async def a_score_that_changed_after_the_move_travels_with_an_ordinary_post(stage: Stage) -> None:
    """After the move the teacher corrects one of two scores.

    The corrected one is new and goes to the new class; the other waits for a remaster, and is not lost.
    """
    second, fourth = stage.sections
    student = second.students[0]
    essay = await stage.canvas.creates("Silk Road essay")
    quiz = await stage.canvas.creates("Map quiz")
    await stage.canvas.grades_student(essay, student, 9)
    await stage.canvas.grades_student(quiz, student, 6)
    await stage.sync.posts()
    await stage.office.moves(student, to=fourth)
    stage.night_falls()
    await stage.canvas.grades_student(essay, student, 10)
    report = await stage.sync.posts()
    stage.sync.says(report, catalogue.REMASTER_MOVES_STUDENT, about=quiz, student=student)
    stage.sync.does_not_say(report, catalogue.REMASTER_MOVES_STUDENT, about=essay)
    await stage.synergy.shows_score(essay, student, 10, section=fourth)
    await stage.synergy.shows_score(essay, student, 9, section=second)
    await stage.synergy.has(quiz, copies=0, section=fourth)
    again = await stage.sync.posts()
    stage.sync.says(again, catalogue.SCORE_SENT_ONCE, about=essay, student=student)
    await stage.sync.remasters()
    await stage.synergy.shows_score(quiz, student, 6, section=fourth)


@scenario(proves=(catalogue.STUDENT_NOT_IN_CLASS, catalogue.ROSTER_REVERSE_NIGHTLY))
async def a_student_who_left_is_refused_until_the_night_takes_them_out_of_canvas(stage: Stage) -> None:
    """The office takes a student out in the morning, and the teacher, who does not know yet, grades on.

    That score is refused, the others travel, and after the night nobody speaks of it any more.
    """
    leaver, other = stage.students[:2]
    quiz = await stage.canvas.creates("Cell quiz")
    await stage.office.withdraws(leaver)
    await stage.canvas.grades(quiz, 9, 7)
    report = await stage.sync.posts()
    stage.sync.says(report, catalogue.STUDENT_NOT_IN_CLASS, about=quiz, student=leaver)
    await stage.synergy.shows_score(quiz, other, 7)
    await stage.synergy.counts_scores(quiz, 1)
    stage.night_falls()
    await stage.canvas.has_student(leaver, present=False)
    after = await stage.sync.posts()
    stage.sync.does_not_say(after, catalogue.STUDENT_NOT_IN_CLASS, about=quiz)
    stage.sync.ends(after, RunStatus.COMPLETED)


@scenario(proves=(catalogue.ROSTER_REVERSE_NIGHTLY, catalogue.CROSSLIST_FANOUT), course="World History")
async def a_section_that_opens_comes_at_night_and_gets_its_copy_of_what_is_graded_there(stage: Stage) -> None:
    """Too many students: the office opens Period 6 and moves one into it.

    On the next day the course has a third section, and what is graded there is created there too.
    """
    student = stage.sections[0].students[0]
    sixth = await stage.office.opens_section("WHIST-06", "World History - Period 6")
    await stage.office.moves(student, to=sixth)
    await stage.canvas.has_section(sixth, present=False)
    stage.night_falls()
    await stage.canvas.has_section(sixth)
    await stage.canvas.has_student(student, section=sixth)
    essay = await stage.canvas.creates("Silk Road essay")
    await stage.canvas.grades_student(essay, student, 9)
    await stage.canvas.grades_student(essay, stage.sections[1].students[0], 7)
    report = await stage.sync.posts()
    stage.sync.says(report, catalogue.CROSSLIST_FANOUT, about=essay)
    await stage.synergy.has(essay, section=sixth)
    await stage.synergy.shows_score(essay, student, 9, section=sixth)
    await stage.synergy.has(essay, section=stage.sections[1])
    await stage.synergy.has(essay, copies=0, section=stage.sections[0])
