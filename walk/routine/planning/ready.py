"""Before a walk: the focus meeting, what has to stand first, what is agreed, and what to look at.

Nothing here stops a walk. What is not yet so carries a reason that the teachers can read, and a
date that does not fit what was agreed is said in words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, cast

from walk.clock import short_day
from walk.errors import Refused
from walk.exchange.receipt import counted
from walk.model import Agreements, Meeting, QuietDays, Readiness, Record, agreements_id, meeting_id
from walk.model.agreements import ReadyKey
from walk.routine.dates import iso_date
from walk.routine.desk import Desk
from walk.routine.planning import prepare
from walk.text import accept, one_line

READY_WORDS: dict[ReadyKey, str] = {
    "community": "The beginnings of a learning community are there",
    "routine": "All walkers know the routine and its norms",
    "effort": "Walkers come with an effort-based stance: ability grows with effort and support",
    "platform": "Everyone can enter the platforms that are used",
    "learning": "Professional learning has happened, and the visits relate to it",
    "oriented": "The host teachers are oriented, and have seen the blank form and the agreement",
    "students": "The students have been told that visitors may come",
    "notice": "Notice was given to the teachers",
}
"""What has to stand before a walk, in the order of the list."""
_ORDER: dict[str, int] = {key: place for place, key in enumerate(READY_WORDS)}
ON_A_PLATFORM = frozenset({"virtual_live", "viewed_remotely"})
"""Modes in which a walker enters a platform or a link."""
NOTICE_DAYS_MOST = 365
QUIET_MOST = 200
QUIET_TOLD = 3
"""Entries of quiet days that a warning names one by one."""
MAY_ASK_MOST = 50
NOTES_WORDS = {
    False: "no note to one teacher",
    True: "a note only where that teacher asks for it",
}
IN_ROOM_WORDS = {
    True: "walkers may type in the room",
    False: "walkers write on paper in the room",
}


# The focus meeting


def meeting(desk: Desk) -> Meeting:
    """What the focus meeting agreed; an empty record where none was written."""
    found = desk.store.get(Meeting, meeting_id(desk.walk_id))
    return found or Meeting(id=meeting_id(desk.walk_id), walk=desk.walk_id)


def record_meeting(
    desk: Desk,
    *,
    date: str | None = None,
    groups: str | None = None,
    agreed: str | None = None,
    may_ask: Sequence[str] | None = None,
    not_visited: str | None = None,
) -> None:
    """Write down one or more parts of the focus meeting as one act; None leaves a part.

    `date` is an ISO date or empty; `groups` are words, a group a line or between commas.
    """
    old = meeting(desk)
    if may_ask is not None and len(may_ask) > MAY_ASK_MOST:
        raise Refused(
            f"At most {MAY_ASK_MOST} questions fit here.", "A few are enough for any visitor."
        )
    new = old.changed(
        date=old.date if date is None else _date_or_nothing(date, "the focus meeting"),
        groups=old.groups if groups is None else groups_of(groups),
        agreed=old.agreed if agreed is None else accept(agreed),
        may_ask=old.may_ask
        if may_ask is None
        else tuple(accept(one.strip()) for one in may_ask if one.strip()),
        not_visited=old.not_visited if not_visited is None else accept(not_visited),
    )
    if new != old:
        desk.save(prepare.STAGE, "focus meeting written down", new)


def groups_of(words: str) -> tuple[str, ...]:
    """Groups as they were typed: one a line, or between commas."""
    parts = (one.strip() for one in re.split(r"[\n,;]", accept(words)))
    return tuple(dict.fromkeys(one for one in parts if one))


def likely_names(words: str) -> tuple[str, ...]:
    """What looks like a person's name; it blocks nothing. Not every name is seen."""
    from walk.language.names import find_names  # its lists would slow the start

    # Only the beginning is looked at: a group is a few words, and this runs while one types.
    found = find_names(words[:2000])
    return tuple(dict.fromkeys(one.words for one in found if one.sure and one.kind in _OF_PEOPLE))


_OF_PEOPLE = frozenset({"title", "name", "label", "initials", "email"})


# Readiness


@dataclass(frozen=True, slots=True)
class ReadyLine:
    """How one prerequisite stands."""

    key: str
    words: str
    said: bool = False
    """Somebody has said how it stands."""
    done: bool = False
    reason: str = ""
    who: str = ""
    on: str = ""
    """ISO date."""

    @property
    def settled(self) -> bool:
        """It is so, or a reason says why the walk goes on without it."""
        return self.done or bool(self.reason)


def agreements(desk: Desk) -> Agreements:
    """Readiness and agreements of the walk on the desk; an empty record where none was written."""
    found = desk.store.get(Agreements, agreements_id(desk.walk_id))
    return found or Agreements(id=agreements_id(desk.walk_id), walk=desk.walk_id)


