"""The phase machine of a team's day: orientation, then visit, write, hall talk and move a stop."""

from __future__ import annotations

from walk.phases.changes import ANEW, apply, fold, start, without
from walk.phases.day import (
    LONGEST_MIN,
    PHASE_WORDS,
    Done,
    Face,
    Gone,
    Minutes,
    Phase,
    Place,
    TeamDay,
    boot_mark,
    digits_of,
)

__all__ = [
    "ANEW",
    "LONGEST_MIN",
    "PHASE_WORDS",
    "Done",
    "Face",
    "Gone",
    "Minutes",
    "Phase",
    "Place",
    "TeamDay",
    "apply",
    "boot_mark",
    "digits_of",
    "fold",
    "start",
    "without",
]
