import base64
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from simulator.canvas import enrolling
from simulator.canvas.store import CanvasStore
from simulator.clock import VirtualClock
from simulator.journal import Exchange, Journal
from simulator.profiles import Profile
from tests.unit.canvas.test_robustness import QUIET

Make: TypeAlias = Callable[..., dict[str, Any]]
Grade: TypeAlias = Callable[..., dict[str, Any]]
Ask: TypeAlias = Callable[..., dict[str, Any]]
Posted: TypeAlias = Callable[..., dict[int, str | None]]

URL = "http://canvas.test/api/graphql"
START = "2026-09-14T15:00:00Z"
AN_HOUR_LATER = "2026-09-14T16:00:00Z"


def ask_as(client: TestClient, name: str, fields: str, **wanted: object) -> dict[str, Any]:
    """Call one mutation, with its input as a variable, and return the whole answer."""
    kind = name[0].upper() + name[1:]
    query = f"mutation ($input: {kind}Input!) {{ {name}(input: $input) {{ {fields} errors {{ message }} }} }}"
    answer = client.post(URL, json={"query": query, "variables": {"input": wanted}})
    assert answer.status_code == 200
    body: dict[str, Any] = answer.json()
    return body


@pytest.fixture
def ask(teacher: TestClient) -> Ask:
    """Calls one mutation that must succeed, and returns what it answers."""

    def call(name: str, fields: str = "progress { _id }", **wanted: object) -> dict[str, Any]:
        body = ask_as(teacher, name, fields, **wanted)
        assert "errors" not in body, body
        found: dict[str, Any] = body["data"][name]
        return found

    return call


@pytest.fixture
def posted(teacher: TestClient, algebra: int) -> Posted:
    """When each student's row on an assignment was posted, by user id."""

    def read(assignment: dict[str, Any]) -> dict[int, str | None]:
        rows = teacher.get(
            f"/courses/{algebra}/assignments/{assignment['id']}/submissions?per_page=100"
        ).json()
        return {row["user_id"]: row["posted_at"] for row in rows}

    return read


@pytest.fixture
def quiz(an_assignment: Make, grade: Grade, students: list[int]) -> dict[str, Any]:
    """Posted by hand; the first student is graded, the second excused."""
    made = an_assignment(post_manually=True)
    grade(made, students[0], posted_grade="9")
    grade(made, students[1], excuse="true")
    return made


def relay(kind: str, number: int) -> str:
    return base64.b64encode(f"{kind}-{number}".encode()).decode()


