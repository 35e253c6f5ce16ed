"""A handle on one world of a running server. Everything that it gives is a value; nothing is kept here."""

from __future__ import annotations

from simulator.control_client import reading
from simulator.control_client.clock import Clock
from simulator.control_client.faults import Faults
from simulator.control_client.journal import Journal
from simulator.control_client.snapshots import Snapshots
from simulator.control_client.values import ColumnTotal, Difference, TotalsCompared, WorldDescription
from simulator.control_client.wire import Wire
from simulator.doors import Doors


class World:
    """One world, by its name.

    Attributes:
        clock: Its clock.
        snapshots: The moments that somebody gave a name.
        journal: What happened in it.
        faults: What is to go wrong in it.
    """

    def __init__(self, wire: Wire, name: str) -> None:
        self._wire = wire
        self.name = name
        self.clock = Clock(wire, name)
        self.snapshots = Snapshots(wire, name)
        self.journal = Journal(wire, name)
        self.faults = Faults(wire, name)

    def read(self) -> WorldDescription:
        """What it is made of and where it stands."""
        return reading.read(reading.world, self._wire.json("GET", "worlds", self.name))

    def doors(self) -> Doors:
        """The URLs and credentials that open it."""
        return reading.read(
            lambda told: reading.doors(told["doors"]), self._wire.json("GET", "worlds", self.name)
        )

    def fork(self, name: str, *, snapshot: str = "") -> World:
        """A second world that goes on from here, or from a snapshot; the same credentials open it."""
        body = {"name": name, "snapshot": snapshot or None}
        self._wire.json("POST", "worlds", self.name, "fork", body=body)
        return World(self._wire, name)

    def reset(self) -> WorldDescription:
        """Begin again. Snapshots stay, and the journal goes on."""
        return reading.read(reading.world, self._wire.json("POST", "worlds", self.name, "reset"))

    def set_tell_not_simulated(self, *, on: bool) -> WorldDescription:
        """Let a header tell clients what is not simulated, or no longer."""
        told = self._wire.json("PUT", "worlds", self.name, "not-simulated", body={"on": on})
        return reading.read(reading.world, told)

    def delete(self) -> None:
        """Let it go."""
        self._wire.json("DELETE", "worlds", self.name)

    def export(self, *, snapshot: str = "") -> str:
        """The world as the text of a file, as it is now or was at a snapshot."""
        return self._wire.text("worlds", self.name, "file", query={"snapshot": snapshot})

    def total_column(
        self,
        course_id: int,
        *,
        period: int | None = None,
        section: int = 0,
        ungraded_as_zero: bool = False,
        as_points: bool = False,
    ) -> tuple[ColumnTotal, ...]:
        """The Total column of Canvas's gradebook, a row for each student, with these filters set.

        Without a period it is filtered as the gradebook is when it is opened, by the current grading period;
        0 is "All Grading Periods".
        """
        question = {
            **({} if period is None else {"period": str(period)}),
            "section": str(section),
            "ungraded_as_zero": str(ungraded_as_zero).lower(),
            "as_points": str(as_points).lower(),
        }
        path = ("worlds", self.name, "canvas", "courses", str(course_id), "total_column")
        return reading.read(reading.total_column, self._wire.json("GET", *path, query=question))

    def totals_compared(
        self,
        course_id: int,
        *,
        period: int | None = None,
        ungraded_as_zero: bool = False,
        grading_period: str = "",
    ) -> tuple[TotalsCompared, ...]:
        """The totals of a Canvas course in both gradebooks, and why they differ.

        Args:
            course_id: The course, by its id in Canvas.
            period: What Canvas's gradebook is filtered by, as for the Total column.
            ungraded_as_zero: Whether it views what is ungraded as zero.
            grading_period: The grading period of Synergy by id or name, "all", or "" for the one on show.
        """
        question = {
            **({} if period is None else {"period": str(period)}),
            "ungraded_as_zero": str(ungraded_as_zero).lower(),
            "grading_period": grading_period,
        }
        path = ("worlds", self.name, "canvas", "courses", str(course_id), "totals_compared")
        return reading.read(reading.totals_compared, self._wire.json("GET", *path, query=question))

    def difference(self, *, since: str = "", until: str = "", world: str = "") -> Difference:
        """What is different from one moment to another.

        Args:
            since: A snapshot of this world, or now.
            until: A snapshot of this world, or of `world`; or now.
            world: Another world to compare with.
        """
        moments = {"since": since, "until": until, "world": world}
        told = self._wire.json("GET", "worlds", self.name, "difference", query=moments)
        return reading.read(reading.difference, told)

    def difference_text(self, *, since: str = "", until: str = "", world: str = "") -> str:
        """The same for people."""
        moments = {"since": since, "until": until, "world": world}
        return self._wire.text("worlds", self.name, "difference", accept="text/plain", query=moments)

    def feed_roster(self) -> str:
        """Bring Synergy's roster into Canvas now; what it brought, in a sentence."""
        told = self._wire.json("POST", "worlds", self.name, "roster-feed")
        return reading.read(lambda each: str(each["words"]), told)

    def __repr__(self) -> str:
        return f"World({self.name})"
