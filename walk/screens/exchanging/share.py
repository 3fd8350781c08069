"""Share: what goes into the walker's pack and what stays, and the folder it is written to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from textual.app import App
from textual.binding import Binding, BindingType

from walk.disk import is_folder, is_there
from walk.errors import PackError, WalkError
from walk.exchange.pack import ENDING, available, check_new
from walk.routine.desk import Desk
from walk.routine.exchanging import share
from walk.routine.exchanging.share import Goes, Shared
from walk.routine.folders import Inside, Spot, size_words
from walk.screens import jobs
from walk.screens.base import WalkScreen
from walk.screens.exchanging.carry import CarryScreen, ask_passphrase
from walk.screens.jobs import Job
from walk.screens.over import open_over
from walk.screens.team import KeyedList
from walk.screens.visiting.door import DoorScreen, Left, went_to_reword
from walk.text import one_line, wrap
from walk.widgets.choice_list import Choice, heading
from walk.widgets.prose import prose_width

JOB = "share"
HERE = "here"
COLUMN = 9
"""Cells before what goes in and what stays."""
ON, OFF = "✓", "○"
LOOKING = "Looking for names in what is not shared yet …"
REWORD = "↑ goes to the notes, Enter rewords one; then give your notes again"
NO_LOCK = (
    "Locking is an extra that this laptop lacks. In the folder walk was installed from: "
    "pip install '.[passphrase]'. Else: pip install 'classroom-walk[passphrase]'."
)
LOCK_NOTE = (
    "At least 8 characters; four or five words said aloud are good. Without it nobody can open "
    "the pack, so agree on it before you part."
)


class GiveList(KeyedList):
    """The folders; Enter gives the notes there."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter",
            "choose",
            "give here",
            id="share.give",
            tooltip="Write the pack into the marked folder",
        ),
    ]


