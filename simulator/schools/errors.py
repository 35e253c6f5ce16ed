"""What is said when a world cannot start as it was asked to."""

from __future__ import annotations


class StartError(ValueError):
    """The start that was asked for cannot be made.

    The message is made for whoever typed it: one line for each thing that is wrong, with the fix.
    """
