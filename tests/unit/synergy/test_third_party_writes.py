"""What a sync may write, and what the gradebook makes of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import httpx2
import pytest

if TYPE_CHECKING:
    from tests.unit.synergy.conftest import Synergy


def words_of(answer: httpx2.Response) -> str:
    return str(answer.json()["imsx_description"])


async def test_a_first_put_creates_and_a_second_one_replaces(synergy: Synergy) -> None:
    assert [(await synergy.send()).status_code, (await synergy.send(title="Cell test")).status_code] == [
        201,
        200,
    ]
    listed = (await synergy.sync("GET", f"/classes/{synergy.section.guid}/lineItems")).json()["lineItems"]
    assert [item["title"] for item in listed] == ["Cell test"]


async def test_a_new_item_is_locked_worth_its_maximum_and_scored_in_points(synergy: Synergy) -> None:
    await synergy.send(resultValueMax=25)
    screen = await synergy.screen()
    assert (screen["third_party_readonly"], screen["synced"]) == (True, True)
    assert (screen["max_score"], screen["points"], screen["score_type"]) == (25, 25, "Raw Score")


async def test_a_replacement_is_whole_so_a_field_left_out_is_empty(synergy: Synergy) -> None:
    await synergy.send(metadata={"a": 1})
    await synergy.send(description=None, dueDate=None)
    item = (await synergy.sync("GET", "/lineItems/li-1")).json()["lineItem"]
    assert ("description" in item, item["metadata"]) == (False, {})
    assert (await synergy.screen())["due_date"] is None


async def test_a_due_date_is_the_day_in_the_districts_zone(synergy: Synergy) -> None:
    await synergy.send(dueDate="2026-09-19T06:59:00Z")
    assert (await synergy.screen())["due_date"] == "2026-09-18"
    item = (await synergy.sync("GET", "/lineItems/li-1")).json()["lineItem"]
    assert item["dueDate"] == "2026-09-18T07:00:00.000Z"


async def test_an_item_without_a_due_date_shows_its_assign_date(synergy: Synergy) -> None:
    await synergy.send(dueDate=None)
    item = (await synergy.sync("GET", "/lineItems/li-1")).json()["lineItem"]
    assert item["dueDate"] == item["assignDate"] == "2026-09-14T07:00:00.000Z"


@pytest.mark.parametrize(
    ("due", "periods"),
    [
        ("2026-09-18T20:00:00Z", ["Progress 1", "Quarter 1", "Semester 1"]),
        ("2026-10-01T20:00:00Z", ["Quarter 1", "Semester 1"]),
        ("2026-11-01T20:00:00Z", ["Semester 1"]),
        (None, ["Progress 1", "Quarter 1", "Semester 1"]),
        ("2027-03-01T20:00:00Z", ["Progress 1", "Quarter 1", "Semester 1"]),
    ],
)
async def test_the_due_date_ticks_every_grading_period_that_it_lies_in(
    synergy: Synergy, due: str | None, periods: list[str]
) -> None:
    await synergy.send(dueDate=due)
    assert [period["name"] for period in (await synergy.screen())["grading_periods"]] == periods


async def test_a_grading_period_that_is_given_is_the_only_one_ticked(synergy: Synergy) -> None:
    await synergy.send(gradingPeriod={"sourcedId": synergy.period("Quarter 1")})
    assert [period["name"] for period in (await synergy.screen())["grading_periods"]] == ["Quarter 1"]


async def test_a_put_keeps_the_grading_periods_that_a_teacher_ticked(synergy: Synergy) -> None:
    await synergy.send()
    await synergy.save(third_party_readonly=False, grading_period_ids=[synergy.period("Semester 1")])
    await synergy.save(third_party_readonly=True)
    await synergy.send(dueDate="2026-09-20T20:00:00Z")
    assert [period["name"] for period in (await synergy.screen())["grading_periods"]] == ["Semester 1"]


async def test_a_put_moves_the_grading_periods_that_nobody_ticked(synergy: Synergy) -> None:
    await synergy.send()
    await synergy.send(dueDate="2026-11-01T20:00:00Z")
    assert [period["name"] for period in (await synergy.screen())["grading_periods"]] == ["Semester 1"]


async def test_the_same_assignment_under_another_id_is_there_twice(synergy: Synergy) -> None:
    await synergy.send()
    assert (await synergy.send(sourcedId="li-2")).status_code == 201
    assert len(synergy.store.assignments) == 2
    assert synergy.marks("DUPLICATES-CAUSE") == ["upheld"]
    await synergy.send(sourcedId="li-2", description="again")
    await synergy.send(sourcedId="li-3", dueDate="2026-09-20T20:00:00Z")
    await synergy.send(sourcedId="li-4", title="Cell quiz 2")
    assert synergy.marks("DUPLICATES-CAUSE") == ["upheld"]


async def test_a_teachers_own_assignment_of_that_name_is_no_copy(synergy: Synergy) -> None:
    body = {"name": "Cell quiz", "type_id": synergy.category(), "max_score": 5, "due_date": "2026-09-18"}
    assert (await synergy.teacher("POST", "", body)).status_code == 201
    await synergy.send()
    assert synergy.marks("DUPLICATES-CAUSE") == []


async def test_a_district_that_minds_refuses_the_second_one_and_takes_the_first_again(
    synergy_with: Callable[..., Synergy],
) -> None:
    synergy = synergy_with(same_name_and_date="refuse")
    await synergy.send()
    answer = await synergy.send(sourcedId="li-2")
    assert (answer.status_code, len(synergy.store.assignments)) == (422, 1)
    assert words_of(answer).startswith(
        'title: Algebra 1 - Period 1 has "Cell quiz" with this due date already'
    )
    assert (await synergy.send(description="again")).status_code == 200
    assert synergy.marks("DUPLICATES-CAUSE") == ["refused"]


async def test_an_item_whose_lock_is_off_is_refused_and_stays_as_it_was(synergy: Synergy) -> None:
    await synergy.send()
    await synergy.save(third_party_readonly=False)
    answer = await synergy.send(title="Other")
    assert answer.status_code == 422
    assert words_of(answer).startswith('Assignment "Cell quiz" is not locked to the third party in Synergy')
    assert (await synergy.screen())["name"] == "Cell quiz"
    assert synergy.marks("READONLY-OFF-ERROR") == ["refused"]


@pytest.mark.parametrize("status", [403, 409, 422])
async def test_the_status_of_the_lock_is_the_profiles(
    synergy_with: Callable[..., Synergy], status: int
) -> None:
    synergy = synergy_with(lock_refusal_status=status)
    await synergy.send()
    await synergy.save(third_party_readonly=False)
    answers = [
        await synergy.send(),
        await synergy.score(),
        await synergy.sync("DELETE", "/lineItems/li-1"),
    ]
    assert [answer.status_code for answer in answers] == [status] * 3


@pytest.mark.parametrize(
    ("change", "rule", "words"),
    [
        (
            {"resultValueMax": 0},
            "ZERO-POINTS-REJECTED",
            "resultValueMax: Points possible must be greater than 0",
        ),
        (
            {"resultValueMax": -1},
            "ZERO-POINTS-REJECTED",
            "resultValueMax: Points possible must be greater than 0",
        ),
        ({"title": "x" * 51}, "NAME-TOO-LONG", "title: Name is too long: 51 characters, at most 50."),
        (
            {"title": "Cells & you"},
            "NAME-SPECIAL-CHARS",
            "title: Name contains characters that Synergy does not",
        ),
        (
            {"title": "Cells 🎉"},
            "NAME-SPECIAL-CHARS",
            "title: Name contains characters that Synergy does not",
        ),
        (
            {"title": "Cells\tquiz"},
            "NAME-SPECIAL-CHARS",
            "title: Name contains characters that Synergy does not",
        ),
        (
            {"category": {"sourcedId": "nope"}},
            "GROUP-NAME-MATCH",
            'category: Grading category "nope" not found',
        ),
    ],
)
async def test_a_rule_refuses_a_line_item_in_its_own_words(
    synergy: Synergy, change: dict[str, object], rule: str, words: str
) -> None:
    answer = await synergy.send(**change)
    assert answer.status_code == 422
    assert words_of(answer).startswith(words)
    assert synergy.marks(rule) == ["refused"]
    assert len(synergy.store.assignments) == 0


async def test_a_name_of_exactly_the_limit_passes(synergy: Synergy) -> None:
    assert (await synergy.send(title="x" * 50)).status_code == 201
    assert synergy.marks("NAME-TOO-LONG") == ["upheld"]


async def test_the_category_of_another_class_is_named_and_the_own_ones_are_listed(synergy: Synergy) -> None:
    other = synergy.category("Homework", synergy.school.courses[1].sections[0].guid)
    answer = await synergy.send(category={"sourcedId": other})
    assert 'Grading category "Homework" not found' in words_of(answer)
    assert '"Classwork", "Homework", "Quizzes", "Tests", "Participation"' in words_of(answer)


async def test_a_due_date_is_asked_for_only_where_the_district_does(
    synergy_with: Callable[..., Synergy],
) -> None:
    lenient, strict = synergy_with(), synergy_with(due_date_required=True)
    assert [(await each.send(dueDate=None)).status_code for each in (lenient, strict)] == [201, 422]
    assert (lenient.marks("DUE-DATE-REQUIRED"), strict.marks("DUE-DATE-REQUIRED")) == ([], ["refused"])


async def test_the_journal_names_the_assignment_and_its_class(synergy: Synergy) -> None:
    await synergy.send()
    subjects = {mark.subject for mark in synergy.journal.marks()}
    assert subjects == {f'assignment "Cell quiz" in {synergy.section.name}'}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"class_": {"sourcedId": "nope"}}, "class"),
        ({"gradingPeriod": {"sourcedId": "nope"}}, "gradingPeriod"),
        ({"title": None}, "title"),
        ({"title": "  "}, "title"),
        ({"title": 5}, "title"),
        ({"assignDate": "2026-09-14"}, "assignDate"),
        ({"assignDate": 0}, "assignDate"),
        ({"dueDate": "2026-09-14T10:00:00"}, "dueDate"),
        ({"dueDate": "0001-01-01T00:00:00Z"}, "dueDate"),
        ({"resultValueMin": None}, "resultValueMin"),
        ({"resultValueMin": 11}, "resultValueMin"),
        ({"resultValueMax": "10"}, "resultValueMax"),
        ({"resultValueMax": True}, "resultValueMax"),
        ({"resultValueMax": 10**400}, "resultValueMax"),
        ({"status": "inactive"}, "status"),
        ({"metadata": []}, "metadata"),
    ],
)
async def test_a_line_item_that_cannot_be_taken_is_422_and_names_the_field(
    synergy: Synergy, change: dict[str, object], field: str
) -> None:
    answer = await synergy.send(**change)
    assert answer.status_code == 422
    assert words_of(answer).startswith(f"{field}")


@pytest.mark.parametrize("value", ["x", 7, [], None])
@pytest.mark.parametrize("field", ["class", "category", "metadata"])
async def test_what_must_be_an_object_is_asked_for_in_words_of_json(
    synergy: Synergy, field: str, value: object
) -> None:
    body = {"lineItem": {**synergy.a_line_item(), field: value}}
    answer = await synergy.sync("PUT", "/lineItems/li-1", body)
    if value is None and field == "metadata":
        assert answer.status_code == 201
    elif value is None and field == "category":
        assert words_of(answer) == "category: A category is required."
    else:
        assert (answer.status_code, words_of(answer)) == (422, f"{field}: must be an object.")


async def test_a_status_that_is_null_was_not_sent(synergy: Synergy) -> None:
    body = {"lineItem": {**synergy.a_line_item(), "status": None}}
    answer = await synergy.sync("PUT", "/lineItems/li-1", body)
    assert (answer.status_code, answer.json()["lineItem"]["status"]) == (201, "active")


async def test_a_grading_period_is_required_where_the_profile_says_so(
    synergy_with: Callable[..., Synergy],
) -> None:
    answer = await synergy_with(grading_period_required=True).send()
    assert (answer.status_code, words_of(answer)) == (422, "gradingPeriod: A grading period is required.")


async def test_a_line_item_stays_in_its_class(synergy: Synergy) -> None:
    await synergy.send()
    other = synergy.school.courses[1].sections[0].guid
    answer = await synergy.send(
        class_={"sourcedId": other}, category={"sourcedId": synergy.category("Tests", other)}
    )
    assert (answer.status_code, words_of(answer)[:6]) == (422, "class:")


async def test_the_id_of_the_body_is_the_one_of_the_address(synergy: Synergy) -> None:
    answer = await synergy.sync("PUT", "/lineItems/other", {"lineItem": synergy.a_line_item()})
    assert (answer.status_code, words_of(answer)) == (
        422,
        'sourcedId: must be the one of the address, "other".',
    )


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b'{"lineItem": []}',
        b'{"lineItem": {"sourcedId": "li-1", "title": "\\ud800"}}',
        b'{"lineItem": {"sourcedId": "li-1", "metadata": {"a": NaN}}}',
        b'{"lineItem": {"sourcedId": "li-1", "metadata": {"a": 1e999}}}',
        b'{"lineItem": ' + b"[" * 100_000,
        b'{"lineItem": {"metadata": ' + b'{"a":' * 30 + b"1" + b"}" * 32,
    ],
)
async def test_a_malformed_body_is_422(synergy: Synergy, body: bytes) -> None:
    assert (await synergy.sync("PUT", "/lineItems/li-1", body)).status_code == 422
    assert (await synergy.sync("PUT", "/results/r-1", body)).status_code == 422


@pytest.mark.parametrize(("put_body", "expected"), [("object", "Cell quiz"), ("empty", "{}"), ("none", "")])
async def test_what_a_put_answers_is_the_profiles(
    synergy_with: Callable[..., Synergy], put_body: str, expected: str
) -> None:
    answer = await synergy_with(put_body=put_body).send()
    assert answer.status_code == 201
    assert expected in answer.text
    assert (answer.text == expected) is (put_body != "object")


async def test_a_score_lands_in_its_cell_and_can_be_read_back(synergy: Synergy) -> None:
    await synergy.send()
    assert [(await synergy.score()).status_code, (await synergy.score(score=9)).status_code] == [201, 200]
    (cell,) = (await synergy.screen())["scores"]
    assert (cell["student_id"], cell["score"], cell["excused"]) == (
        synergy.section.students[0].guid,
        9,
        False,
    )
    assert (await synergy.sync("GET", "/results/r-1")).json()["result"]["score"] == 9


async def test_a_cell_holds_one_score_whatever_id_it_comes_under(synergy: Synergy) -> None:
    await synergy.send()
    await synergy.score(sourcedId="r-1", score=1)
    assert (await synergy.score(sourcedId="r-2", score=2)).status_code == 201
    results = (await synergy.sync("GET", f"/classes/{synergy.section.guid}/results")).json()["results"]
    assert [(each["sourcedId"], each["score"]) for each in results] == [("r-2", 2)]
    assert [(await synergy.sync(verb, "/results/r-1")).status_code for verb in ("GET", "DELETE")] == [
        404,
        404,
    ]


@pytest.mark.parametrize("field", ["student", "lineItem"])
async def test_a_result_stays_with_its_student_and_its_line_item(synergy: Synergy, field: str) -> None:
    await synergy.send()
    await synergy.send(sourcedId="li-2", title="Other")
    await synergy.score()
    elsewhere = {"student": synergy.section.students[1].guid, "lineItem": "li-2"}[field]
    answer = await synergy.score(**{field: {"sourcedId": elsewhere}})
    assert answer.status_code == 422
    assert words_of(answer).startswith(f"{field}: A result stays")
    assert len(synergy.store.scores) == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"lineItem": {"sourcedId": "nope"}}, "lineItem"),
        ({"score": None}, "score"),
        ({"score": "8"}, "score"),
        ({"score": False}, "score"),
        ({"scoreStatus": "late"}, "scoreStatus"),
        ({"scoreDate": "2026-09-14T00:00:00"}, "scoreDate"),
        ({"scoreDate": "2026-09-31T00:00:00Z"}, "scoreDate"),
        ({"scoreDate": "0001-01-01T00:00:00Z"}, "scoreDate"),
        ({"scoreDate": 0}, "scoreDate"),
        ({"scoreDate": "2026-02-30"}, "scoreDate"),
        ({"student": {"sourcedId": "nope"}}, "student"),
    ],
)
async def test_a_result_that_cannot_be_taken_is_422_and_names_the_field(
    synergy: Synergy, change: dict[str, object], field: str
) -> None:
    await synergy.send()
    answer = await synergy.score(**change)
    assert answer.status_code == 422
    assert words_of(answer).startswith(f"{field}: ")


async def test_a_student_of_another_class_is_not_in_this_one(synergy: Synergy) -> None:
    await synergy.send()
    members = {student.guid for student in synergy.section.students}
    stranger = next(student for student in synergy.school.students if student.guid not in members)
    answer = await synergy.score(student={"sourcedId": stranger.guid})
    assert answer.status_code == 422
    assert f'Student "{stranger.name}" is not in this class' in words_of(answer)
    assert synergy.marks("STUDENT-NOT-IN-CLASS") == ["refused"]


async def test_the_teacher_of_a_class_is_no_student_of_it(synergy: Synergy) -> None:
    await synergy.send()
    own_teacher = synergy.school.courses[0].teacher.guid
    assert (await synergy.score(student={"sourcedId": own_teacher})).status_code == 422


async def test_a_score_for_an_unlocked_item_is_refused(synergy: Synergy) -> None:
    await synergy.send()
    await synergy.score(score=5)
    await synergy.save(third_party_readonly=False)
    assert (await synergy.score(score=6)).status_code == 422
    assert (await synergy.screen())["scores"][0]["score"] == 5
    assert synergy.marks("READONLY-OFF-ERROR") == ["upheld", "refused"]


async def test_a_score_over_the_maximum_is_kept_or_refused_by_the_profile(
    synergy_with: Callable[..., Synergy],
) -> None:
    statuses = []
    for synergy in (synergy_with(), synergy_with(score_over_max="refuse")):
        await synergy.send()
        statuses.append((await synergy.score(score=300)).status_code)
    assert statuses == [201, 422]


async def test_an_excused_student_needs_a_number_only_in_a_strict_profile(
    synergy_with: Callable[..., Synergy],
) -> None:
    statuses = []
    for synergy in (synergy_with(), synergy_with(score_required="always")):
        await synergy.send()
        statuses.append((await synergy.score(scoreStatus="exempt", score=None)).status_code)
    assert statuses == [201, 422]


async def test_an_excused_student_reads_as_exempt_with_a_number_for_strict_readers(synergy: Synergy) -> None:
    await synergy.send()
    await synergy.score(scoreStatus="exempt", score=None)
    (cell,) = (await synergy.screen())["scores"]
    assert (cell["excused"], cell["score"]) == (True, None)
    result = (await synergy.sync("GET", "/results/r-1")).json()["result"]
    assert (result["scoreStatus"], result["score"]) == ("exempt", 0)


@pytest.mark.parametrize(
    ("comment", "code", "free"),
    [("L", "L", ""), (" MI ", "MI", ""), ("l", "", "l"), ("Well done", "", "Well done")],
)
async def test_a_comment_that_is_a_status_code_is_kept_as_the_code(
    synergy: Synergy, comment: str, code: str, free: str
) -> None:
    await synergy.send()
    await synergy.score(comment=comment)
    (cell,) = (await synergy.screen())["scores"]
    assert (cell["comment_code"], cell["comment"]) == (code, free)
    assert (await synergy.sync("GET", "/results/r-1")).json()["result"]["comment"] == (code or free)


async def test_a_deleted_line_item_takes_its_results_along(synergy: Synergy) -> None:
    await synergy.send()
    await synergy.score()
    answer = await synergy.sync("DELETE", "/lineItems/li-1")
    assert (answer.status_code, answer.content) == (204, b"")
    assert [
        (await synergy.sync("GET", path)).status_code for path in ("/lineItems/li-1", "/results/r-1")
    ] == [404, 404]
    assert (await synergy.sync("DELETE", "/lineItems/li-1")).status_code == 404
    assert (len(synergy.store.scores), synergy.store.score_known_as("r-1")) == (0, None)


async def test_a_deleted_result_leaves_an_empty_cell(synergy: Synergy) -> None:
    await synergy.send()
    await synergy.score()
    assert (await synergy.sync("DELETE", "/results/r-1")).status_code == 204
    assert (await synergy.screen())["scores"] == []
    assert (await synergy.sync("DELETE", "/results/r-1")).status_code == 404


async def test_a_score_that_a_teacher_typed_is_overwritten_by_the_next_send(synergy: Synergy) -> None:
    await synergy.send()
    await synergy.save(third_party_readonly=False)
    await synergy.type_score(synergy.section.students[0], score=3)
    await synergy.save(third_party_readonly=True)
    await synergy.score(score=8)
    assert [cell["score"] for cell in (await synergy.screen())["scores"]] == [8]
