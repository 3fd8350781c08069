"""Helping: the one key for help, and the page that it opens over a screen or a dialog."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

from textual.binding import Binding
from textual.events import Key
from textual.screen import ModalScreen, Screen

from walk.widgets.asking import OrderedKeys, Question

HELP_KEY = Binding(
    "question_mark,f1",
    "help",
    "help",
    id="screen.help",
    tooltip="What this is for, and every key it knows",
)
"""What every screen and dialog binds; F1 is for where ? is typed as a letter."""


@runtime_checkable
class Helps(Protocol):
    """A screen or dialog that can say what it is for."""

    def help_title(self) -> str:
        """What it is called."""

    def help_words(self) -> str:
        """What it is for, in its own words."""


@dataclass(frozen=True, slots=True)
class Menu:
    """A line of choices that a key opens, such as the menu of Esc."""

    opened_by: str
    """The key, in words."""
    question: Question
    """The choices as they are now."""
    holder: OrderedKeys
    """The widget that asks it."""

    @property
    def entries(self) -> list[tuple[str, str]]:
        """(key, words) of each choice."""
        return [*self.question.choices, *self.question.further]

    def take(self, key: str) -> None:
        """Do what a key of it does, as if it had been pressed."""
        self.holder.screen.set_focus(self.holder)
        self.holder.ask(self.question)
        self.holder.answered(Key(key, key))


@runtime_checkable
class HasMenus(Protocol):
    """A screen on which a key opens a menu."""

    def menus(self) -> list[Menu]:
        """Those that can be opened now."""


def menus_of(screen: Screen[Any]) -> list[Menu]:
    """The menus of a screen; none where it has none."""
    return screen.menus() if isinstance(screen, HasMenus) else []


def menu_rows(screen: Screen[Any]) -> list[tuple[str, str]]:
    """(keys, words) of all that the menus of a screen offer now: ("Esc 1", "leave the room")."""
    return [
        (f"{menu.opened_by} {key}", words)
        for menu in menus_of(screen)
        for key, words in menu.entries
    ]


def beneath(screen: Screen[Any]) -> Screen[Any] | None:
    """The screen that a dialog stands over, past other dialogs; None where it stands over none."""
    if not isinstance(screen, ModalScreen):
        return None
    stack = screen.app.screen_stack
    below = stack[: stack.index(screen)] if screen in stack else []
    return next((one for one in reversed(below) if not isinstance(one, ModalScreen)), None)


def show_help(screen: Screen[Any]) -> None:
    """Open the page that says what a screen or dialog is for, and every key it knows."""
    from walk.screens.help import HelpScreen, Page

    below = beneath(screen)
    page = Page(
        screen.help_title() if isinstance(screen, Helps) else "",
        screen.help_words() if isinstance(screen, Helps) else "",
        tuple(screen.active_bindings.values()),
        tuple(menu_rows(screen)),
        below.help_title() if isinstance(below, Helps) else "",
        below.help_words() if isinstance(below, Helps) else "",
    )
    screen.app.push_screen(HelpScreen(page), lambda wanted: _then(screen, wanted))


def _then(screen: Screen[Any], wanted: str | None) -> None:
    if wanted == "palette":
        screen.app.action_command_palette()
