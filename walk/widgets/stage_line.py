"""The stages of a walk in one row: name, count and sign, in the order they come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from textual.app import RenderResult
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from walk.text import cell_width

State = Literal["not yet", "under way", "done"]

SIGNS: dict[State, str] = {"not yet": "○", "under way": "●", "done": "✓"}
"""Each state's sign; colour only follows it."""
STYLES: dict[State, str] = {
    "not yet": "$foreground-muted",
    "under way": "bold $text-accent",
    "done": "$text-success",
}


@dataclass(frozen=True, slots=True)
class StageMark:
    """One stage as it stands."""

    name: str
    state: State
    count: str = ""
    """Such as "2/5"; empty where nothing is counted."""

    @property
    def words(self) -> str:
        """Name, count and sign."""
        return " ".join(part for part in (self.name, self.count, SIGNS[self.state]) if part)


class StageLine(Widget):
    """The stages, joined by a line where there is room, on a second row where there is none."""

    DEFAULT_CSS = """
    StageLine { height: auto; width: 1fr; }
    """
    JOINTS = (" ── ", " ─ ", "  ")

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self.marks: tuple[StageMark, ...] = ()

    def show(self, marks: Sequence[StageMark]) -> None:
        """Show these stages."""
        self.marks = tuple(marks)
        self.refresh(layout=True)

    def _rows(self, width: int) -> tuple[list[list[StageMark]], str]:
        taken = sum(cell_width(mark.words) for mark in self.marks) + 2
        for joint in self.JOINTS:
            if taken + cell_width(joint) * (len(self.marks) - 1) <= width:
                return [list(self.marks)], joint
        half = (len(self.marks) + 1) // 2
        return [list(self.marks[:half]), list(self.marks[half:])], self.JOINTS[1]

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """One row, or two where they do not fit in one."""
        return len(self._rows(width)[0]) if self.marks else 0

    def render(self) -> RenderResult:
        """The stages; a sign says the state, a colour repeats it."""
        rows, joint = self._rows(self.size.width)
        parts: list[str | tuple[str, str]] = []
        for number, row in enumerate(rows):
            parts.append("\n " if number else " ")
            for place, mark in enumerate(row):
                if place:
                    parts.append((joint, "$foreground-muted"))
                parts.append((mark.words, STYLES[mark.state]))
        return Content.assemble(*parts)
