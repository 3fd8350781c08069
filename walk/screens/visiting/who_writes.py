"""Who writes: changed in one step from wherever notes are typed, on a laptop that several share."""

from __future__ import annotations

from dataclasses import replace

from walk.model import Visit
from walk.routine.desk import Desk
from walk.routine.visiting import visit as visiting
from walk.screens.base import WalkScreen
from walk.screens.over import open_over
from walk.screens.pick import PickScreen
from walk.text import one_line
from walk.widgets.asking import Question
from walk.widgets.choice_list import Choice

KEY = "w"
"""What asks for it in the menu, as on Home."""
HIDDEN = "What another walker wrote is not shown."


def with_who(question: Question | None, desk: Desk) -> Question | None:
    """A menu that leads to the choice of who writes as well, where there is one."""
    if question is None or len(desk.walkers()) < 2:
        return question
    return replace(question, further=(*question.further, (KEY, "who writes")))


def ask(screen: WalkScreen, visit: Visit) -> None:
    """Choose who is writing; the screen opens anew for them, at the same visit."""
    desk = screen.desk

    def chosen(walker: str | None) -> None:
        if not walker or walker == desk.me:
            return
        with screen.told():
            desk.write_as(walker)
            label = one_line(desk.label, 24)
            screen.go(where(desk, visit, screen.name_in_app), visit.id, f"Writing: {label}")

    rows = [Choice(one.id, one.label, side=_state(desk, visit, one.id)) for one in desk.walkers()]
    open_over(
        screen,
        PickScreen("Who is writing on this laptop now?", rows, mark=desk.me, note=HIDDEN),
        chosen,
    )


def where(desk: Desk, visit: Visit, screen: str) -> str:
    """The screen on which the one who writes now goes on with a visit."""
    form = visiting.form_of(desk, visit)
    if form is None or screen == "hall":
        return screen
    inside = form.entered_at is not None and not visiting.has_left(form)
    return "visit" if inside and form.finished_at is None else "write"


def _state(desk: Desk, visit: Visit, walker: str) -> str:
    form = visiting.form_of(desk, visit, walker)
    if form is None:
        return ""
    return f"{visit.code}: form {'finished' if form.finished_at is not None else 'begun'}"
