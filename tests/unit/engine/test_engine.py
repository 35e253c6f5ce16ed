from pathlib import Path

import pytest

from sync_engine import (
    Answer,
    Engine,
    ItemAction,
    Mode,
    ProgressStep,
    Request,
    RunReport,
    RunStatus,
    ScoreAction,
    Stage,
    SystemFaultError,
    TransportError,
    Trigger,
    UnknownAssignmentError,
    UnknownDistrictError,
    build_engine,
)
from tests.unit.engine.builders import InstantClock, an_answer
from tests.unit.engine.tiny_systems import SECRET, STUDENTS, TOKEN, TinySystems, a_district, is_write


class KilledError(BaseException):
    """The process ends here."""


@pytest.fixture
def systems() -> TinySystems:
    """A quiz that all three students were graded for."""
    made = TinySystems()
    made.assign("31", "Cell quiz")
    for number, student in enumerate(STUDENTS):
        made.grade("31", student, 7.0 + number)
    return made


def an_engine(systems: TinySystems, ledger: str = "sqlite://", *, nightly_sync: bool = False) -> Engine:
    engine = build_engine(ledger_url=ledger, transport=systems, clock=InstantClock())
    engine.add_district(a_district(nightly_sync=nightly_sync))
    return engine


@pytest.fixture
def engine(systems: TinySystems) -> Engine:
    return an_engine(systems)


def rules(report: RunReport, *, refused: bool = True) -> list[str]:
    return [reason.rule for reason in report.all_reasons if reason.refused is refused]


async def test_a_class_is_posted_and_arrives(engine: Engine, systems: TinySystems) -> None:
    report = await engine.post("valley", "1")
    assert (report.status, report.written, report.course_name) == (RunStatus.COMPLETED, 4, "Algebra 1")
    assert systems.scores() == {"SIS-21": 7.0, "SIS-22": 8.0, "SIS-23": 9.0}
    assert "MANUAL-TRIGGER" in rules(report, refused=False)


async def test_a_second_post_of_an_unchanged_class_writes_nothing(
    engine: Engine, systems: TinySystems
) -> None:
    await engine.post("valley", "1")
    systems.writes.clear()
    report = await engine.post("valley", "1")
    assert (report.status, report.written, systems.writes) == (RunStatus.COMPLETED, 0, [])


async def test_a_plan_writes_nothing_and_says_what_the_post_then_does(
    engine: Engine, systems: TinySystems
) -> None:
    planned = await engine.plan("valley", "1")
    assert (planned.mode, planned.written, systems.writes) == (Mode.PLAN, 0, [])
    assert engine.history("valley") == ()
    posted = await engine.post("valley", "1")
    assert planned.items == posted.items


async def test_a_remaster_sends_everything_again_and_can_be_planned(engine: Engine) -> None:
    await engine.post("valley", "1")
    planned = await engine.plan("valley", "1", mode=Mode.REMASTER)
    report = await engine.remaster("valley", "1")
    assert report.written == 4
    assert planned.items == report.items
    assert rules(report, refused=False).count("REMASTER-RESENDS-ALL") == 4


async def test_a_score_that_synergy_lost_comes_back_only_with_a_remaster(
    engine: Engine, systems: TinySystems
) -> None:
    await engine.post("valley", "1")
    systems.results.popitem()
    assert (await engine.post("valley", "1")).written == 0
    report = await engine.remaster("valley", "1")
    assert "REMASTER-FIXES-LEDGER" in rules(report, refused=False)
    assert len(systems.results) == 3


async def test_one_bad_item_never_stops_the_good_ones(engine: Engine, systems: TinySystems) -> None:
    systems.assign("30", "Worthless", points_possible=0)
    systems.grade("30", "21", 0)
    report = await engine.post("valley", "1")
    assert report.status is RunStatus.WARNING
    assert rules(report) == ["ZERO-POINTS-REJECTED"]
    assert "SYNC-PARTIAL" in rules(report, refused=False)
    assert len(systems.results) == 3


