"""Home: how the walk on the desk stands, and what comes next. It reads and changes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from walk.model import (
    ABOVE_TEACHER,
    MODE_WORDS,
    Closing,
    Form,
    HallTalk,
    Step,
    Theme,
    Trend,
    Visit,
    Walk,
    Walker,
    closing_id,
    hall_talk_id,
)
from walk.model.rotation import Rotation, rotation_id
from walk.routine import checklist, door, prepare
from walk.routine import visit as visiting
from walk.routine.desk import Desk
from walk.routine.waiting import (
    Action,
    EarlierWalk,
    OpenStep,
    Unsaved,
    earlier_walk,
    open_steps,
    unsaved,
)

StageState = Literal["not yet", "under way", "done"]
VisitState = Literal[
    "not yet", "under way", "form to finish", "done", "visited by others", "withdrawn"
]


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of the walk."""

    name: str
    state: StageState
    count: str = ""
    """Such as "2/5", of visits or forms; empty where nothing is counted."""


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
class Overview:
    """All that Home shows."""

    walk: str = ""
    """The id of the walk on the desk, or nothing."""
    title: str = ""
    host_school: str = ""
    inquiry: str = ""
    label: str = ""
    confirmed: bool = True
    not_yet: tuple[str, ...] = ()
    """What Prepare still lacks."""
    stages: tuple[Stage, ...] = ()
    next: Action | None = None
    also: tuple[Action, ...] = ()
    """What else can be done now, in the order of the routine."""
    visits: tuple[VisitLine, ...] = ()
    earlier: tuple[EarlierWalk, ...] = ()
    open_steps: tuple[OpenStep, ...] = ()
    unsaved: tuple[Unsaved, ...] = ()
    as_of: datetime | None = None
    """When the rotation was made, local; None on the laptop that made it, and without one."""
    timed: bool = False
    """What comes next has a time, so its words change with the clock."""


def overview(desk: Desk) -> Overview:
    """Read the walk on the desk, the earlier ones, and what waits."""
    others = [one for one in desk.store.walks() if one != desk.walk_id]
    earlier = sorted((earlier_walk(desk, one) for one in others), key=lambda one: one.date)[::-1]
    shared = Overview(
        earlier=tuple(earlier),
        open_steps=tuple(open_steps(desk, earlier)),
        unsaved=tuple(unsaved(desk)),
    )
    if not desk.walk_id:
        return shared
    state = _State.read(desk)
    following = _following(state)
    return Overview(
        walk=desk.walk_id,
        title=state.walk.title,
        host_school=state.walk.host_school,
        inquiry=" ".join(state.plan.focus.inquiries),
        label=desk.label,
        confirmed=state.plan.focus.confirmed,
        not_yet=state.plan.not_yet,
        stages=tuple(_stages(state)),
        next=following[0],
        also=tuple(following[1:]),
        visits=state.visits,
        earlier=shared.earlier,
        open_steps=shared.open_steps,
        unsaved=shared.unsaved,
        as_of=_as_of(desk, state.rotation),
        timed=state.planned is not None,
    )


def _as_of(desk: Desk, made: Rotation | None) -> datetime | None:
    if made is None or desk.is_lead():
        return None
    from walk.routine import rotation

    return rotation.local_of(made.made_at, desk)


def _follows(desk: Desk, held: Rotation | None) -> Rotation | None:
    """The rotation, where it says where the one who is writing goes."""
    if held is None:
        return None
    from walk.routine import next_visit  # a walk without a rotation starts quicker

    return next_visit.follows(desk)


# The walk on the desk


@dataclass(frozen=True, slots=True)
class _State:
    """What the stages and the next action are worked out from."""

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

    @classmethod
    def read(cls, desk: Desk) -> _State:
        """Read the walk on the desk."""
        walk = desk.walk_id
        plan = prepare.plan(desk)
        forms = [one.record for one in desk.store.all(Form, walk)]
        mine = [one for one in forms if one.walker == desk.me or not desk.me]
        noted = {visit for _, visit, _, _ in desk.store.note_counts(walk)}
        been = noted | {form.visit for form in forms}
        themes = frozenset(one.record.id for one in desk.store.all(Theme, walk))
        trends = (one.record for one in desk.store.all(Trend, walk))
        talk, begun = _open_talk(desk, mine, plan.visits)
        to_check = checklist.open_by_visit(desk, plan.visits)
        lines = tuple(_visit_line(one, mine, been, to_check[one.id]) for one in plan.visits)
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
        )

    def with_state(self, *states: VisitState) -> list[VisitLine]:
        """The visits that stand so."""
        return [one for one in self.visits if one.state in states]

    @property
    def unstated(self) -> bool:
        """True while a theme has not been stated, or a trend is neither asset, need nor parked."""
        stated = {one.theme for one in self.trends if one.parked or one.polarity}
        return bool(self.themes - stated)


def _visit_line(
    visit: Visit, mine: Sequence[Form], been: set[str], to_check: tuple[str, ...]
) -> VisitLine:
    form = next((one for one in mine if one.visit == visit.id), None)
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
    walker = desk.store.get(Walker, desk.me)
    talk = desk.store.get(
        HallTalk, hall_talk_id(desk.walk_id, visit.id, walker.team if walker else "")
    )
    return (None, False) if talk is not None and talk.finished_at else (visit, talk is not None)


