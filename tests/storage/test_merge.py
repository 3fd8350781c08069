"""Merging, case by case between laptops: ties, conflicts, withdrawals, clones."""

from __future__ import annotations

import pytest

from tests.storage.laptops import START, THEME, WALK, Laptop, note, placing, theme
from tests.storage.two_laptops import PAIRS, WAIT, both_have, disagree, edit, give, settled, texts
from walk.model import Note, Placing, Revision, Theme, derived
from walk.model.revision import MOST_GENERATIONS
from walk.storage import merge


def stranger(
    kind: str, body: str, number: int = 1, record: str = "strange"
) -> tuple[bytes, Revision]:
    """A team revision from a laptop that is not in the test."""
    rev = Revision(
        walk=bytes.fromhex(WALK),
        record=bytes.fromhex(derived(record)),
        kind=kind,
        schema=1,
        generation=1,
        parents=(),
        author=b"",
        device=bytes(16),
        number=number,
        made_at=START,
        zone=0,
        scope="team",
        deleted=False,
        body=body,
    )
    return rev.rev_id(), rev


# Merging


def test_a_tie_is_settled_alike_everywhere(ana: Laptop, ben: Laptop, cyd: Laptop) -> None:
    """Same generation, same clock: the greater rev_id is displayed, whichever came first."""
    both_have(ana, ben, *(note(f"tie {number}", "words") for number in range(6)))
    give(ana, cyd)
    for laptop in (ana, ben):
        laptop.save(*(note(f"tie {number}", f"{laptop.name}'s") for number in range(6)))
        laptop.share()
    packs = [ana.pack(), ben.pack()]
    for laptop, order in ((ana, (1,)), (ben, (0,)), (cyd, (1, 0))):
        for which in order:
            laptop.collect(packs[which])
    for number in range(6):
        record = bytes.fromhex(note(f"tie {number}", "").id)
        found = [one for one in packs[0] + packs[1] if one[1].record == record]
        newest = max(rev.generation for _, rev in found)
        tied = [rev_id for rev_id, rev in found if rev.generation == newest]
        assert len(tied) == 2
        for laptop in (ana, ben, cyd):
            assert laptop.displayed(record) == max(tied)


def test_an_edit_survives_a_withdrawal_made_elsewhere(ana: Laptop, ben: Laptop) -> None:
    both_have(ana, ben, PAIRS)
    edit(ana, PAIRS, "6 of 7")
    ben.clock += 3_600_000
    edit(ben, PAIRS, "soon withdrawn")
    ben.withdraw(PAIRS)
    for one, two in ((ana, ben), (ben, ana)):
        one.share()
        give(one, two)
    for laptop in (ana, ben):
        assert laptop.words(PAIRS) == "6 of 7"
        assert laptop.pool() == {PAIRS.id: "6 of 7"}
        assert laptop.store.conflicts(WALK) == [PAIRS.id]


def test_the_same_thing_made_twice_is_no_conflict(ana: Laptop, ben: Laptop) -> None:
    ben.clock += 5
    for laptop in (ana, ben):
        laptop.save(PAIRS, theme("wait"), placing(PAIRS))
        laptop.share()
    give(ana, ben)
    give(ben, ana)
    for laptop in (ana, ben):
        assert laptop.store.conflicts(WALK) == []
        assert len(laptop.store.all(Placing, WALK, parent=THEME)) == 1
    edit(ana, PAIRS, "edited once, for both")
    ana.share()
    give(ana, ben)
    assert texts(ben, PAIRS) == ["edited once, for both"]


def test_both_wordings_are_kept_and_shown(ana: Laptop, ben: Laptop) -> None:
    disagree(ana, ben)
    for laptop in (ana, ben):
        assert texts(laptop, PAIRS) == ["Ben's", "Ana's"]
        assert laptop.store.conflicts(WALK) == [PAIRS.id]
        held = laptop.store.held(Note, PAIRS.id)
        assert held is not None
        assert held.conflict


