"""The silent write open on the screen, with the steps that its tests share."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from textual.pilot import Pilot

from tests.desks import the_visit
from tests.screens import visits
from walk.app import WalkApp
from walk.clock import FixedClock
from walk.model import Form, Note
from walk.routine.desk import Desk, Place
from walk.routine.visiting import visit, write
from walk.screens.visiting.write import WriteScreen

clock = visits.clock
desk = visits.desk


def left_form(desk: Desk, *lines: str) -> Form:
    """A form whose room was left after a few notes, a minute apart."""
    assert isinstance(desk.clock, FixedClock)
    form = visit.enter(desk, the_visit(desk, "V1"))
    for line in lines:
        desk.clock.advance(minutes=1)
        visit.add_note(desk, form, line)
    desk.clock.advance(minutes=5)
    return visit.leave(desk, form)


@asynccontextmanager
async def opened(
    desk: Desk, code: str = "V1", size: tuple[int, int] = (80, 24)
) -> AsyncIterator[Pilot[str]]:
    app = WalkApp(desk, Place("write", desk.walk_id, the_visit(desk, code).id))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield pilot


def write_screen(pilot: Pilot[str]) -> WriteScreen:
    screen = pilot.app.screen
    assert isinstance(screen, WriteScreen)
    return screen


def first_form(desk: Desk) -> Form:
    return write.form_for(desk, the_visit(desk, "V1"))


def notes_kept(desk: Desk) -> list[Note]:
    return [one.record for one in visit.notes(desk, first_form(desk))]


async def press_and_wait(pilot: Pilot[str], *keys: str) -> None:
    await pilot.press(*keys)
    await pilot.pause()  # what the keys asked for is done
    await pilot.pause()  # and drawn


def state_words(pilot: Pilot[str]) -> str:
    return write_screen(pilot).state_line.words
