"""The data of a walk as tables, without a visit code, a clock time or a walker in any of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from walk.reports.notice import TRADEMARK_NOTICE
from walk.reports.summary import (
    UNCONFIRMED,
    WalkFacts,
    caution,
    may_show,
    printed_basis,
    printed_trends,
    without_codes,
)

Cell = str | int | date | None
"""A cell by its type: words, a count, a day, or nothing."""

TABLES = ("notes", "trends", "steps", "look-fors")
"""The tables beside the one that says what they are."""


@dataclass(frozen=True)
class NoteFact:
    """A shared note of the walk. Nothing of it says who, when or in which classroom."""

    kind: str
    """noticing or wondering."""
    text: str
    look_for: str = ""
    """Name; may be empty."""
    themes: tuple[str, ...] = ()
    """Names of the themes in which it was put."""
    contrary: tuple[str, ...] = ()
    """Those of them against which it runs."""


@dataclass(frozen=True)
class DataTable:
    """One table: rows of typed cells under a head."""

    name: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def data_tables(facts: WalkFacts, notes: Iterable[NoteFact]) -> tuple[DataTable, ...]:
    """What they are, then the tables of TABLES. A small walk leaves out what could tell a room."""
    facts = without_codes(facts)
    shown = may_show(facts.visits)
    why_none = "" if shown.examples else shown.why
    return (
        _about(facts, why_none),
        _notes(() if facts.called_off or not shown.examples else notes),
        _trends(facts),
        _steps(facts),
        _look_fors(facts),
    )


def table_of(tables: Iterable[DataTable], name: str) -> DataTable:
    """The table of that name; KeyError for none."""
    found = {one.name: one for one in tables}
    return found[name]


def _about(facts: WalkFacts, why_none: str) -> DataTable:
    confirmed = UNCONFIRMED if facts.confirmation is None else ""
    lines: list[tuple[str, Cell]] = [
        ("Walk", facts.title),
        ("Host school", facts.host_school),
        ("Date", day(facts.date)),
        ("Focus", facts.focus),
        *(("Inquiry", one) for one in facts.inquiries),
        ("Not confirmed", confirmed),
        ("Caution", caution(facts)),
        ("Left out", why_none),
        ("Not in yet", _outstanding(facts)),
        ("What is here", WHAT_IS_HERE),
        ("Notice", TRADEMARK_NOTICE),
    ]
    return DataTable("about", ("What", "Words"), tuple(one for one in lines if one[1]))


WHAT_IS_HERE = (
    "Shared notes in no order, and what the team made of them. No visit code, clock time or walker "
    "is in any table. Counts are classrooms unless the column says noticings. It is for the team's "
    "own work: what goes to the staff is the letter, with examples chosen one by one."
)


def _outstanding(facts: WalkFacts) -> str:
    parts = []
    if facts.missing_walkers:
        parts.append(f"notes of walkers: {len(facts.missing_walkers)}")
    if facts.unshared_notes:
        parts.append(f"notes not yet shared: {facts.unshared_notes}")
    return "; ".join(parts)


def _notes(notes: Iterable[NoteFact]) -> DataTable:
    return DataTable(
        "notes",
        ("Kind", "Note", "Look-for", "Themes", "Runs against"),
        tuple(
            (one.kind, one.text, one.look_for, "; ".join(one.themes), "; ".join(one.contrary))
            for one in notes
        ),
    )


def _trends(facts: WalkFacts) -> DataTable:
    counts = may_show(facts.visits).counts

    def counted(number: int | None) -> Cell:
        return number if counts else None

    return DataTable(
        "trends",
        (
            "Trend",
            "Asset or need",
            "Classrooms",
            "The other way",
            "Neither",
            "Noticings",
            "Practice decision",
            "What we would need to know",
        ),
        tuple(
            (
                one.statement,
                one.polarity,
                counted(one.visits),
                counted(one.contrary_visits),
                counted(one.none_visits),
                counted(one.noticings),
                one.decision,
                one.to_know,
            )
            for one in printed_trends(facts)
        ),
    )


def _steps(facts: WalkFacts) -> DataTable:
    return DataTable(
        "steps",
        (
            "What",
            "Level",
            "Owner",
            "By when",
            "With the host teachers",
            "Horizon",
            "Support type",
            "Support",
            "What we will look for",
            "Status",
            "Rests on",
        ),
        tuple(
            (
                one.what,
                one.level,
                one.owner,
                day(one.by_when),
                one.design,
                one.horizon,
                one.support_type,
                one.support,
                one.evidence,
                one.status,
                printed_basis(one, facts),
            )
            for one in facts.steps
        ),
    )


def _look_fors(facts: WalkFacts) -> DataTable:
    counts = may_show(facts.visits).counts
    return DataTable(
        "look-fors",
        ("Look-for", "Noticings", "Wonderings", "Classrooms"),
        tuple(
            (
                one.name,
                *((one.noticings, one.wonderings, one.visits) if counts else (None, None, None)),
            )
            for one in facts.look_fors
        ),
    )


def day(text: str) -> Cell:
    """An ISO date as a day; other words as they are, nothing as nothing."""
    if not text:
        return None
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return text
    # A workbook counts its days from 1900 on.
    return found if found.year >= 1900 else text
