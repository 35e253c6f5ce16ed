"""One assignment in one section, with everything that the three truths say about it.

What lives here: the pairing. `checks`, `grades` and `plan` look at an entry and at nothing else. What bites:
a student in two sections has one grade in Canvas, and it belongs to both.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from sync_engine.domain import identity
from sync_engine.domain.beliefs import Beliefs, BelievedItem, BelievedScore
from sync_engine.domain.policy import Policy
from sync_engine.domain.snapshot import (
    NO_GRADE,
    Assignment,
    Course,
    Grade,
    Section,
    Snapshot,
    Student,
    SynergyClass,
)


@dataclass(frozen=True, slots=True)
class Entry:
    """What is to be decided about.

    Attributes:
        klass: The Synergy class; None for a section made by hand.
        synergy_students: From the SIS id that Canvas holds to the student's sourcedId.
        grades: One for each of `students`.
        namesakes: How many other assignments of this name are marked to sync in this section.
        sent_elsewhere: What was sent of a student in sections that the student has left since; only where
            nothing was sent of them here.
    """

    course: Course
    sections_in_course: int
    assignment: Assignment
    section: Section
    klass: SynergyClass | None
    students: tuple[Student, ...]
    synergy_students: Mapping[str, str]
    grades: Mapping[str, Grade]
    line_item_id: str
    result_ids: Mapping[str, str]
    believed: BelievedItem | None
    believed_scores: Mapping[str, BelievedScore]
    sent_elsewhere: Mapping[str, tuple[BelievedScore, ...]] = field(default_factory=dict)
    namesakes: int = 0

    @property
    def is_in_synergy(self) -> bool:
        """Whether Synergy has the line item now."""
        return self.klass is not None and self.line_item_id in self.klass.line_item_ids

    def has_result(self, student: Student) -> bool:
        """Whether Synergy has the student's score now; False also where results were not read."""
        scored = (self.klass.scored if self.klass else None) or frozenset()
        return (self.line_item_id, self.synergy_students.get(student.sis_id or "")) in scored


def entries(district: str, snapshot: Snapshot, beliefs: Beliefs, policy: Policy) -> Iterator[Entry]:
    """Every assignment in every section that has it, in Canvas's order."""
    book = snapshot.canvas
    rosters = {
        section.id: tuple(student for student in book.students if section.id in student.section_ids)
        for section in book.sections
    }
    moved = _sent_elsewhere(snapshot, beliefs)
    known = {section_id: _students_by_sis_id(klass, policy) for section_id, klass in snapshot.classes.items()}
    names = Counter(
        (assignment.name, section.id)
        for assignment in book.assignments
        for section in book.sections
        if assignment.flagged and assignment.is_for(section.id)
    )
    for assignment in book.assignments:
        for section in book.sections:
            if assignment.is_for(section.id):
                yield _entry(
                    district=district,
                    snapshot=snapshot,
                    beliefs=beliefs,
                    assignment=assignment,
                    section=section,
                    students=rosters[section.id],
                    synergy_students=known.get(section.id, {}),
                    sent_elsewhere=moved,
                    namesakes=names[assignment.name, section.id] - 1,
                )


def _entry(
    *,
    district: str,
    snapshot: Snapshot,
    beliefs: Beliefs,
    assignment: Assignment,
    section: Section,
    students: tuple[Student, ...],
    synergy_students: Mapping[str, str],
    sent_elsewhere: Mapping[tuple[str, str], tuple[BelievedScore, ...]],
    namesakes: int,
) -> Entry:
    place = (assignment.id, section.id)
    scores = {student.id: beliefs.scores.get((*place, student.id)) for student in students}
    return Entry(
        course=snapshot.canvas.course,
        sections_in_course=len(snapshot.canvas.sections),
        assignment=assignment,
        section=section,
        klass=snapshot.classes.get(section.id),
        students=students,
        synergy_students=synergy_students,
        grades={
            student.id: snapshot.canvas.grades.get((assignment.id, student.id), NO_GRADE)
            for student in students
        },
        line_item_id=identity.line_item_id(district, *place),
        result_ids={student.id: identity.result_id(district, *place, student.id) for student in students},
        believed=beliefs.items.get(place),
        believed_scores={student_id: score for student_id, score in scores.items() if score is not None},
        sent_elsewhere={
            student_id: sent_elsewhere[assignment.id, student_id]
            for student_id, score in scores.items()
            if score is None and (assignment.id, student_id) in sent_elsewhere
        },
        namesakes=namesakes,
    )


def _sent_elsewhere(snapshot: Snapshot, beliefs: Beliefs) -> dict[tuple[str, str], tuple[BelievedScore, ...]]:
    """By assignment and student, what was sent of those who have left the section that it was sent to."""
    sections_of = {student.id: student.section_ids for student in snapshot.canvas.students}
    found: dict[tuple[str, str], tuple[BelievedScore, ...]] = {}
    for score in beliefs.scores.values():
        here = sections_of.get(score.student_id)
        if here is not None and score.section_id not in here:
            key = (score.assignment_id, score.student_id)
            found[key] = (*found.get(key, ()), score)
    return found


def _students_by_sis_id(klass: SynergyClass, policy: Policy) -> dict[str, str]:
    if policy.student_match == "identifier":
        return {student.identifier: student.id for student in klass.students if student.identifier}
    return {student.id: student.id for student in klass.students}
