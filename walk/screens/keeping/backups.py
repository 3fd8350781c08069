"""Backups: what is kept, what each holds and what would change, making one, bringing one back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static
from textual.worker import get_current_worker

from walk.errors import Refused
from walk.routine.desk import Desk
from walk.routine.keeping import backup_words, backups
from walk.routine.keeping.backups import Kept, Look
from walk.screens import jobs
from walk.screens.base import WalkScreen
from walk.screens.dialogs import Dialog, KeyDialog
from walk.screens.jobs import Job
from walk.screens.team import KeyedList
from walk.text import one_line, safe
from walk.widgets.choice_list import Choice, ChoiceList, heading
from walk.widgets.dates import day_and_time
from walk.widgets.prose import prose_width

JOB = "backup"
NONE = "No backup yet. b makes one; from tomorrow on walk makes one a day by itself."
LOOKING = "looking into it …"


class RestoringDialog(Dialog[None]):
    """Stands over the screen while a backup is brought back, so that nothing is typed meanwhile."""

    ends_by_itself = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "wait", "wait", show=False, id="restoring.wait", tooltip="It ends soon"),
    ]

    def keys(self) -> str:
        """No key does anything here."""
        return "This takes a few seconds."

    def action_help(self) -> None:
        """Its words are all there is to say: it ends by itself, in a moment."""

    def action_wait(self) -> None:
        """Nothing: what is under way ends by itself."""


class BackupList(KeyedList):
    """The backups; Enter asks whether the marked one is to be brought back."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter",
            "choose",
            "bring it back …",
            id="backups.bring",
            tooltip="Show what the marked backup would change, and ask whether to bring it back",
        ),
    ]


