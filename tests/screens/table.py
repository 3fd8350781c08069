"""The app open on a screen, with the steps and looks that tests of screens share."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from textual.events import Paste
from textual.pilot import Pilot

from tests.burst import press
from tests.frames import frame, rows
from walk.app import WalkApp
from walk.routine.desk import Desk, Place
from walk.screens.base import WalkScreen
from walk.widgets.choice_list import ChoiceList

SIZES = [(80, 24), pytest.param((120, 40), marks=pytest.mark.long), (60, 20)]
HOSTILE = ('[/x] [bob] [1 "', "\x1b[31mred\x1b[0m", "‮turned", "=1+1 <b>", "[@click=app.quit]q[/]")


class Seen:
    """What a person at the keyboard can do and see."""

    def __init__(self, app: WalkApp, pilot: Pilot[str]) -> None:
        self.app = app
        self.pilot = pilot

    async def keys(self, *keys: str) -> str:
        """Press keys by name, one after the other; what is on the screen then."""
        await press(self.pilot, *keys)
        return frame(self.app)

    async def type(self, words: str) -> str:
        """Type words; what is on the screen then."""
        names = {" ": "space", "-": "minus", ".": "full_stop", "/": "slash", "_": "underscore"}
        return await self.keys(*(names.get(sign, sign) for sign in words))

    async def paste(self, words: str) -> str:
        """Paste words where the cursor is; what is on the screen then."""
        self.app.post_message(Paste(words))
        await self.pilot.pause()
        return frame(self.app)

    def sees(self) -> str:
        """What is on the screen."""
        return frame(self.app)


@asynccontextmanager
async def page_at(
    desk: Desk, at: str = "", size: tuple[int, int] = (80, 24), screen: str = "home"
) -> AsyncIterator[Pilot[str]]:
    """The app open on a screen, with the marker on a row where one is named."""
    app = WalkApp(desk, Place(screen, desk.walk_id, at))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield pilot


@asynccontextmanager
async def open_at(
    desk: Desk, screen: str, size: tuple[int, int] = (80, 24), at: str = ""
) -> AsyncIterator[Seen]:
    """The same, before a person."""
    async with page_at(desk, at, size, screen) as pilot:
        yield Seen(pilot.app, pilot)  # type: ignore[arg-type]


def choices(pilot: Pilot[str]) -> ChoiceList:
    """The rows of the one page that is open, also under a dialog."""
    (found,) = [one for one in pilot.app.screen_stack if isinstance(one, WalkScreen)]
    return found.query_one(ChoiceList)


async def to(pilot: Pilot[str], id: str) -> None:
    """Put the marker on a row."""
    choices(pilot).mark(id)
    await pilot.pause()
    choice = choices(pilot).choice
    assert choice is not None
    assert choice.id == id


def words(pilot: Pilot[str]) -> str:
    """All that stands on the screen, as one line."""
    return " ".join(frame(pilot.app).replace("│", " ").split())


def marked(pilot: Pilot[str]) -> str:
    """The row with the marker."""
    (found,) = [row for row in rows(pilot.app) if "▸" in row]
    return found.strip("▸ ")


def harmless(pilot: Pilot[str]) -> bool:
    """Whether no sign is drawn that a terminal obeys, or that turns the words around it."""
    shown = frame(pilot.app)
    signs = {sign for sign in shown if sign < " " and sign != "\n"}
    return not signs and not set(shown) & set("\x7f\x9b\x9d\x9c\u202e\u2066")
