"""How long a rotation takes: ours against a real solver on the same problem and grid.

The floor is the integer program of tests/rotation/judge.py, solved by CBC: every visit seen, stops
per visit level within one, the most stops, and no fewer than ours; or until the limit (`--limit`).
40 x 200 has no floor, as that program is far too large: our last slot against its bound.
"""

from __future__ import annotations

import math
import random
import time
from collections.abc import Callable

from benchmarks.common import bar, interleaved, median, options, paired, table
from tests.rotation.judge import Model
from walk.rotation.planner import make
from walk.rotation.problem import Plan, Problem, RotationTeam, RotationVisit

_LENSES = ("math", "language", "inclusion", "design")


def problem(teams: int, visits: int, *, slots: int, windows: float = 0.0) -> Problem:
    """Teams with two lenses each and their own rooms, two bells, some visits with a window."""
    rng = random.Random(teams * visits)
    return Problem(
        teams=tuple(
            RotationTeam(
                f"T{n}",
                lenses=frozenset({_LENSES[n % 4], _LENSES[(n + 1 + n // 4) % 4]}),
                kept_out=frozenset({f"V{n + 1}"}),
            )
            for n in range(teams)
        ),
        visits=tuple(
            RotationVisit(f"V{n + 1}", _window(rng) if rng.random() < windows else ())
            for n in range(visits)
        ),
        bells=((600, 605), (690, 700)),
        slots=slots,
    )


def _window(rng: random.Random) -> tuple[tuple[int, int], ...]:
    """An hour or more within the morning."""
    begin = 545 + rng.randrange(0, 90)
    return ((begin, begin + rng.choice((60, 90, 120))),)


CASES: dict[str, Problem] = {
    "4 x 8": problem(4, 8, slots=6),
    "4 x 8, half with windows": problem(4, 8, slots=0, windows=0.5),
    "12 x 40": problem(12, 40, slots=8),
    "12 x 40, half with windows": problem(12, 40, slots=0, windows=0.5),
    "40 x 200": problem(40, 200, slots=0),
    "40 x 200, 20 slots": problem(40, 200, slots=20),
    "40 x 200, half with windows": problem(40, 200, slots=0, windows=0.5),
}
_WITH_FLOOR = 12
"""Cases of at most so many teams are also given to the solver."""
_BARS = {"4 x 8": 0.5, "12 x 40": 0.05}
"""The most that a case may take of the solver's time, by the first words of its name."""


def seconds(act: Callable[[], object]) -> float:
    """How long an act takes."""
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def solved(case: Problem, plan: Plan, limit: float) -> None:
    """The solver on our grid, asked for no more than we found."""
    model = Model(case, plan.grid, limit)
    model.level_within_one()
    add = model.program.addConstraint
    for seen in model.seen.values():
        add(seen >= 1)
    add(model.stops() >= len(plan.stops))
    try:
        model.best(model.stops())
    except TimeoutError:
        print(f"the solver found nothing in {limit:g} s; its time counts as that")


def bound(case: Problem) -> int:
    """No plan that sees every visit can end in an earlier slot."""
    return case.slots or math.ceil(len(case.to_see) / len(case.teams))


def main() -> None:
    """Measure and print."""
    parser = options(__doc__, 3)
    parser.add_argument("--limit", type=float, default=30, help="seconds a solver may take")
    given = parser.parse_args()
    plans = {name: make(case) for name, case in CASES.items()}
    acts: dict[str, Callable[[], float]] = {}
    for name, case in CASES.items():
        acts[name] = lambda case=case: seconds(lambda: make(case))  # type: ignore[misc]
        if len(case.teams) <= _WITH_FLOOR and not plans[name].dropped:
            acts[f"solver, {name}"] = lambda case=case, plan=plans[name]: seconds(  # type: ignore[misc]
                lambda: solved(case, plan, given.limit)
            )
    found = interleaved(acts, given.n)
    rows = []
    for name, case in CASES.items():
        plan, floor = plans[name], found.get(f"solver, {name}")
        last = max(stop.slot for stop in plan.stops)
        rows.append(
            (
                name,
                f"{1000 * median(found[name]):.1f}",
                f"{paired(found[name], floor):.4f} x" if floor else "–",
                f"{last} ({bound(case)})",
                str(len(plan.dropped)),
            )
        )
    head = ("teams x visits", "ms", "of the solver's time", "last slot (bound)", "dropped")
    table("A rotation, median of rounds", head, rows)
    for name, values in found.items():
        if f"solver, {name}" in found:
            ratio = paired(values, found[f"solver, {name}"])
            bar(f"{name} against the solver", ratio, _BARS[name.split(",")[0]])


if __name__ == "__main__":
    main()
