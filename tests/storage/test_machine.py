"""Three laptops do whatever people do, in any order, and the laws of the journal hold.

`plain.py` says the same rules a second time; after every step the store must agree with it. The
laws are in docs/reliability.md in plain words.
"""

from __future__ import annotations

import copy
import itertools
import os
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any

import pytest
from hypothesis import Phase, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.storage import laptops, plain
from tests.storage.laptops import START, WALK, CutOff, Laptop, Pack, cut_off, walker
from walk.errors import Refused
from walk.model import Note, Placing, Record, Revision, Walker, derived, placing_id
from walk.storage import merge

STAGES = ("write", "hall")
SKEWS = (0, -3_600_000, 7_200_000)
NAMES = ("One", "Two", "Three")

some_laptop = st.integers(0, 2)
# Mostly one of the first, so that laptops meet in the same record.
some_record = st.integers(0, 2) | st.integers(0, 30)
yes_or_no = st.booleans()
some_stage = st.sampled_from(STAGES)


@dataclass
class Act:
    """What the machine remembers of an act, to hold undo against.

    `before` is what was shown of each record that it wrote, `after` what it wrote: where wordings
    are in conflict, another one may be shown after it.
    """

    words: str
    author: str
    stage: str
    before: dict[bytes, plain.Said]
    after: dict[bytes, plain.Said]
    settled: dict[bytes, set[plain.Said]]
    """All that the heads said where it settled a conflict, which its undo brings back."""
    status: str = "done"

    def stood(self, record: bytes, *, back: bool) -> set[plain.Said]:
        """What the heads of a record say while the act is done (back), or undone."""
        if back:
            return {self.after[record]}
        return self.settled.get(record, {self.before[record]})


@dataclass
class Collected:
    """What the machine remembers of a pack that was read."""

    rev_ids: set[bytes]
    journal: set[bytes]
    tables: list[tuple[Any, ...]]
    stirrings: int
    live: bool = True


@dataclass
class Desk:
    """A laptop and what the machine remembers of it."""

    laptop: Laptop
    acts: list[Act] = field(default_factory=list)
    packs: dict[int, Collected] = field(default_factory=dict)
    stirrings: int = 0
    """How often anything was written, collected or taken back here."""
    read: tuple[object, int] | None = None
    """As of which change the journal below was read."""
    revs: list[plain.Rev] = field(default_factory=list)
    looked: dict[str, object] = field(default_factory=dict)
    """As of which change each law was looked at."""

    def changed(self) -> bool:
        """Whether something was written since this was asked last; the journal is then read."""
        look = self.laptop.look
        version = (look, look.execute("PRAGMA data_version").fetchone()[0])
        if version == self.read:
            return False
        self.read, self.revs = version, plain.journal(look)
        return True

    def journal(self) -> list[plain.Rev]:
        self.changed()
        return self.revs

    def shown(self) -> dict[bytes, plain.Said]:
        return plain.shown(self.journal())

    def tables(self) -> list[tuple[Any, ...]]:
        return self.laptop.store.snapshot()

    def notes(self) -> list[str]:
        """Every note that was ever here, withdrawn ones included, the first to come first."""
        found = dict.fromkeys(rev.record.hex() for rev in self.journal() if rev.kind == "note")
        return list(found)


