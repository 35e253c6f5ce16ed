"""Grading periods: those of a course; those of the account, and its sets of them.

What bites: a course has the periods of its term, and whether they can be changed by way of the course is a
switch, because Canvas lets a course change only the periods of its own that old courses have.
"""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from simulator.canvas import errors
from simulator.canvas.model import Course, GradingPeriod, GradingPeriodSet
from simulator.canvas.params import as_flag, as_hash, as_integer, as_text
from simulator.canvas.rack import Params
from simulator.canvas.routes.entry import Call, Opened
from simulator.canvas.routes.lookup import (
    course_named,
    course_to_read,
    denied,
    own_account,
    period_of_courses,
    period_set_named,
    term_named,
)
from simulator.canvas.rules.assignments import Fault
from simulator.canvas.rules.grading_periods import revise_periods
from simulator.canvas.rules.posting import NAME_LENGTH_MAX
from simulator.canvas.views.grading_periods import grading_periods_json, period_set_json

router = APIRouter()

_PERIODS, _SETS, _SET = "grading_periods", "grading_period_sets", "grading_period_set"
_INVALID = 422


@router.get("/courses/{course_id}/grading_periods")
async def list_grading_periods(course_id: str, call: Opened) -> Response:
    """The periods of a course: those of the set that its term uses; for its students too."""
    course, _student_id = course_to_read(call, course_id)
    may_change = _may_change(call)
    return call.rooted(
        _PERIODS,
        _of_course(call, course),
        lambda each: each,
        grading_periods_read_only=not may_change,
        can_create_grading_periods=False,
    )


@router.get("/accounts/{account_id}/grading_periods")
async def list_account_grading_periods(account_id: str, call: Opened) -> Response:
    """Every period of the account, set by set."""
    own_account(call, account_id)
    periods = call.store.grading_periods
    shown = [
        each
        for one in periods.sets()
        for each in grading_periods_json(periods.of_set(one), now=call.now, may_change=True)
    ]
    return call.rooted(_PERIODS, shown, lambda each: each, can_create_grading_periods=True)


@router.get("/courses/{course_id}/grading_periods/{period_id}")
async def get_grading_period(course_id: str, period_id: str, call: Opened) -> Response:
    """One period, under the same root."""
    course, _student_id = course_to_read(call, course_id)
    return _answer_one(call, course, period_of_courses(call, period_id, course.term_id))


@router.put("/courses/{course_id}/grading_periods/{period_id}")
async def update_grading_period(course_id: str, period_id: str, call: Opened) -> Response:
    """Change one period by way of a course, where that can be done."""
    course = course_named(call, course_id)
    period = _changeable(call, course, period_id)
    sent = call.params.get(_PERIODS)
    wanted = as_hash(sent[0]) if isinstance(sent, list) and sent else {}
    if not wanted:
        raise errors.missing(_PERIODS)
    periods = call.store.grading_periods
    present = periods.of_courses(course.term_id)
    edit = revise_periods(period.set_id, present, [{**wanted, "id": period.id}], call.store.zone)
    if edit.fault is not None:
        raise errors.unsaved([edit.fault], _INVALID)
    periods.put(edit.periods)
    return _answer_one(call, course, period)


@router.delete("/courses/{course_id}/grading_periods/{period_id}")
async def delete_grading_period(course_id: str, period_id: str, call: Opened) -> Response:
    """Delete one period by way of a course, where that can be done."""
    period = _changeable(call, course_named(call, course_id), period_id)
    call.store.grading_periods.remove(period)
    return Response(status_code=204)


@router.delete("/accounts/{account_id}/grading_periods/{period_id}")
async def delete_account_grading_period(account_id: str, period_id: str, call: Opened) -> Response:
    """Delete one period of the account."""
    own_account(call, account_id)
    number = as_integer(period_id)
    periods = call.store.grading_periods
    found = next((each for each in periods.all() if each.id == number), None)
    if found is None:
        raise errors.not_found()
    periods.remove(found)
    return Response(status_code=204)


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
    terms = {term_named(call, text).id for text in call.words("enrollment_term_ids")}
    made = call.store.grading_periods.add_set(
        title,
        is_weighted=as_flag(wanted.get("weighted")),
        shows_all_totals=as_flag(wanted.get("display_totals_for_all_grading_periods")),
        term_ids=tuple(sorted(terms)),
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


def _may_change(call: Call) -> bool:
    """Whether the caller may change the account's periods by way of a course."""
    return call.actor.is_admin and call.store.profile.canvas_course_period_edits == "administrators"


def _changeable(call: Call, course: Course, text: str) -> GradingPeriod:
    """The period of a path that the caller may change.

    Raises:
        CanvasError: If it is not there, not to be changed by way of a course, or not theirs to change.
    """
    period = period_of_courses(call, text, course.term_id)
    if call.store.profile.canvas_course_period_edits == "not_found":
        raise errors.not_found()
    if not call.actor.is_admin:
        raise denied(call)
    return period


def _of_course(call: Call, course: Course) -> list[dict[str, Any]]:
    periods = call.store.grading_periods.of_courses(course.term_id)
    return grading_periods_json(periods, now=call.now, may_change=_may_change(call))


def _answer_one(call: Call, course: Course, period: GradingPeriod) -> Response:
    return call.answer(
        {_PERIODS: [each for each in _of_course(call, course) if each["id"] == str(period.id)]}
    )


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
