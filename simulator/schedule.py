"""What is to happen in a world, and when: appointments as values, nothing that runs.

What lives here: the order of what is to come. What must never be here: what happens then; `happenings.py`
knows that. An appointment names what it is about by a key, so that a snapshot of the schedule is a copy.
"""

from __future__ import annotations

import bisect
from dataclasses import dataclass, replace
from datetime import datetime

APPOINTMENTS_MAX = 100_000
"""So many things may be to come in one world."""


@dataclass(frozen=True, slots=True, order=True)
class Appointment:
    """Something that happens when the clock passes `at`.

    `kind` says what ("roster feed", "grading period closes", "access token expires"), `key` which one. Of two
    at the same instant the one made first comes first.
    """

    at: datetime
    number: int
    kind: str
    key: str = ""


class TooManyAppointmentsError(Exception):
    """Something makes appointments without end.

    Nothing that a client does may fill the schedule: whoever makes appointments for clients bounds them.
    """


class Schedule:
    """What is to come, soonest first."""

    def __init__(self) -> None:
        self._appointments: list[Appointment] = []
        self._made = 0

    def make(self, at: datetime, kind: str, key: str = "") -> Appointment:
        """Note that something is to happen.

        Raises:
            TooManyAppointmentsError: If there are `APPOINTMENTS_MAX` already.
        """
        if len(self._appointments) >= APPOINTMENTS_MAX:
            raise TooManyAppointmentsError(
                f"{APPOINTMENTS_MAX} things are to happen already; no room for {kind}"
            )
        self._made += 1
        appointment = Appointment(at, self._made, kind, key)
        bisect.insort(self._appointments, appointment)
        return appointment

    def drop(self, kind: str) -> None:
        """Nothing of this kind is to happen any more."""
        self._appointments = [each for each in self._appointments if each.kind != kind]

    def put_off(self, appointment: Appointment, at: datetime) -> None:
        """Have something happen at another time than was thought, later or sooner."""
        self._appointments.remove(appointment)
        bisect.insort(self._appointments, replace(appointment, at=at))

    def next(self) -> Appointment | None:
        """What comes first."""
        return self._appointments[0] if self._appointments else None

    def take_due(self, until: datetime) -> Appointment | None:
        """Take out what comes first, if it comes at `until` or before."""
        if not self._appointments or self._appointments[0].at > until:
            return None
        return self._appointments.pop(0)

    def upcoming(self) -> tuple[Appointment, ...]:
        """All that is to come, soonest first."""
        return tuple(self._appointments)

    def freeze(self) -> tuple[int, tuple[Appointment, ...]]:
        """The schedule as a value."""
        return self._made, tuple(self._appointments)

    def thaw(self, frozen: tuple[int, tuple[Appointment, ...]]) -> None:
        """Be as that schedule was."""
        self._made, appointments = frozen
        self._appointments = list(appointments)

    def __len__(self) -> int:
        return len(self._appointments)

    def __repr__(self) -> str:
        return f"Schedule({self._appointments[:3]!r}{', ...' if len(self) > 3 else ''})"
