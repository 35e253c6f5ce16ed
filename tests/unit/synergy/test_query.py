"""The filter grammar of OneRoster, without HTTP."""

import pytest

from simulator.synergy.oneroster.query import QueryError, read_query
from simulator.synergy.oneroster.shapes import LINE_ITEM, USER

ITEMS = [
    {
        "sourcedId": "a",
        "title": "Cell Quiz",
        "dueDate": "2026-09-18T07:00:00.000Z",
        "resultValueMax": 10.0,
        "class": {"href": "h", "sourcedId": "C1", "type": "class"},
        "metadata": {"term.id": "t1"},
    },
    {
        "sourcedId": "b",
        "title": "O'Neill's essay",
        "dueDate": "2026-10-02T07:00:00.000Z",
        "resultValueMax": 100.0,
        "class": {"href": "h", "sourcedId": "C2", "type": "class"},
        "metadata": {},
    },
    {
        "sourcedId": "c",
        "title": "cell lab",
        "assignDate": "2026-09-14",
        "resultValueMax": 9.0,
        "class": {"href": "h", "sourcedId": "C1", "type": "class"},
        "metadata": {},
    },
]


def found(filter_text: str) -> str:
    page, _total = read_query({"filter": filter_text}, LINE_ITEM, limit_max=100).page(ITEMS, dict)
    return "".join(each["sourcedId"] for each in page)


@pytest.mark.parametrize(
    ("filter_text", "expected"),
    [
        ("title='cell quiz'", "a"),
        ("title!='cell quiz'", "bc"),
        ("title~'CELL'", "ac"),
        ("title='O''Neill''s essay'", "b"),
        ("resultValueMax>'9.5'", "ab"),
        ("resultValueMax<='10'", "ac"),
        ("resultValueMax='10.0'", "a"),
        ("dueDate>='2026-10-02T00:00:00-07:00'", "b"),
        ("dueDate='2026-09-18T07:00:00Z'", "a"),
        ("dueDate<'2026-09-30'", "a"),
        ("assignDate='2026-09-14T00:00:00.000Z'", "c"),
        ("assignDate>='2026-09-14T00:00:00Z'", "c"),
        ("assignDate<'2026-09-14T05:00:00Z'", "c"),
        ("assignDate>'2026-09-14T00:00:00Z'", ""),
        ("title<'2026-09-14T00:00:00Z'", ""),
        ("dueDate!='2026-09-18T07:00:00Z'", "bc"),
        ("class.sourcedId='C1'", "ac"),
        ("metadata.term.id='t1'", "a"),
        ("class='C1'", ""),
        ("title~'cell' AND resultValueMax>'9'", "a"),
        ("title~'quiz' OR title~'essay'", "ab"),
        ("title~'cell' and class.sourcedId='C1' AND resultValueMax='9'", "c"),
        ("title > 'cell quiz'", "b"),
    ],
)
def test_a_filter_keeps_what_it_says(filter_text: str, expected: str) -> None:
    assert found(filter_text) == expected


@pytest.mark.parametrize(
    "filter_text",
    [
        "",
        "title",
        "title=x",
        "title='x' AND",
        "title='x' title='y'",
        "title='x' AND title='y' OR title='z'",
        "nope='x'",
        "title.sourcedId='x'",
        "class.nope='x'",
        "metadata.='x'",
        "title='x",
        " AND ".join(["title='x'"] * 11),
    ],
)
def test_a_filter_that_cannot_be_read_is_an_error(filter_text: str) -> None:
    with pytest.raises(QueryError) as caught:
        found(filter_text)
    assert caught.value.minor == "invalid_filter_field"


def test_ten_predicates_are_not_too_many() -> None:
    assert found(" OR ".join(["title~'cell'"] * 10)) == "ac"


def test_a_list_holds_if_one_of_its_values_does() -> None:
    users = [{"sourcedId": "a", "grades": ["09", "10"]}, {"sourcedId": "b", "grades": ["10"]}]
    page, total = read_query({"filter": "grades='09'"}, USER, limit_max=100).page(users, dict)
    assert ([each["sourcedId"] for each in page], total) == (["a"], 1)


@pytest.mark.parametrize(
    ("params", "expected"),
    [
        ({"sort": "title"}, "cab"),
        ({"sort": "title", "orderBy": "desc"}, "bac"),
        ({"sort": "resultValueMax"}, "cab"),
        ({"sort": "dueDate"}, "abc"),
        ({"sort": "dueDate", "orderBy": "desc"}, "bac"),
        ({"sort": "metadata.term.id", "orderBy": "desc"}, "abc"),
        ({"sort": "class.sourcedId", "orderBy": "desc"}, "bac"),
        ({}, "abc"),
    ],
)
def test_a_sort_orders_numbers_as_numbers_and_words_without_case(
    params: dict[str, str], expected: str
) -> None:
    page, _total = read_query(params, LINE_ITEM, limit_max=100).page(ITEMS, dict)
    assert "".join(each["sourcedId"] for each in page) == expected
