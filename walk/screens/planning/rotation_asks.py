"""The fields in which a number or a time of the rotation is typed, by the row they change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from walk.model import Rules
from walk.routine.desk import Desk
from walk.routine.planning import places, times
from walk.screens.ask import Ask


@dataclass(frozen=True, slots=True)
class Asked:
    """One row's field, and what saves it."""

    title: str
    ask: Ask
    save: Callable[[str], object]
    note: str = ""


def asked(desk: Desk, key: str) -> Asked | None:
    """The field of a row; None for a row that nothing can be typed for."""
    rules = desk.rules
    kind, _, part = key.partition(" ")
    if kind == "minutes" and part in times.PARTS:
        return _minutes(desk, rules, part)
    found: dict[str, Callable[[Desk, Rules], Asked]] = {
        "start": start,
        "slots": _slots,
        "bells": _bells,
        "stops": _stops,
        "size": _size,
        "lenses": _lenses,
    }
    return found[kind](desk, rules) if kind in found else None


def start(desk: Desk, rules: Rules) -> Asked:
    """When orientation begins."""
    ask = Ask("", rules.start, hint="such as 08:50", one_row=True)
    return Asked("When does the walk start?", ask, lambda typed: times.set_start(desk, typed))


def _minutes(desk: Desk, rules: Rules, part: str) -> Asked:
    one = times.PARTS[part]
    ask = Ask("Minutes", str(times.minutes(rules, part)), one_row=True)

    def save(typed: str) -> None:
        number = times.number_of(typed, one.label, times.MINUTES_MOST, one.least)
        times.set_minutes(desk, part, number)

    return Asked(f"{one.label}: {one.words}", ask, save)


def _slots(desk: Desk, rules: Rules) -> Asked:
    ask = Ask("", str(rules.slots or ""), hint="empty: as few as needed", one_row=True)

    def save(typed: str) -> None:
        times.set_slots(desk, times.number_of(typed, "Slots", times.SLOTS_MOST))

    return Asked("How many slots?", ask, save)


def _bells(desk: Desk, rules: Rules) -> Asked:
    words = ", ".join(f"{begin}-{end}" for begin, end in rules.bells)
    ask = Ask("", words, hint="such as 09:40-09:45, 10:30-10:35")
    note = "No stop crosses one; the silent write and the hall talk may lie in it."
    return Asked("Bells, lunch and the like", ask, lambda typed: times.set_bells(desk, typed), note)


def _stops(desk: Desk, rules: Rules) -> Asked:
    ask = Ask("", str(rules.stops_per_visit_at_most or ""), hint="empty: no cap", one_row=True)
    title = "How many teams may come into one classroom?"
    return Asked(title, ask, lambda typed: times.set_stops_at_most(desk, typed))


def _size(desk: Desk, rules: Rules) -> Asked:
    ask = Ask("", str(rules.team_size_at_most or ""), hint="empty: no cap", one_row=True)
    title = "How many walkers may a team have?"
    return Asked(title, ask, lambda typed: times.set_team_size(desk, typed))


def _lenses(desk: Desk, rules: Rules) -> Asked:
    words = ", ".join(rules.lens_in_every_visit)
    ask = Ask("", words, hint="such as mathematics, language", one_row=True)
    title = "Lenses wanted in every classroom"
    return Asked(title, ask, lambda typed: times.set_lenses(desk, typed))


def print_asks(desk: Desk) -> list[Ask]:
    """The folder, and where rooms are known here, whether the slips name them."""
    name = f"rotation-{desk.walk.date}" if desk.walk.date else "rotation"
    asks = [Ask("Folder", name, hint="such as rotation", one_row=True)]
    if places.read(desk).places:
        options = (("no", "no, codes only"), ("yes", "yes: such a paper names rooms"))
        asks.append(Ask("Rooms on the slips", options=options))
    return asks


def print_note(fresh: bool) -> str:
    """What is written, and where it lies."""
    old = "" if fresh else "It was made before the plan changed: m makes it again. "
    return (
        f"{old}A table, a slip and a calendar file for each team. The folder lies in {Path.cwd()} "
        "unless you name one in full."
    )
