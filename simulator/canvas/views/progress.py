"""The progress of work that goes on behind an answer, on the wire.

Source: Canvas source, `lib/api/v1/progress`. What bites: there are results only when it is done, and only if
it has some.
"""

from __future__ import annotations

from typing import Any

from simulator.canvas.model import Progress
from simulator.canvas.views.wire import moment


def progress_json(progress: Progress, *, base: str) -> dict[str, Any]:
    """How it stands."""
    body: dict[str, Any] = {
        "id": progress.id,
        "context_id": progress.course_id,
        "context_type": "Course",
        "user_id": None,
        "tag": progress.tag,
        "completion": progress.completion,
        "workflow_state": progress.workflow_state,
        "created_at": moment(progress.created_at),
        "updated_at": moment(progress.updated_at),
        "message": progress.message,
        "url": f"{base}/api/v1/progress/{progress.id}",
    }
    if progress.result is not None:
        body["results"] = {
            "assignment_id": progress.result.assignment_id,
            "posted_at": moment(progress.result.posted_at),
            "user_ids": list(progress.result.user_ids),
        }
    return body
