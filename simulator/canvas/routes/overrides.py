"""Assignment overrides: other dates for a section or for single students, one by one and many at once.

What bites: many are answered as a plain list, in the order in which they were asked for and with null for
what is not there; and many are kept all together or not at all.
"""

from __future__ import annotations

from html import escape

from fastapi import APIRouter
from starlette.responses import Response

from simulator.canvas import editing, errors
from simulator.canvas.model import Assignment, AssignmentOverride, Course
from simulator.canvas.params import as_integer
from simulator.canvas.rack import Params
from simulator.canvas.routes.entry import Call, Opened
from simulator.canvas.routes.lookup import assignment_of_course, course_named, is_closed_at, section_named
from simulator.canvas.routes.override_edits import overrides_sent, show_override, targets_in
from simulator.canvas.rules.assignments import Fault
from simulator.canvas.rules.closed_periods import refused_override
from simulator.canvas.rules.overrides import OverridesPlan, fault_of, revise_override

router = APIRouter()

_FORMAT = "must specify an array with entry format { id, assignment_id }"


@router.get("/courses/{course_id}/assignments/overrides")
async def batch_retrieve(course_id: str, call: Opened) -> Response:
    """The overrides asked for, null where there is none."""
    course = course_named(call, course_id)
    asked = _asked(call)
    found = [_found(call, course, each) for each in asked]
    return call.answer([each and show_override(call, each) for each in found])


@router.post("/courses/{course_id}/assignments/overrides")
async def batch_create(course_id: str, call: Opened) -> Response:
    """Make many overrides."""
    return _edited_together(call, course_named(call, course_id), is_update=False)


@router.put("/courses/{course_id}/assignments/overrides")
async def batch_update(course_id: str, call: Opened) -> Response:
    """Change many overrides."""
    return _edited_together(call, course_named(call, course_id), is_update=True)


@router.get("/courses/{course_id}/assignments/{assignment_id}/overrides")
async def list_overrides(course_id: str, assignment_id: str, call: Opened) -> Response:
    """The overrides of an assignment."""
    assignment = assignment_of_course(call, course_named(call, course_id), assignment_id)
    found = call.store.overrides.of(assignment.id)
    return call.numbered(found, lambda override: show_override(call, override))


@router.post("/courses/{course_id}/assignments/{assignment_id}/overrides")
async def create_override(course_id: str, assignment_id: str, call: Opened) -> Response:
    """Make an override."""
    course = course_named(call, course_id)
    assignment = assignment_of_course(call, course, assignment_id)
    return call.answer(show_override(call, _edited(call, course, assignment, None)), 201)


@router.get("/courses/{course_id}/assignments/{assignment_id}/overrides/{override_id}")
async def get_override(course_id: str, assignment_id: str, override_id: str, call: Opened) -> Response:
    """One override."""
    assignment = assignment_of_course(call, course_named(call, course_id), assignment_id)
    return call.answer(show_override(call, _override_of(call, assignment, override_id)))


@router.put("/courses/{course_id}/assignments/{assignment_id}/overrides/{override_id}")
async def update_override(course_id: str, assignment_id: str, override_id: str, call: Opened) -> Response:
    """Change an override; every date that is not sent again is taken off it."""
    course = course_named(call, course_id)
    assignment = assignment_of_course(call, course, assignment_id)
    before = _override_of(call, assignment, override_id)
    return call.answer(show_override(call, _edited(call, course, assignment, before)))


@router.delete("/courses/{course_id}/assignments/{assignment_id}/overrides/{override_id}")
async def delete_override(course_id: str, assignment_id: str, override_id: str, call: Opened) -> Response:
    """Delete an override; the answer is what it was."""
    assignment = assignment_of_course(call, course_named(call, course_id), assignment_id)
    override = _override_of(call, assignment, override_id)
    shown = show_override(call, override)
    editing.put_overrides(call.store, assignment, OverridesPlan(dropped=(override,)))
    return call.answer(shown)


@router.get("/sections/{section_id}/assignments/{assignment_id}/override")
async def section_override(section_id: str, assignment_id: str, call: Opened) -> Response:
    """Send the caller on to the override of a section."""
    course, section = section_named(call, section_id)
    assignment = assignment_of_course(call, course, assignment_id)
    for each in call.store.overrides.of(assignment.id):
        if each.section_id == section.id:
            home = f"{call.base}/api/v1/courses/{course.id}/assignments/{assignment.id}/overrides/{each.id}"
            page = f'<html><body>You are being <a href="{escape(home)}">redirected</a>.</body></html>'
            return Response(page, 302, headers={"Location": home}, media_type="text/html")
    raise errors.not_found()


