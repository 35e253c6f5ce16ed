"""`gradelab serve` stops at once when it is told to, also while somebody follows a journal."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx2
import pytest

from tests.acceptance.commands import START_SECONDS_MAX, command, environment

STOP_SECONDS_MAX = 1.0
GOES_MAX = 3
CLIENTS = 5
UNREAD = 20
UNREAD_CHARACTERS = 900_000
"""So many entries with bodies of this size are more than the buffers of two sockets hold."""


@contextmanager
def a_server(folder: Path) -> Iterator[tuple[subprocess.Popen[str], dict[str, Any]]]:
    ready_file = folder / "ready.json"
    process = subprocess.Popen(
        command("gradelab", "serve", "--bare", "--ready-file", str(ready_file)),
        cwd=folder,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        for _poll in range(START_SECONDS_MAX * 20):
            if ready_file.exists() or process.poll() is not None:
                break
            time.sleep(0.05)  # noqa: TID251 - another process starts in real time
        yield process, json.loads(ready_file.read_text(encoding="utf-8"))
    finally:
        process.kill()
        process.wait()


def stop(process: subprocess.Popen[str], number: signal.Signals) -> tuple[float, str]:
    """How long it takes to stop, and all that the server said."""
    begun = time.monotonic()  # noqa: TID251 - real time is what is measured
    process.send_signal(number)
    said, _nothing = process.communicate(timeout=START_SECONDS_MAX)
    return time.monotonic() - begun, said  # noqa: TID251 - likewise


def within_a_second(stopping: Callable[[], float]) -> bool:
    """Whether it stops in time once; a machine that is busy with other tests may need another go."""
    return any(stopping() < STOP_SECONDS_MAX for _go in range(GOES_MAX))


def stream_of(ready: dict[str, Any]) -> tuple[str, dict[str, str]]:
    url = ready["control"]["url"] + "/worlds/default/journal/stream"
    return url, {"Authorization": f"Bearer {ready['control']['token']}"}


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_server_with_open_streams_stops_within_a_second_and_ends_each_properly(
    tmp_path: Path, number: signal.Signals
) -> None:
    assert within_a_second(partial(stop_with_streams, tmp_path, number))


def stop_with_streams(tmp_path: Path, number: signal.Signals) -> float:
    """Stop a server while clients follow a journal; each of them must see the end of its answer."""
    with a_server(tmp_path) as (process, ready), httpx2.Client(timeout=START_SECONDS_MAX) as client:
        url, key = stream_of(ready)
        streams = [
            client.send(client.build_request("GET", url, headers=key), stream=True) for _ in range(CLIENTS)
        ]
        lines = [stream.iter_lines() for stream in streams]
        assert [next(each) for each in lines] == [": following the journal"] * CLIENTS
        seconds, said = stop(process, number)
        for each in lines:
            assert list(each) == ["retry: 1000", "", ""][:2]
    assert process.returncode == 0
    assert said.splitlines()[-1] == "Stopped."
    assert "Traceback" not in said
    return seconds


def test_answers_that_go_on_are_cut_off_and_no_error_is_told(tmp_path: Path) -> None:
    assert within_a_second(partial(stop_with_slow_answers, tmp_path))


def stop_with_slow_answers(tmp_path: Path) -> float:
    """Stop a server while one client waits for an answer and another has not sent all of its request."""
    with a_server(tmp_path) as (process, ready), ThreadPoolExecutor() as clients:
        control, canvas = ready["control"], urlsplit(ready["canvas"]["url"])
        late = {"name": "late", "does": {"kind": "latency", "seconds": 600}, "match": {"system": "canvas"}}
        key = {"Authorization": f"Bearer {control['token']}"}
        planned = httpx2.post(f"{control['url']}/worlds/default/faults", headers=key, json=late)
        assert planned.status_code == 201
        bearer = {"Authorization": f"Bearer {ready['canvas']['teacher_token']}"}
        waiting = clients.submit(
            httpx2.get, f"{ready['canvas']['url']}/api/v1/courses", headers=bearer, timeout=START_SECONDS_MAX
        )
        with socket.create_connection((canvas.hostname, canvas.port)) as half:
            half.sendall(b"POST /api/v1/courses HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nhalf")
            struck = f"{control['url']}/worlds/default/journal?kind=fault"
            for _poll in range(START_SECONDS_MAX * 20):
                if httpx2.get(struck, headers=key).json()["entries"]:
                    break
                time.sleep(0.05)  # noqa: TID251 - another process answers in real time
            seconds, said = stop(process, signal.SIGTERM)
            assert half.recv(100) == b""
        assert isinstance(waiting.exception(), httpx2.TransportError)
    assert process.returncode == 0
    assert said.splitlines()[-1] == "Stopped."
    assert "Traceback" not in said
    return seconds


def test_a_client_that_reads_nothing_does_not_hold_the_server_up(tmp_path: Path) -> None:
    assert within_a_second(partial(stop_with_a_deaf_client, tmp_path))


def stop_with_a_deaf_client(tmp_path: Path) -> float:
    """Stop a server while the buffers to a client are full."""
    with a_server(tmp_path) as (process, ready):
        url, key = stream_of(ready)
        where = urlsplit(url)
        with socket.create_connection((where.hostname, where.port)) as deaf:
            deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            asked = f"GET {where.path} HTTP/1.1\r\nHost: x\r\nAuthorization: {key['Authorization']}\r\n\r\n"
            deaf.sendall(asked.encode())
            bearer = {"Authorization": f"Bearer {ready['canvas']['teacher_token']}"}
            body = json.dumps({"assignment": {"name": "x" * UNREAD_CHARACTERS}})
            with httpx2.Client(base_url=ready["canvas"]["url"], headers=bearer) as client:
                course = client.get("/api/v1/courses").json()[0]["id"]
                for _entry in range(UNREAD):
                    json_type = {"Content-Type": "application/json"}
                    client.post(f"/api/v1/courses/{course}/assignments", content=body, headers=json_type)
            journal = httpx2.get(url.replace("/stream", "/ndjson"), headers=key).text
            assert len(journal) > UNREAD * UNREAD_CHARACTERS
            seconds, said = stop(process, signal.SIGTERM)
    assert process.returncode == 0
    assert "Traceback" not in said
    return seconds
