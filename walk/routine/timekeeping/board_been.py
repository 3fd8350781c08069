"""Where a team without a rotation was before its board was started: those are not next."""

from __future__ import annotations

from collections.abc import Sequence

from walk.model import DayChange, Form, Visit
from walk.routine.desk import Desk
from walk.routine.planning import roster
from walk.routine.visiting import visit as visiting


def been_before(
    desk: Desk, team: str, visits: Sequence[Visit], changes: Sequence[DayChange]
) -> frozenset[str]:
    """The codes of the visits that walkers of a team left before its first change, or by now.

    What a change names stays: it was coming for the team when that was entered, whatever is typed
    up from paper since.
    """
    until = changes[0].at if changes else desk.now().wall_ms
    named = {code for one in changes for code in (one.visit, one.other)}
    codes = {one.id: one.code for one in visits}
    found = {codes[visit] for visit, at in _left(desk, team) if visit in codes and at <= until}
    return frozenset(found - named)


def _left(desk: Desk, team: str) -> list[tuple[str, int]]:
    """The visits that a team's walkers have forms of, with when each was left (UTC ms)."""

    def read() -> list[tuple[str, int]]:
        teams = {one.id: one.team.strip() or roster.ONE_TEAM for one in desk.walkers()}
        forms = [one.record for one in desk.store.all(Form, desk.walk_id)]
        of_team = [one for one in forms if teams.get(desk.person(one.walker)) == team]
        left = [(one.visit, visiting.left_at(one) or one.finished_at) for one in of_team]
        return [(visit, at) for visit, at in left if at is not None]

    return desk.as_read(f"left by {team}", read)
