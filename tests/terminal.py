"""A real pseudo-terminal with a screen that can be read: what a person at a keyboard would see.

Used by the journeys and kills in the tests and by the benchmarks. POSIX only.
"""

from __future__ import annotations

import os
import select
import signal
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pexpect
import pyte

PATIENCE_S = 20.0
KEYS = {
    "enter": "\r",
    "esc": "\x1b",
    "tab": "\t",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "del": "\x1b[3~",
}


class Terminal:
    """One program in a pseudo-terminal of `columns` x `rows`."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        env: Mapping[str, str] | None = None,
        columns: int = 80,
        rows: int = 24,
    ) -> None:
        """Start the program. `env` is added to the environment, without what would disturb it."""
        clean = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("TEXTUAL", "NO_COLOR", "COLUMNS", "LINES", "WALK_"))
            # With it set no .pyc is written, and every start compiles everything again.
            and name not in ("PYTHONDONTWRITEBYTECODE", "COV_CORE_SOURCE")
        }
        clean |= {"TERM": "xterm-256color", "LANG": "C.UTF-8", **(env or {})}
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self.raw = bytearray()
        self.read_at = time.perf_counter()
        """When the newest output had come (time.perf_counter), before it was drawn here."""
        self.process = pexpect.spawn(
            command[0],
            list(command[1:]),
            env=clean,
            dimensions=(rows, columns),
            timeout=PATIENCE_S,
            echo=False,
        )
        self.process.delaybeforesend = None
        self.process.ptyproc.delayafterclose = 0
        self.process.delayafterclose = 0

    def read(self, wait_s: float) -> bool:
        """Take in what has arrived, waiting `wait_s` for the first of it; False at the end."""
        fd = self.process.child_fd
        ready, _, _ = select.select([fd], [], [], wait_s)
        if not ready:
            return True
        data = b""
        try:
            # All that waits is taken at once, so that the time noted is when the newest of it
            # came, and does not hang on how fast this screen is drawn.
            while ready:
                some = os.read(fd, 65536)
                if not some:
                    break
                data += some
                ready, _, _ = select.select([fd], [], [], 0)
        except OSError:
            pass  # the program has ended; what it wrote before counts
        if not data:
            return False
        self.read_at = time.perf_counter()
        self.raw += data
        # pyte takes private CSI sequences that end in "u" or "p" for others; they draw nothing.
        self._stream.feed(data)
        return True

    @property
    def text(self) -> str:
        """The screen as text."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    def wait_for(self, wanted: str, within_s: float = PATIENCE_S) -> float:
        """Wait until the screen shows a text; the time of the read that brought it."""
        end = time.monotonic() + within_s
        while wanted not in self.text:
            if not self.read(max(0.0, end - time.monotonic())) or time.monotonic() > end:
                if wanted in self.text:
                    break
                raise AssertionError(f"{wanted!r} did not come; the screen shows:\n{self.text}")
        return self.read_at

    def wait_until(self, holds: Callable[[], bool], within_s: float = PATIENCE_S) -> None:
        """Read until something holds, on the screen or elsewhere, however long that takes."""
        end = time.monotonic() + within_s
        while not holds():
            if not self.read(0.05) or time.monotonic() > end:
                if holds():
                    break
                raise AssertionError(f"it did not come to that; the screen shows:\n{self.text}")

    def ends(self, within_s: float) -> bool:
        """Read until the program has ended; False where it has not by then."""
        end = time.monotonic() + within_s
        while (left := end - time.monotonic()) > 0:
            if not self.read(left):
                return True
        return False

    def settle(self, quiet_s: float = 0.15) -> None:
        """Read until nothing has come for a while."""
        while True:
            before = len(self.raw)
            if not self.read(quiet_s) or len(self.raw) == before:
                return

    def send(self, *keys: str) -> None:
        """Send keys by name (enter, esc …) or text as it is."""
        for key in keys:
            self.process.send(KEYS.get(key, key))

    def kill(self, number: int = signal.SIGKILL) -> None:
        """Kill the program and wait for its end."""
        self.process.kill(number)
        self.process.wait()

    def close(self) -> None:
        """End the program, whatever it does, and free the terminal."""
        if self.process.isalive():
            self.process.kill(signal.SIGKILL)
            self.process.wait()
        self.process.close(force=True)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *_: Any) -> None:
        self.close()


def walk_command(store: Path, *arguments: str) -> list[str]:
    """The command that runs walk of this source tree on a store."""
    return [sys.executable, "-m", "walk", "--store", str(store), *arguments]
