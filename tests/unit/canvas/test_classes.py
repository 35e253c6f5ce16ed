"""Courses, sections, groups, enrollments, users: the frame in which grading happens."""

from collections.abc import Callable
from typing import Any, TypeAlias

import pytest
from starlette.testclient import TestClient

from simulator.canvas.store import CanvasStore
from simulator.clock import VirtualClock
from simulator.ids import Ids
from simulator.journal import Journal
from simulator.profiles import KHSD
from simulator.schools import School, school_of

Make: TypeAlias = Callable[..., dict[str, Any]]


def test_the_same_seed_gives_the_same_canvas(store: CanvasStore) -> None:
    clock = VirtualClock()
    again = CanvasStore(ids=Ids(7), clock=clock, journal=Journal(clock), profile=KHSD)
    again.take_roster(school_of(7), teacher_tokens=("a", "b"), admin_token="c")
    for name in ("users", "courses", "sections", "enrollments", "groups"):
        assert list(again.tables[name].items()) == list(store.tables[name].items())


def test_no_token_shows_in_a_repr(store: CanvasStore) -> None:
    assert "token" not in repr(store)


def test_a_new_course_has_one_group_and_no_weights(teacher: TestClient, algebra: int) -> None:
    assert teacher.get(f"/courses/{algebra}").json()["apply_assignment_group_weights"] is False
    groups = teacher.get(f"/courses/{algebra}/assignment_groups").json()
    assert [(group["name"], group["group_weight"]) for group in groups] == [("Assignments", 0.0)]


def test_a_course_can_be_weighted_and_renamed(teacher: TestClient, algebra: int) -> None:
    form = {"course[apply_assignment_group_weights]": "true", "course[name]": "Algebra"}
    course = teacher.put(f"/courses/{algebra}", data=form).json()
    assert (course["apply_assignment_group_weights"], course["name"]) == (True, "Algebra")
    assert teacher.get(f"/courses/{algebra}").json() == course


def test_a_deleted_course_is_gone(teacher: TestClient, algebra: int) -> None:
    assert teacher.put(f"/courses/{algebra}", data={"course[event]": "delete"}).status_code == 200
    assert teacher.get(f"/courses/{algebra}").status_code == 404
    assert algebra not in {course["id"] for course in teacher.get("/courses").json()}


def test_only_an_administrator_lists_the_accounts_courses(teacher: TestClient, admin: TestClient) -> None:
    codes = [course["course_code"] for course in admin.get("/accounts/1/courses").json()]
    assert codes == ["ALG1", "BIO1", "WHIST"]
    assert teacher.get("/accounts/1/courses").status_code == 403
    assert admin.get("/accounts/2/courses").status_code == 404


def test_a_cross_listed_section_knows_its_deleted_origin(
    teacher: TestClient, admin: TestClient, store: CanvasStore, school: School, history: int
) -> None:
    first, second = teacher.get(f"/courses/{history}/sections").json()
    assert [first["sis_section_id"], second["sis_section_id"]] == [
        each.guid for each in school.courses[2].sections
    ]
    assert first["nonxlist_course_id"] is None
    assert second["course_id"] == history
    assert second["sis_course_id"] == school.courses[2].guid
    assert store.courses[second["nonxlist_course_id"]].workflow_state == "deleted"
    assert admin.get(f"/courses/{second['nonxlist_course_id']}").status_code == 404


def test_a_section_counts_its_students_without_the_test_student(teacher: TestClient, algebra: int) -> None:
    url = f"/courses/{algebra}/sections?include[]=students&include[]=total_students"
    section = teacher.get(url).json()[0]
    assert (section["total_students"], len(section["students"])) == (30, 30)
    assert all(student["sis_user_id"] for student in section["students"])


def test_a_section_made_by_hand_has_no_sis_id(teacher: TestClient, admin: TestClient, algebra: int) -> None:
    form = {"course_section[name]": "Extra", "course_section[sis_section_id]": "X-1"}
    made = teacher.post(f"/courses/{algebra}/sections", data=form)
    assert (made.status_code, made.json()["sis_section_id"]) == (200, None)
    assert teacher.get(f"/sections/{made.json()['id']}").json()["name"] == "Extra"
    assert admin.post(f"/courses/{algebra}/sections", data=form).json()["sis_section_id"] == "X-1"
    assert admin.post(f"/courses/{algebra}/sections", data=form).status_code == 400


def test_groups_take_their_parameters_without_a_wrapper(teacher: TestClient, algebra: int) -> None:
    url = f"/courses/{algebra}/assignment_groups"
    made = teacher.post(url, data={"name": "Tests", "group_weight": "30"})
    assert (made.status_code, made.json()["position"], made.json()["group_weight"]) == (200, 2, 30.0)
    assert "course_id" not in made.json()
    changed = teacher.put(f"{url}/{made.json()['id']}", data={"group_weight": "40.5"}).json()
    assert (changed["name"], changed["group_weight"]) == ("Tests", 40.5)


