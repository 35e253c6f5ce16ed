"""A world in which a teacher has graded and a sync has written, made straight in the stores."""

from __future__ import annotations

from dataclasses import replace

from simulator.canvas import editing, recording
from simulator.canvas.model import Assignment
from simulator.canvas.rules.assignments import Revision
from simulator.synergy.model import Cell, LineItemDraft, ResultDraft
from simulator.synergy.third_party import put_line_item, put_result
from simulator.world import World, build_world


def a_graded_world(*, students: int = 3) -> World:
    """The "Cell quiz" of the first course, graded in Canvas and written to Synergy for so many students."""
    world = build_world(7)
    canvas, synergy = world.canvas, world.synergy
    course = next(iter(canvas.courses.values()))
    now = canvas.now
    quiz = editing.add_assignment(
        canvas,
        Revision(
            Assignment(
                id=0,
                course_id=course.id,
                group_id=canvas.first_group(course.id).id,
                name="Cell quiz",
                position=0,
                created_at=now,
                updated_at=now,
                points_possible=10.0,
                post_to_sis=True,
                workflow_state="published",
            ),
            faults=(),
            verdicts=(),
        ),
    )
    section = world.school.courses[0].sections[0]
    kind = next(each for each in synergy.types_of(section.guid) if each.name == "Quizzes")
    today = synergy.today()
    put_line_item(
        synergy,
        LineItemDraft(
            "li-1", section.guid, kind.guid, "Cell quiz", "", today, today, "", 0.0, 10.0, {"x": [1]}
        ),
    )
    for number, student in enumerate(section.students[:students]):
        user = canvas.users.first(sis=student.guid)
        assert user is not None
        row = canvas.submission(quiz.id, user.id)
        recording.put_submission(
            canvas, replace(row, score=8.0, grade="8", workflow_state="graded", graded_at=now, posted_at=now)
        )
        cell = Cell("li-1", student.guid)
        put_result(synergy, ResultDraft(f"r-{number}", cell, 8.0, "fully graded", today, "L"))
    return world
