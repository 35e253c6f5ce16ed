import pytest

from simulator.canvas.rack import DEPTH_MAX, UnreadableError, read_json, read_query


@pytest.mark.parametrize(
    ("text", "params"),
    [
        ("", {}),
        ("a=1&b=2", {"a": "1", "b": "2"}),
        ("a", {"a": None}),
        ("a=", {"a": ""}),
        ("a%5Bb%5D=x+y", {"a": {"b": "x y"}}),
        ("a[b][c]=1&a[b][d]=2", {"a": {"b": {"c": "1", "d": "2"}}}),
        ("a[]=1&a[]=2", {"a": ["1", "2"]}),
        ("a[][b]=1&a[][b]=2", {"a": [{"b": "1"}, {"b": "2"}]}),
        ("a[b=1", {"a[b": "1"}),
    ],
)
def test_nesting_is_read_as_rack_reads_it(text: str, params: object) -> None:
    assert read_query(text) == params


def test_of_two_equal_keys_the_last_wins() -> None:
    assert read_query("per_page=2&per_page=100") == {"per_page": "100"}


def test_a_list_of_hashes_with_different_keys_arrives_as_one_merged_hash() -> None:
    assert read_query("o[][course_section_id]=1&o[][due_at]=x&o[][student_ids][]=5&o[][student_ids][]=6") == {
        "o": [{"course_section_id": "1", "due_at": "x", "student_ids": ["5", "6"]}]
    }


@pytest.mark.parametrize(
    "text", ["a=1&a[b]=2", "a[]=1&a[b]=2", "a[b]=1&a[]=2", "%ff=1", "a=%ff", "a" + "[b]" * DEPTH_MAX + "=1"]
)
def test_what_cannot_be_read_is_said_to_be_unreadable(text: str) -> None:
    with pytest.raises(UnreadableError):
        read_query(text)


@pytest.mark.parametrize("body", [b"{", b"\xff", b"NaN", b'{"a": "\\ud800"}', b"[" * 100_000, b"9" * 5_000])
def test_a_body_that_is_no_json_is_unreadable(body: bytes) -> None:
    with pytest.raises(UnreadableError):
        read_json(body)


def test_json_that_is_no_object_holds_no_parameters() -> None:
    assert read_json(b"[1, 2]") == {}
