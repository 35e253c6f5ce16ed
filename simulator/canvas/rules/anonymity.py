"""What a row is called without saying whose it is. Source: Canvas source, submission model.

What bites: it is no secret. Whoever knows the ids of an assignment and a student can work it out.
"""

from __future__ import annotations

from simulator.canvas.model import Submission

_DIGITS = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
"""Without those that look like others."""
_LENGTH = 5
_STRIDE = 240_101_309
"""Has no divisor in common with the number of names, so no two rows of an assignment get the same."""


def anonymous_id_of(row: Submission) -> str:
    """Five letters that say nothing of whose row it is, and are another row's nowhere in its assignment."""
    number = row.id * _STRIDE % len(_DIGITS) ** _LENGTH
    letters = ""
    for _place in range(_LENGTH):
        number, digit = divmod(number, len(_DIGITS))
        letters += _DIGITS[digit]
    return letters
