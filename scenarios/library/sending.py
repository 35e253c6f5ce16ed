"""Part III of the district page: what an ordinary post sends, and what it leaves alone."""

from datetime import timedelta

from contracts import catalogue
from scenarios.script import scenario
from scenarios.stage import Stage
from sync_engine import Policy, RunStatus


@scenario(proves=catalogue.MANUAL_TRIGGER)
async def nothing_travels_until_the_teacher_posts(stage: Stage) -> None:
    """Grading alone sends nothing, a night passing sends nothing, and the nightly schedule is turned away.

    The teacher's post sends.
    """
    quiz = await stage.canvas.has_graded("Cell quiz", 9, 7)
    stage.waits(timedelta(hours=16))
    report = await stage.sync.night_comes()
    stage.sync.says(report, catalogue.MANUAL_TRIGGER)
    stage.sync.wrote(report, 0)
    await stage.synergy.has(quiz, copies=0)
    await stage.sync.posts()
    await stage.synergy.shows_score(quiz, stage.students[0], 9)


@scenario(proves=catalogue.MANUAL_TRIGGER, policy=Policy(nightly_sync=True))
async def where_the_district_turned_the_nightly_sync_on_the_night_sends(stage: Stage) -> None:
    """Other districts let the schedule post by itself: the same night then sends what was graded."""
    quiz = await stage.canvas.has_graded("Cell quiz", 9, 7)
    report = await stage.sync.night_comes()
    stage.sync.ends(report, RunStatus.COMPLETED)
    await stage.synergy.shows_score(quiz, stage.students[0], 9)
    await stage.sync.posts()


@scenario(proves=catalogue.SELECT_DEFAULT_ALL)
async def every_flagged_assignment_is_selected_until_the_teacher_deselects_it(stage: Stage) -> None:
    """With one assignment deselected only the other travels.

    A post with nothing deselected sends the rest.
    """
    quiz = await stage.canvas.has_graded("Cell quiz", 9)
    essay = await stage.canvas.has_graded("Photosynthesis essay", 18, group="Homework", points=20)
    first = await stage.sync.posts(only=(quiz,))
    stage.sync.says(first, catalogue.SELECT_DEFAULT_ALL, about=essay)
    await stage.synergy.has(quiz, copies=1)
    await stage.synergy.has(essay, copies=0)
    await stage.sync.posts()
    await stage.synergy.has(essay, copies=1)


@scenario(proves=catalogue.UNGRADED_NOT_CREATED)
async def an_assignment_without_scores_is_silently_left_out(stage: Stage) -> None:
    """The post is a success and the assignment is nowhere: it needs one score.

    With one score it is created.
    """
    quiz = await stage.canvas.creates("Cell quiz")
    report = await stage.sync.posts()
    stage.sync.ends(report, RunStatus.COMPLETED)
    stage.sync.says(report, catalogue.UNGRADED_NOT_CREATED, about=quiz)
    stage.sync.wrote(report, 0)
    await stage.synergy.has(quiz, copies=0)
    await stage.canvas.grades(quiz, 9)
    await stage.sync.posts()
    await stage.synergy.has(quiz, copies=1)


@scenario(proves=catalogue.FIRST_SEND_CREATES)
async def the_first_post_creates_the_assignment_locked_with_its_scores(stage: Stage) -> None:
    """Name, type, points and due date arrive, and Third Party Readonly is on.

    Each graded student has the score; nobody else has one.
    """
    first, second, third, fourth = stage.students[:4]
    quiz = await stage.canvas.has_graded("Cell quiz", 9, 7.5, 0)
    report = await stage.sync.posts()
    stage.sync.says(report, catalogue.FIRST_SEND_CREATES, about=quiz)
    stage.sync.wrote(report, 4)
    await stage.synergy.shows(
        quiz, name="Cell quiz", type="Quizzes", points=10, max_score=10, due_date="2026-09-21"
    )
    await stage.synergy.shows(quiz, readonly=True, grading_periods=("Progress 1", "Quarter 1", "Semester 1"))
    await stage.synergy.shows_score(quiz, first, 9)
    await stage.synergy.shows_score(quiz, second, 7.5)
    await stage.synergy.shows_score(quiz, third, 0)
    await stage.synergy.shows_no_score(quiz, fourth)


@scenario(proves=catalogue.SCORE_SENT_ONCE)
async def a_second_post_of_an_unchanged_class_writes_nothing(stage: Stage) -> None:
    """Every score was sent, nothing changed: the second post is a success, and Synergy is not touched."""
    quiz = await stage.canvas.has_graded("Cell quiz", 9, 7, 8)
    await stage.sync.posts()
    stage.waits(timedelta(days=1))
    second = await stage.sync.posts()
    stage.sync.ends(second, RunStatus.COMPLETED)
    stage.sync.says(second, catalogue.SCORE_SENT_ONCE, about=quiz, student=stage.students[0])
    stage.sync.wrote(second, 0)
    await stage.synergy.counts_scores(quiz, 3)


