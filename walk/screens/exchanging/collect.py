"""Collect: a plan to join or packs to read, from a stick, a folder or a dropped file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual.binding import Binding, BindingType

from walk.errors import Refused, WalkError
from walk.exchange.receipt import Receipt, counted
from walk.routine.desk import Desk
from walk.routine.exchanging import collect, found
from walk.routine.exchanging.found import Found, Looked, Progress, Report
from walk.routine.folders import Inside, Spot
from walk.routine.planning.places import STRANGE_PLACES
from walk.screens import jobs
from walk.screens.base import WalkScreen
from walk.screens.dialogs import KeyDialog, ReadDialog
from walk.screens.exchanging.carry import ask_passphrase
from walk.screens.exchanging.followed import FollowingScreen
from walk.screens.exchanging.joining import PLACES_WORDS, ask_who
from walk.screens.jobs import Job
from walk.text import one_line
from walk.widgets.choice_list import Choice, heading

ALL = "all"
NOT_KEPT = "Whoever shared them knows the passphrase. Esc goes on without these packs."


class CollectScreen(FollowingScreen):
    """Choose packs; they are read in a thread, and the receipt opens when they are in."""

    name_in_app = "collect"
    needs_walk = False
    job_name = "collect"
    stop_words = "It stops behind the pack in hand"
    tells_unconfirmed = False
    path_asked = "Which packs? A file or a folder"
    HELP_WORDS = (
        "Here packs come in: the lead's plan at the start of the day, everyone's notes at its "
        "end. Choose a stick or folder, or drop a file on this window. A plan asks who you are on "
        "its roster, and you are ready. Notes are read in any order and as often as you like: "
        "what is here already is not added again, and u on the receipt takes a collect back.\n"
        "While packs are read you can leave this page and go on working; the title tells how far "
        "it is. A pack that is damaged is named with its reason, and the others come in."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "x",
            "stop",
            "stop",
            id="collect.stop",
            tooltip="Stop behind the pack that is being read; what came in stays",
        ),
        Binding(
            "r",
            "go('receipts')",
            "receipts",
            id="collect.receipts",
            tooltip="What earlier collects brought, who is in and who is missing",
        ),
    ]

    # Drawing

    def reload(self) -> None:
        """Draw; a collect that ended meanwhile shows its receipt."""
        self.title_line.left = "Collect"
        super().reload()

    def top(self) -> Sequence[str]:
        """What can be done here."""
        if self.job is not None or self.looking:
            return ()
        return ("A plan asks who you are; notes are read in, as often as you like.",)

    def spot_side(self, spot: Spot) -> str:
        """How many packs lie there."""
        return counted(spot.packs, "pack", "packs") if spot.packs else ""

    def inside_rows(self, inside: Inside) -> Sequence[Choice]:
        """All packs of a folder, or one."""
        if not inside.packs and not inside.why:
            return [heading("No packs lie in it. Esc looks elsewhere, / types a path.")]
        rows = []
        if len(inside.packs) > 1:
            rows.append(Choice(ALL, f"all {len(inside.packs)} packs"))
        about = (*inside.about, *[""] * (len(inside.packs) - len(inside.about)))
        for path, words in zip(inside.packs, about, strict=True):
            told = f"{words} · {path.name}" if words else path.name
            rows.append(Choice(f"pack {path}", told))
        return rows

    def other_rows(self) -> Sequence[Choice] | None:
        """How far the work is, while there is any."""
        job = self.running
        if job is not None:
            told = [heading(job.words[:1].upper() + job.words[1:])]
            told += [heading(one) for one in job.details]
            return [*told, heading(), heading("You can go on elsewhere meanwhile: Esc.")]
        return [heading(self.looking)] if self.looking else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Stop only what runs; ask for paths only while nothing does."""
        if not self.is_mounted:
            return super().check_action(action, parameters)
        if action == "stop":
            return self.busy
        return self.may_take_paths() if action == "type_path" else True

    # Choosing

    def pick(self, id: str) -> None:
        """Look into a folder, or read what was chosen."""
        kind, _, rest = id.partition(" ")
        if kind == "spot":
            self.look_into(Path(rest))
        elif kind == ALL and self.inside is not None:
            self._read([self.inside.path])
        elif kind == "pack":
            self._read([Path(rest)])

    def _read(self, paths: list[Path]) -> None:
        jobs.beside(self, partial(self.take_paths, paths), "paths")

    async def take_paths(self, paths: list[Path]) -> None:
        """Look at what was named, ask what has to be asked, and read it."""
        await self._look(lambda report: found.look(paths, report=report))

    async def _look(self, look: Callable[[Report], Looked]) -> None:
        self.looking = "Looking at what lies there …"
        self.draw()
        try:
            looked = await jobs.of_the_disk(lambda: look(self._report))
        except WalkError as error:
            self.looking = ""
            self.draw()
            self.state_line.complain(str(error))
            return
        stopped = looked.stopped or not self.looking
        self.looking = ""
        self.draw()
        if stopped:
            self.say("Stopped; nothing was taken in")
        else:
            with self.told():
                self._ask_passphrase(looked)

    def _report(self, progress: Progress) -> bool:
        if not self.looking or not self.is_attached:
            return True
        self.looking = f"Looking at pack {progress.words}: {progress.file}"
        return False

    def action_out(self) -> None:
        """One step back, then Home; what is only looked at is dropped."""
        if self.looking:
            self.looking = ""
            self.go("home", say="Stopped looking; nothing was taken in")
        else:
            super().action_out()

    def action_stop(self) -> None:
        """Stop what is under way."""
        if self.looking:
            self.looking = ""
        else:
            super().action_stop()

    # What has to be asked

    def _ask_passphrase(self, looked: Looked) -> None:
        locked = looked.locked
        if not locked:
            self._ask_plan(looked)
            return
        names = one_line(", ".join(one.path.name for one in locked), 120)
        wrong = any(one.wrong for one in locked)
        title = "That passphrase does not open these packs" if wrong else "These packs are locked"
        ask_passphrase(
            self,
            title,
            f"{names}. {NOT_KEPT}",
            _needs_words,
            lambda typed: self._unlock(looked, typed),
            lambda: self._ask_plan(looked),
        )

    def _unlock(self, looked: Looked, passphrase: str) -> None:
        async def work() -> None:
            await self._look(
                lambda report: found.look((), passphrase=passphrase, before=looked, report=report)
            )

        jobs.beside(self, work, "paths")

    def _ask_plan(self, looked: Looked) -> None:
        plan = looked.plan_to_join(self.desk)
        if plan is None:
            self._ask_others(looked)
            return
        more = len(looked.found) - 1
        also = [f"{counted(more, 'more pack lies', 'more packs lie')} there"] if more else []

        def joined(said: list[str]) -> None:
            # The title and the visits stand on Home; the state line is short.
            strange = [one for one in said if one.startswith(STRANGE_PLACES)]
            first = [*strange, *also]
            self.go("home", say=" · ".join([*first, *said[:1]] if first else said))

        ask_who(self, plan, joined)

    def _ask_others(self, looked: Looked) -> None:
        others = looked.of_other_walks(self.desk)
        if not others or not self.desk.store.walks():
            self._ask_places(looked)
            return
        names = one_line(", ".join(one.path.name for one in others), 200)
        one = len(others) == 1
        title = f"{len(others)} {'pack is' if one else 'packs are'} of a walk not on this laptop"

        def answered(key: str | None) -> None:
            with self.told():
                if key == "y":
                    self._ask_places(looked)
                elif key == "n":
                    self._ask_places(looked.without(others))
                else:
                    self.say("Nothing was taken in")

        choices = (("y", "take in, as a walk of its own"), ("n", "leave out"))
        self.app.push_screen(KeyDialog(title, choices, names), answered)

    def _ask_places(self, looked: Looked) -> None:
        """A places file beside a plan is taken only when it is chosen."""
        if not looked.found:
            self.say("Nothing was taken in")
            return
        beside = found.new_places(self.desk, looked)
        if beside is None:
            self._begin(looked.found, None)
            return

        def answered(key: str | None) -> None:
            with self.told():
                self._begin(looked.found, beside if key == "t" else None)

        choices = (("t", "take the places"), ("l", "leave them"))
        title = "Places lie beside the plan"
        self.app.push_screen(KeyDialog(title, choices, PLACES_WORDS), answered)

    # The work

    def _begin(self, files: Sequence[Found], places: tuple[str, Path] | None) -> None:
        def work(desk: Desk, job: Job) -> Receipt:
            def report(progress: Progress) -> bool:
                job.words = f"collecting {progress.words}"
                entries = f"{progress.entries:,} of {progress.of:,} entries" if progress.of else ""
                job.details = tuple(one for one in (progress.file, entries) if one)
                return job.stops

            return collect.collect_found(
                desk, files, report=report, places_file=places, open_walk=False
            )

        self.begin(f"collecting 1 of {len(files)}", work)

    def show_result(self, job: Job) -> None:
        """The receipt opens."""
        _open_first(self.desk, job)
        receipt: Receipt = job.result
        if self.desk.walk_id:
            self.go("receipts")
        else:
            self.draw()
            words = "\n".join(receipt.in_words())
            self.app.push_screen(ReadDialog("Nothing was taken in", words))

    @classmethod
    def told_elsewhere(cls, page: WalkScreen, desk: Desk, job: Job) -> None:
        """Whoever is elsewhere goes on with the walk in hand."""
        if not desk.walk_id:
            with page.told():
                _open_first(desk, job)
                page.reload()
        page.say(
            "Packs are in: c on Home shows the receipt" if job.error is None else str(job.error)
        )


def _needs_words(passphrase: str) -> None:
    if not passphrase:
        raise Refused("No passphrase was typed.", "Esc goes on without these packs.")


def _open_first(desk: Desk, job: Job) -> None:
    """The walk that came is opened where none was, or where only others came in."""
    receipt: Receipt | None = job.result
    if receipt is not None and receipt.walk and receipt.walk != desk.walk_id:
        desk.open_walk(receipt.walk)
