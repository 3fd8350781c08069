"""Like this: which notes use the same words as a note, or as a theme the team has made. Pure.

It learns from what the team has placed and proposes; it never places anything. Beside its words a
note has things (words of classrooms that mean nearly the same) and signs (who is quoted, a tally).
What stands in a theme is weighed by how much oftener it does so there than in the other notes (the
relevance weight of Robertson and Spärck Jones, "Relevance weighting of search terms", 1976); what
stands in one note by how seldom it is. benchmarks/likeness.py measures it beside other ways.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from math import log, sqrt

FEWEST_IN_A_THEME = 3
"""Notes that a theme has to hold before anything can be learned from it."""
SHARED_MOST = 6
"""Shared words that are shown with a note."""

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SPEAKERS = frozenset(("t", "s", "ss", "st", "sts", "tt", "n", "w", "g", "p", "v"))
_WORDS = """
a about after again all also an and another any are around as asked asks at be been before being
both but by can did do does doing done down each for from get gets go goes going got had has have
having he her here hers him his how i if in into is it its just like look looks made make makes
many me more most my no not of off on one only or other our out over own put puts said same say
says see she so some such than that the their them then there these they this those through to too
two under until up us use used uses using very was we were what when where which while who whose
why will with would yes yet you your student students teacher teachers class kid kids
"""
_EVERYDAY = frozenset(_WORDS.split())
"""Words that nearly every note could hold, and that say nothing about what it is about."""
_ENDINGS = (
    ("ies", "y"),
    ("ied", "y"),
    ("sses", "ss"),
    ("ing", ""),
    ("ings", ""),
    ("edly", ""),
    ("ed", ""),
    ("ly", ""),
    ("es", "e"),
    ("s", ""),
)
_SIGNS = (
    ("a teacher's words", re.compile(r"\b(?:T|teacher):?\s*[\"“]", re.IGNORECASE)),
    ("a teacher's question", re.compile(r"\bT:?\s*[\"“][^\"”]*\?")),
    ("a student's words", re.compile(r"\bS\d*:?\s*[\"“]")),
    ("a student's question", re.compile(r"\bS\d*:?\s*[\"“][^\"”]*\?")),
    ("a tally", re.compile(r"\b\d+\s*(?:/|of|out of)\s*\d+")),
    ("the teacher", re.compile(r"\bT\b")),
    ("a student", re.compile(r"\bS\d*\b")),
)


def _things_of_words() -> dict[str, tuple[str, ...]]:
    things = tomllib.loads(files(__package__).joinpath("words.toml").read_text("utf-8"))["things"]
    found: dict[str, tuple[str, ...]] = {}
    for thing, said in things.items():
        for word in said.split():
            found[word] = (*found.get(word, ()), thing)
    return found


_THINGS = _things_of_words()


@dataclass(frozen=True, slots=True)
class Like:
    """A note that is like what was asked about."""

    note: str
    """Its id."""
    score: float
    """Greater is more alike; to be compared within one answer only."""
    shared: tuple[str, ...]
    """What speaks for it, the most telling first: words as they stand in it, or "a tally"."""


def stem(word: str) -> str:
    """A word without its ending, so that "points" and "pointed" are one; not a word for people."""
    word = word.casefold().replace("’", "'").removesuffix("'s")
    for ending, instead in _ENDINGS:
        left = word.removesuffix(ending)
        if left != word and len(left) >= 3 and not (ending == "s" and left.endswith("s")):
            word = left + instead
            break
    # "stopped" has left its p twice.
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "aeiouls":
        word = word[:-1]
    return word.removesuffix("e") if len(word) > 3 else word


def things(text: str) -> dict[str, str]:
    """What a text tells beyond its words: things of classrooms, and who speaks how.

    Each with how it is told: the word that stands there, or "a teacher's question".
    """
    found: dict[str, str] = {}
    for match in _WORD.finditer(text):
        for thing in _THINGS.get(match[0].casefold(), ()):
            found.setdefault(f"~{thing}", match[0])
    found |= {f"={told}": told for told, sign in _SIGNS if sign.search(text)}
    return found


def terms(text: str) -> dict[str, str]:
    """The stems that say what a text is about, each with the word as it stands there."""
    found: dict[str, str] = {}
    for match in _WORD.finditer(text):
        word = match[0]
        plain = word.casefold()
        if plain in _SPEAKERS or plain in _EVERYDAY or len(plain) < 2:
            continue
        found.setdefault(stem(word), word)
    return found


class Pool:
    """All notes of a walk, read once. Work grows with the number of their words."""

    def __init__(self, notes: Mapping[str, str]) -> None:
        """`notes` are words by note id."""
        self._terms = {note: {**terms(words), **things(words)} for note, words in notes.items()}
        """Of each note what it is about, with the words there that say so."""
        self._holding = Counter(term for found in self._terms.values() for term in found)
        """In how many notes a term stands."""

    def like_note(self, note: str, among: Collection[str], most: int = 20) -> list[Like]:
        """Of the notes `among`, those like this one, the most alike first; itself left out."""
        asked = self._terms.get(note, {})
        weights = {term: self._seldom(term) for term in asked}
        return self._ranked(weights, [one for one in among if one != note], most)

    def like_theme(
        self, inside: Collection[str], among: Collection[str], most: int = 20
    ) -> list[Like]:
        """Of the notes `among`, those like the ones inside a theme, the most alike first.

        Nothing where the theme holds fewer than FEWEST_IN_A_THEME.
        """
        held = [one for one in inside if one in self._terms]
        if len(held) < FEWEST_IN_A_THEME:
            return []
        weights = self.theme_weights(held)
        inside = frozenset(held)
        return self._ranked(weights, [one for one in among if one not in inside], most)

    def theme_weights(self, held: Sequence[str]) -> dict[str, float]:
        """How much each term speaks for a theme; only what speaks for it."""
        inside = Counter(term for note in held for term in self._terms[note])
        number, every = len(held), len(self._terms)
        weights = {}
        for term, within in inside.items():
            anywhere = self._holding[term]
            # The halves keep what was never seen from deciding by itself.
            here = (within + 0.5) / (number - within + 0.5)
            else_ = (anywhere - within + 0.5) / (every - anywhere - number + within + 0.5)
            weight = log(here / else_) if else_ > 0 else 0.0
            if weight > 0:
                weights[term] = weight
        return weights

    def _seldom(self, term: str) -> float:
        return log((len(self._terms) + 1) / (self._holding[term] + 0.5))

    def _ranked(self, weights: Mapping[str, float], among: Sequence[str], most: int) -> list[Like]:
        found = []
        for note in among:
            said = self._terms.get(note, {})
            both = [term for term in said if weights.get(term, 0.0) > 0]
            if not both:
                continue
            # A long note shares words by its length alone.
            score = sum(weights[term] for term in both) / sqrt(len(said) + 3)
            telling = sorted(both, key=lambda term: (-weights[term], term))
            # One word may be a word, a thing and a sign; it is shown once.
            shared = tuple(dict.fromkeys(said[term] for term in telling))
            found.append(Like(note, score, shared[:SHARED_MOST]))
        return sorted(found, key=lambda one: (-one.score, one.note))[:most]