def test_an_ordinary_edit_drops_no_conflict(ana: Laptop, ben: Laptop) -> None:
    disagree(ana, ben)
    edit(ana, PAIRS, "Ben's, edited")
    assert texts(ana, PAIRS) == ["Ben's, edited", "Ana's"]
    ana.share()
    give(ana, ben)
    assert texts(ben, PAIRS) == ["Ben's, edited", "Ana's"]


def test_a_conflict_is_settled_for_everyone(ana: Laptop, ben: Laptop) -> None:
    disagree(ana, ben)
    assert settled(ana, "ours")
    assert not settled(ana, "ours")
    assert ana.store.conflicts(WALK) == []
    ana.share()
    give(ana, ben)
    assert (texts(ben, PAIRS), ben.store.conflicts(WALK)) == (["ours"], [])


def test_settling_for_a_wording_that_is_shown_settles_it(ana: Laptop, ben: Laptop) -> None:
    disagree(ana, ben)
    assert settled(ana, "Ben's")
    assert ana.store.conflicts(WALK) == []
    assert ana.share() == 1
    give(ana, ben)
    assert ben.store.conflicts(WALK) == []


def test_undo_of_settling_brings_the_conflict_back_and_redo_settles_it(
    ana: Laptop, ben: Laptop
) -> None:
    disagree(ana, ben)
    before = texts(ana, PAIRS)
    settled(ana, "ours")
    assert ana.store.undo(ana.by(), "write") == "settled"
    assert texts(ana, PAIRS) == before
    assert ana.store.conflicts(WALK) == [PAIRS.id]
    assert ana.store.redo(ana.by(), "write") == "settled"
    assert (texts(ana, PAIRS), ana.store.conflicts(WALK)) == (["ours"], [])


def test_settling_that_was_undone_leaves_both_wordings_with_everyone(
    ana: Laptop, ben: Laptop
) -> None:
    disagree(ana, ben)
    before = texts(ana, PAIRS)
    settled(ana, "ours")
    ana.store.undo(ana.by(), "write")
    ana.share()
    give(ana, ben)
    for laptop in (ana, ben):
        assert sorted(texts(laptop, PAIRS)) == sorted(before)
        assert laptop.store.conflicts(WALK) == [PAIRS.id]


def test_several_records_are_settled_as_one_act(ana: Laptop, ben: Laptop) -> None:
    disagree(ana, ben)
    kept = PAIRS.changed(text="Ana's, edited")
    other = PAIRS.changed(id=derived("note", "kept beside"), text="Ben's, edited")
    pairs = [(ana.me, kept), (ben.me, other)]
    assert ana.store.settle(ana.by(), "conflicts", "both kept", pairs)
    assert not ana.store.settle(ana.by(), "conflicts", "both kept", pairs)
    assert texts(ana, PAIRS) == ["Ana's, edited"]
    held = ana.store.held(Note, other.id)
    assert held is not None
    assert held.author == ben.me
    ana.store.undo(ana.by(), "conflicts")
    assert ana.store.get(Note, other.id) is None
    assert ana.store.conflicts(WALK) == [PAIRS.id]


def test_a_withdrawal_settles_and_counts_as_a_wording(ana: Laptop, ben: Laptop) -> None:
    disagree(ana, ben)
    ana.withdraw(PAIRS.changed(text=texts(ana, PAIRS)[0]))
    found = ana.store.told_as(PAIRS.id)
    assert sorted(one.withdrawn for one in found) == [False, True]
    ana.store.settle(ana.by(), "conflicts", "withdrawn", [], withdraw=[(ana.me, PAIRS)])
    assert ana.store.get(Note, PAIRS.id) is None
    assert ana.store.conflicts(WALK) == []


