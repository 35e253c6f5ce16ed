"""What a user of `gradelab` reads, in this process: nothing is served here."""

from __future__ import annotations

import json
import re
import sys
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from contracts.catalogue import RULES
from scenarios import entry
from scenarios.cli import main
from scenarios.library import STORIES
from simulator.profiles import PROFILES, switch_passports

ONE = "a_status_alone_is_not_sent"


@dataclass(frozen=True, slots=True)
class Said:
    code: int | str | None
    out: str
    err: str


Gradelab = Callable[..., Said]


@pytest.fixture
def gradelab(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Gradelab:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")

    def call(*words: str) -> Said:
        monkeypatch.setattr("sys.argv", ["gradelab", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        return Said(ended.value.code, *capsys.readouterr())

    return call


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("rnu",), "No such command"),
        (("run", "--sede", "1"), "No such option"),
        (("run", "--seed", "x"), '--seed: "x" is no whole number'),
        (("run", "--seed"), "requires an argument"),
        (("run", "--only", "SCORE-SEND-ONCE"), "Did you mean SCORE-SENT-ONCE?"),
        (("run", "--mutant", "open-lock-writen"), "Did you mean open-lock-written?"),
        (("run", "--report-dir", "a-file"), "--report-dir: cannot write into a-file"),
        (("rules", "SCORE-SEND-ONCE"), "Did you mean SCORE-SENT-ONCE?"),
        (("serve", "--seed", "x"), '--seed: "x" is no whole number'),
        (("serve", "--canvas-port", "70000"), "--canvas-port: 70000 is no port"),
        (("serve", "--canvas-port", "8123", "--synergy-port", "8123"), "--synergy-port: 8123"),
        (("serve", "--synergy-port", "8123", "--control-port", "8123"), "--control-port: 8123"),
        (("run", "--seed", str(2**53)), "--seed: 9007199254740992 is beyond 9007199254740991"),
        (("serve", "--control-token", "short"), "--control-token: it needs at least 16 characters"),
        (("contracts", "--seed", "x"), '--seed: "x" is no whole number'),
        (("contracts", "--profile", "nowhere"), '--profile: there is no profile "nowhere"'),
        (("contracts", "--only", "nothing"), '--only: there is no check "nothing"'),
        (("contracts", "--base-url", "http://127.0.0.1:9/v1p1"), "--client-id: say who asks"),
        (
            (
                "contracts",
                "--base-url",
                "http://127.0.0.1:9/v1p1",
                "--client-id",
                "a",
                "--client-secret",
                "b",
            ),
            "--token-url: OAuth 2 needs",
        ),
        (
            ("contracts", "--base-url", "http://127.0.0.1:9/v1p1", "--token", "a"),
            "--base-url: nobody answers",
        ),
        (("serve", "--host", "nowhere.invalid"), "--host: 'nowhere.invalid'"),
        (("serve", "--host", "192.0.2.1"), "--host: '192.0.2.1'"),
        (("serve", "--host", "a" * 70), "--host: "),
        (("serve", "--profile", "kern"), "Choose one of: khsd"),
        (("serve", "--profile", "khds"), "Did you mean khsd?"),
        (
            ("serve", "--set", "put_bodi=none"),
            "--set: put_bodi: is no switch. Did you mean put_body? It takes",
        ),
        (("run", "--set", "put_body=some"), '--set: put_body: takes object, empty or none, not "some".'),
        (("run", "--set", "a\nb=c"), "--set: a b: is no switch."),
        (("run", "--set", "put_body"), "--set: write NAME=VALUE"),
        (("contracts", "--set", "put_body=none", "--set", "put_body=none"), "--set: put_body is set twice"),
        (("contracts", "--set", "name_length_max=-1"), "--set: name_length_max: must be from 0"),
        (
            ("contracts", "--base-url", "http://127.0.0.1:9/v1p1", "--set", "put_body=none"),
            "--set: it is for our own fake",
        ),
        (("profiles", "khds"), 'NAME: there is no profile "khds". Did you mean khsd?'),
        (("profiles", "khsd", "--set", "put_bodi=none"), "Did you mean put_body?"),
        (("profiles", "--set", "put_body=none"), "--set: say of which profile"),
        (("serve", "--ready-file", "absent/ready.json"), "--ready-file: the folder"),
        (("serve", "--ready-file", "a" * 300), "--ready-file: "),
        (("serve", "--engine-config", "a" * 300), "--engine-config: "),
        (("serve", "--ready-file", "a-file"), "--ready-file: a-file exists, and gradelab did not write it"),
        (("serve", "--engine-config", "a-file"), "--engine-config: a-file exists"),
        (("serve", "--engine-config", "one", "--ready-file", "one"), "Name two files"),
    ],
)
def test_wrong_usage_is_one_line_and_exit_2(gradelab: Gradelab, words: tuple[str, ...], told: str) -> None:
    Path("a-file").write_text("mine", encoding="utf-8")
    said = gradelab(*words)
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith("gradelab: ")
    assert told in said.err
    assert len(said.err.splitlines()) == 1
    assert "nput should" not in said.err
    assert Path("a-file").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    "words", [("-h",), ("run", "-h"), ("serve", "-h"), ("rules", "-h"), ("profiles", "-h")]
)
def test_help_is_where_one_looks_for_it_and_names_what_options_take(
    gradelab: Gradelab, words: tuple[str, ...]
) -> None:
    said = gradelab(*words)
    assert said.code == 0
    assert said.out.startswith("Usage: gradelab")
    assert not {"<int>", "<str>", "<file>", "<path>", "..."} & set(
        said.out.replace("[ARGS]...", "").split()
    ), "values have names of their own, and no sentence is cut off"


