"""Presence: which programs have the same store open, and work that wants it for itself.

Every program holds a slot, an empty file beside the store that the system locks for it and frees
when it dies. Whoever holds all slots but its own is alone: for a migration, a restore, a purge.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from walk.errors import BusyStore
from walk.storage.locks import Held, lock

SLOTS = 16
"""How many programs may have one store open at once."""

_TRY_AGAIN_S = 0.05

_ours: set[Path] = set()
"""The slots of this program: its own presence is not in the way of what it does itself."""

_alone: dict[Path, int] = {}
"""The stores that a thread of this program has for itself."""


def slots(store: Path) -> list[Path]:
    """The slots' files beside a store; the first is the one that older versions knew."""
    first = store.with_name(f"{store.name}.open")
    return [first, *(store.with_name(f"{first.name}-{n}") for n in range(2, SLOTS + 1))]


class Presence:
    """A claim on a store that lasts as long as the program; freed by the system if it dies."""

    def __init__(self, store: Path) -> None:
        """`store` is the store's path; the slots lie beside it and hold nothing."""
        self._store = store
        self._held: Held | None = None
        self.after_a_crash = False
        """A slot was left behind: a program that had the store open came to no good end."""

    def claim(self, *, patience_s: float = 0.0) -> bool:
        """Take a slot. True where no other program has the store open.

        False also where the disk knows no locks. Raises BusyStore while another program has the
        store for itself; `patience_s` is how long that is waited for.
        """
        for left in range(round(patience_s / _TRY_AGAIN_S), -1, -1):
            try:
                self._held = self._first_free()
            except OSError:
                return False
            if self._held is not None:
                _ours.add(self._held.path)
                return self.is_alone()
            if left:
                time.sleep(_TRY_AGAIN_S)
        raise BusyStore(
            "Another walk brings a backup back, purges, or renews the store just now.",
            "Wait until it is done, then start again.",
        )

    def _first_free(self) -> Held | None:
        for slot in slots(self._store):
            left_behind = slot.exists()
            held = lock(slot)
            if held is not None:
                self.after_a_crash |= left_behind
                return held
        return None

    def is_alone(self) -> bool:
        """True where no other program holds a slot now; what dead ones left is cleared away."""
        if self._held is None:
            return False
        for slot in slots(self._store):
            if slot == self._held.path or not slot.exists():
                continue
            try:
                other = lock(slot)
            except OSError:
                return False
            if other is None:
                return False
            self.after_a_crash = True
            other.free()
        return True

    def leave(self) -> None:
        """Give the claim up."""
        if self._held is not None:
            _ours.discard(self._held.path)
            self._held.free()
            self._held = None


@contextmanager
def alone(store: Path) -> Iterator[None]:
    """Hold every slot that is not this program's own; whoever starts meanwhile is told.

    Raises BusyStore where another program has the store open, also where another thread of this
    one does such work already. Within such work it may be asked for again.
    """
    if _alone.get(store) == threading.get_ident():
        yield
        return
    with ExitStack() as taken:
        for slot in slots(store):
            if slot in _ours:
                continue
            try:
                held = lock(slot)
            except OSError as error:
                raise BusyStore(
                    "This disk cannot say whether another walk has the store open: "
                    f"{error.strerror or error}.",
                    "Bring the store to a disk of this laptop first.",
                ) from error
            if held is None:
                raise BusyStore("Another walk has this store open.", "Close it, then try again.")
            taken.callback(held.free)
        _alone[store] = threading.get_ident()
        taken.callback(_alone.pop, store)
        yield
