"""Causes that lie in how the books are set up or looked at: filters, grading periods, weights, rounding.

What lives here: one pure function for each rule. What bites: other weights matter to a student only where
work of more than one group counts, or where a group weighs nothing at all.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction

from contracts import catalogue
from simulator.comparing.books import CanvasBook, CanvasWork, Pair, SynergyBook, Weights
from simulator.comparing.cause import Cause

_FULL_WEIGHT = 100
_NO_WEIGHT = Decimal(0)


def filtered(pairs: Iterable[Pair], canvas: CanvasBook, synergy: SynergyBook) -> Iterator[Cause]:
    """What Canvas's filter hides and Synergy counts, and what Canvas shows beyond Synergy's period."""
    for pair in pairs:
        here, there = pair.canvas, pair.synergy
        if here is None or there is None:
            continue
        if here.standing == "filtered_out" and there.counts:
            words = f'"{here.name}" counts in Synergy; in Canvas the filter "{canvas.period}" hides it.'
            remedy = 'Clear the filter in Canvas: "All Grading Periods".'
        elif here.counts and there.standing == "not_in_period" and not _is_due_in_period(here, synergy):
            words = f'"{here.name}" counts in Canvas, which shows more than {_period(synergy)} of Synergy.'
            remedy = "Let both gradebooks show the same grading period."
        else:
            continue
        yield Cause(catalogue.TOTALS_MISMATCH_FILTER, here.name, words, remedy)


def not_ticked(pairs: Iterable[Pair], synergy: SynergyBook) -> Iterator[Cause]:
    """What is due in the grading period on show and is not ticked for it; so may be what has no due date."""
    for pair in pairs:
        here, there = pair.canvas, pair.synergy
        if here is None or there is None or not here.counts or there.standing != "not_in_period":
            continue
        if here.due_on is None or _is_due_in_period(here, synergy):
            words = f'"{here.name}" counts in Canvas; in Synergy it is not ticked for {_period(synergy)}.'
            remedy = "In Synergy unlock it, tick the grading period, save, lock it again and save."
            yield Cause(catalogue.TOTALS_MISMATCH_GRADING_PERIOD, here.name, words, remedy)


def weighed_otherwise(pairs: Iterable[Pair], canvas: CanvasBook, synergy: SynergyBook) -> Iterator[Cause]:
    """Weights that differ: of grading periods, or of the groups in which work of the student counts."""
    weighs_periods = canvas.weighs_periods and not canvas.period
    if weighs_periods and not synergy.composes_terms:
        words = "Canvas weighs its grading periods; Synergy adds all work up."
        remedy = "Filter Canvas by one grading period, or weigh the terms in Synergy, too."
    elif synergy.composes_terms and not weighs_periods:
        words = "Synergy composes its mark of weighted terms; Canvas adds all work up."
        remedy = "Look at one grading period in Synergy, and at the same one in Canvas."
    elif not synergy.composes_terms and (told := _other_weights(_places(pairs, synergy), canvas, synergy)):
        words, remedy = told, "Give the groups of Canvas and the types of Synergy the same weights."
    else:
        return
    yield Cause(catalogue.TOTALS_MISMATCH_WEIGHTS, "", words, remedy)


def rounded_otherwise(synergy: SynergyBook) -> Iterator[Cause]:
    """A number that the class does not round as Canvas does."""
    if synergy.total != synergy.at_two_decimals:
        words = f"Synergy shows {synergy.shown}, which is {synergy.at_two_decimals} % to two decimals."
        remedy = "In Grade Book Setup turn Class Rounding on, to two decimals, on a scale of percent."
        yield Cause(catalogue.TOTALS_MISMATCH_ROUNDING, "", words, remedy)


def _is_due_in_period(here: CanvasWork, synergy: SynergyBook) -> bool:
    """Whether the due date says that the work belongs to the grading period on show."""
    period = synergy.period
    return period is not None and here.due_on is not None and period.begins <= here.due_on <= period.ends


def _period(synergy: SynergyBook) -> str:
    return synergy.period.name if synergy.period else "the gradebook"


def _places(pairs: Iterable[Pair], synergy: SynergyBook) -> frozenset[tuple[str, str]]:
    """The groups with their types whose work would make both totals, were the work of both the same."""
    known = synergy.weights or {}
    return frozenset(
        (here.group, here.group if there is None else there.type)
        for here, there in ((pair.canvas, pair.synergy) for pair in pairs)
        if here is not None
        and here.possible
        and (here.counts or (there is not None and there.counts))
        and (there is not None or here.group in known)
    )


def _other_weights(places: Collection[tuple[str, str]], canvas: CanvasBook, synergy: SynergyBook) -> str:
    """Both weights in words where they differ; "" where they come to the same."""
    groups, types = {group for group, _type in places}, {kind for _group, kind in places}
    here, there = _shares_in_canvas(canvas.weights, groups), _shares(synergy.weights, types)
    if here is not None and there is not None:
        differ = any(here[group] != there[kind] for group, kind in places)
    else:
        differ = (here is None) is not (there is None)
    told = f"Canvas: {_told(canvas.weights, groups)}. Synergy: {_told(synergy.weights, types)}."
    return told if differ else ""


def _shares_in_canvas(weights: Weights | None, names: Collection[str]) -> Mapping[str, Fraction] | None:
    """As `_shares`; but weights of more than 100 together are not scaled down."""
    if weights is None or sum(weights.get(each, _NO_WEIGHT) for each in names) <= _FULL_WEIGHT:
        return _shares(weights, names)
    return {each: Fraction(weights.get(each, _NO_WEIGHT)) / _FULL_WEIGHT for each in names}


def _shares(weights: Weights | None, names: Collection[str]) -> Mapping[str, Fraction] | None:
    """The part of the whole that each name has; None where points are added up, or might as well be."""
    if weights is None:
        return None
    known = {each: Fraction(weights.get(each, _NO_WEIGHT)) for each in names}
    whole = sum(known.values())
    if len(known) <= 1 and (whole or not known):
        return None
    return {each: weight / whole for each, weight in known.items()} if whole else known


def _told(weights: Weights | None, names: Iterable[str]) -> str:
    if weights is None:
        return "points are added up, nothing has a weight"
    return ", ".join(f"{each} {weights.get(each, _NO_WEIGHT):g} %" for each in sorted(names))
