"""From notes to themes to trends of one walk: counts of classrooms, what may be stated. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from walk.model import Note, Placing, TrendCounts
from walk.model.visit import code_mask as code_mask

VISITS_FOR_A_TREND = 2
"""A pattern needs evidence from this many classrooms; below it is parked."""


@dataclass(frozen=True, slots=True)
class Spread:
    """Where a theme's evidence comes from; counts are of classrooms, however many teams came."""

    visits: int
    """Classrooms with a noticing that supports the theme."""
    contrary_visits: int
    """Classrooms with a noticing that runs against it."""
    noticings: int
    """Supporting noticings."""
    wonderings: int
    none_visits: int = 0
    """Classrooms visited that have neither."""

    @property
    def states_a_trend(self) -> bool:
        """True where the theme rests on enough classrooms to be more than one room's pattern."""
        return self.visits >= VISITS_FOR_A_TREND

    def counts(self) -> TrendCounts:
        """What is written into the trend, to outlive the raw notes."""
        return TrendCounts(
            visits=self.visits,
            contrary_visits=self.contrary_visits,
            noticings=self.noticings,
            none_visits=self.none_visits,
        )


def spread(
    placings: Iterable[Placing], notes: Mapping[str, Note], visited: Collection[str] = ()
) -> Spread:
    """The spread of a theme's placings; placings whose note is gone count for nothing.

    Only noticings are evidence; wonderings ride along and are counted apart. `visited` are the ids
    of all classrooms that somebody was in.
    """
    supporting: set[str] = set()
    contrary: set[str] = set()
    noticings = wonderings = 0
    for placing in placings:
        note = notes.get(placing.note)
        if note is None:
            continue
        if note.note_kind == "wondering":
            wonderings += 1
        elif placing.contrary:
            contrary.add(note.visit)
        else:
            supporting.add(note.visit)
            noticings += 1
    neither = len(set(visited) - supporting - contrary)
    return Spread(len(supporting), len(contrary), noticings, wonderings, neither)


def of_visits(count: int) -> str:
    """A count of classrooms in words: "1 visit", "4 visits"."""
    return f"{count} visit" if count == 1 else f"{count} visits"
