"""Sharing, collecting and taking back, case by case between laptops."""

from __future__ import annotations

import itertools

import pytest

from tests.storage.laptops import (
    START,
    THEME,
    VISIT,
    WALK,
    CutOff,
    Laptop,
    Pack,
    cut_off,
    note,
    placing,
    the_walk,
    theme,
    walker,
)
from walk.model import Note, Placing, Revision, Theme, Visit, Walk, Walker, derived
from walk.model.revision import MOST_GENERATIONS
from walk.storage import merge

PAIRS = note("pairs", "5 of 7 pairs pointed to the text")
WAIT = note("wait", "T: “Say more about that.” 5 s wait")


def give(giver: Laptop, *takers: Laptop) -> None:
    for taker in takers:
        taker.collect(giver.pack())


def both_have(one: Laptop, two: Laptop, *notes: Note) -> None:
    one.save(*notes)
    one.share()
    give(one, two)


def edit(laptop: Laptop, one: Note, text: str) -> None:
    laptop.save(one.changed(text=text))


def disagree(ana: Laptop, ben: Laptop) -> None:
    """Both edit the same note and share; both know both wordings."""
    both_have(ana, ben, PAIRS)
    edit(ana, PAIRS, "Ana's")
    ben.clock += 60_000
    edit(ben, PAIRS, "Ben's")
    for one, two in ((ana, ben), (ben, ana)):
        one.share()
        give(one, two)


def texts(laptop: Laptop, one: Note) -> list[str]:
    """The wordings that nothing replaces, the displayed one first."""
    found = [held.record for held in laptop.store.heads(one.id)]
    return [record.text for record in found if isinstance(record, Note)]


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


# Sharing


def test_what_is_saved_stays_here_until_it_is_shared(ana: Laptop, ben: Laptop) -> None:
    ana.save(PAIRS)
    assert ana.pack() == []
    assert ana.store.unshared(WALK) == [PAIRS.id]
    assert ana.store.unshared(WALK, ["form"]) == []
    assert ana.share() == 1
    assert ana.store.unshared(WALK) == []
    give(ana, ben)
    held = ben.store.held(Note, PAIRS.id)
    assert held is not None
    assert (held.record, held.author, held.shared, held.here) == (PAIRS, ana.me, True, False)
    assert not ben.store.made_here(PAIRS.id)


def test_no_wording_that_stayed_private_is_in_a_pack(ana: Laptop) -> None:
    edit(ana, PAIRS, "first words")
    edit(ana, PAIRS, "second words")
    ana.share()
    edit(ana, PAIRS, "third words")
    assert [Note.from_body(b"", b"", rev.body).text for _, rev in ana.pack()] == ["second words"]
    assert {rev.scope for _, rev in ana.pack()} == {"team"}


def test_sharing_again_publishes_nothing_new(ana: Laptop) -> None:
    ana.save(PAIRS)
    assert (ana.share(PAIRS), ana.share(PAIRS)) == (1, 0)


def test_shared_edited_alone_and_shared_again_is_one_wording(ana: Laptop, ben: Laptop) -> None:
    both_have(ana, ben, PAIRS)
    edit(ana, PAIRS, "6 of 7")
    edit(ana, PAIRS, "7 of 7")
    ana.share()
    give(ana, ben)
    assert texts(ben, PAIRS) == ["7 of 7"]
    assert ben.store.conflicts(WALK) == []


def test_a_private_jotting_leaves_the_pool_as_it_was(ana: Laptop) -> None:
    ana.save(PAIRS)
    ana.share()
    ana.save(PAIRS.changed(text="not yet for others", note_kind="wondering"))
    assert ana.words(PAIRS) == "not yet for others"
    assert ana.pool() == {PAIRS.id: PAIRS.text}
    assert ana.store.note_counts(WALK) == [("", VISIT, False, 1)]
    assert ana.store.unshared(WALK) == [PAIRS.id]
    assert ana.store.conflicts(WALK) == []


def test_a_note_withdrawn_alone_stays_in_the_pool_until_that_is_shared(
    ana: Laptop, ben: Laptop
) -> None:
    both_have(ana, ben, PAIRS)
    ana.withdraw(PAIRS)
    assert ana.pool() == {PAIRS.id: PAIRS.text}
    ana.share()
    assert ana.pool() == {}
    give(ana, ben)
    assert (ben.pool(), ben.words(PAIRS)) == ({}, None)


def test_what_was_never_shared_and_withdrawn_is_no_news(ana: Laptop) -> None:
    ana.save(PAIRS)
    ana.withdraw(PAIRS)
    assert ana.store.unshared(WALK) == []
    assert ana.share(PAIRS) == 0


