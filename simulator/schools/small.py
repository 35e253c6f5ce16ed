"""The small school of the stories and the lessons: two teachers, sixty students, three courses."""

from __future__ import annotations

import random
from functools import lru_cache

from faker import Faker

from simulator.ids import Ids
from simulator.schools import customs
from simulator.schools.model import Course, Person, School, Section

STUDENTS_IN_A_SECTION = 30


@lru_cache(maxsize=16)
def school_of(seed: int) -> School:
    """The school of this seed.

    Two teachers, three courses, one of them cross-listed over two sections of thirty.
    """
    ids = Ids(seed)
    faker = Faker("en_US")
    faker.seed_instance(seed)
    dice = random.Random(seed)  # noqa: S311 - a made-up school, no secret

    names = _distinct_names(faker, 2 + 2 * STUDENTS_IN_A_SECTION)
    teachers = tuple(_person(ids, "teacher", index, names[index]) for index in range(2))
    students = tuple(
        _person(ids, "student", index, name, grade=dice.choice(("09", "10", "11", "12")))
        for index, name in enumerate(names[2:])
    )

    first_half, second_half = students[:STUDENTS_IN_A_SECTION], students[STUDENTS_IN_A_SECTION:]
    mixed = tuple(dice.sample(students, STUDENTS_IN_A_SECTION))

    def section(number: str, name: str, members: tuple[Person, ...]) -> Section:
        ordered = tuple(sorted(members, key=lambda person: (person.family_name, person.given_name)))
        return Section(ids.guid("section", number), number, name, ordered)

    def course(code: str, name: str, subject: str, teacher: Person, *sections: Section) -> Course:
        return Course(ids.guid("course", code), code, name, subject, teacher, sections)

    courses = (
        course(
            "ALG1",
            "Algebra 1",
            "Mathematics",
            teachers[0],
            section("ALG1-01", "Algebra 1 - Period 1", first_half),
        ),
        course("BIO1", "Biology", "Science", teachers[1], section("BIO1-03", "Biology - Period 3", mixed)),
        course(
            "WHIST",
            "World History",
            "Social Studies",
            teachers[0],
            section("WHIST-02", "World History - Period 2", first_half),
            section("WHIST-04", "World History - Period 4", second_half),
        ),
    )
    year = customs.SCHOOL_YEAR
    begins, ends = customs.first_day(year), customs.last_day(year)
    return School(
        guid=ids.guid("school"),
        district_guid=ids.guid("district"),
        district_name=customs.DISTRICT_NAME,
        name=customs.SCHOOL_NAME,
        school_year=year,
        year_guid=ids.guid("year", year),
        year_begins=begins,
        year_ends=ends,
        teachers=teachers,
        students=students,
        courses=courses,
        grading_periods=customs.grading_periods(ids, begins, ends),
        assignment_types=customs.assignment_types(ids),
    )


def _distinct_names(faker: Faker, count: int) -> list[tuple[str, str]]:
    """So many made-up people, no two of the same family name, so that a story can call them by it."""
    names: dict[str, str] = {}
    while len(names) < count:
        names.setdefault(faker.last_name(), faker.first_name())
    return [(given, family) for family, given in names.items()]


def _person(ids: Ids, kind: str, index: int, name: tuple[str, str], grade: str = "") -> Person:
    given, family = name
    first = customs.FIRST_STAFF_NUMBER if kind == "teacher" else customs.FIRST_PERM_ID
    domain = customs.STAFF_DOMAIN if kind == "teacher" else customs.STUDENT_DOMAIN
    return Person(
        guid=ids.guid(kind, index),
        number=f"{first + index}",
        given_name=given,
        family_name=family,
        email=f"{given}.{family}@{domain}".lower().replace(" ", ""),
        grade=grade,
    )
