"""What the addresses of TeacherVUE's screens name, found in the gradebook; what is not there is 404."""

from __future__ import annotations

from starlette.requests import Request

from simulator.synergy.model import Assignment, ClassSection, ClassType, Member, Session
from simulator.synergy.store import GradebookStore
from simulator.synergy.teachervue.errors import unknown
from simulator.synergy.teachervue.gate import admit

TEACHER_NAME = "teacher in TeacherVUE"


def admitted(request: Request) -> GradebookStore:
    """The gradebook, for whoever has the teacher's token."""
    return admit(request, TEACHER_NAME)


def section_of(store: GradebookStore, class_id: str) -> ClassSection:
    """The class of this id."""
    section = store.classes.get(class_id)
    if section is None:
        raise unknown("class")
    return section


def chosen_period(request: Request, store: GradebookStore) -> Session | None:
    """The grading period that was chosen, or None for the whole class."""
    chosen = request.query_params.get("grading_period")
    return None if chosen is None else period_of(store, chosen)


def period_of(store: GradebookStore, guid: str) -> Session:
    """The grading period of this id."""
    for period in store.grading_periods():
        if period.guid == guid:
            return period
    raise unknown("grading period")


def assignment_of(store: GradebookStore, class_id: str, assignment_id: str) -> Assignment:
    """The assignment of this number in this class."""
    section = section_of(store, class_id)
    for assignment in store.assignments_in(section.guid):
        if str(assignment.gradebook_id) == assignment_id:
            return assignment
    raise unknown("assignment in this class")


def type_of(store: GradebookStore, section: ClassSection, type_id: str) -> ClassType:
    """The assignment type of this id that the class could use."""
    for kind in store.all_types_of(section.guid):
        if kind.guid == type_id:
            return kind
    raise unknown("assignment type in this class")


def student_of(store: GradebookStore, section: ClassSection, student_id: str) -> Member:
    """The student of this id, if this is a class of theirs."""
    for student in store.students_in(section.guid):
        if student.guid == student_id:
            return student
    raise unknown("student in this class")
