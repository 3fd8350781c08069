"""Two wordings beside each other, the words that differ between ⟨ and ⟩ and underlined."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from textual.content import Content

from walk.differences import Piece, differences, folded
from walk.text import cell_width, safe, wrap
from walk.widgets.prose import PROSE_MOST

BESIDE = 76
"""Cells from which two wordings stand beside each other; below, one stands above the other."""
LONG = 600
"""Characters from which alike stretches are folded."""
KEPT = 120
"""Characters that stay of them beside what differs."""
OPEN, CLOSE = "⟨", "⟩"
_OPENS, _CLOSES, _FOLDS, _UNFOLDS = "\ue000", "\ue001", "\ue002", "\ue003"
"""Signs that stand for the marks while lines are broken; in people's words they are replaced."""
_OURS = str.maketrans(dict.fromkeys((_OPENS, _CLOSES, _FOLDS, _UNFOLDS), "\ufffd"))
_GAP = " │ "
_BETWEEN = " · "
_SET_IN = "   "
"""Under the number of a wording."""

Part = tuple[str, str]
"""Words and their style."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field as two wordings say it."""

    name: str
    one: str
    two: str
    compared: bool = True
    """False where one of them is no wording, such as "(withdrawn)"."""


@dataclass(frozen=True, slots=True)
class Beside:
    """All that is shown of two wordings."""

    heads: tuple[str, str]
    """Which wording each is, with who, where and when."""
    fields: tuple[Field, ...]
    whole: bool = False
    """Alike stretches of long words are not folded."""

    @property
    def long(self) -> bool:
        """There is something to fold or to unfold."""
        return any(max(len(one.one), len(one.two)) > LONG for one in self.fields)

    def content(self, width: int) -> Content:
        """The lines for so many cells."""
        lines = self._columns(width) if width >= BESIDE else self._stacked(width)
        return Content("\n").join(Content.assemble(*line) for line in lines)

    def _columns(self, width: int) -> Iterator[list[Part]]:
        half = min(PROSE_MOST, (width - len(_GAP)) // 2)
        heads = [[[(line, "bold")] for line in _head(head, half)] for head in self.heads]
        yield from _abreast(heads[0], heads[1], half)
        for field in self.fields:
            yield [(_cut(field.name, width), "$text-muted")]
            one, two = self._sides(field, half)
            yield from _abreast(one, two, half)

    def _stacked(self, width: int) -> Iterator[list[Part]]:
        for field in self.fields:
            yield [(_cut(field.name, width), "$text-muted")]
            for head, side in zip(self.heads, self._sides(field, width - 2), strict=True):
                yield from ([(line, "bold")] for line in _head(head, width))
                yield from ([("  ", ""), *line] for line in side)

    def _sides(self, field: Field, width: int) -> list[list[list[Part]]]:
        if not field.compared:
            return [
                [[(line, "")] for line in wrap(words, width)] for words in (field.one, field.two)
            ]
        found = differences(field.one, field.two)
        return [list(self._lines(pieces, width)) for pieces in (found.one, found.two)]

    def _lines(self, pieces: Sequence[Piece], width: int) -> Iterator[list[Part]]:
        length = sum(len(piece.text) for piece in pieces)
        shown: Sequence[Piece | int] = pieces
        if length > LONG and not self.whole:
            shown = folded(pieces, KEPT)
        marked = "".join(map(_marked, shown))
        state = ""
        for line in wrap(marked, width):
            parts, state = _parts(line, state)
            yield parts


def _abreast(
    one: Sequence[list[Part]], two: Sequence[list[Part]], half: int
) -> Iterator[list[Part]]:
    nothing: list[Part] = []
    for left, right in zip_longest(one, two, fillvalue=nothing):
        used = sum(cell_width(words) for words, _ in left)
        yield [*left, (" " * max(0, half - used), ""), (_GAP, "$foreground-muted"), *right]


def _head(words: str, width: int) -> list[str]:
    """Who, where and when in lines that break between them, so that no time stands alone."""
    lines: list[str] = []
    room = width - cell_width(_SET_IN)
    for part in words.split(_BETWEEN):
        whole = _BETWEEN.join([*lines[-1:], part])
        if lines and cell_width(whole) <= room:
            lines[-1] = whole
        else:
            lines += wrap(part, room)
    return [lines[0], *(f"{_SET_IN}{line}" for line in lines[1:])]


def _cut(words: str, width: int) -> str:
    return wrap(words, width)[0]


def _marked(piece: Piece | int) -> str:
    """A piece with signs for its marks; gaps at its ends stand outside, so that lines break."""
    if isinstance(piece, int):
        return f"{_FOLDS} … {piece:,} characters alike … {_UNFOLDS}"
    text = safe(piece.text).translate(_OURS)
    if piece.same:
        return text
    core = text.strip()
    if not core:
        return f"{_OPENS}{'¶' if chr(10) in text else '␣'}{_CLOSES}{text}"
    start = text.index(core)
    return f"{text[:start]}{_OPENS}{core}{_CLOSES}{text[start + len(core) :]}"


_STYLES = {_OPENS: "bold underline", _CLOSES: "", _FOLDS: "$text-muted", _UNFOLDS: ""}
_SIGNS = {_OPENS: OPEN, _CLOSES: CLOSE, _FOLDS: "", _UNFOLDS: ""}


def _parts(line: str, state: str) -> tuple[list[Part], str]:
    """A line with its signs drawn, and the style that goes on into the next line."""
    parts: list[Part] = []
    run = ""
    for sign in line:
        if sign not in _STYLES:
            run += sign
            continue
        if run:
            parts.append((run, state))
        run, state = "", _STYLES[sign]
        if _SIGNS[sign]:
            parts.append((_SIGNS[sign], "bold"))
    if run:
        parts.append((run, state))
    return parts, state
