"""Two stores with something on every screen: a walk that is over, and one in the middle of its day.

Each is made once a session, and put back before each test that writes on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.desks import desk_at, the_visit, write_form
from tests.routine.board_plans import plan
from tests.routine.three import Three, give, meet, note_on, three_laptops, wrote
from walk.clock import FixedClock
from walk.routine.debriefing import debrief, stating
from walk.routine.demo import make_demo
from walk.routine.desk import Desk, Place
from walk.routine.keeping import backups
from walk.routine.planning import prepare
from walk.routine.visiting import visit
from walk.screens.known import SCREENS

WITH_VISIT = frozenset({"visit", "write", "hall", "checklist"})
"""Screens that open at a visit."""
STORES = ("under way", "over")


@dataclass(frozen=True, slots=True)
class Sample:
    """A store file and its bytes as they were made."""

    path: Path
    made: bytes

    @contextmanager
    def desk(self) -> Iterator[Desk]:
        """A desk on it as it was made."""
        for beside in self.path.parent.glob(f"{self.path.name}*"):
            if beside.is_file():
                beside.unlink()
        self.path.write_bytes(self.made)
        with desk_at(self.path, FixedClock()) as desk:
            yield desk


def place_of(desk: Desk, screen: str, code: str = "V1") -> Place:
    """Where a screen opens with something to show."""
    at = the_visit(desk, code).id if screen in WITH_VISIT else ""
    return Place(screen, desk.walk_id, at)


def make(folder: Path, name: str) -> Sample:
    """Make one of the two stores in an empty folder."""
    path = folder / "lead.walkdb"
    if name == "over":
        with desk_at(path, FixedClock()) as desk:
            make_demo(desk)
    else:
        with three_laptops(folder) as three:
            _under_way(path, three)
    return Sample(path, path.read_bytes())


def _under_way(store: Path, three: Three) -> None:
    """Walkers, rotation, forms, one begun, a name at the door, themes, a trend, a conflict, a

    receipt, a backup, and open next steps of an earlier walk.
    """
    lead = three.lead
    first = wrote(three.ana, "S1 wrote four lines about the map")
    wrote(three.ben, 'T: "Who can add to that?" and 6 hands go up', "V2")
    meet(lead, three.ana)
    give(three.ben, lead)
    again = three.joined("Ana", 4, name="again")
    give(three.ana, again)
    for desk, words in ((three.ana, "S1 wrote four long lines"), (again, "S1 wrote five lines")):
        visit.reword(desk, note_on(desk, first.id), words)
        give(desk, lead)
    prepare.describe_walk(lead, host_school="Lincoln", date="2025-10-14", keep_until="2025-12-14")
    plan(lead, visits=3, slots=2)
    write_form(
        lead,
        "V1",
        "14 of 22 wrote before talk",
        "? What happens after a press? #1",
        "Ms. Garcia kneels at table 2",
    )
    write_form(lead, "V2", 'T: "Say more about that." waits 5 s #2', "5/7 pairs point to the text")
    begun = visit.enter(lead, the_visit(lead, "V3"))
    visit.add_note(lead, begun, "T did a great job pressing for evidence")
    table = debrief.table(lead).pool
    debrief.put_in_new(lead, [one.note for one in table[:3]], "Students point to the source")
    debrief.put_in_new(lead, [one.note for one in table[3:4]], "Waiting")
    stating.state_trend(lead, debrief.table(lead).themes[0].theme, "Students point to a source.")
    walk = lead.walk_id
    make_demo(lead)
    prepare.describe_walk(lead, host_school="Lincoln", date="2025-09-21", keep_until="2025-12-14")
    lead.open_walk(walk)
    backups.take(store, lead.clock)


SCREEN_NAMES = sorted(SCREENS)
SOME = ("board", "debrief", "home", "steps", "visit", "write")
"""Screens of every kind: those that a test with many steps walks also in the quick suite."""


def some_quick(names: Iterable[str]) -> list[Any]:
    """All of these as parameters; those that are not among `SOME` only in the long suite."""
    return [one if one in SOME else pytest.param(one, marks=pytest.mark.deep) for one in names]
