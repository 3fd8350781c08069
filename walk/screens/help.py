"""Help: what the screen beneath is for, and every key it knows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import ActiveBinding, Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from walk.text import cell_width
from walk.widgets.lines import key_words


class HelpScreen(ModalScreen[None]):
    """One page over the screen it explains; any of its keys closes it."""

    CSS_PATH = "help.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape,q,enter,question_mark",
            "close",
            "back",
            id="help.close",
            tooltip="Back to the screen",
        ),
    ]

    def __init__(self, words: str, bindings: Iterable[ActiveBinding]) -> None:
        """`words` explain the screen beneath; `bindings` are what it can do now."""
        super().__init__()
        self.words = words
        keys: dict[str, list[str]] = {}
        for active in bindings:
            if active.tooltip and not active.binding.system:
                key = active.binding.key_display or key_words(active.binding.key)
                keys.setdefault(active.tooltip, []).append(key)
        self.lines = [(" ".join(several), meaning) for meaning, several in keys.items()]

    def compose(self) -> ComposeResult:
        """The words, then key and meaning, a row each."""
        rows: list[Content | str | tuple[str, str]] = [self.words, "\n\n"]
        close = ("Esc", "Close this page")
        cells = max(cell_width(key) for key, _ in (*self.lines, close))
        for key, meaning in (*self.lines, ("", ""), close):
            rows += [(f"{key:>{cells}}", "bold $text-accent"), f"  {meaning}\n"]
        with VerticalScroll(id="help-page"):
            yield Static(Content.assemble(*rows))

    def action_close(self) -> None:
        """Back to the screen beneath."""
        self.dismiss(None)
