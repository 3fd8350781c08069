"""Taking a collect back, whole or cut off: what was there before is there again."""

from __future__ import annotations

import itertools

import pytest

from tests.storage.laptops import (
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
from tests.storage.two_laptops import PAIRS, WAIT, both_have, disagree, edit, give
from walk.model import Visit, Walk, Walker, derived
from walk.storage import merge

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
