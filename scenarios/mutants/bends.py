"""Ways of breaking a function: each takes the right one and gives a broken one of the same shape."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import replace
from typing import Any

from contracts import catalogue
from contracts.catalogue import Rule
from scenarios.mutants.mutant import Bend
from simulator.verdicts import Refusal, Verdict


def never_refuses(rule: Rule) -> Bend:
    """The rule of a fake is asked, and always says yes."""
    return lambda _right: lambda *_args, **_kwargs: Verdict(rule, None)


def finds_nothing(_right: object) -> Callable[..., None]:
    """A check of the engine never finds anything wrong."""
    return lambda *_args, **_kwargs: None


def with_entry(**assignment: object) -> Bend:
    """The engine's check sees the assignment with these fields, whatever they really are."""

    def bend(right: Callable[..., Any]) -> Callable[..., Any]:
        return lambda entry, *rest: right(
            replace(entry, assignment=replace(entry.assignment, **assignment)), *rest
        )

    return bend


def ignores_selection(right: Callable[..., Any]) -> Callable[..., Any]:
    """What the teacher deselected is taken along."""
    return lambda entry, policy, _selection: right(entry, policy, None)


def takes_any_type(_right: object) -> Callable[..., Any]:
    """The first type of the class is as good as any."""
    return lambda entry, _policy: entry.klass.categories[0]


def drops_quietly(unmatched: Callable[[Any], bool]) -> Bend:
    """A score that cannot be matched is left out without a word."""

    def bend(right: Callable[..., Any]) -> Callable[..., Any]:
        def score(entry: Any, student: Any, decision: Any) -> Any:  # noqa: ANN401 - whatever the engine hands on
            planned = right(entry, student, decision)
            quiet = planned.action.value == "refused" and unmatched(student)
            return replace(planned, action=type(planned.action)("empty"), reasons=()) if quiet else planned

        return score

    return bend


def first_section_only(right: Callable[..., Any]) -> Callable[..., Any]:
    """The other sections of a cross-listed course are forgotten."""

    def entries(*args: object) -> Iterator[Any]:
        seen: set[str] = set()
        for entry in right(*args):
            if entry.assignment.id not in seen:
                seen.add(entry.assignment.id)
                yield entry

    return entries


def forgets_what_was_sent(right: Callable[..., Any]) -> Callable[..., Any]:
    """Every score looks new, so every post sends all."""
    return lambda grade, _believed, policy: right(grade, None, policy)


def believes_what_canvas_says(right: Callable[..., Any]) -> Callable[..., Any]:
    """A changed score looks sent already."""

    def decide(grade: Any, believed: Any, policy: Any) -> Any:  # noqa: ANN401
        return right(grade if believed is None else replace(grade, score=believed.score), believed, policy)

    return decide


def sends_for_status(right: Callable[..., Any]) -> Callable[..., Any]:
    """A changed status alone marks the score for sending."""

    def decide(grade: Any, believed: Any, policy: Any) -> Any:  # noqa: ANN401
        changed = believed is not None and not grade.is_blank and grade.status != believed.status
        return (
            right(grade, None, replace(policy, excused_never_sent="send_exempt"))
            if changed
            else right(grade, believed, policy)
        )

    return decide


def loses_status(right: Callable[..., Any]) -> Callable[..., Any]:
    """The status stays behind when a score is sent."""
    return lambda grade, believed, policy: right(replace(grade, status="none"), believed, policy)


def sends_zero_for_cleared(right: Callable[..., Any]) -> Callable[..., Any]:
    """A cleared score is taken for a zero."""

    def decide(grade: Any, believed: Any, policy: Any) -> Any:  # noqa: ANN401
        cleared = believed is not None and grade.is_blank
        return right(replace(grade, score=0.0) if cleared else grade, believed, policy)

    return decide


def remaster_is_a_post(_right: object) -> Callable[..., Any]:
    """A remaster sends only what changed."""
    post = importlib.import_module("sync_engine.domain.grades").decide_post
    return lambda grade, believed, policy, **_rest: post(grade, believed, policy)


def remaster_trusts_ledger(right: Callable[..., Any]) -> Callable[..., Any]:
    """A remaster does not look at what Synergy has."""
    return lambda grade, believed, policy, **_rest: right(grade, believed, policy, in_synergy=True)


def yields_nothing(_right: object) -> Callable[..., Iterator[Any]]:
    """What should be told is not."""
    return lambda *_args, **_kwargs: iter(())


def answers(value: object) -> Bend:
    """The same answer, whatever is asked."""
    return lambda _right: lambda *_args, **_kwargs: value


def schedule_passes_for_a_teacher(right: Callable[..., Any]) -> Callable[..., Any]:
    """Nobody asks who started the run."""

    def post(*args: object, **asked: object) -> Any:  # noqa: ANN401
        asked.pop("trigger", None)
        return right(*args, **asked)

    return post


