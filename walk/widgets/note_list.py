"""The notes of a visit, one row each, drawn only where they are seen; and one note in full."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from rich.segment import Segment
from textual.app import RenderResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Click, Key, Resize
from textual.geometry import Offset, Region, Size
from textual.message import Message
from textual.reactive import reactive, var
from textual.screen import Screen
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget

from walk.text import cell_width, one_line, wrap
from walk.widgets.asking import OrderedKeys, Question
from walk.widgets.prose import PROSE_MOST
from walk.widgets.typed import typed

MARK = "▸"
LINE_MOST = 100
"""Cells of a row on a wide screen, so that the look-for stands near; longer words use the width."""
BY_MOST = 12
"""Cells for who typed a note for its author."""
WITHDRAW_HELP = "Take the note back; undo brings it again"
LOOK_FOR_HELP = "Tie the note to another look-for, or to none"
MORE_HELP = "Correct what was understood from the words: quoted speech, tally"
BACK_HELP = "Back to the line; any letter goes there too and is typed"
DOWN_HELP = "The note below; from the last one back to the line"


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A note as the list shows it."""

    id: str
    when: str
    """Minutes into the stop, the place on a tape, or a dash."""
    letter: str
    """N for a noticing, W for a wondering."""
    words: str
    """Its words, whole."""
    number: int = 0
    """The number of the look-for it is tied to, or 0."""
    by: str = ""
    """“by Ben” where another than its author typed it."""


