"""What a lead should know about a rotation that keeps every hard rule."""

from __future__ import annotations

from collections.abc import Sequence

from walk.rotation.grid import past_bells
from walk.rotation.problem import DAY, Problem, Stop
from walk.rotation.words import clock, counted, listed, slots, teams
from walk.text import team_called

_TEAMS_NAMED = 6  # waiting teams said one by one


def warnings(problem: Problem, stops: Sequence[Stop], grid: Sequence[int]) -> tuple[str, ...]:
    """Warnings in plain words: who waits, which lens is missing, which slot waits or is empty."""
    found = _nothing_to_plan(problem)
    if not found:
        found = [
            *_team_sizes(problem),
            *_waiting(problem, stops),
            *_empty(stops, grid),
            *_late(problem, stops, grid),
            *(_without_lens(lens, codes) for lens, codes in lens_gaps(problem, stops).items()),
        ]
    return tuple(found)


def lens_gaps(problem: Problem, stops: Sequence[Stop]) -> dict[str, list[str]]:
    """For each lens that is wanted in every visit, the visits seen without it; none left out."""
    carried = {team.label: team.lenses for team in problem.teams}
    at: dict[str, list[str]] = {}
    for stop in stops:
        at.setdefault(stop.visit, []).append(stop.team)
    gaps = {
        lens: [
            visit.code
            for visit in problem.to_see
            if visit.code in at and not any(lens in carried[team] for team in at[visit.code])
        ]
        for lens in dict.fromkeys(problem.lens_in_every_visit)
    }
    return {lens: codes for lens, codes in gaps.items() if codes}


def too_large(problem: Problem) -> list[tuple[str, int]]:
    """Teams with more walkers than the cap, and how many they have."""
    cap = problem.team_size_at_most
    return [
        (team.label, len(team.walkers)) for team in problem.teams if cap and len(team.walkers) > cap
    ]


def _nothing_to_plan(problem: Problem) -> list[str]:
    """Why there is no rotation to make, if so."""
    if not problem.visits:
        return ["There is no visit to plan yet."]
    if not problem.to_see:
        return ["Every visit is a recorded segment: no slot is needed."]
    if not problem.teams:
        return ["No team walks yet: put a walker into a team."]
    return []


def _team_sizes(problem: Problem) -> list[str]:
    """Teams over the cap: the planner cannot split people, so it can only say so."""
    cap = problem.team_size_at_most
    return [
        f"{team_called(label)} has {count} walkers, and a team may have {cap}."
        for label, count in too_large(problem)
    ]


def _waiting(problem: Problem, stops: Sequence[Stop]) -> list[str]:
    """Teams that have no stop in a slot in which others have one."""
    found = []
    more = len(problem.teams) - len(problem.to_see)
    if more > 0:
        found.append(
            f"{counted(len(problem.teams), 'team')} and {counted(len(problem.to_see), 'visit')}: "
            f"at least {counted(more, 'team')} {'waits' if more == 1 else 'wait'} in every slot."
        )
    used = sorted({stop.slot for stop in stops})
    taken = {(stop.team, stop.slot) for stop in stops}
    waits = {
        team.label: [slot for slot in used if (team.label, slot) not in taken]
        for team in problem.teams
    }
    idle = [label for label, missed in waits.items() if used and len(missed) == len(used)]
    some = [(label, missed) for label, missed in waits.items() if missed and label not in idle]
    if idle:
        found.append(f"{teams(idle)} {'has' if len(idle) == 1 else 'have'} no stop.")
    if len(some) > _TEAMS_NAMED:
        found.append(f"{len(some)} teams wait in some slot: {listed([name for name, _ in some])}.")
    else:
        found += [f"{team_called(label)} waits in {slots(missed)}." for label, missed in some]
    return found


def _empty(stops: Sequence[Stop], grid: Sequence[int]) -> list[str]:
    """Slots that were asked for and that nobody uses."""
    used = {stop.slot for stop in stops}
    empty = [slot for slot in range(1, len(grid) + 1) if slot not in used]
    if not empty or not stops:
        return []
    return [
        f"Nobody stops in {slots(empty)}: no further stop fits the rules and keeps stops per "
        "visit level."
    ]


def _late(problem: Problem, stops: Sequence[Stop], grid: Sequence[int]) -> list[str]:
    """Slots that wait for a window, and a walk that runs into the next day."""
    found = []
    soonest = past_bells(problem, problem.first_enter)
    for slot, enter in enumerate(grid, start=1):
        here = [stop for stop in stops if stop.slot == slot]
        if enter > soonest and here:
            found.append(f"Slot {slot} waits until {clock(enter)} for a window to open.")
        soonest = past_bells(problem, enter + problem.slot_minutes)
    if stops and stops[-1].leave > DAY > problem.start:
        found.append("The walk runs past midnight.")
    return found


def _without_lens(lens: str, codes: Sequence[str]) -> str:
    """A lens that is missing somewhere."""
    return f"No team with the lens {lens} stops at {listed(codes)}."
