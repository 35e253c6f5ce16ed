"""What is printed on a terminal: how wide, and without blanks at the ends of lines.

What bites: rich fills every cell of a table up to the column's width, which shows in logs and in diffs.
"""

from __future__ import annotations

import os

from rich.box import SIMPLE_HEAD
from rich.console import Console as Terminal
from rich.console import RenderableType
from rich.table import Table

PIPE_WIDTH = 140


def terminal() -> Terminal:
    """The terminal; a pipe or a CI log, which has no width, gets lines wide enough for the table."""
    found = Terminal(highlight=False, emoji=False)
    if found.is_terminal or "COLUMNS" in os.environ:
        return found
    return Terminal(highlight=False, emoji=False, width=PIPE_WIDTH)


def table() -> Table:
    """An empty table; all tables look like this one."""
    return Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)


def print_trimmed(to: Terminal, shown: RenderableType) -> None:
    """Print, and leave out the blanks at the ends of the lines."""
    with to.capture() as captured:
        to.print(shown)
    lines = captured.get().rstrip().split("\n")
    to.file.write("\n".join(line.rstrip() for line in lines) + "\n")
    to.file.flush()
