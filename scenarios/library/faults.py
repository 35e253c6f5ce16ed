"""When the systems themselves misbehave: dropped, lost, late, damaged, stale, throttled, restarted.

Each plans its faults by `Stage.plans`; one that never fires fails its story.
"""

from dataclasses import replace
from datetime import timedelta

from contracts import catalogue
from scenarios.script import scenario
from scenarios.stage import Stage
from simulator.faults import (
    Answer,
    Drip,
    DropAfter,
    Fault,
    HtmlPage,
    Latency,
    Lost,
    Malformed,
    Match,
    Restart,
    Shifting,
    Stale,
    ThrottleStorm,
    TokenExpires,
    Truncated,
    Twice,
)
from simulator.profiles import KHSD
from sync_engine import RunStatus

SCORES = Match(system="oneroster", methods=("PUT",), path="*/results/*")
"""Every score that is sent to Synergy."""
SHORT_PAGES = replace(KHSD, page_limit_max=3)
"""A Synergy that never puts more than three rows on a page."""


@scenario(proves=(catalogue.SCORE_SENT_ONCE, catalogue.SYNC_TRANSPORT_FAIL))
async def a_score_whose_answers_were_all_dropped_after_the_commit_is_there_exactly_once(stage: Stage) -> None:
    """Synergy keeps one score and drops the connection before it says so, as often as the engine asks.

    The report calls that score failed. Posting again sends it under the same id: one score, not two.
    """
    student = stage.students[0]
    quiz = await stage.canvas.has_graded("Cell quiz", 9, 7)
    stage.plans(
        Fault(
            name=f"Synergy keeps the score of {student} and drops the connection",
            does=DropAfter(),
            match=replace(SCORES, body=student.guid),
            times=3,
        )
    )
    report = await stage.sync.posts()
    stage.sync.says(report, catalogue.SYNC_TRANSPORT_FAIL, about=quiz, student=student)
    stage.expects_writes_of(quiz, student, 3)
    await stage.synergy.shows_score(quiz, student, 9)
    second = await stage.sync.posts()
    stage.sync.wrote(second, 1)
    stage.sync.says(second, catalogue.SCORE_SENT_ONCE, about=quiz, student=stage.students[1])
    await stage.synergy.counts_scores(quiz, 2)
    third = await stage.sync.posts()
    stage.sync.wrote(third, 0)


@scenario(proves=(catalogue.REMASTER_FIXES_LEDGER, catalogue.SCORE_SENT_ONCE))
async def a_score_that_synergy_acknowledged_and_forgot_comes_back_with_a_remaster(stage: Stage) -> None:
    """Synergy says that it took the score, and did not keep it (the district page's FAQ 5).

    Canvas is sure that it was sent, so no post sends it again; Remaster Grade Passback does.
    """
    student = stage.students[1]
    quiz = await stage.canvas.has_graded("Cell quiz", 9, 7, 8)
    stage.plans(
        Fault(
            name=f"Synergy acknowledges the score of {student} and loses it",
            does=Lost(),
            match=replace(SCORES, body=student.guid),
        )
    )
    first = await stage.sync.posts()
    stage.sync.ends(first, RunStatus.COMPLETED)
    await stage.synergy.shows_no_score(quiz, student)
    second = await stage.sync.posts()
    stage.sync.says(second, catalogue.SCORE_SENT_ONCE, about=quiz, student=student)
    stage.sync.wrote(second, 0)
    report = await stage.sync.remasters()
    stage.sync.says(report, catalogue.REMASTER_FIXES_LEDGER, about=quiz, student=student)
    await stage.synergy.shows_score(quiz, student, 7)
    await stage.synergy.counts_scores(quiz, 3)


