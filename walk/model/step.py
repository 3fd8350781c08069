"""A next step: a dated commitment at a level of the nested learning community."""

from __future__ import annotations

from typing import ClassVar, Literal

from walk.model.record import Record

Level = Literal["teacher", "teacher team", "coach", "school leader", "district leader", "walkers"]
Design = Literal["", "proposed", "agreed"]
StepStatus = Literal["open", "done", "dropped"]
SupportType = Literal[
    "",
    "coaching conversation",
    "planning together",
    "co-teaching",
    "modelled lesson",
    "practice clinic",
    "student-work analysis",
    "unit or lesson study",
    "peer visit",
    "materials or time",
    "workshop",
]
"""The kinds of support that a step may need; empty while none is named."""
Horizon = Literal["", "quick win", "this term", "longer"]
Outcome = Literal["", "adopt", "adapt", "abandon"]
"""What a small test led to; empty while it was not studied."""

ABOVE_TEACHER: tuple[Level, ...] = ("coach", "school leader", "district leader")
"""Levels that count as owned above the teacher."""


class Step(Record, frozen=True, kw_only=True):
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
    """What it needs, in words."""
    support_type: SupportType = ""
    horizon: Horizon = ""
    evidence: str = ""
    """What we will look for to know that it helps."""
    rests_on: str = ""
    """The id of a trend or a wondering, or "inquiry"."""
    status: StepStatus = "open"
    learned: str = ""
    """What it taught, said when it is closed."""
    closed_on: str = ""
    """ISO date."""
    test_change: str = ""
    """The small test: what we change, once, with few."""
    prediction: str = ""
    """What we think will happen."""
    study_on: str = ""
    """ISO date on which the test is looked at."""
    studied: str = ""
    """What the test showed."""
    outcome: Outcome = ""
