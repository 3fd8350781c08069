"""Words from right to left beside ours: which way a text runs, and how it keeps to its place."""

from __future__ import annotations

import unicodedata

MARK = "\u200e"
"""Left-to-right mark: what follows keeps its place behind words that run the other way."""
_RIGHT_TO_LEFT = ("R", "AL")


def runs_to_the_left(text: str) -> bool:
    """Whether the first letter with a direction runs from right to left."""
    for sign in text:
        kind = unicodedata.bidirectional(sign)
        if kind == "L" or kind in _RIGHT_TO_LEFT:
            return kind != "L"
    return False


def within(text: str) -> str:
    """Return `text` so that it may begin a sentence of ours, which goes on from left to right."""
    return f"{MARK if runs_to_the_left(text) else ''}{closed(text)}"


def closed(text: str) -> str:
    """Return `text` so that words of ours may follow it; only what ends to the left is changed."""
    for sign in reversed(text):
        kind = unicodedata.bidirectional(sign)
        if kind == "L":
            return text
        if kind in _RIGHT_TO_LEFT:
            return text + MARK
    return text
