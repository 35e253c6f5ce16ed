"""The small school of the stories and the lessons: two teachers, sixty students, three courses."""

from __future__ import annotations

import random
from datetime import date
from functools import lru_cache

from faker import Faker

from simulator.ids import Ids
from simulator.schools.model import AssignmentType, Course, GradingPeriod, Person, School, Section

STUDENTS_IN_A_SECTION = 30


@lru_cache(maxsize=16)
def school_of(seed: int) -> School:
    """The school of this seed.

    Two teachers, three courses, one of them cross-listed over two sections of thirty.

    Sources: the assignment types are the ones that the seed document names; the weights are ours.
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
    return School(
        guid=ids.guid("school"),
        district_guid=ids.guid("district"),
        district_name="Valley Oak Union High School District",
        name="Valley Oak High School",
        school_year=2027,
        year_guid=ids.guid("year", 2027),
        year_begins=date(2026, 8, 17),
        year_ends=date(2027, 6, 4),
        teachers=teachers,
        students=students,
        courses=courses,
        grading_periods=(
            GradingPeriod(
                ids.guid("period", "P1"), "Progress 1", "progress", date(2026, 8, 17), date(2026, 9, 25)
            ),
            GradingPeriod(
                ids.guid("period", "Q1"), "Quarter 1", "quarter", date(2026, 8, 17), date(2026, 10, 16)
            ),
            GradingPeriod(
                ids.guid("period", "S1"), "Semester 1", "semester", date(2026, 8, 17), date(2026, 12, 18)
            ),
        ),
        assignment_types=tuple(
            AssignmentType(ids.guid("type", name), name, weight)
            for name, weight in (
                ("Classwork", 20.0),
                ("Homework", 20.0),
                ("Quizzes", 20.0),
                ("Tests", 30.0),
                ("Participation", 10.0),
            )
        ),
    )


def _distinct_names(faker: Faker, count: int) -> list[tuple[str, str]]:
    """So many made-up people, no two of the same family name, so that a story can call them by it."""
    names: dict[str, str] = {}
    while len(names) < count:
        names.setdefault(faker.last_name(), faker.first_name())
    return [(given, family) for family, given in names.items()]


def _person(ids: Ids, kind: str, index: int, name: tuple[str, str], grade: str = "") -> Person:
    given, family = name
    number = f"{90_000 + index}" if kind == "teacher" else f"{400_100 + index}"
    domain = "staff.valleyoak.example" if kind == "teacher" else "students.valleyoak.example"
    return Person(
        guid=ids.guid(kind, index),
        number=number,
        given_name=given,
        family_name=family,
        email=f"{given}.{family}@{domain}".lower().replace(" ", ""),
        grade=grade,
    )
