"""The protocol of the debrief: which step is on, how long already, and going on when people say.

Times come from the clock alone, and nothing goes on by itself. A debrief without the protocol is
possible at any time: then no record is made.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from walk import protocol
from walk.clock import Moment, day_words, elapsed_ms
from walk.errors import Refused
from walk.model import (
    Closing,
    Debriefing,
    StepEntry,
    StepMinutes,
    Theme,
    closing_id,
    debriefing_id,
)
from walk.model.debriefing import LATEST_MS
from walk.routine import purged
from walk.routine.desk import Desk
from walk.routine.zone import ahead_min

STAGE = "protocol"
SCREENS: Mapping[str, str] = {
    **dict.fromkeys(("norms", "predict", "describe", "wonderings"), "protocol"),
    "read": "silent_read",
    "group": "debrief",
    "trends": "trends",
    "next": "steps",
}
"""Which screen shows a step."""
WITHOUT_CLOCK = ("group", "trends", "next")
"""The steps of a debrief that does not follow the protocol, in their order."""
AFTER_NOTES = ("trends", "next")
"""The steps for which no raw note is needed."""
AFTER_ALL = "summary"
"""The screen behind the last step."""
LEFT_OPEN_MS = 3 * 3_600_000
"""A step that was not left for so long was left open, over lunch or over night."""
MINUTES_MOST = 240
HOST = "host teacher"
"""The role on the roster by which a host teacher among the walkers is known."""


@dataclass(frozen=True, slots=True)
class Place:
    """A screen, and the step that it shows."""

    screen: str
    at: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """How the debrief of a walk stands; it is asked for the time and counts none."""

    record: Debriefing
    minutes: Mapping[str, int]
    total: int
    """Minutes that were planned for the whole."""
    since: Moment | None = None
    """When the step was entered that is on now; None where the clock stands."""
    earlier_ms: Mapping[str, int] = field(default_factory=dict)
    """Milliseconds that steps took when they were on before, by step."""
    closed: bool = False
    """The walk was closed, and with it the debrief."""

    @property
    def begun(self) -> bool:
        """The protocol was begun."""
        return any(_steps(self.record))

    @property
    def step(self) -> str:
        """The step that is on, or was last; nothing before the protocol is begun."""
        return next((one for one in reversed(_steps(self.record)) if one), "")

    @property
    def running(self) -> bool:
        """A step is on and its clock goes."""
        return self.since is not None

    @property
    def ended(self) -> bool:
        """The last step was left, or the walk was closed."""
        left = not self.running and self.step == protocol.IDS[-1]
        return self.begun and (left or self.closed)

    @property
    def under_way(self) -> bool:
        """It was begun and has not ended; its clock may stand for a break."""
        return self.begun and not self.ended

    @property
    def first(self) -> str:
        """The step it began with."""
        return next((one for one in _steps(self.record) if one), "")

    def spent(self, step: str, now: Moment) -> int:
        """Whole minutes that a step has taken, all times it was on together."""
        taken = self.earlier_ms.get(step, 0)
        if self.since is not None and step == self.step:
            taken += elapsed_ms(self.since, now)
        return taken // 60_000

    def time(self, step: str, now: Moment) -> str:
        """How long a step has been on, in whole minutes; where it was left open, since when."""
        if step == self.step and self.left_open(now) and self.since is not None:
            local = self.since.local
            return f"since {day_words(local.date())} {local:%H:%M}"
        return protocol.spent_words(self.spent(step, now), self.minutes[step])

    def left_open(self, now: Moment) -> bool:
        """Nobody went on for hours: how long the step took is not known."""
        return self.since is not None and elapsed_ms(self.since, now) > LEFT_OPEN_MS

    def title(self, step: str, now: Moment) -> tuple[str, str]:
        """What a title line says of a step, at its left and its right."""
        one = protocol.step(step)
        if not self.under_way:
            return f"Debrief · {one.title}", ""
        left = f"Debrief {protocol.number(step)} of {len(protocol.STEPS)} · {one.title}"
        if step != self.step:
            return left, f"the team is at {protocol.number(self.step)}"
        return left, self.time(step, now) if self.running else "clock stopped"


def _steps(record: Debriefing) -> list[str]:
    """The steps that were entered, in their order; those of a newer walk are passed over."""
    return [one.step for one in record.entered if one.step in protocol.IDS]


# Reading


def standing(desk: Desk) -> Standing:
    """How the debrief of the walk on the desk stands."""
    record = _record(desk)
    total = record.total or desk.rules.debrief_minutes
    return Standing(
        record=record,
        minutes=protocol.with_edits(total, _edited(record)),
        total=total,
        since=_since(desk, record),
        closed=desk.store.get(Closing, closing_id(desk.walk_id)) is not None,
        earlier_ms=_earlier(record),
    )


def _record(desk: Desk) -> Debriefing:
    id_ = debriefing_id(desk.walk_id)
    return desk.store.get(Debriefing, id_) or Debriefing(id=id_, walk=desk.walk_id)


def _since(desk: Desk, record: Debriefing) -> Moment | None:
    last = record.entered[-1] if record.entered else None
    if last is None or last.step not in protocol.IDS:
        return None
    kept = desk.store.setting(f"{STAGE}:{desk.walk_id}")
    if kept and kept[0] == last.at:
        return Moment(*kept)
    # It was entered on another laptop: only the wall clock is left to ask.
    return Moment(last.at, ahead_min(desk.local(last.at)), 0, "")


def _earlier(record: Debriefing) -> dict[str, int]:
    taken: dict[str, int] = {}
    for one, then in zip(record.entered, record.entered[1:], strict=False):
        lasted = then.at - one.at
        if 0 < lasted <= LEFT_OPEN_MS:
            taken[one.step] = taken.get(one.step, 0) + lasted
    return taken


def _edited(record: Debriefing) -> dict[str, int]:
    return {one.step: one.minutes for one in record.minutes}


def title(desk: Desk, step: str) -> tuple[str, str]:
    """What the title line says of a step: "Debrief 5 of 8 · Group …" and "8 of 10 min".

    The right is empty while the protocol is not followed.
    """
    return standing(desk).title(step, desk.now())


def minutes(desk: Desk) -> dict[str, int]:
    """The minutes of each step by its id, as they are planned for this walk."""
    return dict(standing(desk).minutes)


def where(desk: Desk) -> str:
    """The screen on which the debrief stands.

    The step that is on; before that the beginning; grouping, where a team works without it.
    """
    now = standing(desk)
    if purged.of(desk) is not None:
        return SCREENS[now.step] if now.under_way and now.step in AFTER_NOTES else "debrief"
    if now.begun:
        return "debrief" if now.ended else SCREENS[now.step]
    if desk.store.all(Theme, desk.walk_id):
        return "debrief"
    return "protocol" if desk.store.pool_size(desk.walk_id) else "debrief"


def words(now: Standing) -> str:
    """Where the debrief stands: "Debrief, step 4 of 8: describe only"; nothing outside of it."""
    if not now.under_way:
        return ""
    title = protocol.step(now.step).title
    of = f"{protocol.number(now.step)} of {len(protocol.STEPS)}"
    return f"Debrief, step {of}: {title[:1].lower()}{title[1:]}"


def hosts_on_roster(desk: Desk) -> list[str]:
    """The labels of the walkers who are host teachers themselves."""
    return [one.label for one in desk.walkers() if HOST in one.roles]


# Going on


def begin(desk: Desk, step: str = "", *, hosts: bool, agreed_otherwise: bool = False) -> Place:
    """Begin the protocol: at its first step, or with host teachers at the trends.

    `agreed_otherwise`: the host teachers agreed to be there from the start. Both are kept.
    `step` begins somewhere else.
    """
    at_trends = hosts and not agreed_otherwise
    chosen = step or ("trends" if at_trends else protocol.IDS[0])
    known = _record(desk).changed(
        hosts="present" if hosts else "absent", agreed_otherwise=hosts and agreed_otherwise
    )
    return _enter(desk, known, chosen, f"debrief begun at {protocol.step(chosen).title.lower()}")


def tell_hosts(desk: Desk, *, present: bool, agreed_otherwise: bool = False) -> None:
    """Keep whether host teachers are at the table, and whether they agreed to more than trends."""
    changed = _record(desk).changed(
        hosts="present" if present else "absent",
        agreed_otherwise=present and agreed_otherwise,
    )
    words = "host teachers at the table" if present else "no host teachers at the table"
    desk.save(STAGE, words, changed)


def go_to(desk: Desk, step: str) -> Place:
    """Go to any step; its clock goes on from what it took before."""
    return _enter(desk, _record(desk), step, f"on to {protocol.step(step).title.lower()}")


def go_on(desk: Desk, step: str) -> Place:
    """Where it goes on from a step; the clock goes along where that step was on.

    So does it from a later step, to which the team went by another way. On a laptop that only
    looks, and in a debrief without the protocol, nothing is kept.
    """
    now = standing(desk)
    if not now.under_way:
        return _without(step, 1)
    coming = protocol.after(step, now.minutes)
    ahead = protocol.number(step) > protocol.number(now.step) and _held_here(desk, now.record)
    if now.step != step and not ahead:
        return place(coming)
    if not coming:
        _stop(desk, now.record, "debrief ended")
        return Place(AFTER_ALL)
    return _enter(desk, now.record, coming, f"on to {protocol.step(coming).title.lower()}")


def _held_here(desk: Desk, record: Debriefing) -> bool:
    """The step that is on was entered on this laptop: the debrief is held here."""
    kept = desk.store.setting(f"{STAGE}:{desk.walk_id}")
    return bool(kept and record.entered and kept[0] == record.entered[-1].at)


def go_back(desk: Desk, step: str) -> Place:
    """Where it goes back to from a step; from the first one to the beginning."""
    now = standing(desk)
    if not now.under_way:
        return _without(step, -1)
    earlier = protocol.before(step, now.minutes, now.first if now.step == step else "")
    if not earlier:
        return Place("protocol", ALL)
    if now.step != step:
        return place(earlier)
    return _enter(desk, now.record, earlier, f"back to {protocol.step(earlier).title.lower()}")


ALL = "all"
"""At this place the protocol screen shows all steps with their minutes."""


def _without(step: str, by: int) -> Place:
    """The neighbour of a step where no clock goes; from one that only the protocol has, any."""
    if step not in WITHOUT_CLOCK:
        shown = protocol.IDS.index(step) + by
        return place(protocol.IDS[shown]) if shown >= 0 else Place("protocol", ALL)
    found = WITHOUT_CLOCK.index(step) + by
    if found < 0:
        return Place("protocol", ALL)
    return place(WITHOUT_CLOCK[found]) if found < len(WITHOUT_CLOCK) else Place(AFTER_ALL)


def place(step: str) -> Place:
    """The screen of a step; that behind the last one where none is named."""
    if not step:
        return Place(AFTER_ALL)
    screen = SCREENS[step]
    return Place(screen, step if screen == "protocol" else "")


def _enter(desk: Desk, record: Debriefing, step: str, words: str) -> Place:
    now, at = desk.now(), _at(desk, record)
    # The moment first: without its record it is never asked for.
    desk.store.set(
        f"{STAGE}:{desk.walk_id}", [at, ahead_min(desk.local(at)), now.awake_ms, now.boot]
    )
    entered = (*record.entered, StepEntry(step=step, at=at))
    desk.save(STAGE, words, record.changed(entered=entered))
    return place(step)


def _stop(desk: Desk, record: Debriefing, words: str) -> None:
    entered = (*record.entered, StepEntry(step="", at=_at(desk, record)))
    desk.save(STAGE, words, record.changed(entered=entered))


def _at(desk: Desk, record: Debriefing) -> int:
    """The moment to write down (wall ms), never before the last one.

    A clock that was set back meanwhile takes nothing from the step that is left.
    """
    now, since = desk.now(), _since(desk, record)
    last = record.entered[-1].at if record.entered else 0
    return min(max(now.wall_ms, last + (elapsed_ms(since, now) if since else 0)), LATEST_MS)


def turn_clock(desk: Desk) -> bool:
    """Stop the clock of the step that is on, for a break, or let it go on; whether it goes now."""
    now = standing(desk)
    if not now.begun:
        raise Refused("The protocol is not begun yet.", "Enter begins it.")
    if now.running and not now.left_open(desk.now()):
        _stop(desk, now.record, "clock stopped")
        return False
    _enter(desk, now.record, now.step, "clock goes on")
    return True


# Minutes


def set_total(desk: Desk, total: int) -> None:
    """Plan the debrief for so many minutes; steps that were set one by one follow it again."""
    _check(total, protocol.LEAST)
    desk.save(STAGE, f"debrief of {total} min", _record(desk).changed(total=total, minutes=()))


def set_minutes(desk: Desk, step: str, minutes: int) -> None:
    """Give one step other minutes; the others keep theirs. An optional step may have none."""
    _check(minutes, 0 if protocol.step(step).optional else 1)
    record = _record(desk)
    held = {**_edited(record), step: minutes}
    if protocol.shorten(record.total or desk.rules.debrief_minutes)[step] == minutes:
        del held[step]
    words = f"{protocol.step(step).title.lower()}: {minutes} min"
    edited = tuple(StepMinutes(step=one, minutes=held[one]) for one in held)
    desk.save(STAGE, words, record.changed(minutes=edited))


def _check(minutes: int, least: int) -> None:
    if not least <= minutes <= MINUTES_MOST:
        raise Refused(
            f"{minutes} minutes cannot be.",
            f"Give whole minutes from {least} to {MINUTES_MOST}.",
        )


def told(now: Standing) -> list[str]:
    """What is to be said of the minutes: which step was shortened, and by how much; a line each."""
    return protocol.told(now.total, now.minutes)
