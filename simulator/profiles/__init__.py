"""Profiles: what one district or vendor version does differently, as frozen switches with a source each."""

from simulator.profiles.class_totals import ClassTotalReadings
from simulator.profiles.comment_codes import CommentCode
from simulator.profiles.khsd import KHSD
from simulator.profiles.oneroster_strict import ONEROSTER_STRICT
from simulator.profiles.profile import Profile, switch_passports
from simulator.profiles.rsd_105 import RSD_105

PROFILES: dict[str, Profile] = {profile.name: profile for profile in (KHSD, RSD_105, ONEROSTER_STRICT)}

__all__ = [
    "KHSD",
    "ONEROSTER_STRICT",
    "PROFILES",
    "RSD_105",
    "ClassTotalReadings",
    "CommentCode",
    "Profile",
    "switch_passports",
]
