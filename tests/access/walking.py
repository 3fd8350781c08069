"""Walking through the app by keyboard alone: every action that the place one stands on offers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from textual.app import App
from textual.geometry import Offset
from textual.pilot import Pilot
from textual.screen import ModalScreen
from textual.widget import Widget

from tests.burst import acted, named, send
from walk.app import WalkApp
from walk.widgets.asking import OrderedKeys

LEAVES = frozenset({"q", "ctrl+q", "ctrl+c"})
"""Keys that close walk."""


@dataclass(frozen=True, slots=True)
class Offered:
    """One action that is offered now, and the key for it."""

    key: str
    id: str
    action: str


def offered(app: App[Any]) -> Iterator[Offered]:
    """Every action that the focused item and its screen offer now, each once."""
    told: set[str] = set()
    for key, active in app.screen.active_bindings.items():
        binding = active.binding
        if active.enabled and binding.id and not binding.system and binding.id not in told:
            told.add(binding.id)
            yield Offered(key, binding.id, binding.action)


def answers(app: App[Any]) -> list[str]:
    """The keys that answer the question that is open on the screen, if one is."""
    for widget in app.screen.query("*").results(OrderedKeys):
        if widget.question is not None:
            return sorted(widget.question.keys)
    return []


async def press(pilot: Pilot[Any], *keys: str) -> None:
    """Press keys and wait until each has acted and is painted."""
    app = pilot.app
    assert isinstance(app, WalkApp)
    for key in keys:
        send(app, named(key))
        await acted(app)
        await pilot.pause()


def cursor_is_on_it(app: App[Any]) -> str:
    """Nothing where the terminal's cursor stands on the focused item, else what is wrong."""
    column, row = app.cursor_position
    focused = app.screen.focused
    at = f"the cursor is at {column},{row}"
    if not Offset(column, row) or not app.screen.region.contains(column, row):
        return f"{at}, in no item"
    if focused is None:
        return "" if _inside_something(app, column, row) else f"{at}, and nothing is there"
    region = focused.region
    if not region.contains(column, row):
        return f"{at}, outside {focused.css_identifier} at {region}"
    return ""


def _inside_something(app: App[Any], column: int, row: int) -> bool:
    widget = app.screen.get_widget_at(column, row)[0]
    return widget is not app.screen


def modal(app: App[Any]) -> bool:
    """Whether a dialog is open."""
    return isinstance(app.screen, ModalScreen)


def focusable(app: App[Any]) -> list[Widget]:
    """What Tab goes through."""
    return list(app.screen.focus_chain)
