"""The made-up districts: what they are made of, and the small school that stories play in.

The same seed gives the same people, courses and ids, byte for byte. How a world chooses what to start from is
`simulator.schools.starts`.
"""

from simulator.schools.model import AssignmentType, Campus, Course, GradingPeriod, Person, School, Section
from simulator.schools.small import school_of

__all__ = [
    "AssignmentType",
    "Campus",
    "Course",
    "GradingPeriod",
    "Person",
    "School",
    "Section",
    "school_of",
]
