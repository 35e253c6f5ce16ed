"""What can go wrong between the client and the control API, and whose fault it is."""

from __future__ import annotations

from dataclasses import dataclass


class ControlClientError(Exception):
    """Something was not done. The subclasses say why."""


class UnreachableError(ControlClientError):
    """No server answered at this address, or it stopped in the middle. Start it, or correct the address."""


class NotFoundError(ControlClientError):
    """What was asked for is not there; or the token is wrong, which the API does not tell apart."""


@dataclass(frozen=True, slots=True)
class Complaint:
    """One thing that is wrong: in which field, "" where it is no field's fault, and what to do."""

    field: str
    says: str


class RefusedError(ControlClientError):
    """The request cannot be carried out, and nothing of it was.

    Attributes:
        status: 409 where something is in the way, 413 where it is too large, 422 where a field is wrong, 503
            where the server is busy.
        problems: What is wrong, each with its field.
    """

    def __init__(self, status: int, text: str, problems: tuple[Complaint, ...]) -> None:
        super().__init__(text)
        self.status = status
        self.problems = problems


class AnswerError(ControlClientError):
    """The server answered something that this client does not understand.

    Compare the versions of gradelab on both sides.
    """
