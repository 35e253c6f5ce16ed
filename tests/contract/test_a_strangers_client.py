"""A OneRoster client from the package registry, which nobody here wrote, reads and writes the fake Synergy.

It was generated from another vendor's OpenAPI document of OneRoster 1.1, and checks what it reads: an answer
without a required field, or with a word that the specification does not have, is an exception in it. Its one
method that is left out here asks for `/classes/{id}/lineitems`, which is no address of OneRoster's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, Literal

import httpx2
import oneroster_client
import pytest
from requests import HTTPError

from simulator.profiles import KHSD
from simulator.testing.world import WorldInTest

LISTS = {
    "get_orgs": ("get_org", "orgs"),
    "get_schools": ("get_school", "orgs"),
    "get_academic_sessions": ("get_academic_session", "academic_sessions"),
    "get_terms": ("get_term", "academic_sessions"),
    "get_grading_periods": ("get_grading_period", "academic_sessions"),
    "get_courses": ("get_course", "courses"),
    "get_classes": ("get_class", "classes"),
    "get_users": ("get_user", "users"),
    "get_students": ("get_student", "users"),
    "get_teachers": ("get_teacher", "users"),
    "get_enrollments": ("get_enrollment", "enrollments"),
    "get_categories": ("get_category", "categories"),
    "get_line_items": ("get_line_item", "line_items"),
    "get_results": ("get_result", "results"),
}
EMPTY_LISTS = {"get_demographics": "demographics", "get_resources": "resources"}


@pytest.fixture
def world(new_world: Callable[..., WorldInTest]) -> WorldInTest:
    """This client reads booleans as words only, as its own vendor sends them."""
    return new_world(profile="strongmind_like")


@contextmanager
def the_client(world: WorldInTest) -> Iterator[Callable[[str], Any]]:
    """Finds the method of this name, on whichever of the client's 16 classes it is, with a fresh token."""
    door = world.oneroster
    form = {"grant_type": "client_credentials"}
    answer = httpx2.post(door.token_url, data=form, auth=(door.client_id, door.client_secret))
    configuration = oneroster_client.Configuration()
    configuration.host = door.url
    configuration.access_token = answer.json()["access_token"]
    client = oneroster_client.ApiClient(configuration)
    apis = [getattr(oneroster_client, name)(client) for name in dir(oneroster_client) if name.endswith("Api")]

    def method(name: str) -> Any:  # noqa: ANN401 - a method of an untyped package
        return next(getattr(api, name) for api in apis if hasattr(api, name))

    try:
        yield method
    finally:
        client.rest_client.pool_manager.clear()


def a_ref(sourced_id: str, kind: str) -> Any:  # noqa: ANN401 - a value of an untyped package
    return oneroster_client.GUIDRefType(
        href=f"https://lms.example/{sourced_id}", sourced_id=sourced_id, type=kind
    )


def stamped(sourced_id: str) -> dict[str, Any]:
    return {
        "sourced_id": sourced_id,
        "status": "active",
        "date_last_modified": datetime(2026, 9, 14, tzinfo=UTC),
    }


def an_item(world: WorldInTest, category: str) -> Any:  # noqa: ANN401 - a value of an untyped package
    item = oneroster_client.LineItemType(
        title="Cell quiz",
        description="Chapter 3",
        assign_date=datetime(2026, 9, 14, 15, tzinfo=UTC),
        due_date=datetime(2026, 9, 19, 6, 59, tzinfo=UTC),
        _class=a_ref(world.school.courses[0].sections[0].guid, "class"),
        category=a_ref(category, "category"),
        grading_period=a_ref(world.school.grading_periods[0].guid, "academicSession"),
        result_value_min=0.0,
        result_value_max=10.0,
        **stamped("li-1"),
    )
    return oneroster_client.SingleLineItemType(line_item=item)


def a_result(world: WorldInTest, score: float) -> Any:  # noqa: ANN401 - a value of an untyped package
    result = oneroster_client.ResultType(
        line_item=a_ref("li-1", "lineItem"),
        student=a_ref(world.school.courses[0].sections[0].students[0].guid, "user"),
        score_status="fully graded",
        score=score,
        score_date=date(2026, 9, 14),
        comment="L",
        **stamped("r-1"),
    )
    return oneroster_client.SingleResultType(result=result)


def refusal(error: HTTPError) -> tuple[int, bytes]:
    assert error.response is not None
    return error.response.status_code, error.response.content


def write_one_score(client: Callable[[str], Any], world: WorldInTest) -> None:
    section = world.school.courses[0].sections[0]
    (category, *_others) = [
        each
        for each in client("get_categories")(filter=f"metadata.classId='{section.guid}'").categories
        if each.title == "Quizzes"
    ]
    client("put_line_item")(an_item(world, category.sourced_id), "li-1")
    client("put_result")(a_result(world, 8.5), "r-1")


def test_it_writes_a_score_and_reads_it_back(world: WorldInTest) -> None:
    section = world.school.courses[0].sections[0]
    with the_client(world) as client:
        write_one_score(client, world)
        item = client("get_line_item")("li-1").line_item
        result = client("get_result")("r-1").result
        listed = client("get_results_for_line_item_for_class")(section.guid, "li-1").results
        of_student = client("get_results_for_student_for_class")(section.guid, section.students[0].guid)
    assert (item.title, item.result_value_max) == ("Cell quiz", 10.0)
    assert item.due_date == datetime(2026, 9, 18, 7, tzinfo=UTC)
    assert (result.score, result.score_status, result.comment) == (8.5, "fully graded", "L")
    assert [each.sourced_id for each in (*listed, *of_student.results)] == ["r-1", "r-1"]


