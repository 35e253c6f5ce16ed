"""How a wrong value is shown to whoever gave it: on one short line, with the word that it may mean."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from itertools import islice

QUOTED_LENGTH_MAX = 60
SUGGESTED_FROM_MAX = 1_000
"""Comparing a word with more than so many takes longer than the hint is worth."""


def quoted(value: object) -> str:
    """The value in quotes; what no terminal should print is written as an escape."""
    text = str(value)
    shown = on_one_line(text[:QUOTED_LENGTH_MAX]).replace('"', '\\"')
    return f'"{shown}"' if len(text) <= QUOTED_LENGTH_MAX else f'"{shown}..."'


def on_one_line(text: str) -> str:
    """The text with every character escaped that is not for printing."""
    return "".join(
        each if each.isprintable() else each.encode("unicode_escape").decode("ascii") for each in text
    )


def nearest(word: str, known: Iterable[str]) -> str:
    """`Did you mean "Ada"? `, or nothing where no word is near."""
    by_fold = {each.casefold(): each for each in islice(known, SUGGESTED_FROM_MAX)}
    asked = word[:QUOTED_LENGTH_MAX].casefold()
    close = [each for each in by_fold if each.startswith(f"{asked} ") or each.endswith(f" {asked}")]
    close = close or difflib.get_close_matches(asked, by_fold, n=1)
    return f"Did you mean {quoted(by_fold[close[0]])}? " if close else ""
