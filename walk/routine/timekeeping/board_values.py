"""What a board hands to its screen: plain values, times as local words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from walk.phases import Phase

BoardStage = Literal["calm", "two minutes", "time", "over", "held", "waiting"]


@dataclass(frozen=True, slots=True)
class BoardView:
    """One team's board at one moment. Times are local, HH:MM; an empty text means none."""

    team: str
    teams: tuple[str, ...]
    """Every team's label; a walk without teams has one, called A."""
    phase: Phase
    word: str
    """The phase, such as VISIT."""
    digits: str
    """Whole minutes left ("8"), m:ss in the last two ("1:40"), minutes over ("+3"), the local start
    time ("09:05") before; empty once the day is over."""
    stage: BoardStage
    slot: int
    """The team's present or next stop, from 1; 0 when there is none."""
    slots: int
    """How many stops the team has today, done ones included."""
    visit: str
    """The code of the visit that the team is in, writes or talks about, or goes to next."""
    behind_min: int
    """Minutes behind the plan at the end of this phase; negative: ahead."""
    in_words: str
    """Where the team is, such as "in V3, Team A"."""
    then: tuple[tuple[str, str], ...]
    """What follows and when, such as ("silent write", "09:38")."""
    lines: tuple[str, ...]
    """Who goes where, a team a line: "Team A V3 → V4", "Team B as planned V1 → V2"."""
    ends: str
    """When the walk ends, debrief included, as things stand now."""
    planned_ends: str
    """When it was planned to end; empty without a plan."""
    guard: str
    """"Nobody has started the clock: …" with what to press; empty while all is well."""
    sayings: tuple[str, ...]
    """What to say aloud to other teams."""
    not_fitting: tuple[str, ...]
    """Coming visits that find no time any more, each with the reason."""
    as_of: str
    """When the plan was made, "plan as of 13 Oct 16:20"; on another day than its own "plan of 24
    Nov, held on 22 Nov"; empty without one."""
    held: bool
    can: tuple[str, ...] = ()
    """The changes that make sense now: next, earlier, adjust, hold, go_on, skip, withdraw, swap,
    insert, end, shorten (there are offers), told, anew."""
    next_words: str = ""
    """What the next press does, such as "silent write" or "enter V4"."""
    day: str = ""
    """The planned day and time, such as "Tue 24 Nov, 09:05", before the start on another day."""
    corrected: str = ""
    """What the one who is writing corrected on this laptop, for their own team's board."""
    log: tuple[str, ...] = ()
    """Stops that are behind the team, with planned and actual times, newest last."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What a change would bring, before it is accepted."""

    words: str
    """What would be done, or why it cannot be."""
    ends: str
    planned_ends: str
    sayings: tuple[str, ...]
    not_fitting: tuple[str, ...]
    allowed: bool = True


@dataclass(frozen=True, slots=True)
class Offer:
    """One way to go on; accepted (or entered as told) by its id."""

    id: str
    words: str
    ends: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A visit that could be put in, or the reason why not."""

    visit: str
    words: str
    allowed: bool


@dataclass(frozen=True, slots=True)
class NextStop:
    """A walker's own next visit."""

    visit: str
    enter: str
    """Local time, HH:MM."""
    in_min: int
    """Whole minutes until then; negative once it has passed."""
    on: str
    """The day, such as "Tue 24 Nov"; empty where it is today."""
