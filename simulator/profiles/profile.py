"""The switches.

Each carries its source and its confidence, because nobody outside a district knows all of them.

What lives here: values. What must never be here: behaviour; `rules.py` of each system reads the switches. A
switch that nothing reads is removed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import Field, dataclass, fields
from functools import cache
from operator import attrgetter
from types import MappingProxyType
from typing import Any, Literal

from simulator.profiles.bounds import problems_of
from simulator.profiles.class_totals import ClassTotalReadings
from simulator.profiles.comment_codes import DISTRICT_CODES, CommentCode
from simulator.profiles.passport import ASSUMED, DOCUMENTED, OBSERVED, switch
from simulator.profiles.provider import ProviderDeviations
from simulator.profiles.scale import PERCENT, Scale


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """One district's systems, as switches.

    Raises:
        ValueError: If a switch is out of its bounds; the message names each and says what it may be.
    """

    name: str

    # the district
    time_zone: str = switch("America/Los_Angeles", "Kern High School District is in California", DOCUMENTED)

    roster_feed_hour: int = switch(
        2,
        "Instructure's Synergy overview: rosters come every night; the hour is the district's and unknown",
        ASSUMED,
    )

    roster_ended_enrollment: Literal["deleted", "completed", "inactive"] = switch(
        "deleted",
        "Canvas's SIS import format has all three; which one Synergy's feed gives for a student who left a "
        "class is unknown",
        ASSUMED,
    )
    roster_new_section: Literal["its_course", "own_course"] = switch(
        "its_course",
        "Canvas's SIS import format: a section names its course; whether Synergy's feed names the one that "
        "its sister sections are in, or one of its own, is unknown",
        ASSUMED,
    )

    # Canvas
    canvas_denied_status: Literal[401, 403] = switch(
        403,
        "Canvas source: 403 where the feature api_auth_error_updates is on, as on hosted Canvas",
        OBSERVED,
    )
    canvas_sis_name: str = switch(
        "Synergy", "Kern High School District's label 'Sync to Synergy'", DOCUMENTED
    )
    canvas_sync_flag_default: bool = switch(
        default=False,
        source="Kern High School District tells teachers to check the box themselves, so it is off at first",
        confidence=DOCUMENTED,
    )
    canvas_throttled: bool = switch(
        default=True,
        source="Instructure's API documentation, 'Throttling'; off for whoever measures the simulator itself",
        confidence=DOCUMENTED,
    )
    canvas_throttle_status: Literal[403, 429] = switch(
        429,
        "Canvas API change log: 429 on hosted Canvas since October 2025; Canvas source answers 403",
        DOCUMENTED,
    )
    canvas_throttle_high_water: float = switch(600.0, "Canvas source, request throttle", OBSERVED)
    canvas_throttle_level_max: float = switch(800.0, "Canvas source, request throttle", OBSERVED)
    canvas_throttle_leak_per_second: float = switch(10.0, "Canvas source, request throttle", OBSERVED)
    canvas_throttle_upfront_cost: float = switch(50.0, "Canvas source, request throttle", OBSERVED)
    canvas_request_cost: float = switch(
        0.0,
        "in Canvas the seconds of processor and database, usually a fraction of one; here no time passes "
        "while a request is handled, and on a clock that stands still a bucket never leaks",
        ASSUMED,
    )
    canvas_sis_features: tuple[str, ...] = switch(
        ("new_sis_integrations", "post_grades"),
        "a district that passes grades back has a SIS integration; its feature flags are its own",
        ASSUMED,
    )
    canvas_post_grades_status: str = switch(
        "pending", "Instructure lists the operation; what it answers is not public", ASSUMED
    )
    canvas_invalid_record_status: Literal[400, 422] = switch(
        422, "Rails' default where Canvas renders no errors of its own; not seen running", ASSUMED
    )
    canvas_unreadable_grade: Literal["clear", "keep"] = switch(
        "clear", "Canvas source: a grade that cannot be read gives no score; not seen running", ASSUMED
    )
    canvas_false_excuse: Literal["clear", "keep"] = switch(
        "clear", "Canvas source: the text 'false' runs grading without a grade; not seen running", ASSUMED
    )
    canvas_course_policy_reach: Literal["every_assignment", "those_without_their_own"] = switch(
        "every_assignment",
        "Canvas source, specs of the course: another post policy is set on its assignments too; before, one "
        "had to ask for that",
        OBSERVED,
    )
    canvas_post_again: Literal["moves", "keeps"] = switch(
        "moves",
        "no page says whether posting moves posted_at of what is posted already; the job writes all at once",
        ASSUMED,
    )
    canvas_history_assignments: Literal["whole", "ids"] = switch(
        "whole",
        "Canvas source: the gradebook history has a grader's assignments whole; its documentation says ids",
        OBSERVED,
    )
    canvas_grade_log_of_course: Literal["teachers", "administrators"] = switch(
        "teachers",
        "Canvas source: a course's log is for whoever sees its grades; before, it was for administrators",
        OBSERVED,
    )
    canvas_job_polls: int = switch(
        0,
        "Canvas does bulk updates and posting after its answer; here a job is held until its progress was "
        "asked for so many times, for whoever tests polling",
        ASSUMED,
    )
    canvas_job_seconds: float = switch(
        0.0,
        "Canvas's jobs take seconds to minutes, by load; here so many seconds pass on the clock before one "
        "is done, and with 0 it is done at once",
        ASSUMED,
    )
    canvas_bulk_closed_period: Literal["grade", "refuse"] = switch(
        "grade",
        "Canvas source: neither a bulk update nor its job asks for the grading period; not seen running",
        ASSUMED,
    )
    canvas_lifted_excuse_state: Literal["graded", "ungraded"] = switch(
        "graded", "Canvas source: nothing puts the state back when an excuse is lifted; not seen", ASSUMED
    )
    canvas_lifted_excuse_time: Literal["keep", "now"] = switch(
        "keep", "Canvas source: only a grade, an excuse or a status moves graded_at; not seen", ASSUMED
    )
    canvas_recomputed_time: Literal["keep", "now"] = switch(
        "keep",
        "Canvas source: a late policy's recomputation saves no new graded_at; not seen running",
        ASSUMED,
    )
    canvas_hidden_comments: Literal["with_the_grade", "shown"] = switch(
        "with_the_grade",
        "Instructure's guides: what is posted by hand keeps comments from students, too; what the "
        "API shows them was not seen",
        ASSUMED,
    )
    canvas_graded_that_second: Literal["again", "no_more"] = switch(
        "again",
        "Canvas source: graded_at is kept to the microsecond, shown to the second and compared strictly, so "
        "graded_since=<what a row showed> returns it again; here a whole second counts as a little more",
        ASSUMED,
    )
    canvas_missing_policy_minutes: int = switch(
        5, "Canvas source: a periodic job, every five minutes, scores what went missing", OBSERVED
    )
    canvas_custom_grade_statuses: tuple[int, ...] | None = switch(
        (1, 2, 3),
        "newer Canvas lets a district make up to three statuses of its own; None is a Canvas that knows none",
        ASSUMED,
    )
    canvas_graders_hand_in: bool = switch(
        default=True,
        source="Canvas API documentation of submission[user_id]: requires grading permission; hosted Canvas "
        "has a permission of its own for it, which a district may not grant",
        confidence=DOCUMENTED,
    )
    canvas_period_set_created_status: Literal[200, 201] = switch(
        201, "Instructure's documentation names no status for a new grading period set", ASSUMED
    )
    canvas_override_rank: Literal["individual_first", "alike"] = switch(
        "alike",
        "Canvas source, effective due dates: overrides of a student, a group and a section rank alike and "
        "the latest date holds; there are releases in which a student's own beats a section's",
        OBSERVED,
    )
    canvas_unassigned_row: Literal["not_found", "denied"] = switch(
        "not_found",
        "Canvas source refuses to grade whoever is not assigned; what reading their row answers was not seen",
        ASSUMED,
    )
    canvas_course_period_edits: Literal["not_found", "administrators"] = switch(
        "not_found",
        "Canvas source: by way of a course only periods of its own are found, which no new course has; "
        "Instructure's documentation has both operations without a word of that",
        OBSERVED,
    )
    canvas_hidden_excuse: Literal["zero", "left_out"] = switch(
        "zero",
        "Canvas source: the grade calculator hides what is not posted before it looks for excuses; not seen",
        ASSUMED,
    )
    canvas_twin_dropped: Literal["highest_id", "lowest_id"] = switch(
        "highest_id",
        "Canvas source: its server drops either of two equals, its browser the one with the highest id",
        ASSUMED,
    )
    canvas_ignores_unposted_anonymous: bool = switch(
        default=True,
        source="Canvas source, the account feature grade_calc_ignore_unposted_anonymous: anonymous work "
        "counts in no total until all of it is posted; which schools have it on is not known",
        confidence=ASSUMED,
    )

    # Synergy: what an assignment must be
    name_length_max: int = switch(50, "no page gives Synergy's number; 30 and 50 are seen elsewhere", ASSUMED)
    name_forbidden_characters: str = switch(
        "<>&\"'\\", "no page gives Synergy's set; these are the ones that other systems list most", ASSUMED
    )
    due_date_required: bool = switch(
        default=False, source="Kern's page does not list a missing due date as an error", confidence=ASSUMED
    )
    grading_period_required: bool = switch(
        default=False,
        source="Instructure may leave the grading period out when the SIS takes it from the due date",
        confidence=OBSERVED,
    )
    category_required: bool = switch(
        default=True,
        source="Blackbaud needs a category and so does Synergy's form; Google's suite sends none",
        confidence=ASSUMED,
    )
    score_required: Literal["always", "unless_exempt", "unless_exempt_or_not_submitted"] = switch(
        "unless_exempt", "OneRoster 1.1 wants a number always; consumers send exempt without one", ASSUMED
    )
    score_over_max: Literal["accept", "refuse"] = switch(
        "accept",
        "Google's suite writes 300 over a lower maximum; Blackbaud refuses; Synergy is unknown",
        ASSUMED,
    )
    closed_period_edits: Literal["accept", "refuse_when_all_closed", "refuse_when_any_closed"] = switch(
        "accept",
        'RSD 105 turns "Report Period Data is Editable" on and off; whether that keeps a teacher from typing '
        "a score, or the office from a mark only, is unknown",
        ASSUMED,
    )
    period_windows: Literal["calendar", "office"] = switch(
        "calendar",
        "Kentwood's periods have end dates, RSD 105's office opens and closes by hand; whether a window also "
        "closes by itself on the end date, and the next one opens then, is unknown",
        ASSUMED,
    )
    open_periods: Literal["any", "one_at_a_time"] = switch(
        "any",
        "RSD 105 has one window open at a time; Kern's page does not say",
        OBSERVED,
    )
    comment_codes: tuple[CommentCode, ...] = switch(
        DISTRICT_CODES,
        "Lincoln Public Schools' codes with the fields of Eugene SD 4J's Grade Book Comments; how a status "
        "travels in OneRoster 1.1, and which codes go when a score comes, is unknown",
        ASSUMED,
    )

    due_date_ticks: Literal["every_period", "first_to_end"] = switch(
        "every_period",
        "Kern's FAQ 9 names the setting and not what it ticks where Progress, Quarter and Semester all "
        "hold the due date; with all of them nothing disappears, which is what the page promises",
        ASSUMED,
    )
    resent_ticks: Literal["follow_due_date", "stay", "worked_out_again"] = switch(
        "follow_due_date",
        "Kern's FAQ 9 has a setting for new assignments and mends old ones by hand, so what is sent "
        "again stays where it is; what a due date does that was moved meanwhile is unknown",
        ASSUMED,
    )
    sent_grading_period: Literal["alone", "with_the_setting", "ignored"] = switch(
        "alone",
        "OneRoster gives a line item one grading period, Kern's FAQ 9 speaks of the class setting only; "
        "which of them counts where a client names one is unknown",
        ASSUMED,
    )
    district_types_locked: bool = switch(
        default=False,
        source="Corvallis SD 509J fixes types, weights and rounding; Kern's page does not say",
        confidence=OBSERVED,
    )
    duplicate_deletion: Literal["others_unlocked", "own_lock_only"] = switch(
        "others_unlocked",
        "Kern's FAQ 12: if a duplicate cannot be deleted, unlock the other one in all class sections; it "
        "does not say when that is needed, so here it is wherever several sections have it",
        ASSUMED,
    )

    same_name_and_date: Literal["second_copy", "refuse"] = switch(
        "second_copy",
        "Kern's FAQ 12 has duplicates without their cause, so Synergy keeps them; Instructure's error "
        "dictionary has systems that say 'Assignment Already Exists'",
        ASSUMED,
    )
    closed_period_writes: Literal["accept", "refuse_when_all_closed", "refuse_when_any_closed"] = switch(
        "accept",
        "no page says what Synergy does with a sync into a closed period; other systems refuse; where an "
        "assignment is in several periods, which of them count is unknown too",
        ASSUMED,
    )

    synced_score_type: Literal["keep", "raw_score"] = switch(
        "keep",
        "OneRoster 1.1 has no score type; whether a sync leaves one that a teacher chose is unknown",
        ASSUMED,
    )

    # Synergy: class totals
    percent_scale: Scale = switch(  # noqa: RUF009 - frozen
        PERCENT,
        "Tigard-Tualatin SD, grade scale: bounds to the hundredth; these letters are ours",
        ASSUMED,
    )
    class_totals: ClassTotalReadings = ClassTotalReadings()  # noqa: RUF009 - frozen
    """A group of switches; each has a passport of its own."""

    # Synergy: where other providers differ
    provider: ProviderDeviations = ProviderDeviations()  # noqa: RUF009 - frozen
    """A group of switches; each has a passport of its own."""

    # Synergy: the lock
    lock_refusal_status: Literal[403, 409, 422] = switch(
        422, "Kern's page says 'error'; the HTTP status is unknown", ASSUMED
    )
    unlock_effective: Literal["immediately", "after_save"] = switch(
        "immediately", "FAQ 8 unlocks and changes in one visit, so the fields open at once", ASSUMED
    )
    delete_needs_saved_unlock: bool = switch(
        default=True, source="FAQ 6: unlock and save, then delete", confidence=DOCUMENTED
    )
    relock_may_carry_changes: bool = switch(
        default=True,
        source="the fields were open when the screen was opened; no page says what one save may carry",
        confidence=ASSUMED,
    )

    # Synergy: OneRoster on the wire
    error_shape: Literal["binding", "statusInfoSet"] = switch(
        "binding", "both are in the wild; which one Synergy answers is unknown", ASSUMED
    )
    put_body: Literal["object", "empty", "none"] = switch(
        "object",
        "Microsoft's and Blackbaud's providers return the stored object; Synergy is unknown",
        ASSUMED,
    )
    omitted_fields: Literal["clear", "keep"] = switch(
        "clear",
        "Microsoft's provider clears what a PUT leaves out, as 1.1 has no partial update; others may keep it",
        OBSERVED,
    )
    put_tobedeleted: Literal["delete", "refuse"] = switch(
        "delete", "1.1 knows the status; what a PUT with it does is said nowhere", ASSUMED
    )
    allocated_ids: bool = switch(
        default=False,
        source="Instructure's 'Modified' passback: a PUT without an id, answered with one; some SIS need it",
        confidence=OBSERVED,
    )
    category_writes: Literal["accept", "refuse"] = switch(
        "accept",
        "1.1 has PUT and DELETE of categories; districts that lock their types would refuse (Corvallis SD)",
        ASSUMED,
    )
    categories_name_their_class: bool = switch(
        default=True,
        source="Instructure reads metadata.classId; without it each title is there once for every class",
        confidence=OBSERVED,
    )
    categories_out_of_use: Literal["left_out", "listed"] = switch(
        "left_out",
        "a type that a class has put aside or deleted drops out of the lists or stays there as tobedeleted; "
        "no page tells. By its id it is answered either way, because line items still point to it",
        ASSUMED,
    )
    booleans_as: Literal["json", "text"] = switch(
        "json",
        "1.1's own type is a boolean; 1.2, and StrongMind's client of 1.1, have the words 'true' and 'false'",
        OBSERVED,
    )
    score_unset: Literal["zero", "omit"] = switch(
        "zero", "strict readers of 1.1 want a number in every result; others leave it out", ASSUMED
    )
    text_unset: Literal["omit", "empty"] = switch(
        "omit",
        "a description and a comment are optional in 1.1, and Longsight's strict reader refuses empty texts; "
        "whether Synergy leaves one out or sends it empty is unknown",
        ASSUMED,
    )
    score_dates: Literal["day", "day_or_instant"] = switch(
        "day_or_instant",
        "1.1 has a day in scoreDate; Google's suite puts an instant there; Synergy is unknown",
        OBSERVED,
    )
    throttle_requests_max: int = switch(
        0, "0 is no limit; no page tells Synergy's, and 429 with server_busy is OneRoster's answer", ASSUMED
    )
    throttle_window_seconds: int = switch(60, "the usual window of a limit on requests", ASSUMED)
    unknown_parent: Literal["empty", "not_found"] = switch(
        "empty",
        "Microsoft's OneRoster test collection wants 200 and an empty list for an unknown school",
        OBSERVED,
    )
    oneroster_auth: Literal["oauth2", "oauth1", "either"] = switch(
        "oauth2",
        "a production client of Synergy's OneRoster refuses to sign and asks for OAuth 2; 1.1 allows both",
        OBSERVED,
    )
    signature_age_seconds_max: int = switch(
        600, "Instructure asks servers to allow timestamps that are 10 minutes old", OBSERVED
    )
    signature_ahead_seconds_max: int = switch(
        300, "Instructure asks servers to allow timestamps 5 minutes in the future", OBSERVED
    )
    token_life_seconds: int = switch(3600, "the usual life of a client-credentials token", ASSUMED)
    page_limit_max: int = switch(10_000, "Google asks for pages of up to 10,000", OBSERVED)
    page_limit_over: Literal["cap", "refuse"] = switch(
        "cap", "whether a limit beyond the largest page is cut down or refused is unknown", ASSUMED
    )

    def __post_init__(self) -> None:
        problems = list(problems_of({name: attrgetter(name)(self) for name in switch_passports()}))
        if problems:
            raise ValueError("; ".join(problems))


GROUPS = {"class_totals": ClassTotalReadings, "provider": ProviderDeviations}
"""The groups of switches, by the field of the profile that holds them."""


@cache
def switch_passports() -> Mapping[str, Field[Any]]:
    """Every switch by name; `metadata` holds its source and confidence. One of a group is "group.name"."""
    found = {each.name: each for each in fields(Profile) if each.name != "name" and each.name not in GROUPS}
    for group, switches in GROUPS.items():
        found |= {f"{group}.{each.name}": each for each in fields(switches)}
    return MappingProxyType(found)


def differences_from(default: Profile, profile: Profile) -> dict[str, object]:
    """The switches in which a profile differs, by name, with its own values."""
    return {
        name: value
        for name in switch_passports()
        if (value := attrgetter(name)(profile)) != attrgetter(name)(default)
    }