def test_going_back_to_the_shared_wording_is_no_news(ana: Laptop) -> None:
    ana.save(PAIRS)
    ana.share()
    edit(ana, PAIRS, "6 of 7")
    ana.save(PAIRS)
    assert ana.store.unshared(WALK) == []
    held = ana.store.held(Note, PAIRS.id)
    assert held is not None
    assert held.shared


def test_a_wording_that_is_not_displayed_is_shared_too(ana: Laptop, ben: Laptop) -> None:
    """Collecting a colleague's wording before sharing one's own must not silence one's own."""
    both_have(ana, ben, PAIRS)
    edit(ana, PAIRS, "Ana's")
    edit(ben, PAIRS, "Ben's first")
    edit(ben, PAIRS, "Ben's second")
    ben.share()
    give(ben, ana)
    assert texts(ana, PAIRS) == ["Ben's second", "Ana's"]
    assert ana.store.unshared(WALK) == [PAIRS.id]
    assert ana.share() == 1
    assert ana.store.unshared(WALK) == []
    give(ana, ben)
    assert sorted(texts(ben, PAIRS)) == ["Ana's", "Ben's second"]


def test_the_same_wording_found_twice_still_settles_for_the_team(
    ana: Laptop, ben: Laptop, cyd: Laptop
) -> None:
    """Ana settles a conflict with the words that Cyd, unseen, also came to."""
    disagree(ana, ben)
    give(ana, cyd)
    ana.store.resolve(ana.by(), "write", "settled", PAIRS.changed(text="ours"))
    edit(cyd, PAIRS, "ours")
    cyd.share()
    give(cyd, ana)
    assert ana.store.unshared(WALK) == [PAIRS.id]
    assert ana.share() == 1
    assert ana.store.unshared(WALK) == []
    give(ana, ben)
    assert (texts(ben, PAIRS), ben.store.conflicts(WALK)) == (["ours"], [])


def test_back_and_forth_meanwhile_changed_elsewhere_does_not_wait_for_ever(
    ana: Laptop, ben: Laptop
) -> None:
    both_have(ana, ben, PAIRS)
    edit(ana, PAIRS, "there")
    edit(ana, PAIRS, PAIRS.text)
    edit(ben, PAIRS, "Ben's")
    ben.share()
    give(ben, ana)
    ana.share()
    assert ana.store.unshared(WALK) == []
    assert ana.store.conflicts(WALK) == [PAIRS.id]


def test_published_numbers_run_without_gaps(ana: Laptop) -> None:
    for text in ("one", "two", "three"):
        ana.save(PAIRS.changed(text=text), WAIT.changed(text=text))
        ana.share()
        ana.share()
    assert [rev.number for _, rev in ana.pack()] == [1, 2, 3, 4, 5, 6]
    assert ana.store.missing_numbers(WALK) == {}


def test_a_failed_share_leaves_no_gap(ana: Laptop) -> None:
    ana.save(PAIRS)
    with pytest.raises(ValueError, match="hex"):
        ana.store.publish(ana.by(), "shared", [PAIRS.id, "no id"], everyone=True)
    assert ana.store.unshared(WALK) == [PAIRS.id]
    ana.share()
    assert [rev.number for _, rev in ana.pack()] == [1]


def test_a_collect_can_say_what_is_missing(ana: Laptop, ben: Laptop) -> None:
    ana.save(*(note(f"n{number}", "words") for number in range(6)))
    ana.share()
    pack = ana.pack()
    ben.collect([pack[1], pack[4]])
    assert ben.store.missing_numbers(WALK) == {ana.store.device: [(1, 1), (3, 4)]}
    ben.collect(pack)
    assert ben.store.missing_numbers(WALK) == {}


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
    assert ana.store.resolve(ana.by(), "write", "settled", PAIRS.changed(text="ours"))
    assert not ana.store.resolve(ana.by(), "write", "settled", PAIRS.changed(text="ours"))
    assert ana.store.conflicts(WALK) == []
    ana.share()
    give(ana, ben)
    assert (texts(ben, PAIRS), ben.store.conflicts(WALK)) == (["ours"], [])


def test_settling_for_a_wording_that_is_shown_settles_it(ana: Laptop, ben: Laptop) -> None:
    disagree(ana, ben)
    assert ana.store.resolve(ana.by(), "write", "settled", PAIRS.changed(text="Ben's"))
    assert ana.store.conflicts(WALK) == []
    assert ana.share() == 1
    give(ana, ben)
    assert ben.store.conflicts(WALK) == []


