"""What stands well in some words and what could be said otherwise; it blocks nothing."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import RenderResult
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from walk.text import wrap
from walk.widgets.prose import PROSE_MOST


class AdviceLines(Widget):
    """Each open point on its own line, then those that stand, together."""

    DEFAULT_CSS = """
    AdviceLines { height: auto; width: 1fr; padding: 0 1; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._open: tuple[str, ...] = ()
        self._fine: tuple[str, ...] = ()

    def show(self, points: Sequence[tuple[bool, str, str]]) -> None:
        """Show (stands well, point, words) of each point."""
        wanted = tuple(words for ok, _, words in points if not ok)
        fine = tuple(point for ok, point, _ in points if ok)
        if (wanted, fine) != (self._open, self._fine):
            self._open, self._fine = wanted, fine
            self.refresh(layout=True)

    def _lines(self, width: int) -> list[tuple[str, str]]:
        room = max(2, min(width, PROSE_MOST) - 2)
        told = [("○", words, "$text-warning") for words in self._open]
        if self._fine:
            told.append(("✓", " · ".join(self._fine), "$foreground-muted"))
        return [
            (f"{' ' if number else sign} {line}", style)
            for sign, words, style in told
            for number, line in enumerate(wrap(words, room))
        ]

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as there is to say."""
        return len(self._lines(width))

    def render(self) -> RenderResult:
        """The lines; a sign says which is which, a colour repeats it."""
        parts: list[str | tuple[str, str]] = []
        for line in self._lines(self.size.width):
            parts += ["\n", line] if parts else [line]
        return Content.assemble(*parts)
