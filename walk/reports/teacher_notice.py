"""The notice to host teachers: who comes when, for what, and what is kept of it; on one page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import get_args

from walk.model.agreements import NO_LEGAL_STATUS
from walk.model.form import LessonPart, Structure
from walk.reports.blocks import Block, Page, Points, Quote, Say, Section, Table
from walk.reports.letter import confirmed, learning, long_date, sentence
from walk.reports.plan_facts import (
    PlanFacts,
    hhmm,
    in_a_row,
    place_and_date,
    span,
    starts_at,
    why_words,
)
from walk.reports.summary import counted, listed

NEVER = (
    "There is no score, rating or level, and no field for the name of a teacher or a student. "
    "Nothing on the form is for judging anyone."
)


def notice(facts: PlanFacts, *, schedule: bool = False) -> Page:
    """The notice; with `schedule` also when which visit is entered, by code and never by room."""
    sections = [
        Section("", tuple(_opening(facts))),
        Section("Focus and inquiry", tuple(_focus(facts))),
        Section("In the classroom", (Points(tuple(_in_the_room(facts))),)),
        Section("The notes", (Points(tuple(_notes(facts))),)),
        Section("What was agreed", tuple(_agreed(facts))),
        Section("Your say", (Points(tuple(_your_say(facts))),)),
        Section("The blank form", (_form(), Say(NEVER))),
    ]
    if schedule:
        sections.insert(2, Section("When", (_schedule(facts),)))
    return Page("Notice of a Learning Walk", place_and_date(facts), tuple(sections))


# When, and who


def _opening(facts: PlanFacts) -> Iterator[Block]:
    rooms = counted(len(facts.visits), "classroom")
    when = f" on {long_date(facts.date)}" if facts.date else ""
    yield Say(f"{sentence(f'Walkers come to {rooms}{when}')} {_times(facts)} {_who(facts)}")
    for warning in facts.warnings:
        yield Say(sentence(warning), loud=True)


def _times(facts: PlanFacts) -> str:
    start = starts_at(facts)
    if not start:
        return "The time is not set yet."
    begins = f"Orientation begins at {start}"
    if facts.rotation is None:
        return f"{begins}."
    first = facts.rotation.stops[0].enter if facts.rotation.stops else None
    entered = f", the first classrooms are entered at {hhmm(first)}" if first else ""
    return f"{begins}{entered}, and the debrief ends at {hhmm(facts.rotation.ends)}."


def _who(facts: PlanFacts) -> str:
    if not facts.walkers:
        return "Who comes is not settled yet."
    teams = f" in {counted(facts.teams, 'team')}" if facts.teams else ""
    if facts.on_no_team:
        on_one = facts.walkers - facts.on_no_team
        teams = f": {on_one}{teams}, {facts.on_no_team} on no team"
    roles = f" Roles among them: {sentence(listed(facts.roles))}" if facts.roles else ""
    verb = "comes" if facts.walkers == 1 else "come"
    others = "; others may join" if facts.others_may_join else ""
    return f"{counted(facts.walkers, 'walker')} {verb}{teams}{others}.{roles}"


def _schedule(facts: PlanFacts) -> Block:
    if facts.rotation is None:
        return Say("The times of each visit are not planned yet.")
    times: dict[str, list[str]] = {visit.code: [] for visit in facts.visits}
    for stop in facts.rotation.stops:
        times.setdefault(stop.code, []).append(span(stop.enter, stop.leave))
    left = {code: why_words(rule) for code, rule in facts.rotation.dropped}
    why = left | dict.fromkeys(facts.rotation.recorded, "recorded")
    # In a row, as a table of them would not fit on the one page.
    return Say(
        " · ".join(
            f"{code}: {', '.join(found) or why.get(code, 'not planned')}"
            for code, found in times.items()
        )
    )


# The focus


def _focus(facts: PlanFacts) -> Iterator[Block]:
    if facts.focus or facts.inquiries:
        yield Say(f"As written by {facts.set_by}:" if facts.set_by else "As written down:")
        for text in (facts.focus, *facts.inquiries):
            if text:
                yield Quote(text)
    else:
        yield Say("No focus has been written down yet.")
    own = tuple(dict.fromkeys(visit.inquiry for visit in facts.visits if visit.inquiry))
    if own:
        yield Say("A classroom may have an inquiry of its own, as its teacher wrote it:")
        yield from map(Quote, own)
    yield confirmed(facts.confirmation)
    if facts.changes_after_confirmation:
        yield Say("Changed after it was confirmed:")
        yield Points(facts.changes_after_confirmation)
    yield learning(facts.professional_learning, facts.no_learning_reason)
    if facts.look_fors:
        yield Say("Prompts for where walkers look. They are not ticked and not counted:")
        prompts = (f"{name}: {text}" if text else name for name, text in facts.look_fors)
        yield Points(tuple(prompts))


# In the room, and on paper


def _in_the_room(facts: PlanFacts) -> Iterator[str]:
    minutes = counted(facts.minutes.visit, "minute")
    yield f"A team stays {minutes} in a classroom{_how_often(facts)}. That is no whole lesson."
    yield "Walkers come in quietly, do not talk to each other, and interrupt nobody."
    if facts.may_ask:
        yield f"What visitors may ask students: {in_a_row(facts.may_ask)}"
    else:
        yield "Visitors ask students nothing."
    if facts.not_visited:
        yield f"What is not visited: {sentence(facts.not_visited)}"
    if facts.type_in_room:
        yield "Walkers may type a few words in the room; the form is finished after they left."
    else:
        yield "Walkers do not type in the room; they write on paper, or after they left."


def _how_often(facts: PlanFacts) -> str:
    """How many teams enter one classroom, over all classrooms."""
    if facts.rotation is None or not facts.rotation.stops:
        return ""
    held = Counter(stop.code for stop in facts.rotation.stops).values()
    least, most = min(held), max(held)
    many = counted(most, "team") if least == most else f"{least} to {most} teams"
    return f", and {many} in all {'comes' if most == 1 else 'come'} to each"


def _notes(facts: PlanFacts) -> Iterator[str]:
    seen = facts.who_sees_raw or "nobody has been named yet"
    yield f"Who may see raw notes: {sentence(seen)} They are kept by visit code, not by teacher."
    if facts.keep_until:
        yield f"Raw notes are kept until {long_date(facts.keep_until)}, to be cleared then."
    else:
        yield "No date has been set for clearing the raw notes."
    yield "You may see what was written about your own visit."
    if facts.individual_notes:
        yield "A note to one teacher is written only where that teacher asks for it."
    else:
        yield "No note to one teacher is written. The staff hears what was seen across classrooms."


def _form() -> Table:
    parts = listed([one for one in get_args(LessonPart) if one])
    structures = listed([one for one in get_args(Structure) if one])
    return Table(
        "The blank form",
        ("On the form", "What a walker writes"),
        (
            ("At its head", "the visit's code, the walker's own label, when they came and left"),
            ("Part of the lesson", f"one of {parts}"),
            ("Activity structure", f"one of {structures}"),
            ("Noticings", "what was seen or heard, as a camera could have caught it"),
            ("Wonderings", "open questions that this raises"),
            ("Nothing seen on this inquiry", "a full answer"),
        ),
    )


# What was agreed, and what teachers can do


def _agreed(facts: PlanFacts) -> Iterator[Block]:
    if facts.met or facts.meeting_date or facts.agreed:
        groups = f" of {listed(facts.met)}" if facts.met else ""
        when = f" on {long_date(facts.meeting_date)}" if facts.meeting_date else ""
        yield Say(f"{sentence(f'Focus meeting{groups}{when}')}")
    if facts.agreed:
        yield Quote(facts.agreed)
    local = facts.local_agreement
    held = f"Held under: {sentence(local)}" if local else "No local agreement was recorded."
    yield Say(f"{held} {NO_LEGAL_STATUS} {_notice_given(facts)}")
    if facts.not_ready:
        yield Say("Not yet so, with the reason:")
        yield Points(
            tuple(
                f"{one.words}: {sentence(one.reason or 'no reason was written')}"
                for one in facts.not_ready
            )
        )
    if facts.not_said:
        yield Say(f"Nobody has said yet how this stands: {sentence('; '.join(facts.not_said))}")


def _notice_given(facts: PlanFacts) -> str:
    agreed = f" Notice agreed: {counted(facts.notice_days, 'day')}." if facts.notice_days else ""
    if not facts.notice_given:
        return f"No date of this notice is recorded.{agreed}"
    return f"Notice given: {sentence(long_date(facts.notice_given))}{agreed}"


def _your_say(facts: PlanFacts) -> Iterator[str]:
    yield (
        "You may take your visit back or ask for another time, also on the day. No reason is asked "
        "for or kept."
    )
    tell = facts.whom_to_tell or "the lead of the walk"
    yield f"If a wording here is not what was agreed, tell {sentence(tell)}"
