"""A list of rows to move through and choose from by keyboard; words are never read as markup."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from textual import events
from textual.app import RenderResult
from textual.binding import BindingType
from textual.content import Content
from textual.geometry import Offset, Size
from textual.message import Message
from textual.reactive import reactive

from walk.text import cell_width, one_line, wrap
from walk.widgets.asking import OrderedKeys
from walk.widgets.choices import LIST_KEYS, Place
from walk.widgets.choices import Choice as Choice
from walk.widgets.choices import heading as heading

MARKER = "▸"
INDENT = 3
"""Cells before a row's first word; the marker stands in them."""
HANG = 2
"""Cells by which the further lines of a row without a label are set in."""
KEPT = 400
"""Rows whose lines are kept from before, as most rows stay as they were."""
LABEL_MOST = 24
"""Cells that the label column may take; on a narrow screen two fifths of the width."""
SIGN_MOST = 3
"""Cells of a label that is no more than a sign or a number; it keeps to a narrow column."""
LINE_MOST = 100
"""Cells of a line on a wide screen; a row of one line that is longer uses the whole width."""


class _Line(NamedTuple):
    label: str
    words: str
    side: str


class ChoiceList(OrderedKeys, can_focus=True):
    """Rows with a marker on the one in hand. The terminal cursor stands on it."""

    DEFAULT_CSS = """
    ChoiceList { height: 1fr; width: 1fr; text-wrap: nowrap; text-overflow: clip; }
    ChoiceList.-short { height: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*LIST_KEYS]

    @dataclass
    class Chosen(Message):
        """Enter was pressed on a row."""

        list: ChoiceList
        choice: Choice

        @property
        def control(self) -> ChoiceList:
            """The list it happened in."""
            return self.list

    @dataclass
    class Moved(Message):
        """The marker stands on another row."""

        list: ChoiceList
        choice: Choice

        @property
        def control(self) -> ChoiceList:
            """The list it happened in."""
            return self.list

    at: reactive[int] = reactive(-1)
    """Index of the marked row; -1 where no row can be chosen."""
    gap: reactive[int] = reactive(0)
    """Blank lines behind each row that can be chosen, to be read from afar."""
    lines_most: reactive[int] = reactive(1)
    """How many lines one row's words may take."""
    lines_up = False
    """Words stand in one column under all headings, as on a page of one form."""

    def __init__(
        self, choices: Sequence[Choice] = (), *, lines_most: int = 1, id: str | None = None
    ) -> None:
        """The rows, and how many lines the words of one may take."""
        super().__init__(id=id)
        self.choices: tuple[Choice, ...] = tuple(choices)
        self._top = 0
        # Only which line is where is known of every row; words are cut when they come into view.
        self._lines: list[Place] = []
        self._labels: list[int] = []
        """Cells of the label column, for each row."""
        self._cut_rows: dict[tuple[Choice, int], list[_Line]] = {}
        self._width = 0
        self._cut_for: tuple[int, int] = (0, 0)
        self._laid_out_for: tuple[object, ...] = ()
        self.set_reactive(ChoiceList.lines_most, lines_most)
        self.set_reactive(ChoiceList.at, self._first())

    # What a screen does with it

    @property
    def choice(self) -> Choice | None:
        """The marked row."""
        return self.choices[self.at] if 0 <= self.at < len(self.choices) else None

    def show(self, choices: Sequence[Choice], mark: str = "") -> None:
        """Show other rows. The marker goes to `mark`, else stays on its row or near it."""
        kept, place = self.choice.id if self.choice else "", self.at
        self.choices = tuple(choices)
        found = self._index(mark) if mark else -1
        if found < 0 and kept:
            found = self._index(kept)
        if found < 0:
            found = self._nearest(place)
        self.at = found
        self.refresh(layout=self.has_class("-short"))
        self.call_after_refresh(self._settle)

    def mark(self, id: str) -> None:
        """Put the marker on a row, where it is there and can be chosen."""
        found = self._index(id)
        if found >= 0 and self.choices[found].stands:
            self.at = found

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Enter does nothing where no row can be chosen, so that the key line promises nothing."""
        return self.choice is not None if action == "choose" else True

    async def on_key(self, event: events.Key) -> None:
        """Take the keys that are bound here in their turn; the rest goes up."""
        if await self.obey(event.key):
            event.stop()

    def action_choose(self) -> None:
        """Choose the marked row."""
        if self.choice is not None:
            self.post_message(self.Chosen(self, self.choice))

    def action_move(self, step: int) -> None:
        """One row up or down, past headings."""
        place = self.at + step
        while 0 <= place < len(self.choices) and not self.choices[place].stands:
            place += step
        if 0 <= place < len(self.choices):
            self.at = place
        elif step < 0:
            self._top = 0  # so that a heading above the first row can be read
            self.refresh()

    def action_edge(self, side: int) -> None:
        """The first or the last row."""
        places = [place for place, choice in enumerate(self.choices) if choice.stands]
        if places:
            self.at = places[0] if side < 0 else places[-1]

    def action_page(self, side: int) -> None:
        """As many rows as the window holds."""
        for _ in range(max(1, self.size.height - 1)):
            self.action_move(side)

    def on_click(self, event: events.Click) -> None:
        """A click marks a row; on the marked row it chooses, so that no mouse is ever needed."""
        line = self._top + event.y
        if not 0 <= line < len(self._lines) or event.y >= self.size.height:
            return
        row = self._lines[line][0]
        if not self.choices[row].stands:
            return
        if row == self.at:
            self.action_choose()
        self.at = row

    # The marker

    def watch_at(self, old: int, new: int) -> None:
        """Bring the row into view, move the cursor there and tell the screen."""
        self._settle()
        if (old < 0) != (new < 0):
            self.refresh_bindings()
        if self.choice is not None:
            self.post_message(self.Moved(self, self.choice))

    def on_mount(self) -> None:
        """The cursor stays on its row when what stands above grows or goes."""
        self.screen.screen_layout_refresh_signal.subscribe(self, lambda _: self._settle())

    def on_focus(self) -> None:
        """Take the terminal cursor."""
        self.refresh()
        self.call_after_refresh(self._settle)

    def on_resize(self) -> None:
        """Keep the marked row in view."""
        self.call_after_refresh(self._settle)

    def _settle(self) -> None:
        top = self._top
        place = self._scroll()
        if self._top != top:  # else it was drawn with the row in view
            self.refresh()
        if self.has_focus and self.app.screen is self.screen:
            region = self.content_region
            self.app.cursor_position = Offset(region.x + 1, region.y + place - self._top)

    def _scroll(self) -> int:
        """Bring the marked row into the window; the line it begins on."""
        if not self.size.height:
            return 0  # it has no place yet: nothing is out of view
        self._lay_out(self.size.width, self.size.height)
        place = bisect_left(self._lines, (self.at, 0)) if self.at >= 0 else 0
        last = place + (self._count(self.at) if self.at >= 0 else 1) - 1
        window = self._window()
        if last >= self._top + window:
            self._top = last - window + 1
        if place <= self._top:
            self._top = place
            # What is said above the first row comes into view with it.
            while self._top > 0 and last - self._top + 1 < window and self._said(self._top - 1):
                self._top -= 1
        self._top = max(0, min(self._top, len(self._lines) - window))
        return place

    def _said(self, line: int) -> bool:
        return not self.choices[self._lines[line][0]].stands

    def _window(self) -> int:
        """Lines of rows that fit; the last line tells of more where there is more."""
        height = max(1, self.size.height)
        return height if len(self._lines) <= height else max(1, height - 1)

    # Drawing

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """All lines, for a list as high as its rows."""
        self._lay_out(width, 0)
        return max(1, len(self._lines))

    def render(self) -> RenderResult:
        """The lines in view, and how many are not."""
        self._scroll()
        window = self._window()
        shown = self._lines[self._top : self._top + window]
        parts: list[Content | str | tuple[str, str]] = []
        for line in shown:
            parts += [*self._draw(line), "\n"]
        if len(self._lines) > window:
            above = self._told(self._lines[: self._top])
            below = self._told(self._lines[self._top + len(shown) :])
            told = [f"↑ {above} more"] * (above > 0) + [f"↓ {below} more"] * (below > 0)
            parts.append((" " * INDENT + " · ".join(told), "$foreground-muted"))
        elif parts:
            parts.pop()
        return Content.assemble(*parts)

    def _told(self, lines: list[Place]) -> int:
        """How many rows are out of view; lines, where none can be chosen and all is one text."""
        if self.at < 0:
            return len(lines)
        rows = sum(number == 0 and self.choices[row].stands for row, number in lines)
        return rows or (0 if self.gap else len(lines))

    def _draw(self, place: Place) -> list[Content | str | tuple[str, str]]:
        row, number = place
        lines = self._lines_of(row)
        if not self.choices[row].stands:
            return [(f" {lines[number].words}", "bold $foreground-muted")]
        if number >= len(lines):
            return []
        line = lines[number]
        marked = row == self.at
        here = marked and number == 0
        style = "bold" if marked else ""
        if marked and self.has_focus:
            style = "bold $text-accent"
        drawn: list[Content | str | tuple[str, str]] = [
            (f" {MARKER if here else ' '} ", style),
            (line.label, style or "$foreground-muted"),
            (line.words, style),
        ]
        if line.side:
            drawn.append((line.side, "$foreground-muted"))
        return drawn

    def _lay_out(self, width: int, height: int) -> None:
        wanted = (width, height, self.choices, self.lines_most, self.gap)
        if wanted == self._laid_out_for:
            return
        self._laid_out_for = wanted
        self._labels = self._label_widths(width)
        cut_for = (width, self.lines_most)
        if cut_for != self._cut_for or len(self._cut_rows) > 4 * len(self.choices) + KEPT:
            self._cut_rows.clear()
        self._width, self._cut_for = width, cut_for
        self._lines = self._lay_rows(set())
        # Where all fits and there is room left, a blank line sets each block off.
        ends = {row - 1 for row in range(1, len(self.choices)) if self._opens_block(row)}
        if ends and not self.gap and len(self._lines) + len(ends) <= height:
            self._lines = self._lay_rows(ends)

    def _lay_rows(self, set_off: set[int]) -> list[Place]:
        last = len(self.choices) - 1
        lines: list[Place] = []
        for row, choice in enumerate(self.choices):
            blank = self.gap if choice.stands and row < last else 0
            lines += [
                (row, number) for number in range(self._count(row) + blank + (row in set_off))
            ]
        return lines

    def _opens_block(self, row: int) -> bool:
        heads = bool(self.choices[row].words) and not self.choices[row].stands
        return heads and self.choices[row - 1].stands

    def _label_widths(self, width: int) -> list[int]:
        """The label column of each row; between two headings it is the same for all.

        Where blocks are lined up it is the same for all that have more than a sign in it.
        """
        most = min(LABEL_MOST, width * 2 // 5)
        found: list[int] = []
        start = widest = 0
        for row, choice in enumerate(self.choices):
            if not choice.stands:
                found += [widest] * (row - start) + [0]
                start, widest = row + 1, 0
            elif choice.label:
                widest = max(widest, cell_width(one_line(choice.label, most)))
        found += [widest] * (len(self.choices) - start)
        if self.lines_up:
            widest = max(found, default=0)
            found = [widest if one > SIGN_MOST else one for one in found]
        return found

    def _lines_of(self, row: int) -> list[_Line]:
        """The lines of a row at the present width, without the blank ones behind it."""
        choice, label = self.choices[row], self._labels[row]
        key = (choice, label)
        if key not in self._cut_rows:
            self._cut_rows[key] = self._cut(choice, self._width, label)
        return self._cut_rows[key]

    def _count(self, row: int) -> int:
        """How many lines a row takes; nothing is cut for it where that is known."""
        known = self.lines_most == 1 and self.choices[row].stands
        return 1 if known else len(self._lines_of(row))

    def _cut(self, choice: Choice, width: int, label: int) -> list[_Line]:
        if not choice.stands:
            return [_Line("", line, "") for line in wrap(choice.words, min(width, LINE_MOST) - 2)]
        side = one_line(choice.side, max(0, width // 2))
        column = label + 2 if label else 0
        taken = INDENT + column + (cell_width(side) + 3 if side else 1)
        room = max(8, min(width, LINE_MOST) - taken)
        if self.lines_most == 1 and cell_width(choice.words[: room + 1]) > room:
            room = max(8, width - taken)
        name = one_line(choice.label, label) if label else ""
        padded = name + " " * (column - cell_width(name))
        # Without a label, only what is set in tells where the next row begins.
        hang = 0 if column else HANG
        first, *more = self._pieces_of(choice.words, room, hang)
        gap = " " * (room - cell_width(first) + 2) + side if side else ""
        return [_Line(padded, first, gap), *(_Line(" " * (column + hang), one, "") for one in more)]

    def _pieces_of(self, words: str, room: int, hang: int) -> list[str]:
        if self.lines_most == 1:
            return [one_line(words, room)]
        # Only what can be shown is wrapped: a pasted page must not slow the list down.
        line = one_line(words[: room * (self.lines_most + 1)])
        if cell_width(line) <= room:
            return [line]
        room -= hang
        pieces = wrap(line, room)
        if len(pieces) > self.lines_most:
            rest = " ".join(pieces[self.lines_most - 1 :])
            pieces = [*pieces[: self.lines_most - 1], one_line(rest, room)]
        return pieces

    # Finding rows

    def _first(self) -> int:
        return next((n for n, choice in enumerate(self.choices) if choice.stands), -1)

    def _index(self, id: str) -> int:
        return next((n for n, choice in enumerate(self.choices) if choice.id == id), -1)

    def _nearest(self, place: int) -> int:
        places = [n for n, choice in enumerate(self.choices) if choice.stands]
        if not places:
            return -1
        return min(places, key=lambda n: (abs(n - place), n)) if place >= 0 else places[0]
