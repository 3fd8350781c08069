"""The phase machine of a team's day: orientation, then visit, write, hall talk and move a stop."""

from __future__ import annotations

from walk.phases.changes import ANEW, apply, fold, start, without
from walk.phases.day import (
    PHASE_WORDS,
    Done,
    Minutes,
    Phase,
    Place,
    TeamDay,
    boot_mark,
)

__all__ = [
    "ANEW",
    "PHASE_WORDS",
    "Done",
    "Minutes",
    "Phase",
    "Place",
    "TeamDay",
    "apply",
    "boot_mark",
    "fold",
    "start",
    "without",
]
