"""What the machine of three laptops does at each step, and what has to hold each time."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import note
from hypothesis.stateful import RuleBasedStateMachine

from tests.storage import laptops, plain
from tests.storage.laptops import WALK, Laptop, Pack, walker
from walk.errors import Refused
from walk.model import Note, Placing, Record, placing_id

STAGES = ("write", "hall")


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


class Deeds(RuleBasedStateMachine):
    """Laptops and packs, and every deed on them held against `plain.py`."""

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
        assert after.newer_fields() == before.newer_fields()

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
