"""docs/faults.md: every kind and field is there, and every example does what it says to a client."""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Awaitable, Callable
from dataclasses import fields
from pathlib import Path

import httpx2
import pytest

from simulator import faults
from simulator.faults import KINDS, Fault, Match, fault_from_json
from tests.unit.faults.conftest import Faulty

DOCUMENT = (Path(__file__).parents[3] / "docs" / "faults.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^### `(\w+)`\n(.*?)(?=^##|\Z)", DOCUMENT, flags=re.MULTILINE | re.DOTALL))
EXAMPLES = [
    fault_from_json(json.loads(block))
    for block in re.findall(r"```json\n(.*?)```", DOCUMENT, flags=re.DOTALL)
]


def test_every_kind_has_a_section_with_an_example_of_its_own() -> None:
    assert set(SECTIONS) == set(KINDS)
    for kind, text in SECTIONS.items():
        (example,) = re.findall(r"```json\n(.*?)```", text, flags=re.DOTALL)
        assert json.loads(example)["does"]["kind"] == kind


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_of_a_kind_is_explained_and_shown(kind: str) -> None:
    prose, example = SECTIONS[kind].split("```json\n")
    for each in fields(KINDS[kind]):
        assert f"`{each.name}`" in prose, f"{kind}: {each.name} is not explained"
        assert f'"{each.name}"' in example, f"{kind}: {each.name} is not in the example"


def test_every_field_of_a_fault_and_of_a_matcher_is_explained() -> None:
    for each in (*fields(Fault), *fields(Match)):
        assert f"| `{each.name}` |" in DOCUMENT, f"{each.name} has no row"


def test_every_kind_is_shown_as_it_is_written_in_python() -> None:
    rows = re.findall(r"^\| `(\w+)` \| `(\w+\(.*\))` \|$", DOCUMENT, flags=re.MULTILINE)
    shown = {kind: eval(code, vars(faults)) for kind, code in rows}
    assert {kind: type(does) for kind, does in shown.items()} == KINDS


def test_the_example_in_python_is_the_first_one_in_json() -> None:
    (code,) = re.findall(r"```python\n(.*?)```", DOCUMENT, flags=re.DOTALL)
    names: dict[str, object] = {}
    exec(compile(code, "docs/faults.md", "exec"), names)  # noqa: S102 - the document's own code
    assert names["fault"] == EXAMPLES[0]


async def an_hour_of_work(faulty: Faulty) -> None:
    """What a sync asks, and a second time; whatever comes of it."""
    students = f"/classes/{faulty.section.guid}/students"
    page, later = {"limit": "2"}, {"limit": "2", "offset": "2"}
    asks: list[Callable[[], Awaitable[httpx2.Response]]] = [
        faulty.put_item,
        faulty.put_score,
        faulty.put_score,
        lambda: faulty.sync("GET", "/lineItems"),
        lambda: faulty.sync("GET", students, params=page),
        lambda: faulty.sync("GET", students, params=later),
        lambda: faulty.canvas("/courses"),
    ]
    for ask in asks * 2:
        with contextlib.suppress(httpx2.TransportError):
            await ask()


@pytest.mark.parametrize("faulty", ["in process"], indirect=True)
@pytest.mark.parametrize("fault", EXAMPLES, ids=lambda fault: fault.name)
async def test_every_example_fires_in_an_hour_of_work(faulty: Faulty, fault: Fault) -> None:
    faulty.world.faults.plan(fault)
    await an_hour_of_work(faulty)
    assert faulty.world.faults.fired == (fault,)
    assert {each.fault for each in faulty.exchanges if each.fault} == {fault.kind}
