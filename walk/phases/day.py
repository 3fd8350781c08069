"""Where a team stands in its day, and what its clock shows.

A day is folded from the changes that a timekeeper entered and is asked, never ticked. Inside, time
runs on a line of its own: milliseconds since the first change, summed from change to change by
`elapsed_ms`, so that a closed lid, a restart or a clock that somebody sets loses nothing.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Literal

from walk.clock import Moment, elapsed_ms

Phase = Literal["before", "orientation", "visit", "write", "hall", "move", "debrief", "over"]
Stage = Literal["calm", "two minutes", "time", "over", "held", "waiting"]
How = Literal["skipped", "withdrawn", "dropped", "ended"]

PHASE_WORDS: dict[Phase, str] = {
    "before": "BEFORE",
    "orientation": "ORIENTATION",
    "visit": "VISIT",
    "write": "SILENT WRITE",
    "hall": "HALL TALK",
    "move": "MOVE",
    "debrief": "DEBRIEF",
    "over": "OVER",
}
LONGEST_MIN = 600
"""No phase is timed for longer, and nothing began longer ago than that."""
LAST_S = 120
"""The last seconds of a phase, shown to the second."""
MINUTE_MS = 60_000
UNTIMED: tuple[Phase, ...] = ("before", "over")


@dataclass(frozen=True, slots=True)
class Minutes:
    """How long each phase is timed for, in whole minutes."""

    orientation: int = 15
    visit: int = 12
    write: int = 3
    hall: int = 4
    move: int = 2
    debrief: int = 45

    def of(self, phase: Phase) -> int:
        """The minutes of a phase; 0 where it is not timed."""
        return int(getattr(self, phase, 0))


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the team's order, as planned: its slot, its times (UTC ms) and its visit."""

    slot: int
    enter: int
    leave: int
    visit: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """A stop that is behind the team: planned times (0 where it had none) and actual ones."""

    visit: str
    slot: int
    planned_enter: int
    planned_leave: int
    enter: int
    leave: int


@dataclass(frozen=True, slots=True)
class Gone:
    """A visit that the team does not go to any more, and how that came."""

    visit: str
    how: How
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Face:
    """What the clock shows: the phase in a word, the figures, and the cue."""

    word: str
    digits: str
    stage: Stage


@dataclass(frozen=True, slots=True)
class TeamDay:
    """Where a team stands in its day. Every change returns a new one.

    `rest` is what comes, in order. `places` are the planned places that are still free: each stop
    takes the first one, so that the others move up when a visit is left out, and a stop beyond
    them has none. Fields ending in `_t` are on the day's own line of time, in milliseconds.
    """

    team: str
    minutes: Minutes
    phase: Phase = "before"
    at: str = ""
    """The visit that the team is in, writes or talks about."""
    place: Place | None = None
    """The planned place of that stop."""
    rest: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    done: tuple[Done, ...] = ()
    gone: tuple[Gone, ...] = ()
    target_min: int = 0
    last: Moment | None = None
    last_t: int = 0
    began_t: int = 0
    held_t: int | None = None
    paused_ms: int = 0
    """How long this phase was held before, in all."""
    entered_t: int | None = None
    left_t: int | None = None
    """When the last room was left."""
    bound_t: int | None = None
    """This phase cannot have begun before that."""
    begun_t: int | None = None
    """When the clock was started."""
    late_min: int = 0
    """How late a team whose clock does not run here said it is, in minutes."""
    late_told: int = 0
    """When it said so, UTC milliseconds."""

    @property
    def started(self) -> bool:
        """True once the clock was started."""
        return self.phase != "before"

    @property
    def held(self) -> bool:
        """True while the clock stands."""
        return self.held_t is not None

    def line_t(self, now: Moment) -> int:
        """Where `now` stands on the day's line of time."""
        if self.last is None:
            return 0
        return self.last_t + elapsed_ms(self.last, marked(now))

    def elapsed_ms(self, now: Moment) -> int:
        """Milliseconds spent in this phase, without those on hold; never negative."""
        until = self.line_t(now) if self.held_t is None else self.held_t
        return max(0, until - self.began_t - self.paused_ms)

    def remaining_ms(self, now: Moment) -> int:
        """Milliseconds until the minutes of this phase are up; negative when they are over."""
        return self.target_min * MINUTE_MS - self.elapsed_ms(now)

    def remaining_s(self, now: Moment) -> int:
        """Seconds until the minutes of this phase are up, rounded up; negative when over."""
        return -(-self.remaining_ms(now) // 1000)

    def wall_of(self, t: int, now: Moment) -> int:
        """The UTC milliseconds of a time on the line, by the clock as it goes now."""
        return now.wall_ms - (self.line_t(now) - t)

    def face(self, now: Moment, wait_s: int | None = None) -> Face:
        """What to show at `now`; `wait_s` are seconds until the next room, where those are more."""
        word = PHASE_WORDS[self.phase]
        if self.phase in UNTIMED:
            return Face(word, "", "waiting" if self.phase == "before" else "calm")
        left = self.remaining_s(now)
        waits = wait_s is not None and wait_s > max(0, left)
        if wait_s is not None and waits:
            left = wait_s
        digits = digits_of(left)
        if self.held:
            return Face(word, digits, "held")
        if waits and self.remaining_s(now) <= 0:
            return Face(word, digits, "waiting")
        return Face(word, digits, _cue(left))


def digits_of(left_s: int) -> str:
    """Seconds left as the board shows them: "8", then "1:40", then "0:00", then "+3"."""
    if left_s > LAST_S:
        return str(-(-left_s // 60))
    if left_s > 0:
        return f"{left_s // 60}:{left_s % 60:02}"
    over = -left_s // 60
    return f"+{over}" if over else "0:00"


def _cue(left_s: int) -> Stage:
    if left_s > LAST_S:
        return "calm"
    if left_s > 0:
        return "two minutes"
    return "time" if left_s > -60 else "over"


def boot_mark(moment: Moment) -> str:
    """Tells whether two readings of the awake clock can be compared; names no machine."""
    return hashlib.sha256(f"boot {moment.boot}".encode()).hexdigest()[:12]


def marked(moment: Moment) -> Moment:
    """The moment with the mark that a change carries in place of its boot."""
    return moment._replace(boot=boot_mark(moment))
