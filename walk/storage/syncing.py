"""Syncing: a thread brings to the disk what was saved without waiting for it.

A disk may take a second for that, when other programs keep it busy. What is typed must not wait so
long: no key would be drawn meanwhile, and a kill would take all of them.
"""

from __future__ import annotations

import os
import threading
from pathlib import Path

from walk import disk


class Syncing:
    """Brings the log of one store to the disk whenever it is asked; one thread, made when needed.

    What was saved lies with the system before it is asked, so only a power cut could take it.
    """

    def __init__(self, path: Path) -> None:
        """`path` is the store."""
        self._log = Path(f"{path}-wal")
        self._changed = threading.Condition()
        self._wanted = False
        self._ended = False
        self._thread: threading.Thread | None = None
        self.works = True
        """False once it could not be done: from then on whoever saves has to wait for it."""

    def ask(self) -> None:
        """Bring what the log holds by now to the disk, without being waited for."""
        with self._changed:
            self._wanted = True
            self._changed.notify()
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="syncing", daemon=True)
                self._thread.start()

    def close(self) -> None:
        """Bring the last of it to the disk and end the thread."""
        with self._changed:
            self._ended = True
            self._changed.notify()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._wanted or self._ended)
                if not self._wanted:
                    return
                self._wanted = False
            try:
                sync_file(self._log)
            except FileNotFoundError:
                pass  # it was taken into the store, which syncs it first
            except OSError:
                self.works = False


def sync_file(path: Path) -> None:
    """Bring a file's content to the disk; OSError where that fails."""
    handle = os.open(path, os.O_RDWR)
    try:
        disk.sync_file(handle)
    finally:
        os.close(handle)
