"""Districts whose pages tell how their Canvas and Synergy work together, as far as the systems show it.

What lives here: profiles that differ from the default in what a page of the district states. What bites: for
Tigard-Tualatin and Midland that is nothing here; they differ in how the sync is run, which is the policy of
the engine (`scenarios/policies.py`, `docs/profiles.md`).
"""

from simulator.profiles.profile import Profile

TTSD_2023 = Profile(name="ttsd_2023")
"""Tigard-Tualatin SD before the school year 2024-25 ("Setting up Grade Passback")."""

TTSD_2024 = Profile(name="ttsd_2024")
"""Tigard-Tualatin SD since 2024-25: a remaster clears scores that were deleted in Canvas (same page)."""

MIDLAND = Profile(name="midland")
"""Midland PS: a nightly sync that can be switched on, and a remaster of chosen assignments (KB 158641)."""

CORVALLIS = Profile(name="corvallis", category_writes="refuse", district_types_locked=True)
"""Corvallis SD 509J: types, weights and rounding are the district's, two decimals in every class
("Synergy district defaults", August 2025). Two decimals are what a class of this fake begins with."""

RSD_105 = Profile(
    name="rsd_105",
    open_periods="one_at_a_time",
    closed_period_edits="refuse_when_all_closed",
    closed_period_writes="refuse_when_all_closed",
)
"""RSD 105, whose office opens one grading period at a time ("Synergy End of Quarter Process"). What an open
window lets a teacher do is our reading: an assignment is open while one of its periods is."""