def test_the_profiles_are_listed_with_a_line_each(gradelab: Gradelab) -> None:
    said = gradelab("profiles")
    listed = {line.split()[0]: line for line in said.out.splitlines()[: len(PROFILES)]}
    assert (said.code, set(listed)) == (None, set(PROFILES))
    assert "types, weights and rounding are the district's" in listed["corvallis"]
    told = json.loads(gradelab("profiles", "--json").out)
    assert [each["name"] for each in told] == list(PROFILES)
    assert told[4]["differs"] == ["district_types_locked", "category_writes"]


def test_a_profile_shows_every_switch_and_marks_what_is_not_the_default(gradelab: Gradelab) -> None:
    said = gradelab("profiles", "corvallis")
    lines = said.out.splitlines()
    assert said.code is None
    marked = [line for line in lines if line.startswith("*")]
    assert marked == [
        "* district_types_locked = true  (default false)",
        "* category_writes = refuse  (default accept)",
    ]
    assert "  score_over_max = accept  (the default)" in lines
    assert "      Takes accept or refuse." in lines
    assert "Described in docs/switches.md#class-totals" in lines
    assert "; 2 of them, marked *, differ from the default." in " ".join(lines)
    assert max(map(len, lines)) <= 80


def test_a_profile_as_data_has_the_same(gradelab: Gradelab) -> None:
    told = json.loads(gradelab("profiles", "corvallis", "--set", "name_length_max=40", "--json").out)
    assert told["differs"] == ["name_length_max", "district_types_locked", "category_writes"]
    switches = {each["name"]: each for each in told["switches"]}
    assert set(switches) == set(switch_passports())
    assert switches["name_length_max"] == {
        "name": "name_length_max",
        "value": 40,
        "default": 50,
        "differs": True,
        "takes": "a whole number",
        "source": "no page gives Synergy's number; 30 and 50 are seen elsewhere",
        "confidence": "assumed",
        "described_in": "docs/switches.md#synergy",
    }


def test_a_story_under_other_switches_than_it_expects_says_so(gradelab: Gradelab, tmp_path: Path) -> None:
    story = "a_name_of_just_the_length_that_synergy_keeps_travels"
    words = ("run", "--in-process", "--only", story, "--set", "name_length_max=20", "--report-dir", "out")
    said = gradelab(*words)
    assert said.code == 1
    assert said.out.splitlines()[:2] == [
        "Seed 7. 1 story, in process.",
        "Played with name_length_max=20, whatever a story expects.",
    ]
    why = "Played with name_length_max=20 where 50 is expected."
    again = f"gradelab run --only {story} --seed 7 --in-process --set name_length_max=20"
    assert why in said.out
    assert again in said.out
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    junit = (tmp_path / "out" / "junit.xml").read_text(encoding="utf-8")
    assert "played with name_length_max=20 where 50 is expected" in page
    assert "gradelab run --seed 7 --in-process --set name_length_max=20" in page
    assert '<property name="switches" value="name_length_max=20"' in junit
    assert why in junit
    events = [json.loads(line) for line in (tmp_path / "out" / "events.ndjson").read_text().splitlines()]
    assert events[0]["switches"] == ["name_length_max=20"]
    assert events[1]["unexpected"] == ["name_length_max=20 where 50 is expected"]


def test_a_story_that_passes_under_other_switches_says_it_too(gradelab: Gradelab) -> None:
    said = gradelab("run", "--in-process", "--only", ONE, "--set", "name_length_max=40")
    assert said.code == 0
    assert "ok     1/1  A status alone is not sent (under other switches than it expects)" in said.out
    assert "1 story under other switches than it expects: this run" in said.out.splitlines()[-1]


def test_a_switch_that_is_set_to_what_a_story_expects_changes_nothing(gradelab: Gradelab) -> None:
    said = gradelab("run", "--in-process", "--only", ONE, "--set", "name_length_max=50")
    assert said.code == 0
    assert "other switches" not in said.out


def test_the_version_is_told(gradelab: Gradelab) -> None:
    assert gradelab("--version").out.startswith("gradelab ")


def test_without_the_lab_one_line_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "fastapi", None)
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    with pytest.raises(SystemExit) as ended:
        entry.main()
    said = capsys.readouterr()
    assert ended.value.code == 2
    (line,) = said.err.splitlines()
    assert line.startswith("gradelab: the lab is not installed (fastapi, uvicorn missing). Install it: ")
    assert "pip install 'gradelab[lab]'" in line


