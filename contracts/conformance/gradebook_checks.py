"""Checks of what a third party writes: create, replace, read back, list, delete."""

from __future__ import annotations

from contracts.conformance import fields
from contracts.conformance.check import Check, Level, NotAskedError, expect
from contracts.conformance.provider import Provider, ids_of, told
from contracts.conformance.written import (
    GONE,
    KINDS,
    a_line_item,
    a_result,
    id_of,
    put,
    put_line_item,
    put_score,
)

CLOSE_ENOUGH = 1e-6


def _near(found: object, wanted: float) -> bool:
    """Whether a number is the one that was sent; some providers write it as text."""
    try:
        return abs(float(str(found)) - wanted) < CLOSE_ENOUGH
    except ValueError:
        return False


async def _a_first_put_creates(provider: Provider) -> None:
    book = await provider.gradebook()
    await provider.ask("DELETE", f"/lineItems/{id_of(provider, 'item')}")
    status = await put(provider, "lineItems", a_line_item(provider, book))
    expect(status == 201, f"a first PUT should be 201, not {status}")
    status = await put(provider, "lineItems", a_line_item(provider, book))
    expect(status in {200, 201, 204}, f"a second PUT should be 200, not {status}")


async def _what_is_written_is_read(provider: Provider) -> None:
    await put_line_item(provider)
    wanted = a_line_item(provider, await provider.gradebook())
    found = await provider.one(f"/lineItems/{wanted['sourcedId']}", fields.LINE_ITEM)
    faults = list(fields.LINE_ITEM.faults(found))
    expect(not faults, f"the line item {'; '.join(faults)}")
    expect(found["title"] == wanted["title"], f"title should be {wanted['title']!r}: {found['title']!r}")
    for name in ("class", "category", "gradingPeriod"):
        expect(
            found[name]["sourcedId"] == wanted[name]["sourcedId"], f"{name} should lead to what was written"
        )
    expect(_near(found["resultValueMax"], wanted["resultValueMax"]), "resultValueMax should be as written")


async def _a_put_can_be_repeated(provider: Provider) -> None:
    book = await put_line_item(provider)
    await put_line_item(provider)
    listed = await provider.all_rows(f"/classes/{book.class_id}/lineItems", fields.LINE_ITEM)
    times = ids_of(listed).count(id_of(provider, "item"))
    expect(times == 1, f"after two PUTs the class should have the line item once, not {times} times")


async def _a_put_replaces(provider: Provider) -> None:
    book = await put_line_item(provider)
    await put(provider, "lineItems", a_line_item(provider, book, title=TITLE_CHANGED, resultValueMax=30.0))
    found = await provider.one(f"/lineItems/{id_of(provider, 'item')}", fields.LINE_ITEM)
    expect(found["title"] == TITLE_CHANGED, f"the title should be the second one, not {found['title']!r}")
    expect(_near(found["resultValueMax"], 30.0), "resultValueMax should be the second one")


async def _a_put_is_whole(provider: Provider) -> None:
    book = await put_line_item(provider)
    await put(provider, "lineItems", a_line_item(provider, book, description=None))
    found = await provider.one(f"/lineItems/{id_of(provider, 'item')}", fields.LINE_ITEM)
    expect(not found.get("description"), "a description that is left out should be empty afterwards")


async def _a_score_is_read_back(provider: Provider) -> None:
    book = await put_score(provider)
    found = await provider.one(f"/results/{id_of(provider, 'result')}", fields.RESULT)
    faults = list(fields.RESULT.faults(found))
    expect(not faults, f"the result {'; '.join(faults)}")
    expect(_near(found["score"], 17.5), f"the score should be 17.5, not {found['score']!r}")
    expect(found["student"]["sourcedId"] == book.student_id, "the student should be the one that was written")


async def _a_score_is_replaced(provider: Provider) -> None:
    book = await put_score(provider)
    await put(provider, "results", a_result(provider, book, score=3.25))
    found = await provider.one(f"/results/{id_of(provider, 'result')}", fields.RESULT)
    expect(_near(found["score"], 3.25), f"the score should be the second one, 3.25, not {found['score']!r}")
    path = f"/classes/{book.class_id}/lineItems/{id_of(provider, 'item')}/results"
    expect(len(await provider.rows(path, fields.RESULT)) == 1, "a student has one score on a line item")


async def _a_score_is_in_all_four_lists(provider: Provider) -> None:
    book = await put_score(provider)
    wanted = id_of(provider, "result")
    home = f"/classes/{book.class_id}"
    for path in (
        "/results",
        f"{home}/results",
        f"{home}/lineItems/{id_of(provider, 'item')}/results",
        f"{home}/students/{book.student_id}/results",
    ):
        rows = await provider.all_rows(path, fields.RESULT)
        expect(wanted in ids_of(rows), f"{path} should have the result")


async def _an_excused_student_reads_as_exempt(provider: Provider) -> None:
    book = await put_line_item(provider)
    await put(provider, "results", a_result(provider, book, scoreStatus="exempt", score=0.0))
    found = await provider.one(f"/results/{id_of(provider, 'result')}", fields.RESULT)
    expect(found["scoreStatus"] == "exempt", f"scoreStatus should be exempt, not {found['scoreStatus']!r}")


async def _extra_credit_is_kept(provider: Provider) -> None:
    book = await put_line_item(provider)
    await put(provider, "results", a_result(provider, book, score=300.0))
    found = await provider.one(f"/results/{id_of(provider, 'result')}", fields.RESULT)
    expect(_near(found["score"], 300.0), f"a score over the maximum should be kept, not {found['score']!r}")


