"""Help over every dialog: what is asked, every key, and the words of the screen beneath."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from textual.screen import ModalScreen

from tests.desks import begin_small, desk_at
from tests.frames import frame, rows
from tests.screens.table import Seen, open_at
from tests.test_help_keys import BASES, NO_KEYS, SAME
from walk.routine.desk import Desk
from walk.routine.following import steps
from walk.screens import registry
from walk.screens.across.recurring import RecurringScreen
from walk.screens.ask import Ask
from walk.screens.dialogs import FieldsDialog, KeyDialog, PickDialog, ReadDialog
from walk.screens.exchanging.carry import TakeDialog
from walk.screens.following.step_test import StepTestScreen
from walk.screens.following.steps_before import StepsBeforeScreen
from walk.screens.help import HelpScreen
from walk.screens.keeping.erase import EraseDialog
from walk.screens.keeping.purge import _ConfirmScreen
from walk.screens.pick import PickScreen
from walk.screens.planning.look_fors import LookForsScreen
from walk.screens.planning.ticks import TickScreen
from walk.screens.visiting.door import DoorScreen
from walk.screens.visiting.wording_list import WordingList
from walk.widgets.choice_list import Choice

ROWS = (Choice("a", "Ana"), Choice("b", "Ben"))
ASKS = [Ask("What", "", "one sentence"), Ask("About", "", options=(("s", "students"),))]


def nothing(*_: object) -> None:
    """Take what a dialog gives."""


def _step(desk: Desk) -> StepTestScreen:
    return StepTestScreen(desk, steps.add(desk, "Try a longer wait").id)


MADE: dict[str, tuple[str, Callable[[Desk], ModalScreen[Any]]]] = {
    "FieldsDialog": ("Several things", lambda _: FieldsDialog("Several things", ASKS, nothing)),
    "TakeDialog": ("Which file?", lambda _: TakeDialog("Which file?", ASKS[:1], nothing)),
    "_ConfirmScreen": ("Really?", lambda _: _ConfirmScreen("Really?", ASKS[:1], nothing)),
    "KeyDialog": ("Start over?", lambda _: KeyDialog("Start over?", (("y", "yes"),), "All of it.")),
    "PickDialog": ("Which theme?", lambda _: PickDialog("Which theme?", ROWS, new="new theme")),
    "ReadDialog": ("A note", lambda _: ReadDialog("A note", "S1 points to line 4")),
    "EraseDialog": ("Erase it?", lambda _: EraseDialog("Erase it?", "Every wording goes.")),
    "PickScreen": ("Who writes?", lambda _: PickScreen("Who writes?", ROWS)),
    "TickScreen": ("Roles", lambda _: TickScreen("Roles", ["lead", "recorder"], ["lead"])),
    "DoorScreen": ("At the door", lambda desk: DoorScreen(desk, tuple)),
    "LookForsScreen": ("Look-fors", lambda _: LookForsScreen((), nothing, nothing, {})),
    "WordingList": ("Words to look at", lambda _: WordingList(tuple, nothing)),
    "StepTestScreen": ("A next step", _step),
    "StepsBeforeScreen": ("Open next steps of", StepsBeforeScreen),
    "RecurringScreen": ("Which trends say", RecurringScreen),
}
"""How each dialog is called, and a way to make one."""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_at(tmp_path / "one.walkdb") as made:
        begin_small(made)
        yield made


async def over_home(seen: Seen, dialog: ModalScreen[Any]) -> str:
    seen.app.push_screen(dialog)
    await seen.pilot.pause()
    return seen.sees()


def flat(seen: Seen) -> str:
    return " ".join(seen.sees().replace("│", " ").split())


def test_every_dialog_is_tried_here() -> None:
    classes = {one.__name__ for one in registry.dialog_classes()}
    assert {*MADE} | NO_KEYS | BASES | {"HelpScreen"} == classes
    assert {*MADE} >= SAME


@pytest.mark.parametrize("size", [(80, 24), pytest.param((60, 20), marks=pytest.mark.long)])
@pytest.mark.parametrize("name", sorted(MADE))
async def test_every_dialog_has_help_in_its_words(
    desk: Desk, name: str, size: tuple[int, int]
) -> None:
    title, make = MADE[name]
    async with open_at(desk, "home", size) as seen:
        dialog = make(desk)
        shown = await over_home(seen, dialog)
        assert title in shown
        foot = next(row for row in reversed(rows(seen.app)) if "Esc " in row)
        inside = foot.split("│")[1] if "│" in foot else foot  # Home may be seen beside it
        assert inside.rstrip().endswith("? help"), foot
        await seen.keys("question_mark")
        page = seen.app.screen
        assert isinstance(page, HelpScreen), seen.sees()
        assert page.page.title.startswith(title)
        assert len(page.page.words) > 60
        assert page.page.below.startswith("walk · "), "the screen beneath has its words too"
        assert "Home shows the walk in hand" in page.page.below_words
        assert title in seen.sees()
        assert any("Esc" in key for key, _ in page.page.rows())
        await seen.keys("end")
        assert "x opens practice" in flat(seen)
        await seen.keys("escape")
        assert seen.app.screen is dialog
        assert frame(seen.app) == shown


@pytest.mark.parametrize("make", [partial(ReadDialog, "A note"), partial(EraseDialog, "Erase it?")])
async def test_keys_that_scroll_are_told_where_there_is_more(
    desk: Desk, make: Callable[[str], ModalScreen[Any]]
) -> None:
    async with open_at(desk, "home") as seen:
        await over_home(seen, make("S1 points to line 4"))
        (keys,) = (row.split("│")[1] for row in rows(seen.app) if "Esc back" in row)
        assert "scroll" not in keys
        await seen.keys("escape")
        assert "↑ ↓ scroll   Esc back   ? help" in await over_home(seen, make("line\n" * 30))


async def test_words_that_stand_in_a_field_are_kept_and_a_question_mark_is_typed(
    desk: Desk,
) -> None:
    kept: list[tuple[str, ...]] = []
    async with open_at(desk, "home") as seen:
        dialog = FieldsDialog("Several things", ASKS, nothing, lambda values: kept.append(values))
        assert "? help" in await over_home(seen, dialog)
        await seen.type("what then")
        assert "F1 help" in await seen.keys("question_mark"), "in words ? is a sign"
        assert dialog.values[0] == "what then?"
        await seen.keys("home", "question_mark")
        assert isinstance(seen.app.screen, HelpScreen), "at the very beginning it helps"
        await seen.keys("escape")
        assert dialog.values[0] == "what then?"
        await seen.keys("question_mark")
        assert dialog.values[0] == "?what then?", "once helped it is a sign there too"
        await seen.keys("f1")
        assert "one sentence" in seen.sees()
        assert "what was typed here is kept" in flat(seen)


async def test_a_dialog_that_keeps_nothing_says_so(desk: Desk) -> None:
    async with open_at(desk, "home") as seen:
        await over_home(seen, FieldsDialog("Which words?", ASKS[:1], nothing))
        await seen.keys("question_mark")
        assert "what was typed here is dropped" in flat(seen)


async def test_a_key_that_answers_is_told_and_help_answers_nothing(desk: Desk) -> None:
    got: list[str | None] = []
    async with open_at(desk, "home") as seen:
        seen.app.push_screen(KeyDialog("Start over?", (("y", "yes"), ("n", "no"))), got.append)
        await seen.pilot.pause()
        await seen.keys("question_mark")
        assert "y yes" in flat(seen)
        await seen.keys("y", "escape")
        assert got == []
        await seen.keys("y")
        assert got == ["y"]
