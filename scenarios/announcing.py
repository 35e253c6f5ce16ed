"""The files by which `gradelab serve` tells others where the fakes are.

What lives here: writing whole or not at all, over nothing but what `gradelab serve` wrote before. What bites:
another `gradelab serve` may have taken a file over meanwhile; then it is no longer ours to take away.
"""

from __future__ import annotations

import contextlib
import json
import re
import socket
from collections.abc import Iterator
from pathlib import Path

OWNER_ONLY = 0o600
LISTENS_SECONDS_MAX = 0.5
_ADDRESS = re.compile(r"http://([0-9.]+):([0-9]+)", re.ASCII)
CONFIG_MARK = "# Written by `gradelab serve`"
"""How a configuration of ours begins."""
READY_MARK = ("written_by", "gradelab serve")
"""A key and a value that a ready file of ours has."""


class FileRefusedError(Exception):
    """A file cannot be written, or is not ours to write over. The message says which, why, and what to do."""


def is_free_or_ours(path: Path) -> bool:
    """Whether the file may be written.

    Raises:
        FileRefusedError: If that cannot be found out.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return True
    except UnicodeDecodeError:
        return False
    except OSError as error:
        raise _refused(path, error) from error
    return text.startswith(CONFIG_MARK) or _is_ready_file(text)


def require_free_or_ours(path: Path | None) -> None:
    """Leave alone what somebody else wrote.

    Raises:
        FileRefusedError: If the file is there and is not ours, or its folder is not there.
    """
    if path is None:
        return
    if not path.absolute().parent.is_dir():
        raise FileRefusedError(f"the folder {path.absolute().parent} does not exist. Make it first.")
    if not is_free_or_ours(path):
        raise FileRefusedError(
            f"{path} exists, and gradelab did not write it. Name another file, or move that one away."
        )
    answering = _address_that_answers(path)
    if answering:
        raise FileRefusedError(
            f"{path} belongs to a gradelab serve that still answers at {answering}. Stop that one, or name "
            "another file."
        )


def take_away(path: Path | None) -> None:
    """Remove what an earlier start left, so that nobody takes it for this one.

    Raises:
        FileRefusedError: If it cannot be removed.
    """
    try:
        if path is not None:
            path.unlink(missing_ok=True)
    except OSError as error:
        raise _refused(path, error) from error


def write_whole(path: Path, text: str) -> None:
    """Write whole or not at all, readable by the owner only.

    Raises:
        FileRefusedError: If it cannot be written.
    """
    unfinished = path.with_name(path.name + ".unfinished")
    try:
        unfinished.touch(mode=OWNER_ONLY)
        unfinished.chmod(OWNER_ONLY)
        unfinished.write_text(text, encoding="utf-8")
        unfinished.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            unfinished.unlink(missing_ok=True)
        raise _refused(path, error) from error


@contextlib.contextmanager
def there_meanwhile(path: Path, text: str) -> Iterator[None]:
    """The file is there for the length of the block.

    Raises:
        FileRefusedError: If it cannot be written.
    """
    write_whole(path, text)
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            if path.read_text(encoding="utf-8") == text:
                path.unlink()


def _address_that_answers(path: Path) -> str:
    """The first address in a file of ours at which somebody listens, "" if nobody does."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError:
        return ""
    for host, port in dict.fromkeys(_ADDRESS.findall(text)):
        with (
            contextlib.suppress(OSError, OverflowError),
            socket.create_connection((host, int(port)), timeout=LISTENS_SECONDS_MAX),
        ):
            return f"http://{host}:{port}"
    return ""


def _is_ready_file(text: str) -> bool:
    key, value = READY_MARK
    try:
        found = json.loads(text)
    except ValueError:
        return False
    return isinstance(found, dict) and found.get(key) == value


def _refused(path: Path | None, error: OSError) -> FileRefusedError:
    return FileRefusedError(f"{path} cannot be written ({error.strerror or error}). Name another file.")
