"""The world file: a school that somebody wrote down, in YAML or JSON. `docs/worlds.md` describes it.

Bytes become events (`events`), events a tree that knows its lines (`tree`), the tree is checked for its shape
(`shape`, `kinds`) and for what refers to what (`references`), and only a tree without a problem is made into
a School (`making`). What bites: nothing in a file may ever be more than a wrong value; every way that it can
be wrong ends in a `SchoolFileError`.
"""

from simulator.schools.worldfile.problems import Problem, SchoolFileError
from simulator.schools.worldfile.reading import read_school_file

__all__ = ["Problem", "SchoolFileError", "read_school_file"]
