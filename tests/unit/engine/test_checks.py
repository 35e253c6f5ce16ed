import pytest

from sync_engine import Policy
from sync_engine.domain.beliefs import Beliefs
from sync_engine.domain.checks import why_not_sendable
from sync_engine.domain.entry import entries
from sync_engine.domain.report import Reason
from tests.unit.engine.builders import ANA, DISTRICT, a_book, a_snapshot, an_assignment


def faults(policy: Policy, **assignment: object) -> list[Reason]:
    (entry,) = entries(
        DISTRICT, a_snapshot(a_book(an_assignment(**assignment), scores={ANA: 8})), Beliefs(), policy
    )
    return [reason for reason in why_not_sendable(entry, policy) if reason.refused]


@pytest.mark.parametrize(("length", "refused"), [(50, False), (51, True)])
def test_a_name_may_have_as_many_characters_as_the_limit_and_no_more(length: int, *, refused: bool) -> None:
    assert bool(faults(Policy(name_length_max=50), name="x" * length)) is refused


@pytest.mark.parametrize(
    ("name", "refused"),
    [
        ("Cell quiz 1.2 - part (a), äöü", False),
        ("Salt & pepper", True),
        ("<b>Quiz</b>", True),
        ("Don't", True),
        ("back\\slash", True),
        ("Quiz 🎉", True),
        ("two\nlines", True),
        ("zero\x00byte", True),
    ],
)
def test_special_characters_are_refused_and_named(name: str, *, refused: bool) -> None:
    found = faults(Policy(), name=name)
    assert [reason.rule for reason in found] == (["NAME-SPECIAL-CHARS"] if refused else [])


def test_a_character_that_cannot_be_shown_is_named_by_its_number() -> None:
    (reason,) = faults(Policy(), name="zero\x00byte")
    assert "U+0000" in reason.words


def test_checks_that_the_district_leaves_to_synergy_are_not_made() -> None:
    lax = Policy(name_length_max=None, name_forbidden_characters=None, check_points=False)
    assert faults(lax, name="<" * 300, points=0.0) == []


@pytest.mark.parametrize(("points", "refused"), [(None, True), (0.0, True), (-1.0, True), (0.5, False)])
def test_an_assignment_must_be_worth_more_than_nothing(points: float | None, *, refused: bool) -> None:
    assert [each.rule for each in faults(Policy(), points=points)] == (
        ["ZERO-POINTS-REJECTED"] if refused else []
    )


@pytest.mark.parametrize(
    ("group", "exact", "casefold", "trimmed"),
    [
        ("Quizzes", True, True, True),
        ("quizzes", False, True, True),
        (" Quizzes ", False, False, True),
        ("Quiz", False, False, False),
    ],
)
def test_group_names_are_compared_as_the_district_wants(
    group: str, *, exact: bool, casefold: bool, trimmed: bool
) -> None:
    assert (not faults(Policy(group_match="exact"), group_name=group)) is exact
    assert (not faults(Policy(group_match="casefold"), group_name=group)) is casefold
    assert (not faults(Policy(group_match="casefold_trim"), group_name=group)) is trimmed


def test_a_group_that_matches_nothing_is_told_what_there_is_and_what_comes_near() -> None:
    (reason,) = faults(Policy(), group_name="Quizes")
    assert '"Tests"' in reason.words
    assert '"Quizzes" looks like it' in reason.words
    (far_off,) = faults(Policy(), group_name="Trips")
    assert "looks like" not in far_off.words


def test_an_assignment_of_single_students_is_refused_where_the_district_wants_whole_sections() -> None:
    strict = Policy(single_students="refuse")
    assert [each.rule for each in faults(strict, for_single_students=True)] == ["ASSIGN-TO-WHOLE"]
    assert faults(strict) == []
    assert faults(Policy(), for_single_students=True) == []


def test_namesakes_count_where_they_are_marked_to_sync_and_in_the_same_section() -> None:
    strict = Policy(same_names="refuse")
    book = a_book(
        an_assignment(),
        an_assignment(id="32"),
        an_assignment(id="33"),
        an_assignment(id="34", flagged=False),
        an_assignment(id="35", section_ids=frozenset({"12"})),
        scores={ANA: 8},
    )
    first = next(entry for entry in entries(DISTRICT, a_snapshot(book), Beliefs(), strict))
    (reason,) = [each for each in why_not_sendable(first, strict) if each.refused]
    assert reason.rule == "NAME-NOT-UNIQUE"
    assert "2 other assignments that are to sync in this section have the same name" in reason.words
