"""What a team reads aloud: one prompt at a time; and a line that says what was written once."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import RenderResult
from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget

from walk.text import cell_width, wrap
from walk.widgets.prose import PROSE_MOST

LABEL = 18
"""Cells of the label's column."""


class PromptLine(Widget):
    """One prompt and its place among the others."""

    DEFAULT_CSS = """
    PromptLine { height: auto; width: 1fr; padding: 0 1; color: $text; }
    """

    place: reactive[int] = reactive(0, layout=True)
    """Which prompt, from 0."""

    def __init__(self, prompts: Sequence[str], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.prompts = tuple(prompts)

    def turn(self, by: int) -> None:
        """Show the prompt after or before; after the last one comes the first again."""
        self.place = (self.place + by) % len(self.prompts)

    def _lines(self, width: int) -> tuple[str, list[str]]:
        side = f"  ↓ {self.place + 1} of {len(self.prompts)}"
        room = min(width, PROSE_MOST)
        return side, wrap(self.prompts[self.place], max(8, room - cell_width(side)))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many rows as the prompt takes."""
        return len(self._lines(width)[1])

    def render(self) -> RenderResult:
        """The prompt stands out; its place is at the right."""
        side, lines = self._lines(self.size.width)
        gap = " " * max(
            0, min(self.size.width, PROSE_MOST) - cell_width(lines[0]) - cell_width(side)
        )
        first: list[str | tuple[str, str]] = [(lines[0], "bold"), gap, (side, "$text-muted")]
        rest: list[str | tuple[str, str]] = [(f"\n{line}", "bold") for line in lines[1:]]
        return Content.assemble(*first, *rest)


class SaidLine(Widget):
    """A label and the words written for it, in two rows at most."""

    DEFAULT_CSS = """
    SaidLine { height: auto; width: 1fr; padding: 0 1; color: $text; }
    """
    MOST = 2

    words: reactive[str] = reactive("", layout=True)

    def __init__(self, label: str, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.label = label

    def _lines(self, width: int) -> list[str]:
        room = max(8, min(width, PROSE_MOST) - LABEL)
        # Only what can be shown is wrapped: a pasted page must not slow the screen down.
        shown = " ".join(self.words[: room * (self.MOST + 1)].split())
        lines = wrap(shown, room) if shown else ["–"]
        if len(lines) > self.MOST:
            last = lines[self.MOST - 1]
            return [*lines[: self.MOST - 1], f"{last[: room - 2].rstrip()} …"]
        return lines

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """One row, or two."""
        return len(self._lines(width))

    def render(self) -> RenderResult:
        """The words beside their label, never read as markup."""
        first, *rest = self._lines(self.size.width)
        parts: list[str | tuple[str, str]] = [(f"{self.label:<{LABEL}}", "$text-muted"), first]
        parts += [f"\n{' ' * LABEL}{line}" for line in rest]
        return Content.assemble(*parts)
