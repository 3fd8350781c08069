"""A row of a list, one to choose or a heading over those beneath it; and the keys of lists."""

from __future__ import annotations

from typing import NamedTuple

from textual.binding import Binding

Place = tuple[int, int]
"""A row, and which of its lines, from 0; the blank lines behind it are counted on."""


class Choice(NamedTuple):
    """One row. Texts may come from people; they are made safe here."""

    id: str
    """What the row stands for; empty for a heading or a blank row, which cannot be chosen."""
    words: str
    label: str = ""
    """A word before the words, in a column of its own."""
    side: str = ""
    """A few words at the right edge."""

    @property
    def stands(self) -> bool:
        """True for a row that can be chosen."""
        return bool(self.id)


def heading(words: str = "") -> Choice:
    """A row that names those beneath it, or a blank one."""
    return Choice("", words)


LIST_KEYS: tuple[Binding, ...] = (
    Binding("enter", "choose", "choose", id="list.choose", tooltip="Choose the marked row"),
    Binding("up", "move(-1)", "up", id="list.up", show=False, tooltip="One row up"),
    Binding("down", "move(1)", "down", id="list.down", show=False, tooltip="One row down"),
    Binding("home", "edge(-1)", "first", id="list.first", show=False, tooltip="First row"),
    Binding("end", "edge(1)", "last", id="list.last", show=False, tooltip="Last row"),
    Binding("pageup", "page(-1)", "page up", id="list.pageup", show=False, tooltip="A page up"),
    Binding(
        "pagedown",
        "page(1)",
        "page down",
        id="list.pagedown",
        show=False,
        tooltip="A page down",
    ),
)
"""What every list obeys."""
