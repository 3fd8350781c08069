"""The staff summary as headings, paragraphs and lists: what it says, not how it looks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from walk.reports.chart import Bar
from walk.reports.notice import TRADEMARK_NOTICE
from walk.reports.summary import (
    MOST_EXAMPLES,
    UNCONFIRMED,
    ConfirmationFact,
    StepFact,
    TrendFact,
    WalkFacts,
    caution,
    counted,
    lacking_steps,
    listed,
    may_show,
    printed_basis,
    printed_trends,
    without_codes,
)

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


NO_DATE = "no date yet"
"""Printed for a step that nobody has dated."""


@dataclass(frozen=True)
class Say:
    """A paragraph. A loud one warns and must not be overlooked."""

    text: str
    loud: bool = False


@dataclass(frozen=True)
class Quote:
    """Words of the host teachers, printed as they wrote them."""

    text: str


@dataclass(frozen=True)
class Points:
    """A list."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class TrendEntry:
    """A trend by its number in this letter."""

    number: int
    statement: str
    counts: str
    """A phrase; empty when counts are left out."""
    examples: tuple[str, ...]


@dataclass(frozen=True)
class Trends:
    """Trends of one kind."""

    entries: tuple[TrendEntry, ...]


@dataclass(frozen=True)
class Chart:
    """Classrooms per trend."""

    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class StepEntry:
    """A next step, in four columns."""

    what: str
    who: str
    by_when: str
    standing: str
    """How it stands: status, design, support, what it rests on."""

    def in_one_line(self) -> str:
        """Say the step where there is no room for columns."""
        due = self.by_when if self.by_when == NO_DATE else f"by {self.by_when}"
        return f"{self.who}, {due}: {self.what} ({self.standing})"


@dataclass(frozen=True)
class Steps:
    """The table of next steps."""

    entries: tuple[StepEntry, ...]


Block = Say | Quote | Points | Trends | Chart | Steps


@dataclass(frozen=True)
class Section:
    """A heading, which may be empty, and what stands below it."""

    heading: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Letter:
    """The whole letter. Every text still has to be made safe by whoever shows it."""

    title: str
    place_and_date: str
    sections: tuple[Section, ...]
    notice: str


