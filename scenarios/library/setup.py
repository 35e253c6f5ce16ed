"""Part I and II of the district page: groups, weights, flags, and who takes part.

What the engine knows it refuses before it writes; what only Synergy can know, Synergy refuses, and the report
names the same rule.
"""

from dataclasses import replace

from contracts import catalogue
from scenarios.script import MATCHING_GROUPS, scenario
from scenarios.stage import Stage
from simulator.profiles import KHSD
from sync_engine import Policy, RunStatus

WANTS_DUE_DATES = replace(KHSD, name="khsd, due dates required", due_date_required=True)
NAMELESS_CATEGORIES = replace(
    KHSD, name="khsd, categories without their class", categories_name_their_class=False
)


@scenario(proves=catalogue.GROUP_NAME_MATCH, groups=())
async def groups_named_like_the_types_let_every_kind_of_work_travel(stage: Stage) -> None:
    """The teacher sets up one Canvas group for each Synergy type and weighs them alike.

    Work of each group arrives as its type; work left in a group without a type is refused.
    """
    await stage.canvas.sets_up_groups(*MATCHING_GROUPS)
    await stage.canvas.weights_groups(Classwork=20, Homework=20, Quizzes=20, Tests=30, Participation=10)
    quiz = await stage.canvas.has_graded("Cell quiz", 9, 7, group="Quizzes")
    essay = await stage.canvas.has_graded("Photosynthesis essay", 18, group="Homework", points=20)
    report = await stage.sync.posts()
    stage.sync.ends(report, RunStatus.COMPLETED)
    await stage.synergy.shows(quiz, type="Quizzes", points=10)
    await stage.synergy.shows(essay, type="Homework", points=20)
    lab = await stage.canvas.has_graded("Osmosis lab", 5, group="Assignments")
    second = await stage.sync.posts()
    stage.sync.refuses(second, catalogue.GROUP_NAME_MATCH, about=lab, naming="Assignments")


@scenario(proves=catalogue.GROUP_NAME_MATCH, groups=("Home Work", "Quizzes"))
async def a_group_that_is_spelled_otherwise_is_refused_and_the_remedy_works(stage: Stage) -> None:
    """The group is called "Home Work", the type "Homework".

    The report names the group and the types there are. Renaming the group is enough.
    """
    essay = await stage.canvas.has_graded("Photosynthesis essay", 18, group="Home Work", points=20)
    report = await stage.sync.posts()
    stage.sync.refuses(report, catalogue.GROUP_NAME_MATCH, about=essay, naming="Homework")
    await stage.synergy.has(essay, copies=0)
    await stage.canvas.renames_group("Home Work", to="Homework")
    await stage.sync.posts()
    await stage.synergy.shows(essay, type="Homework")
    await stage.synergy.shows_score(essay, stage.students[0], 18)


@scenario(proves=catalogue.GROUP_NAME_MATCH)
async def dragging_an_assignment_into_a_matching_group_makes_it_travel(stage: Stage) -> None:
    """The group "Assignments" is no Synergy type, so the quiz is refused.

    Dragged into Quizzes, it travels.
    """
    quiz = await stage.canvas.has_graded("Cell quiz", 9, group="Assignments")
    report = await stage.sync.posts()
    stage.sync.refuses(report, catalogue.GROUP_NAME_MATCH, about=quiz, naming="Assignments")
    await stage.canvas.moves_to_group(quiz, "Quizzes")
    again = await stage.sync.posts()
    stage.sync.ends(again, RunStatus.COMPLETED)
    await stage.synergy.shows(quiz, type="Quizzes")


@scenario(proves=catalogue.GROUP_NAME_MATCH)
async def a_type_that_is_removed_while_a_post_runs_is_refused_by_synergy_itself(stage: Stage) -> None:
    """The engine has read that the class has Quizzes, which weigh nothing; then another program removes them.

    Synergy says no and lists the types that are left, the report names the rule, and the assignment travels
    once it is in a group that has a type.
    """
    quiz = await stage.canvas.has_graded("Cell quiz", 9)
    essay = await stage.canvas.has_graded("Photosynthesis essay", 18, group="Homework", points=20)
    await stage.gradebook.weighs(Quizzes=0, Tests=50)
    stage.meanwhile(lambda: stage.other_program.removes_type("Quizzes"))
    report = await stage.sync.posts()
    stage.sync.refuses(report, catalogue.GROUP_NAME_MATCH, about=quiz, naming="Homework")
    stage.sync.ends(report, RunStatus.WARNING)
    await stage.synergy.has(quiz, copies=0)
    await stage.synergy.shows_score(essay, stage.students[0], 18)
    await stage.canvas.moves_to_group(quiz, "Tests")
    again = await stage.sync.posts()
    stage.sync.ends(again, RunStatus.COMPLETED)
    await stage.synergy.shows(quiz, type="Tests")


