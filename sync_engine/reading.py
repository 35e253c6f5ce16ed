"""Reads both systems before anything is decided.

The course in Canvas, then each of its classes in Synergy.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sync_engine.canvas.client import CanvasClient
from sync_engine.district import District
from sync_engine.domain.progress import ProgressStep, Stage
from sync_engine.domain.snapshot import CanvasBook, Snapshot, SynergyClass
from sync_engine.oneroster.client import OneRosterClient

Tell = Callable[[ProgressStep], None]


@dataclass(frozen=True, slots=True)
class Rooms:
    """One district, with a client for each of its systems."""

    district: District
    canvas: CanvasClient
    oneroster: OneRosterClient


async def read_canvas(rooms: Rooms, course_id: str, tell: Tell) -> CanvasBook:
    """The course as Canvas has it."""
    tell(ProgressStep(Stage.READING_CANVAS, 0, 1, f"course {course_id}"))
    book = await rooms.canvas.book(course_id)
    tell(ProgressStep(Stage.READING_CANVAS, 1, 1, book.course.name))
    return book


async def read_synergy(rooms: Rooms, book: CanvasBook, tell: Tell, *, with_results: bool) -> Snapshot:
    """The classes that the course's sections are linked to; a section made by hand has none."""
    linked = [(section, section.sis_id) for section in book.sections if section.sis_id]
    if not linked:
        return Snapshot(book, {})
    tell(ProgressStep(Stage.READING_SYNERGY, 0, len(linked), "assignment types"))
    categories = await rooms.oneroster.categories()
    classes: dict[str, SynergyClass] = {}
    for done, (section, class_id) in enumerate(linked, start=1):
        classes[section.id] = await rooms.oneroster.read_class(
            class_id, categories, with_results=with_results
        )
        tell(ProgressStep(Stage.READING_SYNERGY, done, len(linked), section.name))
    return Snapshot(book, classes)
