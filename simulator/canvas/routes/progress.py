"""How it stands with work that Canvas does after it has answered.

What bites: where the profile holds jobs for a number of polls, asking is what lets them go on.
"""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from simulator.canvas import errors, working
from simulator.canvas.params import as_integer
from simulator.canvas.routes.entry import Opened
from simulator.canvas.routes.lookup import course_named
from simulator.canvas.views.progress import progress_json

router = APIRouter()


@router.get("/progress/{progress_id}")
async def get_progress(progress_id: str, call: Opened) -> Response:
    """One progress, for whoever may see its course."""
    progress = call.store.jobs.progress(as_integer(progress_id) or 0)
    if progress is None:
        raise errors.not_found()
    course_named(call, str(progress.course_id))
    return call.answer(progress_json(working.poll(call.store, progress), base=call.base))
