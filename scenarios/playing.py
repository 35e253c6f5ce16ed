"""A run as the command line wants it: both fakes, perhaps a bug on purpose, and the reports that listen."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Mapping
from pathlib import Path

from scenarios.events import RunFinished
from scenarios.mutants import Mutant, broken_by
from scenarios.reporting import HtmlReport, JunitReport, NdjsonReport, Report
from scenarios.runner import run
from scenarios.script import Scenario
from scenarios.stage import Setting


def file_reports(folder: Path, open_files: contextlib.ExitStack) -> list[Report]:
    """The reports that are files of this folder, which is made if need be.

    Raises:
        OSError: If one of them cannot be written. That is found out before anything is played.
    """
    folder.mkdir(parents=True, exist_ok=True)
    page, junit = folder / "report.html", folder / "junit.xml"
    for path in (page, junit):
        path.touch()
    events = open_files.enter_context((folder / "events.ndjson").open("w", encoding="utf-8"))
    return [HtmlReport(page), JunitReport(junit), NdjsonReport(events)]


async def play(
    stories: tuple[Scenario, ...],
    seed: int,
    broken: Mutant | None,
    *,
    in_process: bool,
    reports: list[Report],
    switches: Mapping[str, str] | None = None,
) -> RunFinished:
    """Play these stories and let the reports hear of it; how the run ended.

    `switches` are set otherwise in the systems of every story.
    """
    last: object = None
    setting_of = Setting.in_process if in_process else Setting.over_sockets
    with broken_by(broken) if broken else contextlib.nullcontext():
        async with setting_of() as setting:
            stopwatch = time.perf_counter  # noqa: TID251 - tells how long it took
            told = run(stories, setting, seed=seed, stopwatch=stopwatch, broken=broken, switches=switches)
            async for event in told:
                for report in reports:
                    report.hear(event)
                last = event
    assert isinstance(last, RunFinished)
    return last
