"""What somebody wants of a journal, as a value; deciding whether an entry is wanted is pure."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.journal.entries import ClockStep, Entry, Exchange, FaultStruck, Happening, Mark, WorldStep

ENTRY_KINDS: tuple[str, ...] = tuple(
    each.kind for each in (Exchange, Mark, ClockStep, Happening, FaultStruck, WorldStep)
)


_FACES = {"synergy": {"synergy", "oneroster", "teachervue"}}
"""Systems that the journal knows by more than one name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """Which entries are wanted. What is left empty does not narrow.

    Attributes:
        since: Only entries with a greater number.
        until: Only entries with this number or a smaller one; 0 for no end.
        kinds: Only entries of these kinds, see `ENTRY_KINDS`.
        system: Only what concerns "canvas", "oneroster" or "teachervue" (a mark's `by` counts); "synergy" is
            all that concerns Synergy, whichever face of it.
        methods: Only exchanges of these verbs.
        who: Only what this actor asked or did.
        path: Only exchanges whose path has this text in it.
        status: Only exchanges answered so; a hundred (400) stands for all of its kind.
        rule: Only verdicts of this rule.
        fault: Only what concerns faults of this kind or name.
        simulated: Only exchanges that the fakes know, or that they do not; None for both.
    """

    since: int = 0
    until: int = 0
    kinds: frozenset[str] = frozenset()
    system: str = ""
    methods: frozenset[str] = frozenset()
    who: str = ""
    path: str = ""
    status: int = 0
    rule: str = ""
    fault: str = ""
    simulated: bool | None = None

    def wants(self, entry: Entry) -> bool:
        """Whether this entry is one of them."""
        if entry.number <= self.since or (self.until and entry.number > self.until):
            return False
        if self.kinds and entry.kind not in self.kinds:
            return False
        if self.system and _FACES.get(self.system, {self.system}).isdisjoint(_told(entry, "system")):
            return False
        return all(
            wanted in _told(entry, name)
            for name, wanted in (("who", self.who), ("rule", self.rule), ("fault", self.fault))
            if wanted
        ) and self._wants_exchange(entry)

    def _wants_exchange(self, entry: Entry) -> bool:
        if not (self.methods or self.path or self.status) and self.simulated is None:
            return True
        return (
            isinstance(entry, Exchange)
            and (not self.methods or entry.method in self.methods)
            and self.path in entry.path
            and self.simulated in (None, entry.simulated)
            and self._wants_status(entry.status)
        )

    def _wants_status(self, status: int) -> bool:
        if self.status and self.status % 100 == 0:
            return status // 100 == self.status // 100
        return self.status in (0, status)


def _told(entry: Entry, name: str) -> tuple[str, ...]:
    """What an entry says under a name, in whichever of its fields says it."""
    fields = {"system": ("system", "by"), "fault": ("fault", "what")}.get(name, (name,))
    if name == "fault" and not isinstance(entry, Exchange | FaultStruck):
        return ()
    return tuple(str(getattr(entry, field)) for field in fields if hasattr(entry, field))