async def _a_reference_needs_its_id_only(provider: Provider) -> None:
    book = await put_line_item(provider)
    wire = a_result(
        provider,
        book,
        lineItem={"sourcedId": id_of(provider, "item")},
        student={"sourcedId": book.student_id},
    )
    await put(provider, "results", wire)


async def _a_deleted_score_is_gone(provider: Provider) -> None:
    book = await put_score(provider)
    await _delete(provider, "results", "result")
    rows = await provider.all_rows(f"/classes/{book.class_id}/results", fields.RESULT)
    expect(id_of(provider, "result") not in ids_of(rows), "a deleted result should be in no list")


async def _a_deleted_line_item_takes_its_results(provider: Provider) -> None:
    book = await put_score(provider)
    await _delete(provider, "lineItems", "item")
    rows = await provider.all_rows(f"/classes/{book.class_id}/lineItems", fields.LINE_ITEM)
    expect(id_of(provider, "item") not in ids_of(rows), "a deleted line item should be in no list")
    reply = await provider.ask("GET", f"/results/{id_of(provider, 'result')}")
    expect(reply.status == 404, f"its result should be gone with it: {told(reply)}")


async def _a_deletion_is_told_once(provider: Provider) -> None:
    await put_line_item(provider)
    await _delete(provider, "lineItems", "item")
    reply = await provider.ask("DELETE", f"/lineItems/{id_of(provider, 'item')}")
    expect(reply.status == 404, f"what is gone should be 404 when it is deleted again: {told(reply)}")


async def _delete(provider: Provider, path: str, name: str) -> None:
    address = f"/{path}/{id_of(provider, name)}"
    reply = await provider.ask("DELETE", address)
    expect(reply.status in GONE - {404}, f"DELETE {address} should be 204: {told(reply)}")
    reply = await provider.ask("GET", address)
    expect(reply.status == 404, f"GET {address} should be 404 afterwards: {told(reply)}")


async def _a_category_comes_and_goes(provider: Provider) -> None:
    book = await provider.gradebook()
    sourced_id = id_of(provider, "category")
    wire = {
        "sourcedId": sourced_id,
        "status": "active",
        "dateLastModified": f"{book.day}T12:00:00.000Z",
        "title": "Conformance",
        "metadata": {"classId": book.class_id},
    }
    reply = await provider.ask("PUT", f"/categories/{sourced_id}", body={"category": wire})
    if reply.status in {403, 405}:
        raise NotAskedError(f"the provider does not let its categories be written: {told(reply)}")
    expect(reply.status in {200, 201, 204}, f"PUT of a category should be taken: {told(reply)}")
    found = await provider.one(f"/categories/{sourced_id}", KINDS["categories"])
    expect(found.get("title") == "Conformance", "the category should be read as it was written")
    await _delete(provider, "categories", "category")


TITLE_CHANGED = "Conformance check again"
_GOOGLE = "Google's conformance suite"
_REST = "OneRoster 1.1, PUT and DELETE"
_MUST, _SHOULD = Level.MUST, Level.SHOULD

CHECKS = (
    Check("write.create", "A first PUT is 201.", _SHOULD, _GOOGLE, _a_first_put_creates, writes=True),
    Check(
        "write.read-back",
        "A line item is read as it was written.",
        _MUST,
        _REST,
        _what_is_written_is_read,
        writes=True,
    ),
    Check(
        "write.repeat",
        "The same PUT twice leaves one object.",
        _MUST,
        _GOOGLE,
        _a_put_can_be_repeated,
        writes=True,
    ),
    Check("write.replace", "A PUT replaces what is there.", _MUST, _REST, _a_put_replaces, writes=True),
    Check("write.whole", "What a PUT leaves out is empty.", _SHOULD, _REST, _a_put_is_whole, writes=True),
    Check(
        "write.score",
        "A score is read as it was written.",
        _MUST,
        _GOOGLE,
        _a_score_is_read_back,
        writes=True,
    ),
    Check(
        "write.score-again",
        "A second score of a student replaces the first.",
        _MUST,
        _REST,
        _a_score_is_replaced,
        writes=True,
    ),
    Check(
        "write.score-lists",
        "A score is in every list that it belongs to.",
        _MUST,
        "Instructure reads all of them",
        _a_score_is_in_all_four_lists,
        writes=True,
    ),
    Check(
        "write.exempt",
        "An excused student reads as exempt.",
        _MUST,
        _GOOGLE,
        _an_excused_student_reads_as_exempt,
        writes=True,
    ),
    Check(
        "write.extra-credit",
        "A score over the maximum is kept.",
        _SHOULD,
        "Google's conformance suite; Blackbaud refuses",
        _extra_credit_is_kept,
        writes=True,
    ),
    Check(
        "write.bare-reference",
        "A reference in a PUT needs only its sourcedId.",
        _SHOULD,
        _GOOGLE,
        _a_reference_needs_its_id_only,
        writes=True,
    ),
    Check(
        "write.delete-score",
        "A deleted score is gone from everywhere.",
        _MUST,
        _GOOGLE,
        _a_deleted_score_is_gone,
        writes=True,
    ),
    Check(
        "write.delete-item",
        "A deleted line item takes its results along.",
        _MUST,
        _GOOGLE,
        _a_deleted_line_item_takes_its_results,
        writes=True,
    ),
    Check(
        "write.delete-again", "A second DELETE is 404.", _SHOULD, _REST, _a_deletion_is_told_once, writes=True
    ),
    Check(
        "write.category",
        "A category is created, read and deleted.",
        _SHOULD,
        _REST,
        _a_category_comes_and_goes,
        writes=True,
    ),
)
