"""What points the eyes in a room: the inquiry in full, and the look-fors by number and name."""

from __future__ import annotations

from textual.app import RenderResult
from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget

from walk.text import cell_width, one_line, wrap
from walk.widgets.prose import PROSE_MOST

NAME_MOST = 28  # characters in a look-for's name
MUTED = "$foreground-muted"


class Inquiry(Widget):
    """The inquiry, wrapped, in a few rows at most; what has to be said about it is never cut."""

    DEFAULT_CSS = """
    Inquiry { height: auto; width: 1fr; padding: 0 1; color: $text; }
    """

    words: reactive[str] = reactive("", layout=True)
    note: reactive[str] = reactive("", layout=True)
    """Said behind the words, such as "not yet confirmed by the host teachers"."""
    rows: reactive[int] = reactive(3, layout=True)
    """How many rows it may take."""

    def lines(self, width: int) -> list[str]:
        """The rows at this width."""
        width = min(width, PROSE_MOST)
        lines = wrap(" ".join(self.words.split()), width) if self.words else []
        if not self.note:
            return _cut(lines, self.rows, width)
        if lines and len(lines) <= self.rows and _fits(lines[-1], self.note, width):
            return [*lines[:-1], f"{lines[-1]} · {self.note}"]
        tail = wrap(self.note, width)
        return [*_cut(lines, max(1, self.rows - len(tail)), width), *tail]

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many rows as there are lines."""
        return len(self.lines(width))

    def render(self) -> RenderResult:
        """The lines, never read as markup; what is said about them steps back."""
        text = "\n".join(self.lines(self.size.width))
        note = "\n".join(wrap(self.note, min(self.size.width, PROSE_MOST))) if self.note else ""
        if note and text.endswith(note):
            return Content.assemble(text.removesuffix(note), (note, "$text-muted"))
        return Content(text)


class LookForPane(Widget):
    """The look-fors by number. Prompts for the eyes: nothing is counted beside them."""

    DEFAULT_CSS = """
    LookForPane { height: 1fr; width: auto; color: $text; }
    """

    names: reactive[tuple[str, ...]] = reactive((), layout=True)
    tied: reactive[int] = reactive(0)
    """The number tied to the line being typed, or 0."""

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """As wide as the longest name."""
        longest = max((cell_width(one_line(one)) for one in self.names), default=0)
        return min(max(longest, 12), NAME_MOST) + 5

    def render(self) -> RenderResult:
        """A heading, a row a look-for, and how many do not fit."""
        width, height = self.size
        room = max(0, width - 2)
        rows = [" Look for"]
        rows += [f"{number:>2} {one_line(name)}" for number, name in enumerate(self.names, 1)]
        if not self.names:
            rows.append(" none set yet")
        if len(rows) > height > 1:
            hidden = len(rows) - height + 1
            rows = [*rows[: height - 1], f" … {hidden} more: /"]
        rows += [""] * (height - len(rows))
        parts: list[str | tuple[str, str]] = []
        for number, row in enumerate(rows[:height]):
            shown = one_line(row, room) if row.strip() else ""
            shown = (" " if row.startswith(" ") else "") + shown.lstrip()
            style = (
                "bold" if number and number == self.tied else "$text-muted" if not number else ""
            )
            gap = " " * max(0, room - cell_width(shown))
            parts += [(shown, style), f"{gap} ", ("│", MUTED), "\n"]
        return Content.assemble(*parts[:-1])


def _fits(line: str, note: str, width: int) -> bool:
    return cell_width(line) + 3 + cell_width(note) <= width


def _cut(lines: list[str], rows: int, width: int) -> list[str]:
    if len(lines) <= rows:
        return lines
    return [*lines[: rows - 1], one_line(f"{lines[rows - 1]} {lines[rows]}", width)]
