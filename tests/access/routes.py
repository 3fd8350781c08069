"""The way by keys to each kind of dialog, for tests that look at all of them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Route:
    """From which screen of which sample, by which keys."""

    store: str
    screen: str
    keys: tuple[str, ...]
    visit: str = "V1"
    """Where the screen is one of a visit."""
    once_shown: tuple[str, str] = ("", "")
    """Words to wait for, and the key to press then."""


ROUTES: dict[str, Route] = {
    "AskScreen": Route("under way", "home", ("v",)),
    "CommandPalette": Route("under way", "home", ("ctrl+p",)),
    "DoorScreen": Route("under way", "home", ("down", "down", "down", "down", "enter")),
    "EraseDialog": Route("under way", "debrief", ("e",)),
    "FieldsDialog": Route("under way", "cycle", ("enter",)),
    "HelpScreen": Route("under way", "home", ("question_mark",)),
    "KeyDialog": Route("under way", "backups", ("enter",)),
    "LookForsScreen": Route("under way", "begin", ("enter", "down", "down", "down", "enter")),
    "PickDialog": Route("under way", "debrief", ("t",)),
    "PickScreen": Route("under way", "home", ("w",)),
    "ReadDialog": Route("under way", "debrief", ("enter",)),
    "RecurringScreen": Route("under way", "history", ("r",)),
    "StepTestScreen": Route("over", "steps", ("t",)),
    "StepsBeforeScreen": Route("under way", "home", ("s",)),
    "TakeDialog": Route("under way", "collect", ("slash",)),
    "TickScreen": Route("under way", "roster", ("o",)),
    "WordingList": Route(
        "under way", "visit", ("escape", "1"), "V3", ("Words in your notes to look at", "down")
    ),
    "_ConfirmScreen": Route("under way", "purge", ("enter",)),
}

PASSING = {
    "RestoringDialog": "stands while a backup is brought back, and has no key",
    "Working": "stands while a note is erased, and has no key",
}
"""Dialogs that no key opens to stay, and why."""
