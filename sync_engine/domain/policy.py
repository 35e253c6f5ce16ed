"""The policy of one district: every point on which districts or vendors differ, with default and source.

What lives here: values. What must never be here: behaviour; `checks`, `grades` and the wire modules read the
settings. A setting that nothing reads is removed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

GroupMatch = Literal["exact", "casefold", "casefold_trim"]

REFUSAL_WORDS: tuple[tuple[str, str], ...] = (
    (r"read ?only|locked to", "READONLY-OFF-ERROR"),
    (r"grading ?period.*\bclosed|\bclosed.*grading ?period", "GP-CLOSED-WRITE"),
    (r"(name|title).*\blong|\blong.*(name|title)", "NAME-TOO-LONG"),
    (r"character", "NAME-SPECIAL-CHARS"),
    (r"(points|resultvaluemax).*(zero|greater|more than)", "ZERO-POINTS-REJECTED"),
    (r"(zero|greater|more than).*(points|resultvaluemax)", "ZERO-POINTS-REJECTED"),
    (r"category|assignment type", "GROUP-NAME-MATCH"),
    (r"typed.*by hand", "SCORES-ENTERED-IN-SYNERGY-LOST"),
    (r"student.*(not in|enrol|does not belong)", "STUDENT-NOT-IN-CLASS"),
    (r"due ?date", "DUE-DATE-REQUIRED"),
)
"""Which words of Synergy mean which rule, tried in this order."""


def _source(text: str) -> dict[str, str]:
    """Where a setting's default comes from, kept beside it."""
    return {"source": text}


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """How one district wants its grades carried."""

    # what an assignment must be before it is sent at all
    name_length_max: int | None = field(
        default=50,
        metadata=_source(
            "No page gives Synergy's number; 30 and 50 are seen elsewhere. None leaves the check to Synergy."
        ),
    )
    name_forbidden_characters: str | None = field(
        default="<>&\"'\\",
        metadata=_source(
            "No page gives Synergy's set; these are the ones that other systems list most. Control "
            "characters and emoji go with them. None leaves the check to Synergy."
        ),
    )
    check_points: bool = field(
        default=True,
        metadata=_source("Kern High School District, FAQ 2. False leaves the check to Synergy."),
    )
    group_match: GroupMatch = field(
        default="exact",
        metadata=_source("Tigard-Tualatin SD: 'exactly'; Synergy's own comparison is unknown."),
    )
    due_date: Literal["ignore", "warn", "required"] = field(
        default="warn",
        metadata=_source("Most systems require one; Kern's page does not list its absence as an error."),
    )

    single_students: Literal["send", "refuse"] = field(
        default="send",
        metadata=_source(
            "Instructure, SIS grade passback: everyone or whole sections; Kern's page is silent on it."
        ),
    )
    same_names: Literal["send", "refuse"] = field(
        default="send",
        metadata=_source("PowerSchool and Infinite Campus want each name once; Kern's page is silent on it."),
    )

    # what travels
    missing_target: Literal["recreate", "error"] = field(
        default="recreate",
        metadata=_source("Instructure, SIS Error Code Dictionary: other systems refuse; Synergy is unknown."),
    )
    remaster_clears_deleted_scores: bool = field(
        default=False,
        metadata=_source("Kern's page is silent; Tigard-Tualatin SD clears them since 2024-25."),
    )
    moved_student: Literal["remaster", "post"] = field(
        default="remaster",
        metadata=_source(
            "Tigard-Tualatin SD: after a student changed sections a remaster carries the scores over. 'post' "
            "lets an ordinary post do it."
        ),
    )
    nightly_sync: bool = field(
        default=False,
        metadata=_source(
            "Kern High School District, Part III: only a teacher starts it. Midland lets a nightly "
            "run be switched on."
        ),
    )
    hidden_scores: Literal["send", "hold"] = field(
        default="send",
        metadata=_source(
            "Lake Elsinore USD: scores that are hidden in Canvas are sent all the same; Synergy is unknown."
        ),
    )
    excused_never_sent: Literal["hold", "send_exempt"] = field(
        default="hold",
        metadata=_source(
            "Kern's page: a status alone does not travel. Whether a first excuse does is unknown."
        ),
    )

    # how it looks on the wire
    exempt_score: Literal["omit", "zero"] = field(
        default="omit",
        metadata=_source(
            "OneRoster 1.1 wants a number always, consumers leave it out; eSchoolPLUS gets 0 and the "
            "exempt flag."
        ),
    )
    late_code: str = field(
        default="L",
        metadata=_source("Lincoln Public Schools' comment code; how a status travels is unknown."),
    )
    missing_code: str = field(
        default="MI",
        metadata=_source("Lincoln Public Schools' comment code; how a status travels is unknown."),
    )
    student_match: Literal["sourcedId", "identifier"] = field(
        default="sourcedId",
        metadata=_source(
            "Whether Canvas holds a student's GUID or the Perm ID depends on the district's rostering."
        ),
    )
    refusal_words: tuple[tuple[str, str], ...] = field(
        default=REFUSAL_WORDS,
        metadata=_source("Synergy's own words are not public: patterns, each with the rule that it means."),
    )

    # manners
    requests_per_second: float | None = field(
        default=20.0,
        metadata=_source("Ours: polite to a shared server. None sends as fast as the answers come."),
    )
