"""The rotation as a table: slot by slot where each team is, and what could not be planned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from walk.model import NOT_VISITED
from walk.reports.blocks import Block, Page, Points, Say, Section, Table
from walk.reports.plan_facts import (
    PlanFacts,
    RotationFacts,
    StopFact,
    as_of,
    hhmm,
    place_and_date,
    span,
    unconfirmed,
    why_words,
)
from walk.reports.slips import NO_ROTATION
from walk.reports.summary import counted
from walk.text import headline, team_called

KEPT = "\N{NO-BREAK SPACE}"
"""Keeps a team and its visit on one line."""


def rotation_page(facts: PlanFacts, *, team: str = "") -> Page:
    """The page, for all teams or for one."""
    made = facts.rotation
    title = f"Rotation: {headline(facts.title)}" if facts.title else "Rotation"
    cycle = (Say(facts.cycle),) if facts.cycle else ()
    if made is None:
        return Page(title, place_and_date(facts), (Section("", (*cycle, Say(NO_ROTATION))),))
    stops = [stop for stop in made.stops if team in ("", stop.team)]
    sections = [
        Section(
            "", (*unconfirmed(facts), *cycle, Say(_in_short(made, team)), *_table(stops, team))
        ),
        *_beside(made),
    ]
    return Page(title, place_and_date(facts), tuple(sections))


def _in_short(made: RotationFacts, team: str) -> str:
    who = team_called(team, "team") if team else counted(len(made.teams), "team")
    slots = counted(len({stop.slot for stop in made.stops}), "slot")
    return (
        f"{who} · {slots} · orientation {hhmm(made.starts)} · "
        f"debrief {span(made.debrief_starts, made.ends)} · {as_of(made)}"
    )


def _table(stops: list[StopFact], team: str) -> Iterator[Block]:
    if not stops:
        yield Say(NO_ROTATION)
        return
    # One row for all who go in and out together; a plan that was made elsewhere may differ.
    rows: dict[tuple[str, ...], list[str]] = {}
    for stop in stops:
        when = (
            str(stop.slot),
            span(stop.enter, stop.leave),
            hhmm(stop.write_until),
            hhmm(stop.talk_until),
        )
        rows.setdefault(when, []).append(stop.code if team else f"{stop.team}:{KEPT}{stop.code}")
    last = "Visit" if team else "Team: visit"
    head = ("Slot", "In the room", "Write until", "Talk until", last)
    table = tuple((*when, " · ".join(where)) for when, where in rows.items())
    yield Table("The rotation, slot by slot", head, table)


def _beside(made: RotationFacts) -> Iterator[Section]:
    held = Counter(stop.code for stop in made.stops)
    if held:
        told = " · ".join(f"{code}: {number}" for code, number in sorted(held.items(), key=_order))
        yield Section("Stops at each visit", (Say(told),))
    if made.recorded:
        words = "Watched as a segment, without a slot: "
        yield Section("Recorded", (Say(words + " · ".join(made.recorded)),))
    if made.dropped:
        yield Section("Not visited", (Points(tuple(_missed(*one) for one in made.dropped)),))
    if made.warnings:
        yield Section("To look at", (Points(made.warnings),))


def _order(visit: tuple[str, int]) -> tuple[int, str]:
    """V2 before V10."""
    return len(visit[0]), visit[0]


def _missed(visit: str, why: str) -> str:
    return visit if why == NOT_VISITED else f"{visit}: {why_words(why)}"
