"""Typing up paper: who wrote it, about which visit, which part of the lesson; then their notes."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from walk.model.form import LessonPart
from walk.routine.visiting import paper
from walk.routine.visiting import visit as visiting
from walk.screens.base import WalkScreen
from walk.screens.over import open_over
from walk.screens.pick import PickScreen
from walk.text import one_line
from walk.widgets.asking import Question
from walk.widgets.choice_list import Choice

NOT_SAID = "not said"
"""The row for a form that does not say which part of the lesson was seen."""
PARTS = ("opening", "middle", "closing", "whole", "unknown")
DONE = Question(
    "paper",
    (("1", "next paper form"), ("2", "home"), ("3", "go on typing")),
    ask="Form done? Enter finishes it and takes the next one",
    digits="\r",
)
"""Asked after Enter in the empty line: a second Enter goes on to the next form."""


def type_up(screen: WalkScreen) -> None:
    """Ask whose form it is, and go on to its notes."""
    rows = [Choice(one.id, one.name, side=one.state) for one in paper.walkers(screen.desk)]
    _pick(screen, "Whose paper is it?", rows, "", lambda walker: _visit(screen, walker))


def _visit(screen: WalkScreen, walker: str) -> None:
    rows = [Choice(one.id, one.name, side=one.state) for one in paper.visits(screen.desk, walker)]
    open_ones = [row.id for row in rows if not row.side]
    mark = open_ones[0] if open_ones else ""
    _pick(screen, "Which visit?", rows, mark, lambda visit: _part(screen, walker, visit))


def _part(screen: WalkScreen, walker: str, visit: str) -> None:
    form = visiting.form_of(screen.desk, visiting.find(screen.desk, visit), walker)
    rows = [*(Choice(one, one) for one in PARTS), Choice(NOT_SAID, NOT_SAID)]
    mark = (form.part if form is not None else "") or NOT_SAID
    _pick(
        screen,
        "Which part of the lesson was seen?",
        rows,
        mark,
        lambda part: _begin(screen, walker, visit, part),
    )


def _begin(screen: WalkScreen, walker: str, visit: str, part: str) -> None:
    desk = screen.desk
    of = visiting.find(desk, visit)
    said = cast("LessonPart", "" if part == NOT_SAID else part)
    paper.begin(desk, walker, of, said)
    label = one_line(desk.label, 24)
    screen.go("write", visit, f"Type {label}'s notes about {of.code}; Enter in the empty line ends")


def _pick(
    screen: WalkScreen,
    title: str,
    rows: list[Choice],
    mark: str,
    then: Callable[[str], None],
) -> None:
    def picked(id_: str | None) -> None:
        if id_:
            with screen.told():
                then(id_)

    open_over(screen, PickScreen(title, rows, mark=mark), picked)
