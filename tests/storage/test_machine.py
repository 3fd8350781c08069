"""Three laptops do whatever people do, in any order, and the laws of the journal hold.

`plain.py` says the same rules a second time; after every step the store must agree with it. The
laws are in docs/reliability.md in plain words.
"""

from __future__ import annotations

import copy
import os
from dataclasses import replace
from random import Random
from typing import Any

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule

from tests.storage import laptops, plain
from tests.storage.laptops import START, WALK, CutOff, Laptop, Pack, cut_off, walker
from tests.storage.machine import STAGES, Deeds, Desk
from walk.model import Note, Revision, Walker, derived
from walk.storage import merge

SKEWS = (0, -3_600_000, 7_200_000)
NAMES = ("One", "Two", "Three")

some_laptop = st.integers(0, 2)
# Mostly one of the first, so that laptops meet in the same record.
some_record = st.integers(0, 2) | st.integers(0, 30)
yes_or_no = st.booleans()
some_stage = st.sampled_from(STAGES)


class Laptops(Deeds):
    """Three laptops with skewed, coarse clocks, and the packs that travel between them."""

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
        assert laptop.store.settle(laptop.by(), "write", words, [(laptop.me, settled)])
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
