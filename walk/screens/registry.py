"""Every key of every screen, dialog and part, read from where it is declared; nothing runs.

`python scripts/keys.py` writes docs/keys.md from it.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module
from itertools import product
from types import ModuleType
from typing import Any

from textual.binding import Binding
from textual.dom import DOMNode
from textual.screen import ModalScreen, Screen
from textual.widget import Widget

import walk.screens
import walk.widgets
from walk.model import Form, Visit
from walk.screens.known import SCREENS
from walk.screens.visiting import hall, practice, visit_words, write
from walk.widgets.asking import Question
from walk.widgets.lines import key_words

NAMES = {
    "begin": "Begin a walk",
    "ready": "Prepare · before the walk",
    "rooms": "Classrooms",
    "write": "Silent write",
    "hall": "Hall talk",
    "protocol": "Debrief · its steps",
    "silent_read": "Debrief · silent read",
    "debrief": "Debrief · group like with like",
    "trends": "Debrief · trends",
    "steps": "Next steps",
    "cycle": "Inquiry cycle",
    "summary": "Staff summary",
    "letters": "Letters and sheets",
    "teacher_note": "Teacher note",
    "history": "Walks over time",
    "share": "Give your notes, or the plan",
    "receipts": "Receipt",
    "tour": "One-minute tour",
}
"""What a screen is called where its name in the app does not say it."""
PARTS = {
    "ChoiceList": "In every list",
    "Composer": "In the line in which notes are typed",
    "StemComposer": "In that line, where wording help speaks",
    "NoteList": "Among the notes above the line (↑ leads there)",
    "WordingLine": "In wording help (↓ leads there)",
    "ChoiceRow": "In the rows of the form (Esc, then 2 leads there)",
    "Answer": "In a field",
    "Options": "In a field that turns through what can be chosen",
    "FilterLine": "In the line that keeps to some words",
}
"""The parts that several screens share, by class."""

DIALOGS = {
    "FieldsDialog": "A few fields",
    "KeyDialog": "A question that one key answers",
    "PickScreen": "One of a few rows",
    "TickScreen": "Several of a few rows",
    "PickDialog": "One of many rows, or a new one",
    "ReadDialog": "Words to read",
    "EraseDialog": "Before a note is erased",
    "DoorScreen": "At the door: likely names",
    "WordingList": "Words to look at once more",
    "LookForsScreen": "Look-fors of a walk that is begun",
    "StepTestScreen": "A next step: small test and measure",
    "StepsBeforeScreen": "Open next steps of earlier walks",
    "RecurringScreen": "Which trends say the same?",
    "HelpScreen": "Help",
}
"""What each kind of dialog is called, by class."""
MORE = {
    "KeyDialog": (("its own", "Answer: each key stands there with what it means"),),
    "PickScreen": (("1-9", "Take the row of that number at once"),),
    "TickScreen": (("1-9", "Tick the row of that number, or take the tick away"),),
    "EraseDialog": (("e", "Erase the note for good"),),
}
"""Keys of theirs that are no binding, as they answer at once."""


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of one screen, dialog or part."""

    name: str
    rows: tuple[tuple[str, str], ...]
    """(key, meaning), in the order in which they are declared."""
    menu: tuple[tuple[str, str], ...] = ()
    """(keys, meaning) of the menu of Esc; an entry may stand in some states alone."""


def screens() -> list[Keys]:
    """All screens that have a name, in their order."""
    found = []
    for name, (module, cls) in SCREENS.items():
        kind = getattr(import_module(module), cls)
        rows = (*_own(kind), *_of_parts(kind))
        found.append(Keys(name_of(name), tuple(dict.fromkeys(rows)), MENUS.get(name, ())))
    return found


def dialogs() -> list[Keys]:
    """All kinds of dialogs and pages that open over a screen."""
    kinds = {one.__name__: one for one in dialog_classes()}
    return [Keys(words, _all_of(name, kinds[name])) for name, words in DIALOGS.items()]


def _all_of(name: str, kind: type[ModalScreen[Any]]) -> tuple[tuple[str, str], ...]:
    return tuple(dict.fromkeys((*MORE.get(name, ()), *_own(kind), *_of_parts(kind))))


