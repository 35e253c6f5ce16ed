"""Checks of the parameters of a list: paging, order, selection."""

from __future__ import annotations

from contracts.conformance import fields
from contracts.conformance.check import Check, Level, NotAskedError, expect
from contracts.conformance.provider import Provider, Wire, ids_of, rows_of, told

PATH, KIND = "/users", fields.USER
"""The list that the checks ask: a school has people."""
LINKS_FOLLOWED_MAX = 20


async def several(provider: Provider, least: int = 3) -> list[Wire]:
    """The first people.

    Raises:
        NotAskedError: If they are too few to tell anything.
    """
    rows = await provider.sample(PATH, KIND)
    if len(rows) < least:
        raise NotAskedError(f"{PATH} has fewer than {least} objects")
    return rows


# paging


async def _a_page_is_no_longer_than_its_limit(provider: Provider) -> None:
    await several(provider)
    rows = await provider.rows(PATH, KIND, limit=2)
    expect(len(rows) == 2, f"limit=2 should give 2 objects, not {len(rows)}")


async def _an_offset_skips(provider: Provider) -> None:
    await several(provider)
    first, second = [await provider.rows(PATH, KIND, limit=1, offset=offset) for offset in (0, 1)]
    expect(ids_of(first) != ids_of(second), "offset=1 should not begin with the same object as offset=0")


async def _pages_join_without_gaps(provider: Provider) -> None:
    rows = await provider.rows(PATH, KIND, limit=6)
    halves = [await provider.rows(PATH, KIND, limit=3, offset=offset) for offset in (0, 3)]
    expect(ids_of(halves[0] + halves[1]) == ids_of(rows), "two pages of 3 should be the page of 6")


async def _the_total_is_told(provider: Provider) -> None:
    rows = await provider.all_rows(PATH, KIND)
    total = (await provider.get(PATH, limit=1)).headers.get("x-total-count", "")
    expect(total == str(len(rows)), f"X-Total-Count should be {len(rows)}, not {total!r}")


async def _the_total_is_of_what_the_filter_keeps(provider: Provider) -> None:
    row = (await several(provider))[0]
    reply = await provider.get(PATH, limit=1, filter=f"sourcedId='{row['sourcedId']}'")
    total = reply.headers.get("x-total-count", "")
    expect(total == "1", f"X-Total-Count of a filter that keeps one object should be 1, not {total!r}")


