"""What `gradelab serve` says when both fakes answer: the doors, how the school starts, how to begin.

What lives here: lines of text. What must never be here: serving, and asking anything of the fakes.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from simulator.doors import Doors
from simulator.not_simulated import HEADER
from simulator.profiles.describing import sentence_of
from simulator.world import World

TEACHERS_GREETED_MAX = 5
PERIODS_GREETED_MAX = 6


def greeting(
    ready: dict[str, Any], doors: Doors, world: World, engine_config: Path | None, *, began: str
) -> list[str]:
    """The lines. `ready` is what the ready file has, `began` a sentence about the work that is there."""
    canvas, oneroster, control = ready["canvas"], ready["oneroster"], ready["control"]
    client = f"{oneroster['client_id']}:{oneroster['client_secret']}"
    lines = [
        f"Seed {world.seed}, profile {sentence_of(world.profile)}. All people and secrets are made up.",
        *([f"What is not simulated is told in a header, {HEADER}."] if world.tells_not_simulated else []),
        f"Fake Canvas:   {canvas['url']}",
        *_teachers(doors),
        f"Fake Synergy:  {oneroster['url']}",
        f"  token URL    {oneroster['token_url']}",
        f"  client       {oneroster['client_id']}",
        f"  secret       {oneroster['client_secret']}",
        f"TeacherVUE:    {ready['teachervue']['url']}",
        f"  token        {ready['teachervue']['token']}",
        f"Control:       {control['url']} (clock, snapshots, faults, journal; docs/control.md)",
        f"  token        {control['token']}",
        "",
        *_school(world),
        began,
        "",
        "To begin with:",
        f"  curl -H 'Authorization: Bearer {canvas['teacher_token']}' {canvas['url']}/api/v1/courses",
        f"  curl -u {client} -d grant_type=client_credentials {oneroster['token_url']}",
    ]
    if engine_config is not None:
        lines.append(f"  gradesync courses --config {shlex.quote(str(engine_config))}")
    return [*lines, "", "Press Ctrl-C to stop."]


def _teachers(doors: Doors) -> Iterator[str]:
    for teacher in doors.canvas.teachers[:TEACHERS_GREETED_MAX]:
        yield f"  {teacher.name} teaches {', '.join(teacher.courses) or 'nothing yet'}"
        yield f"    token {teacher.token}"
    more = len(doors.canvas.teachers) - TEACHERS_GREETED_MAX
    if more > 0:
        yield f"  and {more} more, whom the ready file and the engine's configuration list"


def _school(world: World) -> Iterator[str]:
    """How the school starts: its day, its grading periods, and where the marks are."""
    zone = world.profile.time_zone
    yield (
        f"It is {world.clock.now().astimezone(ZoneInfo(zone)):%A %Y-%m-%d %H:%M} in {zone}, and stays so "
        "until the control API moves the clock."
    )
    yield "Grading periods in Synergy, as the year begins (Canvas begins without any):"
    periods = world.school.grading_periods
    for each in periods[:PERIODS_GREETED_MAX]:
        yield f"  {each.name}, {each.begins} to {each.ends}"
    if len(periods) > PERIODS_GREETED_MAX:
        yield f"  and {len(periods) - PERIODS_GREETED_MAX} more; GET /classes of TeacherVUE lists all"
    yield "Marks: in Canvas, GET /api/v1/courses/ID/students/submissions?student_ids[]=all. In Synergy, which"
    yield "  has none before a sync, GET /classes and GET /classes/ID/gradebook of TeacherVUE."
