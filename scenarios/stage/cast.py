"""Who and what a story speaks of: handles that carry a name and the ids by which each system knows it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Student:
    """A student.

    `guid` is the SIS id in Canvas and the sourcedId in Synergy; "" for one whom Synergy does not know.
    """

    name: str
    guid: str
    canvas_id: str = ""

    @property
    def canvas_key(self) -> str:
        """How a Canvas path addresses the student."""
        return self.canvas_id or f"sis_user_id:{self.guid}"

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class Section:
    """A class of Synergy, which is a section of the Canvas course."""

    name: str
    guid: str
    students: tuple[Student, ...]

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class Assignment:
    """An assignment in Canvas, by the name that it was created with."""

    name: str
    canvas_id: str

    def __str__(self) -> str:
        return f'"{self.name}"'
