"""The golden cases are numbers from the specifications of Canvas's grade calculator."""

from datetime import UTC, datetime

import pytest

from simulator.canvas.model import Assignment, AssignmentGroup, Submission
from simulator.canvas.rules.totals import Totals, course_totals

NOW = datetime(2026, 9, 14, tzinfo=UTC)
Work = tuple[int, float | None, float]


def totals(work: list[Work], weights: dict[int, float] | None = None) -> Totals:
    assignments = [
        Assignment(
            number, 1, group, "Quiz", 1, NOW, NOW, points_possible=possible, workflow_state="published"
        )
        for number, (group, _score, possible) in enumerate(work)
    ]
    rows = {
        number: Submission(number, 1, score=score, grade=str(score), workflow_state="graded", posted_at=NOW)
        for number, (_group, score, _possible) in enumerate(work)
        if score is not None
    }
    groups = [AssignmentGroup(number, 1, "Group", 1, weight) for number, weight in (weights or {}).items()]
    return course_totals(assignments, groups, rows, weighted=weights is not None)


@pytest.mark.parametrize(
    ("work", "weights", "current", "final"),
    [
        ([(1, None, 10), (1, 5, 10)], None, 50.0, 25.0),
        ([(1, 75, 100), (2, 53.75, 100)], {1: 9.9, 2: 23.1}, 60.13, 60.13),
        ([(1, 267.9, 200), (2, 53.7, 100)], {1: 50, 2: 50}, 93.83, 93.83),
        ([(1, 88.56, 100), (1, 69.71, 100)], None, 79.14, 79.14),
        ([(1, 9, 10), (2, None, 40)], None, 90.0, 18.0),
        ([(1, 9, 10), (2, None, 40)], {1: 50, 2: 50}, 90.0, 45.0),
        ([(1, 10, 10), (2, 40, 40)], {1: 50, 2: 60}, 110.0, 110.0),
        ([(1, 10, 10), (2, None, 40)], {1: 50, 2: 40}, 100.0, 55.56),
        ([(1, 10, 10)], {1: 0}, None, None),
        ([(1, 5, 0)], None, None, None),
        ([], None, None, None),
    ],
)
def test_golden_totals(
    work: list[Work], weights: dict[int, float] | None, current: float | None, final: float | None
) -> None:
    found = totals(work, weights)
    assert (found.current, found.final) == (current, final)


def rated(*rows: Submission) -> Totals:
    assignments = [
        Assignment(
            row.assignment_id, 1, 1, "Quiz", 1, NOW, NOW, points_possible=10, workflow_state="published"
        )
        for row in rows
    ]
    return course_totals(assignments, [], {row.assignment_id: row for row in rows}, weighted=False)


def test_excused_work_counts_nowhere() -> None:
    found = rated(Submission(1, 1, score=5, posted_at=NOW), Submission(2, 1, excused=True, posted_at=NOW))
    assert found == Totals(50.0, 50.0, 50.0, 50.0)


def test_hidden_scores_count_only_in_the_unposted_totals() -> None:
    found = rated(Submission(1, 1, score=2, posted_at=NOW), Submission(2, 1, score=4))
    assert found == Totals(20.0, 10.0, 30.0, 30.0)


def test_work_that_is_unpublished_ungraded_or_left_out_counts_nowhere() -> None:
    plain = {"points_possible": 10.0, "workflow_state": "published"}
    assignments = [
        Assignment(1, 1, 1, "Counted", 1, NOW, NOW, **plain),  # type: ignore[arg-type]
        Assignment(2, 1, 1, "Unpublished", 1, NOW, NOW, points_possible=10),
        Assignment(3, 1, 1, "Not graded", 1, NOW, NOW, grading_type="not_graded", **plain),  # type: ignore[arg-type]
        Assignment(4, 1, 1, "Left out", 1, NOW, NOW, omit_from_final_grade=True, **plain),  # type: ignore[arg-type]
    ]
    rows = {
        each.id: Submission(each.id, 1, score=1.0 if each.id > 1 else 9.0, posted_at=NOW)
        for each in assignments
    }
    assert course_totals(assignments, [], rows, weighted=False).final == 90.0
