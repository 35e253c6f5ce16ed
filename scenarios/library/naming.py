"""The errors of FAQ 2 that lie in an assignment's name and points.

Each is met twice: by the engine, which knows the district's limits, and by Synergy, where the district never
told the engine.
"""

from dataclasses import replace

from contracts import catalogue
from scenarios.script import scenario
from scenarios.stage import Stage
from sync_engine import Policy, RunStatus

LONG_NAME = "Chapter 3 Section 2 Guided Reading and Vocabulary Quiz"
"""54 characters; the default profile keeps 50."""

LET_SYNERGY_JUDGE = Policy(name_length_max=None, name_forbidden_characters=None, check_points=False)
"""A district that never told the engine what Synergy takes."""


@scenario(proves=catalogue.NAME_TOO_LONG)
async def a_name_that_is_too_long_is_refused_and_a_shorter_one_travels(stage: Stage) -> None:
    """The report says how long the name is and how long it may be; nothing is written.

    Shortened, it travels.
    """
    quiz = await stage.canvas.has_graded(LONG_NAME, 9)
    report = await stage.sync.posts()
    stage.sync.refuses(report, catalogue.NAME_TOO_LONG, about=quiz, naming="50")
    stage.sync.wrote(report, 0)
    await stage.canvas.edits(quiz, name="Chapter 3.2 Quiz")
    await stage.sync.posts()
    await stage.synergy.shows(quiz, name="Chapter 3.2 Quiz")
    await stage.synergy.shows_score(quiz, stage.students[0], 9)


@scenario(proves=catalogue.NAME_TOO_LONG)
async def a_name_of_just_the_length_that_synergy_keeps_travels(stage: Stage) -> None:
    """The limit itself is allowed: a name of 50 characters arrives whole."""
    quiz = await stage.canvas.has_graded(LONG_NAME[:50], 9)
    report = await stage.sync.posts()
    stage.sync.ends(report, RunStatus.COMPLETED)
    await stage.synergy.shows(quiz, name=LONG_NAME[:50])
    longer = await stage.canvas.has_graded(LONG_NAME[:51], 9)
    second = await stage.sync.posts()
    stage.sync.refuses(second, catalogue.NAME_TOO_LONG, about=longer)


@scenario(proves=catalogue.NAME_TOO_LONG, policy=LET_SYNERGY_JUDGE)
async def synergy_itself_refuses_a_name_that_is_too_long(stage: Stage) -> None:
    """The engine does not know the limit, so Synergy says no, and the report still names the rule."""
    quiz = await stage.canvas.has_graded(LONG_NAME, 9)
    report = await stage.sync.posts()
    stage.sync.refuses(report, catalogue.NAME_TOO_LONG, about=quiz)
    await stage.synergy.has(quiz, copies=0)


@scenario(proves=catalogue.NAME_SPECIAL_CHARS)
async def a_name_with_special_characters_is_refused_and_a_plain_one_travels(stage: Stage) -> None:
    """The report shows the very characters. Renamed, the assignment travels."""
    quiz = await stage.canvas.has_graded("Newton's laws & <forces>", 9)
    report = await stage.sync.posts()
    stage.sync.refuses(report, catalogue.NAME_SPECIAL_CHARS, about=quiz, naming="&")
    stage.sync.wrote(report, 0)
    await stage.canvas.edits(quiz, name="Newton laws and forces")
    await stage.sync.posts()
    await stage.synergy.shows_score(quiz, stage.students[0], 9)


@scenario(proves=catalogue.NAME_SPECIAL_CHARS, policy=LET_SYNERGY_JUDGE)
async def synergy_itself_refuses_a_name_with_special_characters(stage: Stage) -> None:
    """The engine does not know the characters, so Synergy says no, and the report still names the rule."""
    quiz = await stage.canvas.has_graded("Acids & bases", 9)
    report = await stage.sync.posts()
    stage.sync.refuses(report, catalogue.NAME_SPECIAL_CHARS, about=quiz)
    await stage.synergy.has(quiz, copies=0)


