"""Interrupts: Ctrl+C and the end of a terminal are taken while waiting, never amid a save."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType, TracebackType
from typing import Any, Self, TypeVar

R = TypeVar("R")

_NAMES = ("SIGINT", "SIGTERM", "SIGHUP")


class Interrupts:
    """While something is done, an interrupt waits, but a second one does not; while a line is
    awaited, it is taken at once.
    """

    def __init__(self) -> None:
        self.asked = False
        """Somebody wants to stop. Long work looks here between its parts."""
        self._waits = self._leaves = False
        self._before: dict[int, Any] = {}

    def while_waiting(self, wait: Callable[[], R]) -> R:
        """Wait for something; KeyboardInterrupt where somebody wants to stop, also since before."""
        self._waits = True
        try:
            self.stop_if_asked()
            return wait()
        finally:
            self._waits = False

    def stop_if_asked(self) -> None:
        """KeyboardInterrupt where somebody has wanted to stop since before."""
        if self.asked:
            raise KeyboardInterrupt

    @contextmanager
    def kept_off(self) -> Iterator[None]:
        """Within, nothing is cut off, however often somebody asks."""
        before, self._leaves = self._leaves, True
        try:
            yield
        finally:
            self._leaves = before

    def taken(self) -> bool:
        """Whether long work is to stop; what was asked is then done, and nothing else stops."""
        asked, self.asked = self.asked, False
        return asked

    def leave(self) -> None:
        """From now on nothing is cut off: what was typed is being kept, and then it is over."""
        self._leaves = True

    def _come(self, _number: int, _frame: FrameType | None) -> None:
        # Who asks twice does not want to wait: what is cut off now is taken back by the journal.
        again, self.asked = self.asked, True
        if (self._waits or again) and not self._leaves:
            raise KeyboardInterrupt

    def __enter__(self) -> Self:
        """From now on signals come here; only the main thread can ask for that."""
        for name in _NAMES:
            number = getattr(signal, name, None)  # SIGHUP is unknown on Windows
            if number is not None:
                self._before[number] = signal.signal(number, self._come)
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        """As it was before."""
        for number, before in self._before.items():
            signal.signal(number, before)
