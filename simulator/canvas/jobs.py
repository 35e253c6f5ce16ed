"""Work that Canvas does after it has answered, and how it stands with it, on two tables of the store.

What lives here: keeping and finding. What must never be here: doing it (`working`). What bites: a progress is
kept for good, its job only until it is done.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from simulator.canvas.model import GradeWish, Job, PostingWish, Progress
from simulator.ids import Ids
from simulator.profiles import Profile
from simulator.state import Table


class Jobs:
    """Every job that is to be done, and the progress of all that ever were."""

    def __init__(
        self, jobs: Table[int, Job], progresses: Table[int, Progress], ids: Ids, profile: Profile
    ) -> None:
        self._jobs = jobs
        self._progresses = progresses
        self._ids = ids
        self._profile = profile

    def add(
        self,
        tag: str,
        *,
        course_id: int,
        actor_id: int,
        now: datetime,
        section_id: int | None = None,
        grading: tuple[GradeWish, ...] = (),
        posting: PostingWish | None = None,
    ) -> Progress:
        """Keep what is to be done; the profile says how long it is held."""
        progress = Progress(self._ids.integer("progress"), course_id, tag, now, now)
        due_at = now + timedelta(seconds=self._profile.canvas_job_seconds)
        polls = self._profile.canvas_job_polls
        self._jobs.put(
            Job(progress.id, course_id, section_id, actor_id, due_at, polls, grading=grading, posting=posting)
        )
        return self._progresses.put(progress)

    def with_id(self, job_id: int) -> Job | None:
        """A job that is to be done."""
        return self._jobs.get(job_id)

    def progress(self, progress_id: int) -> Progress | None:
        """How it stands with a job, done or not."""
        return self._progresses.get(progress_id)

    def put(self, job: Job) -> None:
        """Keep a job that is still to be done."""
        self._jobs.put(job)

    def end(self, progress: Progress) -> None:
        """Keep the last word on a job; there is nothing left to do."""
        self._jobs.pop(progress.id)
        self._progresses.put(progress)

    def that_wait_for_time(self) -> Iterator[Job]:
        """The jobs that only the clock holds, the oldest first."""
        return (each for each in self._jobs.values() if not each.polls_left)

    def new_report(self) -> int:
        """The number under which Canvas keeps why a job broke."""
        return self._ids.integer("error_report")
