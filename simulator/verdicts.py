"""How a rule speaks: a pure function cites the rule and returns a refusal or None; the caller gets a verdict.

What lives here: the types and the `enforces` decorator. What must never be here: the journal. Deciding is
pure; whoever acts on the verdict notes it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import ParamSpec

from contracts.catalogue.rule import Rule

P = ParamSpec("P")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why somebody is told no.

    Attributes:
        words: What the person or the client reads.
        field: The field of the request at fault, in the caller's terms ("title", "readonly"), or "" for the
        whole.
    """

    words: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A rule was asked: it either let the thing pass (upheld) or refused it."""

    rule: Rule
    refusal: Refusal | None

    @property
    def refused(self) -> bool:
        """Whether the rule said no."""
        return self.refusal is not None


def enforces(rule: Rule) -> Callable[[Callable[P, Refusal | None]], Callable[P, Verdict]]:
    """Make a pure function the enforcement of a rule; its answer becomes a verdict that cites the rule."""

    def cite(decide: Callable[P, Refusal | None]) -> Callable[P, Verdict]:
        @wraps(decide)
        def judge(*args: P.args, **kwargs: P.kwargs) -> Verdict:
            return Verdict(rule, decide(*args, **kwargs))

        return judge

    return cite


def first_refusal(verdicts: tuple[Verdict, ...]) -> Refusal | None:
    """The refusal of the first rule that said no, in the order in which the rules were asked."""
    return next((verdict.refusal for verdict in verdicts if verdict.refusal is not None), None)
