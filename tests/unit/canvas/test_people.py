"""Users: everybody in the account, the people of a course, and who has no SIS id."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.testclient import TestClient

from simulator.canvas.store import CanvasStore
from simulator.schools import School


def listed(client: TestClient, url: str) -> list[dict[str, Any]]:
    answer = client.get(url)
    assert answer.status_code == 200, answer.text
    users: list[dict[str, Any]] = answer.json()
    return users


class TestOfTheAccount:
    def test_everybody_with_a_login_is_listed_by_name(
        self, admin: TestClient, teacher: TestClient, store: CanvasStore
    ) -> None:
        users = listed(admin, "/accounts/1/users?per_page=100")
        assert len(users) == sum(each.login_id is not None for each in store.users.values())
        assert users == sorted(users, key=lambda user: (user["sortable_name"].casefold(), user["id"]))
        assert teacher.get("/accounts/1/users").status_code == 403

    def test_they_are_found_by_name_login_and_sis_id(self, admin: TestClient, school: School) -> None:
        student = school.students[0]
        for term in (student.name.lower(), student.guid, student.email):
            found = listed(admin, f"/accounts/self/users?search_term={term}&include[]=email")
            assert [each["sis_user_id"] for each in found] == [student.guid]
            assert found[0]["email"] == student.email
        teachers = listed(admin, "/accounts/1/users?enrollment_type=teacher")
        assert {each["sis_user_id"] for each in teachers} == {each.guid for each in school.teachers}

    @pytest.mark.parametrize(("by", "key"), [("sis_id", "sis_user_id"), ("email", "login_id")])
    def test_they_are_sorted_as_asked_for(self, admin: TestClient, by: str, key: str) -> None:
        url = f"/accounts/1/users?per_page=100&enrollment_type=student&sort={by}"
        values = [each[key] for each in listed(admin, url)]
        assert values == sorted(values)
        assert [each[key] for each in listed(admin, f"{url}&order=desc")] == values[::-1]

    def test_a_user_made_by_hand_has_what_was_told_and_no_sis_id(self, admin: TestClient) -> None:
        form = {
            "user[name]": "Pat van Doe",
            "user[short_name]": "Pat",
            "user[sortable_name]": "van Doe, Pat",
            "pseudonym[unique_id]": "pat",
            "pseudonym[integration_id]": "I-1",
            "communication_channel[address]": "pat@example.test",
        }
        made = admin.post("/accounts/1/users", data=form).json()
        assert (made["short_name"], made["sortable_name"], made["login_id"]) == ("Pat", "van Doe, Pat", "pat")
        assert (made["sis_user_id"], made["sis_import_id"], made["integration_id"]) == (None, None, "I-1")
        assert admin.get(f"/users/{made['id']}").json() == made
        assert admin.get(f"/users/{made['id']}?include[]=email").json()["email"] == "pat@example.test"

    @pytest.mark.parametrize(
        ("form", "field"),
        [
            ({"unique_id": "pat"}, "unique_id"),
            ({"unique_id": "sam", "sis_user_id": "S-1"}, "sis_user_id"),
            ({"unique_id": "sam", "integration_id": "I-1"}, "integration_id"),
            ({"unique_id": "x" * 256}, "unique_id"),
            ({"sis_user_id": "S-2"}, "unique_id"),
        ],
    )
    def test_what_does_not_validate_is_not_kept(
        self, admin: TestClient, store: CanvasStore, form: dict[str, str], field: str
    ) -> None:
        first = {"unique_id": "pat", "sis_user_id": "S-1", "integration_id": "I-1"}
        admin.post("/accounts/1/users", json={"pseudonym": first})
        before = len(store.users)
        answer = admin.post("/accounts/1/users", json={"pseudonym": form})
        assert (answer.status_code, list(answer.json()["errors"]["pseudonym"])) == (400, [field])
        assert len(store.users) == before

    def test_a_name_that_is_too_long_is_the_persons_and_not_the_logins(self, admin: TestClient) -> None:
        wanted = {"user": {"name": "x" * 256}, "pseudonym": {"unique_id": "pat"}}
        errors = admin.post("/accounts/1/users", json=wanted).json()["errors"]
        assert (list(errors["user"]), errors["pseudonym"]) == (["name"], {})


class TestOfACourse:
    def test_both_addresses_list_the_same_people(self, teacher: TestClient, algebra: int) -> None:
        query = "per_page=100&enrollment_type[]=student"
        searched = listed(teacher, f"/courses/{algebra}/search_users?{query}")
        assert searched == listed(teacher, f"/courses/{algebra}/users?{query}")
        assert len(searched) == 30

    def test_they_are_chosen_by_ids_and_state_and_role(
        self, teacher: TestClient, store: CanvasStore, algebra: int, students: list[int]
    ) -> None:
        url = f"/courses/{algebra}/users"
        sis_id = store.users[students[1]].sis_user_id
        chosen = listed(teacher, f"{url}?user_ids[]={students[0]}&user_ids[]=sis_user_id:{sis_id}")
        assert {each["id"] for each in chosen} == set(students[:2])
        place = next(each for each in store.enrollments_of(algebra) if each.user_id == students[0])
        teacher.delete(f"/courses/{algebra}/enrollments/{place.id}")
        ended = listed(teacher, f"{url}?enrollment_state[]=completed")
        assert [each["id"] for each in ended] == [students[0]]
        (taught,) = listed(teacher, f"{url}?enrollment_role=TeacherEnrollment")
        assert taught["id"] not in students

    def test_their_enrollments_come_whole_with_grades_and_without_the_user(
        self, teacher: TestClient, algebra: int, students: list[int]
    ) -> None:
        url = f"/courses/{algebra}/users/{students[0]}"
        plain = teacher.get(url).json()
        shown = teacher.get(f"{url}?include[]=enrollments&include[]=avatar_url&include[]=email").json()
        (place,) = shown["enrollments"]
        (row,) = teacher.get(f"/courses/{algebra}/enrollments?user_id={students[0]}").json()
        del row["user"]
        assert place == row
        assert {name: shown[name] for name in plain} == plain
        assert shown["avatar_url"].startswith("http://canvas.test/")
        assert shown["email"] == shown["login_id"]

    def test_whoever_is_not_in_it_is_not_found(
        self, teacher: TestClient, admin: TestClient, algebra: int
    ) -> None:
        made = admin.post("/accounts/1/users", data={"pseudonym[unique_id]": "pat"}).json()["id"]
        assert teacher.get(f"/courses/{algebra}/users/{made}").status_code == 404
        assert teacher.get(f"/courses/{algebra}/users/self").status_code == 200

    def test_somebody_made_by_hand_is_listed_without_a_sis_id(
        self, admin: TestClient, teacher: TestClient, algebra: int
    ) -> None:
        made = admin.post("/accounts/1/users", data={"pseudonym[unique_id]": "pat"}).json()["id"]
        wanted = {"enrollment": {"user_id": made, "enrollment_state": "active"}}
        admin.post(f"/courses/{algebra}/enrollments", json=wanted)
        (user,) = listed(teacher, f"/courses/{algebra}/users?search_term=pat&user_ids[]={made}")
        (row,) = teacher.get(f"/courses/{algebra}/enrollments?user_id={made}").json()
        assert (user["sis_user_id"], row["sis_user_id"], row["sis_import_id"]) == (None, None, None)
