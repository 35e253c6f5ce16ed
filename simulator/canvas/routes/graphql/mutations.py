"""Posting and hiding grades, and the policies by which they post themselves.

Source: Canvas source, `app/graphql/mutations`; the words of the refusals are Canvas's. What bites: posting
and hiding are jobs, so the answer comes before anything is posted; and posting for everyone posts the rows
without a grade too.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from graphql import GraphQLError

from simulator.canvas import working
from simulator.canvas.model import Assignment, Course, PostingWish, Section
from simulator.canvas.routes.graphql.nodes import Info, Node, Nodes, number_of
from simulator.canvas.rules.post_policy import awaits_moderator, has_postable_grade, is_muted
from simulator.canvas.rules.standing import CURRENT_STATES, may_teach, students_among

NOT_FOUND = "not found"
TOGETHER = "only_student_ids and skip_student_ids cannot be used together"


@dataclass(frozen=True, slots=True)
class _Deed:
    """What a mutation does, and the words with which it is refused."""

    is_hiding: bool
    tag: str
    moderated: str
    anonymous: str


_POST = _Deed(
    is_hiding=False,
    tag="post_assignment_grades",
    moderated="Assignments under moderation cannot be posted before grades are published",
    anonymous="Anonymous assignments cannot be posted by section",
)
_POST_SECTIONS = _Deed(
    is_hiding=False,
    tag="post_assignment_grades_for_sections",
    moderated="Assignments under moderation cannot be posted by section before grades are published",
    anonymous="Anonymous assignments cannot be posted by section",
)
_HIDE = _Deed(
    is_hiding=True,
    tag="hide_assignment_grades",
    moderated="Assignments under moderation cannot be hidden before grades are published",
    anonymous="Anonymous assignments cannot be posted by section",
)
_HIDE_SECTIONS = _Deed(
    is_hiding=True,
    tag="hide_assignment_grades_for_sections",
    moderated="Assignments under moderation cannot be hidden by section before grades are published",
    anonymous="Anonymous assignments cannot be hidden by section",
)


def post_grades(info: Info, **arguments: Any) -> Node:  # noqa: ANN401 - checked by the schema
    """Post the grades of an assignment, of everyone or of some."""
    return _post_or_hide(info, arguments["input"], _POST)


def post_section_grades(info: Info, **arguments: Any) -> Node:  # noqa: ANN401 - the same
    """Post the grades of an assignment in some sections."""
    return _post_or_hide(info, arguments["input"], _POST_SECTIONS)


def hide_grades(info: Info, **arguments: Any) -> Node:  # noqa: ANN401 - the same
    """Hide the grades of an assignment, of everyone or of some."""
    return _post_or_hide(info, arguments["input"], _HIDE)


def hide_section_grades(info: Info, **arguments: Any) -> Node:  # noqa: ANN401 - the same
    """Hide the grades of an assignment in some sections."""
    return _post_or_hide(info, arguments["input"], _HIDE_SECTIONS)


def set_assignment_policy(info: Info, **arguments: Any) -> Node:  # noqa: ANN401 - the same
    """Give an assignment a post policy of its own."""
    nodes, wanted = info.context, arguments["input"]
    assignment, course = _assignment(
        nodes, wanted["assignmentId"], "An assignment with that id does not exist"
    )
    if not wanted["postManually"]:
        if assignment.anonymous_grading:
            raise GraphQLError("Anonymous assignments must be manually posted")
        if awaits_moderator(assignment):
            raise GraphQLError("Moderated assignments must be manually posted until grades are released")
    kept = nodes.call.store.assignments.put(replace(assignment, post_manually=wanted["postManually"]))
    return {"postPolicy": nodes.policy_of_assignment(kept, course), "errors": None}


def set_course_policy(info: Info, **arguments: Any) -> Node:  # noqa: ANN401 - the same
    """Give a course another post policy, and its assignments with it."""
    nodes, wanted = info.context, arguments["input"]
    course = nodes.call.store.courses.get(number_of(wanted["courseId"], "Course"))
    if course is None:
        raise GraphQLError("A course with that id does not exist")
    _need_teacher(nodes, course)
    nodes.call.store.set_course_policy(course, post_manually=wanted["postManually"])
    return {"postPolicy": nodes.policy_of_course(course.id), "errors": None}


def _post_or_hide(info: Info, wanted: dict[str, Any], deed: _Deed) -> Node:
    nodes = info.context
    store = nodes.call.store
    assignment, course = _assignment(nodes, wanted["assignmentId"], NOT_FOUND)
    sections = _sections(nodes, course, wanted)
    _check(nodes, assignment, wanted, deed)
    if deed in (_POST_SECTIONS, _HIDE_SECTIONS) and (
        not sections or len(sections) != len(wanted["sectionIds"])
    ):
        raise GraphQLError("Invalid section ids")
    progress = store.jobs.add(
        deed.tag,
        course_id=course.id,
        actor_id=nodes.call.actor.user_id,
        now=nodes.call.now,
        posting=PostingWish(
            assignment.id, _students(nodes, assignment, sections, wanted), is_hiding=deed.is_hiding
        ),
    )
    shown = {
        "assignment": nodes.assignment(assignment.id),
        "progress": nodes.progress(progress),
        "sections": None if sections is None else [nodes.section(each) for each in sections],
        "errors": None,
    }
    working.start(store, progress)
    return shown


def _assignment(nodes: Nodes, text: str, otherwise: str) -> tuple[Assignment, Course]:
    assignment = nodes.call.store.assignments.get(number_of(text, "Assignment"))
    if assignment is None or assignment.is_deleted:
        raise GraphQLError(otherwise)
    course = nodes.call.store.courses[assignment.course_id]
    _need_teacher(nodes, course)
    return assignment, course


def _need_teacher(nodes: Nodes, course: Course) -> None:
    if not may_teach(nodes.call.actor, course, nodes.call.store.enrollments_of(course.id)):
        raise GraphQLError(NOT_FOUND)


def _sections(nodes: Nodes, course: Course, wanted: dict[str, Any]) -> list[Section] | None:
    """The sections of the course among those that are named; None where none are."""
    if wanted.get("sectionIds") is None:
        return None
    named = {number_of(each, "Section") for each in wanted["sectionIds"]}
    return [each for each in nodes.call.store.sections_of(course.id) if each.id in named]


def _check(nodes: Nodes, assignment: Assignment, wanted: dict[str, Any], deed: _Deed) -> None:
    """Refuse what would tell whose work it is, or what a moderator has not decided yet."""
    if awaits_moderator(assignment):
        raise GraphQLError(deed.moderated)
    is_anonymous = assignment.anonymous_grading
    if deed is _HIDE_SECTIONS:
        is_anonymous = is_anonymous and is_muted(nodes.call.store.present_rows(assignment))
    if is_anonymous and wanted.get("sectionIds") is not None:
        raise GraphQLError(deed.anonymous)
    if deed is _POST and assignment.anonymous_grading and wanted.get("gradedOnly"):
        raise GraphQLError("Anonymous assignments cannot be posted by graded only")
    if wanted.get("onlyStudentIds") is not None and wanted.get("skipStudentIds") is not None:
        raise GraphQLError(TOGETHER)


def _students(
    nodes: Nodes, assignment: Assignment, sections: list[Section] | None, wanted: dict[str, Any]
) -> tuple[int, ...]:
    """Whose rows are meant: present assignees, of the named sections, graded ones if only they are."""
    store = nodes.call.store
    ids = None if sections is None else {each.id for each in sections}
    seats = [
        each for each in store.enrollments_of(assignment.course_id) if ids is None or each.section_id in ids
    ]
    only, skipped = _users(wanted, "onlyStudentIds"), _users(wanted, "skipStudentIds")
    return tuple(
        each
        for each in store.assignees(assignment).among(students_among(seats, CURRENT_STATES))
        if (only is None or each in only)
        and (skipped is None or each not in skipped)
        and (not wanted.get("gradedOnly") or has_postable_grade(store.submission(assignment.id, each)))
    )


def _users(wanted: dict[str, Any], name: str) -> set[int] | None:
    return None if wanted.get(name) is None else {number_of(each, "User") for each in wanted[name]}
