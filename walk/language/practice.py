"""Sentences to practise on, and what is said of a rewording: questions, never a verdict."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from walk.language.flags import Flag, NoteKind

FEWEST_WORDS = 3
LONGEST = 2_000
"""Characters of a rewording; a note to practise on is a sentence or two."""


@dataclass(frozen=True, slots=True)
class Item:
    """One note. `about` is the kind of slip in it, for tests; empty where there is none."""

    id: str
    where: str
    kind: NoteKind
    text: str
    why: str
    """One sentence: why the model, or the text as it stands, is evidence or an open question."""
    model: str = ""
    about: str = ""

    @property
    def stands(self) -> bool:
        """Whether it is evidence, or an open question, as it stands."""
        return not self.about


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said of a rewording: `says` first, then what is still open in it.

    `reads` is True where nothing is: then the model, or the reason alone, belongs beside it.
    """

    says: str
    flags: tuple[Flag, ...] = ()
    reads: bool = False


@cache
def items() -> tuple[Item, ...]:
    """All items, in their order."""
    data = tomllib.loads(files(__package__).joinpath("practice.toml").read_text("utf-8"))
    return tuple(Item(**one) for one in data["item"])


def look(item: Item, line: str) -> Answer:
    """What is to be said of a line that was typed for an item; an empty one keeps the sentence.

    A question mark in front makes a wondering of it, as everywhere.
    """
    words = " ".join(line.split())
    asked = words.startswith("?")
    words = words.removeprefix("?").lstrip()
    if len(words) > LONGEST:
        return Answer("That is long for one note: a sentence or two will do here.")
    kept = not words or _plain(words) == _plain(item.text)
    kind: NoteKind = "wondering" if asked and not kept else item.kind
    if kept and item.stands:
        return Answer(f"{_reads(kind)} as it stands.", reads=True)
    if kept:
        words = item.text
    elif len(words.split()) < FEWEST_WORDS:
        return Answer("Only a word or two so far: what could a camera have caught?")
    from walk.language.check import check

    flags = check(words, kind)
    if flags:
        return Answer("As it reads now:", flags)
    if kept:
        return Answer("There is more to tell behind these words.", reads=True)
    fits = "any answer would be news" if kind == "wondering" else "a camera could have caught it"
    return Answer(f"{_reads(kind)}: {fits}.", reads=True)


def _reads(kind: NoteKind) -> str:
    return "Reads as an open question" if kind == "wondering" else "Reads as evidence"


def _plain(words: str) -> str:
    return " ".join(words.casefold().split()).rstrip(".!?… ")
