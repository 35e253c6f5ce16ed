from dataclasses import replace
from typing import Any

import pytest

from sync_engine import ItemAction, Policy, ScoreAction
from sync_engine.domain.beliefs import Beliefs, BelievedScore
from sync_engine.domain.plan import PlannedItem, plan_run
from sync_engine.domain.snapshot import ClassStudent, Dates, Grade, Snapshot
from tests.unit.engine.builders import (
    ANA,
    BEN,
    CAL,
    COURSE,
    DISTRICT,
    OTHER_SECTION,
    SECTION,
    a_book,
    a_class,
    a_snapshot,
    actions_of,
    an_assignment,
    believing,
    rules_of,
    sent_class,
)

NOTHING = Beliefs()


def plan_one(snapshot: Snapshot, beliefs: Beliefs = NOTHING, **asked: Any) -> PlannedItem:  # noqa: ANN401 - a builder takes any field
    policy = asked.pop("policy", Policy())
    (item,) = plan_run(DISTRICT, snapshot, beliefs, policy, **asked)
    return item


def test_the_first_send_creates_the_assignment_with_its_scores() -> None:
    item = plan_one(a_snapshot(a_book(scores={ANA: 8, BEN: 9})))
    assert item.action is ItemAction.CREATED
    assert "FIRST-SEND-CREATES" in rules_of(item, refused=False)
    assert actions_of(item) == {"Ana": ScoreAction.SENT, "Ben": ScoreAction.SENT, "Cal": ScoreAction.EMPTY}
    assert item.details is not None
    assert item.details.category_id == "cat-quizzes"


def test_an_unchanged_assignment_writes_nothing() -> None:
    item = plan_one(a_snapshot(a_book(scores={ANA: 8}), sent_class()), believing({ANA: 8}))
    assert item.action is ItemAction.UNCHANGED
    assert not item.writes
    assert actions_of(item)["Ana"] is ScoreAction.UNCHANGED


def test_only_the_changed_score_travels_and_the_details_do_not() -> None:
    item = plan_one(a_snapshot(a_book(scores={ANA: 9, BEN: 7}), sent_class()), believing({ANA: 8, BEN: 7}))
    assert item.action is ItemAction.SCORES_SENT
    assert item.details is None
    assert actions_of(item) == {
        "Ana": ScoreAction.SENT,
        "Ben": ScoreAction.UNCHANGED,
        "Cal": ScoreAction.EMPTY,
    }


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "Cell quiz, again"},
        {"points": 20.0},
        {"group_name": "Tests"},
        {"dates": Dates(None, None)},
    ],
)
def test_changed_details_wait_for_a_changed_score_and_then_ride_along(changes: dict[str, Any]) -> None:
    edited = an_assignment(**changes)
    waiting = plan_one(a_snapshot(a_book(edited, scores={ANA: 8}), sent_class()), believing({ANA: 8}))
    assert waiting.action is ItemAction.UNCHANGED
    assert "UPDATE-NEEDS-SCORE-CHANGE" in rules_of(waiting, refused=False)
    riding = plan_one(a_snapshot(a_book(edited, scores={ANA: 9}), sent_class()), believing({ANA: 8}))
    assert riding.action is ItemAction.UPDATED
    assert "UPDATE-NEEDS-SCORE-CHANGE" in rules_of(riding, refused=False)
    assert riding.details is not None


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"flagged": False}, "SYNC-FLAG-REQUIRED"),
        ({"published": False}, "PUBLISHED-REQUIRED"),
        ({"grading_type": "not_graded"}, "NOT-GRADED-INELIGIBLE"),
    ],
)
def test_an_assignment_that_takes_no_part_is_left_out_without_an_error(
    changes: dict[str, Any], rule: str
) -> None:
    bad_besides = {"name": "x" * 99, "points": 0.0}
    item = plan_one(a_snapshot(a_book(an_assignment(**bad_besides, **changes), scores={ANA: 8})))
    assert item.action is ItemAction.SKIPPED
    assert rules_of(item) == [rule]
    assert not item.reasons[0].refused


def test_an_assignment_of_an_unpublished_course_takes_no_part() -> None:
    course = replace(COURSE, published=False)
    item = plan_one(a_snapshot(a_book(scores={ANA: 8}, course=course)))
    assert rules_of(item) == ["PUBLISHED-REQUIRED"]


def test_an_ungraded_assignment_is_not_created() -> None:
    item = plan_one(a_snapshot(a_book()))
    assert (item.action, rules_of(item)) == (ItemAction.SKIPPED, ["UNGRADED-NOT-CREATED"])


def test_an_assignment_whose_every_score_is_hidden_is_not_created_where_the_district_holds_those() -> None:
    book = a_book(scores={ANA: Grade(8, hidden=True)})
    item = plan_one(a_snapshot(book), policy=Policy(hidden_scores="hold"))
    assert (item.action, rules_of(item)) == (ItemAction.SKIPPED, ["HIDDEN-GRADES-STILL-SENT"])


