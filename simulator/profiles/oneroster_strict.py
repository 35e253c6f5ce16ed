"""A strict OneRoster 1.1 provider, as the specification's tables and other vendors' guides describe one."""

from simulator.profiles.profile import Profile

ONEROSTER_STRICT = Profile(
    name="oneroster_strict",
    name_length_max=30,
    due_date_required=True,
    grading_period_required=True,
    score_required="always",
    score_over_max="refuse",
    score_dates="day",
    closed_period_writes="refuse_when_any_closed",
)
