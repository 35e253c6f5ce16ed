"""Each shipped profile differs from the default in what its page documents, and in nothing else."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from contracts.catalogue import RULES
from scenarios.policies import POLICIES, policy_of
from scenarios.serve import engine_config_of
from simulator.addresses import Addresses
from simulator.doors import doors_of
from simulator.profiles import KHSD, PROFILES, Profile, differences_from
from simulator.world import build_world
from sync_engine import Policy
from sync_engine.config import load

DOCUMENT = (Path(__file__).parents[2] / "docs" / "profiles.md").read_text(encoding="utf-8")
ROWS = dict(re.findall(r"^\| `(\w+)` \| ([^|]*) \|", DOCUMENT, flags=re.MULTILINE))

DIFFERENCES: dict[str, dict[str, object]] = {
    "khsd": {},
    "ttsd_2023": {},
    "ttsd_2024": {},
    "midland": {},
    "corvallis": {"category_writes": "refuse", "district_types_locked": True},
    "rsd_105": {
        "open_periods": "one_at_a_time",
        "closed_period_edits": "refuse_when_all_closed",
        "closed_period_writes": "refuse_when_all_closed",
    },
    "oneroster_strict": {
        "name_length_max": 30,
        "due_date_required": True,
        "grading_period_required": True,
        "score_required": "always",
        "score_over_max": "refuse",
        "score_dates": "day",
        "closed_period_writes": "refuse_when_any_closed",
    },
    "blackbaud_like": {
        "error_shape": "statusInfoSet",
        "score_over_max": "refuse",
        "provider.error_words": "bare",
        "provider.line_item_deletes": "refuse",
        "provider.dates_outside_period": "refuse",
        "provider.days_in": "utc",
        "provider.score_before_assigned": "refuse",
        "provider.typed_scores": "refuse",
        "provider.unfinished_statuses": "fully_graded",
    },
    "campus_like": {
        "name_length_max": 30,
        "closed_period_writes": "refuse_when_any_closed",
        "provider.vendor_header": "x-vendor-authorization",
    },
    "google_ready": {"name_length_max": 255, "category_required": False},
    "strongmind_like": {"booleans_as": "text"},
}


def named_in(cell: str) -> tuple[set[str], set[str]]:
    """The switches and the engine's settings that a cell of the document names."""
    systems, _engine, engine = cell.partition("engine:")
    return set(re.findall(r"`([\w.]+)`", systems)), set(re.findall(r"`(\w+)`", engine))


def test_every_profile_is_listed_here_and_in_the_document() -> None:
    assert set(DIFFERENCES) == set(PROFILES) == set(ROWS)


@pytest.mark.parametrize("profile", PROFILES.values(), ids=lambda each: each.name)
def test_a_profile_differs_in_what_is_documented_and_in_nothing_else(profile: Profile) -> None:
    assert differences_from(KHSD, profile) == DIFFERENCES[profile.name]


@pytest.mark.parametrize("name", PROFILES)
def test_the_document_names_the_switches_and_settings_of_a_profile(name: str) -> None:
    switches, settings = named_in(ROWS[name])
    assert switches == set(DIFFERENCES[name])
    assert settings == set(policy_of(name))


@pytest.mark.parametrize("name", POLICIES)
def test_the_engines_settings_are_settings_and_are_not_the_defaults(name: str) -> None:
    assert name in PROFILES
    defaults = {each.name: each.default for each in fields(Policy)}
    for setting, value in POLICIES[name].items():
        assert value != defaults[setting]


@pytest.mark.parametrize("name", ["khsd", *POLICIES])
def test_the_configuration_for_the_engine_has_them(name: str, tmp_path: Path) -> None:
    world = build_world(7, profile=PROFILES[name])
    doors = doors_of(world, Addresses("http://127.0.0.1:1", "http://127.0.0.1:2", ""))
    path = tmp_path / "gradesync.toml"
    path.write_text(engine_config_of(world, doors, tmp_path / "ledger.sqlite3"), encoding="utf-8")
    expected: dict[str, Any] = dict(policy_of(name))
    config = load(path, {}, tmp_path)
    assert len(config.districts) == len(world.school.teachers)
    for district in config.districts:
        assert district.policy == Policy(**expected)


def test_the_profiles_of_a_rule_are_shipped() -> None:
    for rule in RULES:
        assert set(rule.profiles) <= set(PROFILES), rule.id