class TestPosting:
    def test_for_everyone_posts_the_rows_without_a_grade_too(
        self, ask: Ask, posted: Posted, quiz: dict[str, Any], grade: Grade, students: list[int]
    ) -> None:
        assert set(posted(quiz).values()) == {None}
        ask("postAssignmentGrades", assignmentId=quiz["id"])
        assert set(posted(quiz).values()) == {START}
        assert grade(quiz, students[2], posted_grade="5")["posted_at"] == START

    def test_for_graded_students_posts_grades_and_excuses_alone(
        self, ask: Ask, posted: Posted, quiz: dict[str, Any], students: list[int]
    ) -> None:
        ask("postAssignmentGrades", assignmentId=quiz["id"], gradedOnly=True)
        assert {user for user, at in posted(quiz).items() if at} == set(students[:2])

    def test_leaves_a_grade_that_was_cleared_hidden(
        self, ask: Ask, posted: Posted, quiz: dict[str, Any], grade: Grade, students: list[int]
    ) -> None:
        grade(quiz, students[0], posted_grade="")
        ask("postAssignmentGrades", assignmentId=quiz["id"], gradedOnly=True)
        assert {user for user, at in posted(quiz).items() if at} == {students[1]}

    def test_touches_neither_the_grade_nor_its_time_nor_its_history(
        self,
        teacher: TestClient,
        algebra: int,
        ask: Ask,
        *,
        quiz: dict[str, Any],
        students: list[int],
        clock: VirtualClock,
        store: CanvasStore,
    ) -> None:
        url = f"/courses/{algebra}/assignments/{quiz['id']}/submissions/{students[0]}"
        before = teacher.get(url).json()
        clock.advance(timedelta(hours=1))
        ask("postAssignmentGrades", assignmentId=quiz["id"])
        assert teacher.get(url).json() == {**before, "posted_at": AN_HOUR_LATER}
        assert len(store.versions.of(store.submission(quiz["id"], students[0]))) == 1

    def test_moves_the_posted_totals_to_the_unposted_ones(
        self, teacher: TestClient, algebra: int, ask: Ask, quiz: dict[str, Any], students: list[int]
    ) -> None:
        def current() -> list[float | None]:
            rows = teacher.get(f"/courses/{algebra}/enrollments", params={"user_id": students[0]}).json()
            return [rows[0]["grades"][name] for name in ("current_score", "unposted_current_score")]

        assert current() == [None, 90.0]
        ask("postAssignmentGrades", assignmentId=quiz["id"])
        assert current() == [90.0, 90.0]
        ask("hideAssignmentGrades", assignmentId=quiz["id"])
        assert current() == [None, 90.0]

    def test_is_for_some_students_or_for_all_but_some(
        self, ask: Ask, posted: Posted, quiz: dict[str, Any], students: list[int]
    ) -> None:
        ask("postAssignmentGrades", assignmentId=quiz["id"], onlyStudentIds=[relay("User", students[0])])
        assert {user for user, at in posted(quiz).items() if at} == {students[0]}
        ask("postAssignmentGrades", assignmentId=quiz["id"], skipStudentIds=[students[2]])
        assert {user for user, at in posted(quiz).items() if not at} == {students[2]}

    def test_leaves_students_alone_who_are_no_longer_there(
        self, ask: Ask, quiz: dict[str, Any], algebra: int, students: list[int], store: CanvasStore
    ) -> None:
        for each in store.enrollments_of(algebra):
            if each.user_id == students[0]:
                enrolling.set_state(store, each, "completed")
        ask("postAssignmentGrades", assignmentId=quiz["id"])
        rows = {each.user_id: each.posted_at for each in store.submissions.values()}
        assert rows[students[0]] is None
        assert rows[students[1]] is not None

    def test_answers_with_its_progress_before_anything_is_posted(
        self, teacher: TestClient, ask: Ask, quiz: dict[str, Any], algebra: int, students: list[int]
    ) -> None:
        fields = "progress { _id id state completion tag message } assignment { _id muted } sections { _id }"
        told = ask("postAssignmentGrades", fields, assignmentId=quiz["id"], onlyStudentIds=[students[0]])
        number = int(told["progress"]["_id"])
        assert told["progress"] == {
            "_id": str(number),
            "id": relay("Progress", number),
            "state": "queued",
            "completion": 0,
            "tag": "post_assignment_grades",
            "message": None,
        }
        assert (told["assignment"], told["sections"]) == ({"_id": str(quiz["id"]), "muted": True}, None)
        done = teacher.get(f"/progress/{number}").json()
        assert (done["workflow_state"], done["tag"], done["context_id"]) == (
            "completed",
            "post_assignment_grades",
            algebra,
        )
        assert done["results"] == {
            "assignment_id": quiz["id"],
            "posted_at": START,
            "user_ids": [students[0]],
        }

    def test_again_moves_the_time_of_posting(
        self, ask: Ask, posted: Posted, quiz: dict[str, Any], clock: VirtualClock
    ) -> None:
        ask("postAssignmentGrades", assignmentId=quiz["id"])
        clock.advance(timedelta(hours=1))
        ask("postAssignmentGrades", assignmentId=quiz["id"])
        assert set(posted(quiz).values()) == {AN_HOUR_LATER}


class TestWherePostingAgainKeepsTheTime:
    @pytest.fixture
    def profile(self) -> Profile:
        return Profile(name="keeps", canvas_post_again="keeps")

    def test_only_hidden_rows_are_posted(
        self, ask: Ask, posted: Posted, quiz: dict[str, Any], students: list[int], clock: VirtualClock
    ) -> None:
        ask("postAssignmentGrades", assignmentId=quiz["id"], onlyStudentIds=[students[0]])
        clock.advance(timedelta(hours=1))
        ask("postAssignmentGrades", assignmentId=quiz["id"])
        found = posted(quiz)
        assert found.pop(students[0]) == START
        assert set(found.values()) == {AN_HOUR_LATER}


