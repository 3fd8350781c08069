"""Sharing, joining and collecting between laptops: whole, in any order, and taken back again."""

from __future__ import annotations

import itertools
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.desks import begin_small, desk_at, oddly_named, texts, the_visit, write_form
from tests.routine.laptops import Laptops, note_of, seen, wrote
from walk.errors import PackError, Refused, StoreError
from walk.model import Form, Walk
from walk.routine.exchanging import collect
from walk.routine.exchanging import join as joining
from walk.routine.exchanging import share as sharing
from walk.routine.planning import prepare
from walk.routine.visiting import visit, write
from walk.storage.store import Store

# Joining


def test_a_plan_pack_brings_the_plan_and_nothing_else(laptops: Laptops) -> None:
    write_form(laptops.lead, "V1", "the lead's own note")
    sharing.share(laptops.lead, laptops.plan, plan_only=True)
    ana = laptops.joined("Ana")
    assert prepare.plan(ana) == prepare.plan(laptops.lead)
    assert (ana.label, texts(ana), ana.is_lead()) == ("Ana", [], False)
    assert ana.store.all(Form, ana.walk_id) == []


@pytest.mark.parametrize("label", ["Ana", "ana", " ANA "])
def test_a_label_is_found_on_the_roster_in_any_case(laptops: Laptops, label: str) -> None:
    ana = laptops.joined(label)
    assert ana.label == "Ana"
    assert len(ana.walkers()) == 3


def test_who_is_not_on_the_roster_is_told_who_is(laptops: Laptops) -> None:
    desk = laptops.laptop("zoe")
    with pytest.raises(Refused, match="Zoe is not on the roster") as told:
        joining.join(desk, laptops.plan, "Zoe")
    assert "Ana, Ben, Lea" in told.value.mend
    joining.join(desk, laptops.plan, "Ben")
    assert desk.label == "Ben"


def test_whoever_joins_a_small_walk_is_put_on_it(tmp_path: Path) -> None:
    pack = tmp_path / "plan.walk"
    with desk_at(tmp_path / "lead.walkdb") as lead, desk_at(tmp_path / "ana.walkdb") as ana:
        begin_small(lead)
        sharing.share(lead, pack, plan_only=True)
        said = joining.join(ana, pack, "Ana")
        assert said[1] == "3 visits: V1, V2, V3"
        write_form(ana, "V1", "S1 points to line 4")
        sharing.share(ana, tmp_path / "ana.walk")
        collect.collect(lead, [tmp_path / "ana.walk"])
        assert [one.label for one in lead.walkers()] == ["Ana", "me"]


@pytest.mark.parametrize("label", ["", "  ", "a\0b"])
def test_a_label_that_is_none_is_refused(tmp_path: Path, label: str) -> None:
    pack = tmp_path / "plan.walk"
    with desk_at(tmp_path / "lead.walkdb") as lead, desk_at(tmp_path / "ana.walkdb") as ana:
        begin_small(lead)
        sharing.share(lead, pack, plan_only=True)
        with pytest.raises(Refused):
            joining.join(ana, pack, label)


def test_only_the_lead_packs_the_plan(laptops: Laptops) -> None:
    with pytest.raises(Refused, match="did not make the plan"):
        sharing.share(laptops.joined("Ana"), laptops.folder / "x.walk", plan_only=True)
    assert not (laptops.folder / "x.walk").exists()


# Collecting


def test_in_any_order_and_any_number_of_times_all_laptops_say_the_same(laptops: Laptops) -> None:
    ana, anas = wrote(laptops, "Ana", "S1 points to line 4", "? What next?")
    ben, bens = wrote(laptops, "Ben", "5/7 pairs wrote")
    write_form(laptops.lead, "V2", "T: say more")
    leads = laptops.pack(laptops.lead, "lead")
    packs = {"lead": leads, "Ana": anas, "Ben": bens}
    for desk, order in ((laptops.lead, (anas, bens)), (ana, (bens, leads)), (ben, (leads, anas))):
        collect.collect(desk, order)
    for extra, mixed in enumerate(itertools.permutations(packs.values())):
        late = laptops.laptop(f"late{extra}")
        for pack in (*mixed, mixed[0]):
            collect.collect(late, [pack])
        assert texts(late) == texts(laptops.lead) == texts(ana) == texts(ben)
        assert late.store.conflicts(late.walk_id) == []
    assert len(texts(ben)) == 4


