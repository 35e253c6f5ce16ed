"""The conformance suite is green on the fake Synergy as it is, and red on one that is broken on purpose."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from contracts.conformance import CHECKS, Level, OAuth1Client, Outcome, Verdict, run_suite
from scenarios.conformance import Wanted, provider_of
from scenarios.contracts_command import contracts
from simulator.profiles import KHSD, PROFILES, Profile
from simulator.synergy import replacing, rules
from simulator.synergy.oneroster import errors, hrefs, listing, query, views
from simulator.synergy.store import GradebookStore
from simulator.testing.world import WorldInTest

NOBODY = "http://127.0.0.1:1/v1p1"
ROOT = Path(__file__).parents[2]


def play(
    profile: Profile = KHSD, *, in_process: bool = True, only: str = "", writes: bool = True
) -> list[Outcome]:
    async def run() -> list[Outcome]:
        async with provider_of(Wanted(), "t", profile=profile, seed=7, in_process=in_process) as provider:
            checks = [check for check in CHECKS if only in {"", check.family, check.name}]
            return [each async for each in run_suite(provider, checks, writes=writes)]

    return asyncio.run(run())


def names(outcomes: list[Outcome], *verdicts: Verdict) -> list[str]:
    return [each.check.name for each in outcomes if each.verdict in verdicts]


def broken(outcomes: list[Outcome]) -> list[str]:
    return names(outcomes, Verdict.FAILED, Verdict.WARNED)


EMPTY = ["read.demographics.one", "read.resources.one"]


def test_the_fake_keeps_every_promise_in_process() -> None:
    outcomes = play()
    assert broken(outcomes) == []
    assert names(outcomes, Verdict.SKIPPED) == EMPTY
    assert len(outcomes) == len(CHECKS)


def test_the_fake_keeps_every_promise_over_sockets() -> None:
    assert broken(play(in_process=False)) == []


def test_every_check_has_a_name_of_its_own_and_there_is_one_for_every_operation() -> None:
    checks = [check.name for check in CHECKS]
    assert len(set(checks)) == len(checks)
    read = [name for name in checks if name.startswith("read.")]
    assert len([name for name in read if name.endswith(".one")]) == 16
    under = [name for name in read if "-" in name and not name.startswith("read.unknown")]
    assert len(under) == 23  # and the results of one line item, in write.score-lists


@pytest.mark.parametrize(
    ("switches", "warned"),
    [
        ({"error_shape": "statusInfoSet"}, []),
        ({"put_body": "none"}, []),
        ({"put_body": "empty"}, []),
        ({"unknown_parent": "not_found"}, []),
        ({"oneroster_auth": "oauth1"}, []),
        ({"omitted_fields": "keep"}, ["write.whole"]),
        ({"score_over_max": "refuse"}, ["write.extra-credit"]),
        ({"page_limit_max": 100}, []),
        ({"category_writes": "refuse"}, []),
        ({"categories_name_their_class": False}, []),
        ({"categories_out_of_use": "listed"}, []),
    ],
)
def test_no_switch_but_a_documented_deviation_breaks_a_promise(
    switches: dict[str, Any], warned: list[str]
) -> None:
    outcomes = play(replace(KHSD, **switches))
    assert names(outcomes, Verdict.FAILED) == []
    assert names(outcomes, Verdict.WARNED) == warned


WITH_BOOLEANS = [
    "read.users",
    "read.students",
    "read.teachers",
    "read.enrollments",
    "read.schools-enrollments",
    "read.schools-students",
    "read.schools-teachers",
    "read.schools-classes-enrollments",
    "read.schools-classes-students",
    "read.schools-classes-teachers",
    "read.classes-students",
    "read.classes-teachers",
]
"""Every list of people or of enrollments: both have booleans."""
DEVIATES = {
    "oneroster_strict": ([], ["write.extra-credit"]),
    "blackbaud_like": (["write.delete-item"], ["write.create", "write.extra-credit", "write.delete-again"]),
    "strongmind_like": (WITH_BOOLEANS, []),
}
"""What a profile is known to break, and to bend: everything else is kept."""
NOT_ASKED = {"corvallis": [*EMPTY, "write.category"]}
"""What cannot be asked of a profile."""


@pytest.mark.parametrize("profile", PROFILES.values(), ids=lambda each: each.name)
def test_a_shipped_profile_breaks_no_promise_but_those_it_is_known_for(profile: Profile) -> None:
    outcomes = play(profile)
    failed, warned = DEVIATES.get(profile.name, ([], []))
    assert names(outcomes, Verdict.FAILED) == failed
    assert names(outcomes, Verdict.WARNED) == warned
    assert names(outcomes, Verdict.SKIPPED) == NOT_ASKED.get(profile.name, EMPTY)


def test_a_run_that_may_not_write_writes_nothing_and_says_so() -> None:
    outcomes = play(writes=False)
    assert broken(outcomes) == []
    skipped = [each for each in outcomes if each.verdict is Verdict.SKIPPED and each.check.writes]
    assert {each.words for each in skipped} == {"the run may not write"}
    assert len(skipped) == len([check for check in CHECKS if check.writes])


# broken on purpose

Break = Callable[[pytest.MonkeyPatch], None]


def without(name: str) -> Break:
    """Objects lack a field."""

    def bend(patch: pytest.MonkeyPatch) -> None:
        honest = query.Query.select
        patch.setattr(
            query.Query,
            "select",
            lambda self, wire: {key: each for key, each in honest(self, wire).items() if key != name},
        )

    return bend


def answering(name: str, value: object) -> Break:
    """A field of every object is something else."""

    def bend(patch: pytest.MonkeyPatch) -> None:
        honest = query.Query.select
        patch.setattr(
            query.Query,
            "select",
            lambda self, wire: {**honest(self, wire), **({name: value} if name in wire else {})},
        )

    return bend


def _one_token_at_a_time(patch: pytest.MonkeyPatch) -> None:
    honest = GradebookStore.issue_token

    def issue(self: GradebookStore, scopes: frozenset[str]) -> str:
        self.tokens.replace_all(())
        return honest(self, scopes)

    patch.setattr(GradebookStore, "issue_token", issue)


def _no_cascade(patch: pytest.MonkeyPatch) -> None:
    def erase(self: GradebookStore, line_item_id: str) -> None:
        self.assignments.pop(line_item_id)

    patch.setattr(GradebookStore, "erase_assignment", erase)


def _nothing_is_deleted(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(GradebookStore, "erase_score", lambda _self, _cell: None)


def _no_rest_of_the_page(patch: pytest.MonkeyPatch) -> None:
    honest = query.read_query
    patch.setattr(listing, "read_query", lambda *args, **named: replace(honest(*args, **named), offset=0))


def _no_limit(patch: pytest.MonkeyPatch) -> None:
    honest = query.read_query
    patch.setattr(listing, "read_query", lambda *args, **named: replace(honest(*args, **named), limit=1000))


def _no_sort(patch: pytest.MonkeyPatch) -> None:
    honest = query.read_query
    patch.setattr(listing, "read_query", lambda *args, **named: replace(honest(*args, **named), sort=""))


def _no_filter(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(query.Filter, "keeps", lambda _self, _wire: True)


def _no_links(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(listing, "_links", lambda _request, _query, _total: '<http://x.test/>; rel="last"')


def _total_of_the_page(patch: pytest.MonkeyPatch) -> None:
    honest = query.Query.page

    def page(self: query.Query, records: Any, view: Any) -> Any:  # noqa: ANN401 - as the honest one
        rows, _total = honest(self, records, view)
        return rows, len(rows)

    patch.setattr(query.Query, "page", page)


def _references_elsewhere(patch: pytest.MonkeyPatch) -> None:
    honest = hrefs.Hrefs.to
    patch.setattr(hrefs.Hrefs, "to", lambda self, _path, guid, kind: honest(self, "orgs", guid, kind))


def _every_name_is_taken(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(rules, "a_score_may_lack", lambda _status, _profile: True)


def _no_whole_line_item(patch: pytest.MonkeyPatch) -> None:
    def forgetful(draft: Any, stored: Any, _types: Any, _profile: Profile) -> Any:  # noqa: ANN401 - as the honest one
        return replace(draft, name=stored.name) if stored else draft

    patch.setattr(replacing, "whole_line_item", forgetful)


def _errors_without_an_envelope(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(errors, "_binding", lambda _message, _operation, problem: {"error": problem.words})


def _days_without_a_zone(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(views, "instant", lambda moment: moment.strftime("%Y-%m-%dT%H:%M:%S"))


@pytest.mark.parametrize(
    ("bend", "caught_by"),
    [
        (without("enabledUser"), {"read.users", "read.students", "read.schools-teachers"}),
        (without("gradingPeriod"), {"read.lineItems", "write.read-back"}),
        (without("terms"), {"read.classes", "read.terms-classes"}),
        (without("courseCode"), {"read.courses"}),
        (answering("score", "17.5"), {"read.results", "write.score"}),
        (answering("scoreStatus", "fullygraded"), {"read.results", "write.exempt"}),
        (answering("type", "Grading Period"), {"read.gradingPeriods", "read.terms-gradingPeriods"}),
        (answering("status", "inactive"), {"read.orgs"}),
        (_days_without_a_zone, {"read.orgs", "read.lineItems"}),
        (_one_token_at_a_time, {"access.older-token"}),
        (_no_cascade, {"write.delete-item"}),
        (_nothing_is_deleted, {"write.delete-score"}),
        (_no_rest_of_the_page, {"page.offset", "page.order", "page.beyond"}),
        (_no_limit, {"page.limit"}),
        (_no_sort, {"sort.orders"}),
        (_no_filter, {"filter.equal", "filter.not-equal", "filter.contains", "filter.and", "filter.dotted"}),
        (_no_links, {"page.links"}),
        (_total_of_the_page, {"page.total"}),
        (_references_elsewhere, {"read.references"}),
        (_every_name_is_taken, {"refuse.graded"}),
        (_no_whole_line_item, {"write.replace"}),
        (_errors_without_an_envelope, {"access.401-envelope", "read.unknown-object", "refuse.class"}),
    ],
    ids=lambda each: getattr(each, "__name__", "").strip("_") or None,
)
def test_the_suite_goes_red_on_a_fake_that_is_broken(
    monkeypatch: pytest.MonkeyPatch, bend: Break, caught_by: set[str]
) -> None:
    bend(monkeypatch)
    assert caught_by <= set(broken(play()))


def test_a_provider_that_falls_over_is_red_and_not_a_crash_of_the_suite(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(listing, "_links", lambda _request, _query, _total: 1 / 0)
    with pytest.raises(ZeroDivisionError):  # in process the exception of a fake comes through
        play(only="page.limit", writes=False)
    outcomes = play(in_process=False, only="page.limit", writes=False)
    assert "falls over: 500" in outcomes[0].words


# the command

app = typer.Typer()
app.command()(contracts)


def command(*arguments: str, **environment: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, arguments, env={"COLUMNS": "200", **environment})
    return result.exit_code, result.output


def test_the_command_is_green_and_tells_the_sum() -> None:
    code, output = command("--in-process", "--only", "filter")
    assert (code, output.strip()) == (
        0,
        "10 checks, 7 of them musts: 10 passed, 0 failed, 0 with a warning, 0 skipped",
    )


def test_the_command_lists_what_is_kept_if_it_is_asked_to() -> None:
    assert "AND keeps what both keep." in command("--in-process", "--only", "filter.and", "-v")[1]


def test_a_broken_must_is_exit_1_with_the_words(monkeypatch: pytest.MonkeyPatch) -> None:
    _no_limit(monkeypatch)
    code, output = command("--in-process", "--only", "page")
    assert code == 1
    assert "FAILED" in output
    assert "limit=2 should give 2 objects, not 62" in output


def test_a_warning_is_exit_1_only_where_it_is_strict(monkeypatch: pytest.MonkeyPatch) -> None:
    _no_links(monkeypatch)
    arguments = ("--in-process", "--only", "page.links")
    assert [command(*arguments)[0], command(*arguments, "--strict")[0]] == [0, 1]


def test_as_json_every_check_is_there() -> None:
    code, output = command("--in-process", "--only", "page", "--json")
    told = json.loads(output)
    assert (code, told["kept"], told["counts"]["passed"]) == (0, True, 8)
    assert told["checks"][0] == {
        "name": "page.limit",
        "says": "A page has at most `limit` objects.",
        "level": "must",
        "source": "OneRoster 1.1, pagination",
        "verdict": "passed",
        "words": "",
    }


def test_any_base_url_is_held_to_it_and_left_as_it_was(world: WorldInTest) -> None:
    before = world.snapshot()
    door = world.oneroster
    code, output = command(
        *("--base-url", door.url, "--token-url", door.token_url, "--client-id", door.client_id),
        GRADELAB_CLIENT_SECRET=door.client_secret,
    )
    assert code == 0, output
    assert door.client_secret not in output
    assert {each.table for each in before.difference().synergy} == {"tokens"}


def test_a_provider_that_wants_signatures_gets_them(new_world: Callable[..., WorldInTest]) -> None:
    world = new_world(profile=replace(KHSD, oneroster_auth="oauth1"))
    door = world.oneroster

    async def run() -> list[Outcome]:
        wanted = Wanted(door.url, "", door.client_id, door.client_secret, oauth1=True)
        async with provider_of(wanted, "t", profile=KHSD, seed=7, in_process=False) as provider:
            for method in ("HMAC-SHA1", "HMAC-SHA256"):
                provider.credentials = OAuth1Client(
                    door.client_id, door.client_secret, lambda: world.clock.now().timestamp(), method, method
                )
                checks = [check for check in CHECKS if check.family in {"filter", "write"}]
                outcomes.extend([each async for each in run_suite(provider, checks)])
        return outcomes

    outcomes: list[Outcome] = []
    asyncio.run(run())
    assert names(outcomes, Verdict.FAILED, Verdict.WARNED, Verdict.SKIPPED) == []


def test_the_suite_knows_nobody_here_and_no_library() -> None:
    lines = [
        line
        for path in (ROOT / "contracts" / "conformance").glob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.startswith(("import ", "from "))
    ]
    modules = {line.split()[1].partition(".")[0] for line in lines}
    assert not modules & {"simulator", "sync_engine", "scenarios", "httpx2", "oauthlib", "pydantic", "yaml"}
    assert Level.MUST in {check.level for check in CHECKS}