class NoteList(ScrollView, OrderedKeys, inherit_bindings=False):  # the first base gives the looks
    """Notes in the order they were begun, newest at the bottom. Keys work on the one marked."""

    can_focus = True
    COMPONENT_CLASSES: ClassVar[set[str]] = {"note-list--marked"}
    DEFAULT_CSS = """
    NoteList {
        height: 1fr; width: 1fr; background: $background; color: $text;
        scrollbar-size-vertical: 1; scrollbar-size-horizontal: 0; overflow-x: hidden;
    }
    NoteList > .note-list--marked { text-style: reverse; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "edit", "edit", id="notes.edit", tooltip="Put the note into other words"),
        Binding("tab", "turn", "kind", id="notes.turn", tooltip="Make it a wondering, or back"),
        Binding("delete", "withdraw", "withdraw", id="notes.withdraw", tooltip=WITHDRAW_HELP),
        Binding("slash", "look_for", "look-for", id="notes.look_for", tooltip=LOOK_FOR_HELP),
        Binding("space", "more", "more", id="notes.more", tooltip=MORE_HELP),
        Binding("escape", "back", "back", id="notes.back", tooltip=BACK_HELP),
        Binding("up", "move(-1)", "up", id="notes.up", show=False, tooltip="The note above"),
        Binding("down", "move(1)", "down", id="notes.down", show=False, tooltip=DOWN_HELP),
        Binding("pageup", "page(-1)", "", id="notes.pageup", show=False, tooltip="A page up"),
        Binding("pagedown", "page(1)", "", id="notes.pagedown", show=False, tooltip="A page down"),
        Binding("home", "edge(0)", "first", id="notes.home", show=False, tooltip="First note"),
        Binding("end", "edge(-1)", "newest", id="notes.end", show=False, tooltip="Newest note"),
    ]

    index: reactive[int] = reactive(-1, repaint=False)
    """The row marked, from 0; -1 when there is none."""
    menu: var[Question | None] = var(None)
    """What Space asks."""
    look_fors: var[Question | None] = var(None)
    """What / asks; None where there is nothing to tie."""

    @dataclass
    class Marked(Message):
        """Another note is marked, or none (an empty id); `on_note_list_marked` follows it."""

        note: str

    @dataclass
    class Wanted(Message):
        """Something is to be done with a note: "edit", "turn" or "withdraw"."""

        what: str
        note: str

    @dataclass
    class Left(Message):
        """Back to the composer."""

    def __init__(self, hand_over: Callable[[Key], None], *, id: str | None = None) -> None:
        """`hand_over` takes a key that belongs to the composer, in its turn."""
        super().__init__(id=id)
        self._hand_over = hand_over
        self._rows: list[NoteRow] = []
        self._when = 2  # cells of the widest "when"

    # What it holds

    @property
    def rows(self) -> Sequence[NoteRow]:
        """The rows, oldest first."""
        return self._rows

    @property
    def above(self) -> int:
        """How many notes are scrolled out at the top."""
        return round(self.scroll_y)

    @property
    def marked(self) -> NoteRow | None:
        """The row marked."""
        return self._rows[self.index] if 0 <= self.index < len(self._rows) else None

    def show_all(self, rows: Sequence[NoteRow]) -> None:
        """Show these notes; the mark stays on its note, or near where it was."""
        before = self.marked
        self._rows = list(rows)
        self._fit()
        ids = [row.id for row in self._rows]
        if before and before.id in ids:
            self.index = ids.index(before.id)
        else:
            self.index = min(self.index, len(ids) - 1)
        self.refresh()
        if not self.has_focus:
            self.show_newest()

    def add(self, row: NoteRow) -> None:
        """Show one more note at the bottom."""
        self._rows.append(row)
        self._fit()
        self.show_newest()
        self.refresh()

    def change(self, row: NoteRow) -> None:
        """Show a note that is there already in its new wording."""
        for place, old in enumerate(self._rows):
            if old.id == row.id:
                self._rows[place] = row
                self._fit()
                self.refresh()
                return

    def mark_newest(self) -> None:
        """Mark the newest note."""
        self.index = len(self._rows) - 1

    def show_newest(self) -> None:
        """Bring the newest note into sight."""
        self.scroll_to(y=max(0, len(self._rows) - self.size.height), animate=False, force=True)

    def _fit(self) -> None:
        self.virtual_size = Size(0, len(self._rows))
        self._when = max(2, *(cell_width(one.when) for one in self._rows), 0)

    # Drawing

    def render_line(self, y: int) -> Strip:
        """One row, from what is in sight only."""
        place = y + self.scroll_offset.y
        width = self.scrollable_content_region.width
        if place >= len(self._rows):
            return Strip.blank(width, self.rich_style)
        on_it = place == self.index and self.has_focus
        style = self.rich_style
        if on_it:
            style += self.get_component_rich_style("note-list--marked", partial=True)
        words = self.line(self._rows[place], width, marked=on_it)
        return Strip([Segment(words, style)]).adjust_cell_length(width, style)

    def line(self, row: NoteRow, width: int, *, marked: bool = False) -> str:
        """A row as text: mark, when, letter, words cut to what is left, look-for number."""
        start = f"{MARK if marked else ' '}{row.when:>{self._when}} {row.letter}  "
        by = f"  {one_line(row.by, BY_MOST)}" if row.by else ""
        end = f"{by} {row.number:>2} " if row.number else f"{by}    "
        taken = cell_width(start) + cell_width(end)
        room = max(0, min(width, LINE_MOST) - taken)
        if cell_width(row.words[: room + 1]) > room:
            room = max(0, width - taken)
        words = one_line(row.words, room)
        return f"{start}{words}{' ' * (room - cell_width(words))}{end}"

    def on_mount(self) -> None:
        """Keep the terminal's cursor on the marked row when the screen moves."""
        self.screen.screen_layout_refresh_signal.subscribe(self, self._put_cursor)

    def on_resize(self, _: Resize) -> None:
        """Keep the newest, or the marked note, in sight."""
        if self.has_focus:
            self._show_marked()
        else:
            self.show_newest()

    def _put_cursor(self, _: Screen[Any] | None = None) -> None:
        if self.app.screen.focused is self and self.marked:
            row = self.index - round(self.scroll_y)
            self.app.cursor_position = self.content_region.offset + Offset(0, row)

    def watch_index(self) -> None:
        """The mark has moved: show it, and say which note it is on."""
        self._show_marked()
        self.refresh()
        self.post_message(self.Marked(self.marked.id if self.marked else ""))

    def _show_marked(self) -> None:
        if self.marked:
            row = Region(0, self.index, max(1, self.size.width), 1)
            self.scroll_to_region(row, animate=False, force=True)
        self._put_cursor()

    def on_focus(self) -> None:
        """Show the mark."""
        self._put_cursor()
        self.refresh()

    def on_blur(self) -> None:
        """Put the mark away; the newest note is what matters while typing."""
        self.refresh()
        self.show_newest()

    def on_click(self, event: Click) -> None:
        """Mark the note that was clicked."""
        place = event.y + self.scroll_offset.y
        if place < len(self._rows):
            self.index = place

    # Keys

    async def on_key(self, event: Key) -> None:
        """Work on the marked note; what is typed belongs to the composer."""
        if self.screen.focused is not self:
            self._hand_over(event)  # it was on its way here when the composer took over
            event.stop()
        elif self.question is not None and self.answered(event):
            event.stop()
        elif typed(event) and event.key not in ("space", "slash"):
            self._hand_over(event)
            event.stop()
        elif await self.obey(event.key):
            event.stop()

    def check_consume_key(self, key: str, character: str | None = None) -> bool:
        """Letters are typed in the composer, so no letter above this list is a command."""
        return key not in ("space", "slash") and bool(character and character.isprintable())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what can be done here."""
        return action != "look_for" or self.look_fors is not None

    def action_move(self, by: int) -> None:
        """Mark the note above or below; below the last one is the composer."""
        if self.index + by >= len(self._rows):
            self.action_back()
        else:
            self.index = max(0, self.index + by)

    def action_page(self, by: int) -> None:
        """Mark a note a page away."""
        page = max(1, self.size.height - 1)
        self.index = min(max(0, self.index + by * page), len(self._rows) - 1)

    def action_edge(self, place: int) -> None:
        """Mark the first or the newest note."""
        self.index = 0 if place == 0 and self._rows else len(self._rows) - 1

    def _want(self, what: str) -> None:
        if self.marked:
            self.post_message(self.Wanted(what, self.marked.id))

    def action_edit(self) -> None:
        """Ask for the note to be reworded."""
        self._want("edit")

    def action_turn(self) -> None:
        """Ask for the note's kind to be turned."""
        self._want("turn")

    def action_withdraw(self) -> None:
        """Ask for the note to be withdrawn."""
        self._want("withdraw")

    def action_look_for(self) -> None:
        """Ask which look-for to tie."""
        self.ask(self.look_fors)

    def action_more(self) -> None:
        """Ask what to correct."""
        self.ask(self.menu)

    def action_back(self) -> None:
        """Back to the composer."""
        self.post_message(self.Left())


