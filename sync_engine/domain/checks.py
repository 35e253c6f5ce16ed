"""Why an assignment takes no part, and why one that does cannot be sent.

The order is fixed. First, whether it takes part: flag, selection, publication, kind, a grade; the first "no"
is the answer, and that is no error. Only then, whether it can be sent: section, class, name, points, group,
due date, assignees; every "no" is reported, so that the teacher fixes all at once. So a section made by hand
is refused only once something was to travel to it.
"""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Callable

from sync_engine.domain import words
from sync_engine.domain.entry import Entry
from sync_engine.domain.policy import GroupMatch, Policy
from sync_engine.domain.report import Reason
from sync_engine.domain.snapshot import CanvasBook, Category

Selection = frozenset[str] | None
Check = Callable[[Entry, Policy], Reason | None]

_SYMBOLS = frozenset({"Cc", "So", "Cs", "Co"})
"""Unicode's names for control characters, pictures such as emoji, halves of pairs, and private signs."""


def why_nothing(book: CanvasBook) -> Reason | None:
    """Why nothing of the course takes part, or None if something is marked to sync."""
    return None if any(assignment.flagged for assignment in book.assignments) else words.nothing_marked()


def why_skipped(entry: Entry, policy: Policy, selection: Selection) -> Reason | None:
    """Why the assignment takes no part, or None if it does."""
    assignment = entry.assignment
    if not assignment.flagged:
        return words.not_flagged()
    if selection is not None and assignment.id not in selection:
        return words.not_selected()
    if not entry.course.published:
        return words.unpublished("course")
    if not assignment.published:
        return words.unpublished("assignment")
    if assignment.grading_type == "not_graded":
        return words.not_graded_type()
    return None if _has_grade(entry, policy) else _without_grade(entry)


def why_not_sendable(entry: Entry, policy: Policy) -> tuple[Reason, ...]:
    """Every reason against sending, and the warnings among them (not `refused`)."""
    checks: tuple[Check, ...] = (
        _linked,
        _name_length,
        _name_characters,
        _name_once,
        _points,
        _group,
        _due_date,
        _assigned_to_whole,
    )
    found = (check(entry, policy) for check in checks)
    return tuple(reason for reason in found if reason is not None)


def category_for(entry: Entry, policy: Policy) -> Category | None:
    """The first assignment type of the class that the assignment group's name matches."""
    if entry.klass is None:
        return None
    wanted = _comparable(entry.assignment.group_name, policy.group_match)
    matching = (
        each for each in entry.klass.categories if _comparable(each.title, policy.group_match) == wanted
    )
    return next(matching, None)


def _has_grade(entry: Entry, policy: Policy) -> bool:
    """Something to send, or something sent before that may have to be explained."""
    if entry.believed_scores:
        return True
    excuse_counts = policy.excused_never_sent == "send_exempt"
    hidden_counts = policy.hidden_scores == "send"
    return any(
        (grade.score is not None and (hidden_counts or not grade.hidden))
        or (excuse_counts and grade.status == "excused")
        for grade in entry.grades.values()
    )


def _without_grade(entry: Entry) -> Reason:
    hidden = any(grade.hidden for grade in entry.grades.values())
    return words.only_hidden() if hidden else words.ungraded()


def _linked(entry: Entry, _policy: Policy) -> Reason | None:
    if entry.klass is None:
        return words.section_not_linked(entry.section.name)
    return None if entry.klass.known else words.class_unknown(entry.section.name, entry.klass.id)


def _name_length(entry: Entry, policy: Policy) -> Reason | None:
    limit, length = policy.name_length_max, len(entry.assignment.name)
    return words.name_too_long(length, limit) if limit is not None and length > limit else None


def _name_characters(entry: Entry, policy: Policy) -> Reason | None:
    if policy.name_forbidden_characters is None:
        return None
    found = dict.fromkeys(
        character
        for character in entry.assignment.name
        if character in policy.name_forbidden_characters or unicodedata.category(character) in _SYMBOLS
    )
    shown = (each if each.isprintable() else f"U+{ord(each):04X}" for each in found)
    return words.name_characters(" ".join(shown)) if found else None


def _name_once(entry: Entry, policy: Policy) -> Reason | None:
    if policy.same_names == "send" or entry.namesakes == 0:
        return None
    return words.name_not_unique(entry.namesakes)


def _points(entry: Entry, policy: Policy) -> Reason | None:
    return words.zero_points() if policy.check_points and not (entry.assignment.points or 0) > 0 else None


def _group(entry: Entry, policy: Policy) -> Reason | None:
    if entry.klass is None or not entry.klass.known or category_for(entry, policy) is not None:
        return None
    available = [category.title for category in entry.klass.categories]
    group = entry.assignment.group_name
    return words.group_without_type(group, available, _near_miss(group, available))


def _due_date(entry: Entry, policy: Policy) -> Reason | None:
    if policy.due_date == "ignore" or entry.assignment.dates_in(entry.section.id).due_at is not None:
        return None
    return words.due_date_missing(required=policy.due_date == "required")


def _assigned_to_whole(entry: Entry, policy: Policy) -> Reason | None:
    refused = policy.single_students == "refuse" and entry.assignment.for_single_students
    return words.for_single_students() if refused else None


def _comparable(name: str, match: GroupMatch) -> str:
    if match == "exact":
        return name
    return name.casefold().strip() if match == "casefold_trim" else name.casefold()


def _near_miss(group: str, available: list[str]) -> str:
    """The type that was probably meant, "" if none comes near.

    Spaces inside and capitals do not count here.
    """
    folded = {"".join(title.casefold().split()): title for title in available}
    near = difflib.get_close_matches("".join(group.casefold().split()), list(folded), n=1, cutoff=0.75)
    return folded[near[0]] if near else ""
