"""The rows of Prepare: what is not there yet first, then its pages, the plan and the look-fors."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from walk.model import Focus
from walk.routine.planning import prepare
from walk.routine.planning.prepare import PlanView
from walk.routine.planning.ready import Concern
from walk.screens.planning.concerns import look_again
from walk.screens.planning.plan_list import NOT_SAVED
from walk.widgets.choice_list import Choice, heading
from walk.widgets.dates import short_date

NOT_YET, DONE = "○", "✓"


def rows(
    view: PlanView, pages: Sequence[Choice], concerns: Iterable[Concern], today: date
) -> list[Choice]:
    """All rows of the hub; `pages` lead to the other pages of the plan."""
    lacking, there = _plan(view, today)
    found: list[Choice] = []
    if lacking:
        found += [heading("Not yet; none of it stops a walk"), *lacking]
    return [
        *found,
        *look_again(concerns),
        heading("Pages"),
        *pages,
        heading("The plan"),
        *there,
        heading("Look-fors"),
        *_look_fors(view),
    ]


def to_give(lead: bool) -> list[Choice]:
    """The row that gives the plan to every laptop; on the laptop that made it."""
    return [Choice("give", "give the plan to every laptop", label="g")] if lead else []


def with_unsaved(rows: Iterable[Choice], unsaved: Collection[str]) -> list[Choice]:
    """The rows, of which those in `unsaved` say that typed words wait there."""
    return [one._replace(side=NOT_SAVED) if one.id in unsaved else one for one in rows]


def _plan(view: PlanView, today: date) -> tuple[list[Choice], list[Choice]]:
    """What is lacking, and what is there."""
    focus, walk = view.focus, view.walk
    lacking: list[Choice] = []
    there: list[Choice] = []

    def put(done: bool, id: str, label: str, words: str) -> None:
        sign = DONE if done else NOT_YET
        (there if done else lacking).append(Choice(id, words, label=f"{sign} {label}"))

    put(bool(focus.statement), "focus", "Focus", focus.statement or "not yet")
    for number, inquiry in enumerate(focus.inquiries):
        put(True, f"inquiry {number}", "Inquiry", inquiry)
    if not focus.inquiries:
        put(False, "inquiry 0", "Inquiry", "no inquiry yet")
    learning = focus.professional_learning
    reason = f"none named: {focus.no_learning_reason}" if focus.no_learning_reason else ""
    words = learning or reason or "none named; the summary will say so"
    put(bool(learning or reason), "learning", "Professional learning", words)
    put(focus.confirmed, "confirmation", "Host teachers", _confirmed(focus, today))
    put(bool(walk.host_school), "school", "Host school", walk.host_school or "not given")
    put(True, "date", "Date", _date(walk.date, today))
    words = f"{_date(walk.keep_until, today)}; raw notes are kept no longer"
    put(True, "keep", "Keep until", words)
    put(True, "zone", "Time zone", walk.zone or "that of this laptop")
    if not [one for one in view.look_fors if not one.imported]:
        lacking.append(Choice("look_for new", "no look-fors yet", label=f"{NOT_YET} Look-fors"))
    return lacking, there


def _confirmed(focus: Focus, today: date) -> str:
    """How the host teachers stand to the wording; what was confirmed before leaves its trace."""
    said = focus.confirmation
    if said is None:
        changes = focus.changes
        words = prepare.UNCONFIRMED
        if changes:
            words += f"; a confirmed wording was changed on {_date(changes[-1].on, today)}"
        return words
    many = f", {said.how_many} teachers" if said.how_many else ""
    return f"confirmed on {_date(said.on, today)}: {said.how}{many}"


def _date(iso: str, today: date) -> str:
    return short_date(iso, today) if iso else "not given"


def _look_fors(view: PlanView) -> Iterable[Choice]:
    for number, one in enumerate(view.look_fors, start=1):
        side = "imported" if one.imported else one.about
        words = f"{one.name}: {one.text}" if one.text else one.name
        yield Choice(f"look_for {one.id}", words, label=str(number), side=side)
    if [one for one in view.look_fors if not one.imported]:
        yield Choice("look_for new", "add a look-for", label="a")
