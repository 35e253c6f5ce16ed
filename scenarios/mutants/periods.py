"""Bugs in what grading periods show, which of them are open, and what a closed one keeps out."""

from contracts import catalogue
from scenarios.mutants import bends
from scenarios.mutants.mutant import Mutant

MUTANTS = (
    Mutant(
        "closed-period-written",
        catalogue.GP_CLOSED_WRITE,
        "Synergy takes a score for a closed grading period although its district refuses them.",
        "simulator.synergy.rules:the_periods_are_open",
        bends.never_refuses(catalogue.GP_CLOSED_WRITE),
        ("a_score_for_a_closed_grading_period_is_refused_until_the_office_opens_it",),
    ),
    Mutant(
        "period-never-closes",
        catalogue.GP_CLOSED_WRITE,
        "A grading period stays open after its last day.",
        "simulator.synergy.store:GradebookStore.close_period",
        bends.answers(None),
        ("a_score_for_a_closed_grading_period_is_refused_until_the_office_opens_it",),
    ),
    Mutant(
        "closed-period-typed-into",
        catalogue.GP_CLOSED_EDIT,
        "Synergy lets a teacher work in a closed grading period although its district does not.",
        "simulator.synergy.rules:the_teacher_may_edit_them",
        bends.never_refuses(catalogue.GP_CLOSED_EDIT),
        ("a_teacher_types_nothing_into_a_closed_grading_period_until_the_office_opens_it",),
    ),
    Mutant(
        "several-periods-open",
        catalogue.GP_TYPES,
        "A grading period stays open when another one opens.",
        "simulator.synergy.windows:closed_by_opening",
        bends.answers(()),
        ("where_one_grading_period_is_open_at_a_time_opening_one_closes_the_other",),
    ),
    Mutant(
        "no-period-follows",
        catalogue.GP_TYPES,
        "After the end of a grading period none is open.",
        "simulator.synergy.windows:opened_after",
        bends.answers(None),
        ("where_one_grading_period_is_open_at_a_time_opening_one_closes_the_other",),
    ),
    Mutant(
        "progress-is-for-grading",
        catalogue.GP_TYPES,
        "A Progress period is shown as one of type Grading.",
        "simulator.synergy.model:Session.period_type",
        bends.becomes("Grading"),
        ("progress_and_grading_periods_have_end_dates_and_windows",),
    ),
    Mutant(
        "end-date-closes-whatever-the-office-does",
        catalogue.GP_TYPES,
        "A window closes on its end date although its district leaves that to the office.",
        "simulator.synergy.office:end_period",
        bends.asks("close_period"),
        ("where_the_office_turns_the_windows_an_end_date_alone_closes_nothing",),
    ),
    Mutant(
        "one-period-is-enough",
        catalogue.GP_BY_DUE_DATE_COMPUTE,
        "A new assignment is put into the first grading period that holds its due date, and into no other.",
        "simulator.synergy.ticking:grading_periods_for",
        bends.only_the_first,
        ("an_assignment_is_in_every_grading_period_that_holds_its_due_date",),
    ),
    Mutant(
        "moved-due-date-unseen",
        catalogue.GP_BY_DUE_DATE_COMPUTE,
        "An assignment stays in its grading periods although its due date has left them.",
        "simulator.synergy.ticking:ticks_stay",
        bends.answers(value=True),
        ("a_due_date_that_moves_out_of_progress_takes_the_assignment_along",),
    ),
    Mutant(
        "setting-moves-old-work",
        catalogue.GP_DEFAULT_DUE_DATE,
        "The setting for new assignments moves old ones too, as soon as they are sent again.",
        "simulator.synergy.ticking:ticks_stay",
        bends.answers(value=False),
        ("the_class_setting_puts_new_work_where_it_belongs_and_mends_nothing_old",),
    ),
    Mutant(
        "every-period-shown",
        catalogue.GP_DISAPPEAR_ON_SWITCH,
        "The gradebook shows assignments of other grading periods too.",
        "simulator.synergy.teacher:open_gradebook",
        bends.shows_every_assignment,
        ("what_is_in_progress_only_disappears_when_the_quarter_is_on_show",),
    ),
    Mutant(
        "canvas-opens-with-all-periods",
        catalogue.GP_CANVAS_FILTER,
        "Canvas's gradebook opens with all grading periods.",
        "simulator.canvas.opened_book:period_at_first",
        bends.answers(0),
        ("canvas_shows_its_current_grading_period_alone_until_all_are_chosen",),
    ),
)
