"""RSD 105, whose office opens one grading period at a time ("Synergy End of Quarter Process").

What an open window lets a teacher do is our reading: an assignment is open while one of its periods is.
"""

from simulator.profiles.profile import Profile

RSD_105 = Profile(
    name="rsd_105",
    open_periods="one_at_a_time",
    closed_period_edits="refuse_when_all_closed",
    closed_period_writes="refuse_when_all_closed",
)
