"""Reads multipart forms, which clients send whose request can carry a file.

What lives here: the fields. What must never be here: files; of one only the name is kept, because nothing in
this Canvas takes a file. Source: RFC 7578.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from simulator.canvas.rack import Params, UnreadableError, Value, read_pairs

PARTS_MAX = 1_000
"""A form with more parts is no form that anybody filled in."""

_BOUNDARY = re.compile(r'boundary="?(?P<boundary>[^";,\s]{1,70})"?', re.IGNORECASE)
_NAME = re.compile(r'[;\s]name="(?P<name>[^"\r\n]*)"', re.IGNORECASE)
_FILE_NAME = re.compile(r'[;\s]filename="(?P<name>[^"\r\n]*)"', re.IGNORECASE)


def read_multipart(content_type: str, body: bytes) -> Params:
    """Read a multipart form; a file is a hash with its `filename`.

    Args:
        content_type: The header, which names the boundary.
        body: The form.

    Raises:
        UnreadableError: If it cannot be read.
    """
    found = _BOUNDARY.search(content_type)
    if found is None:
        raise UnreadableError("A multipart form needs a boundary")
    delimiter = b"\r\n--" + found["boundary"].encode("latin-1")
    _preamble, *parts = (b"\r\n" + body).split(delimiter, PARTS_MAX + 1)
    if not parts or not parts[-1].startswith(b"--"):
        raise UnreadableError(f"The multipart form does not end, or has more than {PARTS_MAX} parts")
    return read_pairs(_pairs(parts[:-1]))


def _pairs(parts: list[bytes]) -> Iterator[tuple[str, Value]]:
    for part in parts:
        head, blank, content = part.partition(b"\r\n\r\n")
        try:
            header, text = head.decode(), content.decode() if blank else ""
        except UnicodeDecodeError:
            header, text = head.decode("latin-1"), None
        name, file_name = _NAME.search(header), _FILE_NAME.search(header)
        if name is None or (text is None and file_name is None):
            raise UnreadableError("A part of the multipart form has no name, or is not valid UTF-8")
        yield name["name"], {"filename": file_name["name"]} if file_name else text
