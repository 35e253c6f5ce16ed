"""Grading periods: those of a course, to read; the account's sets of them, to read, make and fill.

What is not here yet, deleting and changing them one by one, is answered as what is not simulated.
"""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from simulator.canvas import errors
from simulator.canvas.model import TERM_ID, GradingPeriod, GradingPeriodSet
from simulator.canvas.params import as_flag, as_hash, as_integer, as_text
from simulator.canvas.rack import Params
from simulator.canvas.routes.entry import Call, Opened
from simulator.canvas.routes.lookup import course_named, own_account, period_of_courses, period_set_named
from simulator.canvas.rules.assignments import Fault
from simulator.canvas.rules.grading_periods import revise_periods
from simulator.canvas.rules.posting import NAME_LENGTH_MAX
from simulator.canvas.views.grading_periods import grading_periods_json, period_set_json

router = APIRouter()

_PERIODS, _SETS, _SET = "grading_periods", "grading_period_sets", "grading_period_set"
_INVALID = 422


@router.get("/courses/{course_id}/grading_periods")
async def list_grading_periods(course_id: str, call: Opened) -> Response:
    """The periods of a course: those of the set that its term uses."""
    course_named(call, course_id)
    shown = grading_periods_json(call.store.grading_periods.of_courses(), now=call.now, may_change=False)
    return call.rooted(
        _PERIODS,
        shown,
        lambda each: each,
        grading_periods_read_only=True,
        can_create_grading_periods=False,
    )


@router.get("/courses/{course_id}/grading_periods/{period_id}")
async def get_grading_period(course_id: str, period_id: str, call: Opened) -> Response:
    """One period, under the same root."""
    course_named(call, course_id)
    wanted = period_of_courses(call, period_id)
    shown = grading_periods_json(call.store.grading_periods.of_courses(), now=call.now, may_change=False)
    return call.answer({_PERIODS: [each for each in shown if each["id"] == str(wanted.id)]})


@router.get("/accounts/{account_id}/grading_period_sets")
async def list_grading_period_sets(account_id: str, call: Opened) -> Response:
    """The sets of the account."""
    own_account(call, account_id)
    return call.rooted(_SETS, call.store.grading_periods.sets(), lambda each: _show(call, each))


@router.post("/accounts/{account_id}/grading_period_sets")
async def create_grading_period_set(account_id: str, call: Opened) -> Response:
    """Make a set without periods, for the terms that are named."""
    own_account(call, account_id)
    wanted = as_hash(call.params.get(_SET))
    title = _title(wanted)
    terms = {as_integer(text) for text in call.words("enrollment_term_ids")}
    if not terms <= {TERM_ID}:
        raise errors.not_found()
    made = call.store.grading_periods.add_set(
        title,
        is_weighted=as_flag(wanted.get("weighted")),
        shows_all_totals=as_flag(wanted.get("display_totals_for_all_grading_periods")),
        term_ids=(TERM_ID,) if terms else (),
        now=call.now,
    )
    return call.answer({_SET: _show(call, made)}, call.store.profile.canvas_period_set_created_status)


@router.patch("/grading_period_sets/{set_id}/grading_periods/batch_update")
async def update_grading_periods(set_id: str, call: Opened) -> Response:
    """Change periods of a set, and add those that come without an id; all of them, or none."""
    found = period_set_named(call, set_id)
    periods = call.store.grading_periods
    present = periods.of_set(found)
    wanted = _hashes(call, present)
    edit = revise_periods(found.id, present, wanted, call.store.zone)
    if edit.fault is not None:
        raise errors.invalid_record(_INVALID, edit.fault)
    changed = {each.id for each in periods.put(edit.periods)}
    shown = grading_periods_json(periods.of_set(found), now=call.now, may_change=True)
    return call.answer({_PERIODS: [each for each in shown if int(each["id"]) in changed]})


def _title(wanted: Params) -> str:
    title = (as_text(wanted.get("title")) or "").strip()
    if not title:
        raise errors.invalid_record(_INVALID, Fault("title", "title", "can't be blank", "blank"))
    if len(title) > NAME_LENGTH_MAX:
        message = f"is too long (maximum is {NAME_LENGTH_MAX} characters)"
        raise errors.invalid_record(_INVALID, Fault("title", "title", message, "too_long"))
    return title


def _hashes(call: Call, present: tuple[GradingPeriod, ...]) -> list[Params]:
    """What was sent for each period; an id that the set does not have is not there."""
    sent = call.params.get(_PERIODS)
    wanted = [as_hash(each) for each in sent] if isinstance(sent, list) else []
    if not wanted:
        raise errors.missing(_PERIODS)
    known = {str(each.id) for each in present}
    if not {as_text(each["id"]) for each in wanted if as_text(each.get("id"))} <= known:
        raise errors.not_found()
    return wanted


def _show(call: Call, found: GradingPeriodSet) -> dict[str, object]:
    return period_set_json(found, call.store.grading_periods.of_set(found), now=call.now)
