"""One story's stage: a fresh world, which is a district of the engine, and the people who act in it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from typing import TypeAlias
from zoneinfo import ZoneInfo

from scenarios.network import EngineStopped, FaultKind, Interlude
from scenarios.network import Fault as WireFault
from scenarios.script import Scenario
from scenarios.stage import passing_time
from scenarios.stage.both_books import BothBooks
from scenarios.stage.canvas import CanvasAdmin, CanvasTeacher
from scenarios.stage.canvas_book import CanvasBook
from scenarios.stage.cast import Assignment, Section, Student
from scenarios.stage.gradebook import GradeBook
from scenarios.stage.narration import ExpectationFailed, Hear, Narrator, StoryError
from scenarios.stage.office import SchoolOffice
from scenarios.stage.other_program import OtherProgram
from scenarios.stage.setting import CONTROL_TOKEN, Setting
from scenarios.stage.sync import SyncDialog
from scenarios.stage.synergy import TeacherVue
from scenarios.stage.web import Web
from simulator.clock import SCHOOL_MORNING
from simulator.doors import ONEROSTER_PATH, TOKEN_PATH
from simulator.faults import Fault
from simulator.journal import FaultStruck
from simulator.schools import Course
from simulator.world import World, build_world
from sync_engine import CanvasAccess, District, OneRosterAccess, Request, RunReport

Matches: TypeAlias = Callable[[Request], bool]


class Stage:
    """What a story is given.

    Read the verbs of `canvas`, `canvas_book`, `admin`, `sync`, `synergy`, `gradebook`, `both_books`,
    `office` and `other_program`; `students` and `sections` are its cast.
    """

    def __init__(
        self, setting: Setting, world: World, course: Course, course_id: str, narrator: Narrator
    ) -> None:
        synergy = setting.addresses.synergy_of(world)
        canvas = setting.addresses.canvas_of(world)
        token = world.credentials.teacher_tokens[world.school.teachers.index(course.teacher)]
        self._setting = setting
        self._narrator = narrator
        self.world = world
        self.sections: tuple[Section, ...] = tuple(
            Section(
                each.name, each.guid, tuple(Student(person.name, person.guid) for person in each.students)
            )
            for each in course.sections
        )
        self.students: tuple[Student, ...] = tuple(
            student for each in self.sections for student in each.students
        )
        self.canvas = CanvasTeacher(
            web=Web(setting.wire, canvas, token),
            narrator=narrator,
            clock=world.clock,
            zone=ZoneInfo(world.profile.time_zone),
            course_id=course_id,
            students=self.students,
        )
        self.admin = CanvasAdmin(
            Web(setting.wire, canvas, world.credentials.admin_token), narrator, course_id
        )
        control = Web(setting.wire, setting.addresses.control, CONTROL_TOKEN)
        self.canvas_book = CanvasBook(
            control,
            Web(setting.wire, canvas, token),
            narrator,
            world.name,
            course_id,
        )
        self.sync = SyncDialog(setting.engine, narrator, world.journal, world.name, course_id)
        in_synergy = Web(setting.wire, synergy, world.credentials.teachervue_token)
        self.synergy = TeacherVue(in_synergy, narrator, self.sections, self.sync.line_items)
        self.gradebook = GradeBook(in_synergy, narrator, self.sections)
        self.both_books = BothBooks(control, narrator, world.journal, world.name, course_id)
        self.office = SchoolOffice(in_synergy, narrator, self.sections)
        self.other_program = OtherProgram(
            setting.wire, narrator, self.sections, _oneroster_access(setting, world)
        )

    @classmethod
    async def open(cls, setting: Setting, scenario: Scenario, seed: int, hear: Hear) -> Stage:
        """Build the story's world and make it a district of the engine.

        What the story takes as given is set up.
        """
        world = build_world(seed, name=scenario.name, profile=scenario.profile)
        world.waiting.autojump = setting.autojump
        setting.worlds.add(world)
        setting.clock.world = world
        setting.wire.clear()
        course = next((each for each in world.school.courses if each.name == scenario.course), None)
        if course is None:
            raise StoryError(f'The school has no course "{scenario.course}"')
        setting.engine.add_district(_district(setting, world, course, scenario))
        course_id = next(
            (each.id for each in await setting.engine.courses(world.name) if each.name == scenario.course), ""
        )
        stage = cls(setting, world, course, course_id, Narrator(scenario.name, hear))
        if scenario.groups:
            await stage.canvas.sets_up_groups(*scenario.groups)
        return stage

    def close(self) -> None:
        """Let the world go."""
        self._setting.worlds.remove(self.world.name)
        self._setting.wire.clear()
        self._setting.clock.world = None

    @property
    def newcomer(self) -> Student:
        """A student of the school who is in none of the course's sections."""
        here = {student.guid for student in self.students}
        person = next(each for each in self.world.school.students if each.guid not in here)
        return Student(person.name, person.guid)

    # Time

    def waits(self, by: timedelta) -> None:
        """Let time pass in this world."""
        self.world.advance(by, who="stage")
        self._narrator.step(
            "Clock", f"{_time_told(by)}; it is {self.world.clock.now():%A %Y-%m-%d %H:%M} UTC"
        )

    def night_falls(self) -> None:
        """Let time pass until the nightly roster feed has come to Canvas."""
        brought = passing_time.to_roster_feed(self.world)
        self._narrator.step("Night", f"Night falls, and the roster feed runs: {brought}")

    def period_ends(self, name: str) -> None:
        """Let time pass until a grading period is over, its last day included."""
        passing_time.to_end_of_period(self.world, name)
        self._narrator.step("Clock", f"{name} comes to its end")

    # What goes wrong at the systems themselves

    def plans(self, fault: Fault) -> None:
        """Let something go wrong in this world (`docs/faults.md`). What never fires fails the story."""
        self.world.faults.plan(fault, who="stage")
        self._narrator.step("Network", f"Planned: {fault.name}")

    def all_is_well_again(self) -> None:
        """End what was planned to go wrong; what never happened still fails the story."""
        self.check_faults_happened()
        self.world.faults.clear(who="stage")
        self._narrator.step("Network", "Nothing goes wrong any more")

    def expects_strikes(self, count: int) -> None:
        """Expect so many exchanges to have been struck by what was planned."""
        seen = sum(1 for entry in self.world.journal.entries if isinstance(entry, FaultStruck))
        self._narrator.expect("What was planned went wrong", expected=count, seen=seen)

    def expects_time_passed(self, *, at_least: timedelta) -> None:
        """Expect the run to have taken so long on the world's clock, and not twice as long."""
        took = self.world.clock.now() - SCHOOL_MORNING
        self._narrator.holds(
            f"It takes {at_least} or a little more", held=at_least <= took < 2 * at_least, saw=str(took)
        )

    # What others do while a run is under way

    def meanwhile(self, deed: Callable[[], Awaitable[None]]) -> None:
        """Let somebody do something in the middle of the next run: after its reading, before its first write.

        What never comes about fails the story.
        """
        sentence = "Somebody will be quicker than the next run: after it has read, before it writes"
        self._setting.wire.interludes.append(Interlude(deed, self._of_the_engine(_write), sentence))
        self._narrator.step("Network", sentence)

    # What the network does to the engine

    def next_score_is_lost(self, *, student: Student) -> None:
        """The next score sent for this student is acknowledged and never arrives (district page, FAQ 5)."""
        self._plan(
            FaultKind.LOST, f"The next score of {student} will be acknowledged but lost", _result_of(student)
        )

    def answer_to_next_score_is_lost(self, *, student: Student, times: int = 1) -> None:
        """The next score sent for this student arrives, but so many answers get lost on the way back."""
        self._plan(
            FaultKind.ANSWER_LOST,
            f"The answer to the next score of {student} will get lost",
            _result_of(student),
            times=times,
        )

    def synergy_is_unreachable(self, *, times: int) -> None:
        """The next requests to Synergy's OneRoster API find nobody."""
        self._plan(FaultKind.UNREACHABLE, "Synergy cannot be reached", _oneroster, times=times)

    def synergy_is_back(self) -> None:
        """End what was planned for the network; what never happened still fails the story."""
        self.check_faults_happened()
        self._setting.wire.clear()
        self._narrator.step("Network", "Synergy can be reached again")

    def synergy_refuses_next_score(self, *, student: Student, words: str) -> None:
        """Synergy refuses the next score sent for this student, with words that no rule accounts for."""
        self._plan(
            FaultKind.REFUSED,
            f'Synergy will refuse the next score of {student}: "{words}"',
            _result_of(student),
        )
        self._setting.wire.faults[-1].words = words

    async def engine_stops_after(self, writes: int) -> None:
        """Post, and let the engine's process end right after so many writes reached Synergy.

        It never hears of the last one.
        """
        self._plan(
            FaultKind.ENGINE_STOPS, f"The engine will stop after {writes} writes", _write, after=writes - 1
        )
        report: RunReport | None = None
        try:
            report = await self.sync.posts()
        except EngineStopped:
            self._narrator.step("Sync", f"The engine stops in the middle of a post, after {writes} writes")
        if report is not None:
            raise StoryError("The engine was to stop in the middle of the post, but the post came to its end")

    def check_faults_happened(self) -> None:
        """Hold the story to its plan.

        Raises:
            ExpectationFailed: If a planned fault never struck.
        """
        never = [fault.sentence for fault in self._setting.wire.never_happened]
        never += [fault.name for fault in self.world.faults.unfired]
        if never:
            raise ExpectationFailed(f"Planned, but it never happened: {never[0]}")

    def expects_writes_of(self, assignment: Assignment, student: Student, count: int) -> None:
        """Expect the journal to hold so many accepted writes of this student's result."""
        seen = sum(
            1
            for exchange in self.world.journal.exchanges(system="oneroster", methods=("PUT",))
            if "/results/" in exchange.path
            and student.guid in exchange.request_body
            and exchange.status < 300
        )
        self._narrator.expect(
            f"Writes of the score of {student} on {assignment} that Synergy took", expected=count, seen=seen
        )

    def canvas_throttled_somebody(self, *, status: int) -> None:
        """Expect the journal to hold a request that Canvas turned away for asking too much."""
        seen = {
            exchange.status
            for exchange in self.world.journal.exchanges(system="canvas")
            if "Rate Limit Exceeded" in exchange.response_body
        }
        self._narrator.expect("Canvas throttled a request with", expected=[status], seen=sorted(seen))

    def _plan(
        self, kind: FaultKind, sentence: str, matches: Matches, *, after: int = 0, times: int = 1
    ) -> None:
        self._setting.wire.faults.append(
            WireFault(kind, self._of_the_engine(matches), sentence, after, times)
        )
        self._narrator.step("Network", sentence)

    def _of_the_engine(self, matches: Matches) -> Matches:
        prefix = self._setting.addresses.synergy_of(self.world) + ONEROSTER_PATH
        return lambda request: request.url.startswith(prefix) and matches(request)


