"""The pytest plugin: a fresh world for every test, on one pair of fakes for the whole session.

Loaded by pytest wherever gradelab is installed, so nothing heavy is imported until a test asks for a world.
Fixtures: `world`, `new_world`, `gradelab_servers`. Marker:
`@pytest.mark.gradelab(seed=..., profile=..., switches={...}, start=...)`. What bites: under pytest-xdist each
worker has servers of its own, on free ports.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Generator, Iterator
from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from simulator.testing.servers import Servers
    from simulator.testing.world import WorldInTest

DEFAULT_SEED = 7
EXCHANGES_TOLD_MAX = 12
"""So many of the last requests are shown with a failure."""
REFUSAL_CHARACTERS_MAX = 400
"""So much is shown of what a system said with a refusal."""

_MADE: pytest.StashKey[list[WorldInTest]] = pytest.StashKey()
_NUMBERS: pytest.StashKey[Iterator[int]] = pytest.StashKey()


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options of the plugin."""
    group = parser.getgroup("gradelab", "fake Canvas and fake Synergy")
    group.addoption(
        "--gradelab-seed",
        type=int,
        default=DEFAULT_SEED,
        metavar="N",
        help=f"The seed of the worlds of all tests that choose none themselves (default: {DEFAULT_SEED}).",
    )
    group.addoption(
        "--gradelab-profile",
        default="khsd",
        metavar="NAME",
        help="The district's systems, for tests that choose none themselves (default: khsd).",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Make the marker known."""
    config.addinivalue_line(
        "markers", "gradelab(seed=, profile=, switches=, start=): what the test's `world` fixture is made of."
    )
    config.stash[_NUMBERS] = itertools.count(1)


def pytest_report_header(config: pytest.Config) -> str:
    """Tell the seed first."""
    return f"gradelab: seed {config.getoption('--gradelab-seed')}"


@pytest.fixture(scope="session")
def gradelab_servers() -> Iterator[Servers]:
    """Both fakes, running for the whole session, with no world in them yet."""
    try:
        from simulator.testing.servers import Servers  # noqa: PLC0415 - heavy, and wanted by few
    except ModuleNotFoundError as missing:
        raise _failed(
            f"The fakes need {missing.name}; install them with: pip install 'gradelab[lab]', "
            "or from a clone: pip install '/path/to/the/clone[lab]'"
        ) from None
    with Servers() as servers:
        yield servers


@pytest.fixture
def new_world(
    request: pytest.FixtureRequest, gradelab_servers: Servers
) -> Iterator[Callable[..., WorldInTest]]:
    """Makes worlds, for a test that needs more than one: `new_world(seed=8, profile="oneroster_strict")`.

    What is not given is as the marker `gradelab` and the command line say.
    """
    made: list[WorldInTest] = []
    request.node.stash[_MADE] = made

    def make(**wanted: Any) -> WorldInTest:  # noqa: ANN401 - seed, profile, switches, start
        from simulator.testing.making import WishError, make_world  # noqa: PLC0415 - heavy, and wanted by few

        numbers = request.config.stash[_NUMBERS]
        name = f"test-{next(numbers)}"
        try:
            world = make_world(gradelab_servers, name, _wanted(request, wanted))
        except WishError as wrong:
            raise _failed(str(wrong)) from None
        made.append(world)
        return world

    yield make
    for each in made:
        gradelab_servers.ask(partial(gradelab_servers.worlds.remove, each.name))


@pytest.fixture
def world(new_world: Callable[..., WorldInTest]) -> WorldInTest:
    """A fresh world: both base URLs, credentials, `clock`, `faults`, `journal`, `snapshot()`."""
    return new_world()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, Any, Any]:
    """A test that planned a fault which never struck has not tested what it says."""
    outcome = yield
    for each in item.stash.get(_MADE, []):
        never = each.faults.never_struck()
        if never:
            raise _failed(f"Planned, but it never struck: {', '.join(never)} (world {each.name})")
    return outcome


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """With a failure, tell what the worlds were made of and what was asked of them last."""
    report = yield
    if report.failed:
        for each in item.stash.get(_MADE, []):
            report.sections.append((f"gradelab world {each.name} ({call.when})", _told(item, each)))
    return report


def _failed(words: str) -> BaseException:
    """A failure of the test that tells these words only, if it is raised `from None`."""
    return pytest.fail.Exception(words, pytrace=False)


def _wanted(request: pytest.FixtureRequest, given: dict[str, Any]) -> dict[str, Any]:
    marker = request.node.get_closest_marker("gradelab")
    marked = dict(marker.kwargs) if marker else {}
    options = request.config.getoption
    defaults = {"seed": options("--gradelab-seed"), "profile": options("--gradelab-profile")}
    return {**defaults, **marked, **given}


def _told(item: pytest.Item, world: WorldInTest) -> str:
    lines = [
        f"seed {world.seed}, profile {world.systems}; it is {world.clock.now().isoformat()} there",
        f"again: pytest '{item.nodeid}' --gradelab-seed {world.seed}",
    ]
    exchanges = world.journal.exchanges()
    if exchanges:
        lines.append(f"the last of {len(exchanges)} requests:")
    for each in exchanges[-EXCHANGES_TOLD_MAX:]:
        fault = f" (fault: {each.fault})" if each.fault else ""
        lines.append(f"  {each.system}: {each.method} {each.path} -> {each.status or 'nothing'}{fault}")
        if each.status >= HTTPStatus.BAD_REQUEST and each.response_body:
            lines.append(f"    {' '.join(each.response_body[:REFUSAL_CHARACTERS_MAX].split())}")
    return "\n".join(lines)
