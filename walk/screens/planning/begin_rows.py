"""The rows of Begin: the focuses one can choose from, and what can be adapted before the start."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from walk.focus import Template
from walk.model import MODE_WORDS
from walk.routine.planning import prepare
from walk.routine.planning.begin import OWN, Beginning
from walk.text import one_line
from walk.widgets.choice_list import Choice, heading

START = "start"
QUESTIONS = (
    "statement",
    "inquiry",
    "look_fors",
    "learning",
    "confirmation",
    "mode",
    "school",
    "label",
)
"""What can be adapted before the start, in this order; each is one page of its own."""


def focus_rows(now: Beginning, templates: Sequence[Template], found: str) -> list[Choice]:
    """The teachers' own focus, then every template that holds all the words of `found`."""
    own = now.wordings.get(OWN)
    rows = []
    if not found:
        typed = f": {own.statement}" if own and own.statement else ""
        rows.append(Choice(OWN, f"Write our own focus{typed}"))
    sought = found.casefold().split()
    for one in templates:
        text = " ".join((one.name, one.focus, *one.fits)).casefold()
        if all(word in text for word in sought):
            rows.append(Choice(one.id, one.name, side=", ".join(one.fits)))
    return rows or [Choice(OWN, f"Write our own focus: {found}")]


def ready_rows(now: Beginning) -> list[Choice]:
    """Start, then a row for each of QUESTIONS with what stands there."""
    wording = now.wording
    names = " · ".join(one.name for one in wording.look_fors)
    held = " · one not saved yet" if now.pending else ""
    confirmed = f"confirmed: {now.how}" if now.how.strip() else prepare.UNCONFIRMED
    reason = f"none named: {now.no_learning_reason}" if now.no_learning_reason else ""
    values = {
        "statement": ("Focus", wording.statement or "not yet"),
        "inquiry": ("Inquiry", wording.inquiry or "not yet"),
        "look_fors": ("Look-fors", f"{len(wording.look_fors)}{held}: {names}" if names else "none"),
        "learning": (
            "Professional learning",
            now.learning or reason or "not named; the summary will say so",
        ),
        "confirmation": ("Host teachers", confirmed),
        "mode": ("Mode", MODE_WORDS[now.mode]),
        "school": ("Host school", now.host_school or "not given"),
        "label": ("Your label", now.label or prepare.ME),
    }
    rooms = (
        "1 classroom, V1" if now.visits == 1 else f"{now.visits} classrooms, V1 to V{now.visits}"
    )
    return [
        Choice(START, f"Start now with {rooms}" if now.visits else "Start: with how many?"),
        heading("Adapt now, or later under Prepare; none of it is needed to start"),
        *(Choice(key, values[key][1], label=values[key][0]) for key in QUESTIONS),
    ]


def wording_shown(statement: str, inquiry: str) -> Content:
    """A focus in one line and its inquiry in the next, as far as there is room for them."""
    return Content.assemble((one_line(statement[:400]), "bold"), "\n", one_line(inquiry[:600]))
