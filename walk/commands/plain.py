"""The plain mode from the shell: `walk --plain`, one prompt at a time, by keyboard or by pipe."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from walk.commands.backup import desk_for_app
from walk.commands.desk import WAIT_S, may_talk
from walk.errors import Refused

DUMB = "dumb"
"""What a terminal that can place no cursor calls itself."""


def fits_lines_only() -> bool:
    """True for a terminal that can only print lines; the full screen would be unreadable there."""
    return os.environ.get("TERM") == DUMB and may_talk()


def open_plain(path: Path, *, say: str = "") -> int:
    """Open the plain mode on a store; the exit code. Refused where nothing can be read or said."""
    if sys.stdin is None or sys.stdout is None:
        closed = "input" if sys.stdin is None else "output"
        raise Refused(f"The standard {closed} is closed.", "Start walk in a terminal or by a pipe.")
    from walk.plain.interrupts import Interrupts
    from walk.plain.run import run
    from walk.plain.terminal import keeping_half_lines, talk_here

    with desk_for_app(path) as desk:
        if desk is None:
            return 0
        told = desk.arrive(patience_s=WAIT_S)
        lines = [f"{one}." for one in (say, told) if one]
        with Interrupts() as interrupts, keeping_half_lines():
            talk = talk_here(interrupts)
            return run(desk, talk, say=" ".join(lines))
