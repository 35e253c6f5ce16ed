"""HTTP to the control API: a request in, JSON or text out, every refusal an error of ours.

What must never be here: what the answers mean. The token never gets into an error or a `repr`.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias
from urllib.parse import quote

import httpx2

from simulator.control_client.errors import (
    AnswerError,
    Complaint,
    NotFoundError,
    RefusedError,
    UnreachableError,
)

ROOT = "/_sim"
ANSWER_SECONDS_MAX = 60.0
SILENCE_SECONDS_MAX = 60.0
"""A stream in which not even a ping comes for so long is dead."""
Asked: TypeAlias = Mapping[str, object]
"""Query parameters; what has no value is left out."""
NOTHING: Asked = {}
_REFUSALS = frozenset({405, 409, 413, 422, 503})


class Wire:
    """A connection to one server."""

    def __init__(self, url: str, token: str) -> None:
        base = url.rstrip("/").removesuffix(ROOT)
        # Servers are on this machine or near it, so no proxy of the environment stands between
        self._http = httpx2.Client(
            base_url=base,
            headers={"Authorization": f"Bearer {token}"},
            timeout=ANSWER_SECONDS_MAX,
            trust_env=False,
        )
        self._where = base

    def json(self, method: str, *path: str, body: object = None, query: Asked = NOTHING) -> Any:  # noqa: ANN401 - JSON
        """The JSON of an answer; None where there is nothing to tell."""
        return _decoded(self._ask(method, path, query, None if body is None else json.dumps(body).encode()))

    def text(self, *path: str, accept: str = "*/*", query: Asked = NOTHING) -> str:
        """The text of an answer."""
        return self._ask("GET", path, query, None, accept=accept).text

    def send(self, *path: str, text: str | bytes) -> Any:  # noqa: ANN401 - JSON
        """The JSON that answers a file."""
        raw = text.encode() if isinstance(text, str) else text
        return _decoded(self._ask("PUT", path, {}, raw))

    @contextlib.contextmanager
    def lines(self, *path: str, query: Asked = NOTHING) -> Iterator[Iterator[str]]:
        """The lines of an answer that goes on, as they come."""
        timeout = httpx2.Timeout(ANSWER_SECONDS_MAX, read=SILENCE_SECONDS_MAX)
        with self._reaching():
            request = self._http.build_request("GET", _path(path), params=_given(query), timeout=timeout)
            answer = self._http.send(request, stream=True)
        try:
            if answer.status_code != 200:
                answer.read()
                _refuse(answer)
            yield self._lines_of(answer)
        finally:
            answer.close()

    def _lines_of(self, answer: httpx2.Response) -> Iterator[str]:
        with self._reaching():
            yield from answer.iter_lines()

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def _ask(
        self,
        method: str,
        path: tuple[str, ...],
        query: Asked,
        body: bytes | None,
        *,
        accept: str = "application/json",
    ) -> httpx2.Response:
        with self._reaching():
            answer = self._http.request(
                method, _path(path), params=_given(query), content=body, headers={"Accept": accept}
            )
        if not answer.is_success:
            _refuse(answer)
        return answer

    @contextlib.contextmanager
    def _reaching(self) -> Iterator[None]:
        try:
            yield
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:
            why = str(error) or type(error).__name__
            raise UnreachableError(f"No answer from {self._where}: {why}") from error

    def __repr__(self) -> str:
        return f"Wire({self._where})"


def _path(parts: tuple[str, ...]) -> str:
    return "/".join((ROOT, *(quote(part, safe="") for part in parts)))


def _given(query: Asked) -> Any:  # noqa: ANN401 - httpx2 takes many shapes
    """The query parameters that have a value."""
    return {name: value for name, value in query.items() if value not in ("", 0, None, [], ())}


def _decoded(answer: httpx2.Response) -> Any:  # noqa: ANN401 - JSON
    try:
        return json.loads(answer.content) if answer.content else None
    except ValueError as error:
        raise AnswerError(f"{answer.request.method} {answer.url} answered no JSON") from error


def _refuse(answer: httpx2.Response) -> None:
    """Raise what an answer that is no success means."""
    try:
        told = json.loads(answer.content)
        text = str(told["error"])
        problems = tuple(Complaint(each["field"], each["says"]) for each in told["problems"])
    except (ValueError, KeyError, TypeError):
        text, problems = "", ()
    if answer.status_code == 404:
        wrong = "There is no control API here, or the token is wrong"
        raise NotFoundError(text or f"{wrong} ({answer.url})")
    if answer.status_code in _REFUSALS and text:
        raise RefusedError(answer.status_code, text, problems)
    raise AnswerError(f"{answer.request.method} {answer.url} answered {answer.status_code}")
