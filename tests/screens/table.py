"""The app open on a screen of the debrief, with the steps that tests of these screens share."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from textual.events import Paste
from textual.pilot import Pilot

from tests.frames import frame
from walk.app import WalkApp
from walk.routine.desk import Desk, Place

HOSTILE = ('[/x] [bob] [1 "', "\x1b[31mred\x1b[0m", "‮turned", "=1+1 <b>", "[@click=app.quit]q[/]")


class Seen:
    """What a person at the keyboard can do and see."""

    def __init__(self, app: WalkApp, pilot: Pilot[str]) -> None:
        self.app = app
        self.pilot = pilot

    async def keys(self, *keys: str) -> str:
        """Press keys by name, one after the other; what is on the screen then."""
        await self.pilot.press(*keys)
        await self.pilot.pause()
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
async def open_at(
    desk: Desk, screen: str, size: tuple[int, int] = (80, 24), at: str = ""
) -> AsyncIterator[Seen]:
    """The app open on a screen."""
    app = WalkApp(desk, Place(screen, desk.walk_id, at))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield Seen(app, pilot)
