"""`X-Gradelab-Not-Simulated`: what a fake tells, where it is wanted, of paths and parameters that it lacks.

What lives here: the header, and watching which parameters an endpoint looks at. What bites: a parameter that
nobody looked at is one that this answer does not depend on; with another answer it might.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from http import HTTPStatus
from typing import Any, Self
from urllib.parse import quote

HEADER = "X-Gradelab-Not-Simulated"
NAMES_TOLD_MAX = 20
NAME_CHARACTERS_MAX = 80


def header_of(
    status: int, *, simulated: bool, left_aside: Callable[[], Iterable[str]], is_empty: bool
) -> list[tuple[bytes, bytes]]:
    """The header, or none.

    Args:
        status: What is answered. Whoever refuses has not looked at the rest, which says nothing.
        simulated: Whether the fake has the path.
        left_aside: The parameters that it has not looked at.
        is_empty: Whether the answer is an empty list or object: what rows show is not looked at for none.
    """
    if not simulated:
        return [(HEADER.lower().encode(), b"path")]
    if status >= HTTPStatus.BAD_REQUEST or is_empty:
        return []
    names = list(left_aside())
    if not names:
        return []
    told = ", ".join(quote(each[:NAME_CHARACTERS_MAX], safe="[]=_") for each in names[:NAMES_TOLD_MAX])
    return [(HEADER.lower().encode(), f"parameters {told}".encode("ascii"))]


class WatchedParams(dict[str, Any]):
    """Parameters that remember by which names they were looked up."""

    def __init__(self, params: Mapping[str, Any]) -> None:
        super().__init__(params)
        self._looked_at: set[object] = set()

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 - any parameter
        self._looked_at.add(name)
        return super().__getitem__(name)

    def __contains__(self, name: object) -> bool:
        self._looked_at.add(name)
        return super().__contains__(name)

    def get(self, name: str, default: Any = None) -> Any:  # noqa: ANN401 - any parameter
        """The parameter, or the default."""
        self._looked_at.add(name)
        return super().get(name, default)

    def left_aside(self) -> list[str]:
        """The names that nobody has looked up, in the order of the request."""
        return [name for name in self if name not in self._looked_at]


class WatchedWords(tuple[str, ...]):  # noqa: SLOT001 - a tuple can have no slots but none
    """The values of a list parameter that remember which of them were asked for."""

    def __new__(cls, words: Iterable[str]) -> Self:
        """As a tuple."""
        made = super().__new__(cls, words)
        made._looked_at = set()
        return made

    _looked_at: set[object]

    def __contains__(self, word: object) -> bool:
        self._looked_at.add(word)
        return super().__contains__(word)

    def left_aside(self) -> list[str]:
        """The values that nobody has asked for, in the order of the request."""
        return [word for word in self if word not in self._looked_at]
