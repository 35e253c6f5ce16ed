"""The example of docs/testing.md is somebody else's project: written into a folder, it runs as it stands."""

from __future__ import annotations

import re
from pathlib import Path

from tests.unit.testing.project import Project

DOCUMENT = (Path(__file__).parents[3] / "docs" / "testing.md").read_text(encoding="utf-8")


def files() -> dict[str, str]:
    """The files that the page shows, by name."""
    return dict(re.findall(r"`(\w+\.py)`:\n\n```python\n(.*?)```", DOCUMENT, flags=re.DOTALL))


def test_every_test_of_the_example_passes(tmp_path: Path) -> None:
    shown = files()
    (tmp_path / "tiny_sync.py").write_text(shown["tiny_sync.py"], encoding="utf-8")
    code, output = Project(tmp_path).pytest(shown["test_tiny_sync.py"])
    assert code == 0, output
    assert f"{shown['test_tiny_sync.py'].count('def test_')} passed" in output


def test_the_sync_is_as_short_as_the_page_says() -> None:
    lines = [line for line in files()["tiny_sync.py"].splitlines() if line.strip()]
    assert len(lines) <= 25


def test_the_three_lines_at_the_top_are_a_test(tmp_path: Path) -> None:
    first = re.search(r"```python\n(.*?)```", DOCUMENT, flags=re.DOTALL)
    assert first is not None
    code, output = Project(tmp_path).pytest(first[1])
    assert code == 0, output
