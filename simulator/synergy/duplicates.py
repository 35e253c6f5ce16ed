"""The same synced assignment twice in a gradebook, which teachers meet and nobody explains.

What lives here: finding the copies of an assignment, and making one on purpose for a lesson. What must never
be here: whether one may be deleted; `rules` says. Kern High School District, FAQ 12, tells what to do about
duplicates, not where they come from.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from simulator.synergy.model import Assignment, Cell
from simulator.synergy.store import GradebookStore

DUPLICATE = "duplicate"
"""Kind of the ids that copies get."""


def copies_of(store: GradebookStore, assignment: Assignment) -> tuple[Assignment, ...]:
    """The other copies of a synced assignment in all class sections of its course and teacher.

    None unless one of the sections has it twice: the same assignment once in each section is no duplicate,
    nor is another one of its name with another due date, as a weekly one has. A section may have a due date
    of its own, so two that are alike there are copies of it too.
    """
    named = [each for each in _named_in_sections(store, assignment) if each.synced]
    times = Counter((each.class_guid, each.due_date) for each in named)
    everywhere = [
        each
        for each in named
        if each.due_date == assignment.due_date or times[each.class_guid, each.due_date] > 1
    ]
    classes = [each.class_guid for each in everywhere]
    if not assignment.synced or len(set(classes)) == len(classes):
        return ()
    return tuple(each for each in everywhere if each.line_item_id != assignment.line_item_id)


def duplicate(store: GradebookStore, assignment: Assignment) -> tuple[Assignment, ...]:
    """Put a second copy, with its scores, beside the assignment in each class section that has it."""
    alike: dict[str, Assignment] = {}
    for each in _named_in_sections(store, assignment):
        found = alike.setdefault(each.class_guid, each)
        if found.due_date != assignment.due_date == each.due_date:
            alike[each.class_guid] = each
    alike[assignment.class_guid] = assignment
    return tuple(_copied(store, each) for each in alike.values())


def _named_in_sections(store: GradebookStore, assignment: Assignment) -> list[Assignment]:
    own = store.classes[assignment.class_guid]
    sections = [
        each for each in store.classes.where(course=own.course_guid) if each.teacher_guid == own.teacher_guid
    ]
    return [
        each
        for section in sections
        for each in store.assignments_in(section.guid)
        if each.name == assignment.name
    ]


def _copied(store: GradebookStore, assignment: Assignment) -> Assignment:
    number = store.ids.integer("gradebook")
    copy = replace(
        assignment,
        gradebook_id=number,
        line_item_id=store.ids.guid(DUPLICATE, number),
        modified_at=store.clock.now(),
    )
    store.keep_assignment(copy)
    for score in store.scores_on((assignment.line_item_id,)):
        cell = Cell(copy.line_item_id, score.cell.student_guid)
        result_id = store.ids.guid(DUPLICATE, number, cell.student_guid)
        store.keep_score(replace(score, cell=cell, result_id=result_id))
    return copy
