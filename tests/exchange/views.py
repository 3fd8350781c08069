"""All that a walk shows, asked for at once: nothing that a pack says may end a screen or a page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from walk.errors import WalkError
from walk.model import HallTalk
from walk.routine import start, summary
from walk.routine.debriefing import debrief, stating
from walk.routine.desk import Desk
from walk.routine.exchanging import share
from walk.routine.following import steps
from walk.routine.home import home
from walk.routine.keeping import erase, purge
from walk.routine.papers import checklist, notice, plan_out, rotation_told
from walk.routine.planning import prepare, ready, roster, rotation
from walk.routine.settling import conflicts, receipts
from walk.routine.timekeeping import board
from walk.routine.visiting import door, hall, visit, write


def look_at_everything(desk: Desk) -> list[str]:
    """What went wrong while everything was asked for; a problem that people are told is none."""
    wrong = []
    for view in _VIEWS:
        try:
            view(desk)
        except WalkError:
            continue
        except Exception as problem:
            wrong.append(f"{view.__name__}: {problem!r:.200}")
    return wrong


def _home(desk: Desk) -> None:
    home.overview(desk)
    for walk in desk.store.walks():
        start.described(desk, walk)


def _summary(desk: Desk) -> None:
    facts = summary.facts(desk)
    for form in ("html", "md", "json"):
        summary.render(facts, form)
    summary.left_out(desk)
    summary.missing_walkers(desk)


def _debrief(desk: Desk) -> None:
    debrief.table(desk)
    stating.trends(desk)


def _steps(desk: Desk) -> None:
    steps.in_words(desk)
    steps.missing_to_close(desk)
    steps.for_staff(desk)


def _pages(desk: Desk) -> None:
    made = rotation.current(desk)
    facts = notice.facts(desk, made)
    notice.likely_names(desk, facts)
    for form in ("html", "md"):
        notice.rotation_text(facts, form)


def _rotation(desk: Desk) -> None:
    made = rotation.current(desk)
    rotation.stale(desk)
    if made:
        rotation.in_words(made, rotation.zone_of(desk))
        rotation_told.as_json(desk)
        notice.calendar_of(desk, made)


def _board(desk: Desk) -> None:
    for team in board.teams(desk):
        board.view(desk, team)
        board.coming(desk, team)
        board.choices(desk, team)
        board.offers(desk, team)


def _prepare(desk: Desk) -> None:
    prepare.plan(desk)
    ready.readiness(desk)
    ready.warnings(desk)
    roster.warnings(desk)
    for one in prepare.visits(desk):
        checklist.page(desk, one)


def _plan_file(desk: Desk) -> None:
    with TemporaryDirectory() as folder:
        plan_out.save_plan(desk, Path(folder) / "plan.toml", save=False)


def _visits(desk: Desk) -> None:
    visit.under_way(desk)
    for one in prepare.visits(desk):
        visit.inquiry(desk, one)
        hall.ready(desk, one)
    for form in visit.forms(desk):
        visit.timer(desk, form)
        write.minutes_since_leaving(desk, form)
        write.at_door(desk, form)
        for held in visit.notes(desk, form):
            visit.understood(desk, held.record)
    for talk in desk.store.all(HallTalk, desk.walk_id):
        hall.minutes(desk, talk.record)
        hall.notes(desk, talk.record)
    door.waiting_here(desk)


def _conflicts(desk: Desk) -> None:
    conflicts.waiting(desk)
    conflicts.in_words(desk)


def _given(desk: Desk) -> None:
    goes = share.what_goes(desk)
    goes.goes_in()
    goes.stays()
    share.is_next(desk)


def _kept(desk: Desk) -> None:
    receipts.listed(desk)
    receipts.to_settle(desk)
    receipts.standing(desk, desk.walk_id, ())
    erase.waiting(desk)
    erase.listed(desk)
    purge.waiting(desk)
    purge.view(desk)


_VIEWS: tuple[Callable[[Desk], None], ...] = (
    _home,
    _summary,
    _debrief,
    _steps,
    _pages,
    _rotation,
    _board,
    _prepare,
    _plan_file,
    _visits,
    _conflicts,
    _given,
    _kept,
)
