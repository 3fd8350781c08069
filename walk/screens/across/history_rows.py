"""Walks over time in rows and lines: what came of a walk, short and in full."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from walk.reports.summary import UNCONFIRMED
from walk.routine.across.history import PastStep, PastWalk
from walk.routine.following.steps_told import OUTCOMES, STATUSES
from walk.text import cell_width, headline, wrap
from walk.widgets.choice_list import Choice
from walk.widgets.dates import short_date

WORDS_LOOKED_AT = 400
SEPARATOR = " · "
NOTHING = "No trend and no next step yet."
TOO_SMALL = "Fewer than three classrooms were visited, so none are counted here."


def walk_row(walk: PastWalk, today: date, width: int) -> Choice:
    """A walk on one row: its date, its title, and what came of it in counts.

    Of a window so wide half a row is for counts and state; what does not fit is told below in full.
    """
    came = walk.came_of_it()
    state = "" if walk.state == "closed" and came else walk.state
    counts = came.split(SEPARATOR) if came else []
    while counts and cell_width(SEPARATOR.join((*counts, state))) > width // 2:
        counts.pop()  # the state is never cut, and of the counts the last ones go first
    side = SEPARATOR.join(one for one in (*counts, state) if one)
    when = short_date(walk.date, today) or "no date"
    return Choice(
        walk.id, (headline(walk.title) or "(no title)")[:WORDS_LOOKED_AT], label=when, side=side
    )


def full_lines(walk: PastWalk, mask: Callable[[str], str], width: int, today: date) -> list[str]:
    """All that came of a walk, in lines: stage, assets, needs, next steps, what was learned.

    `mask` takes its visit codes out.
    """
    told = [f"{walk.state} · inquiry cycle: {walk.stage}" if walk.stage else walk.state]
    told += [] if walk.confirmed else [UNCONFIRMED]
    told += [mask(one.in_words(counts=walk.counts)) for one in walk.trends]
    told += [TOO_SMALL] if walk.trends and not walk.counts else []
    for step in walk.steps:
        told += [mask(one) for one in _step(step, today)]
    told += [] if walk.trends or walk.steps else [NOTHING]
    return [line for one in told for line in _set_in(one, width)]


def _set_in(words: str, width: int) -> list[str]:
    """The lines of one entry; from the second on they are set in, so that entries stand apart."""
    first, *more = wrap(words, width - 2)
    return [first, *(f"  {one}" for one in more)]


def _step(step: PastStep, today: date) -> list[str]:
    late = step.status == "open" and "" < step.by_when < today.isoformat()
    parts = [
        STATUSES.get(step.status, step.status),
        f"by {short_date(step.by_when, today)}" if step.by_when else "no date",
        "date passed" if late else "",
        OUTCOMES.get(step.outcome, ""),
    ]
    lines = [
        f"step, {step.level}: {headline(step.what)} ({', '.join(one for one in parts if one)})"
    ]
    learned = step.learned or step.studied
    return [*lines, f"  learned: {learned}"] if learned else lines
