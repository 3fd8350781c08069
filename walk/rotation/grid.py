"""The grid: when slots are entered. All teams share it, so that nobody waits for another's clock.

The plain grid goes on slot after slot and is pushed past bells. Where it meets some visit's window
nowhere, a slot can wait for the window to open: `delayed` looks for such grids.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from walk.rotation.problem import DAY, Problem, RotationVisit, Span

Grid = tuple[int, ...]
"""When each slot is entered, in minutes, ascending."""

ANY_TIME: tuple[Span, ...] = ((0, 1_000_000),)
_BREADTH = 16  # half-made grids that are followed at once
_TRIED = 3  # grids that are given back
_WAITS = 5  # openings within one slot that are worth a try


def straightened(span: Span) -> Span:
    """A span whose end does not lie before its beginning: it ran past midnight."""
    begin, end = span
    return (begin, end if end >= begin else end + DAY)


def hours(visit: RotationVisit) -> tuple[Span, ...]:
    """When a visit is open: its windows in order. A stop lies within one, as each is a lesson."""
    if not visit.windows:
        return ANY_TIME
    return tuple(sorted({straightened(window) for window in visit.windows}))


def is_open(open_hours: Iterable[Span], enter: int, leave: int) -> bool:
    """Whether a stop lies within one span; touching its ends is fine."""
    return any(begin <= enter and leave <= end for begin, end in open_hours)


def past_bells(problem: Problem, enter: int) -> int:
    """The first minute from `enter` on at which a stop crosses no bell."""
    bells = [straightened(bell) for bell in problem.bells]
    while True:
        leave = enter + problem.visit
        crossed = [end for begin, end in bells if enter < end and begin < leave]
        if not crossed:
            return enter
        enter = max(crossed)


def plain(problem: Problem, count: int, begun: Grid = ()) -> Grid:
    """A grid of `count` slots that never waits except for bells, after those already `begun`."""
    enters = list(begun[:count])
    while len(enters) < count:
        after = enters[-1] + problem.slot_minutes if enters else problem.first_enter
        enters.append(past_bells(problem, after))
    return tuple(enters)


def long_enough(problem: Problem, begun: Grid = ()) -> Grid:
    """The grid goes on after those slots `begun` until more slots could show nothing more.

    Once the last window has opened nothing new comes, and a slot in which no unseen visit is seen
    is then of no use: one slot a visit is the most that can help. Once the last window has closed
    this holds for the visits that are open at any time.
    """
    spans = [span for visit in problem.to_see if visit.windows for span in hours(visit)]
    opens = max((begin for begin, _ in spans), default=0)
    closes = max((end for _, end in spans), default=0)
    enters = list(begun)
    after_opening, after_closing = len(problem.to_see), sum(not v.windows for v in problem.to_see)
    while True:
        after = enters[-1] + problem.slot_minutes if enters else problem.first_enter
        enter = past_bells(problem, after)
        after_opening -= enter >= opens
        after_closing -= enter + problem.visit > closes
        if min(after_opening, after_closing) < 0:
            return tuple(enters)
        enters.append(enter)


@dataclass(frozen=True, slots=True)
class _Begun:
    """A half-made grid and the visits that it has not met."""

    enters: Grid
    unmet: tuple[int, ...]
    lost: int
    """How many of them no later slot can meet."""

    @property
    def rank(self) -> tuple[int, int, int]:
        """Better grids first."""
        return (self.lost, len(self.unmet), self.enters[-1] if self.enters else 0)


def delayed(problem: Problem) -> list[Grid]:
    """Grids in which a slot waits where that lets more visits be met, or in fewer slots.

    At each slot as many unmet visits as there are teams count as met, those that close first
    before others. It ends with the last visit met, or with the slots asked for. Best first.
    """
    look = _Look(problem)
    count = len(look.hours)
    breadth = max(3, min(_BREADTH, 800 // max(1, count)))
    first = _Begun((), tuple(range(count)), look.lost(range(count), problem.first_enter))
    front, done = [first], []
    while front:
        grown: list[_Begun] = []
        for begun in front:
            if look.complete(begun):
                done.append(begun)
            else:
                grown.extend(look.longer(begun))
        unique = {each.enters: each for each in grown}
        front = sorted(unique.values(), key=lambda each: each.rank)[:breadth]
    done.sort(key=lambda each: (each.lost, len(each.enters), each.rank))
    length = problem.slots
    return [
        plain(problem, length, each.enters) if length else each.enters for each in done[:_TRIED]
    ]


class _Look:
    """What the search for grids looks up again and again."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.hours = [
            tuple((begin, end) for begin, end in hours(visit) if end - begin >= problem.visit)
            for visit in problem.to_see
        ]
        self.closes = [max((end for _, end in each), default=0) for each in self.hours]

    def lost(self, visits: Iterable[int], enter: int) -> int:
        """How many of the visits cannot be met by any slot from `enter` on."""
        return sum(self._opening(visit, enter) is None for visit in visits)

    def complete(self, begun: _Begun) -> bool:
        """Whether more slots are of no use or not to be had."""
        asked = self.problem.slots
        return len(begun.unmet) == begun.lost or bool(asked and len(begun.enters) >= asked)

    def longer(self, begun: _Begun) -> list[_Begun]:
        """The grid with one slot more, at each time worth a try."""
        problem = self.problem
        after = begun.enters[-1] + problem.slot_minutes if begun.enters else problem.first_enter
        soonest = past_bells(problem, after)
        openings = {self._opening(visit, soonest) for visit in begun.unmet}
        times = sorted(time for time in openings if time is not None)
        near = [time for time in times if time < soonest + problem.slot_minutes]
        return [self._with(begun, time) for time in (near or times)[:_WAITS]]

    def _with(self, begun: _Begun, enter: int) -> _Begun:
        """The grid with a slot at `enter`."""
        leave = enter + self.problem.visit
        here = [visit for visit in begun.unmet if is_open(self.hours[visit], enter, leave)]
        here.sort(key=lambda visit: self.closes[visit])
        met = set(here[: len(self.problem.teams)])
        unmet = tuple(visit for visit in begun.unmet if visit not in met)
        lost = self.lost(unmet, past_bells(self.problem, enter + self.problem.slot_minutes))
        return _Begun((*begun.enters, enter), unmet, lost)

    def _opening(self, visit: int, enter: int) -> int | None:
        """The first minute from `enter` on at which a stop at the visit could begin."""
        for begin, end in self.hours[visit]:
            time = past_bells(self.problem, max(begin, enter))
            if time + self.problem.visit <= end:
                return time
        return None
