"""Terms of the account, and the SIS imports that this Canvas says it does not take."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from simulator.clock import VirtualClock
from simulator.journal import Journal

TERMS = "/accounts/1/terms"


def test_every_canvas_begins_with_the_default_term(admin: TestClient, clock: VirtualClock) -> None:
    (term,) = admin.get(TERMS).json()["enrollment_terms"]
    assert term == {
        "id": 1,
        "name": "Default Term",
        "start_at": None,
        "end_at": None,
        "created_at": clock.now().strftime("%Y-%m-%dT%H:%M:%SZ"),
        "workflow_state": "active",
        "grading_period_group_id": None,
        "sis_term_id": None,
        "sis_import_id": None,
    }
    assert admin.get(f"{TERMS}/1").json() == term


def test_a_new_term_is_listed_by_when_it_starts(admin: TestClient) -> None:
    form = {
        "enrollment_term[name]": "Spring 2027",
        "enrollment_term[start_at]": "2027-01-05T08:00:00Z",
        "enrollment_term[end_at]": "2027-06-10T07:00:00Z",
        "enrollment_term[sis_term_id]": "SP27",
    }
    made = admin.post(TERMS, data=form)
    assert (made.status_code, made.json()["overrides"]) == (200, {})
    shown = admin.get(f"{TERMS}/sis_term_id:SP27").json()
    assert shown == {name: value for name, value in made.json().items() if name != "overrides"}
    assert (shown["start_at"], shown["end_at"]) == ("2027-01-05T08:00:00Z", "2027-06-10T07:00:00Z")
    first = admin.get(f"{TERMS}?per_page=1")
    assert [each["name"] for each in first.json()["enrollment_terms"]] == ["Spring 2027"]
    second = admin.get(first.links["next"]["url"])
    assert [each["name"] for each in second.json()["enrollment_terms"]] == ["Default Term"]
    admin.post(TERMS, json={"enrollment_term": {"name": "Old", "start_at": "2020-01-01"}})
    listed = [each["name"] for each in admin.get(TERMS).json()["enrollment_terms"]]
    assert listed == ["Spring 2027", "Default Term", "Old"]
    found = admin.get(f"{TERMS}?term_name=spring").json()["enrollment_terms"]
    assert [each["id"] for each in found] == [shown["id"]]
    assert admin.get(f"{TERMS}?workflow_state[]=deleted").json() == {"enrollment_terms": []}


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        ({"start_at": "2027-02-01", "end_at": "2027-01-01"}, "base"),
        ({"name": "x" * 256}, "name"),
        ({"sis_term_id": "SP27"}, "sis_source_id"),
    ],
)
def test_what_does_not_validate_is_not_kept(admin: TestClient, wanted: dict[str, str], field: str) -> None:
    admin.post(TERMS, json={"enrollment_term": {"sis_term_id": "SP27"}})
    answer = admin.post(TERMS, json={"enrollment_term": wanted})
    assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])
    assert len(admin.get(TERMS).json()["enrollment_terms"]) == 2


def test_the_wrapper_must_be_there_and_the_caller_an_administrator(
    admin: TestClient, teacher: TestClient
) -> None:
    assert admin.post(TERMS, data={"name": "x"}).json() == {
        "errors": [{"message": "enrollment_term is missing"}]
    }
    assert teacher.get(TERMS).status_code == 403
    assert teacher.post(TERMS, data={"enrollment_term[name]": "x"}).status_code == 403
    assert admin.get(f"{TERMS}/77").status_code == 404


def test_sis_imports_are_refused_and_told_as_not_simulated(
    admin: TestClient, teacher: TestClient, journal: Journal
) -> None:
    url = "/accounts/1/sis_imports"
    upload = {"attachment": ("users.csv", b"user_id,login_id\n", "text/csv")}
    for answer in (admin.get(url), admin.post(url, files=upload)):
        assert (answer.status_code, answer.json()) == (
            403,
            {"errors": ["SIS imports are not enabled for this account"]},
        )
        assert journal.exchanges()[-1].simulated is False
    assert teacher.post(url, files=upload).json()["status"] == "unauthorized"
    assert journal.exchanges()[-1].simulated is True
