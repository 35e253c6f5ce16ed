from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.canvas.model import Assignment
from simulator.canvas.rules.scoring import Mark, read_grade
from simulator.canvas.rules.totals.rounding import round_half_up

NOW = datetime(2026, 9, 14, tzinfo=UTC)


def worth(points: float, grading_type: str = "points") -> Assignment:
    return Assignment(1, 1, 1, "Quiz", 1, NOW, NOW, points_possible=float(points), grading_type=grading_type)


@pytest.mark.parametrize(
    ("text", "assignment", "score", "grade"),
    [
        ("9", worth(10), 9.0, "9"),
        ("9.50", worth(10), 9.5, "9.5"),
        ("12", worth(10), 12.0, "12"),
        ("-3", worth(10), -3.0, "-3"),
        (".5", worth(10), 0.5, "0.5"),
        ("85%", worth(10), 8.5, "8.5"),
        ("7%", worth(100), 7.0, "7"),
        ("120%", worth(10), 12.0, "12"),
        ("complete", worth(10), 10.0, "10"),
        ("9", worth(12, "percent"), 9.0, "75%"),
        ("2", worth(3, "percent"), 2.0, "66.67%"),
        ("9", worth(0, "percent"), 9.0, "9%"),
        ("complete", worth(10, "pass_fail"), 10.0, "complete"),
        ("incomplete", worth(10, "pass_fail"), 0.0, "incomplete"),
        ("10", worth(10, "pass_fail"), 10.0, "complete"),
        ("0%", worth(10, "pass_fail"), 0.0, "incomplete"),
        ("complete", worth(0, "pass_fail"), 0.0, "complete"),
        ("A", worth(10, "letter_grade"), 10.0, "A"),
        ("A-", worth(10, "letter_grade"), 9.3, "A-"),
        ("b", worth(100, "gpa_scale"), 86.0, "B"),
        ("F", worth(100, "letter_grade"), 60.0, "F"),
        ("89.99", worth(100, "letter_grade"), 89.99, "B+"),
        ("A", worth(0, "letter_grade"), 0.0, "A"),
    ],
)
def test_a_grade_is_worth(text: str, assignment: Assignment, score: float, grade: str) -> None:
    assert read_grade(text, assignment) == Mark(score, grade)


@pytest.mark.parametrize(
    ("text", "assignment"),
    [
        ("abc", worth(10)),
        ("A", worth(10)),
        ("1e3", worth(10)),
        ("9.", worth(10)),
        ("", worth(10)),
        ("\u0663", worth(10)),
        ("9" * 400, worth(10)),
        ("5", worth(10, "pass_fail")),
        ("G", worth(10, "letter_grade")),
    ],
)
def test_a_grade_that_means_nothing_here(text: str, assignment: Assignment) -> None:
    assert read_grade(text, assignment) is None


@pytest.mark.parametrize(
    ("number", "rounded"), [(2.675, 2.68), (1.005, 1.01), (93.825, 93.83), (-0.005, -0.01)]
)
def test_halves_go_away_from_zero_by_the_text_of_the_number(number: float, rounded: float) -> None:
    assert round_half_up(number) == rounded


@settings(derandomize=True)
@given(
    st.one_of(st.text(max_size=20), st.floats().map(str), st.integers().map("{}%".format)),
    st.sampled_from(["points", "percent", "pass_fail", "letter_grade", "gpa_scale", "not_graded"]),
    st.sampled_from([0.0, 0.1, 10.0, 999_999_999.0]),
)
def test_no_text_breaks_the_reading_of_grades(text: str, grading_type: str, points: float) -> None:
    mark = read_grade(text, worth(points, grading_type))
    assert mark is None or mark.grade != ""
