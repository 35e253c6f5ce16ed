"""Every switch of a profile says where its default comes from, and a group of switches is no exception."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from pydantic import TypeAdapter

from simulator.profiles import KHSD, PROFILES, ClassTotalReadings, Profile, switch_passports
from simulator.profiles.scale import Band, Scale

FILE = TypeAdapter(Profile)


@pytest.mark.parametrize("name", switch_passports())
def test_every_switch_has_a_source_and_a_confidence(name: str) -> None:
    passport = switch_passports()[name].metadata
    assert passport["source"]
    assert passport["confidence"] in {"documented", "observed", "assumed"}


def test_the_switches_of_a_group_are_switches() -> None:
    names = switch_passports()
    assert {"percent_scale", "class_totals.drop_order", "class_totals.rounding_off_means"} <= set(names)
    assert not {"name", "class_totals"} & set(names)


@pytest.mark.parametrize("profile", PROFILES.values(), ids=lambda each: each.name)
def test_a_profile_comes_back_from_a_file_as_it_was(profile: Profile) -> None:
    odd = replace(
        profile,
        percent_scale=Scale("pass", Decimal(100), (Band("P", Decimal("59.50"), Decimal(100)),)),
        class_totals=ClassTotalReadings(missing_percent=None, drop_tie="newer", drop_keeps_one=False),
    )
    for each in (profile, odd):
        assert FILE.validate_json(FILE.dump_json(each)) == each


def test_a_file_with_marks_that_overlap_is_told_so() -> None:
    document = FILE.dump_python(KHSD, mode="json")
    document["percent_scale"]["bands"][1]["high"] = "95.00"
    with pytest.raises(ValueError, match='Mark "B" of percent must end below 90'):
        FILE.validate_python(document)
