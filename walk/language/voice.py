"""Takes out of the words what is not the walker's voice: speech, reports, titles, displays."""

from __future__ import annotations

from bisect import bisect_left

from walk.language.rules import Rules
from walk.language.speech import Span, merged, quotations, turns
from walk.language.tokens import HIDDEN, SPOKEN, STOPS, Words

_SMALL = frozenset(
    ("of", "the", "a", "an", "and", "or", "for", "in", "on", "to", "with", "at", "by", "from", "is")
)
_NEW_VOICE = frozenset(("which", "while", "whereas", "although", "though"))
_VERDICT = 2  # tokens of a verdict after a colon
_OWN_WORDS = frozenset(("i", "we", "you", "who", "what"))
_FAR = 60  # tokens that a report may reach


def spoken(text: str) -> list[Span]:
    """Characters of `text` that somebody said: quotations and speakers' turns."""
    quoted = quotations(text)
    return merged(quoted + turns(text, quoted))


def hide_spoken(words: Words, spans: list[Span]) -> None:
    """Hide every token that lies in speech."""
    for start, end in spans:
        words.hide(bisect_left(words.end, start + 1), bisect_left(words.start, end), SPOKEN)


def hide_reported(words: Words, rules: Rules) -> None:
    """Hide what somebody is reported to say, think aloud, write, or what a display reads."""
    for hit in list(rules.reported.find(words)):
        kind = hit.label.partition(" ")[2]
        first = hit.whole[0]
        if kind == "says" and first:
            before = words.norm[first - 1]
            if before in _OWN_WORDS or words.norm[first] in _OWN_WORDS or before == SPOKEN:
                continue  # the walker's own words, or who said what stands in quotation marks
        if kind == "displays":
            end = _sentence_end(words, hit.last)
            # "Slides: cluttered" is a verdict on the slides, not what they read.
            if end - hit.last > _VERDICT or words.norm[hit.last - 1] not in (":", "="):
                words.hide(hit.last, end)
        elif kind == "word":
            words.hide(hit.last, min(hit.last + 1, len(words)))
        elif kind == "named":
            words.hide(hit.last, _name_end(words, hit.last))
        elif kind == "before":
            words.hide(_sentence_start(words, hit.first), hit.first)
        elif kind == "inside":
            words.hide(hit.first, hit.last)
        else:
            words.hide(hit.last - 1, _clause_end(words, hit.last))


def hide_titles(words: Words, rules: Rules) -> None:
    """Hide runs of capitalised words, and single ones in a sentence, except grades and people."""
    text, norm = words.text, words.norm
    people, grades = rules.classes["people"], rules.classes["grade_words"]
    capital = [
        text[start].isupper() and text[start:end] != text[start:end].upper()
        for start, end in zip(words.start, words.end, strict=True)
    ]
    if sum(capital) * 5 > len(capital) * 4 and len(capital) > 8:
        return  # a note in Capitals Throughout says nothing by them
    place = 0
    while place < len(norm):
        if not capital[place] or norm[place] in (HIDDEN, SPOKEN):
            place += 1
            continue
        end = place + 1
        while end < len(norm):
            if capital[end] and norm[end] not in people:
                end += 1
            elif norm[end] in _SMALL and end + 1 < len(norm) and capital[end + 1]:
                end += 2
            else:
                break
        first = place == 0 or norm[place - 1] in STOPS or norm[place - 1] in {SPOKEN, '"'}
        count = end - place
        opens = norm[place] not in people and count > 1
        if first and opens and norm[place + 1] not in rules.classes["proper"]:
            words.hide(place, end)
        elif first and count > 2:
            words.hide(place + 1, end)
        elif not first and not (count == 1 and (norm[place] in grades or norm[place] in people)):
            words.hide(place, end)
        place = end


def _sentence_end(words: Words, place: int) -> int:
    limit = min(len(words), place + 4 * _FAR)
    while place < limit and words.norm[place] not in {".", "!", "?", ";", "\n", "→"}:
        place += 1
    return place


def _sentence_start(words: Words, place: int) -> int:
    earliest = max(0, place - _FAR)
    while place > earliest and words.norm[place - 1] not in STOPS:
        place -= 1
    return place


def _clause_end(words: Words, place: int) -> int:
    norm = words.norm
    limit = min(len(norm), place + _FAR)
    while place < limit and (norm[place] not in STOPS or norm[place] in "()[]:"):
        if norm[place] == "," and place + 1 < limit and norm[place + 1] in _NEW_VOICE:
            return place
        if norm[place] == "—":
            return place
        place += 1
    return place


def _name_end(words: Words, place: int) -> int:
    limit = min(len(words), place + 5)
    while place < limit and words.norm[place] not in STOPS and words.norm[place] != ",":
        place += 1
    return place


def hide_foreign(words: Words, rules: Rules) -> None:
    """Hide sentences in another language: of those nothing is said rather than guessed."""
    english, foreign = rules.classes["english"], rules.classes["foreign"]
    start, ours, theirs = 0, 0, 0
    for place, norm in enumerate((*words.norm, "\n")):
        if norm in english:
            ours += 1
        elif norm in foreign:
            theirs += 1
        elif norm in STOPS:
            if theirs > 1 and theirs > ours:
                words.hide(start, place)
            start, ours, theirs = place + 1, 0, 0
