"""Terminal: the machine's side of the plain mode; what a terminal holds of a line half typed."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import BufferedReader
from typing import Any, cast

from walk.plain.interrupts import Interrupts
from walk.plain.talk import Talk, is_ascii

CHUNK = 65_536


def talk_here(interrupts: Interrupts) -> Talk:
    """Talk by the standard streams, as the terminal or the pipe behind them can."""
    typed = cast("BufferedReader", sys.stdin.buffer)
    return Talk(
        lambda: typed.read1(CHUNK),
        sys.stdout,
        live=sys.stdin.isatty(),
        ascii=is_ascii(getattr(sys.stdout, "encoding", None), os.environ),
        width=_width,
        interrupts=interrupts,
        unseen=unseen,
        # An interrupt between a read and its result would lose the line; a peek leaves it there.
        ready=lambda: typed.peek(1),
        held=held,
    )


def _width() -> int:
    return shutil.get_terminal_size((0, 0)).columns if sys.stdout.isatty() else 0


@contextmanager
def keeping_half_lines() -> Iterator[None]:
    """Ctrl+C no longer throws a half typed line away; a terminal does so by itself otherwise."""
    if not sys.stdin.isatty() or sys.platform == "win32":
        yield
        return
    import termios

    fd = sys.stdin.fileno()
    before = termios.tcgetattr(fd)
    kept = list(before)
    kept[3] |= termios.NOFLSH
    termios.tcsetattr(fd, termios.TCSANOW, kept)
    try:
        yield
    finally:
        with suppress(termios.error):  # the terminal may be gone
            termios.tcsetattr(fd, termios.TCSANOW, before)


@contextmanager
def unseen() -> Iterator[None]:
    """What is typed is not shown, where the terminal can do so."""
    if not sys.stdin.isatty():
        yield
        return
    if sys.platform == "win32":
        with _unseen_in_a_console():
            yield
        return
    import termios

    fd = sys.stdin.fileno()
    before = termios.tcgetattr(fd)
    hidden = list(before)
    hidden[3] &= ~termios.ECHO
    termios.tcsetattr(fd, termios.TCSADRAIN, hidden)
    try:
        yield
    finally:
        termios.tcsetattr(fd, termios.TCSADRAIN, before)


_KEYBOARD, _SHOWN = -10, 0x0004
"""What Windows calls STD_INPUT_HANDLE and ENABLE_ECHO_INPUT."""


@contextmanager
def _unseen_in_a_console() -> Iterator[None]:
    """The same in a console of Windows."""
    import ctypes

    windll: Any = getattr(ctypes, "windll", None)
    keyboard, mode = windll.kernel32.GetStdHandle(_KEYBOARD), ctypes.c_ulong()
    if not windll.kernel32.GetConsoleMode(keyboard, ctypes.byref(mode)):
        yield
        return
    windll.kernel32.SetConsoleMode(keyboard, mode.value & ~_SHOWN)
    try:
        yield
    finally:
        windll.kernel32.SetConsoleMode(keyboard, mode.value)


def held() -> bytes:
    """What was typed and not taken yet, entered or not, without waiting; nothing of a pipe."""
    if not sys.stdin.isatty() or sys.platform == "win32":
        return b""
    import termios

    fd, found = sys.stdin.fileno(), b""
    try:
        before = termios.tcgetattr(fd)
        by_sign = list(before)
        by_sign[3] &= ~termios.ICANON
        by_sign[6] = list(before[6])
        by_sign[6][termios.VMIN], by_sign[6][termios.VTIME] = 0, 0
        termios.tcsetattr(fd, termios.TCSANOW, by_sign)
        try:
            with suppress(OSError):
                while some := cast("BufferedReader", sys.stdin.buffer).read1(CHUNK):
                    found += some
        finally:
            termios.tcsetattr(fd, termios.TCSANOW, before)
    except (OSError, termios.error):  # the terminal is gone
        pass
    return found