class TestHiding:
    def test_takes_the_time_of_posting_away_and_leaves_the_grade(
        self,
        teacher: TestClient,
        algebra: int,
        ask: Ask,
        an_assignment: Make,
        grade: Grade,
        *,
        students: list[int],
    ) -> None:
        quiz = an_assignment()
        before = grade(quiz, students[0], posted_grade="9")
        told = ask("hideAssignmentGrades", assignmentId=quiz["id"])
        url = f"/courses/{algebra}/assignments/{quiz['id']}/submissions/{students[0]}"
        shown = {key: before[key] for key in before if key not in {"submission_comments", "all_submissions"}}
        assert teacher.get(url).json() == {**shown, "posted_at": None}
        done = teacher.get(f"/progress/{told['progress']['_id']}").json()
        assert (done["tag"], done["results"]["posted_at"]) == ("hide_assignment_grades", None)

    def test_is_undone_by_the_next_grade_where_grades_post_themselves(
        self, ask: Ask, an_assignment: Make, grade: Grade, students: list[int], clock: VirtualClock
    ) -> None:
        quiz = an_assignment()
        grade(quiz, students[0], posted_grade="9")
        ask("hideAssignmentGrades", assignmentId=quiz["id"], onlyStudentIds=[students[0]])
        clock.advance(timedelta(hours=1))
        assert grade(quiz, students[0], posted_grade="9")["posted_at"] == AN_HOUR_LATER


class TestSections:
    @pytest.fixture
    def essay(self, teacher: TestClient, history: int) -> dict[str, Any]:
        wanted = {"name": "Essay", "published": True, "post_manually": True}
        made: dict[str, Any] = teacher.post(
            f"/courses/{history}/assignments", json={"assignment": wanted}
        ).json()
        return made

    @pytest.fixture
    def sections(self, store: CanvasStore, history: int) -> list[int]:
        return [each.id for each in store.sections_of(history)]

    @pytest.mark.parametrize("name", ["postAssignmentGradesForSections", "postAssignmentGrades"])
    def test_post_and_hide_their_own_students_alone(
        self,
        ask: Ask,
        essay: dict[str, Any],
        *,
        history: int,
        sections: list[int],
        store: CanvasStore,
        name: str,
    ) -> None:
        told = ask(
            name, "sections { _id name } progress { tag }", assignmentId=essay["id"], sectionIds=sections[:1]
        )
        assert [each["_id"] for each in told["sections"]] == [str(sections[0])]
        ours = {each.user_id for each in store.enrollments_of(history, sections[0]) if "Student" in each.type}
        rows = {each.user_id for each in store.submissions.values() if each.posted_at is not None}
        assert rows == ours
        ask("hideAssignmentGradesForSections", assignmentId=essay["id"], sectionIds=sections)
        assert not any(each.posted_at for each in store.submissions.values())

    def test_post_graded_students_alone_if_asked_to(
        self, ask: Ask, essay: dict[str, Any], sections: list[int], store: CanvasStore
    ) -> None:
        wanted = {"assignmentId": essay["id"], "sectionIds": sections, "gradedOnly": True}
        ask("postAssignmentGradesForSections", **wanted)
        assert len(store.submissions) == 0

    @pytest.mark.parametrize("name", ["postAssignmentGradesForSections", "hideAssignmentGradesForSections"])
    def test_that_are_not_the_courses_are_refused(
        self, teacher: TestClient, essay: dict[str, Any], sections: list[int], name: str
    ) -> None:
        for wanted in ([], [sections[0], 999]):
            body = ask_as(teacher, name, "", assignmentId=essay["id"], sectionIds=wanted)
            assert [each["message"] for each in body["errors"]] == ["Invalid section ids"]


class TestPolicies:
    FIELDS = "postPolicy { _id postManually assignment { _id } course { _id postPolicy { postManually } } }"

    def test_an_assignment_gets_one_of_its_own(
        self, ask: Ask, an_assignment: Make, grade: Grade, students: list[int], algebra: int
    ) -> None:
        quiz = an_assignment()
        told = ask(
            "setAssignmentPostPolicy",
            self.FIELDS,
            assignmentId=relay("Assignment", quiz["id"]),
            postManually=True,
        )
        assert told["postPolicy"] == {
            "_id": str(quiz["id"]),
            "postManually": True,
            "assignment": {"_id": str(quiz["id"])},
            "course": {"_id": str(algebra), "postPolicy": {"postManually": False}},
        }
        assert grade(quiz, students[0], posted_grade="9")["posted_at"] is None

    def test_a_course_gets_another_and_its_assignments_with_it(
        self, teacher: TestClient, ask: Ask, an_assignment: Make, algebra: int
    ) -> None:
        quiz = an_assignment(post_manually=False)
        told = ask("setCoursePostPolicy", self.FIELDS, courseId=algebra, postManually=True)
        assert (told["postPolicy"]["postManually"], told["postPolicy"]["assignment"]) == (True, None)
        shown = teacher.get(f"/courses/{algebra}/assignments/{quiz['id']}").json()
        assert shown["post_manually"] is True

    def test_can_be_read(self, teacher: TestClient, quiz: dict[str, Any], algebra: int) -> None:
        query = """query ($id: ID!, $course: ID!) {
          assignment(id: $id) { id name pointsPossible postPolicy { postManually } }
          course(id: $course) { name courseCode sisId postPolicy { postManually } }
        }"""
        variables = json.dumps({"id": quiz["id"], "course": relay("Course", algebra)})
        body = teacher.post(URL, data={"query": query, "variables": variables}).json()
        assert body["data"]["assignment"] == {
            "id": relay("Assignment", quiz["id"]),
            "name": "Quiz 1",
            "pointsPossible": 10.0,
            "postPolicy": {"postManually": True},
        }
        assert body["data"]["course"]["courseCode"] == "ALG1"
        assert body["data"]["course"]["postPolicy"] == {"postManually": False}


