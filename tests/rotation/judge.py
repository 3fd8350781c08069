"""The judge: an integer program of a rotation on a given grid, solved by a real solver.

It shares no code with the planner: it reads the problem and the times of the slots, nothing else.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pulp  # type: ignore[import-untyped]

from tests.rotation.problems import fits
from walk.rotation.problem import Problem

OPTIMAL = 1


@dataclass(frozen=True)
class Verdict:
    """The best that any rotation on this grid can do, one goal after the other."""

    seen: int
    """Visits seen."""
    lenses: int
    """Most wanted lenses, summed over the visits, with stops per visit level within one."""
    stops: int
    """Most stops then."""
    last: int
    """The earliest last slot (from 1) then."""
    seen_last: int
    """The earliest last slot with so many visits seen, however few stops; 0 if none is."""


@contextmanager
def _as_it_is() -> Iterator[None]:
    """What the solver's next major version will rename is no concern of a judge of today."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        yield


class Model:
    """Stops as binary variables, the hard rules as constraints."""

    def __init__(self, problem: Problem, grid: tuple[int, ...], seconds: float = 20) -> None:
        self.problem = problem
        self.visits = problem.to_see
        self.slots = range(1, len(grid) + 1)
        self.program = pulp.LpProblem("rotation", pulp.LpMaximize)
        with _as_it_is():
            self.solver = pulp.PULP_CBC_CMD(msg=False, threads=1, timeLimit=seconds)
        self.stop = {
            (team.label, visit.code, slot): self._binary(f"stop_{t}_{v}_{slot}")
            for t, team in enumerate(problem.teams)
            for v, visit in enumerate(self.visits)
            for slot in self.slots
            if fits(problem, visit, grid[slot - 1]) and visit.code not in team.kept_out
        }
        self.seen = {visit.code: self._binary(f"seen_{v}") for v, visit in enumerate(self.visits)}
        self.least = self._whole("least", len(problem.teams))
        self.last = self._whole("last", len(grid))
        self._hard_rules()

    def _binary(self, name: str) -> Any:
        return self._whole(name, 1)

    def _whole(self, name: str, most: int) -> Any:
        with _as_it_is():
            return pulp.LpVariable(name, 0, most, cat="Integer")

    def stops(self, team: str = "", visit: str = "", slot: int = 0) -> Any:
        """The sum of stops by this team, at this visit, in this slot; what is left out is any."""
        return pulp.lpSum(
            variable
            for (t, v, s), variable in self.stop.items()
            if team in ("", t) and visit in ("", v) and slot in (0, s)
        )

    def _hard_rules(self) -> None:
        add = self.program.addConstraint
        cap = self.problem.stops_per_visit_at_most
        for team in self.problem.teams:
            if team.most_stops:
                add(self.stops(team=team.label) <= team.most_stops)
            for slot in self.slots:
                add(self.stops(team=team.label, slot=slot) <= 1)
            for visit in self.visits:
                add(self.stops(team=team.label, visit=visit.code) <= 1)
        for visit in self.visits:
            here = self.stops(visit=visit.code)
            add(here >= self.seen[visit.code])
            if cap:
                add(here <= cap)
            for slot in self.slots:
                add(self.stops(visit=visit.code, slot=slot) <= 1)

    def best(self, goal: Any, *, least: bool = False) -> int:
        """The greatest (or least) value of a goal; it then holds for whatever is asked next."""
        self.program.setObjective(-goal if least else goal)
        status = self.program.solve(self.solver)
        if status != OPTIMAL or self.program.sol_status != OPTIMAL:
            raise TimeoutError("the judge found no proven answer in time")
        return round(pulp.value(goal) or 0)

    def most_seen(self) -> int:
        """The most visits that can be seen; that many then have to be."""
        every = pulp.lpSum(self.seen.values())
        most = self.best(every)
        self.program.addConstraint(every >= most)
        return most

    def level_within_one(self) -> None:
        """From now on, visits that are seen have `least` or `least` + 1 stops, others none."""
        many = len(self.problem.teams) + 1
        for code, seen in self.seen.items():
            here = self.stops(visit=code)
            self.program.addConstraint(here <= self.least + 1)
            self.program.addConstraint(here >= self.least - many * (1 - seen))
            self.program.addConstraint(here <= many * seen)

    def lenses(self) -> Any:
        """The wanted lenses that are at the visits, summed."""
        found: list[Any] = []
        for lens in dict.fromkeys(self.problem.lens_in_every_visit):
            for number, visit in enumerate(self.visits):
                here = self._binary(f"lens_{len(found)}_{number}")
                carriers = [team for team in self.problem.teams if lens in team.lenses]
                stops = [self.stops(team=team.label, visit=visit.code) for team in carriers]
                self.program.addConstraint(here <= pulp.lpSum(stops))
                found.append(here)
        return pulp.lpSum(found)

    def ends_by_last(self) -> None:
        """From now on, `last` is no earlier than any slot in use."""
        for (_, _, slot), variable in self.stop.items():
            self.program.addConstraint(self.last >= slot * variable)


def judge(problem: Problem, grid: tuple[int, ...], seconds: float = 20) -> Verdict:
    """The verdict. TimeoutError: the solver was not sure in time."""
    model = Model(problem, grid, seconds)
    seen = model.most_seen()
    model.ends_by_last()
    seen_last = model.best(model.last, least=True)
    model.level_within_one()
    wanted = model.lenses()
    lenses = model.best(wanted) if problem.lens_in_every_visit else 0
    model.program.addConstraint(wanted >= lenses)
    every = model.stops()
    stops = model.best(every)
    model.program.addConstraint(every >= stops)
    return Verdict(seen, lenses, stops, model.best(model.last, least=True), seen_last)
