"""A walk with raw notes in every place that a purge has to reach."""

from __future__ import annotations

from tests.desks import begin_small, the_visit, write_form
from walk.model import Trend
from walk.routine.debriefing import debrief, stating
from walk.routine.desk import Desk
from walk.routine.following import steps
from walk.routine.planning import places
from walk.routine.visiting import door, visit
from walk.storage import backup

RAW = ("zanzibar", "narwhal", "aardvark", "wombatrow", "kestrel", "Room 4711", "pangolin")
"""Words of notes, drafts, cleared words, hall talks, the places, and themes that nobody stated."""


def whole_walk(desk: Desk) -> Trend:
    """A walk with everything on it that a purge takes, and a trend that rests on it."""
    begin_small(desk)
    write_form(desk, "V1", "T zanzibar asked for more #1", "? what does kestrel see")
    write_form(desk, "V2", "S2 narwhal answered the first #1", "S3 said wombatrow")
    door.no_person(desk, "wombatrow")
    table = debrief.table(desk)
    theme = debrief.make_theme(desk, "asked for more")
    debrief.put(desk, [one.note for one in table.pool[:3]], theme)
    trend = stating.state_trend(desk, theme, "Students are asked for more.")
    stating.choose_example(desk, trend, table.pool[0].note)
    trend = stating.decide(desk, stating.trends(desk)[0], "asset")
    odd = debrief.make_theme(desk, "pangolin odds and ends")
    debrief.put(desk, [table.pool[0].note], odd)
    (wondering,) = table.wonderings
    steps.choose_for_staff(desk, wondering.note)
    steps.add(desk, "keep looking", level="school leader", rests_on=trend.id)
    places.set_place(desk, "V1", "Room 4711")
    desk.keep_draft(visit.line_place(desk, the_visit(desk, "V3")), "T aardvark is being typed")
    backup.make(desk.store.path, desk.now().wall_ms, "daily")
    return trend
