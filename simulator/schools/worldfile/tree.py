"""The file as a tree of plain values, in which every place knows its line.

A scalar stays the text that was written (`Unquoted` where it had no quotes): what it means is for the field
to say, so that nobody's name is a truth value and no number loses its zeros. What bites: the tree grows event
by event and stops at its limits, so a file cannot make it larger than the file is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from simulator.schools.wording import quoted
from simulator.schools.worldfile.events import Event, UnreadableError
from simulator.schools.worldfile.problems import Finding, Findings, Place

DEPTH_MAX = 12
WORDS_MAX = 250_000
"""Keys and values, all together."""

_NOTHING = ("", "~", "null")
_HALF_A_CHARACTER = re.compile(r"[\ud800-\udfff]")
"""An escape such as \\ud83d without its other half."""


class Unquoted(str):
    """A scalar that stood without quotes."""

    __slots__ = ()


Value: TypeAlias = "str | dict[str, Value] | list[Value] | None"


@dataclass(frozen=True, slots=True)
class Branch:
    """A value of the tree and where it stands; reading it never fails, whatever is there."""

    value: Value
    place: Place
    lines: Mapping[Place, int]

    @property
    def line(self) -> int:
        """The line of this place, or of the nearest one around it that is written down."""
        return line_of(self.place, self.lines)

    def at(self, key: str) -> Branch:
        """What stands under a key; None where nothing does."""
        value = self.value.get(key) if isinstance(self.value, dict) else None
        return Branch(value, (*self.place, key), self.lines)

    def each(self, key: str) -> Iterator[Branch]:
        """The elements of the list under a key; none where there is no list."""
        under = self.at(key)
        for index, value in enumerate(under.value if isinstance(under.value, list) else ()):
            yield Branch(value, (*under.place, index), self.lines)


def line_of(place: Place, lines: Mapping[Place, int]) -> int:
    """The line of a place, or of the nearest one around it that is written down."""
    return next(lines[place[:end]] for end in range(len(place), -1, -1) if place[:end] in lines)


def tree_of(events: Iterable[Event], findings: Findings) -> Branch:
    """The tree of a row of events. Aliases, tags and doubled keys are findings and are left out of it.

    Raises:
        UnreadableError: Where it is too deep, too large, or has keys that are no words.
    """
    growing = _Growing(findings)
    words = 0
    for event in events:
        words += event.kind != "end"
        if words > WORDS_MAX:
            raise UnreadableError(
                event.line, f"the file has more than {WORDS_MAX} keys and values.", "Make a smaller world."
            )
        growing.take(event)
    return Branch(growing.root, (), growing.lines)


@dataclass(slots=True)
class _Open:
    """A mapping or a list that is not closed yet. `key` waits for its value."""

    place: Place
    value: dict[str, Value] | list[Value]
    key: str | None = None


@dataclass(slots=True)
class _Growing:
    findings: Findings
    root: Value = None
    lines: dict[Place, int] = field(default_factory=lambda: {(): 1})
    open: list[_Open] = field(default_factory=list)

    def take(self, event: Event) -> None:
        if _HALF_A_CHARACTER.search(event.text):
            raise UnreadableError(
                event.line, "an escape is half a character.", "Write the character itself, or both halves."
            )
        if event.kind == "end":
            self.open.pop()
        elif self.open and isinstance(self.open[-1].value, dict) and self.open[-1].key is None:
            self._key(self.open[-1], event)
        else:
            self._value(event)

    def _key(self, mapping: _Open, event: Event) -> None:
        if event.kind != "scalar":
            raise UnreadableError(
                event.line, "a key must be a word.", "Write it without brackets, braces, * and ?."
            )
        mapping.key = event.text
        place = (*mapping.place, event.text)
        first = self.lines.setdefault(place, event.line)
        if event.text in mapping.value:
            self._find(event, place, f"it is given twice, first in line {first}.", "Keep one of the two.")

    def _value(self, event: Event) -> None:
        place = self._next_place()
        self.lines.setdefault(place, event.line)
        if event.tag is not None:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            self._find(event, place, f"the tag {quoted(tag)} is not read.", "Take it away.")
        if event.kind == "alias":
            self._find(
                event,
                place,
                f"the alias {quoted('*' + event.text)} is not read.",
                "Write out what it stands for.",
            )
            self.findings.unread.add(place)
            self._keep(None)
        elif event.kind == "scalar":
            self._keep(_scalar(event))
        else:
            self._begin(event, place)

    def _begin(self, event: Event, place: Place) -> None:
        if len(self.open) == DEPTH_MAX:
            raise UnreadableError(
                event.line, f"it is nested deeper than {DEPTH_MAX} levels.", "Close what is open."
            )
        value: dict[str, Value] | list[Value] = {} if event.kind == "mapping" else []
        self._keep(value)
        self.open.append(_Open(place, value))

    def _next_place(self) -> Place:
        if not self.open:
            return ()
        above = self.open[-1]
        return (*above.place, len(above.value) if above.key is None else above.key)

    def _keep(self, value: Value) -> None:
        """Put it where it belongs; of a doubled key the first value stays."""
        if not self.open:
            self.root = value
        elif isinstance(above := self.open[-1].value, list):
            above.append(value)
        elif (key := self.open[-1].key) is not None:
            above.setdefault(key, value)
            self.open[-1].key = None

    def _find(self, event: Event, place: Place, what: str, fix: str) -> None:
        self.findings.add(Finding(event.line, place, what, fix))


def _scalar(event: Event) -> str | None:
    if event.quoted:
        return event.text
    return None if event.text in _NOTHING else Unquoted(event.text)
