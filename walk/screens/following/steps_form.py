"""A next step in words and as a form to fill in, and how the walk stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, cast

from walk.clock import FORTNIGHT
from walk.errors import Refused
from walk.model import Closing, Step
from walk.model.step import Design, Level, SupportType
from walk.routine.desk import Desk
from walk.routine.following import steps
from walk.routine.following.steps_told import OUTCOMES, STATUSES
from walk.screens.ask import Ask, Points, Values
from walk.text import one_line, safe, wrap
from walk.widgets.dates import DAYS, example, short_date

POINT = "○ "
DESIGNS: tuple[tuple[str, str], ...] = (
    ("", "not the host teachers' step"),
    ("proposed", "proposed to the host teachers"),
    ("agreed", "agreed with the host teachers"),
)
"""With the host teachers: value and words."""
SUPPORTS = tuple((one, one or "none named yet") for one in steps.SUPPORT_TYPES)
"""Kinds of support: value and words."""


def standing(desk: Desk, closing: Closing | None) -> list[str]:
    """How the walk stands: what is missing to close it, or how it ended; a line each."""
    if closing is None:
        lacking = [one for one in steps.missing(desk) if not one.waived_why]
        needed = steps.missing_to_close(desk)
        others = len([one for one in lacking if one.words not in needed])
        also = f"{others} more {'thing' if others == 1 else 'things'} missing in the plan (m)"
        if not needed:
            told = (
                "This walk can be closed (c)."
                if others
                else "Nothing is missing: c closes the walk."
            )
            return [f"{told} {also}" if others else told]
        lines = ["Before it closes, this walk still needs:", *(f"{POINT}{one}" for one in needed)]
        return [*lines, also] if others else lines
    told = f"{closing.how.capitalize()} on {short_date(closing.closed_on)}"
    lines = [f"{told} · r opens it again"]
    if closing.reason:
        lines.append(f"Reason, printed: {safe(closing.reason)}")
    ends = [f"next look: {closing.next_look}"] if closing.next_look else []
    ends += [f"contact: {closing.contact}"] if closing.contact else []
    return [*lines, *([one_line(" · ".join(ends), 200)] if ends else [])]


def in_lines(told: Sequence[str], width: int) -> list[str]:
    """Lines of at most so many cells; what is wrapped of a point is set in behind its sign."""
    found: list[str] = []
    for words in told:
        first, *more = wrap(words, width)
        if more and words.startswith(POINT):
            more = [f"  {one}" for one in wrap(" ".join(more), width - len(POINT))]
        found += [first, *more]
    return found


def about_step(step: Step, bases: Mapping[str, str]) -> list[str]:
    """Who, when, with whom, and what a step rests on; a line each."""
    owner = f"{step.level}, {step.owner}" if step.owner else step.level
    when = f"by {_day(step.by_when)}" if step.by_when else "no date yet"
    support = " · ".join(one for one in (step.support_type, step.support) if one)
    parts = [dict(DESIGNS)[step.design] if step.design else ""]
    parts += [f"support: {support}" if support else "", step.horizon]
    told = [f"{owner} · {when}", " · ".join(one for one in parts if one)]
    told = [one for one in told if one]
    told.append(f"rests on {bases.get(step.rests_on, 'what is no longer here')}")
    if step.status != "open":
        how = STATUSES[step.status]
        told.append(f"{how} on {short_date(step.closed_on)} · learned: {step.learned}")
    elif step.test_change or step.evidence:
        told.append(_test(step))
    return told


def in_rows(told: Sequence[str], width: int, rows: int) -> list[str]:
    """Each of them in a row of so many cells at least; the first ones in full while rows are left.

    At most so many rows.
    """
    found: list[str] = []
    spare = max(0, rows - len(told))
    for words in told:
        lines = wrap(words, width)
        if len(lines) - 1 > spare:
            lines = [*lines[:spare], one_line(" ".join(lines[spare:]), width)]
        spare -= len(lines) - 1
        found += lines
    return found[: max(0, rows)]


def _test(step: Step) -> str:
    """The small test in a few words, else what is looked for."""
    if not step.test_change:
        return f"look for: {step.evidence}"
    when = f"study on {_day(step.study_on)}" if step.study_on else "no study date"
    return f"small test: {OUTCOMES.get(step.outcome) or when} · {step.test_change}"


def step_fields(bases: Mapping[str, str], step: Step, today: date) -> list[Ask]:
    """The fields of a step; `bases` are what it may rest on, in words, by id."""
    rests = [(id_, one_line(words, 40)) for id_, words in bases.items()]
    if step.rests_on not in bases:
        rests.append((step.rests_on, "what is no longer here"))
    return [
        Ask("What will be done", step.what, "one sentence"),
        Ask("At which level", step.level, options=tuple((one, one) for one in steps.LEVELS)),
        Ask("Owner", step.owner, "a label, such as principal or grade 6 team", one_row=True),
        coming_day_ask(step.by_when, today, "By when"),
        Ask("With the host teachers", step.design, options=DESIGNS),
        Ask("Rests on", step.rests_on, options=tuple(rests)),
        Ask("Kind of support", step.support_type, options=SUPPORTS),
        Ask("Support in words", step.support, "may stay empty", one_row=True),
    ]


def coming_day_ask(day: str, today: date, label: str = "") -> Ask:
    """A field for a day to come: it says the weekday while it is typed, and where it is over."""
    hint = f"like {example(today, FORTNIGHT)}"

    def advise(text: str) -> Points:
        told = weekday(text, today)
        over = any(ok for ok, *_ in told) and text.strip() < today.isoformat()
        return (
            tuple((False, "date", f"{day} is over already") for _, day, _ in told) if over else told
        )

    return Ask(label, day, hint, one_row=True, advise=advise)


def kept(values: Values) -> dict[str, Any]:
    """What the fields after the first hold, by the names that the routine knows."""
    _, level, owner, by_when, design, rests_on, support_type, support = values
    return {
        "level": cast(Level, level),
        "owner": owner,
        "by_when": by_when,
        "design": cast(Design, design),
        "rests_on": rests_on,
        "support_type": cast(SupportType, support_type),
        "support": support,
    }


def _day(iso: str) -> str:
    """An ISO date with its weekday; other text as it is."""
    try:
        found = date.fromisoformat(iso)
    except ValueError:
        return safe(iso)
    return f"{DAYS[found.weekday()]} {short_date(iso)}"


def weekday(text: str, today: date) -> Points:
    """What a date says of itself while it is typed; of other words, how a date is written."""
    try:
        iso = steps.date_text(text)
    except Refused:
        return ((False, "date", f"a date is written like {example(today, FORTNIGHT)}"),)
    return ((True, _day(iso), ""),) if iso else ()