async def test_an_item_that_synergy_refuses_sends_no_scores_and_goes_once_the_cause_is_gone(
    engine: Engine, systems: TinySystems
) -> None:
    systems.before = lambda request: (
        an_answer(422, b"Readonly is off") if is_write(request, "lineItems") else None
    )
    refused = await engine.post("valley", "1")
    assert rules(refused) == ["READONLY-OFF-ERROR"]
    assert (refused.items[0].action, refused.written) == (ItemAction.REFUSED, 0)
    assert {score.action for score in refused.items[0].scores} == {ScoreAction.REFUSED}
    systems.before = lambda _request: None
    assert (await engine.post("valley", "1")).written == 4


async def test_a_refusal_that_concerns_the_assignment_ends_its_scores(
    engine: Engine, systems: TinySystems
) -> None:
    await engine.post("valley", "1")
    for student in STUDENTS:
        systems.grade("31", student, 1.0)
    systems.before = lambda request: (
        an_answer(422, b"Readonly is off") if is_write(request, "results") else None
    )
    systems.requests.clear()
    report = await engine.post("valley", "1")
    assert sum(is_write(request) for request in systems.requests) == 1
    assert report.items[0].action is ItemAction.REFUSED
    assert report.items[0].reasons[0].rule == "READONLY-OFF-ERROR"


async def test_a_refusal_of_one_score_leaves_the_others_alone(engine: Engine, systems: TinySystems) -> None:
    def refuse_one(request: Request) -> Answer | None:
        unlucky = (
            is_write(request, "results") and request.json_body["result"]["student"]["sourcedId"] == "SIS-22"
        )
        return an_answer(422, {"imsx_description": "Computer says no"}) if unlucky else None

    systems.before = refuse_one
    report = await engine.post("valley", "1")
    assert (report.items[0].action, report.status) == (ItemAction.CREATED, RunStatus.WARNING)
    assert rules(report) == ["SIS-VALIDATION"]
    assert "Computer says no" in report.refusals[0].words
    assert set(systems.scores()) == {"SIS-21", "SIS-23"}
    systems.before = lambda _request: None
    assert (await engine.post("valley", "1")).written == 1, "only the refused score was left"


async def test_a_faulty_write_fails_its_item_and_the_next_post_repeats_only_that(
    engine: Engine, systems: TinySystems
) -> None:
    systems.assign("32", "Second quiz")
    systems.grade("32", "21", 5.0)

    def break_first(request: Request) -> Answer | None:
        broken = is_write(request, "lineItems") and request.json_body["lineItem"]["title"] == "Cell quiz"
        return an_answer(500) if broken else None

    systems.before = break_first
    report = await engine.post("valley", "1")
    assert [item.action for item in report.items] == [ItemAction.FAILED, ItemAction.CREATED]
    assert rules(report) == ["SYNC-TRANSPORT-FAIL"]
    systems.before = lambda _request: None
    assert (await engine.post("valley", "1")).written == 4


async def test_faults_in_a_row_leave_the_rest_of_an_assignment_for_next_time(
    engine: Engine, systems: TinySystems
) -> None:
    systems.assign("32", "Long quiz")

    def silent(request: Request) -> Answer | None:
        if is_write(request, "results"):
            raise TransportError("no answer came in time")
        return None

    systems.before = silent
    systems.requests.clear()
    report = await engine.post("valley", "1")
    assert report.items[0].action is ItemAction.FAILED
    assert {score.action for score in report.items[0].scores} == {ScoreAction.FAILED}
    assert len(systems.line_items) == 1


