"""Which visits can be seen at all, on which grid and in how few slots. Exact on a given grid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from walk.rotation.grid import Grid, delayed, long_enough, plain
from walk.rotation.problem import Problem
from walk.rotation.table import Case, Table


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a grid reaches."""

    case: Case
    slots: int
    """The slots asked for, else the fewest that see as many visits as any number of them."""
    seen: frozenset[int]
    """Visits by number."""

    @property
    def grid(self) -> Grid:
        """When slots are entered."""
        return self.case.grid


def best_reach(problem: Problem, first: Sequence[int] = (), *, fewest: bool = True) -> Reach:
    """The grid that sees most visits, then (no slots asked for) in the fewest slots.

    The plain grid is taken unless another is better. Visits in `first` are seen before others.
    Without `fewest` it does not matter in how many slots.
    """
    asked = problem.slots
    best = _reach(problem, plain(problem, asked) if asked else long_enough(problem), first)
    if _cannot_be_bettered(problem, best, fewest):
        return best
    for grid in delayed(problem):
        other = _reach(problem, grid if asked else long_enough(problem, grid), first)
        if _rank(problem, other) < _rank(problem, best):
            best = other
    return best


def _cannot_be_bettered(problem: Problem, reach: Reach, fewest: bool) -> bool:
    """Whether no other grid could see more, or the same in fewer slots."""
    if not any(visit.windows for visit in problem.to_see):
        return True
    if len(reach.seen) < len(problem.to_see):
        return False
    least = -(-len(problem.to_see) // len(problem.teams))
    return bool(problem.slots) or not fewest or reach.slots <= least


def _rank(problem: Problem, reach: Reach) -> tuple[int, int, int]:
    """Better ones first."""
    if problem.slots:
        return (-len(reach.seen), 0, 0)
    return (-len(reach.seen), reach.slots, reach.grid[reach.slots - 1] if reach.slots else 0)


def _reach(problem: Problem, grid: Grid, first: Sequence[int]) -> Reach:
    """See as many visits as the grid allows; in the fewest slots where no number was asked for."""
    case = Case(problem, grid)
    rest = [visit for visit in range(case.visits) if visit not in set(first)]
    order = [*first, *rest]
    if problem.slots:
        return _within(case, order, len(grid), len(grid))
    least = -(-case.visits // case.teams)
    reach = _within(case, order, min(least, len(grid)), len(grid))
    if len(reach.seen) < case.visits and reach.slots == least:
        # Some visit cannot be seen at all, so fewer slots than one for each may do.
        reach = _within(case, order, 1, least)
    return reach


def _within(case: Case, order: list[int], least: int, most: int) -> Reach:
    """See as many visits as `most` slots allow; at least `least` slots are used."""
    table = Table(case, least)
    unseen = _see(table, order)
    fewest = least
    while unseen and table.slots < most:
        table.slots += 1
        left = _see(table, unseen)
        if len(left) < len(unseen):
            unseen, fewest = left, table.slots
    return Reach(case, fewest, frozenset(range(case.visits)) - frozenset(unseen))


def _see(table: Table, visits: list[int]) -> list[int]:
    """Give each visit one stop where possible; those left over."""
    left = []
    tried = table.tried()
    for visit in visits:
        if table.fit(visit, table.case.everyone, keep_lenses=False, tried=tried):
            tried = table.tried()
        else:
            left.append(visit)
    return left
