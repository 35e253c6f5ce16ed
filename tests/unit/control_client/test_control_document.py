"""docs/control.md is true: it shows every path that there is and no other, and all that it shows works."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path
from typing import Any

import httpx2
import pytest

from simulator.control import streams
from simulator.control.asking import BODY_BYTES_MAX
from simulator.control.bodies import SEED_MAX, NewWorld
from simulator.control.pages import PAGE_CHARACTERS_MAX
from simulator.control.questions import PAGE_ENTRIES, PAGE_ENTRIES_MAX, JournalQuestion
from simulator.control.routes import ROUTES
from simulator.control_client import ControlClient
from simulator.control_client.clock import Clock
from simulator.control_client.faults import Faults
from simulator.control_client.journal import Journal
from simulator.control_client.snapshots import Snapshots
from simulator.journal import ENTRIES_MAX
from simulator.snapshots import SNAPSHOTS_MAX
from simulator.testing.servers import Servers
from simulator.world import build_world
from simulator.world_file import FILE_BYTES_MAX

DOCUMENT = (Path(__file__).parents[3] / "docs" / "control.md").read_text("utf-8")
TOKEN = "key"
CURLS = [line for line in DOCUMENT.splitlines() if line.startswith("curl ")]


class Curl:
    """A documented command line, as a request."""

    def __init__(self, line: str) -> None:
        words = iter(shlex.split(line)[1:])
        self.method, self.body, self.headers = "", "", dict[str, str]()
        self.uploads = self.goes_on = False
        for word in words:
            match word:
                case "-X":
                    self.method = next(words)
                case "-d":
                    self.body = next(words)
                case "-T":
                    self.uploads = bool(next(words))
                case "-H":
                    name, _colon, value = next(words).partition(": ")
                    self.headers |= {name: value} if value else {}
                case "-N":
                    self.goes_on = True
                case "-o":
                    next(words)
                case _:
                    self.address = word.replace("$SIM", "/_sim")
        self.method = self.method or ("POST" if self.body else "PUT" if self.uploads else "GET")

    @property
    def path(self) -> str:
        return self.address.partition("?")[0]


def test_every_path_is_shown_with_a_curl_and_every_curl_has_a_path() -> None:
    routes = {
        (method, route.path, route.path_regex)
        for route in ROUTES
        for method in (route.methods or set()) - {"HEAD"}
    }
    asked = [Curl(line) for line in CURLS]
    for curl in asked:
        assert any(method == curl.method and pattern.match(curl.path) for method, _path, pattern in routes), (
            f"There is no {curl.method} {curl.path}"
        )
    for method, path, pattern in routes:
        assert any(method == curl.method and pattern.match(curl.path) for curl in asked), (
            f"docs/control.md shows no curl for {method} {path}"
        )


def test_every_curl_works_in_the_order_of_the_document() -> None:
    with Servers(control_token=TOKEN) as servers:
        servers.ask(lambda: servers.worlds.add(build_world(7)))
        key = {"Authorization": f"Bearer {TOKEN}"}
        with httpx2.Client(base_url=servers.addresses.control, headers=key) as client:
            file = b""
            for line in CURLS:
                curl = Curl(line)
                content = file if curl.uploads else curl.body.encode()
                request = client.build_request(
                    curl.method, curl.address, content=content, headers=curl.headers
                )
                answer = client.send(request, stream=True)
                assert answer.is_success, f"{line}: {answer.read().decode()}"
                if not curl.goes_on:
                    file = answer.read() if curl.path.endswith("/file") else file
                answer.close()


def test_the_example_of_the_client_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:  # noqa: ANN401
    (example,) = re.findall(r"```python\n(.*?)```", DOCUMENT, flags=re.DOTALL)
    with Servers(control_token=TOKEN) as servers:
        ready = {"control": {"url": f"{servers.addresses.control}/_sim", "token": TOKEN}}
        (tmp_path / "ready.json").write_text(json.dumps(ready), "utf-8")
        monkeypatch.chdir(tmp_path)
        exec(compile(example, "docs/control.md", "exec"), {})  # noqa: S102 - the document's own code
    told = capsys.readouterr().out
    assert "['roster feed']" in told
    assert "never fired: ('busy',)" in told
    assert "ClockStep(" in told


@pytest.mark.parametrize("block", re.findall(r"```json\n(.*?)```", DOCUMENT, flags=re.DOTALL))
def test_every_answer_that_is_shown_is_json(block: str) -> None:
    assert json.loads(block)


def test_every_field_and_every_limit_is_documented() -> None:
    for name in (*NewWorld.model_fields, *JournalQuestion.model_fields):
        assert f"`{name}`" in DOCUMENT, f"docs/control.md does not name `{name}`"
    limits = [SEED_MAX, PAGE_ENTRIES, PAGE_ENTRIES_MAX, SNAPSHOTS_MAX, streams.STREAMS_MAX]
    told = [*map(str, limits), f"{ENTRIES_MAX:,}"]
    told += [f"{each // 1024**2} MiB" for each in (BODY_BYTES_MAX, FILE_BYTES_MAX, PAGE_CHARACTERS_MAX)]
    assert [each for each in told if not re.search(rf"\b{each}\b", DOCUMENT)] == []


def test_every_method_of_the_client_is_documented() -> None:
    for part in (ControlClient, Clock, Snapshots, Journal, Faults):
        for name in vars(part):
            if not name.startswith("_") and name != "close":
                assert re.search(rf"\b{name}\b", DOCUMENT), (
                    f"docs/control.md does not name {part.__name__}.{name}"
                )
