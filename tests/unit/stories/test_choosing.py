from __future__ import annotations

import pytest

from contracts import catalogue
from scenarios.choosing import (
    NoSuchThingError,
    chosen_mutant,
    chosen_rule,
    chosen_stories,
    family_names,
)
from scenarios.library import STORIES


def test_nothing_wanted_is_everything() -> None:
    assert chosen_stories(()) == STORIES


def test_capitals_do_not_count() -> None:
    assert chosen_stories(["score-sent-once"]) == chosen_stories(["SCORE-SENT-ONCE"])
    assert chosen_stories(["Naming"]) == chosen_stories(["naming"])
    assert chosen_stories(["A_Status_Alone_Is_Not_Sent"]) == chosen_stories(["a_status_alone_is_not_sent"])
    assert chosen_rule("score-sent-once") is catalogue.SCORE_SENT_ONCE
    assert chosen_mutant("Open-Lock-Written").rule is catalogue.READONLY_OFF_ERROR


def test_a_story_that_is_wanted_twice_is_played_once() -> None:
    chosen = chosen_stories(["locks", "READONLY-OFF-ERROR"])
    assert len(chosen) == len({story.name for story in chosen})


@pytest.mark.parametrize(
    ("wanted", "meant"),
    [
        ("SCORE-SEND-ONCE", "SCORE-SENT-ONCE"),
        ("namings", "naming"),
        ("a_status_alone_is_not_send", "a_status_alone_is_not_sent"),
    ],
)
def test_what_was_probably_meant_is_asked(wanted: str, meant: str) -> None:
    with pytest.raises(NoSuchThingError, match=rf"Did you mean {meant}\?"):
        chosen_stories([wanted])


def test_a_rule_and_a_mutant_that_do_not_exist_are_asked_for_alike() -> None:
    with pytest.raises(NoSuchThingError, match=r"Did you mean SCORE-SENT-ONCE\?"):
        chosen_rule("score-send-once")
    with pytest.raises(NoSuchThingError, match=r"Did you mean open-lock-written\?"):
        chosen_mutant("open-lock-writen")


def test_where_nothing_comes_near_nothing_is_asked() -> None:
    with pytest.raises(NoSuchThingError) as caught:
        chosen_stories(["xyzzy"])
    assert "Did you mean" not in str(caught.value)


def test_families_are_called_like_the_files_of_the_library() -> None:
    assert {story.family for story in STORIES} == set(family_names())
