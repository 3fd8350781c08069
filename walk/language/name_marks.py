"""Finds that need no list of names: e-mail addresses, phone numbers, rooms and roster labels."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from walk.language.name_data import NameData, fold, name_data
from walk.language.name_words import END, Word

_Label = tuple[list[str], list[str]]  # the words as written, and folded
Place = tuple[int, int]  # first character, one after the last

_LOCAL = re.compile(r"[\w.+%'-]{1,64}\Z")
_HOST = re.compile(r"[\w-]{1,63}(?:\.[\w-]{2,63}){1,5}")

_PHONE = re.compile(
    r"""(?<![\w.,:/$-])
        (?: (?:\+?1[-. ]?)? (?: \(\d{3}\)[ ]?\d{3}[-. ]\d{4} | \d{3}[-.]\d{3}[-.]\d{4} )
          | (?:\+1[ ])? \(?\d{3}\)?[ ]\d{3}[-. ]\d{4}
          | \+\d{1,3}(?:[ .-]?\d{2,4}){2,5}
          | \d{3}[-. ]\d{4}
          | \d{10,11} )
        (?![\w/%°$]|[-.,:]\d)""",
    re.VERBOSE,
)
_CALLING = re.compile(
    r"\b(?:phones?|call(?:ed|s)?|tel|cell|mobile|text(?:ed)?|dial(?:ed)?|fax|reach(?:ed)?"
    r"|number is|contact)\b",
    re.IGNORECASE,
)
_SUM = re.compile(
    r"(?:[=+×*÷/]|\bpp?\.|\bpages?\b|\bisbn\b|\blines?\b)\s*\S{0,8}\s*\Z", re.IGNORECASE
)
_EXTENSION = re.compile(r"\b(?:ext|extension)\.?,?[ ]?x?\d{3,5}\b", re.IGNORECASE)

_ROOM = re.compile(
    r"""(?<![\w-])
        (?: (?P<room>(?:class)?rooms?|rms?) \.?[ ]?(?:no\.?[ ]?|number[ ])?\#?[ ]?
            (?P<id>[a-z]?-?\d{1,4}-?[a-z]?|[a-z]{1,2}-?\d{1,4}|(?-i:[A-HJ-Z]))
            (?:(?:[ ](?:and|&|or)[ ]|,[ ]|[-–/])\#?\d{2,4}[a-z]?)?
          | (?:portable|trailer|bungalow|bldg\.?|building|suite)[ ]?\#?
            (?:[a-z]?-?\d{1,4}[a-z]?|(?-i:[A-HJ-Z])) )
        (?![\w%°$]|[.:/,]\d)""",
    re.VERBOSE | re.IGNORECASE,
)
_NUMBER_ROOM = re.compile(
    r"""(?<![\w-]) (?P<how>in|at|from|outside|into|to|near|of)[ ]
        (?P<id>[A-RUW-Z]?-?\d{3}[A-E]?) (?![\w%°$-]|[.:/,]\d)""",
    re.VERBOSE | re.IGNORECASE,
)
_FIRST_ROOM = re.compile(r"(?:\A|\n)[A-HK-R]-?\d{3}(?=[,:;])")
_NEXT = re.compile(r"[ ]([^\W\d_]+)")


def emails(text: str) -> Iterator[Place]:
    """E-mail addresses. Searched outward from each @, so that long words cost nothing."""
    at = text.find("@")
    while at >= 0:
        local = _LOCAL.search(text[max(0, at - 64) : at])
        host = _HOST.match(text, at + 1)
        if local and host:
            yield at - len(local[0].lstrip(".'-")), host.end()
        at = text.find("@", at + 1)


def phones(text: str) -> Iterator[Place]:
    """Phone numbers in the shapes people write; not dates, sums, pages, ISBNs or scores."""
    for found in _PHONE.finditer(text):
        before = text[max(0, found.start() - 40) : found.start()]
        beside = before + text[found.end() : found.end() + 50]
        number = found[0]
        bare = number.isdigit() or re.fullmatch(r"\d{3}[-. ]\d{4}|\d{3} \d{3}[ -]\d{4}", number)
        if (bare and not _CALLING.search(beside)) or _SUM.search(before):
            continue
        if re.match(r"\s*[=+×]", text[found.end() : found.end() + 4]):
            continue
        yield found.start(), found.end()
    for found in _EXTENSION.finditer(text):
        yield found.start(), found.end()


def rooms(text: str, words: Sequence[Word], data: NameData) -> Iterator[Place]:
    """Room numbers: "rm 214", "Room B-12", "portable 3", "in 214" where no unit follows."""
    starts = {word.start: place for place, word in enumerate(words)}
    units, math = data.sets["nouns.units"], data.sets["nouns.math"]
    for found in _ROOM.finditer(text):
        before = words[place - 1] if (place := starts.get(found.start(), 0)) else END
        code = (found["id"] or "").lower()
        several = (found["room"] or "").lower().endswith("s") and _next(text, found.end()) in units
        if (
            before.key in data.sets["context.no_room"]
            or re.fullmatch(r"v-?\d+|3-?d", code)
            or several
        ):
            continue
        if before.key.isdigit() and found["room"] and found["room"].lower().endswith("s"):
            continue
        yield found.start("room") if found["room"] else found.start(), found.end()
    for found in _FIRST_ROOM.finditer(text):
        yield found.start() + found[0].startswith("\n"), found.end()
    for found in _NUMBER_ROOM.finditer(text):
        place = starts.get(found.start(), 0)
        nearby = words[max(0, place - 4) : place]
        sentence = words[place].sentence if words else 0
        keys = {word.key for word in nearby if word.sentence == sentence}
        if keys & math or _next(text, found.end()) in units:
            continue
        if any(word.shape == "number" and word.key.isdigit() for word in nearby[-2:]):
            continue
        code = found["id"]
        if not code[-1].isalnum() or (not code[0].isupper() and not code[0].isdigit()):
            continue
        if (
            found["how"].lower() not in ("in", "outside", "into")
            and not keys & data.sets["context.from_room"]
        ):
            continue
        yield found.start("id"), found.end()


def _next(text: str, place: int) -> str:
    found = _NEXT.match(text, place)
    return found[1].lower() if found else ""


def label_places(
    text: str, words: Sequence[Word], labels: Collection[str], data: NameData
) -> Iterator[Place]:
    """Whole words that are a roster label, in any case.

    A label of one or two letters counts in its own case only; marks (T, S1), roles and numbers
    never; an everyday word only with its own capital inside a sentence.
    """
    wanted = _wanted(tuple(labels))
    if not wanted:
        return
    parts = [(found[0], found.start(), found.end()) for found in re.finditer(r"[^\W_]+", text)]
    firsts = {word.start for word in words if word.first}
    for place, (part, start, _) in enumerate(parts):
        for raw, keys in wanted.get(fold(part), ()):
            there = parts[place : place + len(raw)]
            if [fold(one[0]) for one in there] != keys or not _close(text, there):
                continue
            exact = [one[0] for one in there] == raw
            if len(raw) == 1 and not exact and len(part) <= 2:
                continue
            if len(raw) == 1 and _is_word(keys[0], data) and (not exact or start in firsts):
                continue
            yield start, there[-1][2]
            break


@lru_cache(maxsize=16)
def _wanted(labels: tuple[str, ...]) -> Mapping[str, list[_Label]]:
    """The labels that say who somebody is, by their first word."""
    data = name_data()
    wanted: dict[str, list[_Label]] = {}
    for label in labels:
        raw = re.findall(r"[^\W_]+", label)
        keys = [fold(part) for part in raw]
        if raw and not _says_nothing(label, keys, data):
            wanted.setdefault(keys[0], []).append((raw, keys))
    for same in wanted.values():
        same.sort(key=lambda one: len(one[0]), reverse=True)
    return wanted


def _says_nothing(label: str, keys: Sequence[str], data: NameData) -> bool:
    known = data.sets["marks.roles"] | data.sets["marks.known"] | data.sets["marks.letters"]
    if re.fullmatch(r"\W*(?:[stvwnrgbp]\W?)?\d*\W*", label.lower()):
        return True
    # "Team A", "Walker 2": a role and a mark.
    return all(key in known or key.isdigit() or len(key) == 1 for key in keys)


def _is_word(key: str, data: NameData) -> bool:
    return key in data.never or key in data.word_names or key in data.place_names


def _close(text: str, there: Sequence[tuple[str, int, int]]) -> bool:
    gaps = (text[one[2] : two[1]] for one, two in pairwise(there))
    return all(len(gap) <= 3 and "\n" not in gap for gap in gaps)
