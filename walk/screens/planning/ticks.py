"""Ticks: a list over the screen that asks, in which several rows may hold."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from walk.screens.over import Over
from walk.widgets.choice_list import Choice, ChoiceList
from walk.widgets.lines import KeyLine

ON, OFF = "✓", "○"


class TickScreen(Over[tuple[str, ...]]):
    """Several of a few rows. The result is the rows that hold, in their order."""

    CSS_PATH = "ticks.tcss"
    AUTO_FOCUS = "ChoiceList"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "done", id="ticks.back", tooltip="Done; what is ticked is saved"),
        Binding("space", "tick", "tick", id="ticks.tick", tooltip="Tick, or take the tick away"),
    ]

    def __init__(
        self, title: str, options: Sequence[str], held: Collection[str], *, note: str = ""
    ) -> None:
        """`held` are those that hold to begin with; others than the options are listed too."""
        super().__init__()
        self.heading = title
        self.note = note
        self.options = tuple(dict.fromkeys((*options, *held)))
        self.held = set(held)

    def compose(self) -> ComposeResult:
        """Title, note, rows and keys."""
        with Vertical(id="ticks-box"):
            yield Static(Content(self.heading), id="ticks-title")
            if self.note:
                yield Static(Content(self.note), id="ticks-note")
            yield ChoiceList(self._rows())
            yield KeyLine()

    def help_words(self) -> str:
        """What can hold, and how it is ticked."""
        told = [self.note] if self.note else []
        told.append(
            "Several of these may hold, or none. Space or Enter ticks the marked row, a digit its "
            "own; once more takes the tick away. Esc is done: what is ticked then is saved."
        )
        return "\n".join(told)

    def _rows(self) -> list[Choice]:
        return [
            Choice(
                f"tick {place}",
                words,
                label=f"{place} {self._sign(words)}" if place < 10 else f"  {self._sign(words)}",
            )
            for place, words in enumerate(self.options, start=1)
        ]

    def _sign(self, words: str) -> str:
        return ON if words in self.held else OFF

    def on_mount(self) -> None:
        """As high as its rows."""
        self.query_one(ChoiceList).add_class("-short")

    def on_key(self, event: events.Key) -> None:
        """A digit ticks its row."""
        sign = event.character or ""
        if sign.isascii() and sign.isdigit() and 0 < int(sign) <= len(self.options):
            event.stop()
            self.query_one(ChoiceList).mark(f"tick {sign}")
            self._turn(int(sign) - 1)

    def on_choice_list_chosen(self, event: ChoiceList.Chosen) -> None:
        """Enter ticks the marked row too."""
        self._turn(int(event.choice.id.removeprefix("tick ")) - 1)

    def action_tick(self) -> None:
        """Tick the marked row, or take the tick away."""
        self._turn(self.query_one(ChoiceList).at)

    def _turn(self, place: int) -> None:
        if 0 <= place < len(self.options):
            self.held ^= {self.options[place]}
            self.query_one(ChoiceList).show(self._rows())

    def action_back(self) -> None:
        """Done."""
        if self.is_current:
            self.dismiss(tuple(one for one in self.options if one in self.held))
