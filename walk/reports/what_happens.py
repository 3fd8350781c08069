"""“What will happen”: a walk from before to after on one page, for host teachers and walkers."""

from __future__ import annotations

from collections.abc import Iterator

from walk.reports.blocks import Block, Page, Quote, Say, Section, Table
from walk.reports.letter import long_date
from walk.reports.plan_facts import (
    PlanFacts,
    hhmm,
    place_and_date,
    span,
    starts_at,
    unconfirmed,
)
from walk.reports.summary import counted, listed

_HEAD = ("When", "What")
_DAY = (*_HEAD, "Minutes")
Row = tuple[str, ...]


def overview(facts: PlanFacts) -> Page:
    """The page; times of day stand where they are planned, else minutes alone."""
    return Page(
        "What will happen on the Learning Walk",
        place_and_date(facts),
        (
            Section("", tuple(_opening(facts))),
            Section("Before", (Table("Before the walk", _HEAD, tuple(_before(facts))),)),
            Section("On the day", tuple(_during(facts))),
            Section("After", (Table("After the walk", _HEAD, tuple(_after(facts))),)),
        ),
    )


def _opening(facts: PlanFacts) -> Iterator[Block]:
    rooms = counted(len(facts.visits), "classroom")
    by = f" set by {facts.set_by}" if facts.set_by else " set by the host teachers"
    yield Say(f"Walkers visit {rooms} for one focus,{by}, and learn with the school from it.")
    if facts.inquiries:
        yield from map(Quote, facts.inquiries)
    elif facts.focus:
        yield Quote(facts.focus)
    yield from unconfirmed(facts)


def _before(facts: PlanFacts) -> Iterator[Row]:
    met = listed(facts.met) or "an administrator and the host teachers"
    yield (
        long_date(facts.meeting_date) or "first",
        f"Focus meeting ({met}): focus, inquiry, prompts, what visitors may ask students",
    )
    yield (
        long_date(facts.notice_given) or "then",
        "Notice to the host teachers: who comes when and for what, the blank form, the agreement",
    )
    yield "by the day before", "Students hear that visitors may come"
    yield "by the day before", "Walkers go through the checklist of each visit"


def _during(facts: PlanFacts) -> Iterator[Block]:
    made = facts.rotation
    if made and made.stops:
        slots = dict.fromkeys(hhmm(stop.enter) for stop in made.stops)
        yield Say(f"Stops begin at {listed(tuple(slots))}. Everything ends at {hhmm(made.ends)}.")
    yield Table("On the day of the walk", _DAY, tuple(_day(facts)))


def _day(facts: PlanFacts) -> Iterator[Row]:
    minutes, made = facts.minutes, facts.rotation
    start = starts_at(facts)
    first = made.stops[0].enter if made and made.stops else None
    orientation = span(made.starts, first) if made and first else f"from {start}" if start else ""
    yield (
        orientation or "first",
        "Orientation: purpose, norms, the focus, one practice note",
        str(minutes.orientation),
    )
    yield (
        f"from {hhmm(first)}" if first else "then",
        "Visit: a team comes in quietly, watches students, task and teacher, and moves on in time",
        str(minutes.visit),
    )
    yield "right after", "Silent write: each walker finishes their own form", str(minutes.write)
    yield (
        "right after",
        f"Hall talk: what was seen and heard, then questions; {_spot(facts)}",
        str(minutes.hall),
    )
    yield "then", "Move to the next classroom, and the same again", str(minutes.move)
    recorded = [visit.code for visit in facts.visits if visit.mode == "recorded"]
    if recorded:
        yield (
            "at any time",
            f"Recorded segments ({listed(recorded)}): watched without a slot, once or again",
            "",
        )
    yield (
        span(made.debrief_starts, made.ends) if made else "last",
        "Debrief of all walkers, and of host teachers who wish: notes are read in silence with "
        "authors hidden, described, grouped; then trends across classrooms, then next steps",
        str(minutes.debrief),
    )


def _spot(facts: PlanFacts) -> str:
    return f"at this spot: {facts.talk_spot}" if facts.talk_spot else "away from doors and ears"


def _after(facts: PlanFacts) -> Iterator[Row]:
    yield (
        "within days",
        "Staff summary: trends across classrooms, wonderings and next steps; no name, no room",
    )
    if facts.individual_notes:
        yield "within days", "A note to one teacher, where that teacher has asked for it"
    yield (
        "with dates",
        "Next steps: one owned by a leader, one designed together with the host teachers",
    )
    yield (
        long_date(facts.keep_until) or "no date set",
        "Raw notes are kept until then, to be cleared",
    )
    yield "next walk", "Open steps come first: what was tried, what was learned"
