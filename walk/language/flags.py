"""What wording help returns: a flag on a stretch of words, with a question and a stem."""

from __future__ import annotations

from typing import Literal, NamedTuple

NoteKind = Literal["noticing", "wondering"]

CATEGORIES = (
    "praise",
    "deficit",
    "vague_quantity",
    "mental_state",
    "global_trait",
    "comparison",
    "causal",
    "jargon_label",
    "absolute",
    "sarcasm",
    "rating",
    "prescription",
    "disguised_advice",
    "disguised_criticism",
    "leading_closed",
)
"""What a flag can be about; the last three belong to wonderings. Never shown to a walker."""


class Flag(NamedTuple):
    """A stretch of the walker's own words that is not evidence yet.

    `start` and `end` are characters of the text that was checked, `end` one after the last.
    `category` is one of CATEGORIES, for programs and tests only. `message` quotes the words and
    asks the evidence question; it names no kind of fault. `suggestion` is a stem to write on from.
    """

    start: int
    end: int
    category: str
    message: str
    suggestion: str


class Own(NamedTuple):
    """What a school adds: (category, phrase) pairs to flag, and phrases that are never flagged."""

    add: tuple[tuple[str, str], ...] = ()
    allow: tuple[str, ...] = ()
