"""The rows of focus meeting, readiness and agreements, and the fields that change them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from walk.clock import FORTNIGHT
from walk.model import Agreements, Focus, Meeting, QuietDays, Rules, Walk
from walk.routine.planning import ready
from walk.routine.planning.ready import Concern, ReadyLine
from walk.screens.ask import Ask, Points
from walk.screens.planning.concerns import look_again
from walk.screens.planning.prepare_rows import DONE, NOT_YET
from walk.text import one_line
from walk.widgets.choice_list import Choice, heading
from walk.widgets.dates import example, short_date


@dataclass(frozen=True, slots=True)
class Before:
    """All that is to stand before a walk, read once."""

    walk: Walk
    rules: Rules
    focus: Focus
    meeting: Meeting
    agreements: Agreements
    readiness: tuple[ReadyLine, ...]
    concerns: tuple[Concern, ...]


def rows(before: Before, today: date) -> list[Choice]:
    """Every row: what to look at again first."""
    return [
        *look_again(before.concerns),
        heading("Focus meeting, of administrator and host teachers"),
        *_meeting(before, today),
        heading("Readiness"),
        *(_ready(one, today) for one in before.readiness),
        heading("Agreements"),
        *_agreements(before, today),
        heading("Quiet days: test weeks, days before holidays"),
        *_quiet(before.agreements.quiet_days, today),
    ]


def _meeting(before: Before, today: date) -> Iterable[Choice]:
    held = before.meeting
    on = short_date(held.date, today) if held.date else "not written down yet"
    yield Choice("meeting date", on, label="Held on")
    groups = ", ".join(held.groups)
    words = groups or "not written down yet; groups, no names"
    yield Choice("meeting groups", words, label="Who met", side=name_told(groups))
    yield Choice("meeting agreed", held.agreed or "not written down yet", label="Agreed")
    for place, words in enumerate(held.may_ask):
        yield Choice(f"may_ask {place}", words, label="Students: may ask")
    words = "add a question" if held.may_ask else "nothing yet: visitors ask students nothing"
    yield Choice("may_ask new", words, label="a" if held.may_ask else "Students: may ask")
    yield Choice("meeting not_visited", held.not_visited or "nothing said", label="Not visited")
    yield from _trace(before.focus, today)


def _trace(focus: Focus, today: date) -> Iterable[Choice]:
    """What was confirmed, and when it was changed; the newest last."""
    for place, one in enumerate(focus.changes):
        words = f"{short_date(one.on, today)} · confirmed until then: {one.before}"
        yield Choice(f"change {place}", words, label="Focus changed")
    said = focus.confirmation
    if said is not None:
        yield Choice(
            "confirmed", f"{short_date(said.on, today)} · {said.how}", label="Focus confirmed"
        )


def _ready(line: ReadyLine, today: date) -> Choice:
    sign = DONE if line.done else NOT_YET
    parts = (one_line(line.who, 12), short_date(line.on, today) if line.on else "")
    said = " · ".join(one for one in parts if one) if line.said else ""
    if line.reason:
        when = f" ({said})" if said else ""
        words = f"{line.words}. Not yet{when}: {line.reason}"
        return Choice(f"ready {line.key}", words, label=sign)
    return Choice(f"ready {line.key}", line.words, label=sign, side=said)


def _agreements(before: Before, today: date) -> Iterable[Choice]:
    walk, rules, held = before.walk, before.rules, before.agreements
    keep = short_date(walk.keep_until, today) if walk.keep_until else "not given"
    yield Choice("keep", f"{keep}; raw notes are cleared then", label="Keep until")
    yield Choice("who_sees_raw", rules.who_sees_raw, label="Who sees raw notes")
    words = ready.IN_ROOM_WORDS[rules.type_in_room]
    yield Choice("type_in_room", words, label="In the room")
    words = ready.NOTES_WORDS[held.individual_notes]
    yield Choice("individual_notes", words, label="To one teacher")
    yield Choice(
        "local_agreement", held.local_agreement or "none recorded", label="Local agreement"
    )
    words = f"{ready.days(held.notice_days)} agreed" if held.notice_days else "none agreed"
    yield Choice("notice_days", words, label="Days of notice")
    given = rules.notice_given
    yield Choice("given", short_date(given, today) if given else "not yet", label="Notice given")
    tell = held.whom_to_tell or "nobody named: a role is enough"
    yield Choice("whom_to_tell", tell, label="Whom to tell", side=name_told(held.whom_to_tell))
    spot = rules.talk_spot or "not given; away from doors and ears"
    yield Choice("talk_spot", spot, label="Hall talks at")


def _quiet(quiet_days: tuple[QuietDays, ...], today: date) -> Iterable[Choice]:
    for place, one in enumerate(quiet_days):
        span = short_date(one.start, today)
        span += f" to {short_date(one.end, today)}" if one.end != one.start else ""
        yield Choice(f"quiet {place}", one.why or "no reason given", label=span)
    yield Choice("quiet new", "add days on which no walk should be", label="a")


# Fields


def name_told(words: str) -> str:
    """A gentle word where something looks like a person's name."""
    return "a name?" if words and ready.likely_names(words) else ""


def date_hint(today: date, ahead: int = 0) -> str:
    """How a date is typed; the example lies so many days ahead."""
    return f"such as {example(today, ahead)}"


def on_names(words: str) -> Points:
    """What to say, while it is typed, of what looks like a person's name."""
    found = ready.likely_names(words)
    if not found:
        return ()
    told = one_line(", ".join(found), 60)
    return ((False, "", f"“{told}” looks like a name; a group or a role is enough here"),)


def ready_asks(line: ReadyLine, *, not_yet: bool, label: str, today: date) -> list[Ask]:
    """Why not yet, who says so and when; `not_yet` where it is known to be not so."""
    why = "Why not yet (the teachers can read it)"
    return [
        Ask(why if not_yet else f"{why}; empty: it is so", line.reason),
        Ask("Who says so, by a label", line.who if line.said else label, one_row=True),
        Ask("When", line.on or today.isoformat(), hint=date_hint(today), one_row=True),
    ]


def quiet_asks(quiet: QuietDays | None, today: date) -> list[Ask]:
    """From, to and why."""
    return [
        Ask(
            "The first day",
            quiet.start if quiet else "",
            hint=date_hint(today, FORTNIGHT),
            one_row=True,
        ),
        Ask("The last day", quiet.end if quiet else "", hint="empty: one day", one_row=True),
        Ask("Why", quiet.why if quiet else "", hint="such as: state test", one_row=True),
    ]
