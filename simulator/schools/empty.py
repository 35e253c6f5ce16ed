"""A district before its first course: one school and one teacher, so that somebody has a Canvas token.

The grading periods and assignment types are set up; whoever starts here makes the rest.
"""

from __future__ import annotations

from functools import lru_cache

from faker import Faker

from simulator.ids import Ids
from simulator.schools import customs
from simulator.schools.model import Person, School
from simulator.schools.pools import Name


@lru_cache(maxsize=16)
def empty_school_of(seed: int) -> School:
    """The empty district of this seed."""
    ids = Ids(seed)
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
        teachers=(_teacher(seed, ids),),
        students=(),
        courses=(),
        grading_periods=customs.grading_periods(ids, begins, ends),
        assignment_types=customs.assignment_types(ids),
    )


def _teacher(seed: int, ids: Ids) -> Person:
    faker = Faker("en_US")
    faker.seed_instance(seed)
    given, family = Name.of(faker.first_name()), Name.of(faker.last_name())
    return Person(
        guid=ids.guid("teacher", 0),
        number=str(customs.FIRST_STAFF_NUMBER),
        given_name=given.written,
        family_name=family.written,
        email=f"{given.in_address}.{family.in_address}@{customs.STAFF_DOMAIN}",
    )
