"""A start of the fakes loads what both fakes need, and nothing that is for later."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

LATER = (
    "simulator.canvas.routes.seldom",
    "simulator.synergy.teachervue.routes",
    "simulator.control",
    "simulator.schools.worldfile",
    "simulator.world_file",
    "sse_starlette",
    "yaml",
    "httpx2",
    "graphql",
)
_START = """
import json, sys
import scenarios.serve
from simulator.starting import Wish, start_world
start_world(Wish())
print(json.dumps(sorted(sys.modules)))
"""


@pytest.fixture(scope="module")
def loaded() -> frozenset[str]:
    """The modules of a process that has served nothing yet."""
    done = subprocess.run([sys.executable, "-c", _START], capture_output=True, check=True, text=True)
    return frozenset(json.loads(done.stdout))


@pytest.mark.parametrize("module", LATER)
def test_a_start_does_not_wait_for_what_only_some_runs_need(module: str, loaded: frozenset[str]) -> None:
    assert module not in loaded


def test_a_start_loads_both_fakes(loaded: frozenset[str]) -> None:
    assert {"simulator.canvas.routes", "simulator.synergy.routes"} <= loaded
