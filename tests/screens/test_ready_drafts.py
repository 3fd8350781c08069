"""Readiness by keys: drafts, a full disk, long and hostile words, many rows, sizes."""

from __future__ import annotations

import pytest

from tests.burst import paste, type_keys
from tests.burst import press_ahead as press
from tests.frames import cursor_cell
from tests.hostile import LONG, hostile
from tests.screens import ready_page
from tests.screens.ready_page import opened, screen_name
from tests.screens.table import harmless, marked, to, words
from walk.app import WalkApp
from walk.errors import FullDisk
from walk.model import QuietDays
from walk.routine.desk import Desk, Place
from walk.routine.planning import ready
from walk.screens.base import WalkScreen
from walk.storage.store import Store

desk = ready_page.desk


async def test_typed_words_wait_after_esc_and_home_leads_back(desk: Desk) -> None:
    async with opened(desk, "local_agreement") as pilot:
        await press(pilot, "enter")
        await type_keys(pilot, "article")
        await press(pilot, "escape")
        assert marked(pilot).endswith("not saved yet")
    app = WalkApp(desk, Place("home"))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "down")
        assert marked(pilot).startswith("Not saved yet: “article”")
        await press(pilot, "enter")
        assert screen_name(pilot) == "ready"
        await press(pilot, "enter")
        assert "article" in words(pilot)
        await type_keys(pilot, " 12\r")
    assert ready.agreements(desk).local_agreement == "article 12"
    assert desk.store.drafts() == []


@pytest.mark.long
async def test_a_full_disk_leaves_the_words_on_the_screen(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> bool:
        raise FullDisk("There is no room to save.", "Make room.")

    async with opened(desk, "meeting agreed") as pilot:
        await press(pilot, "enter")
        await type_keys(pilot, "We look at reasons")
        with monkeypatch.context() as patch:
            patch.setattr(Store, "save", full)
            await press(pilot, "enter")
            assert "There is no room to save" in words(pilot)
            assert "We look at reasons" in words(pilot)
        await press(pilot, "enter")
        assert ready.meeting(desk).agreed == "We look at reasons"
        await to(pilot, "ready effort")
        with monkeypatch.context() as patch:
            patch.setattr(Store, "save", full)
            await press(pilot, "y")
            assert "There is no room to save" in words(pilot)


def fill(desk: Desk) -> None:
    """A hostile text wherever one can be given, and more quiet days than a window holds."""
    ready.record_meeting(
        desk,
        groups=hostile(0),
        agreed=hostile(1),
        may_ask=[hostile(number) for number in range(8)],
        not_visited=hostile(2),
    )
    for number, key in enumerate(ready.READY_WORDS):
        ready.say_ready(desk, key, done=False, reason=hostile(number), who=hostile(number + 1))
    ready.agree(
        desk,
        local_agreement=hostile(3),
        whom_to_tell=hostile(4),
        who_sees_raw=hostile(5),
        talk_spot=hostile(6),
    )
    quiet = [QuietDays(start="2025-10-01", end="2025-10-31", why=hostile(n)) for n in range(60)]
    held = ready.agreements(desk).changed(quiet_days=[*quiet, QuietDays(start="[/x]", end="\x1b")])
    desk.save("plan", "taken", held, desk.rules.changed(notice_given=hostile(7)))


async def test_hostile_words_are_shown_and_act_on_nothing(desk: Desk) -> None:
    fill(desk)
    async with opened(desk, size=(60, 20)) as pilot:
        assert harmless(pilot)
        for row in ("meeting groups", "may_ask 3", "ready effort", "given", "quiet 7", "quiet 60"):
            await to(pilot, row)
            assert harmless(pilot)
            await press(pilot, "enter")
            assert harmless(pilot)
            assert not isinstance(pilot.app.screen, WalkScreen)
            await press(pilot, "escape")
            assert isinstance(pilot.app.screen, WalkScreen)
        await press(pilot, "end")
        assert harmless(pilot)
    assert desk.store.drafts() == [], "only looking saves nothing"


@pytest.mark.long
async def test_hostile_words_are_pasted_and_saved(desk: Desk) -> None:
    async with opened(desk) as pilot:
        for row in ("meeting agreed", "may_ask new", "local_agreement", "whom_to_tell"):
            await to(pilot, row)
            await press(pilot, "enter")
            await paste(pilot, hostile(4))
            await press(pilot, "enter")
            assert isinstance(pilot.app.screen, WalkScreen), words(pilot)
            assert harmless(pilot)


@pytest.mark.long
async def test_twenty_thousand_signs_in_a_field(desk: Desk) -> None:
    async with opened(desk, "meeting agreed") as pilot:
        await press(pilot, "enter")
        await paste(pilot, LONG)
        await press(pilot, "enter")
        assert ready.meeting(desk).agreed == LONG
        await press(pilot, "enter")
        await type_keys(pilot, "w\r")
        assert "20,000 fit" in words(pilot)


@pytest.mark.long
async def test_resizing_keeps_the_marked_row_in_view(desk: Desk) -> None:
    for number in range(40):
        day = f"2026-{number % 12 + 1:02}-{number % 28 + 1:02}"
        ready.set_quiet(desk, None, day, "", f"test {number}")
    async with opened(desk, "quiet 30") as pilot:
        first = marked(pilot)
        for size in ((60, 20), (120, 40), (40, 12), (80, 24)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            assert marked(pilot).split()[:3] == first.split()[:3]
            assert cursor_cell(pilot.app).character == "▸"