MODERATED = {"moderated_grading": True}
ANONYMOUS = {"anonymous_grading": True}
REFUSALS = [
    (
        "postAssignmentGrades",
        MODERATED,
        {},
        "Assignments under moderation cannot be posted before grades are published",
    ),
    (
        "hideAssignmentGrades",
        MODERATED,
        {},
        "Assignments under moderation cannot be hidden before grades are published",
    ),
    (
        "postAssignmentGradesForSections",
        MODERATED,
        {"sectionIds": [1]},
        "Assignments under moderation cannot be posted by section before grades are published",
    ),
    (
        "hideAssignmentGradesForSections",
        MODERATED,
        {"sectionIds": [1]},
        "Assignments under moderation cannot be hidden by section before grades are published",
    ),
    (
        "postAssignmentGradesForSections",
        ANONYMOUS,
        {"sectionIds": [1]},
        "Anonymous assignments cannot be posted by section",
    ),
    (
        "hideAssignmentGradesForSections",
        ANONYMOUS,
        {"sectionIds": [1]},
        "Anonymous assignments cannot be hidden by section",
    ),
    (
        "postAssignmentGrades",
        ANONYMOUS,
        {"gradedOnly": True},
        "Anonymous assignments cannot be posted by graded only",
    ),
    (
        "postAssignmentGrades",
        {},
        {"onlyStudentIds": [1], "skipStudentIds": [2]},
        "only_student_ids and skip_student_ids cannot be used together",
    ),
    (
        "setAssignmentPostPolicy",
        ANONYMOUS,
        {"postManually": False},
        "Anonymous assignments must be manually posted",
    ),
    (
        "setAssignmentPostPolicy",
        MODERATED,
        {"postManually": False},
        "Moderated assignments must be manually posted until grades are released",
    ),
    ("postAssignmentGrades", {}, {"onlyStudentIds": ["VXNlcg=="]}, "expected an id for User"),
    ("postAssignmentGrades", {}, {"assignmentId": "x"}, "expected an id for Assignment"),
    ("postAssignmentGrades", {}, {"assignmentId": "999"}, "not found"),
    (
        "setAssignmentPostPolicy",
        {},
        {"assignmentId": 999, "postManually": True},
        "An assignment with that id does not exist",
    ),
    (
        "setCoursePostPolicy",
        None,
        {"courseId": relay("Course", 999), "postManually": True},
        "A course with that id does not exist",
    ),
]


@pytest.mark.parametrize(("name", "made", "wanted", "words"), REFUSALS)
def test_a_refusal_has_canvass_words_and_does_nothing(
    teacher: TestClient,
    store: CanvasStore,
    an_assignment: Make,
    *,
    name: str,
    made: dict[str, Any] | None,
    wanted: dict[str, Any],
    words: str,
) -> None:
    if made is not None:
        wanted = {"assignmentId": an_assignment(**made)["id"], **wanted}
    before = store.freeze()
    body = ask_as(teacher, name, "", **wanted)
    assert body["data"] == {name: None}
    assert [(each["message"], each["path"]) for each in body["errors"]] == [(words, [name])]
    assert {name: table.rows for name, table in store.freeze().tables.items()} == {
        name: table.rows for name, table in before.tables.items()
    }


def test_another_teacher_finds_nothing(other_teacher: TestClient, quiz: dict[str, Any], algebra: int) -> None:
    for name, wanted in (
        ("postAssignmentGrades", {"assignmentId": quiz["id"]}),
        ("setCoursePostPolicy", {"courseId": algebra, "postManually": True}),
    ):
        body = ask_as(other_teacher, name, "", **wanted)
        assert [each["message"] for each in body["errors"]] == ["not found"]
    query = f"{{ assignment(id: {quiz['id']}) {{ name }} course(id: {algebra}) {{ name }} }}"
    assert other_teacher.post(URL, json={"query": query}).json() == {
        "data": {"assignment": None, "course": None}
    }


