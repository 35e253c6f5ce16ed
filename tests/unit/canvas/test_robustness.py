"""No request, however malformed, makes Canvas answer 500: the client raises whatever an endpoint raises."""

import json
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from simulator.canvas.store import CanvasStore

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
    "submission": [
        "posted_grade", "excuse", "late_policy_status", "seconds_late_override", "custom_grade_status_id",
        "submission_type", "body", "url", "user_id", "submitted_at",
    ],
    "comment": ["text_comment", "attempt"],
    "late_policy": [
        "missing_submission_deduction_enabled", "missing_submission_deduction",
        "late_submission_deduction_enabled", "late_submission_deduction", "late_submission_interval",
        "late_submission_minimum_percent_enabled", "late_submission_minimum_percent",
    ],
    "enrollment": [
        "user_id", "type", "role", "enrollment_state", "course_section_id", "associated_user_id", "start_at",
        "limit_privileges_to_course_section",
    ],
    "course": [
        "name", "course_code", "apply_assignment_group_weights", "sis_course_id", "integration_id", "term_id",
        "post_manually", "start_at", "end_at", "grading_standard_id", "grade_passback_setting",
        "course_format", "license",
    ],
    "course_section": ["name", "sis_section_id", "integration_id", "start_at", "end_at"],
    "pseudonym": ["unique_id", "sis_user_id", "integration_id"],
    "user": ["name", "short_name", "sortable_name"],
    "communication_channel": ["address"],
    "enrollment_term": ["name", "start_at", "end_at", "sis_term_id", "integration_id"],
    "grade_data": ["1001", "1008", "x"],
}  # fmt: skip
FLAT = [
    "name", "group_weight", "position", "task", "move_assignments_to", "page", "per_page", "search_term",
    "user_id", "student_ids", "assignment_ids", "grouped", "post_to_sis", "graded_since", "submitted_since",
    "workflow_state",
    "enrollment_state", "order", "order_direction", "grading_period_id", "include", "state", "type",
    "access_token", "as_user_id",
    "ascending", "start_time", "end_time", "course_id", "assignment_id", "student_id", "grader_id",
    "enrollment_type", "response_fields", "sis_user_id", "sis_course_id", "role", "enrollment_role", "event",
    "enrollment_term_id", "by_teachers", "published", "with_enrollments", "sort", "user_ids", "offer",
    "enable_sis_reactivation", "override_sis_stickiness", "hide_final_grades", "workflow_state[]",
    "bucket", "order_by", "assignment_overrides", "rules", "sis_source_id", "integration_data",
]  # fmt: skip
WRITES = [
    ("POST", "/courses/{c}/assignments"),
    ("PUT", "/courses/{c}/assignments/{a}"),
    ("PUT", "/courses/{c}/assignments/{a}/submissions/{u}"),
    ("POST", "/courses/{c}/assignments/{a}/submissions"),
    ("POST", "/courses/{c}/late_policy"),
    ("PATCH", "/courses/{c}/late_policy"),
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
    ("PUT", "/courses/{c}/settings"),
    ("PUT", "/sections/{s}"),
    ("POST", "/accounts/1/courses"),
    ("POST", "/accounts/1/terms"),
    ("POST", "/sections/{s}/crosslist/{c}"),
    ("DELETE", "/sections/{s}/crosslist"),
    ("DELETE", "/sections/{s}"),
]
READS = [
    "/courses",
    "/courses/{c}/assignments",
    "/courses/{c}/assignments/overrides",
    "/courses/{c}/assignments/{a}/overrides",
    "/courses/{c}/assignment_groups",
    "/courses/{c}/enrollments",
    "/courses/{c}/users",
    "/courses/{c}/sections",
    "/users/{u}/enrollments",
    "/accounts/1/courses",
    "/accounts/1/users",
    "/accounts/1/terms",
    "/accounts/1/grading_periods",
    "/courses/{c}/students/submissions",
    "/courses/{c}/assignments/{a}/submissions",
    "/courses/{c}/gradebook_history/days",
    "/courses/{c}/gradebook_history/feed",
    "/audit/grade_change",
    "/audit/grade_change/courses/{c}",
]
JSON = {"Content-Type": "application/json"}
QUIET = settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


