"""Mends: what helps, where the words of the routine name a key that only the full screen has."""

from __future__ import annotations

import re

HELP = "? says what can be said here."
WORDS: dict[str, str] = {
    r"\bn on Home\b": "begin on Home",
    r"\bw on Home\b": "who on Home",
    r"\bc on Home\b": "collect on Home",
    r"\bg on Home\b": "share on Home",
    r"\bon Home with w\b": "with who on Home",
    r"\bUndo \(u\)": "undo",
    r"\(n\)": "(names)",
    r"\bn says\b": "no, with the number, says",
    r"\bSpace\b": "next",
    r"\bb (?:then )?says\b": "earlier says",
    r"\bEsc,? (?:then )?9,? (?:then )?3 \w+ it(?: off)?": "/wording off turns it off",
    r"\bEsc, then 1\b": "/leave",
    r"\bDel withdraws it\b": "/withdraw, with its number, takes it back",
    r"\bEnter begins it\b": "begin begins it",
    r"\bwith next\b": "by number",
}
"""By a key in the words of the full screen: the word that does the same here. In this order."""
_KEY = re.compile(
    r"\b(?:Esc|Enter|Del|Tab|Space)\b|\([a-z]\)|(?:^|[;,.] ?)[a-z] (?:on|says|opens|makes|then)\b"
)


def in_plain(words: str) -> str:
    """What helps as it is said here; for a key that nothing here stands for, where help is."""
    for key, said in WORDS.items():
        words = re.sub(key, said, words)
    return HELP if _KEY.search(words) else words


def keys_in_plain(words: str) -> str:
    """A sentence with the words of the plain mode in place of keys; nothing of it is left out."""
    for key, said in WORDS.items():
        words = re.sub(key, said, words)
    return words
