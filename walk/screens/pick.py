"""Pick: a short list over the screen that asks; a digit picks at once."""

from __future__ import annotations

from collections.abc import Sequence
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


class PickScreen(Over[str | None]):
    """One of a few rows. The result is the id of the row, or None."""

    CSS_PATH = "pick.tcss"
    AUTO_FOCUS = "ChoiceList"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "back", id="pick.back", tooltip="Back; nothing changes"),
    ]

    def __init__(
        self, title: str, choices: Sequence[Choice], *, mark: str = "", note: str = ""
    ) -> None:
        """`mark` is the row to begin on; `note` stands above the rows."""
        super().__init__()
        self.heading = title
        self.note = note
        self.begin_on = mark
        digits = iter("123456789")
        # A label of one cell keeps the words of the rows below the ninth in their column.
        self.choices = tuple(
            one._replace(label=next(digits, " ")) if one.stands else one for one in choices
        )

    def compose(self) -> ComposeResult:
        """Title, note, rows and keys."""
        with Vertical(id="pick-box"):
            yield Static(Content(self.heading), id="pick-title")
            if self.note:
                yield Static(Content(self.note), id="pick-note")
            yield ChoiceList(self.choices, lines_most=2)
            yield KeyLine(*self._digits())

    def _digits(self) -> list[tuple[str, str]]:
        count = min(sum(one.stands for one in self.choices), 9)
        return [("1" if count == 1 else f"1-{count}", "at once")] if count else []

    def help_words(self) -> str:
        """What is chosen from, and how."""
        told = [self.note] if self.note else []
        told.append(
            "↑ and ↓ go from row to row, Enter takes the marked one, and a digit takes its row at "
            "once. Esc goes back, and all stays as it was."
        )
        return "\n".join(told)

    def on_mount(self) -> None:
        """Begin on the row that holds now."""
        rows = self.query_one(ChoiceList)
        rows.add_class("-short")
        rows.mark(self.begin_on)

    def on_key(self, event: events.Key) -> None:
        """A digit picks its row."""
        found = [one for one in self.choices if one.stands and one.label == event.character]
        if found and event.character != " ":
            event.stop()
            self._over(found[0].id)

    def on_choice_list_chosen(self, event: ChoiceList.Chosen) -> None:
        """Enter picks the marked row."""
        self._over(event.choice.id)

    def action_back(self) -> None:
        """Back; nothing changes."""
        self._over(None)

    def _over(self, result: str | None) -> None:
        """Close once, also when a key was pressed twice."""
        if self.is_current:
            self.dismiss(result)
