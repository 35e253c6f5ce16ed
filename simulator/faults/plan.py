"""A fault that is planned: what goes wrong, at which requests, how often.

What lives here: the values, and whether a request fits. What must never be here: counting (`decision`),
anything that happens (`striking`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from urllib.parse import parse_qsl

from contracts.catalogue import rule_named
from simulator.faults.kinds import KINDS, Does, FaultError

NAME_CHARACTERS_MAX = 100
TEXT_CHARACTERS_MAX = 1_000
COUNT_MAX = 1_000_000
SYSTEMS = ("", "canvas", "oneroster", "teachervue", "synergy")
"""What a matcher may say of the system; "synergy" is both of Synergy's faces, "" is all."""
_DIGITS = re.compile("[0-9]{1,12}")
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
READS = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request as faults see it.

    Attributes:
        who: Whose credentials it carries; known only once the system has looked at them.
        rules: Which rules were asked on its account; known only once it was carried out.
        status: What was answered; known only once it was carried out, 0 before.
        later_page: Whether it asks for a page of a list that is not the first.
        numbered_page: Whether it asks for a page by its number or by an offset.
        carries_token: Whether it comes with an access token.
        written_seconds_ago: When the newest write to this system was that a copy may not know; None for none.
    """

    system: str
    method: str
    path: str
    body: str = ""
    who: str = ""
    rules: frozenset[str] = frozenset()
    status: int = 0
    later_page: bool = False
    numbered_page: bool = False
    carries_token: bool = True
    written_seconds_ago: float | None = None

    @property
    def writes(self) -> bool:
        """Whether it is a request that may change something."""
        return self.method not in READS


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """Which requests a fault is meant for. What is left empty does not narrow.

    Attributes:
        system: "canvas", "oneroster", "teachervue", or "synergy" for both of the last.
        methods: HTTP's verbs, in capitals.
        path: A pattern of the path without the world's prefix; `*` stands for any text, slashes included.
        later_pages: Only requests for a page of a list that is not the first.
        body: A text that the request's body has in it.
        rule: A rule that is asked while the request is carried out, by its id in the catalogue.
        who: Whose credentials the request carries, as the journal calls them.
        nth: Only the nth of the requests that fit all else, from 1; 0 for any.
    """

    system: str = ""
    methods: tuple[str, ...] = ()
    path: str = ""
    later_pages: bool = False
    body: str = ""
    rule: str = ""
    who: str = ""
    nth: int = 0

    def __post_init__(self) -> None:
        if self.system not in SYSTEMS:
            listed = ", ".join(SYSTEMS[1:])
            raise FaultError("match.system", f'must be one of {listed}, or "" for all, not "{self.system}"')
        unknown = [method for method in self.methods if method not in METHODS]
        if unknown:
            raise FaultError("match.methods", f"has {unknown[0]!r}; there are {', '.join(METHODS)}")
        for name in ("path", "body", "who"):
            if len(getattr(self, name)) > TEXT_CHARACTERS_MAX:
                raise FaultError(f"match.{name}", f"must be {TEXT_CHARACTERS_MAX} characters at most")
        if self.path and not self.path.startswith(("/", "*")):
            raise FaultError("match.path", f'must begin with "/" or "*", not "{self.path[:40]}"')
        if self.rule and rule_named(self.rule) is None:
            raise FaultError("match.rule", f'the catalogue has no rule "{self.rule[:80]}"')
        _counted("match.nth", self.nth, low=0)

    @property
    def needs_handling(self) -> bool:
        """Whether it can be told only once the system has carried the request out."""
        return bool(self.rule or self.who)

    def fits_outside(self, asked: Asked) -> bool:
        """Whether a request fits, as far as can be seen without carrying it out."""
        return (
            self._fits_system(asked.system)
            and (not self.methods or asked.method in self.methods)
            and (not self.path or fnmatchcase(asked.path, self.path))
            and (asked.later_page or not self.later_pages)
            and self.body in asked.body
        )

    def fits(self, asked: Asked) -> bool:
        """Whether a request that was carried out fits; `nth` is for `decision` to count."""
        return (
            self.fits_outside(asked)
            and (not self.rule or self.rule in asked.rules)
            and self.who in ("", asked.who)
        )

    def _fits_system(self, system: str) -> bool:
        return self.system in ("", system) or (
            self.system == "synergy" and system in {"oneroster", "teachervue"}
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that is to go wrong.

    Attributes:
        name: What the plan, the journal and messages call it; one plan has it once.
        does: What goes wrong.
        match: At which requests.
        after: Lets so many requests that fit pass first.
        times: How often it strikes at most; None for every time.
        probability: How likely it strikes a request that fits; the world's seed throws the die.
    """

    name: str
    does: Does
    match: Match = field(default_factory=Match)
    after: int = 0
    times: int | None = 1
    probability: float = 1.0

    def __post_init__(self) -> None:
        if not 0 < len(self.name) <= NAME_CHARACTERS_MAX or not self.name.isprintable():
            raise FaultError("name", f"must be 1 to {NAME_CHARACTERS_MAX} printable characters")
        if type(self.does) not in KINDS.values():
            raise FaultError("does", f"must be one of {', '.join(KINDS)}")
        _counted("after", self.after, low=0)
        if self.times is not None:
            _counted("times", self.times, low=1)
        if not 0 < self.probability <= 1:
            raise FaultError("probability", f"must be more than 0 and at most 1, not {self.probability:g}")
        if self.match.nth and self.after:
            raise FaultError("after", "must be 0 where match.nth says which request is meant; leave one out")
        if self.match.nth and self.times != 1:
            raise FaultError("times", "must be 1 where match.nth says which request is meant")

    @property
    def kind(self) -> str:
        """What JSON and the journal call that which goes wrong."""
        return self.does.kind


@dataclass(frozen=True, slots=True)
class PageAsked:
    """Which page of a list a query string asks for, in either vendor's way.

    Attributes:
        offset: OneRoster's, 0 where it gives none.
        number: Canvas's number, 1 where it gives none.
        bookmark: Canvas's bookmark, "" where it gives none.
    """

    offset: int = 0
    number: int = 1
    bookmark: str = ""

    @classmethod
    def of(cls, query: str) -> PageAsked:
        """What this query string asks for; what cannot be read asks for nothing."""
        params = dict(parse_qsl(query))
        offset, page = params.get("offset", ""), params.get("page", "")
        return cls(
            int(offset) if _DIGITS.fullmatch(offset) else 0,
            int(page) if _DIGITS.fullmatch(page) else 1,
            page if page.startswith("bookmark:") else "",
        )

    @property
    def is_later(self) -> bool:
        """Whether it is not the first."""
        return self.is_later_by_number or bool(self.bookmark)

    @property
    def is_later_by_number(self) -> bool:
        """Whether it is not the first, and which one it is is a matter of counting."""
        return self.offset > 0 or self.number > 1


def _counted(name: str, value: int, *, low: int) -> None:
    if not low <= value <= COUNT_MAX:
        raise FaultError(name, f"must be from {low} to {COUNT_MAX:,}, not {value}")
