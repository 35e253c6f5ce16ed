"""What an enrollment comes to by its dates: whose dates hold."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from simulator.canvas.model import Course, Enrollment, Section, Term
from simulator.canvas.rules.enrollment_dates import PENDING, state_by_dates

NOW = datetime(2026, 9, 14, tzinfo=UTC)
BEFORE, AFTER = NOW - timedelta(days=1), NOW + timedelta(days=1)
COURSE, SECTION = Course(1, "Algebra", "ALG", NOW), Section(1, 1, "Period 1", NOW)


def state(starts_at: datetime | None, ends_at: datetime | None, term: tuple[datetime, datetime]) -> str:
    place = Enrollment(
        1, 1, 1, 1, "StudentEnrollment", "active", NOW, NOW, starts_at=starts_at, ends_at=ends_at
    )
    return state_by_dates(
        place, SECTION, COURSE, Term(1, "Fall", NOW, starts_at=term[0], ends_at=term[1]), NOW
    )


@pytest.mark.parametrize(
    ("starts_at", "ends_at", "seen"),
    [
        (AFTER, AFTER + timedelta(days=1), PENDING),
        (BEFORE - timedelta(days=1), BEFORE, "completed"),
        (BEFORE, AFTER, "active"),
        (AFTER, None, "active"),
        (None, BEFORE, "active"),
    ],
)
def test_dates_of_ones_own_hold_only_where_there_are_both(
    starts_at: datetime | None, ends_at: datetime | None, seen: str
) -> None:
    assert state(starts_at, ends_at, (BEFORE, AFTER)) == seen
