"""Purging by keyboard, requests of other laptops, and erasing a note from the lists."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desks import begin_small, desk_at, the_visit, write_form
from tests.frames import rows
from tests.mishaps import killed_at
from tests.routine.forgetting import says
from tests.routine.three import give, meet, three_laptops, wrote
from tests.routine.walk_to_purge import whole_walk
from tests.screens.carrying import until
from tests.screens.table import SIZES, Seen, open_at
from tests.waiting import painted
from walk.model import Note
from walk.routine.debriefing import debrief
from walk.routine.desk import Desk
from walk.routine.keeping import erase, purge
from walk.routine.visiting import visit
from walk.screens.keeping.daily import keep_backup
from walk.screens.keeping.erase import Working


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_at(tmp_path / "a.walkdb") as found:
        begin_small(found)
        write_form(found, "V1", "T zanzibar asked", "S2 heron answered")
        yield found


async def done(seen: Seen) -> str:
    """What is on the screen once the work in the thread is over."""
    return await painted(seen.pilot, lambda: not isinstance(seen.app.screen, Working))


@pytest.mark.parametrize("size", SIZES)
async def test_it_says_what_goes_what_stays_and_what_is_out_of_reach(
    desk: Desk, size: tuple[int, int]
) -> None:
    async with open_at(desk, "purge", size) as seen:
        shown = " ".join((await until(seen, "Out of reach")).split())
        assert "Goes 2 notes, every wording of them" in shown
        assert "Stays the plan" in shown
        assert "Out of reach packs that were handed out" in shown
        assert all(len(row) <= size[0] for row in rows(seen.app))


async def test_one_key_purges_nothing(desk: Desk) -> None:
    async with open_at(desk, "purge") as seen:
        await until(seen, "Stays")
        asked = await seen.keys("p")
        assert "To confirm, type" in asked
        assert "Enter purge" in asked
        await seen.keys("p")
        assert "Nothing was purged" in await seen.keys("enter")
        await seen.keys("escape")
        assert len(desk.store.all(Note, desk.walk_id)) == 2


async def test_the_word_purges_and_a_receipt_is_shown(desk: Desk) -> None:
    async with open_at(desk, "purge") as seen:
        await until(seen, "Stays")
        await seen.keys("p", *"purge", "enter")
        shown = await done(seen)
        assert "Receipt" in shown
        assert "gone: 4 entries of notes" in shown
        assert "asked: the next pack" in shown
        assert says(desk.store.path, "zanzibar", "heron") == []
        await seen.keys("escape")
        assert "Receipts" in await until(seen, "On this laptop: raw notes purged on 14 Oct 2025")
        assert "searched" in await seen.keys("enter")  # the receipt, once more


async def test_others_are_asked_only_where_that_is_ticked(desk: Desk) -> None:
    async with open_at(desk, "purge") as seen:
        await until(seen, "o ✓")
        assert "o ○" in await seen.keys("o")
        await seen.keys("p")
        assert "This laptop alone is cleared" in seen.sees()
        await seen.keys(*"purge", "enter")
        assert "asked:" not in await done(seen)


async def test_the_whole_walk_goes_and_the_screen_stays_whole(desk: Desk) -> None:
    async with open_at(desk, "purge") as seen:
        await until(seen, "Stays")
        await seen.keys("o", "a", *"purge", "enter")
        assert "the whole walk" in await done(seen)
        await seen.keys("escape")
        await until(seen, "No walk is open.")
        await seen.keys("escape")
        assert desk.store.walks() == []
        assert "begin a small walk" in seen.sees()


async def test_a_request_to_purge_waits_and_can_be_put_off(tmp_path: Path) -> None:
    with three_laptops(tmp_path) as here:
        wrote(here.ana, "S2 zanzibar read page four")
        meet(here.lead, here.ana)
        purge.purge(here.lead, ask=True)
        give(here.lead, here.ana)
        async with open_at(here.ana, "purge") as seen:
            await until(seen, "Other laptops ask; nothing goes until you confirm it here")
            await seen.keys("l")
            await until(seen, "put off")
            assert purge.waiting(here.ana) == []
            assert "To confirm, type" in await seen.keys("enter")
            await seen.keys(*"purge", "enter")
            assert "Receipt" in await done(seen)
            assert says(here.ana.store.path, "zanzibar") == []
            await seen.keys("escape")
            assert "Other laptops ask" not in await until(seen, "Receipts")


async def test_a_request_to_erase_is_confirmed_by_its_key(tmp_path: Path) -> None:
    with three_laptops(tmp_path) as here:
        note = wrote(here.ana, "S2 zanzibar read page four")
        meet(here.lead, here.ana)
        erase.erase(here.ana, note.id)
        give(here.ana, here.lead)
        async with open_at(here.lead, "purge") as seen:
            await until(seen, "erase “S2 zanzibar read page four”")
            assert "Erase this noticing for good?" in await seen.keys("enter")
            await seen.keys("x", "enter")
            assert "Erase this noticing for good?" in seen.sees()
            await seen.keys("e")
            assert "Erased for good" in await done(seen)
            assert says(here.lead.store.path, "zanzibar") == []


async def test_a_note_is_erased_from_the_list_of_a_visit(desk: Desk) -> None:
    form = visit.enter(desk, the_visit(desk, "V2"))
    for line in ("T kestrel asked", "S2 egret answered"):
        visit.add_note(desk, form, line)
    async with open_at(desk, "visit", at=form.visit) as seen:
        await seen.keys("up", "enter", "x", "escape", "up", "space")
        assert "6 erase for good" in seen.sees()
        assert "Nothing brings it back" in await seen.keys("6")
        await seen.keys("e")
        shown = await done(seen)
        assert "Erased for good" in shown
        assert "egret" not in shown
        assert "kestrel" in shown
        await seen.keys("t", "escape")
        assert says(desk.store.path, "egret") == []


async def test_after_the_last_note_of_a_form_is_erased_the_line_has_the_keys(desk: Desk) -> None:
    form = visit.enter(desk, the_visit(desk, "V2"))
    visit.add_note(desk, form, "S2 egret answered")
    async with open_at(desk, "visit", at=form.visit) as seen:
        await seen.keys("up", "space", "6", "e")
        assert "egret" not in await done(seen)
        await seen.keys("a", "t", "enter")
        assert [one.record.text for one in visit.notes(desk, form)] == ["at"]


async def test_the_debrief_of_a_purged_walk_says_why_it_is_empty(desk: Desk) -> None:
    purge.purge(desk)
    async with open_at(desk, "debrief") as seen:
        assert "The raw notes were purged" in seen.sees()


async def test_a_note_is_erased_from_the_pool(desk: Desk) -> None:
    assert len(debrief.table(desk).pool) == 2
    async with open_at(desk, "debrief") as seen:
        await seen.keys("space", "e")
        assert "for good?" in seen.sees()
        await seen.keys("e")
        await done(seen)
        assert len(debrief.table(desk).pool) == 1


async def test_what_cannot_be_erased_here_says_why(tmp_path: Path) -> None:
    with three_laptops(tmp_path) as here:
        wrote(here.ana, "S2 zanzibar read page four")
        meet(here.lead, here.ana, here.ben)
        async with open_at(here.ben, "debrief") as seen:
            assert "written on another laptop" in await seen.keys("e")


async def test_what_was_cut_off_is_finished_after_the_next_start(tmp_path: Path) -> None:
    path = tmp_path / "a.walkdb"
    with desk_at(path) as desk:
        begin_small(desk)
        write_form(desk, "V1", "T zanzibar asked")
        with killed_at("walk.storage.cleaning.rewrite"):
            purge.purge(desk)
        async with open_at(desk, "home") as seen:
            keep_backup(seen.app, desk)  # as after the first paint
            await seen.app.workers.wait_for_complete()
        assert desk.store.jobs() == []
        assert len(purge.receipts(desk)) == 1


@pytest.mark.parametrize(
    "screen",
    ["home", "debrief", "trends", "steps", "summary", "prepare", "checklist", "board", "conflicts"],
)
async def test_every_page_of_a_purged_walk_opens(tmp_path: Path, screen: str) -> None:
    with desk_at(tmp_path / "a.walkdb") as desk:
        whole_walk(desk)
        purge.purge(desk)
        async with open_at(desk, screen) as seen:
            shown = seen.sees()
            assert "No walk is open" not in shown
            if screen == "trends":
                assert "Students are asked for more." in shown
                assert "2 visits" in shown
            if screen == "summary":
                assert "classrooms to us" in shown


@pytest.mark.parametrize("screen", ["visit", "write", "hall"])
async def test_no_room_of_a_purged_walk_is_entered(tmp_path: Path, screen: str) -> None:
    with desk_at(tmp_path / "a.walkdb") as desk:
        whole_walk(desk)
        at = the_visit(desk, "V1").id
        purge.purge(desk)
        async with open_at(desk, screen, at=at) as seen:
            await seen.keys("x", "enter")
            await seen.pilot.pause()
        assert desk.store.all(Note, desk.walk_id) == []
