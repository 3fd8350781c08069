"""A witness: notes when the machine itself came to nothing, so that walk is not blamed for it."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

EVERY_S = 0.02
USUAL_S = 0.12
"""A round takes this long at most on a machine that has time for us."""


class Witness:
    """Writes a byte to the same disk and rests, over and over; notes the rounds that took long.

    What it takes longer, everybody's keys and saves took: the disk was busy with the writes of
    others, or the processor with their work.
    """

    def __init__(self, folder: Path) -> None:
        self._file = folder / "witness"
        self._ended = threading.Event()
        self._held_up: list[tuple[float, float]] = []
        self._thread = threading.Thread(target=self._run, name="witness", daemon=True)

    def __enter__(self) -> Witness:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def _run(self) -> None:
        handle = os.open(self._file, os.O_CREAT | os.O_WRONLY, 0o600)
        begun = time.monotonic()
        while not self._ended.wait(EVERY_S):
            os.write(handle, b"x")
            os.fsync(handle)
            ended = time.monotonic()
            if ended - begun > USUAL_S:
                self._held_up.append((begun, ended))
            begun = ended
        os.close(handle)

    def held_up(self, since: float, until: float) -> float:
        """Seconds of that time in which the machine came to nothing."""
        parts = ((max(since, begun), min(until, ended)) for begun, ended in self._held_up)
        return sum(end - begin for begin, end in parts if end > begin)