@scenario(proves=catalogue.GROUP_NAME_MATCH, profile=NAMELESS_CATEGORIES)
async def a_type_of_another_class_is_refused_by_synergy_itself(stage: Stage) -> None:
    """The district's categories do not say which class they are of, and each title is there several times.

    The engine takes the first of the name, which is another class's; Synergy does not.
    """
    quiz = await stage.canvas.has_graded("Cell quiz", 9)
    report = await stage.sync.posts()
    stage.sync.refuses(report, catalogue.GROUP_NAME_MATCH, about=quiz, naming="Cell quiz")
    await stage.synergy.has(quiz, copies=0)


@scenario(proves=(catalogue.GROUP_NAME_MATCH, catalogue.ZERO_POINTS_REJECTED), groups=())
async def the_defaults_of_a_new_assignment_are_a_trap_and_the_report_names_every_part_of_it(
    stage: Stage,
) -> None:
    """A new assignment lands in the group "Assignments", worth 0 points.

    Both are refused, and both are told at once.
    """
    quiz = await stage.canvas.creates_with_defaults("Cell quiz")
    await stage.canvas.grades(quiz, 9)
    report = await stage.sync.posts()
    stage.sync.refuses(report, catalogue.GROUP_NAME_MATCH, about=quiz)
    stage.sync.refuses(report, catalogue.ZERO_POINTS_REJECTED, about=quiz)
    stage.sync.wrote(report, 0)


@scenario(proves=catalogue.SYNC_FLAG_REQUIRED)
async def only_an_assignment_marked_to_sync_takes_part(stage: Stage) -> None:
    """Without the check mark an assignment stays in Canvas, and that is no error. With it, it travels."""
    quiz = await stage.canvas.creates("Cell quiz", sync=False)
    await stage.canvas.grades(quiz, 9, 7)
    report = await stage.sync.posts()
    stage.sync.says(report, catalogue.SYNC_FLAG_REQUIRED, about=quiz)
    stage.sync.ends(report, RunStatus.COMPLETED)
    stage.sync.wrote(report, 0)
    await stage.canvas.edits(quiz, post_to_sis=True)
    await stage.sync.posts()
    await stage.synergy.shows_score(quiz, stage.students[0], 9)


@scenario(proves=catalogue.NOT_GRADED_INELIGIBLE)
async def an_assignment_that_is_not_graded_cannot_be_marked_to_sync(stage: Stage) -> None:
    """Canvas takes the check mark off an assignment of the type "not graded".

    So nothing of it reaches Synergy.
    """
    survey = await stage.canvas.creates("Welcome survey", grading_type="not_graded")
    await stage.canvas.shows_sync_flag(survey, on=False)
    report = await stage.sync.posts()
    stage.sync.wrote(report, 0)
    await stage.synergy.has(survey, copies=0)


@scenario(proves=catalogue.PUBLISHED_REQUIRED)
async def an_unpublished_assignment_waits_until_it_is_published(stage: Stage) -> None:
    """An unpublished assignment is not sent although it is marked to sync."""
    quiz = await stage.canvas.has_graded("Cell quiz", 9)
    await stage.canvas.edits(quiz, published=False)
    report = await stage.sync.posts()
    stage.sync.says(report, catalogue.PUBLISHED_REQUIRED, about=quiz)
    stage.sync.wrote(report, 0)
    await stage.canvas.edits(quiz, published=True)
    await stage.sync.posts()
    await stage.synergy.shows_score(quiz, stage.students[0], 9)


@scenario(proves=catalogue.COURSE_MUST_BE_SIS_LINKED)
async def a_section_made_by_hand_is_refused_and_the_rostered_one_goes_on(stage: Stage) -> None:
    """A section that did not come from Synergy has nowhere to send to.

    The real section of the same course is not held up.
    """
    guest = await stage.admin.makes_section_by_hand("Lunch group")
    quiz = await stage.canvas.has_graded("Cell quiz", 9)
    await stage.canvas.grades_student(quiz, guest, 8)
    report = await stage.sync.posts()
    stage.sync.refuses(report, catalogue.COURSE_MUST_BE_SIS_LINKED, about=quiz, naming="Lunch group")
    await stage.synergy.shows_score(quiz, stage.students[0], 9)


@scenario(proves=catalogue.ASSIGN_TO_WHOLE, policy=Policy(single_students="refuse"))
async def what_is_for_single_students_is_refused_until_everyone_has_it(stage: Stage) -> None:
    """A retake for one student does not travel in such a district; assigned to everyone it does."""
    student = stage.students[0]
    quiz = await stage.canvas.creates("Cell quiz, retake")
    await stage.canvas.assigns_only_to(quiz, student)
    await stage.canvas.grades_student(quiz, student, 8)
    report = await stage.sync.posts()
    stage.sync.refuses(report, catalogue.ASSIGN_TO_WHOLE, about=quiz)
    await stage.synergy.has(quiz, copies=0)
    await stage.canvas.assigns_to_everyone(quiz)
    await stage.sync.posts()
    await stage.synergy.shows_score(quiz, student, 8)


