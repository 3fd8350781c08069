"""Erasing from the note lists: what goes is said first, and nothing else is done meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import Key, Paste
from textual.widgets import Static

from walk.routine.desk import Desk
from walk.routine.keeping import erase
from walk.routine.keeping.erase import Done
from walk.screens import jobs
from walk.screens.base import WalkScreen
from walk.screens.dialogs import BACK, HELP, Dialog, WordsDialog
from walk.screens.jobs import Job
from walk.text import one_line
from walk.widgets.key_row import GAP

Work = Callable[[Desk, Callable[[str], None]], Done]
"""What is done in a thread, on a desk of its own; it tells how far it is."""


class EraseDialog(WordsDialog[bool]):
    """What erasing does, to be read; e does it."""

    HELP_WORDS = (
        "\nRead first what goes, and what stays. e erases, and undo does not bring it again. Esc "
        "goes back, and nothing is changed."
    )

    def keys(self) -> str:
        """Only one key erases."""
        return f"e erase for good{GAP}{self.scrolls}{BACK}{GAP}{HELP}"

    def take(self, event: Key | Paste) -> None:
        """A key pressed before the words were there erases nothing."""

    async def on_key(self, event: Key) -> None:
        """Erase at its key."""
        event.prevent_default()  # the way of the base keeps letters for a field
        if event.key == "e":
            event.stop()
            if self.is_current:
                self.dismiss(True)


class Working(Dialog[Job]):
    """Work that has to go on to its end, and what it is at; keys do nothing meanwhile."""

    ends_by_itself = True

    def __init__(self, desk: Desk, title: str, work: Work) -> None:
        """`work` is done in a thread, on a desk of its own."""
        super().__init__(title)
        self.desk = desk
        self.todo = work
        self.job = Job("erase", title)

    def keys(self) -> str:
        """There are none."""
        return "This goes on to its end, also when walk is closed."

    def on_mount(self) -> None:
        """Begin."""
        super().on_mount()
        self.query_one("#explained").display = True
        jobs.begin(self.app, self.desk, self.job, self._run, self._over)
        self.set_interval(0.1, self._draw)

    def _run(self, desk: Desk, job: Job) -> Done:
        def tell(words: str) -> None:
            job.details = (words,)

        return self.todo(desk, tell)

    def _draw(self) -> None:
        words = "".join(self.job.details)
        self.query_one("#explained", VerticalScroll).query_one(Static).update(Content(words))

    def _over(self, job: Job) -> None:
        jobs.shown(self.app, job)
        if self.is_current:
            self.dismiss(job)

    def take(self, event: Key | Paste) -> None:
        """Keys that are pressed meanwhile are not for what comes after."""

    def action_back(self) -> None:
        """Not before it is done."""

    def action_help(self) -> None:
        """Its words are all there is to say: it ends by itself."""


def work_on(
    screen: WalkScreen, title: str, work: Work, over: Callable[[Done | None], None]
) -> None:
    """Do long work that must not be broken off; an error is told, and `over` is given its end."""

    def closed(job: Job | None) -> None:
        done = job.result if job else None
        over(done)
        if job and job.error:
            screen.state_line.complain(str(job.error))

    screen.app.push_screen(Working(screen.desk, title, work), closed)


def ask_erase(screen: WalkScreen, note: str, after: Callable[[], None]) -> None:
    """Ask whether a note is to be erased for good, and do it. `after` draws what is left.

    WalkError where it cannot be done here.
    """
    seen = erase.view(screen.desk, note)

    def answered(yes: bool | None) -> None:
        if yes:
            work_on(screen, "Erasing the note …", partial(_erase, note), over)

    def over(done: Done | None) -> None:
        after()
        if done:
            screen.say(done.lines[0] if not done.waits else " ".join(done.lines))

    title = f"Erase this {seen.kind} for good? “{one_line(seen.words, 100)}”"
    screen.app.push_screen(EraseDialog(title, seen.brief()), answered)


def _erase(note: str, desk: Desk, tell: Callable[[str], None]) -> Done:
    return erase.erase(desk, note, tell)
