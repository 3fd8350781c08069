"""The visits on Home: how each stands for the one who is writing; of very many, the first alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from walk.model import MODE_WORDS, Form, Visit
from walk.routine.desk import Desk
from walk.routine.papers import checklist
from walk.routine.planning import prepare
from walk.routine.visiting import visit as visiting
from walk.routine.waiting import Action
from walk.storage.classrooms import Stood

VisitState = Literal[
    "not yet", "under way", "form to finish", "done", "visited by others", "withdrawn"
]
_BEEN: frozenset[VisitState] = frozenset({"form to finish", "done", "visited by others"})


class VisitLine(NamedTuple):
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


class HomeRooms(NamedTuple):
    """All visits of a walk, of which those are read that are listed or that something waits for."""

    listed: tuple[VisitLine, ...]
    """The first in the order of the plan, as many as a page lists."""
    more: int
    """Visits that are not listed."""
    lines: tuple[VisitLine, ...]
    """Those that were read, in the order of the plan: the listed ones, those in which the one who
    is writing was, and the first in which nobody was."""
    open: int
    """All but those that were withdrawn before the one who is writing came."""
    been: int
    """Those that somebody was in and left."""

    @classmethod
    def read(
        cls, desk: Desk, forms: Sequence[Form], mine: Sequence[Form], *, whole: bool = False
    ) -> HomeRooms:
        """Read those of the walk on the desk; every one with `whole`.

        `forms` are all forms here, `mine` those of the one who is writing.
        """
        listed = prepare.listed_visits(desk)
        known = {one.id: one for one in listed}
        few = len(listed) < prepare.LISTED_MOST
        if whole and not few:
            known = {one.id: one for one in prepare.visits(desk)}
        own = {form.visit: form for form in reversed(mine)}
        if not (whole or few):
            known |= _these(desk, own.keys() - known.keys())
        entered = {form.visit for form in forms}
        been = entered | desk.store.with_notes(desk.walk_id, known)
        to_check = checklist.open_by_visit(desk, listed)
        lines = {
            one.id: _visit_line(one, own.get(one.id), been, to_check.get(one.id, ()))
            for one in known.values()
        }
        rest = Stood(0, 0, 0, "")
        if not (whole or few):
            seen = all(one.state != "not yet" for one in lines.values())
            rest = desk.store.stood(desk.walk_id, lines, entered, unseen=seen)
        read = list(lines.values())
        more = _these(desk, {rest.unseen} if rest.unseen else ())
        read += [_visit_line(one, None, been, ()) for one in more.values()]
        return cls(
            listed=tuple(lines[one.id] for one in listed),
            more=len(lines) - len(listed) + rest.every,
            lines=tuple(sorted(read, key=lambda one: (one.visit.place, one.visit.code))),
            open=sum(one.state != "withdrawn" for one in lines.values()) + rest.open,
            been=sum(one.state in _BEEN for one in lines.values()) + rest.been,
        )


def _these(desk: Desk, visits: Iterable[str]) -> dict[str, Visit]:
    held = desk.store.these(Visit, visits)
    return {one.record.id: one.record for one in held if one.record.walk == desk.walk_id}


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
