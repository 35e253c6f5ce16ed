"""What in a world file must agree with what: names with lists, numbers with each other, weights, days.

Each check reads what is legible and passes over the rest, which `shape` speaks of; so all problems of a file
are found in one reading, whatever else is wrong in it. What bites: a check may never fail on a strange value.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from simulator.schools.model import ENROLLMENTS_MAX
from simulator.schools.size import SECTIONS_MAX
from simulator.schools.wording import quoted
from simulator.schools.worldfile import kinds
from simulator.schools.worldfile.kinds import legible
from simulator.schools.worldfile.problems import Finding
from simulator.schools.worldfile.span import Span, span_of
from simulator.schools.worldfile.tree import Branch

YEAR_DAYS_MAX = 400
WEIGHT_TOLERANCE = 0.01

_LISTS_WITH_GUIDS = ("grading_periods", "assignment_types", "teachers", "students", "courses")


def reference_findings(root: Branch) -> Iterator[Finding]:
    """Everything in the tree that does not agree with the rest of it."""
    yield from _people(root)
    yield from _courses(root)
    yield from _year(root)
    yield from _types(root)
    yield from _twice((each.at("guid") for each in _entries(root)), "guid")


# people


def _people(root: Branch) -> Iterator[Finding]:
    everybody = [*root.each("teachers"), *root.each("students")]
    yield from _twice((_name_in(each) for each in root.each("teachers")), "teacher", fold=False)
    yield from _twice((_name_in(each) for each in root.each("students")), "student", fold=False)
    yield from _twice((each.at("number") for each in everybody), "number")
    yield from _twice((each.at("email") for each in everybody), "e-mail address")
    for person in everybody:
        name, family = _word(_name_in(person)), _word(person.at("family_name"))
        if name and family and not name.endswith(f" {family}"):
            yield _found(
                person.at("family_name"),
                f"{quoted(name)} does not end with {quoted(family)}.",
                "Write in name the given name, a space and the family name.",
            )


def _name_in(person: Branch) -> Branch:
    """A person's name: the element itself where it is a name alone."""
    return person if isinstance(person.value, str) else person.at("name")


def _names(people: Iterable[Branch]) -> dict[str, None]:
    return dict.fromkeys(name for each in people if (name := _word(_name_in(each))))


# courses


def _courses(root: Branch) -> Iterator[Finding]:
    courses = list(root.each("courses"))
    sections = [section for course in courses for section in course.each("sections")]
    yield from _twice((course.at("code") for course in courses), "course code")
    yield from _twice((section.at("number") for section in sections), "section number")
    teachers, students = _names(root.each("teachers")), _names(root.each("students"))
    for course in courses:
        teacher = course.at("teacher")
        if (name := _word(teacher)) and name not in teachers:
            yield _unknown(teacher, "teacher", name, teachers)
        yield from _seats(course, students)
    yield from _too_many(root, courses, sections, len(students))


def _seats(course: Branch, students: dict[str, None]) -> Iterator[Finding]:
    sections = list(course.each("sections"))
    for section in sections:
        listed = section.at("students")
        if listed.value is None and len(sections) > 1:
            yield _found(
                listed,
                "it is missing, and the course has more than one section.",
                "Name the students of each section, or [] for none.",
            )
        seats = list(section.each("students"))
        yield from _twice(seats, "student", fold=False)
        for seat in seats:
            if (name := _word(seat)) and name not in students:
                yield _unknown(seat, "student", name, students)


def _too_many(
    root: Branch, courses: list[Branch], sections: list[Branch], students: int
) -> Iterator[Finding]:
    without_sections = sum(course.at("sections").value is None for course in courses)
    count = len(sections) + without_sections
    seats = sum(len(list(each.each("students"))) for each in sections)
    everybody = without_sections + sum(each.at("students").value is None for each in sections)
    if count > SECTIONS_MAX:
        yield _found(root.at("courses"), f"there are {count} sections.", f"Keep at most {SECTIONS_MAX}.")
    if (enrollments := seats + everybody * students) > ENROLLMENTS_MAX:
        yield _found(
            root.at("courses"),
            f"the sections have {enrollments} places for students, all together.",
            f"Keep at most {ENROLLMENTS_MAX}; a section that names no students has all of them.",
        )