@scenario(proves=catalogue.SCORE_SENT_ONCE)
async def a_score_that_was_altered_in_synergy_is_not_corrected_by_an_ordinary_post(stage: Stage) -> None:
    """Somebody unlocks and types another score in Synergy.

    Canvas believes that its score arrived, so a post leaves the wrong one there.
    """
    student = stage.students[0]
    quiz = await stage.canvas.has_graded("Cell quiz", 9)
    await stage.sync.posts()
    await stage.synergy.unlocks(quiz)
    await stage.synergy.types_score(quiz, student, 4)
    await stage.synergy.locks(quiz)
    report = await stage.sync.posts()
    stage.sync.says(report, catalogue.SCORE_SENT_ONCE, about=quiz, student=student)
    stage.sync.wrote(report, 0)
    await stage.synergy.shows_score(quiz, student, 4)


@scenario(proves=catalogue.SCORE_CHANGE_RESENDS)
async def a_changed_score_replaces_the_one_in_synergy_and_only_that_one_travels(stage: Stage) -> None:
    """One of three scores changes: one write, and the gradebook has the new score."""
    first, second, _third = stage.students[:3]
    quiz = await stage.canvas.has_graded("Cell quiz", 9, 7, 8)
    await stage.sync.posts()
    await stage.canvas.grades_student(quiz, second, 10)
    report = await stage.sync.posts()
    stage.sync.says(report, catalogue.SCORE_CHANGE_RESENDS, about=quiz, student=second)
    stage.sync.wrote(report, 1)
    await stage.synergy.shows_score(quiz, second, 10)
    await stage.synergy.shows_score(quiz, first, 9)
    await stage.synergy.counts_scores(quiz, 3)


@scenario(proves=catalogue.UPDATE_NEEDS_SCORE_CHANGE)
async def changed_details_wait_for_a_changed_score(stage: Stage) -> None:
    """New points and a new name stay in Canvas until one score of the assignment changes.

    Then they ride along.
    """
    quiz = await stage.canvas.has_graded("Cell quiz", 9, 7)
    await stage.sync.posts()
    await stage.canvas.edits(quiz, points_possible=20, name="Cell structure quiz")
    held = await stage.sync.posts()
    stage.sync.says(held, catalogue.UPDATE_NEEDS_SCORE_CHANGE, about=quiz)
    stage.sync.wrote(held, 0)
    await stage.synergy.shows(quiz, points=10, name="Cell quiz")
    await stage.canvas.grades_student(quiz, stage.students[0], 10)
    report = await stage.sync.posts()
    stage.sync.says(report, catalogue.UPDATE_NEEDS_SCORE_CHANGE, about=quiz)
    await stage.synergy.shows(quiz, points=20, name="Cell structure quiz")
    await stage.synergy.shows_score(quiz, stage.students[0], 10)


@scenario(proves=catalogue.SCORE_CLEARED_NOT_SENT)
async def a_score_that_was_cleared_in_canvas_stays_in_synergy(stage: Stage) -> None:
    """The teacher deletes a score by mistake or on purpose.

    An ordinary post does not take it out of Synergy, and says so.
    """
    student = stage.students[0]
    quiz = await stage.canvas.has_graded("Cell quiz", 9, 7)
    await stage.sync.posts()
    await stage.canvas.clears(quiz, student)
    report = await stage.sync.posts()
    stage.sync.says(report, catalogue.SCORE_CLEARED_NOT_SENT, about=quiz, student=student)
    stage.sync.wrote(report, 0)
    await stage.synergy.shows_score(quiz, student, 9)


@scenario(proves=catalogue.HIDDEN_GRADES_STILL_SENT)
async def a_score_that_is_hidden_in_canvas_travels_all_the_same(stage: Stage) -> None:
    """The teacher keeps the grades of a quiz hidden while grading; the post sends them, and says so.

    Families then read in Synergy what Canvas does not show them.
    """
    student = stage.students[0]
    quiz = await stage.canvas.creates("Cell quiz")
    await stage.canvas.hides_its_grades(quiz)
    await stage.canvas.grades(quiz, 9, 7)
    report = await stage.sync.posts()
    stage.sync.says(report, catalogue.HIDDEN_GRADES_STILL_SENT, about=quiz, student=student)
    await stage.synergy.shows_score(quiz, student, 9)


