"""No person: words of which somebody said that no person is meant by them, on this walk."""

from __future__ import annotations

from typing import Annotated, ClassVar

from msgspec import Meta

from walk.model.ids import derived
from walk.model.record import Record

WORDS_MOST = 200
"""Characters in words that can be cleared at once."""


class NoPerson(Record, frozen=True, kw_only=True):
    """Likely names that are none: a character of a story, a street of a word problem."""

    kind: ClassVar[str] = "no_person"

    words: Annotated[str, Meta(max_length=WORDS_MOST)]
    """As `plain_words` makes them, so that case and spaces make no difference."""


def plain_words(words: str) -> str:
    """The words in lower case, with one space between two."""
    return " ".join(words.casefold().split())


def no_person_id(walk: str, words: str) -> str:
    """The same words are cleared once a walk, on however many laptops."""
    return derived("no_person", walk, plain_words(words))
