"""The rotation planner: which team stops at which visit in which slot.

A direct method: choose the grid (when slots begin), see every visit by augmenting paths, then fill
round by round. It is quick, always gives the same plan for the same problem, and never breaks a
hard rule: one team in a classroom at a time, no team at one visit twice, windows, bells, own rooms,
caps, the slots asked for. What has no place is dropped with the rule that stands in the way.
"""

from __future__ import annotations

from walk.rotation.fill import Filled, filled, filled_early
from walk.rotation.problem import Dropped, Plan, Problem, Stop
from walk.rotation.reach import Reach, best_reach
from walk.rotation.reasons import reasons
from walk.rotation.table import Case
from walk.rotation.warn import warnings

LENS_DAY = 8 * 60
"""For lenses alone a plan without a number of slots grows up to this many minutes, no further."""
_MORE = 4  # slots tried beyond the fewest that could hold every lens


def make(problem: Problem) -> Plan:
    """The rotation of a problem. Nothing is lost: see Plan."""
    if not problem.teams or not problem.to_see:
        return _plan(problem, (), ())
    reach = best_reach(problem)
    if problem.slots:
        best = filled_early(reach.case, reach.slots)
    else:
        best = _with_lenses(problem, reach, filled(reach.case, reach.slots))
    return _plan(problem, *_stops(problem, best))


def _with_lenses(problem: Problem, reach: Reach, best: Filled) -> Filled:
    """More slots, where that brings lenses into visits that lack them."""
    if not best.missing:
        return best
    case = reach.case
    most = _slots_in_a_day(problem, case, reach.slots)
    fewest = min(most, max(reach.slots + 1, _fewest_for_lenses(reach, most)))
    for slots in range(fewest, min(most, fewest + _MORE) + 1):
        longer = filled(case, slots)
        if (-longer.seen, longer.missing) >= (-best.seen, best.missing):
            break
        best = longer
        if not best.missing:
            break
    return best


def _slots_in_a_day(problem: Problem, case: Case, least: int) -> int:
    """How many slots of the grid lie within LENS_DAY of the start; at least `least`."""
    last = problem.start + LENS_DAY - problem.slot_minutes
    return max(least, sum(enter <= last for enter in case.grid))


def _fewest_for_lenses(reach: Reach, most: int) -> int:
    """A bound: the carriers of the rarest lens have to be at every seen visit that wants it."""
    case, fewest = reach.case, 0
    for lens in range(len(case.lens_names)):
        carriers = case.carrying(1 << lens).bit_count()
        visits = sum(case.wanted[visit] >> lens & 1 for visit in reach.seen)
        if carriers:
            fewest = max(fewest, -(-visits // carriers))
    return min(fewest, most)


def _stops(problem: Problem, best: Filled) -> tuple[tuple[Stop, ...], tuple[int, ...]]:
    """The stops in order of slot and team, and the grid they lie on."""
    table = best.table
    used = list(range(problem.slots)) or [slot for slot in range(table.slots) if table.busy[slot]]
    grid = tuple(table.case.grid[slot] for slot in used)
    codes = [visit.code for visit in problem.to_see]
    stops = [
        _stop(problem, team.label, codes[table.at[slot][number_of]], number, enter)
        for number, (slot, enter) in enumerate(zip(used, grid, strict=True), start=1)
        for number_of, team in enumerate(problem.teams)
        if table.busy[slot] >> number_of & 1
    ]
    return tuple(stops), grid


def _stop(problem: Problem, team: str, visit: str, slot: int, enter: int) -> Stop:
    """A stop with its times."""
    leave = enter + problem.visit
    write_until = leave + problem.write
    return Stop(team, visit, slot, enter, leave, write_until, write_until + problem.hall)


def _plan(problem: Problem, stops: tuple[Stop, ...], grid: tuple[int, ...]) -> Plan:
    """The stops with all that belongs to a plan."""
    seen = {stop.visit for stop in stops}
    dropped = reasons(problem, [visit.code for visit in problem.to_see if visit.code in seen])
    walked = max((stop.talk_until for stop in stops), default=None)
    over = problem.first_enter if walked is None else walked + problem.move
    return Plan(
        stops=stops,
        recorded=tuple(visit.code for visit in problem.visits if visit.recorded),
        dropped=tuple(Dropped(code, why) for code, why in dropped.items()),
        ends=over + problem.debrief,
        warnings=warnings(problem, stops, grid),
        grid=grid,
    )
