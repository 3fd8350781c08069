"""What a power cut leaves of a collect: told, taken back, read again."""

from __future__ import annotations

import shutil

import pytest

from tests.desks import texts
from tests.routine.laptops import Laptops, wrote
from walk.routine.exchanging import collect
from walk.routine.exchanging.found import Progress
from walk.routine.settling import receipts


def test_a_collect_that_a_power_cut_ended_is_told_and_can_be_taken_back(laptops: Laptops) -> None:
    lead, packs = laptops.lead, [wrote(laptops, who, "S1 points")[1] for who in ("Ana", "Ben")]
    before = lead.store.snapshot()

    def off(progress: Progress) -> bool:
        if progress.pack == 2:
            raise KeyboardInterrupt  # nothing of ours runs any more
        return False

    with pytest.raises(KeyboardInterrupt):
        collect.collect(lead, packs, report=off)
    assert lead.store.receipts() == []
    (kept,) = receipts.listed(lead)
    assert kept.receipt.to_know == (receipts.CUT_OFF,)
    assert [(one.file, one.walker, one.added) for one in kept.receipt.packs] == [
        ("Ana.walk", "Ana", 2)
    ]
    assert (kept.receipt.walkers_in, kept.may_undo) == (("Ana",), True)
    collect.undo_collect(lead)
    assert receipts.listed(lead) == []
    assert lead.store.snapshot() == before


def test_a_collect_that_was_cut_off_stands_where_it_was(
    laptops: Laptops, monkeypatch: pytest.MonkeyPatch
) -> None:
    lead, packs = laptops.lead, [wrote(laptops, who, "S1 points")[1] for who in ("Ana", "Ben")]
    collect.collect(lead, packs[:1])
    with monkeypatch.context() as patch:
        patch.setattr(receipts, "keep", lambda *_: None)
        collect.collect(lead, packs[1:])
    assert receipts.cut_off(lead) == [[2]]
    assert "1 pack of it came in whole" in receipts.told_cut_off(lead)
    collect.collect(lead, packs)
    assert receipts.told_cut_off(lead) == ""
    told = [receipts.CUT_OFF in one.receipt.to_know for one in receipts.listed(lead)]
    assert told == [False, True, False]
    assert [one.may_undo for one in receipts.listed(lead)] == [True, False, False]


def test_a_plan_that_was_joined_is_no_collect_that_was_cut_off(laptops: Laptops) -> None:
    ana = laptops.joined("Ana")
    assert (receipts.cut_off(ana), receipts.listed(ana)) == ([], [])


def test_an_empty_pack_and_one_that_leads_nowhere_are_told_and_the_others_come_in(
    laptops: Laptops,
) -> None:
    """A stick that was pulled leaves an empty file; passed over, its walker would seem late."""
    _, anas = wrote(laptops, "Ana", "S1 points")
    stick = laptops.folder / "stick"
    stick.mkdir()
    shutil.copy(anas, stick)
    for name in ("ben.walk", ".hidden.walk", "~half.walk", "notes.txt"):
        (stick / name).touch()
    (stick / "gone.walk").symlink_to("nowhere.walk")
    (stick / "round.walk").symlink_to("round.walk")
    receipt = collect.collect(laptops.lead, [stick])
    told = {one.file: one.refused for one in receipt.packs}
    assert set(told) == {"Ana.walk", "ben.walk", "gone.walk", "round.walk"}
    assert told["Ana.walk"] == ""
    assert told["ben.walk"].startswith("ben.walk is empty")
    assert "not there" in told["gone.walk"]
    assert told["round.walk"]
    assert texts(laptops.lead) == ["S1 points"]
