"""One assignment's submissions, through its course or a section: the list, one row, grading it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from fastapi import APIRouter
from starlette.responses import Response

from simulator.canvas import errors, recording
from simulator.canvas.model import Assignment, Course, Enrollment, Submission, User
from simulator.canvas.params import as_flag, as_hash, as_integer, as_leading_integer, as_text, is_given
from simulator.canvas.rack import Params
from simulator.canvas.routes.entry import Call, Opened
from simulator.canvas.routes.lookup import (
    assignment_of_course,
    course_attended,
    course_named,
    denied,
    is_closed_to,
    section_attended,
    section_named,
    teaches,
    user_named,
)
from simulator.canvas.routes.rows import show_comments, shows_rows
from simulator.canvas.rules.assignments import Fault
from simulator.canvas.rules.grading import (
    LATE_POLICY_STATUSES,
    STICKERS,
    excused,
    graded,
    with_custom_status,
    with_status,
    without_excuse,
)
from simulator.canvas.rules.post_policy import awaits_moderator, is_manual
from simulator.canvas.rules.standing import (
    CURRENT_STATES,
    GRADABLE_STATES,
    STUDENT_TYPES,
    students_among,
    students_seen,
)

router = APIRouter()

SIMULTANEOUS = "Cannot simultaneously grade and excuse an assignment"
NOT_ENROLLED = "Student must be enrolled in the course as a student to be graded"


@dataclass(frozen=True, slots=True)
class _Class:
    """The course or section through which the rows are asked for."""

    course: Course
    enrollments: tuple[Enrollment, ...]


@router.get("/courses/{course_id}/assignments/{assignment_id}/submissions")
async def list_course_rows(course_id: str, assignment_id: str, call: Opened) -> Response:
    """Every present student's row, touched or not."""
    return _listed(call, _class_of_course(call, course_id), assignment_id)


@router.get("/sections/{section_id}/assignments/{assignment_id}/submissions")
async def list_section_rows(section_id: str, assignment_id: str, call: Opened) -> Response:
    """The same for one section."""
    return _listed(call, _class_of_section(call, section_id), assignment_id)


@router.get("/courses/{course_id}/assignments/{assignment_id}/submissions/{user_id}")
async def get_course_row(course_id: str, assignment_id: str, user_id: str, call: Opened) -> Response:
    """One student's row; a student may have their own."""
    course = course_attended(call, course_id)
    return _one(call, _Class(course, call.store.enrollments_of(course.id)), assignment_id, user_id)


@router.get("/sections/{section_id}/assignments/{assignment_id}/submissions/{user_id}")
async def get_section_row(section_id: str, assignment_id: str, user_id: str, call: Opened) -> Response:
    """The same through a section."""
    course, section = section_attended(call, section_id)
    group = _Class(course, call.store.enrollments_of(course.id, section.id))
    return _one(call, group, assignment_id, user_id)


@router.put("/courses/{course_id}/assignments/{assignment_id}/submissions/{user_id}")
async def grade_course_row(course_id: str, assignment_id: str, user_id: str, call: Opened) -> Response:
    """Grade, excuse or set the status of one row."""
    return _graded(call, _class_of_course(call, course_id), assignment_id, user_id)


@router.put("/sections/{section_id}/assignments/{assignment_id}/submissions/{user_id}")
async def grade_section_row(section_id: str, assignment_id: str, user_id: str, call: Opened) -> Response:
    """The same through a section."""
    return _graded(call, _class_of_section(call, section_id), assignment_id, user_id)


def _class_of_course(call: Call, text: str) -> _Class:
    course = course_named(call, text)
    return _Class(course, call.store.enrollments_of(course.id))


def _class_of_section(call: Call, text: str) -> _Class:
    course, section = section_named(call, text)
    return _Class(course, call.store.enrollments_of(course.id, section.id))


def _listed(call: Call, group: _Class, assignment_id: str) -> Response:
    assignment = assignment_of_course(call, group.course, assignment_id)
    students = students_among(group.enrollments, CURRENT_STATES)
    assigned = call.store.assignees(assignment).among(students)
    rows = [call.store.submission(assignment.id, each) for each in assigned]
    show_row = shows_rows(call)
    return call.numbered(rows, lambda row: show_row(row, assignment))


def _one(call: Call, group: _Class, assignment_id: str, user_id: str) -> Response:
    assignment = assignment_of_course(call, group.course, assignment_id)
    user = user_named(call, user_id)
    is_own = not teaches(call, group.course)
    if is_own and not (user.id == call.actor.user_id and assignment.is_published):
        raise denied(call)
    if user.id not in students_seen(group.enrollments):
        raise errors.not_found()
    if not call.store.assignees(assignment).includes(user.id):
        raise denied(call) if call.store.profile.canvas_unassigned_row == "denied" else errors.not_found()
    show_row = shows_rows(call, is_own=is_own)
    return call.answer(show_row(call.store.submission(assignment.id, user.id), assignment))