async def _links_lead_through_the_list(provider: Provider) -> None:
    rows = await provider.all_rows(PATH, KIND)
    length = max(1, len(rows) // 4)
    if len(rows) <= length:
        raise NotAskedError(f"{PATH} has one page only")
    reply, seen = await provider.get(PATH, limit=length), list[str]()
    for _page in range(LINKS_FOLLOWED_MAX):
        seen += ids_of(rows_of(reply, KIND, PATH))
        following = reply.links().get("next")
        if following is None:
            break
        reply = await provider.get(following)
    expect(sorted(seen) == sorted(ids_of(rows)), "following rel=next should give every object once")


async def _beyond_the_end_is_nothing(provider: Provider) -> None:
    rows = await provider.rows(PATH, KIND, limit=10, offset=99_999_999)
    expect(rows == [], f"an offset beyond the end should give nothing, not {len(rows)} objects")


async def _bad_paging_is_400(provider: Provider) -> None:
    for name, value in (("limit", "0"), ("limit", "many"), ("offset", "-1")):
        reply = await provider.ask("GET", PATH, {name: value})
        expect(reply.status == 400, f"{name}={value} should be 400: {told(reply)}")


# order and selection


async def _a_sort_orders(provider: Provider) -> None:
    up = [str(row["sourcedId"]) for row in await provider.rows(PATH, KIND, sort="sourcedId", limit=20)]
    down = ids_of(await provider.rows(PATH, KIND, sort="sourcedId", orderBy="desc", limit=20))
    expect(up == sorted(up, key=str.casefold), "sort=sourcedId should order by it")
    expect(down == sorted(down, key=str.casefold, reverse=True), "orderBy=desc should turn the order round")


async def _an_unknown_sort_is_no_error(provider: Provider) -> None:
    await provider.get(PATH, sort="nobodyHasThisField")


async def _a_selection_selects(provider: Provider) -> None:
    rows = await provider.rows(PATH, KIND, fields="sourcedId,familyName", limit=3)
    for row in rows:
        expect(set(row) == {"sourcedId", "familyName"}, f"fields should select, not give {sorted(row)}")
    one = await provider.one(f"{PATH}/{rows[0]['sourcedId']}", KIND, fields="sourcedId")
    expect(set(one) == {"sourcedId"}, f"fields should select of one object too, not give {sorted(one)}")


async def _an_unknown_selection_gives_everything(provider: Provider) -> None:
    rows = await provider.rows(PATH, KIND, fields="nobodyHasThisField", limit=1)
    expect(bool(rows) and "familyName" in rows[0], "an unknown field should give all fields")


async def _a_blank_selection_is_400(provider: Provider) -> None:
    reply = await provider.ask("GET", PATH, {"fields": ""})
    expect(reply.status == 400, f"fields= should be 400: {told(reply)}")


async def _unknown_parameters_are_ignored(provider: Provider) -> None:
    plain = await provider.rows(PATH, KIND, limit=5)
    more = await provider.rows(PATH, KIND, limit=5, role="student", nobodyKnowsThis="1")
    expect(ids_of(plain) == ids_of(more), "a parameter that nobody knows should change nothing")


_PAGING = "OneRoster 1.1, pagination"
_SORTING, _SELECTION = "OneRoster 1.1, sorting", "OneRoster 1.1, field selection"

CHECKS = (
    Check(
        "page.limit",
        "A page has at most `limit` objects.",
        Level.MUST,
        _PAGING,
        _a_page_is_no_longer_than_its_limit,
    ),
    Check("page.offset", "`offset` skips.", Level.MUST, "Microsoft's collection", _an_offset_skips),
    Check(
        "page.order", "Pages join without gap or repetition.", Level.MUST, _PAGING, _pages_join_without_gaps
    ),
    Check(
        "page.total",
        "X-Total-Count tells how many there are.",
        Level.MUST,
        "Microsoft; Synergy's clients page by it",
        _the_total_is_told,
    ),
    Check(
        "page.filtered-total",
        "X-Total-Count counts what the filter keeps.",
        Level.MUST,
        _PAGING,
        _the_total_is_of_what_the_filter_keeps,
    ),
    Check(
        "page.links",
        "`Link` leads from page to page.",
        Level.SHOULD,
        "recommended; Microsoft's grade sync pages by it",
        _links_lead_through_the_list,
    ),
    Check(
        "page.beyond",
        "Beyond the end there is an empty list.",
        Level.MUST,
        _PAGING,
        _beyond_the_end_is_nothing,
    ),
    Check(
        "page.bad",
        "A limit or an offset that makes no sense is 400.",
        Level.SHOULD,
        "other vendors",
        _bad_paging_is_400,
    ),
    Check(
        "sort.orders",
        "`sort` and `orderBy` order the list.",
        Level.MUST,
        _SORTING,
        _a_sort_orders,
    ),
    Check(
        "sort.unknown",
        "An unknown sort field is no error.",
        Level.MUST,
        _SORTING,
        _an_unknown_sort_is_no_error,
    ),
    Check(
        "fields.select",
        "`fields` selects, in lists and single objects.",
        Level.MUST,
        _SELECTION,
        _a_selection_selects,
    ),
    Check(
        "fields.unknown",
        "An unknown field in `fields` gives all fields.",
        Level.SHOULD,
        _SELECTION,
        _an_unknown_selection_gives_everything,
    ),
    Check(
        "fields.blank",
        "A blank `fields` is 400.",
        Level.SHOULD,
        _SELECTION,
        _a_blank_selection_is_400,
    ),
    Check(
        "query.unknown",
        "Parameters that nobody knows are ignored.",
        Level.MUST,
        "a production client of Synergy sends role=student",
        _unknown_parameters_are_ignored,
    ),
)
