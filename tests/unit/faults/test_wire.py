"""Faults as JSON: strict, with the field named."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any

import pytest

from simulator.faults import KINDS, Answer, Fault, FaultError, Match, fault_as_json, fault_from_json
from simulator.faults.wire import _TYPES

REQUIRED: dict[str, dict[str, Any]] = {
    "answer": {"status": 503},
    "latency": {"seconds": 2},
    "slow_drip": {"seconds": 2.5},
}


def a_fault(**changes: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    return {"name": "it", "does": {"kind": "answer", "status": 503}, **changes}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_goes_through_json_and_comes_back(kind: str) -> None:
    told = {"name": "it", "does": {"kind": kind, **REQUIRED.get(kind, {})}, "match": {"methods": ["PUT"]}}
    fault = fault_from_json(told)
    assert fault.kind == kind
    assert fault_from_json(json.loads(json.dumps(fault_as_json(fault)))) == fault


@pytest.mark.parametrize("kind", [*KINDS.values(), Fault, Match])
def test_every_field_of_every_kind_can_be_read(kind: type[Any]) -> None:
    unread = {"does", "match", "methods"}
    assert {str(each.type) for each in fields(kind) if each.name not in unread} <= set(_TYPES)


def test_what_is_left_out_is_as_the_defaults_say() -> None:
    assert fault_from_json(a_fault()) == Fault(name="it", does=Answer(status=503))


@pytest.mark.parametrize(
    ("told", "message"),
    [
        ([], "the fault: must be an object, not []"),
        ({"does": {"kind": "dropped_before"}}, "name: is required"),
        ({"name": "it"}, "does: is required"),
        (a_fault(nmae=1), "nmae: is no field of it; its fields are: name, does"),
        (a_fault(does={"kind": "explode"}), "does.kind: must be one of answer, latency"),
        (a_fault(does={"kind": ["answer"]}), "does.kind: must be one of answer, latency"),
        (a_fault(does={}), 'does: must be an object with a "kind"'),
        (a_fault(does={"kind": "answer"}), "does.status: is required by answer"),
        (a_fault(does={"kind": "answer", "status": True}), "does.status: must be a whole number, not True"),
        (a_fault(does={"kind": "answer", "status": 200}), "does.status: must be from 400 to 599, not 200"),
        (a_fault(does={"kind": "answer", "status": 10**400}), "does.status: must be a number that can be"),
        (a_fault(does={"kind": "answer", "status": 503, "words": "\ud800"}), "does.words: must be a text"),
        (
            a_fault(does={"kind": "answer", "status": 503, "wrods": ""}),
            "does.wrods: is no field of it; its fields are: status",
        ),
        (a_fault(does={"kind": "truncated_body", "share": 1}), "does.share: must be from 0 to 1, not 1"),
        (a_fault(does={"kind": "html_page", "status": 204}), "does.status: an answer of 204 has no body"),
        (a_fault(does={"kind": "throttle_storm", "status": 500}), "does.status: must be one of 403, 429"),
        (a_fault(does={"kind": "delivered_twice", "hears": "third"}), "does.hears: must be one of first"),
        (a_fault(does={"kind": "latency", "seconds": float("nan")}), "does.seconds: must be a number"),
        (a_fault(match=[]), "match: must be an object, not []"),
        (a_fault(match={"system": "Canvas"}), "match.system: must be one of canvas, oneroster"),
        (a_fault(match={"methods": "PUT"}), "match.methods: must be a list of texts"),
        (a_fault(match={"methods": ["put"]}), "match.methods: has 'put'; there are GET"),
        (a_fault(match={"path": "results"}), 'match.path: must begin with "/" or "*"'),
        (a_fault(match={"rule": "NO-SUCH"}), 'match.rule: the catalogue has no rule "NO-SUCH"'),
        (a_fault(match={"nth": -1}), "match.nth: must be from 0"),
        (a_fault(match={"nth": 2}, after=1), "after: must be 0 where match.nth"),
        (a_fault(match={"nth": 2}, times=None), "times: must be 1 where match.nth"),
        (a_fault(times=0), "times: must be from 1"),
        (a_fault(probability=0), "probability: must be more than 0"),
        (a_fault(name=""), "name: must be 1 to 100 printable"),
    ],
)
def test_what_is_wrong_is_said_with_its_field(told: object, message: str) -> None:
    with pytest.raises(FaultError) as raised:
        fault_from_json(told)
    assert str(raised.value).startswith(message)
