"""Every task by keyboard: every action that any screen offers is walked, and led back from."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from textual.geometry import Offset
from textual.pilot import Pilot

from tests.access.sample import SCREEN_NAMES, STORES, Sample, place_of, some_quick
from tests.access.walking import LEAVES, answers, cursor_is_on_it, modal, offered, press
from tests.burst import acted
from tests.frames import frame
from tests.waiting import painted
from walk.app import WalkApp
from walk.screens.base import WalkScreen
from walk.screens.helping import menus_of

CLOSES_AT_MOST = 4
"""Dialogs that may stand over each other."""
PLAIN = frozenset(
    [
        *("enter", "escape", "tab", "space", "delete", "backspace"),
        *("up", "down", "left", "right", "home", "end", "pageup", "pagedown"),
        *("slash", "backslash", "plus", "minus", "question_mark", "comma", "full_stop"),
        *("less_than_sign", "greater_than_sign", "equals_sign", "underscore"),
        *("left_square_bracket", "right_square_bracket"),
    ]
)
"""Keys, besides letters and digits, that every keyboard and terminal has."""

IN_MENUS = {
    "screen.help": "help",
    "noting.who_writes": "who writes",
    "practice.again": "start over",
}
"""What the menu of Esc calls what a letter or sign does where none is typed."""

Samples = Callable[[str], Sample]


class Walk:
    """One screen, opened again after each action."""

    def __init__(self, app: WalkApp, screen: str, at: str) -> None:
        self.app, self.screen, self.at = app, screen, at
        self.wrong: list[str] = []

    async def look(self, pilot: Pilot[Any], after: str) -> None:
        """Note what is wrong once what was opened is laid out, which a busy machine does later."""
        with suppress(AssertionError):
            await painted(pilot, lambda: not cursor_is_on_it(self.app))
        wrong = cursor_is_on_it(self.app)
        if wrong:
            self.wrong.append(f"{type(self.app.screen).__name__} after {after}: {wrong}")


def is_plain(key: str) -> bool:
    """Whether a key is on every keyboard, alone and not taken by terminals."""
    return len(key) == 1 or key in PLAIN


@pytest.mark.parametrize("screen", some_quick(SCREEN_NAMES))
@pytest.mark.parametrize("store", ["under way", pytest.param("over", marks=pytest.mark.deep)])
async def test_every_action_of_every_screen_can_be_done_and_left_by_keyboard(
    samples: Samples, store: str, screen: str
) -> None:
    """One after the other; the terminal cursor stands on the focused item then.

    Where a dialog opens, Esc closes it; where a question is asked, each of its keys answers it.
    """
    with samples(store).desk() as desk:
        place = place_of(desk, screen)
        app = WalkApp(desk, place)
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            await acted(app)
            walk = Walk(app, screen, place.at)
            await walk.look(pilot, "it opened")

            opened: WalkScreen | None = None

            async def again() -> None:
                """Back to the screen, whatever was done."""
                for _ in range(CLOSES_AT_MOST):
                    if not modal(app):
                        break
                    name = type(app.screen).__name__
                    app.cursor_position = Offset(0, 0)
                    await press(pilot, "escape")
                    if not app.is_running:
                        return
                    await walk.look(pilot, f"Esc in {name}")
                assert not modal(app), f"Esc leaves no way out of {frame(app)}"
                here = app.screen
                assert isinstance(here, WalkScreen)
                if here is opened and not answers(app):
                    return
                here.gone = False
                here.go(screen, place.at)
                await acted(app)
                await pilot.pause()

            todo: list[tuple[tuple[str, ...], str]] = [
                ((one.key,), one.id) for one in offered(app) if one.key not in LEAVES
            ]
            while todo:
                keys, name = todo.pop(0)
                before = app.screen
                opened = before if isinstance(before, WalkScreen) else None
                await press(pilot, *keys)
                assert app.is_running, f"{name} closed walk"
                if app.screen is not before:
                    await walk.look(pilot, name)
                asked = answers(app) if len(keys) == 1 else []
                todo += [((*keys, key), f"{name}, {key}") for key in asked if is_plain(key)]
                await again()
            assert not walk.wrong, "\n".join(walk.wrong)


@pytest.mark.parametrize("store", STORES)
async def test_every_action_has_a_plain_key_of_its_own(samples: Samples, store: str) -> None:
    """No chord and no key that terminals or systems take is ever the only way."""
    chords: list[str] = []
    with samples(store).desk() as desk:
        for screen in SCREEN_NAMES:
            app = WalkApp(desk, place_of(desk, screen))
            async with app.run_test(size=(80, 24)) as pilot:
                await pilot.pause()
                in_menus = {words for menu in menus_of(app.screen) for _, words in menu.entries}
                keys: dict[str, list[str]] = {}
                for key, active in app.screen.active_bindings.items():
                    if active.binding.id and not active.binding.system:
                        keys.setdefault(active.binding.id, []).append(key)
                chords += [
                    f"{screen}: {name} {several}"
                    for name, several in keys.items()
                    if not any(is_plain(key) for key in several)
                    and not name.startswith("app.")
                    and IN_MENUS.get(name) not in in_menus
                ]
    assert not chords, "\n".join(chords)