@scenario(proves=catalogue.DUE_DATE_REQUIRED, policy=Policy(due_date="required"))
async def where_the_district_asks_for_a_due_date_an_assignment_without_one_is_refused(stage: Stage) -> None:
    """The district's policy requires due dates: the undated assignment is refused, the dated one travels."""
    undated = await stage.canvas.creates("Reading log", due_in=None, group="Homework")
    await stage.canvas.grades(undated, 9)
    dated = await stage.canvas.has_graded("Cell quiz", 7)
    report = await stage.sync.posts()
    stage.sync.refuses(report, catalogue.DUE_DATE_REQUIRED, about=undated)
    await stage.synergy.has(undated, copies=0)
    await stage.synergy.shows_score(dated, stage.students[0], 7)


@scenario(proves=catalogue.DUE_DATE_REQUIRED, profile=WANTS_DUE_DATES, policy=Policy(due_date="ignore"))
async def synergy_itself_refuses_an_assignment_without_a_due_date(stage: Stage) -> None:
    """The engine was not told that the district requires due dates, so Synergy says no.

    The report still names the rule; with a due date the assignment travels.
    """
    undated = await stage.canvas.creates("Reading log", due_in=None, group="Homework")
    await stage.canvas.grades(undated, 9)
    dated = await stage.canvas.has_graded("Cell quiz", 7)
    report = await stage.sync.posts()
    stage.sync.refuses(report, catalogue.DUE_DATE_REQUIRED, about=undated)
    await stage.synergy.has(undated, copies=0)
    await stage.synergy.shows_score(dated, stage.students[0], 7)
    await stage.canvas.edits(undated, due_at="2026-09-22T06:59:00Z")
    again = await stage.sync.posts()
    stage.sync.ends(again, RunStatus.COMPLETED)
    await stage.synergy.shows(undated, due_date="2026-09-21")


@scenario(proves=catalogue.STUDENT_NEEDS_SIS_ID)
async def a_student_added_by_hand_is_left_out_and_the_class_is_not(stage: Stage) -> None:
    """Synergy cannot know a student without an SIS id: that one score is refused, the others travel."""
    guest = await stage.admin.adds_student_by_hand("Robin Visitor")
    quiz = await stage.canvas.has_graded("Cell quiz", 9, 7)
    await stage.canvas.grades_student(quiz, guest, 10)
    report = await stage.sync.posts()
    stage.sync.says(report, catalogue.STUDENT_NEEDS_SIS_ID, about=quiz, student=guest)
    stage.sync.ends(report, RunStatus.WARNING)
    await stage.synergy.counts_scores(quiz, 2)


@scenario(proves=catalogue.STUDENT_NOT_IN_CLASS, course="Algebra 1")
async def a_student_who_is_not_in_the_synergy_class_gets_no_score_there(stage: Stage) -> None:
    """Canvas has the student already, Synergy's class does not.

    That score is refused with the reason, the others travel.
    """
    newcomer = stage.newcomer
    await stage.admin.enrolls(newcomer)
    quiz = await stage.canvas.has_graded("Slope quiz", 9, 7)
    await stage.canvas.grades_student(quiz, newcomer, 10)
    report = await stage.sync.posts()
    stage.sync.says(report, catalogue.STUDENT_NOT_IN_CLASS, about=quiz, student=newcomer)
    await stage.synergy.counts_scores(quiz, 2)


@scenario(proves=catalogue.STUDENT_NOT_IN_CLASS)
async def a_student_who_is_withdrawn_while_a_post_runs_is_refused_by_synergy_itself(stage: Stage) -> None:
    """The engine has read the class list; then the office takes a student out of the class.

    Synergy refuses that one score by the student's name, the others travel, and the report names the rule.
    """
    leaver, other = stage.students[:2]
    quiz = await stage.canvas.has_graded("Cell quiz", 9, 7)
    stage.meanwhile(lambda: stage.office.withdraws(leaver))
    report = await stage.sync.posts()
    stage.sync.says(report, catalogue.STUDENT_NOT_IN_CLASS, about=quiz, student=leaver)
    stage.sync.quotes(report, leaver.name, about=quiz)
    stage.sync.ends(report, RunStatus.WARNING)
    await stage.synergy.shows_score(quiz, other, 7)
    await stage.synergy.counts_scores(quiz, 1)


@scenario(proves=catalogue.CROSSLIST_FANOUT, course="World History")
async def a_cross_listed_course_writes_one_assignment_into_each_class(stage: Stage) -> None:
    """Two classes are taught as one Canvas course.

    Each class gets its own copy, with its own students' scores.
    """
    second_period, fourth_period = stage.sections
    essay = await stage.canvas.creates("Silk Road essay", group="Homework", points=20)
    await stage.canvas.grades_student(essay, second_period.students[0], 18)
    await stage.canvas.grades_student(essay, fourth_period.students[0], 15)
    report = await stage.sync.posts()
    stage.sync.says(report, catalogue.CROSSLIST_FANOUT, about=essay)
    await stage.synergy.has(essay, copies=1, section=second_period)
    await stage.synergy.has(essay, copies=1, section=fourth_period)
    await stage.synergy.shows_score(essay, second_period.students[0], 18, section=second_period)
    await stage.synergy.shows_score(essay, fourth_period.students[0], 15, section=fourth_period)
    await stage.synergy.counts_scores(essay, 1, section=second_period)
