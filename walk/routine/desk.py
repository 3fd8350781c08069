"""The desk: the store, the clock, the walk on it and who is writing. Everyone works through it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import date, datetime
from typing import Any, NamedTuple, TypeVar

from walk.clock import Clock, Moment
from walk.errors import BusyStore, FullDisk, Refused, StoreError
from walk.model import Record, Rules, Walk, Walker, rules_id, uuid7
from walk.routine import zone
from walk.storage.database import RENEWED
from walk.storage.leftover import clear_cut_off
from walk.storage.presence import Presence
from walk.storage.reading import as_id
from walk.storage.store import By, Draft, Store

R = TypeVar("R")

ON_THE_DESK = "walk"
"""The local setting that remembers the walk opened or made last."""

FULL = (
    "The disk is full: what is here can be read, and a collect or import that was cut off is taken "
    "back at the first start with more room"
)


class Place(NamedTuple):
    """Where a person left off: a screen, the walk, and what it was open at."""

    screen: str
    walk: str = ""
    at: str = ""


class Desk:
    """What every screen and command is given. One desk belongs to one thread."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self.store = store
        self.clock = clock
        self.walk_id: str = store.setting(ON_THE_DESK, "")
        if self.walk_id and store.get(Walk, self.walk_id) is None:
            self.walk_id = ""
        self._version = store.data_version()
        self._presence: Presence | None = None
        self._alone = False
        self.after_a_crash = False
        """The store was not closed as it should be when it was used last."""
        self._last_id = (0, 0)
        self._read: dict[str, tuple[Any, ...]] = {}
        """What was read last, each with the moment of the store that it is of."""

    # Which walk, and who writes

    def open_walk(self, walk: str) -> None:
        """Put a walk on the desk and remember it for the next start."""
        self.walk_id = walk
        self.store.set(ON_THE_DESK, walk)

    @property
    def walk(self) -> Walk:
        """The walk on the desk; Refused when there is none."""
        walk = self.store.get(Walk, self.walk_id) if self.walk_id else None
        if walk is None:
            raise Refused("No walk is open.", "n on Home begins one; so does `walk new`.")
        return walk

    @property
    def has_walk(self) -> bool:
        """Whether a walk is on the desk that the store still holds."""
        return bool(self.walk_id) and self.store.get(Walk, self.walk_id) is not None

    @property
    def rules(self) -> Rules:
        """The rules of the walk on the desk; the usual ones where none were set."""
        found = self.store.get(Rules, rules_id(self.walk_id))
        return found or Rules(id=rules_id(self.walk_id), walk=self.walk_id)

    @property
    def me(self) -> str:
        """The walker whose words are being written, or nothing."""
        return self._walker_set(f"me:{self.walk_id}")

    @property
    def label(self) -> str:
        """The label of who is writing, as *Writing: Ana* shows it; nothing when nobody is."""
        walker = self.store.get(Walker, self.me) if self.me else None
        return walker.label if walker else ""

    def write_as(self, walker: str) -> None:
        """From now on this laptop writes this walker's words."""
        self.store.set(f"me:{self.walk_id}", walker)

    def become(self, walker: str) -> None:
        """This laptop is this walker's: they write here, and others' words are marked as typed."""
        self.write_as(walker)
        self.store.set(f"own:{self.walk_id}", walker)

    def own_walker(self) -> str:
        """The walker this laptop joined as; differs from `me` on a shared laptop."""
        return self._walker_set(f"own:{self.walk_id}") or self.me

    def _walker_set(self, key: str) -> str:
        """The walker that a setting names; nothing where what stands there is no id."""
        named: str = self.store.setting(key, "")
        return named if as_id(named) else ""

    def walkers(self) -> list[Walker]:
        """The roster, by label; two records of one person stand there once."""
        held = [one.record for one in self.store.all(Walker, self.walk_id)]
        if any(one.same_as for one in held):
            held = [one for one in held if self.person(one.id) == one.id]
        return sorted(held, key=lambda one: one.label.casefold())

    def person(self, walker: str) -> str:
        """Whom a walker's record stands for: its own, or the one it was said to be the same as."""
        seen: list[str] = []
        while found := self.store.get(Walker, walker) if walker else None:
            seen.append(walker)
            if found.same_as in seen:
                return min(seen[seen.index(found.same_as) :])  # each was said to be the other
            if not found.same_as or self.store.get(Walker, found.same_as) is None:
                break
            walker = found.same_as
        return walker

    def records_of(self, walker: str) -> list[str]:
        """The ids of all walker records of one person, the one asked for first."""
        held = [one.record for one in self.store.all(Walker, self.walk_id)]
        if not any(one.same_as for one in held):
            return [walker]  # nearly always, and this is asked often
        person = self.person(walker)
        others = [one.id for one in held if one.id != walker and self.person(one.id) == person]
        return [walker, *others]

    def mine(self) -> list[str]:
        """The walker records of the one who writes; none where nobody does."""
        me = self.me
        return self.records_of(me) if me else []

    def is_lead(self) -> bool:
        """True on the laptop that made the plan."""
        return self.store.made_here(self.walk_id)

    # Time

    def now(self) -> Moment:
        """The moment, from the one clock."""
        return self.clock.now()

    def local(self, wall_ms: int | None = None) -> datetime:
        """A moment (UTC milliseconds; now where none is given) on the clock of the host school.

        Where the walk on the desk names no zone, or none is open, it is this laptop's clock.
        """
        at = self.now().wall_ms if wall_ms is None else wall_ms
        with suppress(StoreError):  # a file that fails now is told where something is saved
            walk = self.store.get(Walk, self.walk_id) if self.walk_id else None
            if walk is not None and zone.is_known(walk.zone):
                return zone.local(at, walk.zone)
        return Moment(at, self.clock.offset_min(at), 0, "").local

    def today(self) -> date:
        """The date at the host school."""
        return self.local().date()

    def walk_date(self) -> date:
        """The date of the walk on the desk; today where none can be read from it."""
        try:
            return date.fromisoformat(self.walk.date)
        except ValueError:
            return self.today()

    def as_read(self, what: str, read: Callable[[], R]) -> R:
        """What was read last under this name for the walk on the desk, while nothing was written
        since; else it is read anew. For what is asked again and again, and is changed by nobody.
        """
        now = (self.walk_id, *self.store.as_of())
        if self._read.get(what, (None,))[0] != now:
            self._read[what] = (now, read())
        found: R = self._read[what][1]
        return found

    # Saving

    def new_id(self) -> str:
        """A fresh record id; of two made here, the later one is the greater, also in one
        millisecond (RFC 9562, section 6.2, method 1).
        """
        now = self.now().wall_ms
        at, count = self._last_id
        self._last_id = (at, count + 1) if now <= at else (now, 0)
        at, count = self._last_id
        # Twelve bits count within a millisecond; the version stands in the four before them.
        return uuid7(at + (count >> 12), (count & 0xFFF).to_bytes(2, "big") + os.urandom(8))

    def by(self, author: str | None = None) -> By:
        """Who writes and when; another walker's words by naming them."""
        now = self.now()
        return By(self.walk_id, self.me if author is None else author, now.wall_ms, now.zone_min)

    def save(
        self,
        stage: str,
        words: str,
        *records: Record,
        withdraw: Iterable[Record] = (),
        draft_done: str = "",
        author: str | None = None,
        run: str = "",
    ) -> bool:
        """Save one act; False when it changed nothing. `words` name it for undo.

        `run` names an import that goes on behind it: cut off, this is taken back with the rest.
        """
        return self.store.save(
            self.by(author),
            stage,
            words,
            records,
            withdraw=withdraw,
            draft_done=draft_done,
            run=run,
        )

    def undo(self, stage: str) -> str | None:
        """Take back the last act of a stage; its words, or None."""
        return self.store.undo(self.by(), stage)

    def may_undo(self, stage: str) -> bool:
        """True where there is something of a stage that may be taken back."""
        return bool(self.walk_id) and self.store.may_undo(self.by(), stage)

    def redo(self, stage: str) -> str | None:
        """Do the act again that was undone last; its words, or None."""
        return self.store.redo(self.by(), stage)

    def keep_draft(self, place: str, text: str, extra: str = "") -> None:
        """Store what is being typed at a place; an empty text forgets it."""
        self.store.keep_draft(Draft(place, self.walk_id, self.me, text, extra, self.now().wall_ms))

    def draft(self, place: str) -> Draft | None:
        """What was being typed at a place."""
        return next((one for one in self.store.drafts(self.walk_id) if one.place == place), None)

    # Other writers, and where we were

    def arrive(self, *, patience_s: float = 0.0) -> str:
        """Claim the store for this program; what is to be told about it, in words.

        Where no other program has it open, a collect or import that was cut off is taken back, and
        what a restore left that was; on a full disk that waits for the next start.
        Raises BusyStore while another has it for itself, which is waited for so long.
        """
        if self._alone:
            return ""
        if self._presence is None:
            presence = Presence(self.store.path)
            self._alone = presence.claim(patience_s=patience_s)
            self._presence = presence
            if not self.store.is_in_place():
                # What was waited for has set the damaged store aside: nothing is saved into that.
                raise BusyStore(
                    "A backup was brought back meanwhile, so what this walk showed is old.",
                    "Start walk again.",
                )
        else:
            self._alone = self._presence.is_alone()
        if not self._alone:
            self.after_a_crash = False  # what lies beside the store is the other's
            return "also open elsewhere; both stay right"
        self.after_a_crash |= self._presence.after_a_crash
        try:
            told = [clear_cut_off(self.store.path), self._taken_back(), self._renewed()]
        except FullDisk:
            return FULL  # what is here can be read all the same
        return ". ".join(one for one in told if one)

    def _taken_back(self) -> str:
        """Take back what was cut off; what there was, in words."""
        if not self.store.take_back_unfinished():
            return ""
        if self.walk_id and self.store.get(Walk, self.walk_id) is None:
            self.walk_id = ""  # it was made by what was taken back
        return "A collect or import was cut off; it was taken back, so do it again"

    def _renewed(self) -> str:
        """That the store got a newer form, once."""
        if not self.store.setting(RENEWED):
            return ""
        self.store.set(RENEWED, None)
        return "The store has a newer form; before, it was backed up"

    @property
    def is_alone(self) -> bool:
        """No other program had the store open when this one arrived."""
        return self._alone

    def part(self) -> None:
        """Give the claim up."""
        if self._presence is not None:
            self._presence.leave()

    def begin_again(self) -> None:
        """Learn anew which laptop this is and which walk is in hand, after a restore."""
        self.store.learn_device()
        self.walk_id = str(self.store.setting(ON_THE_DESK, ""))
        if self.walk_id and self.store.get(Walk, self.walk_id) is None:
            self.walk_id = ""

    def changed_elsewhere(self) -> bool:
        """True once after another program wrote to the store; asked every second."""
        version = self.store.data_version()
        changed, self._version = version != self._version, version
        return changed

    def remember(self, place: Place) -> None:
        """Keep where the person is, so that the next start opens there."""
        self.store.set("place", [place.screen, place.walk, place.at])

    def remembered(self) -> Place:
        """Where the person was; Home when that is gone."""
        kept = self.store.setting("place", ["home", "", ""])
        if len(kept) != 3 or not all(isinstance(one, str) for one in kept):
            return Place("home")
        screen, walk, at = kept
        if walk and (walk not in self.store.walks()):
            return Place("home")
        return Place(screen, walk, at)
