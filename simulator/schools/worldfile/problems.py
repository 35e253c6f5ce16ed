"""What is wrong with a world file, gathered while it is read and told in the order of its lines."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from simulator.schools.errors import StartError
from simulator.schools.wording import nearest, on_one_line

Place: TypeAlias = tuple[str | int, ...]
"""Where in the file: ("courses", 0, "sections", 1, "students", 3)."""

PROBLEMS_MAX = 50
"""So many problems are told; of the rest only the number."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: in which line (0: the file itself), in which field, what, and what to do."""

    line: int
    field: str
    what: str
    fix: str

    def in_file(self, file: str) -> str:
        """The one line that tells it: `rooms.yaml:12: students[3]: ...`."""
        place = f"{file}:{self.line}" if self.line else file
        return ": ".join(part for part in (place, self.field, f"{self.what} {self.fix}") if part)


class SchoolFileError(StartError):
    """A world file that cannot be used.

    Attributes:
        file: The file, as it was named.
        problems: What is wrong, in the order of the lines; at most PROBLEMS_MAX.
        left_out: How many more there are.
    """

    def __init__(self, file: str, problems: tuple[Problem, ...], left_out: int = 0) -> None:
        self.file = on_one_line(file)
        self.problems = problems
        self.left_out = left_out
        lines = [each.in_file(self.file) for each in problems]
        if left_out:
            lines.append(f"{self.file}: and {left_out} more problems. Mend these first.")
        super().__init__("\n".join(lines))


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem that is not worded to its end: `wanted` may be a slip of one of the `known` words."""

    line: int
    place: Place
    what: str
    fix: str
    wanted: str = ""
    known: Collection[str] = ()


@dataclass(slots=True)
class Findings:
    """What has been found so far. A place whose value could not be read is spoken of once only."""

    found: list[Finding] = field(default_factory=list)
    unread: set[Place] = field(default_factory=set)

    def add(self, finding: Finding) -> None:
        """Take one in, unless its value could not be read in the first place."""
        if finding.place not in self.unread:
            self.found.append(finding)

    def raise_if_any(self, file: str) -> None:
        """Tell them, if there are any.

        Raises:
            SchoolFileError: With the first PROBLEMS_MAX of them, in the order of the lines.
        """
        if not self.found:
            return
        in_order = sorted(self.found, key=lambda finding: finding.line)
        told = tuple(_worded(each) for each in in_order[:PROBLEMS_MAX])
        raise SchoolFileError(file, told, left_out=len(in_order) - len(told))


def _worded(finding: Finding) -> Problem:
    hint = nearest(finding.wanted, finding.known) if finding.wanted else ""
    return Problem(finding.line, "".join(_shown(finding.place)), finding.what, hint + finding.fix)


def _shown(place: Place) -> Iterator[str]:
    """`courses[0].sections`, whatever a key is made of."""
    for index, step in enumerate(place):
        if isinstance(step, int):
            yield f"[{step}]"
        else:
            yield f"{'.' if index else ''}{on_one_line(step)[:40]}"