class ShareScreen(CarryScreen):
    """Enter on a folder writes the pack there. Drafts and what waits at the door stay."""

    name_in_app = "share"
    tells_unconfirmed = False
    AUTO_FOCUS = "GiveList"
    list_made = GiveList
    path_asked = "Into which folder?"
    drop = "Or drop a folder on this window; / types its path."
    HELP_WORDS = (
        "Here your notes go into a pack: a file that others collect. It holds the plan, finished "
        "forms and their notes, and what this laptop collected from others. Forms with something "
        "on them are finished with it. Drafts, earlier wordings and notes in which something "
        "looks like a name stay here: n shows those. walk does not catch every name.\n"
        "Enter on a stick or folder writes the pack there; → looks into a folder. The pack is "
        "read back before you are told that it is there. Giving notes again does no harm: the "
        "newest wording counts.\n"
        "The laptop that made the plan can pack the plan alone (o) for every laptop, and lay the "
        "places beside it (p) as a file of their own."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "right",
            "look_in",
            "look inside",
            id="share.inside",
            tooltip="Look into the marked folder, to choose one in it",
        ),
        Binding(
            "n",
            "names",
            "names",
            id="share.names",
            tooltip="See what looks like a name; replace or clear it, so that it can go too",
        ),
        Binding(
            "o",
            "plan_only",
            "plan alone",
            id="share.plan",
            tooltip="Pack the plan alone, for every laptop; again: the notes too",
        ),
        Binding(
            "p",
            "places",
            "places",
            id="share.places",
            tooltip="Lay the places beside the plan, as a file of their own; again: leave them",
        ),
        Binding(
            "k",
            "lock",
            "lock",
            id="share.lock",
            show=False,
            tooltip="Lock the pack with a passphrase; again: no lock",
        ),
    ]

    def __init__(self, desk: Desk, at: str = "", say: str = "") -> None:
        """`at` is "plan" to pack the plan alone, asked for in Prepare."""
        super().__init__(desk, at, say)
        self.goes: Goes | None = None
        self.plan_only = at == "plan"
        self.with_places = False
        self.passphrase = ""
        self.given: Shared | None = None
        self._agreed: list[Path] = []

    # Reading and drawing

    def reload(self) -> None:
        """Look in a thread at what would go; names are looked for in every note."""
        self.title_line.left = self._title()
        _ = self.desk.walk
        job = jobs.job_of(self.app, JOB)
        if job is not None and job.ended:
            over(self, job)
        self.draw()
        jobs.beside(self, self._look, "goes")

    async def _look(self) -> None:
        try:
            goes = await jobs.aside(self.desk, share.what_goes)
        except WalkError as error:
            self.state_line.complain(str(error))
            return
        if goes != self.goes:
            if self.goes is None and goes.nothing_yet:
                self.plan_only = True  # before the walk it is the plan that every laptop needs
            self.goes = goes
            self.plan_only = self.plan_only and goes.lead
            self.draw()

    def _title(self) -> str:
        if self.plan_only:
            return "Give the plan"
        who = f" · {self.goes.label}" if self.goes and self.goes.label else ""
        return f"Give your notes{who}"

    def draw(self) -> None:
        """Show the lines and the list."""
        self.title_line.left = self._title()
        super().draw()

    def on_resize(self) -> None:
        """Another width breaks the lines elsewhere."""
        if self.is_mounted:
            self.draw()

    def top(self) -> Sequence[str]:
        """What was written, or what would go and what would stay."""
        if self.given is not None:
            return [*self.given.lines, *([self.given.last] if self.given.last else [])]
        goes = self.goes
        if goes is None:
            return (LOOKING,)
        width = prose_width(self.app.size.width, 3)
        lines = _beside("Goes in", goes.goes_in(plan_only=self.plan_only), width)
        lines += _beside("Stays", goes.stays(plan_only=self.plan_only), width)
        ticks = self._ticks(goes)
        return [*lines, " " * COLUMN + ticks] if ticks else lines

    def _ticks(self, goes: Goes) -> str:
        ticks = []
        if goes.lead:
            ticks.append(f"{ON if self.plan_only else OFF} o the plan alone")
        if goes.lead and self.plan_only and goes.has_places:
            ticks.append(f"{ON if self.with_places else OFF} p places beside it")
        if available():
            ticks.append(f"{ON if self.passphrase else OFF} k locked")
        return "   ".join(ticks)

    def spot_side(self, spot: Spot) -> str:
        """Free room, or why nothing fits."""
        if spot.why:
            return spot.why
        return f"{size_words(spot.free)} free" if spot.free is not None else ""

    def inside_rows(self, inside: Inside) -> Sequence[Choice]:
        """Give it here."""
        return [] if inside.why else [Choice(HERE, "give here")]

    def other_rows(self) -> Sequence[Choice] | None:
        """While it is written, that alone."""
        job = jobs.job_of(self.app, JOB)
        if job is not None and not job.ended:
            words = "Writing the pack and reading it back …"
            return [heading(words), heading(), heading("You can go on elsewhere meanwhile: Esc.")]
        return None

    def may_take_paths(self) -> bool:
        """One pack at a time."""
        job = jobs.job_of(self.app, JOB)
        return job is None or job.ended

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A key works where there is something for it."""
        if not self.is_mounted:
            return super().check_action(action, parameters)
        goes = self.goes
        if action == "names":
            return bool(goes and not self.plan_only and [one for one in goes.waiting])
        if action == "plan_only":
            return bool(goes and goes.lead)
        if action == "places":
            return bool(goes and goes.lead and self.plan_only and goes.has_places)
        return self.may_take_paths() if action == "type_path" else True

    # Keys

    def action_plan_only(self) -> None:
        """The plan alone, or the notes too."""
        self.plan_only, self.given = not self.plan_only, None
        self.with_places = self.with_places and self.plan_only
        self.draw()

    def action_places(self) -> None:
        """The places beside the plan, or not."""
        self.with_places, self.given = not self.with_places, None
        self.draw()

    def action_lock(self) -> None:
        """Lock it, or not."""
        if not available():
            self.state_line.complain(NO_LOCK)
        elif self.passphrase:
            self._locked("")
        else:
            ask_passphrase(self, "Lock the pack", LOCK_NOTE, check_new, self._locked)

    def _locked(self, passphrase: str) -> None:
        self.passphrase, self.given = passphrase, None
        self.draw()
        self.say("The pack will be locked" if passphrase else "The pack will not be locked")

    def action_names(self) -> None:
        """Show what looks like a name."""
        stood = self.goes.waiting if self.goes else ()
        own = [one for one in stood if not one.private]
        if not own:
            self.say("These are another walker's words: w on Home, then they see them")
            return

        def left(result: Left | None) -> None:
            if went_to_reword(self, result, REWORD):
                return
            with self.told():
                self.reload()

        open_over(self, DoorScreen(self.desk, partial(share.still_waiting, self.desk, own)), left)

    def action_out(self) -> None:
        """One step back, then where it was opened: Prepare gives the plan, Home all else."""
        if self.inside is None and self.at == "plan":
            self.go("prepare", "give")
        else:
            super().action_out()

    def action_look_in(self) -> None:
        """Look into the marked folder."""
        kind, _, rest = (self.rows.choice.id if self.rows.choice else "").partition(" ")
        if kind in ("spot", "open"):
            self.look_into(Path(rest))

    def pick(self, id: str) -> None:
        """Write it there."""
        kind, _, rest = id.partition(" ")
        if kind == "spot":
            self._write(share.share_into, Path(rest))
        elif kind == HERE and self.inside is not None:
            self._write(share.share_into, self.inside.path)

    def check_paths(self, paths: list[Path]) -> None:
        """One folder that is there, or one pack in such a folder."""
        path = paths[0]
        if len(paths) > 1:
            raise PackError("These are several paths.", "Name one folder.")
        if is_folder(path):
            return
        if path.suffix.lower() != ENDING or not is_folder(path.parent):
            raise PackError(
                f"{one_line(str(path), 120)} is no folder here.",
                f"Name a folder that is there, or a file in one that ends in {ENDING}.",
            )
        if is_there(path) and path not in self._agreed:
            self._agreed.append(path)
            raise PackError(
                f"{one_line(path.name, 60)} is there already.",
                "Enter replaces it; another name keeps it.",
            )

    async def take_paths(self, paths: list[Path]) -> None:
        """Write it where was typed."""
        (path,) = paths
        self._write(share.share_into if is_folder(path) else share.share, path)

    # The work

    def _write(self, write: Callable[..., Shared], path: Path) -> None:
        if not self.may_take_paths():
            return
        work = partial(
            write,
            plan_only=self.plan_only,
            with_places=self.with_places,
            passphrase=self.passphrase,
        )
        app = self.app

        def done(job: Job) -> None:
            _done(app, job)

        job = Job(JOB, "writing the pack")
        jobs.begin(app, self.desk, job, lambda desk, _: work(desk, path), done)
        self.given = None
        self.draw()


def _beside(name: str, said: Sequence[str], width: int) -> list[str]:
    """Lines of so many cells, in a column beside a name."""
    lines = [line for one in said for line in wrap(one, width - COLUMN)]
    return [f"{name if place == 0 else '':<{COLUMN}}{line}" for place, line in enumerate(lines)]


def _done(app: App[Any], job: Job) -> None:
    """The pack is written, or why not; told wherever the person is by now."""
    page = next(one for one in reversed(app.screen_stack) if isinstance(one, WalkScreen))
    if isinstance(page, ShareScreen) and not page.gone:
        over(page, job)
        jobs.beside(page, page._look, "goes")
        return
    jobs.shown(app, job)
    if job.error is not None:
        page.state_line.complain(str(job.error))
    else:
        page.say(" ".join(part for part in ("Your pack is written.", job.result.last) if part))


def over(page: ShareScreen, job: Job) -> None:
    """Show how it ended."""
    jobs.shown(page.app, job)
    page.inside = None
    if job.error is None:
        page.given = job.result
        page.draw()
        page.say("Given; the pack was read back as it was written")
    else:
        page.draw()
        page.state_line.complain(str(job.error))
