"""A next step: a dated commitment at a level of the nested learning community."""

from __future__ import annotations

from typing import ClassVar, Literal

from walk.model.record import Record

Level = Literal["teacher", "teacher team", "coach", "school leader", "district leader", "walkers"]
Design = Literal["", "proposed", "agreed"]
StepStatus = Literal["open", "done", "dropped"]

ABOVE_TEACHER: tuple[Level, ...] = ("coach", "school leader", "district leader")
"""Levels that count as owned above the teacher."""


class Step(Record):
    """What somebody will do by when, and what it rests on."""

    kind: ClassVar[str] = "step"

    what: str
    level: Level = "school leader"
    owner: str = ""
    """A label, such as "principal" or "grade 6 team"."""
    by_when: str = ""
    """ISO date."""
    design: Design = ""
    """proposed to the host teachers, or agreed with them; empty when not theirs."""
    support: str = ""
    rests_on: str = ""
    """The id of a trend or a wondering, or "inquiry"."""
    status: StepStatus = "open"
    learned: str = ""
    closed_on: str = ""
    """ISO date."""
