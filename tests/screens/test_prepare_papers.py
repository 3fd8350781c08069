"""Papers from Prepare by keys: the notice, slips, names told before printing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.burst import paste
from tests.burst import press_ahead as press
from tests.screens import preparing
from tests.screens.preparing import opened
from tests.screens.table import words
from walk.routine.desk import Desk
from walk.routine.planning import prepare, ready
from walk.screens.base import WalkScreen

desk = preparing.desk


async def test_the_notice_is_written_and_an_older_file_is_asked_about(
    desk: Desk, tmp_path: Path
) -> None:
    path = tmp_path / "notice.md"
    async with opened(desk, "notice") as pilot:
        await press(pilot, "enter")
        assert "Nothing is sent anywhere" in words(pilot)
        await press(pilot, "1")
        assert "walk-notice-2025-10-14.html" in words(pilot)
        await press(pilot, *["ctrl+u"] * 3)
        await paste(pilot, str(path))
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, WalkScreen), words(pilot)
        assert "Written to" in words(pilot)
        assert prepare.focus(desk).inquiries[0].split()[-1] in path.read_text("utf-8")
        path.write_text("mine", "utf-8")
        await press(pilot, "enter", "3", *["ctrl+u"] * 3)
        await paste(pilot, str(path))
        await press(pilot, "enter")
        assert "notice.md is there already" in words(pilot)
        assert path.read_text("utf-8") == "mine"
        await press(pilot, "enter")
        assert path.read_text("utf-8") != "mine"
    assert desk.store.drafts() == []


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("notice.pdf", "does not say in which form"),
        ("n" * 300 + ".html", "There can be no file of this name"),
        pytest.param("", "The file needs a name", marks=pytest.mark.long),
        pytest.param(
            "~nobody-of-that-name/x.html",
            "There can be no file of this name",
            marks=pytest.mark.long,
        ),
    ],
)
async def test_a_file_that_cannot_be_is_told(desk: Desk, typed: str, told: str) -> None:
    async with opened(desk, "notice") as pilot:
        await press(pilot, "enter", "1", *["ctrl+u"] * 3)
        await paste(pilot, typed)
        await press(pilot, "enter")
        assert told in words(pilot)
        assert not isinstance(pilot.app.screen, WalkScreen)


async def test_what_looks_like_a_name_is_told_before_it_is_printed(desk: Desk) -> None:
    ready.record_meeting(desk, groups="Ms Lee")
    async with opened(desk, "notice") as pilot:
        await press(pilot, "enter", "1")
        assert "it may be a name: “Ms Lee”" in words(pilot)


async def test_rooms_that_are_not_kept_here_are_on_no_slip(desk: Desk) -> None:
    async with opened(desk, "notice") as pilot:
        await press(pilot, "enter", "5")
        assert "No places of this walk are kept here" in words(pilot)
        await press(pilot, "enter", "6")
        assert isinstance(pilot.app.screen, WalkScreen)
        assert pilot.app.screen.name_in_app == "ready"
