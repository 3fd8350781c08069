"""The visit sheet: what was written about one visit, for the teacher who opened that classroom.

It has no authors, no clock times, no trend and nothing of another classroom.
"""

from __future__ import annotations

from dataclasses import dataclass

from walk.reports.blocks import Block, Lines, Page, Points, Quote, Say, Section
from walk.reports.letter import confirmed, long_date, sentence, where_and_when
from walk.reports.summary import ConfirmationFact, counted, listed, snapshot

NO_JUDGEMENT = "It is no judgement of your teaching."
PARTS = {
    "opening": "the opening",
    "middle": "the middle",
    "closing": "the closing",
    "whole": "the whole of it",
}
"""Parts of a lesson, in words."""


@dataclass(frozen=True)
class VisitFacts:
    """What a paper about one visit says of it. Codes are masked in people's words already."""

    code: str
    title: str
    host_school: str
    date: str
    """ISO date."""
    mode: str
    """As in walk.model.visit.Mode."""
    minutes: tuple[int, ...]
    """Minutes seen, one number a form; forms of one stop repeat, so they are never added up."""
    parts: tuple[str, ...]
    """Parts of the lesson that were seen, as in walk.model.form.LessonPart, each once."""
    inquiries: tuple[str, ...]
    focus: str
    confirmation: ConfirmationFact | None
    who_sees_raw: str
    keep_until: str
    """ISO date; may be empty."""
    contact: str


@dataclass(frozen=True)
class VisitSheetFacts:
    """A visit and the shared notes of it."""

    visit: VisitFacts
    noticings: tuple[str, ...]
    wonderings: tuple[str, ...]
    left_out: int = 0
    """Shared notes that wait at the door of names."""
    teams: int = 0
    """Forms on which nothing was seen on the inquiry: a full answer."""


def visit_sheet(facts: VisitSheetFacts) -> Page:
    """Compose the sheet of one visit."""
    visit = facts.visit
    return Page(
        title=f"Visit sheet {visit.code}",
        under=place_and_date(visit),
        sections=(
            Section("", tuple(_opening(facts))),
            Section("The inquiry", inquiry(visit)),
            Section("Noticings", (_noticings(facts),)),
            Section("Wonderings", (_points(facts.wonderings, "None was written."),)),
            Section(
                "Your answer",
                (
                    Say("What would you add or put right? What do you wonder yourself?"),
                    Lines("Room for your answer", 5),
                ),
            ),
            Section("How this is used", (Say(_used(visit)),)),
        ),
    )


def place_and_date(visit: VisitFacts) -> str:
    """Where and when."""
    return where_and_when(visit.host_school, visit.date)


def inquiry(visit: VisitFacts) -> tuple[Block, ...]:
    """The inquiry as the teachers wrote it, and whether it is confirmed."""
    said = visit.inquiries or ((visit.focus,) if visit.focus else ())
    quoted: tuple[Block, ...] = tuple(map(Quote, said))
    return (*(quoted or (Say("None has been written down yet."),)), confirmed(visit.confirmation))


def seen(visit: VisitFacts) -> str:
    """How little was seen, with the part of the lesson where walkers wrote it down."""
    parts = listed([PARTS[one] for one in visit.parts if one in PARTS])
    words = snapshot(1, visit.minutes, (visit.mode,), NO_JUDGEMENT)
    return f"{words} Part of the lesson seen: {parts}." if parts else words


def _opening(facts: VisitSheetFacts) -> list[Block]:
    words = (
        "Thank you for opening your classroom. You may see what was written about your own visit: "
        "here it is, as it was shared, without authors and in no order. It is about this visit "
        "alone."
    )
    said: list[Block] = [Say(words), Say(seen(facts.visit))]
    if facts.left_out:
        left = counted(facts.left_out, "note is", "notes are")
        said.append(Say(f"{left} left out, as something in it may name a person.", loud=False))
    return said


def _noticings(facts: VisitSheetFacts) -> Block:
    nothing = "None was written."
    if facts.teams:
        nothing = "Nothing was seen on this inquiry; that is a full answer."
    return _points(facts.noticings, nothing)


def _points(items: tuple[str, ...], none: str) -> Block:
    return Points(items) if items else Say(none)


def _used(visit: VisitFacts) -> str:
    raw = f"Raw notes are seen by {sentence(visit.who_sees_raw)} " if visit.who_sees_raw else ""
    until = "No date has been set for clearing them."
    if visit.keep_until:
        until = f"They are kept until {long_date(visit.keep_until)}, to be cleared then."
    ask = f" Questions and answers: {sentence(visit.contact)}" if visit.contact else ""
    return (
        f"{raw}{until} The sheet is yours; no copy of it is filed by name. You may take your visit "
        f"back: no reason is asked or kept.{ask}"
    )