def more_above(notes: int) -> str:
    """Behind a heading: that so many notes stand above what is seen."""
    return f" · ↑ {notes} more" if notes else ""


class NoteHeading(Widget):
    """The row above the notes: what the columns are, and how many notes are out of sight."""

    DEFAULT_CSS = """
    NoteHeading { height: 1; width: 1fr; color: $text-muted; }
    """

    above: reactive[int] = reactive(0)
    """Notes that are scrolled out at the top."""

    def render(self) -> RenderResult:
        """The name at the left, the letters' meaning at the right where there is room."""
        letters = "N notice  W wonder "
        name = f" Notes{more_above(self.above)}"
        gap = min(self.size.width, LINE_MOST) - cell_width(name) - len(letters)
        return Content(f"{name}{' ' * gap}{letters}" if gap > 0 else name)


class NoteInFull(Widget):
    """A note's whole words in a few rows, however long its row in the list had to be cut."""

    DEFAULT_CSS = """
    NoteInFull { height: 3; width: 1fr; padding: 0 1; color: $text; }
    """

    words: reactive[str] = reactive("")

    def render(self) -> RenderResult:
        """As many lines as there is room for; never read as markup."""
        width, height = min(self.size.width, PROSE_MOST), self.size.height
        lines = wrap(self.words[: 2 * width * height + 1], width)
        if len(lines) > height > 0:
            last = f"… {len(self.words):,} characters; Enter shows them all"
            lines = [*lines[: height - 1], one_line(last, width)]
        return Content("\n".join(lines))
