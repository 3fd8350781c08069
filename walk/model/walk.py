"""A walk: one planned routine on one date at one host school with one focus."""

from __future__ import annotations

from typing import ClassVar, Literal

from walk.model.ids import derived
from walk.model.record import Minutes, Record
from walk.model.visit import Mode

CycleStage = Literal["", "analyse", "set goals", "learn", "implement", "monitor"]
"""Where the team's inquiry cycle stands; empty where nobody has said."""


class Walk(Record, frozen=True, kw_only=True):
    """The walk itself. Its own id is also its `walk`."""

    kind: ClassVar[str] = "walk"

    title: str = ""
    host_school: str = ""
    date: str = ""
    """ISO date at the host school."""
    keep_until: str = ""
    """ISO date on which raw notes are to be purged."""
    zone: str = ""
    """The time zone of the host school, such as America/Chicago; empty: that of the laptop."""
    mode: Mode = "in_person"
    """The mode that new visits begin with."""
    imported_from: str = ""
    """The name of the table this walk was made from, when it was imported."""
    cycle: str = ""
    """The inquiry cycle that this walk is a part of; walks of one name stand in line."""
    cycle_stage: CycleStage = ""


class Rules(Record, frozen=True, kw_only=True):
    """The rules of a walk: they travel with it and are printed. One a walk."""

    kind: ClassVar[str] = "rules"

    visit_minutes: Minutes = 12
    write_minutes: Minutes = 3
    hall_minutes: Minutes = 4
    move_minutes: Minutes = 2
    debrief_minutes: Minutes = 45
    orientation_minutes: Minutes = 15
    start: str = ""
    """Local time of day the walk starts, HH:MM, when planned."""
    slots: int = 0
    """How many slots the plan asks for; 0 when it does not say."""
    bells: tuple[tuple[str, str], ...] = ()
    """Local times of day that a stop may not cross, from and to, HH:MM."""
    stops_per_visit_at_most: int = 0
    """0: no cap."""
    team_size_at_most: int = 0
    """0: no cap."""
    lens_in_every_visit: tuple[str, ...] = ()
    open_roster: bool = False
    """Whoever joins is put on the roster, as in a small walk that made none."""
    type_in_room: bool = True
    """Whether walkers type in the room or on paper; printed in the notice."""
    who_sees_raw: str = "the walkers of this walk"
    notice_given: str = ""
    """When the teachers were told, as written in the plan."""
    talk_spot: str = ""
    """Where hall talks are held, away from doors and ears."""


def rules_id(walk: str) -> str:
    """A walk has one set of rules, whoever makes it first."""
    return derived("rules", walk)
