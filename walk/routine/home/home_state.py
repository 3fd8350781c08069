"""How the walk on the desk stands: what Home's stages and its next action are worked out from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from walk.model import (
    Closing,
    Debriefing,
    Form,
    HallTalk,
    Step,
    Theme,
    Trend,
    Visit,
    Walk,
    Walker,
    closing_id,
    debriefing_id,
    hall_talk_id,
)
from walk.model.rotation import Rotation, rotation_id
from walk.routine import purged
from walk.routine.desk import Desk
from walk.routine.home.home_rooms import HomeRooms, VisitLine, VisitState
from walk.routine.planning import prepare
from walk.routine.purged import Purged
from walk.routine.visiting import door
from walk.routine.waiting import Action

GIVEN = "given:"
"""Begins the name of the local setting that says when this laptop's pack was written last."""


class Standing(NamedTuple):
    """The walk on the desk, read once."""

    walk: Walk
    plan: prepare.PlanView
    rooms: HomeRooms
    forms: tuple[Form, ...]
    """Those of the one who is writing; everyone's where nobody is."""
    noted: bool
    """There is at least one note."""
    themes: frozenset[str]
    trends: tuple[Trend, ...]
    steps: tuple[Step, ...]
    closing: Closing | None
    talk: Visit | None
    """The visit left last, while its hall talk is not finished."""
    talk_begun: bool
    at_door: int
    """Notes and talks of which something looks like a name, so that the team has them not yet."""
    rotation: Rotation | None
    follows: bool
    """The rotation says where the one who is writing goes."""
    planned: VisitLine | None
    """The visit that comes next by the rotation, its words with the time."""
    missing: int
    """Walkers of the roster from whom nothing is here yet."""
    lead: bool
    """This laptop made the plan."""
    given: bool
    """The pack of this laptop holds every form that was finished here."""
    nobody: bool
    """It is not said yet who of the roster writes on this laptop."""
    debrief: str = ""
    """Where the debrief stands, in words, while its steps are followed."""
    gone: Purged | None = None
    """What is known of it since its raw notes were purged."""

    @property
    def several(self) -> bool:
        """Several people walk, so what they wrote has to come together."""
        return len(self.plan.walkers) > 1

    @classmethod
    def read(cls, desk: Desk) -> Standing:
        """Read the walk on the desk."""
        walk = desk.walk_id
        plan = prepare.plan(desk, with_visits=False)
        held_forms = desk.store.all(Form, walk)
        forms = [one.record for one in held_forms]
        records = desk.mine()
        mine = [one for one in forms if one.walker in records or not records]
        themes = frozenset(one.record.id for one in desk.store.all(Theme, walk))
        trends = (one.record for one in desk.store.all(Trend, walk))
        talk, begun = _open_talk(desk, mine)
        held = desk.store.get(Rotation, rotation_id(walk))
        rooms = HomeRooms.read(desk, forms, mine, whole=held is not None)
        made = _follows(desk, held)
        return cls(
            walk=plan.walk,
            plan=plan,
            rooms=rooms,
            forms=tuple(mine),
            noted=desk.store.is_noted(walk),
            themes=themes,
            trends=tuple(one for one in trends if one.theme in themes),
            steps=tuple(one.record for one in desk.store.all(Step, walk)),
            closing=desk.store.get(Closing, closing_id(walk)),
            talk=talk,
            talk_begun=begun,
            at_door=len({one.record.id for one in door.waiting_here(desk)}),
            rotation=held,
            follows=made is not None,
            planned=_planned(desk, made, rooms.lines, begun=bool(mine)) if made else None,
            missing=_missing(desk, plan),
            lead=desk.is_lead(),
            given=_given(desk, [one.record for one in held_forms if one.here]),
            nobody=bool(plan.walkers) and not desk.me and not plan.walk.imported_from,
            debrief=_debrief(desk),
            gone=purged.of(desk),
        )

    def with_state(self, *states: VisitState) -> list[VisitLine]:
        """The visits that stand so; of a very large walk those that were read."""
        return [one for one in self.rooms.lines if one.state in states]

    @property
    def unstated(self) -> bool:
        """True while a theme has not been stated, or a trend is neither asset, need nor parked."""
        stated = {one.theme for one in self.trends if one.parked or one.polarity}
        return bool(self.themes - stated)


def _debrief(desk: Desk) -> str:
    if desk.store.get(Debriefing, debriefing_id(desk.walk_id)) is None:
        return ""
    # Only here, as Home is what a start waits for.
    from walk.routine.debriefing import protocol

    return protocol.words(protocol.standing(desk))


def _follows(desk: Desk, held: Rotation | None) -> Rotation | None:
    """The rotation, where it says where the one who is writing goes."""
    if held is None:
        return None
    from walk.routine.timekeeping import next_visit  # a walk without a rotation starts quicker

    return next_visit.follows(desk)


def _missing(desk: Desk, plan: prepare.PlanView) -> int:
    found = desk.store.authors(desk.walk_id, [one.id for one in plan.walkers])
    heard = {desk.person(one) for one in found}
    return sum(one.id not in heard for one in plan.walkers)


def _given(desk: Desk, forms: Sequence[Form]) -> bool:
    """Whether a pack was written since these forms, those of this laptop, were finished."""
    at: int | None = desk.store.setting(f"{GIVEN}{desk.walk_id}")
    return at is not None and all((form.finished_at or 0) <= at for form in forms)


def _planned(
    desk: Desk, made: Rotation, lines: Sequence[VisitLine], *, begun: bool
) -> VisitLine | None:
    """The line of the visit that comes next by the rotation, while it was not entered."""
    from walk.routine.timekeeping import next_visit

    ahead = [one for one in lines if one.state in ("not yet", "visited by others")]
    coming = {one.visit.code for one in ahead}
    seen = {one.visit.code for one in lines} - coming
    found = next_visit.next_visit(desk, seen, made)
    line = next((one for one in ahead if found and one.visit.code == found.code), None)
    if found is None or line is None:
        return None
    words = f"{'Continue' if begun else 'Next'}: visit {found.code}, {found.words}"
    return line._replace(action=Action("visit", line.visit.id, words))


def _open_talk(desk: Desk, mine: Sequence[Form]) -> tuple[Visit | None, bool]:
    """The visit whose form was finished last, if its hall talk is not over, and if it has begun."""
    finished = [one for one in mine if one.finished_at is not None]
    last = max(finished, key=lambda one: one.finished_at or 0, default=None)
    visit = desk.store.get(Visit, last.visit) if last is not None else None
    if visit is None or last is None or not desk.me:
        return None, False
    walker = desk.store.get(Walker, desk.person(desk.me))
    talk = desk.store.get(
        HallTalk, hall_talk_id(desk.walk_id, visit.id, walker.team if walker else "")
    )
    return (None, False) if talk is not None and talk.finished_at else (visit, talk is not None)
