"""Whatever a teacher or the office sends, TeacherVUE never falls over, and a refusal leaves everything.

The requests are made up out of the routes that there are, ids that exist and some that do not, and bodies
with fields of the screens, with values that fit and values that do not.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import quote

import httpx2
from fastapi.routing import APIRoute
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator.asgi import Tenant, WorldRouter
from simulator.clock import VirtualClock
from simulator.ids import Ids
from simulator.journal import Journal
from simulator.profiles import KHSD, RSD_105, ClassTotalReadings, CommentCode, Profile
from simulator.schools import school_of
from simulator.synergy import third_party
from simulator.synergy.model import Cell, LineItemDraft, ResultDraft
from simulator.synergy.oneroster.scopes import ALL_SCOPES
from simulator.synergy.routes import build_synergy
from simulator.synergy.store import GradebookStore
from simulator.synergy.teachervue import book_routes, office_routes, routes, type_routes

EXAMPLES = 150
SETTINGS = settings(
    max_examples=EXAMPLES,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)
TEACHER = {"Authorization": "Bearer chalk"}
DAY = date(2026, 9, 14)
LETTERS = {"name": "Letters", "marks": [{"mark": "A", "percent": 95}, {"mark": "B", "percent": 85}]}
ABSENT = {"code": "AB", "comment": "Absent", "not_scored_percent": 40}
TRAFFIC = {"tokens", "nonces", "visits"}

PROFILES = (
    KHSD,
    RSD_105,
    replace(
        KHSD,
        name="closing",
        closed_period_edits="refuse_when_any_closed",
        unlock_effective="after_save",
        relock_may_carry_changes=False,
    ),
    replace(
        KHSD,
        name="odd totals",
        comment_codes=(CommentCode(code="MI", comment="Missing", not_scored_percent=Decimal("33.3")),),
        class_totals=ClassTotalReadings(
            term_marks="rounded", absent_term="no_mark", zero_points_item="adds_nothing", drop_scope="class"
        ),
        score_unset="omit",
    ),
)


class Fake:
    """One gradebook with something of everything in it, to which every example goes back."""

    def __init__(self, profile: Profile) -> None:
        clock = VirtualClock()
        self.journal = Journal(clock)
        self.store = GradebookStore(ids=Ids(7), clock=clock, journal=self.journal, profile=profile)
        school = school_of(7)
        self.store.take_roster(school, client_id="sync", client_secret="sesame", teachervue_token="chalk")
        tenant = Tenant(self.store, self.journal)
        self.app = WorldRouter(build_synergy(), lambda _name: tenant, lambda _path: "teachervue")
        section = school.courses[0].sections[0]
        self.home = f"/teachervue/classes/{section.guid}"
        kinds = [each.guid for each in self.store.types_of(section.guid)]
        student = section.students[0].guid
        self._write_as_the_sync(section.guid, kinds[0], student)
        own = self._must("POST", "/assignments", {"name": "Lab", "type_id": kinds[1], "max_score": 5})
        self._must("PUT", "/setup", self.a_setup(kinds[1], school.grading_periods[0].guid))
        self.known: dict[str, list[str]] = {
            "class_id": [section.guid, school.courses[2].sections[0].guid],
            "assignment_id": [str(self.store.assignments["li-1"].gradebook_id), str(own["id"])],
            "student_id": [student, section.students[1].guid, school.students[-1].guid],
            "period_id": [each.guid for each in school.grading_periods],
            "type_id": kinds,
            "course_id": [school.courses[0].guid],
            "teacher_id": [school.teachers[0].guid],
            "school_id": [school.guid],
        }
        self.frozen = self.store.freeze()

    def a_setup(self, exam_type: str, period: str) -> dict[str, Any]:
        parts = [{"weight": 90, "grading_period_id": period}, {"weight": 10, "exam_type_id": exam_type}]
        return {
            "score_types": [LETTERS],
            "comment_codes": [ABSENT],
            "term_weightings": [{"grading_period_id": period, "parts": parts}],
        }

    def _write_as_the_sync(self, class_guid: str, kind: str, student: str) -> None:
        draft = LineItemDraft("li-1", class_guid, kind, "Quiz", "", DAY, DAY, "", 0.0, 10.0)
        third_party.put_line_item(self.store, draft)
        cell = Cell("li-1", student)
        third_party.put_result(self.store, ResultDraft("r-1", cell, 9.0, "fully graded", DAY, "L"))

    def _must(self, method: str, path: str, body: object) -> dict[str, Any]:
        answer = asyncio.run(self.ask(method, self.home + path, json.dumps(body).encode()))
        assert answer.status_code < 300, answer.text
        made: dict[str, Any] = answer.json()
        return made

    async def ask(self, method: str, address: str, body: bytes | None = None) -> httpx2.Response:
        transport = httpx2.ASGITransport(app=self.app)
        async with httpx2.AsyncClient(transport=transport, base_url="http://synergy.test") as client:
            return await client.request(method, address, headers=TEACHER, content=body)

    def state(self) -> tuple[dict[str, Any], dict[str, object]]:
        frozen = self.store.freeze()
        tables = {name: each.rows for name, each in frozen.tables.items() if name not in TRAFFIC}
        return tables, dict(frozen.values)

    async def everything_can_be_read(self) -> None:
        """Every screen and every list of OneRoster, of what is there now."""
        for address in self._screens():
            answer = await self.ask("GET", address)
            assert answer.status_code == 200, f"{address}: {answer.text}"
        token = self.store.issue_token(ALL_SCOPES)
        transport = httpx2.ASGITransport(app=self.app)
        async with httpx2.AsyncClient(transport=transport, base_url="http://synergy.test") as client:
            for path in ("lineItems", "results", "categories", "enrollments", "classes", "gradingPeriods"):
                address = f"/ims/oneroster/v1p1/{path}"
                answer = await client.get(address, headers={"Authorization": f"Bearer {token}"})
                assert answer.status_code == 200, f"{path}: {answer.text}"

    def _screens(self) -> Iterator[str]:
        yield "/teachervue/classes"
        yield "/teachervue/office/grading_periods"
        yield f"{self.home}/assignments"
        yield f"{self.home}/totals"
        yield from (f"{self.home}/totals?grading_period={each}" for each in self.known["period_id"][::2])
        yield f"{self.home.replace('/classes', '/office/classes')}/students"


FAKES = [Fake(profile) for profile in PROFILES]
fakes = st.sampled_from(FAKES)
ROUTES = [
    (method, route.path)
    for router in (routes.router, book_routes.router, type_routes.router, office_routes.router)
    for route in router.routes
    if isinstance(route, APIRoute)
    for method in sorted(route.methods or ())
]

words = st.one_of(
    st.sampled_from(["", " ", "..", "%", "\x00", "😀", "x" * 300, "A", "MI", "AB", "Letters", "Percentage"]),
    st.text(max_size=12),
)
numbers = st.one_of(
    st.sampled_from([0, -1, 5, 10, 90, 100, 0.1, 1e308, -1e308, 5e-324, 10**400, 2**63]),
    st.integers(-5, 200),
    st.floats(allow_nan=False, allow_infinity=False),
)
json_values = st.recursive(
    st.one_of(st.none(), st.booleans(), numbers, words),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(words, inner, max_size=3)),
    max_leaves=6,
)


def fitting(fake: Fake) -> dict[str, st.SearchStrategy[Any]]:
    """For each field of a screen values that are mostly taken."""

    def one_of(name: str) -> st.SearchStrategy[str]:
        return st.sampled_from(fake.known[name])

    days = st.sampled_from(["2026-09-14", "2026-12-01", "1900-01-01", "2199-12-31"])
    percents = st.sampled_from([0, 12.5, 50, 90, 100, 1000])
    flags = st.booleans()
    parts = st.fixed_dictionaries(
        {"weight": percents},
        optional={"grading_period_id": one_of("period_id"), "exam_type_id": one_of("type_id")},
    )
    marks = st.fixed_dictionaries({"mark": st.sampled_from(["A", "B", "4", "nan"]), "percent": percents})
    return {
        "name": st.sampled_from(["Lab", "Quiz"]),
        "description": words,
        "type_id": one_of("type_id"),
        "max_score": st.sampled_from([0, 0.5, 10, 100, 5e-324, 1e308]),
        "points": st.sampled_from([0, 10, 1e-9]),
        "date": days,
        "due_date": st.one_of(st.none(), days),
        "grading_period_ids": st.lists(one_of("period_id"), max_size=3),
        "show_only_when_scored": flags,
        "score_type": st.sampled_from(["Raw Score", "Percentage", "Letters"]),
        "category": st.sampled_from(["normal", "extra_credit", "not_for_grading"]),
        "third_party_readonly": flags,
        "score": st.one_of(st.none(), st.sampled_from(["A", "B", 4, -3, 1e308, 7.25, 10**400])),
        "excused": flags,
        "comment_code": st.sampled_from(["", "L", "MI", "EX", "AB"]),
        "comment": words,
        "method": st.sampled_from(["weighted", "points"]),
        "class_rounding": flags,
        "decimals": st.sampled_from([0, 1, 2]),
        "report_card_scale": st.sampled_from(["percent", "four_point"]),
        "score_types": st.lists(
            st.fixed_dictionaries({"name": st.just("Letters"), "marks": st.lists(marks, max_size=3)}),
            max_size=2,
        ),
        "comment_codes": st.lists(
            st.fixed_dictionaries(
                {"code": st.sampled_from(["AB", "RT", "MI"]), "comment": st.just("x")},
                optional={"excuses": flags, "not_scored_percent": percents, "penalty_percent": percents},
            ),
            max_size=2,
        ),
        "term_weightings": st.lists(
            st.fixed_dictionaries(
                {"grading_period_id": one_of("period_id"), "parts": st.lists(parts, max_size=3)}
            ),
            max_size=2,
        ),
        "assignment_types": st.lists(
            st.fixed_dictionaries(
                {"id": one_of("type_id")},
                optional={"weight": percents, "drop_lowest": st.integers(0, 3)},
            ),
            max_size=5,
        ),
        "given_name": st.just("Ada"),
        "family_name": st.just("Lovelace"),
        "grade": st.sampled_from(["10", "KG", "99"]),
        "school_id": one_of("school_id"),
        "number": st.sampled_from(["NEW-1", "NEW-2"]),
        "course_id": one_of("course_id"),
        "teacher_id": one_of("teacher_id"),
        "student_id": one_of("student_id"),
        "to_class_id": one_of("class_id"),
        "closed": flags,
        "grading_period_id": st.one_of(st.none(), one_of("period_id")),
        "grading_period_default": st.sampled_from(["assignment_due_date", "current_period"]),
        "assignment_types_from": st.sampled_from(["district", "mine", "mine_and_district"]),
        "default_points": st.one_of(st.none(), st.sampled_from([0, 10])),
        "colour": st.just("red"),
        "assignments": st.lists(
            st.fixed_dictionaries(
                {"id": one_of("assignment_id").map(int)},
                optional={
                    "date": days,
                    "due_date": st.one_of(st.none(), days),
                    "grading_period_ids": st.lists(one_of("period_id"), max_size=3),
                },
            ),
            max_size=3,
        ),
    }


FIELDS = {
    "/setup": (
        "method",
        "class_rounding",
        "decimals",
        "report_card_scale",
        "score_types",
        "comment_codes",
        "term_weightings",
        "assignment_types",
        "grading_period_default",
        "assignment_types_from",
    ),
    "PUT /assignments": ("assignments",),
    "/gradebook": ("grading_period_id",),
    "/types": ("name", "default_points", "colour"),
    "/types/{type_id}": ("name", "default_points", "colour"),
    "/assignments": (
        "name",
        "type_id",
        "max_score",
        "points",
        "date",
        "due_date",
        "grading_period_ids",
        "score_type",
        "category",
    ),
    "/assignments/{assignment_id}": (
        "name",
        "type_id",
        "max_score",
        "points",
        "due_date",
        "grading_period_ids",
        "score_type",
        "category",
        "third_party_readonly",
    ),
    "/scores/{student_id}": ("score", "excused", "comment_code", "comment"),
    "/office/classes": ("number", "name", "course_id", "teacher_id"),
    "/office/students": ("given_name", "family_name", "grade", "school_id"),
    "/students": ("student_id",),
    "/move": ("to_class_id",),
    "/grading_periods/{period_id}": ("closed",),
}


@st.composite
def bodies(draw: st.DrawFn, fake: Fake, method: str, path: str) -> bytes | None:
    """A body for a route: some of its fields, and now and then one that does not fit, or no JSON at all."""
    ends = sorted(FIELDS, key=len, reverse=True)
    routed = path.replace("/assignments", "PUT /assignments") if method == "PUT" else path
    found = (FIELDS[end] for end in ends if routed.endswith(end) or path.endswith(end))
    names = next(found, ())
    values = fitting(fake)
    chosen = draw(st.lists(st.sampled_from(names), unique=True)) if names else []
    if draw(st.booleans()):
        chosen = list(names)
    body: Any = {name: draw(values[name]) for name in chosen}
    match draw(st.integers(0, 9)):
        case 0:
            body[draw(st.sampled_from([*values, "more"]))] = draw(json_values)
        case 1:
            body = draw(json_values)
        case 2:
            return draw(st.one_of(st.none(), st.binary(max_size=20), st.just(b"[" * 3000)))
    return json.dumps(body).encode("utf-8", "surrogatepass")


@st.composite
def addresses(draw: st.DrawFn, fake: Fake, path: str) -> str:
    """The route's path with ids that mostly exist."""
    for name, known in fake.known.items():
        one = draw(st.sampled_from([*known, *known, *known, "nothing"]) if draw(st.integers(0, 9)) else words)
        path = path.replace(f"{{{name}}}", quote(one, safe=""))
    return path


