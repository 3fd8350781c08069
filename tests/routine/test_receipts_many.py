"""Receipts of many years: what is asked of them takes little of each."""

from __future__ import annotations

from typing import Any

import pytest

from tests.routine.laptops import Laptops, wrote
from walk.exchange.receipt import Receipt
from walk.routine.exchanging import collect
from walk.routine.settling import receipts
from walk.storage import taking


def test_taking_back_reads_the_receipts_of_that_collect_alone(
    laptops: Laptops, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A store of many years holds thousands of receipts; each is read by Python at a price."""
    desk = laptops.lead
    _, anas = wrote(laptops, "Ana", "S1 points")
    _, bens = wrote(laptops, "Ben", "S2 reads")
    for _ in range(5):
        collect.collect(desk, [anas])
    collect.collect(desk, [bens])
    (last,) = receipts.collects(desk)[-1]
    read: list[taking.KeptReceipt] = []

    def seen_too(*values: Any) -> taking.KeptReceipt:
        read.append(KeptReceipt(*values))
        return read[-1]

    KeptReceipt = taking.KeptReceipt
    monkeypatch.setattr(taking, "KeptReceipt", seen_too)
    said = collect.undo_collect(desk)
    assert [receipts.numbers(one.value) for one in read] == [(last,)]
    assert receipts.cut_off(desk) == []
    assert [one.kind for one in read] == ["collect"]
    assert receipts.listed(desk)[0].undone == tuple(said)


def test_the_database_finds_the_packs_that_receipts_name_as_we_do(laptops: Laptops) -> None:
    store, walk = laptops.lead.store, laptops.lead.walk_id
    odd: list[Any] = [[7], [3, 70], [], 5, True, None, "9", {"a": 9}, [True], [2.0], ["4"], [[6]]]
    for number, value in enumerate(odd):
        store.keep_receipt(receipts.COLLECT, walk, number + 1, {"numbers": value})
    store.keep_receipt("purge", walk, 99, {"other": [8]})
    store.keep_receipt(receipts.UNDO, walk, 99, {"lines": ["numbers: [11]"], "numbers": [7]})
    held = store.receipts()
    told = {pack for one in held for pack in receipts.numbers(one.value)}
    assert store.packs_told() == told == {3, 7, 70}
    for pack in range(1, 100):
        named = [one for one in held if pack in receipts.numbers(one.value)]
        found = store.receipts(pack=pack)
        assert [one for one in found if pack in receipts.numbers(one.value)] == named
    assert len(store.receipts(walk, pack=7)) == 2


def test_a_receipt_is_taken_apart_only_to_be_shown(
    laptops: Laptops, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = laptops.lead
    _, anas = wrote(laptops, "Ana", "S1 points")
    brought = [collect.collect(desk, [anas]) for _ in range(4)]
    made: list[Receipt] = []
    of = Receipt.of

    def seen_too(said: dict[str, Any]) -> Receipt:
        made.append(of(said))
        return made[-1]

    monkeypatch.setattr(Receipt, "of", seen_too)
    held = receipts.listed(desk)
    assert made == []
    assert [one.receipt for one in held] == brought[::-1]
