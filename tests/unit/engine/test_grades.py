import pytest

from sync_engine import Policy
from sync_engine.domain.beliefs import BelievedScore
from sync_engine.domain.grades import decide_again, decide_hidden, decide_post, decide_remaster
from sync_engine.domain.report import ScoreAction as A
from sync_engine.domain.snapshot import Grade

BLANK, EXCUSED = Grade(None), Grade(None, "excused")
CLEARS = Policy(remaster_clears_deleted_scores=True)
SENDS_EXCUSES = Policy(excused_never_sent="send_exempt")


def believed(grade: Grade) -> BelievedScore:
    return BelievedScore("31", "11", "21", grade.score, grade.status)


@pytest.mark.parametrize(
    ("before", "now", "action", "rules"),
    [
        (None, BLANK, A.EMPTY, []),
        (None, Grade(None, "missing"), A.EMPTY, []),
        (None, Grade(8), A.SENT, []),
        (None, Grade(0), A.SENT, []),
        (None, Grade(8, "late"), A.SENT, ["STATUS-RIDES-WITH-SCORE"]),
        (None, EXCUSED, A.HELD, ["STATUS-CHANGE-NOT-RESENT"]),
        (Grade(8), Grade(8), A.UNCHANGED, ["SCORE-SENT-ONCE"]),
        (Grade(8), Grade(9), A.SENT, ["SCORE-CHANGE-RESENDS"]),
        (Grade(8), Grade(0), A.SENT, ["SCORE-CHANGE-RESENDS"]),
        (Grade(8), Grade(9, "late"), A.SENT, ["SCORE-CHANGE-RESENDS", "STATUS-RIDES-WITH-SCORE"]),
        (Grade(8, "late"), Grade(9), A.SENT, ["SCORE-CHANGE-RESENDS", "STATUS-RIDES-WITH-SCORE"]),
        (Grade(8), Grade(8, "late"), A.HELD, ["STATUS-CHANGE-NOT-RESENT"]),
        (Grade(8, "late"), Grade(8), A.HELD, ["STATUS-CHANGE-NOT-RESENT"]),
        (Grade(8), EXCUSED, A.HELD, ["STATUS-CHANGE-NOT-RESENT"]),
        (Grade(8), BLANK, A.HELD, ["SCORE-CLEARED-NOT-SENT"]),
        (Grade(0), BLANK, A.HELD, ["SCORE-CLEARED-NOT-SENT"]),
        (EXCUSED, EXCUSED, A.UNCHANGED, ["SCORE-SENT-ONCE"]),
        (EXCUSED, BLANK, A.HELD, ["STATUS-CHANGE-NOT-RESENT"]),
        (EXCUSED, Grade(7), A.SENT, ["SCORE-CHANGE-RESENDS", "STATUS-RIDES-WITH-SCORE"]),
    ],
)
def test_a_post_sends_a_score_only_when_the_score_differs_from_what_is_believed(
    before: Grade | None, now: Grade, action: A, rules: list[str]
) -> None:
    decision = decide_post(now, believed(before) if before else None, Policy())
    assert decision.action is action
    assert [reason.rule for reason in decision.reasons] == rules
    assert not any(reason.refused for reason in decision.reasons)


def test_a_first_excuse_travels_where_the_district_wants_it() -> None:
    assert decide_post(EXCUSED, None, SENDS_EXCUSES).action is A.SENT


@pytest.mark.parametrize(
    ("before", "now", "in_synergy", "action", "rules"),
    [
        (Grade(8), Grade(8), True, A.SENT, ["REMASTER-RESENDS-ALL"]),
        (Grade(8), Grade(8), False, A.SENT, ["REMASTER-FIXES-LEDGER"]),
        (Grade(8), Grade(9), True, A.SENT, ["SCORE-CHANGE-RESENDS"]),
        (Grade(8), Grade(8, "late"), True, A.SENT, ["REMASTER-RESENDS-ALL", "STATUS-RIDES-WITH-SCORE"]),
        (Grade(8), EXCUSED, True, A.SENT, ["REMASTER-RESENDS-ALL", "STATUS-RIDES-WITH-SCORE"]),
        (None, Grade(8), False, A.SENT, []),
        (None, BLANK, False, A.EMPTY, []),
        (Grade(8), BLANK, True, A.HELD, ["SCORE-CLEARED-NOT-SENT"]),
        (Grade(8), BLANK, False, A.EMPTY, []),
    ],
)
def test_a_remaster_sends_whatever_is_graded(
    before: Grade | None, now: Grade, *, in_synergy: bool, action: A, rules: list[str]
) -> None:
    decision = decide_remaster(now, believed(before) if before else None, Policy(), in_synergy=in_synergy)
    assert decision.action is action
    assert [reason.rule for reason in decision.reasons] == rules


@pytest.mark.parametrize(("before", "in_synergy"), [(Grade(8), True), (Grade(8), False), (None, True)])
def test_a_remaster_clears_where_the_district_wants_it(before: Grade | None, *, in_synergy: bool) -> None:
    decision = decide_remaster(BLANK, believed(before) if before else None, CLEARS, in_synergy=in_synergy)
    assert decision.action is A.CLEARED


def test_a_clearing_remaster_has_nothing_to_clear_where_nothing_is() -> None:
    assert decide_remaster(BLANK, None, CLEARS, in_synergy=False).action is A.EMPTY


def test_a_vanished_assignment_takes_every_score_along_and_an_excuse_waits() -> None:
    again = decide_again(Grade(8), believed(Grade(8)), Policy())
    assert again.action is A.SENT
    assert [reason.rule for reason in again.reasons] == ["DELETE-THEN-RESYNC"]
    assert decide_again(EXCUSED, believed(Grade(8)), Policy()).action is A.HELD
    assert decide_again(EXCUSED, None, SENDS_EXCUSES).action is A.SENT
    assert decide_again(BLANK, believed(Grade(8)), Policy()).action is A.EMPTY


HIDDEN = Grade(8, hidden=True)


def test_a_hidden_score_travels_and_says_that_families_see_it() -> None:
    decision = decide_hidden(HIDDEN, decide_post(HIDDEN, believed(Grade(7)), Policy()), Policy())
    assert decision.action is A.SENT
    assert [reason.rule for reason in decision.reasons] == [
        "SCORE-CHANGE-RESENDS",
        "HIDDEN-GRADES-STILL-SENT",
    ]


@pytest.mark.parametrize("before", [None, Grade(7)])
def test_a_district_that_holds_hidden_scores_holds_new_and_changed_ones(before: Grade | None) -> None:
    holds = Policy(hidden_scores="hold")
    decision = decide_post(HIDDEN, believed(before) if before else None, holds)
    held = decide_hidden(HIDDEN, decision, holds)
    assert held.action is A.HELD
    assert [reason.rule for reason in held.reasons] == ["HIDDEN-GRADES-STILL-SENT"]


def test_what_would_not_travel_anyway_keeps_its_own_reason() -> None:
    holds = Policy(hidden_scores="hold")
    decision = decide_post(HIDDEN, believed(Grade(8)), holds)
    assert decide_hidden(HIDDEN, decision, holds) == decision
