"""The fields of one classroom."""

from __future__ import annotations

from datetime import date

from walk.model import Visit
from walk.routine.planning import hours, rooms
from walk.screens.ask import Ask
from walk.screens.planning.plan_asks import inquiry_ask


def visit_asks(visit: Visit, today: date) -> list[Ask]:
    """When it is open, its coarse bands, when its segment came, and its own inquiry."""
    asks = [
        Ask(
            "Open at (from and to, with commas between several)",
            hours.windows_words(visit.windows),
            "such as 08:50-09:40, 10:00-10:30; empty: any time",
            one_row=True,
            advise=hours.advice_on_windows,
        ),
        Ask(
            "Grade band, coarse",
            visit.grade_band,
            "such as 3–5; may stay empty",
            one_row=True,
            advise=rooms.grade_advice,
        ),
        Ask(
            "Subject band, coarse",
            visit.subject_band,
            "such as mathematics; may stay empty",
            one_row=True,
            advise=rooms.subject_advice,
        ),
    ]
    if visit.mode == "recorded":
        hint = f"a date such as {today.isoformat()}; empty: not yet"
        asks.append(Ask("Segment received on", visit.received_on, hint, one_row=True))
    # An empty field means the walk's inquiry, so there is nothing to say about it then.
    advise = inquiry_ask(visit.inquiry).advise
    asks.append(
        Ask(
            "An inquiry of its own, in place of the walk's",
            visit.inquiry,
            "empty: the walk's inquiry",
            advise=(lambda words: advise(words) if words.strip() else []) if advise else None,
        )
    )
    return asks
