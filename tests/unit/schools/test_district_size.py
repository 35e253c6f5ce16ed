import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.schools.errors import StartError
from simulator.schools.size import DistrictSize

sizes = st.builds(
    DistrictSize,
    schools=st.integers(1, 10),
    sections_per_school=st.integers(1, 2000),
    students_per_section=st.integers(1, 25),
    cross_listed_share=st.floats(0, 1),
    periods_a_day=st.integers(1, 12),
    graded_per_course=st.integers(0, 4),
)


def test_what_a_text_leaves_out_has_its_default() -> None:
    assert DistrictSize.parse("sections=200,students=20") == DistrictSize(
        schools=2, sections_per_school=200, students_per_section=20, cross_listed_share=0.1, periods_a_day=6
    )
    assert DistrictSize.parse("") == DistrictSize()


def test_spaces_around_words_do_not_matter() -> None:
    assert DistrictSize.parse(" schools = 3 , cross_listed = 0.5 ") == DistrictSize(
        schools=3, cross_listed_share=0.5
    )


@given(sizes)
def test_the_text_of_a_size_is_read_back_as_that_size(size: DistrictSize) -> None:
    assert DistrictSize.parse(str(size)) == size


@given(st.text(max_size=60))
def test_any_text_is_a_size_or_one_line_of_what_is_wrong(text: str) -> None:
    try:
        DistrictSize.parse(text)
    except StartError as error:
        assert re.fullmatch(r".+\. .+\.", str(error))  # noqa: PT017 - most texts are no size


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("sections=many", 'sections: "many" is no whole number. Give 1 to 2000, as in sections=2.'),
        ("sections=-5", 'sections: "-5" is no whole number. Give 1 to 2000, as in sections=2.'),
        ("sections=0", 'sections: "0" is outside of the limits. Give 1 to 2000.'),
        ("schools=101", 'schools: "101" is outside of the limits. Give 1 to 100.'),
        ("students=201", 'students: "201" is outside of the limits. Give 1 to 200.'),
        ("graded=101", 'graded: "101" is outside of the limits. Give 0 to 100.'),
        ("graded=-1", 'graded: "-1" is no whole number. Give 0 to 100, as in graded=2.'),
        (
            "sections=2000,graded=30",
            (
                "graded: 120000 enrollments with 30 grades each are 3600000 grades, and a district has at "
                "most 2000000. Make a number smaller."
            ),
        ),
        ("periods=13", 'periods: "13" is outside of the limits. Give 1 to 12.'),
        (
            "cross_listed=10%",
            'cross_listed: "10%" is no share. Give 0 (none) to 1 (all), as in cross_listed=0.1.',
        ),
        (
            "cross_listed=nan",
            'cross_listed: "nan" is no share. Give 0 (none) to 1 (all), as in cross_listed=0.1.',
        ),
        (
            "cross_listed=1.5",
            'cross_listed: "1.5" is no share. Give 0 (none) to 1 (all), as in cross_listed=0.1.',
        ),
        (
            "section=3",
            (
                '"section" is no word of a size. Did you mean "sections"? '
                "Write schools, sections, students, cross_listed, periods, graded."
            ),
        ),
        ("sections", '"sections" is no setting. Write it as in sections=60.'),
        ("sections=1,,", '"" is no setting. Write it as in sections=60.'),
        ("sections=1,sections=2", "sections: it is given twice. Give it once."),
        (
            "schools=100,sections=2000",
            (
                "sections: 100 x 2000 are 200000 sections, and a district has at most 20000. "
                "Make schools or sections smaller."
            ),
        ),
        (
            "schools=10,sections=2000,students=26",
            (
                "students: 20000 sections of 26 are 520000 enrollments, and a district has at most 500000. "
                "Make one of the numbers smaller."
            ),
        ),
    ],
)
def test_a_wrong_text_is_told_in_one_line_that_names_the_word_and_the_fix(text: str, line: str) -> None:
    with pytest.raises(StartError) as refused:
        DistrictSize.parse(text)
    assert str(refused.value) == line


@pytest.mark.parametrize("value", [True, 2.0, "2", None])
def test_a_number_that_is_none_is_refused_from_code_too(value: object) -> None:
    with pytest.raises(StartError, match=r"schools: .* is no whole number"):
        DistrictSize(schools=value)  # type: ignore[arg-type]  # what a JSON body may bring
    with pytest.raises(StartError, match=r"cross_listed: .* is no share"):
        DistrictSize(cross_listed_share=f"{value}")  # type: ignore[arg-type]
