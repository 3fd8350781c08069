"""The head of a walk: a few facts at the left, its inquiry at the right, or one above the other."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import RenderResult
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from walk.text import cell_width, one_line, wrap
from walk.widgets.prose import PROSE_MOST

FACTS_WIDTH = 28
FACTS_WIDTH_WIDE = 44
"""Cells of the facts; more of them where the inquiry leaves room."""
FACT_ROWS = 2
"""Rows that one fact may take, as a school may have a long name."""
NARROW = 70
"""Cells of width below which the two stand one above the other."""
INQUIRY_ROWS = 4


class WalkHead(Widget):
    """Facts and inquiry; as high as it needs to be."""

    DEFAULT_CSS = """
    WalkHead { height: auto; width: 1fr; padding: 0 1; }
    """

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self.facts: tuple[str, ...] = ()
        self.words = ""

    def show(self, facts: Sequence[str], words: str) -> None:
        """Show these facts, a row each, and these words."""
        if (tuple(facts), words) != (self.facts, self.words):
            self.facts, self.words = tuple(facts), words
            self.refresh(layout=True)

    def _rows(self, width: int) -> list[tuple[str, str]]:
        """(facts column, words) of each row."""
        wide = width >= NARROW
        column = _column(width)
        room = max(8, min(PROSE_MOST, width - column - 2 if wide else width))
        # Only what can be shown is wrapped: a pasted page must not slow the screen down.
        lines = wrap(" ".join(self.words[: room * (INQUIRY_ROWS + 2)].split()), room)
        if len(lines) > INQUIRY_ROWS:
            rest = f"{lines[INQUIRY_ROWS - 1]} {lines[INQUIRY_ROWS]}"
            lines = [*lines[: INQUIRY_ROWS - 1], one_line(rest, room)]
        lines = lines if self.words else []
        if not wide:
            return [(_in_a_row(self.facts, width), ""), *((line, "") for line in lines)]
        facts_column = [row for fact in self.facts for row in _fact(fact, column)]
        rows = max(len(lines), len(facts_column))
        facts_column += [""] * (rows - len(facts_column))
        lines += [""] * (rows - len(lines))
        return list(zip(facts_column, lines, strict=True))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many rows as there are."""
        return len(self._rows(width))

    def render(self) -> RenderResult:
        """The rows, never read as markup."""
        width = self.size.width
        parts: list[str | tuple[str, str]] = []
        for number, (left, right) in enumerate(self._rows(width)):
            parts += ["\n"] if number else []
            if width >= NARROW:
                gap = " " * (_column(width) - cell_width(left) + 2)
                parts += [(f"{left}{gap}", "$foreground-muted"), right]
            else:
                parts.append((left, "" if number else "$foreground-muted"))
        return Content.assemble(*parts)


def _column(width: int) -> int:
    """Cells of the facts' column."""
    return max(FACTS_WIDTH, min(FACTS_WIDTH_WIDE, width // 3))


def _in_a_row(facts: Sequence[str], width: int) -> str:
    """All facts in one row; the first gives way to the others, as those say who writes."""
    others = "".join(f" · {one_line(fact)}" for fact in facts[1:])
    first = one_line(facts[0], max(width // 3, width - cell_width(others))) if facts else ""
    return one_line(first + others, width)


def _fact(fact: str, width: int) -> list[str]:
    """A fact in a row or two of its column; what goes on is set in a little."""
    first, *rest = wrap(one_line(fact, FACT_ROWS * width), width) or [""]
    return [first, f"  {one_line(' '.join(rest), width - 2)}"] if rest else [first]
