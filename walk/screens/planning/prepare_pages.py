"""The rows of Prepare that lead to the other pages of the plan, each with how it stands."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from walk.errors import WalkError
from walk.exchange.receipt import counted
from walk.model import Rotation
from walk.routine.desk import Desk
from walk.routine.planning import prepare, ready, roster
from walk.routine.planning.prepare import PlanView
from walk.screens.planning.plan_list import NOT_SAVED
from walk.screens.planning.prepare_rows import DONE, NOT_YET
from walk.widgets.choice_list import Choice
from walk.widgets.dates import DAYS, clock_time, short_date

PAGES = {
    "meeting": ("ready", "meeting date"),
    "ready": ("ready", ""),
    "roster": ("roster", ""),
    "rooms": ("rooms", ""),
    "rotation": ("rotation", ""),
}
"""The screen that a row leads to, and what it opens at."""
NOT_WRITTEN = "not written down yet"


def pages(desk: Desk, view: PlanView, today: date) -> list[Choice]:
    """The rows in the order of the routine."""
    unsaved = {one.place.partition(":")[0] for one in desk.store.drafts(desk.walk_id)}
    found = [
        _meeting(desk, today),
        _ready(desk),
        _roster(view),
        _rooms(prepare.rooms(desk)),
        _rotation(desk, today),
        _notice(desk, today),
    ]
    return [_with_unsaved(one, unsaved) for one in found]


def _page(id: str, name: str, done: bool, words: str) -> Choice:
    return Choice(id, words, label=f"{DONE if done else NOT_YET} {name}")


def _with_unsaved(row: Choice, unsaved: Iterable[str]) -> Choice:
    """A page says when typed words wait on it."""
    if row.id in unsaved and row.id in PAGES:
        return Choice(row.id, row.words, label=row.label, side=NOT_SAVED)
    return row


def _meeting(desk: Desk, today: date) -> Choice:
    held = ready.meeting(desk)
    parts = [short_date(held.date, today) if held.date else "", ", ".join(held.groups)]
    words = " · ".join(one for one in parts if one)
    words = words or ("written down" if held.agreed else NOT_WRITTEN)
    return _page("meeting", "Focus meeting", words != NOT_WRITTEN, words)


def _ready(desk: Desk) -> Choice:
    lines = ready.readiness(desk)
    so = sum(one.done for one in lines)
    reasoned = sum(one.settled for one in lines) - so
    open_ = len(lines) - so - reasoned
    parts = [f"{so} ready"]
    parts += [f"{reasoned} not yet, with a reason"] if reasoned else []
    parts += [f"{open_} to say"] if open_ else []
    return _page("ready", "Readiness, agreements", not open_, ", ".join(parts))


def _roster(view: PlanView) -> Choice:
    walkers = counted(len(view.walkers), "walker", "walkers")
    teams = counted(len(roster.teams_of(view.walkers)), "team", "teams")
    alone = len(roster.on_no_team(view.walkers))
    words = f"{walkers}, {teams}" + (f", {alone} on no team" if alone else "")
    return _page("roster", "Walkers, teams", bool(view.walkers), words)


def _rooms(found: prepare.Rooms) -> Choice:
    words = counted(found.open, "classroom", "classrooms") if found.open else "none yet"
    words += f", {found.withdrawn} withdrawn" if found.withdrawn else ""
    return _page("rooms", "Classrooms", bool(found.open), words)


def _rotation(desk: Desk, today: date) -> Choice:
    from walk.routine.planning import rotation  # the planner behind it is heavy

    made = rotation.current(desk)
    if made is None:
        return _page("rotation", "Times, rotation", False, "not made yet")
    try:
        if rotation.stale(desk):
            words = "made before the plan changed"
            return _page("rotation", "Times, rotation", False, words)
    except WalkError as error:
        return _page("rotation", "Times, rotation", False, error.message)
    return _page("rotation", "Times, rotation", True, _made(made, desk, today))


def _made(made: Rotation, desk: Desk, today: date) -> str:
    """When it was made, and when the walk ends: "made Tue 09:12, ends 11:16"."""
    from walk.routine import zone

    at = zone.local(made.made_at, desk.walk.zone)
    recent = 0 <= (today - at.date()).days < 7
    day = DAYS[at.weekday()] if recent else short_date(at.date().isoformat(), today)
    ends = clock_time(zone.local(made.ends, desk.walk.zone))
    dropped = f", {len(made.dropped)} not visited" if made.dropped else ""
    return f"made {day} {clock_time(at)}, ends {ends}{dropped}"


def _notice(desk: Desk, today: date) -> Choice:
    given = desk.rules.notice_given
    words = f"given {short_date(given, today)}" if given else "not given yet; Enter writes it"
    return _page("notice", "Notice to teachers", bool(given), words)
