"""Grading periods of the account on the wire: setting them up, and what they make of grades."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, TypeAlias

import pytest
from starlette.testclient import TestClient

from simulator.canvas.model import GradingPeriod
from simulator.canvas.rack import Params
from simulator.canvas.rules.grading_periods import revise_periods
from simulator.clock import VirtualClock
from simulator.profiles import Profile

Make: TypeAlias = Callable[..., dict[str, Any]]
SETS = "/accounts/1/grading_period_sets"
AUTUMN: dict[str, Any] = {
    "title": "Autumn",
    "start_date": "2026-08-01T07:00:00Z",
    "end_date": "2026-10-31T07:00:00Z",
}
WINTER: dict[str, Any] = {
    "title": "Winter",
    "start_date": "2026-10-31T07:00:00Z",
    "end_date": "2027-01-31T08:00:00Z",
}
IN_AUTUMN, IN_WINTER = "2026-09-14T20:00:00Z", "2026-11-16T20:00:00Z"
AFTER_AUTUMN = datetime(2026, 11, 2, tzinfo=UTC)


def a_set(admin: TestClient, *, weighted: bool = False, term: bool = True) -> str:
    wanted: dict[str, Any] = {"grading_period_set": {"title": "Year", "weighted": weighted}}
    answer = admin.post(SETS, json=wanted | ({"enrollment_term_ids": [1]} if term else {}))
    assert answer.status_code == 201, answer.text
    return str(answer.json()["grading_period_set"]["id"])


def fill(admin: TestClient, set_id: str, *periods: dict[str, Any]) -> Any:  # noqa: ANN401 - an answer
    return admin.patch(
        f"/grading_period_sets/{set_id}/grading_periods/batch_update", json={"grading_periods": periods}
    )


def two_periods(admin: TestClient, *percents: float | None) -> tuple[int, int]:
    """Autumn and winter in use, weighted if weights are given."""
    weights = percents or (None, None)
    made = fill(
        admin,
        a_set(admin, weighted=bool(percents)),
        {**AUTUMN, "weight": weights[0]},
        {**WINTER, "weight": weights[1]},
    )
    first, second = (int(each["id"]) for each in made.json()["grading_periods"])
    return first, second


@pytest.fixture
def grades(teacher: TestClient, algebra: int, students: list[int]) -> Callable[..., dict[str, Any]]:
    """Reads the first student's grades, with any query."""

    def read(**query: int | str) -> dict[str, Any]:
        answer = teacher.get(f"/courses/{algebra}/enrollments", params={"user_id": students[0], **query})
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()[0]["grades"]
        return found

    return read


