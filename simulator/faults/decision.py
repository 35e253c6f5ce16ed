"""Whether a planned fault strikes a request: a pure decision, and what it makes of the counts.

The same standings, the same request and the same die give the same decision. What bites: the first fault of
the plan that can strike does, and those after it do not see that request; a storm or a restart that goes on
comes before them all.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from simulator.faults.kinds import Lost, Restart, Shifting, Stale, TokenExpires, Twice, exchanges_of
from simulator.faults.plan import Asked, Fault

Die: TypeAlias = Callable[[str, int], float]
"""Throws a number from 0 up to, and never, 1 for a fault's name and the number of the request that fits."""


_REFUSED = 400
"""An answer with this status or a higher one acknowledges nothing."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a planned fault stands.

    Attributes:
        seen: How many requests fitted so far.
        struck: How often it struck.
        left: How many exchanges the present storm or restart still takes.
        at: The system where it goes on.
    """

    fault: Fault
    seen: int = 0
    struck: int = 0
    left: int = 0
    at: str = ""

    @property
    def is_spent(self) -> bool:
        """Whether it will begin no more."""
        return self.fault.times is not None and self.struck >= self.fault.times


@dataclass(frozen=True, slots=True)
class Strike:
    """A fault is done to this exchange.

    Attributes:
        step: 0 for the first exchange that it takes, 1 for the next...
        number: How often it has struck by now.
    """

    fault: Fault
    step: int = 0
    number: int = 1


@dataclass(frozen=True, slots=True)
class Decision:
    """What is done to a request, and how the plan stands afterwards."""

    standings: tuple[Standing, ...]
    strike: Strike | None = None


def decide(standings: Sequence[Standing], asked: Asked, die: Die) -> Decision:
    """Decide what is done to one request."""
    after = list(standings)
    for index, standing in enumerate(after):
        if standing.left and _goes_on_at(standing, asked.system):
            after[index] = replace(standing, left=standing.left - 1)
            step = exchanges_of(standing.fault.does) - standing.left
            return Decision(tuple(after), Strike(standing.fault, step, standing.struck))
    for index, standing in enumerate(after):
        if standing.is_spent or not _can_strike(standing.fault, asked):
            continue
        after[index] = replace(standing, seen=standing.seen + 1)
        if _is_due(after[index], die):
            after[index] = _begun(after[index], asked.system)
            return Decision(tuple(after), Strike(standing.fault, number=after[index].struck))
    return Decision(tuple(after))


def wants_rehearsal(standings: Sequence[Standing], asked: Asked) -> bool:
    """Whether what is done to a request cannot be decided before it was carried out."""
    return any(
        (standing.fault.match.needs_handling or isinstance(standing.fault.does, Lost))
        and not standing.is_spent
        and standing.fault.match.fits_outside(asked)
        for standing in standings
    ) and not any(standing.left and _goes_on_at(standing, asked.system) for standing in standings)


def server_of(system: str) -> str:
    """Which server a system is on: both faces of Synergy are on one."""
    return "canvas" if system == "canvas" else "synergy"


def _can_strike(fault: Fault, asked: Asked) -> bool:
    """Whether a fault is meant for this request, and can be done to it at all."""
    if not fault.match.fits(asked):
        return False
    match fault.does:
        case Lost() | Twice() as does:
            return asked.writes and (isinstance(does, Twice) or asked.status < _REFUSED)
        case Shifting():
            return asked.numbered_page and not asked.writes
        case Stale(seconds=seconds):
            written = asked.written_seconds_ago
            return not asked.writes and written is not None and written < seconds
        case TokenExpires():
            return asked.system != "teachervue" and asked.carries_token
        case _:
            return True


def _is_due(standing: Standing, die: Die) -> bool:
    fault = standing.fault
    if fault.match.nth:
        if standing.seen != fault.match.nth:
            return False
    elif standing.seen <= fault.after:
        return False
    return fault.probability >= 1 or die(fault.name, standing.seen) < fault.probability


def _begun(standing: Standing, system: str) -> Standing:
    left = exchanges_of(standing.fault.does) - 1
    return replace(standing, struck=standing.struck + 1, left=left, at=system if left else "")


def _goes_on_at(standing: Standing, system: str) -> bool:
    """A restart takes the whole server, a storm the system that it is at."""
    if isinstance(standing.fault.does, Restart):
        return server_of(standing.at) == server_of(system)
    return standing.at == system