def _graded(call: Call, group: _Class, assignment_id: str, user_id: str) -> Response:
    assignment = assignment_of_course(call, group.course, assignment_id, deleted_too=True)
    user = _student(call, group, user_id)
    if not call.store.assignees(assignment).includes(user.id) or assignment.is_deleted:
        raise denied(call)
    if is_given(call.params.get("submission")):
        _check_gradable(call, group, assignment, user)
    wanted = as_hash(call.params.get("submission"))
    before = call.store.submission(assignment.id, user.id)
    hidden = is_manual(assignment, group.course)
    after = _with_wanted_grade(call, before, assignment, wanted, is_hidden=hidden)
    after = _with_wanted_status(call, after, wanted)
    if after != before:
        after = recording.put_submission(call.store, after)
    after = _with_comment(call, after, as_hash(call.params.get("comment")))
    shown = shows_rows(call)(after, assignment)
    comments = show_comments(call, after)
    return call.answer({**shown, "submission_comments": comments, "all_submissions": [shown]})


def _student(call: Call, group: _Class, text: str) -> User:
    """Somebody who is or was a student here."""
    user = user_named(call, text)
    if not any(each.user_id == user.id and each.type in STUDENT_TYPES for each in group.enrollments):
        raise errors.not_found()
    return user


def _check_gradable(call: Call, group: _Class, assignment: Assignment, user: User) -> None:
    """Refuse to grade where nobody may; whoever only comments is not asked."""
    if not assignment.is_published or awaits_moderator(assignment):
        raise denied(call)
    if is_closed_to(call, assignment, user.id):
        raise denied(call)
    if user.id not in students_among(group.enrollments, GRADABLE_STATES):
        raise errors.plain(NOT_ENROLLED)


def _with_wanted_grade(
    call: Call, row: Submission, assignment: Assignment, wanted: Params, *, is_hidden: bool
) -> Submission:
    """Grading runs on what Ruby takes for true: JSON null and false do nothing, but "" and "false" do."""
    posted, excuse = wanted.get("posted_grade"), wanted.get("excuse")
    grader_id, now, profile = call.actor.user_id, call.store.now, call.store.profile
    if as_flag(excuse):
        if is_given(posted):
            raise errors.plain(SIMULTANEOUS)
        return excused(row, grader_id, now, is_hidden=is_hidden)
    if is_given(posted):
        text = as_text(posted) or ""
        unreadable = profile.canvas_unreadable_grade
        return graded(row, text, assignment, grader_id, now, unreadable=unreadable, is_hidden=is_hidden)
    if not is_given(excuse) or profile.canvas_false_excuse == "keep":
        return row
    return without_excuse(
        row,
        grader_id,
        now,
        state=profile.canvas_lifted_excuse_state,
        time=profile.canvas_lifted_excuse_time,
    )


def _with_wanted_status(call: Call, row: Submission, wanted: Params) -> Submission:
    if "late_policy_status" in wanted:
        status = wanted["late_policy_status"]
        if status is not None and status not in LATE_POLICY_STATUSES:
            raise _not_in_the_list(call, "late_policy_status")
        row = with_status(row, status, call.store.now)
    if "custom_grade_status_id" in wanted:
        row = _with_wanted_custom_status(call, row, wanted, call.store.now)
    seconds = as_text(wanted.get("seconds_late_override"))
    if seconds and seconds.strip() and row.late_policy_status == "late":
        row = replace(row, seconds_late_override=max(0, as_leading_integer(seconds)))
    return _with_wanted_sticker(call, row, wanted)


def _with_wanted_sticker(call: Call, row: Submission, wanted: Params) -> Submission:
    """The row with another sticker; "" and null take it off."""
    if "sticker" not in wanted:
        return row
    sticker = as_text(wanted["sticker"]) or None
    if sticker is not None and sticker not in STICKERS:
        raise _not_in_the_list(call, "sticker")
    return replace(row, sticker=sticker)


def _not_in_the_list(call: Call, name: str) -> errors.CanvasError:
    fault = Fault(name, name, "is not included in the list", "inclusion")
    return errors.invalid_record(call.store.profile.canvas_invalid_record_status, fault)


def _with_wanted_custom_status(call: Call, row: Submission, wanted: Params, now: datetime) -> Submission:
    """A status of the district's own; a Canvas that knows none passes over it."""
    known = call.store.profile.canvas_custom_grade_statuses
    if known is None:
        return row
    value = wanted["custom_grade_status_id"]
    status_id = as_integer(value)
    if is_given(value) and value != "" and status_id not in known:
        raise errors.not_found()
    return with_custom_status(row, status_id, now)


def _with_comment(call: Call, row: Submission, comment: Params) -> Submission:
    """The row with what a grader wrote beside it, if anything."""
    text = as_text(comment.get("text_comment"))
    if not text:
        return row
    attempt = as_integer(comment.get("attempt")) or row.attempt
    return recording.add_comment(call.store, row, text, author_id=call.actor.user_id, attempt=attempt)
