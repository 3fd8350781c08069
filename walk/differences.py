"""Word differences: which words of two texts differ, found in bounded time; pure."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

_TOKENS = re.compile(r"\s+|\w+|[^\w\s]")
_SMALL = 40
"""Words a side up to which every way to match is tried: what costs the square of them."""
_DEEPEST = 20
"""How often a stretch is looked at anew between what was found in it."""

_Span = tuple[int, int, int, int]
"""Two stretches of tokens: from and to in the first text, from and to in the second."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one text."""

    text: str
    same: bool
    """The other text says it too, at this place."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Two texts in pieces; the pieces of each, joined, are that text."""

    one: tuple[Piece, ...]
    two: tuple[Piece, ...]


def differences(one: str, two: str) -> Difference:
    """Compare two texts word by word.

    What is alike on both sides reads the same on both. The time grows with the length of the texts
    and not with its square: a long stretch without a word that stands once in each is told whole.
    """
    first, second = _TOKENS.findall(one), _TOKENS.findall(two)
    alike_one, alike_two = [False] * len(first), [False] * len(second)
    for start, other, size in _matches(first, second):
        for step in range(size):
            alike_one[start + step] = alike_two[other + step] = True
    return Difference(tuple(_pieces(first, alike_one)), tuple(_pieces(second, alike_two)))


def folded(pieces: Sequence[Piece], keep: int) -> list[Piece | int]:
    """Pieces with their long alike stretches cut to about `keep` characters beside what differs.

    An int stands for so many characters that are alike and left out.
    """
    found: list[Piece | int] = []
    for place, piece in enumerate(pieces):
        start = _gap_before(piece.text, keep) if place else 0
        end = _gap_after(piece.text, keep) if place < len(pieces) - 1 else len(piece.text)
        if not piece.same or end - start <= keep:
            found.append(piece)
            continue
        found += [Piece(piece.text[:start], True)] if start else []
        found.append(end - start)
        found += [Piece(piece.text[end:], True)] if end < len(piece.text) else []
    return found


def _gap_before(text: str, keep: int) -> int:
    """Where the words end that fit into the first `keep` characters."""
    cut = max(text.rfind(" ", 0, keep), text.rfind("\n", 0, keep))
    return cut if cut > 0 else min(keep, len(text))


def _gap_after(text: str, keep: int) -> int:
    """Where the words begin that fit into the last `keep` characters."""
    least = max(0, len(text) - keep)
    found = [one for one in (text.find(" ", least), text.find("\n", least)) if one >= 0]
    return min(found) if found else least


# Matching


def _matches(one: Sequence[str], two: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """Runs that are alike: where they begin in each, and how many tokens; in no order."""
    todo: list[tuple[_Span, int]] = [((0, len(one), 0, len(two)), 0)]
    while todo:
        (start, end, other, other_end), depth = todo.pop()
        head = _alike(one[start:end], two[other:other_end])
        if head:
            yield start, other, head
        start, other = start + head, other + head
        tail = _alike(one[start:end][::-1], two[other:other_end][::-1])
        if tail:
            yield end - tail, other_end - tail, tail
        end, other_end = end - tail, other_end - tail
        if start == end or other == other_end:
            continue
        anchors = _anchors(one[start:end], two[other:other_end])
        if anchors and depth < _DEEPEST:
            spans = _between((start, end, other, other_end), anchors)
            todo += [(span, depth + 1) for span in spans]
        elif max(end - start, other_end - other) <= _SMALL:
            yield from _tried(one, two, (start, end, other, other_end))


def _alike(one: Sequence[str], two: Sequence[str]) -> int:
    """How many tokens are alike from the beginning."""
    count = 0
    for first, second in zip(one, two, strict=False):
        if first != second:
            break
        count += 1
    return count


def _anchors(one: Sequence[str], two: Sequence[str]) -> list[tuple[int, int]]:
    """Words that stand once in each text, as many as stand in one order in both; their places."""
    here, there = _once(one), _once(two)
    common = [(place, there[token]) for token, place in here.items() if token in there]
    return _longest_rising(common)


def _once(tokens: Sequence[str]) -> dict[str, int]:
    counts = Counter(tokens)
    return {token: place for place, token in enumerate(tokens) if counts[token] == 1}


def _longest_rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Of pairs in the order of their first number, the most whose second number rises too."""
    piles: list[tuple[int, int]] = []  # the top of each pile
    ends: list[int] = []
    before: dict[tuple[int, int], tuple[int, int] | None] = {}
    for pair in pairs:
        place = bisect_left(ends, pair[1])
        before[pair] = piles[place - 1] if place else None
        piles[place : place + 1] = [pair]
        ends[place : place + 1] = [pair[1]]
    found: list[tuple[int, int]] = []
    last = piles[-1] if piles else None
    while last is not None:
        found.append(last)
        last = before[last]
    return found[::-1]


def _between(span: _Span, anchors: Iterable[tuple[int, int]]) -> list[_Span]:
    """The stretches that begin at each anchor, and the one before the first."""
    start, end, other, other_end = span
    places = [(0, 0), *anchors, (end - start, other_end - other)]
    return [
        (start + one[0], start + two[0], other + one[1], other + two[1])
        for one, two in pairwise(places)
        if one != two
    ]


def _tried(one: Sequence[str], two: Sequence[str], span: _Span) -> Iterator[tuple[int, int, int]]:
    start, end, other, other_end = span
    matcher = SequenceMatcher(None, one[start:end], two[other:other_end], autojunk=False)
    for block in matcher.get_matching_blocks():
        if block.size:
            yield start + block.a, other + block.b, block.size


# Pieces


def _pieces(tokens: Sequence[str], alike: list[bool]) -> Iterator[Piece]:
    """Tokens joined into pieces; a gap or a sign between two words that differ differs with them.

    Only what is drawn follows from that: "same" on one side may then be "other" on the other.
    """
    run: list[str] = []
    state = True
    for place, token in enumerate(tokens):
        same = alike[place] and not _between_two_that_differ(tokens, alike, place)
        if run and same != state:
            yield Piece("".join(run), state)
            run = []
        state = same
        run.append(token)
    if run:
        yield Piece("".join(run), state)


def _between_two_that_differ(tokens: Sequence[str], alike: Sequence[bool], place: int) -> bool:
    if not tokens[place].isspace() or not 0 < place < len(tokens) - 1:
        return False
    return not alike[place - 1] and not alike[place + 1]
