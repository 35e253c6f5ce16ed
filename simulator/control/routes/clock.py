"""A world's clock: read, moved, put wrong for one system, let jump by itself; and what is to come."""

from __future__ import annotations

from datetime import timedelta
from itertools import islice

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from simulator.clock import ClockError
from simulator.control.answers import bad, not_there, told
from simulator.control.asking import body_of, question_of, world_of
from simulator.control.bodies import ADVANCE_MAX, Advance, NewAutojump, NewSkew
from simulator.control.questions import AppointmentsQuestion, Nothing
from simulator.control.views import SYSTEMS, appointment_view, clock_view, happened_view
from simulator.waiting import OVER_SOCKETS
from simulator.world import World


async def read_clock(request: Request) -> Response:
    """Where the clock stands and what comes next."""
    question_of(request, Nothing)
    return told(clock_view(world_of(request)))


async def advance_clock(request: Request) -> Response:
    """Move it, through all that happens on the way."""
    world = world_of(request)
    wanted = await body_of(request, Advance)
    since = len(world.journal)
    _advance(world, wanted)
    return told({**clock_view(world), "happened": happened_view(world, since)})


async def list_appointments(request: Request) -> Response:
    """What is to come, soonest first."""
    question = question_of(request, AppointmentsQuestion)
    schedule = world_of(request).clock.schedule
    soonest = islice(schedule.upcoming(), question.limit)
    return told({"appointments": [appointment_view(each) for each in soonest], "total": len(schedule)})


async def set_skew(request: Request) -> Response:
    """Put a system's clock wrong from now on."""
    world, system = world_of(request), request.path_params["system"]
    if system not in SYSTEMS:
        raise not_there(f'There is no system "{system}". There are: {", ".join(SYSTEMS)}.')
    wanted = await body_of(request, NewSkew)
    drift = timedelta(seconds=wanted.drift_seconds_a_day)
    try:
        world.clock.set_skew(system, ahead=timedelta(seconds=wanted.ahead_seconds), drift_a_day=drift)
    except ClockError as error:
        raise bad("ahead_seconds", f"{error}.") from error
    words = (
        f"The clock of {system} is {wanted.ahead_seconds:+g} s off, and {drift.total_seconds():+g} s a day"
    )
    world.journal.note_world_step("skew", words, "control")
    return told(clock_view(world))


async def set_autojump(request: Request) -> Response:
    """Let the clock jump by itself when everything waits, or no longer."""
    world = world_of(request)
    wanted = await body_of(request, NewAutojump)
    world.waiting.autojump = OVER_SOCKETS if wanted.on else None
    with world.waiting.busy():
        pass  # whoever waits already waits for a jump from now on
    words = "The clock jumps by itself when everything waits" if wanted.on else "The clock moves by hand only"
    world.journal.note_world_step("autojump", words, "control")
    return told(clock_view(world))


def _advance(world: World, wanted: Advance) -> None:
    """Move the clock in the one way that the body names.

    Raises:
        ControlError: If it cannot be moved so.
    """
    if wanted.to_next:
        world.clock.advance_to_next(who="control")
        return
    given = next(name for name in ("seconds", "by", "to") if getattr(wanted, name) is not None)
    target = wanted.to
    if target is not None and target - world.clock.now() > ADVANCE_MAX:
        raise bad("to", f"must be within {ADVANCE_MAX.days} days from now; move in smaller steps.")
    by = wanted.by if wanted.by is not None else timedelta(seconds=wanted.seconds or 0.0)
    try:
        if target is not None:
            world.clock.advance_to(target, who="control")
        else:
            world.clock.advance(by, who="control")
    except ClockError as error:
        raise bad(given, f"{error}.") from error


ROUTES = (
    Route("/_sim/worlds/{name}/clock", read_clock, methods=["GET"]),
    Route("/_sim/worlds/{name}/clock/advance", advance_clock, methods=["POST"]),
    Route("/_sim/worlds/{name}/clock/appointments", list_appointments, methods=["GET"]),
    Route("/_sim/worlds/{name}/clock/systems/{system}", set_skew, methods=["PUT"]),
    Route("/_sim/worlds/{name}/clock/autojump", set_autojump, methods=["PUT"]),
)
