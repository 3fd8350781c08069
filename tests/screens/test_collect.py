"""Collecting by keys: what came, who is missing; others go on."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from pathlib import Path

import pytest
from textual.events import Paste

from tests.burst import press_ahead
from tests.desks import begin_small, desk_at, texts, write_form
from tests.routine.laptops import Laptops, wrote
from tests.screens.carrying import drop, until, until_over
from tests.screens.table import HOSTILE, SIZES, open_at
from tests.waiting import PATIENCE_S, held_up
from walk.routine import folders
from walk.routine.exchanging import collect, found
from walk.routine.exchanging import share as sharing
from walk.routine.exchanging.found import Progress
from walk.routine.planning import prepare
from walk.screens import jobs

# Collecting


@pytest.mark.parametrize("size", SIZES)
async def test_packs_come_in_and_the_receipt_opens(
    laptops: Laptops, stick: Path, size: tuple[int, int]
) -> None:
    ana, _ = wrote(laptops, "Ana", "S1 points")
    sharing.share(ana, stick / "ana.walk")
    (stick / "cut.walk").write_bytes(b"PK\x03\x04 cut")
    async with open_at(laptops.lead, "collect", size) as seen:
        assert "3 packs" in await until(seen, "KINGSTON")
        await seen.keys("enter")
        await until(seen, "all 3 packs")
        await seen.keys("enter")
        shown = await until(seen, "Receipt")
        assert "2 new entries from 2 packs" in shown
        assert "missing  Ben, Lea: nothing of theirs is here yet" in shown
        assert "cut.walk" in shown
        assert "Not taken in" in shown
    assert texts(laptops.lead) == ["S1 points"]


async def test_a_dropped_pack_with_a_hostile_name_and_label_is_shown_harmlessly(
    laptops: Laptops, stick: Path
) -> None:
    lead = laptops.lead
    for walker, label in zip(lead.walkers(), HOSTILE, strict=False):
        prepare.give_label(lead, walker, label.replace("\x1b", ""))
    sharing.share(lead, stick / "[bob] (1).walk", plan_only=True)
    sharing.share(lead, stick / "plan.walk", plan_only=True)
    late = laptops.laptop("late")
    async with open_at(late, "collect") as seen:
        await drop(seen, str(stick).replace(" ", "\\ ") + "/\\[bob\\]\\ \\(1\\).walk ")
        shown = await until(seen, "Who are you")
        assert "[/x] [bob]" in shown
        await seen.keys("escape")
        await seen.keys("enter")
        await until(seen, "[bob] (1).walk")


async def test_the_app_is_usable_meanwhile_and_coming_back_shows_it(
    laptops: Laptops, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana, _ = wrote(laptops, "Ana", "S1 points")
    sharing.share(ana, stick / "ana.walk")
    go_on = held_up(monkeypatch, collect, "take_pack")
    async with open_at(laptops.lead, "collect") as seen:
        await drop(seen, stick)
        shown = await until(seen, "Collecting 1 of 2")
        assert "You can go on elsewhere" in shown
        assert "x stop" in shown
        await seen.keys("escape")
        shown = await until(seen, "collecting 1 of 2 ·")
        assert "V1" in shown
        await seen.keys("down")  # Home obeys while the pack is read
        go_on.set()
        shown = await until(seen, "Packs are in")
        assert "collecting" not in shown.splitlines()[0] or await until(seen, "Evidence")
        seen.app.screen.go("collect")  # type: ignore[attr-defined]
        shown = await until(seen, "Receipt")
        assert "2 new entries" in shown
        assert jobs.job_of(seen.app, "collect") is None
    assert texts(laptops.lead) == ["S1 points"]


async def test_x_stops_behind_the_pack_in_hand(
    laptops: Laptops, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana, _ = wrote(laptops, "Ana", "S1 points")
    sharing.share(ana, stick / "ana.walk")
    go_on = threading.Event()
    whole = collect._Run.take

    def slowly(self: collect._Run, number: int, one: object) -> None:
        whole(self, number, one)  # type: ignore[arg-type]
        assert go_on.wait(PATIENCE_S)
        self.stop |= self._report(Progress(number, 2, "x"))

    monkeypatch.setattr(collect._Run, "take", slowly)
    async with open_at(laptops.lead, "collect") as seen:
        await drop(seen, stick)
        await until(seen, "Collecting 1 of 2")
        assert "stops behind the pack" in await seen.keys("x")
        go_on.set()
        assert "Stopped after 1 of 2 packs" in await until(seen, "Receipt")


async def test_leaving_while_it_only_looks_takes_nothing_in(
    laptops: Laptops, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = held_up(monkeypatch, found, "look")
    late = laptops.laptop("late")
    async with open_at(late, "collect") as seen:
        await drop(seen, stick)
        await until(seen, "Looking at what lies there")
        await seen.keys("escape")
        await until(seen, "Stopped looking; nothing was taken in")
        go_on.set()
    assert late.store.walks() == []


async def test_a_pack_of_another_walk_is_asked_about(
    laptops: Laptops, stick: Path, tmp_path: Path
) -> None:
    with desk_at(tmp_path / "other.walkdb") as elsewhere:
        begin_small(elsewhere)
        write_form(elsewhere, "V1", "S2 reads")
        sharing.share(elsewhere, stick / "other.walk")
    own = laptops.lead.store.walks()
    assert len(own) == 1
    for key, said in (("n", "Receipt"), ("escape", "Nothing was taken in"), ("y", "Receipt")):
        async with open_at(laptops.lead, "collect") as seen:
            await drop(seen, stick)
            shown = await until(seen, "1 pack is of a walk not on this laptop")
            assert "other.walk" in shown
            await seen.keys(key)
            await until(seen, said)
            if key != "y":
                assert laptops.lead.store.walks() == own
    assert len(laptops.lead.store.walks()) == 2


async def test_locked_packs_ask_once_and_the_others_go_on(laptops: Laptops, stick: Path) -> None:
    ana, _ = wrote(laptops, "Ana", "S1 points")
    sharing.share(ana, stick / "ana.walk", passphrase="four plain words")
    async with open_at(laptops.lead, "collect") as seen:
        await drop(seen, stick)
        shown = await until(seen, "These packs are locked")
        assert "ana.walk. Whoever shared them knows the passphrase." in " ".join(shown.split())
        await seen.keys("question_mark")
        assert "Enter takes it." in await until(
            seen, "In a line that asks for a path or passphrase"
        )
        assert "saves" not in seen.sees()
        await seen.keys("escape")
        await seen.type("wrong")
        await seen.keys("enter")
        await until(seen, "That passphrase does not open")
        await seen.keys("escape")
        shown = await until(seen, "Receipt")
        assert "locked" in shown
        assert "nothing new" in shown
    async with open_at(laptops.lead, "collect") as seen:
        await drop(seen, stick / "ana.walk")
        await until(seen, "These packs are locked")
        await seen.type("four plain words")
        await seen.keys("enter")
        await until(seen, "2 new entries")
    assert texts(laptops.lead) == ["S1 points"]


async def test_what_is_not_there_is_told_where_it_was_typed(laptops: Laptops, stick: Path) -> None:
    (stick / "empty").mkdir()
    async with open_at(laptops.lead, "collect") as seen:
        shown = await drop(seen, "/gone/nothing.walk")
        assert "is not there" in shown
        assert "/gone/nothing.walk" in shown
        await seen.keys("escape")
        await drop(seen, stick / "empty")
        await until(seen, "No packs were found there")


async def test_a_disk_that_never_answers_keeps_nobody_waiting(
    laptops: Laptops, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    never, whole = threading.Event(), folders.spots

    def spots(recent: Iterable[str]) -> list[folders.Spot]:
        if recent:
            never.wait()  # a folder used last lies on a server that is gone
        return whole(recent)

    monkeypatch.setattr(folders, "spots", spots)
    late = laptops.laptop("late")
    folders.used(late, laptops.folder)
    async with open_at(late, "collect") as seen:
        await until(seen, "▸ KINGSTON")
        assert "Used last" not in seen.sees()
        await seen.keys("enter")
        await until(seen, "plan.walk")
    never.set()


async def test_folders_are_walked_through_by_keys(laptops: Laptops, stick: Path) -> None:
    (stick / "Monday" / "late").mkdir(parents=True)
    async with open_at(laptops.lead, "collect") as seen:
        await until(seen, "KINGSTON")
        await seen.keys("enter")
        await until(seen, "Monday/")
        await seen.keys("down", "enter")
        shown = await until(seen, "late/")
        assert "No packs lie in it" in shown
        await seen.keys("end", "enter")
        shown = await until(seen, "Monday/")
        assert "▸ Monday/" in shown
        await seen.keys("escape")
        await until(seen, "Sticks and drives")
        assert "Visits" in await seen.keys("escape")


async def test_a_path_typed_at_once_goes_into_its_line_whole(laptops: Laptops, stick: Path) -> None:
    async with open_at(laptops.lead, "collect") as seen:
        await until(seen, "KINGSTON")
        await press_ahead(seen.pilot, *("slash" if one == "/" else one for one in "/tmp/x"))
        assert "/tmp/x" in seen.sees()
        await seen.keys("escape")
        await press_ahead(seen.pilot, "apostrophe", "slash", "a", "b")
        assert "'/ab" in seen.sees()
        await seen.keys("escape")
        seen.app.post_message(Paste("  \n"))
        await seen.pilot.pause()
        assert "Sticks and drives" in seen.sees()


async def test_a_fault_in_the_work_is_told_and_nothing_else_ends(
    laptops: Laptops, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("secret words")

    monkeypatch.setattr(collect, "collect_found", broken)
    async with open_at(laptops.lead, "collect") as seen:
        await drop(seen, stick)
        shown = await until(seen, "A fault of walk's own")
        assert "secret words" not in shown
        assert "RuntimeError" in shown
        await until_over(seen, "collect")
        assert "Sticks and drives" in seen.sees()