class Laptops(RuleBasedStateMachine):
    """Three laptops with skewed, coarse clocks, and the packs that travel between them."""

    def __init__(self) -> None:
        super().__init__()
        self.patch = pytest.MonkeyPatch()
        fresh = itertools.count(1)
        # Device ids are random; a machine that is run again must run the same.
        self.patch.setattr("walk.storage.taking.fresh_id", lambda: next(fresh).to_bytes(16, "big"))
        self.count = itertools.count(1)
        self.desks: list[Desk] = []
        self.guests: list[Laptop] = []
        self.told: set[str] = set()
        self.packs: list[Pack] = []
        self.aside: dict[int, tuple[bytes, Any]] = {}

    @initialize()
    def everyone_has_the_plan(self) -> None:
        """The walk, its walkers, two notes and a theme are on all laptops from the start.

        Without them too little would happen to the same record.
        """
        for name, skew in zip(NAMES, SKEWS, strict=True):
            self.desks.append(Desk(Laptop(name, clock=START + skew)))
        first = self.desks[0]
        people = [Walker(id=walker(name), walk=WALK, label=name) for name in (*NAMES, "Dana")]
        self._save(first, "write", laptops.the_walk("Lincoln"), *people)
        self._save(first, "write", self._note("seed 1"), self._note("seed 2"), laptops.theme())
        self._share(first)
        for desk in self.desks[1:]:
            self._collect(desk, self._export(first))

    def teardown(self) -> None:
        """All laptops exchange what they have, in every order: they end up with the same."""
        try:
            if self.desks:
                self._any_order_gives_the_same()
        finally:
            for laptop in [*(desk.laptop for desk in self.desks), *self.guests]:
                laptop.remove()
            self.patch.undo()

    # What people do

    @rule(who=some_laptop, seconds=st.sampled_from((-60, 1, 60)))
    def time_passes(self, who: int, seconds: int) -> None:
        self.desks[who].laptop.clock += 1_000 * seconds

    @rule(who=some_laptop, stage=some_stage, shared=yes_or_no)
    def write_a_note(self, who: int, stage: str, shared: bool) -> None:
        one = self._note(f"note {next(self.count)}")
        self._save(self.desks[who], stage, one)
        self._share_if(shared, who, one)

    @rule(
        one=some_laptop,
        two=some_laptop,
        which=st.integers(0, 2),
        edits=st.tuples(st.integers(0, 2), st.integers(0, 2)),
        collected=yes_or_no,
    )
    def two_change_the_same_note(
        self, one: int, two: int, which: int, edits: tuple[int, int], collected: bool
    ) -> None:
        """Each edits it some times, or withdraws it; both may share, and one hear of it."""
        for who, times in zip((one, two), edits, strict=True):
            for _ in range(times):
                self.edit(who, which, "write", own=True, shared=False)
            if not times:
                self.withdraw(who, which, "write", shared=False)
        if collected:
            self.share_one(one, which, everyone=False)
            self.share_one(two, which, everyone=False)
            self._collect(self.desks[two], self._export(self.desks[one]))

    @rule(who=some_laptop, row=st.integers(0, 1))
    def import_a_row(self, who: int, row: int) -> None:
        """The same row may be imported on several laptops: same id, same words."""
        self._save(self.desks[who], "write", laptops.note(f"row {row}", f"row {row}"))

    @rule(who=some_laptop, which=some_record, stage=some_stage, own=yes_or_no, shared=yes_or_no)
    def edit(self, who: int, which: int, stage: str, own: bool, shared: bool) -> None:
        desk = self.desks[who]
        shown = self._shown_note(desk, which)
        if shown:
            author = desk.laptop.me if own else walker("Dana")
            edited = shown.changed(text=f"edit {next(self.count)}")
            self._save(desk, stage, edited, author=author)
            self._carried_over(desk, shown)
            self._share_if(shared, who, shown)

    @rule(who=some_laptop, which=some_record, words=st.sampled_from(("yes", "no")))
    def edit_to_common_words(self, who: int, which: int, words: str) -> None:
        """Several laptops may come to say the same, and one may go back to what it said."""
        shown = self._shown_note(self.desks[who], which)
        if shown:
            self._save(self.desks[who], "write", shown.changed(text=words))

    @rule(who=some_laptop, which=some_record, stage=some_stage, shared=yes_or_no)
    def withdraw(self, who: int, which: int, stage: str, shared: bool) -> None:
        shown = self._shown_note(self.desks[who], which)
        if shown:
            self._save(self.desks[who], stage, withdrawn=[shown])
            self._share_if(shared, who, shown)

    @rule(who=some_laptop, one=some_record, two=some_record)
    def do_several_things_at_once(self, who: int, one: int, two: int) -> None:
        desk = self.desks[who]
        first, second = self._shown_note(desk, one), self._shown_note(desk, two)
        if first and second and first.id != second.id:
            edited = first.changed(text=f"edit {next(self.count)}")
            self._save(desk, "write", edited, self._placing(second), withdrawn=[second])

    @rule(who=some_laptop, which=some_record)
    def put_a_note_into_the_theme(self, who: int, which: int) -> None:
        shown = self._shown_note(self.desks[who], which)
        if shown:
            self._save(self.desks[who], "write", self._placing(shown))

    @rule(which=some_record)
    def settle_a_conflict(self, which: int) -> None:
        found = [
            (desk, record) for desk in self.desks for record in desk.laptop.store.conflicts(WALK)
        ]
        if not found:
            return
        desk, record = found[which % len(found)]
        shown = desk.laptop.store.get(Note, record)
        if shown is None:
            return
        settled = shown.changed(text=f"settled {next(self.count)}")
        before, laptop, words = desk.shown(), desk.laptop, f"act {next(self.count)}"
        was = desk.journal()
        assert laptop.store.resolve(laptop.by(), "write", words, settled)
        conflict = plain.heads(plain.by_record(was)[bytes.fromhex(record)])
        stood = {bytes.fromhex(record): {head.says for head in conflict}}
        self._remember(desk, words, laptop.me, "write", before, was, stood)
        found_heads = plain.heads(plain.by_record(desk.journal())[bytes.fromhex(record)])
        assert [head.says for head in found_heads] == [(False, settled.body())]

    @rule(which=some_record, steps=st.integers(1, 3), and_back=yes_or_no)
    def undo(self, which: int, steps: int, and_back: bool) -> None:
        desk, author, stage = self._stack(which, "done")
        before = [desk.shown()]
        while len(before) <= steps and self._turn(desk, author, stage, back=True):
            before.append(desk.shown())
        if and_back:
            for shown in before[-2::-1]:
                assert self._turn(desk, author, stage, back=False)
                assert desk.shown() == shown

    @rule(which=some_record)
    def redo(self, which: int) -> None:
        desk, author, stage = self._stack(which, "undone")
        self._turn(desk, author, stage, back=False)

    @rule(who=some_laptop)
    def share_everything(self, who: int) -> None:
        desk = self.desks[who]
        self._share(desk)
        assert desk.laptop.store.unshared(WALK) == []
        self._team_knows_what_is_shown(desk)

    @rule(who=some_laptop, which=some_record, everyone=yes_or_no)
    def share_one(self, who: int, which: int, everyone: bool) -> None:
        notes = self.desks[who].notes()
        if notes:
            self._share(self.desks[who], [notes[which % len(notes)]], everyone=everyone)

    # Packs

    @rule(who=some_laptop)
    def write_a_pack(self, who: int) -> None:
        """A pack is a file: it may be read much later."""
        self.packs.append(self._export(self.desks[who]))

    @rule(giver=some_laptop, taker=some_laptop, seed=st.integers(0, 3))
    def collect(self, giver: int, taker: int, seed: int) -> None:
        """Whole, shuffled, partly or doubled."""
        pack = self._export(self.desks[giver])
        Random(seed).shuffle(pack)
        pack = {0: pack, 1: pack, 2: pack[: len(pack) // 2], 3: pack * 2}[seed]
        self._collect(self.desks[taker], pack)

    @precondition(lambda self: self.packs)
    @rule(taker=some_laptop, which=some_record)
    def collect_an_older_pack(self, taker: int, which: int) -> None:
        self._collect(self.desks[taker], self.packs[which % len(self.packs)])

    @rule(giver=some_laptop, taker=some_laptop)
    def collect_and_take_back_at_once(self, giver: int, taker: int) -> None:
        desk = self.desks[taker]
        journal, tables = desk.laptop.rev_ids(), desk.tables()
        self._take_back(desk, self._collect(desk, self._export(self.desks[giver])))
        assert desk.laptop.rev_ids() == journal
        assert desk.tables() == tables

    @rule(which=some_record)
    def take_back(self, which: int) -> None:
        live = [
            (desk, number)
            for desk in self.desks
            for number, pack in desk.packs.items()
            if pack.live
        ]
        if live:
            # The newest are the likeliest to be alone in holding something.
            self._take_back(*live[-1 - which % len(live)])

    @rule(giver=some_laptop, taker=some_laptop, after=st.integers(0, 8), at_once=yes_or_no)
    def collect_cut_off_in_the_middle(
        self, giver: int, taker: int, after: int, at_once: bool
    ) -> None:
        desk, pack = self.desks[taker], self._export(self.desks[giver])
        journal, tables = desk.laptop.rev_ids(), desk.tables()
        self.patch.setattr(merge, "CHUNK", 2)
        with pytest.raises(CutOff):
            desk.laptop.collect(cut_off(pack, after))
        self.patch.setattr(merge, "CHUNK", 1_000)
        if not at_once:
            self._collect(desk, pack)
        # A chunk of two is written once the entry after it has come.
        begun = min(after, len(pack)) > 2
        assert desk.laptop.store.take_back_unfinished() == begun
        desk.stirrings += 1
        if at_once:
            assert desk.laptop.rev_ids() == journal
            assert desk.tables() == tables

    @rule(taker=some_laptop, kind=st.sampled_from(("mood", "note")), record=st.integers(0, 1))
    def something_from_a_newer_walk_comes_in(self, taker: int, kind: str, record: int) -> None:
        """A kind that nobody here knows, or a note with a field that nobody here knows."""
        number = next(self.count)
        newer = laptops.note(f"newer {record}", f"newer {number}", mood={"of": number})
        rev = Revision(
            walk=bytes.fromhex(WALK),
            record=bytes.fromhex(newer.id if kind == "note" else derived("mood", str(record))),
            kind=kind,
            schema=2,
            generation=1,
            parents=(),
            author=b"",
            device=number.to_bytes(16, "little"),
            number=1,
            made_at=START,
            zone=60,
            scope="team",
            deleted=False,
            body=newer.body() if kind == "note" else f'{{"mood":{number}}}',
        )
        self.told.add(rev.body)
        self._collect(self.desks[taker], [(rev.rev_id(), rev)])

    @rule(who=some_laptop, other=some_laptop)
    def clone_a_laptop(self, who: int, other: int) -> None:
        """Two laptops bear one device id, as after copying a disk."""
        if who != other:
            self.desks[who].laptop.become(self.desks[other].laptop)

    @rule(who=some_laptop)
    def copy_the_store_aside(self, who: int) -> None:
        desk = self.desks[who]
        memory = copy.deepcopy((desk.acts, desk.packs, desk.stirrings))
        self.aside[who] = (desk.laptop.content(), memory)

    @precondition(lambda self: self.aside)
    @rule(which=some_laptop)
    def bring_the_copy_back(self, which: int) -> None:
        """What was written since is gone here, yet others may hold it under the same numbers."""
        who = sorted(self.aside)[which % len(self.aside)]
        content, memory = self.aside.pop(who)
        desk = self.desks[who]
        desk.laptop.bring_back(content)
        desk.acts, desk.packs, desk.stirrings = memory

    # After every step

    @invariant()
    def the_tables_say_what_the_journal_says(self) -> None:
        for desk in self._stirred("tables"):
            without_unshared = [row[:10] if len(row) > 5 else row for row in desk.tables()]
            assert without_unshared == plain.tables(desk.journal())

    @invariant()
    def published_numbers_run_without_gaps(self) -> None:
        for desk in self._stirred("numbers"):
            own: dict[bytes, list[int]] = {}
            for rev in desk.journal():
                if rev.local and rev.number is not None:
                    own.setdefault(rev.device, []).append(rev.number)
            for numbers in own.values():
                assert numbers == list(range(1, len(numbers) + 1))

    def _stirred(self, law: str) -> list[Desk]:
        """The laptops on which something was written since this law was looked at."""
        found = []
        for desk in self.desks:
            desk.changed()
            if desk.looked.get(law) != desk.read:
                desk.looked[law] = desk.read
                found.append(desk)
        return found

    # Doing it, and what has to hold

    def _note(self, name: str) -> Note:
        return laptops.note(name, f"text of {name}")

    def _placing(self, one: Note) -> Placing:
        return Placing(
            id=placing_id(one.id, laptops.THEME), walk=WALK, theme=laptops.THEME, note=one.id
        )

    def _stack(self, which: int, status: str) -> tuple[Desk, str, str]:
        """Whose acts at which stage to turn: those with the newest ones that can be, first."""
        every = [
            (desk, author, stage)
            for desk in self.desks
            for author in (desk.laptop.me, walker("Dana"))
            for stage in STAGES
        ]
        acts = [(desk, act) for desk in self.desks for act in desk.acts]
        fitting = [(desk, act) for desk, act in acts if act.status == status] or acts
        if not fitting:
            return every[which % len(every)]
        desk, act = fitting[-1 - which % len(fitting)]
        return desk, act.author, act.stage

    def _share_if(self, shared: bool, who: int, one: Note) -> None:
        if shared:
            self._share(self.desks[who], [one.id], everyone=False)

    def _shown_note(self, desk: Desk, which: int) -> Note | None:
        notes = desk.notes()
        return desk.laptop.store.get(Note, notes[which % len(notes)]) if notes else None

    def _save(
        self,
        desk: Desk,
        stage: str,
        *records: Record,
        withdrawn: list[Note] | None = None,
        author: str = "",
    ) -> None:
        laptop, before, words = desk.laptop, desk.shown(), f"act {next(self.count)}"
        author = author or laptop.me
        journal = desk.journal()
        was = plain.by_record(journal)
        done = laptop.store.save(laptop.by(author), stage, words, records, withdraw=withdrawn or [])
        assert done == (desk.shown() != before)
        for record in records:
            shown = laptop.store.get(type(record), record.id)
            assert shown == record or record.id in {gone.id for gone in withdrawn or []}
        now = plain.by_record(desk.journal())
        for key, said in before.items():
            # An edit replaces what is shown; another wording of a conflict stays.
            others = {head.says for head in plain.heads(was[key])} - {said}
            assert others <= {head.says for head in plain.heads(now[key])}
        if done:
            self._remember(desk, words, author, stage, before, journal)

    def _remember(
        self,
        desk: Desk,
        words: str,
        author: str,
        stage: str,
        before: dict[bytes, plain.Said],
        was: list[plain.Rev],
        settled: dict[bytes, set[plain.Said]] | None = None,
    ) -> None:
        known = {rev.rev_id for rev in was}
        wrote = {rev.record: rev.says for rev in desk.journal() if rev.rev_id not in known}
        nothing = (True, "")
        for act in desk.acts:
            if (act.author, act.stage, act.status) == (author, stage, "undone"):
                act.status = "lost"
        shown = {record: before.get(record, nothing) for record in wrote}
        desk.acts.append(Act(words, author, stage, shown, wrote, settled or {}))
        desk.stirrings += 1

    def _carried_over(self, desk: Desk, before: Note) -> None:
        after = desk.laptop.store.get(Note, before.id)
        assert after is not None
        assert after.model_extra == before.model_extra

    def _turn(self, desk: Desk, author: str, stage: str, *, back: bool) -> bool:
        """Undo or redo; whether something was turned."""
        wanted = "done" if back else "undone"
        mine = [act for act in desk.acts if (act.author, act.stage) == (author, stage)]
        open_acts = [act for act in mine if act.status == wanted]
        store, by = desk.laptop.store, desk.laptop.by(author)
        turn: Callable[..., str | None] = store.undo if back else store.redo
        if not open_acts:
            assert turn(by, stage) is None
            return False
        act = open_acts[-1] if back else open_acts[0]
        now, then = (act.after, act.before) if back else (act.before, act.after)
        records = plain.by_record(desk.journal())
        stands = all(
            {head.says for head in plain.heads(records[record])} == act.stood(record, back=back)
            and not any(head.team for head in plain.heads(records[record]))
            for record in now
        )
        journal, shown = desk.laptop.rev_ids(), desk.shown()
        if not stands:
            with pytest.raises(Refused):
                turn(by, stage)
            assert desk.laptop.rev_ids() == journal
            return False
        assert turn(by, stage) == act.words
        assert desk.shown() == {**shown, **then}
        turned = plain.by_record(desk.journal())
        for record in then:
            heads = {head.says for head in plain.heads(turned[record])}
            assert heads == act.stood(record, back=not back)
        act.status = "undone" if back else "done"
        desk.stirrings += 1
        return True

    def _share(
        self, desk: Desk, records: list[str] | None = None, *, everyone: bool = True
    ) -> None:
        laptop = desk.laptop
        chosen = laptop.store.unshared(WALK) if records is None else records
        before, shown = desk.journal(), desk.shown()
        known = {rev.rev_id for rev in before}
        count = laptop.store.publish(laptop.by(), "shared", chosen, everyone=everyone)
        new = [rev for rev in desk.journal() if rev.rev_id not in known]
        assert len(new) == count
        mine, shown_now = plain.by_record(before), desk.shown()
        for record, revs in mine.items():
            said = {head.says for head in plain.heads(revs)}
            fresh = [rev for rev in new if rev.record == record]
            # One revision a wording, of wordings that were there; a clear record looks the same.
            assert len({rev.says for rev in fresh}) == len(fresh)
            assert {rev.says for rev in fresh} <= said
            # Nobody hears again of what the team says already.
            team_says = {head.says for head in plain.team_heads(revs)}
            assert not any(team_says == {rev.says} for rev in fresh)
            # Nobody hears of what was withdrawn before it was shared.
            assert not any(rev.deleted for rev in fresh) or any(rev.team for rev in revs)
            assert len(said) > 1 or shown_now[record] == shown[record]
        self.told |= {rev.body for rev in new}
        if count:
            desk.stirrings += 1
            for act in desk.acts:
                if everyone or act.author == laptop.me:
                    act.status = "closed"

    def _team_knows_what_is_shown(self, desk: Desk) -> None:
        """Colleagues see one wording where this laptop sees one, and it is the same one."""
        for revs in plain.by_record(desk.journal()).values():
            found, team = plain.heads(revs), plain.team_heads(revs)
            if len(found) == 1 and (team or not found[0].deleted):
                assert {head.says for head in team} == {found[0].says}
            if len(found) == 1 and found[0].team:
                assert team == found
            said = {rev.says for rev in revs if rev.team}
            assert all(head.says in said or head.deleted for head in found)

    def _export(self, desk: Desk) -> Pack:
        pack = desk.laptop.pack()
        for rev_id, rev in pack:
            assert rev.scope == "team"
            assert rev.body in self.told
            assert rev.rev_id() == rev_id
        assert {rev_id for rev_id, _ in pack} == {rev.rev_id for rev in desk.journal() if rev.team}
        return pack

    def _collect(self, desk: Desk, pack: Pack) -> int:
        laptop, ids = desk.laptop, {rev_id for rev_id, _ in pack}
        journal, tables, device_id = laptop.rev_ids(), desk.tables(), laptop.store.device
        own = {rev.rev_id for rev in desk.journal() if rev.local}
        number, merged = laptop.collect(pack)
        assert laptop.rev_ids() == journal | ids
        assert merged.added == len(ids - journal)
        assert merged.added + merged.already_here == len(pack)
        after = desk.tables()
        new_states = {row[0]: row for row in after if len(row) > 5}
        old_states = {row[0]: row for row in tables if len(row) > 5}
        touched = {rev.record for rev_id, rev in pack if rev_id not in journal}
        for place, count in ((5, merged.withdrawn), (6, merged.conflicts), (9, merged.unread)):
            fresh = [
                record
                for record in touched
                if new_states[record][place]
                and not (record in old_states and old_states[record][place])
            ]
            assert count == len(fresh)
        # Repeating adds nothing, and the tables can be made again.
        again, repeated = laptop.collect(pack)
        assert repeated.added == 0
        assert desk.tables() == after
        assert laptop.store.take_back_pack(again).removed == 0
        laptop.store.rebuild()
        assert desk.tables() == after
        # Someone else's revisions under this laptop's own device id: it needs a new one.
        doubled = any(
            rev.device.hex() == device_id and rev_id not in own and rev_id not in journal
            for rev_id, rev in pack
        )
        if doubled:
            assert laptop.store.device != device_id
        desk.stirrings += 1
        desk.packs[number] = Collected(ids, journal, tables, desk.stirrings)
        note(f"{laptop.name} collected pack {number}: {merged}")
        return number

    def _take_back(self, desk: Desk, number: int) -> None:
        pack = desk.packs[number]
        others = [one.rev_ids for one in desk.packs.values() if one.live and one is not pack]
        gone, kept = plain.taken_back(desk.journal(), pack.rev_ids, others)
        before = desk.laptop.rev_ids()
        back = desk.laptop.store.take_back_pack(number)
        assert desk.laptop.rev_ids() == before - gone
        assert back.removed == len(gone)
        assert set(back.kept) == kept
        if desk.stirrings == pack.stirrings:
            # Nothing happened here since: as if it had never been collected.
            assert desk.laptop.rev_ids() == pack.journal
            assert desk.tables() == pack.tables
        pack.live = False
        desk.stirrings += 1

    # At the end

    def _guest(self, *packs: Pack) -> Laptop:
        """A new laptop that reads these packs in this order."""
        guest = Laptop(f"Guest {len(self.guests)}")
        self.guests.append(guest)
        for pack in packs:
            guest.collect(pack)
        return guest

    def _any_order_gives_the_same(self) -> None:
        a, b, c = (self._export(desk) for desk in self.desks)
        expected = self._guest(a, b, c).store.snapshot()
        assert self._guest(c, a, b).store.snapshot() == expected
        assert self._guest(b[::-1], c[::-1], a[::-1]).store.snapshot() == expected
        a_and_b, b_and_c = self._guest(a, b).pack(), self._guest(b, c).pack()
        assert self._guest(a_and_b, c).store.snapshot() == expected
        assert self._guest(a, b_and_c).store.snapshot() == expected
        for desk, pack in zip(self.desks, (a, b, c), strict=True):
            assert desk.laptop.store.check() == []
            assert self._guest(pack).store.snapshot() == _team_view(desk.journal())


def _team_view(revs: list[plain.Rev]) -> list[tuple[Any, ...]]:
    """What the tables of someone say who knows a laptop's team revisions only."""
    team = [replace(rev, local=False) for rev in revs if rev.team]
    return [(*row, 0) if len(row) > 5 else row for row in plain.tables(team)]


# With shrinking off a broken law is found sooner; the mutants need no small example.
_PHASES = [Phase.explicit, Phase.reuse, Phase.generate]
if "WITHOUT_SHRINKING" not in os.environ:
    _PHASES.append(Phase.shrink)

TestLaptops = Laptops.TestCase
TestLaptops.settings = settings(stateful_step_count=30, phases=_PHASES)


class LaptopsForLong(Laptops):
    """The same with more steps and many more examples."""


TestLaptopsForLong = pytest.mark.long(LaptopsForLong.TestCase)
TestLaptopsForLong.settings = settings(max_examples=400, stateful_step_count=60, phases=_PHASES)
