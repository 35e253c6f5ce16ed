from simulator.ids import Ids


def test_canvas_ids_count_up_for_each_kind() -> None:
    ids = Ids(7)
    assert [ids.integer("course"), ids.integer("course"), ids.integer("user")] == [1001, 1002, 1001]


def test_guids_depend_on_the_seed_and_the_name_and_not_on_the_order() -> None:
    one, other = Ids(7), Ids(7)
    other.guid("student", 2)
    assert one.guid("student", 1) == other.guid("student", 1)
    assert Ids(8).guid("student", 1) != one.guid("student", 1)
    assert one.guid("student", 1) != one.guid("student", 2)


def test_secrets_differ_by_seed_and_by_what_they_are_for() -> None:
    assert len({Ids(7).secret("a"), Ids(7).secret("b"), Ids(8).secret("a")}) == 3


def test_draws_depend_on_what_they_are_for_and_are_spread_over_the_whole_range() -> None:
    ids = Ids(7)
    thrown = [ids.draw("fault", "storm", number) for number in range(1_000)]
    assert thrown == [Ids(7).draw("fault", "storm", number) for number in range(1_000)]
    assert all(0 <= each < 1 for each in thrown)
    assert 450 < sum(each < 0.5 for each in thrown) < 550


def test_counted_ids_go_on_from_where_they_were_frozen() -> None:
    ids = Ids(7)
    ids.integer("course")
    frozen = ids.freeze()
    ids.integer("course")
    ids.thaw(frozen)
    assert (ids.integer("course"), ids.integer("user")) == (1002, 1001)
