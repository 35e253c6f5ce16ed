"""How large a made-up district is: a few numbers with limits, as a value or as a text of the command line.

What lives here: the numbers and what is said of wrong ones. What must never be here: making anybody up.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass

from simulator.schools.errors import StartError
from simulator.schools.model import ENROLLMENTS_MAX
from simulator.schools.wording import nearest, quoted

SCHOOLS_MAX = 100
SECTIONS_PER_SCHOOL_MAX = 2_000
STUDENTS_PER_SECTION_MAX = 200
PERIODS_A_DAY_MAX = 12
SECTIONS_MAX = 20_000
"""In the whole district: each is a gradebook with assignment types of its own."""
GRADED_PER_COURSE_MAX = 100
GRADES_MAX = 2_000_000
"""In the whole district, before the world begins: a million take half a gigabyte."""

_LIMITS = {
    "schools": SCHOOLS_MAX,
    "sections_per_school": SECTIONS_PER_SCHOOL_MAX,
    "students_per_section": STUDENTS_PER_SECTION_MAX,
    "periods_a_day": PERIODS_A_DAY_MAX,
    "graded_per_course": GRADED_PER_COURSE_MAX,
}
_FIELD_OF_WORD = {
    "schools": "schools",
    "sections": "sections_per_school",
    "students": "students_per_section",
    "cross_listed": "cross_listed_share",
    "periods": "periods_a_day",
    "graded": "graded_per_course",
}
_MAY_BE_NONE = frozenset({"graded_per_course"})
"""Of all other numbers there is at least one."""
_WORD_OF_FIELD = {field: word for word, field in _FIELD_OF_WORD.items()}
_WHOLE_NUMBER = re.compile(r"[0-9]{1,9}")
_SHARE_FIX = "Give 0 (none) to 1 (all), as in cross_listed=0.1."


@dataclass(frozen=True, slots=True)
class DistrictSize:
    """The size of a district.

    Raises:
        StartError: If a number is outside of its limits, or the whole would be too large. One line.
    """

    schools: int = 2
    sections_per_school: int = 60
    students_per_section: int = 30
    cross_listed_share: float = 0.1
    """The share of the courses, 0 to 1, that are taught to two sections at once."""
    periods_a_day: int = 6
    """A student sits in one section in each."""
    graded_per_course: int = 0
    """Assignments of each course in Canvas on which every student has a grade when the world begins."""

    def __post_init__(self) -> None:
        for field, limit in _LIMITS.items():
            _check_whole(field, getattr(self, field), limit)
        _check_share("cross_listed", self.cross_listed_share)
        if self.sections > SECTIONS_MAX:
            raise StartError(
                f"sections: {self.schools} x {self.sections_per_school} are {self.sections} sections, and a "
                f"district has at most {SECTIONS_MAX}. Make schools or sections smaller."
            )
        if self.enrollments > ENROLLMENTS_MAX:
            raise StartError(
                f"students: {self.sections} sections of {self.students_per_section} are {self.enrollments} "
                f"enrollments, and a district has at most {ENROLLMENTS_MAX}. Make one of the numbers smaller."
            )

        if self.grades > GRADES_MAX:
            raise StartError(
                f"graded: {self.enrollments} enrollments with {self.graded_per_course} grades each are "
                f"{self.grades} grades, and a district has at most {GRADES_MAX}. Make a number smaller."
            )

    @property
    def sections(self) -> int:
        """All sections of the district."""
        return self.schools * self.sections_per_school

    @property
    def enrollments(self) -> int:
        """All places of students in sections."""
        return self.sections * self.students_per_section

    @property
    def grades(self) -> int:
        """All grades that students have when the world begins."""
        return self.enrollments * self.graded_per_course

    @classmethod
    def parse(cls, text: str) -> DistrictSize:
        """The size that `sections=200,students=30` means; what is left out has its default.

        The words: `schools`, `sections` (in each school), `students` (in each section), `cross_listed` (a
        share, 0 to 1), `periods` (in a day),
        `graded` (assignments of each course that are graded already).

        Raises:
            StartError: If the text means no size. One line, which names the word and the fix.
        """
        given: dict[str, int | float] = {}
        for part in text.split(",") if text.strip() else ():
            word, equals, value = (each.strip() for each in part.partition("="))
            if not equals:
                raise StartError(f"{quoted(part.strip())} is no setting. Write it as in sections=60.")
            field = _FIELD_OF_WORD.get(word)
            if field is None:
                hint, words = nearest(word, _FIELD_OF_WORD), ", ".join(_FIELD_OF_WORD)
                raise StartError(f"{quoted(word)} is no word of a size. {hint}Write {words}.")
            if field in given:
                raise StartError(f"{word}: it is given twice. Give it once.")
            given[field] = _number(word, field, value)
        return cls(**given)  # type: ignore[arg-type]  # `_number` gives each field its own kind

    def __str__(self) -> str:
        """The text that `parse` reads back."""
        return ",".join(f"{_WORD_OF_FIELD[field]}={value}" for field, value in asdict(self).items())


def _number(word: str, field: str, value: str) -> int | float:
    if field == "cross_listed_share":
        try:
            return float(value)
        except ValueError as error:
            raise StartError(f"{word}: {quoted(value)} is no share. {_SHARE_FIX}") from error
    if not _WHOLE_NUMBER.fullmatch(value):
        raise StartError(f"{word}: {quoted(value)} is no whole number. Give {_range(field)}, as in {word}=2.")
    return int(value)


def _check_whole(field: str, value: object, limit: int) -> None:
    word = _WORD_OF_FIELD[field]
    if isinstance(value, bool) or not isinstance(value, int):
        raise StartError(f"{word}: {quoted(value)} is no whole number. Give {_range(field)}.")
    if not _least(field) <= value <= limit:
        raise StartError(f"{word}: {quoted(value)} is outside of the limits. Give {_range(field)}.")


def _least(field: str) -> int:
    return 0 if field in _MAY_BE_NONE else 1


def _range(field: str) -> str:
    return f"{_least(field)} to {_LIMITS[field]}"


def _check_share(word: str, value: object) -> None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise StartError(f"{word}: {quoted(value)} is no share. {_SHARE_FIX}")
