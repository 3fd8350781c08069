"""A visit open on the screen, with the steps and looks that its tests share."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from tests.burst import type_keys
from tests.desks import begin_small, desk_at, the_visit
from tests.frames import frame, rows
from walk.app import WalkApp
from walk.clock import FixedClock
from walk.model import Form, Note
from walk.routine.desk import Desk, Place
from walk.routine.planning import prepare
from walk.routine.visiting import visit
from walk.screens.base import Go
from walk.screens.visiting.visit import VisitScreen


class Here(WalkApp):
    """The app, which notes where a screen wants to go and stays here."""

    went: list[tuple[str, str, str]]

    async def on_go(self, message: Go) -> None:
        message.prevent_default()
        self.went.append((message.screen, message.at, message.say))


class Room:
    """A visit open before a person: what they press and what they see."""

    def __init__(self, pilot: Pilot[Any]) -> None:
        self.pilot = pilot

    @property
    def app(self) -> Here:
        app = self.pilot.app
        assert isinstance(app, Here)
        return app

    @property
    def screen(self) -> VisitScreen:
        screen = self.app.screen
        assert isinstance(screen, VisitScreen)
        return screen

    async def type(self, text: str) -> None:
        await type_keys(self.pilot, text)
        await self.pilot.pause()

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def tick(self) -> None:
        self.screen.tick()
        await self.pilot.pause()

    @property
    def line(self) -> str:
        return self.screen.composer.text

    @property
    def state(self) -> str:
        return self.screen.state_line.words

    @property
    def rule(self) -> str:
        return next(row for row in rows(self.app) if row.startswith("─ ")).strip("─ ")

    @property
    def title(self) -> str:
        return rows(self.app)[0]

    def sees(self, words: str) -> bool:
        return words in frame(self.app)

    def notes(self) -> list[str]:
        """The rows of the list as they are drawn: when, letter, words, look-for number."""
        drawn = [row.partition("│")[2] or row for row in rows(self.app)]
        found = [re.fullmatch(r"([▸ ]) *(\S+ [NW]  .*)", row) for row in drawn]
        return [" ".join((one[1] + one[2]).split()) for one in found if one]


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def desk(tmp_path: Path, clock: FixedClock) -> Iterator[Desk]:
    with desk_at(tmp_path / "one.walkdb", clock) as made:
        begin_small(made)
        prepare.give_label(made, made.walkers()[0], "Ana")
        yield made


@asynccontextmanager
async def opened(
    desk: Desk, code: str = "V1", size: tuple[int, int] = (80, 24)
) -> AsyncIterator[Room]:
    app = Here(desk, Place("visit", desk.walk_id, the_visit(desk, code).id))
    app.went = []
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield Room(pilot)


def form_of(desk: Desk, code: str = "V1") -> Form:
    form = visit.form_of(desk, the_visit(desk, code))
    assert form is not None
    return form


def kept(desk: Desk, code: str = "V1") -> list[Note]:
    return [one.record for one in visit.notes(desk, form_of(desk, code))]


def texts(desk: Desk) -> list[str]:
    return [one.text for one in kept(desk)]


def named(desk: Desk, number: int) -> str:
    return prepare.look_fors(desk)[number - 1].id


def jot(desk: Desk, *lines: str) -> None:
    """Notes typed before, a minute apart."""
    assert isinstance(desk.clock, FixedClock)
    form = visit.enter(desk, the_visit(desk, "V1"))
    for line in lines:
        desk.clock.advance(minutes=1)
        visit.add_note(desk, form, line)
