"""What a teacher may do in TeacherVUE, and what the lock keeps."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import httpx2
import pytest

if TYPE_CHECKING:
    from tests.unit.synergy.conftest import Synergy


def refused_by(answer: httpx2.Response) -> str:
    assert answer.status_code == 409
    return str(answer.json()["refused"]["rule"])


async def test_the_class_picker_shows_periods_and_weighted_types(synergy: Synergy) -> None:
    answer = await synergy.raw("GET", "/teachervue/classes", headers={"Authorization": "Bearer chalk"})
    first = answer.json()["classes"][0]
    assert (first["id"], first["students"]) == (synergy.section.guid, 30)
    assert [period["kind"] for period in first["grading_periods"]] == ["progress", "quarter", "semester"]
    assert sum(each["weight"] for each in first["assignment_types"]) == 100


@pytest.mark.parametrize("header", [{}, {"Authorization": "Bearer wrong"}, {"Authorization": "Basic chalk"}])
async def test_without_the_teachers_token_nothing_is_shown(synergy: Synergy, header: dict[str, str]) -> None:
    answer = await synergy.raw("GET", "/teachervue/classes", headers=header)
    assert (answer.status_code, list(answer.json())) == (401, ["error"])


@pytest.mark.parametrize(
    "change",
    [
        {"name": "Other"},
        {"points": 5},
        {"max_score": 5},
        {"due_date": None},
        {"date": "2026-09-01"},
        {"description": "x"},
        {"show_only_when_scored": True},
    ],
)
async def test_a_locked_assignment_refuses_an_edit(synergy: Synergy, change: dict[str, object]) -> None:
    await synergy.send()
    before = await synergy.screen()
    answer = await synergy.save(**change)
    assert refused_by(answer) == "LOCKED-EDIT-REFUSED"
    assert answer.json()["refused"]["field"] == next(iter(change))
    assert await synergy.screen() == before
    assert synergy.marks("LOCKED-EDIT-REFUSED") == ["refused"]


async def test_a_locked_assignment_refuses_a_score(synergy: Synergy) -> None:
    await synergy.send()
    answer = await synergy.type_score(synergy.section.students[0], score=3)
    assert refused_by(answer) == "LOCKED-EDIT-REFUSED"
    assert (await synergy.screen())["scores"] == []


async def test_saving_a_locked_assignment_as_it_is_changes_nothing_and_is_no_fault(synergy: Synergy) -> None:
    await synergy.send()
    before = await synergy.screen()
    assert (await synergy.save(name="Cell quiz", third_party_readonly=True)).status_code == 200
    assert await synergy.screen() == before


async def test_unlock_change_and_lock_again_in_three_saves(synergy: Synergy) -> None:
    await synergy.send()
    await synergy.save(third_party_readonly=False)
    assert (await synergy.save(points=20)).json()["points"] == 20
    await synergy.save(third_party_readonly=True)
    assert synergy.marks("UNLOCK-EDIT-RELOCK") == ["upheld"]
    assert (await synergy.send()).status_code == 200


@pytest.mark.parametrize(("effective", "status"), [("immediately", 200), ("after_save", 409)])
async def test_whether_the_unlocking_save_may_carry_changes_is_the_profiles(
    synergy_with: Callable[..., Synergy], effective: str, status: int
) -> None:
    synergy = synergy_with(unlock_effective=effective)
    await synergy.send()
    assert (await synergy.save(third_party_readonly=False, points=20)).status_code == status
    assert (await synergy.screen())["third_party_readonly"] is (status == 409)


@pytest.mark.parametrize(("carries", "status"), [(True, 200), (False, 409)])
async def test_whether_the_locking_save_may_carry_changes_is_the_profiles(
    synergy_with: Callable[..., Synergy], carries: bool, status: int
) -> None:
    synergy = synergy_with(relock_may_carry_changes=carries)
    await synergy.send()
    await synergy.save(third_party_readonly=False)
    assert (await synergy.save(third_party_readonly=True, points=20)).status_code == status


async def test_a_locked_assignment_cannot_be_deleted(synergy: Synergy) -> None:
    await synergy.send()
    path = f"/{(await synergy.screen())['id']}"
    assert refused_by(await synergy.teacher("DELETE", path)) == "DELETE-LOCKED-REFUSED"
    assert (await synergy.teacher("GET", path)).status_code == 200


async def test_an_unlock_that_is_not_saved_does_not_open_the_delete(synergy: Synergy) -> None:
    await synergy.send()
    path = f"/{(await synergy.screen())['id']}"
    answer = await synergy.teacher("DELETE", path, params={"third_party_readonly": "false"})
    assert refused_by(answer) == "UNLOCK-SAVE-FIRST"
    assert (await synergy.teacher("GET", path)).status_code == 200


async def test_where_the_profile_does_not_ask_for_the_save_the_delete_goes_through(
    synergy_with: Callable[..., Synergy],
) -> None:
    synergy = synergy_with(delete_needs_saved_unlock=False)
    await synergy.send()
    path = f"/{(await synergy.screen())['id']}"
    assert (
        await synergy.teacher("DELETE", path, params={"third_party_readonly": "false"})
    ).status_code == 204


async def test_unlocked_and_saved_it_is_deleted_with_its_scores(synergy: Synergy) -> None:
    await synergy.send()
    await synergy.score()
    path = f"/{(await synergy.screen())['id']}"
    await synergy.save(third_party_readonly=False)
    assert (await synergy.teacher("DELETE", path)).status_code == 204
    assert (await synergy.teacher("GET", path)).status_code == 404
    assert (len(synergy.store.assignments), len(synergy.store.scores)) == (0, 0)
    assert (synergy.marks("UNLOCK-SAVE-FIRST"), synergy.marks("DELETE-LOCKED-REFUSED")) == (
        ["upheld"],
        ["upheld"],
    )


async def test_a_delete_says_how_the_screen_shows_the_lock_or_is_422(synergy: Synergy) -> None:
    await synergy.send()
    path = f"/{(await synergy.screen())['id']}"
    answer = await synergy.teacher("DELETE", path, params={"third_party_readonly": "off"})
    assert (answer.status_code, "third_party_readonly" in answer.json()["error"]) == (422, True)


async def test_a_teachers_own_assignment_is_open_and_not_synced(synergy: Synergy) -> None:
    new = {"name": "Notebook check", "type_id": synergy.category("Classwork"), "max_score": 5}
    answer = await synergy.teacher("POST", "", new)
    assert answer.status_code == 201
    screen = answer.json()
    assert (screen["third_party_readonly"], screen["synced"], screen["points"]) == (False, False, 5)
    assert (screen["date"], screen["type"]["name"]) == ("2026-09-14", "Classwork")
    assert (await synergy.save(name="Notebook")).json()["name"] == "Notebook"
    assert synergy.marks("UNLOCK-EDIT-RELOCK") == []


async def test_a_third_party_cannot_write_a_teachers_own_assignment(synergy: Synergy) -> None:
    new = {"name": "Notebook check", "type_id": synergy.category("Classwork"), "max_score": 5}
    own = (await synergy.teacher("POST", "", new)).json()["line_item_id"]
    assert (await synergy.send(sourcedId=own)).status_code == 422
    assert (await synergy.sync("GET", f"/lineItems/{own}")).json()["lineItem"]["title"] == "Notebook check"


async def test_a_teacher_types_excuses_comments_and_clears_a_cell(synergy: Synergy) -> None:
    new = {"name": "Notebook check", "type_id": synergy.category("Classwork"), "max_score": 5}
    await synergy.teacher("POST", "", new)
    student = synergy.section.students[2]
    (cell,) = (await synergy.type_score(student, score=4, comment_code="L", comment="by a day")).json()[
        "scores"
    ]
    assert cell == {
        "student_id": student.guid,
        "student_name": student.name,
        "score": 4,
        "excused": False,
        "comment_code": "L",
        "comment": "by a day",
        "date": "2026-09-14",
    }
    (cell,) = (await synergy.type_score(student, score=None, excused=True)).json()["scores"]
    assert (cell["score"], cell["excused"], cell["comment_code"]) == (None, True, "L")
    cleared = await synergy.type_score(student, score=None, excused=False, comment_code="", comment="")
    assert cleared.json()["scores"] == []


async def test_a_typed_score_can_be_read_over_oneroster(synergy: Synergy) -> None:
    new = {"name": "Notebook check", "type_id": synergy.category("Classwork"), "max_score": 5}
    await synergy.teacher("POST", "", new)
    await synergy.type_score(synergy.section.students[0], score=4)
    (result,) = (await synergy.sync("GET", "/results")).json()["results"]
    assert (result["score"], result["scoreStatus"]) == (4, "fully graded")


async def test_a_misspelt_field_is_told_rather_than_the_one_that_it_was_meant_to_be(synergy: Synergy) -> None:
    new = {"nmae": "Notebook check", "type_id": synergy.category("Classwork"), "max_score": 5}
    answer = await synergy.teacher("POST", "", new)
    assert answer.status_code == 422
    assert answer.json()["error"].startswith("nmae: There is no such field; these exist: ")


async def test_only_the_chosen_grading_periods_assignments_are_shown(synergy: Synergy) -> None:
    await synergy.send(gradingPeriod={"sourcedId": synergy.period("Progress 1")})
    shown = []
    for name in ("Progress 1", "Quarter 1"):
        answer = await synergy.teacher("GET", "", params={"grading_period": synergy.period(name)})
        shown.append([each["name"] for each in answer.json()["assignments"]])
    assert shown == [["Cell quiz"], []]
    assert (await synergy.teacher("GET", "", params={"grading_period": "nope"})).status_code == 404


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"title": "x"}, "title: There is no such field; these exist: description, points, date"),
        ({"name": ""}, "name: must not be blank"),
        ({"points": "5"}, "points: "),
        ({"points": -1}, "points: "),
        ({"points": True}, "points: "),
        ({"date": None}, "date: An assignment has a date"),
        ({"due_date": "9/18/2026"}, "due_date: must be a day such as 2026-09-18"),
        ({"due_date": 0}, "due_date: must be a day such as 2026-09-18"),
        ({"type_id": "nope"}, "type_id: The class has no such assignment type; it has Classwork ("),
        ({"grading_period_ids": []}, "grading_period_ids: Tick at least one"),
        ({"grading_period_ids": ["nope"]}, "grading_period_ids: Tick at least one"),
        ({"third_party_readonly": "off"}, "third_party_readonly: "),
        ([], "The body must be a JSON object"),
        (b"{", "The body must be JSON"),
    ],
)
async def test_a_save_that_cannot_be_taken_names_the_field_and_the_fix(
    synergy: Synergy, body: object, words: str
) -> None:
    await synergy.send()
    await synergy.save(third_party_readonly=False)
    before = await synergy.screen()
    answer = await synergy.teacher("PUT", f"/{before['id']}", body)
    assert answer.status_code == 422
    assert answer.json()["error"].startswith(words)
    assert await synergy.screen() == before


@pytest.mark.parametrize(
    "cell",
    [{}, {"score": "4"}, {"score": True}, {"score": 4, "comment_code": "??"}, {"score": 4, "late": True}],
)
async def test_a_cell_that_cannot_be_taken_is_422(synergy: Synergy, cell: dict[str, object]) -> None:
    await synergy.send()
    await synergy.save(third_party_readonly=False)
    assert (await synergy.type_score(synergy.section.students[0], **cell)).status_code == 422


async def test_what_is_unknown_is_404_in_teachervues_words(synergy: Synergy) -> None:
    await synergy.send()
    number = (await synergy.screen())["id"]
    stranger = synergy.school.teachers[0].guid
    for method, path in (
        ("GET", "/99"),
        ("DELETE", "/x"),
        ("PUT", f"/{number}/scores/{stranger}"),
        ("GET", "/a/b/c"),
    ):
        answer = await synergy.teacher(method, path, {"score": 1})
        assert (answer.status_code, list(answer.json())) == (404, ["error"])


async def test_an_assignment_of_another_class_is_not_in_this_one(synergy: Synergy) -> None:
    await synergy.send()
    number = (await synergy.screen())["id"]
    synergy.section = synergy.school.courses[1].sections[0]
    assert (await synergy.teacher("GET", f"/{number}")).status_code == 404


async def test_a_wrong_verb_is_405_and_names_every_right_one(synergy: Synergy) -> None:
    answer = await synergy.teacher("PATCH", "/1")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "DELETE, GET, PUT")


async def test_every_exchange_names_its_actor_and_no_secret(synergy: Synergy) -> None:
    await synergy.send()
    await synergy.teacher("GET", "")
    assert [each.who for each in synergy.journal.exchanges()] == ["OneRoster client", "teacher in TeacherVUE"]
    assert "chalk" not in repr(synergy.journal.entries)
    assert "chalk" not in repr(synergy.store.access)
