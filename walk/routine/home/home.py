"""Home: how the walk on the desk stands, and what comes next. It reads and changes nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple

from walk.model.rotation import Rotation
from walk.routine import purged
from walk.routine.desk import Desk
from walk.routine.following.steps_before import OpenStep, open_before
from walk.routine.home.home_next import following
from walk.routine.home.home_rooms import VisitLine
from walk.routine.home.home_state import Standing
from walk.routine.home.home_waits import waits
from walk.routine.purged import Purged
from walk.routine.visiting import visit as visiting
from walk.routine.waiting import (
    Action,
    EarlierWalk,
    Unsaved,
    earlier_walks,
    unsaved,
)

StageState = Literal["not yet", "under way", "done"]


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of the walk."""

    name: str
    state: StageState
    count: str = ""
    """Such as "2/5", of visits or forms; empty where nothing is counted."""


class Overview(NamedTuple):
    """All that Home shows."""

    walk: str = ""
    """The id of the walk on the desk, or nothing."""
    title: str = ""
    host_school: str = ""
    inquiry: str = ""
    label: str = ""
    stages: tuple[Stage, ...] = ()
    next: Action | None = None
    also: tuple[Action, ...] = ()
    """What else can be done now, in the order of the routine."""
    visits: tuple[VisitLine, ...] = ()
    """The first in the order of the plan, as many as a page lists."""
    unlisted: int = 0
    """Visits beside those."""
    earlier: tuple[EarlierWalk, ...] = ()
    open_steps: tuple[OpenStep, ...] = ()
    """Those of earlier walks of this host school, which come first."""
    unsaved: tuple[Unsaved, ...] = ()
    as_of: datetime | None = None
    """When the rotation was made, local; None on the laptop that made it, and without one."""
    waits: tuple[Action, ...] = ()
    """What waits for this person's yes or no, of any walk: conflicts, requests, dates passed."""
    purged: str = ""
    """That the raw notes of the walk on the desk are gone, in words."""
    timed: bool = False
    """What comes next has a time, so its words change with the clock."""


def overview(desk: Desk) -> Overview:
    """Read the walk on the desk, the earlier ones, and what waits."""
    shared = Overview(
        earlier=tuple(earlier_walks(desk)),
        open_steps=tuple(open_before(desk)),
        unsaved=tuple(unsaved(desk)),
        waits=tuple(waits(desk)),
    )
    if not desk.walk_id:
        return shared
    state = Standing.read(desk)
    coming = following(state)
    return Overview(
        walk=desk.walk_id,
        title=state.walk.title,
        host_school=state.walk.host_school,
        inquiry=" ".join(state.plan.focus.inquiries),
        label=desk.label,
        stages=tuple(_stages(state)),
        next=coming[0],
        also=tuple(coming[1:]),
        visits=() if state.gone else state.rooms.listed,
        unlisted=0 if state.gone else state.rooms.more,
        earlier=shared.earlier,
        open_steps=shared.open_steps,
        unsaved=shared.unsaved,
        waits=shared.waits,
        purged=purged.words(desk),
        as_of=_as_of(desk, state.rotation),
        timed=state.planned is not None,
    )


def _as_of(desk: Desk, made: Rotation | None) -> datetime | None:
    if made is None or desk.is_lead():
        return None
    from walk.routine.planning import rotation

    return rotation.local_of(made.made_at, desk)


def _stages_of_purged(state: Standing, gone: Purged) -> Iterable[Stage]:
    """How far a walk came whose raw notes are gone; nothing is counted that is not known."""
    yield Stage("Prepare", "done")
    yield Stage("Visits", "done", str(gone.kept.visits) if gone.kept else "")
    yield Stage("Collect" if state.several else "Silent write", "done")
    yield Stage("Debrief", _of(bool(state.trends), bool(state.themes)))
    yield Stage("Next steps", _of(state.closing is not None, bool(state.steps)))


def _stages(state: Standing) -> Iterable[Stage]:
    if state.gone:
        yield from _stages_of_purged(state, state.gone)
        return
    yield Stage("Prepare", "under way" if state.plan.not_yet else "done")
    been, open_ = state.rooms.been, state.rooms.open
    inside = bool(state.with_state("under way"))
    all_been = bool(open_) and been == open_
    yield Stage("Visits", _of(all_been, bool(been) or inside), f"{been}/{open_}")
    left = [one for one in state.forms if one.finished_at or visiting.has_left(one)]
    finished = sum(one.finished_at is not None for one in left)
    all_finished = all_been and finished == len(left)
    begun = bool(left) or (state.noted and not state.forms)  # imported notes have no forms
    count = f"{finished}/{len(left)}" if left else ""
    if state.several:
        heard = len(state.plan.walkers) - state.missing
        collected = f"{heard}/{len(state.plan.walkers)}"
        yield Stage("Collect", _of(not state.missing, heard > 1), collected)
    else:
        yield Stage("Silent write", _of(all_finished, begun), count)
    closed = state.closing is not None
    # While its steps are followed it is under way, also where all themes are stated before its end.
    stated = bool(state.themes) and (closed or not (state.unstated or state.debrief))
    yield Stage("Debrief", _of(stated, bool(state.themes or state.debrief)))
    yield Stage("Next steps", _of(closed, bool(state.steps)))


def _of(done: bool, begun: bool) -> StageState:
    return "done" if done else "under way" if begun else "not yet"