class BackupsScreen(WalkScreen):
    """The backups, the newest first; below them what the marked one holds."""

    CSS_PATH = "backups.tcss"
    AUTO_FOCUS = "KeyedList"
    name_in_app = "backups"
    needs_walk = False
    tells_unconfirmed = False
    HELP_WORDS = (
        "A backup is a whole copy of what is on this laptop, looked through before it counts. walk "
        "makes one a day by itself, and one before a restore, a purge, a new version. The newest "
        "seven stay, as far as they take at most twice the room of the store. Places are in none.\n"
        "Enter shows what would go and what would come back, and brings the marked one back when "
        "you say so. What is there now is backed up first, so a restore can be taken back too.\n"
        "b makes one now. For one on a stick, type in a terminal: walk backup -o FOLDER"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("b", "make", "back up now", id="backups.make", tooltip="Make a backup now"),
        Binding("escape", "go('home')", "back", id="backups.out", tooltip="Back to Home"),
    ]

    @dataclass
    class Looked(Message):
        """A backup, or the store (no path), was looked into."""

        path: str
        look: Look

    def __init__(self, desk: Desk, at: str = "", say: str = "") -> None:
        """As every screen."""
        super().__init__(desk, at, say)
        self.kept: list[Kept] = []
        self.looks: dict[str, Look] = {}
        """What was found in each, by its path; the store itself stands under no path."""

    def work(self) -> ComposeResult:
        """Where they lie, the list, and what the marked one holds."""
        yield Static(id="where")
        yield BackupList(id="rows")
        with Vertical(id="holds"):
            yield Static(id="held")

    @property
    def rows(self) -> KeyedList:
        """The backups."""
        return self.query_one("#rows", KeyedList)

    @property
    def in_hand(self) -> Kept | None:
        """The marked backup."""
        row = self.rows.choice
        return next((one for one in self.kept if row and str(one.path) == row.id), None)

    # Reading

    def tick(self) -> None:
        """The clock in the title; and a backup that was made meanwhile."""
        self.title_line.right = day_and_time(self.desk.now().local)
        found = backups.listed(self.desk.store.path, self.desk.clock)
        if [one.path for one in found] != [one.path for one in self.kept]:
            self.reload()

    def reload(self) -> None:
        """List them from their names, and look into each in a thread."""
        self.title_line.left = "Backups"
        path = self.desk.store.path
        self.kept = backups.listed(path, self.desk.clock)
        wrong, synced = backups.found_damage(path), backups.folders_told(path)
        told = [
            *([f"! {wrong} {backups.MEND}"] if wrong else []),
            *([f"! {synced}"] if synced else []),
            *(f"Set aside as damaged: {one.name}" for one in backups.set_aside(path)),
        ]
        self.query_one("#where", Static).update(Content(safe("\n".join(told))))
        self.query_one("#where").display = bool(told)
        self.draw()
        self._look_into_all()

    def draw(self) -> None:
        """Show what is known by now."""
        rows = [Choice(str(one.path), self._words(one), label=one.when) for one in self.kept]
        self.rows.show(rows or [heading(NONE)])
        self._show_held()

    def _words(self, one: Kept) -> str:
        look = self.looks.get(str(one.path))
        state = LOOKING if look is None else "adds up" if look.sound else "does not add up"
        return f"{one.size}, {one.why} · {state}"

    @on(ChoiceList.Moved)
    def _show_held(self) -> None:
        """What the marked backup holds, as far as it fits."""
        self.query_one("#holds").display = bool(self.kept)
        lines = self._lines(self.in_hand)
        room = max(3, self.app.size.height // 3)
        width = prose_width(self.app.size.width)
        if len(lines) > room:
            lines = [*lines[: room - 1], f"… {len(lines) - room + 1} more: Enter shows all"]
        shown = "\n".join(_indented(line, width) for line in lines)
        self.query_one("#held", Static).update(Content(shown))

    def _lines(self, kept: Kept | None) -> list[str]:
        look = self.looks.get(str(kept.path)) if kept else None
        if look is None:
            return [LOOKING] if kept else []
        if not look.sound:
            return [f"{look.wrong} {look.mend}".strip()]
        now = self.looks.get("")
        return backup_words.changes(now.holding if now else None, look.holding)

    def _look_into_all(self) -> None:
        store = self.desk.store.path
        todo = [one.path for one in self.kept if str(one.path) not in self.looks]

        def run() -> None:
            worker = get_current_worker()
            self.post_message(self.Looked("", backups.look_at_store(store)))
            for path in todo:
                if worker.is_cancelled:
                    return
                self.post_message(self.Looked(str(path), backups.look(path)))

        self.run_worker(run, group="looking", thread=True, exclusive=True, exit_on_error=False)

    @on(Looked)
    def _looked(self, event: Looked) -> None:
        self.looks[event.path] = event.look
        self.draw()

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing else is begun while something is under way."""
        if action == "make":
            return not self._under_way()
        return super().check_action(action, parameters)

    def _under_way(self) -> bool:
        job = jobs.job_of(self.app, JOB)
        return job is not None and not job.ended

    def action_make(self) -> None:
        """Make a backup now, in a thread."""

        def work(own: Desk, _: Job) -> str:
            backups.take(own.store.path, own.clock)
            return "Backup made; everything in it adds up"

        self._begin(Job(JOB, "making a backup"), work)

    def _begin(self, job: Job, work: Callable[[Desk, Job], str]) -> None:
        app = self.app

        def done(job: Job) -> None:
            jobs.shown(app, job)
            here = app.screen_stack[-1]
            if isinstance(here, RestoringDialog):
                here.dismiss(None)
            top = next((one for one in app.screen_stack if isinstance(one, WalkScreen)), None)
            if top is not None:
                _tell_end(top, job)

        jobs.begin(app, self.desk, job, work, done)
        self.say(f"{job.words.capitalize()} …")

    @on(ChoiceList.Chosen)
    def _chosen(self) -> None:
        with self.told():
            self._ask()

    def _ask(self) -> None:
        kept = self.in_hand
        look = self.looks.get(str(kept.path)) if kept else None
        if kept is None:
            return
        if look is None:
            raise Refused("It is still being looked into.", "Press Enter again in a moment.")
        if not look.sound:
            raise Refused(
                f"It cannot be brought back. {look.wrong}", look.mend or "Choose another one."
            )
        if backups.found_damage(self.desk.store.path):
            raise Refused("This store is damaged.", backups.MEND)
        if jobs.words(self.app):
            raise Refused(f"Just now: {jobs.words(self.app)}.", "Wait until that is done.")
        words = "\n".join([*self._lines(kept), "", "What is there now is backed up first."])
        self.app.push_screen(
            KeyDialog(f"Bring the backup back? {kept.when}", (("y", "bring it back"),), words),
            lambda answer: self._restore(kept) if answer == "y" else None,
        )

    def _restore(self, kept: Kept) -> None:
        def work(own: Desk, _: Job) -> str:
            backups.restore(own.store.path, kept, own.clock, in_place=True)
            return "Brought back · what was there is now the newest backup"

        self._begin(Job(JOB, "bringing a backup back"), work)
        self.app.push_screen(RestoringDialog("Bringing the backup back …"))


def _tell_end(screen: WalkScreen, job: Job) -> None:
    """Tell on whatever screen is open how it ended."""
    with screen.told():
        if job.error is not None:
            raise job.error
        screen.desk.begin_again()
        screen.desk.changed_elsewhere()
        if isinstance(screen, BackupsScreen):
            screen.looks.pop("", None)
        screen.reload()
        screen.say(str(job.result))


def _indented(line: str, width: int) -> str:
    """One line, made safe, with the blanks at its beginning kept."""
    blanks = len(line) - len(line.lstrip())
    return " " * blanks + one_line(line, width - blanks)
