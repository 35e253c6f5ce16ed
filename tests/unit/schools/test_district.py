import hashlib
import subprocess
import sys
from collections import Counter
from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.schools import Course, School
from simulator.schools.district import district_of
from simulator.schools.size import DistrictSize

SIZE = DistrictSize(schools=3, sections_per_school=62, students_per_section=20, cross_listed_share=0.2)
HASH = """
import hashlib
from simulator.schools.district import district_of
from simulator.schools.size import DistrictSize
district = district_of(7, DistrictSize(schools=2, sections_per_school=20))
print(hashlib.sha256(f"{district!r} {district.campuses!r}".encode()).hexdigest())
"""

small_sizes = st.builds(
    DistrictSize,
    schools=st.integers(1, 3),
    sections_per_school=st.integers(1, 15),
    students_per_section=st.integers(1, 5),
    cross_listed_share=st.floats(0, 1),
    periods_a_day=st.integers(1, 8),
)


@pytest.fixture
def district() -> School:
    return district_of(7, SIZE)


def sections_of_each_student(district: School) -> Counter[str]:
    return Counter(student.guid for course in district.courses for student in course.students)


def periods_of(course: Course) -> set[str]:
    return {section.name.rpartition(" ")[2] for section in course.sections}


@given(small_sizes, st.integers(0, 3))
@settings(max_examples=30, deadline=None)
def test_whatever_its_size_a_district_has_the_sections_and_seats_that_were_asked_for(
    size: DistrictSize, seed: int
) -> None:
    district = district_of(seed, size)
    sections = [section for course in district.courses for section in course.sections]
    assert len(district.campuses) == size.schools
    assert len(sections) == size.sections
    assert {len(section.students) for section in sections} == {size.students_per_section}


@given(small_sizes, st.integers(0, 3))
@settings(max_examples=30, deadline=None)
def test_nobody_is_in_two_sections_at_once_nor_in_both_of_a_cross_listed_course(
    size: DistrictSize, seed: int
) -> None:
    for campus in district_of(seed, size).campuses:
        students = Counter(
            (guid.guid, p) for c in campus.courses for p in periods_of(c) for guid in c.students
        )
        teachers = Counter((c.teacher.guid, p) for c in campus.courses for p in periods_of(c))
        assert max(chain(students.values(), teachers.values())) == 1


def test_every_student_is_in_about_six_sections(district: School) -> None:
    counts = sections_of_each_student(district)
    assert set(counts) == {student.guid for student in district.students}
    assert set(counts.values()) <= {5, 6}
    assert sum(counts.values()) / len(counts) > 5.5


def test_the_stated_share_of_the_courses_is_cross_listed(district: School) -> None:
    crossed = [course for course in district.courses if len(course.sections) == 2]
    assert len(crossed) / len(district.courses) == pytest.approx(0.2, abs=0.01)
    assert {len(course.sections) for course in district.courses} == {1, 2}


def test_a_district_without_cross_listed_courses_has_none() -> None:
    district = district_of(7, DistrictSize(cross_listed_share=0))
    assert {len(course.sections) for course in district.courses} == {1}


def test_numbers_guids_and_addresses_are_unique(district: School) -> None:
    people = [*district.teachers, *district.students]
    sections = [section for course in district.courses for section in course.sections]
    for words in (
        [
            *(each.guid for each in people),
            *(each.guid for each in district.courses),
            *(each.guid for each in sections),
            *(each.guid for each in district.campuses),
        ],
        [each.number for each in people],
        [each.email.casefold() for each in people],
        [section.number for section in sections],
        [course.code for course in district.courses],
        [campus.name for campus in district.campuses],
    ):
        assert len(words) == len(set(words))


def test_a_school_of_the_district_has_people_and_courses_of_its_own(district: School) -> None:
    for campus in district.campuses:
        assert {course.teacher for course in campus.courses} <= set(campus.teachers)
        assert {who for course in campus.courses for who in course.students} == set(campus.students)
    assert district.teachers == tuple(chain(*(campus.teachers for campus in district.campuses)))
    assert district.students == tuple(chain(*(campus.students for campus in district.campuses)))
    assert district.courses == tuple(chain(*(campus.courses for campus in district.campuses)))


def test_a_teacher_keeps_to_one_subject(district: School) -> None:
    subjects = {(course.teacher.guid, course.subject) for course in district.courses}
    assert len(subjects) == len({guid for guid, _subject in subjects})


def test_an_address_has_no_character_that_a_mail_system_minds(district: School) -> None:
    assert all(each.email.replace("@", "").replace(".", "").isalnum() for each in district.students)


def test_the_same_seed_gives_the_same_district_in_another_process() -> None:
    first, second = (
        subprocess.run(
            [sys.executable, "-c", HASH],
            check=True,
            capture_output=True,
            text=True,
            env={"PYTHONHASHSEED": seed},
        ).stdout.strip()
        for seed in ("1", "2")
    )
    here = district_of(7, DistrictSize(schools=2, sections_per_school=20))
    assert first == second == hashlib.sha256(f"{here!r} {here.campuses!r}".encode()).hexdigest()


def test_another_seed_gives_other_people(district: School) -> None:
    assert district_of(8, SIZE).students != district.students


def test_a_small_school_is_a_district_with_one_campus() -> None:
    district = district_of(7, DistrictSize(schools=1, sections_per_school=6))
    (campus,) = district.campuses
    assert (campus.guid, campus.name) == (district.guid, district.name)


def test_a_district_of_hundreds_of_schools_worth_of_names_has_none_twice() -> None:
    district = district_of(7, DistrictSize(schools=100, sections_per_school=1, students_per_section=1))
    assert len({campus.name for campus in district.campuses}) == 100
