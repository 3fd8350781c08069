"""The name catcher: likely names, roster labels, initials, rooms, addresses and phone numbers."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import count, pairwise
from typing import Literal

from walk.language.name_context import Around
from walk.language.name_data import fold, name_data
from walk.language.name_marks import emails, label_places, phones, rooms
from walk.language.name_people import People
from walk.language.name_words import read_name_words
from walk.language.speech import merged, quotations

FindKind = Literal["title", "name", "label", "initials", "room", "email", "phone"]


@dataclass(frozen=True, slots=True)
class Find:
    """A stretch of text that may tell who or where somebody is.

    `start` and `end` are characters of the text, `end` one after the last. `sure` is False for a
    "maybe" (lesson content: an author, a character, a place), which stops nothing. `offer` is what
    could stand there instead: "T", "S1", the visit's code.
    """

    start: int
    end: int
    words: str
    kind: FindKind
    sure: bool
    offer: str


@dataclass(frozen=True, slots=True)
class _Place:
    start: int
    end: int
    kind: FindKind
    sure: bool


# Where finds overlap, the kind further to the front stays.
_ORDER: tuple[FindKind, ...] = ("email", "phone", "title", "label", "room", "name", "initials")
_MARK = re.compile(r"\bs(\d{1,3})\b", re.IGNORECASE)
_MARKED = re.compile(r"\b[sS](\d{1,3}) ?[(=] ?\Z")
_TURN = re.compile(r"(?<![\w'’])(?:[TS]\d{0,2}|[Tt]eacher|[Ss]tudent|[Pp]ara|[Cc]oach)[ ]?:(?=\s)")
_EMPHASIS = re.compile(r"(?<!\w)([*_])(?=[^\s*_])[^*_\n]{1,80}\1(?!\w)")


def find_names(
    text: str, *, labels: Collection[str] = (), cleared: Collection[str] = (), code: str = ""
) -> tuple[Find, ...]:
    """The finds in `text`, in order and apart. Never raises; not every name is caught.

    `labels`: the roster's labels. `cleared`: words of which somebody said that no person is meant
    (any case). `code`: the visit's code, offered for a room.
    """
    free = {_plain(words) for words in cleared}
    kept = [
        place for place in _apart(_places(text, labels)) if _plain(_words(text, place)) not in free
    ]
    offers = _offers(text, kept, code)
    return tuple(
        Find(place.start, place.end, _words(text, place), place.kind, place.sure, offer)
        for place, offer in zip(kept, offers, strict=True)
    )


def _places(text: str, labels: Collection[str]) -> list[_Place]:
    data = name_data()
    words = read_name_words(text)
    quoted = quotations(text)
    around = Around(text, words, data, merged([*quoted, *_turns(text)]))
    people = People(around, data, _label_words(labels, data.never), _titles(text, quoted))
    found: list[_Place] = []

    def add(kind: FindKind, places: Iterable[tuple[int, int]]) -> None:
        found.extend(_Place(start, end, kind, True) for start, end in places)

    if "@" in text:
        add("email", emails(text))
    if any(word.shape == "number" for word in words):
        add("phone", phones(text))
    add("room", rooms(text, words, data))
    add("label", label_places(text, words, labels, data))
    add("initials", people.dotted(text))
    found.extend(_Place(one.start, one.end, one.kind, bool(one.sure)) for one in people.likely())
    return found


def _label_words(labels: Collection[str], never: frozenset[str]) -> frozenset[str]:
    """The names within labels of several words: "Ana" of "Ana M."."""
    parts = (part for label in labels for part in re.findall(r"[^\W\d_]{3,}", label))
    return frozenset(
        key for part in parts if part[0].isupper() and (key := fold(part)) not in never
    )


def _turns(text: str) -> list[tuple[int, int]]:
    """What follows "T:" or "S2:", to the next turn or the end of the line.

    Wider than the turns of wording help: here it is enough that somebody may be speaking.
    """
    if ":" not in text:
        return []
    begins = [found.end() for found in _TURN.finditer(text)]
    spans: list[tuple[int, int]] = []
    for begin, limit in pairwise([*begins, len(text)]):
        line = text.find("\n", begin, limit)
        spans.append((begin, line if line >= 0 else limit))
    return spans


def _titles(text: str, quoted: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Stretches in quotation or emphasis marks that are written like the title of a work."""
    found = [one.span() for one in _EMPHASIS.finditer(text) if one[0][1].isupper()]
    for start, end in quoted:
        inner = text[start + 1 : end - 1]
        parts = inner.split()
        tall = all(part[0].isupper() for part in parts if len(part) > 3)
        if 1 < len(parts) < 10 and tall and inner[0].isupper() and not re.search(r"[.?!,:]", inner):
            found.append((start, end))
    return merged(found)


def _apart(places: list[_Place]) -> list[_Place]:
    """Of overlapping places, those of the kind further to the front; in order."""
    kept: list[_Place] = []
    for place in sorted(
        places, key=lambda one: (one.start, _ORDER.index(one.kind), -one.end, not one.sure)
    ):
        if not kept or kept[-1].end <= place.start:
            kept.append(place)
        elif _ORDER.index(place.kind) < _ORDER.index(kept[-1].kind):
            kept[-1] = place
    return kept


def _offers(text: str, places: Sequence[_Place], code: str) -> list[str]:
    """What could stand in place of each: the same name the same mark, marks in use left out."""
    used = {int(mark) for mark in _MARK.findall(text)}
    free = (number for number in count(1) if number not in used)
    marks: dict[str, str] = {}
    for place in sorted(places, key=lambda one: (not one.sure, one.start)):
        who = _who(text, place)
        if place.kind in ("name", "initials") and who not in marks:
            # "S2 (Marcus)" has told already which student that is.
            told = _MARKED.search(text[max(0, place.start - 8) : place.start])
            marks[who] = f"S{told[1] if told else next(free)}"
    fixed = {"title": "T", "room": code or "the room", "label": "a walker"}
    return [
        fixed.get(place.kind, "") or marks.get(_who(text, place), "")
        if place.kind not in ("email", "phone")
        else ""
        for place in places
    ]


def _who(text: str, place: _Place) -> str:
    return _plain(_words(text, place)).split(" ")[0]


def _words(text: str, place: _Place) -> str:
    return text[place.start : place.end]


def _plain(words: str) -> str:
    return " ".join(fold(words).split())