# the year


def _year(root: Branch) -> Iterator[Finding]:
    span = _span_in(root)
    wrong = [] if span is None else list(_span(root, span))
    yield from wrong
    for period in root.each("grading_periods"):
        yield from _period(period, None if wrong else span)
    yield from _twice((each.at("name") for each in root.each("grading_periods")), "grading period")


def _span_in(root: Branch) -> Span | None:
    """The school year that the file means; None where a part of it cannot be read."""
    written = [root.at(key).value for key in ("school_year", "year_begins", "year_ends")]
    year, begins, ends = (
        legible(kinds.year, written[0]),
        legible(kinds.day, written[1]),
        legible(kinds.day, written[2]),
    )
    read = [each for each in (year, begins, ends) if each is not None]
    return span_of(year, begins, ends) if len(read) == len(written) - written.count(None) else None


def _span(root: Branch, span: Span) -> Iterator[Finding]:
    begins, ends = root.at("year_begins"), root.at("year_ends")
    last = ends if ends.value is not None else begins
    if span.begins > span.ends:
        yield _found(
            last,
            f"the school year ends on {span.ends}, before it begins on {span.begins}.",
            "Correct one day.",
        )
    elif (span.ends - span.begins).days > YEAR_DAYS_MAX:
        yield _found(
            last,
            f"the school year lasts from {span.begins} to {span.ends}.",
            f"Make it at most {YEAR_DAYS_MAX} days long.",
        )
    elif span.ends.year != span.school_year:
        yield _found(
            root.at("school_year"),
            f"the school year {span.school_year} ends on {span.ends}.",
            "Give the calendar year in which it ends.",
        )


def _period(period: Branch, span: Span | None) -> Iterator[Finding]:
    begins, ends = (legible(kinds.day, period.at(key).value) for key in ("begins", "ends"))
    if begins and ends and begins > ends:
        yield _found(
            period.at("ends"), f"it ends on {ends}, before it begins on {begins}.", "Correct one day."
        )
    for key, day in (("begins", begins), ("ends", ends)):
        if day and span and not span.begins <= day <= span.ends:
            yield _found(
                period.at(key),
                f"{day} is outside of the school year, {span.begins} to {span.ends}.",
                "Correct the day, or year_begins and year_ends.",
            )


def _types(root: Branch) -> Iterator[Finding]:
    types = list(root.each("assignment_types"))
    yield from _twice((each.at("name") for each in types), "assignment type")
    weights = [legible(kinds.weight, each.at("weight").value) for each in types]
    known = [each for each in weights if each is not None]
    if types and len(known) == len(types) and abs(sum(known) - 100) > WEIGHT_TOLERANCE:
        yield _found(
            root.at("assignment_types"), f"the weights come to {sum(known):g}.", "Make them come to 100."
        )


# words


def _entries(root: Branch) -> Iterator[Branch]:
    for key in _LISTS_WITH_GUIDS:
        for entry in root.each(key):
            yield entry
            yield from entry.each("sections")


def _twice(branches: Iterable[Branch], noun: str, *, fold: bool = True) -> Iterator[Finding]:
    """Two places where the same word stands, though it must be one's own."""
    first: dict[str, Branch] = {}
    for branch in branches:
        word = _word(branch)
        if not word:
            continue
        before = first.setdefault(word.casefold() if fold else word, branch)
        if before is not branch:
            yield _found(
                branch,
                f"the {noun} {quoted(word)} is in line {before.line} already.",
                "Change one of the two.",
            )


def _unknown(branch: Branch, noun: str, name: str, known: dict[str, None]) -> Finding:
    return Finding(
        branch.line,
        branch.place,
        f"there is no {noun} {quoted(name)}.",
        f"Add the name to {noun}s, or correct it.",
        wanted=name,
        known=known,
    )


def _word(branch: Branch) -> str:
    """The word that stands there, as `shape` reads it; "" where none does."""
    return legible(kinds.text, branch.value) or ""


def _found(branch: Branch, what: str, fix: str) -> Finding:
    return Finding(branch.line, branch.place, what, fix)
