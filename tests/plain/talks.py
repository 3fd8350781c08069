"""Talks for tests: lines that are said to the plain mode, and the lines that it says back."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator

from walk.clock import FixedClock
from walk.plain.interrupts import Interrupts
from walk.plain.run import run
from walk.plain.talk import Talk
from walk.routine.desk import Desk

Line = str | Callable[[], None]
"""What is typed, or what happens before the next line is typed, such as time that passes."""


class Said:
    """What a talk said, and how it ended."""

    def __init__(self, text: str, code: int, talk: Talk) -> None:
        self.text = text
        self.code = code
        self.talk = talk
        self.lines = text.split("\n")

    def after(self, typed: str) -> str:
        """What was said between a line and the prompt behind it; the first time it was typed."""
        start = next(at for at, one in enumerate(self.lines) if one.endswith(f": {typed}"))
        end = next(
            (at for at in range(start + 1, len(self.lines)) if self._asks(at)), len(self.lines)
        )
        return "\n".join(self.lines[start + 1 : end])

    def _asks(self, at: int) -> bool:
        return at in self.talk_prompts

    @property
    def talk_prompts(self) -> set[int]:
        """The lines that are prompts."""
        prompts = getattr(self.talk, "prompts", [])
        return {self.text[:start].count("\n") for start in prompts}


class Typed(Talk):
    """A talk that remembers where it asked."""

    def __init__(self, more: Callable[[], bytes], out: io.StringIO, **more_words: object) -> None:
        super().__init__(more, out, live=False, **more_words)  # type: ignore[arg-type]
        self.prompts: list[int] = []
        self._text = out

    def hear(self, label: str, *, hidden: bool = False) -> str:
        """Ask, and note the place."""
        self.prompts.append(self._text.tell())
        return super().hear(label, hidden=hidden)


def talk(desk: Desk, *lines: Line, first: str = "home", ascii: bool = False) -> Said:
    """Say these lines, one a prompt, and end the input behind the last one."""
    out = io.StringIO()
    typed = Typed(_given(iter(lines)), out, ascii=ascii)
    code = run(desk, typed, first=first)
    return Said(out.getvalue(), code, typed)


def stopped(desk: Desk, *lines: str, half: str, first: str = "home") -> Said:
    """Say these lines at a keyboard, type half a line, and press Ctrl+C."""
    out, left, interrupts = io.StringIO(), list(lines), Interrupts()
    typed = iter([half.encode()])

    def ready() -> bool:
        if not left:
            interrupts.asked = True
            raise KeyboardInterrupt
        return True

    said = Talk(
        lambda: f"{left.pop(0)}\n".encode(),
        out,
        live=True,
        interrupts=interrupts,
        ready=ready,
        held=lambda: next(typed, b""),
    )
    code = run(desk, said, first=first)
    return Said(out.getvalue(), code, said)


def _given(lines: Iterator[Line]) -> Callable[[], bytes]:
    def more() -> bytes:
        for line in lines:
            if isinstance(line, str):
                return f"{line}\n".encode("utf-8", "surrogatepass")
            line()
        return b""

    return more


def minutes(desk: Desk, count: float) -> Callable[[], None]:
    """So many minutes pass before the next line."""

    def go_by() -> None:
        assert isinstance(desk.clock, FixedClock)
        desk.clock.advance(minutes=count)

    return go_by
