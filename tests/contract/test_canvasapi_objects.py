"""`canvasapi` with arguments of every kind: what its objects carry, and as what it raises each refusal.

What bites: it makes an attribute of each key of the JSON, so a key that is missing is an AttributeError much
later, in somebody else's code.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import TypeAlias
from zoneinfo import ZoneInfo

import pytest
from canvasapi.exceptions import BadRequest, Forbidden, ResourceDoesNotExist, UnprocessableEntity

from simulator.profiles import KHSD
from simulator.testing.world import WorldInTest
from tests.contract.their_canvas import Theirs, the_course, the_students, their_canvas

Read: TypeAlias = Callable[[Theirs, Theirs], object]

ZONE = ZoneInfo(KHSD.time_zone)
DUE_AT = datetime(2026, 9, 18, 20, tzinfo=UTC)
COURSE = """
    id name course_code account_id root_account_id start_at end_at default_view enrollment_term_id is_public
    grading_standard_id uuid public_syllabus public_syllabus_to_auth is_public_to_auth_users storage_quota_mb
    hide_final_grades apply_assignment_group_weights calendar time_zone workflow_state enrollments
    sis_course_id restrict_enrollments_to_course_dates integration_id created_at friendly_name license
    blueprint template grade_passback_setting homeroom_course course_color overridden_course_visibility
"""
SECTION = """
    id name course_id nonxlist_course_id start_at end_at restrict_enrollments_to_section_dates sis_section_id
    sis_course_id integration_id sis_import_id created_at
"""
ENROLLMENT = """
    id root_account_id user_id course_id course_section_id associated_user_id updated_at created_at start_at
    limit_privileges_to_course_section end_at type enrollment_state role role_id last_activity_at
    last_attended_at total_activity_time sis_import_id grades sis_account_id sis_course_id sis_section_id
    course_integration_id section_integration_id sis_user_id html_url user
"""
USER = "id name created_at sortable_name short_name sis_user_id integration_id"
GROUP = "id name position group_weight sis_source_id integration_data rules"
ASSIGNMENT = """
    id course_id name description position points_possible grading_type created_at updated_at due_at lock_at
    unlock_at assignment_group_id peer_reviews anonymous_peer_reviews automatic_peer_reviews post_to_sis
    intra_group_peer_reviews grade_group_students_individually group_category_id grading_standard_id
    moderated_grading hide_in_gradebook omit_from_final_grade anonymous_instructor_annotations
    anonymous_grading anonymize_students allowed_attempts annotatable_attachment_id final_grader_id
    grader_count graders_anonymous_to_graders grader_comments_visible_to_graders secure_params lti_context_id
    grader_names_visible_to_final_grader submission_types has_submitted_submissions due_date_required
    max_name_length in_closed_grading_period graded_submissions_exist is_quiz_assignment can_duplicate
    original_course_id original_assignment_id original_assignment_name original_lti_resource_link_id
    original_quiz_id workflow_state important_dates muted html_url has_overrides needs_grading_count
    sis_assignment_id integration_id integration_data published unpublishable only_visible_to_overrides
    visible_to_everyone locked_for_user submissions_download_url post_manually require_lockdown_browser
    restrict_quantitative_data
"""
SUBMISSION = """
    id user_id url score grade excused attempt submission_type submitted_at body assignment_id graded_at
    grade_matches_current_submission grader_id workflow_state late_policy_status points_deducted
    grading_period_id cached_due_date extra_attempts posted_at redo_request sticker custom_grade_status_id
    late missing seconds_late entered_grade entered_score preview_url
"""
PROGRESS = """
    id context_id context_type user_id tag completion workflow_state created_at updated_at message url
"""
EVENT = """
    id created_at event_type grade_before grade_after excused_before excused_after graded_anonymously
    version_number links
"""
VERSION = SUBMISSION + "grader assignment_name user_name current_grade current_graded_at current_grader"
LATE_POLICY = """
    id missing_submission_deduction_enabled missing_submission_deduction late_submission_deduction_enabled
    late_submission_deduction late_submission_interval late_submission_minimum_percent_enabled
    late_submission_minimum_percent
