"""Choosing a profile: by name, with single switches set otherwise, and what is said where that cannot be."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from operator import attrgetter

import pytest

from simulator.profiles import KHSD, ONEROSTER_STRICT, PROFILES, CommentCode
from simulator.profiles.choosing import ProfileError, chosen_profile, read_settings, switch_kinds
from simulator.profiles.describing import described, sentence_of, switches_set, text_of, unlike
from simulator.profiles.in_a_line import IN_A_LINE


@pytest.mark.parametrize(
    ("switch", "value", "read"),
    [
        ("name_length_max", "40", 40),
        ("name_length_max", 40, 40),
        ("canvas_denied_status", "401", 401),
        ("canvas_denied_status", 401, 401),
        ("canvas_request_cost", "0.5", 0.5),
        ("canvas_request_cost", 3, 3.0),
        ("due_date_required", "true", True),
        ("due_date_required", True, True),
        ("score_over_max", "refuse", "refuse"),
        ("name_forbidden_characters", "40", "40"),
        ("name_forbidden_characters", "", ""),
        ("canvas_sis_features", '["post_grades"]', ("post_grades",)),
        ("canvas_sis_features", ["post_grades"], ("post_grades",)),
        ("canvas_custom_grade_statuses", "null", None),
        ("canvas_custom_grade_statuses", None, None),
        ("class_totals.drop_tie", "newer", "newer"),
        ("class_totals.missing_percent", "50", Decimal(50)),
        ("class_totals.missing_percent", None, None),
        ("provider.vendor_header", "x-vendor", "x-vendor"),
        (
            "comment_codes",
            '[{"code": "Z", "comment": "Absent", "excuses": true}]',
            (CommentCode(code="Z", comment="Absent", excuses=True),),
        ),
    ],
)
def test_a_switch_is_set_by_a_value_of_json_or_by_its_text(switch: str, value: object, read: object) -> None:
    chosen = chosen_profile("khsd", {switch: value})
    assert attrgetter(switch)(chosen) == read
    assert list(switches_set(chosen)) == [switch]


@pytest.mark.parametrize(
    ("switch", "value", "told"),
    [
        ("name_lenght_max", 1, "is no switch. Did you mean name_length_max? It takes a whole number."),
        ("drop_tie", "newer", "Did you mean class_totals.drop_tie? It takes older or newer."),
        ("name", "mine", "is no switch. See: gradelab profiles khsd"),
        ("", "x", "is no switch."),
        ("score_over_max", "refused", 'takes accept or refuse, not "refused". Did you mean refuse?'),
        ("score_over_max", 1, 'takes accept or refuse, not "1".'),
        ("score_over_max", None, 'takes accept or refuse, not "null".'),
        ("canvas_denied_status", 404, "takes 401 or 403"),
        ("canvas_denied_status", "404", "takes 401 or 403"),
        ("due_date_required", "yes", "takes true or false"),
        ("due_date_required", 1, "takes true or false"),
        ("name_length_max", True, "takes a whole number"),
        ("name_length_max", "1.5", "takes a whole number"),
        ("name_length_max", -1, "must be from 0 to 10,000,000, not -1."),
        ("name_length_max", object(), "takes a whole number"),
        ("canvas_request_cost", "NaN", "must be from 0 to 10,000,000, not nan."),
        ("canvas_request_cost", float("inf"), "takes a number"),
        ("class_totals.missing_percent", "-5", "must be from 0 to 10,000,000, not -5."),
        ("class_totals.missing_percent", "NaN", "takes a number, or null"),
        ("canvas_sis_features", "post_grades", 'takes a list in JSON, such as ["one", "two"]'),
        ("canvas_custom_grade_statuses", '[1, "x"]', "(1: must be a valid integer)"),
        ("comment_codes", '[{"code": " ", "comment": "x"}]', "a comment code is not blank"),
        ("percent_scale", "four_point", "takes an object in JSON with name, top, bands"),
        ("provider.vendor_header", "a b", "must be the name of a header"),
        ("time_zone", "Nowhere/Nothing", "must be one of the IANA time zones"),
        ("page_limit_max", "0", "must be 1 at least"),
    ],
)
def test_what_cannot_be_set_is_one_line_with_the_switch_and_what_it_takes(
    switch: str, value: object, told: str
) -> None:
    with pytest.raises(ProfileError) as refused:
        chosen_profile("khsd", {switch: value})
    assert told in str(refused.value)
    assert len(str(refused.value).splitlines()) == 1
    assert [each.switch for each in refused.value.problems] == [switch]


def test_every_switch_that_is_wrong_is_told() -> None:
    with pytest.raises(ProfileError) as refused:
        chosen_profile("khsd", {"score_over_max": "no", "name_length_max": 40, "put_body": "some"})
    assert [each.switch for each in refused.value.problems] == ["score_over_max", "put_body"]


def test_an_unknown_profile_names_the_nearest_and_all() -> None:
    with pytest.raises(ProfileError, match=r'no profile "khds"\. Did you mean khsd\? Choose one of: khsd, '):
        chosen_profile("khds")


def test_a_switch_of_a_group_leaves_the_others_of_the_group_alone() -> None:
    chosen = chosen_profile("blackbaud_like", {"provider.error_words": "full"})
    assert chosen.provider == replace(PROFILES["blackbaud_like"].provider, error_words="full")
    assert PROFILES["blackbaud_like"].provider.error_words == "bare"


def test_a_switch_can_be_set_back_to_the_default_in_a_profile_that_has_it_otherwise() -> None:
    chosen = chosen_profile("oneroster_strict", {"score_over_max": "accept"})
    assert chosen.score_over_max == "accept"
    assert sentence_of(chosen) == "oneroster_strict with score_over_max=accept"
    assert unlike(ONEROSTER_STRICT, chosen) == ("score_over_max=accept where refuse is expected",)


def test_a_profile_of_somebodys_own_takes_switches_too() -> None:
    own = replace(KHSD, name="mine", name_length_max=20)
    assert chosen_profile(own, {"put_body": "none"}) == replace(own, put_body="none")
    assert switches_set(own) == {"name_length_max": 20}
    assert chosen_profile(own) is own


@pytest.mark.parametrize("profile", PROFILES.values(), ids=lambda each: each.name)
def test_every_value_that_is_told_can_be_set(profile: object) -> None:
    assert profile in PROFILES.values()
    for each in described(profile):  # type: ignore[arg-type]  # a profile
        as_typed = chosen_profile("khsd", {each.name: text_of(each.value)})
        assert attrgetter(each.name)(as_typed) == attrgetter(each.name)(profile)
        assert chosen_profile("khsd", {each.name: each.value}) == as_typed


def test_what_was_typed_is_read_up_to_the_first_equals_sign() -> None:
    assert read_settings(["a=1", "b=x=y", "c="]) == {"a": "1", "b": "x=y", "c": ""}


@pytest.mark.parametrize("typed", ["name_length_max", "=40", "", " = "])
def test_what_is_not_written_as_name_and_value_is_refused(typed: str) -> None:
    with pytest.raises(ProfileError, match="write NAME=VALUE, such as name_length_max=40"):
        read_settings([typed])


def test_a_switch_that_is_set_twice_is_refused() -> None:
    with pytest.raises(ProfileError, match="put_body is set twice"):
        read_settings(["put_body=none", "put_body=empty"])


def test_every_shipped_profile_has_a_line_and_every_switch_a_kind() -> None:
    assert set(IN_A_LINE) == set(PROFILES)
    assert len(switch_kinds()) == len(described(KHSD))
    assert not any(each.differs for each in described(KHSD))