def test_how_many_of_the_scores_that_are_sent_are_hidden_is_noted() -> None:
    book = a_book(scores={ANA: Grade(8, hidden=True), BEN: Grade(9, hidden=True), CAL: 7})
    (note,) = [each for each in plan_one(a_snapshot(book)).reasons if each.note]
    assert (note.rule, note.refused) == ("HIDDEN-GRADES-STILL-SENT", False)
    assert note.words.startswith("2 scores of them are hidden")
    sent = plan_one(a_snapshot(book, sent_class()), believing({ANA: 8, BEN: 9, CAL: 7}))
    assert not any(each.note for each in sent.reasons)


def test_a_district_that_holds_hidden_scores_sends_the_others() -> None:
    book = a_book(scores={ANA: Grade(8, hidden=True), BEN: 9})
    item = plan_one(a_snapshot(book), policy=Policy(hidden_scores="hold"))
    assert item.action is ItemAction.CREATED
    assert actions_of(item) == {"Ana": ScoreAction.HELD, "Ben": ScoreAction.SENT, "Cal": ScoreAction.EMPTY}


def test_an_assignment_with_nothing_but_an_excuse_counts_as_ungraded() -> None:
    item = plan_one(a_snapshot(a_book(scores={ANA: Grade(None, "excused")})))
    assert rules_of(item) == ["UNGRADED-NOT-CREATED"]


def test_an_assignment_whose_only_score_was_cleared_says_so_rather_than_ungraded() -> None:
    item = plan_one(a_snapshot(a_book(), sent_class()), believing({ANA: 8}))
    assert item.action is ItemAction.UNCHANGED
    assert actions_of(item)["Ana"] is ScoreAction.HELD


def test_a_deselected_assignment_takes_no_part() -> None:
    item = plan_one(a_snapshot(a_book(scores={ANA: 8})), selection=frozenset({"99"}))
    assert (item.action, rules_of(item)) == (ItemAction.SKIPPED, ["SELECT-DEFAULT-ALL"])


def test_without_a_selection_everything_flagged_is_selected_and_says_so() -> None:
    assert "SELECT-DEFAULT-ALL" in rules_of(plan_one(a_snapshot(a_book(scores={ANA: 8}))), refused=False)
    chosen = plan_one(a_snapshot(a_book(scores={ANA: 8})), selection=frozenset({"31"}))
    assert chosen.action is ItemAction.CREATED
    assert "SELECT-DEFAULT-ALL" not in rules_of(chosen)


def test_every_fault_of_an_assignment_is_reported_at_once() -> None:
    bad = an_assignment(name="<b>" + "x" * 60, points=0.0, group_name="Trips", dates=Dates(None, None))
    item = plan_one(a_snapshot(a_book(bad, scores={ANA: 8})), policy=Policy(due_date="required"))
    assert item.action is ItemAction.REFUSED
    assert rules_of(item, refused=True) == [
        "NAME-TOO-LONG",
        "NAME-SPECIAL-CHARS",
        "ZERO-POINTS-REJECTED",
        "GROUP-NAME-MATCH",
        "DUE-DATE-REQUIRED",
    ]
    assert all(reason.remedy for reason in item.reasons if reason.refused)


def test_a_section_made_by_hand_is_refused_and_the_rostered_one_is_not() -> None:
    by_hand = replace(OTHER_SECTION, sis_id=None)
    ana_in_both = replace(ANA, section_ids=frozenset({SECTION.id, by_hand.id}))
    book = a_book(sections=(SECTION, by_hand), students=(ana_in_both,), scores={ana_in_both: 8})
    rostered, made = plan_run(DISTRICT, a_snapshot(book), NOTHING, Policy())
    assert rostered.action is ItemAction.CREATED
    assert (made.action, rules_of(made, refused=True)) == (ItemAction.REFUSED, ["COURSE-MUST-BE-SIS-LINKED"])


def test_a_class_that_synergy_does_not_know_is_refused() -> None:
    item = plan_one(a_snapshot(a_book(scores={ANA: 8}), a_class(known=False)))
    assert rules_of(item, refused=True) == ["COURSE-MUST-BE-SIS-LINKED"]


def test_a_cross_listed_course_gets_one_assignment_for_each_section_with_ids_of_their_own() -> None:
    ben_in_two = replace(BEN, section_ids=frozenset({OTHER_SECTION.id}))
    book = a_book(
        sections=(SECTION, OTHER_SECTION), students=(ANA, ben_in_two), scores={ANA: 8, ben_in_two: 9}
    )
    snapshot = Snapshot(book, {SECTION.id: a_class(), OTHER_SECTION.id: a_class(id="CLASS-B")})
    one, two = plan_run(DISTRICT, snapshot, NOTHING, Policy())
    assert "CROSSLIST-FANOUT" in rules_of(one)
    assert one.line_item_id != two.line_item_id
    assert list(actions_of(one)) == ["Ana"]
    assert list(actions_of(two)) == ["Ben"]


