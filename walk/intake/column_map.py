"""What each column of a table is: the map by which a form export becomes notes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, get_args

from walk.intake.moments import Order
from walk.text import one_line

Role = Literal[
    "visit",
    "noticing",
    "wondering",
    "walker",
    "look_for",
    "ignore",
    "timestamp",
    "note",
    "kind",
    "at",
    "clock",
    "entered",
    "lesson",
]
ROLES: tuple[Role, ...] = get_args(Role)
ROLE_WORDS: dict[Role, str] = {
    "visit": "the visit's code",
    "noticing": "words of a noticing",
    "wondering": "words of a wondering",
    "walker": "the walker's label",
    "look_for": "the look-for, or several ticked",
    "ignore": "not read",
    "timestamp": "when it was submitted",
    "note": "words of a note, of a kind said elsewhere",
    "kind": "the kind: noticing or wondering",
    "at": "time into the visit",
    "clock": "time of day of the note",
    "entered": "time of day of entering",
    "lesson": "part of the lesson seen",
}
"""What a column can be, in words for the one who says it."""
WORDS: frozenset[Role] = frozenset({"noticing", "wondering", "note"})
"""The roles of columns that hold the words of notes."""
ONCE: frozenset[Role] = frozenset(ROLES) - WORDS - {"ignore", "look_for"}
"""The roles that one column may have at most."""
Unit = Literal["seconds", "minutes"]
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Column:
    """One column."""

    header: str
    role: Role = "ignore"
    look_for: str = ""
    """The look-for that its notes belong to; empty: as the look-for column says, or none."""
    lines: bool = False
    """Each line of a cell is a note of its own."""


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """What the columns of one table are, and what holds for all of its rows."""

    columns: tuple[Column, ...] = ()
    """In the order of the table."""
    visit: str = ""
    """The code of the one visit that all rows are about; empty: a column says it."""
    kind: str = ""
    """The kind of the notes whose column does not say it."""
    walker: str = ""
    """The label of the one walker who wrote all rows; empty: a column says it, or nobody does."""
    times: Unit = "seconds"
    """What a bare number in the time column counts."""
    dates: Order = ""
    """Which of 10/11/2025 is the day; empty: as the whole column says."""
    only_on: str = ""
    """ISO date: only what was submitted on this day; empty: all rows."""
    look_fors: tuple[str, ...] = ()
    """Look-fors as the form names them; needed only where a name holds a comma."""
    visits: Mapping[str, str] = field(default_factory=dict)
    """Codes by what the table calls a visit."""

    def places(self, *roles: Role) -> list[int]:
        """Where the columns of these roles stand."""
        return [n for n, column in enumerate(self.columns) if column.role in roles]

    def lacks(self) -> list[str]:
        """What has to be said before rows can be read, in words; empty where all is said."""
        found = []
        if not self.visit and not self.places("visit"):
            found.append("which column says the visit, or the one code for all rows")
        if not self.places(*WORDS):
            found.append("which column holds the words of notes")
        if self.places("note") and not self.kind and not self.places("kind"):
            found.append("whether the words are noticings or wonderings")
        if self.places("clock") and not self.places("entered"):
            found.append("which column says when the walker entered; a time of day needs it")
        if self.only_on and not self.places("timestamp"):
            found.append("which column says when a row was submitted; a day was chosen")
        found += [
            f"only one column that is {ROLE_WORDS[role]}"
            for role in ROLES
            if role in ONCE and len(self.places(role)) > 1
        ]
        return found


def one_header(header: str) -> str:
    """A header on one line, without control characters."""
    return " ".join(_CONTROL.sub(" ", header).split())


def folded(header: str) -> str:
    """A header as it is compared: in any case, with any spaces."""
    return one_header(header).casefold()


def fitted(columns: ColumnMap, header: Sequence[str]) -> ColumnMap | None:
    """The map for a table with this header: its columns in that order, others not read.

    None where a column that the map reads is not there. Of columns with the same header the first
    is the first in both.
    """
    waiting: dict[str, list[Column]] = {}
    for column in columns.columns:
        waiting.setdefault(folded(column.header), []).append(column)
    found = []
    for cell in header:
        same = waiting.get(folded(cell), [])
        found.append(replace(same.pop(0), header=cell) if same else Column(cell))
    if any(column.role != "ignore" for same in waiting.values() for column in same):
        return None
    return replace(columns, columns=tuple(found))


def absent(columns: ColumnMap, header: Sequence[str]) -> list[str]:
    """The headers that a map reads and a table does not have, safe to show."""
    there = [folded(cell) for cell in header]
    found = []
    for column in columns.columns:
        name = folded(column.header)
        if name in there:
            there.remove(name)
        elif column.role != "ignore":
            found.append(one_line(column.header, 40))
    return found


def signature(header: Sequence[str]) -> str:
    """Names a header row, so that a table of the same form is known again."""
    said = "\0".join(folded(cell) for cell in header)
    return hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()[:32]


# As plain values, for the settings of this laptop


def as_values(columns: ColumnMap) -> dict[str, Any]:
    """The map as values that JSON can hold; names of visits and of a walker stay out of it.

    What the visits are called may name teachers or rooms, which no setting keeps.
    """
    return {
        "columns": [
            [column.header, column.role, column.look_for, column.lines]
            for column in columns.columns
        ],
        "visit": columns.visit,
        "kind": columns.kind,
        "times": columns.times,
        "dates": columns.dates,
        "look_fors": list(columns.look_fors),
    }


def of_values(values: Any) -> ColumnMap | None:
    """The map that such values say; None where they say none."""
    try:
        columns = tuple(
            Column(str(header), role if role in ROLES else "ignore", str(look_for), bool(lines))
            for header, role, look_for, lines in values["columns"]
        )
        return ColumnMap(
            columns,
            visit=str(values["visit"]),
            kind=str(values["kind"]),
            times="minutes" if values["times"] == "minutes" else "seconds",
            dates=_order(values["dates"]),
            look_fors=tuple(map(str, values["look_fors"])),
        )
    except (KeyError, TypeError, ValueError):
        return None


def _order(said: object) -> Order:
    return "day first" if said == "day first" else "month first" if said == "month first" else ""
