"""The teacher note: for one teacher who asked for it, about one visit, compared with nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from walk.reports.blocks import Block, Lines, Page, Points, Say, Section, Table
from walk.reports.letter import long_date, sentence
from walk.reports.visit_sheet import VisitFacts, inquiry, place_and_date, seen

COPIES = {
    "": "Who keeps a copy has not been agreed yet.",
    "host": "You keep the only copy on paper.",
    "host and partner": "You and the person who talked with you each keep a copy on paper.",
}
"""Who keeps a copy, as in walk.model.teacher_note.Copies, in words."""


@dataclass(frozen=True)
class TeacherNoteFacts:
    """What the note says. Codes are masked in people's words already."""

    visit: VisitFacts
    progress: tuple[tuple[str, str], ...]
    """Mark Progress: a move, and what students did then."""
    noticings: tuple[str, ...]
    wonderings: tuple[str, ...]
    response: str
    wants_next: str
    talked_on: str
    """ISO date; may be empty."""
    talked_with: str
    shown_on: str
    """ISO date; may be empty."""
    copies: str


def teacher_note(facts: TeacherNoteFacts) -> Page:
    """Compose the note."""
    visit = facts.visit
    asked = (
        "You asked for this note. It is about your own visit alone, and it is kept apart from the "
        "staff summary."
    )
    sections = [
        Section("", (Say(asked), Say(seen(visit)))),
        Section("The inquiry", inquiry(visit)),
        *_seen(facts),
        Section("Your response", (_said_or_lines(facts.response, "Room for your response"),)),
        Section(
            "What you want next",
            (_said_or_lines(facts.wants_next, "Room for what you want next", 2),),
        ),
        Section("Our conversation", (Say(_conversation(facts)), Say(_kept(facts)))),
    ]
    return Page(f"A note on your visit {visit.code}", place_and_date(visit), tuple(sections))


def _seen(facts: TeacherNoteFacts) -> Iterator[Section]:
    if facts.progress:
        rows = tuple((move or "—", effect or "—") for move, effect in facts.progress)
        table = Table(
            "What was done, and what students did then",
            ("What you did", "What students did then"),
            rows,
            said=tuple(f"{move} → {effect}" for move, effect in rows),
        )
        yield Section("What moved learning", (table,))
    if facts.noticings:
        yield Section("Noticings", (Points(facts.noticings),))
    if not (facts.progress or facts.noticings):
        yield Section("Noticings", (Say("Nothing has been chosen for this note yet."),))
    if facts.wonderings:
        yield Section("To think about together", (Points(facts.wonderings),))


def _said_or_lines(text: str, label: str, lines: int = 4) -> Block:
    return Say(text) if text else Lines(label, lines)


def _conversation(facts: TeacherNoteFacts) -> str:
    if not (facts.talked_on or facts.talked_with):
        return "We have not talked about it yet: when and with whom is for you to say."
    when = f" on {long_date(facts.talked_on)}" if facts.talked_on else ""
    who = f" with {sentence(facts.talked_with)}" if facts.talked_with else "."
    return f"We talk about it{when}{who}" if who != "." else f"We talk about it{when}."


def _kept(facts: TeacherNoteFacts) -> str:
    given = f"Given to you on {long_date(facts.shown_on)}. " if facts.shown_on else ""
    until = facts.visit.keep_until
    goes = "What walk keeps of it goes with the raw notes of the walk"
    when = f", by {long_date(until)}" if until else ""
    return f"{given}{COPIES.get(facts.copies, COPIES[''])} {goes}{when}; it is in no other file."
