"""Finds phrases among the words of a note."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from walk.language.phrases import ANY, CLAUSE, END, GAP, NOT, WORD, Phrase, Step
from walk.language.tokens import FRACTION, HIDDEN, NUMBER, SPOKEN, STOPS, Words

LONGEST_GAP = 5
"""Words that "..." may stand for."""

_CLAUSE_WORDS = frozenset({",", "and", "but", "so", "yet", "then", "though", "while"})
_ENDS = STOPS | {",", HIDDEN, SPOKEN}


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a phrase stands: first token and one after the last of what is pointed at, and all."""

    label: str
    first: int
    last: int
    whole: tuple[int, int]
    fixed: bool = False


# Beside, wanted, before, phrase and label: what is asked of every candidate.
_Entry = tuple[int, frozenset[str], int, Phrase, str]


class Phrases:
    """Many phrases, found in one pass over the words: each is looked for by its rarest word."""

    def __init__(self) -> None:
        self._by_word: dict[str, list[_Entry]] = {}
        self.words: set[str] = set()
        self.cues: set[str] = set()

    def copy(self) -> Phrases:
        """The same phrases, to which others can be added."""
        other = Phrases()
        other._by_word = {word: list(entries) for word, entries in self._by_word.items()}
        other.words, other.cues = set(self.words), set(self.cues)
        return other

    def add(self, phrases: Iterable[Phrase], label: str, *, cue: bool = False) -> None:
        """Add the readings of a phrase. With `cue` the words pointed at may be misspelt."""
        for phrase in phrases:
            for word in phrase.steps[phrase.lead][1]:
                entry = (phrase.beside, phrase.wanted, phrase.before, phrase, label)
                self._by_word.setdefault(word, []).append(entry)
            for number, (op, words) in enumerate(phrase.steps):
                if op == WORD:
                    self.words.update(words)
                    if cue and phrase.first <= number <= phrase.last:
                        self.cues.update(words)

    def find(self, words: Words) -> Iterator[Hit]:
        """Yield every place where a phrase stands, in the order of the words looked up."""
        by_word, norm, kind = self._by_word, words.norm, words.kind
        count = len(norm)
        for place, word in enumerate(norm):
            for key in (word, kind[place]) if kind[place] else (word,):
                for beside, wanted, before, phrase, label in by_word.get(key, ()):
                    # Most phrases fall at their second word: looked at first, as it is cheap.
                    if beside:
                        near = place + beside
                        if not 0 <= near < count:
                            continue
                        if norm[near] not in wanted and kind[near] not in wanted:
                            continue
                    if place < before or not _could(phrase.steps, words, place - before):
                        continue
                    ends = _match(phrase.steps, 0, words, place - before, [])
                    if ends is not None:
                        first, last = ends[phrase.first], ends[phrase.last + 1]
                        yield Hit(label, first, last, (ends[0], ends[-1]), phrase.fixed)


def _could(steps: tuple[Step, ...], words: Words, place: int) -> bool:
    """Whether the steps up to the first gap fit; most phrases fall here, and nothing is built."""
    norm, kind = words.norm, words.kind
    count = len(norm)
    for op, wanted in steps:
        if op == WORD:
            if place >= count or (norm[place] not in wanted and kind[place] not in wanted):
                return False
            place += 1
        elif op == ANY:
            if place >= count or norm[place] in _ENDS:
                return False
            place += 1
        elif op == GAP:
            return True
        elif op == NOT:
            if place < count and (norm[place] in wanted or kind[place] in wanted):
                return False
        elif op == END:
            if place < count and norm[place] not in _ENDS:
                return False
        elif not _begins(words, place, clause=op == CLAUSE):
            return False
    return True


def _match(
    steps: tuple[Step, ...], number: int, words: Words, place: int, ends: list[int]
) -> list[int] | None:
    """The places before each step and after the last one, or None. Gaps are tried short first."""
    norm, kind = words.norm, words.kind
    count = len(norm)
    ends = [*ends, place]
    while number < len(steps):
        op, wanted = steps[number]
        if op == WORD:
            if place >= count or not (norm[place] in wanted or kind[place] in wanted):
                return None
            place += 1
        elif op == NOT:
            if place < count and (norm[place] in wanted or kind[place] in wanted):
                return None
        elif op == ANY:
            if place >= count or norm[place] in _ENDS:
                return None
            place += 1
        elif op == GAP:
            for further in range(LONGEST_GAP + 1):
                found = _match(steps, number + 1, words, place + further, ends)
                if found is not None:
                    return found
                if place + further >= count or norm[place + further] in _ENDS:
                    return None
            return None
        elif op == END:
            if place < count and norm[place] not in _ENDS:
                return None
        elif not _begins(words, place, clause=op == CLAUSE):
            return None
        ends.append(place)
        number += 1
    return ends


def _begins(words: Words, place: int, *, clause: bool) -> bool:
    """Whether a sentence, or with `clause` a part of one, begins at `place`."""
    while place > 0:
        before = words.norm[place - 1]
        if before in STOPS or before == SPOKEN or before == '"':
            return True
        if clause and before in _CLAUSE_WORDS:
            return True
        # A time, a number of a list or a sign in front does not count as the sentence's beginning.
        numeric = words.kind[place - 1] in (NUMBER, FRACTION)
        if not numeric and before not in {",", "+", "&", "am", "pm", "-", "/"}:
            return False
        if numeric and not _marks_time(words, place - 1):
            return False
        place -= 1
    return True


def _marks_time(words: Words, place: int) -> bool:
    raw = words.norm[place]
    return words.kind[place] == NUMBER and (":" in raw or (place == 0 and raw.isdigit()))
