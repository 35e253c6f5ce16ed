"""What the checks write into a gradebook, and how it is taken away again.

What lives here: the bodies of line items, results and categories, whole and with every field that some
provider asks for. Everything is called by the name of the run, so that a person sees whose it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from contracts.conformance import fields
from contracts.conformance.check import expect
from contracts.conformance.fields import Kind
from contracts.conformance.provider import Gradebook, Provider, Wire, told

TITLE = "Conformance check"
MAXIMUM = 20.0
GONE = frozenset({200, 202, 204, 404})
KINDS: Mapping[str, Kind] = {
    "categories": fields.CATEGORY,
    "lineItems": fields.LINE_ITEM,
    "results": fields.RESULT,
}


def id_of(provider: Provider, name: str) -> str:
    """The sourcedId of what a check calls so."""
    return f"conformance-{provider.run}-{name}"


def a_line_item(provider: Provider, book: Gradebook, name: str = "item", **changes: object) -> Wire:
    """A line item that every provider takes."""
    item: Wire = {
        **_common(id_of(provider, name), book),
        "title": TITLE,
        "description": "Made by a conformance suite",
        "assignDate": f"{book.day}T12:00:00.000Z",
        "dueDate": f"{book.day}T20:00:00.000Z",
        "class": _ref(provider, "classes", book.class_id, "class"),
        "category": _ref(provider, "categories", book.category_id, "category"),
        "gradingPeriod": _ref(provider, "gradingPeriods", book.period_id, "academicSession"),
        "resultValueMin": 0.0,
        "resultValueMax": MAXIMUM,
    }
    return _changed(item, changes)


def a_result(provider: Provider, book: Gradebook, name: str = "result", **changes: object) -> Wire:
    """A result that every provider takes."""
    result: Wire = {
        **_common(id_of(provider, name), book),
        "lineItem": _ref(provider, "lineItems", id_of(provider, "item"), "lineItem"),
        "student": _ref(provider, "students", book.student_id, "user"),
        "scoreStatus": "fully graded",
        "score": 17.5,
        "scoreDate": book.day,
        "comment": "From a conformance suite",
    }
    return _changed(result, changes)


async def put(provider: Provider, path: str, wire: Wire, sourced_id: str = "") -> int:
    """PUT an object that has to be taken; the status.

    Raises:
        BrokenError: If it is not taken.
    """
    address = f"/{path}/{sourced_id or wire['sourcedId']}"
    reply = await provider.ask("PUT", address, body={KINDS[path].one: wire})
    expect(reply.status in {200, 201, 204}, f"PUT {address} should be taken: {told(reply)}")
    return reply.status


async def put_line_item(provider: Provider) -> Gradebook:
    """Have the line item "item" there, as `a_line_item` makes it."""
    book = await provider.gradebook()
    await put(provider, "lineItems", a_line_item(provider, book))
    return book


async def put_score(provider: Provider) -> Gradebook:
    """Have the result "result" there, as `a_result` makes it."""
    book = await put_line_item(provider)
    await put(provider, "results", a_result(provider, book))
    return book


async def take_away(provider: Provider) -> None:
    """Delete what the checks wrote; what is not there is no error."""
    for path, names in (
        ("results", ("result",)),
        ("lineItems", ("item", "other")),
        ("categories", ("category",)),
    ):
        for name in names:
            await provider.ask("DELETE", f"/{path}/{id_of(provider, name)}")


def _common(sourced_id: str, book: Gradebook) -> Wire:
    return {
        "sourcedId": sourced_id,
        "status": "active",
        "dateLastModified": f"{book.day}T12:00:00.000Z",
        "metadata": {},
    }


def _ref(provider: Provider, path: str, sourced_id: str, kind: str) -> Wire:
    return {"href": f"{provider.base_url}/{path}/{sourced_id}", "sourcedId": sourced_id, "type": kind}


def _changed(wire: Wire, changes: Mapping[str, Any]) -> Wire:
    """With the changes made; a change to None leaves the field out."""
    renamed = {name.rstrip("_"): value for name, value in changes.items()}
    return {name: value for name, value in {**wire, **renamed}.items() if value is not None}
