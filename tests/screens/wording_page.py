"""A line with wording help on the screen, with a few cues in place of the rules."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.events import Key
from textual.pilot import Pilot

from tests.burst import HUMAN_S, acted, key, send
from tests.desks import begin_small, desk_at, the_visit
from tests.frames import frame
from walk.app import WalkApp
from walk.language.flags import Flag, NoteKind, Own
from walk.routine.desk import Desk, Place
from walk.routine.visiting import visit, write
from walk.screens.visiting.wording import WordedScreen

PRAISE = "T did a great job"
ASKED = "“great job” · what did you see"
MANY = "“most students” · how many"
IN_NOTES = "Words in your notes to look at once more"
SIGNS = {"enter": "\r", "escape": "\x1b"}
CUES = {
    "great job": ("what did you see or hear?", "T said “__”, then "),
    "most students": ("how many, out of how many?", "__ of __ students "),
    "[/x]": ("what\x1b[31m was seen?", "[red]"),
}


def find(text: str, kind: NoteKind = "noticing", own: Own | None = None) -> tuple[Flag, ...]:
    """A few cues, in place of the rules."""
    cues = "|".join(map(re.escape, CUES))
    found = re.finditer(rf"(?<!\w)(?:{cues})(?!\w)", text)
    return tuple(
        Flag(one.start(), one.end(), "praise", f"“{one[0]}” · {CUES[one[0]][0]}", CUES[one[0]][1])
        for one in found
    )


@pytest.fixture(autouse=True)
def few_cues(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("walk.language.check.check", find)
    monkeypatch.setattr("walk.routine.wording.wording._engine_is_loaded", True)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_at(tmp_path / "one.walkdb") as made:
        begin_small(made)
        yield made


class Writer:
    """Someone at a form: what they press and see."""

    def __init__(self, pilot: Pilot[Any]) -> None:
        self.pilot = pilot

    @property
    def screen(self) -> WordedScreen:
        screen = self.pilot.app.screen
        assert isinstance(screen, WordedScreen)
        return screen

    @property
    def line(self) -> str:
        return self.screen.composer.text

    @property
    def state(self) -> str:
        return self.screen.state_line.words

    async def press(self, *keys: str) -> str:
        events = [key(one) if len(one) == 1 else Key(one, SIGNS.get(one)) for one in keys]
        for place, one in enumerate(reversed(events)):
            one.time -= place * HUMAN_S
        app = self.pilot.app
        assert isinstance(app, WalkApp)
        send(app, *events)
        await acted(app)
        return await self.sees()

    async def type(self, text: str) -> str:
        return await self.press(*text)

    async def pause(self) -> str:
        """A second passes without a key."""
        self.screen.paused()
        return await self.sees()

    async def sees(self) -> str:
        await self.pilot.pause()
        if self.pilot.app.workers:
            await self.pilot.app.workers.wait_for_complete()
            await self.pilot.pause()
        return frame(self.pilot.app)


@asynccontextmanager
async def opened(
    desk: Desk, screen: str = "write", size: tuple[int, int] = (80, 24)
) -> AsyncIterator[Writer]:
    app = WalkApp(desk, Place(screen, desk.walk_id, the_visit(desk, "V1").id))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield Writer(pilot)


def left(desk: Desk, *lines: str) -> None:
    """The room of V1 was left with these notes."""
    form = visit.enter(desk, the_visit(desk, "V1"))
    for line in lines:
        visit.add_note(desk, form, line)
    visit.leave(desk, form)


def texts(desk: Desk) -> list[str]:
    form = write.form_for(desk, the_visit(desk, "V1"))
    return [one.record.text for one in visit.notes(desk, form)]
