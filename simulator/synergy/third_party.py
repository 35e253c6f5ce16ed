"""What the third party, the sync, does to the gradebook: put an assignment, put a score, delete either.

What lives here: the order in which rules are asked, and what a write leaves behind. What must never be here:
HTTP, JSON. Each write is whole and can be repeated: the same put twice leaves one object.
"""

from __future__ import annotations

from collections.abc import Collection

from simulator.synergy import comments, deviations, period_boxes, replacing, rules
from simulator.synergy.model import (
    PERCENTAGE,
    PERCENTAGE_MAX_SCORE,
    RAW_SCORE,
    Assignment,
    Cell,
    LineItemDraft,
    ResultDraft,
    Score,
)
from simulator.synergy.store import GradebookStore, Kept, Refused
from simulator.verdicts import Refusal, Verdict


def put_line_item(store: GradebookStore, draft: LineItemDraft) -> Kept[Assignment] | Refused:
    """Create or replace an assignment. A new one is locked to the third party at once (FAQ 8)."""
    stored = store.assignments.get(draft.line_item_id)
    if draft.class_guid not in store.classes:
        return _broken("class", f'There is no class "{draft.class_guid}".')
    if stored is not None and stored.class_guid != draft.class_guid:
        return _broken("class", "A line item stays in its class; put another one for this class.")
    if not draft.type_guid and store.profile.category_required:
        return _broken("category", "A category is required.")
    draft = replacing.whole_line_item(draft, stored, store.types_of(draft.class_guid), store.profile)
    subject = store.subject_of(draft.name, draft.class_guid)
    left = stored.period_guids if stored is not None else ()
    touched = tuple(dict.fromkeys((*left, *period_boxes.boxes_after(store, draft, stored))))
    refused = (
        store.judge(subject, _verdicts_on(store, draft, stored))
        or _bad_range(draft)
        or _bad_period(store, draft, stored)
        or store.judge(subject, _open_periods(store, draft.name, touched))
        or (None if stored else store.judge(subject, _second_copy(store, draft)))
    )
    if refused is not None:
        return refused
    assignment = _written(store, draft, stored)
    store.keep_assignment(assignment)
    period_boxes.note_sent(store, draft, assignment, stored)
    return Kept(assignment, created=stored is None)


def delete_line_item(store: GradebookStore, assignment: Assignment) -> Refused | None:
    """Delete an assignment that is locked to the third party, with its scores."""
    subject = store.subject_of(assignment.name, assignment.class_guid)
    refused = store.judge(subject, (rules.the_lock_is_on(assignment), *_written_into(store, assignment)))
    if refused is None:
        store.erase_assignment(assignment.line_item_id)
    return refused


def put_result(store: GradebookStore, draft: ResultDraft) -> Kept[Score] | Refused:
    """Put a score into a cell. One that a teacher typed there is overwritten, whatever its id was."""
    assignment = store.assignments.get(draft.cell.line_item_id)
    if assignment is None:
        return _broken("lineItem", f'There is no line item "{draft.cell.line_item_id}".')
    known = store.score_known_as(draft.result_id)
    if known is not None and known.cell != draft.cell:
        moved = "lineItem" if known.cell.line_item_id != draft.cell.line_item_id else "student"
        return _broken(moved, "A result stays with its line item and its student; put another one.")
    codes = comments.codes_of(store.classes[assignment.class_guid].setup, store.profile)
    draft = replacing.whole_result(draft, known, store.profile, codes)
    subject = _subject_of_score(store, assignment, draft.cell)
    refused = (
        store.judge(
            subject,
            (
                rules.the_lock_is_on(assignment),
                _in_class(store, assignment, draft.cell),
                *_written_into(store, assignment),
            ),
        )
        or _bad_score(store, assignment, draft)
        or _deviation(store, assignment, draft)
        or store.judge(subject, _over_typed(store, draft.cell))
    )
    if refused is not None:
        return refused
    score = _score(store, draft, codes)
    store.keep_score(score)
    return Kept(score, created=known is None)


def delete_result(store: GradebookStore, score: Score) -> Refused | None:
    """Empty a cell of an assignment that is locked to the third party."""
    assignment = store.assignments[score.cell.line_item_id]
    subject = _subject_of_score(store, assignment, score.cell)
    refused = store.judge(subject, (rules.the_lock_is_on(assignment), *_written_into(store, assignment)))
    if refused is None:
        store.erase_score(score.cell)
    return refused


def _verdicts_on(
    store: GradebookStore, draft: LineItemDraft, stored: Assignment | None
) -> tuple[Verdict, ...]:
    effective = [(each.guid, each.name) for each in store.types_of(draft.class_guid)]
    wanted = store.class_types.get(draft.type_guid)
    verdicts = [rules.the_lock_is_on(stored)] if stored is not None else []
    verdicts += [
        rules.points_are_more_than_zero(draft.max_score),
        rules.the_name_fits(draft.name, store.profile),
        rules.the_name_is_plain(draft.name, store.profile),
        rules.the_type_is_one_of_the_class(
            draft.type_guid, wanted.name if wanted else draft.type_guid, draft.name, effective
        ),
    ]
    if store.profile.due_date_required:
        verdicts.append(rules.there_is_a_due_date(draft.due_date is not None))
    return tuple(verdicts)


def _second_copy(store: GradebookStore, draft: LineItemDraft) -> tuple[Verdict, ...]:
    """Asked only of a new assignment that the class has already, so that nothing else is noted of it."""
    wanted = (draft.name, draft.due_date)
    there = store.assignments_in(draft.class_guid)
    if not any(each.synced and (each.name, each.due_date) == wanted for each in there):
        return ()
    return (rules.a_second_copy_may_come(draft.name, store.classes[draft.class_guid].name, store.profile),)


