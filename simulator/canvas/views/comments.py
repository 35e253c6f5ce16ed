"""Comments on submissions on the wire. Source: Instructure's API documentation, SubmissionComment."""

from __future__ import annotations

from typing import Any

from simulator.canvas.model import SubmissionComment, User
from simulator.canvas.views.wire import moment


def comment_json(comment: SubmissionComment, author: User, *, base: str) -> dict[str, Any]:
    """A comment with whoever wrote it."""
    return {
        "id": comment.id,
        "author_id": author.id,
        "author_name": author.name,
        "author": {
            "id": author.id,
            "display_name": author.name,
            "avatar_image_url": None,
            "html_url": f"{base}/users/{author.id}",
        },
        "comment": comment.text,
        "created_at": moment(comment.created_at),
        "edited_at": None,
        "attempt": comment.attempt,
    }
