"""A school's own phrases: made ready for the rules, or refused with the reason."""

from __future__ import annotations

import re

from walk.language.phrases import BadPhrase
from walk.language.rules import rules_for
from walk.language.tokens import STOPS, read_words

MOST_CHOICES = 64
"""Ways to read one phrase: each [word] doubles them, each row of a (group) adds to them."""
MOST_GAPS = 3
"""How often "..." may stand in one phrase; each makes looking for it four times longer."""

_PATTERN = re.compile(r"[\[\]{}()<>|~^$#]|(?:^|\s)(?:\.\.\.(?=\s|$)|!\w)")
_HYPHEN = re.compile(r"(?<=[\w#])-(?=\w)")
_OPTIONAL_HYPHEN = re.compile(r"\[[^\]\s]*\w-\w")
_GROUP = re.compile(r"(\([^()]*\))")
_ROW = re.compile(r"[^\s()\[\]<>]*\|[^\s()\[\]<>]*")
_AROUND = STOPS | {",", '"', "“", "”", "«", "»", "‘"}


def own_phrase(phrase: str) -> str:
    """The phrase as the rules read it.

    Plain words may be written as in a note, with capitals, hyphens and a full stop. BadPhrase names
    the phrase and says why it cannot be read.
    """
    if _OPTIONAL_HYPHEN.search(phrase):
        raise BadPhrase(f'"{phrase}" has a hyphen within [ ]; write it as two phrases')
    found = _parted(phrase) if _PATTERN.search(phrase) else _plain(phrase)
    if not found:
        raise BadPhrase(f'"{phrase}" holds no word')
    if _choices(found) > MOST_CHOICES:
        raise BadPhrase(f'"{phrase}" can be read in too many ways; make several phrases of it')
    if found.split().count("...") > MOST_GAPS:
        raise BadPhrase(f'"{phrase}" has more than {MOST_GAPS} gaps')
    try:
        rules_for().reader.read(found)
    except BadPhrase as error:
        # Named as it was written, so that it can be found in the file.
        raise BadPhrase(str(error).replace(f'"{found}"', f'"{phrase}"')) from None
    return found


def _parted(phrase: str) -> str:
    """A pattern with its hyphens as spaces, as notes are read; a row with one becomes a group."""
    around = (
        part
        if part.startswith("(")
        else _ROW.sub(lambda row: f"({row[0]})" if _HYPHEN.search(row[0]) else row[0], part)
        for part in _GROUP.split(phrase)
    )
    return _HYPHEN.sub(" ", "".join(around))


def _plain(phrase: str) -> str:
    """Plain words in the form in which the words of a note are compared."""
    words = read_words(phrase, rules_for().spelling, frozenset()).norm
    while words and words[-1] in _AROUND:
        words.pop()
    while words and words[0] in _AROUND:
        words.pop(0)
    return " ".join(words)


def _choices(phrase: str) -> int:
    """At most in how many ways a phrase can be read; counted by its signs, before it is read."""
    ways: int = 2 ** (phrase.count("[") + phrase.count("$"))
    for group in phrase.split("(")[1:]:
        ways *= group.count("|") + 1
    return ways
