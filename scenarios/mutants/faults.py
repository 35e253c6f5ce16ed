"""Bugs in how the engine takes it when the systems misbehave."""

from contracts import catalogue
from scenarios.mutants import bends
from scenarios.mutants.mutant import Mutant

CLIENT = "sync_engine.oneroster.client"

MUTANTS = (
    Mutant(
        "log-in-page-believed",
        catalogue.SYNC_TRANSPORT_FAIL,
        "The engine takes a log-in page for the acknowledgement of a score.",
        f"{CLIENT}:_is_page",
        bends.finds_nothing,
        ("a_log_in_page_in_place_of_an_answer_is_no_acknowledgement",),
    ),
    Mutant(
        "first-reading-believed",
        catalogue.FIRST_SEND_CREATES,
        "The engine believes a list whose rows moved while it was read.",
        f"{CLIENT}:read_whole",
        bends.believes_first_reading,
        ("rows_that_shift_while_the_class_is_paged_lose_no_student",),
    ),
    Mutant(
        "busy-server-not-waited-for",
        catalogue.SCORE_SENT_ONCE,
        "The engine gives up at the first answer that it does not like.",
        "sync_engine.exchange:wait_before_next_try",
        bends.finds_nothing,
        (
            "a_synergy_that_is_not_ready_once_is_asked_again",
            "throttle_storms_of_both_systems_are_outlived",
            "a_synergy_that_restarts_in_the_middle_of_a_post_is_waited_for",
        ),
    ),
    Mutant(
        "token-kept-whatever-happens",
        catalogue.FIRST_SEND_CREATES,
        "The engine goes on with a token that Synergy refuses.",
        "sync_engine.oneroster.token:TokenSource.drop",
        bends.finds_nothing,
        ("a_token_that_ends_between_two_pages_is_renewed_and_no_page_is_lost",),
    ),
)
