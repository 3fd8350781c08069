"""wording.toml, a school's own words for wording help: phrases to ask about, and phrases to leave.

    allow = ["exit ticket"]

    [add]
    praise = ["knocked it out of the park"]

It may have been written by anyone. What a phrase means is not known here: the caller reads it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from walk.disk import open_plain, why_unread
from walk.errors import PlanError, WordingError
from walk.intake.toml_tables import Table, Tables
from walk.text import one_line

LARGEST = 64 * 1024
"""Bytes of the file."""
MOST_PHRASES = 500
LONGEST_PHRASE = 200
"""Characters."""
HOW = "docs/wording.md shows what this file looks like."

ReadPhrase = Callable[[str], str]
"""Gives a phrase as the rules read it; raises ValueError with the reason."""


@dataclass(frozen=True, slots=True)
class Wording:
    """What the file holds: (category, phrase) pairs to ask about, and phrases to leave alone."""

    add: tuple[tuple[str, str], ...] = ()
    allow: tuple[str, ...] = ()


def bytes_of(path: Path) -> bytes:
    """The bytes of the file, one more than LARGEST at most; WordingError when it cannot be read."""
    name = one_line(path.name)
    try:
        with open_plain(path) as stream:
            return stream.read(LARGEST + 1)
    except (OSError, ValueError) as error:  # ValueError: a name that no file can have
        why = why_unread(error)
        raise WordingError(f"{name} cannot be read: {why}.", "Check its name and folder.") from None


def read_wording(
    data: bytes, categories: Sequence[str], phrase: ReadPhrase, name: str = "wording.toml"
) -> Wording:
    """What the bytes of such a file hold; WordingError names its line, key, cause and mend.

    `categories` are the keys that [add] may have; `name` is the file's, for messages.
    """
    try:
        return _read(Tables(name, _text(data, one_line(name)), _keys(categories)), phrase)
    except PlanError as error:
        raise WordingError(error.message, error.mend or HOW) from None


def _keys(categories: Sequence[str]) -> dict[str, tuple[str, ...]]:
    # Whoever writes allow below [add] has put it into that table without knowing.
    return {"": ("allow",), "add": (*categories, "allow")}


def _text(data: bytes, name: str) -> str:
    if len(data) > LARGEST:
        raise WordingError(
            f"{name} is larger than {LARGEST // 1024} kilobytes.", "Keep the phrases you need."
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise WordingError(
            f"{name}, line {line}: this is not UTF-8 text.", "Save it as UTF-8."
        ) from None


def _read(tables: Tables, phrase: ReadPhrase) -> Wording:
    add, above = tables.one("add"), tables.one("")
    found = Wording(
        tuple(
            (category, words)
            for category in tables.keys["add"][:-1]
            for words in _phrases(add, category, phrase)
        ),
        (*_phrases(above, "allow", phrase), *_phrases(add, "allow", phrase)),
    )
    count = len(found.add) + len(found.allow)
    if count > MOST_PHRASES:
        why = f"it holds {count:,} phrases and {MOST_PHRASES} fit"
        raise tables.wrong(why, "Keep those you need.")
    return found


def _phrases(table: Table, key: str, phrase: ReadPhrase) -> Iterator[str]:
    for words in table.list_of_words(key, LONGEST_PHRASE):
        try:
            yield phrase(words)
        except ValueError as error:
            raise table.wrong(key, f"cannot be used: {error}", f"Mend that phrase. {HOW}") from None