def test_a_deleted_group_takes_its_assignments_along(
    teacher: TestClient, algebra: int, an_assignment: Make
) -> None:
    quiz = an_assignment()
    url = f"/courses/{algebra}/assignment_groups/{quiz['assignment_group_id']}"
    assert teacher.delete(url).status_code == 200
    assert teacher.get(url).status_code == 404
    assert teacher.get(f"/courses/{algebra}/assignments/{quiz['id']}").status_code == 404


def test_a_deleted_group_can_leave_its_assignments_to_another(
    teacher: TestClient, algebra: int, an_assignment: Make
) -> None:
    quiz = an_assignment()
    heir = teacher.post(f"/courses/{algebra}/assignment_groups", data={"name": "Tests"}).json()["id"]
    url = f"/courses/{algebra}/assignment_groups/{quiz['assignment_group_id']}"
    teacher.request("DELETE", url, data={"move_assignments_to": str(heir)})
    moved = teacher.get(f"/courses/{algebra}/assignments/{quiz['id']}").json()
    assert moved["assignment_group_id"] == heir


def test_a_deleted_group_cannot_leave_its_assignments_to_itself(
    teacher: TestClient, algebra: int, an_assignment: Make
) -> None:
    group = an_assignment()["assignment_group_id"]
    url = f"/courses/{algebra}/assignment_groups/{group}"
    assert teacher.request("DELETE", url, data={"move_assignments_to": str(group)}).status_code == 404
    assert teacher.get(url).status_code == 200


def test_a_group_shows_its_assignments_when_asked(
    teacher: TestClient, algebra: int, an_assignment: Make
) -> None:
    an_assignment()
    url = f"/courses/{algebra}/assignment_groups"
    assert "assignments" not in teacher.get(url).json()[0]
    group = teacher.get(f"{url}?include[]=assignments").json()[0]
    assert [each["name"] for each in group["assignments"]] == ["Quiz 1"]


def test_an_enrollment_names_the_sis_ids_around_it(teacher: TestClient, school: School, algebra: int) -> None:
    course = school.courses[0]
    url = f"/courses/{algebra}/enrollments?type[]=StudentEnrollment&sis_user_id[]={course.students[0].guid}"
    (row,) = teacher.get(url).json()
    assert row["sis_user_id"] == course.students[0].guid
    assert (row["sis_course_id"], row["sis_section_id"]) == (course.guid, course.sections[0].guid)
    assert row["grades"]["current_score"] is None


def test_enrollments_can_be_chosen_by_type(teacher: TestClient, algebra: int) -> None:
    url = f"/courses/{algebra}/enrollments?per_page=100"
    assert len(teacher.get(url).json()) == 32
    assert len(teacher.get(f"{url}&type[]=StudentEnrollment").json()) == 30
    (teaching,) = teacher.get(f"{url}&type[]=TeacherEnrollment").json()
    assert "grades" not in teaching
    (fake,) = teacher.get(f"{url}&type[]=StudentViewEnrollment").json()
    assert (fake["user"]["name"], fake["sis_user_id"], fake["role"]) == (
        "Test Student",
        None,
        "StudentEnrollment",
    )


def test_grades_on_an_enrollment_follow_the_weights(
    teacher: TestClient, algebra: int, an_assignment: Make, grade: Make, students: list[int]
) -> None:
    grade(an_assignment(), students[0], posted_grade="5")
    tests = teacher.post(
        f"/courses/{algebra}/assignment_groups", data={"name": "Tests", "group_weight": "30"}
    ).json()
    test = an_assignment(name="Test", points_possible=100, assignment_group_id=tests["id"])
    grade(test, students[0], posted_grade="100")
    url = f"/courses/{algebra}/enrollments?user_id={students[0]}"
    assert teacher.get(url).json()[0]["grades"]["current_score"] == 95.45
    teacher.put(f"/courses/{algebra}", data={"course[apply_assignment_group_weights]": "1"})
    assert teacher.get(url).json()[0]["grades"]["current_score"] == 100.0


@pytest.mark.parametrize(
    ("task", "state"),
    [("conclude", "completed"), ("", "completed"), ("delete", "deleted"), ("deactivate", "inactive")],
)
def test_an_enrollment_ends_in_one_of_three_ways(
    teacher: TestClient, algebra: int, students: list[int], task: str, state: str
) -> None:
    (row,) = teacher.get(f"/courses/{algebra}/enrollments?user_id={students[0]}").json()
    answer = teacher.request("DELETE", f"/courses/{algebra}/enrollments/{row['id']}", data={"task": task})
    assert answer.json()["enrollment_state"] == state
    assert teacher.get(f"/courses/{algebra}/enrollments?user_id={students[0]}").json() == []
    listed = teacher.get(f"/courses/{algebra}/enrollments?state[]={state}").json()
    assert [each["id"] for each in listed] == [row["id"]]


