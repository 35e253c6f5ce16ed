"""The account and its terms on the wire, and what was told about passing back grades.

Source: Canvas source, `lib/api/v1/account` and `enrollment_term`, account settings, post grades status.
"""

from __future__ import annotations

from typing import Any

from simulator.canvas.model import Account, PassbackStatus, Term
from simulator.canvas.rules.posting import FLAGS
from simulator.canvas.views.wire import moment

_OPEN = frozenset({"disable_post_to_sis_when_grading_period_closed"})
"""Settings of the root account alone: nobody is below it to lock them for."""


def account_json(account: Account, *, time_zone: str) -> dict[str, Any]:
    """The root account, as its administrator sees it."""
    return {
        "id": account.id,
        "name": account.name,
        "workflow_state": "active",
        "parent_account_id": None,
        "root_account_id": None,
        "uuid": f"account-{account.id}",
        "default_storage_quota_mb": 500,
        "default_user_storage_quota_mb": 50,
        "default_group_storage_quota_mb": 50,
        "default_time_zone": time_zone,
        "sis_account_id": None,
        "sis_import_id": None,
        "integration_id": None,
    }


def term_json(term: Term, *, period_set_id: int | None) -> dict[str, Any]:
    """A term; `period_set_id` is the set of grading periods that its courses use."""
    return {
        "id": term.id,
        "name": term.name,
        "start_at": moment(term.starts_at),
        "end_at": moment(term.ends_at),
        "created_at": moment(term.created_at),
        "workflow_state": "active",
        "grading_period_group_id": period_set_id,
        "sis_term_id": term.sis_term_id,
        "sis_import_id": None,
    }


def passback_status_json(status: PassbackStatus | None) -> dict[str, Any] | None:
    """What was last told about passing back the grades of a course or section, null where nothing was."""
    if status is None:
        return None
    return {
        "id": status.id,
        "course_id": status.course_id,
        "course_section_id": status.section_id,
        "status": status.status,
        "message": status.message,
        "grades_posted_at": moment(status.grades_posted_at),
    }


def settings_json(account: Account) -> dict[str, Any]:
    """What was decided about the SIS; a setting that lower accounts inherit has a value and a lock."""
    shown: dict[str, Any] = {}
    for name in FLAGS:
        value = getattr(account, name)
        shown[name] = value if name in _OPEN else {"value": value, "locked": name in account.locked}
    shown["sis_assignment_name_length_input"] = {
        "value": account.sis_assignment_name_length_input,
        "locked": "sis_assignment_name_length_input" in account.locked,
    }
    shown["sis_name"] = account.sis_name
    return shown