@scenario(proves=catalogue.NAME_NOT_UNIQUE, policy=Policy(same_names="refuse"))
async def two_assignments_of_one_name_are_refused_until_one_is_renamed(stage: Stage) -> None:
    """Neither travels, since nobody could tell them apart; a third that is not marked to sync does not count.

    With another name for one of them both travel.
    """
    first = await stage.canvas.has_graded("Exit ticket", 9)
    second = await stage.canvas.has_graded("Exit ticket", 4)
    await stage.canvas.creates("Warm up", sync=False)
    third = await stage.canvas.has_graded("Warm up", 5)
    report = await stage.sync.posts()
    stage.sync.refuses(report, catalogue.NAME_NOT_UNIQUE, about=first)
    stage.sync.refuses(report, catalogue.NAME_NOT_UNIQUE, about=second)
    await stage.synergy.has(first, copies=0)
    await stage.synergy.has(third, copies=1)
    await stage.canvas.edits(second, name="Exit ticket, Tuesday")
    await stage.sync.posts()
    await stage.synergy.shows_score(first, stage.students[0], 9)
    await stage.synergy.shows_score(replace(second, name="Exit ticket, Tuesday"), stage.students[0], 4)


@scenario(proves=catalogue.ZERO_POINTS_REJECTED)
async def an_assignment_worth_nothing_is_refused_until_it_has_points(stage: Stage) -> None:
    """Zero points is an error; with points it travels."""
    quiz = await stage.canvas.has_graded("Practice quiz", 9, points=0)
    report = await stage.sync.posts()
    stage.sync.refuses(report, catalogue.ZERO_POINTS_REJECTED, about=quiz)
    stage.sync.wrote(report, 0)
    await stage.canvas.edits(quiz, points_possible=10)
    await stage.sync.posts()
    await stage.synergy.shows(quiz, points=10)
    await stage.synergy.shows_score(quiz, stage.students[0], 9)


@scenario(proves=catalogue.ZERO_POINTS_REJECTED, policy=LET_SYNERGY_JUDGE)
async def synergy_itself_refuses_an_assignment_worth_nothing(stage: Stage) -> None:
    """The engine does not look at the points, so Synergy says no, and the report still names the rule."""
    quiz = await stage.canvas.has_graded("Practice quiz", 9, points=0)
    report = await stage.sync.posts()
    stage.sync.refuses(report, catalogue.ZERO_POINTS_REJECTED, about=quiz)
    await stage.synergy.has(quiz, copies=0)


@scenario(
    proves=(
        catalogue.SYNC_PARTIAL,
        catalogue.GROUP_NAME_MATCH,
        catalogue.NAME_TOO_LONG,
        catalogue.ZERO_POINTS_REJECTED,
    )
)
async def four_bad_assignments_do_not_stop_a_good_one(stage: Stage) -> None:
    """Wrong group, long name, special characters, zero points.

    Each is refused by its rule, and the good one arrives.
    """
    lost = await stage.canvas.has_graded("Field trip report", 8, group="Assignments")
    long = await stage.canvas.has_graded(LONG_NAME, 8)
    odd = await stage.canvas.has_graded("Acids & bases", 8)
    worthless = await stage.canvas.has_graded("Practice quiz", 8, points=0)
    good = await stage.canvas.has_graded("Cell quiz", 9)
    report = await stage.sync.posts()
    stage.sync.refuses(report, catalogue.GROUP_NAME_MATCH, about=lost)
    stage.sync.refuses(report, catalogue.NAME_TOO_LONG, about=long)
    stage.sync.refuses(report, catalogue.NAME_SPECIAL_CHARS, about=odd)
    stage.sync.refuses(report, catalogue.ZERO_POINTS_REJECTED, about=worthless)
    stage.sync.ends(report, RunStatus.WARNING)
    stage.sync.wrote(report, 2)
    await stage.synergy.shows_score(good, stage.students[0], 9)
