"""What clients ask in query parameters: each a strict shape. A parameter that is not known is refused.

What must never be here: looking for the answer.
"""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, field_validator

from contracts.catalogue import rule_named
from simulator.journal import ENTRY_KINDS, Query

PAGE_ENTRIES = 1_000
PAGE_ENTRIES_MAX = 10_000
NUMBER_MAX = 10**12
TEXT_CHARACTERS_MAX = 500
_VERB = re.compile("[A-Z]{1,20}")

Number = Annotated[int, Field(ge=0, le=NUMBER_MAX)]
Text = Annotated[str, Field(max_length=TEXT_CHARACTERS_MAX)]


def _verb(method: str) -> str:
    if not _VERB.fullmatch(method):
        raise ValueError("must be an HTTP verb in capitals, such as PUT")
    return method


Verb = Annotated[str, AfterValidator(_verb)]


def _rule(rule_id: str) -> str:
    if rule_id and rule_named(rule_id) is None:
        raise ValueError("must be the id of a rule of the catalogue, such as READONLY-OFF-ERROR")
    return rule_id


class Question(BaseModel):
    """What all questions have in common."""

    model_config = ConfigDict(extra="forbid")


class Nothing(Question):
    """Where a path takes no query parameters."""


class JournalQuestion(Question):
    """Which entries of a journal are wanted, as `simulator.journal.Query` has it; no page."""

    since: Number = 0
    until: Number = 0
    kind: list[str] = []
    system: Literal["", "canvas", "oneroster", "teachervue", "synergy", "engine"] = ""
    method: list[Verb] = []
    who: Text = ""
    path: Text = ""
    status: Annotated[int, Field(ge=100, le=599)] | None = None
    rule: Annotated[Text, AfterValidator(_rule)] = ""
    fault: Text = ""
    simulated: Literal["", "true", "false"] = ""

    @field_validator("kind")
    @classmethod
    def _known(cls, kinds: list[str]) -> list[str]:
        if not set(kinds) <= set(ENTRY_KINDS):
            raise ValueError(f"must be one of {', '.join(ENTRY_KINDS)}; repeat it to ask for several")
        return kinds

    def as_query(self) -> Query:
        """The same question as the journal understands it."""
        return Query(
            since=self.since,
            until=self.until,
            kinds=frozenset(self.kind),
            system=self.system,
            methods=frozenset(self.method),
            who=self.who,
            path=self.path,
            status=self.status or 0,
            rule=self.rule,
            fault=self.fault,
            simulated={"": None, "true": True, "false": False}[self.simulated],
        )


class JournalPageQuestion(JournalQuestion):
    """Which entries are wanted, and how many at once."""

    limit: Annotated[int, Field(ge=1, le=PAGE_ENTRIES_MAX)] = PAGE_ENTRIES


class AppointmentsQuestion(Question):
    """How many of the things to come are wanted, soonest first."""

    limit: Annotated[int, Field(ge=1, le=PAGE_ENTRIES_MAX)] = PAGE_ENTRIES


class ExportQuestion(Question):
    """Which moment is exported: a snapshot, or now."""

    snapshot: Text = ""


class GradebookQuestion(Question):
    """How Canvas's gradebook is filtered; 0 filters by nothing.

    Without a period it is as the gradebook is opened: filtered by the current one.
    """

    period: Number | None = None
    ungraded_as_zero: bool = False


class ColumnQuestion(GradebookQuestion):
    """Whose Total column is wanted, 0 for every section, and how it is shown."""

    section: Number = 0
    as_points: bool = False


class ComparisonQuestion(GradebookQuestion):
    """Which grading period of Synergy is compared: "" for the one on show, "all", or its id or name."""

    grading_period: Text = ""


class DifferenceQuestion(Question):
    """Which two moments are compared; see the documentation of the path."""

    since: Text = ""
    until: Text = ""
    world: Text = ""
