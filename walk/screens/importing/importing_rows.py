"""The rows of the page on which columns are explained: what each one is, and what comes of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from walk.errors import WalkError
from walk.intake.column_map import ROLE_WORDS, WORDS, Column, ColumnMap, one_header
from walk.intake.moments import order_of
from walk.routine.importing.table_maps import Look, Shown, notes_of
from walk.routine.importing.take_in import TakenIn
from walk.text import one_line
from walk.widgets.choice_list import Choice, heading

NOTES_SHOWN = 6
REFUSED_SHOWN = 3
CELLS_SHOWN = 3
SIGNS_OF_CELL = 200
"""Characters of a cell that are looked at for one line."""
LETTERS = {"noticing": "N", "wondering": "W"}
DATES = {
    "": "as the whole column says",
    "day first": "the day first: 10/11 is 10 November",
    "month first": "the month first: 10/11 is 11 October",
}
NO_HEADER = "(no header)"


@dataclass(slots=True)
class Page:
    """A table that was looked at, and what was said of its columns."""

    seen: Look
    columns: ColumnMap
    kept: bool = False
    """The map is the one that was used last for this form."""
    into: str = ""
    """The title of the walk that the notes go into; empty: a walk of their own."""
    look_fors: Sequence[str] = ()
    shown: Shown | None = None
    why_not: str = ""
    """Why no note can be shown yet."""

    def read(self) -> None:
        """See what comes of the first rows."""
        self.shown, self.why_not = None, ""
        if self.seen.plain:
            return
        lacks = self.columns.lacks()
        if lacks:
            self.why_not = f"Still to say: {'; '.join(lacks)}."
            return
        try:
            self.shown = notes_of(self.seen, self.columns, self.look_fors)
        except WalkError as error:
            self.why_not = str(error)

    @property
    def ready(self) -> bool:
        """Whether notes can be taken in."""
        return self.seen.plain or not self.columns.lacks()


def rows_of(page: Page) -> list[Choice]:
    """All rows of the page."""
    seen = page.seen
    told = [heading(one) for one in seen.told]
    rows = [heading(one_line(seen.path.name, 60)), *told]
    into = page.into or "a walk of their own"
    rows.append(Choice("into", into, "The notes go into"))
    if len(seen.sheets) > 1:
        rows.append(Choice("sheet", seen.sheet, "Sheet"))
    if seen.plain:
        rows.append(heading("It is in the plain form; nothing more has to be said."))
        rows += [Choice("import", "import its notes", "i")]
        return rows
    told_kept = " · as you said last time" if page.kept else ""
    rows += [heading(), heading(f"What each column is{told_kept}")]
    rows += [_column(place, one) for place, one in enumerate(page.columns.columns)]
    rows += [heading(), heading("For all rows")]
    rows += list(_for_all(page))
    rows += [heading(), *_comes_of_it(page)]
    if page.ready:
        rows.append(Choice("import", "import the notes", "i"))
    return rows


def _column(place: int, column: Column) -> Choice:
    words = ROLE_WORDS[column.role]
    words += f" · {column.look_for}" if column.look_for else ""
    words += " · one note a line" if column.lines else ""
    name = one_header(column.header) or NO_HEADER
    return Choice(f"column {place}", "·" if column.role == "ignore" else words, name)


def _for_all(page: Page) -> Iterator[Choice]:
    columns = page.columns
    if not columns.places("visit"):
        yield Choice("visit", columns.visit or "not said yet", "Visit")
    elif columns.visit:
        yield Choice("visit", f"{columns.visit}, whatever the column says", "Visit")
    else:
        yield Choice("visit", "as the column says", "Visit")
    if columns.places("note") and not columns.places("kind"):
        yield Choice("kind", columns.kind or "not said yet", "Kind")
    if columns.places("at"):
        yield Choice("times", f"a bare number is {columns.times}", "Time into the visit")
    if columns.places("timestamp") and (columns.dates or _both(page)):
        yield Choice("dates", DATES[columns.dates], "Dates")


def _both(page: Page) -> bool:
    """Whether the dates can be read in two ways, as far as the first rows say."""
    place = page.columns.places("timestamp")[0]
    return order_of(cells[place] for cells in page.seen.cells if place < len(cells)).both


def _comes_of_it(page: Page) -> Iterator[Choice]:
    if page.shown is None:
        yield heading(page.why_not)
        return
    shown = page.shown
    yield heading("So the first rows read")
    for note in shown.notes[:NOTES_SHOWN]:
        who = f" {note.walker}" if note.walker else ""
        tied = f" · {note.look_for}" if note.look_for else ""
        words = note.text[:SIGNS_OF_CELL]
        yield heading(
            one_line(f"{note.visit}{who} {LETTERS[note.kind]} {_at(note.at_s)}{words}{tied}", 150)
        )
    for row in shown.refused[:REFUSED_SHOWN]:
        yield heading(one_line(f"line {row.line}: {row.why}", 150))
    for told in shown.told:
        yield heading(told)
    if not shown.notes and not shown.refused:
        yield heading("No row here holds a note.")


def _at(at_s: int | None) -> str:
    return "" if at_s is None else f"{at_s // 60}:{at_s % 60:02} "


def all_notes(shown: Shown, more: bool) -> str:
    """What comes of all rows that were looked at, to read."""
    lines = [
        f"{note.visit} {note.walker} {LETTERS[note.kind]} {_at(note.at_s)}{note.text}"
        + (f" · {note.look_for}" if note.look_for else "")
        for note in shown.notes
    ]
    lines += [f"line {row.line}: {row.why}" for row in shown.refused]
    lines += shown.told
    if more:
        lines.append("… and further rows, which are read once they are imported")
    return "\n".join(lines) or "No row here holds a note."


def of_column(page: Page, place: int) -> list[str]:
    """The header of a column in full, and its first cells that hold something."""
    lines = [one_header(page.columns.columns[place].header) or NO_HEADER]
    for cells in page.seen.cells:
        if place < len(cells) and cells[place].strip():
            lines.append(f"· {one_line(cells[place][:SIGNS_OF_CELL])}")
        if len(lines) > CELLS_SHOWN:
            break
    return lines


def brought(taken: TakenIn) -> list[Choice]:
    """What an import brought, a row each."""
    rows = [heading(taken.in_words().partition(" · ")[0]), heading()]
    rows += [heading(one) for one in taken.problems()[:200]]
    if taken.added:
        rows += [
            heading(),
            heading("They are on this laptop. What may name a person waits when they are shared."),
        ]
    return [*rows, Choice("home", "on to Home"), Choice("again", "import another table")]


def is_words(column: Column) -> bool:
    """Whether a column holds the words of notes."""
    return column.role in WORDS
