"""What class totals are computed by belongs to the world: files, snapshots and differences carry it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from simulator.difference import difference_between
from simulator.profiles import KHSD, ClassTotalReadings, CommentCode
from simulator.synergy.class_totals import class_totals
from simulator.synergy.model import GradeBookSetup, ScoreType, TermPart, TermWeighting
from simulator.world import World, build_world
from simulator.world_file import WorldFileError, world_as_text, world_from_text
from tests.unit.world.gradebook import a_graded_world

SETUP = GradeBookSetup(
    method="points",
    class_rounding=False,
    decimals=1,
    report_card_scale="four_point",
    score_types=(ScoreType("PE", (("4", 100.0), ("3", 90.0))),),
    comment_codes=(CommentCode(code="AB", comment="Absent", not_scored_percent=Decimal("62.5")),),
    term_weightings=(TermWeighting("s1", (TermPart(90.0, "s1"), TermPart(10.0, exam_type_guid="x"))),),
)


def raw(world: World) -> str:
    """The total of the student who has a score."""
    section = world.school.courses[0].sections[0]
    rows = class_totals(world.synergy, world.synergy.classes[section.guid], None)
    return str(rows[0].total.raw)


def set_up(world: World) -> None:
    """Another set-up for the class, extra credit beside its quiz, and a score that its type drops."""
    store = world.synergy
    quiz = store.assignments["li-1"]
    store.classes.put(replace(store.classes[quiz.class_guid], setup=SETUP))
    store.assignments.put(replace(quiz, category="extra_credit", score_type="PE"))
    store.class_types.put(replace(store.class_types[quiz.type_guid], drop_lowest=1))


def test_a_file_carries_the_set_up_the_category_and_the_drops() -> None:
    world = a_graded_world()
    set_up(world)
    again = world_from_text(world_as_text(world))
    section = world.school.courses[0].sections[0]
    assert again.synergy.classes[section.guid].setup == SETUP
    assert (again.synergy.assignments["li-1"].category, raw(again)) == ("extra_credit", raw(world))
    assert difference_between(world.freeze(), again.freeze()).is_empty


def test_a_file_carries_how_the_profile_reads_synergy() -> None:
    profile = replace(
        KHSD,
        class_totals=ClassTotalReadings(rounding_off_means="half_up", missing_percent=Decimal("37.5")),
        comment_codes=(CommentCode(code="L", comment="Late", penalty_percent=Decimal("12.5")),),
    )
    again = world_from_text(world_as_text(build_world(7, profile=profile)))
    assert again.profile == profile


@pytest.mark.parametrize("written", ["decimals", "percent", "drop_lowest", "category"])
def test_a_file_with_a_setting_that_cannot_be_is_told_so(written: str) -> None:
    world = a_graded_world()
    set_up(world)
    spoilt = {
        "decimals": ('"decimals": 1', '"decimals": 7'),
        "percent": ("90.0\n", '"many"\n'),
        "drop_lowest": ('"drop_lowest": 1', '"drop_lowest": "x"'),
        "category": ('"extra_credit"', '"bonus"'),
    }
    text = world_as_text(world)
    assert spoilt[written][0] in text
    with pytest.raises(WorldFileError, match=r"^synergy\."):
        world_from_text(text.replace(*spoilt[written]))


def test_a_snapshot_brings_the_set_up_back_and_a_difference_tells_it() -> None:
    world = a_graded_world()
    before = raw(world)
    world.snapshot("weighted")
    set_up(world)
    assert raw(world) != before
    told = str(difference_between(world.snapshots.named("weighted").state, world.freeze()))
    assert "drop lowest 0 -> 1" in told
    assert 'category "normal" -> "extra_credit"' in told
    world.restore("weighted")
    assert raw(world) == before
