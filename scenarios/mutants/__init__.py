"""Bugs on purpose: each breaks one rule inside a fake or the engine, and names the stories that catch it.

A story that passes proves little until it has been seen to fail. The families are those of the library.
"""

from scenarios.mutants import faults, locks, naming, periods, remaster, rosters, sending, setup, totals, types
from scenarios.mutants.mutant import Mutant, broken_by

MUTANTS: tuple[Mutant, ...] = (
    *setup.MUTANTS,
    *naming.MUTANTS,
    *sending.MUTANTS,
    *remaster.MUTANTS,
    *locks.MUTANTS,
    *types.MUTANTS,
    *rosters.MUTANTS,
    *periods.MUTANTS,
    *totals.MUTANTS,
    *faults.MUTANTS,
)
"""All mutants, family by family."""

__all__ = ["MUTANTS", "Mutant", "broken_by"]
