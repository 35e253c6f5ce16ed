"""What the command lines of the lab say of a command that was called wrongly: one line, and exit 2."""

from __future__ import annotations

from collections.abc import Callable

NUMBER_MAX = 2**53 - 1
"""Seeds are told in JSON, whose readers count no further."""


class UsageError(Exception):
    """The command was called wrongly: exit 2, and one line that says what to do."""


def whole_number(option: str) -> Callable[[str], int]:
    """Reads the value of an option, or says in our words what is wrong with it."""

    def read(value: str) -> int:
        try:
            number = int(value)
        except ValueError:
            raise UsageError(f'{option}: "{value}" is no whole number.') from None
        if abs(number) > NUMBER_MAX:
            raise UsageError(f"{option}: {value} is beyond {NUMBER_MAX}, the most that JSON carries safely.")
        return number

    return read