def test_the_sections_own_due_date_wins() -> None:
    own = Dates(None, None)
    item = plan_one(a_snapshot(a_book(an_assignment(section_dates={SECTION.id: own}), scores={ANA: 8})))
    assert item.details is not None
    assert item.details.due_at is None
    assert "DUE-DATE-REQUIRED" in rules_of(item, refused=False), "the district is only warned"


def test_an_assignment_is_planned_only_for_the_sections_that_have_it() -> None:
    book = a_book(an_assignment(section_ids=frozenset({"12"})), scores={ANA: 8})
    assert plan_run(DISTRICT, a_snapshot(book), NOTHING, Policy()) == ()


def test_a_student_without_an_sis_id_is_refused_alone() -> None:
    guest = replace(BEN, sis_id=None)
    item = plan_one(a_snapshot(a_book(students=(ANA, guest), scores={ANA: 8, guest: 9})))
    assert item.action is ItemAction.CREATED
    assert actions_of(item) == {"Ana": ScoreAction.SENT, "Ben": ScoreAction.REFUSED}
    assert item.scores[1].reasons[0].rule == "STUDENT-NEEDS-SIS-ID"


def test_a_student_who_is_not_in_the_synergy_class_is_refused_alone() -> None:
    mover = replace(BEN, sis_id="SIS-Moved")
    item = plan_one(a_snapshot(a_book(students=(ANA, mover), scores={ANA: 8, mover: 9})))
    assert actions_of(item) == {"Ana": ScoreAction.SENT, "Ben": ScoreAction.REFUSED}
    assert item.scores[1].reasons[0].rule == "STUDENT-NOT-IN-CLASS"


def test_an_assignment_graded_only_for_a_guest_is_refused_and_not_created_empty() -> None:
    guest = replace(BEN, sis_id=None)
    item = plan_one(a_snapshot(a_book(students=(ANA, guest), scores={guest: 9})))
    assert item.action is ItemAction.REFUSED
    assert not item.writes


def test_students_are_matched_by_their_perm_id_where_the_district_rosters_so() -> None:
    by_number = replace(ANA, sis_id=f"perm-{ANA.id}")
    book = a_book(students=(by_number,), scores={by_number: 8})
    item = plan_one(a_snapshot(book), policy=Policy(student_match="identifier"))
    assert item.scores[0].synergy_student_id == "SIS-Ana"


def test_an_assignment_that_vanished_from_synergy_comes_back_with_all_scores_once_one_changes() -> None:
    item = plan_one(a_snapshot(a_book(scores={ANA: 9, BEN: 7})), believing({ANA: 8, BEN: 7}))
    assert item.action is ItemAction.CREATED
    assert item.starts_afresh
    assert "DELETE-THEN-RESYNC" in rules_of(item)
    assert "FIRST-SEND-CREATES" not in rules_of(item)
    assert actions_of(item) == {"Ana": ScoreAction.SENT, "Ben": ScoreAction.SENT, "Cal": ScoreAction.EMPTY}


def test_an_assignment_that_vanished_from_synergy_stays_away_while_nothing_changes() -> None:
    item = plan_one(a_snapshot(a_book(scores={ANA: 8})), believing({ANA: 8}))
    assert item.action is ItemAction.UNCHANGED


def test_a_vanished_assignment_is_refused_where_the_district_wants_that() -> None:
    item = plan_one(
        a_snapshot(a_book(scores={ANA: 9})), believing({ANA: 8}), policy=Policy(missing_target="error")
    )
    assert (item.action, rules_of(item, refused=True)) == (ItemAction.REFUSED, ["DELETE-THEN-RESYNC"])


def test_an_assignment_deleted_in_canvas_is_told_of_while_its_copy_is_in_synergy() -> None:
    orphan = believing({ANA: 8}, an_assignment(id="30", name="Old quiz"))
    (copy,) = (item.line_item_id for item in orphan.items.values())
    still_there = a_class(line_item_ids=frozenset({copy}))
    (_, told) = plan_run(DISTRICT, a_snapshot(a_book(), still_there), orphan, Policy())
    assert (told.action, told.assignment_name) == (ItemAction.SKIPPED, "Old quiz")
    assert (rules_of(told, refused=False), told.writes) == (["DELETE-NOT-PROPAGATED"], False)
    assert len(plan_run(DISTRICT, a_snapshot(a_book()), orphan, Policy())) == 1, (
        "gone there too: nothing to tell"
    )


