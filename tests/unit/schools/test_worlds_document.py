"""docs/worlds.md says what the code does: its example is read, its tables name every field and limit."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from simulator.schools import size
from simulator.schools.model import ENROLLMENTS_MAX
from simulator.schools.size import DistrictSize
from simulator.schools.starts import START_NAMES, start_named
from simulator.schools.worldfile import kinds, making, problems, reading, references, shape, tree
from tests.unit.schools.builders import lines_about, the_school_in

DOCUMENT = (Path(__file__).parents[3] / "docs" / "worlds.md").read_text(encoding="utf-8")
TABLES: dict[str, tuple[type[shape.Entry], ...]] = {
    "### The file": (shape.WorldEntry,),
    "### `grading_periods`": (shape.GradingPeriodEntry,),
    "### `assignment_types`": (shape.AssignmentTypeEntry,),
    "### `teachers` and `students`": (shape.TeacherEntry, shape.StudentEntry),
    "### `courses`": (shape.CourseEntry,),
    "### `sections`": (shape.SectionEntry,),
}


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", DOCUMENT, flags=re.DOTALL)


def words_in_table_after(heading: str) -> list[str]:
    section = DOCUMENT.split(f"{heading}\n", maxsplit=1)[1].split("\n#", maxsplit=1)[0]
    return re.findall(r"^\| `([a-z_]+)` \|", section, flags=re.MULTILINE)


def test_the_example_builds_the_school_that_it_describes() -> None:
    school = the_school_in(blocks("yaml")[0])
    assert (school.district_name, school.name) == (
        "Riverside Unified School District",
        "Riverside High School",
    )
    assert (school.year_begins, school.year_ends, school.school_year) == (
        date(2026, 8, 17),
        date(2027, 6, 4),
        2027,
    )
    assert [each.kind for each in school.grading_periods] == ["quarter", "quarter", "semester"]
    assert [(each.name, each.weight) for each in school.assignment_types] == [("Homework", 40), ("Tests", 60)]
    assert [(each.given_name, each.family_name, each.number) for each in school.teachers] == [
        ("Grace", "Hopper", "90000"),
        ("Ludwig", "van Beethoven", "90077"),
    ]
    assert [(each.name, each.number, each.grade) for each in school.students] == [
        ("Ada Lovelace", "400100", "09"),
        ("Mary Jackson", "400101", "09"),
        ("Alan Kay", "400102", "10"),
        ("Katherine Johnson", "00451", "11"),
    ]
    assert school.students[0].email == "ada.lovelace@students.riverside.example"
    assert (school.students[3].email, school.students[3].guid) == (
        "kj@students.riverside.example",
        "KATHERINE-1",
    )
    algebra, choir = school.courses
    assert (algebra.code, algebra.teacher.name, algebra.sections[0].students) == (
        "ALGEBRA-1",
        "Grace Hopper",
        school.students,
    )
    assert (choir.code, choir.guid, choir.subject) == ("CHOIR", "CHOIR-2027", "Arts")
    assert [(each.number, each.name) for each in choir.sections] == [
        ("CHOIR-01", "Choir - Period 1"),
        ("CHOIR-02", "Choir - Period 2"),
    ]
    assert [[who.given_name for who in each.students] for each in choir.sections] == [
        ["Ada", "Alan"],
        ["Mary", "Katherine"],
    ]


def test_the_example_uses_every_field() -> None:
    used = set(re.findall(r"([a-z_]+):", blocks("yaml")[0]))
    fields = {name for models in TABLES.values() for model in models for name in model.model_fields}
    assert used == fields


@pytest.mark.parametrize(("heading", "models"), TABLES.items())
def test_each_table_names_the_fields_that_there_are(
    heading: str, models: tuple[type[shape.Entry], ...]
) -> None:
    assert set(words_in_table_after(heading)) == {name for model in models for name in model.model_fields}


def test_the_table_of_a_district_names_its_settings_with_their_defaults() -> None:
    section = DOCUMENT.split("## A district")[1].split("## A world file")[0]
    rows = re.findall(r"^\| `([a-z_]+)` \| [^|]+ \| ([0-9.]+) \|", section, flags=re.MULTILINE)
    assert ",".join(f"{word}={default}" for word, default in rows) == str(DistrictSize())


def test_the_first_table_names_the_starts() -> None:
    named = re.findall(r"^\| `([a-z.]+)` \|", DOCUMENT.split("## A district")[0], flags=re.MULTILINE)
    assert named == [*START_NAMES, "rooms.yaml"]


@pytest.mark.parametrize(
    "words",
    [
        f"1 to {size.SCHOOLS_MAX} |",
        f"1 to {size.SECTIONS_PER_SCHOOL_MAX}, and {size.SECTIONS_MAX} in the district",
        f"1 to {size.STUDENTS_PER_SECTION_MAX}, and {ENROLLMENTS_MAX} enrollments",
        f"1 to {size.PERIODS_A_DAY_MAX} |",
        f"{kinds.YEAR_MIN} to {kinds.YEAR_MAX}",
        f"at most {references.YEAR_DAYS_MAX} days",
        f"1 to {shape.PERIODS_MAX} |",
        f"1 to {shape.TYPES_MAX}; the weights",
        f"at most {kinds.TEXT_LENGTH_MAX} characters",
        f"at most {kinds.CODE_LENGTH_MAX} letters",
        f"{size.SECTIONS_MAX} in the file",
        f"{ENROLLMENTS_MAX} places in the file",
        f"at most {reading.FILE_BYTES_MAX} bytes",
        f"{tree.WORDS_MAX} keys and values, and {tree.DEPTH_MAX} levels",
        f"after {problems.PROBLEMS_MAX} only",
        f"| {making.DEFAULT_TEACHER.name} |",
        f"| {making.DEFAULT_SUBJECT} |",
        f"| {making.DEFAULT_GRADE} |",
        f"| `{making.DEFAULT_PERIOD_KIND}` |",
    ],
)
def test_the_document_states_each_limit_and_default(words: str) -> None:
    assert words in DOCUMENT


def test_a_problem_looks_as_in_the_document() -> None:
    twelfth = """students:
  - Ada Lovelace
  - Mary Jackson
  - Alan Kay
  - Joe Bloggs
courses:
  - name: Algebra 1
    sections:
      - students:
          - Ada Lovelace
      - students: [Mary Jackson, Alan Kay, Joe Bloggs,
          Ada]
"""
    twentieth = "assignment_types: [{name: Homework, weight: 90}]"
    told = lines_about(twelfth + "\n" * 7 + twentieth)
    assert told == blocks("text")[0].splitlines()


def test_the_python_example_runs(capsys: pytest.CaptureFixture[str]) -> None:
    exec(blocks("python")[0], {})  # noqa: S102 - the document's own example
    school = start_named("district:sections=200,students=30").school(7)
    assert capsys.readouterr().out == f"{len(school.students)} students in 2 schools\n"
