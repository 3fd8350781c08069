"""Presence: whether another walk has the same store open. Both stay right; it is only told."""

from __future__ import annotations

from pathlib import Path


class Presence:
    """A claim on a store that lasts as long as the program; freed by the system if it dies."""

    def __init__(self, store: Path) -> None:
        """`store` is the store's path; the lock file lies beside it and holds nothing."""
        # Imported here: it is wanted after the first screen is painted, not before.
        from filelock import FileLock

        # Kept on self: a lock that nobody holds on to is freed at once.
        self._lock = FileLock(f"{store}.open", mode=0o600)

    def claim(self) -> bool:
        """True for the first program that has the store open; False where there is another."""
        from filelock import Timeout

        try:
            self._lock.acquire(timeout=0)
        except (Timeout, OSError, NotImplementedError):
            return False
        return True

    def leave(self) -> None:
        """Give the claim up."""
        self._lock.release()