@scenario(proves=catalogue.HIDDEN_GRADES_STILL_SENT, policy=Policy(hidden_scores="hold"))
async def a_district_that_holds_hidden_scores_sends_them_once_they_are_posted_in_canvas(
    stage: Stage,
) -> None:
    """While every score is hidden neither a post nor a remaster creates the quiz, and the report says why.

    Posted to students in Canvas, the scores travel with the next post. Where only some are hidden, the others
    travel.
    """
    quiz = await stage.canvas.creates("Cell quiz")
    await stage.canvas.hides_its_grades(quiz)
    await stage.canvas.grades(quiz, 9, 7)
    post = await stage.sync.posts()
    stage.sync.says(post, catalogue.HIDDEN_GRADES_STILL_SENT, about=quiz)
    stage.sync.wrote(post, 0)
    remaster = await stage.sync.remasters()
    stage.sync.says(remaster, catalogue.HIDDEN_GRADES_STILL_SENT, about=quiz)
    stage.sync.wrote(remaster, 0)
    await stage.synergy.has(quiz, copies=0)
    await stage.canvas.posts_its_grades(quiz)
    await stage.sync.posts()
    await stage.synergy.shows_score(quiz, stage.students[0], 9)
    await stage.synergy.shows_score(quiz, stage.students[1], 7)
    essay = await stage.canvas.has_graded("Photosynthesis essay", 8)
    await stage.canvas.hides_its_grades(essay)
    await stage.canvas.grades_student(essay, stage.students[1], 6)
    report = await stage.sync.posts()
    stage.sync.says(report, catalogue.HIDDEN_GRADES_STILL_SENT, about=essay, student=stage.students[1])
    await stage.synergy.shows_score(essay, stage.students[0], 8)
    await stage.synergy.shows_score(essay, stage.students[1], None)


@scenario(proves=catalogue.DELETE_NOT_PROPAGATED)
async def an_assignment_deleted_in_canvas_stays_in_synergy(stage: Stage) -> None:
    """Synergy is told nothing.

    The orphan stays, locked and with its scores, until the teacher unlocks, saves and deletes it there.
    """
    quiz = await stage.canvas.has_graded("Cell quiz", 9, 7)
    await stage.sync.posts()
    await stage.canvas.deletes(quiz)
    report = await stage.sync.posts()
    stage.sync.says(report, catalogue.DELETE_NOT_PROPAGATED, about=quiz)
    stage.sync.wrote(report, 0)
    await stage.synergy.shows(quiz, readonly=True)
    await stage.synergy.counts_scores(quiz, 2)
    await stage.synergy.unlocks(quiz)
    await stage.synergy.deletes(quiz)
    await stage.synergy.has(quiz, copies=0)


@scenario(proves=catalogue.DELETE_THEN_RESYNC, policy=Policy(missing_target="error"))
async def where_a_deleted_target_is_an_error_only_a_remaster_brings_it_back(stage: Stage) -> None:
    """In this district a post does not create again what was deleted in Synergy.

    The changed score is refused with what to do; the remaster creates the quiz again, with every score.
    """
    quiz = await stage.canvas.has_graded("Cell quiz", 9, 7)
    await stage.sync.posts()
    await stage.synergy.unlocks(quiz)
    await stage.synergy.deletes(quiz)
    await stage.canvas.grades_student(quiz, stage.students[0], 10)
    refused = await stage.sync.posts()
    stage.sync.refuses(refused, catalogue.DELETE_THEN_RESYNC, about=quiz)
    await stage.synergy.has(quiz, copies=0)
    report = await stage.sync.remasters()
    stage.sync.ends(report, RunStatus.COMPLETED)
    await stage.synergy.has(quiz, copies=1)
    await stage.synergy.counts_scores(quiz, 2)
    await stage.synergy.shows_score(quiz, stage.students[0], 10)


@scenario(proves=catalogue.DELETE_THEN_RESYNC)
async def an_assignment_deleted_in_synergy_comes_back_with_the_next_changed_score(stage: Stage) -> None:
    """While nothing changes the sync believes that all is well.

    One changed score creates it again, with every score.
    """
    quiz = await stage.canvas.has_graded("Cell quiz", 9, 7, 8)
    await stage.sync.posts()
    await stage.synergy.unlocks(quiz)
    await stage.synergy.deletes(quiz)
    unchanged = await stage.sync.posts()
    stage.sync.wrote(unchanged, 0)
    await stage.synergy.has(quiz, copies=0)
    await stage.canvas.grades_student(quiz, stage.students[0], 10)
    report = await stage.sync.posts()
    stage.sync.says(report, catalogue.DELETE_THEN_RESYNC, about=quiz)
    await stage.synergy.has(quiz, copies=1)
    await stage.synergy.counts_scores(quiz, 3)
    await stage.synergy.shows_score(quiz, stage.students[0], 10)
