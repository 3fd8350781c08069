"""The words of a note as the name catcher reads them: capitals, possessives and places kept."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from walk.language.name_data import fold

Shape = Literal["small", "capital", "capitals", "number"]

# A letter or digit, then letters, digits and accents of their own; hyphen or apostrophe between
# letters. Every alternative begins differently, so reading is linear.
_WORD = re.compile(
    r"[^\W_](?:[^\W_]|[\u0300-\u036f])*(?:['’‑-][^\W\d_](?:[^\W_]|[\u0300-\u036f])*)*"
)
_BREAK = re.compile(r"[.?!;\n\r\u2028\u2029…]")
_FRESH = re.compile(r"[.?!:;\n\r\u2028\u2029…|→>•*=+]|[-–—]{2}|\s[-–—]\s|\A\s*[-–—(\[{#]")
_OPENING = frozenset("\"“„«‘'([{*_")


@dataclass(slots=True)
class Word:
    """A word of the text.

    `key` is its folded form without a possessive ending; `start` and `end` leave that ending out.
    `after` is where the next sign stands, ending included. `first`: a sentence, turn or quotation
    begins here. `gap` is the text between the word before and this one. `sentence` counts.
    """

    key: str
    raw: str
    start: int
    end: int
    after: int
    shape: Shape
    owns: bool
    first: bool
    gap: str
    sentence: int

    @property
    def near(self) -> bool:
        """Only blanks part this word from the one before."""
        return self.gap == " " or (bool(self.gap) and not self.gap.strip(" \t\u00a0"))


END = Word("", "", -1, -1, -1, "number", False, True, "\n", -1)
"""Stands before the first and after the last word."""


def read_name_words(text: str) -> list[Word]:
    """Cut `text` into words; nothing is left out but signs."""
    words: list[Word] = []
    last = 0
    sentence = 0
    for found in _WORD.finditer(text):
        raw, start, after = found[0], found.start(), found.end()
        gap = text[last:start]
        last = after
        if gap != " " and _BREAK.search(gap):
            sentence += 1
        owns = raw[-2:] in ("'s", "’s", "'S", "’S") and len(raw) > 2
        if owns:
            raw = raw[:-2]
        end = start + len(raw)
        if not owns and raw[-1] in "sS" and text[after : after + 2] in ("' ", "’ "):
            owns = True
        first = not words or (gap != " " and (gap[-1:] in _OPENING or bool(_FRESH.search(gap))))
        words.append(
            Word(fold(raw), raw, start, end, after, _shape(raw), owns, first, gap, sentence)
        )
    return words


def _shape(raw: str) -> Shape:
    if not raw.isalpha() and (not raw[0].isalpha() or any(sign.isdigit() for sign in raw)):
        return "number"
    if not raw[0].isupper():
        return "small"
    return "capitals" if len(raw) > 1 and raw.isupper() else "capital"


def within(spans: Sequence[tuple[int, int]], place: int) -> bool:
    """Whether `place` lies in one of the `spans`, which are in order and apart."""
    at = bisect_right(spans, (place, 1 << 60)) - 1
    return at >= 0 and spans[at][0] <= place < spans[at][1]
