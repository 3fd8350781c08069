"""What collecting and importing have in common: one long job, followed here and told elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from textual.app import App

from walk.routine.desk import Desk
from walk.screens import jobs
from walk.screens.base import WalkScreen
from walk.screens.exchanging.carry import CarryScreen
from walk.screens.jobs import Job

EVERY_S = 0.2
"""How often the screen looks how far the work is."""


class FollowingScreen(CarryScreen):
    """A page of folders on which one job of a name is begun, followed and stopped."""

    job_name: ClassVar[str]
    stop_words: ClassVar[str]
    """What is said once the job was asked to stop."""

    def __init__(self, desk: Desk, at: str = "", say: str = "") -> None:
        """As every screen."""
        super().__init__(desk, at, say)
        self.looking = ""
        """What is looked at before the job, in words; empty while nothing is."""

    # What a subclass fills in

    def show_result(self, job: Job) -> None:
        """Show, on this page, what a job brought that ended well."""

    @classmethod
    def told_elsewhere(cls, page: WalkScreen, desk: Desk, job: Job) -> None:
        """Tell how a job ended on the page that the person is on by now."""

    # The job

    def on_mount(self) -> None:
        """Follow the work, also where it was begun before."""
        self.set_interval(EVERY_S, self._follow)

    @property
    def job(self) -> Job | None:
        """The job that runs, or whose end was not shown."""
        return jobs.job_of(self.app, self.job_name)

    @property
    def running(self) -> Job | None:
        """The job while it runs."""
        job = self.job
        return None if job is None or job.ended else job

    @property
    def busy(self) -> bool:
        """Whether something is looked at, or the job runs."""
        return bool(self.looking) or self.running is not None

    def reload(self) -> None:
        """Draw; a job that ended meanwhile shows what it brought."""
        job = self.job
        if job is not None and job.ended:
            self.over(job)
        self.draw()

    def _follow(self) -> None:
        if self.is_active and self.busy:
            self.draw()

    def may_take_paths(self) -> bool:
        """One thing at a time."""
        return not self.busy

    def begin(self, words: str, work: Callable[[Desk, Job], object]) -> None:
        """Begin the job; `words` tell it until it tells itself."""
        app, desk, ended = self.app, self.desk, self.ended
        jobs.begin(app, desk, Job(self.job_name, words), work, lambda job: ended(app, desk, job))
        self.inside = None
        self.draw()

    def action_stop(self) -> None:
        """Ask the job to stop where it can."""
        job = self.running
        if job is not None:
            job.stop = True
            self.say(self.stop_words)

    # Its end

    @classmethod
    def ended(cls, app: App[Any], desk: Desk, job: Job) -> None:
        """The job is over: it is shown on its page, or told wherever the person is by now."""
        page = next(one for one in reversed(app.screen_stack) if isinstance(one, WalkScreen))
        if isinstance(page, cls) and page.is_current and not page.gone:
            page.over(job)
        else:
            cls.told_elsewhere(page, desk, job)

    def over(self, job: Job) -> None:
        """Show how a job ended."""
        jobs.shown(self.app, job)
        with self.told():
            if job.error is not None:
                self.draw()
                raise job.error
            self.show_result(job)
