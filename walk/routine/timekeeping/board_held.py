"""A plan that is held on another day: its stops, windows and bells moved by whole days.

A rehearsal, or a walk that was put off, begins on a day for which the plan was not made. From the
first press on the whole plan is read as of that day, its local times of day kept.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from walk.clock import Moment
from walk.model import Rotation
from walk.phases import Place, TeamDay
from walk.rotation.reflow import Doors, Span
from walk.routine import zone

MINUTE_MS = 60_000
AWAY_MS = 12 * 60 * MINUTE_MS
"""A clock that was started further than this from the planned start was started on another day."""


def moved_by(plan: Rotation | None, days: Iterable[TeamDay], zone_name: str, now: Moment) -> int:
    """Milliseconds by which the plan is moved, as whole days; 0 where it is held as planned.

    The start that was entered last counts, whichever team's it is, so that boards which know the
    same say the same. It is counted back from now: a clock that was wrong at the start misleads
    nobody once it is set.
    """
    begun = [one.wall_of(one.begun_t, now) for one in days if one.begun_t is not None]
    if plan is None or not plan.stops or not begun or abs(max(begun) - plan.starts) <= AWAY_MS:
        return 0
    planned = zone.local(plan.starts, zone_name)
    away = zone.local(max(begun), zone_name).replace(tzinfo=None) - planned.replace(tzinfo=None)
    minutes = planned.hour * 60 + planned.minute
    try:
        day = planned.date() + timedelta(days=round(away / timedelta(days=1)))
        at = zone.to_ms(day, minutes, zone_name)
    except OverflowError:  # a clock beyond the calendar
        return 0
    return at - zone.to_ms(planned.date(), minutes, zone_name)


def move_day(day: TeamDay, by: int) -> TeamDay:
    """The team's day with its planned times later by so many milliseconds; what was, stays."""
    if not by:
        return day
    return replace(
        day,
        place=_moved(day.place, by) if day.place else None,
        places=tuple(_moved(one, by) for one in day.places),
        done=tuple(
            replace(one, planned_enter=one.planned_enter + by, planned_leave=one.planned_leave + by)
            if one.planned_enter
            else one
            for one in day.done
        ),
    )


def _moved(place: Place, by: int) -> Place:
    return replace(place, enter=place.enter + by, leave=place.leave + by)


def move_doors(doors: Doors, by: int) -> Doors:
    """Windows and bells later by so many milliseconds."""

    def spans(held: Iterable[Span]) -> tuple[Span, ...]:
        return tuple((begins + by, ends + by) for begins, ends in held)

    windows = {visit: spans(held) for visit, held in doors.windows.items()}
    return Doors(windows, spans(doors.bells)) if by else doors
