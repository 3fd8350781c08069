"""How the walk on the desk stands: what Home's stages and its next action are worked out from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from walk.model import (
    MODE_WORDS,
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
from walk.routine import checklist, door, prepare, purged
from walk.routine import visit as visiting
from walk.routine.desk import Desk
from walk.routine.purged import Purged
from walk.routine.waiting import Action

GIVEN = "given:"
"""Begins the name of the local setting that says when this laptop's pack was written last."""

VisitState = Literal[
    "not yet", "under way", "form to finish", "done", "visited by others", "withdrawn"
]


@dataclass(frozen=True, slots=True)
class VisitLine:
    """A visit as it stands for the one who is writing."""

    visit: Visit
    state: VisitState
    action: Action | None
    """What opens it; None for one that was withdrawn before anyone came."""
    open_items: tuple[str, ...] = ()
    """What is not ticked on its checklist, while its stop has not started; it stops nothing."""

    @property
    def details(self) -> str:
        """Mode, the times it is open, and how much is still to be checked, in words."""
        times = ", ".join(f"{start}–{end}" for start, end in self.visit.windows)
        parts = [MODE_WORDS[self.visit.mode], f"open {times}" if times else ""]
        parts += [f"{len(self.open_items)} to check (k)"] if self.open_items else []
        return " · ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Standing:
    """The walk on the desk, read once."""

    walk: Walk
    plan: prepare.PlanView
    visits: tuple[VisitLine, ...]
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
        plan = prepare.plan(desk)
        forms = [one.record for one in desk.store.all(Form, walk)]
        records = desk.records_of(desk.me) if desk.me else []
        mine = [one for one in forms if one.walker in records or not records]
        noted = desk.store.noted(walk)
        been = noted | {form.visit for form in forms}
        themes = frozenset(one.record.id for one in desk.store.all(Theme, walk))
        trends = (one.record for one in desk.store.all(Trend, walk))
        talk, begun = _open_talk(desk, mine, plan.visits)
        # Of a very large walk only the first visits are listed.
        to_check = checklist.open_by_visit(desk, plan.visits[: prepare.LISTED_MOST])
        own = {form.visit: form for form in reversed(mine)}
        lines = tuple(
            _visit_line(one, own.get(one.id), been, to_check.get(one.id, ())) for one in plan.visits
        )
        held = desk.store.get(Rotation, rotation_id(walk))
        made = _follows(desk, held)
        return cls(
            walk=plan.walk,
            plan=plan,
            visits=lines,
            forms=tuple(mine),
            noted=bool(noted),
            themes=themes,
            trends=tuple(one for one in trends if one.theme in themes),
            steps=tuple(one.record for one in desk.store.all(Step, walk)),
            closing=desk.store.get(Closing, closing_id(walk)),
            talk=talk,
            talk_begun=begun,
            at_door=len({one.record.id for one in door.waiting_here(desk)}),
            rotation=held,
            follows=made is not None,
            planned=_planned(desk, made, lines, begun=bool(mine)) if made else None,
            missing=_missing(desk, plan),
            lead=desk.is_lead(),
            given=_given(desk, forms),
            nobody=bool(plan.walkers) and not desk.me and not plan.walk.imported_from,
            debrief=_debrief(desk),
            gone=purged.of(desk),
        )

    def with_state(self, *states: VisitState) -> list[VisitLine]:
        """The visits that stand so."""
        return [one for one in self.visits if one.state in states]

    @property
    def unstated(self) -> bool:
        """True while a theme has not been stated, or a trend is neither asset, need nor parked."""
        stated = {one.theme for one in self.trends if one.parked or one.polarity}
        return bool(self.themes - stated)


def _debrief(desk: Desk) -> str:
    if desk.store.get(Debriefing, debriefing_id(desk.walk_id)) is None:
        return ""
    # Only here, as Home is what a start waits for.
    from walk.routine import protocol

    return protocol.words(protocol.standing(desk))


def _follows(desk: Desk, held: Rotation | None) -> Rotation | None:
    """The rotation, where it says where the one who is writing goes."""
    if held is None:
        return None
    from walk.routine import next_visit  # a walk without a rotation starts quicker

    return next_visit.follows(desk)


def _missing(desk: Desk, plan: prepare.PlanView) -> int:
    heard = desk.store.authors(desk.walk_id, [one.id for one in plan.walkers])
    return sum(one.id not in heard for one in plan.walkers)


def _given(desk: Desk, forms: Sequence[Form]) -> bool:
    at: int | None = desk.store.setting(f"{GIVEN}{desk.walk_id}")
    return at is not None and all((form.finished_at or 0) <= at for form in forms)


def _visit_line(
    visit: Visit, form: Form | None, been: set[str], to_check: tuple[str, ...]
) -> VisitLine:
    code = visit.code
    if form is not None and form.finished_at is not None:
        return VisitLine(visit, "done", Action("write", visit.id, f"Read your form for {code}"))
    if form is not None and (visiting.has_left(form) or form.entered_at is None):
        words = f"Finish the form for {code}"
        return VisitLine(visit, "form to finish", Action("write", visit.id, words))
    if form is not None:
        words = f"Continue: visit {code}, {MODE_WORDS[visit.mode]}"
        return VisitLine(visit, "under way", Action("visit", visit.id, words))
    if visit.withdrawn:
        return VisitLine(visit, "withdrawn", None)
    words = f"Next: visit {code}, {MODE_WORDS[visit.mode]}"
    state: VisitState = "visited by others" if visit.id in been else "not yet"
    return VisitLine(visit, state, Action("visit", visit.id, words), to_check)


def _planned(
    desk: Desk, made: Rotation, lines: Sequence[VisitLine], *, begun: bool
) -> VisitLine | None:
    """The line of the visit that comes next by the rotation, while it was not entered."""
    from walk.routine import next_visit

    ahead = [one for one in lines if one.state in ("not yet", "visited by others")]
    coming = {one.visit.code for one in ahead}
    seen = {one.visit.code for one in lines} - coming
    found = next_visit.next_visit(desk, seen, made)
    line = next((one for one in ahead if found and one.visit.code == found.code), None)
    if found is None or line is None:
        return None
    words = f"{'Continue' if begun else 'Next'}: visit {found.code}, {found.words}"
    return replace(line, action=Action("visit", line.visit.id, words))


def _open_talk(
    desk: Desk, mine: Sequence[Form], visits: Sequence[Visit]
) -> tuple[Visit | None, bool]:
    """The visit whose form was finished last, if its hall talk is not over, and if it has begun."""
    finished = [one for one in mine if one.finished_at is not None]
    last = max(finished, key=lambda one: one.finished_at or 0, default=None)
    visit = next((one for one in visits if last is not None and one.id == last.visit), None)
    if visit is None or last is None or not desk.me:
        return None, False
    walker = desk.store.get(Walker, desk.person(desk.me))
    talk = desk.store.get(
        HallTalk, hall_talk_id(desk.walk_id, visit.id, walker.team if walker else "")
    )
    return (None, False) if talk is not None and talk.finished_at else (visit, talk is not None)