class TestSettingThemUp:
    def test_a_course_has_the_periods_of_its_term(
        self, admin: TestClient, teacher: TestClient, algebra: int
    ) -> None:
        made = a_set(admin, weighted=True)
        fill(admin, made, {**AUTUMN, "weight": 40, "close_date": "2026-11-07T07:00:00Z"}, WINTER)
        answer = teacher.get(f"/courses/{algebra}/grading_periods").json()
        first, second = answer["grading_periods"]
        assert first == {
            "id": first["id"],
            "grading_period_group_id": made,
            **AUTUMN,
            "close_date": "2026-11-07T07:00:00Z",
            "weight": 40.0,
            "is_closed": False,
            "is_last": False,
            "permissions": {"read": True, "create": False, "update": False, "delete": False},
        }
        assert (second["weight"], second["close_date"], second["is_last"]) == (None, WINTER["end_date"], True)
        assert all(isinstance(each["id"], str) for each in answer["grading_periods"])
        assert answer["grading_periods_read_only"] is True
        assert answer["can_create_grading_periods"] is False
        one = teacher.get(f"/courses/{algebra}/grading_periods/{second['id']}").json()
        assert one == {"grading_periods": [second]}
        assert teacher.get(f"/courses/{algebra}/grading_periods/999").status_code == 404

    def test_a_page_tells_of_itself_in_header_and_body(
        self, admin: TestClient, teacher: TestClient, algebra: int
    ) -> None:
        two_periods(admin)
        url = f"/courses/{algebra}/grading_periods"
        answer = teacher.get(f"{url}?per_page=1")
        meta = answer.json()["meta"]
        assert meta["primaryCollection"] == "grading_periods"
        page = meta["pagination"]
        assert (page["page"], page["per_page"], page["count"], page["page_count"]) == (1, 1, 2, 2)
        assert page["next"] == answer.links["next"]["url"]
        last = teacher.get(page["next"])
        assert [each["title"] for each in last.json()["grading_periods"]] == ["Winter"]
        assert "next" not in last.json()["meta"]["pagination"]
        assert "next" not in last.links

    def test_a_course_without_a_set_has_none(
        self, admin: TestClient, teacher: TestClient, algebra: int
    ) -> None:
        fill(admin, a_set(admin, term=False), AUTUMN)
        assert teacher.get(f"/courses/{algebra}/grading_periods").json()["grading_periods"] == []

    def test_a_term_has_one_set_at_most(self, admin: TestClient, teacher: TestClient, algebra: int) -> None:
        fill(admin, a_set(admin), AUTUMN)
        fill(admin, a_set(admin), WINTER)
        shown = teacher.get(f"/courses/{algebra}/grading_periods").json()["grading_periods"]
        assert [each["title"] for each in shown] == ["Winter"]
        sets = admin.get(SETS).json()["grading_period_sets"]
        assert [each["enrollment_term_ids"] for each in sets] == [[], ["1"]]
        assert [each["grading_periods"][0]["title"] for each in sets] == ["Autumn", "Winter"]

    def test_a_period_that_is_sent_with_its_id_is_changed_and_keeps_the_rest(self, admin: TestClient) -> None:
        made = a_set(admin)
        first, second = fill(admin, made, AUTUMN, {**WINTER, "weight": 30}).json()["grading_periods"]
        (changed,) = fill(admin, made, {"id": second["id"], "title": "Spring"}).json()["grading_periods"]
        assert changed == {**second, "title": "Spring"}
        (unweighted,) = fill(admin, made, {"id": second["id"], "weight": ""}).json()["grading_periods"]
        assert unweighted["weight"] is None
        (kept,) = (each for each in sets_of(admin)[0]["grading_periods"] if each["id"] == first["id"])
        assert kept == first

    def test_the_account_lists_the_periods_of_all_sets_and_lets_one_go(
        self, admin: TestClient, teacher: TestClient, algebra: int
    ) -> None:
        autumn, winter = two_periods(admin)
        (spare,) = fill(admin, a_set(admin, term=False), AUTUMN).json()["grading_periods"]
        url = "/accounts/1/grading_periods"
        answer = admin.get(f"{url}?per_page=2").json()
        assert [each["id"] for each in answer["grading_periods"]] == [str(autumn), str(winter)]
        assert (answer["meta"]["pagination"]["count"], answer["can_create_grading_periods"]) == (3, True)
        assert teacher.get(url).status_code == 403
        assert teacher.delete(f"{url}/{winter}").status_code == 403
        gone = admin.delete(f"{url}/{winter}")
        assert (gone.status_code, gone.content) == (204, b"")
        assert admin.delete(f"{url}/{winter}").status_code == 404
        assert admin.delete(f"{url}/{spare['id']}").status_code == 204
        shown = teacher.get(f"/courses/{algebra}/grading_periods").json()["grading_periods"]
        assert [(each["id"], each["is_last"]) for each in shown] == [(str(autumn), True)]

    def test_forms_are_taken_as_json_is(self, admin: TestClient) -> None:
        made = a_set(admin)
        form = {f"grading_periods[][{name}]": text for name, text in AUTUMN.items()}
        answer = admin.patch(f"/grading_period_sets/{made}/grading_periods/batch_update", data=form)
        assert answer.json()["grading_periods"][0]["title"] == "Autumn"

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            ({**WINTER, "title": " "}, "title"),
            ({**WINTER, "title": "x" * 256}, "title"),
            ({"title": "Winter", "end_date": WINTER["end_date"]}, "start_date"),
            ({"title": "Winter", "start_date": WINTER["start_date"]}, "end_date"),
            ({**WINTER, "end_date": "soon"}, "end_date"),
            ({**WINTER, "end_date": WINTER["start_date"]}, "end_date"),
            ({**WINTER, "close_date": WINTER["start_date"]}, "close_date"),
            ({**WINTER, "weight": "heavy"}, "weight"),
            ({**WINTER, "weight": -1}, "weight"),
            ({**WINTER, "start_date": "2026-10-31T06:59:59Z"}, "start_date"),
        ],
    )
    def test_one_bad_period_refuses_all_and_names_its_field(
        self, admin: TestClient, wrong: dict[str, Any], field: str
    ) -> None:
        answer = fill(admin, a_set(admin), AUTUMN, wrong)
        assert answer.status_code == 422
        (error,) = answer.json()["errors"]
        assert error["field"] == field
        assert error["message"]
        assert sets_of(admin)[0]["grading_periods"] == []

    def test_a_set_needs_a_title_and_a_term_that_exists(self, admin: TestClient) -> None:
        for title in ("", " ", "x" * 256):
            assert admin.post(SETS, json={"grading_period_set": {"title": title}}).status_code == 422
        wanted = {"grading_period_set": {"title": "Year"}, "enrollment_term_ids": [1, 9]}
        assert admin.post(SETS, json=wanted).status_code == 404
        assert sets_of(admin) == []

    def test_what_is_not_there_is_404_and_an_edit_of_nothing_400(self, admin: TestClient) -> None:
        made = a_set(admin)
        assert fill(admin, made, {"id": "77", "title": "Spring"}).status_code == 404
        assert fill(admin, "77", AUTUMN).status_code == 404
        assert fill(admin, made).status_code == 400

    def test_teachers_do_not_set_them_up(self, admin: TestClient, teacher: TestClient) -> None:
        made = a_set(admin)
        assert fill(teacher, made, AUTUMN).status_code == 403
        assert teacher.get(SETS).status_code == 403
        assert teacher.post(SETS, json={"grading_period_set": {"title": "Mine"}}).status_code == 403

    def test_a_change_may_move_a_period_past_its_neighbour(self) -> None:
        begin = datetime(2026, 8, 1, tzinfo=UTC)
        day = timedelta(days=1)
        present = [
            GradingPeriod(1, 5, "A", begin, begin + day, begin + day),
            GradingPeriod(2, 5, "B", begin + day, begin + 2 * day, begin + 2 * day),
        ]
        later: Params = {"id": "1", "start_date": "2026-08-03T00:00:00Z", "end_date": "2026-08-04T00:00:00Z"}
        edit = revise_periods(5, present, [{**later, "close_date": "2026-08-04T00:00:00Z"}], UTC)
        assert edit.fault is None
        assert [each.starts_at for each in edit.periods] == [begin + 2 * day]
        into: Params = {"id": "1", "end_date": "2026-08-02T00:00:01Z", "close_date": "2026-08-03T00:00:00Z"}
        refused = revise_periods(5, present, [into], UTC)
        assert refused.periods == ()
        assert refused.fault is not None
        assert refused.fault.message == "B overlaps with A"


