"""Reads the body of a request by its content type: JSON, a form, or a multipart form.

What must never be here: which parameters an endpoint has. What bites: a body of any other type holds no
parameters, and that is no error.
"""

from __future__ import annotations

from simulator.canvas.multipart import read_multipart
from simulator.canvas.rack import Params, read_json, read_query


def read_body(content_type: str, body: bytes) -> Params:
    """The parameters of a body.

    Args:
        content_type: The header as it came, "" for none, which counts as a form.
        body: The body, whole.

    Raises:
        UnreadableError: If it is not what its type says.
    """
    kind = content_type.partition(";")[0].strip().lower()
    if not body:
        return {}
    if kind == "application/json" or kind.endswith("+json"):
        return read_json(body)
    if kind in ("", "application/x-www-form-urlencoded"):
        return read_query(body.decode("latin-1"))
    return read_multipart(content_type, body) if kind == "multipart/form-data" else {}