def bodies() -> st.SearchStrategy[dict[str, Any]]:
    wrapped = {
        name: VALUES | st.fixed_dictionaries({}, optional=dict.fromkeys(fields, VALUES))
        for name, fields in NAMES.items()
    }
    return st.fixed_dictionaries({}, optional={**wrapped, **dict.fromkeys(FLAT, VALUES)})


@pytest.fixture
def places(admin: TestClient, store: CanvasStore, algebra: int, students: list[int]) -> dict[str, int]:
    wanted = {"assignment": {"name": "Quiz", "points_possible": 10, "published": True}}
    assignment = admin.post(f"/courses/{algebra}/assignments", json=wanted).json()["id"]
    override = {"assignment_override": {"student_ids": students[:1], "due_at": "2026-09-20T12:00:00Z"}}
    made = admin.post(f"/courses/{algebra}/assignments/{assignment}/overrides", json=override).json()["id"]
    section = store.sections_of(algebra)[0].id
    return {"c": algebra, "a": assignment, "u": students[0], "o": made, "s": section}


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
    assert answer.status_code in {200, 201, 204, 400, 401, 403, 404, 422}
    assert answer.status_code == 204 or answer.headers["content-type"] == "application/json; charset=utf-8"


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


@QUIET
@given(
    work=st.fixed_dictionaries(
        {"submission_type": st.sampled_from(["online_text_entry", "online_url", "media_recording"])},
        optional=dict.fromkeys(["body", "url", "media_comment_id", "media_comment_type"], st.text() | VALUES),
    ),
    at=st.none() | st.datetimes().map(lambda each: f"{each.isoformat(timespec='seconds')}Z") | PLAIN,
    policy=st.fixed_dictionaries(
        {},
        optional={
            **dict.fromkeys(
                [
                    "late_submission_deduction",
                    "missing_submission_deduction",
                    "late_submission_minimum_percent",
                ],
                st.floats(0, 100) | PLAIN,
            ),
            **dict.fromkeys(
                ["late_submission_deduction_enabled", "missing_submission_deduction_enabled"], st.just("1")
            ),
        },
    ),
    grade=st.floats() | st.integers() | PLAIN,
)
def test_no_work_no_policy_and_no_grade_for_late_work_breaks_anything(
    *,
    admin: TestClient,
    late_work: dict[str, int],
    work: dict[str, Any],
    at: object,
    policy: object,
    grade: object,
) -> None:
    course, rows = (
        "/courses/{c}".format(**late_work),
        "/courses/{c}/assignments/{a}/submissions".format(**late_work),
    )
    handed_in = {"submission": {**work, "user_id": late_work["u"], "submitted_at": at}}
    answers = [
        admin.post(rows, content=as_json(handed_in), headers=JSON),
        admin.patch(f"{course}/late_policy", content=as_json({"late_policy": policy}), headers=JSON),
        admin.put(
            f"{rows}/{late_work['u']}", content=as_json({"submission": {"posted_grade": grade}}), headers=JSON
        ),
        admin.get(f"{rows}/{late_work['u']}?include[]=submission_history"),
    ]
    assert [answer.status_code for answer in answers][2:] == [200, 200]
    assert answers[0].status_code in {201, 400}
    assert answers[1].status_code in {204, 400, 422}


@pytest.fixture
def late_work(admin: TestClient, places: dict[str, int]) -> dict[str, int]:
    """A course with a late policy, and work that is due."""
    wanted = {
        "submission_types": ["online_text_entry", "online_url", "media_recording"],
        "due_at": "2026-09-14T00:00:00Z",
    }
    url = "/courses/{c}/assignments/{a}".format(**places)
    assert admin.put(url, json={"assignment": wanted}).status_code == 200
    url = "/courses/{c}/late_policy".format(**places)
    policy = {"late_submission_deduction_enabled": True, "late_submission_deduction": 10}
    assert admin.post(url, json={"late_policy": policy}).status_code == 201
    return places
