import uuid

import pytest

from sync_engine.domain.identity import gradebook_id, line_item_id, result_id
from sync_engine.domain.policy import REFUSAL_WORDS
from sync_engine.domain.refusals import rule_of


def test_the_same_place_gives_the_same_id_for_ever() -> None:
    assert line_item_id("valley", "31", "11") == "9a55682b-bcf5-5ff3-be2f-ce7e6ce0965d"
    assert result_id("valley", "31", "11", "21") == "f8c33d95-3523-5a90-a81d-536bb521c2e8"


def test_ids_of_different_places_differ() -> None:
    ids = [
        line_item_id("valley", "31", "11"),
        line_item_id("valley", "3", "111"),
        line_item_id("hills", "31", "11"),
        result_id("valley", "31", "11", "21"),
        result_id("valley", "31", "11", "22"),
        gradebook_id("valley", "31"),
    ]
    assert len(set(ids)) == len(ids)
    assert all(uuid.UUID(each).version == 5 for each in ids)


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ("Third Party Readonly is off", "READONLY-OFF-ERROR"),
        ("The assignment is not locked to the third party", "READONLY-OFF-ERROR"),
        ("The title is too long (51 characters)", "NAME-TOO-LONG"),
        ("Name is too long", "NAME-TOO-LONG"),
        ("The name has characters that are not taken", "NAME-SPECIAL-CHARS"),
        ("Points must be more than zero", "ZERO-POINTS-REJECTED"),
        ("resultValueMax must be greater than 0", "ZERO-POINTS-REJECTED"),
        ("Assignment type not found in this class", "GROUP-NAME-MATCH"),
        ("Student does not belong to the class", "STUDENT-NOT-IN-CLASS"),
        ("The student is not enrolled", "STUDENT-NOT-IN-CLASS"),
        ("dueDate is required", "DUE-DATE-REQUIRED"),
        ("Something new", "SIS-VALIDATION"),
        ("", "SIS-VALIDATION"),
    ],
)
def test_a_vendors_words_are_recognised(words: str, rule: str) -> None:
    assert rule_of(words, REFUSAL_WORDS) == rule


def test_the_name_of_the_assignment_is_no_evidence() -> None:
    words = 'Assignment "Readonly due date" is refused: the student is not in the class'
    assert rule_of(words, REFUSAL_WORDS, names=["Readonly due date", ""]) == "STUDENT-NOT-IN-CLASS"
    assert rule_of(words, REFUSAL_WORDS) == "READONLY-OFF-ERROR"
