"""What happens by itself in a world when its clock comes to an appointment.

What lives here: for each kind of appointment what is done then, the sentence that the journal keeps of it,
and when it comes again. What must never be here: waiting, and anything that a client asks for.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, TypeAlias

from simulator.canvas.lateness import next_missing_look, score_missing
from simulator.canvas.unmarking import next_run, take_marks_off
from simulator.canvas.working import do_what_is_due
from simulator.local_time import end_of_day, next_daily
from simulator.schedule import Appointment
from simulator.synergy import office

if TYPE_CHECKING:
    from simulator.clock import Skew
    from simulator.world import World

ROSTER_FEED = "roster feed"
PERIOD_CLOSES = "grading period closes"
TOKENS_EXPIRE = "access tokens expire"
MARKS_COME_OFF = "sync marks come off"
CANVAS_JOBS = "Canvas jobs end"
MISSING_WORK = "missing work is scored"

Happen: TypeAlias = Callable[["World", Appointment], str]
"""Does what is to be done and tells it in a sentence, "" where there is nothing to tell."""


def make_first_appointments(world: World) -> None:
    """What is to come in a world that begins.

    The next night's roster feed, and the end of each grading period.
    """
    synergy = world.synergy
    _appoint(world, ROSTER_FEED, _next_night(world))
    for period in synergy.grading_periods():
        over = end_of_day(period.ends, synergy.zone)
        if over > synergy.clock.now():
            _appoint(world, PERIOD_CLOSES, over, period.guid)


def clock_was_put_wrong(world: World, system: str, before: Skew) -> None:
    """A system's clock shows another time than it did: what is to happen there happens when it shows it."""
    schedule = world.clock.schedule
    for each in schedule.upcoming():
        if _HAPPENS_IN[each.kind] == system:
            shown = each.at + before.at(each.at)
            schedule.put_off(each, _when_shown(world, system, shown))


def note_token(world: World, expires_at: datetime) -> None:
    """A token of Synergy's will expire: be there when it does. One appointment stands for all tokens."""
    _appoint_the_first(world, TOKENS_EXPIRE, expires_at)


def note_job(world: World, due_at: datetime) -> None:
    """A job of Canvas's is to be done: be there then. One appointment stands for all jobs."""
    _appoint_the_first(world, CANVAS_JOBS, due_at)


def note_sync_marks(world: World) -> None:
    """Sync marks may come off in Canvas at another time than was thought: be there when its job finds some.

    The job runs every few minutes; one appointment stands for the next run that matters.
    """
    world.clock.schedule.drop(MARKS_COME_OFF)
    at = next_run(world.canvas)
    if at is not None:
        _appoint_again(world, MARKS_COME_OFF, at)


def note_missing_work(world: World) -> None:
    """Other work may go missing in Canvas than was thought: be there when its job finds some.

    The job runs every few minutes, and most of its runs find nothing. One appointment stands for the next run
    that does, so that a year goes by quickly and "the next thing to happen" is one that matters.
    """
    world.clock.schedule.drop(MISSING_WORK)
    at = next_missing_look(world.canvas)
    if at is not None:
        _appoint_again(world, MISSING_WORK, at)


def keep(world: World, appointment: Appointment) -> None:
    """Let what was to happen happen, and note it."""
    words = _HAPPEN[appointment.kind](world, appointment)
    if words:
        world.journal.note_happening(appointment.kind, words)


def _appoint(world: World, kind: str, shown: datetime, key: str = "") -> None:
    """Have something happen when the clock of its own system shows this time."""
    world.clock.schedule.make(_when_shown(world, _HAPPENS_IN[kind], shown), kind, key)


def _appoint_the_first(world: World, kind: str, shown: datetime) -> None:
    """The same for the first of several: after a clock was put back, what is asked for later comes sooner."""
    schedule, at = world.clock.schedule, _when_shown(world, _HAPPENS_IN[kind], shown)
    standing = next((each for each in schedule.upcoming() if each.kind == kind), None)
    if standing is None:
        schedule.make(at, kind)
    elif at < standing.at:
        schedule.put_off(standing, at)


def _appoint_again(world: World, kind: str, shown: datetime) -> None:
    """The same for what happens again and again: not in this very instant, or it would have no end."""
    at = _when_shown(world, _HAPPENS_IN[kind], shown)
    world.clock.schedule.make(max(world.clock.now() + timedelta(seconds=1), at), kind)


def _when_shown(world: World, system: str, shown: datetime) -> datetime:
    """The world's instant for a system's own; what it has passed already is to happen now."""
    return max(world.clock.now(), world.clock.skew_of(system).when_it_shows(shown))


def _next_night(world: World) -> datetime:
    """When the next night's feed runs, by Synergy's own clock; a night that is just now is not the next."""
    synergy = world.synergy
    after = synergy.clock.now() + timedelta(seconds=1)
    return next_daily(after, time(world.profile.roster_feed_hour), synergy.zone)


def _feed_roster(world: World, _appointment: Appointment) -> str:
    _appoint_again(world, ROSTER_FEED, _next_night(world))
    return world.feed_roster()


def _close_period(world: World, appointment: Appointment) -> str:
    return office.end_period(world.synergy, appointment.key)


def _expire_tokens(world: World, _appointment: Appointment) -> str:
    gone = world.synergy.expire_tokens()
    left = [each.expires_at for each in world.synergy.tokens.values()]
    if left:
        _appoint_again(world, TOKENS_EXPIRE, min(left))
    return f"{gone} OneRoster access token{'s' if gone > 1 else ''} expired" if gone else ""


def _do_canvas_jobs(world: World, _appointment: Appointment) -> str:
    done = do_what_is_due(world.canvas)
    left = [each.due_at for each in world.canvas.jobs.that_wait_for_time()]
    if left:
        _appoint_again(world, CANVAS_JOBS, min(left))
    told = ", ".join(f"{each.tag} {each.id} ({each.workflow_state})" for each in done)
    return f"Canvas did what it had put off: {told}" if told else ""


def _take_marks_off(world: World, _appointment: Appointment) -> str:
    count = take_marks_off(world.canvas)
    note_sync_marks(world)
    marks = "mark" if count == 1 else "marks"
    return f"A grading period is closed in Canvas; it took off {count} sync {marks}" if count else ""


def _score_missing_work(world: World, _appointment: Appointment) -> str:
    scored = score_missing(world.canvas)
    note_missing_work(world)
    rows = "submission that was" if scored == 1 else "submissions that were"
    return f"The late policy scored {scored} {rows} not handed in" if scored else ""


_HAPPEN: dict[str, Happen] = {
    ROSTER_FEED: _feed_roster,
    PERIOD_CLOSES: _close_period,
    TOKENS_EXPIRE: _expire_tokens,
    MARKS_COME_OFF: _take_marks_off,
    CANVAS_JOBS: _do_canvas_jobs,
    MISSING_WORK: _score_missing_work,
}
_HAPPENS_IN: dict[str, str] = {
    ROSTER_FEED: "synergy",
    PERIOD_CLOSES: "synergy",
    TOKENS_EXPIRE: "synergy",
    MARKS_COME_OFF: "canvas",
    CANVAS_JOBS: "canvas",
    MISSING_WORK: "canvas",
}
"""The system whose clock says when."""
KINDS: tuple[str, ...] = tuple(_HAPPEN)
"""What may be to come in a world."""
