"""Every switch of a profile says where its default comes from, and a group of switches is no exception."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from pydantic import TypeAdapter

from simulator.profiles import KHSD, PROFILES, ClassTotalReadings, Profile, switch_passports
from simulator.profiles.scale import Band, Scale
from simulator.world import build_world
from simulator.world_file import WorldFileError, world_as_text, world_from_text

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


@pytest.mark.parametrize(
    ("switch", "value", "message"),
    [
        ("time_zone", "Nowhere/Nothing", "time_zone must be one of the IANA time zones"),
        ("time_zone", "", "time_zone must be one of"),
        ("time_zone", "localtime", "time_zone must be one of"),
        ("time_zone", "right/America/New_York", "time_zone must be one of"),
        ("canvas_sis_name", "Syn\nergy", "canvas_sis_name must be one printable line"),
        ("canvas_sis_features", ("f",) * 201, "canvas_sis_features must have no more than 200 entries"),
        ("throttle_window_seconds", 0, "throttle_window_seconds must be 1 at least"),
        ("time_zone", "../../etc/passwd", "time_zone must be one of"),
        ("roster_feed_hour", 24, "roster_feed_hour must be an hour of the day"),
        ("roster_feed_hour", -1, "roster_feed_hour must be from 0"),
        ("token_life_seconds", 10**30, "token_life_seconds must be from 0 to 10,000,000"),
        ("canvas_throttle_leak_per_second", float("nan"), "canvas_throttle_leak_per_second must be from 0"),
        ("page_limit_max", 0, "page_limit_max must be 1 at least"),
    ],
)
def test_a_profile_that_cannot_be_is_refused_where_it_is_made(
    switch: str, value: object, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        replace(KHSD, **{switch: value})  # type: ignore[arg-type]  # any switch
    told = json.loads(world_as_text(build_world(7)))
    told["profile"][switch] = value
    with pytest.raises(WorldFileError, match=rf"profile.*: .*{message}"):
        world_from_text(json.dumps(told))
