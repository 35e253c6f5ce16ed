"""YAML or JSON as a row of events, each with its line; the two are told apart here and nowhere else.

JSON is read with its own grammar, because YAML's trips over tabs and over escaped emoji. What bites: PyYAML
only parses here. It never constructs anything, so a tag such as `!!python/object` is a word and no more.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

import yaml

Loader: TypeAlias = type[yaml.SafeLoader] | type[yaml.CSafeLoader]
LOADER: Loader = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
"""The fast one, where PyYAML was built with it."""

_JSON_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]]|[^\s{}\[\],:"]+|\n')
_LOOK_HERE = "Look at the indentation, colons and quotes of this line and the one above."


@dataclass(frozen=True, slots=True)
class Event:
    """A mapping or a list begins, one of them ends, or there is a scalar or an alias (`text` is its name)."""

    kind: Literal["mapping", "list", "end", "scalar", "alias"]
    line: int
    text: str = ""
    quoted: bool = False
    tag: str | None = None


class UnreadableError(Exception):
    """From this line on the text cannot be read."""

    def __init__(self, line: int, what: str, fix: str) -> None:
        super().__init__(what)
        self.line = line
        self.what = what
        self.fix = fix


def events_of(text: str, *, must_be_json: bool, loader: Loader = LOADER) -> Iterator[Event]:
    """The events of a text, which is YAML unless it is JSON.

    Raises:
        UnreadableError: Where the text is neither, once the events before that place are taken.
    """
    try:
        json.loads(text, parse_int=str, parse_float=str, parse_constant=str)
    except RecursionError:
        return _json_events(text)  # it was JSON as deep as that, and whoever reads stops earlier
    except json.JSONDecodeError as error:
        if must_be_json:
            raise UnreadableError(
                error.lineno, f"this is no JSON: {error.msg}.", "Mend it, or name the file .yaml."
            ) from error
        return _yaml_events(text, loader)
    return _json_events(text)


def _json_events(text: str) -> Iterator[Event]:
    """The tokens of a text whose grammar is known to be right."""
    line = 1
    for match in _JSON_TOKEN.finditer(text):
        piece = match.group()
        if piece == "\n":
            line += 1
        elif piece in "{[":
            yield Event("mapping" if piece == "{" else "list", line)
        elif piece in "}]":
            yield Event("end", line)
        elif piece.startswith('"'):
            yield Event("scalar", line, json.loads(piece), quoted=True)
        else:
            yield Event("scalar", line, piece)


def _yaml_events(text: str, loader: Loader) -> Iterator[Event]:
    documents = 0
    try:
        for event in yaml.parse(text, Loader=loader):
            documents += isinstance(event, yaml.DocumentStartEvent)
            if documents > 1:
                what = "a second document begins here."
                raise UnreadableError(_line_of(event), what, "Keep one in the file.")
            yield from _from_yaml(event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        why = (error.problem or "it ends too early").replace("\t", "\\t")
        raise UnreadableError(mark.line + 1 if mark else 1, f"this is no YAML: {why}.", _LOOK_HERE) from error
    except (yaml.YAMLError, ValueError, OverflowError) as error:  # an escape or a version beyond all numbers
        raise UnreadableError(1, "this is no YAML: an escape or a directive is wrong.", _LOOK_HERE) from error


def _from_yaml(event: yaml.Event) -> Iterator[Event]:
    line = _line_of(event)
    match event:
        case yaml.MappingStartEvent():
            yield Event("mapping", line, tag=event.tag)
        case yaml.SequenceStartEvent():
            yield Event("list", line, tag=event.tag)
        case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
            yield Event("end", line)
        case yaml.ScalarEvent():
            yield Event("scalar", line, event.value, quoted=not event.implicit[0], tag=event.tag)
        case yaml.AliasEvent():
            yield Event("alias", line, event.anchor or "")
        case _:
            return


def _line_of(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1
