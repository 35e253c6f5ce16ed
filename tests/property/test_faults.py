"""Whether a fault strikes is a function of the plan, the requests and the seed, and of nothing else."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from simulator.faults import (
    Asked,
    DropBefore,
    Fault,
    Match,
    Restart,
    Standing,
    ThrottleStorm,
    decide,
    fault_as_json,
    fault_from_json,
)
from simulator.faults.decision import wants_rehearsal
from simulator.faults.kinds import exchanges_of
from simulator.ids import Ids

SYSTEMS = ("canvas", "oneroster", "teachervue")

requests = st.lists(
    st.builds(
        Asked,
        system=st.sampled_from(SYSTEMS),
        method=st.sampled_from(("GET", "PUT", "POST")),
        path=st.sampled_from(("/api/v1/courses", "/ims/oneroster/v1p1/results/1", "/teachervue/classes")),
        body=st.sampled_from(("", "Ada", "Grace")),
        who=st.sampled_from(("", "OneRoster client")),
    ),
    max_size=60,
)
matches = st.builds(
    Match,
    system=st.sampled_from(("", *SYSTEMS, "synergy")),
    methods=st.sampled_from(((), ("PUT",), ("GET", "POST"))),
    path=st.sampled_from(("", "*/results/*", "/api/*")),
    body=st.sampled_from(("", "Ada")),
    who=st.sampled_from(("", "OneRoster client")),
)
faults = st.builds(
    Fault,
    name=st.sampled_from(("a", "b", "c", "d")),
    does=st.one_of(
        st.just(DropBefore()),
        st.builds(ThrottleStorm, answers=st.integers(1, 4)),
        st.builds(Restart, dropped=st.integers(1, 3), unavailable=st.integers(0, 3)),
    ),
    match=matches,
    after=st.integers(0, 5),
    times=st.one_of(st.none(), st.integers(1, 4)),
    probability=st.floats(0.05, 1.0),
)
plans = st.lists(faults, max_size=4, unique_by=lambda fault: fault.name)


def strikes(plan: list[Fault], asked: list[Asked], seed: int) -> list[tuple[str, int] | None]:
    """The name and the step of what strikes each request."""
    ids = Ids(seed)
    standings = tuple(map(Standing, plan))
    struck: list[tuple[str, int] | None] = []
    for each in asked:
        decision = decide(standings, each, lambda name, seen: ids.draw("fault", name, seen))
        standings = decision.standings
        strike = decision.strike
        struck.append(None if strike is None else (strike.fault.name, strike.step))
    return struck


@given(plans, requests, st.integers(0, 2**32))
def test_the_same_plan_requests_and_seed_strike_the_same(
    plan: list[Fault], asked: list[Asked], seed: int
) -> None:
    assert strikes(plan, asked, seed) == strikes(plan, asked, seed)


@given(plans, requests, st.integers(0, 2**32))
def test_a_fault_keeps_its_limits_whatever_comes(plan: list[Fault], asked: list[Asked], seed: int) -> None:
    struck = [each for each in strikes(plan, asked, seed) if each is not None]
    for fault in plan:
        steps = [step for name, step in struck if name == fault.name]
        assert fault.times is None or steps.count(0) <= fault.times
        whole = exchanges_of(fault.does)
        assert steps == [number % whole for number in range(len(steps))]


@given(plans, requests, st.integers(0, 2**32))
def test_the_first_exchange_that_a_fault_takes_fits_it(
    plan: list[Fault], asked: list[Asked], seed: int
) -> None:
    by_name = {fault.name: fault for fault in plan}
    for each, struck in zip(asked, strikes(plan, asked, seed), strict=True):
        assert struck is None or struck[1] > 0 or by_name[struck[0]].match.fits(each)


@given(plans, requests)
def test_what_is_known_beforehand_needs_no_rehearsal(plan: list[Fault], asked: list[Asked]) -> None:
    standings = tuple(map(Standing, plan))
    for each in asked:
        waits = [fault for fault in plan if fault.match.needs_handling and fault.match.fits_outside(each)]
        assert wants_rehearsal(standings, each) == bool(waits)


@given(faults)
def test_a_fault_comes_back_from_json_as_it_was(fault: Fault) -> None:
    assert fault_from_json(fault_as_json(fault)) == fault
