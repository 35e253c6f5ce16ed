"""The engine's settings that go with a shipped profile, where a district runs the sync unlike Kern.

What lives here: settings of `[districts.NAME.policy]` as gradesync reads them, by the profile's name, each
from the same page as the profile. What must never be here: behaviour, and a setting that is the default.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

Settings: TypeAlias = Mapping[str, bool | int | str]

POLICIES: Mapping[str, Settings] = {
    "ttsd_2024": {"remaster_clears_deleted_scores": True},
    "midland": {"nightly_sync": True},
    "oneroster_strict": {
        "name_length_max": 30,
        "due_date": "required",
        "single_students": "refuse",
        "same_names": "refuse",
    },
    "campus_like": {"name_length_max": 30},
}


def policy_of(profile: str) -> Settings:
    """What to set for a profile; nothing where the engine's defaults are right."""
    return POLICIES.get(profile, {})