def test_undo_of_settling_brings_the_conflict_back_and_redo_settles_it(
    ana: Laptop, ben: Laptop
) -> None:
    disagree(ana, ben)
    before = texts(ana, PAIRS)
    ana.store.resolve(ana.by(), "write", "settled", PAIRS.changed(text="ours"))
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
    ana.store.resolve(ana.by(), "write", "settled", PAIRS.changed(text="ours"))
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
    assert ana.store.resolve(ana.by(), "write", "settled", PAIRS.changed(text="ours"))
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
    ana.store.resolve(ana.by(), "write", "settled", PAIRS.changed(text="ours"))
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


# Taking a collect back


def test_taking_back_gives_what_was_there_before(ana: Laptop, ben: Laptop) -> None:
    disagree(ana, ben)
    ben.save(WAIT, theme("wait"), placing(WAIT))
    ben.withdraw(PAIRS)
    ben.share()
    journal, tables = ana.rev_ids(), ana.store.snapshot()
    pack, merged = ana.collect(ben.pack())
    assert merged.added == 4
    back = ana.store.take_back_pack(pack)
    assert (back.removed, back.kept) == (4, ())
    assert (ana.rev_ids(), ana.store.snapshot()) == (journal, tables)
    assert ana.store.take_back_pack(pack).removed == 0


def test_what_another_pack_holds_stays(ana: Laptop, ben: Laptop, cyd: Laptop) -> None:
    both_have(ana, ben, PAIRS)
    ben.save(WAIT)
    ben.share()
    one, _ = cyd.collect(ana.pack())
    two, _ = cyd.collect(ben.pack())
    assert cyd.store.take_back_pack(one).removed == 0
    assert cyd.words(PAIRS) == PAIRS.text
    assert cyd.store.take_back_pack(two).removed == 2
    assert cyd.rev_ids() == set()


def test_what_this_laptop_wrote_stays(ana: Laptop, ben: Laptop) -> None:
    both_have(ana, ben, PAIRS)
    pack, merged = ana.collect(ben.pack())
    assert merged.added == 0
    assert ana.store.take_back_pack(pack).removed == 0
    assert ana.words(PAIRS) == PAIRS.text


def test_what_a_local_edit_stands_on_stays_and_is_named(ana: Laptop, ben: Laptop) -> None:
    ana.save(PAIRS, WAIT)
    ana.share()
    pack, _ = ben.collect(ana.pack())
    edit(ben, PAIRS, "6 of 7")
    back = ben.store.take_back_pack(pack)
    assert (back.removed, back.kept) == (1, (("note", PAIRS.id),))
    assert ben.words(PAIRS) == "6 of 7"
    assert ben.words(WAIT) is None


def test_what_a_local_placing_refers_to_stays_and_is_named(ana: Laptop, ben: Laptop) -> None:
    ana.save(PAIRS, WAIT, theme("pairs"))
    ana.share()
    pack, _ = ben.collect(ana.pack())
    ben.save(placing(PAIRS))
    back = ben.store.take_back_pack(pack)
    assert back.removed == 1
    assert set(back.kept) == {("note", PAIRS.id), ("theme", THEME)}
    assert (ben.words(PAIRS), ben.words(WAIT)) == (PAIRS.text, None)


def test_what_the_kept_in_turn_refers_to_stays(ana: Laptop, ben: Laptop) -> None:
    visit = Visit(id=VISIT, walk=WALK, code="V1")
    ana.save(visit, PAIRS)
    ana.share()
    pack, _ = ben.collect(ana.pack())
    ben.save(placing(PAIRS))
    assert ("visit", VISIT) in ben.store.take_back_pack(pack).kept


def test_what_came_after_a_local_reference_goes(ana: Laptop, ben: Laptop) -> None:
    """The placing stood without the edit, so taking the edit back is taking nothing from it."""
    both_have(ana, ben, PAIRS)
    ben.save(placing(PAIRS))
    edit(ana, PAIRS, "6 of 7")
    ana.share()
    before = ben.store.snapshot()
    pack, _ = ben.collect(ana.pack())
    assert ben.store.take_back_pack(pack).kept == ()
    assert ben.store.snapshot() == before


