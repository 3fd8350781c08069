"""The debrief sheet: the notes of a walk for the silent read on paper, ready before minute one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from walk.reports.blocks import Block, Lines, Page, Points, Quote, Say, Section, Table
from walk.reports.letter import where_and_when
from walk.reports.summary import UNCONFIRMED, counted
from walk.text import headline

RAW = "These are raw notes. Hand the sheet back after the debrief: it is destroyed with the others."
READ = "Read in silence. Mark what you want to say aloud; the numbers help to find a note again."


@dataclass(frozen=True)
class StepFact:
    """A step of the debrief."""

    title: str
    minutes: int


@dataclass(frozen=True)
class DebriefSheetFacts:
    """What the team reads. Notes come shuffled, with codes masked, without authors."""

    title: str
    host_school: str
    date: str
    """ISO date."""
    caution: str
    """The snapshot caution of the walk."""
    focus: str
    inquiries: tuple[str, ...]
    confirmed: bool
    norms: tuple[str, ...]
    steps: tuple[StepFact, ...]
    told: tuple[str, ...]
    """Which steps were shortened, and by how much."""
    noticings: tuple[str, ...]
    wonderings: tuple[str, ...]
    outstanding: tuple[str, ...] = ()
    """What could not be taken in, in words, and named by nobody."""


def debrief_sheet(facts: DebriefSheetFacts) -> Page:
    """Compose the sheet; it is as long as its notes."""
    under = where_and_when(facts.host_school, facts.date)
    first = len(facts.noticings) + 1
    return Page(
        title=f"Debrief sheet: {headline(facts.title)}" if facts.title else "Debrief sheet",
        under=under,
        sections=(
            Section("", (Say(RAW, loud=True), Say(facts.caution), *_not_in(facts))),
            Section("The inquiry", _inquiry(facts)),
            Section("Norms", (Points(facts.norms),)),
            Section("Steps", _steps(facts)),
            Section("Noticings", _notes("Noticing", facts.noticings, 1)),
            Section("Wonderings", _notes("Wondering", facts.wonderings, first)),
            Section("What I want to say aloud", (Lines("Room for what you want to say", 4),)),
        ),
    )


def _not_in(facts: DebriefSheetFacts) -> tuple[Block, ...]:
    said = "; ".join(facts.outstanding)
    return (Say(f"Not on this sheet: {said}."),) if said else ()


def _inquiry(facts: DebriefSheetFacts) -> tuple[Block, ...]:
    said = facts.inquiries or ((facts.focus,) if facts.focus else ())
    quoted: tuple[Block, ...] = tuple(map(Quote, said))
    known = quoted or (Say("None has been written down yet."),)
    return known if facts.confirmed else (*known, Say(UNCONFIRMED, loud=True))


def _steps(facts: DebriefSheetFacts) -> tuple[Block, ...]:
    held = [one for one in facts.steps if one.minutes]
    whole = sum(one.minutes for one in held)
    in_a_row = " · ".join(f"{one.title} {one.minutes}" for one in held)
    said: list[Block] = [Say(f"{in_a_row} ({counted(whole, 'minute')} in all)")]
    return (*said, *map(Say, facts.told))


def _notes(kind: str, notes: Sequence[str], first: int) -> tuple[Block, ...]:
    if not notes:
        return (Say("None was shared."),)
    rows = tuple((str(number), words, "") for number, words in enumerate(notes, start=first))
    caption = f"{kind}s in no order, with room to write"
    table = Table(caption, ("No.", kind, "My words"), rows, by_hand=True)
    return (Say(READ), table) if first == 1 else (table,)
