"""Where a world is entered, and with what: the URLs and credentials that a client needs.

All of it is made up and worth nothing anywhere else; still no `repr` shows a secret. Clients of the control
API use these values too, so nothing heavy is imported here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from simulator.addresses import Addresses
    from simulator.world import World

ONEROSTER_PATH = "/ims/oneroster/v1p1"
TOKEN_PATH = "/oauth/token"  # noqa: S105 - a path, not a token
TEACHERVUE_PATH = "/teachervue"


@dataclass(frozen=True, slots=True)
class TeacherDoor:
    """A teacher in Canvas."""

    name: str
    token: str = field(repr=False)
    courses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CanvasDoor:
    """Canvas: its base URL, to which `/api/v1` is added, and who may come in."""

    url: str
    teachers: tuple[TeacherDoor, ...]
    admin_token: str = field(repr=False)

    @property
    def teacher_token(self) -> str:
        """The first teacher's."""
        return self.teachers[0].token


@dataclass(frozen=True, slots=True)
class OneRosterDoor:
    """Synergy's OneRoster 1.1 API, and the OAuth 2 client that may use it."""

    url: str
    token_url: str
    client_id: str
    client_secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class TeacherVueDoor:
    """The teacher's side of Synergy."""

    url: str
    token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Doors:
    """All doors of one world."""

    canvas: CanvasDoor
    oneroster: OneRosterDoor
    teachervue: TeacherVueDoor

    def as_dict(self) -> dict[str, Any]:
        """JSON-ready values, secrets and all: for a file that only its owner reads."""
        return {
            "canvas": {
                "url": self.canvas.url,
                "teacher_token": self.canvas.teacher_token,
                "admin_token": self.canvas.admin_token,
                "teachers": [
                    {"name": each.name, "token": each.token, "courses": list(each.courses)}
                    for each in self.canvas.teachers
                ],
            },
            "oneroster": {
                "url": self.oneroster.url,
                "token_url": self.oneroster.token_url,
                "client_id": self.oneroster.client_id,
                "client_secret": self.oneroster.client_secret,
            },
            "teachervue": {"url": self.teachervue.url, "token": self.teachervue.token},
        }


def doors_of(world: World, addresses: Addresses) -> Doors:
    """The doors of a world on these servers."""
    credentials, school = world.credentials, world.school
    synergy = addresses.synergy_of(world)
    taught: dict[str, list[str]] = {}
    for course in school.courses:
        taught.setdefault(course.teacher.guid, []).append(course.name)
    teachers = tuple(
        TeacherDoor(teacher.name, token, tuple(taught.get(teacher.guid, ())))
        for teacher, token in zip(school.teachers, credentials.teacher_tokens, strict=True)
    )
    return Doors(
        CanvasDoor(addresses.canvas_of(world), teachers, credentials.admin_token),
        OneRosterDoor(
            synergy + ONEROSTER_PATH, synergy + TOKEN_PATH, credentials.client_id, credentials.client_secret
        ),
        TeacherVueDoor(synergy + TEACHERVUE_PATH, credentials.teachervue_token),
    )
