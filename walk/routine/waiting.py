"""What waits outside the walk in hand: earlier walks, their open steps, and unsaved words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from walk.model import Closing, Form, HallTalk, Note, Step, Trend, Visit, Walk, Walker, closing_id
from walk.routine import visit as visiting
from walk.routine.desk import Desk
from walk.storage.store import Draft

BEGIN_DRAFT = "begin"
"""The place of the draft of a walk that is being begun."""
SCREENS = {
    "prepare": ("prepare", "prepare"),
    "roster": ("roster", "roster"),
    "rooms": ("rooms", "classrooms"),
    "ready": ("ready", "readiness"),
    "rotation": ("rotation", "rotation"),
    "rename": ("debrief", "debrief"),
    "state": ("trends", "trends"),
    "step": ("steps", "next steps"),
    "learned": ("steps", "next steps"),
    "settle": ("conflicts", "conflicts"),
    "settle fields": ("conflicts", "conflicts"),
    "settle label": ("conflicts", "conflicts"),
    "closing": ("steps", "next steps"),
    "call off": ("steps", "next steps"),
    "summary file": ("summary", "summary"),
}
"""Screen and words by the first part of a draft's place; the second part is what it opens at."""


@dataclass(frozen=True, slots=True)
class Action:
    """Something one can do now: a screen, what it opens at, and words for it."""

    screen: str
    at: str
    words: str


@dataclass(frozen=True, slots=True)
class EarlierWalk:
    """Another walk in this store. Counts are of classrooms and of trends, of nothing else."""

    id: str
    date: str
    """ISO date."""
    title: str
    state: Literal["open", "closed", "called off"]
    visits: int
    trends: int


@dataclass(frozen=True, slots=True)
class OpenStep:
    """A next step of an earlier walk that nobody has closed yet."""

    walk: str
    walk_date: str
    """ISO date."""
    id: str
    what: str
    owner: str
    by_when: str
    """ISO date, or nothing."""


@dataclass(frozen=True, slots=True)
class Unsaved:
    """Words that were typed and not saved, and where they wait."""

    words: str
    """Empty where they are another walker's, which are not shown."""
    where: str
    action: Action | None


def earlier_walk(desk: Desk, walk: str) -> EarlierWalk:
    """How one other walk stands."""
    record = desk.store.get(Walk, walk) or Walk(id=walk, walk=walk)
    closing = desk.store.get(Closing, closing_id(walk))
    trends = [one.record for one in desk.store.all(Trend, walk)]
    visits = [one.record for one in desk.store.all(Visit, walk)]
    return EarlierWalk(
        id=walk,
        date=record.date,
        title=record.title,
        state=closing.how if closing else "open",
        visits=closing.visits if closing else sum(not one.withdrawn for one in visits),
        trends=sum(bool(one.statement) and not one.parked for one in trends),
    )


def open_steps(desk: Desk, earlier: Iterable[EarlierWalk]) -> list[OpenStep]:
    """Open steps of the other walks, the earliest date first, undated ones last."""
    found = [
        OpenStep(one.id, one.date, step.id, step.what, step.owner, step.by_when)
        for one in earlier
        for step in (held.record for held in desk.store.all(Step, one.id))
        if step.status == "open"
    ]
    return sorted(found, key=lambda one: (one.by_when or "9999", one.walk_date, one.id))


# Words that were typed and not saved


def unsaved(desk: Desk) -> Iterable[Unsaved]:
    """The drafts of the walk on the desk, and that of a walk being begun; newest first."""
    for draft in desk.store.drafts():
        if draft.place == BEGIN_DRAFT:
            action = Action("begin", "", "Go on beginning a walk")
            yield Unsaved(draft.text, "a walk being begun", action)
        elif draft.walk == desk.walk_id and desk.walk_id:
            where, action_there = _where(desk, draft)
            if draft.author and draft.author != desk.me:
                walker = desk.store.get(Walker, draft.author)
                label = walker.label if walker else "another walker"
                yield Unsaved("", f"{where}, by {label}", None)
            else:
                yield Unsaved(draft.text, where, action_there)


def _where(desk: Desk, draft: Draft) -> tuple[str, Action | None]:
    """Where a draft was typed, in words, and what opens it."""
    kind, _, rest = draft.place.partition(":")
    visit = _visit_of_draft(desk, rest) if kind in ("visit", "edit", "write", "hall") else None
    if visit is not None:
        screen = _screen_of_draft(desk, kind, visit)
        words = "hall talk" if screen == "hall" else "visit" if screen == "visit" else "form"
        return f"{words} {visit.code}", Action(screen, visit.id, f"Go on in {words} {visit.code}")
    if kind in SCREENS:
        screen, name = SCREENS[kind]
        at = rest.partition(":")[0]
        return name, Action(screen, "" if at == "new" else at, f"Go on under {name}")
    return "this walk", None


def _visit_of_draft(desk: Desk, rest: str) -> Visit | None:
    """The visit that a form, note, hall talk or visit id in a draft's place belongs to."""
    for one in rest.split(":"):
        if len(one) != 32:
            continue
        held = (
            desk.store.get(Form, one) or desk.store.get(Note, one) or desk.store.get(HallTalk, one)
        )
        visit = desk.store.get(Visit, held.visit if held else one)
        if visit is not None:
            return visit
    return None


def _screen_of_draft(desk: Desk, kind: str, visit: Visit) -> str:
    if kind == "hall":
        return "hall"
    form = visiting.form_of(desk, visit)
    return "write" if form is not None and visiting.has_left(form) else "visit"
