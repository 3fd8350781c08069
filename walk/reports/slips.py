"""Slips: a page for each team, with its stops in order and what to do when it is late."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from walk.model.visit import MODE_WORDS
from walk.reports.blocks import Block, Page, Points, Quote, Say, Section, Table
from walk.reports.letter import sentence
from walk.reports.plan_facts import (
    PlanFacts,
    RotationFacts,
    StopFact,
    as_of,
    hhmm,
    in_a_row,
    modes_used,
    place_and_date,
    span,
    unconfirmed,
)
from walk.reports.summary import counted, listed
from walk.text import team_called

SHORTEST_VISIT = 10
"""Minutes below which a visit that runs late is not shortened."""
SHORTEST_TALK = 2
"""The same for a hall talk."""
NAMES_ROOMS = (
    "This paper names rooms. Keep it apart from every note, show it to nobody else, and hand it "
    "back to the lead after the walk."
)
NO_ROTATION = "No stops are planned for this walk yet."


def slips(
    facts: PlanFacts, *, team: str = "", places: Mapping[str, str] | None = None
) -> tuple[Page, ...]:
    """A page for each team, or for one. With `places` (by code) it says where to go, and warns."""
    made = facts.rotation
    if made is None or not made.stops:
        return (Page("Slips", place_and_date(facts), (Section("", (Say(NO_ROTATION),)),)),)
    wanted = [one for one in made.teams if team in ("", one)]
    return tuple(_slip(facts, made, one, places or {}) for one in wanted)


def _slip(facts: PlanFacts, made: RotationFacts, team: str, places: Mapping[str, str]) -> Page:
    stops = [stop for stop in made.stops if stop.team == team]
    codes = [stop.code for stop in stops] + list(made.recorded)
    sections = [
        Section("", tuple(_opening(facts, made, stops, places))),
        Section("The inquiry", tuple(_inquiry(facts, codes))),
        Section("Hall talk", (Say(_talk(facts)),)),
        Section("Before each stop", (Points(tuple(_checklist(facts, codes))),)),
        Section("When you are late", (Points(tuple(_late(facts))),)),
    ]
    return Page(team_called(team), place_and_date(facts), tuple(sections))


def _opening(
    facts: PlanFacts,
    made: RotationFacts,
    stops: Sequence[StopFact],
    places: Mapping[str, str],
) -> Iterator[Block]:
    yield from unconfirmed(facts)
    if places:
        yield Say(NAMES_ROOMS, loud=True)
    yield Say(
        f"Orientation {hhmm(made.starts)} · debrief {span(made.debrief_starts, made.ends)} · "
        f"plan {as_of(made)}"
    )
    yield _stops(facts, made, stops, places)
    if made.recorded:
        yield Say(f"Recorded, watched without a slot: {listed(made.recorded)}.")


def _stops(
    facts: PlanFacts,
    made: RotationFacts,
    stops: Sequence[StopFact],
    places: Mapping[str, str],
) -> Table:
    modes = {visit.code: visit.mode for visit in facts.visits}
    rows = []
    for place, stop in enumerate(stops):
        after = stops[place + 1] if place + 1 < len(stops) else None
        mode = modes.get(stop.code, "")
        row = (
            str(stop.slot),
            stop.code,
            *((places.get(stop.code, "ask the lead"),) if places else ()),
            MODE_WORDS.get(mode, mode),
            span(stop.enter, stop.leave),
            hhmm(stop.write_until),
            hhmm(stop.talk_until),
            f"{after.code} at {hhmm(after.enter)}"
            if after
            else f"debrief at {hhmm(made.debrief_starts)}",
        )
        rows.append(row)
    where = ("Where",) if places else ()
    head = ("Slot", "Visit", *where, "Mode", "In the room", "Write until", "Talk until", "Next")
    return Table("The stops of this team, in order", head, tuple(rows))


def _inquiry(facts: PlanFacts, codes: Sequence[str]) -> Iterator[Block]:
    if facts.inquiries or facts.focus:
        yield from map(Quote, facts.inquiries or (facts.focus,))
    else:
        yield Say("None has been written down yet.")
    own = [visit for visit in facts.visits if visit.inquiry and visit.code in codes]
    if own:
        yield Points(tuple(f"{visit.code} has its own: {visit.inquiry}" for visit in own))


def _talk(facts: PlanFacts) -> str:
    spot = f"Talk spot: {sentence(facts.talk_spot)}" if facts.talk_spot else "Away from the room."
    return f"{spot} Away from doors and ears: noticings first, then wonderings."


def _checklist(facts: PlanFacts, codes: Sequence[str]) -> Iterator[str]:
    lists = dict(facts.checklists)
    for mode in modes_used(facts, codes):
        if items := lists.get(mode):
            yield f"{MODE_WORDS.get(mode, mode)}: {'; '.join(items)}"
    if facts.may_ask:
        yield f"You may ask students: {in_a_row(facts.may_ask)}"
    else:
        yield "Ask students nothing."
    if facts.not_visited:
        yield f"Not visited: {facts.not_visited}"


def _late(facts: PlanFacts) -> Iterator[str]:
    visit = counted(min(SHORTEST_VISIT, facts.minutes.visit), "minute")
    talk = counted(min(SHORTEST_TALK, facts.minutes.hall), "minute")
    yield f"Shorten the visits that are left evenly, none to less than {visit}."
    yield f"Then shorten the hall talk, to no less than {talk}."
    yield "Or leave out the last classroom, and tell the lead."
    yield "The silent write is cut last."
    yield "Nobody enters during a bell, or before the team that is inside has left."
    yield "A teacher may take the visit back: go on to the next, and ask for no reason."
