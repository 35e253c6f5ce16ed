"""Handing in work: a student for themself, or a grader for a student.

Source: Canvas API documentation, "Submit an assignment"; Canvas source, the submissions controller. What
bites: there are no files here, so an upload always lacks a valid file.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from fastapi import APIRouter
from starlette.responses import Response

from simulator.canvas import errors, recording
from simulator.canvas.model import Assignment, Course, Enrollment, User, Work
from simulator.canvas.params import as_hash, as_text, read_moment
from simulator.canvas.rack import Params
from simulator.canvas.routes.entry import Call, Opened
from simulator.canvas.routes.lookup import (
    assignment_of_course,
    course_attended,
    denied,
    section_attended,
    teaches,
    user_named,
)
from simulator.canvas.routes.rows import shows_rows
from simulator.canvas.rules.assignments import Fault
from simulator.canvas.rules.handing_in import UnfitWorkError, handed_in, is_open_to_students, read_work
from simulator.canvas.rules.standing import CURRENT_STATES, students_among, students_seen

router = APIRouter()

_ROOT = "submission"


@dataclass(frozen=True, slots=True)
class _HandIn:
    """Who hands in for whom. `by_grader` is whether somebody who may grade does."""

    course: Course
    assignment: Assignment
    student: User
    by_grader: bool


@router.post("/courses/{course_id}/assignments/{assignment_id}/submissions")
async def hand_in_to_course(course_id: str, assignment_id: str, call: Opened) -> Response:
    """Hand in work."""
    course = course_attended(call, course_id)
    return _handed_in(call, course, call.store.enrollments_of(course.id), assignment_id)


@router.post("/sections/{section_id}/assignments/{assignment_id}/submissions")
async def hand_in_to_section(section_id: str, assignment_id: str, call: Opened) -> Response:
    """The same through a section."""
    course, section = section_attended(call, section_id)
    return _handed_in(call, course, call.store.enrollments_of(course.id, section.id), assignment_id)


def _handed_in(
    call: Call, course: Course, enrollments: tuple[Enrollment, ...], assignment_id: str
) -> Response:
    wanted = as_hash(call.params.get(_ROOT))
    if not wanted:
        raise errors.missing(_ROOT)
    assignment = assignment_of_course(call, course, assignment_id)
    hand_in = _HandIn(course, assignment, *_student(call, course, enrollments, wanted))
    before = call.store.submission(assignment.id, hand_in.student.id)
    if before.excused or not _may_hand_in(call, hand_in, enrollments):
        raise denied(call)
    work, at = _work(wanted, assignment), _handed_in_at(call, hand_in, wanted)
    call.store.attempts.keep(before)
    row = recording.put_submission(call.store, handed_in(before, work, at))
    text = as_text(as_hash(call.params.get("comment")).get("text_comment"))
    if text:
        call.store.comments.add(row, call.actor.user_id, text, call.store.now, attempt=row.attempt)
    answer = call.answer(shows_rows(call, is_own=not hand_in.by_grader)(row, assignment), 201)
    answer.headers["Location"] = f"{call.url}/{hand_in.student.id}"
    return answer


def _student(
    call: Call, course: Course, enrollments: tuple[Enrollment, ...], wanted: Params
) -> tuple[User, bool]:
    """Whose work it is, and whether a grader hands it in."""
    named = as_text(wanted.get("user_id"))
    if not named:
        return call.store.users[call.actor.user_id], False
    if not teaches(call, course):
        student = user_named(call, named)
        if student.id != call.actor.user_id:
            raise denied(call)
        return student, False
    student = user_named(call, named)
    if student.id not in students_seen(enrollments):
        raise errors.not_found()
    return student, True


def _may_hand_in(call: Call, hand_in: _HandIn, enrollments: tuple[Enrollment, ...]) -> bool:
    """Whether the work is taken now. A grader is not bound to the dates between which students are."""
    student_id, assignees = hand_in.student.id, call.store.assignees(hand_in.assignment)
    is_there = student_id in students_among(enrollments, CURRENT_STATES) and assignees.includes(student_id)
    if hand_in.by_grader:
        return is_there and call.store.profile.canvas_graders_hand_in and hand_in.assignment.is_published
    is_running = hand_in.course.workflow_state == "available"
    return (
        is_there
        and is_running
        and is_open_to_students(assignees.assignment_for(hand_in.assignment, student_id), call.store.now)
    )


def _work(wanted: Params, assignment: Assignment) -> Work:
    try:
        work = read_work(wanted, assignment)
    except UnfitWorkError as error:
        raise errors.message(str(error)) from error
    if isinstance(work, Fault):
        raise errors.unsaved([work])
    return work


def _handed_in_at(call: Call, hand_in: _HandIn, wanted: Params) -> datetime:
    """Now, or when a grader says."""
    text = as_text(wanted.get("submitted_at"))
    if not text:
        return call.store.now
    if not hand_in.by_grader:
        raise denied(call)
    try:
        return read_moment(text, call.store.zone)
    except ValueError as error:
        raise errors.bad_datetime("submitted_at") from error