def _stages(state: _State) -> Iterable[Stage]:
    yield Stage("Prepare", "under way" if state.plan.not_yet else "done")
    open_visits = [one for one in state.visits if one.state != "withdrawn"]
    been = state.with_state("form to finish", "done", "visited by others")
    inside = bool(state.with_state("under way"))
    all_been = bool(open_visits) and len(been) == len(open_visits)
    yield Stage("Visits", _of(all_been, bool(been) or inside), f"{len(been)}/{len(open_visits)}")
    left = [one for one in state.forms if one.finished_at or visiting.has_left(one)]
    finished = sum(one.finished_at is not None for one in left)
    all_finished = all_been and finished == len(left)
    begun = bool(left) or (state.noted and not state.forms)  # imported notes have no forms
    count = f"{finished}/{len(left)}" if left else ""
    yield Stage("Silent write", _of(all_finished, begun), count)
    closed = state.closing is not None
    stated = bool(state.themes) and (closed or not state.unstated)
    yield Stage("Debrief", _of(stated, bool(state.themes)))
    yield Stage("Next steps", _of(closed, bool(state.steps)))


def _of(done: bool, begun: bool) -> StageState:
    return "done" if done else "under way" if begun else "not yet"


# What comes next


def _following(state: _State) -> list[Action]:
    """Everything that can be done now, the obvious thing first."""
    found: list[Action] = []
    if state.closing is None:
        found += _in_the_rooms(state)
        found += _at_door(state)
        found += _after_the_rooms(state)
        talk = _talk_action(state)
        found += [talk] if talk and not state.themes else []
    if state.noted or state.closing is not None:
        found.append(Action("summary", "", "See the summary"))
    if state.closing is not None:
        found += _at_door(state)
        found.append(Action("steps", "", "Next steps"))
    lacks = f": {', '.join(state.plan.not_yet)}" if state.plan.not_yet else ""
    found.append(Action("prepare", "", f"Prepare{lacks}"))
    if state.closing is None and not [one for one in state.visits if one.state != "withdrawn"]:
        found.insert(0, Action("prepare", "", "Prepare: add a visit"))
    return _once(found)


def _in_the_rooms(state: _State) -> Iterable[Action]:
    """Visits and forms first; a team talks in the hall before it enters the next room."""
    for line in (*state.with_state("under way"), *state.with_state("form to finish")):
        if line.action:
            yield line.action
    talk = _talk_action(state)
    together = len(state.plan.walkers) > 1 or state.talk_begun
    if talk and together and not state.themes:
        yield talk
    for line in _next_lines(state):
        if line.action:
            yield line.action
    kept = state.rotation is not None or together  # alone, the visit's own clock is enough
    if kept and state.with_state("under way", "form to finish", "not yet"):
        yield Action("board", "", "Board: keep time for your team")


def _next_lines(state: _State) -> list[VisitLine]:
    """The visit that comes next: as the rotation says, else the first that nobody has seen.

    Beside a rotation a recorded segment waits: it needs no slot.
    """
    unseen = state.with_state("not yet")
    if not state.follows:
        return unseen[:1]
    recorded = [one for one in unseen if one.visit.mode == "recorded"]
    return [*([state.planned] if state.planned else []), *recorded[:1]]


def _talk_action(state: _State) -> Action | None:
    if state.talk is None:
        return None
    words = "Go on with the hall talk" if state.talk_begun else "Hall talk"
    return Action("hall", state.talk.id, f"{words} about {state.talk.code}")


def _at_door(state: _State) -> Iterable[Action]:
    """What waits because something in it looks like a name."""
    if state.at_door:
        waits = "1 note waits" if state.at_door == 1 else f"{state.at_door} notes wait"
        yield Action("door", "", f"{waits}: likely names")


def _after_the_rooms(state: _State) -> list[Action]:
    """Debrief, next steps and closing; what is ready for the next stage offers that first."""
    grouping = Action("debrief", "", "Debrief: group what was noticed")
    stating = Action("debrief", "", "Debrief: say what the themes show")
    agreeing = Action("steps", "", "Agree next steps")
    if not state.noted and not state.themes:
        return []
    if not state.themes:
        return [grouping, agreeing]
    if state.unstated:
        return [stating, agreeing]
    again = Action("debrief", "", "Debrief")
    if _ready_to_close(state.steps):
        return [Action("steps", "", "Close the walk"), again]
    return [agreeing, again]


def _ready_to_close(steps: Sequence[Step]) -> bool:
    """A step owned above the teacher, and one designed with the host teachers."""
    above = any(one.level in ABOVE_TEACHER for one in steps)
    return above and any(one.design for one in steps)


def _once(actions: Iterable[Action]) -> list[Action]:
    """Each place once, by its first words."""
    found: dict[tuple[str, str], Action] = {}
    for one in actions:
        found.setdefault((one.screen, one.at), one)
    return list(found.values())
