"""The requests of Google Classroom's published suite of OneRoster 1.1, in its order and with its own quirks.

Its quirks: a line item without a category, a title of a hundred characters, an instant as the day of a score,
an empty comment, three times the maximum, a body with a GET, pages of ten thousand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import httpx2
import pytest

from simulator.testing.world import WorldInTest

SCOPES = ("roster.readonly", "gradebook.readonly", "gradebook.createput", "gradebook.delete")
SCOPE_BASE = "https://purl.imsglobal.org/spec/or/v1p1/scope/"
TITLE = f"[Amended] Rea{'l' * 74}y Long Google Test Line Item Title"
ASSIGNED, DUE = "2026-09-14T15:00:00.511Z", "2026-09-14T15:01:00.511Z"


@pytest.fixture
def google(new_world: Callable[..., WorldInTest]) -> Iterator[httpx2.Client]:
    """Its client, with a token of the four scopes that it asks for."""
    door = new_world(profile="google_ready").oneroster
    form = {"grant_type": "client_credentials", "scope": " ".join(SCOPE_BASE + each for each in SCOPES)}
    answer = httpx2.post(door.token_url, auth=(door.client_id, door.client_secret), data=form)
    headers = {"Authorization": f"Bearer {answer.json()['access_token']}"}
    with httpx2.Client(base_url=f"{door.url}/", headers=headers) as client:
        yield client


def listed(client: httpx2.Client, path: str, **params: str) -> list[dict[str, Any]]:
    answer = client.get(path, params={"limit": "10000", **params})
    assert answer.status_code == 200
    (rows,) = answer.json().values()
    return list(rows)


def the_class(client: httpx2.Client) -> str:
    email = listed(client, "teachers")[0]["email"]
    (teacher,) = listed(client, "teachers", filter=f"email='{email}'")
    found = listed(client, f"teachers/{teacher['sourcedId']}/classes", filter="status='active'")
    return str(found[0]["sourcedId"])


def an_item(class_id: str, **more: object) -> dict[str, Any]:
    item = {"sourcedId": "item", "title": "New test item", "description": "Test Line Item"}
    times = {"assignDate": ASSIGNED, "dueDate": DUE, "resultValueMin": 0, "resultValueMax": 100}
    return {"lineItem": {**item, **times, "class": {"sourcedId": class_id}, **more}}


def a_result(student_id: str, **more: object) -> dict[str, Any]:
    result = {"sourcedId": "result", "score": 80, "comment": "", "scoreStatus": "fully graded"}
    refs = {"lineItem": {"sourcedId": "item"}, "student": {"sourcedId": student_id}}
    return {"result": {**result, **refs, "scoreDate": ASSIGNED, **more}}


def test_basic_grade_sync(google: httpx2.Client) -> None:
    class_id = the_class(google)
    student_id = listed(google, f"classes/{class_id}/students")[0]["sourcedId"]
    scores = f"classes/{class_id}/lineItems/item/results"

    assert google.put("lineItems/item", json=an_item(class_id)).status_code == 201
    assert google.put("lineItems/item", json=an_item(class_id, title=TITLE)).status_code == 200
    assert [each["title"] for each in listed(google, f"classes/{class_id}/lineItems")] == [TITLE]

    read_back = []
    for change in ({}, {"score": 300}, {"scoreStatus": "exempt"}):
        google.put("results/result", json=a_result(student_id, **change)).raise_for_status()
        (row,) = listed(google, scores)
        read_back.append((row["sourcedId"], row["score"], row["scoreStatus"], row["scoreDate"]))
    assert read_back == [
        ("result", 80, "fully graded", "2026-09-14"),
        ("result", 300, "fully graded", "2026-09-14"),
        ("result", 80, "exempt", "2026-09-14"),
    ]

    assert google.delete("results/result").status_code == 204
    assert listed(google, scores) == []
    assert google.delete("lineItems/item").status_code == 204
    assert listed(google, f"classes/{class_id}/lineItems") == []


def test_grading_categories(google: httpx2.Client) -> None:
    class_id = the_class(google)
    assert listed(google, "categories")
    path = f"classes/{class_id}/categories?limit=10000"
    category = google.request("GET", path, content=b'{"a": "body"}').json()["categories"][0]["sourcedId"]
    item = an_item(class_id, category={"sourcedId": category})
    assert google.put("lineItems/item", json=item).status_code == 201
    (row,) = listed(google, f"classes/{class_id}/lineItems")
    assert row["category"]["sourcedId"] == category


def test_grading_periods(google: httpx2.Client) -> None:
    (one,) = listed(google, "classes", filter=f"sourcedId='{the_class(google)}'")
    periods = listed(google, f"terms/{one['terms'][0]['sourcedId']}/gradingPeriods")
    assert {each["type"] for each in periods} == {"gradingPeriod"}
    for each in periods:
        assert each.keys() >= {"sourcedId", "title", "startDate", "endDate", "schoolYear"}
