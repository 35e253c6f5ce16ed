"""Every way to name a record in a path or a parameter: by its id, by SIS ids, in hexadecimal, as `self`."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from simulator.canvas.multipart import PARTS_MAX, read_multipart
from simulator.canvas.rack import UnreadableError
from simulator.canvas.store import CanvasStore
from simulator.journal import Journal

AWKWARD = "2026/Fall Alg:1.b +100%?"
"""Everything that a SIS id may have and a URL may not."""


def in_hexadecimal(kind: str, value: str) -> str:
    return f"hex:{kind}:{value.encode().hex()}"


@pytest.fixture
def named(admin: TestClient, algebra: int, store: CanvasStore) -> dict[str, tuple[str, int]]:
    """A course, a section, a user and a term with awkward SIS ids: the path of each, and its id."""
    section = store.sections_of(algebra)[0].id
    admin.put(
        f"/courses/{algebra}", json={"course": {"sis_course_id": AWKWARD, "integration_id": "I/course"}}
    )
    told = {"sis_section_id": AWKWARD, "integration_id": "I/section"}
    admin.put(f"/sections/{section}", json={"course_section": told})
    pseudonym = {"unique_id": "pat@x/y", "sis_user_id": AWKWARD, "integration_id": "I/user"}
    user = admin.post("/accounts/1/users", json={"pseudonym": pseudonym}).json()["id"]
    term = admin.post(
        "/accounts/1/terms",
        json={"enrollment_term": {"sis_term_id": AWKWARD, "integration_id": "I/term"}},
    ).json()["id"]
    return {
        "course": ("/courses/", algebra),
        "section": ("/sections/", section),
        "user": ("/users/", user),
        "term": ("/accounts/self/terms/", term),
    }


@pytest.mark.parametrize(
    ("what", "name"),
    [
        ("course", f"sis_course_id:{AWKWARD}"),
        ("section", f"sis_section_id:{AWKWARD}"),
        ("user", f"sis_user_id:{AWKWARD}"),
        ("user", "sis_login_id:pat@x/y"),
        ("term", f"sis_term_id:{AWKWARD}"),
        *((what, f"sis_integration_id:I/{what}") for what in ("course", "section", "user", "term")),
        ("course", in_hexadecimal("sis_course_id", AWKWARD)),
        ("section", in_hexadecimal("sis_section_id", AWKWARD)),
        ("user", in_hexadecimal("sis_user_id", AWKWARD)),
        ("term", in_hexadecimal("sis_term_id", AWKWARD)),
    ],
)
def test_a_path_names_a_record_by_an_encoded_sis_id(
    admin: TestClient, named: dict[str, tuple[str, int]], what: str, name: str
) -> None:
    path, number = named[what]
    answer = admin.get(path + quote(name, safe=""))
    assert answer.status_code == 200, answer.text
    assert answer.json()["id"] == number


def test_a_course_goes_by_its_lti_context_id(admin: TestClient, algebra: int) -> None:
    course = admin.get(f"/courses/{algebra}").json()
    assert admin.get(f"/courses/lti_context_id:{course['uuid']}").json() == course
    for number in ("x", "", "9" * 5_000):
        assert admin.get(f"/courses/lti_context_id:course-{number}").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/courses/sis_section_id:A",
        "/courses/sis_nonsense_id:A",
        "/courses/nonsense:A",
        "/courses/hex:sis_course_id:zz",
        "/courses/sis_course_id:",
        "/sections/sis_course_id:A",
        "/users/sis_term_id:A",
        "/users/default",
        "/accounts/sis_account_id:A",
        "/accounts/lti_context_id:A",
        "/accounts/1/terms/sis_course_id:A",
        "/courses/sis_course_id:A%2FB",
    ],
)
def test_a_name_that_is_none_or_names_nothing_is_404(admin: TestClient, path: str) -> None:
    answer = admin.get(path)
    assert (answer.status_code, answer.json()) == (
        404,
        {"errors": [{"message": "The specified resource does not exist."}]},
    )


def test_the_account_goes_by_self_and_default_too(admin: TestClient) -> None:
    shown = admin.get("/accounts/1").json()
    assert [admin.get(f"/accounts/{name}").json() for name in ("self", "default")] == [shown, shown]


def test_parameters_name_records_as_paths_do(
    admin: TestClient, store: CanvasStore, algebra: int, named: dict[str, tuple[str, int]]
) -> None:
    user = named["user"][1]
    wanted = {
        "user_id": f"sis_user_id:{AWKWARD}",
        "course_section_id": f"sis_section_id:{AWKWARD}",
        "enrollment_state": "active",
    }
    made = admin.post(f"/courses/{algebra}/enrollments", json={"enrollment": wanted}).json()
    assert (made["user_id"], made["course_section_id"]) == (user, named["section"][1])
    found = admin.get(f"/courses/{algebra}/enrollments", params={"user_id": "sis_login_id:pat@x/y"}).json()
    assert [each["id"] for each in found] == [made["id"]]
    people = admin.get(
        f"/courses/{algebra}/users", params={"user_ids[]": in_hexadecimal("sis_user_id", AWKWARD)}
    )
    assert [each["id"] for each in people.json()] == [user]
    section, target = store.sections_of(algebra)[0].id, "sis_course_id:Other/1"
    admin.post("/accounts/1/courses", json={"course": {"sis_course_id": "Other/1"}})
    moved = admin.post(f"/sections/{section}/crosslist/{quote(target, safe='')}").json()
    assert moved["sis_course_id"] == "Other/1"


def test_links_and_the_journal_keep_what_was_encoded(
    admin: TestClient, journal: Journal, named: dict[str, tuple[str, int]]
) -> None:
    assert named["course"]
    path = "/courses/" + quote(f"sis_course_id:{AWKWARD}", safe=":")
    answer = admin.get(f"{path}/users?per_page=1")
    assert answer.links["next"]["url"].startswith(f"http://canvas.test/api/v1{path}/users?")
    assert admin.get(answer.links["next"]["url"]).status_code == 200
    assert journal.exchanges()[-1].path == f"/api/v1/courses/sis_course_id:{AWKWARD}/users"


BOUNDARY = "multipart/form-data; boundary=edge"


def a_form(*parts: str, end: str = "--edge--\r\n") -> bytes:
    return ("".join(f"--edge\r\n{part}\r\n" for part in parts) + end).encode()


def a_field(name: str, text: str) -> str:
    return f'Content-Disposition: form-data; name="{name}"\r\n\r\n{text}'


class TestMultipartForms:
    def test_they_are_read_as_other_forms_are(self, admin: TestClient, algebra: int) -> None:
        files: dict[str, Any] = {"course[name]": (None, "Algèbre"), "course[is_public]": (None, "true")}
        changed = admin.put(f"/courses/{algebra}", files=files).json()
        assert (changed["name"], changed["is_public"]) == ("Algèbre", True)

    def test_a_file_is_known_by_its_name_only(self) -> None:
        upload = 'Content-Disposition: form-data; name="attachment"; filename="x.csv"\r\n\r\na,b\r\n\xff'
        read = read_multipart(BOUNDARY, a_form(a_field("a[]", "1"), upload, a_field("a[]", "2")))
        assert read == {"a": ["1", "2"], "attachment": {"filename": "x.csv"}}

    @pytest.mark.parametrize(
        ("kind", "body"),
        [
            ("multipart/form-data", a_form(a_field("a", "1"))),
            (BOUNDARY, b""),
            (BOUNDARY, a_form(a_field("a", "1"), end="")),
            (BOUNDARY, a_form("no name at all")),
            (BOUNDARY, a_form(*[a_field("a", "1")] * (PARTS_MAX + 1))),
            (BOUNDARY, a_form(a_field("a", "1")).replace(b"1", b"\xff")),
            (BOUNDARY, a_form(a_field("a", "1"), a_field("a[b]", "1"))),
        ],
    )
    def test_what_is_none_cannot_be_read(
        self, admin: TestClient, algebra: int, kind: str, body: bytes
    ) -> None:
        with pytest.raises(UnreadableError):
            read_multipart(kind, body)
        if body:
            answer = admin.put(f"/courses/{algebra}", content=body, headers={"Content-Type": kind})
            assert answer.status_code == 400


def test_an_assignment_is_named_by_the_id_that_lti_tools_know_it_by(
    teacher: TestClient, algebra: int
) -> None:
    url = f"/courses/{algebra}/assignments"
    made = teacher.post(url, json={"assignment": {"name": "Quiz"}}).json()
    assert teacher.get(f"{url}/lti_context_id:{made['lti_context_id']}").json()["id"] == made["id"]
    assert teacher.get(f"{url}/lti_context_id:other").status_code == 404
