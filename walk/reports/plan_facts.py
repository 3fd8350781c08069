"""What the printed pages of a plan are made from, and the sentences that several of them say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from walk.reports.blocks import Say
from walk.reports.letter import long_date, sentence, where_and_when
from walk.reports.summary import UNCONFIRMED, ConfirmationFact

WHY: dict[str, str] = {
    "windows": "no slot lies within its times",
    "bells": "a bell stands in the way",
    "slots": "the slots are too few",
    "stops per team": "no team may make more stops",
    "own room": "a walker would be in their own room",
}
"""The planning rules that keep a visit out, in words."""


@dataclass(frozen=True)
class Minutes:
    """How long each part of a walk is planned to take, in minutes."""

    orientation: int = 15
    visit: int = 12
    write: int = 3
    hall: int = 4
    move: int = 2
    debrief: int = 45


@dataclass(frozen=True)
class StopFact:
    """One team at one visit in one slot. Times are local, with their offset."""

    team: str
    code: str
    slot: int
    enter: datetime
    leave: datetime
    write_until: datetime
    talk_until: datetime


@dataclass(frozen=True)
class RotationFacts:
    """A rotation as it was made. Times are local, with their offset."""

    made: datetime
    sequence: int
    starts: datetime
    """When orientation begins."""
    ends: datetime
    """When the debrief ends."""
    minutes: Minutes
    stops: tuple[StopFact, ...]
    """By time, then team."""
    recorded: tuple[str, ...] = ()
    """Codes of the visits that are watched as a segment and need no slot."""
    dropped: tuple[tuple[str, str], ...] = ()
    """Codes of the visits that no team sees, each with the rule that stands in the way."""
    warnings: tuple[str, ...] = ()

    @property
    def teams(self) -> tuple[str, ...]:
        """The teams that have a stop, in the order of their first one."""
        return tuple(dict.fromkeys(stop.team for stop in self.stops))

    @property
    def debrief_starts(self) -> datetime:
        """When the debrief begins."""
        return self.ends - timedelta(minutes=self.minutes.debrief)


@dataclass(frozen=True)
class VisitFact:
    """A classroom that is open for this walk, by its code."""

    code: str
    mode: str
    """As in walk.model.visit.Mode."""
    inquiry: str = ""
    """An inquiry of its own; empty: the walk's."""


@dataclass(frozen=True)
class ReadyFact:
    """A prerequisite that is not yet so."""

    words: str
    reason: str = ""


@dataclass(frozen=True)
class PlanFacts:
    """A plan as its pages say it. Texts of people are as they wrote them."""

    walk_id: str = ""
    title: str = ""
    host_school: str = ""
    date: str = ""
    """ISO date."""
    start: str = ""
    """Local time of day, HH:MM; empty while none is set."""
    minutes: Minutes = Minutes()
    walkers: int = 0
    teams: int = 0
    on_no_team: int = 0
    """Walkers on the roster without a team, while others have one."""
    others_may_join: bool = False
    """Whoever joins is put on the roster."""
    roles: tuple[str, ...] = ()
    """Each role that a walker has, once."""
    visits: tuple[VisitFact, ...] = ()
    """Those that are open, in the order of the plan."""
    rotation: RotationFacts | None = None
    focus: str = ""
    inquiries: tuple[str, ...] = ()
    set_by: str = ""
    confirmation: ConfirmationFact | None = None
    changes_after_confirmation: tuple[str, ...] = ()
    professional_learning: str = ""
    no_learning_reason: str = ""
    look_fors: tuple[tuple[str, str], ...] = ()
    """Name and prompt of each that the host teachers know of."""
    meeting_date: str = ""
    """ISO date of the focus meeting."""
    met: tuple[str, ...] = ()
    """Groups that met."""
    agreed: str = ""
    may_ask: tuple[str, ...] = ()
    not_visited: str = ""
    type_in_room: bool = True
    who_sees_raw: str = ""
    keep_until: str = ""
    """ISO date."""
    individual_notes: bool = False
    notice_given: str = ""
    """ISO date, or words."""
    notice_days: int = 0
    """Days of notice that were agreed; 0 when nothing was."""
    local_agreement: str = ""
    whom_to_tell: str = ""
    not_ready: tuple[ReadyFact, ...] = ()
    not_said: tuple[str, ...] = ()
    """Prerequisites of which nobody has said how they stand."""
    warnings: tuple[str, ...] = ()
    """What its dates do not keep to, in words."""
    talk_spot: str = ""
    cycle: str = ""
    """The inquiry cycle that the walk is a part of, with its stage, in words."""
    checklists: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """For each mode that is used: its words, and what to look at before a stop."""


def hhmm(moment: datetime) -> str:
    """A local time of day."""
    return f"{moment:%H:%M}"


def span(start: datetime, end: datetime) -> str:
    """From and to, as local times of day."""
    return f"{hhmm(start)}–{hhmm(end)}"


def as_of(made: RotationFacts) -> str:
    """The moment of which a rotation is."""
    return f"as of {long_date(made.made.date().isoformat())}, {hhmm(made.made)}"


def why_words(why: str) -> str:
    """Why a visit has no stop, in words for people who plan nothing."""
    return " and ".join(WHY.get(rule, rule) for rule in why.split(" and "))


def in_a_row(texts: Sequence[str]) -> str:
    """Several people's sentences, one after the other."""
    return " ".join(map(sentence, texts))


def place_and_date(facts: PlanFacts) -> str:
    """The host school and the day."""
    return where_and_when(facts.host_school, facts.date)


def starts_at(facts: PlanFacts) -> str:
    """When orientation begins, HH:MM; empty while neither rotation nor plan says so."""
    return hhmm(facts.rotation.starts) if facts.rotation else facts.start


def unconfirmed(facts: PlanFacts) -> tuple[Say, ...]:
    """The loud word of an unconfirmed focus, for pages that say nothing else of it."""
    return () if facts.confirmation else (Say(UNCONFIRMED, loud=True),)


def modes_used(facts: PlanFacts, codes: Sequence[str]) -> tuple[str, ...]:
    """The modes of these visits, each once, in the order of the plan."""
    return tuple(dict.fromkeys(one.mode for one in facts.visits if one.code in codes))
