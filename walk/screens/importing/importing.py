"""Import: a form's export or typed-up paper becomes notes, once its columns are explained."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path
from time import sleep
from typing import Any, ClassVar

from textual.app import App
from textual.binding import Binding, BindingType

from walk.errors import Refused, WalkError
from walk.routine.desk import Desk
from walk.routine.folders import Inside
from walk.routine.importing import table_maps, take_in
from walk.routine.importing.take_in import TakenIn
from walk.screens import jobs
from walk.screens.base import WalkScreen
from walk.screens.importing.importing_rows import Page, brought, rows_of
from walk.screens.importing.mapping import MappingScreen
from walk.screens.jobs import Job
from walk.text import one_line
from walk.widgets.choice_list import Choice, heading

PAUSE_S = 0.01
"""How long the work rests between two chunks, so that what is typed meanwhile is saved at once."""
ON_A_TABLE = {"import", "lines", "preview", "save_map"}


class ImportScreen(MappingScreen):
    """Choose a table, say what its columns are, and take its notes in."""

    name_in_app = "import"
    needs_walk = False
    job_name = "import"
    stop_words = "It stops behind the notes in hand"
    stage = take_in.STAGE
    tells_unconfirmed = False
    path_asked = "Which table? A .csv or .xlsx file"
    path_hint = "/media/stick/form.csv, or a folder"
    drop = "Drop a table (.csv or .xlsx) on this window, or / types its path."
    HELP_WORDS = (
        "Notes that exist elsewhere come in here: the export of an online form, or paper that was "
        "typed up. Choose the table, say what each column is, and look at what its first rows "
        "become; nothing is saved before i. The same table again adds nothing.\n"
        "One submission may give several notes. A visit is known by its code, such as V1: a column "
        "that names teachers stays unread. A tick alone is no noticing, and look-fors that come "
        "in never join the confirmed ones. What may name a person waits at the door when the "
        "notes are shared."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "u",
            "undo_import",
            "take the last back",
            id="import.undo",
            tooltip="Take the notes of the last import back, where nothing stands on them",
        ),
        Binding(
            "x",
            "stop",
            "stop",
            id="import.stop",
            tooltip="Stop the import; importing the table again finishes it",
        ),
    ]

    def __init__(self, desk: Desk, at: str = "", say: str = "") -> None:
        """As every screen."""
        super().__init__(desk, at, say)
        self.taken: TakenIn | None = None
        self.tables: tuple[Path, ...] = ()
        """The tables of the folder that is looked into."""
        self.undoable = False
        """Something was imported into the walk on the desk that can be taken back."""

    # Drawing

    def reload(self) -> None:
        """Draw; an import that ended meanwhile tells what it brought."""
        self.title_line.left = "Import"
        self.undoable = self.desk.may_undo(self.stage)
        super().reload()

    def top(self) -> Sequence[str]:
        """What can be done here."""
        if self.page or self.taken or self.job or self.looking:
            return ()
        return ("A form's export or a typed-up table. The same one again adds nothing.",)

    def other_rows(self) -> Sequence[Choice] | None:
        """The work, what came of it, or the columns; None for the folders."""
        job = self.running
        if job is not None:
            told = heading(job.words[:1].upper() + job.words[1:])
            return [told, heading(), heading("You can go on elsewhere meanwhile: Esc.")]
        if self.looking:
            return [heading(self.looking)]
        if self.taken:
            return brought(self.taken)
        return rows_of(self.page) if self.page else None

    def inside_rows(self, inside: Inside) -> Sequence[Choice]:
        """The tables of a folder."""
        rows = [Choice(f"table {one}", one.name) for one in self.tables]
        return rows or ([] if inside.why else [heading("No tables lie in it.")])

    def look_into(self, path: Path, mark: str = "") -> None:
        """Show the tables and folders of a folder."""

        async def work() -> None:
            self.tables = await asyncio.to_thread(table_maps.tables_in, path)
            super(ImportScreen, self).look_into(path, mark)

        jobs.beside(self, work, "tables")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A key works where there is something for it."""
        if not self.is_mounted:
            return super().check_action(action, parameters)
        if action == "stop":
            return self.running is not None
        if action in ON_A_TABLE:
            there = self.page is not None and self.taken is None and not self.busy
            plain = self.page is not None and self.page.seen.plain
            return there and (action == "import" or not plain)
        if action == "undo_import":
            there = self.page is None or self.taken is not None
            return there and not self.busy and self.undoable
        if action == "type_path":
            return self.may_take_paths() and self.page is None
        return True

    def action_out(self) -> None:
        """One step back: to the folders, then Home."""
        if self.busy or not (self.page or self.taken):
            super().action_out()
            return
        self.page = self.taken = None
        self.draw()

    # Choosing a table

    def pick(self, id: str) -> None:
        """Do what a row stands for."""
        kind, _, rest = id.partition(" ")
        if kind == "spot":
            self.look_into(Path(rest))
        elif kind == "table":
            self.open_table(Path(rest))
        elif kind == "home":
            self.go("home")
        elif kind == "again":
            self.action_out()
        elif kind == "import":
            self.action_import()
        elif self.page is not None:
            self.change(self.page, kind, rest)

    async def take_paths(self, paths: list[Path]) -> None:
        """A table was named, or a folder to look into."""
        self.taken = None
        if await asyncio.to_thread(paths[0].is_dir):
            self.page = None
            self.look_into(paths[0])
        else:
            self.open_table(paths[0])

    def open_table(self, path: Path, sheet: str = "") -> None:
        """Look at the first rows of a table, in a thread."""

        async def work() -> None:
            self.looking = f"Reading {one_line(path.name, 40)} …"
            self.draw()
            try:
                seen = await asyncio.to_thread(table_maps.look, path, sheet)
            except WalkError as error:
                self.looking = ""
                self.draw()
                self.state_line.complain(str(error))
                return
            self.looking = ""
            with self.told():
                columns, kept = table_maps.proposed(self.desk, seen)
                names = table_maps.look_for_names(self.desk)
                title = self.desk.walk.title if self.desk.walk_id else ""
                self.page = Page(seen, columns, kept, one_line(title, 60), names)
                self.page.read()
            self.mark = "" if seen.plain else "column 0"
            self.draw()
            self.say("")

        jobs.beside(self, work, "table")

    # The work

    def action_import(self) -> None:
        """Take the notes in, in a thread."""
        page = self.page
        if page is None or self.busy:
            return
        if not page.ready:
            self.say(page.why_not)
            return
        into = self.desk.walk_id if page.into else ""
        path, sheet = page.seen.path, page.seen.sheet
        columns = None if page.seen.plain else page.columns
        if columns is not None:
            with self.told():
                table_maps.keep_map(self.desk, page.seen.header, columns)

        def work(desk: Desk, job: Job) -> TakenIn:
            def progress(done: int, of: int) -> None:
                if job.stops:
                    raise _stopped()
                sleep(PAUSE_S)
                job.words = (
                    f"importing {done:,} of {of:,} notes" if done else f"reading: {of:,} notes"
                )

            return take_in.import_table(
                desk, path, into=into, columns=columns, sheet=sheet, progress=progress
            )

        self.begin("importing", work)

    def action_undo_import(self) -> None:
        """Take the last import back, in a thread, as it may be much."""
        with self.told():
            _ = self.desk.walk

            def work(desk: Desk, job: Job) -> str:
                return desk.undo(take_in.STAGE) or ""

            self.begin("taking the last import back", work)

    def begin(self, words: str, work: Callable[[Desk, Job], object]) -> None:
        """Begin it; what was told of the one before is over."""
        self.say("")
        super().begin(words, work)

    @classmethod
    def ended(cls, app: App[Any], desk: Desk, job: Job) -> None:
        """A walk that was made for the table is gone once its import is taken back."""
        if desk.walk_id not in desk.store.walks():
            desk.walk_id = ""
        super().ended(app, desk, job)

    @classmethod
    def told_elsewhere(cls, page: WalkScreen, desk: Desk, job: Job) -> None:
        """In short, and where more of it stands."""
        page.say(
            str(job.error) if job.error is not None else f"{_told(job)} · more of it under Import"
        )

    def show_result(self, job: Job) -> None:
        """What came in, and its walk opens."""
        taken = job.result
        self.page = self.taken = None
        if isinstance(taken, TakenIn):
            self.taken = taken
            if taken.walk:
                self.desk.open_walk(taken.walk)
            self.mark = "home"
        self.undoable = self.desk.may_undo(self.stage)
        self.draw()
        if not isinstance(taken, TakenIn):
            self.say(_told(job))


def _stopped() -> Refused:
    return Refused(
        "The import was stopped before its end.",
        "Import the table once more to finish it; else what came in goes at the next start.",
    )


def _told(job: Job) -> str:
    taken = job.result
    if isinstance(taken, TakenIn):
        return taken.in_words().partition(" · ")[0]
    return f"Undone: {taken}" if taken else "Nothing to undo here"
