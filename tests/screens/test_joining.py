"""Joining by keys: a plan on a stick, who are you, places beside it, a locked one."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from tests.desks import begin_small, desk_at, texts
from tests.frames import cursor_cell
from tests.routine.laptops import Laptops, wrote
from tests.screens.carrying import drop, one_stick, until
from tests.screens.table import SIZES, open_at
from tests.waiting import PATIENCE_S
from walk.errors import Refused
from walk.intake.plan import Place, Places
from walk.routine.exchanging import share as sharing
from walk.routine.planning import places


@pytest.mark.parametrize("size", SIZES)
async def test_a_walker_joins_from_the_stick_in_four_keys(
    laptops: Laptops, stick: Path, size: tuple[int, int]
) -> None:
    ana = laptops.laptop("ana")
    async with open_at(ana, "collect", size) as seen:
        shown = await until(seen, "1 pack")
        assert "KINGSTON" in shown
        assert cursor_cell(seen.app).character == "▸"
        await seen.keys("enter")
        shown = await until(seen, "the plan, 14 Oct")
        await seen.keys("enter")
        shown = await until(seen, "Who are you on this walk?")
        assert "Ana · walker" in shown
        assert "Evidence" in shown
        assert "2 visits" in shown
        await seen.keys("1")
        shown = await until(seen, "Writing: Ana")
        assert "Joined “Evidence” as Ana" in shown
    assert (ana.label, ana.walk.title) == ("Ana", "Evidence")


async def test_escape_at_the_roster_takes_nothing_in(laptops: Laptops, stick: Path) -> None:
    ana = laptops.laptop("ana")
    async with open_at(ana, "collect") as seen:
        await drop(seen, f"'{stick}/plan.walk' ")
        await until(seen, "Who are you")
        await seen.keys("escape")
        await until(seen, "Not joined; nothing was taken in")
    assert ana.store.walks() == []


async def test_an_open_roster_takes_a_new_label(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one_stick(monkeypatch)
    with desk_at(tmp_path / "lead.walkdb") as lead, desk_at(tmp_path / "ana.walkdb") as ana:
        begin_small(lead)
        sharing.share(lead, tmp_path / "plan.walk", plan_only=True)
        async with open_at(ana, "collect") as seen:
            shown = await until(seen, "No stick or drive")
            assert "Drop a file" in shown
            assert "Which packs?" in await seen.keys("slash")
            await seen.keys("ctrl+u")
            await drop(seen, f"{tmp_path}/plan.walk")
            await until(seen, "a new label")
            await seen.keys("2")
            await seen.keys("enter")
            await until(seen, "at least one letter")
            await seen.type("Ana")
            await seen.keys("enter")
            await until(seen, "Writing: Ana")
        assert ana.label == "Ana"


async def test_places_beside_the_plan_are_asked_about(laptops: Laptops, stick: Path) -> None:
    places.write(laptops.lead, Places((Place("V1", "Room 12"),)))
    sharing.share(laptops.lead, stick / "plan.walk", plan_only=True, with_places=True)
    for label, key, kept in (("Ana", "t", ["Room 12"]), ("Ben", "l", [])):
        desk = laptops.laptop(label)
        async with open_at(desk, "collect") as seen:
            await drop(seen, stick / "plan.walk")
            await until(seen, "Who are you")
            await seen.keys("1" if label == "Ana" else "2")
            shown = await until(seen, "Places lie beside the plan")
            assert "Room 12" not in shown
            await seen.keys(key)
            await until(seen, f"Writing: {label}")
        assert [one.place for one in places.read(desk).places] == kept


async def test_a_place_of_a_code_that_the_plan_lacks_is_told_first(
    laptops: Laptops, stick: Path
) -> None:
    places.write(laptops.lead, Places((Place("V77", "Room 12"),)))
    sharing.share(laptops.lead, stick / "plan.walk", plan_only=True, with_places=True)
    async with open_at(laptops.laptop("Ana"), "collect") as seen:
        await drop(seen, stick / "plan.walk")
        await until(seen, "Who are you")
        await seen.keys("1")
        await until(seen, "Places lie beside the plan")
        await seen.keys("t")
        assert "places: V77 is no visit of this walk" in await until(seen, "Writing: Ana")


async def test_other_packs_beside_a_plan_are_named(laptops: Laptops, stick: Path) -> None:
    ana, _ = wrote(laptops, "Ana", "S1 points")
    sharing.share(ana, stick / "ana.walk")
    ben = laptops.laptop("ben")
    async with open_at(ben, "collect", (120, 40)) as seen:
        await drop(seen, stick)
        await until(seen, "Who are you")
        await seen.keys("2")
        assert "1 more pack lies there" in await until(seen, "Writing: Ben")
    assert texts(ben) == []


async def test_a_locked_plan_asks_for_its_passphrase_and_then_who_you_are(
    laptops: Laptops, stick: Path
) -> None:
    sharing.share(laptops.lead, stick / "plan.walk", plan_only=True, passphrase="four plain words")
    ana = laptops.laptop("ana")
    async with open_at(ana, "collect") as seen:
        await until(seen, "KINGSTON")
        await seen.keys("enter")
        assert "locked" in await until(seen, "plan.walk")
        await seen.keys("enter")
        await until(seen, "These packs are locked")
        await seen.paste("four plain words")
        await seen.keys("enter")
        await until(seen, "Who are you on this walk?")
        await seen.keys("1")
        await until(seen, "Writing: Ana")
    assert ana.walk.title == "Evidence"


async def test_a_join_that_fails_is_told_on_the_page_that_is_open_by_then(
    laptops: Laptops, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()

    def fails(*_: object, **__: object) -> list[str]:
        assert go_on.wait(PATIENCE_S)
        raise Refused("It cannot be joined.", "Ask the lead.")

    monkeypatch.setattr("walk.routine.exchanging.join.join", fails)
    async with open_at(laptops.laptop("ana"), "collect") as seen:
        await until(seen, "KINGSTON")
        await seen.keys("enter")
        await until(seen, "plan.walk")
        await seen.keys("enter")
        await until(seen, "Who are you on this walk?")
        await seen.keys("1")
        await seen.keys("escape")
        await seen.keys("escape")
        go_on.set()
        assert "Collect" not in await until(seen, "It cannot be joined. Ask the lead.")
