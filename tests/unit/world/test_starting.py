"""Worlds that start from something else than the small school."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from simulator.profiles import ONEROSTER_STRICT
from simulator.schools.errors import StartError
from simulator.starting import Wish, start_world
from simulator.world import build_world
from simulator.world_file import world_as_text

ROOMS = "teachers: [Grace Hopper]\nstudents: [Ada Lovelace]\ncourses: [{name: Algebra 1}]\n"


def test_a_district_is_rostered_into_both_systems() -> None:
    world = start_world(Wish(start="district:schools=1,sections=12,students=5", seed=3))
    assert len(world.synergy.classes) == 12
    students = [each for each in world.canvas.enrollments.values() if each.type == "StudentEnrollment"]
    assert len(students) == 60
    assert len(world.credentials.teacher_tokens) == len(world.school.teachers)


def test_the_same_start_and_seed_give_the_same_world_and_another_start_another() -> None:
    wish = Wish(start="district:schools=1,sections=6,students=4", seed=3)
    assert world_as_text(start_world(wish)) == world_as_text(start_world(wish))
    assert world_as_text(start_world(wish)) != world_as_text(start_world(Wish(start="empty", seed=3)))


def test_a_reset_goes_back_to_the_worlds_own_start() -> None:
    world = start_world(Wish(start="empty"))
    world.canvas.add_user(name="Ada Lovelace", login_id="ada", sis_user_id=None)
    began = len(world.school.students)
    world.reset()
    assert (began, [each.name for each in world.canvas.users.values() if "Ada" in each.name]) == (0, [])


def test_a_reset_of_a_fork_goes_back_to_where_the_first_world_began() -> None:
    world = start_world(Wish(start="empty"))
    world.advance(timedelta(hours=3))
    forked = world.fork("second")
    forked.reset()
    assert forked.clock.now() == build_world(7).clock.now()
    assert len(forked.synergy.classes) == 0


def test_a_file_that_describes_a_school_is_rostered(tmp_path: Path) -> None:
    file = tmp_path / "rooms.yaml"
    file.write_text(ROOMS, encoding="utf-8")
    world = start_world(Wish(start=str(file), seed=3))
    assert [each.name for each in world.school.students] == ["Ada Lovelace"]
    file.write_text(ROOMS.replace("Ada Lovelace", "Mary Jackson"), encoding="utf-8")
    again = start_world(Wish(start=str(file), seed=3))
    assert [each.name for each in again.school.students] == ["Mary Jackson"]


def test_a_file_that_a_world_was_exported_to_goes_on_with_its_own_seed_and_profile(tmp_path: Path) -> None:
    exported = build_world(11, profile=ONEROSTER_STRICT)
    exported.advance(timedelta(hours=3))
    file = tmp_path / "monday.json"
    file.write_text(world_as_text(exported), encoding="utf-8")
    world = start_world(Wish(start=str(file), seed=3, name="again"))
    assert (world.name, world.seed, world.profile) == ("again", 11, ONEROSTER_STRICT)
    world.advance(timedelta(hours=1))
    world.reset()
    assert world.clock.now() == exported.clock.now()


def test_a_wish_may_set_single_switches_of_its_profile() -> None:
    world = start_world(Wish(profile=ONEROSTER_STRICT, switches={"name_length_max": "40"}))
    assert world.profile == replace(ONEROSTER_STRICT, name_length_max=40)


def test_a_world_that_was_exported_takes_no_other_switches(tmp_path: Path) -> None:
    path = tmp_path / "exported.json"
    path.write_text(world_as_text(build_world(7)), encoding="utf-8")
    with pytest.raises(StartError, match="exported has its switches already"):
        start_world(Wish(start=str(path), switches={"name_length_max": 40}))


def test_what_was_set_comes_back_out_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "exported.json"
    world = start_world(Wish(switches={"name_length_max": 40, "class_totals.missing_percent": None}))
    path.write_text(world_as_text(world), encoding="utf-8")
    assert start_world(Wish(start=str(path))).profile == world.profile


def test_a_damaged_export_is_told_with_its_file(tmp_path: Path) -> None:
    file = tmp_path / "monday.json"
    file.write_text(world_as_text(build_world(7)).replace('"version": 1', '"version": 99'), encoding="utf-8")
    with pytest.raises(StartError, match=r"monday\.json: version: this gradelab reads version 1"):
        start_world(Wish(start=str(file)))


def test_a_server_lets_nobody_name_a_file(tmp_path: Path) -> None:
    file = tmp_path / "rooms.yaml"
    file.write_text(ROOMS, encoding="utf-8")
    with pytest.raises(StartError, match="there is no start"):
        start_world(Wish(start=str(file)), files=False)


def test_a_district_may_begin_with_grades_on_every_course() -> None:
    world = start_world(Wish(start="district:schools=1,sections=6,students=10,graded=5", seed=3))
    rows = list(world.canvas.submissions.values())
    assert len(rows) == 6 * 10 * 5
    now = world.clock.now()
    assert all(row.has_grade and row.graded_at and row.posted_at == row.graded_at < now for row in rows)
    assert len({row.score for row in rows}) > 10
    assert any(row.excused for row in rows)


def test_past_work_is_marked_to_sync_under_synergys_own_types() -> None:
    world = start_world(Wish(start="district:schools=1,sections=2,students=3,graded=4", seed=3))
    types = {each.name for each in world.synergy.class_types.values()}
    work = list(world.canvas.assignments.values())
    assert all(each.post_to_sis and each.is_published and each.due_at is not None for each in work)
    assert {world.canvas.groups[each.group_id].name for each in work} <= types


def test_past_work_is_the_same_from_the_same_seed_and_another_from_another() -> None:
    def scores(seed: int) -> list[float | None]:
        world = start_world(Wish(start="district:schools=1,sections=2,students=5,graded=2", seed=seed))
        return [row.score for row in world.canvas.submissions.values()]

    assert scores(3) == scores(3)
    assert scores(3) != scores(4)


def test_a_district_begins_without_grades_unless_told() -> None:
    world = start_world(Wish(start="district:schools=1,sections=2,students=3", seed=3))
    assert len(world.canvas.submissions) == len(world.canvas.assignments) == 0
