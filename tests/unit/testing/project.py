"""Somebody else's project, for tests of the plugin."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

RUN_SECONDS_MAX = 120

_NOT_THEIRS = ("CI", "BUILD_NUMBER")
"""Where these are set, pytest says each failure whole once more: their output would follow our machine."""


class Project:
    """Somebody else's project: a folder with one file of tests."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def pytest(self, tests: str, *arguments: str) -> tuple[int, str]:
        """The exit code and the output of their tests."""
        (self._folder / "test_theirs.py").write_text(tests, encoding="utf-8")
        environment = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith("PYTEST_") and name not in _NOT_THEIRS
        }
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *arguments],
            cwd=self._folder,
            env=environment,
            capture_output=True,
            text=True,
            timeout=RUN_SECONDS_MAX,
            check=False,
        )
        return done.returncode, done.stdout + done.stderr
