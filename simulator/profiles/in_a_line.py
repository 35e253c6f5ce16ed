"""What each shipped profile is, in a line, for whoever chooses one. The long form is `docs/profiles.md`."""

from __future__ import annotations

from collections.abc import Mapping

IN_A_LINE: Mapping[str, str] = {
    "khsd": "Kern High School District, whose page this project began with; all defaults",
    "ttsd_2023": "Tigard-Tualatin SD before 2024-25; its systems are as the default",
    "ttsd_2024": "Tigard-Tualatin SD since 2024-25; a remaster clears scores that were deleted in Canvas",
    "midland": "Midland PS; the sync runs every night",
    "corvallis": "Corvallis SD 509J; types, weights and rounding are the district's",
    "rsd_105": "RSD 105; one grading period is open at a time, and closed ones take nothing",
    "oneroster_strict": "a strict provider of OneRoster 1.1: short names, due dates, a score in every result",
    "blackbaud_like": "as Blackbaud's customers describe it; no claim about Synergy",
    "google_ready": "what Google Classroom's suite of OneRoster 1.1 finds fit; no claim about Synergy",
    "strongmind_like": "what StrongMind's client was made for: booleans as words; no claim about Synergy",
    "campus_like": "as testers describe Infinite Campus, with a vendor's header; no claim about Synergy",
}
"""By the name of the profile."""
