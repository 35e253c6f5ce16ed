import hashlib
import json
import subprocess
import sys

import pytest

from simulator.schools import school_of

DUMP = """
import dataclasses, json
from simulator.schools import school_of
print(json.dumps(dataclasses.asdict(school_of(7)), default=str))
"""


def test_the_school_has_two_teachers_and_three_courses_of_which_one_is_cross_listed() -> None:
    school = school_of(7)
    assert len(school.teachers) == 2
    assert [len(course.sections) for course in school.courses] == [1, 1, 2]
    assert {len(section.students) for course in school.courses for section in course.sections} == {30}


def test_no_student_sits_in_both_sections_of_the_cross_listed_course() -> None:
    course = school_of(7).courses[2]
    first, second = ({student.guid for student in section.students} for section in course.sections)
    assert first.isdisjoint(second)


def test_every_student_can_be_called_by_name() -> None:
    names = [student.name for student in school_of(7).students]
    assert len(set(names)) == len(names) == 60


def test_the_grading_periods_and_types_are_the_documented_ones() -> None:
    school = school_of(7)
    assert [period.name for period in school.grading_periods] == ["Progress 1", "Quarter 1", "Semester 1"]
    names = [kind.name for kind in school.assignment_types]
    assert names == ["Classwork", "Homework", "Quizzes", "Tests", "Participation"]
    assert sum(kind.weight for kind in school.assignment_types) == 100


def test_the_same_seed_gives_the_same_school_byte_for_byte_in_another_process() -> None:
    first, second = (
        subprocess.run(
            [sys.executable, "-c", DUMP], check=True, capture_output=True, env={"PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("1", "2")
    )
    assert first == second
    assert json.loads(first)["name"] == "Valley Oak High School"


def test_another_seed_gives_other_people() -> None:
    assert school_of(7).students != school_of(8).students


@pytest.mark.parametrize(
    ("seed", "digest"),
    [
        (7, "d1ad5604b1f6631d2fe0a3d7f4cb126dc85482ae185cb1cfa50d379b475f45c9"),
        (8, "f8bd6cb67fecbf531760aa82f0bda4cfceab9188eee52a30a3e5091435166e77"),
    ],
)
def test_a_seed_gives_the_school_that_it_always_gave(seed: int, digest: str) -> None:
    assert hashlib.sha256(repr(school_of(seed)).encode()).hexdigest() == digest
