"""All checks, and running them against one provider, one after the other.

What bites: the checks that read come before those that delete what the run has written, so that they find
something.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable

from contracts.conformance import (
    access_checks,
    filter_checks,
    gradebook_checks,
    query_checks,
    refusal_checks,
    roster_checks,
)
from contracts.conformance.check import BrokenError, Check, Level, NotAskedError, Outcome, Verdict
from contracts.conformance.provider import Provider
from contracts.conformance.written import put_score, take_away

CHECKS: tuple[Check, ...] = (
    *access_checks.CHECKS,
    *roster_checks.CHECKS,
    *query_checks.CHECKS,
    *filter_checks.CHECKS,
    *gradebook_checks.CHECKS,
    *refusal_checks.CHECKS,
)


async def run_suite(
    provider: Provider, checks: Iterable[Check] = CHECKS, *, writes: bool = True
) -> AsyncIterator[Outcome]:
    """Make the checks; what comes of each, as soon as it is known.

    Args:
        provider: The provider under test.
        checks: Which ones.
        writes: Whether the provider's gradebook may be written into; what was written is deleted at the end.

    Raises:
        OSError: If the provider cannot be reached.
    """
    chosen = tuple(checks)
    if writes:
        await _prepare(provider)
    try:
        for check in chosen:
            if check.writes and not writes:
                yield Outcome(check, Verdict.SKIPPED, "the run may not write")
            else:
                yield await _outcome(provider, check)
    finally:
        if writes:
            await _prepare(provider, take_away_only=True)


async def _prepare(provider: Provider, *, take_away_only: bool = False) -> None:
    """Have one score there, so that no list of the gradebook is empty; or nothing of ours, at the end."""
    try:
        await (take_away if take_away_only else put_score)(provider)
    except (BrokenError, NotAskedError):
        return  # the checks of writing tell what is wrong


async def _outcome(provider: Provider, check: Check) -> Outcome:
    try:
        await check.run(provider)
    except NotAskedError as error:
        return Outcome(check, Verdict.SKIPPED, str(error))
    except BrokenError as error:
        return Outcome(check, _verdict_of(check), str(error))
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        words = f"an answer is not built as OneRoster's are ({type(error).__name__}: {error})"
        return Outcome(check, _verdict_of(check), words)
    return Outcome(check, Verdict.PASSED)


def _verdict_of(check: Check) -> Verdict:
    return Verdict.FAILED if check.level is Level.MUST else Verdict.WARNED
