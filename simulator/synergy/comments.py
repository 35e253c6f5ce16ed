"""Grade Book Comments in one class: which codes there are, and what one makes of a cell, decided purely.

District comments cannot be edited by a teacher, only copied (Eugene SD 4J), so a class has the district's
codes and the teacher's own beside them. What must never be here: what a code is worth; `totals` knows.
"""

from __future__ import annotations

from collections.abc import Mapping

from simulator.profiles import CommentCode, Profile
from simulator.synergy.model import GradeBookSetup, Score


def codes_of(setup: GradeBookSetup, profile: Profile) -> Mapping[str, CommentCode]:
    """The comments that can be chosen in a class, by their code: the district's, then the teacher's own."""
    return {each.code: each for each in (*profile.comment_codes, *setup.comment_codes)}


def is_excused(score: Score, codes: Mapping[str, CommentCode]) -> bool:
    """Whether the assignment does not count for the student: by the score's status, or by its comment."""
    return score.excused or (score.comment_code in codes and codes[score.comment_code].excuses)


def left_after_scoring(code: str, codes: Mapping[str, CommentCode]) -> str:
    """What stands in a cell once a score has come into it: nothing, for a code with "Remove When Scored"."""
    return "" if code in codes and codes[code].remove_when_scored else code
