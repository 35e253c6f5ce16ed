"""Assignment types in Synergy: a teacher's own, those that show as Hidden or Deleted, and what they weigh."""

from dataclasses import replace

from contracts import catalogue
from scenarios.script import scenario
from scenarios.stage import Stage
from simulator.profiles import KHSD
from sync_engine import RunStatus

DISTRICT_FIXES_TYPES = replace(KHSD, name="khsd, the district's types", district_types_locked=True)


@scenario(proves=(catalogue.HIDDEN_TYPE, catalogue.GROUP_NAME_MATCH))
async def a_type_that_the_class_does_not_use_shows_as_hidden(stage: Stage) -> None:
    """The quiz has a type of the teacher's own, and then the class is set to the district's types only.

    Its type shows "Hidden", and the next post finds no such type. "Add My Types To The District Types" brings
    both back.
    """
    await stage.gradebook.adds_type("Projects")
    await stage.canvas.sets_up_groups("Projects")
    project = await stage.canvas.has_graded("Ecosystem model", 9, group="Projects")
    await stage.sync.posts()
    await stage.synergy.shows(project, type="Projects")
    await stage.gradebook.sets_up(assignment_types_from="district")
    await stage.synergy.shows(project, type="Hidden")
    await stage.canvas.grades(project, 10)
    refused = await stage.sync.posts()
    stage.sync.refuses(refused, catalogue.GROUP_NAME_MATCH, about=project, naming="Projects")
    await stage.gradebook.sets_up(assignment_types_from="mine_and_district")
    await stage.synergy.shows(project, type="Projects")
    report = await stage.sync.posts()
    stage.sync.ends(report, RunStatus.COMPLETED)
    await stage.synergy.shows_score(project, stage.students[0], 10)


@scenario(proves=(catalogue.DELETED_TYPE, catalogue.GROUP_NAME_MATCH))
async def a_type_that_was_deleted_shows_as_deleted_until_another_is_chosen(stage: Stage) -> None:
    """The teacher deletes a type that a synced assignment has.

    It shows "Deleted". Unlock, choose another type, save, lock; and move the work in Canvas to the group of
    that name, or the next post finds no type.
    """
    await stage.gradebook.adds_type("Projects")
    await stage.canvas.sets_up_groups("Projects")
    project = await stage.canvas.has_graded("Ecosystem model", 9, group="Projects")
    await stage.sync.posts()
    await stage.gradebook.removes_type("Projects")
    await stage.synergy.shows(project, type="Deleted")
    await stage.synergy.unlocks(project)
    await stage.synergy.gives_type(project, "Homework", type_id=await stage.gradebook.type_id("Homework"))
    await stage.synergy.locks(project)
    await stage.synergy.shows(project, type="Homework")
    await stage.canvas.grades(project, 10)
    refused = await stage.sync.posts()
    stage.sync.refuses(refused, catalogue.GROUP_NAME_MATCH, about=project, naming="Projects")
    await stage.canvas.moves_to_group(project, "Homework")
    report = await stage.sync.posts()
    stage.sync.ends(report, RunStatus.COMPLETED)
    await stage.synergy.shows_score(project, stage.students[0], 10)


@scenario(proves=catalogue.TYPE_WEIGHTS_SUM_100)
async def weights_that_do_not_add_up_to_a_hundred_are_not_saved(stage: Stage) -> None:
    """A new type weighs nothing. Giving it ten percent takes ten from another, in the same save."""
    await stage.gradebook.adds_type("Projects")
    await stage.gradebook.cannot_weigh(Projects=10, because=catalogue.TYPE_WEIGHTS_SUM_100)
    await stage.gradebook.weighs(Projects=10, Tests=20)
    await stage.gradebook.cannot_weigh(Tests=30, because=catalogue.TYPE_WEIGHTS_SUM_100)


@scenario(proves=(catalogue.TYPE_WEIGHTS_SUM_100, catalogue.CROSSLIST_FANOUT), course="World History")
async def a_type_for_both_sections_lets_a_cross_listed_assignment_travel_to_both(stage: Stage) -> None:
    """World History is cross-listed, and a type that one of its classes lacks would be refused there.

    The teacher adds it with "Also apply to", and weighs it in both classes with one save. Weights that do not
    add up are saved in neither.
    """
    second, fourth = stage.sections
    await stage.gradebook.adds_type("Projects", also_in=fourth)
    await stage.gradebook.cannot_weigh(Projects=10, also_in=fourth, because=catalogue.TYPE_WEIGHTS_SUM_100)
    await stage.gradebook.weighs(Projects=10, Tests=20, also_in=fourth)
    await stage.canvas.sets_up_groups("Projects")
    model = await stage.canvas.creates("Silk Road model", group="Projects")
    await stage.canvas.grades_student(model, second.students[0], 9)
    await stage.canvas.grades_student(model, fourth.students[0], 7)
    report = await stage.sync.posts()
    stage.sync.ends(report, RunStatus.COMPLETED)
    await stage.synergy.shows(model, second, type="Projects")
    await stage.synergy.shows(model, fourth, type="Projects")
    await stage.synergy.shows_score(model, fourth.students[0], 7, section=fourth)


@scenario(proves=catalogue.TYPE_DISTRICT_LOCKED, profile=DISTRICT_FIXES_TYPES)
async def where_the_district_fixes_types_a_teacher_adds_none(stage: Stage) -> None:
    """The district has fixed types, weights and rounding.

    A teacher adds no type, leaves none out, changes no weight and rounds no other way; work travels all the
    same.
    """
    await stage.gradebook.cannot_add_type("Projects", because=catalogue.TYPE_DISTRICT_LOCKED)
    await stage.gradebook.cannot_weigh(Tests=20, Homework=30, because=catalogue.TYPE_DISTRICT_LOCKED)
    await stage.gradebook.cannot_set_up(assignment_types_from="mine", because=catalogue.TYPE_DISTRICT_LOCKED)
    await stage.gradebook.cannot_set_up(decimals=0, because=catalogue.TYPE_DISTRICT_LOCKED)
    quiz = await stage.canvas.has_graded("Cell quiz", 9)
    report = await stage.sync.posts()
    stage.sync.ends(report, RunStatus.COMPLETED)
    await stage.synergy.shows(quiz, type="Quizzes")