async def test_credentials_that_end_in_the_middle_stop_the_run_and_lose_nothing(
    engine: Engine, systems: TinySystems
) -> None:
    systems.assign("32", "Second quiz")
    systems.grade("32", "21", 5.0)
    systems.before = lambda request: (
        an_answer(401) if len(systems.writes) >= 2 and is_write(request) else None
    )
    report = await engine.post("valley", "1")
    assert (report.status, report.written) == (RunStatus.FAILED, 2)
    assert [item.action for item in report.items] == [ItemAction.FAILED, ItemAction.FAILED]
    assert "SYNC-TRANSPORT-FAIL" in [reason.rule for reason in report.reasons]
    systems.before = lambda _request: None
    assert (await engine.post("valley", "1")).written == 4


async def test_a_client_that_may_not_write_is_told_of_the_scope(engine: Engine, systems: TinySystems) -> None:
    systems.before = lambda request: an_answer(403, b"forbidden") if is_write(request) else None
    report = await engine.post("valley", "1")
    assert rules(report) == ["SYNC-TRANSPORT-FAIL"]
    assert "scope" in report.refusals[0].remedy


@pytest.mark.parametrize("path", ["/courses/1", "/submissions", "/oauth/token", "/categories", "/students"])
async def test_a_fault_while_reading_fails_the_run_and_writes_nothing(
    engine: Engine, systems: TinySystems, path: str
) -> None:
    systems.before = lambda request: an_answer(401) if request.url.endswith(path) else None
    report = await engine.post("valley", "1")
    assert (report.status, report.written, systems.writes) == (RunStatus.FAILED, 0, [])
    assert rules(report) == ["SYNC-TRANSPORT-FAIL"]
    assert report.refusals[0].remedy
    assert engine.history("valley") == (report,)


@pytest.mark.parametrize("killed_at", range(5))
async def test_an_engine_killed_at_any_write_finishes_the_next_time(
    tmp_path: Path, systems: TinySystems, killed_at: int
) -> None:
    ledger = f"sqlite:///{tmp_path}/ledger.sqlite3"

    def kill(request: Request) -> Answer | None:
        if is_write(request) and len(systems.writes) == killed_at:
            raise KilledError
        return None

    systems.before = kill
    engine = an_engine(systems, ledger)
    if killed_at < 4:
        with pytest.raises(KilledError):
            await engine.post("valley", "1")
    systems.before = lambda _request: None
    engine.close()
    again = an_engine(systems, ledger)
    report = await again.post("valley", "1")
    again.close()
    assert report.status is RunStatus.COMPLETED
    assert systems.scores() == {"SIS-21": 7.0, "SIS-22": 8.0, "SIS-23": 9.0}
    if killed_at < 4:
        assert len(systems.writes) == 4, "what was acknowledged is not repeated"


async def test_a_kill_while_a_vanished_assignment_is_made_anew_loses_no_score(
    engine: Engine, systems: TinySystems
) -> None:
    await engine.post("valley", "1")
    systems.line_items.clear()
    systems.results.clear()
    systems.grade("31", "21", 1.0)

    def kill_after_line_item(request: Request) -> Answer | None:
        if is_write(request, "results"):
            raise KilledError
        return None

    systems.before = kill_after_line_item
    with pytest.raises(KilledError):
        await engine.post("valley", "1")
    systems.before = lambda _request: None
    await engine.post("valley", "1")
    assert systems.scores() == {"SIS-21": 1.0, "SIS-22": 8.0, "SIS-23": 9.0}


async def test_a_lost_answer_is_healed_by_repeating_the_write(engine: Engine, systems: TinySystems) -> None:
    lost: list[str] = []

    def lose_each_answer_once(request: Request) -> Answer | None:
        if is_write(request) and request.url not in lost:
            lost.append(request.url)
            systems._write(request, request.url.rpartition("v1p1")[2])
            raise TransportError("the connection was cut off")
        return None

    systems.before = lose_each_answer_once
    report = await engine.post("valley", "1")
    assert report.status is RunStatus.COMPLETED
    assert len(systems.results) == 3


