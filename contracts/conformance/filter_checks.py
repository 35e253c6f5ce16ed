"""Checks of the filter: each operator, joins, dotted paths, times, and what cannot be read."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from contracts.conformance import fields
from contracts.conformance.check import Check, Level, expect
from contracts.conformance.provider import Provider, Wire, told
from contracts.conformance.query_checks import KIND, PATH, several

ROWS = 100
"""So many objects are looked at: a page that every provider gives."""


def _keeps(
    filter_of: Callable[[Wire], str], kept: Callable[[Wire, Wire], bool]
) -> Callable[[Provider], Awaitable[None]]:
    """A check that a filter made of one object keeps that one, and only those that it should keep."""

    async def check(provider: Provider) -> None:
        row = (await several(provider))[-1]
        text = filter_of(row)
        rows = await provider.rows(PATH, KIND, filter=text, limit=ROWS)
        wrong = [str(each.get("sourcedId")) for each in rows if not kept(row, each)]
        expect(not wrong, f"filter={text} should not keep {wrong[:3]}")
        everything = await provider.all_rows(PATH, KIND)
        least = sum(kept(row, each) for each in everything[:ROWS])
        expect(len(rows) >= least, f"filter={text} should keep {least} objects, not {len(rows)}")

    return check


def _same(name: str) -> Callable[[Wire, Wire], bool]:
    return lambda row, each: str(each.get(name)).casefold() == str(row.get(name)).casefold()


def _quoted(value: object) -> str:
    return "'" + str(value).replace("'", "''") + "'"


async def _a_dotted_path_filters(provider: Provider) -> None:
    row = (await provider.sample("/enrollments", fields.ENROLLMENT))[0]
    wanted = row["class"]["sourcedId"]
    rows = await provider.rows("/enrollments", fields.ENROLLMENT, filter=f"class.sourcedId='{wanted}'")
    strangers = [each["sourcedId"] for each in rows if each["class"]["sourcedId"] != wanted]
    expect(bool(rows) and not strangers, f"class.sourcedId='{wanted}' should not keep {strangers[:3]}")


async def _a_filter_compares_times(provider: Provider) -> None:
    after = await provider.rows(PATH, KIND, filter="dateLastModified>'1990-01-01T00:00:00Z'", limit=5)
    before = await provider.rows(PATH, KIND, filter="dateLastModified<'1990-01-01T00:00:00Z'", limit=5)
    expect(bool(after) and not before, "dateLastModified should compare as a time")


async def _a_bad_filter_is_400(provider: Provider) -> None:
    for text in ("nobodyHasThisField='x'", "familyName", "familyName='x' AND"):
        reply = await provider.ask("GET", PATH, {"filter": text})
        expect(reply.status == 400, f"filter={text} should be 400: {told(reply)}")


_FILTER = "OneRoster 1.1, filtering"

CHECKS = (
    Check(
        "filter.equal",
        "= keeps what is equal.",
        Level.MUST,
        _FILTER,
        _keeps(lambda row: f"familyName={_quoted(row['familyName'])}", _same("familyName")),
    ),
    Check(
        "filter.case",
        "Words compare without regard to case.",
        Level.SHOULD,
        "Microsoft's provider",
        _keeps(lambda row: f"familyName={_quoted(str(row['familyName']).upper())}", _same("familyName")),
    ),
    Check(
        "filter.not-equal",
        "!= keeps what is not equal.",
        Level.MUST,
        _FILTER,
        _keeps(
            lambda row: f"role!={_quoted(row['role'])}", lambda row, each: each.get("role") != row.get("role")
        ),
    ),
    Check(
        "filter.contains",
        "~ keeps what contains.",
        Level.MUST,
        _FILTER,
        _keeps(
            lambda row: f"familyName~{_quoted(str(row['familyName'])[1:3])}",
            lambda row, each: (
                str(row["familyName"])[1:3].casefold() in str(each.get("familyName")).casefold()
            ),
        ),
    ),
    Check(
        "filter.and",
        "AND keeps what both keep.",
        Level.MUST,
        _FILTER,
        _keeps(
            lambda row: f"role={_quoted(row['role'])} AND familyName={_quoted(row['familyName'])}",
            lambda row, each: _same("role")(row, each) and _same("familyName")(row, each),
        ),
    ),
    Check(
        "filter.or",
        "OR keeps what either keeps.",
        Level.MUST,
        _FILTER,
        _keeps(
            lambda row: f"sourcedId={_quoted(row['sourcedId'])} OR familyName={_quoted(row['familyName'])}",
            lambda row, each: _same("sourcedId")(row, each) or _same("familyName")(row, each),
        ),
    ),
    Check(
        "filter.three",
        "Three predicates may be joined by AND.",
        Level.SHOULD,
        "a production client of Synergy sends three",
        _keeps(
            lambda row: (
                f"role={_quoted(row['role'])} AND status='active' AND familyName={_quoted(row['familyName'])}"
            ),
            lambda row, each: _same("role")(row, each) and _same("familyName")(row, each),
        ),
    ),
    Check(
        "filter.dotted", "A dotted path looks into references.", Level.MUST, _FILTER, _a_dotted_path_filters
    ),
    Check("filter.times", "Times compare as times.", Level.MUST, _FILTER, _a_filter_compares_times),
    Check("filter.bad", "A filter that cannot be read is 400.", Level.SHOULD, _FILTER, _a_bad_filter_is_400),
)
