"""The staff summary as headings, paragraphs and lists: what it says, not how it looks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from walk.reports.bidi import closed, within
from walk.reports.blocks import (
    Block,
    Chart,
    Page,
    Points,
    Quote,
    Say,
    Section,
    Table,
    TrendEntry,
    Trends,
)
from walk.reports.chart import Bar
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
from walk.text import headline

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

DECISIONS: dict[str, str] = {
    "keep": "The team's decision: keep this practice.",
    "strengthen": "The team's decision: strengthen this practice.",
    "reconsider": "The team's decision: reconsider this practice.",
}
"""What the team means to do about a practice, never about a person."""


def long_date(text: str) -> str:
    """Say an ISO date in words, "14 October 2025"; other text comes back as it is."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def where_and_when(school: str, date: str) -> str:
    """The line below a title: the host school and the day, as far as they are known."""
    return ", ".join(part for part in (closed(school), long_date(date)) if part)


def letter(facts: WalkFacts) -> Page:
    """Compose the staff summary, or the short word about a walk that was called off."""
    facts = without_codes(facts)
    sections = _called_off(facts) if facts.called_off else _took_place(facts)
    return Page(
        title=f"Staff summary: {headline(facts.title)}"
        if facts.title
        else "Staff summary of a Learning Walk",
        under=where_and_when(facts.host_school, facts.date),
        sections=sections,
    )


def _took_place(facts: WalkFacts) -> tuple[Section, ...]:
    return (
        Section("", _opening(facts)),
        Section("The focus and the inquiry", focus_words(facts)),
        Section("How the notes are used", (Say(notes_used(facts)),)),
        *trend_sections(facts),
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
    close = f"No trends were drawn. {kept_until(facts) if facts.visits else ''}"
    texts = [words, reason, caution(facts), close, next_look(facts)]
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


def focus_words(facts: WalkFacts) -> tuple[Block, ...]:
    """Focus and inquiry as the teachers wrote them, confirmed or not, and what is behind them."""
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
    how = ", ".join(part for part in (closed(given.how), many) if part)
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


def trend_sections(facts: WalkFacts) -> tuple[Section, ...]:
    """Assets, then needs, each trend by its number, and the chart where counts may be shown."""
    trends = printed_trends(facts)
    if not trends:
        return (Section("Trends", (Say("No trends have been stated yet."),)),)
    sections = [
        _kind("Assets: what is working for learning", trend_entries(facts, "asset")),
        _kind("Needs: what calls for attention or support", trend_entries(facts, "need")),
    ]
    if may_show(facts.visits).counts:
        bars = tuple(
            Bar(f"{number} {headline(trend.statement)}", trend.visits)
            for number, trend in enumerate(trends, start=1)
        )
        sections.append(Section("Classrooms with evidence for each trend", (Chart(bars),)))
    return tuple(sections)


def _kind(heading: str, found: tuple[TrendEntry, ...]) -> Section:
    return Section(heading, (Trends(found) if found else Say("None stated."),))


def trend_entries(
    facts: WalkFacts, polarity: str, examples_most: int = MOST_EXAMPLES
) -> tuple[TrendEntry, ...]:
    """The printed trends of one kind, by their numbers, as far as a walk of this size may tell."""
    return tuple(
        _entry(number, trend, facts.visits, examples_most)
        for number, trend in enumerate(printed_trends(facts), start=1)
        if trend.polarity == polarity
    )


def _entry(number: int, trend: TrendFact, visits: int, examples_most: int) -> TrendEntry:
    shown = may_show(visits)
    counts = f"evidence in {counted(trend.visits, 'classroom')}"
    if trend.contrary_visits:
        counts += f", the other way in {counted(trend.contrary_visits, 'classroom')}"
    return TrendEntry(
        number=number,
        statement=headline(trend.statement) if shown.counts else trend.statement,
        counts=counts if shown.counts else "",
        examples=trend.examples[:examples_most] if shown.examples else (),
        remarks=tuple(_remarks(trend)),
    )


def _remarks(trend: TrendFact) -> Iterator[str]:
    if trend.decision:
        yield DECISIONS[trend.decision]
    if trend.to_know:
        yield f"What we would need to see or ask: {sentence(trend.to_know)}"


def _wonderings(facts: WalkFacts) -> Block:
    if facts.open_wonderings:
        return Points(facts.open_wonderings)
    if facts.purged:
        return Say("Any that were chosen went with the raw notes.")
    return Say("No wonderings have been chosen for the staff yet.")


# Steps and what comes next -------------------------------------------------------------------


def _next_steps(facts: WalkFacts) -> Block:
    if facts.steps:
        return step_table(facts)
    return Say("No next steps have been written down yet.")


def step_table(facts: WalkFacts) -> Table:
    """The next steps in columns, and as sentences for where there is no room for columns."""
    rows = tuple(_step(step, facts) for step in facts.steps)
    return Table(
        caption="Next steps",
        head=("What", "Who", "By when", "How it stands"),
        rows=rows,
        said=tuple(_step_said(*row) for row in rows),
    )


def _step_said(what: str, who: str, by_when: str, standing: str) -> str:
    due = by_when if by_when == NO_DATE else f"by {by_when}"
    return f"{who}, {due}: {what} ({standing})"


def _step(step: StepFact, facts: WalkFacts) -> tuple[str, str, str, str]:
    design = {
        "proposed": "proposed to the host teachers, not yet agreed",
        "agreed": "agreed with the host teachers",
        "": "",
    }[step.design]
    support = step.support_type or step.support
    if step.support_type and step.support:
        support = f"{step.support_type} ({step.support})"
    parts = [
        step.status,
        step.horizon,
        design,
        f"support: {support}" if support else "",
        f"we will look for: {step.evidence}" if step.evidence else "",
        _rests_on(step, facts),
    ]
    return (
        step.what,
        f"{within(step.owner)} ({step.level})" if step.owner else step.level,
        long_date(step.by_when) or NO_DATE,
        "; ".join(part for part in parts if part),
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
    return tuple(Say(text) for text in (next_look(facts), _closing(facts)) if text)


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


def notes_used(facts: WalkFacts) -> str:
    """How the notes are used, who sees them and how long they are kept."""
    typed = "Walkers could type in the room."
    if not facts.typing_in_room:
        typed = "Walkers did not type in the room."
    seen = f"Raw notes are seen by {sentence(facts.who_sees_raw)} " if facts.who_sees_raw else ""
    ask = "Host teachers may ask to see what was written about their own visit."
    if facts.purged:
        seen = ask = ""
    return (
        f"{typed} Notes are kept by visit, not by teacher; they are for learning about the "
        f"inquiry, not for judging anyone. {seen}{kept_until(facts)} {ask}"
    ).rstrip()


def kept_until(facts: WalkFacts) -> str:
    """How long the raw notes are kept, or that they are gone."""
    if facts.purged:
        return sentence(f"{facts.purged[:1].upper()}{facts.purged[1:]}")
    if facts.keep_until:
        return f"Raw notes are kept until {long_date(facts.keep_until)}, to be cleared then."
    return "No date has been set for clearing the raw notes."


def next_look(facts: WalkFacts) -> str:
    """When the next look is, and whom to ask."""
    look = "No date has been set for the next look."
    if facts.next_look:
        look = f"The next look: {sentence(long_date(facts.next_look))}"
    ask = facts.contact or facts.lead
    return f"{look} Questions and answers: {sentence(ask)}" if ask else look


def sentence(text: str) -> str:
    """End a person's words with a full stop, unless they end with a mark of their own."""
    return text if text.rstrip().endswith((".", "?", "!", "…")) else f"{text}."