@scenario(proves=catalogue.SCORE_SENT_ONCE)
async def a_score_that_arrives_twice_is_one_score(stage: Stage) -> None:
    """A proxy on the way delivers every score twice. The same id twice is one score."""
    quiz = await stage.canvas.has_graded("Cell quiz", 9, 7)
    stage.plans(Fault(name="Every score is delivered twice", does=Twice(), match=SCORES, times=None))
    report = await stage.sync.posts()
    stage.sync.ends(report, RunStatus.COMPLETED)
    stage.expects_writes_of(quiz, stage.students[0], 2)
    await stage.synergy.counts_scores(quiz, 2)
    stage.all_is_well_again()
    second = await stage.sync.posts()
    stage.sync.says(second, catalogue.SCORE_SENT_ONCE, about=quiz)
    stage.sync.wrote(second, 0)


@scenario(proves=catalogue.SCORE_SENT_ONCE)
async def a_synergy_that_is_not_ready_once_is_asked_again(stage: Stage) -> None:
    """Synergy answers one score with 503 and asks to come again in two seconds. Nobody needs to be told."""
    quiz = await stage.canvas.has_graded("Cell quiz", 9, 7)
    stage.plans(
        Fault(
            name="Synergy is not ready for one score",
            does=Answer(status=503, retry_after_seconds=2),
            match=SCORES,
        )
    )
    report = await stage.sync.posts()
    stage.sync.ends(report, RunStatus.COMPLETED)
    stage.expects_time_passed(at_least=timedelta(seconds=2))
    await stage.synergy.counts_scores(quiz, 2)
    second = await stage.sync.posts()
    stage.sync.says(second, catalogue.SCORE_SENT_ONCE, about=quiz)
    stage.sync.wrote(second, 0)


@scenario(proves=catalogue.SYNC_TRANSPORT_FAIL)
async def a_synergy_that_stays_broken_is_told_with_what_to_do(stage: Stage) -> None:
    """Synergy breaks at one student's score however often it is asked.

    The report says so and what to do, the other scores arrive, and the next post sends what is left.
    """
    student = stage.students[0]
    quiz = await stage.canvas.has_graded("Cell quiz", 9, 7, 8)
    stage.plans(
        Fault(
            name=f"Synergy breaks at the score of {student}",
            does=Answer(status=500),
            match=replace(SCORES, body=student.guid),
            times=None,
        )
    )
    report = await stage.sync.posts()
    stage.sync.ends(report, RunStatus.WARNING)
    stage.sync.says(report, catalogue.SYNC_TRANSPORT_FAIL, about=quiz, student=student)
    stage.sync.refuses(report, catalogue.SYNC_TRANSPORT_FAIL, about=quiz, naming="500")
    await stage.synergy.counts_scores(quiz, 2)
    stage.all_is_well_again()
    second = await stage.sync.posts()
    stage.sync.wrote(second, 1)
    await stage.synergy.shows_score(quiz, student, 9)


@scenario(proves=catalogue.SCORE_SENT_ONCE)
async def throttle_storms_of_both_systems_are_outlived(stage: Stage) -> None:
    """Canvas throttles with 403 as it used to, then with 429, and Synergy with 429 and a time to come again.

    The engine waits each storm out and sends every score once.
    """
    quiz = await stage.canvas.has_graded("Cell quiz", 9, 7)
    canvas = Match(system="canvas", methods=("GET",))
    stage.plans(Fault(name="Canvas throttles, as it used to", does=ThrottleStorm(status=403), match=canvas))
    stage.plans(
        Fault(
            name="Canvas throttles",
            does=ThrottleStorm(status=429),
            match=replace(canvas, path="*/assignments"),
        )
    )
    stage.plans(
        Fault(name="Synergy throttles", does=ThrottleStorm(answers=2, retry_after_seconds=20), match=SCORES)
    )
    report = await stage.sync.posts()
    stage.sync.ends(report, RunStatus.COMPLETED)
    stage.expects_strikes(3 + 3 + 2)
    stage.expects_time_passed(at_least=timedelta(seconds=40))
    await stage.synergy.counts_scores(quiz, 2)
    second = await stage.sync.posts()
    stage.sync.says(second, catalogue.SCORE_SENT_ONCE, about=quiz)


