"""Both systems take their own from any start: the small school, a district, an empty one, a world file."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import UTC, date, datetime
from itertools import count

import pytest

from simulator.canvas.roster import Roster as CanvasRoster
from simulator.canvas.roster import roster_of as canvas_roster_of
from simulator.ids import Ids
from simulator.schools import School, school_of
from simulator.schools.district import district_of
from simulator.schools.empty import empty_school_of
from simulator.schools.size import DistrictSize
from simulator.synergy.roster import Roster as SynergyRoster
from simulator.synergy.roster import roster_of
from tests.unit.schools.builders import the_school_in

DISTRICT = district_of(7, DistrictSize(schools=3, sections_per_school=12, students_per_section=4))
STARTS = {
    "school": school_of(7),
    "district": DISTRICT,
    "empty": empty_school_of(7),
    "file": the_school_in("{students: [Ada Lovelace], courses: [{name: Algebra 1}]}"),
}


def in_canvas(school: School) -> CanvasRoster:
    counters: defaultdict[str, Callable[[], int]] = defaultdict(lambda: count(1001).__next__)
    return canvas_roster_of(
        school, next_id=lambda kind: counters[kind](), now=datetime(2026, 9, 14, tzinfo=UTC)
    )


def in_synergy(school: School) -> SynergyRoster:
    return roster_of(school, Ids(7))


@pytest.fixture(params=list(STARTS.values()), ids=list(STARTS))
def school(request: pytest.FixtureRequest) -> School:
    found: School = request.param
    return found


def seats(school: School) -> int:
    return sum(len(course.students) for course in school.courses)


def test_canvas_has_every_place_and_a_token_for_every_teacher(school: School) -> None:
    roster = in_canvas(school)
    kinds = Counter(each.type for each in roster.enrollments)
    assert kinds["StudentEnrollment"] == seats(school)
    assert len(roster.teacher_ids) == len(school.teachers) > 0
    assert roster.admin_id in {user.id for user in roster.users}


def test_synergy_has_every_place_in_a_school_that_it_knows(school: School) -> None:
    roster = in_synergy(school)
    assert sum(each.role == "student" for each in roster.enrolments) == seats(school)
    schools = {each.guid for each in roster.organisations if each.kind == "school"}
    assert schools == {campus.guid for campus in school.campuses}
    assert {each.school_guid for each in roster.members} <= schools
    assert {each.school_guid for each in roster.classes} <= schools
    assert {each.school_guid for each in roster.courses} <= schools
    assert len({each.guid for each in roster.enrolments}) == len(roster.enrolments)


def test_synergy_puts_everybody_and_every_class_into_their_own_school() -> None:
    roster = in_synergy(DISTRICT)
    school_of_member = {each.guid: each.school_guid for each in roster.members}
    for campus in DISTRICT.campuses:
        assert {school_of_member[each.guid] for each in (*campus.teachers, *campus.students)} == {campus.guid}
    for each in roster.classes:
        assert school_of_member[each.teacher_guid] == each.school_guid


def test_the_schools_of_a_district_stand_under_it_with_an_abbreviation_of_their_own() -> None:
    district, *schools = in_synergy(DISTRICT).organisations
    assert (district.kind, district.identifier, district.parent_guid) == ("district", "VALLEY-OAK", "")
    assert [(each.identifier, each.parent_guid) for each in schools] == [
        ("VALLEY-OAK-HS", district.guid),
        ("CEDAR-HS", district.guid),
        ("MAPLE-HS", district.guid),
    ]


@pytest.mark.parametrize(
    ("district", "school", "identifiers"),
    [
        ("Riverside Unified School District", "Sierra Middle School", ["RIVERSIDE", "SIERRA-MS"]),
        ("School District", "P.S. 118", ["SCHOOL-DISTRICT", "P-S-118"]),
        ("Bezirk Köln", "北高校", ["BEZIRK-KÖLN", "北高校"]),
    ],
)
def test_an_organisation_is_abbreviated_from_its_name(
    district: str, school: str, identifiers: list[str]
) -> None:
    roster = in_synergy(the_school_in(f"{{district: {district}, school: {school}}}"))
    assert [each.identifier for each in roster.organisations] == identifiers


def test_an_organisation_without_a_letter_in_its_name_is_known_by_its_guid() -> None:
    roster = in_synergy(the_school_in("{district: '***', school: '!!!'}"))
    assert [each.identifier for each in roster.organisations] == [each.guid for each in roster.organisations]


def test_a_year_without_semesters_is_one_term_so_that_every_class_has_one() -> None:
    school = the_school_in(
        "{grading_periods: [{name: Q1, begins: 2026-09-01, ends: 2026-10-30}], courses: [{name: Algebra 1}]}"
    )
    roster = in_synergy(school)
    (term,) = (each for each in roster.sessions if each.kind == "term")
    (quarter,) = (each for each in roster.sessions if each.kind == "quarter")
    assert (
        (term.begins, term.ends)
        == (school.year_begins, school.year_ends)
        == (
            date(2026, 8, 17),
            date(2027, 6, 4),
        )
    )
    assert quarter.parent_guid == term.guid
    assert {each.term_guids for each in roster.classes} == {(term.guid,)}
