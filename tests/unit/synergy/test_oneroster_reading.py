"""What a OneRoster client reads: collections, objects, lists under an object, paging, errors."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

import httpx2
import pytest

from simulator.asgi import Tenant, WorldRouter
from simulator.synergy.routes import build_synergy

if TYPE_CHECKING:
    from tests.unit.synergy.conftest import Synergy

ONEROSTER = "/ims/oneroster/v1p1"
COLLECTIONS = {
    "orgs": ("orgs", 2),
    "schools": ("orgs", 1),
    "academicSessions": ("academicSessions", 5),
    "terms": ("academicSessions", 1),
    "gradingPeriods": ("academicSessions", 3),
    "courses": ("courses", 3),
    "classes": ("classes", 4),
    "users": ("users", 62),
    "students": ("users", 60),
    "teachers": ("users", 2),
    "enrollments": ("enrollments", 124),
    "categories": ("categories", 20),
    "lineItems": ("lineItems", 1),
    "results": ("results", 1),
}


@pytest.fixture
async def graded(synergy: Synergy) -> Synergy:
    await synergy.send()
    await synergy.score()
    return synergy


@pytest.mark.parametrize("path", COLLECTIONS)
async def test_a_collection_has_its_envelope_and_its_total(graded: Synergy, path: str) -> None:
    key, count = COLLECTIONS[path]
    answer = await graded.sync("GET", f"/{path}", params={"limit": 1000})
    assert list(answer.json()) == [key]
    assert (len(answer.json()[key]), answer.headers["X-Total-Count"]) == (count, str(count))


@pytest.mark.parametrize("path", COLLECTIONS)
async def test_an_object_by_id_is_the_one_of_the_collection(graded: Synergy, path: str) -> None:
    key, _count = COLLECTIONS[path]
    first = (await graded.sync("GET", f"/{path}")).json()[key][0]
    (single,) = (await graded.sync("GET", f"/{path}/{first['sourcedId']}")).json().values()
    assert single == first
    missing = await graded.sync("GET", f"/{path}/nope")
    minor = missing.json()["imsx_CodeMinor"]["imsx_codeMinorField"][0]["imsx_codeMinorFieldValue"]
    assert (missing.status_code, minor) == (404, "unknownobject")


async def test_every_reference_leads_to_its_object(graded: Synergy) -> None:
    seen: dict[str, str] = {}
    for path, (key, _count) in COLLECTIONS.items():
        for each in (await graded.sync("GET", f"/{path}", params={"limit": 3})).json()[key]:
            seen |= {ref["href"]: ref["sourcedId"] for ref in _references(each)}
    assert len(seen) > 10
    for href, sourced_id in seen.items():
        path = urlsplit(href).path.removeprefix("/ims/oneroster/v1p1")
        (found,) = (await graded.sync("GET", path)).json().values()
        assert found["sourcedId"] == sourced_id


def _references(value: object) -> list[dict[str, str]]:
    if isinstance(value, dict):
        own = [value] if "href" in value else []
        return own + [ref for inner in value.values() for ref in _references(inner)]
    return [ref for inner in value for ref in _references(inner)] if isinstance(value, list) else []


async def test_a_class_is_a_section_with_its_students_and_teacher(synergy: Synergy) -> None:
    guid = synergy.section.guid
    students = (await synergy.sync("GET", f"/classes/{guid}/students")).json()["users"]
    teachers = (await synergy.sync("GET", f"/classes/{guid}/teachers")).json()["users"]
    assert [each["sourcedId"] for each in students] == [student.guid for student in synergy.section.students]
    assert [each["identifier"] for each in students] == [
        student.number for student in synergy.section.students
    ]
    assert [each["sourcedId"] for each in teachers] == [synergy.school.courses[0].teacher.guid]
    assert {each["userIds"][0]["type"] for each in students} == {"stateID"}


async def test_the_lists_under_a_school_a_student_and_a_teacher(synergy: Synergy) -> None:
    student = synergy.section.students[0].guid
    expected = {
        f"/schools/{synergy.school.guid}/classes": 4,
        f"/teachers/{synergy.school.teachers[0].guid}/classes": 3,
        f"/students/{student}/classes": sum(
            student in {each.guid for each in section.students}
            for course in synergy.school.courses
            for section in course.sections
        ),
    }
    found = {path: len((await synergy.sync("GET", path)).json()["classes"]) for path in expected}
    assert found == expected


async def test_every_list_under_an_object_has_what_belongs_there(graded: Synergy) -> None:
    school, section, course = graded.school, graded.section, graded.school.courses[0]
    term = graded.store.classes[section.guid].term_guids[0]
    student, in_school = section.students[0].guid, f"/schools/{school.guid}/classes/{section.guid}"
    expected = {
        f"/schools/{school.guid}/courses": ("courses", 3),
        f"/schools/{school.guid}/enrollments": ("enrollments", 124),
        f"/schools/{school.guid}/students": ("users", 60),
        f"/schools/{school.guid}/teachers": ("users", 2),
        f"/schools/{school.guid}/terms": ("academicSessions", 1),
        f"{in_school}/enrollments": ("enrollments", 31),
        f"{in_school}/students": ("users", 30),
        f"{in_school}/teachers": ("users", 1),
        f"/terms/{term}/classes": ("classes", 4),
        f"/terms/{term}/gradingPeriods": ("academicSessions", 3),
        f"/courses/{course.guid}/classes": ("classes", len(course.sections)),
        f"/courses/{course.guid}/resources": ("resources", 0),
        f"/classes/{section.guid}/resources": ("resources", 0),
        f"/users/{school.teachers[0].guid}/classes": ("classes", 3),
        f"/students/{student}/classes": ("classes", len(list(graded.store.enrolments.where(member=student)))),
    }
    found = {}
    for path in expected:
        answer = await graded.sync("GET", path, params={"limit": 1000})
        ((key, rows),) = answer.json().items()
        assert answer.headers["X-Total-Count"] == str(len(rows))
        found[path] = (key, len(rows))
    assert found == expected


@pytest.mark.parametrize(
    "path",
    [
        "/schools/{district}/courses",
        "/schools/{district}/terms",
        "/schools/{district}/enrollments",
        "/schools/{district}/classes/{section}/students",
        "/schools/{school}/classes/x/teachers",
        "/terms/{year}/classes",
        "/terms/{year}/gradingPeriods",
        "/courses/{section}/classes",
        "/courses/x/resources",
        "/classes/x/resources",
        "/students/{teacher}/classes",
        "/teachers/{student}/classes",
    ],
)
async def test_an_object_of_another_kind_has_no_such_list(
    synergy_with: Callable[..., Synergy], path: str
) -> None:
    synergy = synergy_with(unknown_parent="not_found")
    school = synergy.school
    known = {
        "district": school.district_guid,
        "school": school.guid,
        "year": school.year_guid,
        "section": synergy.section.guid,
        "teacher": school.teachers[0].guid,
        "student": school.students[0].guid,
    }
    assert (await synergy.sync("GET", path.format(**known))).status_code == 404


@pytest.mark.parametrize(
    ("path", "scope"), [("demographics", "roster-demographics.readonly"), ("resources", "resource.readonly")]
)
async def test_what_synergy_does_not_have_is_an_empty_list_behind_its_own_scope(
    synergy: Synergy, path: str, scope: str
) -> None:
    answer = await synergy.sync("GET", f"/{path}")
    assert (answer.status_code, answer.json(), answer.headers["X-Total-Count"]) == (200, {path: []}, "0")
    assert (await synergy.sync("GET", f"/{path}/x")).status_code == 404
    synergy.carry("roster-core.readonly", "gradebook.readonly")
    assert (await synergy.sync("GET", f"/{path}")).status_code == 403
    synergy.carry(scope)
    assert (await synergy.sync("GET", f"/{path}")).status_code == 200


async def test_categories_are_per_class_and_say_so(synergy: Synergy) -> None:
    guid = synergy.section.guid
    listed = (await synergy.sync("GET", f"/classes/{guid}/categories")).json()["categories"]
    assert [each["title"] for each in listed] == [
        "Classwork",
        "Homework",
        "Quizzes",
        "Tests",
        "Participation",
    ]
    assert {each["metadata"]["classId"] for each in listed} == {guid}
    everything = (await synergy.sync("GET", "/categories")).json()["categories"]
    assert len({each["sourcedId"] for each in everything}) == 20


async def test_results_are_listed_by_class_by_item_and_by_student(graded: Synergy) -> None:
    guid, student = graded.section.guid, graded.section.students[0].guid
    for path in ("results", "lineItems/li-1/results", f"students/{student}/results"):
        answer = await graded.sync("GET", f"/classes/{guid}/{path}")
        assert [each["sourcedId"] for each in answer.json()["results"]] == ["r-1"]
    other = graded.school.courses[1].sections[0].guid
    answer = await graded.sync("GET", f"/classes/{other}/lineItems/li-1/results")
    assert answer.json() == {"results": []}


@pytest.mark.parametrize(("unknown_parent", "status"), [("empty", 200), ("not_found", 404)])
async def test_a_list_under_an_unknown_object_is_empty_or_404_by_the_profile(
    synergy_with: Callable[..., Synergy], unknown_parent: str, status: int
) -> None:
    synergy = synergy_with(unknown_parent=unknown_parent)
    for path in ("/schools/x/classes", "/classes/x/lineItems", "/classes/x/students/y/results"):
        assert (await synergy.sync("GET", path)).status_code == status


async def test_pages_follow_their_links_to_every_object_once(synergy: Synergy) -> None:
    seen: list[str] = []
    links: dict[str, str] = {}
    path = "/students?limit=25&sort=familyName"
    for _page in range(3):
        answer = await synergy.sync("GET", path)
        seen += [each["familyName"] for each in answer.json()["users"]]
        links = dict(reversed(pair) for pair in re.findall(r'<([^>]+)>; rel="(\w+)"', answer.headers["Link"]))
        if "next" not in links:
            break
        path = links["next"].removeprefix("http://synergy.test/ims/oneroster/v1p1")
    assert len(seen) == len(set(seen)) == 60
    assert seen == sorted(seen, key=str.casefold)
    assert sorted(links) == ["first", "last", "prev"]


async def test_a_page_is_at_most_as_long_as_the_profile_allows(synergy_with: Callable[..., Synergy]) -> None:
    answer = await synergy_with(page_limit_max=10).sync("GET", "/students", params={"limit": 50})
    assert len(answer.json()["users"]) == 10


async def test_one_page_without_a_limit_is_a_hundred(synergy: Synergy) -> None:
    assert len((await synergy.sync("GET", "/enrollments")).json()["enrollments"]) == 100


@pytest.mark.parametrize(
    ("params", "minor"),
    [
        ({"limit": "0"}, "invaliddata"),
        ({"limit": "many"}, "invaliddata"),
        ({"offset": "-1"}, "invaliddata"),
        ({"offset": "9" * 30}, "invaliddata"),
        ({"orderBy": "up"}, "invaliddata"),
        ({"fields": ""}, "invalid_blank_selection_field"),
        ({"fields": " , "}, "invalid_blank_selection_field"),
        ({"fields": "title,"}, "invalid_blank_selection_field"),
        ({"filter": "nope='x'"}, "invalid_filter_field"),
        ({"filter": "title"}, "invalid_filter_field"),
    ],
)
async def test_parameters_that_make_no_sense_are_400(
    synergy: Synergy, params: dict[str, str], minor: str
) -> None:
    answer = await synergy.sync("GET", "/classes", params=params)
    field = answer.json()["imsx_CodeMinor"]["imsx_codeMinorField"][0]
    assert (answer.status_code, field["imsx_codeMinorFieldValue"]) == (400, minor)


async def test_an_unknown_sort_or_selection_is_a_warning_beside_the_whole_answer(synergy: Synergy) -> None:
    answer = await synergy.sync("GET", "/courses", params={"sort": "nope", "fields": "title,nope"})
    assert answer.status_code == 200
    assert [each["imsx_codeMinor"] for each in answer.json()["statusInfoSet"]] == [
        "invalid_sort_field",
        "invalid_selection_field",
    ]
    assert "courseCode" in answer.json()["courses"][0]


async def test_a_selection_gives_those_fields_only(synergy: Synergy) -> None:
    many = (await synergy.sync("GET", "/courses", params={"fields": "title,courseCode"})).json()["courses"]
    one = (
        await synergy.sync("GET", f"/courses/{synergy.school.courses[0].guid}", params={"fields": "title"})
    ).json()
    assert {tuple(each) for each in many} == {("title", "courseCode")}
    assert one == {"course": {"title": "Algebra 1"}}


async def test_unknown_parameters_are_ignored(synergy: Synergy) -> None:
    assert (await synergy.sync("GET", "/users", params={"role": "student", "x": "y"})).headers[
        "X-Total-Count"
    ] == "62"


async def test_both_error_envelopes_are_there_to_be_chosen(synergy_with: Callable[..., Synergy]) -> None:
    nested = (await synergy_with().sync("GET", "/lineItems/nope")).json()
    flat = (await synergy_with(error_shape="statusInfoSet").sync("GET", "/lineItems/nope")).json()
    assert (nested["imsx_codeMajor"], nested["imsx_severity"]) == ("failure", "error")
    assert list(flat) == ["statusInfoSet"]
    assert flat["statusInfoSet"][0]["imsx_codeMinor"] == "unknown object"


async def test_a_wrong_verb_and_an_unknown_address_speak_oneroster(synergy: Synergy) -> None:
    wrong = await synergy.sync("POST", "/lineItems/li-1")
    assert (wrong.status_code, wrong.headers["Allow"]) == (405, "DELETE, GET, PUT")
    assert wrong.json()["imsx_codeMajor"] == "failure"
    unknown = await synergy.sync("GET", "/lineItems/li-1/scores")
    assert (unknown.status_code, unknown.json()["imsx_codeMajor"]) == (404, "failure")


@pytest.mark.parametrize("path", ["/lineItems", "/results", "/categories"])
@pytest.mark.parametrize(("allocated_ids", "verbs"), [(False, "GET"), (True, "GET, PUT")])
async def test_allow_names_the_verbs_that_the_address_takes_in_this_profile(
    synergy_with: Callable[..., Synergy], path: str, allocated_ids: bool, verbs: str
) -> None:
    answer = await synergy_with(allocated_ids=allocated_ids).sync("POST", path)
    assert (answer.status_code, answer.headers["Allow"]) == (405, verbs)


@pytest.mark.parametrize("sourced_id", ["a/b", "a%2Fb", "a/b%2Fc", "100 %", "é/☃", "a?b#c", "..%"])
async def test_an_id_is_one_segment_whatever_it_is_made_of(synergy: Synergy, sourced_id: str) -> None:
    one = f"/lineItems/{quote(sourced_id, safe='')}"
    body = {"lineItem": synergy.a_line_item(sourcedId=sourced_id)}
    assert (await synergy.sync("PUT", one, body)).status_code == 201
    await synergy.score(lineItem={"sourcedId": sourced_id})
    assert (await synergy.sync("GET", one)).json()["lineItem"]["sourcedId"] == sourced_id
    inside = f"/classes/{synergy.section.guid}{one}/results?limit=1&offset=1"
    listed = await synergy.sync("GET", inside)
    assert (listed.json(), listed.headers["X-Total-Count"]) == ({"results": []}, "1")
    first = listed.headers["Link"].partition(">")[0].removeprefix("<http://synergy.test" + ONEROSTER)
    (result,) = (await synergy.sync("GET", first)).json()["results"]
    followed = await synergy.sync("GET", urlsplit(result["lineItem"]["href"]).path.removeprefix(ONEROSTER))
    assert followed.json()["lineItem"]["sourcedId"] == sourced_id
    assert (await synergy.sync("DELETE", one)).status_code == 204
    assert len(synergy.store.assignments) == 0


async def test_an_address_with_a_slash_at_its_end_is_the_one_without(graded: Synergy) -> None:
    for path in ("/courses", "/lineItems/li-1", f"/classes/{graded.section.guid}/results"):
        plain, slashed = await graded.sync("GET", path), await graded.sync("GET", f"{path}/")
        assert (slashed.status_code, slashed.json()) == (200, plain.json())
    statuses = [(await graded.sync("GET", path)).status_code for path in ("/courses//", "/", "//courses")]
    assert statuses == [404, 404, 404]


async def test_a_single_object_is_one_of_one(graded: Synergy) -> None:
    assert (await graded.sync("GET", "/lineItems/li-1")).headers["X-Total-Count"] == "1"


async def test_before_an_offset_beyond_the_end_is_the_last_page(synergy: Synergy) -> None:
    answer = await synergy.sync("GET", "/students", params={"limit": 25, "offset": 1000})
    links = dict(reversed(pair) for pair in re.findall(r'<([^>]+)>; rel="(\w+)"', answer.headers["Link"]))
    assert answer.json() == {"users": []}
    assert links["prev"] == links["last"]
    assert links["last"].endswith("limit=25&offset=50")


@pytest.mark.parametrize(
    ("method", "path", "scope"),
    [
        ("GET", "/classes", "gradebook.readonly"),
        ("GET", "/lineItems", "roster-core.readonly"),
        ("PUT", "/lineItems/li-1", "gradebook.readonly"),
        ("DELETE", "/lineItems/li-1", "gradebook.createput"),
    ],
)
async def test_a_token_without_the_scope_is_403(synergy: Synergy, method: str, path: str, scope: str) -> None:
    synergy.carry(scope)
    answer = await synergy.sync(method, path)
    minor = answer.json()["imsx_CodeMinor"]["imsx_codeMinorField"][0]["imsx_codeMinorFieldValue"]
    assert (answer.status_code, minor) == (403, "forbidden")


async def test_links_keep_the_host_and_the_world_that_the_client_used(synergy: Synergy) -> None:
    tenant = Tenant(synergy.store, synergy.journal)
    app = WorldRouter(build_synergy(), lambda _name: tenant, lambda _path: "oneroster")
    transport = httpx2.ASGITransport(app=app)
    headers = {"Authorization": f"Bearer {synergy.store.issue_token(frozenset({'roster-core.readonly'}))}"}
    async with httpx2.AsyncClient(transport=transport, base_url="https://sis.example:8443") as client:
        answer = await client.get("/w/room-1/ims/oneroster/v1p1/classes?limit=1", headers=headers)
    base = "https://sis.example:8443/w/room-1/ims/oneroster/v1p1"
    assert answer.json()["classes"][0]["course"]["href"].startswith(f"{base}/courses/")
    assert f'<{base}/classes?limit=1&offset=1>; rel="next"' in answer.headers["Link"]


async def test_dates_are_utc_and_move_with_the_world(synergy: Synergy) -> None:
    await synergy.send()
    first = (await synergy.sync("GET", "/lineItems/li-1")).json()["lineItem"]["dateLastModified"]
    assert first == "2026-09-14T15:00:00.000Z"


async def test_the_same_seed_gives_the_same_roster_byte_for_byte(
    synergy_with: Callable[..., Synergy],
) -> None:
    one, other = [await synergy_with().sync("GET", "/users", params={"limit": 100}) for _each in range(2)]
    assert one.content == other.content


async def test_the_class_setting_current_period_ignores_the_due_date(synergy: Synergy) -> None:
    guid = synergy.section.guid
    synergy.store.classes.put(replace(synergy.store.classes[guid], period_default="current_period"))
    await synergy.send(dueDate="2026-11-01T20:00:00Z")
    names = [period["name"] for period in (await synergy.screen())["grading_periods"]]
    assert names == ["Progress 1"]
