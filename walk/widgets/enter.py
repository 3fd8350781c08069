"""Tells an Enter that was pressed from a line break in text that a terminal types for a paste."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from textual.widget import Widget

PASTED_S = 0.010
"""Two keys closer together than this were not pressed one after the other by a person."""
RUN_S = 0.050
"""The same within a run of such keys, which may arrive in pieces."""


@dataclass(frozen=True, slots=True)
class Enter:
    """An Enter of which it is not yet known what it was. Times are seconds of one clock."""

    time: float
    gap: float
    """Since the key before it."""

    @property
    def near_s(self) -> float:
        """How soon a key has to follow to show that this was pasted."""
        return RUN_S if self.gap < PASTED_S else PASTED_S

    @property
    def wait_s(self) -> float:
        """How long to wait for such a key before this counts as pressed."""
        return max(2 * PASTED_S, self.near_s)

    def is_pasted(self, next_time: float) -> bool:
        """Whether a key at `next_time` shows that this was a line break in a paste."""
        return next_time - self.time < self.near_s


class EnterWatch:
    """Holds an Enter back for a few hundredths of a second, or until the next key tells."""

    def __init__(self, owner: Widget, pressed: Callable[[], None]) -> None:
        """`pressed` is called once an Enter is known to have been pressed."""
        self._owner = owner
        self._pressed = pressed
        self._held: Enter | None = None

    def hold(self, enter: Enter) -> None:
        """Wait a moment: when more follows at once, this was a line break in pasted text."""
        self._held = enter
        if self._owner.app.is_headless:
            self._ask_around(enter)  # no terminal: all keys there are have been sent already
        else:
            self._owner.set_timer(enter.wait_s, lambda: self._ask_around(enter))

    def _ask_around(self, enter: Enter) -> None:
        """Let the keys that wait at the app and then here go first: one of them may tell."""
        self._owner.app.call_later(self._owner.call_later, self._settle, enter)

    def _settle(self, enter: Enter) -> None:
        if self._held is enter:
            self.settle()

    def settle(self) -> None:
        """What waits was pressed."""
        held, self._held = self._held, None
        if held is not None:
            self._pressed()

    def key_follows(self, time: float) -> bool:
        """Decide on what waits, now that a key follows; True if it was a line break."""
        if self._held is None or not self._held.is_pasted(time):
            self.settle()
            return False
        self._held = None
        return True

    def forget(self) -> None:
        """What waits is of no use any more."""
        self._held = None
