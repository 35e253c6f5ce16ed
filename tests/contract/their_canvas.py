"""The public client of Canvas, `canvasapi`, against a world's fake Canvas, over a real socket.

What lives here: opening and closing it. What must never be here: a change to it; what it makes of an answer
is the point. What bites: it sends forms and never JSON, and cannot send a null.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeAlias

import canvasapi

from simulator.testing.world import WorldInTest

Theirs: TypeAlias = Any
"""A value of their package, which has no types."""


@contextmanager
def their_canvas(world: WorldInTest, token: str | None = None, *, url: str = "") -> Iterator[Theirs]:
    """A client with the administrator's token, or another, which knows this Canvas by its URL or another."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it would rather have https, which no loopback needs
        client = canvasapi.Canvas(
            url or world.canvas.url, world.canvas.admin_token if token is None else token
        )
    try:
        yield client
    finally:
        client._Canvas__requester._session.close()


def the_course(client: Theirs, world: WorldInTest, index: int = 0) -> Theirs:
    """One of the world's courses, found by the id that its SIS knows it by."""
    return client.get_course(world.school.courses[index].guid, use_sis_id=True)


def the_students(course: Theirs) -> list[Theirs]:
    """A course's students, by name."""
    return list(course.get_users(enrollment_type=["student"]))