def test_a_remaster_writes_what_did_not_change() -> None:
    klass = sent_class(scored=frozenset({(believing_id(), "SIS-Ana")}))
    item = plan_one(
        a_snapshot(a_book(scores={ANA: 8, BEN: 7}), klass), believing({ANA: 8, BEN: 7}), remaster=True
    )
    assert item.action is ItemAction.UPDATED
    assert item.details is not None
    assert "REMASTER-RESENDS-ALL" in rules_of(item)
    ana, ben, _cal = item.scores
    assert [reason.rule for reason in ana.reasons] == ["REMASTER-RESENDS-ALL"]
    assert [reason.rule for reason in ben.reasons] == ["REMASTER-FIXES-LEDGER"]


def test_a_remaster_still_validates() -> None:
    bad = an_assignment(points=0.0)
    item = plan_one(
        a_snapshot(a_book(bad, scores={ANA: 8}), sent_class()), believing({ANA: 8}), remaster=True
    )
    assert item.action is ItemAction.REFUSED


def test_a_remaster_of_cleared_scores_clears_where_the_district_wants_it() -> None:
    klass = sent_class(scored=frozenset({(believing_id(), "SIS-Cal")}))
    item = plan_one(
        a_snapshot(a_book(), klass),
        believing({CAL: 8}),
        remaster=True,
        policy=Policy(remaster_clears_deleted_scores=True),
    )
    assert actions_of(item)["Cal"] is ScoreAction.CLEARED
    assert item.writes


def believing_id() -> str:
    (item,) = believing({}).items.values()
    return item.line_item_id


def moved(score: float = 8) -> Snapshot:
    """Ana sits in Period 2 now, where Synergy has her, and has this score."""
    ana = replace(ANA, section_ids=frozenset({OTHER_SECTION.id}))
    book = a_book(sections=(SECTION, OTHER_SECTION), students=(ana, BEN, CAL), scores={ana: score, BEN: 7})
    there = a_class(id="CLASS-B", students=(ClassStudent("SIS-Ana", None),))
    return Snapshot(book, {SECTION.id: sent_class(), OTHER_SECTION.id: there})


SENT_BEFORE_THE_MOVE = believing({ANA: 8, BEN: 7})


def plan_there(snapshot: Snapshot, **asked: Any) -> PlannedItem:  # noqa: ANN401 - a builder takes any field
    policy = asked.pop("policy", Policy())
    beliefs = asked.pop("beliefs", SENT_BEFORE_THE_MOVE)
    items = plan_run(DISTRICT, snapshot, beliefs, policy, **asked)
    return next(each for each in items if each.section_id == OTHER_SECTION.id)


def test_a_post_takes_the_score_of_a_student_who_moved_for_sent_and_names_the_remedy() -> None:
    item = plan_there(moved())
    assert (item.action, actions_of(item)) == (ItemAction.UNCHANGED, {"Ana": ScoreAction.HELD})
    (reason,) = item.scores[0].reasons
    assert (reason.rule, reason.refused) == ("REMASTER-MOVES-STUDENT", False)
    assert "remaster" in reason.remedy


def test_a_remaster_carries_the_score_of_a_student_who_moved_over() -> None:
    item = plan_there(moved(), remaster=True)
    assert (item.action, actions_of(item)) == (ItemAction.CREATED, {"Ana": ScoreAction.SENT})
    assert [each.rule for each in item.scores[0].reasons] == ["REMASTER-MOVES-STUDENT"]


def test_a_score_that_changed_after_the_move_is_new_and_travels() -> None:
    item = plan_there(moved(score=9))
    assert (item.action, actions_of(item)) == (ItemAction.CREATED, {"Ana": ScoreAction.SENT})
    assert item.scores[0].reasons == ()


def test_where_the_district_wants_it_an_ordinary_post_carries_over() -> None:
    item = plan_there(moved(), policy=Policy(moved_student="post"))
    assert actions_of(item) == {"Ana": ScoreAction.SENT}


def test_a_student_who_sits_in_both_sections_has_not_moved() -> None:
    both = replace(ANA, section_ids=frozenset({SECTION.id, OTHER_SECTION.id}))
    snapshot = moved()
    book = replace(snapshot.canvas, students=(both, BEN, CAL))
    assert actions_of(plan_there(replace(snapshot, canvas=book))) == {"Ana": ScoreAction.SENT}


def test_once_it_was_carried_over_the_score_counts_as_sent_here() -> None:
    here = BelievedScore("31", OTHER_SECTION.id, ANA.id, 8.0, "none")
    beliefs = replace(
        SENT_BEFORE_THE_MOVE,
        scores={**SENT_BEFORE_THE_MOVE.scores, ("31", OTHER_SECTION.id, ANA.id): here},
    )
    assert actions_of(plan_there(moved(), beliefs=beliefs)) == {"Ana": ScoreAction.UNCHANGED}
