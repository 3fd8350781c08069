"""Folding: how words are compared in a search, and where in a text they stand. Pure.

Case, accents and punctuation make no difference. Scripts that are written without spaces are
compared letter by letter.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

LONGEST = 1_000
"""Characters of what is looked for; the rest is left aside."""
NEEDLES_MOST = 12
_WORD_MOST = 40
"""Letters of one word that are compared."""
_WORDS_MOST = 24
"""Words of one needle."""
_PART = 3
"""Letters from which on a word is also found as the beginning of a longer one."""

_WORD = re.compile(r"[^\W_]+")
_LETTERS = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3041-\u30ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
"""Thai, Lao, Burmese, Khmer, kana and Han: written without spaces between words."""
_QUOTES = '"“”„«»'
_CHUNK = re.compile(
    rf"(?P<open>[{_QUOTES}])(?P<exact>[^{_QUOTES}]*)(?P<close>[{_QUOTES}]?)|[^\s{_QUOTES}]+"
)


class Needle(NamedTuple):
    """Words that have to stand one behind the other."""

    words: tuple[str, ...]
    begins: bool
    """The last of them may be the beginning of a longer word."""


class _Marks(dict[int, int | None]):
    """Leaves accents and other marks out; each letter is asked about once."""

    def __missing__(self, code: int) -> int | None:
        found = None if unicodedata.category(chr(code)).startswith("M") else code
        self[code] = found
        return found


_MARKS = _Marks()
_PLAIN = [chr(code).lower() if chr(code).isalnum() else " " for code in range(128)]
"""A small letter, a digit or a space for each sign of ASCII."""


@cache
def _alone() -> re.Pattern[str]:
    """One letter of those; made when somebody searches, as it takes 3 ms of a start."""
    return re.compile(f"[{_LETTERS}]")


def fold(text: str) -> str:
    """The words of a text as they are compared, with one space between two."""
    if text.isascii():
        return " ".join(text.translate(_PLAIN).split())
    return " ".join(_WORD.findall(_alone().sub(r" \g<0> ", _plain(text))))


def _plain(text: str) -> str:
    """Small letters without their accents; each sign of the text by itself gives the same."""
    small = unicodedata.normalize("NFKD", text).casefold()
    return unicodedata.normalize("NFKD", small).translate(_MARKS)


def needles(said: str) -> tuple[Needle, ...]:
    """What a person looks for: every needle has to be found. Nothing for no word at all.

    Words in quotation marks stand together and are meant whole. Else a word of three letters or
    more is also found as a beginning, and so is one that may still be being typed.
    """
    said = said[:LONGEST]
    found: list[Needle] = []
    for chunk in _CHUNK.finditer(said):
        exact = chunk["open"] is not None
        words = fold(chunk["exact"] if exact else chunk[0]).split()[:_WORDS_MOST]
        if not words:
            continue
        typed = chunk.end() == len(said) and not chunk["close"]
        begins = typed or (not exact and len(words[-1]) >= _PART)
        found.append(_needle(words, begins=begins))
    return tuple(dict.fromkeys(found))[:NEEDLES_MOST]


def _needle(words: Sequence[str], *, begins: bool) -> Needle:
    for place, word in enumerate(words):
        if len(word) > _WORD_MOST:
            return Needle((*words[:place], word[:_WORD_MOST]), begins=True)
    return Needle(tuple(words), begins)


def holds(folded: str, wanted: Sequence[Needle]) -> bool:
    """Whether folded words hold every needle."""
    words = f" {folded} "
    return all(one in words for one in _as_text(tuple(wanted)))


@lru_cache(maxsize=8)
def _as_text(wanted: tuple[Needle, ...]) -> tuple[str, ...]:
    """Each needle as it stands in folded words, remembered as thousands of texts are held to it."""
    return tuple(f" {' '.join(one.words)}{'' if one.begins else ' '}" for one in wanted)


def spots(text: str, wanted: Sequence[Needle]) -> list[tuple[int, int]]:
    """Where in a text the needles stand: first and behind the last character, in order.

    Nothing where one of them stands nowhere.
    """
    letters, places = _mapped(text)
    found: list[tuple[int, int]] = []
    for one in wanted:
        hits = [hit.span() for hit in _pattern(one).finditer(letters)]
        if not hits:
            return []
        found += [(places[start], places[end - 1] + 1) for start, end in hits]
    found.sort()
    joined: list[tuple[int, int]] = []
    for start, end in found:
        while end < len(text) and _MARKS[ord(text[end])] is None:
            end += 1
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def _mapped(text: str) -> tuple[str, Sequence[int]]:
    """The text with plain letters, and for each of them its place in the text."""
    if text.isascii():
        return text.lower(), range(len(text))
    plain = [_plain(sign) for sign in text]
    places = [place for place, letters in enumerate(plain) for _ in letters]
    return "".join(plain), places


@lru_cache(64)
def _pattern(needle: Needle) -> re.Pattern[str]:
    first, last = needle.words[0], needle.words[-1]
    parts = [re.escape(first)]
    for before, word in zip(needle.words, needle.words[1:], strict=False):
        near = _alone().match(before[-1]) or _alone().match(word)
        parts += [r"[\W_]*" if near else r"[\W_]+", re.escape(word)]
    start = "" if _alone().match(first) else rf"(?:(?<![^\W_])|(?<=[{_LETTERS}]))"
    end = "" if needle.begins or _alone().match(last[-1]) else rf"(?=[\W_]|$|[{_LETTERS}])"
    return re.compile(start + "".join(parts) + end)
