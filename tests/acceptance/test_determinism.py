"""The same seed gives the same world and the same run, byte for byte, whatever process it is in."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.acceptance.commands import environment, run

DUMP = """
from simulator.world import build_world
world = build_world({seed})
for store in (world.canvas, world.synergy):
    for name, table in store.tables.items():
        print(name, *table.items(), sep="\\n")
print(world.credentials.client_secret, world.credentials.teacher_tokens)
"""


def dump_of_world(seed: int, hash_seed: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", DUMP.format(seed=seed)],
        env=environment(PYTHONHASHSEED=hash_seed),
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def events_of_run(folder: Path, hash_seed: str, seed: str) -> list[dict[str, Any]]:
    done = run(
        "gradelab", "run", "--in-process", "--json", "--seed", seed, cwd=folder, PYTHONHASHSEED=hash_seed
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr
    events = [json.loads(line) for line in done.stdout.splitlines()]
    for event in events:
        event.pop("seconds", None)
    return events


def test_the_same_seed_gives_the_same_world_byte_for_byte() -> None:
    first = dump_of_world(7, "1")
    assert "Algebra 1" in first
    assert first == dump_of_world(7, "2")
    assert first != dump_of_world(8, "1")


def test_the_same_seed_plays_the_same_run_event_for_event(tmp_path: Path) -> None:
    assert events_of_run(tmp_path, "1", "5") == events_of_run(tmp_path, "2", "5")
