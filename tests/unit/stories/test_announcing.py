from __future__ import annotations

import stat
from pathlib import Path

import pytest

from scenarios.announcing import (
    CONFIG_MARK,
    FileRefusedError,
    require_free_or_ours,
    take_away,
    there_meanwhile,
    write_whole,
)

OURS = '{"seed": 7, "written_by": "gradelab serve"}'


@pytest.mark.parametrize("text", [OURS, f"{CONFIG_MARK}: a configuration\n"])
def test_what_serve_wrote_before_may_be_written_over(tmp_path: Path, text: str) -> None:
    file = tmp_path / "file"
    file.write_text(text, encoding="utf-8")
    require_free_or_ours(file)
    require_free_or_ours(tmp_path / "absent")
    require_free_or_ours(None)


@pytest.mark.parametrize("text", ["[districts.valley]\n", "{}", "[1]", "", f"# mine\n{CONFIG_MARK}"])
def test_what_somebody_else_wrote_is_left_alone(tmp_path: Path, text: str) -> None:
    file = tmp_path / "gradesync.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(FileRefusedError, match=r"gradesync\.toml exists, and gradelab did not write it"):
        require_free_or_ours(file)
    assert file.read_text(encoding="utf-8") == text


def test_a_file_that_is_no_text_is_somebody_elses(tmp_path: Path) -> None:
    (tmp_path / "picture").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(FileRefusedError, match="did not write it"):
        require_free_or_ours(tmp_path / "picture")


def test_a_folder_that_is_not_there_and_a_folder_in_place_of_the_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(FileRefusedError, match="does not exist"):
        require_free_or_ours(tmp_path / "absent" / "ready.json")
    with pytest.raises(FileRefusedError, match="cannot be written"):
        require_free_or_ours(tmp_path)


def test_a_file_is_written_whole_for_its_owner_only_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    write_whole(tmp_path / "ready.json", OURS)
    assert (tmp_path / "ready.json").read_text(encoding="utf-8") == OURS
    assert stat.S_IMODE((tmp_path / "ready.json").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["ready.json"]


def test_what_cannot_be_written_says_so_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(FileRefusedError, match="cannot be written"):
        write_whole(tmp_path / ("a" * 300), OURS)
    (tmp_path / "folder").mkdir()
    with pytest.raises(FileRefusedError, match="cannot be written"):
        write_whole(tmp_path / "folder", OURS)
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]


def test_a_file_is_there_for_the_length_of_the_block(tmp_path: Path) -> None:
    file = tmp_path / "ready.json"
    with there_meanwhile(file, OURS):
        assert file.exists()
    assert not file.exists()


def test_a_file_that_another_start_took_over_is_not_taken_away(tmp_path: Path) -> None:
    file = tmp_path / "ready.json"
    with there_meanwhile(file, OURS):
        write_whole(file, OURS.replace("7", "8"))
    assert "8" in file.read_text(encoding="utf-8")


def test_what_an_earlier_start_left_is_taken_away(tmp_path: Path) -> None:
    write_whole(tmp_path / "ready.json", OURS)
    take_away(tmp_path / "ready.json")
    take_away(tmp_path / "ready.json")
    take_away(None)
    assert list(tmp_path.iterdir()) == []