def test_who_wrote_here_and_their_walk_stay(ana: Laptop, ben: Laptop) -> None:
    """A note's walk and author stand in no body, yet without them it could not be shown."""
    ana.save(the_walk("Lincoln"), Walker(id=ben.me, walk=WALK, label="Ben"))
    ana.save(Walker(id=walker("Dana"), walk=WALK, label="Dana"))
    ana.share()
    pack, _ = ben.collect(ana.pack())
    ben.save(WAIT)
    back = ben.store.take_back_pack(pack)
    assert set(back.kept) == {("walk", WALK), ("walker", ben.me)}
    assert ben.store.get(Walk, WALK) is not None
    assert ben.store.get(Walker, walker("Dana")) is None


def test_their_newer_wordings_do_not_stay_for_that(ana: Laptop, ben: Laptop) -> None:
    ana.save(the_walk("Lincoln"))
    ana.share()
    give(ana, ben)
    ana.save(the_walk("Lincoln School"))
    ana.share()
    pack, _ = ben.collect(ana.pack())
    ben.save(WAIT)
    assert ben.store.take_back_pack(pack).kept == ()
    walk = ben.store.get(Walk, WALK)
    assert walk is not None
    assert walk.title == "Lincoln"


def test_what_stayed_once_stays_with_the_next_pack(ana: Laptop, ben: Laptop) -> None:
    """The theme came with the first pack alone and holds the note, which both packs brought."""
    ana.save(PAIRS)
    ana.share()
    small = ana.pack()
    ana.save(theme("about " + PAIRS.id))
    ana.share()
    one, _ = ben.collect(ana.pack())
    ben.save(theme("mine"))
    ben.store.take_back_pack(one)
    before = ben.store.snapshot()
    two, _ = ben.collect(small)
    ben.store.take_back_pack(two)
    assert ben.store.snapshot() == before
    assert ben.words(PAIRS) == PAIRS.text


def test_a_collect_can_be_taken_back_in_any_order(ana: Laptop, ben: Laptop, cyd: Laptop) -> None:
    both_have(ana, ben, PAIRS)
    edit(ana, PAIRS, "Ana's")
    ana.share()
    edit(ben, PAIRS, "Ben's")
    ben.share()
    for order in itertools.permutations(range(3)):
        packs = [cyd.collect(laptop.pack())[0] for laptop in (ana, ben, ana)]
        removed = [cyd.store.take_back_pack(packs[which]).removed for which in order]
        assert sum(removed) == 3
        assert cyd.rev_ids() == set()
        assert cyd.store.snapshot() == []


# A collect that is cut off


def _long_pack(ana: Laptop) -> Pack:
    ana.save(*(note(f"n{number}", "words") for number in range(7)))
    ana.share()
    return ana.pack()


def test_a_collect_that_was_cut_off_is_taken_back(
    ana: Laptop, ben: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(merge, "CHUNK", 3)
    pack = _long_pack(ana)
    with pytest.raises(CutOff):
        ben.collect(cut_off(pack, 4))
    assert len(ben.rev_ids()) == 3
    assert ben.store.packs() == []
    assert ben.store.take_back_unfinished() == 1
    assert ben.rev_ids() == set()
    assert ben.store.take_back_unfinished() == 0


def test_one_that_was_read_again_meanwhile_costs_nothing(
    ana: Laptop, ben: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(merge, "CHUNK", 3)
    pack = _long_pack(ana)
    with pytest.raises(CutOff):
        ben.collect(cut_off(pack, 4))
    number, merged = ben.collect(pack)
    assert (merged.added, merged.already_here) == (4, 3)
    assert ben.store.take_back_unfinished() == 1
    assert len(ben.rev_ids()) == 7
    assert [row[0] for row in ben.store.packs(WALK)] == [number]


def test_packs_are_listed_newest_first_with_their_receipts(ana: Laptop, ben: Laptop) -> None:
    ana.save(PAIRS)
    ana.share()
    for at in (1, 2):
        ben.store.collect(
            bytes(32), f"{at}.walk", WALK, "Ana", ana.pack(), at, lambda got: f"[{got.added}]"
        )
    assert ben.store.packs() == [(2, "2.walk", "Ana", 2, "[0]"), (1, "1.walk", "Ana", 1, "[1]")]
    assert ben.store.packs(derived("another walk")) == []


def test_runs_of_numbers() -> None:
    assert merge.as_ranges([3, 1, 2, 7, 7]) == [(1, 3), (7, 7)]
    assert merge.as_ranges([]) == []


def test_only_kinds_that_are_asked_for(ana: Laptop) -> None:
    ana.save(PAIRS, theme("a"))
    ana.share()
    assert [rev.kind for rev in ana.store.published(WALK, ["theme"])] == ["theme"]
    assert list(ana.store.published(walker("no walk"))) == []
