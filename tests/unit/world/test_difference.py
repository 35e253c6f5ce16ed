"""What changed between two moments, as a person reads it and as data."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

from simulator.canvas import editing, recording
from simulator.canvas.calling import UNTOLD
from simulator.canvas.model import AssignmentOverride, Bucket, GradingPeriod, LatePolicy, Work
from simulator.canvas.rules.handing_in import handed_in
from simulator.canvas.store import CanvasStore
from simulator.difference import difference_between
from simulator.synergy.model import Cell, Nonce, Visits
from simulator.world import World, build_world
from tests.unit.world.gradebook import a_graded_world


def test_between_a_moment_and_itself_nothing_is_different() -> None:
    world = a_graded_world()
    difference = difference_between(world.freeze(), world.freeze())
    assert difference.is_empty
    assert str(difference) == "Nothing is different"


def test_a_difference_reads_as_what_people_call_things() -> None:
    world = a_graded_world()
    before = world.freeze()
    student = world.school.courses[0].sections[0].students[0]
    user = world.canvas.users.first(sis=student.guid)
    quiz = next(iter(world.canvas.assignments.values()))
    assert user is not None
    recording.put_submission(
        world.canvas, replace(world.canvas.submission(quiz.id, user.id), score=9.5, grade="9.5")
    )
    world.canvas.add_group(quiz.course_id, "Homework")
    world.synergy.erase_score(Cell("li-1", student.guid))
    item = world.synergy.assignments["li-1"]
    world.synergy.keep_assignment(replace(item, third_party_readonly=False))
    world.advance(timedelta(minutes=90))
    told = str(difference_between(before, world.freeze())).splitlines()
    assert told == [
        "Clock: 2026-09-14 15:00:00 -> 2026-09-14 16:30:00 UTC",
        "Canvas",
        '  + assignment group "Homework" in Algebra 1',
        f'  ~ submission of {student.name} on "Cell quiz": score 8 -> 9.5, grade "8" -> "9.5"',
        "Synergy",
        '  ~ assignment "Cell quiz" in Algebra 1 - Period 1: third party readonly yes -> no',
        f'  - score of {student.name} on "Cell quiz" in Algebra 1 - Period 1',
    ]


def test_a_difference_is_json_with_what_was_and_what_is() -> None:
    world = a_graded_world()
    before = world.freeze()
    item = world.synergy.assignments["li-1"]
    world.synergy.keep_assignment(replace(item, points=20.0))
    told = json.loads(json.dumps(difference_between(before, world.freeze()).as_dict()))
    assert told["canvas"] == []
    (change,) = told["synergy"]
    assert (change["table"], change["how"], change["key"]) == ("assignments", "changed", "li-1")
    assert change["fields"] == {"points": {"before": 10.0, "after": 20.0}}


def everything(world: World) -> set[str]:
    difference = difference_between(build_world(7).freeze(), world.freeze())
    return {change.table for change in (*difference.canvas, *difference.synergy)}


def test_every_kind_of_row_has_a_name_for_people() -> None:
    world = a_graded_world()
    world.synergy.issue_token(frozenset())
    now = world.synergy.clock.now()
    world.synergy.visits.put(Visits("OneRoster client", now, 1))
    world.synergy.nonces.put(Nonce("1789400000 abc", now))
    actor = world.canvas.actor_of(world.credentials.admin_token)
    assert actor is not None
    world.canvas.buckets.put(Bucket(actor.token_digest, 12.0, world.clock.now()))
    course = world.canvas.courses[1001]
    world.canvas.add_passback_status(course.id, None, status="success", message=None, at=world.clock.now())
    a_period_set(world.canvas)
    quiz = next(iter(world.canvas.assignments.values()))
    world.canvas.overrides.keep([AssignmentOverride(0, quiz.id, "1 student", student_ids=(1001,))])
    world.canvas.jobs.add("submissions_update", course_id=course.id, actor_id=actor.user_id, now=now)
    a_late_policy_and_late_work(world.canvas)
    empty = replace_tables(world)
    difference = difference_between(empty.freeze(), world.freeze())
    called = {change.table: change.called for change in (*difference.canvas, *difference.synergy)}
    assert called.keys() == (world.canvas.tables.keys() | world.synergy.tables.keys()) - UNTOLD
    assert all(name and "=" not in name for name in called.values()), called
    assert called["buckets"] == "throttle bucket of admin"
    traffic = {"tokens", "visits", "nonces", "buckets"}
    periods = {"grading_period_sets", "grading_periods"}
    work = {"assignments", "submissions", "scores", "passback_statuses", "jobs", "progresses", "overrides"}
    lateness = {"late_policies", "comments", "attempts"}
    assert everything(world) == work | traffic | periods | lateness
    assert called["late_policies"] == 'late policy of "Algebra 1"'
    assert called["attempts"].startswith("attempt 1 on submission of ")
    assert called["grading_period_sets"] == 'grading period set "Year"'
    assert called["comments"].startswith("comment on submission of ")
    assert called["overrides"] == f'override of "{quiz.name}" for "1 student"'
    assert called["jobs"] == f'job 1001 of "{course.name}"'
    assert called["progresses"] == f'progress 1001 of "{course.name}"'
    assert called["grading_periods"] == 'grading period "Autumn"'


def a_late_policy_and_late_work(canvas: CanvasStore) -> None:
    """A course with a late policy, and a row with a comment whose work was handed in twice."""
    editing.put_late_policy(canvas, LatePolicy(0, 1001))
    row = next(iter(canvas.submissions.values()))
    canvas.comments.add(row, row.user_id, "Sorry", canvas.now)
    first = recording.put_submission(canvas, handed_in(row, Work("online_text_entry", "One"), canvas.now))
    canvas.attempts.keep(first)
    recording.put_submission(canvas, handed_in(first, Work("online_text_entry", "Two"), canvas.now))


def a_period_set(canvas: CanvasStore) -> None:
    """A set of one grading period."""
    now = canvas.now
    made = canvas.grading_periods.add_set(
        "Year", is_weighted=False, shows_all_totals=False, term_ids=(), now=now
    )
    canvas.grading_periods.put([GradingPeriod(0, made.id, "Autumn", now, now, now)])


def replace_tables(world: World) -> World:
    """A world like this one with nothing in it."""
    empty = World("empty", world.seed, world.profile, world.school)
    empty.clock.thaw(world.clock.freeze())
    return empty


def test_a_token_is_not_in_a_difference() -> None:
    world = build_world(7)
    before = world.freeze()
    token = world.synergy.issue_token(frozenset())
    difference = difference_between(before, world.freeze())
    assert "+ OneRoster access token 1001" in str(difference)
    told = json.dumps(difference.as_dict()["synergy"][0]["fields"])
    assert token not in told
    assert "digest" not in told
