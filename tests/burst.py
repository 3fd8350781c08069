"""Keys as a terminal sends them, many at once, each with the time at which it was pressed."""

from __future__ import annotations

import unicodedata
from typing import Any

from textual.app import App
from textual.events import Event, Key, Paste
from textual.keys import REPLACED_KEYS, _character_to_key, _get_unicode_name_from_key
from textual.pilot import Pilot

from tests.waiting import once, told_by
from walk.app import WalkApp

HUMAN_S = 0.1
"""Between two keys of somebody who types fast."""
PASTE_S = 0.0002
"""Between two keys that a terminal types for a paste."""
SIGNS = {"\b": ("backspace", "\x7f"), "\r": ("enter", "\r"), "\n": ("ctrl+j", "\n")}
SIGNS |= {"\t": ("tab", "\t"), "\x1b": ("escape", "\x1b")}


def key(sign: str) -> Key:
    """The key event of one character, as the terminal's parser makes it."""
    if sign in SIGNS:
        return Key(*SIGNS[sign])
    return Key(sign if sign.isalnum() else _character_to_key(sign), sign)


def named(name: str) -> Key:
    """The key event of a key by its name, "enter" or "question_mark", or by its one sign."""
    if len(name) == 1:
        return key(name)
    try:
        sign = unicodedata.lookup(_get_unicode_name_from_key(REPLACED_KEYS.get(name, name)))
    except KeyError:
        sign = None
    return Key(name, sign)


def send(app: App[Any], *found: Event) -> None:
    """Give events to the app as its driver does; nothing is waited for."""
    for event in found:
        event.set_sender(app)
        app.post_message(event)


async def acted(app: WalkApp) -> None:
    """Wait until every key that was sent has acted, also behind a screen that is on its way."""

    def have() -> bool:
        if app._exit or app._exception is not None:
            return True  # nobody is left to take them
        return app._message_queue.empty() and not app._ahead and not app._waiting

    # The app calls the first of these whenever it has dealt with all that was sent to it.
    with told_by(app, "_flush_next_callbacks", "exit", "_handle_exception") as told:
        assert await once(told, have), "keys still wait"


def _apart(keys: list[Key], seconds: float) -> list[Key]:
    """The keys as pressed so many seconds from each other, the last one now."""
    for place, one in enumerate(reversed(keys)):
        one.time -= place * seconds
    return keys


async def type_keys(pilot: Pilot[Any], text: str, apart: float = HUMAN_S) -> None:
    """Send the keys of a text, pressed `apart` seconds from each other, the last one now."""
    send(pilot.app, *_apart([key(sign) for sign in text], apart))
    await pilot.pause()


async def press(pilot: Pilot[Any], *names: str) -> None:
    """Press keys by name, each after the one before has acted; what they asked for is drawn."""
    for name in names:
        await press_ahead(pilot, name)


async def press_ahead(pilot: Pilot[Any], *names: str) -> None:
    """Press keys by name, all before the first has acted; what they asked for is drawn."""
    app = pilot.app
    assert isinstance(app, WalkApp)
    send(app, *_apart([named(name) for name in names], HUMAN_S))
    await acted(app)
    await pilot.pause()
    await pilot.pause()


async def paste(pilot: Pilot[Any], text: str) -> None:
    """Paste in brackets, as most terminals do."""
    send(pilot.app, Paste(text))
    await pilot.pause()
