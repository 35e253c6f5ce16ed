"""The catalogue for readers: all rules in a table, one rule in full, with their stories and mutants."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from rich.console import Console as Terminal
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from contracts.catalogue import RULES, Confidence, Rule
from scenarios.choosing import family_names
from scenarios.library import STORIES
from scenarios.mutants import MUTANTS, Mutant
from scenarios.printing import print_trimmed, table
from scenarios.script import Scenario

INDENT = 4
"""How far to the right the facts of a rule stand, in columns."""


def passport_of(rule: Rule) -> dict[str, Any]:
    """A rule as JSON-ready values."""
    return {
        "id": rule.id,
        "says": rule.says,
        "kind": rule.kind.value,
        "confidence": rule.confidence.value,
        "source": str(rule.source),
        "profiles": list(rule.profiles),
        "scenarios": [story.name for story in _stories_of(rule)],
        "mutants": [
            {"name": mutant.name, "killed_by": list(mutant.killed_by)} for mutant in _mutants_of(rule)
        ],
    }


def show_rules(terminal: Terminal) -> None:
    """All rules, and how to go on from here."""
    listed = table()
    listed.leading = 1
    listed.add_column("Rule, what it says, and what breaks it on purpose", ratio=1)
    listed.add_column("Confidence", no_wrap=True)
    listed.add_column("Stories", justify="right", no_wrap=True)
    for rule in RULES:
        mutants = ", ".join(mutant.name for mutant in _mutants_of(rule))
        said = Text.assemble(
            (rule.id, "bold"), "\n", rule.says, "\n", (f"Mutant: {mutants or 'none'}", "dim")
        )
        listed.add_row(said, rule.confidence.value, str(len(_stories_of(rule))))
    print_trimmed(terminal, listed)
    terminal.print()
    print_trimmed(terminal, Text(_closing()))
    terminal.print()
    for line in _ways_on():
        print_trimmed(terminal, Text(line))


def show_rule(terminal: Terminal, rule: Rule) -> None:
    """One rule: what it says, where it was read, what proves it and what breaks it."""
    terminal.print(Text(rule.id, "bold"))
    _indented(terminal, rule.says)
    terminal.print()
    facts = Table.grid(padding=(0, 2, 0, 0))
    facts.add_row("Kind", rule.kind.value)
    facts.add_row("Confidence", rule.confidence.value)
    facts.add_row("Source", str(rule.source))
    facts.add_row("Profiles", ", ".join(rule.profiles))
    _indented(terminal, facts)
    terminal.print("\nStories that prove it")
    for story in _stories_of(rule):
        _indented(terminal, story.title)
        _indented(terminal, story.tells, by=2 * INDENT)
    terminal.print("\nMutants: bugs on purpose that break it")
    for mutant in _mutants_of(rule):
        _indented(terminal, f"{mutant.name}: {mutant.says}")
    terminal.print(f"\nPlay its stories:   gradelab run --only {rule.id} --verbose", soft_wrap=True)
    for mutant in _mutants_of(rule):
        terminal.print(f"Break it:           gradelab run --mutant {mutant.name}", soft_wrap=True)


def _ways_on() -> Iterator[str]:
    yield f"Families of stories: {', '.join(family_names())}."
    yield ""
    yield "Read one rule in full:               gradelab rules RULE"
    yield "Play the stories of a rule:          gradelab run --only RULE --verbose"
    yield "Play a family, or one story:         gradelab run --only NAME"
    yield "Put a bug in, and see who notices:   gradelab run --mutant NAME"


def _closing() -> str:
    """How many rules there are, how well they are known, and which of them nothing proves."""
    known = Counter(rule.confidence for rule in RULES)
    told = ", ".join(f"{known[each]} {each.value}" for each in Confidence if known[each])
    unproved = [rule.id for rule in RULES if not (_stories_of(rule) and _mutants_of(rule))]
    proof = (
        f"Without a story or a mutant: {', '.join(unproved)}."
        if unproved
        else "Each has a story that proves it, and a mutant that a story catches."
    )
    return f"{len(RULES)} rules ({told}), {len(STORIES)} stories, {len(MUTANTS)} mutants. {proof}"


def _stories_of(rule: Rule) -> tuple[Scenario, ...]:
    return tuple(story for story in STORIES if rule in story.proves)


def _mutants_of(rule: Rule) -> tuple[Mutant, ...]:
    return tuple(mutant for mutant in MUTANTS if mutant.rule == rule)


def _indented(terminal: Terminal, shown: str | Table, by: int = INDENT) -> None:
    print_trimmed(terminal, Padding(Text(shown) if isinstance(shown, str) else shown, (0, 0, 0, by)))
