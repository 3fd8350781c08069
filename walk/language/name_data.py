"""What the name catcher knows: given names, words around names, words that are never names."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class NameData:
    """The TOML files, read once: every word in the form of `fold`.

    `names`: first and family names. `word_names`, `place_names`: those that are also words, or
    places and months. `figures`: hardly ever anybody present; `maybe_figures`: can be.
    `titled`, `pairs`, `full`: "mr darcy", "jack jill", "marie curie".
    `sets`: all other lists, by section and key, "verbs.act". `never`: words that begin sentences,
    headings and turns, roles, subjects.
    """

    names: frozenset[str]
    word_names: frozenset[str]
    place_names: frozenset[str]
    figures: frozenset[str]
    maybe_figures: frozenset[str]
    titled: frozenset[tuple[str, str]]
    pairs: frozenset[tuple[str, str]]
    full: frozenset[tuple[str, str]]
    never: frozenset[str]
    sets: Mapping[str, frozenset[str]]


def fold(word: str) -> str:
    """`word` in small letters without accents, straight apostrophes: José as jose."""
    low = word.lower()
    if low.isascii():
        return low
    plain = unicodedata.normalize("NFD", low.replace("’", "'").replace("đ", "d"))
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


def _words(text: str) -> frozenset[str]:
    return frozenset(fold(word) for word in text.split())


def _two(text: str) -> frozenset[tuple[str, str]]:
    lines = (fold(line).split() for line in text.splitlines() if line)
    return frozenset((one, two) for one, two in lines)


@cache
def name_data() -> NameData:
    """The data of the name catcher, read from the package at the first call."""
    home = files("walk.language")
    listed = tomllib.loads(home.joinpath("first_names.toml").read_text("utf-8"))
    rules: dict[str, dict[str, str]] = {}
    for name in ("names.toml", "lesson_names.toml", "everyday_words.toml"):
        rules |= tomllib.loads(home.joinpath(name).read_text("utf-8"))
    sets = {
        f"{section}.{key}": _words(text)
        for section, entries in rules.items()
        for key, text in entries.items()
    }
    word_names, place_names = sets["word_names.words"], sets["place_names.words"]
    names = frozenset[str]().union(
        *(_words(text) for group in listed.values() for text in group.values())
    )
    # "Said", "May": the lists of everyday words are broad, so a name with a list of its own wins.
    never = (sets["everyday.starters"] | sets["marks.roles"]) - word_names - place_names
    return NameData(
        names=names - word_names - place_names - never,
        word_names=word_names - place_names,
        place_names=place_names,
        figures=sets["figures.only"],
        maybe_figures=sets["figures.also_names"],
        titled=_two(rules["figures"]["titled"]),
        pairs=_two(rules["figures"]["pairs"]),
        full=_two(rules["figures"]["full"]),
        never=never,
        sets=sets,
    )
