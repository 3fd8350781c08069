"""Why a visit has no place: found by planning again without each hard rule in turn."""

from __future__ import annotations

from collections.abc import Sequence

from walk.model.rotation import NOT_VISITED
from walk.rotation.problem import VISIT_CAP, Problem, rules_in_use, without
from walk.rotation.reach import best_reach

_ONE_BY_ONE = 12  # dropped visits that are looked at each by itself where no single rule helps


def reasons(problem: Problem, seen: Sequence[str]) -> dict[str, str]:
    """For each visit that is neither seen nor recorded, the rule that stands in the way.

    A rule stands in the way of a visit if, without it, a plan sees the visit and all that are seen
    now. Where no single rule does, the fewest that have to go together are joined by "and".
    """
    seen_codes = set(seen)
    left = [visit.code for visit in problem.to_see if visit.code not in seen_codes]
    found = dict.fromkeys(left, NOT_VISITED)
    if not problem.teams:
        return found
    # Every visit keeps its first stop under a cap on stops per visit, so that is never the reason.
    rules = [rule for rule in rules_in_use(problem) if rule != VISIT_CAP]
    for rule in rules:
        gained = _gained(without(problem, rule), seen, left)
        found.update(dict.fromkeys(gained, rule))
        left = [code for code in left if code not in gained]
    groups = [[code] for code in left] if len(left) <= _ONE_BY_ONE else [left]
    for group in groups:
        why = " and ".join(_fewest_together(problem, rules, seen, group)) or NOT_VISITED
        found.update(dict.fromkeys(group, why))
    return found


def _gained(eased: Problem, seen: Sequence[str], wanted: Sequence[str]) -> set[str]:
    """Those of the wanted visits that the eased problem sees beside all that are seen now."""
    if not wanted:
        return set()
    numbers = {visit.code: number for number, visit in enumerate(eased.to_see)}
    first = [numbers[code] for code in (*seen, *wanted)]
    reached = best_reach(eased, first, fewest=False).seen
    if not all(numbers[code] in reached for code in seen):
        return set()
    return {code for code in wanted if numbers[code] in reached}


def _fewest_together(
    problem: Problem, rules: Sequence[str], seen: Sequence[str], wanted: Sequence[str]
) -> list[str]:
    """Rules none of which can stay if the wanted visits are to be seen."""
    lifted = list(rules)
    for rule in rules:
        fewer = [each for each in lifted if each != rule]
        if fewer and len(_gained(without(problem, *fewer), seen, wanted)) == len(wanted):
            lifted = fewer
    return lifted