def test_a_stranger_is_turned_away_as_everywhere(dial: Callable[[str], TestClient]) -> None:
    assert dial("").post(URL, json={"query": "{ __typename }"}).status_code == 401
    assert dial("made-up").post(URL, json={"query": "{ __typename }"}).status_code == 401


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("{ allCourses { _id } }", "Cannot query field 'allCourses'"),
        ("{ course(id: 1) { usersConnection { nodes { _id } } } }", "Cannot query field 'usersConnection'"),
        ("{ course(id: 1, sisId: 2) { _id } }", "Unknown argument 'sisId'"),
        ("query ($x: GradingPeriodInput) { course(id: 1) { _id } }", "Unknown type 'GradingPeriodInput'"),
        (
            "mutation { setCoursePostPolicy(input: {courseId: 1, postManually: true, a: 1}) { __typename } }",
            "not to include unknown field 'a'",
        ),
        ("mutation { createSubmission(input: {}) { _id } }", "Cannot query field 'createSubmission'"),
    ],
)
def test_what_is_not_simulated_says_so_and_is_noted(
    teacher: TestClient, journal: Journal, query: str, words: str
) -> None:
    body = teacher.post(URL, json={"query": query}).json()
    assert body.keys() == {"errors"}
    assert body["errors"][0]["message"].startswith("Not simulated: ")
    assert words in body["errors"][0]["message"]
    exchange = journal.entries[-1]
    assert isinstance(exchange, Exchange)
    assert exchange.simulated is False


def test_a_variable_with_a_field_that_is_not_simulated_says_so_too(
    teacher: TestClient, quiz: dict[str, Any], journal: Journal
) -> None:
    body = ask_as(teacher, "postAssignmentGrades", "", assignmentId=quiz["id"], postAt="tomorrow")
    assert body["errors"][0]["message"].startswith("Not simulated: ")
    exchange = journal.entries[-1]
    assert isinstance(exchange, Exchange)
    assert exchange.simulated is False


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", "No query string was present"),
        ("{", "Syntax Error"),
        ("{ course { _id } }", "of type 'ID!' is required"),
        ("mutation { setCoursePostPolicy(input: {courseId: 1}) { __typename } }", "postManually"),
        ("{" * 900, "Syntax Error"),
        ("{ __typename } " * 700, "more than 2000 tokens"),
        (
            "{ course(id: %s) { ...a } } " + "fragment a on Course { postPolicy { course { ...a } } }",
            "itself",
        ),
    ],
)
def test_a_mistake_is_told_as_a_mistake(
    teacher: TestClient, journal: Journal, algebra: int, query: str, words: str
) -> None:
    body = teacher.post(URL, json={"query": query.replace("%s", str(algebra))}).json()
    assert words in body["errors"][0]["message"]
    exchange = journal.entries[-1]
    assert isinstance(exchange, Exchange)
    assert exchange.simulated is True


def test_an_operation_that_asks_for_too_much_is_stopped(teacher: TestClient, algebra: int) -> None:
    levels = [
        f"fragment f{each} on Course {{ a: postPolicy {{ course {{ ...f{each + 1} }} }} "
        f"b: postPolicy {{ course {{ ...f{each + 1} }} }} }}"
        for each in range(40)
    ]
    query = f"{{ course(id: {algebra}) {{ ...f0 }} }} {' '.join(levels)} fragment f40 on Course {{ name }}"
    body = teacher.post(URL, json={"query": query}).json()
    assert "An operation may ask for 1000 things at most" in {each["message"] for each in body["errors"]}


def test_an_operation_that_nests_too_deep_is_stopped(teacher: TestClient, algebra: int) -> None:
    query = f"{{ course(id: {algebra}) " + "{ postPolicy { course " * 240 + "{ name }" + " } }" * 240 + " }"
    body = teacher.post(URL, json={"query": query}).json()
    assert body["errors"]


@QUIET
@given(st.text(max_size=40) | st.none() | st.integers(), st.text(max_size=10) | st.lists(st.integers()))
def test_no_query_breaks_the_endpoint(admin: TestClient, query: object, variables: object) -> None:
    answer = admin.post(URL, json={"query": query, "variables": variables})
    assert answer.status_code == 200
    assert answer.json().keys() <= {"data", "errors"}
