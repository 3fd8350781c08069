"""What a page is made of: headings, paragraphs, lists, tables, one chart, room to write.

A block says what stands there; how it looks is for those who write it down. Every text is as
people wrote it and still has to be made safe on its way out.
"""

from __future__ import annotations

from dataclasses import dataclass

from walk.reports.chart import Bar


@dataclass(frozen=True)
class Say:
    """A paragraph. A loud one warns and must not be overlooked."""

    text: str
    loud: bool = False


@dataclass(frozen=True)
class Quote:
    """Words of people, printed as they wrote them."""

    text: str


@dataclass(frozen=True)
class Points:
    """A list."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class TrendEntry:
    """A trend by its number on this page."""

    number: int
    statement: str
    counts: str
    """A phrase; empty when counts are left out."""
    examples: tuple[str, ...]
    remarks: tuple[str, ...] = ()
    """What the team adds: its decision, what it would need to know."""


@dataclass(frozen=True)
class Trends:
    """Trends of one kind."""

    entries: tuple[TrendEntry, ...]


@dataclass(frozen=True)
class Chart:
    """Classrooms per trend."""

    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Table:
    """Rows of cells under a head; `caption` says what it is to people who do not see it."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    said: tuple[str, ...] = ()
    """Each row as a sentence, for plain text, where columns would be too narrow to read."""
    by_hand: bool = False
    """The rows are written in by hand, so they are tall."""


@dataclass(frozen=True)
class Lines:
    """Empty lines to write on; `label` says what for, to people who do not see them."""

    label: str
    count: int = 3


Block = Say | Quote | Points | Trends | Chart | Table | Lines


@dataclass(frozen=True)
class Section:
    """A heading, which may be empty, and what stands below it."""

    heading: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Page:
    """One sheet of paper in ordinary cases; the trademark notice is put at its foot."""

    title: str
    under: str
    """Place and date, or nothing."""
    sections: tuple[Section, ...]
