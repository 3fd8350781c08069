"""The district page: which assets and needs recur across host schools, and in how many walks.

It names no school and puts none beside another: it is too small to say anything of one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from walk.reports.bidi import within
from walk.reports.blocks import Page, Points, Quote, Say, Section
from walk.reports.summary import counted
from walk.text import headline

TITLE = "What recurs across host schools"
CAUTION = (
    "Every walk behind this page was a few short looks into a few classrooms, chosen by its own "
    "team for its own focus. The page says what teams have stated more than once. It says nothing "
    "about any one school, teacher or classroom, and nothing about how common something is."
)
ORDER = (
    "The order is that of the words. No host school is named, and none can be read out of the "
    "order or the counts. Trends of different walks stand together where teams used the same "
    "words, or where a person has said that they say the same."
)
UNCONFIRMED = "Not every focus behind this page is confirmed by its host teachers."
NO_WORDS = "Walks of one focus alone, which each school has written in its own words."
NOTHING = "Nothing can be told yet."


@dataclass(frozen=True)
class RecursFact:
    """An asset or a need that recurs. Its words are safe to tell of all it stands for."""

    kind: Literal["asset", "need"]
    words: str
    walks: int
    """Never below the bar."""


@dataclass(frozen=True)
class DistrictFacts:
    """What may be told; nothing else is known here."""

    recurs: tuple[RecursFact, ...]
    walks_at_least: int
    schools_at_least: int
    confirmed: bool = True
    """The host teachers have confirmed the focus of every walk behind this page."""
    one_focus: bool = False
    """Walks of one focus alone are looked at."""
    focus: str = ""
    """That focus, in words that several schools share; empty where they share none."""


def district(facts: DistrictFacts) -> Page:
    """Compose the page."""
    return Page(TITLE, "", tuple(_sections(facts)))


def _sections(facts: DistrictFacts) -> Iterator[Section]:
    yield Section("", (Say(CAUTION),) if facts.confirmed else (Say(CAUTION), Say(UNCONFIRMED)))
    if facts.one_focus:
        yield Section("The focus", (Quote(facts.focus) if facts.focus else Say(NO_WORDS),))
    for kind, heading in (
        ("asset", "Assets: what is working for learning"),
        ("need", "Needs: what calls for attention or support"),
    ):
        found = [one for one in facts.recurs if one.kind == kind]
        yield Section(heading, (recurring_points(found) if found else Say(NOTHING),))
    yield Section("How this page is made", (Say(bars(facts)), Say(ORDER)))


def bars(facts: DistrictFacts) -> str:
    """Below which numbers nothing stands here."""
    return (
        f"Something stands here only if it was stated on at least {facts.walks_at_least} walks, "
        f"held at {facts.schools_at_least} host schools or more. What was stated less often is "
        "neither named nor counted, nor is it said how much of it there is."
    )


def recurring_points(found: Sequence[RecursFact]) -> Points:
    """What recurs, each with the number of walks that stated it."""
    return Points(
        tuple(f"{within(headline(one.words))} (on {counted(one.walks, 'walk')})" for one in found)
    )
