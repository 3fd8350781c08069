"""A rule across the screen with words on it: what the line below it is going to be."""

from __future__ import annotations

from textual.app import RenderResult
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from walk.text import cell_width, one_line
from walk.widgets.note_list import LINE_MOST


class RuleLine(Widget):
    """One row: a dash, the words, and dashes to the right edge."""

    DEFAULT_CSS = """
    RuleLine { height: 1; width: 1fr; color: $text-muted; }
    """

    words: reactive[str] = reactive("")
    right: reactive[str] = reactive("")
    """A few words at the right end, such as what is out of sight."""

    def render(self) -> RenderResult:
        """The words stand out from the rule; the right ones go first when it is narrow.

        In a wide window they end where the lines of notes below end, and the rule goes on.
        """
        width = min(self.size.width, LINE_MOST) if self.right else self.size.width
        right = f" {one_line(self.right)} ─" if self.right else ""
        if cell_width(right) + cell_width(self.words) + 4 > width:
            right = ""
        words = one_line(self.words, max(0, width - 4 - cell_width(right)))
        rest = "─" * max(0, width - cell_width(words) - cell_width(right) - 3)
        beyond = "─" * (self.size.width - width)
        return Content.assemble("─ ", (words, "$text"), f" {rest}{right}{beyond}")