def test_undo_of_a_withdrawal_in_a_conflict_drops_no_wording(ana: Laptop, ben: Laptop) -> None:
    """Ana withdrew the wording shown; what then stands is Ben's: undo does not write over it."""
    disagree(ana, ben)
    shown, other = texts(ana, PAIRS)
    ana.withdraw(PAIRS.changed(text=shown))
    assert ana.words(PAIRS) == other
    with pytest.raises(Exception, match="changed or shared since"):
        ana.store.undo(ana.by(), "write")
    assert settled(ana, "ours")
    assert ana.store.undo(ana.by(), "write") == "settled"
    assert ana.words(PAIRS) == other
    with pytest.raises(Exception, match="changed or shared since"):
        ana.store.undo(ana.by(), "write")
    assert ana.words(PAIRS) == other


def test_undo_works_again_once_the_other_wording_is_taken_back(ana: Laptop, ben: Laptop) -> None:
    both_have(ana, ben, PAIRS)
    edit(ben, PAIRS, "Ben's")
    ben.share()
    edit(ana, PAIRS, "Ana's")
    edit(ana, PAIRS, "Ana's, edited")
    pack, _ = ana.collect(ben.pack())
    ana.withdraw(PAIRS.changed(text="Ana's, edited"))
    assert ana.words(PAIRS) == "Ben's"
    with pytest.raises(Exception, match="changed or shared since"):
        ana.store.undo(ana.by(), "write")
    ana.store.take_back_pack(pack)
    assert ana.words(PAIRS) is None
    ana.store.undo(ana.by(), "write")
    assert ana.words(PAIRS) == "Ana's, edited"


def test_undo_is_refused_where_a_colleague_changed_it_meanwhile(ana: Laptop, ben: Laptop) -> None:
    both_have(ana, ben, PAIRS)
    edit(ana, PAIRS, "Ana's")
    edit(ben, PAIRS, "Ben's")
    ben.share()
    give(ben, ana)
    with pytest.raises(Exception, match="changed or shared since"):
        ana.store.undo(ana.by(), "write")


def test_collecting_again_adds_nothing(ana: Laptop, ben: Laptop) -> None:
    both_have(ana, ben, PAIRS, WAIT)
    before = ben.store.snapshot()
    _, merged = ben.collect(ana.pack() * 2)
    assert (merged.added, merged.already_here) == (0, 4)
    assert ben.store.snapshot() == before