async def test_a_schedule_is_refused_unless_the_district_allows_it(systems: TinySystems) -> None:
    engine = an_engine(systems)
    refused = await engine.post("valley", "1", trigger=Trigger.SCHEDULE)
    assert (refused.status, rules(refused), systems.requests) == (RunStatus.FAILED, ["MANUAL-TRIGGER"], [])
    nightly = an_engine(systems, nightly_sync=True)
    assert (await nightly.post("valley", "1", trigger=Trigger.SCHEDULE)).status is RunStatus.COMPLETED


async def test_a_gradebook_has_one_sync_at_a_time(engine: Engine, systems: TinySystems) -> None:
    engine.add_district(a_district("hills"))
    others: list[RunReport] = []

    async def start_others(request: Request) -> None:
        if is_write(request):
            systems.meanwhile = None
            others.append(await engine.post("valley", "1"))
            others.append(await engine.post("hills", "1"))

    systems.meanwhile = start_others
    first = await engine.post("valley", "1")
    assert first.status is RunStatus.COMPLETED
    assert (others[0].status, rules(others[0])) == (RunStatus.FAILED, ["SYNC-QUEUE"])
    assert others[1].status is RunStatus.COMPLETED, "another district's gradebook is another gradebook"
    assert (await engine.post("valley", "1")).status is RunStatus.COMPLETED, "its turn is over"


async def test_two_districts_never_see_each_others_ledger(engine: Engine, systems: TinySystems) -> None:
    engine.add_district(a_district("hills"))
    await engine.post("valley", "1")
    assert (await engine.post("hills", "1")).written == 4
    assert (await engine.post("valley", "1")).written == 0
    assert len(systems.line_items) == 2, "ids carry the district"
    assert [len(engine.history(key)) for key in ("valley", "hills")] == [2, 1]


async def test_only_selected_assignments_travel(engine: Engine, systems: TinySystems) -> None:
    systems.assign("32", "Second quiz")
    systems.grade("32", "21", 5.0)
    report = await engine.post("valley", "1", selection=frozenset({"32"}))
    assert [item.action for item in report.items] == [ItemAction.SKIPPED, ItemAction.CREATED]


async def test_a_selection_of_what_is_not_there_is_refused_before_anything_is_written(
    engine: Engine, systems: TinySystems
) -> None:
    with pytest.raises(UnknownAssignmentError, match="99"):
        await engine.post("valley", "1", selection=frozenset({"31", "99"}))
    assert systems.writes == []


async def test_an_unknown_district_names_the_known_ones(engine: Engine) -> None:
    with pytest.raises(UnknownDistrictError, match="valley"):
        await engine.plan("elsewhere", "1")


async def test_progress_is_told_step_by_step(engine: Engine) -> None:
    steps: list[ProgressStep] = []
    await engine.post("valley", "1", on_progress=steps.append)
    assert list(dict.fromkeys(step.stage for step in steps)) == list(Stage)
    assert (steps[-1].done, steps[-1].total) == (1, 1)


async def test_courses_lists_what_the_token_sees_and_check_finds_no_problem(engine: Engine) -> None:
    (course,) = await engine.courses("valley")
    assert (course.id, course.sections[0].sis_id) == ("1", "CLASS-A")
    assert await engine.check("valley") == ()


async def test_check_reports_each_system_that_has_a_problem(engine: Engine, systems: TinySystems) -> None:
    systems.before = lambda _request: an_answer(401)
    problems = await engine.check("valley")
    assert ["Canvas" in problems[0].words, "Synergy" in problems[1].words] == [True, True]
    assert systems.writes == []


async def test_no_secret_is_in_any_repr_report_or_error(engine: Engine, systems: TinySystems) -> None:
    systems.before = lambda _request: an_answer(401)
    report = await engine.post("valley", "1")
    with pytest.raises(SystemFaultError) as caught:
        await engine.courses("valley")
    said = f"{report!r} {caught.value!r} {a_district()!r} {systems.requests!r}"
    assert TOKEN not in said
    assert SECRET not in said
