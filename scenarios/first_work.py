"""What the teachers of a fresh school have graded already, so that a first sync has something to carry.

What lives here: a little work in a few courses, done over Canvas's REST API as the teachers would. Most of it
travels; some does not, each for a reason that a newcomer soon meets.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import httpx2

from simulator.doors import CanvasDoor

COURSES_MAX = 6
"""So many courses have work; in a big district the others have none yet."""
STUDENTS_MAX = 100
"""So many students of a course are graded, which is one page of Canvas's list."""
DUE_IN = timedelta(days=4)


@dataclass(frozen=True, slots=True)
class Work:
    """An assignment, and whom of the class it was graded for: every one, every second one; 0 is nobody."""

    name: str
    group: str
    points: int
    sync: bool = True
    graded_every: int = 1


WORK = (
    Work("Chapter 1 quiz", "Quizzes", 10),
    Work("Unit 1 test", "Tests", 50, graded_every=2),
    Work("Chapter 2 homework", "Homework", 5, graded_every=0),
    Work("Warm-up", "Participation", 3, sync=False),
)
"""In every course: two that travel, one that nobody has a score of yet, one that is not marked to sync."""

UNMATCHED = Work("Museum visit", "Field trips", 20, graded_every=3)
"""In a cross-listed course as well: Synergy has no assignment type of this name, so it is refused."""


async def grade_first_work(canvas: CanvasDoor, now: datetime, *, types: tuple[str, ...] = ()) -> int:
    """Have the teachers create and grade it.

    Args:
        canvas: Where, and as whom.
        now: The world's present instant; everything is due some days later.
        types: The assignment types of the school. Work whose group is none of them gets one of theirs, in
            turn, so that it travels in a school of the reader's own too.

    Returns:
        In how many courses there is work now.
    """
    done = 0
    async with httpx2.AsyncClient(base_url=f"{canvas.url}/api/v1") as client:
        for teacher in canvas.teachers:
            client.headers["authorization"] = f"Bearer {teacher.token}"
            courses = await _must(client, "GET", "/courses?per_page=100")
            for course in courses[: COURSES_MAX - done]:
                await _work_in(client, f"/courses/{course['id']}", now + DUE_IN, types)
                done += 1
            if done == COURSES_MAX:
                break
    return done


async def _work_in(client: httpx2.AsyncClient, course: str, due_at: datetime, types: tuple[str, ...]) -> None:
    sections = await _must(client, "GET", f"{course}/sections")
    students = await _students_of(client, course)
    works = tuple(_of_a_type(work, number, types) for number, work in enumerate(WORK))
    for work in (*works, UNMATCHED) if len(sections) > 1 else works:
        assignment = await _create(client, course, work, due_at)
        graded = students[:: work.graded_every] if work.graded_every else []
        for place, student in enumerate(graded):
            score = work.points - place % min(work.points, 4)
            await _must(
                client,
                "PUT",
                f"{course}/assignments/{assignment}/submissions/{student}",
                {"submission": {"posted_grade": str(score)}},
            )


def _of_a_type(work: Work, number: int, types: tuple[str, ...]) -> Work:
    return replace(work, group=types[number % len(types)]) if types and work.group not in types else work


async def _create(client: httpx2.AsyncClient, course: str, work: Work, due_at: datetime) -> str:
    groups = await _must(client, "GET", f"{course}/assignment_groups?per_page=100")
    group = next((each for each in groups if each["name"] == work.group), None) or await _must(
        client, "POST", f"{course}/assignment_groups", {"name": work.group}
    )
    made = await _must(
        client,
        "POST",
        f"{course}/assignments",
        {
            "assignment": {
                "name": work.name,
                "assignment_group_id": group["id"],
                "points_possible": work.points,
                "due_at": due_at.isoformat(),
                "published": True,
                "post_to_sis": work.sync,
            }
        },
    )
    return str(made["id"])


async def _students_of(client: httpx2.AsyncClient, course: str) -> list[str]:
    path = f"{course}/enrollments?type[]=StudentEnrollment&per_page={STUDENTS_MAX}"
    enrollments = await _must(client, "GET", path)
    return [str(user) for user in dict.fromkeys(each["user_id"] for each in enrollments)]


async def _must(client: httpx2.AsyncClient, method: str, path: str, body: object = None) -> Any:  # noqa: ANN401 - JSON
    answer = await client.request(method, path, json=body)
    answer.raise_for_status()
    return answer.json()
