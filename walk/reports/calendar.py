"""The rotation as a calendar file (iCalendar, RFC 5545) that Outlook and Google can take in.

What each does by its own rules: Outlook refuses timed events without a zone, so times are UTC and
end in Z. Google knows an event by its UID, so each has one, made from walk, team and visit: a stop
that moves keeps it. SEQUENCE grows with every new rotation; where two files have the same, the
later DTSTAMP wins (RFC 5546, section 2.1.5).

A stop that is gone from a re-made plan stays in a calendar for good if its UID is only left out, as
an import never deletes. So where it is known what an earlier file held, such a stop is listed once
more as STATUS:CANCELLED with the greater SEQUENCE, takes no time (TRANSP) and says so in its
summary, for programs that show a cancelled event like any other. METHOD stays PUBLISH: a CANCEL
needs an organizer and a file of its own, and nobody is invited here. Outlook on a desktop opens a
file of several events as a calendar beside one's own, and a newer file as one more: the older one
is then to be removed by hand.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from walk.model.ids import derived
from walk.model.visit import MODE_WORDS
from walk.reports.plan_facts import PlanFacts, RotationFacts, StopFact, hhmm
from walk.reports.summary import UNCONFIRMED
from walk.text import one_line, safe, team_called

if TYPE_CHECKING:
    from icalendar import Event

PRODID = "-//walk//rotation 1//EN"
TITLE_MOST = 60
"""Cells of a walk's title in a summary."""


@dataclass(frozen=True)
class GoneStop:
    """A stop that an earlier calendar file held and the rotation no longer has."""

    team: str
    code: str
    enter: datetime
    leave: datetime


def _title(facts: PlanFacts) -> str:
    """The walk's title, cut to fit where calendars show it."""
    return one_line(facts.title, TITLE_MOST)


def stop_uid(walk_id: str, team: str, code: str) -> str:
    """The UID of a team's stop at a visit, the same after every new rotation."""
    return derived("calendar stop", walk_id, team, code)


def calendar(
    facts: PlanFacts,
    *,
    team: str = "",
    places: Mapping[str, str] | None = None,
    gone: Iterable[GoneStop] = (),
) -> bytes:
    """The rotation as the bytes of an .ics file, for all teams or for one.

    Only with `places` (by code) does an event say where it is. `gone` are told as cancelled.
    ValueError where there is no rotation.
    """
    made = facts.rotation
    if made is None:
        raise ValueError("there is no rotation to write down")
    # Imported here, as it takes a tenth of a second that no other command needs.
    from icalendar import Calendar

    found = Calendar()
    found.add("prodid", PRODID)
    found.add("version", "2.0")
    found.add("calscale", "GREGORIAN")
    found.add("method", "PUBLISH")
    found.add("x-wr-calname", " · ".join(part for part in ("Walk", _title(facts)) if part))
    # An event has to end after it begins (RFC 5545, section 3.8.2.2), so none is without minutes.
    if made.minutes.orientation:
        found.add_component(_orientation(facts, made))
    for stop in made.stops:
        if team in ("", stop.team):
            found.add_component(_stop(facts, made, stop, places or {}))
    for one in gone:
        if team in ("", one.team):
            found.add_component(_gone(facts, made, one))
    if made.minutes.debrief:
        found.add_component(_debrief(facts, made))
    written: bytes = found.to_ical()
    return written


def _orientation(facts: PlanFacts, made: RotationFacts) -> Event:
    ends = made.starts + timedelta(minutes=made.minutes.orientation)
    uid = derived("calendar orientation", facts.walk_id)
    words = "Purpose, norms, the focus, one practice note."
    return _event(facts, made, uid, (made.starts, ends), "Orientation", words)


def _debrief(facts: PlanFacts, made: RotationFacts) -> Event:
    uid = derived("calendar debrief", facts.walk_id)
    words = "All walkers; host teachers if they wish."
    return _event(facts, made, uid, (made.debrief_starts, made.ends), "Debrief", words)


def _stop(
    facts: PlanFacts, made: RotationFacts, stop: StopFact, places: Mapping[str, str]
) -> Event:
    modes = {visit.code: visit.mode for visit in facts.visits}
    mode = modes.get(stop.code, "")
    parts = [
        f"Slot {stop.slot}, {MODE_WORDS.get(mode, mode)}." if mode else f"Slot {stop.slot}.",
        f"Silent write until {hhmm(stop.write_until)}, hall talk until {hhmm(stop.talk_until)}.",
    ]
    uid = stop_uid(facts.walk_id, stop.team, stop.code)
    summary = f"{one_line(stop.code)}, {team_called(one_line(stop.team), 'team')}"
    event = _event(facts, made, uid, (stop.enter, stop.leave), summary, " ".join(parts))
    if stop.code in places:
        event.add("location", one_line(places[stop.code]))
    return event


def _gone(facts: PlanFacts, made: RotationFacts, one: GoneStop) -> Event:
    uid = stop_uid(facts.walk_id, one.team, one.code)
    summary = f"Cancelled: {one_line(one.code)}, {team_called(one_line(one.team), 'team')}"
    words = "This stop is no longer planned."
    return _event(facts, made, uid, (one.enter, one.leave), summary, words, cancelled=True)


def _event(
    facts: PlanFacts,
    made: RotationFacts,
    uid: str,
    when: tuple[datetime, datetime],
    summary: str,
    words: str,
    *,
    cancelled: bool = False,
) -> Event:
    from icalendar import Event

    event = Event()
    event.add("uid", uid)
    # The moment of the making, so that one rotation always gives the same file.
    event.add("dtstamp", made.made.astimezone(UTC))
    event.add("sequence", made.sequence)
    event.add("dtstart", when[0].astimezone(UTC))
    event.add("dtend", when[1].astimezone(UTC))
    title = _title(facts)
    event.add("summary", f"{summary} · {title}" if title else summary)
    said = words if facts.confirmation else f"{words} {UNCONFIRMED}"
    event.add("description", safe(said))
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if cancelled else "OPAQUE")
    return event
