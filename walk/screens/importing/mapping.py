"""The part of Import on which a person says what each column of a table is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from walk.errors import IntakeError
from walk.intake.cells import LONGEST_LABEL, LONGEST_VISIT, label
from walk.intake.column_map import ROLE_WORDS, ROLES, Role, one_header
from walk.intake.moments import Order
from walk.routine.desk import Desk
from walk.routine.folders import paths_of
from walk.routine.importing import table_maps
from walk.screens.ask import Ask, Values
from walk.screens.dialogs import FieldsDialog, ReadDialog
from walk.screens.exchanging.followed import FollowingScreen
from walk.screens.importing.importing_rows import DATES, Page, all_notes, is_words, of_column
from walk.screens.over import open_over
from walk.screens.pick import PickScreen
from walk.text import one_line, wrap
from walk.widgets.choice_list import Choice, ChoiceList
from walk.widgets.prose import prose_width


class ColumnInFull(Static):
    """The header of the column in hand, and its first cells."""

    DEFAULT_CSS = """
    ColumnInFull { height: 4; padding: 0 1; color: $text-muted; border-top: solid $panel; }
    ColumnInFull.-none { display: none; }
    """


class MappingScreen(FollowingScreen):
    """The part of Import on which columns are explained; nothing of it is saved before it runs."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("i", "import", "import", id="import.go", tooltip="Take the notes in"),
        Binding(
            "p",
            "preview",
            "preview",
            id="import.preview",
            tooltip="Read what all rows that were looked at become",
        ),
        Binding(
            "l",
            "lines",
            "its look-for",
            id="import.lines",
            tooltip="The look-for of this column's notes, and whether each line is a note",
        ),
        Binding(
            "s",
            "save_map",
            "save the map",
            id="import.save",
            tooltip="Write what each column is into a file, for other laptops and the command line",
        ),
    ]

    def __init__(self, desk: Desk, at: str = "", say: str = "") -> None:
        """As every screen."""
        super().__init__(desk, at, say)
        self.page: Page | None = None
        """The table in hand."""

    def open_table(self, path: Path, sheet: str = "") -> None:
        """Look at a table; the screen does."""

    def action_import(self) -> None:
        """Take the notes in; the screen does."""

    # Drawing

    def work(self) -> ComposeResult:
        """The lines, the list, and the column in hand in full."""
        yield from super().work()
        yield ColumnInFull()

    def draw(self) -> None:
        """The list, and the column in hand."""
        super().draw()
        self._show_full()

    @on(ChoiceList.Moved)
    def _show_full(self) -> None:
        full = self.query_one(ColumnInFull)
        place = self._column_in_hand()
        full.set_class(place is None, "-none")
        if place is not None and self.page:
            width = prose_width(self.app.size.width)
            header, *cells = of_column(self.page, place)
            lines = wrap(header, width)[:2] + [one_line(one, width) for one in cells]
            full.update(Content("\n".join(lines[:3])))

    def _column_in_hand(self) -> int | None:
        row = self.rows.choice
        kind, _, place = (row.id if row else "").partition(" ")
        return int(place) if kind == "column" and self.page and not self.busy else None

    # Saying what the columns are

    def change(self, page: Page, kind: str, rest: str) -> None:
        """Change what a row of the page stands for."""
        if kind == "column":
            self._pick_role(page, int(rest))
        elif kind == "into" and self.desk.walk_id:
            page.into = "" if page.into else one_line(self.desk.walk.title, 60)
            self.draw()
        elif kind == "sheet":
            self._pick(
                "Which sheet?",
                {one: one for one in page.seen.sheets},
                page.seen.sheet,
                lambda name: self.open_table(page.seen.path, name),
            )
        elif kind == "kind":
            words = {"noticing": "noticings", "wondering": "wonderings"}
            self._pick(
                "These words are", words, page.columns.kind, lambda said: self._now(page, kind=said)
            )
        elif kind == "times":
            other = "minutes" if page.columns.times == "seconds" else "seconds"
            self._now(page, times=other)
        elif kind == "dates":
            self._pick(
                "A date such as 10/11/2025 has",
                DATES,
                page.columns.dates,
                lambda said: self._now(page, dates=cast(Order, said)),
            )
        elif kind == "visit":
            self._ask_visit(page)

    def _now(self, page: Page, **said: Any) -> None:
        page.columns = replace(page.columns, **said)
        page.kept = False
        with self.told():  # what was said is there again when the table is chosen once more
            table_maps.keep_map(self.desk, page.seen.header, page.columns)
        page.read()
        self.draw()

    def _pick(
        self,
        title: str,
        rows: dict[str, str],
        mark: str,
        picked: Callable[[str], None],
        note: str = "",
    ) -> None:
        def closed(id: str | None) -> None:
            if id is not None:
                with self.told():
                    picked(id.removeprefix("-"))

        # A row without an id could not be chosen.
        choices = [Choice(f"-{one}", words) for one, words in rows.items()]
        open_over(self, PickScreen(title, choices, mark=f"-{mark}", note=note), closed)

    def _pick_role(self, page: Page, place: int) -> None:
        column = page.columns.columns[place]

        def picked(said: str) -> None:
            columns = list(page.columns.columns)
            columns[place] = replace(column, role=cast(Role, said))
            self._now(page, columns=tuple(columns))

        name = one_line(one_header(column.header), 50) or "This column"
        self._pick(name, {one: ROLE_WORDS[one] for one in ROLES}, column.role, picked)

    def _ask_visit(self, page: Page) -> None:
        def save(values: Values) -> None:
            code = label(values[0], "visit code", LONGEST_VISIT)
            self._now(page, visit=code)

        ask = Ask("", page.columns.visit, "V3; empty: as a column says", one_row=True)
        self._fields("The visit that all rows are about", [ask], save)

    def _fields(
        self, title: str, asks: list[Ask], save: Callable[[Values], None], note: str = ""
    ) -> None:
        open_over(self, FieldsDialog(title, asks, save, note=note), lambda _: None)

    def action_lines(self) -> None:
        """The look-for of a column's notes, and whether each of its lines is one."""
        page, place = self.page, self._column_in_hand()
        if page is None or place is None or not is_words(page.columns.columns[place]):
            self.say("Stand on a column that holds the words of notes")
            return
        column = page.columns.columns[place]

        def save(values: Values) -> None:
            columns = list(page.columns.columns)
            name = label(values[0], "look-for", LONGEST_LABEL)
            columns[place] = replace(column, look_for=name, lines=values[1] == "lines")
            self._now(page, columns=tuple(columns))

        asks = [
            Ask("Look-for", column.look_for, "as another column says, or none", one_row=True),
            Ask(
                "A cell is",
                "lines" if column.lines else "cell",
                options=(("cell", "one note"), ("lines", "one note a line")),
            ),
        ]
        self._fields(one_line(one_header(column.header), 60), asks, save)

    def action_preview(self) -> None:
        """Read what the rows become."""
        page = self.page
        if page is not None and page.shown is None:
            self.say(page.why_not)
        elif page is not None and page.shown is not None:
            words = all_notes(page.shown, page.seen.more)
            self.app.push_screen(ReadDialog("What the rows become", words))

    def action_save_map(self) -> None:
        """Write the map into a file."""
        page = self.page
        if page is None:
            return
        begun = str(page.seen.path.with_suffix(".columns.toml"))

        def save(values: Values) -> None:
            (path,) = paths_of(values[0])[:1]
            if path.suffix.lower() != ".toml":
                raise IntakeError("The name does not end in .toml.", "Name it MAP.toml, say.")
            table_maps.write_map(path, page.columns)
            self.say(f"Wrote {one_line(str(path), 200)}")

        note = "It holds headers and look-fors, no answers. `walk import --columns` reads it."
        self._fields("Where to?", [Ask("", begun, one_row=True)], save, note)
