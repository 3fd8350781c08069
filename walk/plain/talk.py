"""Talk: the one way in and out of the plain mode: lines that are said, lines that are heard."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from typing import IO

from walk.plain.interrupts import Interrupts
from walk.routine.looks import narrow_locale
from walk.text import NARROWEST, ascii_only, safe, wrap

LINE_MOST = 4_095
"""Bytes of a line that a POSIX terminal hands on; what is typed behind them it drops."""
CUT = (
    f"The terminal hands on {LINE_MOST:,} bytes of a line at most, so its end may be missing. "
    "Look at what was saved, and type the rest as another line."
)
_KEYS = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|O[A-DFHP-S])?")
"""What arrow and other keys send; a terminal that hands on lines hands them on as well.

Of a stray Esc before words it is Esc alone: the letter behind it is a person's.
"""


class EndOfInput(Exception):
    """Nothing more is typed: the pipe has ended, or Ctrl+D was pressed."""


class Talk:
    """What is said is printed once and never drawn again; what is heard comes a line at a time."""

    def __init__(
        self,
        more: Callable[[], bytes],
        out: IO[str],
        *,
        live: bool,
        ascii: bool = False,
        width: Callable[[], int] = lambda: 0,
        interrupts: Interrupts | None = None,
        unseen: Callable[[], AbstractContextManager[None]] = nullcontext,
        ready: Callable[[], object] = lambda: True,
        held: Callable[[], bytes] = bytes,
    ) -> None:
        """`more` takes further bytes, none at the end. `live`: a person types at a terminal.

        With `ascii` our own signs are ASCII. `width` says how many cells a line may have, 0 for any
        number. What is typed within `unseen` the terminal does not show. `ready` waits until there
        is something to take, which an interrupt leaves where it is; nothing true at the end. `held`
        takes what has been typed so far, entered or not, without waiting.
        """
        self._more = more
        self._ready = ready
        self._held = held
        self._out = out
        self._ascii = ascii
        self._width = width
        self._unseen = unseen
        self._waiting = b""
        self._ended = False
        self._begun = False
        self._hides = False
        self.live = live
        self.heard = ""
        """The line that is being done; empty while one is awaited."""
        self.met: set[str] = set()
        """What was said at length in this talk, so that it is said in short from then on."""
        self.interrupts = interrupts or Interrupts()
        self.refused = 0
        """How many times something was said to be not done."""

    # Out

    def say(self, *lines: str) -> None:
        """Print lines, each whole; what people typed in them cannot act on the terminal."""
        for line in lines:
            self._out.write(self._fit(line) + "\n")
        self._out.flush()

    def _fit(self, line: str) -> str:
        said = ascii_only(safe(line)) if self._ascii else safe(line)
        width = self._width() - 1
        return "\n".join(wrap(said, width)) if width > NARROWEST * 10 else said

    # In

    def hear(self, label: str, *, hidden: bool = False) -> str:
        """Ask, and wait for one line, which may be empty. Raises EndOfInput, KeyboardInterrupt.

        From a pipe the line is printed behind its label, so that the whole reads as it was said;
        a `hidden` one is not.
        """
        prompt = safe(label).replace("\n", " ")
        self.heard, self._hides = "", hidden
        # The question comes after the terminal hides: an answer typed at its sight is not shown.
        with self._unseen() if hidden else nullcontext():
            self._out.write(f"{ascii_only(prompt) if self._ascii else prompt}: ")
            self._out.flush()
            raw = self._line()
        self._hides = False
        line = decoded(raw, live=self.live)
        if not self._begun:
            self._begun = True
            line = line.removeprefix("\ufeff")  # what some shells put before the first line
        if hidden or not self.live:
            self.say("" if hidden else line)
        elif len(raw) >= LINE_MOST:
            self.say(CUT)
        self.heard = "" if hidden else line
        return line

    def _line(self) -> bytes:
        self.interrupts.stop_if_asked()
        while b"\n" not in self._waiting and not self._ended:
            try:
                ready = self.interrupts.while_waiting(self._ready)
            except KeyboardInterrupt:
                # A line that was entered right before Ctrl+C is done first: it was entered.
                with self.interrupts.kept_off():
                    self._waiting += self._held()
                if b"\n" not in self._waiting:
                    raise
                break
            some = self._more() if ready else b""
            self._ended = not some
            self._waiting += some
        if not self._waiting:
            self._out.write("\n")
            raise EndOfInput
        line, _, self._waiting = self._waiting.partition(b"\n")
        return line

    def unfinished(self) -> str:
        """What was typed behind the line that was done last, and is not done any more.

        Nothing of what is not to be seen, and nothing of a pipe: who filled it has its lines.
        """
        line, self._waiting = self._waiting + self._held(), b""
        return "" if self._hides or not self.live else decoded(line, live=True).strip()


def decoded(line: bytes, *, live: bool) -> str:
    """The text of a line: UTF-8, or else every byte as the sign that it is in Western Europe.

    Of a `live` line, keys that move the cursor elsewhere are left out: they are no words.
    """
    line = line.removesuffix(b"\r")
    if live:
        line = _KEYS.sub(b"", line)
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        # Nothing that was typed is thrown away because a terminal has an old encoding.
        return line.decode("cp1252", errors="surrogateescape")


def is_ascii(encoding: str | None, environment: Mapping[str, str]) -> bool:
    """True where a terminal may not show more than ASCII: by its encoding, or the locale."""
    plain = (encoding or "").casefold().replace("-", "").replace("_", "")
    if plain not in ("utf8", "utf8sig", "utf16le"):
        return True
    return narrow_locale(environment)