def _district(setting: Setting, world: World, course: Course, scenario: Scenario) -> District:
    return District(
        key=world.name,
        canvas=CanvasAccess(
            url=setting.addresses.canvas_of(world),
            token=world.credentials.teacher_tokens[world.school.teachers.index(course.teacher)],
        ),
        oneroster=_oneroster_access(setting, world),
        policy=replace(
            scenario.policy, requests_per_second=None
        ),  # the virtual clock must not move for politeness
        time_zone=world.profile.time_zone,
    )


def _oneroster_access(setting: Setting, world: World) -> OneRosterAccess:
    synergy = setting.addresses.synergy_of(world)
    return OneRosterAccess(
        url=synergy + ONEROSTER_PATH,
        token_url=synergy + TOKEN_PATH,
        client_id=world.credentials.client_id,
        client_secret=world.credentials.client_secret,
    )


def _time_told(by: timedelta) -> str:
    """A span of time as a sentence: "3 days pass", "1 hour 30 minutes pass"."""
    hours, minutes = divmod(by.seconds // 60, 60)
    counted = ((by.days, "day"), (hours, "hour"), (minutes, "minute"))
    parts = [f"{count} {unit}{'' if count == 1 else 's'}" for count, unit in counted if count]
    verb = "passes" if sum(count for count, _unit in counted) == 1 else "pass"
    return f"{' '.join(parts) or 'a moment'} {verb if parts else 'passes'}"


def _oneroster(_request: Request) -> bool:
    return True


def _write(request: Request) -> bool:
    return request.method == "PUT"


def _result_of(student: Student) -> Matches:
    def matches(request: Request) -> bool:
        body = request.json_body if isinstance(request.json_body, dict) else {}
        named = body.get("result", {}).get("student", {}).get("sourcedId", "")
        return request.method == "PUT" and str(named).upper() == student.guid.upper()

    return matches