def test_what_the_lab_needs_is_what_the_package_declares() -> None:
    project = tomllib.loads((Path(__file__).parents[3] / "pyproject.toml").read_text(encoding="utf-8"))
    declared = {re.split(r"[>;=]", each)[0] for each in project["project"]["optional-dependencies"]["lab"]}
    only_faster = {"httptools", "uvloop"}
    modules = {"graphql-core": "graphql", "pyyaml": "yaml", "sse-starlette": "sse_starlette"}
    assert {modules.get(name, name) for name in declared - only_faster} == set(entry.LAB)


def test_a_mutant_run_ends_with_who_caught_it_and_shows_the_rule_as_broken(gradelab: Gradelab) -> None:
    said = gradelab("run", "--in-process", "--mutant", "status-alone-travels")
    assert said.code == 1
    seed, broken = said.out.splitlines()[:2]
    assert seed.startswith("Seed 7. ")
    assert broken.startswith("Broken on purpose: ")
    row = next(line for line in said.out.splitlines() if line.startswith("STATUS-CHANGE-NOT-RESENT "))
    assert row.endswith(" broken")
    assert said.out.splitlines()[-1].startswith('Caught by "A status alone is not sent"')


def test_a_mutant_that_no_story_catches_says_so(gradelab: Gradelab) -> None:
    said = gradelab("run", "--in-process", "--mutant", "status-alone-travels", "--only", "naming")
    assert said.code == 0
    assert said.out.splitlines()[-1].startswith("Caught by no story: status-alone-travels breaks")


def test_reports_say_that_something_was_broken_on_purpose(gradelab: Gradelab, tmp_path: Path) -> None:
    gradelab("run", "--in-process", "--mutant", "status-alone-travels", "--only", ONE, "--report-dir", "told")
    page = (tmp_path / "told" / "report.html").read_text(encoding="utf-8")
    assert "Broken on purpose" in page
    assert "Caught by" in page
    assert f"--only {ONE} --seed 7 --in-process --mutant status-alone-travels" in page
    assert 'value="status-alone-travels"' in (tmp_path / "told" / "junit.xml").read_text(encoding="utf-8")
    first = (tmp_path / "told" / "events.ndjson").read_text(encoding="utf-8").splitlines()[0]
    assert '"mutant": "status-alone-travels"' in first


def test_an_ordinary_report_says_nothing_of_mutants(gradelab: Gradelab, tmp_path: Path) -> None:
    gradelab("run", "--in-process", "--only", ONE, "--report-dir", "told")
    assert "Broken on purpose" not in (tmp_path / "told" / "report.html").read_text(encoding="utf-8")


def test_the_table_of_a_run_has_the_order_of_the_catalogue_fits_and_has_no_blanks_at_the_ends(
    gradelab: Gradelab,
) -> None:
    lines = gradelab("run", "--in-process", "--only", "sending", "--only", "locks").out.splitlines()
    table = lines[lines.index("What was proved") + 2 :]
    ids = [rule.id for rule in RULES]
    told = [line.split()[0] for line in table if line.split() and line.split()[0] in ids]
    assert told == sorted(told, key=ids.index)
    assert len(told) > 5
    assert max(map(len, table)) <= 80
    assert [line for line in lines if line != line.rstrip()] == []


def test_the_list_of_rules_tells_confidence_families_and_how_many_there_are(gradelab: Gradelab) -> None:
    said = gradelab("rules")
    lines = said.out.splitlines()
    for rule in RULES:
        (row,) = (line for line in lines if line.split()[:1] == [rule.id])
        assert rule.confidence.value in row
    assert f"{len(RULES)} rules (" in said.out
    assert f"{len(STORIES)} stories" in said.out
    assert "Families of stories: setup, naming," in said.out
    assert max(map(len, lines)) <= 81
    assert [line for line in lines if line != line.rstrip()] == []


def test_one_rule_is_told_in_full(gradelab: Gradelab) -> None:
    told = gradelab("rules", "score-sent-once").out
    assert "A second post of an unchanged class writes nothing" in told
    assert "Kern High School District" in told
    assert "everything-sent-again" in told
    assert "gradelab run --only SCORE-SENT-ONCE" in told


def test_steps_that_are_told_read_as_sentences(gradelab: Gradelab) -> None:
    told = gradelab("run", "--in-process", "--verbose").out
    assert ".:" not in told
    assert "0:00:00" not in told
    assert "1 day passes" in told
    assert "16 hours pass" in told


def test_a_profile_tells_the_settings_of_the_engine_that_go_with_it(gradelab: Gradelab) -> None:
    shown = gradelab("profiles", "ttsd_2024").out
    assert "With it go these settings of gradesync: remaster_clears_deleted_scores = true" in shown
    assert json.loads(gradelab("profiles", "midland", "--json").out)["gradesync"] == {"nightly_sync": True}
    assert "settings of gradesync" not in gradelab("profiles", "khsd").out