def test_a_receipt_says_what_came_and_who_is_missing(laptops: Laptops) -> None:
    _, anas = wrote(laptops, "Ana", "S1 points to line 4")
    receipt = collect.collect(laptops.lead, [anas])
    said = receipt.as_json()
    assert {"file", "walker", "added", "already_here", "conflicts", "refused"} <= said["packs"][
        0
    ].keys()
    assert said["packs"][0]["file"] == "Ana.walk"
    assert said["packs"][0]["walker"] == "Ana"
    assert said["packs"][0]["added"] == 2
    assert said["packs"][0]["refused"] == ""
    assert said["missing_walkers"] == ["Ben", "Lea"]
    assert receipt.in_words()[-1] == "Nothing yet from: Ben, Lea."
    again = collect.collect(laptops.lead, [anas]).packs[0]
    assert again.added == 0
    assert again.already_here == said["packs"][0]["added"] + said["packs"][0]["already_here"]


def test_numbers_that_must_exist_are_asked_for(laptops: Laptops) -> None:
    # The plan's own entries have the lead's first numbers; Ben's laptop lacks the later ones.
    ana, _ = wrote(laptops, "Ana", "first")
    ana_one = ana.store.published(ana.walk_id)
    later = [one for one in ana_one if one.number is not None and one.kind == "note"]
    ben = laptops.joined("Ben")
    pairs = [(one.rev_id(), one) for one in later]
    assert [one.number for one in later] == [2]
    ben.store.collect(b"x" * 32, "part.walk", ben.walk_id, "Ana", pairs, 0, lambda merged: "")
    said = collect.collect(ben, [laptops.plan])
    assert said.missing_numbers == (
        "Ana's laptop has 1 more entry than reached us: ask for a new pack from it.",
    )
    assert said.in_words()[-1] == f"Not here yet: {said.missing_numbers[0]}"


def test_a_folder_with_packs_and_other_files(laptops: Laptops) -> None:
    _, anas = wrote(laptops, "Ana", "from walker 1")
    _, bens = wrote(laptops, "Ben", "from walker 2")
    stick = laptops.folder / "stick"
    stick.mkdir()
    shutil.copy(anas, stick)
    shutil.copy(bens, stick / "ben.WALK")
    (stick / "~ana.walk").write_bytes(b"half")
    (stick / "letter.docx").write_bytes(b"PK\x03\x04")
    (stick / "not.walk").write_bytes(b"hello")
    (stick / "cut.walk").write_bytes(anas.read_bytes()[:-200])
    receipt = collect.collect(laptops.lead, [stick, laptops.folder / "gone.walk"])
    refused = {one.file: one.refused for one in receipt.packs if one.refused}
    assert {Path(one).name for one in refused} == {"gone.walk", "not.walk", "cut.walk"}
    assert all(refused.values())
    assert texts(laptops.lead) == ["from walker 1", "from walker 2"]


def test_what_holds_no_pack_changes_nothing(laptops: Laptops) -> None:
    empty = laptops.folder / "empty"
    empty.mkdir()
    before = seen(laptops.lead)
    with pytest.raises(PackError, match="No packs"):
        collect.collect(laptops.lead, [empty])
    receipt = collect.collect(laptops.lead, [laptops.folder / "plan.toml"])
    assert receipt.packs[0].refused
    assert seen(laptops.lead) == before


# Sharing again


def test_an_edit_after_sharing_stays_home_until_it_is_shared(laptops: Laptops) -> None:
    ana, anas = wrote(laptops, "Ana", "first words", "second note")
    collect.collect(laptops.lead, [anas])
    ana.write_as(ana.own_walker())
    note = note_of(ana, "first words")
    visit.reword(ana, note, "better words")
    collect.collect(laptops.lead, [anas])
    assert texts(laptops.lead) == ["first words", "second note"]
    assert texts(ana) == ["first words", "second note"]  # the pool is what the team has
    collect.collect(laptops.lead, [laptops.pack(ana, "again")])
    assert texts(laptops.lead) == ["better words", "second note"]
    assert len(laptops.lead.store.heads(note.id)) == 1
    assert laptops.lead.store.conflicts(laptops.lead.walk_id) == []