def sets_of(admin: TestClient) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = admin.get(SETS).json()["grading_period_sets"]
    return found


@pytest.mark.parametrize("status", [200, 201])
class TestTheSwitchForANewSet:
    @pytest.fixture
    def profile(self, status: Any) -> Profile:  # noqa: ANN401 - a literal
        return Profile(name="other", canvas_period_set_created_status=status)

    def test_it_decides_the_status(self, admin: TestClient, status: int) -> None:
        assert admin.post(SETS, json={"grading_period_set": {"title": "Year"}}).status_code == status


class TestGradesOfAPeriod:
    @pytest.fixture
    def work(self, an_assignment: Make, grade: Make, students: list[int]) -> None:
        """5 and nothing of 10 in autumn, 8 of 20 in winter."""
        grade(an_assignment(due_at=IN_AUTUMN), students[0], posted_grade="5")
        an_assignment(name="Quiz 2", due_at=IN_AUTUMN)
        winter = an_assignment(name="Quiz 3", due_at=IN_WINTER, points_possible=20)
        grade(winter, students[0], posted_grade="8")

    @pytest.mark.usefixtures("work")
    def test_enrollments_show_the_totals_of_the_period_that_is_asked_for(
        self, admin: TestClient, grades: Make
    ) -> None:
        autumn, winter = two_periods(admin)
        shown = grades(grading_period_id=autumn)
        assert (shown["current_score"], shown["final_score"]) == (50.0, 25.0)
        assert (shown["unposted_current_score"], shown["unposted_final_score"]) == (50.0, 25.0)
        assert shown["grading_period_id"] == autumn
        assert grades(grading_period_id=winter)["current_score"] == 40.0
        whole = grades()
        assert (whole["current_score"], whole["final_score"]) == (43.33, 32.5)
        assert "grading_period_id" not in whole

    @pytest.mark.usefixtures("work")
    def test_a_weighted_set_makes_the_total_of_those_of_its_periods(
        self, admin: TestClient, grades: Make
    ) -> None:
        two_periods(admin, 25, 75)
        assert (grades()["current_score"], grades()["final_score"]) == (42.5, 36.25)

    @pytest.mark.usefixtures("work")
    def test_points_are_shown_where_they_are_asked_for(self, admin: TestClient, grades: Make) -> None:
        autumn, _winter = two_periods(admin)
        shown = grades(**{"include[]": "current_points", "grading_period_id": autumn})
        assert (shown["current_points"], shown["unposted_current_points"]) == (5.0, 5.0)
        assert grades(**{"include[]": "current_points"})["current_points"] == 13.0
        assert "current_points" not in grades()

    @pytest.mark.usefixtures("work")
    def test_a_section_shows_the_same(
        self, admin: TestClient, teacher: TestClient, algebra: int, students: list[int]
    ) -> None:
        autumn, _winter = two_periods(admin)
        listed = f"/courses/{algebra}/enrollments?user_id={students[0]}&grading_period_id={autumn}"
        (row,) = teacher.get(listed).json()
        listed = listed.replace(f"courses/{algebra}", f"sections/{row['course_section_id']}")
        assert teacher.get(listed).json() == [row]

    @pytest.mark.parametrize("wrong", ["999", "abc", "-1"])
    def test_a_period_that_the_course_does_not_have_is_refused(
        self, admin: TestClient, teacher: TestClient, algebra: int, wrong: str
    ) -> None:
        two_periods(admin)
        answer = teacher.get(f"/courses/{algebra}/enrollments?grading_period_id={wrong}")
        assert (answer.status_code, answer.json()) == (400, {"error": "invalid grading_period_id"})

    def test_a_period_of_a_set_that_is_not_in_use_is_refused_too(
        self, admin: TestClient, teacher: TestClient, algebra: int
    ) -> None:
        made = fill(admin, a_set(admin, term=False), AUTUMN).json()["grading_periods"][0]["id"]
        answer = teacher.get(f"/courses/{algebra}/enrollments?grading_period_id={made}")
        assert answer.status_code == 400


