"""The district as Synergy records it: a pure reading of the vendor-neutral one, school by school.

Nothing here decides; a class gets every assignment type of the district with its weight, and a term is made
for each semester, or for the year where there is none, because OneRoster wants one in every class.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from simulator.ids import Ids
from simulator.schools import Campus, Course, Person, School, Section
from simulator.synergy.model import (
    ClassSection,
    ClassType,
    CourseRecord,
    Enrolment,
    Member,
    Organisation,
    Role,
    Session,
    SessionKind,
)

_PERIOD_KINDS: dict[str, SessionKind] = {"progress": "progress", "quarter": "quarter", "semester": "semester"}


@dataclass(frozen=True, slots=True)
class Roster:
    """Everything that the office keeps, before any teacher has made an assignment."""

    organisations: tuple[Organisation, ...]
    sessions: tuple[Session, ...]
    members: tuple[Member, ...]
    courses: tuple[CourseRecord, ...]
    classes: tuple[ClassSection, ...]
    enrolments: tuple[Enrolment, ...]
    class_types: tuple[ClassType, ...]


def roster_of(school: School, ids: Ids) -> Roster:
    """Read the district."""
    sessions = tuple(_sessions(school, ids))
    term_guids = tuple(session.guid for session in sessions if session.kind == "term")
    campuses = school.campuses
    sections = [
        (campus, course, section)
        for campus in campuses
        for course in campus.courses
        for section in course.sections
    ]
    return Roster(
        organisations=tuple(_organisations(school)),
        sessions=sessions,
        members=tuple(member for campus in campuses for member in _members(campus)),
        courses=tuple(
            CourseRecord(each.guid, each.code, each.name, each.subject, campus.guid)
            for campus in campuses
            for each in campus.courses
        ),
        classes=tuple(_class(campus, course, section, term_guids) for campus, course, section in sections),
        enrolments=tuple(
            enrolment
            for _campus, course, section in sections
            for enrolment in _enrolments(school, course, section, ids)
        ),
        class_types=tuple(
            ClassType(ids.guid("category", section.guid, each.guid), section.guid, each.name, each.weight)
            for _campus, _course, section in sections
            for each in school.assignment_types
        ),
    )


_DISTRICT_WORDS = re.compile(
    r"( (Union|Unified|Joint|High|Elementary|City|County|Independent))* School District$"
)
_SCHOOL_WORDS = re.compile(r" (High|Middle|Elementary) School$")


def _organisations(school: School) -> Iterator[Organisation]:
    district = _identifier(_DISTRICT_WORDS.sub("", school.district_name), school.district_guid)
    yield Organisation(school.district_guid, school.district_name, "district", district)
    for campus in school.campuses:
        short = _SCHOOL_WORDS.sub(lambda kind: f" {kind[1][0]}S", campus.name)
        identifier = _identifier(short, campus.guid)
        yield Organisation(campus.guid, campus.name, "school", identifier, school.district_guid)


def _identifier(name: str, guid: str) -> str:
    """A name as the office abbreviates it, such as VALLEY-OAK-HS; the guid where no letter is left."""
    return "-".join(re.findall(r"\w+", name.upper())) or guid


def _sessions(school: School, ids: Ids) -> Iterator[Session]:
    """The year, a term for each semester, and the grading periods under the term that they lie in."""
    year = school.school_year
    yield Session(
        school.year_guid, f"{year - 1}-{year}", "school_year", school.year_begins, school.year_ends, year
    )
    terms = [
        Session(
            ids.guid("term", each.guid),
            f"{each.name} Term",
            "term",
            each.begins,
            each.ends,
            year,
            school.year_guid,
        )
        for each in school.grading_periods
        if each.kind == "semester"
    ]
    terms = terms or [
        Session(
            ids.guid("term", school.year_guid),
            f"{year - 1}-{year} Term",
            "term",
            school.year_begins,
            school.year_ends,
            year,
            school.year_guid,
        )
    ]
    yield from terms
    for period in school.grading_periods:
        above = next(
            (term.guid for term in terms if term.begins <= period.begins <= term.ends), school.year_guid
        )
        yield Session(
            period.guid, period.name, _PERIOD_KINDS[period.kind], period.begins, period.ends, year, above
        )


def _members(campus: Campus) -> Iterator[Member]:
    for person in campus.teachers:
        yield _member(campus, person, "teacher")
    for person in campus.students:
        yield _member(campus, person, "student")


def _member(campus: Campus, person: Person, role: Role) -> Member:
    return Member(
        guid=person.guid,
        role=role,
        number=person.number,
        state_id=f"CA-{person.number}",
        given_name=person.given_name,
        family_name=person.family_name,
        email=person.email,
        school_guid=campus.guid,
        grade=person.grade,
    )


def _class(campus: Campus, course: Course, section: Section, term_guids: tuple[str, ...]) -> ClassSection:
    return ClassSection(
        guid=section.guid,
        number=section.number,
        name=section.name,
        course_guid=course.guid,
        school_guid=campus.guid,
        teacher_guid=course.teacher.guid,
        term_guids=term_guids,
    )


def _enrolments(school: School, course: Course, section: Section, ids: Ids) -> Iterator[Enrolment]:
    everybody: list[tuple[Person, Role]] = [(course.teacher, "teacher")]
    everybody += [(student, "student") for student in section.students]
    for person, role in everybody:
        yield Enrolment(
            ids.guid("enrolment", section.guid, person.guid),
            section.guid,
            person.guid,
            role,
            school.year_begins,
            school.year_ends,
        )
