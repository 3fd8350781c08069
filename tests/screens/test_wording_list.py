"""Wording help in the room and in the silent write's list, by keys."""

from __future__ import annotations

import threading
from typing import Any, cast

import pytest
from textual.events import Key

from tests.burst import key, send
from tests.frames import rows
from tests.screens import wording_page
from tests.screens.wording_page import (
    ASKED,
    IN_NOTES,
    MANY,
    PRAISE,
    SIGNS,
    find,
    left,
    opened,
    texts,
)
from walk.language.flags import Flag, NoteKind, Own
from walk.model import Note
from walk.routine.desk import Desk
from walk.routine.wording import wording
from walk.screens.palette import ScreenCommands
from walk.screens.visiting.wording import WordedScreen
from walk.screens.visiting.wording_list import WordingList

few_cues = wording_page.few_cues
desk = wording_page.desk


# In the room, and the setting


async def test_in_the_room_it_is_silent_until_somebody_wants_it(desk: Desk) -> None:
    async with opened(desk, "visit") as writer:
        await writer.type(PRAISE)
        assert ASKED not in await writer.pause()
        assert rows(writer.pilot.app)[-3] == f" {PRAISE}"
        assert "while writing only (now)" in await writer.press("escape", "9")
        await writer.press("1")
        assert writer.state == "Wording help: in the room and while writing"
        assert ASKED in await writer.pause()
        assert ASKED not in await writer.press("escape", "9", "3")
        assert wording.setting(desk) == "off"
        offered = {hit.text: hit.command async for hit in ScreenCommands(writer.screen).discover()}
        await cast(Any, offered["Wording help: in the room and while writing"])()
        assert ASKED in await writer.pause()
        assert writer.line == PRAISE


# The silent write's list


async def test_open_words_are_listed_once_with_their_notes(desk: Desk) -> None:
    left(desk, f"{PRAISE}. Then most students wrote", "S1 points", f"? {PRAISE} here")
    async with opened(desk) as writer:
        assert IN_NOTES in await writer.pause()
        shown = await writer.press("down")
        assert isinstance(writer.pilot.app.screen, WordingList)
        assert all(one in shown for one in (ASKED, MANY, "Enter reword", "k keep", "a keep all"))
        assert shown.count("S1 points") <= 1
        assert MANY not in await writer.press("k")
        await writer.press("enter")
        assert writer.line == f"{PRAISE} here"
        assert ASKED in await writer.sees()
        await writer.press("escape")
        assert IN_NOTES not in await writer.pause()
    async with opened(desk) as writer:
        assert IN_NOTES not in await writer.pause()
        assert ASKED in await writer.press("escape", "9", "4")


@pytest.mark.parametrize("typed", ["", "a"])
async def test_a_list_that_was_asked_for_comes_after_a_pause_unless_one_types_on(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, typed: str
) -> None:
    gate = threading.Event()

    def slow(text: str, kind: NoteKind = "noticing", own: Own | None = None) -> tuple[Flag, ...]:
        assert text == typed or gate.wait(30)
        return find(text)

    monkeypatch.setattr("walk.language.check.check", slow)
    left(desk, PRAISE)
    async with opened(desk) as writer:
        send(writer.pilot.app, Key("escape", SIGNS["escape"]), key("9"), key("4"))
        await writer.pilot.pause()
        send(writer.pilot.app, *map(key, typed))
        await writer.pilot.pause()
        writer.screen.paused()
        await writer.pilot.pause()
        gate.set()
        await writer.sees()
        assert isinstance(writer.pilot.app.screen, WordingList) is (not typed)
        assert not typed or writer.line == typed


async def test_the_menu_brings_the_list_back_and_one_key_keeps_all(desk: Desk) -> None:
    left(desk, PRAISE, f"? {PRAISE}", f"{PRAISE} again")
    async with opened(desk) as writer:
        await writer.pause()
        await writer.press("down", "escape")
        await writer.press("escape", "9", "4")
        assert isinstance(writer.pilot.app.screen, WordingList)
        await writer.press("a")
        assert IN_NOTES not in await writer.pause()
        assert "words in your notes" not in await writer.press("escape", "9")
    assert len(texts(desk)) == 3


async def test_finishing_asks_nothing_of_open_words(desk: Desk) -> None:
    left(desk, PRAISE)
    async with opened(desk) as writer:
        await writer.pause()
        await writer.press("escape", "1")
        assert isinstance(writer.pilot.app.screen, WordedScreen)
        assert IN_NOTES not in await writer.sees()
    assert PRAISE in {one.record.text for one in desk.store.all(Note, desk.walk_id, pool=True)}
