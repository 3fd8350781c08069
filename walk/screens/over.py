"""Over: what every dialog of ours has in common; it opens so that no key pressed ahead is lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar, Generic, TypeVar

from textual.await_complete import AwaitComplete
from textual.binding import BindingType
from textual.dom import DOMNode
from textual.screen import ModalScreen

from walk.screens.base import HoldsKeys
from walk.screens.helping import HELP_KEY, show_help

R = TypeVar("R")


class Over(ModalScreen[R], Generic[R]):
    """A dialog over a screen."""

    HELP_WORDS: ClassVar[str] = ""
    """What this dialog is for, in its own words; shown by help above its keys."""
    BINDINGS: ClassVar[list[BindingType]] = [HELP_KEY]
    heading: str = ""
    """What it is called."""
    opened_over: bool = False
    """True where the screen below waits for the result, as `open_over` sees to it."""

    def on_screen_resume(self) -> None:
        """By now the dialog has its focus: what was typed ahead can come."""
        if isinstance(self.app, HoldsKeys) and self.is_current:
            self.app.screen_is_there()

    def dismiss(self, result: R | None = None) -> AwaitComplete:
        """Close; later keys wait until the screen below has acted on the result."""
        gone = super().dismiss(result)
        if self.opened_over and isinstance(self.app, HoldsKeys):
            self.app.dialog_closes()
        return gone

    def help_title(self) -> str:
        """What help calls this dialog."""
        return self.heading

    def help_words(self) -> str:
        """What help says of this dialog."""
        return self.HELP_WORDS

    def action_help(self) -> None:
        """Show what this dialog is for and every key it knows."""
        show_help(self)


def open_over(below: DOMNode, dialog: Over[R], closed: Callable[[R | None], Any]) -> None:
    """Open a dialog; keys wait until it can take them. `closed` is given its result."""
    app = below.app
    if isinstance(app, HoldsKeys):
        app.hold_keys()

    def done(result: R | None) -> None:
        try:
            closed(result)
        finally:
            if isinstance(app, HoldsKeys):
                app.dialog_closed()

    dialog.opened_over = True
    app.push_screen(dialog, done)
