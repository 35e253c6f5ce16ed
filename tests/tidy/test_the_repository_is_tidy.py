"""Promises of the repository itself.

Commands that exist, environments that run something, nothing of a private machine.
"""

from __future__ import annotations

import configparser
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from contracts.catalogue import rule_named

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [ROOT / line for line in listed.stdout.splitlines() if (ROOT / line).is_file()]


def tox_environments() -> configparser.ConfigParser:
    parser = configparser.ConfigParser(interpolation=None)
    parser.read(ROOT / "tox.ini", encoding="utf-8")
    return parser


def test_every_tox_environment_has_a_section_with_a_description_and_commands() -> None:
    parser = tox_environments()
    for name in re.split(r"[,\s]+", parser["tox"]["env_list"].strip()):
        section = dict(parser.items(f"testenv:{name}")) if parser.has_section(f"testenv:{name}") else None
        assert section is not None, (
            f"tox environment {name} has no section of its own: it would run nothing and be green"
        )
        assert section.get("description"), f"tox environment {name} has no description"
        assert section.get("commands") or (name == "tests" and parser["testenv"]["commands"])


def test_the_readme_has_exactly_two_set_up_commands_and_ci_runs_the_second() -> None:
    commands = re.findall(r"^python3 -m venv .*$", README, flags=re.MULTILINE)
    assert len(commands) == 2
    assert commands[0].endswith("gradelab run")
    assert re.search(r"tox\b[^&]*$", commands[1])
    assert "README.md" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_every_story_option_that_the_readme_names_exists() -> None:
    source = (ROOT / "scenarios" / "cli.py").read_text(encoding="utf-8")
    for option in re.findall(r"gradelab run[^\n`]*?(--[a-z-]+)", README):
        known = option in source or f"{option[2:].replace('-', '_')}:" in source
        assert known, f"The README names {option}, which gradelab run does not have"


@pytest.mark.parametrize(
    "pattern",
    [
        r"/wor[k]/",
        r"/roo[t]/",
        r"/hom[e]/[a-z]",
        r"/tm[p]/",
        r"shared/fact[s]",
        r"pypi\.or[g]",
        r"files\.pythonhoste[d]",
    ],
)
def test_nothing_names_a_private_machine_or_a_registry(pattern: str) -> None:
    found = [
        path.relative_to(ROOT).as_posix()
        for path in tracked()
        if path.suffix in {".py", ".md", ".toml", ".ini", ".txt", ".yaml", ".yml", ".j2", ""}
        and re.search(pattern, path.read_text(encoding="utf-8", errors="replace"))
    ]
    assert found == []


def test_constraints_pin_versions_and_nothing_else() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    wrong = [line for line in lines if not re.fullmatch(r"[A-Za-z0-9_.-]+==[A-Za-z0-9_.+!-]+|#.*|", line)]
    assert wrong == []


def test_every_rule_id_that_the_engine_cites_is_in_the_catalogue() -> None:
    cited = {
        (path.name, rule_id)
        for path in (ROOT / "sync_engine").rglob("*.py")
        for rule_id in re.findall(r'"([A-Z]{2,}(?:-[A-Z]{2,})+)"', path.read_text(encoding="utf-8"))
    }
    assert cited, "The engine cites no rule at all: has the way in which it cites them changed?"
    unknown = {(name, rule_id) for name, rule_id in cited if rule_named(rule_id) is None}
    assert unknown == set()


def test_both_commands_and_all_four_packages_are_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert set(project["project"]["scripts"]) == {"gradelab", "gradesync"}
    packages = project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    assert packages == ["contracts", "simulator", "sync_engine", "scenarios"]
    assert all((ROOT / name / "py.typed").exists() for name in packages)
