"""Receipts by keys: read in full, turned through, and a collect taken back."""

from __future__ import annotations

import pytest

from tests.desks import texts, write_form
from tests.frames import cursor_cell
from tests.routine.laptops import Laptops, note_of, wrote
from tests.screens.carrying import until
from tests.screens.table import SIZES, open_at
from walk.exchange.receipt import PackReceipt, Receipt
from walk.routine.exchanging import collect
from walk.routine.planning import prepare
from walk.routine.settling import receipts


async def test_without_one_it_says_how_to_get_one(laptops: Laptops) -> None:
    async with open_at(laptops.lead, "receipts") as seen:
        shown = seen.sees()
        assert "Nothing was collected here yet" in shown
        assert "u take back" not in shown
        assert "Collect" in await seen.keys("c")


@pytest.mark.parametrize("size", SIZES)
async def test_who_is_in_who_is_missing_and_what_came(
    laptops: Laptops, size: tuple[int, int]
) -> None:
    _, anas = wrote(laptops, "Ana", "S1 points")
    collect.collect(laptops.lead, [anas, laptops.folder / "gone.walk"])
    async with open_at(laptops.lead, "receipts", size) as seen:
        shown = seen.sees()
        assert "2 new entries from 1 pack" in shown
        assert "in       Ana" in shown
        assert "missing  Ben, Lea" in shown
        assert "gone.walk" in shown
        assert "Tue 14 Oct" in shown
        assert cursor_cell(seen.app).character == "▸"
        assert "? help" in shown


async def test_the_collect_is_taken_back_and_what_stays_is_named(laptops: Laptops) -> None:
    _, anas = wrote(laptops, "Ana", "S1 points", "S2 reads")
    collect.collect(laptops.lead, [anas])
    note = note_of(laptops.lead, "S1 points")
    laptops.lead.save("debrief", "note reworded", note.changed(text="S1 points twice"))
    async with open_at(laptops.lead, "receipts") as seen:
        shown = await seen.keys("u")
        assert "Take this collect back?" in shown
        assert "It brought 3 entries." in shown
        assert "3 new entries" in await seen.keys("escape")
        await seen.keys("u", "y")
        shown = await until(seen, "The last collect is taken back")
        assert "1 note" in shown
        assert "Who was in before it was taken back" in shown
        assert "u take back" not in shown
    assert "S2 reads" not in texts(laptops.lead)


async def test_earlier_receipts_are_turned_to(laptops: Laptops) -> None:
    _, anas = wrote(laptops, "Ana", "S1 points")
    _, bens = wrote(laptops, "Ben", "S2 reads")
    for path in (anas, bens):
        collect.collect(laptops.lead, [path])
    async with open_at(laptops.lead, "receipts") as seen:
        assert "1 of 2" in seen.sees()
        shown = await seen.keys("left")
        assert "2 of 2" in shown
        assert "missing  Ben, Lea" in shown
        assert "u take back" not in shown
        assert "2 of 2" in await seen.keys("left")
        assert "missing  Lea" in await seen.keys("right")


async def test_all_that_there_is_to_know_stands_in_rows(laptops: Laptops) -> None:
    lead = laptops.lead
    receipt = Receipt(
        packs=(
            PackReceipt("a.walk", "[/x] [bob]", 1200, 40, 2, "", 3, 1, forgotten=5),
            PackReceipt("b.walk", "Ana", already_here=9, same_as="a.walk"),
            PackReceipt("c.walk", refused="\x1b[31m it is damaged", own_walk=""),
        ),
        missing_numbers=("Ben's laptop has 3 more entries than reached us: ask for a new pack.",),
        requests=("1 request to erase a note. Nothing goes until you confirm it on Home.",),
        to_know=("One store is a copy of another.",),
    )
    receipts.keep(lead, receipt, lead.walk_id, [])
    async with open_at(lead, "receipts", (120, 40)) as seen:
        shown = seen.sees()
        for words in (
            "1,200 new entries from 2 packs, 49 here already.",
            "3 records were withdrawn by who wrote them.",
            "1 pack was not taken in; why stands below.",
            "not whole  Ben's laptop has 3 more entries",
            "2 records are told in two ways",
            "1 request to erase a note",
            "One store is a copy of another.",
            "[/x] [bob]",
            "the same file as a.walk",
            "␛[31m it is damaged",
        ):
            assert words in shown, words
        assert "u take back" not in shown  # it brought nothing here
        await seen.keys("home", "down")
        assert "Ben's laptop has 3 more" in await seen.keys("enter")
        await seen.keys("escape", "end", "up")
        told = (await seen.keys("enter")).splitlines()
        inside = [row.split("│")[1] for row in told if row.count("│") == 2]
        shown = " ".join(" ".join(inside).split())
        assert "5 entries were erased or purged here before" in shown


async def test_conflicts_lead_to_where_they_are_settled(laptops: Laptops) -> None:
    ana = laptops.joined("Ana")
    for desk, label in ((ana, "Benno"), (laptops.lead, "Beno")):
        prepare.give_label(desk, next(one for one in desk.walkers() if one.label == "Ben"), label)
    laptops.pack(laptops.lead, "lead")
    collect.collect(laptops.lead, [laptops.pack(ana, "Ana")])
    async with open_at(laptops.lead, "receipts") as seen:
        shown = seen.sees()
        assert "1 to settle now" in " ".join(shown.split())
        assert "f settle" in shown


async def test_taking_back_the_walk_itself_goes_home(laptops: Laptops) -> None:
    _, anas = wrote(laptops, "Ana", "S1 points")
    late = laptops.laptop("late")
    collect.collect(late, [anas])
    async with open_at(late, "receipts") as seen:
        await seen.keys("u", "y")
        shown = await until(seen, "begin a small walk")
        assert "taken back" in shown
    assert late.store.walks() == []


async def test_what_is_written_here_stays_when_a_collect_goes(laptops: Laptops) -> None:
    _, anas = wrote(laptops, "Ana", "S1 points")
    collect.collect(laptops.lead, [anas])
    write_form(laptops.lead, "V2", "the lead saw")
    async with open_at(laptops.lead, "receipts") as seen:
        await seen.keys("u", "y")
        await until(seen, "taken back")
    assert texts(laptops.lead) == ["the lead saw"]


async def test_what_waits_since_an_earlier_collect_is_still_told(
    laptops: Laptops, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, pack = wrote(laptops, "Ana", "S1 points")
    collect.collect(laptops.lead, [pack])
    async with open_at(laptops.lead, "receipts") as seen:
        assert "to settle" not in await until(seen, "Who is in")
    monkeypatch.setattr(receipts, "to_settle", lambda _: 1)  # such as a label that was used twice
    async with open_at(laptops.lead, "receipts") as seen:
        shown = " ".join((await until(seen, "Waits for you")).split())
        assert "settle 1 to settle (f): told in two ways, or a label used twice" in shown
        await seen.keys("down", "down", "enter")
        await until(seen, "Nothing is told differently")
