"""Assignment overrides over HTTP: made, changed and deleted one by one, many at once, or with an edit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeAlias

import pytest
from starlette.testclient import TestClient

from simulator.canvas import enrolling
from simulator.canvas.store import CanvasStore
from simulator.clock import VirtualClock

Make: TypeAlias = Callable[..., dict[str, Any]]
DUE = "2026-09-20T18:00:00Z"
LATER = "2026-09-25T18:00:00Z"


@pytest.fixture
def quiz(an_assignment: Make) -> dict[str, Any]:
    return an_assignment(due_at=DUE)


@pytest.fixture
def section(store: CanvasStore, algebra: int) -> int:
    return store.sections_of(algebra)[0].id


@pytest.fixture
def url(quiz: dict[str, Any]) -> str:
    return f"/courses/{quiz['course_id']}/assignments/{quiz['id']}/overrides"


@pytest.fixture
def override(teacher: TestClient, url: str) -> Callable[..., dict[str, Any]]:
    """Makes an override, and returns it."""

    def make(**fields: object) -> dict[str, Any]:
        answer = teacher.post(url, json={"assignment_override": fields})
        assert answer.status_code == 201, answer.text
        made: dict[str, Any] = answer.json()
        return made

    return make


class TestOneOverride:
    def test_of_a_section_has_its_name_and_only_the_dates_that_it_sets(
        self, override: Make, section: int, quiz: dict[str, Any], store: CanvasStore
    ) -> None:
        made = override(course_section_id=section, due_at=LATER, title="ignored")
        assert made == {
            "id": made["id"],
            "assignment_id": quiz["id"],
            "title": store.sections[section].name,
            "unassign_item": False,
            "due_at": LATER,
            "all_day": False,
            "all_day_date": "2026-09-25",
            "course_section_id": section,
        }

    def test_of_students_is_called_by_their_number_unless_told(
        self, override: Make, students: list[int]
    ) -> None:
        alone = override(student_ids=[students[0]], lock_at=None)
        assert (alone["title"], alone["student_ids"], alone["lock_at"]) == ("1 student", students[:1], None)
        assert "due_at" not in alone
        assert override(student_ids=students[1:3])["title"] == "2 students"
        assert override(student_ids=students[3:4], title="Retake")["title"] == "Retake"

    def test_due_at_midnight_is_due_at_the_end_of_that_day(self, override: Make, section: int) -> None:
        made = override(course_section_id=section, due_at="2026-09-25T00:00:00-07:00")
        assert (made["due_at"], made["all_day"], made["all_day_date"]) == (
            "2026-09-26T06:59:59Z", True, "2026-09-25",
        )  # fmt: skip

    def test_locked_at_midnight_is_locked_at_the_end_of_that_day(self, override: Make, section: int) -> None:
        midnight = "2026-09-25T00:00:00-07:00"
        made = override(course_section_id=section, lock_at=midnight, unlock_at=midnight)
        assert (made["lock_at"], made["unlock_at"]) == ("2026-09-26T06:59:59Z", "2026-09-25T07:00:00Z")

    @pytest.mark.parametrize("due_at", ["0001-01-01T00:00:01Z", "9999-12-31T23:59:59Z"])
    def test_can_be_due_on_the_first_and_the_last_day_that_there_is(
        self, override: Make, section: int, due_at: str
    ) -> None:
        assert override(course_section_id=section, due_at=due_at)["due_at"] == due_at

    def test_takes_a_day_alone_for_a_date(self, override: Make, section: int) -> None:
        assert override(course_section_id=section, due_at="2026-09-25")["all_day_date"] == "2026-09-25"

    def test_finds_students_and_sections_by_their_sis_ids(
        self, override: Make, store: CanvasStore, students: list[int], section: int
    ) -> None:
        sis_id = store.users[students[0]].sis_user_id
        assert override(student_ids=[f"sis_user_id:{sis_id}"])["student_ids"] == students[:1]
        by_sis = f"sis_section_id:{store.sections[section].sis_section_id}"
        assert override(course_section_id=by_sis)["course_section_id"] == section

    def test_is_listed_shown_and_deleted_once(
        self, teacher: TestClient, override: Make, url: str, section: int
    ) -> None:
        made = override(course_section_id=section, due_at=LATER)
        one = f"{url}/{made['id']}"
        assert teacher.get(url).json() == [made]
        assert teacher.get(one).json() == made
        gone = teacher.delete(one)
        assert (gone.status_code, gone.json()) == (200, made)
        assert [teacher.get(one).status_code, teacher.delete(one).status_code] == [404, 404]
        assert teacher.get(url).json() == []

    def test_loses_every_date_that_an_edit_does_not_send_again(
        self, teacher: TestClient, override: Make, url: str, students: list[int]
    ) -> None:
        made = override(student_ids=students[:2], due_at=LATER, lock_at=LATER)
        edit = {"assignment_override": {"lock_at": LATER}}
        answer = teacher.put(f"{url}/{made['id']}", json=edit)
        after = answer.json()
        assert (answer.status_code, after["lock_at"], after["student_ids"]) == (200, LATER, students[:2])
        assert "due_at" not in after
        assert after["title"] == "2 students"

    def test_keeps_its_section_whatever_an_edit_says(
        self, teacher: TestClient, override: Make, url: str, section: int, students: list[int]
    ) -> None:
        made = override(course_section_id=section)
        edit = {"assignment_override": {"student_ids": students[:1], "due_at": LATER}}
        after = teacher.put(f"{url}/{made['id']}", json=edit).json()
        assert after["course_section_id"] == section
        assert "student_ids" not in after

    def test_of_students_can_get_others(
        self, teacher: TestClient, override: Make, url: str, students: list[int]
    ) -> None:
        made = override(student_ids=students[:1])
        edit = {"assignment_override": {"student_ids": students[1:4]}}
        after = teacher.put(f"{url}/{made['id']}", json=edit).json()
        assert (after["student_ids"], after["title"]) == (students[1:4], "3 students")

    def test_touches_its_assignment(
        self, teacher: TestClient, override: Make, quiz: dict[str, Any], clock: VirtualClock, section: int
    ) -> None:
        clock.advance(timedelta(hours=1))
        override(course_section_id=section)
        after = teacher.get(f"/courses/{quiz['course_id']}/assignments/{quiz['id']}").json()
        assert after["updated_at"] > quiz["updated_at"]

    def test_hides_students_who_left_the_course(
        self,
        *,
        teacher: TestClient,
        override: Make,
        url: str,
        store: CanvasStore,
        students: list[int],
        algebra: int,
    ) -> None:
        override(student_ids=students[:2])
        for each in store.enrollments_of(algebra):
            if each.user_id == students[0]:
                enrolling.set_state(store, each, "deleted")
        assert teacher.get(url).json()[0]["student_ids"] == students[1:2]


@pytest.mark.parametrize(
    ("fields", "errors"),
    [
        ({}, ["one of student_ids, group_id, or course_section_id is required"]),
        ({"course_section_id": "424242"}, ['unknown section id "424242"']),
        ({"course_section_id": 424242}, ["unknown section id 424242"]),
        ({"course_section_id": None}, ["unknown section id nil"]),
        ({"student_ids": ["424242", "x"]}, ['unknown student ids: ["424242", "x"]']),
        ({"student_ids": []}, ["invalid student_ids []"]),
        ({"student_ids": "1001"}, ['invalid student_ids "1001"']),
        ({"group_id": 1}, ["group_id is not valid for non-group assignments"]),
        ({"course_section_id": 1, "due_at": "foo"}, ["unknown section id 1", 'invalid due_at "foo"']),
        ("text", ["invalid override data"]),
    ],
)
def test_what_cannot_be_an_override_is_refused_with_every_reason(
    teacher: TestClient, url: str, store: CanvasStore, fields: object, errors: list[str]
) -> None:
    answer = teacher.post(url, json={"assignment_override": fields})
    assert (answer.status_code, answer.json()) == (400, {"errors": errors})
    assert len(store.tables["overrides"]) == 0


def test_a_test_student_gets_no_override_of_their_own(
    teacher: TestClient, url: str, test_student: int
) -> None:
    answer = teacher.post(url, json={"assignment_override": {"student_ids": [test_student]}})
    assert answer.json() == {"errors": [f'unknown student ids: ["{test_student}"]']}


def test_a_section_has_one_override_of_an_assignment(
    teacher: TestClient, url: str, override: Make, section: int
) -> None:
    override(course_section_id=section)
    answer = teacher.post(url, json={"assignment_override": {"course_section_id": section}})
    taken = {"attribute": "set_id", "type": "taken", "message": "taken"}
    assert (answer.status_code, answer.json()) == (400, {"errors": {"set_id": [taken]}})


def test_a_student_is_in_one_override_of_an_assignment(
    teacher: TestClient, url: str, override: Make, students: list[int]
) -> None:
    override(student_ids=students[:2])
    answer = teacher.post(url, json={"assignment_override": {"student_ids": students[1:3]}})
    assert answer.status_code == 400
    (fault,) = answer.json()["errors"]["assignment_override_students"]
    assert (fault["type"], fault["message"]) == ("taken", "already belongs to an assignment override")


def test_a_section_sends_on_to_its_override(
    teacher: TestClient, quiz: dict[str, Any], override: Make, section: int
) -> None:
    alias = f"/sections/{section}/assignments/{quiz['id']}/override"
    assert teacher.get(alias).status_code == 404
    made = override(course_section_id=section, due_at=LATER)
    answer = teacher.get(alias, follow_redirects=False)
    home = f"/api/v1/courses/{quiz['course_id']}/assignments/{quiz['id']}/overrides/{made['id']}"
    assert (answer.status_code, answer.headers["location"]) == (302, f"http://canvas.test{home}")
    assert teacher.get(alias).json() == made


def test_only_the_teacher_of_the_course_has_anything_to_do_with_its_overrides(
    other_teacher: TestClient, url: str, override: Make, section: int
) -> None:
    made = override(course_section_id=section)
    answers = [
        other_teacher.get(url),
        other_teacher.post(url, json={"assignment_override": {"course_section_id": section}}),
        other_teacher.put(f"{url}/{made['id']}"),
        other_teacher.delete(f"{url}/{made['id']}"),
    ]
    assert [each.status_code for each in answers] == [403] * 4


class TestManyAtOnce:
    @pytest.fixture
    def batch(self, algebra: int) -> str:
        return f"/courses/{algebra}/assignments/overrides"

    def test_are_read_in_the_order_asked_for_with_null_for_what_is_not_there(
        self, teacher: TestClient, batch: str, override: Make, quiz: dict[str, Any], students: list[int]
    ) -> None:
        first, second = (override(student_ids=[each]) for each in students[:2])
        wanted = [second["id"], 424242, first["id"]]
        pairs = "&".join(
            f"assignment_overrides[][id]={each}&assignment_overrides[][assignment_id]={quiz['id']}"
            for each in wanted
        )
        assert teacher.get(f"{batch}?{pairs}").json() == [second, None, first]

    @pytest.mark.parametrize(
        ("query", "error"),
        [
            ("", "no assignment_overrides values present"),
            ("assignment_overrides[]=1", "must specify an array with entry format { id, assignment_id }"),
            ("assignment_overrides[][id]=1", "must specify an array with entry format { id, assignment_id }"),
            ("assignment_overrides=1", "must specify an array with entry format { id, assignment_id }"),
        ],
    )
    def test_are_asked_for_by_two_ids_each(
        self, teacher: TestClient, batch: str, query: str, error: str
    ) -> None:
        answer = teacher.get(f"{batch}?{query}")
        assert (answer.status_code, answer.json()) == (400, {"errors": [error]})

    def test_are_made_and_changed_as_a_list(
        self, *, teacher: TestClient, batch: str, an_assignment: Make, quiz: dict[str, Any], section: int,
        students: list[int],
    ) -> None:  # fmt: skip
        other = an_assignment(name="Quiz 2")
        wanted = [
            {"assignment_id": quiz["id"], "student_ids": students[:1], "due_at": LATER},
            {"assignment_id": other["id"], "course_section_id": section},
        ]
        made = teacher.post(batch, json={"assignment_overrides": wanted})
        assert made.status_code == 200
        assert [each["assignment_id"] for each in made.json()] == [quiz["id"], other["id"]]
        edits = [
            {"id": each["id"], "assignment_id": each["assignment_id"], "due_at": DUE} for each in made.json()
        ]
        after = teacher.put(batch, json={"assignment_overrides": edits})
        assert [each["due_at"] for each in after.json()] == [DUE, DUE]

    def test_are_made_all_or_none(
        self, teacher: TestClient, batch: str, quiz: dict[str, Any], store: CanvasStore, students: list[int]
    ) -> None:
        wanted = [
            {"assignment_id": quiz["id"], "student_ids": students[:1]},
            {"assignment_id": 424242, "student_ids": students[1:2]},
            {"assignment_id": quiz["id"], "due_at": "foo", "student_ids": students[2:3]},
        ]
        answer = teacher.post(batch, json={"assignment_overrides": wanted})
        assert answer.status_code == 400
        assert answer.json() == {"errors": [None, ["assignment not found"], ['invalid due_at "foo"']]}
        assert len(store.tables["overrides"]) == 0

    def test_that_name_the_same_student_twice_are_refused(
        self, teacher: TestClient, batch: str, quiz: dict[str, Any], store: CanvasStore, students: list[int]
    ) -> None:
        wanted = [{"assignment_id": quiz["id"], "student_ids": students[:1]}] * 2
        answer = teacher.post(batch, json={"assignment_overrides": wanted})
        first, second = answer.json()["errors"]
        assert (answer.status_code, first) == (400, None)
        assert "assignment_override_students" in second["errors"]
        assert len(store.tables["overrides"]) == 0

    def test_say_which_ids_they_miss(self, teacher: TestClient, batch: str, quiz: dict[str, Any]) -> None:
        entries = [{"title": "x"}, {"assignment_id": quiz["id"], "id": 1}]
        made = teacher.post(batch, json={"assignment_overrides": entries}).json()
        assert made == {"errors": [["must specify an assignment id"], ["may not specify an override id"]]}
        changed = teacher.put(batch, json={"assignment_overrides": entries}).json()
        missing = ["must specify an assignment id", "must specify an override id"]
        assert changed == {"errors": [missing, None]}
        unknown = teacher.put(batch, json={"assignment_overrides": entries[1:]}).json()
        assert unknown == {"errors": [["override not found"]]}

    @pytest.mark.parametrize(
        ("body", "error"),
        [({}, "no assignment override data present"), ({"a": 1}, "must specify an array of overrides")],
    )
    def test_have_to_be_a_list(
        self, teacher: TestClient, batch: str, body: dict[str, int], error: str
    ) -> None:
        answer = teacher.post(batch, json={"assignment_overrides": body})
        assert (answer.status_code, answer.json()) == (400, {"errors": [error]})


class TestOverridesInAnEditOfTheAssignment:
    def write(self, teacher: TestClient, quiz: dict[str, Any], **fields: object) -> Any:  # noqa: ANN401
        home = f"/courses/{quiz['course_id']}/assignments/{quiz['id']}"
        return teacher.put(f"{home}?include[]=overrides", json={"assignment": fields})

    def test_are_made_with_a_new_assignment(
        self, teacher: TestClient, algebra: int, section: int, students: list[int]
    ) -> None:
        overrides = [{"course_section_id": section, "due_at": DUE}, {"student_ids": students[:1]}]
        wanted = {"name": "Lab", "assignment_overrides": overrides, "only_visible_to_overrides": True}
        made = teacher.post(
            f"/courses/{algebra}/assignments?include[]=overrides", json={"assignment": wanted}
        ).json()
        assert [each["assignment_id"] for each in made["overrides"]] == [made["id"]] * 2
        assert (made["has_overrides"], made["only_visible_to_overrides"]) == (True, True)
        assert made["visible_to_everyone"] is False

    def test_that_are_not_named_go(
        self, teacher: TestClient, quiz: dict[str, Any], override: Make, students: list[int]
    ) -> None:
        kept, gone = (override(student_ids=[each], due_at=DUE) for each in students[:2])
        wanted = [{"id": kept["id"], "due_at": LATER}, {"student_ids": students[1:2]}]
        after = self.write(teacher, quiz, assignment_overrides=wanted).json()
        first, second = after["overrides"]
        assert (first["id"], first["due_at"]) == (kept["id"], LATER)
        assert second["student_ids"] == students[1:2]
        assert gone["id"] not in {first["id"], second["id"]}

    def test_stay_where_the_edit_says_nothing_of_them_and_go_with_an_empty_list(
        self, teacher: TestClient, quiz: dict[str, Any], override: Make, students: list[int]
    ) -> None:
        made = override(student_ids=students[:1])
        assert self.write(teacher, quiz, name="Other").json()["overrides"] == [made]
        assert self.write(teacher, quiz, assignment_overrides=[]).json()["has_overrides"] is False

    def test_that_cannot_be_refuse_the_whole_edit(
        self, teacher: TestClient, quiz: dict[str, Any], store: CanvasStore
    ) -> None:
        answer = self.write(teacher, quiz, name="Other", assignment_overrides=[{"course_section_id": 1}])
        (fault,) = answer.json()["errors"]["base"]
        assert (answer.status_code, fault["message"]) == (400, "unknown section id 1")
        assert store.assignments[quiz["id"]].name == "Quiz 1"

    def test_as_rack_merges_them_arrive_as_one(
        self, teacher: TestClient, quiz: dict[str, Any], section: int, students: list[int]
    ) -> None:
        """`canvasapi` sends a list of hashes like this; what has no key in common becomes one hash."""
        form = {
            "assignment[assignment_overrides][][course_section_id]": str(section),
            "assignment[assignment_overrides][][due_at]": LATER,
            "assignment[assignment_overrides][][student_ids][]": str(students[0]),
        }
        home = f"/courses/{quiz['course_id']}/assignments/{quiz['id']}?include[]=overrides"
        (only,) = teacher.put(home, data=form).json()["overrides"]
        assert (only["student_ids"], only["due_at"]) == (students[:1], LATER)

    def test_all_dates_show_each_and_the_common_one(
        self, teacher: TestClient, quiz: dict[str, Any], override: Make, section: int
    ) -> None:
        made = override(course_section_id=section, due_at=LATER)
        home = f"/courses/{quiz['course_id']}/assignments/{quiz['id']}?include[]=all_dates"
        assert teacher.get(home).json()["all_dates"] == [
            {
                "id": made["id"], "title": made["title"], "due_at": LATER, "unlock_at": None, "lock_at": None,
                "set_type": "CourseSection", "set_id": section,
            },
            {"due_at": DUE, "unlock_at": None, "lock_at": None, "base": True},
        ]  # fmt: skip
