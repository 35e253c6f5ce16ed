"""Tables: what an index finds, and what a frozen table keeps while the live one goes on."""

from __future__ import annotations

from dataclasses import dataclass, replace

from hypothesis import given
from hypothesis import strategies as st

from simulator.state import Table


@dataclass(frozen=True, slots=True)
class Pupil:
    number: int
    room: str | None = None


def pupils(*rows: Pupil) -> Table[int, Pupil]:
    table = Table(Pupil, lambda pupil: pupil.number, room=lambda pupil: pupil.room)
    table.update(rows)
    return table


def test_an_index_finds_rows_oldest_first() -> None:
    table = pupils(Pupil(3, "a"), Pupil(1, "b"), Pupil(2, "a"))
    assert [each.number for each in table.where(room="a")] == [3, 2]
    assert (table.first(room="b"), table.first(room="c")) == (Pupil(1, "b"), None)
    assert (table.count(room="a"), table.count(room="c")) == (2, 0)


def test_a_row_that_moves_is_found_where_it_went() -> None:
    table = pupils(Pupil(1, "a"), Pupil(2, "a"))
    table.put(Pupil(1, "b"))
    assert [each.number for each in table.where(room="a")] == [2]
    assert [each.number for each in table.where(room="b")] == [1]


def test_a_row_without_a_value_is_kept_and_not_found_by_it() -> None:
    table = pupils(Pupil(1, "a"))
    table.put(Pupil(1))
    assert (list(table.values()), table.count(room="a")) == ([Pupil(1)], 0)


def test_rows_may_be_written_while_an_index_is_read() -> None:
    table = pupils(Pupil(1, "a"), Pupil(2, "a"))
    for each in table.where(room="a"):
        table.put(replace(each, room="b"))
    assert table.count(room="b") == 2


def test_taking_out_what_is_not_there_is_no_error() -> None:
    assert pupils().pop(7) is None


def test_a_frozen_table_stays_as_it_was_and_can_be_gone_back_to() -> None:
    table = pupils(Pupil(1, "a"))
    before = table.freeze()
    table.put(Pupil(2, "a"))
    table.pop(1)
    after = table.freeze()
    table.thaw(before)
    assert [each.number for each in table.where(room="a")] == [1]
    table.put(Pupil(3, "a"))
    table.thaw(after)
    assert [each.number for each in table.where(room="a")] == [2]
    assert list(before.rows) == [1]


def test_freezing_copies_no_row_and_no_dictionary_until_the_next_write() -> None:
    table = pupils(Pupil(1, "a"))
    one, other = table.freeze(), table.freeze()
    assert one.rows is other.rows
    table.put(Pupil(2))
    assert table.freeze().rows is not one.rows


Write = tuple[str, int, str | None]
writes = st.lists(
    st.tuples(
        st.sampled_from(("put", "pop", "freeze", "thaw")),
        st.integers(0, 5),
        st.sampled_from((None, "a", "b")),
    ),
    max_size=40,
)


@given(writes)
def test_a_table_is_a_dictionary_with_an_index_whatever_is_done_to_it(steps: list[Write]) -> None:
    table, plain = pupils(), dict[int, Pupil]()
    frozen = (table.freeze(), dict(plain))
    for what, number, room in steps:
        match what:
            case "put":
                table.put(Pupil(number, room))
                plain[number] = Pupil(number, room)
            case "pop":
                assert table.pop(number) == plain.pop(number, None)
            case "freeze":
                frozen = (table.freeze(), dict(plain))
            case _:
                table.thaw(frozen[0])
                plain = dict(frozen[1])
        assert list(table.items()) == list(plain.items())
        for wanted in ("a", "b"):
            found = sorted(each.number for each in table.where(room=wanted))
            assert found == sorted(each.number for each in plain.values() if each.room == wanted)
        assert frozen[0].rows == frozen[1]
