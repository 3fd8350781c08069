"""Receipts that are kept, what is asked before packs are read, and taking back with three desks."""

from __future__ import annotations

import itertools
import shutil
from pathlib import Path

import pytest

from tests.desks import begin_small, desk_at, texts, write_form
from tests.routine.laptops import Laptops, note_of, seen, wrote
from walk.errors import PackError, StoreError
from walk.intake.plan import Place, Places
from walk.model import Note
from walk.routine.exchanging import collect
from walk.routine.exchanging import share as sharing
from walk.routine.exchanging.found import Progress, files_at, look, new_places
from walk.routine.planning import places, prepare
from walk.routine.settling import receipts
from walk.routine.visiting import visit
from walk.storage.store import Store


def test_a_receipt_is_kept_and_read_again(laptops: Laptops) -> None:
    ana, anas = wrote(laptops, "Ana", "S1 points", "second")
    first = collect.collect(laptops.lead, [anas])
    visit.withdraw(ana, note_of(ana, "second"))
    second = collect.collect(laptops.lead, [laptops.pack(ana, "again"), laptops.folder / "no.walk"])
    held = receipts.listed(laptops.lead)
    assert [one.receipt for one in held] == [second, first]
    assert [one.may_undo for one in held] == [True, False]
    assert second.total("withdrawn") == 1
    assert second.walkers_in == ("Ana",)
    assert [bool(one.refused) for one in second.packs] == [True, False]
    assert held[0].at == laptops.lead.now().local
    assert receipts.listed(ana) == []


def test_what_taking_back_did_stands_with_its_receipt(laptops: Laptops) -> None:
    _, anas = wrote(laptops, "Ana", "S1 points")
    _, bens = wrote(laptops, "Ben", "S2 reads")
    collect.collect(laptops.lead, [anas])
    collect.collect(laptops.lead, [bens])
    note = note_of(laptops.lead, "S2 reads")
    laptops.lead.save("debrief", "note reworded", note.changed(text="S2 reads aloud"))
    said = collect.undo_collect(laptops.lead)
    newest, oldest = receipts.listed(laptops.lead)
    assert newest.undone == tuple(said)
    assert "1 note" in newest.undone[1]
    assert (newest.may_undo, oldest.may_undo) == (False, True)


def test_nothing_of_a_note_stands_in_a_receipt(laptops: Laptops) -> None:
    _, anas = wrote(laptops, "Ana", "zebra words")
    collect.collect(laptops.lead, [anas])
    collect.undo_collect(laptops.lead)
    kept = [one.value for one in laptops.lead.store.receipts()]
    assert len(kept) == 2
    assert "zebra" not in str(kept)


def test_a_receipt_that_cannot_be_read_whole_is_shown_as_far_as_it_can(laptops: Laptops) -> None:
    lead = laptops.lead
    odd = {"packs": [{"file": "a.walk", "added": "many", "new": 1}, 7, {"added": 1}], "walk": 3}
    lead.store.keep_receipt("collect", lead.walk_id, 0, odd)
    lead.store.keep_receipt("other kind", lead.walk_id, 0, {})
    (kept,) = receipts.listed(lead)
    assert [(one.file, one.added) for one in kept.receipt.packs] == [("a.walk", 0)]


