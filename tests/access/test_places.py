"""Every screen and every dialog: the cursor on what has the focus, whole, in small windows too."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from typing import Any

import pytest
from textual.app import App
from textual.geometry import Offset
from textual.screen import ModalScreen

import walk.screens
from tests.access.opening import PLACES, Samples, open_place
from tests.access.routes import PASSING, ROUTES
from tests.access.sample import some_quick
from tests.access.walking import cursor_is_on_it, press
from tests.frames import frame, rows
from walk.model import Note
from walk.screens.dialogs import Dialog, WordsDialog
from walk.screens.following.step_over import StepOver
from walk.screens.over import Over
from walk.widgets.lines import TOO_SMALL, KeyLine, TitleLine

WHOLE, USABLE, TINY = (80, 24), (60, 20), (40, 12)
"""What every screen is made for, what it can be used in, and what loses nothing.

At 200 % of the usual text size a full window on the smallest school laptop is WHOLE:
`test_at_twice_the_size_of_text_a_full_window_is_whole` computes it.
"""
KINDS = (Over, StepOver, Dialog, WordsDialog)
"""What dialogs are made of, and never open themselves."""


def dialogs(of: type[ModalScreen[object]] = ModalScreen) -> Iterator[type]:
    """Every dialog of walk."""
    for one in of.__subclasses__():
        if one.__module__.startswith("walk.") and one not in KINDS:
            yield one
        yield from dialogs(one)


def test_every_dialog_has_a_way_to_it_in_these_tests() -> None:
    """A new dialog is looked at like the others, or says why it cannot be."""
    for module in pkgutil.walk_packages(walk.screens.__path__, "walk.screens."):
        importlib.import_module(module.name)
    names = {one.__name__ for one in dialogs()}
    assert names == (ROUTES.keys() | PASSING.keys()) - {"CommandPalette"}


@pytest.mark.parametrize("name", sorted(PLACES))
async def test_the_cursor_stands_on_what_has_the_focus(samples: Samples, name: str) -> None:
    """As it opens, and after each move: what a braille line shows and a magnifier follows."""
    async with open_place(samples, name) as (app, pilot):
        assert not cursor_is_on_it(app), cursor_is_on_it(app)
        for key in ("tab", "tab", "up", "down"):
            before, stood = app.screen.focused, app.cursor_position
            app.cursor_position = Offset(0, 0)
            await press(pilot, key)
            if app.screen.focused is before and app.cursor_position == Offset(0, 0):
                app.cursor_position = stood  # nothing moved
            assert not cursor_is_on_it(app), f"{key}: {cursor_is_on_it(app)}"


@pytest.mark.parametrize("name", sorted(PLACES))
@pytest.mark.parametrize("size", [pytest.param(WHOLE, marks=pytest.mark.deep), USABLE], ids=str)
async def test_it_is_whole(samples: Samples, name: str, size: tuple[int, int]) -> None:
    """Nothing stands outside the window, keys and title are there, and the focus is in view."""
    async with open_place(samples, name, size) as (app, _):
        wrong = list(not_whole(app))
        assert not wrong, "\n".join([*wrong, frame(app)])


def not_whole(app: App[Any]) -> Iterator[str]:
    """What is not as it should be in this window."""
    window = app.screen.region
    for widget in app.screen.children:
        if widget.display and not window.contains_region(widget.region):
            yield f"{widget.css_identifier} at {widget.region} is not in the window"
    for line in (*app.screen.query(TitleLine), *app.screen.query(KeyLine)):
        if line.display and (not window.contains_region(line.region) or not line.size.height):
            yield f"{line.css_identifier} is out of view"
    if TOO_SMALL in frame(app):
        yield "it asks for a larger window"
    keys = [line for line in app.screen.query(KeyLine) if line.display]
    if keys:
        shown = rows(app)[keys[0].region.y]
        if not ("help" in shown or "Esc" in shown):
            yield f"no way out and no help in {shown!r}"
    if cursor_is_on_it(app):
        yield cursor_is_on_it(app)


@pytest.mark.parametrize("name", some_quick(sorted(PLACES)))
async def test_in_a_tiny_window_the_focus_is_in_view(samples: Samples, name: str) -> None:
    """A quarter of the usual window: a person still sees where they are."""
    async with open_place(samples, name, TINY) as (app, _):
        assert not cursor_is_on_it(app), f"{cursor_is_on_it(app)}\n{frame(app)}"


async def test_in_a_tiny_window_a_noticing_is_typed_and_saved(samples: Samples) -> None:
    async with open_place(samples, "visit", TINY) as (app, pilot):
        await press(
            pilot, *("S" if sign == "S" else sign for sign in "Sits"), "space", "x", "enter"
        )
        texts = {one.record.text for one in app.desk.store.all(Note, app.desk.walk_id)}
        assert "Sits x" in texts, frame(app)


def test_at_twice_the_size_of_text_a_full_window_is_whole() -> None:
    """1366 by 768 points, cells of 8 by 16 at the usual size: those of the plainest laptops."""
    wide, high = 1366 // (2 * 8), 768 // (2 * 16)
    assert wide >= WHOLE[0]
    assert high >= WHOLE[1]