def test_it_replaces_and_deletes_what_it_wrote(world: WorldInTest) -> None:
    with the_client(world) as client:
        write_one_score(client, world)
        client("put_result")(a_result(world, 300.0), "r-1")
        assert client("get_result")("r-1").result.score == 300.0
        client("delete_result")("r-1")
        assert client("get_results")().results == []
        client("delete_line_item")("li-1")
        with pytest.raises(HTTPError) as caught:
            client("get_line_item")("li-1")
    assert refusal(caught.value)[0] == 404
    statuses = [each.status for each in world.journal.exchanges() if each.method in {"PUT", "DELETE"}]
    assert statuses == [201, 201, 200, 204, 204]


def test_it_makes_and_deletes_a_category(world: WorldInTest) -> None:
    category = oneroster_client.CategoryType(title="Projects", **stamped("cat-1"))
    with the_client(world) as client:
        client("put_category")(oneroster_client.SingleCategoryType(category=category), "cat-1")
        assert client("get_category")("cat-1").category.title == "Projects"
        client("delete_category")("cat-1")
        assert "cat-1" not in {each.sourced_id for each in client("get_categories")().categories}


@pytest.mark.parametrize("method", LISTS)
def test_it_reads_every_collection_and_every_object_of_a_page(world: WorldInTest, method: str) -> None:
    with the_client(world) as client:
        write_one_score(client, world)
        one, key = LISTS[method]
        page = getattr(client(method)(limit=3, sort="sourcedId", order_by="desc"), key)
        singles = [client(one)(each.sourced_id) for each in page]
    assert page
    assert [next(iter(single.to_dict().values()))["sourced_id"] for single in singles] == [
        each.sourced_id for each in page
    ]


@pytest.mark.parametrize("method", EMPTY_LISTS)
def test_it_reads_the_collections_that_are_empty(world: WorldInTest, method: str) -> None:
    with the_client(world) as client:
        assert getattr(client(method)(), EMPTY_LISTS[method]) == []


def test_it_reads_every_list_under_an_object(world: WorldInTest) -> None:
    school, course = world.school, world.school.courses[0]
    section = course.sections[0]
    with the_client(world) as client:
        write_one_score(client, world)
        term = client("get_terms")().academic_sessions[0].sourced_id
        found = {
            "courses": client("get_courses_for_school")(school.guid).courses,
            "classes": client("get_classes_for_school")(school.guid).classes,
            "enrollments": client("get_enrollments_for_school")(school.guid).enrollments,
            "students": client("get_students_for_school")(school.guid).users,
            "teachers": client("get_teachers_for_school")(school.guid).users,
            "terms": client("get_terms_for_school")(school.guid).academic_sessions,
            "in class": client("get_enrollments_for_class_in_school")(school.guid, section.guid).enrollments,
            "students in class": client("get_students_for_class_in_school")(school.guid, section.guid).users,
            "teachers in class": client("get_teachers_for_class_in_school")(school.guid, section.guid).users,
            "of term": client("get_classes_for_term")(term).classes,
            "periods": client("get_grading_periods_for_term")(term).academic_sessions,
            "of course": client("get_classes_for_course")(course.guid).classes,
            "of student": client("get_classes_for_student")(section.students[0].guid).classes,
            "of teacher": client("get_classes_for_teacher")(course.teacher.guid).classes,
            "of user": client("get_classes_for_user")(course.teacher.guid).classes,
            "students of class": client("get_students_for_class")(section.guid).users,
            "teachers of class": client("get_teachers_for_class")(section.guid).users,
            "results": client("get_results_for_class")(section.guid).results,
        }
        nothing = (
            client("get_resources_for_class")(section.guid).resources,
            client("get_resources_for_course")(course.guid).resources,
        )
    assert {name: len(rows) for name, rows in found.items() if not rows} == {}
    assert nothing == ([], [])


def test_it_pages_by_offset_and_filters(world: WorldInTest) -> None:
    with the_client(world) as client:
        pages = [client("get_students")(limit=25, offset=offset).users for offset in (0, 25, 50)]
        name = pages[0][0].family_name
        found = client("get_users")(filter=f"familyName='{name}' AND role='student'").users
    assert [len(page) for page in pages] == [25, 25, 10]
    assert len({each.sourced_id for page in pages for each in page}) == 60
    assert pages[0][0].sourced_id in {each.sourced_id for each in found}


@pytest.mark.parametrize("error_shape", ["binding", "statusInfoSet"])
def test_it_is_told_why_a_write_was_refused(
    new_world: Callable[..., WorldInTest], error_shape: Literal["binding", "statusInfoSet"]
) -> None:
    world = new_world(profile=replace(KHSD, error_shape=error_shape, put_body="none"))
    with the_client(world) as client, pytest.raises(HTTPError) as caught:
        client("put_line_item")(an_item(world, "nope"), "li-1")
    status, body = refusal(caught.value)
    assert status == 422
    assert b'Grading category \\"nope\\" not found' in body
