"""Which grading periods are ticked for an assignment, and which one a gradebook shows, decided purely.

What lives here: the reading of days against periods. What must never be here: the store, a clock, whether a
period is open (`windows`, `rules`). What bites: periods overlap, because Progress 1, Quarter 1 and Semester 1
begin on the same day.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from simulator.profiles import Profile
from simulator.synergy.model import Assignment, PeriodDefault, Session


def grading_periods_for(
    due: date | None, today: date, periods: Sequence[Session], default: PeriodDefault, profile: Profile
) -> tuple[str, ...]:
    """The periods in which a new assignment shows and counts, by the class setting for new assignments.

    "Assignment Due Date" ticks what the due date lies in (Kern High School District, FAQ 9): every period, or
    the one of them that ends first, as the profile says. The same page names no other value; ours ticks the
    present period alone, which is why an assignment then disappears when the gradebook goes on to the next.
    Where no period holds the due date, the present ones are ticked; outside of all of them, the last one: an
    assignment in no period would be seen nowhere. The two fallbacks are ours.
    """
    if default == "current_period":
        present = the_present_period(today, periods)
        return () if present is None else (present.guid,)
    by_due_date = () if due is None else periods_that_hold(due, periods)
    ticked = by_due_date or periods_that_hold(today, periods) or tuple(periods[-1:])
    if profile.due_date_ticks == "first_to_end":
        ticked = (min(ticked, key=lambda each: each.ends),) if ticked else ()
    return tuple(each.guid for each in ticked)


def periods_that_hold(day: date, periods: Iterable[Session]) -> tuple[Session, ...]:
    """The periods that a day lies in: Progress, Quarter and Semester overlap."""
    return tuple(period for period in periods if period.begins <= day <= period.ends)


def the_present_period(today: date, periods: Sequence[Session]) -> Session | None:
    """The period that a gradebook shows by itself: of those going on, the one that ends first.

    Progress 1, Quarter 1 and Semester 1 begin on the same day, so a gradebook goes on from each to the next
    when it ends (Kern High School District, FAQ 9). Where none is going on, as in the holidays, it is the
    next one; after all of them, the last. Those two are ours.
    """
    not_over = [each for each in periods if today <= each.ends]
    going_on = [each for each in not_over if each.begins <= today]
    first = min(going_on or not_over, key=lambda each: each.ends, default=None)
    return first or (periods[-1] if periods else None)


def ticks_stay(stored: Assignment, due: date | None, default: PeriodDefault, profile: Profile) -> bool:
    """Whether an assignment that is sent again stays in the grading periods that it is in.

    The class setting is one for new assignments (Kern High School District, FAQ 9), so an assignment that was
    put into Progress only is still there, and only there, when it is sent again in the Quarter. What a due
    date does that was moved meanwhile is a switch.

    Args:
        stored: The assignment as it is.
        due: Its due date as it is sent; None for none.
        default: The setting of its class.
        profile: Whether what is left out is kept anyhow, and what a moved due date does.
    """
    if profile.omitted_fields == "keep":
        return True
    if profile.resent_ticks == "worked_out_again":
        return False
    moved = default == "assignment_due_date" and due is not None and due != stored.due_date
    return profile.resent_ticks == "stay" or not moved