class TestWorkInAPeriod:
    def test_a_submission_names_the_period_that_its_due_date_is_in(
        self, admin: TestClient, an_assignment: Make, grade: Make, students: list[int]
    ) -> None:
        dates = (IN_AUTUMN, IN_WINTER, None, "2026-07-01T20:00:00Z")
        given = [an_assignment(name=str(due), **({"due_at": due} if due else {})) for due in dates]
        autumn, winter = two_periods(admin)
        rows = [grade(each, students[0], posted_grade="5") for each in given]
        assert [row["grading_period_id"] for row in rows] == [autumn, winter, winter, None]

    def test_the_submissions_of_a_class_can_be_those_of_a_period(
        self, admin: TestClient, teacher: TestClient, algebra: int, an_assignment: Make
    ) -> None:
        in_autumn = an_assignment(due_at=IN_AUTUMN)["id"]
        in_winter = an_assignment(name="Quiz 2", due_at=IN_WINTER)["id"]
        autumn, winter = two_periods(admin)
        for period, assignment in ((autumn, in_autumn), (winter, in_winter)):
            listed = f"/courses/{algebra}/students/submissions?student_ids[]=all&grading_period_id={period}"
            assert {row["assignment_id"] for row in teacher.get(listed).json()} == {assignment}
        unknown = f"/courses/{algebra}/students/submissions?student_ids[]=all&grading_period_id=999"
        assert teacher.get(unknown).status_code == 404

    def test_marks_are_taken_off_what_is_due_in_a_period_or_never(
        self, admin: TestClient, teacher: TestClient, algebra: int, an_assignment: Make
    ) -> None:
        made = {
            name: an_assignment(name=name, **({"due_at": due} if due else {}))["id"]
            for name, due in (("autumn", IN_AUTUMN), ("winter", IN_WINTER), ("never", None))
        }
        autumn, _winter = two_periods(admin)
        url = f"http://canvas.test/api/sis/courses/{algebra}/disable_post_to_sis"
        refused = teacher.put(url, data={"grading_period_id": "999"})
        expected = {"code": "not_found", "error": "The Grading Period cannot be found"}
        assert (refused.status_code, refused.json()) == (400, expected)
        assert teacher.put(url, data={"grading_period_id": str(autumn)}).status_code == 204
        marked = {
            name: teacher.get(f"/courses/{algebra}/assignments/{number}").json()["post_to_sis"]
            for name, number in made.items()
        }
        assert marked == {"autumn": False, "winter": True, "never": False}