def test_only_an_inactive_enrollment_can_be_reactivated(
    teacher: TestClient, algebra: int, students: list[int]
) -> None:
    (row,) = teacher.get(f"/courses/{algebra}/enrollments?user_id={students[0]}").json()
    url = f"/courses/{algebra}/enrollments/{row['id']}"
    refused = teacher.put(f"{url}/reactivate")
    assert (refused.status_code, refused.json()) == (400, {"error": "enrollment not inactive"})
    teacher.request("DELETE", url, data={"task": "inactivate"})
    assert teacher.put(f"{url}/reactivate").json()["enrollment_state"] == "active"


def test_a_student_made_by_hand_has_no_sis_id_and_can_be_graded(
    admin: TestClient, algebra: int, an_assignment: Make, grade: Make
) -> None:
    form = {"user[name]": "Pat Doe", "pseudonym[unique_id]": "pat@example.test"}
    user = admin.post("/accounts/1/users", data=form).json()
    assert (user["sis_user_id"], user["sortable_name"]) == (None, "Doe, Pat")
    wanted = {"enrollment[user_id]": str(user["id"]), "enrollment[enrollment_state]": "active"}
    enrollment = admin.post(f"/courses/{algebra}/enrollments", data=wanted).json()
    assert (enrollment["type"], enrollment["sis_import_id"]) == ("StudentEnrollment", None)
    assert grade(an_assignment(), user["id"], posted_grade="9")["score"] == 9.0


def test_a_student_can_be_enrolled_in_a_section(admin: TestClient, store: CanvasStore, history: int) -> None:
    user = admin.post("/accounts/1/users", data={"pseudonym[unique_id]": "pat@example.test"}).json()
    section = store.sections_of(history)[1]
    answer = admin.post(
        f"/sections/{section.id}/enrollments", json={"enrollment": {"user_id": user["id"]}}
    ).json()
    assert (answer["course_section_id"], answer["enrollment_state"]) == (section.id, "invited")


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({}, "No parameters given"),
        ({"enrollment": {"user_id": 1, "type": "PandaEnrollment"}}, "Invalid type"),
        (
            {"enrollment": {"type": "StudentEnrollment"}},
            "Can't create an enrollment without a user. Include enrollment[user_id] to create an enrollment",
        ),
    ],
)
def test_an_enrollment_needs_a_user_and_a_type_that_exists(
    admin: TestClient, algebra: int, body: dict[str, object], message: str
) -> None:
    answer = admin.post(f"/courses/{algebra}/enrollments", json=body)
    assert (answer.status_code, answer.json()) == (400, {"message": message})


def test_users_are_made_by_administrators_with_a_login_of_their_own(
    admin: TestClient, teacher: TestClient
) -> None:
    form = {"pseudonym[unique_id]": "pat@example.test"}
    assert teacher.post("/accounts/1/users", data=form).status_code == 403
    assert admin.post("/accounts/1/users", data=form).status_code == 200
    taken = admin.post("/accounts/1/users", data=form)
    assert (taken.status_code, list(taken.json()["errors"])) == (400, ["user", "pseudonym", "observee"])
    assert admin.post("/accounts/1/users", data={"user[name]": "Pat"}).json() == {
        "errors": [{"message": "pseudonym is missing"}]
    }


def test_the_test_student_is_listed_only_where_asked_for(teacher: TestClient, algebra: int) -> None:
    url = f"/courses/{algebra}/search_users?per_page=100"
    assert "Test Student" not in {user["name"] for user in teacher.get(url).json()}
    shown = teacher.get(f"{url}&include[]=test_student").json()
    assert "Test Student" in {user["name"] for user in shown}


def test_a_user_is_born_in_the_districts_time_zone(teacher: TestClient, school: School) -> None:
    me = teacher.get("/users/self").json()
    assert (me["name"], me["created_at"]) == (school.teachers[0].name, "2026-09-14T08:00:00-07:00")


def test_a_teacher_sees_the_people_of_their_courses_and_nobody_else(
    other_teacher: TestClient, admin: TestClient, school: School
) -> None:
    strangers = {student.guid for student in school.students} - {
        each.guid for each in school.courses[1].students
    }
    stranger = min(strangers)
    assert other_teacher.get(f"/users/sis_user_id:{stranger}").status_code == 403
    assert other_teacher.get(f"/users/sis_user_id:{school.courses[1].students[0].guid}").status_code == 200
    assert admin.get(f"/users/sis_user_id:{stranger}").status_code == 200
