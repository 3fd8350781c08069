"""Like this: notes that use the words of a note or of a theme; proposed, never placed."""

from __future__ import annotations

from dataclasses import dataclass

from walk.errors import Refused
from walk.likeness import FEWEST_IN_A_THEME, Like, Pool
from walk.routine.debriefing.debrief import PoolNote, Table

MOST = 40
"""Notes that are proposed at once."""


@dataclass(frozen=True, slots=True)
class Proposed:
    """A note that is like what was asked about, and the words that speak for it."""

    one: PoolNote
    shared: tuple[str, ...]


def like_note(table: Table, note: str) -> list[Proposed]:
    """Notes in no theme yet that are like this one, the most alike first; none is an answer too."""
    return _proposed(table, _pool(table).like_note(note, _unplaced(table), MOST))


def like_theme(table: Table, theme: str) -> list[Proposed]:
    """Notes in no theme yet that are like those of a theme; Refused below three notes in it.

    What runs against a theme is no example of what it is about, though its words may be the same.
    """
    view = next((one for one in table.themes if one.theme.id == theme), None)
    inside = [one.note.id for one in view.notes if theme not in one.contrary_in] if view else []
    if len(inside) < FEWEST_IN_A_THEME:
        raise Refused(
            "There is too little in this theme to look for more like it.",
            f"Put {FEWEST_IN_A_THEME} notes into it first.",
        )
    return _proposed(table, _pool(table).like_theme(inside, _unplaced(table), MOST))


def _pool(table: Table) -> Pool:
    return Pool({id_: words for id_, (_, words) in table.notes.items()})


def _unplaced(table: Table) -> list[str]:
    wonderings = (one for one in table.wonderings if not one.themes)
    # An odd note may have found its like by now.
    return [one.note.id for one in (*table.pool, *table.odd, *wonderings)]


def _proposed(table: Table, found: list[Like]) -> list[Proposed]:
    held = {one.note.id: one for one in (*table.pool, *table.odd, *table.wonderings)}
    return [Proposed(held[one.note], one.shared) for one in found]
