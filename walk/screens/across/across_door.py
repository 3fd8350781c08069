"""What a page about several walks leaves out: picked by walk, cleared or reworded there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from walk.model import Step, Trend
from walk.routine.across.across import LeftOut
from walk.routine.following.step_list import elsewhere
from walk.screens.base import WalkScreen
from walk.screens.over import open_over
from walk.screens.pick import PickScreen
from walk.screens.visiting.door import DoorScreen, Left
from walk.widgets.choice_list import Choice
from walk.widgets.dates import short_date

NOTE = "Words that mean no person are cleared walk by walk."


def show_left_out(screen: WalkScreen, look: Callable[[], Sequence[LeftOut]]) -> None:
    """Open the door of the walk that leaves something out; of several, one is picked first.

    `look` says anew what the page leaves out.
    """
    left = look()
    if len(left) == 1:
        _open(screen, left[0], look)
        return
    today = screen.desk.today()
    choices = [
        Choice(str(place), f"{short_date(one.walk.date, today) or 'no date'}  {one.walk.title}")
        for place, one in enumerate(left)
    ]

    def picked(row: str | None) -> None:
        if row is not None:
            _open(screen, left[int(row)], look)

    open_over(screen, PickScreen("Likely names of which walk?", choices, note=NOTE), picked)


def _open(screen: WalkScreen, left: LeftOut, look: Callable[[], Sequence[LeftOut]]) -> None:
    walk = left.walk.id
    dialog = DoorScreen(
        elsewhere(screen.desk, walk),
        lambda: [find for one in look() if one.walk.id == walk for find in one.finds],
        shares=False,
        edits=(Trend, Step),
    )
    open_over(screen, dialog, partial(_closed, screen, walk))


def _closed(screen: WalkScreen, walk: str, result: Left | None) -> None:
    record = result.edit.record if result and result.edit else None
    with screen.told():
        if isinstance(record, Trend | Step):
            screen.desk.open_walk(walk)
        if isinstance(record, Trend):
            screen.go("trends", record.theme)
        elif isinstance(record, Step):
            screen.go("steps", record.id)
        else:
            screen.reload()