def long_date(text: str) -> str:
    """Say an ISO date in words, "14 October 2025"; other text comes back as it is."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def letter(facts: WalkFacts) -> Letter:
    """Compose the staff summary, or the short word about a walk that was called off."""
    facts = without_codes(facts)
    sections = _called_off(facts) if facts.called_off else _took_place(facts)
    where_and_when = [facts.host_school, long_date(facts.date)]
    return Letter(
        title=f"Staff summary: {facts.title}"
        if facts.title
        else "Staff summary of a Learning Walk",
        place_and_date=", ".join(part for part in where_and_when if part),
        sections=sections,
        notice=TRADEMARK_NOTICE,
    )


def _took_place(facts: WalkFacts) -> tuple[Section, ...]:
    return (
        Section("", _opening(facts)),
        Section("The focus and the inquiry", _focus(facts)),
        Section("How the notes are used", (Say(_notes(facts)),)),
        *_trends(facts),
        Section("Wonderings for the staff", (_wonderings(facts),)),
        Section("Next steps", (_next_steps(facts),)),
        Section("What comes next", _ending(facts)),
    )


def _called_off(facts: WalkFacts) -> tuple[Section, ...]:
    """Say that the walk did not take place; nothing is concluded from what may have been seen."""
    words = "Thank you for getting ready for this walk. It was called off and did not take place."
    if facts.visits:
        words = "Thank you for getting ready for this walk. It was called off before its end."
    reason = f"Reason given: {sentence(facts.closing_reason)}" if facts.closing_reason else ""
    close = f"No trends were drawn. {_keep_until(facts) if facts.visits else ''}"
    texts = [words, reason, caution(facts), close, _next_look(facts)]
    said = [Say(text.strip()) for text in texts if text]
    if facts.confirmation is None:
        said.append(confirmed(facts.confirmation))
    return (Section("", tuple(said)),)


# Opening and focus ---------------------------------------------------------------------------


def _opening(facts: WalkFacts) -> tuple[Block, ...]:
    thanks = "Thank you for getting ready to open your classrooms."
    if facts.visits:
        when = f" on {long_date(facts.date)}" if facts.date else ""
        rooms = counted(facts.visits, "classroom")
        thanks = f"Thank you for opening {rooms} to us{when}. We came to learn with you."
    blocks: list[Block] = [Say(thanks), Say(caution(facts))]
    shown = may_show(facts.visits)
    if facts.visits and shown.why:
        blocks.append(Say(shown.why))
    if shown.bands:
        bands = (("Grades", facts.grade_bands), ("Subjects", facts.subject_bands))
        lines = [f"{name}: {listed(found)}." for name, found in bands if found]
        blocks += [Say(" ".join(lines))] if lines else []
    if missing := _not_in_yet(facts):
        blocks.append(Say(missing))
    return tuple(blocks)


def _not_in_yet(facts: WalkFacts) -> str:
    """Say what this letter could not take in, by number and never by name."""
    parts = []
    if facts.missing_walkers:
        parts.append(f"the notes of {counted(len(facts.missing_walkers), 'walker')}")
    if facts.unshared_notes:
        parts.append(counted(facts.unshared_notes, "note not yet shared", "notes not yet shared"))
    return f"Still outstanding and not part of this letter: {listed(parts)}." if parts else ""


def _focus(facts: WalkFacts) -> tuple[Block, ...]:
    by = f"As written by {facts.set_by}:" if facts.set_by else "As written down:"
    blocks: list[Block] = []
    if facts.focus or facts.inquiries:
        words = tuple(Quote(text) for text in (facts.focus, *facts.inquiries) if text)
        blocks += [Say(by), *words]
    else:
        blocks.append(Say("No focus has been written down yet."))
    blocks.append(confirmed(facts.confirmation))
    if facts.changes_after_confirmation:
        blocks.append(Say("Changed after it was confirmed:"))
        blocks.append(Points(facts.changes_after_confirmation))
    blocks.append(learning(facts.professional_learning, facts.no_learning_reason))
    return tuple(blocks)


def confirmed(given: ConfirmationFact | None) -> Say:
    """Whether the host teachers have confirmed the focus; loud while they have not."""
    if given is None:
        return Say(UNCONFIRMED, loud=True)
    many = counted(given.how_many, "teacher") if given.how_many is not None else ""
    how = ", ".join(part for part in (given.how, many) if part)
    when = f" on {long_date(given.when)}" if given.when else ""
    return Say(f"Confirmed by the host teachers{when}{f' ({how})' if how else ''}.")


def learning(named: str, no_learning_reason: str) -> Say:
    """The professional learning behind the focus, or loudly why none is named."""
    if named:
        return Say(f"Linked professional learning: {sentence(named)}")
    reason = "No reason was written."
    if no_learning_reason:
        reason = f"Reason given: {sentence(no_learning_reason)}"
    return Say(f"No professional learning was named for this focus. {reason}", loud=True)


def _trends(facts: WalkFacts) -> tuple[Section, ...]:
    trends = printed_trends(facts)
    if not trends:
        return (Section("Trends", (Say("No trends have been stated yet."),)),)
    numbered = tuple(enumerate(trends, start=1))
    sections = [
        _kind("Assets: what is working for learning", "asset", numbered, facts.visits),
        _kind("Needs: what calls for attention or support", "need", numbered, facts.visits),
    ]
    if may_show(facts.visits).counts:
        bars = tuple(Bar(f"{number} {trend.statement}", trend.visits) for number, trend in numbered)
        sections.append(Section("Classrooms with evidence for each trend", (Chart(bars),)))
    return tuple(sections)


def _kind(
    heading: str, polarity: str, numbered: tuple[tuple[int, TrendFact], ...], visits: int
) -> Section:
    found = tuple(
        _entry(number, trend, visits) for number, trend in numbered if trend.polarity == polarity
    )
    return Section(heading, (Trends(found) if found else Say("None stated."),))


def _entry(number: int, trend: TrendFact, visits: int) -> TrendEntry:
    shown = may_show(visits)
    counts = f"evidence in {counted(trend.visits, 'classroom')}"
    if trend.contrary_visits:
        counts += f", the other way in {counted(trend.contrary_visits, 'classroom')}"
    return TrendEntry(
        number=number,
        statement=trend.statement,
        counts=counts if shown.counts else "",
        examples=trend.examples[:MOST_EXAMPLES] if shown.examples else (),
    )


def _wonderings(facts: WalkFacts) -> Block:
    if facts.open_wonderings:
        return Points(facts.open_wonderings)
    if facts.purged:
        return Say("Any that were chosen went with the raw notes.")
    return Say("No wonderings have been chosen for the staff yet.")


# Steps and what comes next -------------------------------------------------------------------


def _next_steps(facts: WalkFacts) -> Block:
    if facts.steps:
        return Steps(tuple(_step(step, facts) for step in facts.steps))
    return Say("No next steps have been written down yet.")


def _step(step: StepFact, facts: WalkFacts) -> StepEntry:
    design = {
        "proposed": "proposed to the host teachers, not yet agreed",
        "agreed": "agreed with the host teachers",
        "": "",
    }[step.design]
    support = f"support: {step.support}" if step.support else ""
    parts = [step.status, design, support, _rests_on(step, facts)]
    return StepEntry(
        what=step.what,
        who=f"{step.owner} ({step.level})" if step.owner else step.level,
        by_when=long_date(step.by_when) or NO_DATE,
        standing="; ".join(part for part in parts if part),
    )


def _rests_on(step: StepFact, facts: WalkFacts) -> str:
    basis = printed_basis(step, facts)
    if not basis:
        return ""
    statements = [trend.statement for trend in printed_trends(facts)]
    if basis in statements:
        return f"rests on trend {statements.index(basis) + 1}"
    return "rests on the inquiry" if basis == "inquiry" else "rests on a wondering above"


def _ending(facts: WalkFacts) -> tuple[Block, ...]:
    return tuple(Say(text) for text in (_next_look(facts), _closing(facts)) if text)


def _closing(facts: WalkFacts) -> str:
    """Say what a closed walk goes without, and the reason that was given."""
    if not facts.closed:
        return ""
    lacking = listed(lacking_steps(facts.steps)).replace(" and ", " and without ")
    words = [f"This walk was closed without {lacking}."] if lacking else []
    if facts.closing_reason:
        words.append(f"Reason given at closing: {sentence(facts.closing_reason)}")
    elif lacking:
        words.append("No reason was written.")
    return " ".join(words)


def _notes(facts: WalkFacts) -> str:
    typed = "Walkers could type in the room."
    if not facts.typing_in_room:
        typed = "Walkers did not type in the room."
    seen = f"Raw notes are seen by {sentence(facts.who_sees_raw)} " if facts.who_sees_raw else ""
    ask = "Host teachers may ask to see what was written about their own visit."
    if facts.purged:
        seen = ask = ""
    return (
        f"{typed} Notes are kept by visit, not by teacher; they are for learning about the "
        f"inquiry, not for judging anyone. {seen}{_keep_until(facts)} {ask}"
    ).rstrip()


def _keep_until(facts: WalkFacts) -> str:
    if facts.purged:
        return sentence(f"{facts.purged[:1].upper()}{facts.purged[1:]}")
    if facts.keep_until:
        return f"Raw notes are kept until {long_date(facts.keep_until)}, to be cleared then."
    return "No date has been set for clearing the raw notes."


def _next_look(facts: WalkFacts) -> str:
    look = "No date has been set for the next look."
    if facts.next_look:
        look = f"The next look: {sentence(long_date(facts.next_look))}"
    ask = facts.contact or facts.lead
    return f"{look} Questions and answers: {sentence(ask)}" if ask else look


def sentence(text: str) -> str:
    """End a person's words with a full stop, unless they end with a mark of their own."""
    return text if text.rstrip().endswith((".", "?", "!", "…")) else f"{text}."