@scenario(proves=catalogue.SYNC_TRANSPORT_FAIL)
async def a_list_of_canvas_that_breaks_off_ends_the_run_and_loses_nothing(stage: Stage) -> None:
    """Canvas's list of enrollments breaks off in the middle, three times in a row.

    Half a roster is no roster: the run ends with one clear line, writes nothing, and the next one sends all.
    """
    quiz = await stage.canvas.has_graded("Cell quiz", 9, 7)
    stage.plans(
        Fault(
            name="Canvas's list of enrollments breaks off",
            does=Truncated(share=0.6),
            match=Match(system="canvas", path="*/enrollments"),
            times=3,
        )
    )
    report = await stage.sync.posts()
    stage.sync.ends(report, RunStatus.FAILED)
    stage.sync.says(report, catalogue.SYNC_TRANSPORT_FAIL)
    stage.sync.wrote(report, 0)
    await stage.sync.posts()
    await stage.synergy.counts_scores(quiz, 2)


@scenario(proves=catalogue.SYNC_TRANSPORT_FAIL)
async def an_answer_that_cannot_be_read_ends_the_run_and_loses_nothing(stage: Stage) -> None:
    """Synergy's class list comes with a good status and cannot be read.

    The run says so in one line and writes nothing; the next one sends all.
    """
    quiz = await stage.canvas.has_graded("Cell quiz", 9, 7)
    stage.plans(
        Fault(
            name="Synergy's class list is no JSON",
            does=Malformed(),
            match=Match(system="oneroster", path="*/students"),
        )
    )
    report = await stage.sync.posts()
    stage.sync.ends(report, RunStatus.FAILED)
    stage.sync.says(report, catalogue.SYNC_TRANSPORT_FAIL)
    stage.sync.wrote(report, 0)
    await stage.sync.posts()
    await stage.synergy.counts_scores(quiz, 2)


@scenario(proves=catalogue.SYNC_TRANSPORT_FAIL)
async def a_log_in_page_in_place_of_an_answer_is_no_acknowledgement(stage: Stage) -> None:
    """A proxy answers one score with its log-in page and status 200, and Synergy never sees the score.

    A page for people acknowledges nothing: that score is reported as failed, and the next post sends it.
    """
    student = stage.students[0]
    quiz = await stage.canvas.has_graded("Cell quiz", 9, 7)
    stage.plans(
        Fault(
            name=f"A log-in page answers the score of {student}",
            does=HtmlPage(status=200),
            match=replace(SCORES, body=student.guid),
        )
    )
    report = await stage.sync.posts()
    stage.sync.says(report, catalogue.SYNC_TRANSPORT_FAIL, about=quiz, student=student)
    await stage.synergy.shows_no_score(quiz, student)
    second = await stage.sync.posts()
    stage.sync.wrote(second, 1)
    await stage.synergy.shows_score(quiz, student, 9)
    await stage.synergy.counts_scores(quiz, 2)


@scenario(proves=catalogue.FIRST_SEND_CREATES, profile=SHORT_PAGES)
async def a_token_that_ends_between_two_pages_is_renewed_and_no_page_is_lost(stage: Stage) -> None:
    """The access token ends while the engine pages through the class. It fetches another and goes on."""
    quiz = await stage.canvas.has_graded("Cell quiz", 9, 7, 8, 6, 10)
    stage.plans(
        Fault(
            name="The access token ends between two pages",
            does=TokenExpires(),
            match=Match(system="oneroster", path="*/students", later_pages=True),
        )
    )
    report = await stage.sync.posts()
    stage.sync.ends(report, RunStatus.COMPLETED)
    stage.sync.says(report, catalogue.FIRST_SEND_CREATES, about=quiz)
    await stage.synergy.counts_scores(quiz, 5)


