"""Re-flow: where every team will be, from where the teams stand and what still comes for them.

What happened is a fact. A coming stop that can keep its planned place keeps it, and whatever was
moved, by lateness or by a change, fits around those. Windows and bells always hold, and no two
teams are ever forecast in one classroom at once. The answer depends on what is known alone, not on
who asks, so boards that know the same say the same. All times are UTC milliseconds.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

Span = tuple[int, int]
Why = Literal["window", "bell", "taken"]

VISIT_LEAST = 10
HALL_LEAST = 2
WRITE_LEAST = 2
_EVER = 1 << 60
_ALWAYS: tuple[Span, ...] = ((-_EVER, _EVER),)


@dataclass(frozen=True, slots=True)
class Lengths:
    """How long the parts of a coming slot take, in milliseconds."""

    visit: int
    write: int
    hall: int
    move: int

    @property
    def after(self) -> int:
        """From leaving one room to entering the next."""
        return self.write + self.hall + self.move


@dataclass(frozen=True, slots=True)
class Planned:
    """A planned place in a team's order: the visit that was to be entered then."""

    enter: int
    visit: str


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a team stands. `ready` is when it can enter the next room.

    `rest` is what comes, in order; each stop that finds a time takes the next of `places` and is
    not entered before it.
    """

    team: str
    lengths: Lengths
    ready: int
    rest: tuple[str, ...] = ()
    places: tuple[Planned, ...] = ()
    room: str = ""
    """The visit that it is in now, from `entered` until it will leave."""
    entered: int = 0
    leaves: int = 0
    been: tuple[tuple[str, int, int], ...] = ()
    """Stops behind it: visit, entered, left."""
    sure: int = 0
    """So many of its first stops are known to be at their places: the team said so."""
    asked: int = 0
    """When its clock was asked, where it runs: a room that it is not in then is entered later."""


@dataclass(frozen=True, slots=True)
class Doors:
    """When classrooms are open (none: at any time), and the bells that a stop may not cross."""

    windows: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)
    bells: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Timed:
    """A coming stop with its times."""

    visit: str
    enter: int
    leave: int
    write_until: int
    talk_until: int


@dataclass(frozen=True, slots=True)
class NotFitting:
    """A coming visit that finds no time; `until` is when its last window closes."""

    visit: str
    why: Why
    until: int


@dataclass(frozen=True, slots=True)
class Course:
    """What comes for one team. `free` is when its last move is over and it could sit down."""

    stops: tuple[Timed, ...]
    not_fitting: tuple[NotFitting, ...]
    free: int
    leaves: int
    """When it leaves the room that it is in now; 0 when it is in none."""


def forecast(stands: Iterable[Stand], doors: Doors) -> dict[str, Course]:
    """The course of every team, by its label."""
    run = _Run(_facts_settled(stands), doors)
    run.all_placed()
    return {team: run.course(team) for team in run.stands}


def earliest(
    visit: str, since: int, length: int, doors: Doors, taken: Iterable[Span] = ()
) -> int | None:
    """The earliest time from `since` on at which a stop of that length fits; None when none is."""
    closed = sorted([*doors.bells, *taken])
    for opens, closes in sorted(doors.windows.get(visit) or _ALWAYS):
        at = _past(closed, max(since, opens), length)
        if at + length <= closes:
            return at
    return None


def _past(closed: Sequence[Span], at: int, length: int) -> int:
    """The first time from `at` on with `length` free; `closed` is sorted by its beginnings."""
    for begins, ends in closed:
        if begins >= at + length:
            break
        if ends > at:  # touching is free: one leaves as the other enters
            at = ends
    return at


def _facts_settled(stands: Iterable[Stand]) -> dict[str, Stand]:
    """A team found in a room that another was said to be in: the other one has left it."""
    found = {one.team: one for one in sorted(stands, key=lambda one: one.team)}
    inside = sorted((one for one in found.values() if one.room), key=lambda one: one.entered)
    for index, one in enumerate(inside):
        later = [two.entered for two in inside[index + 1 :] if two.room == one.room]
        if later and later[0] < one.leaves:
            ready = max(one.asked, one.ready - (one.leaves - later[0]))
            found[one.team] = replace(one, leaves=later[0], ready=ready)
    return found


class _Run:
    """One forecast while it is worked out."""

    def __init__(self, stands: dict[str, Stand], doors: Doors) -> None:
        self.stands = stands
        self.doors = doors
        self._taken: dict[str, list[tuple[int, int, str]]] = {}
        self._claims: dict[str, dict[str, Span]] = {}
        self._next = dict.fromkeys(stands, 0)
        self._ready = {team: one.ready for team, one in stands.items()}
        self._stops: dict[str, list[Timed]] = {team: [] for team in stands}
        self._out: dict[str, list[NotFitting]] = {team: [] for team in stands}
        for one in stands.values():
            for visit, entered, left in one.been:
                self._take(visit, entered, left, one.team)
            if one.room:
                self._take(one.room, one.entered, one.leaves, one.team)
        for team in stands:
            self._stand_fast(team)
        for team in stands:
            self._claim(team)

    def _stand_fast(self, team: str) -> None:
        """Put the stops that a team said it made or makes where it said, before all plans."""
        stand, length = self.stands[team], self.stands[team].lengths.visit
        for visit in stand.rest[: stand.sure]:
            enter, busy = self._since(team), self._busy(visit, team)
            if earliest(visit, enter, length, self.doors, busy) != enter:
                return  # what a board saw itself counts for more
            self._fix(team, visit, enter)

    def _take(self, visit: str, enter: int, leave: int, team: str) -> None:
        self._taken.setdefault(visit, []).append((enter, leave, team))

    def _busy(self, visit: str, team: str) -> list[Span]:
        return [(a, b) for a, b, other in self._taken.get(visit, ()) if other != team]

    def _claimed(self, visit: str, team: str) -> list[Span]:
        return [span for other, span in self._claims.get(visit, {}).items() if other != team]

    def _claim(self, team: str) -> None:
        """Renew what a team holds of its planned places: those that it can still keep."""
        stand, ready, used = self.stands[team], self._ready[team], len(self._stops[team])
        length = stand.lengths.visit
        for visit in stand.rest[self._next[team] :]:
            place = _place(stand, used)
            since = max(ready, place.enter)
            at = earliest(visit, since, length, self.doors, self._busy(visit, team))
            claims = self._claims.setdefault(visit, {})
            if at is None or place.visit != visit or at != place.enter:
                claims.pop(team, None)
            elif team not in claims and not _hits(at, length, self._claimed(visit, team)):
                claims[team] = (at, at + length)
            if at is not None:
                ready, used = at + length + stand.lengths.after, used + 1

    def _since(self, team: str) -> int:
        """When a team could enter its next room, were it free."""
        return max(self._ready[team], _place(self.stands[team], len(self._stops[team])).enter)

    def _when(self, team: str) -> int | None:
        """When a team can enter its next room, as far as is known."""
        stand = self.stands[team]
        visit = stand.rest[self._next[team]]
        taken = [*self._busy(visit, team), *self._claimed(visit, team)]
        return earliest(visit, self._since(team), stand.lengths.visit, self.doors, taken)

    def all_placed(self) -> None:
        """Give every coming stop its time, the earliest first, or say why it has none."""
        queue: list[tuple[int, str]] = []
        for team in self.stands:
            self._queue(queue, team)
        while queue:
            at, team = heapq.heappop(queue)
            again = self._when(team)
            if again is None or again > at:
                self._queue(queue, team)  # another team was there first
                continue
            self._place(team, again)
            self._queue(queue, team)

    def _queue(self, queue: list[tuple[int, str]], team: str) -> None:
        rest = self.stands[team].rest
        while self._next[team] < len(rest):
            at = self._when(team)
            if at is not None:
                heapq.heappush(queue, (at, team))
                return
            self._out[team].append(self._why_not(team))
            self._give_up(team)
            self._next[team] += 1
            self._claim(team)

    def _give_up(self, team: str) -> None:
        visit = self.stands[team].rest[self._next[team]]
        self._claims.get(visit, {}).pop(team, None)

    def _place(self, team: str, at: int) -> None:
        visit = self.stands[team].rest[self._next[team]]
        self._give_up(team)
        self._fix(team, visit, at)
        self._claim(team)

    def _fix(self, team: str, visit: str, at: int) -> None:
        parts = self.stands[team].lengths
        leave = at + parts.visit
        talk = leave + parts.write + parts.hall
        self._stops[team].append(Timed(visit, at, leave, leave + parts.write, talk))
        self._take(visit, at, leave, team)
        self._ready[team] = talk + parts.move
        self._next[team] += 1

    def _why_not(self, team: str) -> NotFitting:
        stand = self.stands[team]
        visit = stand.rest[self._next[team]]
        since, length = self._since(team), stand.lengths.visit
        until = max((end for _, end in self.doors.windows.get(visit, ())), default=0)
        if earliest(visit, since, length, Doors(self.doors.windows)) is None:
            return NotFitting(visit, "window", until)
        if earliest(visit, since, length, self.doors) is None:
            return NotFitting(visit, "bell", until)
        return NotFitting(visit, "taken", until)

    def course(self, team: str) -> Course:
        """What was found for a team."""
        stand = self.stands[team]
        return Course(
            tuple(self._stops[team]),
            tuple(self._out[team]),
            self._ready[team],
            stand.leaves if stand.room else 0,
        )


def _place(stand: Stand, used: int) -> Planned:
    return stand.places[used] if used < len(stand.places) else Planned(0, "")


def _hits(at: int, length: int, spans: Iterable[Span]) -> bool:
    return any(begins < at + length and at < ends for begins, ends in spans)


@dataclass(frozen=True, slots=True)
class Pace:
    """Minutes of a coming slot."""

    visit: int
    write: int
    hall: int


def paces(now: Pace, planned: Pace) -> Iterator[Pace]:
    """Ever shorter slots, minute by minute: the visit first, then the hall talk, the write last.

    No visit is cut under 10 minutes, no hall talk and no silent write under 2, nor under what was
    planned where that is less.
    """
    pace = now
    for visit in range(now.visit - 1, min(VISIT_LEAST, planned.visit) - 1, -1):
        pace = replace(pace, visit=visit)
        yield pace
    for hall in range(now.hall - 1, min(HALL_LEAST, planned.hall) - 1, -1):
        pace = replace(pace, hall=hall)
        yield pace
    for write in range(now.write - 1, min(WRITE_LEAST, planned.write) - 1, -1):
        pace = replace(pace, write=write)
        yield pace
