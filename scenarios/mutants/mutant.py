"""What a mutant is: a bug on purpose, and how it is put in.

A mutant reaches through the front doors by name, which nothing else may do: `target` is "module:attribute",
and `bend` makes the broken thing from the right one. No import of the rooms is needed.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeAlias
from unittest.mock import patch

from contracts.catalogue import Rule

Bend: TypeAlias = Callable[[Any], Any]
"""From the right function to the broken one."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """A bug on purpose.

    Attributes:
        name: How the command line calls it.
        rule: The rule that it breaks.
        says: What is wrong now, in one sentence.
        target: "module:attribute" or "module:Class.method" of what it replaces.
        killed_by: Stories that go red with it, by name.
    """

    name: str
    rule: Rule
    says: str
    target: str
    bend: Bend = field(repr=False)
    killed_by: tuple[str, ...]


@contextmanager
def broken_by(mutant: Mutant) -> Iterator[None]:
    """Put the bug in for the length of the block."""
    module_name, _colon, path = mutant.target.partition(":")
    holder: object = importlib.import_module(module_name)
    *classes, attribute = path.split(".")
    for name in classes:
        holder = getattr(holder, name)
    with patch.object(holder, attribute, mutant.bend(getattr(holder, attribute))):
        yield
