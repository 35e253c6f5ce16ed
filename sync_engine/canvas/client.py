"""Reads one course from Canvas. It only ever reads.

What lives here: requests, paging, and what each bad answer means. What bites: a short page is not the last
one (Canvas filters rows after it has cut the page), so only the missing `next` link ends a list.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from sync_engine.canvas import wire
from sync_engine.domain.snapshot import CanvasBook, Course, CourseListing, Section
from sync_engine.errors import AccessRefusedError, NotFoundError, SystemFaultError
from sync_engine.exchange import Exchange
from sync_engine.links import PAGES_MAX, next_page, too_many_pages
from sync_engine.ports import Answer, Request
from sync_engine.whole_lists import ListRead, read_whole

Item = TypeVar("Item")
Shape = TypeVar("Shape")
Params = Sequence[tuple[str, str]]

_SYSTEM = "Canvas"


class CanvasClient:
    """One Canvas, one token."""

    def __init__(self, url: str, token: str, exchange: Exchange) -> None:
        self._api = f"{url}/api/v1"
        self._headers = {"Authorization": f"Bearer {token}", "Accept": "application/json"}
        self._exchange = exchange

    async def check(self) -> None:
        """Enter, and look at one's own courses; change nothing.

        Raises:
            SystemFaultError: If that is not possible.
        """
        _read(wire.COURSES, await self._get(f"{self._api}/courses", (("per_page", "1"),)), "the courses")

    async def course(self, course_id: str) -> Course:
        """One course.

        Raises:
            NotFoundError: If there is none that this token may see.
            SystemFaultError: If Canvas cannot be used.
        """
        if not course_id.isdecimal():
            # The id becomes part of an address, so what is no number might lead elsewhere.
            words = f'"{course_id}" is no id of a Canvas course; those are numbers.'
            raise NotFoundError(words, "List those that the token can see.")
        try:
            answer = await self._get(f"{self._api}/courses/{course_id}")
        except NotFoundError as error:
            raise NotFoundError(
                f"Canvas has no course {course_id} that this token can see.",
                "List those that it can see, or use the token of the course's teacher.",
            ) from error
        return _read(wire.COURSE, answer, "the course").course()

    async def courses(self) -> tuple[CourseListing, ...]:
        """All courses that the token can see, with their sections."""
        found = [each.course() for each in await self._list("/courses", wire.COURSES)]
        return tuple([CourseListing(each.id, each.name, await self.sections(each.id)) for each in found])

    async def sections(self, course_id: str) -> tuple[Section, ...]:
        """The sections of a course."""
        found = await self._list(f"/courses/{course_id}/sections", wire.SECTIONS)
        return tuple(each.section() for each in found)

    async def book(self, course_id: str) -> CanvasBook:
        """Everything that a run needs to know of one course."""
        course = await self.course(course_id)
        home = f"/courses/{course_id}"
        sections = await self.sections(course_id)
        people = [("type[]", "StudentEnrollment"), ("type[]", "StudentViewEnrollment"), ("state[]", "active")]
        students = wire.students_of(await self._list(f"{home}/enrollments", wire.ENROLLMENTS, people))
        groups = {each.id: each.name for each in await self._list(f"{home}/assignment_groups", wire.GROUPS)}
        overrides = [("include[]", "overrides")]
        assignments = await self._list(f"{home}/assignments", wire.ASSIGNMENTS, overrides)
        everyone = [("student_ids[]", "all")]
        cells = await self._list(f"{home}/students/submissions", wire.SUBMISSIONS, everyone)
        sections_of_student = {student.id: student.section_ids for student in students}
        return CanvasBook(
            course=course,
            sections=sections,
            students=students,
            assignments=tuple(wire.assignment_of(each, groups, sections_of_student) for each in assignments),
            grades={(cell.assignment_id, cell.user_id): cell.grade() for cell in cells},
        )

    async def _list(self, path: str, shape: TypeAdapter[list[Item]], params: Params = ()) -> list[Item]:
        return await read_whole(lambda: self._read_list(path, shape, params), _SYSTEM, path)

    async def _read_list(self, path: str, shape: TypeAdapter[list[Item]], params: Params) -> ListRead[Item]:
        asked = f"{self._api}{path}"
        rows: list[Item] = []
        answer = await self._get(asked, (*params, ("per_page", "100")))
        seen: set[str] = set()
        for _number in range(PAGES_MAX):
            page: list[Item] = _read(shape, answer, path)
            rows += page
            following = next_page(answer, asked, _SYSTEM)
            if following is None:
                return ListRead(tuple(rows), tuple(map(_key, rows)))
            if following in seen:
                break
            seen.add(following)
            answer = await self._get(following)
        raise too_many_pages(_SYSTEM, path)

    async def _get(self, url: str, params: Params = ()) -> Answer:
        answer = await self._exchange.send(Request("GET", url, tuple(params), self._headers))
        if answer.status == 200:
            return answer
        raise _fault(answer)


_FAULTS: dict[int, tuple[type[SystemFaultError], str, str]] = {
    401: (
        AccessRefusedError,
        "Canvas does not accept the access token.",
        "Make a new one (Canvas > Account > Settings > New Access Token) and put it into the configuration.",
    ),
    403: (
        SystemFaultError,
        "Canvas does not let this token read the course.",
        "Use the token of the course's teacher.",
    ),
    404: (
        NotFoundError,
        "Canvas does not have what was asked for (404).",
        "Check the Canvas address and the course.",
    ),
    429: (
        SystemFaultError,
        "Canvas is throttling this token, and waiting did not help.",
        "Run it again later; nothing is lost.",
    ),
}


def _fault(answer: Answer) -> SystemFaultError:
    status = answer.status
    if status in _FAULTS:
        kind, words, remedy = _FAULTS[_told_apart(answer)]
        return kind(words, remedy)
    if 300 <= status < 400:
        target = answer.headers.get("location", "another address")
        return SystemFaultError(
            f"Canvas redirects to {target}.", "Put the final address into the configuration."
        )
    if status >= 500:
        words = f"Canvas has a fault of its own ({status})."
        return SystemFaultError(words, "Run it again later; nothing is lost.")
    return SystemFaultError(f"Canvas answered {status}, which was not expected.", "Check the Canvas address.")


def _told_apart(answer: Answer) -> int:
    """Canvas has older ways to speak: 401 for "not allowed" (without a challenge), 403 for throttling."""
    said = answer.text.lower()
    if answer.status == 401 and "www-authenticate" not in answer.headers and "not authorized" in said:
        return 403
    return 429 if answer.status == 403 and "rate limit" in said else answer.status


def _key(row: object) -> Hashable:
    """What tells a row of any list from the others: its id, or for a cell of the gradebook whose it is."""
    if isinstance(row, wire.WireSubmission):
        return row.assignment_id, row.user_id
    return getattr(row, "id", None) or repr(row)


def _read(shape: TypeAdapter[Shape], answer: Answer, what: str) -> Shape:
    try:
        return shape.validate_json(answer.body)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False, include_context=False)[0]
        where = ".".join(map(str, first["loc"])) or "the whole"
        raise SystemFaultError(
            f"What answers for {what} does not look like Canvas ({where}: {first['msg']}).",
            "Check that the Canvas address is the base address, such as https://school.instructure.com.",
        ) from error