def _override_of(call: Call, assignment: Assignment, text: str) -> AssignmentOverride:
    number = as_integer(text)
    for each in call.store.overrides.of(assignment.id):
        if each.id == number:
            return each
    raise errors.not_found()


def _edited(
    call: Call, course: Course, assignment: Assignment, before: AssignmentOverride | None
) -> AssignmentOverride:
    wanted = call.params.get("assignment_override")
    edit = revise_override(before, assignment.id, wanted, targets_in(call, course), call.store.zone)
    if edit.errors:
        raise errors.listed(edit.errors)
    fault = _fault(call, before, edit.override, call.store.overrides.of(assignment.id))
    if fault is not None:
        raise errors.unsaved([fault])
    return editing.put_overrides(call.store, assignment, OverridesPlan(kept=(edit.override,)))[0]


def _fault(
    call: Call,
    before: AssignmentOverride | None,
    after: AssignmentOverride,
    others: tuple[AssignmentOverride, ...],
) -> Fault | None:
    refused = None
    if not call.actor.is_admin:
        course_id = call.store.assignments[after.assignment_id].course_id
        refused = refused_override(before, after, lambda due_at: is_closed_at(call, course_id, due_at))
    return refused or fault_of(after, others)


def _asked(call: Call) -> list[Params]:
    asked = overrides_sent(call.params.get("assignment_overrides"))
    if not call.params.get("assignment_overrides"):
        raise errors.listed(["no assignment_overrides values present"])
    entries = [
        each for each in asked or () if isinstance(each, dict) and {"id", "assignment_id"} <= set(each)
    ]
    if asked is None or len(entries) < len(asked):
        raise errors.listed([_FORMAT])
    return entries


def _found(call: Call, course: Course, entry: Params) -> AssignmentOverride | None:
    assignment = _assignment(call, course, entry)
    number = as_integer(entry.get("id"))
    found = () if assignment is None else call.store.overrides.of(assignment.id)
    return next((each for each in found if each.id == number), None)


def _assignment(call: Call, course: Course, entry: Params) -> Assignment | None:
    found = call.store.assignments.get(as_integer(entry.get("assignment_id")) or 0)
    return found if found is not None and found.course_id == course.id and not found.is_deleted else None


def _edited_together(call: Call, course: Course, *, is_update: bool) -> Response:
    """Edit many overrides: first all are judged, then all are kept."""
    entries = _entries(call, is_update=is_update)
    targets = targets_in(call, course)
    refusals: list[object] = []
    edited: list[AssignmentOverride] = []
    for entry in entries:
        assignment = _assignment(call, course, entry)
        before = _found(call, course, entry) if is_update else None
        if assignment is None or (is_update and before is None):
            refusals.append([f"{'assignment' if assignment is None else 'override'} not found"])
            continue
        edit = revise_override(before, assignment.id, entry, targets, call.store.zone)
        refusals.append(list(edit.errors) or None)
        edited.append(edit.override)
    if any(refusals):
        raise errors.listed(refusals)
    _check_together(call, edited)
    return call.answer([show_override(call, each) for each in _kept(call, edited)])


def _entries(call: Call, *, is_update: bool) -> list[Params]:
    if not call.params.get("assignment_overrides"):
        raise errors.listed(["no assignment override data present"])
    sent = overrides_sent(call.params.get("assignment_overrides"))
    entries = [each for each in sent or () if isinstance(each, dict)]
    if sent is None or len(entries) < len(sent):
        raise errors.listed(["must specify an array of overrides"])
    refusals: list[list[str] | None] = []
    for entry in entries:
        wrong = [] if entry.get("assignment_id") else ["must specify an assignment id"]
        if is_update and not entry.get("id"):
            wrong.append("must specify an override id")
        elif not is_update and entry.get("id"):
            wrong.append("may not specify an override id")
        refusals.append(wrong or None)
    if any(refusals):
        raise errors.listed(refusals)
    return entries


def _check_together(call: Call, edited: list[AssignmentOverride]) -> None:
    """Judge overrides as they are kept one after another."""
    refusals: list[object] = []
    for number, each in enumerate(edited):
        present = {other.id: other for other in call.store.overrides.of(each.assignment_id)}
        earlier = [other for other in edited[:number] if other.assignment_id == each.assignment_id]
        beside = {**present, **{other.id: other for other in earlier if other.id}}
        made = [other for other in earlier if not other.id]
        fault = _fault(call, present.get(each.id), each, (*beside.values(), *made))
        refusals.append(None if fault is None else errors.unsaved([fault]).body)
    if any(refusals):
        raise errors.listed(refusals)


def _kept(call: Call, edited: list[AssignmentOverride]) -> list[AssignmentOverride]:
    return [
        editing.put_overrides(
            call.store, call.store.assignments[each.assignment_id], OverridesPlan(kept=(each,))
        )[0]
        for each in edited
    ]
