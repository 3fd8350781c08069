"""Sharing, case by case: what goes into a pack, what stays, and how it is numbered."""

from __future__ import annotations

import pytest

from tests.storage.laptops import VISIT, WALK, Laptop, note
from tests.storage.two_laptops import PAIRS, WAIT, both_have, disagree, edit, give, settled, texts
from walk.model import Note


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
    settled(ana, "ours")
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
