"""What the school office does: admits students, puts them into classes and out, opens classes and periods.

What lives here: what each of these leaves behind, and the roster as it leaves the house. What must never be
here: HTTP, and whether the request makes sense; who asks has looked. Everything counts in Synergy at once;
Canvas hears of it at night. What bites: scores stay where they were given. A student who moves leaves them
behind in the old class (Tigard-Tualatin SD has them brought along by a remaster).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from contracts import catalogue
from simulator.roster import Place, Roster, RosterClass, RosterCourse, RosterPerson
from simulator.synergy import windows
from simulator.synergy.model import ClassSection, CourseRecord, Enrolment, Member, Session
from simulator.synergy.store import GradebookStore

_FIRST_NUMBER = 500_000
"""Perm IDs of students who are admitted in the course of the year lie above it."""


@dataclass(frozen=True, slots=True)
class NewStudent:
    """Whom the office admits to a school."""

    given_name: str
    family_name: str
    grade: str
    school_guid: str


@dataclass(frozen=True, slots=True)
class NewClass:
    """The class that the office opens: another section of a course that there is."""

    number: str
    name: str
    course: CourseRecord
    teacher: Member


def admit(store: GradebookStore, wanted: NewStudent) -> Member:
    """A student comes to the school, and is in no class yet."""
    count = store.ids.integer("admitted student")
    number = str(_FIRST_NUMBER + count)
    student = Member(
        guid=store.ids.guid("admitted student", count),
        role="student",
        number=number,
        state_id=f"CA-{number}",
        given_name=wanted.given_name,
        family_name=wanted.family_name,
        email=f"s{number}@students.example",
        school_guid=wanted.school_guid,
        grade=wanted.grade,
        changed_at=store.clock.now(),
    )
    store.members.put(student)
    _note_change(store)
    return student


def open_class(store: GradebookStore, wanted: NewClass) -> ClassSection:
    """A new section of a course, with the terms and the assignment types of its oldest sister."""
    sister = store.classes.first(course=wanted.course.guid) or next(iter(store.classes.values()), None)
    opened = ClassSection(
        guid=store.ids.guid("section", wanted.number),
        number=wanted.number,
        name=wanted.name,
        course_guid=wanted.course.guid,
        school_guid=wanted.course.school_guid,
        teacher_guid=wanted.teacher.guid,
        term_guids=sister.term_guids if sister else (),
        changed_at=store.clock.now(),
    )
    store.classes.put(opened)
    for each in store.types_of(sister.guid) if sister else ():
        guid = store.ids.guid("category", opened.guid, each.guid)
        store.class_types.put(replace(each, guid=guid, class_guid=opened.guid))
    _put_in(store, opened, wanted.teacher)
    _note_change(store)
    return opened


def join(store: GradebookStore, section: ClassSection, student: Member) -> None:
    """A student comes into a class."""
    _put_in(store, section, student)
    _note_change(store)


def leave(store: GradebookStore, section: ClassSection, student: Member) -> None:
    """A student goes out of a class. What was scored there stays."""
    _take_out(store, _place(store, section, student))
    _note_change(store)


def move(store: GradebookStore, student: Member, *, old: ClassSection, new: ClassSection) -> None:
    """A student changes from one class to another, in one step."""
    _take_out(store, _place(store, old, student))
    _put_in(store, new, student)
    _note_change(store)


def leave_school(store: GradebookStore, student: Member) -> int:
    """A student goes out of every class; how many those were. The person stays on record."""
    places = store.enrolments_of(student.guid)
    for each in places:
        _take_out(store, each)
    if places:
        _note_change(store)
    return len(places)


def set_period_closed(store: GradebookStore, period: Session, *, closed: bool) -> Session:
    """Open or close a grading period for editing, whatever the calendar says.

    Where the district has one window open at a time, the others close when one opens.
    """
    if not closed and store.profile.open_periods == "one_at_a_time":
        shut = windows.closed_by_opening(period, store.grading_periods())
        store.sessions.update(shut)
        names = ", ".join(each.name for each in shut) or "none"
        _note_window(store, period, f"is open; closed for it: {names}")
    else:
        _note_window(store, period, f"is {'closed' if closed else 'open'}")
    return store.sessions.put(replace(period, is_closed=closed))


def end_period(store: GradebookStore, guid: str) -> str:
    """A grading period comes to its last day's end: it closes, and the next may open.

    What happened as a sentence, "" where there is no such period any more.
    """
    ended = store.sessions.get(guid)
    if ended is not None and store.profile.period_windows == "office":
        return f"{ended.name} is over; its window in Synergy stays as the office leaves it"
    period = store.close_period(guid)
    if period is None:
        return ""
    told = f"{period.name} is over; it is closed in Synergy"
    _note_window(store, period, "is over, and closed")
    following = windows.opened_after(period, store.grading_periods())
    if following is None or store.profile.open_periods == "any":
        return told
    store.sessions.put(following)
    _note_window(store, following, f"is open, after {period.name}")
    return f"{told}, and {following.name} is open"


def _note_window(store: GradebookStore, period: Session, what: str) -> None:
    words = f"of type {period.period_type}, ending on {period.ends.isoformat()}, it {what}"
    store.journal.note_upheld("synergy", catalogue.GP_TYPES, f"grading period {period.name}", words)


def is_in(store: GradebookStore, section: ClassSection, student: Member) -> bool:
    """Whether somebody is in a class now."""
    return any(each.class_guid == section.guid for each in store.enrolments_of(student.guid))


def roster_now(store: GradebookStore) -> Roster:
    """The roster as it leaves the house."""
    return Roster(
        version=store.roster_version,
        people=tuple(
            RosterPerson(each.guid, each.given_name, each.family_name, each.email)
            for each in store.members.values()
        ),
        courses=tuple(RosterCourse(each.guid, each.code, each.name) for each in store.courses.values()),
        classes=tuple(
            RosterClass(each.guid, each.number, each.name, each.course_guid)
            for each in store.classes.values()
        ),
        places=tuple(
            Place(each.class_guid, each.member_guid, each.role)
            for each in store.enrolments.values()
            if not each.is_over
        ),
    )


def _place(store: GradebookStore, section: ClassSection, student: Member) -> Enrolment:
    return next(each for each in store.enrolments_of(student.guid) if each.class_guid == section.guid)


def _put_in(store: GradebookStore, section: ClassSection, member: Member) -> None:
    """Whoever was there before gets the old place back, from today."""
    year = next(each for each in store.sessions.values() if each.kind == "school_year")
    store.enrolments.put(
        Enrolment(
            store.ids.guid("enrolment", section.guid, member.guid),
            section.guid,
            member.guid,
            member.role,
            begins=store.today(),
            ends=year.ends,
            changed_at=store.clock.now(),
        )
    )


def _take_out(store: GradebookStore, place: Enrolment) -> None:
    over = replace(place, ends=store.today(), is_over=True, changed_at=store.clock.now())
    store.enrolments.put(over)


def _note_change(store: GradebookStore) -> None:
    store.roster_version += 1
