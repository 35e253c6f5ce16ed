"""A journal in pages and in lines: how much of it one answer carries, and where the next one goes on.

What must never be here: HTTP. Answers are bounded in entries and in characters, because an entry may carry a
megabyte of body.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from simulator.control.answers import json_text
from simulator.control.hiding import hiding
from simulator.journal import Entry, Journal, Query, entry_as_dict
from simulator.world import World

PAGE_CHARACTERS_MAX = 16 * 1024 * 1024
PIECE_CHARACTERS = 64 * 1024
"""Exports leave in pieces of about this size."""


@dataclass(frozen=True, slots=True)
class Page:
    """A part of a journal.

    Attributes:
        entries: As JSON texts.
        next: The `since` with which the next page begins.
        more: Whether something is left that the query has not been tried on.
    """

    entries: tuple[str, ...]
    next: int
    more: bool


def telling(world: World) -> Callable[[Entry], str]:
    """What tells an entry of this world's journal as JSON text, without secrets."""
    hide = hiding(world)
    return lambda entry: hide(json_text(entry_as_dict(entry)))


def page_of(
    journal: Journal, query: Query, limit: int, tell: Callable[[Entry], str], *, characters_max: int
) -> Page:
    """The entries that a query wants, so many at most and so large at most; one at least, if there is one."""
    told: list[str] = []
    size = 0
    for entry in journal.select(query):
        text = tell(entry)
        if told and (len(told) == limit or size + len(text) > characters_max):
            return Page(tuple(told), _number_before(entry), more=True)
        told.append(text)
        size += len(text)
    newest = min(len(journal), query.until or len(journal))
    return Page(tuple(told), max(query.since, newest), more=False)


def page_as_json(page: Page, journal: Journal) -> str:
    """The page as the API answers it."""
    return (
        f'{{"entries":[{",".join(page.entries)}],"next":{page.next},"more":{str(page.more).lower()},'
        f'"first":{journal.first_number},"newest":{len(journal)}}}'
    )


def as_it_is_now(journal: Journal, query: Query) -> Query:
    """The query without what is appended from now on, so that an export ends."""
    return replace(query, until=min(query.until or len(journal), len(journal)) or 1)


def in_pieces(parts: Iterator[str]) -> Iterator[str]:
    """The same text in pieces that are worth a packet."""
    held: list[str] = []
    size = 0
    for part in parts:
        held.append(part)
        size += len(part)
        if size >= PIECE_CHARACTERS:
            yield "".join(held)
            held, size = [], 0
    if held:
        yield "".join(held)


def ndjson(journal: Journal, query: Query, tell: Callable[[Entry], str]) -> Iterator[str]:
    """An entry a line."""
    return (f"{tell(entry)}\n" for entry in journal.select(as_it_is_now(journal, query)))


def _number_before(entry: Entry) -> int:
    return entry.number - 1