"""


def graded_together(course: Theirs, quiz: Theirs) -> Theirs:
    return quiz.submissions_bulk_update(grade_data={the_students(course)[1].id: {"posted_grade": 7}}).query()


OBJECTS: dict[str, tuple[str, Read]] = {
    "course": (COURSE, lambda course, _quiz: course),
    "section": (SECTION, lambda course, _quiz: course.get_sections()[0]),
    "enrollment": (ENROLLMENT, lambda course, _quiz: course.get_enrollments(type=["StudentEnrollment"])[0]),
    "user": (USER, lambda course, _quiz: the_students(course)[0]),
    "assignment group": (GROUP, lambda course, _quiz: course.get_assignment_groups()[0]),
    "assignment": (ASSIGNMENT, lambda course, quiz: course.get_assignment(quiz.id)),
    "submission": (SUBMISSION, lambda course, quiz: quiz.get_submission(the_students(course)[0])),
    "submission of many": (
        SUBMISSION,
        lambda course, _quiz: course.get_multiple_submissions(student_ids=["all"])[0],
    ),
    "progress": (PROGRESS, graded_together),
    "grade change": (EVENT, lambda course, _quiz: course.get_grade_change_events()[0]),
    "version": (VERSION, lambda course, _quiz: course.get_uncollated_submissions()[0]),
    "late policy": (LATE_POLICY, lambda course, _quiz: course.create_late_policy(late_policy={"a": 1})),
}


@pytest.fixture
def canvas(world: WorldInTest) -> Iterator[Theirs]:
    """Canvas, as its administrator has it."""
    with their_canvas(world) as client:
        yield client


@pytest.fixture
def course(world: WorldInTest) -> Iterator[Theirs]:
    """Algebra, as its teacher has it."""
    with their_canvas(world, world.canvas.teacher_token) as client:
        yield the_course(client, world)


@pytest.fixture
def quiz(course: Theirs) -> Theirs:
    """One with a grade on it."""
    wanted = {"name": "Quiz 1", "points_possible": 10, "published": True, "due_at": DUE_AT}
    made = course.create_assignment(wanted)
    made.get_submission(the_students(course)[0]).edit(submission={"posted_grade": 9})
    return made


@pytest.mark.parametrize("kind", OBJECTS)
def test_an_object_carries_what_canvas_sends(course: Theirs, quiz: Theirs, kind: str) -> None:
    names, read = OBJECTS[kind]
    carried = vars(read(course, quiz))
    assert [each for each in names.split() if each not in carried] == []


class TestLists:
    def test_are_cut_like_lists(self, course: Theirs, quiz: Theirs) -> None:
        rows = [each.id for each in quiz.get_submissions()]
        assert [each.id for each in quiz.get_submissions()[2:5]] == rows[2:5]
        assert quiz.get_submissions()[3].id == rows[3]
        mass = course.get_multiple_submissions(student_ids="all", assignment_ids=[quiz.id])
        assert [each.id for each in mass[2:5]] == rows[2:5]

    def test_of_students_and_of_rows_are_those_of_one_section_too(self, course: Theirs, quiz: Theirs) -> None:
        (section,) = course.get_sections(include=["students", "enrollments", "total_students"])
        assert section.total_students == len(section.students)
        assert section.students[0]["enrollments"][0]["course_section_id"] == section.id
        by_student = section.get_multiple_submissions(
            student_ids=["all"], grouped=True, include=["total_scores"]
        )
        graded = [each for each in by_student if each.computed_current_score is not None]
        assert [(each.section_id, each.submissions[0].score) for each in graded] == [(section.id, 9.0)]
        assert graded[0].submissions[0].assignment_id == quiz.id

    def test_of_rows_include_what_is_asked_for(self, course: Theirs, quiz: Theirs, canvas: Theirs) -> None:
        wanted = [
            "user", "course", "assignment", "group", "visibility", "read_state", "submission_history",
            "submission_comments", "rubric_assessment", "submission_status", "grading_status",
        ]  # fmt: skip
        (row,) = course.get_multiple_submissions(student_ids=[the_students(course)[0].id], include=wanted)
        assert (row.user["id"], row.course["id"], row.assignment["id"]) == (row.user_id, course.id, quiz.id)
        assert (row.group, row.assignment_visible, row.read_state) == (
            {"id": None, "name": None},
            True,
            "read",
        )
        assert (len(row.submission_history), row.submission_comments) == (1, [])
        assert (row.submission_status, row.grading_status) == ("unsubmitted", "graded")
        assert not hasattr(row, "rubric_assessment")
        theirs = canvas.get_course(course.id).get_assignment(quiz.id).get_submission(row.user_id)
        assert len(theirs.anonymous_id) == 5

    def test_take_moments_with_a_zone_and_without(
        self, course: Theirs, quiz: Theirs, world: WorldInTest
    ) -> None:
        now = world.clock.now()
        for since, found in ((now, 1), (now + timedelta(seconds=1), 0)):
            for moment in (since, since.astimezone(ZONE), since.astimezone(ZONE).replace(tzinfo=None)):
                rows = course.get_multiple_submissions(student_ids="all", graded_since=moment)
                assert len(list(rows)) == found
        assert quiz.due_at_date == DUE_AT


class TestOverridesInAList:
    def test_are_two_where_a_plain_key_comes_first(self, course: Theirs) -> None:
        first, second = (each.id for each in the_students(course)[:2])
        wanted = [{"title": "A", "student_ids": [first]}, {"title": "B", "student_ids": [second]}]
        made = course.create_assignment({"name": "Quiz", "assignment_overrides": wanted})
        assert [(each.title, each.student_ids) for each in made.get_overrides()] == [
            ("A", [first]),
            ("B", [second]),
        ]

    def test_lose_the_students_of_the_second_to_the_first_where_a_list_comes_first(
        self, course: Theirs
    ) -> None:
        """To Rack a list is never there already, so it goes on until a plain key repeats."""
        first, second = (each.id for each in the_students(course)[:2])
        wanted = [{"student_ids": [first], "title": "A"}, {"student_ids": [second], "title": "B"}]
        with pytest.raises(BadRequest, match="one of student_ids, group_id, or course_section_id"):
            course.create_assignment({"name": "Quiz", "assignment_overrides": wanted})

    def test_with_other_keys_arrive_as_one(self, course: Theirs) -> None:
        (section,) = course.get_sections()
        wanted = [{"course_section_id": section.id, "due_at": DUE_AT}, {"title": "B"}]
        made = course.create_assignment({"name": "Quiz", "assignment_overrides": wanted})
        (override,) = made.get_overrides()
        assert (override.course_section_id, override.due_at_date) == (section.id, DUE_AT)


class TestAStudent:
    def test_reads_the_course_its_assignments_and_what_is_theirs(
        self, canvas: Theirs, course: Theirs, quiz: Theirs
    ) -> None:
        course.create_assignment({"name": "Draft"})
        student, other = the_students(course)[:2]
        me = {"as_user_id": student.id}
        theirs = canvas.get_course(course.id, **me)
        assert (theirs.name, hasattr(theirs, "sis_course_id")) == (course.name, False)
        (read,) = theirs.get_assignments(include=["submission"], **me)
        assert (read.id, read.submission["score"], hasattr(read, "sis_assignment_id")) == (
            quiz.id,
            9.0,
            False,
        )
        (group,) = theirs.get_assignment_groups(include=["assignments", "submission"], **me)
        assert [each["submission"]["grade"] for each in group.assignments] == ["9"]
        states = [read.get_submission(student, include=["read_state"], **me).read_state for _ in range(2)]
        assert states == ["unread", "read"]
        for denied in (
            lambda: read.get_submission(other, **me),
            lambda: list(read.get_submissions(**me)),
            lambda: read.edit(assignment={"name": "Mine"}, **me),
        ):
            with pytest.raises(Forbidden):
                denied()

    def test_has_courses(self, canvas: Theirs, course: Theirs) -> None:
        student = canvas.get_user(the_students(course)[0].id)
        assert course.id in [each.id for each in student.get_courses()]
        assert course.id in [each.id for each in canvas.get_courses(as_user_id=student.id)]
        assert [each.id for each in canvas.get_current_user().get_courses()] == []


@pytest.mark.parametrize(
    ("ask", "kind"),
    [
        (lambda course, _quiz: course.create_assignment({"name": "Q", "points_possible": "x"}), BadRequest),
        (lambda course, _quiz: list(course.get_enrollments(grading_period_id=99)), BadRequest),
        (lambda course, _quiz: course.get_assignment_groups()[0].edit(integration_data="x"), BadRequest),
        (lambda _course, quiz: quiz.submissions_bulk_update(grade_data={}), BadRequest),
        (lambda course, _quiz: list(course.get_multiple_submissions(assignment_ids=[9])), Forbidden),
        (lambda _course, quiz: list(quiz.get_grade_change_events()), Forbidden),
        (lambda course, _quiz: course.get_assignment(99), ResourceDoesNotExist),
        (lambda course, _quiz: course.get_late_policy(), ResourceDoesNotExist),
        (
            lambda course, _quiz: course.create_late_policy(late_policy={"late_submission_interval": "year"}),
            UnprocessableEntity,
        ),
        (
            lambda course, quiz: quiz.get_submission(the_students(course)[0]).edit(
                submission={"late_policy_status": "early"}
            ),
            UnprocessableEntity,
        ),
    ],
)
def test_a_refusal_is_raised_as_what_it_is(
    course: Theirs, quiz: Theirs, ask: Read, kind: type[Exception]
) -> None:
    with pytest.raises(kind) as raised:
        ask(course, quiz)
    assert type(raised.value) is kind
