"""What waits beside the walk in hand: earlier walks, and words that were typed and not saved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Literal, NamedTuple

from walk.model import Closing, Form, HallTalk, Note, Trend, Visit, Walk, Walker, closing_id
from walk.routine.desk import Desk
from walk.routine.planning.prepare import BEGIN_DRAFT
from walk.routine.visiting import visit as visiting
from walk.storage.store import Draft

ASKED = "asked same person:"
"""With a walk's id, the setting that says which questions on labels were put."""
SCREENS = {
    "prepare": ("prepare", "prepare"),
    "roster": ("roster", "roster"),
    "rooms": ("rooms", "classrooms"),
    "ready": ("ready", "readiness"),
    "rotation": ("rotation", "rotation"),
    "rename": ("debrief", "debrief"),
    "learning": ("prepare", "prepare"),
    "state": ("trends", "trends"),
    "more": ("trends", "trends"),
    "said": ("protocol", "the debrief"),
    "minutes": ("protocol", "the debrief"),
    "to_know": ("protocol", "the debrief"),
    "split": ("debrief", "debrief"),
    "step": ("steps", "next steps"),
    "learned": ("steps", "next steps"),
    "date": ("steps", "next steps"),
    "evidence": ("steps", "next steps"),
    "test": ("steps", "next steps"),
    "study": ("steps", "next steps"),
    "measure": ("steps", "next steps"),
    "value": ("steps", "next steps"),
    "waive": ("steps", "next steps"),
    "settle": ("conflicts", "conflicts"),
    "settle fields": ("conflicts", "conflicts"),
    "settle label": ("conflicts", "conflicts"),
    "closing": ("steps", "next steps"),
    "call off": ("steps", "next steps"),
    "summary file": ("summary", "summary"),
    "save": ("letters", "a report to be saved"),
    "teacher note": ("teacher_note", "a teacher note"),
    "recurring": ("history", "recurring trends"),
    "save history": ("history", "a page to be saved"),
    "save district": ("history", "a page to be saved"),
}
"""Screen and words by the first part of a draft's place; the second part is what it opens at."""
AT_STEP = {"to_know": "wonderings"}
"""The step of the debrief at which such words are asked for, where their place names another thing.
"""


class Action(NamedTuple):
    """Something one can do now: a screen, what it opens at, and words for it."""

    screen: str
    at: str
    words: str


class EarlierWalk(NamedTuple):
    """Another walk in this store. Counts are of classrooms and of trends, of nothing else."""

    id: str
    date: str
    """ISO date."""
    title: str
    state: Literal["open", "closed", "called off"]
    visits: int
    trends: int


class Unsaved(NamedTuple):
    """Words that were typed and not saved, and where they wait."""

    words: str
    """Empty where they are another walker's, which are not shown."""
    where: str
    action: Action | None


def earlier_walks(desk: Desk) -> list[EarlierWalk]:
    """How the other walks of this store stand, the latest date first.

    There may be hundreds: each kind of record is asked for once and not walk by walk.
    """
    stated: Counter[str] = Counter(
        walk
        for walk, _, said in desk.store.bodies(Trend)
        if said.get("statement") and not said.get("parked")
    )
    closed = {
        one.record.walk: one.record
        for one in desk.store.every(Closing)
        if one.record.id == closing_id(one.record.walk)
    }
    found = [
        EarlierWalk(
            id=walk.id,
            date=walk.date,
            title=walk.title,
            state=closed[walk.id].how if walk.id in closed else "open",
            visits=closed[walk.id].visits if walk.id in closed else _open_visits(desk, walk.id),
            trends=stated[walk.id],
        )
        for walk in (one.record for one in desk.store.every(Walk))
        if walk.id != desk.walk_id
    ]
    return sorted(found, key=lambda one: (one.date, one.id), reverse=True)


def _open_visits(desk: Desk, walk: str) -> int:
    return sum(not one.record.withdrawn for one in desk.store.all(Visit, walk))


# Words that were typed and not saved


def unsaved(desk: Desk) -> Iterable[Unsaved]:
    """The drafts of the walk on the desk, and that of a walk being begun; newest first."""
    for draft in desk.store.drafts():
        if draft.place == BEGIN_DRAFT:
            action = Action("begin", "", "Go on beginning a walk")
            yield Unsaved(draft.text, "a walk being begun", action)
        elif draft.walk == desk.walk_id and desk.walk_id:
            where, action_there = _where(desk, draft)
            if draft.author and draft.author not in desk.mine():
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
        at = AT_STEP.get(kind) or rest.partition(":")[0]
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