@scenario(proves=catalogue.FIRST_SEND_CREATES, profile=SHORT_PAGES)
async def rows_that_shift_while_the_class_is_paged_lose_no_student(stage: Stage) -> None:
    """Somebody leaves the list between two pages, so that one student slips through between them.

    The total does not add up, so the engine reads the list again, and every score travels.
    """
    quiz = await stage.canvas.has_graded("Cell quiz", 9, 7, 8, 6, 10)
    stage.plans(
        Fault(
            name="The rows of the class shift while the engine pages",
            does=Shifting(rows=1),
            match=Match(system="oneroster", path="*/students"),
        )
    )
    report = await stage.sync.posts()
    stage.sync.ends(report, RunStatus.COMPLETED)
    stage.sync.says(report, catalogue.FIRST_SEND_CREATES, about=quiz)
    await stage.synergy.counts_scores(quiz, 5)


@scenario(proves=catalogue.SCORE_CHANGE_RESENDS)
async def a_synergy_that_reads_from_an_old_copy_gets_no_duplicates(stage: Stage) -> None:
    """After a post Synergy lists its assignments from a copy that does not know the new one yet.

    The next post takes it for gone and makes it again, under the same id: still one assignment.
    """
    quiz = await stage.canvas.has_graded("Cell quiz", 9, 7)
    stage.plans(
        Fault(
            name="Synergy lists assignments from an old copy",
            does=Stale(seconds=3600),
            match=Match(system="oneroster", methods=("GET",), path="*/lineItems"),
            times=None,
        )
    )
    await stage.sync.posts()
    await stage.canvas.grades_student(quiz, stage.students[0], 10)
    report = await stage.sync.posts()
    stage.sync.ends(report, RunStatus.COMPLETED)
    stage.sync.says(report, catalogue.SCORE_CHANGE_RESENDS, about=quiz, student=stage.students[0])
    await stage.synergy.has(quiz, copies=1)
    await stage.synergy.shows_score(quiz, stage.students[0], 10)
    await stage.synergy.counts_scores(quiz, 2)


@scenario(proves=catalogue.SCORE_SENT_ONCE)
async def slow_systems_make_a_slow_post_and_nothing_worse(stage: Stage) -> None:
    """Synergy takes half a minute for each score, and Canvas's list of scores comes in drips.

    The post takes its time, completes, and sends nothing twice.
    """
    quiz = await stage.canvas.has_graded("Cell quiz", 9, 7, 8)
    stage.plans(Fault(name="Synergy is slow", does=Latency(seconds=30), match=SCORES, times=None))
    stage.plans(
        Fault(
            name="Canvas's list of scores comes in drips",
            does=Drip(seconds=10),
            match=Match(system="canvas", path="*/submissions"),
        )
    )
    report = await stage.sync.posts()
    stage.sync.ends(report, RunStatus.COMPLETED)
    stage.expects_time_passed(at_least=timedelta(seconds=100))
    stage.expects_writes_of(quiz, stage.students[0], 1)
    await stage.synergy.counts_scores(quiz, 3)
    stage.all_is_well_again()
    second = await stage.sync.posts()
    stage.sync.says(second, catalogue.SCORE_SENT_ONCE, about=quiz)


@scenario(proves=catalogue.SCORE_SENT_ONCE)
async def a_synergy_that_restarts_in_the_middle_of_a_post_is_waited_for(stage: Stage) -> None:
    """Synergy restarts at the second score.

    Two connections are dropped, then it is not ready, then it knows none of its access tokens any more. The
    engine waits, fetches another token, and sends every score once.
    """
    quiz = await stage.canvas.has_graded("Cell quiz", 9, 7, 8)
    stage.plans(
        Fault(
            name="Synergy restarts",
            does=Restart(dropped=2, unavailable=1, tokens="lost"),
            match=replace(SCORES, nth=2),
        )
    )
    report = await stage.sync.posts()
    stage.sync.ends(report, RunStatus.COMPLETED)
    stage.expects_strikes(3)
    await stage.synergy.counts_scores(quiz, 3)
    second = await stage.sync.posts()
    stage.sync.says(second, catalogue.SCORE_SENT_ONCE, about=quiz)
    stage.sync.wrote(second, 0)
