"""When things go wrong between the systems.

Lost answers, a stopped engine, an unreachable Synergy, two posts at once.
"""

from dataclasses import replace

from contracts import catalogue
from scenarios.script import scenario
from scenarios.stage import Stage
from simulator.profiles import KHSD
from sync_engine import RunStatus

COSTLY_REQUESTS = replace(KHSD, name="khsd, costly requests", canvas_request_cost=50.0)
"""Eleven requests fill the bucket."""


@scenario(proves=catalogue.SCORE_SENT_ONCE)
async def the_engine_stops_in_the_middle_and_a_second_post_completes_it(stage: Stage) -> None:
    """The engine's process ends before it hears that its fourth write arrived.

    Posting again repeats that one and sends the rest: every score is there exactly once.
    """
    quiz = await stage.canvas.has_graded("Cell quiz", 9, 7, 8, 6, 10)
    await stage.engine_stops_after(writes=4)
    await stage.synergy.counts_scores(quiz, 3)
    report = await stage.sync.posts()
    stage.sync.ends(report, RunStatus.COMPLETED)
    stage.sync.says(report, catalogue.SCORE_SENT_ONCE, about=quiz)
    stage.sync.wrote(report, 3)
    await stage.synergy.has(quiz, copies=1)
    await stage.synergy.counts_scores(quiz, 5)
    await stage.synergy.shows_score(quiz, stage.students[2], 8)
    await stage.synergy.shows_score(quiz, stage.students[4], 10)
    again = await stage.sync.posts()
    stage.sync.wrote(again, 0)


@scenario(proves=catalogue.SCORE_SENT_ONCE)
async def a_lost_answer_is_healed_by_sending_the_same_score_again(stage: Stage) -> None:
    """Synergy took the score, but its answer never came back.

    The engine repeats the same write under the same id: one score, not two.
    """
    student = stage.students[0]
    quiz = await stage.canvas.creates("Cell quiz")
    await stage.canvas.grades(quiz, 9, 7)
    stage.answer_to_next_score_is_lost(student=student)
    report = await stage.sync.posts()
    stage.sync.ends(report, RunStatus.COMPLETED)
    stage.expects_writes_of(quiz, student, 2)
    await stage.synergy.counts_scores(quiz, 2)
    second = await stage.sync.posts()
    stage.sync.says(second, catalogue.SCORE_SENT_ONCE, about=quiz, student=student)
    stage.sync.wrote(second, 0)


@scenario(proves=catalogue.SYNC_TRANSPORT_FAIL)
async def an_unreachable_synergy_fails_the_run_clearly_and_loses_nothing(stage: Stage) -> None:
    """Synergy is down for the whole first post.

    The run says which system, nothing is marked as sent, and the next post sends all.
    """
    quiz = await stage.canvas.has_graded("Cell quiz", 9, 7)
    stage.synergy_is_unreachable(times=20)
    report = await stage.sync.posts()
    stage.sync.ends(report, RunStatus.FAILED)
    stage.sync.says(report, catalogue.SYNC_TRANSPORT_FAIL)
    stage.synergy_is_back()
    await stage.sync.posts()
    await stage.synergy.counts_scores(quiz, 2)


@scenario(proves=catalogue.SYNC_TRANSPORT_FAIL)
async def one_score_that_cannot_be_delivered_stays_to_be_sent(stage: Stage) -> None:
    """All answers to one score get lost.

    That score is reported as failed, the others arrive, and the next post repeats it.
    """
    unlucky = stage.students[0]
    quiz = await stage.canvas.has_graded("Cell quiz", 9, 7, 8)
    stage.answer_to_next_score_is_lost(student=unlucky, times=20)
    report = await stage.sync.posts()
    stage.sync.says(report, catalogue.SYNC_TRANSPORT_FAIL, about=quiz, student=unlucky)
    stage.sync.ends(report, RunStatus.WARNING)
    stage.synergy_is_back()
    second = await stage.sync.posts()
    stage.sync.wrote(second, 1)
    await stage.synergy.counts_scores(quiz, 3)


@scenario(proves=catalogue.SYNC_QUEUE)
async def a_second_post_of_the_same_gradebook_waits_its_turn(stage: Stage) -> None:
    """The teacher presses Post Grades twice.

    The second run is turned away while the first is at work, and nothing is sent twice.
    """
    quiz = await stage.canvas.has_graded("Cell quiz", 9, 7)
    first, second = await stage.sync.posts_twice_at_once()
    stage.sync.ends(first, RunStatus.COMPLETED)
    stage.sync.says(second, catalogue.SYNC_QUEUE)
    await stage.synergy.counts_scores(quiz, 2)
    stage.expects_writes_of(quiz, stage.students[0], 1)


@scenario(proves=catalogue.SIS_VALIDATION)
async def a_refusal_that_nobody_documented_is_shown_in_the_words_of_synergy(stage: Stage) -> None:
    """Synergy refuses one score for a reason of its own.

    The report shows its words, and the other scores travel.
    """
    student = stage.students[0]
    quiz = await stage.canvas.has_graded("Cell quiz", 9, 7)
    stage.synergy_refuses_next_score(
        student=student, words="Rest Easy: the quarter is being closed by the office"
    )
    report = await stage.sync.posts()
    stage.sync.says(report, catalogue.SIS_VALIDATION, about=quiz, student=student)
    stage.sync.quotes(report, "the quarter is being closed", about=quiz)
    await stage.synergy.counts_scores(quiz, 1)


@scenario(proves=catalogue.CANVAS_RATE_LIMIT, groups=("Quizzes",), profile=COSTLY_REQUESTS)
async def a_throttled_canvas_is_waited_for_and_every_score_arrives_once(stage: Stage) -> None:
    """Each request weighs much, so Canvas turns the sync away while it reads.

    It waits until Canvas lets it in again; nothing is lost and nothing is sent twice.
    """
    student = stage.students[0]
    quiz = await stage.canvas.has_graded("Cell quiz", 9, 7, 8)
    report = await stage.sync.posts()
    stage.sync.ends(report, RunStatus.COMPLETED)
    stage.canvas_throttled_somebody(status=429)
    stage.sync.wrote(report, 4)
    stage.expects_writes_of(quiz, student, 1)
    await stage.synergy.counts_scores(quiz, 3)
    again = await stage.sync.posts()
    stage.sync.wrote(again, 0)


@scenario(
    proves=catalogue.CANVAS_RATE_LIMIT,
    groups=("Quizzes",),
    profile=replace(COSTLY_REQUESTS, name="khsd, costly requests, older Canvas", canvas_throttle_status=403),
)
async def an_older_canvas_that_throttles_with_403_is_not_taken_for_a_refusal(stage: Stage) -> None:
    """A Canvas that one hosts oneself says 403 where the hosted one says 429.

    Only the words tell it from "you may not", and the sync reads them.
    """
    quiz = await stage.canvas.has_graded("Cell quiz", 9, 7, 8)
    report = await stage.sync.posts()
    stage.sync.ends(report, RunStatus.COMPLETED)
    stage.canvas_throttled_somebody(status=403)
    stage.sync.wrote(report, 4)
    await stage.synergy.counts_scores(quiz, 3)
