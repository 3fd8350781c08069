"""The agenda page: one page for a meeting that teachers hold anyway, so that none is added."""

from __future__ import annotations

from collections.abc import Iterator

from walk.reports.blocks import Block, Lines, Page, Points, Quote, Say, Section, Table, Trends
from walk.reports.letter import (
    NO_DATE,
    confirmed,
    kept_until,
    long_date,
    next_look,
    trend_entries,
    where_and_when,
)
from walk.reports.summary import WalkFacts, caution, may_show, without_codes
from walk.text import headline

EXAMPLES_MOST = 1
"""Examples beside a trend: the letter has the others."""
PLAN: tuple[tuple[str, str], ...] = (
    ("5", "Read the inquiry and the trends in silence. Mark one line."),
    ("10", "Each says one thing: where have I seen this with my students, or the other way round?"),
    ("10", "One wondering, with student work on the table: what do we notice?"),
    ("10", "One small try: what do we change, and what do we think students will do?"),
    ("5", "Who brings what to the next meeting?"),
)
"""(minutes, what) of a meeting; a suggestion, as the agenda is the team's own."""


def agenda(facts: WalkFacts) -> Page:
    """Compose the page from what the staff summary may say."""
    facts = without_codes(facts)
    under = where_and_when(facts.host_school, facts.date)
    title = f"Agenda page: {headline(facts.title)}" if facts.title else "Agenda page"
    sections = _off(facts) if facts.called_off else tuple(_sections(facts))
    return Page(title, under, sections)


def _off(facts: WalkFacts) -> tuple[Section, ...]:
    said = "The walk was called off, so there is nothing to look at from it."
    blocks: list[Block] = [Say(said), Say(caution(facts))]
    if facts.confirmation is None:
        blocks.append(confirmed(None))
    return (Section("", tuple(blocks)),)


def _sections(facts: WalkFacts) -> Iterator[Section]:
    shown = may_show(facts.visits)
    blocks: list[Block] = [Say(caution(facts))]
    if facts.visits and shown.why:
        blocks.append(Say(shown.why))
    yield Section("", tuple(blocks))
    words = facts.inquiries or ((facts.focus,) if facts.focus else ())
    quoted: tuple[Block, ...] = tuple(map(Quote, words))
    known = quoted or (Say("None has been written down yet."),)
    yield Section("The inquiry", (*known, confirmed(facts.confirmation)))
    yield from _trends(facts)
    if facts.open_wonderings:
        yield Section("Wonderings to take up", (Points(facts.open_wonderings),))
    yield Section("In this meeting", _meeting())
    yield Section("One small try", (_try(), Lines("Room for notes of the meeting", 2)))
    yield Section("What others do meanwhile", (_steps(facts),))
    yield Section("Afterwards", (Say(f"{next_look(facts)} {kept_until(facts)}"),))


def _trends(facts: WalkFacts) -> Iterator[Section]:
    found = {kind: trend_entries(facts, kind, EXAMPLES_MOST) for kind in ("asset", "need")}
    if not any(found.values()):
        yield Section("Trends", (Say("No trends have been stated yet."),))
    for kind, heading in (
        ("asset", "What is working for learning"),
        ("need", "What calls for attention or support"),
    ):
        if found[kind]:
            yield Section(heading, (Trends(found[kind]),))


def _meeting() -> tuple[Block, ...]:
    whole = sum(int(minutes) for minutes, _ in PLAN)
    said = f"A suggestion of {whole} minutes; the team's own agenda goes first."
    rows = tuple(PLAN)
    points = tuple(f"{minutes} min: {what}" for minutes, what in PLAN)
    return (Say(said), Table("A suggested agenda", ("Minutes", "What"), rows, said=points))


def _try() -> Table:
    head = ("What we change", "What students will do", "What we look at", "When we look again")
    return Table("One small try, to fill in", head, (("", "", "", ""),), by_hand=True)


def _steps(facts: WalkFacts) -> Block:
    standing = [one for one in facts.steps if one.status == "open"]
    if not standing:
        return Say("No next step is open.")
    rows = tuple(
        (one.what, one.owner or one.level, long_date(one.by_when) or NO_DATE) for one in standing
    )
    said = tuple(f"{who}: {what} ({when})" for what, who, when in rows)
    return Table("Open next steps", ("What", "Who", "By when"), rows, said=said)
