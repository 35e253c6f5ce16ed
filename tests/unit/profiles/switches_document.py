"""`docs/switches.md` as the code has it; `python -m tests.unit.profiles.switches_document` writes it."""

from __future__ import annotations

from pathlib import Path

from simulator.profiles import KHSD
from simulator.profiles.describing import SwitchDescription, described, text_of

PAGE = Path(__file__).parents[3] / "docs" / "switches.md"

_HEAD = """\
# Switches

Every point on which the systems of two districts may differ is a switch. This page lists all of them, with
what each takes, its default, how sure that default is, and where it was read. [Profiles](profiles.md) are
sets of them by name; `gradelab profiles NAME` prints the switches of one, and `--set NAME=VALUE` sets a
single one otherwise ([how](profiles.md#single-switches)).

*Documented* was read in a public page of the vendor or the district, *observed* in source code, other clients
or other districts; *assumed* means that nobody outside a district knows: what the fake does is our choice,
and the switch is there because yours may differ.
"""
_SECTIONS = {
    "the-district": ("The district", "What is the district's own, and concerns both systems."),
    "canvas": ("Canvas", "What the fake Canvas does with them is in [canvas.md](canvas.md)."),
    "synergy": ("Synergy", "What the fake Synergy does with them is in [oneroster.md](oneroster.md)."),
    "class-totals": (
        "Class totals",
        "How a class total is read where no public page says. What a class sets for itself is no switch.",
    ),
    "other-providers": (
        "Other providers",
        "What other OneRoster providers are known to do. No page says that Synergy does any of it.",
    ),
}
_COLUMNS = "| switch | takes | default | how sure | where it was read |\n|---|---|---|---|---|"
_DEFAULT_CHARACTERS_MAX = 40


def row(switch: SwitchDescription) -> str:
    """A row of the page."""
    default = text_of(switch.default)
    shown = f"`{default}`" if default else "empty"
    if len(default) > _DEFAULT_CHARACTERS_MAX:
        shown = "see `gradelab profiles khsd`"
    cells = (f"`{switch.name}`", switch.takes, shown, switch.confidence, switch.source)
    return f"| {' | '.join(each.replace('|', chr(92) + '|') for each in cells)} |"


def document() -> str:
    """The whole page."""
    parts = [_HEAD]
    for section, (title, says) in _SECTIONS.items():
        switches = [each for each in described(KHSD) if each.described_in == f"docs/switches.md#{section}"]
        parts.append("\n".join([f"## {title}", "", says, "", _COLUMNS, *map(row, switches), ""]))
    return "\n".join(parts)


if __name__ == "__main__":
    PAGE.write_text(document(), encoding="utf-8")
