"""JUnit XML, which every CI system reads.

One test case for each story, its family as the class, its rules as properties.
"""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

from scenarios.events import Event, Outcome, RunFinished, RunStarted, StoryFinished


class JunitReport:
    """Gathers stories and writes the file when the run ends."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._properties: dict[str, str] = {}
        self._finished: list[StoryFinished] = []

    def hear(self, event: Event) -> None:
        """Take one event in."""
        match event:
            case RunStarted():
                self._properties = _properties_of(event)
            case StoryFinished():
                self._finished.append(event)
            case RunFinished():
                self._write(event)
            case _:
                pass

    def _write(self, run: RunFinished) -> None:
        suite = ET.Element(
            "testsuite",
            name="gradelab",
            tests=str(len(self._finished)),
            failures=str(sum(each.outcome is Outcome.FAILED for each in self._finished)),
            errors=str(sum(each.outcome is Outcome.ERRORED for each in self._finished)),
            time=f"{run.seconds:.3f}",
        )
        properties = ET.SubElement(suite, "properties")
        for name, value in self._properties.items():
            ET.SubElement(properties, "property", name=name, value=value)
        for each in self._finished:
            suite.append(_case(each))
        tree = ET.ElementTree(ET.Element("testsuites"))
        root = tree.getroot()
        assert root is not None
        root.append(suite)
        ET.indent(tree)
        tree.write(self._path, encoding="utf-8", xml_declaration=True)


def _properties_of(run: RunStarted) -> dict[str, str]:
    told = {"seed": str(run.seed), "wire": run.wire}
    if run.switches:
        told["switches"] = ", ".join(run.switches)
    if run.broken:
        told |= {
            "broken on purpose": run.broken.says,
            "broken rule": run.broken.rule,
            "mutant": run.broken.mutant,
        }
    return told


def _case(finished: StoryFinished) -> ET.Element:
    story = finished.story
    case = ET.Element(
        "testcase", classname=f"scenarios.{story.family}", name=story.name, time=f"{finished.seconds:.3f}"
    )
    properties = ET.SubElement(case, "properties")
    for claim in finished.claims:
        ET.SubElement(properties, "property", name=f"rule {claim.rule}", value=claim.verdict.value)
    if finished.outcome is not Outcome.PASSED:
        tag = "failure" if finished.outcome is Outcome.FAILED else "error"
        told = ET.SubElement(case, tag, message=finished.failure)
        told.text = f"{finished.failure}\nreplay: {finished.replay}"
    return case
