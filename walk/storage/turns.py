"""Turns: within one program, who saves a line comes before the next chunk of who writes much.

SQLite lets whoever asks first have the lock, and asks again only now and then: without turns a
screen could miss each of the short whiles between two chunks. Another program is on its own.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from walk.clock import elapsed_s
from walk.storage.database import UI_PATIENCE_S

_LATELY_S = 2.0
_TURNS: dict[str, Turns] = {}


class Turns:
    """Of one store, as far as this program has it open."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._waiting = 0
        self._writing = 0
        self._many = 0
        self._asked_at = -_LATELY_S

    @property
    def asked_lately(self) -> bool:
        """Whether somebody types just now, so that a chunk is to be a short one."""
        return elapsed_s() - self._asked_at < _LATELY_S

    @property
    def many(self) -> bool:
        """Whether somebody writes much just now."""
        return self._many > 0

    @contextmanager
    def writing_much(self) -> Iterator[None]:
        """Somebody writes much, in chunks."""
        with self._changed:
            self._many += 1
        try:
            yield
        finally:
            with self._changed:
                self._many -= 1

    @contextmanager
    def asking(self) -> Iterator[None]:
        """Somebody asks for the write lock; left as soon as it is there, or was not to be had.

        A chunk that is being written is waited for first, and no longer than SQLite would.
        """
        with self._changed:
            self._waiting += 1
            if self._many:  # else it may be the beginning of what then writes much
                self._asked_at = elapsed_s()
            self._changed.wait_for(lambda: not self._writing, UI_PATIENCE_S)
        try:
            yield
        finally:
            with self._changed:
                self._waiting -= 1
                self._changed.notify_all()

    @contextmanager
    def chunk(self) -> Iterator[None]:
        """A chunk is written, once nobody asks any more."""
        self.let_others()
        with self._changed:
            self._writing += 1
        try:
            yield
        finally:
            with self._changed:
                self._writing -= 1
                self._changed.notify_all()

    def let_others(self) -> None:
        """Wait until nobody asks any more, and no longer than they would wait themselves."""
        with self._changed:
            self._changed.wait_for(lambda: not self._waiting, UI_PATIENCE_S)


def turns_of(path: Path) -> Turns:
    """The turns at a store."""
    return _TURNS.setdefault(str(path), Turns())
