"""The stage: one world, the engine, one clock; and the verbs that stories use."""

from scenarios.stage.cast import Assignment, Section, Student
from scenarios.stage.narration import ExpectationFailed, Narrator, StoryError
from scenarios.stage.setting import Setting
from scenarios.stage.stage import Stage

__all__ = [
    "Assignment",
    "ExpectationFailed",
    "Narrator",
    "Section",
    "Setting",
    "Stage",
    "StoryError",
    "Student",
]
