"""Reads a world file: from its bytes to a School, or to everything that is wrong with it."""

from __future__ import annotations

import re
import stat
from pathlib import Path

from pydantic import ValidationError

from simulator.schools.model import School
from simulator.schools.worldfile.events import LOADER, Loader, UnreadableError, events_of
from simulator.schools.worldfile.making import school_from
from simulator.schools.worldfile.problems import Finding, Findings, Problem, SchoolFileError
from simulator.schools.worldfile.references import reference_findings
from simulator.schools.worldfile.shape import WorldEntry
from simulator.schools.worldfile.shape_findings import shape_findings
from simulator.schools.worldfile.tree import Branch, tree_of

FILE_BYTES_MAX = 4 * 1024 * 1024
"""Some fifty thousand people. A larger world is made by the start `district`."""

_NOT_FOR_TEXT = re.compile("[^\\t\\n\\r\\x20-\\x7e\\x85\\xa0-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")
"""What YAML refuses in a text; looked for first, because PyYAML does not say in which line it is."""


def read_school_file(path: Path, seed: int = 7) -> School:
    """The school that a YAML or JSON file describes, with ids from the seed.

    Raises:
        SchoolFileError: If it cannot be used, with everything that is wrong with it.
    """
    return school_in(_bytes_of(path), file=str(path), seed=seed)


def school_in(content: bytes, *, file: str, seed: int, loader: Loader = LOADER) -> School:
    """The school that the content of a file describes.

    Raises:
        SchoolFileError: As `read_school_file`.
    """
    text = _text_of(content, file)
    findings = Findings()
    root = _tree_of(text, findings, must_be_json=file.lower().endswith(".json"), loader=loader)
    world = None if root is None else _world_of(root, findings)
    findings.raise_if_any(file)
    if world is None:
        raise _refused(file, "the file is empty.", "docs/worlds.md has an example to start from.", line=1)
    return school_from(world, seed)


def _bytes_of(path: Path) -> bytes:
    try:
        found = path.stat()
        is_file = stat.S_ISREG(found.st_mode)
        content = b""
        if is_file and found.st_size <= FILE_BYTES_MAX:
            with path.open("rb") as opened:
                content = opened.read(FILE_BYTES_MAX + 1)
    except FileNotFoundError as error:
        raise _refused(str(path), "there is no such file.", "Make it, or correct the name.") from error
    except OSError as error:
        why = f"it cannot be read ({error.strerror or type(error).__name__})."
        raise _refused(str(path), why, "Correct the name or its permissions.") from error
    except ValueError as error:
        raise _refused(str(path), "no file can have this name.", "Correct the name.") from error
    if not is_file:
        raise _refused(str(path), "this is no file.", "Name a YAML or JSON file.")
    if found.st_size > FILE_BYTES_MAX:
        raise _too_large(str(path), found.st_size)
    return content


def _text_of(content: bytes, file: str) -> str:
    if len(content) > FILE_BYTES_MAX:
        raise _too_large(file, len(content))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _refused(file, "it is not UTF-8.", "Save it as UTF-8 in your editor.", line=line) from error
    odd = _NOT_FOR_TEXT.search(text)
    if odd:
        line = text.count("\n", 0, odd.start()) + 1
        what = f"there is a character that is not for text, U+{ord(odd.group()):04X}."
        raise _refused(file, what, "Take it away.", line=line)
    return text


def _tree_of(text: str, findings: Findings, *, must_be_json: bool, loader: Loader) -> Branch | None:
    """The tree, or None where there is none: the text is empty, or cannot be read, which is a finding."""
    if not text.strip():
        return None
    try:
        root = tree_of(events_of(text, must_be_json=must_be_json, loader=loader), findings)
    except UnreadableError as error:
        findings.add(Finding(error.line, (), error.what, error.fix))
        return None
    return None if root.value is None else root


def _world_of(root: Branch, findings: Findings) -> WorldEntry | None:
    world = None
    try:
        world = WorldEntry.model_validate(root.value)
    except ValidationError as error:
        for finding in shape_findings(error, root):
            findings.add(finding)
    for finding in reference_findings(root):
        findings.add(finding)
    return world


def _too_large(file: str, size: int) -> SchoolFileError:
    return _refused(
        file,
        f"it has {size} bytes, and a world file has at most {FILE_BYTES_MAX}.",
        "Use the start district for a large world.",
    )


def _refused(file: str, what: str, fix: str, line: int = 0) -> SchoolFileError:
    return SchoolFileError(file, (Problem(line, "", what, fix),))
