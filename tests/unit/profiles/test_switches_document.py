"""`docs/switches.md` lists the switches of the code, and the pages that describe one are there."""

from __future__ import annotations

import re

import pytest

from simulator.profiles import KHSD
from simulator.profiles.describing import SwitchDescription, described
from tests.unit.profiles.switches_document import PAGE, document, row

TOLD = PAGE.read_text(encoding="utf-8")
WRITE = "Run: python -m tests.unit.profiles.switches_document"


@pytest.mark.parametrize("switch", described(KHSD), ids=lambda each: each.name)
def test_every_switch_has_its_row_in_the_section_that_is_named(switch: SwitchDescription) -> None:
    page, _hash, section = switch.described_in.partition("#")
    assert page == "docs/switches.md"
    here = re.split(r"^## ", TOLD, flags=re.MULTILINE)
    found = next(each for each in here if each.splitlines()[0].lower().replace(" ", "-") == section)
    assert row(switch) in found.splitlines(), WRITE


def test_the_page_has_nothing_that_the_code_has_not() -> None:
    assert document() == TOLD, WRITE