def becomes(value: object) -> Bend:
    """A property that is the same of everything."""
    return lambda _right: property(lambda _thing: value)


def asks(name: str) -> Bend:
    """Another method of the first thing that it is given does the work."""
    return lambda _right: lambda thing, *args: str(getattr(thing, name)(*args))


def of_every_section(right: Callable[..., Any]) -> Callable[..., Any]:
    """Whoever asks for one section gets them all."""
    return lambda book, _section_id=0: right(book)


def one_bad_item_stops_all(right: Callable[..., Any]) -> Callable[..., Any]:
    """With one refusal, nothing of the run is written."""

    def plan(*args: object, **asked: object) -> tuple[Any, ...]:
        items = right(*args, **asked)
        bad = any(item.action.value == "refused" for item in items)
        return tuple(
            replace(item, action=type(item.action)("skipped")) if bad and item.writes else item
            for item in items
        )

    return plan


def everybody_at_once(_right: object) -> Callable[..., Any]:
    """Nobody has to wait for a turn."""
    return lambda *_args: nullcontext()


def marks_before_it_is_sent(right: Callable[..., Any]) -> Callable[..., Any]:
    """The ledger believes a score before Synergy took it."""
    believed_score = importlib.import_module("sync_engine.domain.beliefs").BelievedScore

    async def send(applier: Any, item: Any, score: Any) -> None:  # noqa: ANN401
        believed = believed_score(
            item.assignment_id,
            item.section_id,
            score.student.id,
            score=score.grade.score,
            status=score.grade.status,
        )
        applier._ledger.note_score(*applier._where, believed)  # noqa: SLF001 - a bug on purpose goes where bugs go
        await right(applier, item, score)

    return send


def vague(right: Callable[..., Any]) -> Callable[..., Any]:
    """The vendor's words are lost."""
    return lambda rule, _words: right(rule, "An error occurred.")


def answers_with(**fields: object) -> Bend:
    """The right answer with these fields replaced."""

    def bend(right: Callable[..., Any]) -> Callable[..., Any]:
        return lambda *args, **kwargs: replace(right(*args, **kwargs), **fields)

    return bend


def believed_details(right: Callable[..., Any]) -> Callable[..., Any]:
    """Once an assignment was sent, changes of its details go unseen."""
    return lambda entry, policy: entry.believed.details if entry.believed else right(entry, policy)


def always_refuses(words: str, rule: Rule = catalogue.LOCKED_EDIT_REFUSED) -> Bend:
    """The rule says no, whatever it is asked."""
    return lambda _right: lambda *_args, **_kwargs: Verdict(rule, Refusal(words))


def refuses_with(rule: Rule, words: str) -> Bend:
    """Where the rule of a fake says no, it says so in these words."""

    def bend(right: Callable[..., Verdict]) -> Callable[..., Verdict]:
        def judge(*args: object, **asked: object) -> Verdict:
            verdict = right(*args, **asked)
            return Verdict(rule, Refusal(words)) if verdict.refused else verdict

        return judge

    return bend


def believes_first_reading(_right: object) -> Callable[..., Any]:
    """A list is read once, and believed."""

    async def read_once(read: Callable[..., Any], *_where: str) -> Any:  # noqa: ANN401 - as the right one
        return (await read()).unique

    return read_once


def only_the_first(right: Callable[..., Any]) -> Callable[..., Any]:
    """Of several answers, the first alone."""
    return lambda *args, **kwargs: right(*args, **kwargs)[:1]


def shows_every_assignment(right: Callable[..., Any]) -> Callable[..., Any]:
    """The gradebook shows all assignments of the class, whatever grading period is on show."""
    return lambda store, section: (right(store, section)[0], list(store.assignments_in(section.guid)))


def passes_the_filter(_right: object) -> Callable[..., Any]:
    """Every piece of work is in every grading period."""
    return lambda entries, periods: {period.id: list(entries) for period in periods}


def with_view(**fields: object) -> Bend:
    """The Total column is computed as if the gradebook were looked at like this."""

    def bend(right: Callable[..., Any]) -> Callable[..., Any]:
        return lambda items, setup, view, **known: right(items, setup, replace(view, **fields), **known)

    return bend


def with_policy(**fields: object) -> Bend:
    """The same function under a policy with these fields; the policy is what it is given last."""

    def bend(right: Callable[..., Any]) -> Callable[..., Any]:
        return lambda *args: right(*args[:-1], replace(args[-1], **fields))

    return bend


def by_its_name(_right: object) -> Callable[..., Any]:
    """The name of the thing itself, whatever stands in its place."""
    return lambda thing, *_rest: thing.name