def test_after_a_purge_nothing_read_before_it_is_offered_for_undo(
    laptops: Laptops, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, anas = wrote(laptops, "Ana", "S1 points")
    collect.collect(laptops.lead, [anas])
    at = laptops.lead.now().wall_ms
    monkeypatch.setattr(Store, "purged", lambda *_: (frozenset({"note"}), at))
    assert receipts.collects(laptops.lead) == []
    assert not receipts.listed(laptops.lead)[0].may_undo


def test_missing_entries_are_told_by_whose_laptop_has_them(laptops: Laptops) -> None:
    ana, _ = wrote(laptops, "Ana", "one", "two", "three")
    published = [one for one in ana.store.published(ana.walk_id) if one.kind == "note"]
    ben = laptops.joined("Ben")
    last = [(one.rev_id(), one) for one in published[-1:]]
    ben.store.collect(b"x" * 32, "part.walk", ben.walk_id, "Ana", last, 0, lambda _: "{}")
    receipt = receipts.standing(ben, ben.walk_id, ())
    assert receipt.missing_numbers == (
        "Ana's laptop has 3 more entries than reached us: ask for a new pack from it.",
    )
    assert not any(ana.store.device[:4] in one for one in receipt.in_words())


def test_very_many_laptops_are_not_listed_one_by_one(
    laptops: Laptops, monkeypatch: pytest.MonkeyPatch
) -> None:
    gaps = {f"{number:032x}": [(1, 2)] for number in range(9_000)}
    monkeypatch.setattr(Store, "missing_numbers", lambda *_: gaps)
    told = receipts.standing(laptops.lead, laptops.lead.walk_id, ()).missing_numbers
    assert len(told) == receipts.LAPTOPS_MOST + 1
    assert "8,988 more laptops" in told[-1]


# In part, in any order, and from a laptop that collected others


def test_three_desks_in_any_order_and_back(laptops: Laptops) -> None:
    ana, anas = wrote(laptops, "Ana", "from walker 1")
    ben, _ = wrote(laptops, "Ben", "from walker 2")
    collect.collect(ben, [anas])
    both = laptops.pack(ben, "both")  # Ben's laptop collected Ana's
    write_form(laptops.lead, "V1", "from walker 3")
    leads = laptops.pack(laptops.lead, "lead")
    for extra, order in enumerate(itertools.permutations((anas, both, leads))):
        late = laptops.laptop(f"late{extra}")
        states = [(late.store.snapshot(), texts(late))]
        for path in order:
            collect.collect(late, [path])
            states.append((late.store.snapshot(), texts(late)))
        assert texts(late) == ["from walker 1", "from walker 2", "from walker 3"]
        for before in reversed(states[:-1]):
            collect.undo_collect(late)
            assert (late.store.snapshot(), texts(late)) == before
    assert texts(ana) == ["from walker 1"]


def test_a_file_twice_and_a_copy_of_it_are_read_once(laptops: Laptops) -> None:
    _, anas = wrote(laptops, "Ana", "from walker 1")
    stick = laptops.folder / "stick"
    (stick / "more").mkdir(parents=True)
    shutil.copy(anas, stick / "Ana.walk")
    shutil.copy(anas, stick / "Ana (1).walk")
    shutil.copy(anas, stick / "more" / "Ana.walk")
    paths = [stick, stick / "Ana.walk", stick / "more"]
    receipt = collect.collect(laptops.lead, paths)
    assert [(one.file, one.same_as) for one in receipt.packs] == [
        ("Ana (1).walk", ""),
        ("Ana.walk", "Ana (1).walk"),
        ("Ana.walk", "Ana (1).walk"),
    ]
    assert receipt.total("added") == 2
    assert len(laptops.lead.store.packs()) == 1
    assert "the same file as Ana (1).walk" in receipt.in_words()[1]


def test_a_file_that_was_read_before_is_known_and_its_undo_still_right(laptops: Laptops) -> None:
    _, anas = wrote(laptops, "Ana", "from walker 1")
    before = seen(laptops.lead)
    collect.collect(laptops.lead, [anas])
    after = seen(laptops.lead)
    again = collect.collect(laptops.lead, [anas]).packs[0]
    assert (again.added, again.walker, again.kind) == (0, "Ana", "share")
    assert again.already_here > 0
    collect.undo_collect(laptops.lead)
    assert seen(laptops.lead) == after
    collect.undo_collect(laptops.lead)
    assert seen(laptops.lead) == before
    assert collect.collect(laptops.lead, [anas]).packs[0].added == 2


def test_a_walk_that_was_not_here_is_told_to_be_one_of_its_own(
    laptops: Laptops, tmp_path: Path
) -> None:
    other = tmp_path / "other.walk"
    with desk_at(tmp_path / "other.walkdb") as elsewhere:
        begin_small(elsewhere)
        write_form(elsewhere, "V1", "another walk")
        sharing.share(elsewhere, other)
        walk = elsewhere.walk_id
    _, anas = wrote(laptops, "Ana", "from walker 1")
    own = laptops.lead.walk_id
    looked = look([other, anas])
    assert [one.path for one in looked.of_other_walks(laptops.lead)] == [other]
    assert looked.without(looked.of_other_walks(laptops.lead)).found[0].path == anas
    receipt = collect.collect(laptops.lead, [other, anas])
    told = {one.file: one.own_walk for one in receipt.packs}
    assert told["Ana.walk"] == ""
    assert told["other.walk"]
    assert laptops.lead.walk_id == own
    assert texts(laptops.lead) == ["from walker 1"]
    assert [one.file for one in receipts.listed(laptops.lead)[0].receipt.packs] == ["Ana.walk"]
    laptops.lead.open_walk(walk)
    assert [one.file for one in receipts.listed(laptops.lead)[0].receipt.packs] == ["other.walk"]
    collect.undo_collect(laptops.lead)
    assert laptops.lead.store.walks() == [own]


def test_a_copied_store_is_told(laptops: Laptops) -> None:
    ana, _ = wrote(laptops, "Ana", "before the copy")
    twin = laptops.folder / "twin.walkdb"
    ana.store._conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copy(ana.store.path, twin)
    twins = laptops.stack.enter_context(desk_at(twin))
    twins.store.device = ana.store.device  # as on a cloned disk, whose machine says the same
    write_form(twins, "V2", "on the copy")
    write_form(ana, "V2", "on the first")
    receipt = collect.collect(ana, [laptops.pack(twins, "twin")])
    assert collect.CLONED in receipt.to_know
    assert receipt.packs[0].copies > 0
    assert "a laptop is the copy of another" in " ".join(receipt.in_words())
    assert sorted(texts(ana)) == ["before the copy", "on the copy", "on the first"]


# While it runs


def test_it_stops_behind_the_pack_in_hand(laptops: Laptops) -> None:
    _, anas = wrote(laptops, "Ana", "from walker 1")
    _, bens = wrote(laptops, "Ben", "from walker 2")
    told: list[Progress] = []

    def report(progress: Progress) -> bool:
        told.append(progress)
        return progress.entries == 0 and progress.of > 0  # asked while the first one is read

    receipt = collect.collect(laptops.lead, [anas, bens], report=report)
    assert texts(laptops.lead) == ["from walker 1"]
    assert receipt.to_know == (
        "Stopped after 1 of 2 packs, as you asked; collect again for the others.",
    )
    assert [one.words for one in told] == ["1 of 2", "1 of 2"]
    collect.collect(laptops.lead, [anas, bens])
    assert texts(laptops.lead) == ["from walker 1", "from walker 2"]


def test_a_stick_that_is_pulled_in_the_middle_is_told(laptops: Laptops) -> None:
    _, anas = wrote(laptops, "Ana", "from walker 1")
    _, bens = wrote(laptops, "Ben", "from walker 2")

    def pull(progress: Progress) -> bool:
        if progress.pack == 2:
            bens.unlink(missing_ok=True)
        return False

    receipt = collect.collect(laptops.lead, [anas, bens], report=pull)
    assert "plugged in" in receipt.packs[1].refused
    assert receipt.missing_walkers == ("Ben", "Lea")
    assert texts(laptops.lead) == ["from walker 1"]


def test_a_disk_that_fills_up_leaves_a_receipt_of_what_came(
    laptops: Laptops, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, anas = wrote(laptops, "Ana", "from walker 1")
    _, bens = wrote(laptops, "Ben", "from walker 2")
    whole = Store.collect

    def full(self: Store, *rest: object, **more: object) -> object:
        if rest[1] == "Ben.walk":
            raise StoreError("The disk is full.")
        return whole(self, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(Store, "collect", full)
    with pytest.raises(StoreError):
        collect.collect(laptops.lead, [anas, bens])
    (kept,) = receipts.listed(laptops.lead)
    assert kept.receipt.to_know == ("Cut off after 1 of 2 packs; collect again for the others.",)
    assert kept.may_undo


def test_looking_tells_locked_damaged_and_gone_and_takes_nothing(laptops: Laptops) -> None:
    _, anas = wrote(laptops, "Ana", "from walker 1")
    odd = laptops.folder / "odd.walk"
    odd.write_bytes(b"age-encryption.org/v1\nnonsense")
    looked = look([anas, odd, laptops.folder / "gone.walk"])
    states = {one.path.name: (bool(one.manifest), bool(one.refused)) for one in looked.found}
    assert states == {
        "Ana.walk": (True, False),
        "odd.walk": (False, True),
        "gone.walk": (False, True),
    }
    stopped = look([anas, odd], report=lambda _: True)
    assert (stopped.found, stopped.stopped) == ((), True)
    with pytest.raises(PackError, match="No packs"):
        look([laptops.stack.enter_context(_empty(laptops.folder))])


def _empty(folder: Path):  # type: ignore[no-untyped-def]
    from contextlib import nullcontext

    (folder / "empty").mkdir()
    return nullcontext(folder / "empty")


def test_files_are_listed_once_and_what_is_gone_is_kept_apart(laptops: Laptops) -> None:
    files, refused = files_at([laptops.plan, laptops.folder, laptops.folder / "gone"])
    assert files == [laptops.plan]
    assert [path.name for path, _ in refused] == ["gone"]


def test_new_places_beside_a_plan_are_offered_once(laptops: Laptops) -> None:
    ana = laptops.joined("Ana")
    places.write(laptops.lead, Places((Place("V1", "Room 12"),)))
    sharing.share(laptops.lead, laptops.plan, plan_only=True, with_places=True)
    looked = look([laptops.plan])
    offered = new_places(ana, looked)
    assert offered == (ana.walk_id, sharing.places_beside(laptops.plan))
    assert new_places(laptops.lead, looked) is None  # the lead knows them
    receipt = collect.collect_found(ana, looked.found, places_file=offered)
    assert receipt.to_know == ("Places taken from plan-places.toml.",)
    assert [one.place for one in places.read(ana).places] == ["Room 12"]
    assert new_places(ana, looked) is None
    sharing.places_beside(laptops.plan).write_text("[[place", "utf-8")
    assert new_places(ana, looked) is None


def test_places_that_cannot_be_read_by_then_keep_no_receipt_away(laptops: Laptops) -> None:
    ana = laptops.joined("Ana")
    beside = laptops.folder / "notes-places.toml"
    beside.write_text("[[place", "utf-8")
    _, pack = wrote(laptops, "Ben", "14 of 22 wrote")
    offered = (ana.walk_id, beside)
    receipt = collect.collect_found(ana, look([pack]).found, places_file=offered)
    assert receipt.packs[0].added > 0
    (told,) = receipt.to_know
    assert told.startswith("No places were taken from notes-places.toml: ")
    assert [one.receipt.to_know for one in receipts.listed(ana)] == [(told,)]
    assert collect.undo_collect(ana)


# Locked packs


def test_locked_packs_wait_for_their_passphrase_and_the_others_go_on(laptops: Laptops) -> None:
    ana, _ = wrote(laptops, "Ana", "from walker 1")
    _, bens = wrote(laptops, "Ben", "from walker 2")
    locked = laptops.folder / "Ana.walk"
    sharing.share(ana, locked, passphrase="four plain words here")
    without = collect.collect(laptops.lead, [locked, bens])
    assert "locked" in without.packs[0].refused
    assert texts(laptops.lead) == ["from walker 2"]
    looked = look([locked, bens])
    assert [one.path for one in looked.locked] == [locked]
    wrong = look((), passphrase="not the words", before=looked)
    assert [one.wrong for one in wrong.locked] == [True]
    opened = look((), passphrase="four plain words here", before=wrong)
    assert opened.locked == ()
    assert len(opened.found) == 2
    receipt = collect.collect_found(laptops.lead, opened.found)
    assert texts(laptops.lead) == ["from walker 1", "from walker 2"]
    assert receipt.packs[0].added == 2
    # A file that is here is known as it lies, without its passphrase.
    assert collect.collect(laptops.lead, [locked]).packs[0].refused == ""


def test_a_conflict_is_counted_and_so_is_what_is_to_settle(laptops: Laptops) -> None:
    ana = laptops.joined("Ana")
    for desk, label in ((ana, "Benno"), (laptops.lead, "Beno")):
        prepare.give_label(desk, next(one for one in desk.walkers() if one.label == "Ben"), label)
    laptops.pack(laptops.lead, "lead")
    receipt = collect.collect(laptops.lead, [laptops.pack(ana, "Ana")])
    assert receipt.total("conflicts") == 1
    assert receipts.to_settle(laptops.lead) == 1
    assert laptops.lead.store.all(Note, laptops.lead.walk_id) == []