class TestAClosedPeriod:
    @pytest.fixture
    def closed(self, admin: TestClient, clock: VirtualClock, an_assignment: Make) -> dict[str, Any]:
        """An assignment whose period is closed, beside one whose period goes on."""
        two_periods(admin)
        made = an_assignment(due_at=IN_AUTUMN)
        clock.advance_to(AFTER_AUTUMN)
        return made

    def test_only_administrators_grade_in_it(
        self,
        admin: TestClient,
        teacher: TestClient,
        closed: dict[str, Any],
        an_assignment: Make,
        students: list[int],
    ) -> None:
        row = f"/courses/{closed['course_id']}/assignments/{closed['id']}/submissions/{students[0]}"
        form = {"submission[posted_grade]": "5"}
        assert teacher.put(row, data=form).status_code == 403
        assert teacher.get(row).json()["score"] is None
        assert admin.put(row, data=form).json()["score"] == 5.0
        still_open = an_assignment(name="Quiz 2", due_at=IN_WINTER)["id"]
        row = f"/courses/{closed['course_id']}/assignments/{still_open}/submissions/{students[0]}"
        assert teacher.put(row, data=form).status_code == 200

    def test_it_is_open_at_the_instant_of_its_close_date(
        self, admin: TestClient, teacher: TestClient, algebra: int, clock: VirtualClock
    ) -> None:
        two_periods(admin)
        clock.advance_to(datetime.fromisoformat(AUTUMN["end_date"]))
        url = f"/courses/{algebra}/grading_periods"
        assert teacher.get(url).json()["grading_periods"][0]["is_closed"] is False
        clock.advance(timedelta(seconds=1))
        assert teacher.get(url).json()["grading_periods"][0]["is_closed"] is True

    def test_assignments_groups_and_the_period_itself_say_so(
        self, teacher: TestClient, closed: dict[str, Any], an_assignment: Make
    ) -> None:
        course = closed["course_id"]
        assert closed["in_closed_grading_period"] is False
        shown = teacher.get(f"/courses/{course}/assignments/{closed['id']}").json()
        assert shown["in_closed_grading_period"] is True
        assert an_assignment(name="Quiz 2", due_at=IN_WINTER)["in_closed_grading_period"] is False
        (group,) = teacher.get(f"/courses/{course}/assignment_groups?include[]=assignments").json()
        assert group["any_assignment_in_closed_grading_period"] is True
        periods = teacher.get(f"/courses/{course}/grading_periods").json()["grading_periods"]
        assert [each["is_closed"] for each in periods] == [True, False]


class TestByWayOfACourse:
    """Changing a period of the account by way of a course, which is a switch."""

    @pytest.fixture
    def profile(self) -> Profile:
        return Profile(name="other", canvas_course_period_edits="administrators")

    @pytest.fixture
    def url(self, admin: TestClient, algebra: int) -> str:
        autumn, _winter = two_periods(admin)
        return f"/courses/{algebra}/grading_periods/{autumn}"

    def test_an_administrator_changes_and_deletes_it(self, admin: TestClient, url: str) -> None:
        before = admin.get(url).json()["grading_periods"][0]
        assert before["permissions"]["update"] is True
        form = {
            "grading_periods[][start_date]": "2026-08-15T07:00:00Z",
            "grading_periods[][end_date]": "2026-10-30T07:00:00Z",
            "grading_periods[][weight]": "40",
        }
        changed = admin.put(url, data=form)
        assert changed.status_code == 200
        (period,) = changed.json()["grading_periods"]
        assert (period["start_date"], period["end_date"]) == ("2026-08-15T07:00:00Z", "2026-10-30T07:00:00Z")
        assert (period["weight"], period["title"], period["id"]) == (40.0, "Autumn", before["id"])
        assert admin.get(url).json() == changed.json()
        assert admin.delete(url).status_code == 204
        assert admin.get(url).status_code == 404

    def test_a_teacher_does_not(self, teacher: TestClient, url: str) -> None:
        assert teacher.put(url, json={"grading_periods": [AUTUMN]}).status_code == 403
        assert teacher.delete(url).status_code == 403
        assert teacher.get(url).json()["grading_periods"][0]["permissions"]["update"] is False

    def test_what_does_not_validate_is_not_kept(self, admin: TestClient, url: str) -> None:
        before = admin.get(url).json()
        wrong = {"start_date": "2026-09-01T00:00:00Z", "end_date": "2026-08-01T00:00:00Z"}
        refused = admin.put(url, json={"grading_periods": [wrong]})
        assert (refused.status_code, list(refused.json()["errors"])) == (422, ["end_date"])
        nothing = admin.put(url, json={})
        assert (nothing.status_code, nothing.json()) == (
            400,
            {"errors": [{"message": "grading_periods is missing"}]},
        )
        assert admin.get(url).json() == before


def test_where_only_a_courses_own_periods_are_found_an_accounts_is_not(
    admin: TestClient, teacher: TestClient, algebra: int
) -> None:
    autumn, _winter = two_periods(admin)
    url = f"/courses/{algebra}/grading_periods/{autumn}"
    assert admin.put(url, json={"grading_periods": [AUTUMN]}).status_code == 404
    assert admin.delete(url).status_code == 404
    assert teacher.get(url).status_code == 200
