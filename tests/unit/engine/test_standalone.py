import os
import subprocess
import sys
from pathlib import Path

import sync_engine

WITHOUT_THE_LAB = """
import importlib.abc, sys
ABSENT = {"contracts", "simulator", "scenarios"}
ABSENT |= {"fastapi", "starlette", "uvicorn", "faker", "httpx2", "jinja2"}
class Wall(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ABSENT:
            raise ModuleNotFoundError(f"{name} is not there")
sys.meta_path.insert(0, Wall())
from sync_engine.cli import main
main()
"""


def test_the_engine_runs_with_the_rest_of_the_project_deleted(tmp_path: Path) -> None:
    (tmp_path / "sync_engine").symlink_to(Path(sync_engine.__file__).parent)
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", WITHOUT_THE_LAB, "--help"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "gradesync post" in done.stdout
