"""Opening each screen and each dialog of the sample stores, and what is to be looked at there."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from textual.pilot import Pilot

from tests.access.routes import ROUTES, Route
from tests.access.sample import SCREEN_NAMES, Sample, place_of
from tests.access.walking import press
from tests.burst import acted
from tests.waiting import painted, shows
from walk.app import WalkApp

Samples = Callable[[str], Sample]
PLACES: dict[str, Route] = {
    **{name: Route("under way", name, ()) for name in SCREEN_NAMES},
    **ROUTES,
}
"""Every screen and every dialog, by its name."""


async def follow(pilot: Pilot[str], name: str) -> None:
    """Go the way to a dialog from the screen where it begins."""
    app, route = pilot.app, PLACES[name]
    await press(pilot, *route.keys)
    words, key = route.once_shown
    if words:
        await shows(pilot, words)
        await press(pilot, key)
    if name in ROUTES:
        await painted(pilot, lambda: type(app.screen).__name__ == name)
        await app.workers.wait_for_complete()
        await pilot.pause()


@asynccontextmanager
async def open_place(
    samples: Samples, name: str, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[tuple[WalkApp, Pilot[str]]]:
    """The app with a screen or dialog open, reached by keys alone."""
    route = PLACES[name]
    with samples(route.store).desk() as desk:
        app = WalkApp(desk, place_of(desk, route.screen, route.visit))
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            await acted(app)
            await follow(pilot, name)
            yield app, pilot
