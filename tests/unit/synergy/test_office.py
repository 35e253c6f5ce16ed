"""What the school office does in Synergy, and what is seen of it there."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import httpx2
import pytest

from simulator.synergy import office

if TYPE_CHECKING:
    from tests.unit.synergy.conftest import Synergy

ADA = {"given_name": "Ada", "family_name": "Newcomer", "grade": "10"}


async def ask(synergy: Synergy, method: str, path: str, body: object = None) -> httpx2.Response:
    content = None if body is None else json.dumps(body)
    headers = {"Authorization": "Bearer chalk"}
    return await synergy.raw(method, f"/teachervue/office{path}", headers=headers, content=content)


async def class_list(synergy: Synergy, class_guid: str) -> list[str]:
    answer = (await ask(synergy, "GET", f"/classes/{class_guid}/students")).json()
    return [each["id"] for each in answer["students"]]


async def students_over_oneroster(synergy: Synergy, class_guid: str) -> list[str]:
    answer = await synergy.sync("GET", f"/classes/{class_guid}/students?limit=100")
    return [each["sourcedId"] for each in answer.json()["users"]]


def moved_students_path(synergy: Synergy) -> str:
    return f"/classes/{synergy.section.guid}/students/{synergy.section.students[0].guid}"


async def test_an_admitted_student_is_in_no_class_and_joins_one(synergy: Synergy) -> None:
    made = (await ask(synergy, "POST", "/students", ADA)).json()
    assert made["name"] == "Ada Newcomer"
    shown = (await synergy.sync("GET", f"/users/{made['id']}")).json()["user"]
    assert (shown["identifier"], shown["role"], shown["grades"]) == (made["number"], "student", ["10"])
    guid = synergy.section.guid
    assert made["id"] not in await class_list(synergy, guid)
    assert (
        await ask(synergy, "POST", f"/classes/{guid}/students", {"student_id": made["id"]})
    ).status_code == 201
    assert made["id"] in await class_list(synergy, guid)
    assert made["id"] in await students_over_oneroster(synergy, guid)


async def test_a_student_who_moved_is_in_the_new_class_only_and_the_old_place_is_shown_as_over(
    synergy: Synergy,
) -> None:
    student, other = synergy.section.students[0].guid, synergy.school.courses[2].sections[1].guid
    synergy.clock.advance(timedelta(minutes=30))
    await ask(synergy, "POST", f"{moved_students_path(synergy)}/move", {"to_class_id": other})
    assert student not in await students_over_oneroster(synergy, synergy.section.guid)
    assert student in await students_over_oneroster(synergy, other)
    listed = await synergy.sync("GET", f"/enrollments?limit=1000&filter=user.sourcedId='{student}'")
    places = {each["class"]["sourcedId"]: each for each in listed.json()["enrollments"]}
    assert (places[synergy.section.guid]["status"], places[other]["status"]) == ("tobedeleted", "active")
    assert places[synergy.section.guid]["endDate"] == places[other]["beginDate"] == "2026-09-14"
    assert places[other]["dateLastModified"] == "2026-09-14T15:30:00.000Z"


async def test_a_place_that_is_over_is_in_every_list_of_enrollments_that_it_belongs_to(
    synergy: Synergy,
) -> None:
    await ask(synergy, "DELETE", moved_students_path(synergy))
    school, section = synergy.school.guid, synergy.section.guid
    for path in ("", f"/schools/{school}", f"/schools/{school}/classes/{section}"):
        answer = await synergy.sync("GET", f"{path}/enrollments?filter=status='tobedeleted'")
        (over,) = answer.json()["enrollments"]
        assert over["user"]["sourcedId"] == synergy.section.students[0].guid


async def test_scores_stay_where_they_were_given(synergy: Synergy) -> None:
    await synergy.send()
    await synergy.score()
    other = synergy.school.courses[2].sections[1].guid
    await ask(synergy, "POST", f"{moved_students_path(synergy)}/move", {"to_class_id": other})
    assert [each["score"] for each in (await synergy.screen())["scores"]] == [8.5]
    refused = await synergy.score(score=9)
    assert "is not in this class" in refused.json()["imsx_description"]


async def test_whoever_leaves_the_school_leaves_every_class_and_stays_on_record(synergy: Synergy) -> None:
    student = synergy.section.students[0].guid
    for _time in range(2):
        assert (await ask(synergy, "DELETE", f"/students/{student}")).status_code == 204
    classes = (await synergy.sync("GET", f"/students/{student}/classes")).json()["classes"]
    assert classes == []
    assert (await synergy.sync("GET", f"/students/{student}")).status_code == 200


async def test_whoever_comes_back_gets_the_place_back(synergy: Synergy) -> None:
    student, guid = synergy.section.students[0].guid, synergy.section.guid
    before = len(synergy.store.enrolments)
    await ask(synergy, "DELETE", moved_students_path(synergy))
    assert student not in await class_list(synergy, guid)
    await ask(synergy, "POST", f"/classes/{guid}/students", {"student_id": student})
    assert student in await class_list(synergy, guid)
    assert len(synergy.store.enrolments) == before


async def test_a_new_class_has_its_sisters_types_and_takes_assignments(synergy: Synergy) -> None:
    course = synergy.school.courses[0]
    body = {
        "number": "ALG1-07",
        "name": "Algebra 1 - Period 7",
        "course_id": course.guid,
        "teacher_id": course.teacher.guid,
    }
    made = (await ask(synergy, "POST", "/classes", body)).json()
    names = [each["name"] for each in made["assignment_types"]]
    assert names == [each.name for each in synergy.store.types_of(synergy.section.guid)]
    category = synergy.category("Quizzes", made["id"])
    sent = await synergy.send(
        sourcedId="li-7", class_={"sourcedId": made["id"]}, category={"sourcedId": category}
    )
    assert sent.status_code == 201
    teachers = (await synergy.sync("GET", f"/classes/{made['id']}/teachers")).json()["users"]
    assert [each["sourcedId"] for each in teachers] == [course.teacher.guid]
    shown = (await synergy.sync("GET", f"/classes/{made['id']}")).json()["class"]
    assert len(shown["terms"]) >= 1


async def test_only_what_changes_the_roster_raises_its_version(synergy: Synergy) -> None:
    student = synergy.section.students[0].guid
    versions = [synergy.store.roster_version]
    for method, path, body in (
        ("GET", f"/classes/{synergy.section.guid}/students", None),
        ("DELETE", f"/students/{student}", None),
        ("DELETE", f"/students/{student}", None),
        ("POST", "/students", ADA),
        ("POST", "/students", {**ADA, "grade": "eleventh"}),
    ):
        await ask(synergy, method, path, body)
        versions.append(synergy.store.roster_version)
    assert versions == [1, 1, 2, 2, 3, 3]


async def test_the_journal_names_the_office(synergy: Synergy) -> None:
    await ask(synergy, "GET", "/grading_periods")
    assert synergy.journal.exchanges()[-1].who == "school office in Synergy"


BAD: list[tuple[str, str, dict[str, Any], str]] = [
    ("POST", "/students", {**ADA, "given_name": " "}, "given_name: must not be blank"),
    ("POST", "/students", {**ADA, "family_name": "x" * 101}, "family_name: "),
    ("POST", "/students", {**ADA, "grade": "11th"}, "grade: There is no such grade"),
    ("POST", "/students", {**ADA, "school_id": "nowhere"}, "school_id: There is no such school"),
    ("POST", "/students", {**ADA, "shoes": 42}, "shoes: There is no such field"),
    ("POST", "/classes/{class}/students", {"student_id": "nobody"}, "student_id: There is no such student"),
    (
        "POST",
        "/classes/{class}/students",
        {"student_id": "{teacher}"},
        "student_id: There is no such student",
    ),
    ("POST", "/classes/{class}/students", {"student_id": "{student}"}, "is in Algebra 1 - Period 1 already"),
    (
        "POST",
        "/classes/{class}/students/{student}/move",
        {"to_class_id": "x"},
        "to_class_id: There is no such class",
    ),
    (
        "POST",
        "/classes/{class}/students/{student}/move",
        {"to_class_id": "{class}"},
        "to_class_id: ",
    ),
    (
        "POST",
        "/classes",
        {"number": "ALG1-01", "name": "A", "course_id": "{course}", "teacher_id": "{teacher}"},
        "number: There is a class of this number",
    ),
    (
        "POST",
        "/classes",
        {"number": "N", "name": "A", "course_id": "x", "teacher_id": "{teacher}"},
        "course_id: There is no such course",
    ),
    (
        "POST",
        "/classes",
        {"number": "N", "name": "A", "course_id": "{course}", "teacher_id": "{student}"},
        "teacher_id: There is no such teacher",
    ),
    ("PUT", "/grading_periods/{period}", {"closed": "yes"}, "closed: "),
]


@pytest.mark.parametrize(("method", "path", "body", "words"), BAD, ids=lambda each: str(each)[:40])
async def test_what_makes_no_sense_is_refused_with_its_field_and_changes_nothing(
    synergy: Synergy, method: str, path: str, body: dict[str, Any], words: str
) -> None:
    named = {
        "{class}": synergy.section.guid,
        "{student}": synergy.section.students[0].guid,
        "{teacher}": synergy.school.teachers[0].guid,
        "{course}": synergy.school.courses[0].guid,
        "{period}": synergy.school.grading_periods[0].guid,
    }
    text = json.dumps(body)
    for name, value in named.items():
        path, text = path.replace(name, value), text.replace(name, value)
    before = office.roster_now(synergy.store)
    answer = await ask(synergy, method, path, json.loads(text))
    assert answer.status_code == 422
    assert words in answer.json()["error"]
    assert office.roster_now(synergy.store) == before


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/classes/none/students"),
        ("POST", "/classes/none/students"),
        ("DELETE", "/students/none"),
        ("DELETE", "/classes/{class}/students/{stranger}"),
        ("POST", "/classes/{class}/students/{stranger}/move"),
        ("PUT", "/grading_periods/none"),
    ],
)
async def test_what_is_not_there_is_404(synergy: Synergy, method: str, path: str) -> None:
    here = set(synergy.section.students)
    stranger = next(each.guid for each in synergy.school.students if each not in here)
    path = path.replace("{class}", synergy.section.guid).replace("{stranger}", stranger)
    answer = await ask(synergy, method, path, {})
    assert (answer.status_code, answer.json()["error"][:16]) == (404, "There is no such")
