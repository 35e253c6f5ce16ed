"""The kinds of single values in a world file, each with its limits and with what is said of a wrong one.

A kind is a pure function from what was written to what it means. It raises `PydanticCustomError` with the
context `what` and `fix`, so that `shape` can use it as a validator and `references` can ask it again.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import TypeVar

from pydantic_core import PydanticCustomError

from simulator.schools.wording import nearest, quoted
from simulator.schools.worldfile.tree import Unquoted

T = TypeVar("T")

TEXT_LENGTH_MAX = 100
CODE_LENGTH_MAX = 40
YEAR_MIN, YEAR_MAX = 2000, 2100
WEIGHT_MAX = 100.0
PERIOD_KINDS = ("progress", "quarter", "semester")
GRADES = ("PK", "TK", "KG", *(f"{number:02}" for number in range(1, 14)))
"""The codes of the Common Education Data Standards for a year at school."""

_WITHOUT_JOINERS = {0x200C: None, 0x200D: None}
"""Not for printing by themselves, and part of names in Persian and Hindi."""
_NUMBER = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9})?")
_YEAR = re.compile(r"[0-9]{4}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_EMAIL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")


def text(value: object) -> str:
    """Words on one line."""
    if value is None:
        raise _wrong("it is empty.", "Write something after it.")
    if not isinstance(value, str):
        raise _wrong("it must be a text.", "Write words in place of the list or the keys.")
    words = " ".join(value.split())
    if not words:
        raise _wrong("it is empty.", "Write something between the quotes.")
    if len(words) > TEXT_LENGTH_MAX:
        raise _wrong(
            f"{quoted(words)} has {len(words)} characters.", f"Shorten it to at most {TEXT_LENGTH_MAX}."
        )
    if not words.translate(_WITHOUT_JOINERS).isprintable():
        raise _wrong(f"{quoted(words)} has a character that cannot be printed.", "Take that character away.")
    return words


def full_name(value: object) -> str:
    """A given name and a family name."""
    words = text(value)
    if " " not in words:
        raise _wrong(f"{quoted(words)} is one word.", "Write a given name and a family name.")
    return words


def code(value: object) -> str:
    """A short word that may stand in an address: a number of a person, a guid, a number of a section."""
    word = text(value)
    if not _CODE.fullmatch(word) or len(word) > CODE_LENGTH_MAX:
        raise _wrong(
            f"{quoted(word)} cannot be used here.",
            f"Write at most {CODE_LENGTH_MAX} letters and digits, with - . or _ between them.",
        )
    return word


def email(value: object) -> str:
    """An e-mail address in its plain form."""
    word = text(value)
    if not _EMAIL.fullmatch(word):
        raise _wrong(
            f"{quoted(word)} is no e-mail address.", "Write one such as ada@students.valleyoak.example."
        )
    return word


def weight(value: object) -> float:
    """A share in percent."""
    word = _without_quotes(text(value), value, "40")
    if not _NUMBER.fullmatch(word):
        raise _wrong(f"{quoted(word)} is no number.", "Write a percentage such as 40.")
    if not 0 <= float(word) <= WEIGHT_MAX:
        raise _wrong(f"{quoted(word)} is more than {WEIGHT_MAX:g}.", "Write a percentage such as 40.")
    return float(word)


def year(value: object) -> int:
    """A calendar year."""
    word = _without_quotes(text(value), value, "2027")
    if not _YEAR.fullmatch(word) or not YEAR_MIN <= int(word) <= YEAR_MAX:
        raise _wrong(f"{quoted(word)} is no year from {YEAR_MIN} to {YEAR_MAX}.", "Write one such as 2027.")
    return int(word)


def day(value: object) -> date:
    """A day of the calendar; JSON has to put it in quotes, so quotes are no mistake."""
    word = text(value)
    try:
        found = date.fromisoformat(word) if _DAY.fullmatch(word) else None
    except ValueError as error:
        raise _wrong(f"there is no day {quoted(word)}.", "Look it up in a calendar.") from error
    if found is None or not YEAR_MIN <= found.year <= YEAR_MAX:
        raise _wrong(f"{quoted(word)} is no day from {YEAR_MIN} to {YEAR_MAX}.", "Write it as in 2026-08-17.")
    return found


def grade(value: object) -> str:
    """A year at school; 9 means 09."""
    word = text(value)
    padded = word.zfill(2).upper()
    if padded not in GRADES:
        raise _wrong(f"{quoted(word)} is no grade.", "Write PK, TK, KG or 01 to 13.")
    return padded


def period_kind(value: object) -> str:
    """What kind of marks a grading period has."""
    word = text(value)
    if word not in PERIOD_KINDS:
        raise _wrong(
            f"{quoted(word)} is no kind of grading period.",
            f"{nearest(word, PERIOD_KINDS)}Write one of {', '.join(PERIOD_KINDS)}.",
        )
    return word


def legible(kind: Callable[[object], T], value: object) -> T | None:
    """What a value means, or None where it is not there or wrong, which others will say."""
    if value is None:
        return None
    try:
        return kind(value)
    except PydanticCustomError:
        return None


def _without_quotes(word: str, value: object, example: str) -> str:
    if not isinstance(value, Unquoted) and _NUMBER.fullmatch(word):
        raise _wrong(f"{quoted(word)} is a text.", f"Write the number without quotes, as in {example}.")
    return word


def _wrong(what: str, fix: str) -> PydanticCustomError:
    return PydanticCustomError("world_file", "{what} {fix}", {"what": what, "fix": fix})
