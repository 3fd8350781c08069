"""Silent read: the pool without author, title or room, and what one wants to say aloud.

It works on any laptop that has collected, and writes nothing but a local mark, which is never
shared.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from walk.model import Note, NoteKind, Walker
from walk.routine import purged
from walk.routine.debriefing import debrief
from walk.routine.desk import Desk

WALKERS_OF_A_LENS = 2
"""So many have to carry a lens, and to have written, before it is read alone: else it names one."""
ALOUD = "aloud"
"""What the screen opens at to show the marked notes alone."""
_ALOUD = "aloud:"
"""Begins the name of the local setting that holds the marked notes."""


@dataclass(frozen=True, slots=True)
class ReadNote:
    """One note as it is read."""

    id: str
    kind: NoteKind
    words: str
    """Visit codes are masked: a code would point to a room."""


@dataclass(frozen=True, slots=True)
class Reading:
    """All there is to read, noticings first; in an order that says nothing of rooms or people."""

    notes: tuple[ReadNote, ...] = ()
    lenses: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Lenses that can be read on their own, with the ids of their notes."""
    alone: tuple[str, ...] = ()
    """Lenses that cannot, as they would show who wrote."""
    purged: bool = False

    def seen_through(self, lens: str) -> tuple[ReadNote, ...]:
        """The notes of one lens; all for an empty one."""
        if not lens:
            return self.notes
        ids = self.lenses.get(lens, frozenset())
        return tuple(one for one in self.notes if one.id in ids)


def reading(desk: Desk) -> Reading:
    """Read the pool of the walk on the desk."""
    table = debrief.table(desk)
    notes = [ReadNote(id_, note.note_kind, words) for id_, (note, words) in table.notes.items()]
    notes.sort(key=lambda one: one.kind != "noticing")  # the order within a kind stays
    lenses, alone = _lenses(desk, table.notes)
    return Reading(tuple(notes), lenses, alone, purged.of(desk) is not None)


def _lenses(
    desk: Desk, shown: Collection[str]
) -> tuple[dict[str, frozenset[str]], tuple[str, ...]]:
    """The notes of each lens that can be read alone, and the lenses that cannot."""
    names: dict[str, str] = {}
    carried: dict[str, set[str]] = {}
    for walker in desk.walkers():
        if plain := _plain(walker):
            names.setdefault(plain, " ".join(walker.lens.split()))
            carried.setdefault(plain, set()).add(walker.id)
    if not carried:
        return {}, ()
    wrote: dict[str, dict[str, set[str]]] = {plain: {} for plain in carried}
    lens_of = {walker: plain for plain, walkers in carried.items() for walker in walkers}
    person: dict[str, str] = {}
    others: set[str] = set()
    for held in desk.store.all(Note, desk.walk_id, pool=True):
        who = person.setdefault(held.author, desk.person(held.author))
        if held.record.id not in shown:
            continue
        if who in lens_of:
            wrote[lens_of[who]].setdefault(who, set()).add(held.record.id)
        elif who:  # what a team said in its hall talk is nobody's
            others.add(who)
    can = {
        plain: by
        for plain, by in wrote.items()
        if min(len(carried[plain]), len(by)) >= WALKERS_OF_A_LENS
    }
    rest = len(others) + sum(len(by) for plain, by in wrote.items() if plain not in can)
    if can and 0 < rest < WALKERS_OF_A_LENS:
        # What no lens leaves would be one person's: that one stays among those of a lens.
        del can[min(can, key=lambda plain: (len(can[plain]), plain))]
    alone = tuple(sorted(names[plain] for plain in carried if plain not in can))
    found = {names[plain]: frozenset().union(*by.values()) for plain, by in can.items()}
    return dict(sorted(found.items())), alone


def _plain(walker: Walker) -> str:
    return " ".join(walker.lens.split()).casefold()


# What one wants to say aloud


def aloud(desk: Desk) -> frozenset[str]:
    """The ids of the notes that the one who writes here wants to say aloud."""
    return frozenset().union(*(desk.store.setting(key, []) for key in _keys(desk)))


def mark(desk: Desk, note: str) -> bool:
    """Mark a note, or no longer; whether it is marked now. The mark stays on this laptop."""
    marked = aloud(desk) ^ {note}
    first, *others = _keys(desk)
    desk.store.set(first, sorted(marked))
    for key in others:
        desk.store.set(key, None)
    return note in marked


def _keys(desk: Desk) -> list[str]:
    """Where the marks are kept, for each record of the person who writes."""
    return [f"{_ALOUD}{desk.walk_id}:{one}" for one in desk.records_of(desk.me)]
