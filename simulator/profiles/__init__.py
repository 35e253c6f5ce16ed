"""Profiles: what one district or vendor version does differently, as frozen switches with a source each."""

from simulator.profiles.class_totals import ClassTotalReadings
from simulator.profiles.comment_codes import CommentCode
from simulator.profiles.districts import CORVALLIS, MIDLAND, RSD_105, TTSD_2023, TTSD_2024
from simulator.profiles.khsd import KHSD
from simulator.profiles.oneroster_strict import ONEROSTER_STRICT
from simulator.profiles.other_providers import (
    BLACKBAUD_LIKE,
    CAMPUS_LIKE,
    GOOGLE_READY,
    STRONGMIND_LIKE,
)
from simulator.profiles.profile import Profile, differences_from, switch_passports
from simulator.profiles.provider import ProviderDeviations

PROFILES: dict[str, Profile] = {
    profile.name: profile
    for profile in (
        KHSD,
        TTSD_2023,
        TTSD_2024,
        MIDLAND,
        CORVALLIS,
        RSD_105,
        ONEROSTER_STRICT,
        BLACKBAUD_LIKE,
        CAMPUS_LIKE,
        GOOGLE_READY,
        STRONGMIND_LIKE,
    )
}
"""All that are shipped, by name (`docs/profiles.md`)."""

__all__ = [
    "BLACKBAUD_LIKE",
    "CAMPUS_LIKE",
    "CORVALLIS",
    "GOOGLE_READY",
    "KHSD",
    "MIDLAND",
    "ONEROSTER_STRICT",
    "PROFILES",
    "RSD_105",
    "STRONGMIND_LIKE",
    "TTSD_2023",
    "TTSD_2024",
    "ClassTotalReadings",
    "CommentCode",
    "Profile",
    "ProviderDeviations",
    "differences_from",
    "switch_passports",
]