def readiness(desk: Desk) -> tuple[ReadyLine, ...]:
    """Every prerequisite in its order; that of the platforms only where a visit needs one.

    What a newer version of walk asks besides comes last, under its own word.
    """
    said = {one.key: one for one in agreements(desk).readiness}
    virtual = any(mode in ON_A_PLATFORM for mode in prepare.rooms(desk).open_modes)
    asked: list[str] = [key for key in READY_WORDS if key != "platform" or virtual]
    asked += [key for key in said if key not in READY_WORDS]
    given = desk.rules.notice_given
    return tuple(_line(key, said.get(key), given if key == "notice" else "") for key in asked)


def _line(key: str, said: Readiness | None, given: str) -> ReadyLine:
    """A line; a notice that is recorded as `given` stands for itself until somebody says more."""
    words = READY_WORDS.get(cast(ReadyKey, key), key)
    if said is not None:
        return ReadyLine(key, words, True, said.done, said.reason, said.who, said.on)
    return ReadyLine(key, words, bool(given), bool(given), on=given if _day(given) else "")


def say_ready(
    desk: Desk, key: str, *, done: bool, reason: str = "", who: str | None = None, on: str = ""
) -> None:
    """Say how a prerequisite stands; by whoever writes and today unless given.

    What is not yet so asks for a reason. A reason is kept only while it is not so.
    """
    if not done and not reason.strip():
        raise Refused(
            "What is not yet so asks for a reason.",
            "A few words will do; the teachers can read them.",
        )
    said = Readiness(
        key=key,
        done=done,
        reason="" if done else accept(reason.strip()),
        who=accept((desk.label if who is None else who).strip()),
        on=iso_date(on, "when it was said") if on.strip() else desk.today().isoformat(),
    )
    old = agreements(desk)
    held = {one.key: one for one in old.readiness}
    if key in held:  # what a newer walk added to it stays
        said = Readiness.from_dict({**held[key].as_dict(), **said.as_dict()})
    held[key] = said
    listed = sorted(held.values(), key=lambda one: _ORDER.get(one.key, len(_ORDER)))
    words = "readiness said" if done else "reason given for what is not yet so"
    desk.save(prepare.STAGE, words, old.changed(readiness=tuple(listed)))


# Agreements


def agree(
    desk: Desk,
    *,
    local_agreement: str | None = None,
    notice_days: int | None = None,
    whom_to_tell: str | None = None,
    individual_notes: bool | None = None,
    who_sees_raw: str | None = None,
    type_in_room: bool | None = None,
    notice_given: str | None = None,
    talk_spot: str | None = None,
) -> None:
    """Record one or more agreements as one act; None leaves one as it is.

    `notice_days` is 0 where nothing was agreed; `notice_given` is an ISO date or empty.
    """
    if notice_days is not None and not 0 <= notice_days <= NOTICE_DAYS_MOST:
        raise Refused(
            f"Notice is a number of days up to {NOTICE_DAYS_MOST}.",
            "Leave it empty where none was agreed.",
        )
    if who_sees_raw is not None and not who_sees_raw.strip():
        raise Refused(
            "Somebody sees the raw notes.", "Say who as a group, such as the walkers of this walk."
        )
    old, rules = agreements(desk), desk.rules
    if notice_given is not None and notice_given.strip() != rules.notice_given:
        notice_given = _date_or_nothing(notice_given, "the notice")
    agreed = _given(
        local_agreement=local_agreement,
        notice_days=notice_days,
        whom_to_tell=whom_to_tell,
        individual_notes=individual_notes,
    )
    ruled = _given(
        who_sees_raw=who_sees_raw,
        type_in_room=type_in_room,
        notice_given=notice_given,
        talk_spot=talk_spot,
    )
    records: list[Record] = []
    if agreed and (new := old.changed(**agreed)) != old:
        records.append(new)
    if ruled and (now := rules.changed(**ruled)) != rules:
        records.append(now)
    if records:
        desk.save(prepare.STAGE, "agreement recorded", *records)


def _given(**parts: str | int | bool | None) -> dict[str, str | int | bool]:
    """The parts that are given, their words without blanks at the ends."""
    return {
        name: accept(one.strip()) if isinstance(one, str) else one
        for name, one in parts.items()
        if one is not None
    }


def days_of(typed: str) -> int:
    """Days of notice as typed; 0 where nothing stands."""
    words = typed.strip().casefold().removesuffix("days").removesuffix("day").strip()
    if not words:
        return 0
    if not re.fullmatch(r"[0-9]{1,3}", words):
        raise Refused(
            f"“{one_line(typed, 30)}” is no number of days.", "Write it in digits, such as 7."
        )
    return int(words)


# Quiet days


