import pytest

from scenarios.network import EngineStopped, Fault, FaultKind, Interlude, LossyWire
from sync_engine import Answer, Request, TransportError

PUT = Request("PUT", "http://synergy.test/results/1")
GET = Request("GET", "http://synergy.test/results/1")


class Counting:
    def __init__(self) -> None:
        self.received = 0

    async def send(self, request: Request) -> Answer:
        assert request.method in {"GET", "PUT"}
        self.received += 1
        return Answer(200, {}, b"{}")


def a_fault(kind: FaultKind, after: int = 0, times: int = 1) -> Fault:
    return Fault(kind, lambda request: request.method == "PUT", "a fault", after, times)


@pytest.mark.parametrize(
    ("kind", "arrives", "raises"),
    [
        (FaultKind.LOST, 0, None),
        (FaultKind.REFUSED, 0, None),
        (FaultKind.UNREACHABLE, 0, TransportError),
        (FaultKind.ANSWER_LOST, 1, TransportError),
        (FaultKind.ENGINE_STOPS, 1, EngineStopped),
    ],
)
async def test_each_kind_of_fault_loses_what_its_name_says(
    kind: FaultKind, arrives: int, raises: type[BaseException] | None
) -> None:
    inner = Counting()
    wire = LossyWire(inner)
    wire.faults.append(a_fault(kind))
    if raises is None:
        assert (await wire.send(PUT)).status == (201 if kind is FaultKind.LOST else 422)
    else:
        with pytest.raises(raises):
            await wire.send(PUT)
    assert inner.received == arrives


async def test_a_fault_strikes_only_what_it_matches_after_what_it_lets_pass_and_so_often() -> None:
    inner = Counting()
    wire = LossyWire(inner)
    wire.faults.append(a_fault(FaultKind.LOST, after=1, times=1))
    for request in (GET, PUT, PUT, PUT):
        await wire.send(request)
    assert inner.received == 3


async def test_a_fault_that_never_struck_is_told() -> None:
    wire = LossyWire(Counting())
    wire.faults.append(a_fault(FaultKind.LOST))
    await wire.send(GET)
    assert [fault.sentence for fault in wire.never_happened] == ["a fault"]


async def test_an_interlude_comes_once_before_the_request_it_waits_for_and_may_use_the_wire() -> None:
    inner = Counting()
    wire = LossyWire(inner)
    seen: list[int] = []

    async def deed() -> None:
        await wire.send(PUT)
        seen.append(inner.received)

    wire.interludes.append(Interlude(deed, lambda request: request.method == "PUT", "meanwhile"))
    for request in (GET, PUT, PUT):
        await wire.send(request)
    assert (seen, inner.received, wire.never_happened) == ([2], 4, ())


async def test_an_interlude_that_never_came_is_told_until_all_is_cleared() -> None:
    async def deed() -> None:
        raise AssertionError

    wire = LossyWire(Counting())
    wire.interludes.append(Interlude(deed, lambda request: request.method == "PUT", "meanwhile"))
    await wire.send(GET)
    assert [each.sentence for each in wire.never_happened] == ["meanwhile"]
    wire.clear()
    assert wire.never_happened == ()
