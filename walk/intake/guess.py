"""A first guess at what the columns of a form export are, from their headers and first cells.

It is only ever a proposal: a person looks at it, or writes it down, before a row is taken in. Who
was visited is never guessed from a column that may name a teacher.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from walk.intake.cells import KINDS
from walk.intake.column_map import ONCE, Column, ColumnMap, Role, folded
from walk.intake.moments import clock_of, moment_of
from walk.intake.ticked import ticked

_MOSTLY = 0.8
"""The part of the filled cells that has to look alike."""

_NEVER = re.compile(
    r"e-?mail|\bteacher|\bstudent name|phone|^id$|^name$|last modified|username|score|points"
)
"""Headers of columns that are never proposed: addresses, accounts and people who are visited."""
_HEADERS: tuple[tuple[Role, str], ...] = (
    ("timestamp", r"^timestamp$|^completion time$|submi(t|ss)"),
    ("wondering", r"wonder|question(s)? (you|do|that)|\bquestions?$"),
    ("lesson", r"part of (the )?lesson|lesson part|point in (the )?lesson"),
    ("entered", r"time in\b|entered|arriv"),
    ("at", r"minutes? into|seconds? into|time into|^at$|^minute$|^second$"),
    ("kind", r"^kind$|^type$|noticing or wondering"),
    ("look_for", r"look[\s_-]*fors?\b|focus area|component"),
    ("noticing", r"notic|\bs[ae]w\b|\bsee\b|\bhear|observe\b|observed|evidence|describe"),
    ("visit", r"\bvisit\b|\bstop\b|\broom\b|classroom|\bclass\b|^code$"),
    ("walker", r"\bwalker|\bobserver|initials|\byour (name|label)\b|\bvisitor"),
    ("note", r"^notes?$|^text$|comment"),
)
"""What a header says, the surest first."""


def guessed(
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    codes: Collection[str] = (),
    look_fors: Collection[str] = (),
) -> ColumnMap:
    """The likeliest map. `rows` are the first ones, `codes` and `look_fors` those of the walk."""
    found: list[Column] = []
    taken: set[Role] = set()
    known = {code.casefold() for code in codes}
    for place, name in enumerate(header):
        cells = [row[place].strip() for row in rows if place < len(row) and row[place].strip()]
        role = _role(folded(name), cells, known, look_fors)
        if role in taken and role in ONCE:
            role = "ignore"
        taken.add(role)
        found.append(Column(name, role))
    columns = ColumnMap(tuple(found), kind="noticing" if "note" in taken - {"kind"} else "")
    if "kind" in taken:
        columns = replace(columns, kind="")
    if "at" in taken:
        at = folded(header[columns.places("at")[0]])
        columns = replace(columns, times="minutes" if "minute" in at else "seconds")
    return columns


def _role(
    header: str, cells: Sequence[str], codes: Collection[str], look_fors: Collection[str]
) -> Role:
    if _NEVER.search(header):
        return "ignore"
    if _alike(cells, lambda cell: cell.casefold() in KINDS):
        return "kind"
    if _alike(cells, lambda cell: cell.casefold() in codes or bool(_CODE.fullmatch(cell))):
        return "visit"
    known = {name.casefold() for name in look_fors}
    if known and _alike(
        cells, lambda cell: all(one.casefold() in known for one in ticked(cell, look_fors))
    ):
        return "look_for"
    for role, pattern in _HEADERS:
        if re.search(pattern, header) and _could_be(role, cells):
            return role
    if _alike(cells, lambda cell: moment_of(cell) is not None and clock_of(cell) is not None):
        return "timestamp"
    return "ignore"


_CODE = re.compile(r"V[0-9]{1,3}", re.IGNORECASE)


def _could_be(role: Role, cells: Sequence[str]) -> bool:
    if role == "timestamp":
        return not cells or _alike(cells, lambda cell: moment_of(cell) is not None)
    if role == "entered":
        return not cells or _alike(cells, lambda cell: clock_of(cell) is not None)
    if role in ("visit", "walker"):
        return all(len(cell) <= 40 for cell in cells)
    return True


def _alike(cells: Sequence[str], fits: Callable[[str], bool]) -> bool:
    """Whether nearly all of the filled cells fit."""
    return bool(cells) and sum(map(fits, cells)) >= _MOSTLY * len(cells)
