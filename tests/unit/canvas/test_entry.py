from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from simulator.journal import Journal
from simulator.profiles import Profile
from simulator.schools import School

NOT_FOUND = {"errors": [{"message": "The specified resource does not exist."}]}
DENIED = {"status": "unauthorized", "errors": [{"message": "user not authorized to perform that action"}]}


def test_without_a_token_canvas_asks_for_one(dial: Callable[[str], TestClient]) -> None:
    answer = dial("").get("/courses")
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == 'Bearer realm="canvas-lms"'
    assert answer.json() == {
        "status": "unauthenticated",
        "errors": [{"message": "user authorization required"}],
    }


def test_a_token_that_nobody_has_is_invalid(dial: Callable[[str], TestClient]) -> None:
    answer = dial("made-up").get("/courses")
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == 'Bearer realm="canvas-lms"'
    assert answer.json() == {"errors": [{"message": "Invalid access token."}]}


def test_a_teacher_sees_only_their_own_courses(teacher: TestClient, other_teacher: TestClient) -> None:
    assert [course["course_code"] for course in teacher.get("/courses").json()] == ["ALG1", "WHIST"]
    assert [course["course_code"] for course in other_teacher.get("/courses").json()] == ["BIO1"]


def test_another_teachers_course_is_denied(other_teacher: TestClient, algebra: int) -> None:
    answer = other_teacher.get(f"/courses/{algebra}/assignments")
    assert (answer.status_code, answer.json()) == (403, DENIED)
    assert "www-authenticate" not in answer.headers


class TestAnOlderCanvas:
    @pytest.fixture
    def profile(self) -> Profile:
        return Profile(name="older", canvas_denied_status=401)

    def test_denies_with_401_and_no_challenge(self, other_teacher: TestClient, algebra: int) -> None:
        answer = other_teacher.get(f"/courses/{algebra}")
        assert (answer.status_code, answer.json()) == (401, DENIED)
        assert "www-authenticate" not in answer.headers


@pytest.mark.parametrize("path", ["/nonsense", "/courses/999", "/courses/x", "/courses/sis_course_id:none"])
def test_what_is_not_there_is_not_found(teacher: TestClient, path: str) -> None:
    answer = teacher.get(path)
    assert (answer.status_code, answer.json()) == (404, NOT_FOUND)


def test_a_method_that_a_path_does_not_have_is_not_found(teacher: TestClient) -> None:
    answer = teacher.patch("/courses")
    assert (answer.status_code, answer.json()) == (404, NOT_FOUND)


def test_sis_ids_name_courses_sections_and_users(teacher: TestClient, school: School, algebra: int) -> None:
    course = school.courses[0]
    section, student = course.sections[0], course.students[0]
    assert teacher.get(f"/courses/sis_course_id:{course.guid}").json()["id"] == algebra
    assert teacher.get(f"/sections/sis_section_id:{section.guid}").json()["name"] == section.name
    assert teacher.get(f"/users/sis_user_id:{student.guid}").json()["name"] == student.name
    assert teacher.get(f"/users/hex:sis_user_id:{student.guid.encode().hex()}").json()["name"] == student.name
    assert teacher.get(f"/users/sis_login_id:{student.email}").json()["name"] == student.name


def test_ids_are_numbers_unless_strings_are_asked_for(teacher: TestClient, algebra: int) -> None:
    url = f"/courses/{algebra}/enrollments?per_page=1"
    assert isinstance(teacher.get(url).json()[0]["user"]["id"], int)
    row = teacher.get(url, headers={"Accept": "application/json+canvas-string-ids"}).json()[0]
    assert all(
        isinstance(value, str) for value in (row["id"], row["user_id"], row["role_id"], row["user"]["id"])
    )
    assert row["associated_user_id"] is None


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/json", b"{"),
        ("application/json", b'{"assignment": {"name": "\\ud800"}}'),
        ("application/x-www-form-urlencoded", b"a=1&a[b]=2"),
        ("application/x-www-form-urlencoded", b"a=%ff"),
        ("multipart/form-data; boundary=x", b"--x--"),
    ],
)
def test_an_unreadable_body_is_a_bad_request(
    teacher: TestClient, algebra: int, content_type: str, body: bytes
) -> None:
    url = f"/courses/{algebra}/assignments"
    answer = teacher.post(url, content=body, headers={"Content-Type": content_type})
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["message"]


def test_the_journal_knows_who_called_and_never_their_token(
    teacher: TestClient, admin: TestClient, journal: Journal, school: School
) -> None:
    teacher.get("/courses?access_token=teacher-token")
    admin.get("/users/self")
    assert [each.who for each in journal.exchanges()] == [f"{school.teachers[0].name} (teacher)", "admin"]
    assert "teacher-token" not in repr(journal.entries)


def test_of_a_name_in_the_query_and_in_the_body_the_querys_counts(teacher: TestClient, algebra: int) -> None:
    url = f"/courses/{algebra}/assignments?assignment[name]=Query"
    body = {"assignment": {"name": "Body", "published": True}}
    made = teacher.post(url, json=body).json()
    assert (made["name"], made["published"]) == ("Query", False)
    assert teacher.post(url, data={"assignment[name]": "Body"}).json()["name"] == "Query"


def test_what_a_path_names_is_not_named_otherwise_by_its_query(
    admin: TestClient, algebra: int, history: int
) -> None:
    named = admin.get(f"/courses/{algebra}?course_id={history}&id={history}").json()
    assert named["id"] == algebra
