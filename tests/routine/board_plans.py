"""A rotation for tests of the board: teams through visits in a circle, from 08:50."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from tests.desks import the_visit
from walk.model import (
    PlannedStop,
    Rotation,
    Rules,
    rotation_id,
    rules_id,
)
from walk.routine.desk import Desk

M = 60_000
MORNING = datetime(2025, 10, 14, 8, 50, tzinfo=UTC)
STARTS = int(MORNING.timestamp()) * 1000
SLOT = 21


def hhmm(minutes: int) -> str:
    return f"{(MORNING + timedelta(minutes=minutes)):%H:%M}"


def plan(
    desk: Desk,
    teams: Sequence[str] = "AB",
    visits: int = 4,
    slots: int = 4,
    windows: dict[str, tuple[int, int]] | None = None,
    bells: tuple[tuple[int, int], ...] = (),
    cap: int = 0,
) -> Rotation:
    """Teams through visits in a circle, from 08:50; windows and bells in minutes from then."""
    codes = [f"V{n + 1}" for n in range(visits)]
    stops = []
    for index, team in enumerate(teams):
        for slot in range(slots):
            enter = STARTS + (15 + slot * SLOT) * M
            stops.append(
                PlannedStop(
                    team=team,
                    visit=codes[(index * visits // len(teams) + slot) % visits],
                    slot=slot + 1,
                    enter=enter,
                    leave=enter + 12 * M,
                    write_until=enter + 15 * M,
                    talk_until=enter + 19 * M,
                )
            )
    stops.sort(key=lambda one: (one.enter, one.team))
    rotation = Rotation(
        id=rotation_id(desk.walk_id),
        walk=desk.walk_id,
        made_at=STARTS - 16 * 60 * M,
        sequence=1,
        starts=STARTS,
        stops=tuple(stops),
        ends=stops[-1].talk_until + 47 * M,
    )
    rules = Rules(
        id=rules_id(desk.walk_id),
        walk=desk.walk_id,
        stops_per_visit_at_most=cap,
        bells=tuple((hhmm(a), hhmm(b)) for a, b in bells),
    )
    open_at = {
        code: the_visit(desk, code).changed(windows=((hhmm(a), hhmm(b)),))
        for code, (a, b) in (windows or {}).items()
    }
    desk.save("prepare", "planned", rotation, rules, *open_at.values())
    return rotation
