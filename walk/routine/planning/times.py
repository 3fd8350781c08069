"""The times of a plan and what its rotation must keep to: read as people type them, and saved."""

from __future__ import annotations

import re
from dataclasses import dataclass

from walk.errors import Refused
from walk.model import Rules
from walk.routine.desk import Desk
from walk.routine.planning import prepare
from walk.routine.planning.hours import clock_of, minutes_of, windows_of
from walk.text import accept, one_line

SLOTS_MOST = 400
MINUTES_MOST = 600
"""Minutes of one part of a walk; a plan file takes no more either."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a walk that takes minutes."""

    field: str
    """The field of Rules."""
    label: str
    least: int = 0
    words: str = ""
    """What happens in it."""


PARTS: dict[str, Part] = {
    "orientation": Part("orientation_minutes", "Orientation", 0, "before the first room"),
    "visit": Part("visit_minutes", "Visit", 1, "in the room"),
    "write": Part("write_minutes", "Silent write", 0, "each walker alone, right after"),
    "hall": Part("hall_minutes", "Hall talk", 0, "the team, away from doors"),
    "move": Part("move_minutes", "Move", 0, "to the next room"),
    "debrief": Part("debrief_minutes", "Debrief", 0, "everyone together"),
}
"""The parts in the order of the day."""


def number_of(words: str, what: str, most: int = MINUTES_MOST, least: int = 0) -> int:
    """A whole number between two; nothing typed is 0. Refused, naming `what`, for other words."""
    words = words.strip() or "0"
    if not re.fullmatch(r"[0-9]{1,6}", words):
        raise Refused(f"“{one_line(words, 30)}” is no number for {what}.", "Write a whole number.")
    number = int(words)
    if not least <= number <= most:
        raise Refused(f"{what}: {number} does not fit.", f"Choose from {least} to {most}.")
    return number


# Changing them


def change(desk: Desk, words: str, **fields: object) -> bool:
    """Save other times or rules as one act; `words` name it for undo. False when nothing changed.

    Refused on a laptop that did not make the plan.
    """
    may_plan(desk)
    rules = desk.rules.changed(**fields)
    return desk.save(prepare.STAGE, words, rules)


def may_plan(desk: Desk) -> None:
    """Refused where the plan is another laptop's."""
    if not desk.is_lead():
        raise Refused(
            "This plan was made on another laptop.",
            "Only the lead's laptop changes it; l corrects what is shown here.",
        )


def set_start(desk: Desk, clock: str) -> None:
    """When orientation begins; nothing typed leaves it open."""
    start = clock_of(minutes_of(clock)) if clock.strip() else ""
    change(desk, f"start {start or 'left open'}", start=start)


def set_minutes(desk: Desk, part: str, minutes: int) -> None:
    """How long a part (a key of PARTS) takes."""
    one = PARTS[part]
    fits = number_of(str(max(0, minutes)), one.label, MINUTES_MOST, one.least)
    change(desk, f"{one.label.lower()} {fits} min", **{one.field: fits})


def set_slots(desk: Desk, slots: int) -> None:
    """How many slots the plan asks for; 0 for as few as are needed."""
    fits = number_of(str(max(0, slots)), "Slots", SLOTS_MOST)
    change(desk, f"{fits or 'as few'} slots{'' if fits else ' as needed'}", slots=fits)


def set_bells(desk: Desk, words: str) -> None:
    """The spans that no stop may cross, as typed; Refused for what is no span of time."""
    change(desk, "bells changed", bells=windows_of(words))


def set_stops_at_most(desk: Desk, words: str) -> None:
    """How many teams may enter one classroom in this walk; 0 for no cap."""
    most = number_of(words, "Stops in one classroom")
    change(desk, "cap on stops changed", stops_per_visit_at_most=most)


def set_team_size(desk: Desk, words: str) -> None:
    """How many walkers a team may have; 0 for no cap."""
    most = number_of(words, "Walkers in a team")
    change(desk, "cap on team size changed", team_size_at_most=most)


def set_lenses(desk: Desk, words: str) -> None:
    """The lenses wanted in every visit, with commas between them."""
    wanted = dict.fromkeys(one.strip() for one in accept(words, 500).split(",") if one.strip())
    change(desk, "lenses wanted changed", lens_in_every_visit=tuple(wanted))


def minutes(rules: Rules, part: str) -> int:
    """How long a part takes by these rules."""
    found: int = getattr(rules, PARTS[part].field)
    return found
