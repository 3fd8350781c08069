"""Fill a grid: every visit seen, then stops per visit level, then lenses, then as many eyes as fit.

Round by round each visit gets one stop more. A round in which some visit finds none is the last:
so stops per visit differ by one at most, whatever the rules.
"""

from __future__ import annotations

import random
from bisect import bisect_left
from dataclasses import dataclass

from walk.rotation.table import Case, Table, bits

_SEED = 20_260
TRIES = 24
_WORK = 24_000  # teams x visits x slots that all tries together may cost, about


@dataclass(frozen=True, slots=True)
class Filled:
    """A filled table and how good it is."""

    table: Table
    seen: int
    missing: int
    """Lenses missing, summed over the visits."""
    stops: int
    last: int
    """The last slot in which anybody stops, from 0; -1 if none."""

    @property
    def rank(self) -> tuple[int, int, int, int]:
        """Better ones first."""
        return (-self.seen, self.missing, -self.stops, self.last)


def filled_early(case: Case, slots: int) -> Filled:
    """As `filled`, and with as few of the slots as hold the same stops."""
    best = filled(case, slots)
    few = -(-best.stops // max(1, case.teams))
    while few <= best.last:
        middle = (few + best.last) // 2
        other = filled(case, middle)
        if other.rank[:3] <= best.rank[:3]:
            best = other
        else:
            few = middle + 1
    return best


def filled(case: Case, slots: int) -> Filled:
    """The best of a few ways to fill the first `slots` slots; always the same for the same case."""
    order = list(range(case.visits))
    best = _measured(_once(case, slots, order, None))
    bounds = _bounds(case, slots, best)
    dice = random.Random(_SEED)
    size = max(1, case.teams * case.visits * slots)
    for _ in range(min(TRIES, _WORK // size)):
        if best.missing <= bounds.missing and best.stops >= bounds.stops:
            break
        dice.shuffle(order)
        other = _measured(_once(case, slots, order, dice))
        if other.rank < best.rank:
            best = other
    return best


@dataclass(frozen=True, slots=True)
class _Bounds:
    """What no level plan that sees the same visits can better."""

    stops: int
    missing: int


def _bounds(case: Case, slots: int, best: Filled) -> _Bounds:
    """Bounds from what each visit, each team and each slot can hold by itself."""
    fits = [
        min(
            bisect_left(case.open[visit], slots),
            case.may[visit].bit_count(),
            case.visit_cap,
        )
        for visit in range(case.visits)
    ]
    seen = [visit for visit in range(case.visits) if best.table.stops[visit]]
    level = min((fits[visit] for visit in seen), default=0) + 1
    by_visit = sum(min(fits[visit], level) for visit in seen)
    by_team = sum(min(cap, slots) for cap in case.team_cap)
    by_slot = sum(
        min(case.teams, sum(slot in open_slots for open_slots in case.open_sets))
        for slot in range(slots)
    )
    missing = sum(
        case.least_missing(visit, min(fits[visit], level) if visit in set(seen) else 0)
        for visit in range(case.visits)
    )
    return _Bounds(min(by_visit, by_team, by_slot), missing)


def _measured(table: Table) -> Filled:
    """A table with its figures."""
    used = [slot for slot in range(table.slots) if table.busy[slot]]
    return Filled(
        table=table,
        seen=sum(bool(stops) for stops in table.stops),
        missing=sum(table.missing(visit).bit_count() for visit in range(table.case.visits)),
        stops=sum(table.load),
        last=used[-1] if used else -1,
    )


def _once(case: Case, slots: int, order: list[int], dice: random.Random | None) -> Table:
    """Fill the grid, visits in this order."""
    table = Table(case, slots, dice)
    order = sorted(order, key=lambda visit: len(case.open[visit]))
    among = order
    for round_ in range(1, case.visit_cap + 1):
        _round(table, among)
        reached = [visit for visit in among if len(table.stops[visit]) >= round_]
        if round_ == 1:
            among = reached
        if not reached or len(reached) < len(among):
            break
    _mend_lenses(table)
    return table


def _round(table: Table, order: list[int]) -> None:
    """Give each visit one stop more, where one can be found."""
    everyone = table.case.everyone
    todo = order
    if table.case.lens_names:
        todo = [visit for visit in todo if not _bring_lens(table, visit)]
    if table.dice is None:
        todo = [visit for visit in todo if not table.place_in_turn(visit, everyone)]
    for keep_lenses in (True, False) if table.case.lens_names else (False,):
        left = []
        tried = table.tried()
        for visit in todo:
            if table.fit(visit, everyone, keep_lenses=keep_lenses, tried=tried):
                tried = table.tried()
            else:
                left.append(visit)
        todo = left


def _bring_lens(table: Table, visit: int) -> bool:
    """Give the visit a stop by a team that brings missing lenses, those that bring most first."""
    missing = table.missing(visit)
    if not missing:
        return False
    gains: dict[int, int] = {}
    for team in bits(table.case.may[visit]):
        gain = (table.case.lenses[team] & missing).bit_count()
        gains[gain] = gains.get(gain, 0) | 1 << team
    return any(
        table.place_in_turn(visit, gains[gain]) or table.fit(visit, gains[gain], keep_lenses=True)
        for gain in sorted(gains, reverse=True)
        if gain
    )


def _mend_lenses(table: Table) -> None:
    """Trade stops for such as bring a missing lens; how many stops a visit has stays."""
    for visit in range(table.case.visits):
        for lens in bits(table.missing(visit)):
            if table.missing(visit) >> lens & 1:
                _trade(table, visit, lens)


def _trade(table: Table, visit: int, lens: int) -> bool:
    """Give up one stop of the visit for one that brings the lens and all that would be lost."""
    for slot in sorted(table.stops[visit]):
        before = table.missing(visit)
        team = table.take(visit, slot)
        lost = table.missing(visit) & ~before
        if table.fit(visit, table.case.carrying(1 << lens | lost), keep_lenses=True):
            return True
        table.put(visit, team, slot)
    return False