def test_a_withdrawn_note_goes_from_the_lead_as_well(laptops: Laptops) -> None:
    ana, anas = wrote(laptops, "Ana", "kept", "withdrawn later")
    collect.collect(laptops.lead, [anas])
    visit.withdraw(ana, note_of(ana, "withdrawn later"))
    receipt = collect.collect(laptops.lead, [laptops.pack(ana, "again")])
    assert receipt.packs[0].withdrawn == 1
    assert texts(laptops.lead) == ["kept"]
    assert "1 record was withdrawn." in " ".join(receipt.in_words())


def test_sharing_finishes_the_form_of_a_walker_still_in_the_room(laptops: Laptops) -> None:
    ana = laptops.joined("Ana")
    form = visit.enter(ana, the_visit(ana, "V1"))
    visit.add_note(ana, form, "typed in the room")
    visit.enter(ana, the_visit(ana, "V2"))  # nothing on it: stays as it is
    collect.collect(laptops.lead, [laptops.pack(ana, "Ana")])
    forms = {one.record.visit: one.record for one in laptops.lead.store.all(Form, ana.walk_id)}
    assert forms[form.visit].finished_at is not None
    assert texts(laptops.lead) == ["typed in the room"]
    assert ana.label == "Ana"


def test_sharing_twice_sends_the_same(laptops: Laptops) -> None:
    ana, anas = wrote(laptops, "Ana", "once")
    again = laptops.pack(ana, "again")
    collect.collect(laptops.lead, [anas])
    assert collect.collect(laptops.lead, [again]).packs[0].added == 0


def test_what_two_laptops_say_of_one_record_is_kept_and_told(laptops: Laptops) -> None:
    ana = laptops.joined("Ana")
    prepare.give_label(ana, next(one for one in ana.walkers() if one.label == "Ben"), "Benno")
    prepare.give_label(
        laptops.lead, next(one for one in laptops.lead.walkers() if one.label == "Ben"), "Beno"
    )
    laptops.pack(laptops.lead, "lead")
    receipt = collect.collect(laptops.lead, [laptops.pack(ana, "Ana")])
    assert receipt.packs[0].conflicts == 1
    assert "told in two ways" in " ".join(receipt.in_words())
    (record,) = laptops.lead.store.conflicts(laptops.lead.walk_id)
    heads = laptops.lead.store.heads(record)
    assert {one.record.as_dict()["label"] for one in heads} == {"Benno", "Beno"}
    collect.collect(ana, [laptops.pack(laptops.lead, "back")])
    assert [one.record for one in ana.store.heads(record)] == [one.record for one in heads]


@pytest.mark.parametrize("name", ["", ".", "..", "/", "notes", "notes.txt", "gone/notes.walk"])
def test_a_pack_goes_only_where_a_pack_can_lie(laptops: Laptops, name: str) -> None:
    with pytest.raises(PackError) as told:
        sharing.share(laptops.lead, laptops.folder / name if name else Path(name))
    assert told.value.mend


def test_a_pack_never_takes_the_place_of_the_store(tmp_path: Path) -> None:
    store = tmp_path / "own.walkdb"
    with desk_at(store) as desk:
        begin_small(desk)
        with pytest.raises(PackError):
            sharing.share(desk, store)
    assert store.read_bytes().startswith(b"SQLite format 3")


