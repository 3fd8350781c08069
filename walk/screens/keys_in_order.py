"""Keys in order: an app in which each key acts before the next one is looked at."""

from __future__ import annotations

from typing import Any

from textual.app import App
from textual.await_complete import AwaitComplete
from textual.events import Event, Key, Paste

MOVES = frozenset({"up", "down", "pageup", "pagedown", "home", "end"})
"""Keys that only move: what the next key means never hangs on them, and they repeat fast."""


class KeysInOrder(App[str]):
    """Holds keys back while the one before acts, or while a screen or dialog is on its way."""

    def __init__(self) -> None:
        super().__init__()
        self._ahead: list[Key | Paste] = []
        # Keys wait: the one before has not acted yet, or there is no screen to take them.
        self._waiting = True
        self._between_screens = True
        self._dialog_closing = False
        self._holds = self._holds_at_close = self._wait = 0

    async def on_event(self, event: Event) -> None:
        """Let each key act before the next one is looked at, so that none is lost or misread.

        Without it, a letter typed right after Enter would be a command of the screen that left.
        Where text is typed keys go straight in: there they only ever follow each other.
        """
        # A key that nobody took comes back up, forwarded: only then do bound keys act.
        if not isinstance(event, Key | Paste) or event.is_forwarded:
            await super().on_event(event)
            return
        self._ahead.append(event)
        if not self._waiting:
            await self._pass_on()

    async def _pass_on(self) -> None:
        """Give the screen the keys that wait, up to one that may change what keys mean."""
        self._waiting = False
        while self._ahead and not self._waiting:
            event = self._ahead.pop(0)
            moves = isinstance(event, Key) and event.key in MOVES
            self._waiting = not moves and not self._types_text()
            await super().on_event(event)
        if self._waiting:
            self._wait_rounds(3)

    def _wait_rounds(self, rounds: int) -> None:
        """Wait anew: a wait that an earlier key or screen began is over."""
        self._wait += 1
        self._once_acted(rounds, self._wait)

    def _once_acted(self, rounds: int, wait: int) -> None:
        """Go on when what a key set going has come up from where it was pressed to the screen."""
        if self._between_screens or wait != self._wait:
            return  # the next screen takes up the keys when it is there
        if rounds:
            self.call_after_refresh(self._once_acted, rounds - 1, wait)
        else:
            self.call_next(self._pass_on)

    def _types_text(self) -> bool:
        return self.focused is not None and self.focused.check_consume_key("a", "a")

    def push_screen(self, *args: Any, **named: Any) -> Any:
        """A screen or dialog comes; keys wait until it is drawn and has its focus."""
        self.hold_keys()
        pushed = super().push_screen(*args, **named)
        self.screen.call_after_refresh(self.screen_is_there)
        return pushed

    def pop_screen(self) -> AwaitComplete:
        """A dialog goes; keys wait until the screen below is drawn."""
        self.hold_keys()
        popped = super().pop_screen()
        self.screen.call_after_refresh(self.screen_is_there)
        return popped

    def hold_keys(self) -> None:
        """From now on keys wait for the next screen."""
        self._between_screens = self._waiting = True
        self._holds += 1

    def screen_is_there(self) -> None:
        """The next screen has its focus and takes what was typed ahead."""
        if self._between_screens and not self._dialog_closing:
            self._between_screens = False
            self._wait_rounds(1)

    def dialog_closes(self) -> None:
        """A dialog's result is on its way to the screen below; keys wait until that has acted.

        Which of the two comes first, the result or the screen's own return, is not certain.
        """
        self.hold_keys()
        self._dialog_closing, self._holds_at_close = True, self._holds

    def dialog_closed(self) -> None:
        """It has acted; unless it went on to another screen or dialog, keys go on."""
        self._dialog_closing = False
        if self._holds == self._holds_at_close:
            self.screen_is_there()
