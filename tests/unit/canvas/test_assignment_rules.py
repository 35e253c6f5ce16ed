"""What an assignment can be beyond its dates: SIS fields, the gradebook, copies, lists and their filters."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeAlias

import pytest
from starlette.testclient import TestClient

from simulator.canvas.store import CanvasStore
from simulator.clock import VirtualClock

Make: TypeAlias = Callable[..., dict[str, Any]]


def home(work: dict[str, Any]) -> str:
    return f"/courses/{work['course_id']}/assignments/{work['id']}"


def change(client: TestClient, work: dict[str, Any], **fields: object) -> Any:  # noqa: ANN401 - any JSON
    return client.put(home(work), json={"assignment": fields}).json()


class TestTheFieldsOfASis:
    def test_are_kept_for_whoever_manages_the_sis_and_dropped_without_a_word_for_others(
        self, teacher: TestClient, admin: TestClient, an_assignment: Make
    ) -> None:
        fields = {"sis_assignment_id": "LI-1", "integration_id": "I-1", "integration_data": {"a": "b"}}
        quiz = an_assignment(**fields)
        told = [quiz[name] for name in fields]
        assert told == [None, None, {}]
        after = change(admin, quiz, **fields)
        assert [after[name] for name in fields] == list(fields.values())
        assert change(teacher, quiz, sis_assignment_id="LI-2")["sis_assignment_id"] == "LI-1"

    def test_are_taken_away_by_an_empty_text(self, admin: TestClient, an_assignment: Make) -> None:
        quiz = an_assignment()
        change(admin, quiz, sis_assignment_id="LI-1", integration_id="I-1", integration_data={"a": "b"})
        after = change(admin, quiz, sis_assignment_id="", integration_id="", integration_data="")
        names = ("sis_assignment_id", "integration_id", "integration_data")
        assert [after[each] for each in names] == [None, None, {}]

    def test_hold_data_that_comes_as_json_in_a_text(self, admin: TestClient, an_assignment: Make) -> None:
        quiz = an_assignment()
        assert change(admin, quiz, integration_data='{"a": 1}')["integration_data"] == {"a": 1}

    @pytest.mark.parametrize("told", ["text", [1], 5, "[1]"])
    def test_hold_no_other_data_than_an_object(
        self, admin: TestClient, an_assignment: Make, told: object
    ) -> None:
        errors = change(admin, an_assignment(), integration_data=told)["errors"]
        assert errors["integration_data"][0]["message"] == "Invalid integration data"

    def test_give_no_two_assignments_the_same_id(
        self, admin: TestClient, an_assignment: Make, store: CanvasStore
    ) -> None:
        first, second = an_assignment(), an_assignment(name="Quiz 2")
        change(admin, first, sis_assignment_id="LI-1")
        (fault,) = change(admin, second, sis_assignment_id="LI-1")["errors"]["sis_source_id"]
        assert (fault["type"], fault["message"]) == ("taken", 'SIS ID "LI-1" is already in use')
        assert store.assignments[second["id"]].sis_assignment_id is None
        assert change(admin, first, sis_assignment_id="LI-1", name="Other")["name"] == "Other"

    def test_name_the_assignment_in_a_path(
        self, teacher: TestClient, admin: TestClient, an_assignment: Make, history: int
    ) -> None:
        quiz = an_assignment()
        change(admin, quiz, sis_assignment_id="LI-1")
        by_sis = f"/courses/{quiz['course_id']}/assignments/sis_assignment_id:LI-1"
        assert teacher.get(by_sis).json()["id"] == quiz["id"]
        assert teacher.get(f"{by_sis}/submissions").status_code == 200
        others = [f"/courses/{history}/assignments/sis_assignment_id:LI-1", f"{by_sis}X"]
        assert [teacher.get(each).status_code for each in others] == [404, 404]


@pytest.mark.parametrize(
    ("fields", "can_hide"),
    [
        ({"points_possible": 0, "omit_from_final_grade": True}, True),
        ({"points_possible": 5, "omit_from_final_grade": True}, False),
        ({"points_possible": 0, "omit_from_final_grade": False}, False),
    ],
)
def test_only_what_counts_for_nothing_hides_from_the_gradebook(
    teacher: TestClient, an_assignment: Make, fields: dict[str, object], can_hide: bool
) -> None:
    after = change(teacher, an_assignment(), hide_in_gradebook=True, **fields)
    assert after.get("hide_in_gradebook", False) is can_hide
    assert ("hide_in_gradebook" in after.get("errors", {})) is not can_hide


class TestACopy:
    def test_stands_behind_the_original_and_is_not_marked_to_sync(
        self, teacher: TestClient, admin: TestClient, algebra: int, an_assignment: Make
    ) -> None:
        quiz, last = an_assignment(), an_assignment(name="Quiz 2")
        change(admin, quiz, sis_assignment_id="LI-1")
        answer = teacher.post(f"{home(quiz)}/duplicate")
        copy = answer.json()
        assert (answer.status_code, copy["name"], copy["points_possible"]) == (200, "Quiz 1 Copy", 10.0)
        assert (copy["post_to_sis"], copy["published"], copy["sis_assignment_id"]) == (False, False, None)
        assert (copy["original_assignment_id"], copy["original_assignment_name"]) == (quiz["id"], "Quiz 1")
        listed = [each["id"] for each in teacher.get(f"/courses/{algebra}/assignments").json()]
        assert listed == [quiz["id"], copy["id"], last["id"]]

    def test_is_numbered_where_there_is_one_already(self, teacher: TestClient, an_assignment: Make) -> None:
        quiz = an_assignment()
        copies = [teacher.post(f"{home(quiz)}/duplicate").json()["name"] for _each in range(3)]
        assert copies == ["Quiz 1 Copy", "Quiz 1 Copy 2", "Quiz 1 Copy 3"]

    def test_has_a_name_that_fits(self, teacher: TestClient, an_assignment: Make) -> None:
        copy = teacher.post(f"{home(an_assignment(name='x' * 255))}/duplicate").json()
        assert copy["name"] == "x" * 250 + " Copy"

    def test_takes_no_overrides_along(
        self, teacher: TestClient, an_assignment: Make, students: list[int]
    ) -> None:
        quiz = an_assignment(assignment_overrides=[{"student_ids": students[:1]}])
        assert teacher.post(f"{home(quiz)}/duplicate").json()["has_overrides"] is False

    def test_is_not_made_of_a_quiz(self, teacher: TestClient, an_assignment: Make) -> None:
        quiz = an_assignment(submission_types=["online_quiz"])
        assert quiz["can_duplicate"] is False
        assert teacher.post(f"{home(quiz)}/duplicate").status_code == 400


class TestAList:
    @pytest.fixture
    def work(self, an_assignment: Make) -> dict[str, int]:
        online: dict[str, object] = {"submission_types": ["online_upload"]}
        wanted: dict[str, dict[str, object]] = {
            "Zoo": {"due_at": "2026-09-10T12:00:00Z", **online},
            "Ant": {"due_at": "2026-09-11T12:00:00Z"},
            "Far": {"due_at": "2026-11-10T12:00:00Z", **online},
            "Bee": {"due_at": "2026-09-16T12:00:00Z"},
            "Cat": {},
        }
        return {name: an_assignment(name=name, **fields)["id"] for name, fields in wanted.items()}

    @pytest.mark.parametrize(
        ("bucket", "names"),
        [
            ("past", ["Zoo", "Ant"]),
            ("overdue", ["Zoo"]),
            ("undated", ["Cat"]),
            ("ungraded", []),
            ("unsubmitted", ["Zoo", "Far"]),
            ("upcoming", ["Bee"]),
            ("future", ["Far", "Bee", "Cat"]),
        ],
    )
    @pytest.mark.usefixtures("work")
    def test_of_a_bucket_says_so_in_each_assignment(
        self, teacher: TestClient, algebra: int, bucket: str, names: list[str]
    ) -> None:
        found = teacher.get(f"/courses/{algebra}/assignments?bucket={bucket}").json()
        assert [each["name"] for each in found] == names
        assert {each["bucket"] for each in found} == ({bucket} if names else set())

    def test_of_an_unknown_bucket_is_refused(self, teacher: TestClient, algebra: int) -> None:
        answer = teacher.get(f"/courses/{algebra}/assignments?bucket=invalid")
        assert answer.status_code == 400
        assert answer.json()["errors"]["bucket"][0]["message"] == (
            "bucket name must be one of the following: "
            "past, overdue, undated, ungraded, unsubmitted, upcoming, future"
        )

    @pytest.mark.parametrize(
        ("order", "names"),
        [
            ("name", ["Ant", "Bee", "Cat", "Far", "Zoo"]),
            ("due_at", ["Zoo", "Ant", "Bee", "Far", "Cat"]),
            ("position", ["Zoo", "Ant", "Far", "Bee", "Cat"]),
            ("other", ["Zoo", "Ant", "Far", "Bee", "Cat"]),
        ],
    )
    @pytest.mark.usefixtures("work")
    def test_can_be_put_in_order(
        self, teacher: TestClient, algebra: int, order: str, names: list[str]
    ) -> None:
        found = teacher.get(f"/courses/{algebra}/assignments?order_by={order}").json()
        assert [each["name"] for each in found] == names

    @pytest.mark.usefixtures("work")
    def test_of_a_group_takes_the_same_filters(
        self, teacher: TestClient, algebra: int, store: CanvasStore
    ) -> None:
        group = store.first_group(algebra).id
        url = f"/courses/{algebra}/assignment_groups/{group}/assignments?bucket=past&order_by=name"
        assert [each["name"] for each in teacher.get(url).json()] == ["Ant", "Zoo"]


CLOSED = "cannot be changed because this assignment is due in a closed grading period"


class TestWorkInAClosedGradingPeriod:
    @pytest.fixture
    def quiz(self, admin: TestClient, an_assignment: Make, clock: VirtualClock) -> dict[str, Any]:
        """Due in September, whose period closed; it is the middle of October."""
        wanted = {"enrollment_term_ids": [1], "grading_period_set": {"title": "Year"}}
        made = admin.post("/accounts/1/grading_period_sets", json=wanted).json()["grading_period_set"]["id"]
        periods = [
            {"title": "Q1", "start_date": "2026-08-01T00:00:00Z", "end_date": "2026-09-30T00:00:00Z"},
            {"title": "Q2", "start_date": "2026-09-30T00:00:00Z", "end_date": "2026-12-31T00:00:00Z"},
        ]
        admin.patch(
            f"/grading_period_sets/{made}/grading_periods/batch_update", json={"grading_periods": periods}
        )
        quiz = an_assignment(due_at="2026-09-20T12:00:00Z")
        clock.advance(timedelta(days=30))
        return quiz

    def test_refuses_each_field_that_it_protects(self, teacher: TestClient, quiz: dict[str, Any]) -> None:
        fields = {"name": "Other", "points_possible": 5, "published": False, "omit_from_final_grade": True}
        answer = teacher.put(home(quiz), json={"assignment": fields})
        assert answer.status_code == 400
        errors = answer.json()["errors"]
        assert set(errors) == {"name", "points_possible", "published", "omit_from_final_grade"}
        assert {each[0]["message"] for each in errors.values()} == {CLOSED}
        assert errors["published"][0]["attribute"] == "workflow_state"

    def test_lets_the_mark_the_description_and_the_kinds_of_work_change(
        self, teacher: TestClient, quiz: dict[str, Any]
    ) -> None:
        after = change(
            teacher,
            quiz,
            post_to_sis=False,
            description="New",
            submission_types=["online_upload"],
            name="Quiz 1",
        )
        told = (after["post_to_sis"], after["description"], after["submission_types"])
        assert told == (False, "New", ["online_upload"])

    def test_lets_an_administrator_change_everything_and_delete(
        self, admin: TestClient, quiz: dict[str, Any]
    ) -> None:
        assert change(admin, quiz, name="Other", due_at="2026-09-21T12:00:00Z")["name"] == "Other"
        assert admin.delete(home(quiz)).status_code == 200

    def test_is_not_deleted_by_a_teacher(self, teacher: TestClient, quiz: dict[str, Any]) -> None:
        assert teacher.delete(home(quiz)).status_code == 403
        assert teacher.get(home(quiz)).json()["in_closed_grading_period"] is True

    @pytest.mark.parametrize(
        ("fields", "key", "message"),
        [
            (
                {"due_at": "2026-10-20T12:00:00Z"},
                "due_at",
                "Cannot change the due date when due in a closed grading period",
            ),
            (
                {"only_visible_to_overrides": True},
                "only_visible_to_overrides",
                "Cannot set only visible to overrides when due in a closed grading period",
            ),
        ],
    )
    def test_does_not_leave_it(
        self, teacher: TestClient, quiz: dict[str, Any], fields: dict[str, object], key: str, message: str
    ) -> None:
        answer = teacher.put(home(quiz), json={"assignment": fields})
        assert (answer.status_code, answer.json()["errors"][key][0]["message"]) == (403, message)

    @pytest.mark.usefixtures("quiz")
    def test_is_not_protected_by_a_date_that_is_nobodys(
        self, teacher: TestClient, an_assignment: Make, students: list[int]
    ) -> None:
        override = {"student_ids": students[:1], "due_at": "2026-10-21T12:00:00Z"}
        work = an_assignment(
            due_at="2026-10-20T12:00:00Z", only_visible_to_overrides=True, assignment_overrides=[override]
        )
        early = {"due_at": "2026-09-20T12:00:00Z", "only_visible_to_overrides": True}
        assert change(teacher, work, **early)["due_at"] == early["due_at"]

    @pytest.mark.usefixtures("quiz")
    def test_is_not_made_there_nor_moved_there(
        self, teacher: TestClient, algebra: int, an_assignment: Make, store: CanvasStore
    ) -> None:
        early = {"due_at": "2026-09-20T12:00:00Z"}
        made = teacher.post(f"/courses/{algebra}/assignments", json={"assignment": {"name": "x", **early}})
        moved = teacher.put(home(an_assignment(due_at="2026-10-20T12:00:00Z")), json={"assignment": early})
        assert [
            (each.status_code, each.json()["errors"]["due_at"][0]["message"]) for each in (made, moved)
        ] == [
            (403, "Cannot set the due date to a date within a closed grading period"),
            (403, "Cannot change the due date to a date within a closed grading period"),
        ]
        assert len(store.assignments) == 2

    @pytest.mark.usefixtures("quiz")
    def test_gets_no_override_there_and_loses_none(
        self, *, teacher: TestClient, admin: TestClient, an_assignment: Make, students: list[int]
    ) -> None:
        later = home(an_assignment(due_at="2026-10-20T12:00:00Z"))
        early, open_date = "2026-09-20T12:00:00Z", "2026-10-21T12:00:00Z"
        mine = {"student_ids": students[:1], "due_at": early}
        made = admin.post(f"{later}/overrides", json={"assignment_override": mine}).json()
        other = {"student_ids": students[1:2], "due_at": open_date}
        free = teacher.post(f"{later}/overrides", json={"assignment_override": other}).json()
        third = {"student_ids": students[2:3], "due_at": early}
        refusals = [
            teacher.post(f"{later}/overrides", json={"assignment_override": third}),
            *(
                teacher.put(f"{later}/overrides/{number}", json={"assignment_override": {"due_at": date}})
                for number, date in ((made["id"], open_date), (free["id"], early))
            ),
            *(
                teacher.put(
                    later, json={"assignment": {"assignment_overrides": [{"id": number, "due_at": date}]}}
                )
                for number, date in ((free["id"], early), (made["id"], open_date), (free["id"], open_date))
            ),
        ]
        assert [(each.status_code, each.json()["errors"]["due_at"][0]["message"]) for each in refusals] == [
            (400, "Cannot set override due date to a date within a closed grading period"),
            (400, "Cannot change the due date of an override in a closed grading period"),
            (400, "Cannot change an override due date to a date within a closed grading period"),
            (403, "Cannot change an override due date to a date within a closed grading period"),
            (403, "Cannot change the due date of an override in a closed grading period"),
            (403, "Cannot delete an override with a due date within a closed grading period"),
        ]

    def test_protects_what_its_group_counts_for(
        self, teacher: TestClient, admin: TestClient, quiz: dict[str, Any]
    ) -> None:
        url = f"/courses/{quiz['course_id']}/assignment_groups/{quiz['assignment_group_id']}"
        edits = [{"group_weight": 20}, {"rules": {"drop_lowest": 1}}, {"name": "Other"}]
        assert [teacher.put(url, json=each).status_code for each in edits] == [403, 403, 200]
        assert teacher.delete(url).status_code == 403
        assert [admin.put(url, json=each).status_code for each in edits] == [200, 200, 200]
        shown = teacher.get(f"{url}?include[]=assignments").json()
        assert shown["any_assignment_in_closed_grading_period"] is True


class TestAGroup:
    def test_keeps_what_a_sis_keeps_of_it(self, teacher: TestClient, algebra: int) -> None:
        wanted = {"name": "Labs", "sis_source_id": "CAT-1", "integration_data": {"a": "b"}}
        made = teacher.post(f"/courses/{algebra}/assignment_groups", json=wanted).json()
        assert (made["sis_source_id"], made["integration_data"]) == ("CAT-1", {"a": "b"})
        url = f"/courses/{algebra}/assignment_groups/{made['id']}"
        after = teacher.put(url, json={"sis_source_id": "", "name": "Lab"}).json()
        assert (after["sis_source_id"], after["integration_data"]) == (None, {"a": "b"})

    def test_refuses_other_data_in_a_body_that_is_a_text(
        self, teacher: TestClient, algebra: int, store: CanvasStore
    ) -> None:
        before = len(store.groups)
        answer = teacher.post(f"/courses/{algebra}/assignment_groups", json={"integration_data": "x"})
        assert (answer.status_code, answer.json()) == (400, "Invalid integration data")
        assert len(store.groups) == before

    def test_shows_the_work_of_a_grading_period_whoevers_it_is(
        self,
        *,
        teacher: TestClient,
        admin: TestClient,
        algebra: int,
        an_assignment: Make,
        students: list[int],
    ) -> None:
        wanted = {"enrollment_term_ids": [1], "grading_period_set": {"title": "Year"}}
        made = admin.post("/accounts/1/grading_period_sets", json=wanted).json()["grading_period_set"]["id"]
        later = {"title": "Q2", "start_date": "2026-10-31T00:00:00Z", "end_date": "2026-12-31T00:00:00Z"}
        filled = admin.patch(
            f"/grading_period_sets/{made}/grading_periods/batch_update", json={"grading_periods": [later]}
        )
        period = filled.json()["grading_periods"][0]["id"]
        an_assignment(name="Now", due_at="2026-09-20T12:00:00Z")
        override = {"student_ids": students[:1], "due_at": "2026-11-20T12:00:00Z"}
        an_assignment(name="Later", due_at="2026-09-20T12:00:00Z", assignment_overrides=[override])
        url = f"/courses/{algebra}/assignment_groups?include[]=assignments&grading_period_id={period}"
        (group,) = teacher.get(url).json()
        assert [each["name"] for each in group["assignments"]] == ["Later"]
        assert teacher.get(f"{url}0").status_code == 404