def dialog_classes() -> list[type[ModalScreen[Any]]]:
    """Every class of dialogs there is, also those that others are made from."""
    found = []
    for module in _modules(walk.screens):
        for one in vars(module).values():
            if isinstance(one, type) and issubclass(one, ModalScreen) and _is_ours(one, module):
                found.append(one)
    return found


def parts() -> list[Keys]:
    """The parts of screens with keys of their own."""
    found = []
    for name, words in PARTS.items():
        for module in _modules(walk.widgets):
            kind = getattr(module, name, None)
            if isinstance(kind, type) and _is_ours(kind, module):
                found.append(Keys(words, tuple(_rows(_declared(kind)))))
    return found


def name_of(screen: str) -> str:
    """What a screen is called in words."""
    return NAMES.get(screen, screen.capitalize())


def key_of(binding: Binding) -> str:
    """The key of a binding, or its keys, as a person reads them."""
    return binding.key_display or " ".join(key_words(key) for key in binding.key.split(","))


# Reading what is declared


def _modules(package: ModuleType) -> Iterable[ModuleType]:
    for one in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        yield import_module(one.name)


def _is_ours(kind: type, module: ModuleType) -> bool:
    return kind.__module__ == module.__name__


def _declared(kind: type) -> Iterable[Binding]:
    """What a class itself binds."""
    for binding in kind.__dict__.get("BINDINGS", ()):
        if isinstance(binding, Binding) and binding.id and binding.tooltip:
            yield binding


def _rows(bindings: Iterable[Binding]) -> Iterable[tuple[str, str]]:
    return ((key_of(one), one.tooltip) for one in bindings)


def _own(kind: type[DOMNode]) -> Iterable[tuple[str, str]]:
    """A screen's keys and those of what it is made from; its own come first."""
    ours = [one for one in kind.__mro__ if one.__module__.startswith("walk.")]
    held: dict[str, tuple[str, str]] = {}
    for one in ours:
        for binding in _declared(one):
            held.setdefault(binding.id or "", (key_of(binding), binding.tooltip))
    held.pop("screen.help", None)  # it is everywhere
    return held.values()


def _of_parts(kind: type[DOMNode]) -> Iterable[tuple[str, str]]:
    """The keys of lists and lines that a screen has to itself: declared beside it."""
    for one in kind.__mro__:
        if not one.__module__.startswith("walk.screens"):
            continue
        module = import_module(one.__module__)
        for part in vars(module).values():
            if isinstance(part, type) and issubclass(part, Widget) and _is_ours(part, module):
                whole = issubclass(part, Screen)
                yield from () if whole else _rows(_declared(part))


# The menus of Esc


def _menu(questions: Iterable[Question]) -> tuple[tuple[str, str], ...]:
    """All entries of a menu in all of its states; words of one key stand together."""
    found: dict[str, list[str]] = {}
    for question in questions:
        for key, words in (*question.choices, *question.further):
            several = found.setdefault(key, [])
            if words not in several:
                several.append(words)
    return tuple((f"Esc {key}", " / ".join(words)) for key, words in found.items())


def _visit_menus() -> Iterable[Question]:
    blank = Visit(id="0" * 32, walk="0" * 32, code="V1")
    tape = blank.changed(mode="recorded")
    none = Form(id="0" * 32, walk="0" * 32, visit="0" * 32, walker="0" * 32)
    inside = none.changed(entered_at=1)
    left = inside.changed(left_after_s=1)
    for visit, form in product((blank, tape), (none, inside, left)):
        yield visit_words.menu(visit, form, can_redo=True)


def _form_menus() -> Iterable[Question]:
    for done, paper in product((False, True), (False, True)):
        yield write.form_menu(
            done=done, may_come_back=not done and not paper, from_paper=paper, can_redo=True
        )


WITH_WORDING = (("Esc 9", "wording help: where it speaks, and the notes that it asks about"),)
WITH_WHO = (("Esc w", "who writes, where several share the laptop"),)
MENUS: dict[str, tuple[tuple[str, str], ...]] = {
    "visit": (*_menu(_visit_menus()), *WITH_WORDING, *WITH_WHO),
    "write": (*_menu(_form_menus()), *WITH_WORDING, *WITH_WHO),
    "hall": (
        *_menu(hall.talk_menu(done=done, can_redo=True) for done in (False, True)),
        *WITH_WHO,
    ),
    "practice": _menu([practice.MENU]),
}
"""The menus of Esc, by the screen's name."""