def test_a_read_only_place_is_told(laptops: Laptops, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr("walk.exchange.write.os.replace", refuse)
    with pytest.raises(PackError, match="read-only") as told:
        laptops.pack(laptops.lead, "stick")
    assert "another folder" in told.value.mend
    assert not list(laptops.folder.glob("*.tmp"))


# Taking a collect back


def test_undo_gives_back_what_was_there_before(laptops: Laptops) -> None:
    _, anas = wrote(laptops, "Ana", "from walker 1")
    before = seen(laptops.lead)
    collect.collect(laptops.lead, [anas])
    assert seen(laptops.lead) != before
    assert "entries removed" in collect.undo_collect(laptops.lead)[0]
    assert seen(laptops.lead) == before
    collect.collect(laptops.lead, [anas])
    assert texts(laptops.lead) == ["from walker 1"]


def test_undo_goes_back_collect_by_collect(laptops: Laptops) -> None:
    _, anas = wrote(laptops, "Ana", "from walker 1")
    _, bens = wrote(laptops, "Ben", "from walker 2")
    collect.collect(laptops.lead, [anas])
    collect.collect(laptops.lead, [bens, anas])
    collect.undo_collect(laptops.lead)
    assert texts(laptops.lead) == ["from walker 1"]
    collect.undo_collect(laptops.lead)
    assert texts(laptops.lead) == []
    with pytest.raises(Refused, match="no collect"):
        collect.undo_collect(laptops.lead)


def test_undo_names_what_stays_because_something_rests_on_it(laptops: Laptops) -> None:
    _, anas = wrote(laptops, "Ana", "from walker 1", "also from walker 1")
    collect.collect(laptops.lead, [anas])
    note = note_of(laptops.lead, "from walker 1")
    laptops.lead.save("debrief", "note reworded", note.changed(text="as the team says it"))
    said = collect.undo_collect(laptops.lead)
    assert said[1].startswith("Kept, as something made here rests on it: ")
    assert "1 note" in said[1]
    assert texts(laptops.lead) == ["from walker 1"]


def test_undo_of_the_collect_that_brought_the_walk_leaves_none(
    laptops: Laptops, tmp_path: Path
) -> None:
    _, anas = wrote(laptops, "Ana", "from walker 1")
    late = laptops.laptop("late")
    collect.collect(late, [anas])
    assert late.walk.title == "Evidence"
    collect.undo_collect(late)
    assert (late.walk_id, late.store.walks()) == ("", [])


def test_a_collect_that_is_cut_off_can_be_undone_as_far_as_it_came(
    laptops: Laptops, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, anas = wrote(laptops, "Ana", "from walker 1")
    _, bens = wrote(laptops, "Ben", "from walker 2")
    before = seen(laptops.lead)
    whole = Store.collect

    def full_disk(self: Store, *rest: Any, **more: Any) -> Any:
        if rest[1] == "Ben.walk":
            raise StoreError("The disk is full.")
        return whole(self, *rest, **more)

    monkeypatch.setattr(Store, "collect", full_disk)
    with pytest.raises(StoreError):
        collect.collect(laptops.lead, [anas, bens])
    assert texts(laptops.lead) == ["from walker 1"]
    collect.undo_collect(laptops.lead)
    assert seen(laptops.lead) == before


def test_a_pack_without_a_readable_walk_is_refused_and_leaves_nothing(
    laptops: Laptops, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = laptops.laptop("late")
    before = late.store.snapshot()
    whole = Store.get

    def unread(self: Store, noun: Any, record: str) -> Any:
        return None if noun is Walk else whole(self, noun, record)

    monkeypatch.setattr(Store, "get", unread)
    receipt = collect.collect(late, [laptops.plan])
    assert "no walk that this version can read" in receipt.packs[0].refused
    monkeypatch.undo()
    assert late.store.snapshot() == before


def test_a_file_name_that_no_database_keeps(laptops: Laptops) -> None:
    _, anas = wrote(laptops, "Ana", "from walker 1")
    odd = anas.rename(oddly_named(laptops.folder, ".walk"))
    receipt = collect.collect(laptops.lead, [odd])
    assert receipt.packs[0].refused == ""
    assert not {"\udcff", "\x1b"} & set(" ".join(receipt.in_words()))


def test_a_form_that_is_empty_is_not_shared_as_finished(laptops: Laptops) -> None:
    ana = laptops.joined("Ana")
    form = write.form_for(ana, the_visit(ana, "V1"))
    assert write.is_empty(ana, form)
    laptops.pack(ana, "Ana")
    assert ana.store.all(Form, ana.walk_id) == []