async def _ask_once(fake: Fake, method: str, address: str, body: bytes | None) -> None:
    before = fake.state()
    answer = await fake.ask(method, address, body)
    assert answer.status_code in {200, 201, 204, 404, 405, 409, 422}, answer.text
    if answer.status_code >= 400:
        assert fake.state() == before
        assert {"error", "refused"} & set(answer.json()) or answer.status_code in {404, 405}
    else:
        await fake.everything_can_be_read()


@SETTINGS
@given(st.data())
def test_no_request_makes_it_fall_over_and_a_refused_one_changes_nothing(data: st.DataObject) -> None:
    fake = data.draw(fakes)
    fake.store.thaw(fake.frozen)
    for _step in range(data.draw(st.integers(1, 3))):
        method, path = data.draw(st.sampled_from(ROUTES))
        address = data.draw(addresses(fake, path))
        body = data.draw(bodies(fake, method, path)) if method in {"PUT", "POST"} else None
        asyncio.run(_ask_once(fake, method, address, body))


@SETTINGS
@given(st.data())
def test_any_verb_at_any_address_has_an_answer(data: st.DataObject) -> None:
    fake = data.draw(fakes)
    fake.store.thaw(fake.frozen)
    method = data.draw(st.sampled_from(["GET", "PUT", "POST", "DELETE", "PATCH", "HEAD", "OPTIONS"]))
    parts = data.draw(
        st.lists(st.one_of(words, st.sampled_from(["classes", "office", "totals"])), max_size=5)
    )
    address = "/teachervue/" + "/".join(quote(each, safe="") for each in parts)
    answer = asyncio.run(fake.ask(method, address, data.draw(st.binary(max_size=20))))
    assert answer.status_code < 500
    assert answer.status_code < 300 or fake.state() == fake.state()
