"""Prepare's row and questions about the team's inquiry cycle."""

from __future__ import annotations

from typing import cast

from walk.model import Walk
from walk.model.walk import CycleStage
from walk.routine.desk import Desk
from walk.routine.following import cycle
from walk.screens.ask import Ask, Values
from walk.screens.planning.prepare_rows import DONE
from walk.widgets.choice_list import Choice

NOTE = "Walks that name the same cycle stand in line by date, with their steps and measures (y)."
NONE_NAMED = "none named; walks of one cycle stand in line by date"


def cycle_row(walk: Walk) -> Choice:
    """The row of Prepare; a walk need not name a cycle."""
    words = walk.cycle
    if words and walk.cycle_stage:
        words += f" · {walk.cycle_stage}"
    return Choice("cycle", words or NONE_NAMED, label=f"{DONE if words else '·'} Inquiry cycle")


def cycle_asks(name: str, stage: str) -> list[Ask]:
    """What is asked: its name and the stage it has come to."""
    stages = tuple((one, one or "not said") for one in cycle.STAGES)
    return [
        Ask("Name of the cycle", name, "such as Evidence in discussion, autumn", one_row=True),
        Ask("Stage", stage, options=stages),
    ]


def saved_cycle(desk: Desk, values: Values) -> str:
    """Save what was said; what was done, in words."""
    name, stage = values
    cycle.name_cycle(desk, name, cast(CycleStage, stage))
    return "Inquiry cycle named" if name.strip() else "No inquiry cycle named"