def set_quiet(desk: Desk, before: QuietDays | None, start: str, end: str, why: str) -> QuietDays:
    """Days on which no walk should be, dates in ISO form; an empty `end` means one day.

    `before` are the days that these replace; None adds them.
    """
    start = iso_date(start, "the first quiet day")
    end = iso_date(end, "the last quiet day") if end.strip() else start
    if end < start:
        raise Refused("The last quiet day is before the first.", "Change one of the two dates.")
    old = agreements(desk)
    rest = _without(old, before)
    if len(rest) >= QUIET_MOST:
        raise Refused(f"At most {QUIET_MOST} entries fit.", "Join some into longer stretches.")
    kept = before.as_dict() if before else {}
    said = {**kept, "start": start, "end": end, "why": accept(why.strip())}
    quiet = QuietDays.from_dict(said)
    listed = tuple(sorted((*rest, quiet), key=lambda one: (one.start, one.end)))
    desk.save(prepare.STAGE, "quiet days recorded", old.changed(quiet_days=listed))
    return quiet


def drop_quiet(desk: Desk, quiet: QuietDays) -> None:
    """Take quiet days out."""
    old = agreements(desk)
    listed = tuple(_without(old, quiet))
    desk.save(prepare.STAGE, "quiet days taken out", old.changed(quiet_days=listed))


def _without(old: Agreements, quiet: QuietDays | None) -> list[QuietDays]:
    """The quiet days but these, once; Refused where they are no longer there."""
    rest = list(old.quiet_days)
    if quiet is not None:
        if quiet not in rest:
            raise Refused("These quiet days were changed elsewhere.", "Look at them once more.")
        rest.remove(quiet)
    return rest


def _date_or_nothing(text: str, what: str) -> str:
    return iso_date(text, what) if text.strip() else ""


# What to look at again


@dataclass(frozen=True, slots=True)
class Concern:
    """Something that does not fit what was agreed; it stops nothing."""

    at: Literal["date", "keep", "given"]
    """What could be changed: the walk's date, its keep-until date, or when notice was given."""
    words: str


def warnings(desk: Desk) -> tuple[str, ...]:
    """What the dates of this walk do not keep to, in words; also for the notice and the plan."""
    return tuple(one.words for one in concerns(desk))


def concerns(desk: Desk) -> tuple[Concern, ...]:
    """What the dates of this walk do not keep to: agreed notice, quiet days, the keep-until date.

    Only what people entered counts. Dates that cannot be read as dates say nothing.
    """
    walk, held = desk.walk, agreements(desk)
    day = _day(walk.date)
    if day is None:
        return ()
    found = [
        *_on_notice(day, _day(desk.rules.notice_given), held.notice_days, desk),
        *_on_quiet_days(day, held.quiet_days),
    ]
    keep = _day(walk.keep_until)
    if keep is not None and keep < day:
        words = f"Notes are kept until {_short(keep)}, which is before the walk on {_short(day)}"
        found.append(Concern("keep", words))
    return tuple(found)


def _on_notice(day: date, given: date | None, agreed: int, desk: Desk) -> Iterable[Concern]:
    if given is not None and given > day:
        words = f"The notice is dated {_short(given)}, after the walk on {_short(day)}"
        yield Concern("given", words)
    elif given is not None and (day - given).days < agreed:
        yield Concern("given", f"{days((day - given).days)} of notice; {_were(agreed)} agreed")
    elif given is None and agreed and not desk.rules.notice_given:
        left = (day - desk.today()).days
        if left < 0:
            yield Concern("given", f"No notice is recorded; {_were(agreed)} agreed")
        elif left < agreed:
            when = f"{days(left)} before the walk" if left else "on the day of the walk"
            words = f"No notice is recorded, {when}; {_were(agreed)} agreed"
            yield Concern("given", words)


def _on_quiet_days(day: date, quiet_days: Sequence[QuietDays]) -> Iterable[Concern]:
    """Every entry that the day lies in, the first few by their words."""
    on = [one for one in quiet_days if one.start <= day.isoformat() <= one.end]
    for one in on[:QUIET_TOLD]:
        first, last = _day(one.start), _day(one.end)
        span = _short(first) if first else one.start
        if one.end != one.start:
            span += f" to {_short(last) if last else one.end}"
        why = f", {one_line(one.why, 60)}" if one.why else ""
        yield Concern("date", f"The walk on {_short(day)} is within quiet days ({span}{why})")
    if len(on) > QUIET_TOLD:
        yield Concern("date", f"and within {len(on) - QUIET_TOLD} more entries of quiet days")


def _day(iso: str) -> date | None:
    try:
        return date.fromisoformat(iso)
    except ValueError:
        return None


def _short(day: date) -> str:
    return f"{short_day(day)} {day.year}"


def days(number: int) -> str:
    """The number of days in words: "1 day", "7 days"."""
    return counted(number, "day", "days")


def _were(number: int) -> str:
    return counted(number, "was", "were")
