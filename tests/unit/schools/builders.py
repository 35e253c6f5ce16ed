"""World files as a test writes them, and what is said of them."""

from __future__ import annotations

from simulator.schools import School
from simulator.schools.worldfile import SchoolFileError
from simulator.schools.worldfile.reading import school_in

FILE = "rooms.yaml"


def the_school_in(text: str, *, seed: int = 7, file: str = FILE) -> School:
    """The school that a text describes."""
    return school_in(text.encode(), file=file, seed=seed)


def lines_about(content: str | bytes, *, file: str = FILE) -> list[str]:
    """What is said of a text that is no world: one line for each problem."""
    try:
        school_in(content.encode() if isinstance(content, str) else content, file=file, seed=7)
    except SchoolFileError as error:
        return str(error).splitlines()
    return []


def the_line_about(content: str | bytes, *, file: str = FILE) -> str:
    """What is said of a text in which one thing is wrong."""
    lines = lines_about(content, file=file)
    assert len(lines) == 1, lines
    return lines[0]
