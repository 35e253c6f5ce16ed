"""What a world may start from, as somebody types it: a name, a name with a size, or a world file.

What lives here: the front for the command line and for HTTP. What bites: whoever may name a file here learns
what is wrong in it, word for word, so a server lets nobody but its owner do that (`files=False`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal, TypeAlias

from simulator.schools.district import district_of
from simulator.schools.empty import empty_school_of
from simulator.schools.errors import StartError
from simulator.schools.model import School
from simulator.schools.size import DistrictSize
from simulator.schools.small import school_of
from simulator.schools.wording import nearest, on_one_line, quoted

StartKind: TypeAlias = Literal["school", "district", "empty", "file"]

START_NAMES: tuple[StartKind, ...] = ("school", "district", "empty")
FILES_KEPT_MAX = 4
"""So many world files are kept as schools, each as long as the file stays as it is."""

_FILE_ENDINGS = (".yaml", ".yml", ".json")


@dataclass(frozen=True, slots=True)
class Start:
    """What a world starts from. A district has a size, and a file has its path."""

    kind: StartKind = "school"
    size: DistrictSize | None = None
    file: Path | None = None

    def __post_init__(self) -> None:
        if (self.size is not None) != (self.kind == "district"):
            raise StartError(f"{self.kind}: a district has a size, and nothing else has one.")
        if (self.file is not None) != (self.kind == "file"):
            raise StartError(f"{self.kind}: the start file has a path, and nothing else has one.")

    def school(self, seed: int) -> School:
        """The school of this start and seed; equal ones are made once and kept for a while.

        Raises:
            SchoolFileError: If it is a world file that cannot be used.
        """
        if self.size is not None:
            return district_of(seed, self.size)
        if self.file is not None:
            return _school_in_file(self.file, seed, self.version)
        return empty_school_of(seed) if self.kind == "empty" else school_of(seed)

    @property
    def graded_per_course(self) -> int:
        """Assignments of each course on which every student has a grade when the world begins."""
        return 0 if self.size is None else self.size.graded_per_course

    @property
    def version(self) -> tuple[int, ...]:
        """What changes when the file does, so that an edited one is read again."""
        return () if self.file is None else _version_of(self.file)

    def __str__(self) -> str:
        """The text that `start_named` reads back."""
        if self.size is not None:
            return f"{self.kind}:{self.size}"
        return self.kind if self.file is None else str(self.file)


def start_named(text: str, *, files: bool = True) -> Start:
    """The start that a text names: `school`, `empty`, `district`, `district:sections=200`, or a file's path.

    A file is not read yet. One whose name is that of a start is reached by `./school`.

    Args:
        text: What somebody typed.
        files: Whether the text may be a path.

    Raises:
        StartError: If there is no such start. One line, which says what there is.
    """
    name, colon, size = text.strip().partition(":")
    if name == "district":
        return Start("district", size=DistrictSize.parse(size))
    if name in {"school", "empty"} and colon:
        raise StartError(f"{name}: it takes no size. Write {name}, or district:{on_one_line(size)}.")
    if name == "school":
        return Start("school")
    if name == "empty":
        return Start("empty")
    if files and (text.strip().lower().endswith(_FILE_ENDINGS) or _is_file(text.strip())):
        return Start("file", file=Path(text.strip()))
    kinds = ", ".join((*START_NAMES, "district:sections=200,students=30"))
    there_is = f"{kinds}, or the path of a world file" if files else kinds
    raise StartError(f"there is no start {quoted(text)}. {nearest(name, START_NAMES)}There is {there_is}.")


def _is_file(text: str) -> bool:
    try:
        return bool(text) and Path(text).is_file()
    except (OSError, ValueError):  # a name that no file can have
        return False


@lru_cache(maxsize=FILES_KEPT_MAX)
def _school_in_file(file: Path, seed: int, _version: tuple[int, ...]) -> School:
    from simulator.schools.worldfile import read_school_file  # noqa: PLC0415 - few worlds start from a file

    return read_school_file(file, seed)


def _version_of(file: Path) -> tuple[int, ...]:
    try:
        found = file.stat()
    except (OSError, ValueError):
        return ()  # it cannot be read, which `read_school_file` says best
    return found.st_dev, found.st_ino, found.st_mtime_ns, found.st_size
