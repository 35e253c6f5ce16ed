"""What Synergy allows, decided purely: each function cites its rule and answers with a refusal or None.

What lives here: decisions over values of the model and switches of the profile. What must never be here:
state, a clock, HTTP. Words that Synergy shows are public nowhere; these are ours, and say what is wrong and
what to do.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Sequence
from fractions import Fraction
from typing import Literal, TypeAlias

from contracts import catalogue
from simulator.profiles import Profile
from simulator.synergy.model import (
    Assignment,
    ClassSection,
    ClassType,
    Enrolment,
    ScoreStatus,
    Session,
    TypeChoice,
)
from simulator.verdicts import Refusal, enforces

ClosedPeriods: TypeAlias = Literal["accept", "refuse_when_all_closed", "refuse_when_any_closed"]

HIDDEN, DELETED = "Hidden", "Deleted"
"""What stands in the place of a type that the class does not use, and of one that is gone."""
WHOLE_WEIGHT = 100
"""What the weights of a class add up to, in percent."""
_ALWAYS_FORBIDDEN = {"Cc": "a control character", "So": "a symbol or emoji"}


@enforces(catalogue.READONLY_OFF_ERROR)
def the_lock_is_on(assignment: Assignment) -> Refusal | None:
    """The third party writes only what is locked to it."""
    if assignment.third_party_readonly:
        return None
    return Refusal(
        f'Assignment "{assignment.name}" is not locked to the third party in Synergy; '
        "turn Third Party Readonly on and save it there."
    )


@enforces(catalogue.ZERO_POINTS_REJECTED)
def points_are_more_than_zero(max_score: float) -> Refusal | None:
    """An assignment is worth something."""
    if max_score > 0:
        return None
    return Refusal(f"Points possible must be greater than 0, not {max_score:g}.", "resultValueMax")


@enforces(catalogue.NAME_TOO_LONG)
def the_name_fits(name: str, profile: Profile) -> Refusal | None:
    """A name is as long as the gradebook keeps."""
    if len(name) <= profile.name_length_max:
        return None
    return Refusal(f"Name is too long: {len(name)} characters, at most {profile.name_length_max}.", "title")


@enforces(catalogue.NAME_SPECIAL_CHARS)
def the_name_is_plain(name: str, profile: Profile) -> Refusal | None:
    """A name has only characters that the gradebook takes. Symbols and emoji never pass."""
    found = [
        _ALWAYS_FORBIDDEN.get(unicodedata.category(character)) or character
        for character in dict.fromkeys(name)
        if character in profile.name_forbidden_characters
        or unicodedata.category(character) in _ALWAYS_FORBIDDEN
    ]
    if not found:
        return None
    return Refusal(
        f"Name contains characters that Synergy does not accept: {' '.join(dict.fromkeys(found))}", "title"
    )


@enforces(catalogue.GROUP_NAME_MATCH)
def the_type_is_one_of_the_class(
    wanted_guid: str, wanted_name: str, assignment_name: str, effective: Collection[tuple[str, str]]
) -> Refusal | None:
    """An assignment has a type that its class uses.

    Args:
        wanted_guid: The type that was asked for.
        wanted_name: How it is called where it is known, else its id.
        assignment_name: What it was asked for.
        effective: Guid and name of each type of the class.
    """
    if any(guid == wanted_guid for guid, _name in effective):
        return None
    available = ", ".join(f'"{name}"' for _guid, name in effective) or "none"
    return Refusal(
        f'Grading category "{wanted_name}" not found in this class for "{assignment_name}". '
        f"Available: {available}.",
        "category",
    )


@enforces(catalogue.DUE_DATE_REQUIRED)
def there_is_a_due_date(has_due_date: bool) -> Refusal | None:  # noqa: FBT001 - the one thing it asks
    """Where the district asks for it, an assignment is due on a day."""
    if has_due_date:
        return None
    return Refusal("A due date is required; set one and send the assignment again.", "dueDate")


@enforces(catalogue.STUDENT_NOT_IN_CLASS)
def the_student_is_in_the_class(
    student_name: str, school_class: ClassSection, places: Iterable[Enrolment]
) -> Refusal | None:
    """Only a student of the class has a cell in its gradebook; `places` are where the student is now."""
    if any(each.class_guid == school_class.guid and each.role == "student" for each in places):
        return None
    return Refusal(f'Student "{student_name}" is not in this class, {school_class.name}.', "student")


@enforces(catalogue.GP_CLOSED_WRITE)
def the_periods_are_open(name: str, periods: Sequence[Session], profile: Profile) -> Refusal | None:
    """The third party writes into grading periods that are open, as far as the district minds.

    Args:
        name: The assignment that is written, or scored.
        periods: The grading periods that it is in.
        profile: Whether one closed period is enough to say no, or all have to be.
    """
    closed = _closed_against(periods, profile.closed_period_writes)
    return Refusal(_is_closed(name, closed), "gradingPeriod") if closed else None


@enforces(catalogue.GP_CLOSED_EDIT)
def the_teacher_may_edit_them(name: str, periods: Sequence[Session], profile: Profile) -> Refusal | None:
    """A teacher works in grading periods that are open, as far as the district minds.

    Args:
        name: The assignment that is edited, scored, deleted or made.
        periods: The grading periods that it is in, and would be in.
        profile: Whether one closed period is enough to say no, or all have to be.
    """
    closed = _closed_against(periods, profile.closed_period_edits)
    return Refusal(_is_closed(name, closed), "grading_period_ids") if closed else None


def _closed_against(periods: Sequence[Session], mode: ClosedPeriods) -> list[str]:
    """The names of the closed ones, where they are reason enough to say no."""
    closed = [period.name for period in periods if period.is_closed]
    enough = 1 if mode == "refuse_when_any_closed" else len(periods)
    return closed if mode != "accept" and len(closed) >= enough else []


def _is_closed(name: str, closed: Sequence[str]) -> str:
    return f'The grading period of "{name}" is closed: {", ".join(closed)}. The school office can open it.'


@enforces(catalogue.LOCKED_EDIT_REFUSED)
def the_fields_are_open(
    assignment: Assignment, changed: Sequence[str], profile: Profile, *, locked_after: bool
) -> Refusal | None:
    """A teacher changes nothing of an assignment that is locked to the third party.

    Args:
        assignment: As it is stored.
        changed: The fields that the save would change, in the screen's words, without the lock itself.
        profile: Whether a save may carry both the lock's change and others.
        locked_after: The lock as the save leaves it.
    """
    if not changed:
        return None
    first = changed[0]
    if not assignment.third_party_readonly:
        carried = locked_after and not profile.relock_may_carry_changes
        return Refusal(_save_apart("locking", assignment), first) if carried else None
    if locked_after:
        return Refusal(
            f'"{assignment.name}" is locked: Third Party Readonly is on, its details and scores belong to '
            "Canvas. Change it in Canvas; or turn Third Party Readonly off and save, change it here, "
            "then lock and save again.",
            first,
        )
    if profile.unlock_effective == "after_save":
        return Refusal(_save_apart("unlocking", assignment), first)
    return None


@enforces(catalogue.SCORES_ENTERED_IN_SYNERGY_LOST)
def the_typed_score_gives_way(profile: Profile) -> Refusal | None:
    """What a teacher typed into a cell gives way to what the third party sends, unless the system minds.

    Asked only of a cell that a teacher typed into since the third party last wrote there.
    """
    if profile.provider.typed_scores == "overwrite":
        return None
    return Refusal(
        "A teacher has typed a score here by hand; empty the cell in Synergy before it is sent again.",
        "score",
    )


@enforces(catalogue.DELETE_LOCKED_REFUSED)
def a_locked_assignment_stays(assignment: Assignment) -> Refusal | None:
    """What is locked to the third party cannot be deleted by a teacher."""
    if not assignment.third_party_readonly:
        return None
    return Refusal(
        f'"{assignment.name}" is locked and cannot be deleted. '
        "Turn Third Party Readonly off, save, then delete it.",
        "third_party_readonly",
    )


@enforces(catalogue.ASSIGNMENTS_SCREEN_REFUSED)
def the_screen_for_many_leaves_it_alone(assignment: Assignment) -> Refusal | None:
    """The Assignments screen changes a teacher's own assignments, locked or not, and nothing of Canvas's."""
    if not assignment.synced:
        return None
    return Refusal(
        f'"{assignment.name}" came from Canvas and cannot be changed on this screen. Open it by itself: turn '
        "Third Party Readonly off and save, change it, then lock and save again.",
        "assignments",
    )


@enforces(catalogue.DUPLICATES_ACROSS_SECTIONS)
def the_other_copies_are_unlocked(
    assignment: Assignment, others: Sequence[tuple[Assignment, str]], profile: Profile
) -> Refusal | None:
    """A duplicate that stands in several class sections is deleted once the others there are unlocked.

    Args:
        assignment: The one to delete.
        others: The other copies, each with the name of its class; within one section they do not matter.
        profile: Whether they matter at all.
    """
    if profile.duplicate_deletion == "own_lock_only" or len({each.class_guid for each, _name in others}) < 2:
        return None
    locked = [name for each, name in others if each.third_party_readonly]
    if not locked:
        return None
    return Refusal(
        f'"{assignment.name}" cannot be deleted yet: the other "{assignment.name}" is still locked in '
        f"{', '.join(dict.fromkeys(locked))}. Turn Third Party Readonly off and save there, then try again.",
        "third_party_readonly",
    )


@enforces(catalogue.DUPLICATES_CAUSE)
def a_second_copy_may_come(name: str, class_name: str, profile: Profile) -> Refusal | None:
    """A new assignment may have the name and the due date of one that was sent before, unless that is minded.

    Asked only where the class has such a one under another id.
    """
    if profile.same_name_and_date == "second_copy":
        return None
    return Refusal(f'{class_name} has "{name}" with this due date already, under another sourcedId.', "title")


@enforces(catalogue.TYPE_WEIGHTS_SUM_100)
def the_weights_are_whole(types: Iterable[ClassType]) -> Refusal | None:
    """The weights that a teacher saves come to 100 percent."""
    whole = sum((Fraction(repr(each.weight)) for each in types), Fraction(0))
    if whole == WHOLE_WEIGHT:
        return None
    return Refusal(
        f"The weights of the class add up to {float(whole):g}; they must add up to {WHOLE_WEIGHT}.",
        "assignment_types",
    )


@enforces(catalogue.TYPE_DISTRICT_LOCKED)
def the_types_are_the_teachers_to_change(profile: Profile, field: str = "assignment_types") -> Refusal | None:
    """Where the district has fixed the types, nobody else adds one, takes one away, weighs it or rounds.

    Args:
        profile: Whether the district has.
        field: What would be changed, in the screen's words.
    """
    if not profile.district_types_locked:
        return None
    return Refusal("The assignment types, their weights and the rounding are set by the district.", field)


@enforces(catalogue.UNLOCK_SAVE_FIRST)
def the_unlock_was_saved(assignment: Assignment, profile: Profile) -> Refusal | None:
    """Unlocking counts for a delete once it is saved."""
    if not assignment.third_party_readonly or not profile.delete_needs_saved_unlock:
        return None
    return Refusal(
        f'Third Party Readonly of "{assignment.name}" is off but not saved. Save first, then delete it.',
        "third_party_readonly",
    )


def a_score_may_lack(status: ScoreStatus, profile: Profile) -> bool:
    """Whether a result of this status may come without a number."""
    if profile.score_required == "always":
        return False
    with_not_submitted = profile.score_required == "unless_exempt_or_not_submitted"
    return status == "exempt" or (with_not_submitted and status == "not submitted")


def name_of_type(kind: ClassType, choice: TypeChoice) -> str:
    """How the edit screen calls an assignment's type (Kern High School District, FAQ 11)."""
    if kind.is_deleted:
        return DELETED
    return kind.name if is_chosen(kind, choice) else HIDDEN


def is_chosen(kind: ClassType, choice: TypeChoice) -> bool:
    """Whether a class uses an assignment type.

    By "Which Assignment Types would you like to use for this class?" (Kern High School District, FAQ 11).
    """
    return choice == "mine_and_district" or (choice == "mine") == kind.is_teachers


def _save_apart(what: str, assignment: Assignment) -> str:
    return f'{what.capitalize()} "{assignment.name}" and changing it are two saves, one after the other.'
