"""Walks of before, with trends and steps, made in one save each: for tests that look across."""

from __future__ import annotations

from collections.abc import Sequence

from walk.model import Closing, Step, Theme, Trend, TrendCounts, closing_id, trend_id
from walk.routine.across.history import read
from walk.routine.across.recurring import all_groups
from walk.routine.desk import Desk
from walk.routine.planning import prepare
from walk.trends import Group, fold

POINT = "Students point to a line"
WAIT = "Few second questions are asked"


def a_walk(
    desk: Desk,
    date: str,
    school: str = "Lincoln",
    *said: tuple[str, str] | tuple[str, str, int],
    focus: str = "Press for evidence",
    visits: int = 4,
    steps: Sequence[Step | dict[str, str]] = (),
    how: str = "closed",
) -> str:
    """A walk on the desk, its trends as (asset, need or nothing, statement, classrooms)."""
    small = prepare.SmallWalk(statement=focus, visits=2, host_school=school)
    walk = prepare.begin(desk, small)
    made: list[Theme | Trend | Step | Closing] = []
    for place, (kind, statement, *counted) in enumerate(said, start=1):
        theme = Theme(id=desk.new_id(), walk=walk, name="theme", place=place)
        counts = TrendCounts(visits=int(counted[0]) if counted else 3, noticings=4)
        trend = Trend.from_dict(
            {
                "id": trend_id(theme.id),
                "walk": walk,
                "theme": theme.id,
                "statement": statement,
                "polarity": kind,
                "parked": not kind,
                "counts": counts,
            }
        )
        made += [theme, trend]
    for one in steps:
        fields = one if isinstance(one, dict) else one.as_dict()
        made.append(Step.from_dict({"id": desk.new_id(), "walk": walk, **fields}))
    if how:
        ended = {"id": closing_id(walk), "walk": walk, "how": how, "visits": visits}
        made.append(Closing.from_dict(ended))
    desk.save("steps", "walk of before", desk.walk.changed(date=date), *made)
    return walk


def three(desk: Desk, *schools: str, kind: str = "asset", said: str = POINT) -> list[str]:
    """Three walks, or as many as there are schools, that state the same."""
    return [
        a_walk(desk, f"2025-0{number}-01", school, (kind, said))
        for number, school in enumerate(schools or ("Lincoln", "Hill", "Lincoln"), start=1)
    ]


def group_of(desk: Desk, statement: str) -> Group:
    """The group in which a statement stands."""
    (found,) = [
        one
        for one in all_groups(desk, read(desk))
        if fold(statement) in {fold(each.statement) for each in one.members}
    ]
    return found
