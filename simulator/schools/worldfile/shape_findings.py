"""What is said where a file has not the shape of a world: pydantic's verdicts in plain words, with lines."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from simulator.schools.wording import quoted
from simulator.schools.worldfile.problems import Finding, Place
from simulator.schools.worldfile.shape import (
    AssignmentTypeEntry,
    CourseEntry,
    Entry,
    GradingPeriodEntry,
    SectionEntry,
    StudentEntry,
    TeacherEntry,
    WorldEntry,
)
from simulator.schools.worldfile.tree import Branch, line_of

_ENTRY_IN: dict[str, type[Entry]] = {
    "grading_periods": GradingPeriodEntry,
    "assignment_types": AssignmentTypeEntry,
    "teachers": TeacherEntry,
    "students": StudentEntry,
    "courses": CourseEntry,
    "sections": SectionEntry,
}


def shape_findings(error: ValidationError, root: Branch) -> Iterator[Finding]:
    """Every verdict, as a finding."""
    for each in error.errors(include_url=False, include_input=False):
        yield _finding(each, root)


def _finding(error: ErrorDetails, root: Branch) -> Finding:
    place: Place = error["loc"]
    context = error.get("ctx", {})
    known: tuple[str, ...] = ()
    wanted = ""
    match error["type"]:
        case "world_file":
            place = place if place in root.lines else place[:-1]  # a name alone has no key
            what, fix = str(context["what"]), str(context["fix"])
        case "missing":
            what, fix = "it is missing.", f"Add {place[-1]}."
        case "extra_forbidden":
            wanted, known = str(place[-1]), _fields_around(place)
            what = f"there is no field {quoted(wanted)} here."
            fix = f"Correct it or take it away: the fields are {', '.join(known)}."
        case "list_type":
            what, fix = "it must be a list.", "Begin each line of it with a hyphen and a space."
        case "too_short":
            what, fix = "the list is empty.", "Add an element, or take the whole field away."
        case "too_long":
            what = f"the list has more than {context['max_length']} elements."
            fix = "Take some away."
        case _:
            what = "it must be a group of fields."
            fix = f"Write fields such as {', '.join(_fields_around((*place, '')))}, each with a colon."
    return Finding(line_of(place, root.lines), place, what, fix, wanted, known)


def _fields_around(place: Place) -> tuple[str, ...]:
    """The fields of the entry in which this place lies."""
    around = [step for step in place[:-1] if isinstance(step, str)]
    return tuple((_ENTRY_IN[around[-1]] if around else WorldEntry).model_fields)