def test_a_receipt_counts_records_once_the_whole_pack_is_in(
    ana: Laptop, ben: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A conflict that the same pack also settles is none, wherever the chunks are cut."""
    disagree(ana, ben)
    settled(ana, "ours")
    ana.save(WAIT)
    ana.share()
    ana.withdraw(WAIT)
    ana.share()
    for chunk in (1, 2, 1_000):
        monkeypatch.setattr(merge, "CHUNK", chunk)
        fresh = Laptop("Eve")
        _, merged = fresh.collect(ana.pack())
        fresh.remove()
        assert (merged.added, merged.conflicts, merged.withdrawn) == (6, 0, 1)
    give(ana, ben)
    edit(ana, PAIRS, "once more, Ana")
    edit(ben, PAIRS, "once more, Ben")
    ana.share()
    _, merged = ben.collect(ana.pack())
    assert merged.conflicts == 1


def test_a_private_revision_never_comes_in(ana: Laptop) -> None:
    rev_id, rev = stranger("note", "{}")
    with pytest.raises(ValueError, match="only team revisions"):
        ana.collect([(rev_id, rev._replace(scope="private"))])
    assert ana.rev_ids() == set()


def test_a_kind_from_a_newer_walk_is_kept_named_and_passed_on(ana: Laptop, ben: Laptop) -> None:
    pack = [stranger("mood", '{"of": "the room"}'), stranger("note", '{"text": 3}', 2, "odd")]
    _, merged = ana.collect(pack)
    assert (merged.added, merged.unread) == (2, 2)
    assert sorted(ana.store.unread(WALK)) == [
        ("mood", derived("strange")),
        ("note", derived("odd")),
    ]
    assert ana.store.get(Note, derived("odd")) is None
    assert ana.store.heads(derived("odd")) == []
    assert ana.pack() == pack
    give(ana, ben)
    assert ben.pack() == pack


def test_a_record_that_changes_its_kind_leaves_no_trace_in_the_pool(ana: Laptop) -> None:
    ana.save(note("strange", "words"))
    record = note("strange", "").id
    ana.share()
    made, rev = ana.pack()[0]
    newer = rev._replace(
        kind="theme", body="{}", parents=(made,), generation=9, device=bytes(16), number=1
    )
    ana.collect([(newer.rev_id(), newer)])
    assert ana.store.note_counts(WALK) == []
    assert ana.store.get(Theme, record) is not None
    before = ana.store.snapshot()
    ana.store.rebuild()
    assert ana.store.snapshot() == before


def test_a_generation_that_someone_made_up_spoils_nothing(ana: Laptop, ben: Laptop) -> None:
    """Packs refuse greater ones, so an edit over the greatest must not go beyond it."""
    both_have(ana, ben, PAIRS)
    made, rev = ana.pack()[0]
    huge = rev._replace(
        generation=MOST_GENERATIONS, parents=(made,), body=WAIT.body(), device=bytes(16)
    )
    ana.collect([(huge.rev_id(), huge)])
    edit(ana, PAIRS, "edited over it")
    ana.share()
    assert ana.words(PAIRS) == "edited over it"
    assert max(rev.generation for _, rev in ana.pack()) == MOST_GENERATIONS
    give(ana, ben)
    assert texts(ben, PAIRS) == ["edited over it"]


# A cloned laptop


def test_a_clone_clash_loses_nothing_and_ends(ana: Laptop, ben: Laptop, cyd: Laptop) -> None:
    """Two laptops with one device id number alike; both wordings stay, and one gets a new id."""
    ben.become(ana)
    ana.save(PAIRS)
    ben.save(WAIT)
    ana.share()
    ben.share()
    assert [rev.number for _, rev in ana.pack() + ben.pack()] == [1, 1]
    give(ana, cyd)
    give(ben, cyd)
    assert cyd.pool() == {PAIRS.id: PAIRS.text, WAIT.id: WAIT.text}
    before = ben.store.device
    give(ana, ben)
    assert ben.pool() == cyd.pool()
    assert ben.store.device != before
    edit(ben, WAIT, "6 s wait")
    ben.share()
    assert (ben.pack()[-1][1].device.hex(), ben.pack()[-1][1].number) == (ben.store.device, 1)
    kept = ben.store.device
    ben.close()
    ben._open()
    assert ben.store.device == kept


def test_a_clash_is_taken_back_pack_by_pack(ana: Laptop, ben: Laptop, cyd: Laptop) -> None:
    ben.become(ana)
    ana.save(PAIRS)
    ben.save(WAIT)
    ana.share()
    ben.share()
    empty = cyd.store.snapshot()
    for first, second in ((ana, ben), (ben, ana)):
        one, _ = cyd.collect(first.pack())
        after_one = cyd.store.snapshot()
        two, _ = cyd.collect(second.pack())
        three, _ = cyd.collect(second.pack())
        assert cyd.store.take_back_pack(two).removed == 0
        assert cyd.store.take_back_pack(three).removed == 1
        assert cyd.store.snapshot() == after_one
        four, _ = cyd.collect(second.pack())
        assert cyd.store.take_back_pack(one).removed == 1
        five, _ = cyd.collect(second.pack())
        assert cyd.store.take_back_pack(four).removed == 0
        assert cyd.store.take_back_pack(five).removed == 1
        assert cyd.store.snapshot() == empty


def test_a_pack_without_numbers_can_be_taken_back(ana: Laptop) -> None:
    rev = stranger("note", "{}")[1]._replace(number=None)
    other = rev._replace(record=bytes(16))
    pack, _ = ana.collect([(rev.rev_id(), rev), (other.rev_id(), other)])
    assert ana.store.take_back_pack(pack).removed == 2
    assert ana.rev_ids() == set()
