"""What stands in the way of a plan that holds everything, and what would mend it, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from walk.rotation.grid import hours, past_bells, straightened
from walk.rotation.planner import make
from walk.rotation.problem import (
    BELLS,
    OWN_ROOM,
    SLOTS,
    TEAM_CAP,
    WINDOWS,
    Plan,
    Problem,
    RotationVisit,
    rules_in_use,
    without,
)
from walk.rotation.reach import best_reach
from walk.rotation.warn import lens_gaps, too_large
from walk.rotation.words import clock, counted, listed, spans, teams
from walk.text import team_called

LENS = "lens"
TEAM_SIZE = "team size"


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Something that stands in the way of a plan that holds everything."""

    rule: str
    """A hard rule of RULES, or LENS or TEAM_SIZE."""
    words: str
    """What it does here, and a mend, for the lead."""
    visits: tuple[str, ...] = ()
    """Codes of the visits concerned."""
    enough: bool = True
    """Whether a plan that holds everything exists without this one rule."""


def explain(problem: Problem, plan: Plan) -> tuple[Obstacle, ...]:
    """What keeps the plan from holding everything; empty when it does.

    A hard rule is named if a plan that sees every visit exists without it, or if it is why some
    visit was dropped. A missing lens and a team over the cap are named too.
    """
    found = _dropped(problem, plan) if problem.teams else []
    found += _lenses(problem, plan)
    cap = problem.team_size_at_most
    found += [
        Obstacle(
            TEAM_SIZE,
            f"{team_called(label)} has {count} walkers, and a team may have {cap}: move "
            f"{counted(count - cap, 'walker')} to another team, or make one more.",
        )
        for label, count in too_large(problem)
    ]
    return tuple(found)


def _dropped(problem: Problem, plan: Plan) -> list[Obstacle]:
    """The hard rules that keep visits from being seen."""
    if not plan.dropped:
        return []
    why = {each.visit: each.why.split(" and ") for each in plan.dropped}
    found = []
    for rule in rules_in_use(problem):
        concerned = tuple(code for code, rules in why.items() if rule in rules)
        enough = len(best_reach(without(problem, rule)).seen) == len(problem.to_see)
        if concerned or enough:
            concerned = concerned or tuple(why)
            words = [_words(problem, plan, rule, concerned)]
            if not enough:
                words.append("This alone is not enough for every visit.")
            found.append(Obstacle(rule, " ".join(words), concerned, enough))
    return found


def _words(problem: Problem, plan: Plan, rule: str, codes: Sequence[str]) -> str:
    """What a rule does to these visits, and what would do."""
    if rule == WINDOWS:
        visits = [visit for visit in problem.to_see if visit.code in codes and visit.windows]
        return " ".join(_window(problem, plan, visit) for visit in visits) or (
            f"Other visits are open only when {listed(codes)} could be seen: "
            "a longer window for one of them would do."
        )
    if rule == OWN_ROOM:
        return " ".join(_own_room(problem, code) for code in codes)
    if rule == TEAM_CAP:
        capped = [team for team in problem.teams if team.most_stops]
        caps = listed([f"{team.most_stops} for {team_called(team.label)}" for team in capped])
        return (
            f"Stops per team are capped ({caps}): {listed(codes)} would need "
            f"{counted(len(codes), 'stop')} more by a team that is free."
        )
    if rule == BELLS:
        bells = spans(straightened(bell) for bell in sorted(problem.bells))
        return (
            f"No stop may cross a bell ({bells}), and no time is left for {listed(codes)}: "
            "another start or a shorter visit may do."
        )
    if rule == SLOTS:
        return _slots(problem, codes)
    return f"The rule “{rule}” leaves no place for {listed(codes)}."


def _window(problem: Problem, plan: Plan, visit: RotationVisit) -> str:
    """Why the windows of one visit are met by no slot, and which would be."""
    opened = hours(visit)
    head = f"{visit.code} is open {spans(opened)} only"
    if all(end - begin < problem.visit for begin, end in opened):
        return (
            f"{head}, and a visit takes {counted(problem.visit, 'minute')}: "
            "a longer window would do."
        )
    first = past_bells(problem, problem.first_enter)
    if all(end < first + problem.visit for _, end in opened):
        return (
            f"{head}, and the first stop is entered at {clock(first)}: "
            "an earlier start or a later window would do."
        )
    if not any(
        past_bells(problem, max(begin, first)) + problem.visit <= end for begin, end in opened
    ):
        return (
            f"{head}, and bells leave less than {counted(problem.visit, 'minute')} of it: "
            "a longer window would do."
        )
    if problem.slots and not any(
        begin <= enter and enter + problem.visit <= end
        for begin, end in opened
        for enter in plan.grid
    ):
        return f"{head}, when no slot begins: a longer window would do."
    return f"{head}, when every team that could go is elsewhere: another window would do."


def _own_room(problem: Problem, code: str) -> str:
    """Whose own room stands in the way, by team."""
    kept_out = [team.label for team in problem.teams if code in team.kept_out]
    if not kept_out:
        return f"{code} waits for a team that cannot go elsewhere because of its own room."
    alone = len(kept_out) == len(problem.teams)
    rest = "and there is no other team" if alone else "and no other team is free"
    return (
        f"{teams(kept_out)} may not enter {code}, a walker's own room, {rest}: "
        "put that walker into another team, or make one more team."
    )


def _slots(problem: Problem, codes: Sequence[str]) -> str:
    """How many slots there are and how many would do."""
    reach = best_reach(without(problem, SLOTS))
    everything = len(reach.seen) == len(problem.to_see)
    mend = f"{reach.slots} slots would do" if everything else "more slots would help"
    if everything and reach.slots <= problem.slots:
        last = clock(reach.grid[reach.slots - 1]) if reach.slots else ""
        mend = f"a slot as late as {last} would do"
    return (
        f"{counted(problem.slots, 'slot')} and {counted(len(problem.teams), 'team')} leave no "
        f"place for {listed(codes)}: {mend}."
    )


def _lenses(problem: Problem, plan: Plan) -> list[Obstacle]:
    """The lenses that are missing at some visit."""
    gaps = lens_gaps(problem, plan.stops)
    carried = {lens for team in problem.teams for lens in team.lenses}
    eased = {}
    if any(lens in carried for lens in gaps):
        for rule in rules_in_use(problem):
            easier = without(problem, rule)
            eased[rule] = set(lens_gaps(easier, make(easier).stops))
    return [
        Obstacle(LENS, _lens(problem, lens, codes, eased), tuple(codes), False)
        for lens, codes in gaps.items()
    ]


def _lens(problem: Problem, lens: str, codes: Sequence[str], eased: dict[str, set[str]]) -> str:
    """Why a lens is missing at these visits, and what would bring it there.

    `eased`: for each hard rule, the lenses that are missing somewhere also without it.
    """
    carriers = [team.label for team in problem.teams if lens in team.lenses]
    if not carriers:
        return f"No team carries the lens {lens}: put a walker with it into a team."
    helps = [rule for rule, missing in eased.items() if lens not in missing]
    more = f" Without the rule on {listed(helps)} there would be time." if helps else ""
    return (
        f"{teams(carriers)} alone {'carries' if len(carriers) == 1 else 'carry'} the lens {lens} "
        f"and cannot be at {listed(codes)} too: put a walker with it into another team.{more}"
    )
