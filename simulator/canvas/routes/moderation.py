"""Publishing the grades of moderated work.

Source: Canvas source, provisional grades controller. What bites: that several graders propose grades is not
simulated. A moderated assignment just has no grades and takes none until this is called, and what is given
then is still hidden until somebody posts it.
"""

from __future__ import annotations

from dataclasses import replace

from fastapi import APIRouter
from starlette.responses import Response

from simulator.canvas import errors
from simulator.canvas.routes.entry import Opened
from simulator.canvas.routes.lookup import assignment_of_course, course_named

router = APIRouter()

NOT_MODERATED = "Assignment does not use moderated grading"
PUBLISHED_ALREADY = "Assignment grades have already been published"


@router.post("/courses/{course_id}/assignments/{assignment_id}/provisional_grades/publish")
async def publish_grades(course_id: str, assignment_id: str, call: Opened) -> Response:
    """Let the final grades be given."""
    assignment = assignment_of_course(call, course_named(call, course_id), assignment_id)
    if not assignment.moderated_grading:
        raise errors.message(NOT_MODERATED)
    if assignment.grades_published_at is not None:
        raise errors.message(PUBLISHED_ALREADY)
    call.store.assignments.put(replace(assignment, grades_published_at=call.now, updated_at=call.now))
    return call.answer({"message": "OK"})
