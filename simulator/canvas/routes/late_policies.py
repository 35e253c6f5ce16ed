"""The late policy of a course: reading, making and changing it.

Source: Canvas API documentation, "Late Policy"; Canvas source, its controller.
"""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from simulator.canvas import editing, errors
from simulator.canvas.model import LatePolicy
from simulator.canvas.params import as_hash
from simulator.canvas.routes.entry import Call, Opened
from simulator.canvas.routes.lookup import course_named
from simulator.canvas.rules.late_policy_terms import revise_late_policy
from simulator.canvas.views.late_policies import late_policy_json

router = APIRouter()

_ROOT = "late_policy"
_INVALID = 422


@router.get("/courses/{course_id}/late_policy")
async def get_late_policy(course_id: str, call: Opened) -> Response:
    """The late policy, where the course has one."""
    return call.answer(late_policy_json(_policy(call, course_named(call, course_id).id)))


@router.post("/courses/{course_id}/late_policy")
async def create_late_policy(course_id: str, call: Opened) -> Response:
    """Give the course a late policy. What is handed in late already loses its points at once."""
    course = course_named(call, course_id)
    if call.store.late_policies.of_course(course.id) is not None:
        raise errors.only_one_late_policy()
    return call.answer(late_policy_json(_kept(call, LatePolicy(0, course.id))), 201)


@router.patch("/courses/{course_id}/late_policy")
async def update_late_policy(course_id: str, call: Opened) -> Response:
    """Change the late policy, and with it what late work has lost."""
    _kept(call, _policy(call, course_named(call, course_id).id))
    return Response(status_code=204)


def _policy(call: Call, course_id: int) -> LatePolicy:
    found = call.store.late_policies.of_course(course_id)
    if found is None:
        raise errors.not_found()
    return found


def _kept(call: Call, before: LatePolicy) -> LatePolicy:
    wanted = as_hash(call.params.get(_ROOT))
    if not wanted:
        raise errors.missing(_ROOT)
    after, faults = revise_late_policy(before, wanted)
    if faults:
        raise errors.unsaved(faults, _INVALID)
    return editing.put_late_policy(call.store, after)
