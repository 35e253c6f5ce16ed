"""Checks of what cannot be taken: refused with a reason, nothing half-written, the provider on its feet."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from typing import Any

from contracts.conformance.check import Check, Level, expect
from contracts.conformance.provider import Gradebook, Provider, Wire, minor_codes, told
from contracts.conformance.roster_checks import UNKNOWN
from contracts.conformance.written import a_line_item, a_result, id_of, put_line_item

Bad = Callable[[Provider, Gradebook], Any]
"""Makes the body of a PUT that cannot be taken."""


def _bad_item(**changes: object) -> Bad:
    return lambda provider, book: {"lineItem": a_line_item(provider, book, "other", **changes)}


def _bad_result(**changes: object) -> Bad:
    return lambda provider, book: {"result": a_result(provider, book, "result", **changes)}


def _ref(sourced_id: str = UNKNOWN) -> Wire:
    return {"href": f"https://nowhere.example/{sourced_id}", "sourcedId": sourced_id, "type": "class"}


def _refused(path: str, name: str, bad: Bad) -> Callable[[Provider], Awaitable[None]]:
    async def check(provider: Provider) -> None:
        book = await put_line_item(provider)
        address = f"/{path}/{id_of(provider, name)}"
        await provider.ask("DELETE", address)
        reply = await provider.ask("PUT", address, body=bad(provider, book))
        expect(400 <= reply.status < 500, f"this PUT should be refused: {told(reply)}")
        minor_codes(reply)
        reply = await provider.ask("GET", address)
        expect(reply.status == 404, f"nothing should be left of what was refused: {told(reply)}")

    return check


async def _a_broken_reference_is_422(provider: Provider) -> None:
    book = await put_line_item(provider)
    body = _bad_item(class_=_ref())(provider, book)
    reply = await provider.ask("PUT", f"/lineItems/{id_of(provider, 'other')}", body=body)
    expect(reply.status == 422, f"an unknown class in a body should be 422: {told(reply)}")
    codes = set(minor_codes(reply))
    expect(bool({"invaliddata", "invalid data"} & codes), f"and its minor code invaliddata, not {codes}")


async def _no_other_verbs(provider: Provider) -> None:
    for method, path in (("POST", "/lineItems"), ("DELETE", "/classes"), ("PUT", "/users/x")):
        reply = await provider.ask(method, path, body=None if method == "DELETE" else {})
        expect(reply.status in {404, 405, 501}, f"{method} {path} is no verb of 1.1: {told(reply)}")


async def _strange_addresses_do_no_harm(provider: Provider) -> None:
    for path in (
        "/nowhere",
        "/classes/%00",
        "/classes/%F0%9F%98%80",
        "/classes/..%2F..%2Fusers",
        "/users/" + "x" * 2000,
        "/users?filter=%27&limit=%E2%82%AC",
        "/users?filter=familyName%3D%27" + "%27%27" * 500,
    ):
        reply = await provider.ask("GET", path)
        expect(reply.status in {200, 400, 404, 414, 422}, f"GET {path[:60]} should be refused: {told(reply)}")


def _checks() -> Iterator[Check]:
    cases: tuple[tuple[str, str, str, str, Bad, Level], ...] = (
        ("no-json", "a body that is no JSON", "lineItems", "other", lambda _p, _b: b"{", Level.MUST),
        ("no-envelope", "a body without its envelope", "lineItems", "other", lambda _p, _b: {}, Level.MUST),
        ("no-title", "a line item without a title", "lineItems", "other", _bad_item(title=None), Level.MUST),
        (
            "no-date",
            "a line item without assignDate",
            "lineItems",
            "other",
            _bad_item(assignDate=None),
            Level.SHOULD,
        ),
        ("bad-date", "a date that is none", "lineItems", "other", _bad_item(dueDate="tomorrow"), Level.MUST),
        (
            "bad-number",
            "a maximum that is no number",
            "lineItems",
            "other",
            _bad_item(resultValueMax=[]),
            Level.MUST,
        ),
        ("class", "a class that nobody has", "lineItems", "other", _bad_item(class_=_ref()), Level.MUST),
        (
            "category",
            "a category that nobody has",
            "lineItems",
            "other",
            _bad_item(category=_ref()),
            Level.MUST,
        ),
        (
            "period",
            "a grading period that nobody has",
            "lineItems",
            "other",
            _bad_item(gradingPeriod=_ref()),
            Level.SHOULD,
        ),
        (
            "other-id",
            "an id that is not the address's",
            "lineItems",
            "other",
            _bad_item(sourcedId="other"),
            Level.SHOULD,
        ),
        (
            "line-item",
            "a line item that nobody has",
            "results",
            "result",
            _bad_result(lineItem=_ref()),
            Level.MUST,
        ),
        (
            "student",
            "a student that nobody has",
            "results",
            "result",
            _bad_result(student=_ref()),
            Level.MUST,
        ),
        (
            "status",
            "a scoreStatus that 1.1 does not have",
            "results",
            "result",
            _bad_result(scoreStatus="late"),
            Level.MUST,
        ),
        ("score", "a score that is no number", "results", "result", _bad_result(score="A+"), Level.MUST),
        (
            "graded",
            "a graded result without a score",
            "results",
            "result",
            _bad_result(score=None),
            Level.SHOULD,
        ),
    )
    for name, what, path, called, bad, level in cases:
        run = _refused(path, called, bad)
        says = f"A PUT of {what} is refused whole."
        yield Check(f"refuse.{name}", says, level, "OneRoster 1.1, status codes", run, writes=True)


CHECKS: tuple[Check, ...] = (
    *_checks(),
    Check(
        "refuse.422",
        "A broken reference is 422 with the minor code invaliddata.",
        Level.SHOULD,
        "OneRoster 1.1, status codes",
        _a_broken_reference_is_422,
        writes=True,
    ),
    Check(
        "refuse.verbs",
        "There is no POST and no PATCH, and rosters are only read.",
        Level.SHOULD,
        "OneRoster 1.1, endpoints",
        _no_other_verbs,
    ),
    Check(
        "refuse.strange-addresses",
        "Strange ids and queries do no harm.",
        Level.MUST,
        "OneRoster 1.1, status codes",
        _strange_addresses_do_no_harm,
    ),
)
