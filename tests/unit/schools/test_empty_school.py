from simulator.schools.empty import empty_school_of
from simulator.schools.small import school_of


def test_the_empty_district_has_one_school_one_teacher_and_nothing_to_do() -> None:
    school = empty_school_of(7)
    assert (len(school.campuses), len(school.teachers)) == (1, 1)
    assert (school.students, school.courses) == ((), ())


def test_its_grading_periods_and_assignment_types_are_those_of_the_small_school() -> None:
    empty, small = empty_school_of(7), school_of(7)
    assert empty.grading_periods == small.grading_periods
    assert empty.assignment_types == small.assignment_types


def test_the_same_seed_gives_the_same_teacher_and_another_seed_another() -> None:
    empty_school_of.cache_clear()
    first = empty_school_of(7).teachers
    empty_school_of.cache_clear()
    assert empty_school_of(7).teachers == first != empty_school_of(8).teachers
