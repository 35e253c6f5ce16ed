"""No request, however malformed, makes Canvas answer 500: the client raises whatever an endpoint raises."""

import json
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

PLAIN = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10) | st.sampled_from(
    ["self", "all", "1001", "sis_user_id:x", "hex:sis_user_id:zz", "2026-09-14T00:00:00Z", "9" * 30, "1e999"]
)  # fmt: skip
VALUES = st.recursive(
    PLAIN,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
NAMES = {
    "assignment": [
        "name", "points_possible", "grading_type", "submission_types", "due_at", "lock_at",
        "assignment_group_id", "published", "post_to_sis", "position", "description", "post_manually",
        "anonymous_grading", "moderated_grading", "only_visible_to_overrides", "hide_in_gradebook",
        "assignment_overrides", "sis_assignment_id", "integration_id", "integration_data",
    ],
    "assignment_override": [
        "student_ids", "course_section_id", "group_id", "title", "due_at", "unlock_at", "lock_at",
        "unassign_item",
    ],
    "submission": ["posted_grade", "excuse", "late_policy_status", "seconds_late_override"],
    "enrollment": ["user_id", "type", "enrollment_state", "course_section_id"],
    "course": ["name", "course_code", "apply_assignment_group_weights", "post_manually"],
    "course_section": ["name", "sis_section_id"],
    "pseudonym": ["unique_id", "sis_user_id"],
    "user": ["name"],
    "comment": ["text_comment"],
    "grade_data": ["1001", "1008", "x"],
}  # fmt: skip
FLAT = [
    "name", "group_weight", "position", "task", "move_assignments_to", "page", "per_page", "search_term",
    "user_id", "student_ids", "assignment_ids", "grouped", "post_to_sis", "graded_since", "submitted_since",
    "workflow_state",
    "enrollment_state", "order", "order_direction", "grading_period_id", "include", "state", "type",
    "access_token",
    "enrollment_type", "response_fields", "sis_user_id", "ascending", "start_time", "end_time", "course_id",
    "assignment_id", "student_id", "grader_id", "bucket", "order_by", "assignment_overrides", "rules",
    "sis_source_id", "integration_data",
]  # fmt: skip
WRITES = [
    ("POST", "/courses/{c}/assignments"),
    ("PUT", "/courses/{c}/assignments/{a}"),
    ("PUT", "/courses/{c}/assignments/{a}/submissions/{u}"),
    ("POST", "/courses/{c}/enrollments"),
    ("POST", "/courses/{c}/sections"),
    ("POST", "/courses/{c}/assignment_groups"),
    ("POST", "/accounts/1/users"),
    ("PUT", "/courses/{c}"),
    ("POST", "/courses/{c}/assignments/{a}/overrides"),
    ("PUT", "/courses/{c}/assignments/{a}/overrides/{o}"),
    ("POST", "/courses/{c}/assignments/overrides"),
    ("PUT", "/courses/{c}/assignments/overrides"),
    ("POST", "/courses/{c}/submissions/update_grades"),
    ("POST", "/courses/{c}/assignments/{a}/submissions/update_grades"),
]
READS = [
    "/courses",
    "/courses/{c}/assignments",
    "/courses/{c}/assignments/overrides",
    "/courses/{c}/assignments/{a}/overrides",
    "/courses/{c}/assignment_groups",
    "/courses/{c}/enrollments",
    "/courses/{c}/users",
    "/courses/{c}/students/submissions",
    "/courses/{c}/assignments/{a}/submissions",
    "/courses/{c}/gradebook_history/days",
    "/courses/{c}/gradebook_history/feed",
    "/audit/grade_change",
    "/audit/grade_change/courses/{c}",
]
QUIET = settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


def bodies() -> st.SearchStrategy[dict[str, Any]]:
    wrapped = {
        name: VALUES | st.fixed_dictionaries({}, optional=dict.fromkeys(fields, VALUES))
        for name, fields in NAMES.items()
    }
    return st.fixed_dictionaries({}, optional={**wrapped, **dict.fromkeys(FLAT, VALUES)})


@pytest.fixture
def places(admin: TestClient, algebra: int, students: list[int]) -> dict[str, int]:
    wanted = {"assignment": {"name": "Quiz", "points_possible": 10, "published": True}}
    assignment = admin.post(f"/courses/{algebra}/assignments", json=wanted).json()["id"]
    override = {"assignment_override": {"student_ids": students[:1], "due_at": "2026-09-20T12:00:00Z"}}
    made = admin.post(f"/courses/{algebra}/assignments/{assignment}/overrides", json=override).json()["id"]
    return {"c": algebra, "a": assignment, "u": students[0], "o": made}


@QUIET
@given(target=st.sampled_from(WRITES), body=bodies())
def test_no_json_body_breaks_a_write(
    admin: TestClient, places: dict[str, int], target: tuple[str, str], body: dict[str, Any]
) -> None:
    method, path = target
    content = as_json(body)
    answer = admin.request(
        method, path.format(**places), content=content, headers={"Content-Type": "application/json"}
    )
    assert answer.status_code in {200, 201, 400, 401, 403, 404, 422}
    assert answer.headers["content-type"] == "application/json; charset=utf-8"


@QUIET
@given(
    path=st.sampled_from(READS),
    query=st.lists(
        st.tuples(
            st.sampled_from(FLAT), st.sampled_from(["", "[]", "[a]", "[][b]"]), st.text(max_size=12) | PLAIN
        )
    ),
)
def test_no_query_breaks_a_read(
    admin: TestClient, places: dict[str, int], path: str, query: list[tuple[str, str, object]]
) -> None:
    text = "&".join(f"{name}{nesting}={quote(str(value))}" for name, nesting, value in query)
    answer = admin.get(f"{path.format(**places)}?{text}")
    assert answer.status_code in {200, 400, 401, 403, 404}


@QUIET
@given(
    st.binary(max_size=60),
    st.sampled_from(["application/json", "application/x-www-form-urlencoded", "text/x", ""]),
)
def test_no_bytes_break_a_write(
    admin: TestClient, places: dict[str, int], content: bytes, content_type: str
) -> None:
    url = f"/courses/{places['c']}/assignments"
    answer = admin.post(url, content=content, headers={"Content-Type": content_type})
    assert answer.status_code in {201, 400}


def as_json(body: object) -> bytes:
    """JSON with whatever Python would write, NaN and lone surrogates too: clients send such things."""
    return json.dumps(body).encode()