def _bad_range(draft: LineItemDraft) -> Refused | None:
    """No score could be in a range that ends before it begins."""
    if draft.min_score <= draft.max_score:
        return None
    words = f"The least score, {draft.min_score:g}, is more than the greatest, {draft.max_score:g}."
    return _broken("resultValueMin", words)


def _bad_period(store: GradebookStore, draft: LineItemDraft, stored: Assignment | None) -> Refused | None:
    if not draft.period_guid:
        kept = stored is not None and store.profile.omitted_fields == "keep"
        missing = store.profile.grading_period_required and not kept
        return _broken("gradingPeriod", "A grading period is required.") if missing else None
    named = next((each for each in store.grading_periods() if each.guid == draft.period_guid), None)
    if named is None:
        return _broken("gradingPeriod", f'There is no grading period "{draft.period_guid}".')
    outside = deviations.dates_outside(draft, named, store.profile.provider)
    return None if outside is None else Refused(outside)


def _written(store: GradebookStore, draft: LineItemDraft, stored: Assignment | None) -> Assignment:
    """The draft as an assignment: Max Score and Points equal, scored in points, the lock on."""
    return Assignment(
        line_item_id=draft.line_item_id,
        gradebook_id=stored.gradebook_id if stored else store.ids.integer("gradebook"),
        class_guid=draft.class_guid,
        name=draft.name,
        description=draft.description,
        type_guid=draft.type_guid,
        max_score=draft.max_score,
        points=draft.max_score,
        assigned_on=draft.assigned_on,
        due_date=draft.due_date,
        period_guids=period_boxes.boxes_after(store, draft, stored),
        third_party_readonly=True,
        synced=True,
        modified_at=store.clock.now(),
        min_score=draft.min_score,
        score_type=_score_type(store, draft, stored),
        show_only_when_scored=stored.show_only_when_scored if stored else False,
        periods_ticked_by_teacher=stored.periods_ticked_by_teacher if stored else False,
        category=stored.category if stored else "normal",
        metadata=draft.metadata,
    )


def _score_type(store: GradebookStore, draft: LineItemDraft, stored: Assignment | None) -> str:
    """The one that a teacher chose, as far as the district keeps it and what is sent fits it."""
    if stored is None or store.profile.synced_score_type == "raw_score":
        return RAW_SCORE
    fits = stored.score_type != PERCENTAGE or draft.max_score == PERCENTAGE_MAX_SCORE
    return stored.score_type if fits else RAW_SCORE


def _written_into(store: GradebookStore, assignment: Assignment) -> tuple[Verdict, ...]:
    """What the grading periods of an assignment say to a write."""
    return _open_periods(store, assignment.name, assignment.period_guids)


def _open_periods(store: GradebookStore, name: str, period_guids: tuple[str, ...]) -> tuple[Verdict, ...]:
    """Asked only where there is a closed period, so that nothing else is noted of it."""
    periods = [store.sessions[guid] for guid in period_guids]
    if not any(period.is_closed for period in periods):
        return ()
    return (rules.the_periods_are_open(name, periods, store.profile),)


def _in_class(store: GradebookStore, assignment: Assignment, cell: Cell) -> Verdict:
    member = store.members.get(cell.student_guid)
    return rules.the_student_is_in_the_class(
        member.name if member else cell.student_guid,
        store.classes[assignment.class_guid],
        store.enrolments_of(cell.student_guid),
    )


def _bad_score(store: GradebookStore, assignment: Assignment, draft: ResultDraft) -> Refused | None:
    if draft.points is None:
        may_lack = rules.a_score_may_lack(draft.status, store.profile)
        return None if may_lack else _broken("score", "A score is required, as a number.")
    in_range = assignment.min_score <= draft.points <= assignment.max_score
    if in_range or store.profile.score_over_max == "accept":
        return None
    return _broken(
        "score",
        f"The score {draft.points:g} is outside of {assignment.min_score:g} to {assignment.max_score:g}.",
    )


def _deviation(store: GradebookStore, assignment: Assignment, draft: ResultDraft) -> Refused | None:
    found = deviations.scored_too_early(draft, assignment, store.profile.provider)
    return None if found is None else Refused(found)


def _over_typed(store: GradebookStore, cell: Cell) -> tuple[Verdict, ...]:
    """Asked only where a teacher typed, so that nothing else is noted of it."""
    stored = store.scores.get(cell)
    if stored is None or not stored.is_typed:
        return ()
    return (rules.the_typed_score_gives_way(store.profile),)


def _score(store: GradebookStore, draft: ResultDraft, codes: Collection[str]) -> Score:
    """The draft as a score. A comment that is one of the codes of the class is kept as the code."""
    is_code = draft.comment.strip() in codes
    return Score(
        cell=draft.cell,
        result_id=draft.result_id,
        points=draft.points,
        status=deviations.status_of(draft.status, store.profile.provider),
        scored_on=draft.scored_on,
        modified_at=store.clock.now(),
        comment_code=draft.comment.strip() if is_code else "",
        comment="" if is_code else draft.comment,
        metadata=draft.metadata,
    )


def _subject_of_score(store: GradebookStore, assignment: Assignment, cell: Cell) -> str:
    member = store.members.get(cell.student_guid)
    who = member.name if member else f'unknown student "{cell.student_guid}"'
    return f"score of {who}, {store.subject_of(assignment.name, assignment.class_guid)}"


def _broken(field: str, words: str) -> Refused:
    return Refused(Refusal(words, field))
