"""A rotation while it is being made: who is where in each slot, and how one more stop is fitted in.

A stop that finds no free team moves others along: the visit takes a team that is busy, the visit
that lost it takes another, and so on until one finds a free place (an augmenting path). While each
visit has one stop at most this is exact: where no such path exists, no arrangement sees more
visits. Sets of teams and of lenses are bits of an integer; slots count from 0 here.
"""

from __future__ import annotations

import random
from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from walk.rotation.grid import Grid, hours
from walk.rotation.problem import Problem, Span

FREE = -1
Place = tuple[int, int]
"""A team and a slot."""


def bits(mask: int) -> Iterator[int]:
    """The numbers of the bits that are set, ascending."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


class Case:
    """A problem on a grid, in numbers: what may go where."""

    def __init__(self, problem: Problem, grid: Grid) -> None:
        self.grid = grid
        visits = problem.to_see
        self.teams, self.visits = len(problem.teams), len(visits)
        self.everyone = (1 << self.teams) - 1
        self.open = [_open_slots(grid, hours(visit), problem.visit) for visit in visits]
        """For each visit, the slots in which it could have a stop."""
        self.open_sets = [frozenset(slots) for slots in self.open]
        self.may = [
            sum(
                1 << number
                for number, team in enumerate(problem.teams)
                if code not in team.kept_out
            )
            for code in (visit.code for visit in visits)
        ]
        """For each visit, the teams that may enter."""
        self.team_cap = [team.most_stops or len(grid) for team in problem.teams]
        self.visit_cap = problem.stops_per_visit_at_most or self.teams
        names = tuple(dict.fromkeys(problem.lens_in_every_visit))
        self.lens_names = names
        self.lenses = [
            sum(1 << number for number, name in enumerate(names) if name in team.lenses)
            for team in problem.teams
        ]
        self.wanted = [self.carried(mask) for mask in self.may]
        """For each visit, the lenses that some team that may enter carries."""
        self.round = max(self.teams, self.visits)
        """How many slots until every team has been everywhere, or has waited in turn."""
        self.offsets = [team * self.round // max(1, self.teams) for team in range(self.teams)]

    def carried(self, teams: int) -> int:
        """The lenses that these teams carry together."""
        found = 0
        for team in bits(teams):
            found |= self.lenses[team]
        return found

    def carrying(self, lenses: int) -> int:
        """The teams that carry all these lenses."""
        return sum(1 << team for team, carried in enumerate(self.lenses) if not lenses & ~carried)

    def least_missing(self, visit: int, stops: int) -> int:
        """A bound: the lenses that so many stops leave missing at the visit at least."""
        wanted = self.wanted[visit]
        gains = [(self.lenses[team] & wanted).bit_count() for team in bits(self.may[visit])]
        return max(0, wanted.bit_count() - sum(sorted(gains)[len(gains) - stops :]))

    def turn(self, visit: int, team: int) -> int:
        """The slot in which the cyclic rotation with spread starts has the team at the visit.

        Spread starts keep stops per visit level; neighbouring starts let some be visited by team
        after team. With more teams than visits, waiting goes round as if it were a visit.
        """
        return (visit - self.offsets[team]) % self.round


def _open_slots(grid: Grid, open_hours: Sequence[Span], minutes: int) -> list[int]:
    """The slots in which a stop of so many minutes lies within one span of the hours."""
    found: list[int] = []
    for begin, end in open_hours:
        found.extend(range(bisect_left(grid, begin), bisect_right(grid, end - minutes)))
    return found


@dataclass(slots=True)
class Tried:
    """Places, teams and visits known to lead nowhere, until the table changes."""

    places: list[int]
    """For each slot, the teams still worth a try; empty if nobody is free at all."""
    teams: int = 0
    visits: int = 0


@dataclass(frozen=True, slots=True)
class _Moved:
    """A visit on the way along a path: the slot it leaves (or FREE) and who takes that place."""

    leaves: int
    taken: Place | None
    by: int


class Table:
    """Stops by team, slot and visit. Every change keeps the hard rules."""

    def __init__(self, case: Case, slots: int, dice: random.Random | None = None) -> None:
        self.case = case
        self.dice = dice
        """Where given, free places are taken in its order: another way to fill the same grid."""
        self.names = list(range(case.teams))
        if dice:
            dice.shuffle(self.names)
        self.slots = slots
        """How many slots of the grid are used, from the first."""
        self.at = [[FREE] * case.teams for _ in case.grid]
        self.busy = [0] * len(case.grid)
        self.load = [0] * case.teams
        self.spare = sum(1 << team for team, cap in enumerate(case.team_cap) if cap > 0)
        """The teams that may have one stop more."""
        self.stops: list[dict[int, int]] = [{} for _ in range(case.visits)]
        """For each visit, the team by slot."""
        self.been = [0] * case.visits
        """For each visit, its teams."""

    def put(self, visit: int, team: int, slot: int) -> None:
        """Add a stop."""
        self.at[slot][team] = visit
        self.busy[slot] |= 1 << team
        self.stops[visit][slot] = team
        self.been[visit] |= 1 << team
        self.load[team] += 1
        if self.load[team] >= self.case.team_cap[team]:
            self.spare &= ~(1 << team)

    def take(self, visit: int, slot: int) -> int:
        """Remove a stop; gives its team."""
        team = self.stops[visit].pop(slot)
        self.at[slot][team] = FREE
        self.busy[slot] &= ~(1 << team)
        self.been[visit] &= ~(1 << team)
        self.load[team] -= 1
        self.spare |= 1 << team
        return team

    def missing(self, visit: int) -> int:
        """The lenses that could be at the visit and are not."""
        return self.case.wanted[visit] & ~self.case.carried(self.been[visit])

    def tried(self) -> Tried:
        """A fresh memory for `fit`."""
        free = any(self.spare & ~busy for busy in self.busy[: self.slots])
        return Tried([self.case.everyone] * self.slots if free else [])

    def place_in_turn(self, visit: int, teams: int) -> bool:
        """Add the next stop that the cyclic rotation has for one of the teams, if it can be had."""
        case = self.case
        possible = case.open_sets[visit]
        best: Place | None = None
        for team in bits(case.may[visit] & ~self.been[visit] & self.spare & teams):
            slot = case.turn(visit, team)
            fits = slot < self.slots and slot in possible and slot not in self.stops[visit]
            if fits and not self.busy[slot] >> team & 1 and (best is None or slot < best[1]):
                best = (team, slot)
        if best:
            self.put(visit, *best)
        return best is not None

    def place_free(self, visit: int, teams: int) -> bool:
        """Add a stop by one of the teams at the earliest free place; the least busy team goes."""
        able = self.case.may[visit] & ~self.been[visit] & self.spare & teams
        if not able:
            return False
        for slot in self.order_of(self.case.open[visit]):
            free = able & ~self.busy[slot]
            if free and slot < self.slots and slot not in self.stops[visit]:
                self.put(visit, min(bits(free), key=self._eagerness), slot)
                return True
        return False

    def fit(self, visit: int, teams: int, *, keep_lenses: bool, tried: Tried | None = None) -> bool:
        """Add a stop by one of the teams, moving other stops along if need be.

        `keep_lenses`: no visit that is moved may lose a lens. `tried` may be given to calls in a
        row with the same wishes, until one succeeds. False: no path was found, nothing changed.
        """
        if self.place_free(visit, teams):
            return True
        tried = tried or self.tried()
        if not tried.places or tried.visits >> visit & 1:
            return False
        tried.visits |= 1 << visit
        moved = {visit: _Moved(FREE, None, FREE)}
        queue = deque([visit])
        while queue:
            mover = queue.popleft()
            going = teams if mover == visit else self._instead(mover, moved[mover], keep_lenses)
            for team, slot in self._places(mover, moved[mover].leaves, going, tried):
                tried.places[slot] &= ~(1 << team)
                if self.at[slot][team] == FREE and self.spare >> team & 1:
                    self._walk_back(mover, team, slot, moved)
                    return True
                for other, leaves in self._displaced(team, slot, tried):
                    tried.visits |= 1 << other
                    moved[other] = _Moved(leaves, (team, slot), mover)
                    queue.append(other)
        return False

    def order_of(self, slots: list[int]) -> list[int]:
        """The order in which slots are looked at: from the first, or as the dice fall."""
        return self.dice.sample(slots, len(slots)) if self.dice else slots

    def _eagerness(self, team: int) -> tuple[int, int]:
        """Teams with fewer stops go first, among equals those that are named first."""
        return (self.load[team], self.names[team])

    def _instead(self, visit: int, moved: _Moved, keep_lenses: bool) -> int:
        """The teams that may take over the stop that a visit loses."""
        if not keep_lenses or not self.case.wanted[visit]:
            return self.case.everyone
        leaving = self.stops[visit][moved.leaves]
        rest = self.case.carried(self.been[visit] & ~(1 << leaving))
        return self.case.carrying(self.case.wanted[visit] & self.case.lenses[leaving] & ~rest)

    def _places(self, visit: int, leaves: int, teams: int, tried: Tried) -> Iterator[Place]:
        """The untried places where the visit could have a stop, were nobody else there."""
        stops = self.stops[visit]
        been = self.been[visit]
        if leaves != FREE:
            been &= ~(1 << stops[leaves])
        able = self.case.may[visit] & ~been & teams
        for slot in self.case.open[visit]:
            if slot >= self.slots:
                return
            if slot == leaves or slot not in stops:
                for team in bits(able & tried.places[slot]):
                    yield team, slot

    def _displaced(self, team: int, slot: int, tried: Tried) -> Sequence[Place]:
        """Who would have to move, and out of which slot, if the team took one stop more there."""
        if self.at[slot][team] != FREE:
            found = [(self.at[slot][team], slot)]
        elif tried.teams >> team & 1:
            return ()
        else:
            tried.teams |= 1 << team
            found = [(row[team], other) for other, row in enumerate(self.at) if row[team] != FREE]
        return [(visit, leaves) for visit, leaves in found if not tried.visits >> visit & 1]

    def _walk_back(self, visit: int, team: int, slot: int, moved: dict[int, _Moved]) -> None:
        """Move every visit of the path, the last one first."""
        while True:
            here = moved[visit]
            if here.leaves != FREE:
                self.take(visit, here.leaves)
            self.put(visit, team, slot)
            if here.taken is None:
                return
            (team, slot), visit = here.taken, here.by
