"""A visit timer that is asked and never counts ticks.

It remembers when the visit was entered. What it shows is worked out from the moment that it is
given, so a closed lid, a restart or a clock that somebody sets cannot make it lose its place.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from walk.clock import Moment, elapsed_ms
from walk.errors import Refused

SHORTEST_MIN = 1
LONGEST_MIN = 60
USUAL_MIN = 12
WRAP_UP_S = 120  # the last minutes before the target, shown to the second
WINDOW_MIN = 15  # a visit lasts 10 to 15 minutes; the bar shows at least so much
ROOM_AFTER_MIN = 3  # what the bar shows beyond a late target

Stage = Literal["visit", "wrap up", "time", "over", "left"]


class Face(NamedTuple):
    """What the timer shows at one moment.

    `word` is the state in words and `detail` the figures; each can stand alone. `elapsed_min` is in
    whole minutes, rounded down.
    """

    word: str
    detail: str
    elapsed_min: int
    target_min: int
    elapsed_s: int
    stage: Stage


@dataclass(frozen=True, slots=True)
class VisitTimer:
    """How long a team has been in a visit. Every change returns a new timer.

    `entered`: the moment the start was pressed. `earlier_s`: seconds in the room before that.
    `target_min`: minutes aimed at, 1 to 60. `left_s`: seconds that had passed on leaving, None
    while inside. Raises Refused where a figure cannot be meant.
    """

    entered: Moment
    earlier_s: int = 0
    target_min: int = USUAL_MIN
    left_s: int | None = None

    def __post_init__(self) -> None:
        if not SHORTEST_MIN <= self.target_min <= LONGEST_MIN:
            raise Refused(
                f"A visit of {self.target_min} minutes cannot be timed.",
                f"Give {SHORTEST_MIN} to {LONGEST_MIN} minutes.",
            )
        if self.earlier_s < 0 or (self.left_s is not None and self.left_s < 0):
            raise Refused(
                "A visit cannot have lasted less than no time.", "Give 0 minutes or more."
            )

    def elapsed_s(self, now: Moment) -> int:
        """Whole seconds in the room until `now`, or until leaving."""
        if self.left_s is not None:
            return self.left_s
        return self.earlier_s + elapsed_ms(self.entered, now) // 1000

    def started_earlier(self, minutes: int) -> VisitTimer:
        """Add `minutes` spent in the room before the start was pressed. Refused below zero."""
        if minutes < 0:
            raise Refused("A visit cannot have started later than it did.", "Undo instead.")
        left_s = None if self.left_s is None else self.left_s + 60 * minutes
        return replace(self, earlier_s=self.earlier_s + 60 * minutes, left_s=left_s)

    def longer(self, minutes: int = 1) -> VisitTimer:
        """Raise the target by `minutes`, to 60 at most. Refused at 60, or below one minute."""
        if minutes < 1:
            raise Refused("Longer means at least one minute more.", "Give 1 or more.")
        if self.target_min == LONGEST_MIN:
            raise Refused(
                f"A visit is timed for {LONGEST_MIN} minutes at most.", "The timer keeps counting."
            )
        return replace(self, target_min=min(LONGEST_MIN, self.target_min + minutes))

    def leave(self, now: Moment) -> VisitTimer:
        """Leave the room at `now`. Leaving twice keeps the first time."""
        return replace(self, left_s=self.elapsed_s(now))

    def come_back(self) -> VisitTimer:
        """Go on as if never left."""
        return replace(self, left_s=None)

    def face(self, now: Moment) -> Face:
        """What to show at `now`: whole minutes, and seconds in the last two before the target."""
        elapsed = self.elapsed_s(now)
        stage = self._stage(elapsed)
        word, detail = self._say(stage, elapsed)
        return Face(
            word=word,
            detail=detail,
            elapsed_min=elapsed // 60,
            target_min=self.target_min,
            elapsed_s=elapsed,
            stage=stage,
        )

    def _stage(self, elapsed: int) -> Stage:
        target_s = 60 * self.target_min
        if self.left_s is not None:
            return "left"
        if elapsed < target_s - WRAP_UP_S:
            return "visit"
        if elapsed < target_s:
            return "wrap up"
        return "time" if elapsed < target_s + 60 else "over"

    def _say(self, stage: Stage, elapsed: int) -> tuple[str, str]:
        whole_minutes = f"{elapsed // 60} of {self.target_min} min"
        if stage == "wrap up":
            minutes, seconds = divmod(60 * self.target_min - elapsed, 60)
            return "wrap up", f"{minutes}:{seconds:02} left"
        if stage == "over":
            over = f"over {elapsed // 60 - self.target_min} min"
            return over, over
        return ("in visit" if stage == "visit" else stage), whole_minutes


def bar(face: Face, width: int) -> str:
    """Draw `face` as a bar of `width` cells, with the mark in the cell that ends at the target.

    The bar is full at the longer of 15 minutes and the target plus 3. A width of 0 or less gives an
    empty text.
    """
    if width <= 0:
        return ""
    full_s = _full_s(face.target_min)
    filled = _cells(min(face.elapsed_s, full_s), full_s, width)
    cells = ["█"] * filled + ["░"] * (width - filled)
    cells[max(0, _cells(60 * face.target_min, full_s, width) - 1)] = "│"
    return "".join(cells)


def _full_s(target_min: int) -> int:
    return 60 * max(WINDOW_MIN, target_min + ROOM_AFTER_MIN)


def _cells(part: int, whole: int, width: int) -> int:
    # In whole numbers: half a cell always counts, where round() would follow even and odd.
    return (2 * part * width + whole) // (2 * whole)
