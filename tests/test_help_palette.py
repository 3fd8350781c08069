"""The palette offers every action with its key: of the screen, its menus, its parts, a dialog."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.command import CommandPalette
from textual.pilot import Pilot

from tests.desks import begin_small, desk_at, the_visit, write_form
from tests.screens.table import open_at
from walk.routine.desk import Desk
from walk.routine.visiting import visit
from walk.screens.ask import Ask
from walk.screens.base import WalkScreen
from walk.screens.dialogs import FieldsDialog, KeyDialog
from walk.screens.help import EVERYWHERE, HelpScreen
from walk.screens.helping import menu_rows
from walk.screens.home.home import HomeScreen
from walk.screens.keeping.backups import RestoringDialog
from walk.screens.known import SCREENS
from walk.screens.palette import Command, ScreenCommands, key_of
from walk.widgets.composer import Composer


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_at(tmp_path / "one.walkdb") as made:
        begin_small(made)
        yield made


def offered(pilot: Pilot[str]) -> list[Command]:
    """What the palette offers over the screen that is open."""
    return list(ScreenCommands(pilot.app.screen)._commands())


def found(pilot: Pilot[str], words: str) -> Command:
    """The one command of these words."""
    (one,) = [one for one in offered(pilot) if one.words == words]
    return one


@pytest.mark.parametrize("screen", sorted(SCREENS))
async def test_every_action_of_every_screen_is_offered_with_its_key(
    desk: Desk, screen: str
) -> None:
    at = ""
    if screen in ("write", "hall"):
        write_form(desk, "V1", "S1 points")
    if screen in ("visit", "write", "hall"):
        at = the_visit(desk, "V1").id
    async with open_at(desk, screen, at=at) as seen:
        top = seen.app.screen
        told = {one.words: one.key for one in offered(seen.pilot)}
        ours = [one for one in top.active_bindings.values() if one.binding.id and one.enabled]
        assert len(ours) > 2
        for one in ours:
            assert one.tooltip in told, one.binding
        keys = {(key_of(one.binding), one.tooltip) for one in ours}
        assert all(key for key, _ in keys)
        for words, key in told.items():
            assert (
                (key, words) in keys
                or (key, words) in menu_rows(top)
                or key.startswith(("↑ ", "↓ ", "Esc 2 "))
                or not key
            ), f"{key}: {words}"
        for rows in menu_rows(top):
            assert rows in [(one.key, one.words) for one in offered(seen.pilot)]


async def test_a_menu_of_esc_is_done_from_the_palette(desk: Desk) -> None:
    visit.enter(desk, the_visit(desk, "V1"))
    async with open_at(desk, "visit", at=the_visit(desk, "V1").id) as seen:
        await seen.type("S1 points")
        await found(seen.pilot, "longer").run()
        await seen.pilot.pause()
        assert "aims at" in seen.sees()
        assert seen.app.screen.query_one(Composer).text == "S1 points", "what is typed stays"
        await found(seen.pilot, "started earlier").run()
        await seen.pilot.pause()
        assert "In the room earlier by" in seen.sees(), "it asks on, as its key does"


async def test_the_notes_are_offered_from_the_line_and_only_gone_to(desk: Desk) -> None:
    form = visit.enter(desk, the_visit(desk, "V1"))
    visit.add_note(desk, form, "S1 points to line 4")
    async with open_at(desk, "visit", at=form.visit) as seen:
        take = found(seen.pilot, "Take the note back; undo brings it again")
        assert take.key == "↑ Del"
        await take.run()
        await seen.pilot.pause()
        assert "note 1 of 1" in seen.sees()
        assert "Del withdraw" in seen.sees()
        assert "S1 points to line 4" in seen.sees(), "nothing went"


async def test_over_a_dialog_the_screen_beneath_is_offered_too(desk: Desk) -> None:
    kept: list[tuple[str, ...]] = []
    async with open_at(desk, "home") as seen:
        dialog = FieldsDialog("A thing", [Ask("What")], lambda _: None, lambda v: kept.append(v))
        seen.app.push_screen(dialog)
        await seen.pilot.pause()
        await seen.type("half a word")
        lines = {one.words: one.key for one in offered(seen.pilot)}
        assert lines["Save what stands here"] == "Enter"
        assert lines["See or change the plan"] == "Esc p"
        ids = {one.words for one in offered(seen.pilot)}
        home = {one.tooltip for one in seen.app.screen_stack[-2].active_bindings.values()}
        assert {one for one in home if one and "palette" not in one} <= ids
        assert len(ids) == len(offered(seen.pilot)), "nothing twice"
        await found(seen.pilot, "See or change the plan").run()
        await seen.pilot.pause()
        top = seen.app.screen
        assert isinstance(top, WalkScreen)
        assert top.name_in_app == "prepare"
        assert kept[-1] == ("half a word",), "leaving a dialog so keeps its words"


async def test_a_question_is_left_before_anything_else_is_done(desk: Desk) -> None:
    got: list[str | None] = []
    async with open_at(desk, "home") as seen:
        seen.app.push_screen(KeyDialog("Really?", (("y", "yes"),)), got.append)
        await seen.pilot.pause()
        await found(seen.pilot, "Begin a small walk").run()
        await seen.pilot.pause()
        assert got == [None]
        assert isinstance(seen.app.screen, WalkScreen)
        assert seen.app.screen.name_in_app == "begin"


async def test_from_the_palette_over_help_every_page_is_left(desk: Desk) -> None:
    got: list[str | None] = []
    async with open_at(desk, "home") as seen:
        seen.app.push_screen(KeyDialog("Really?", (("y", "yes"),)), got.append)
        await seen.pilot.pause()
        await seen.keys("question_mark")
        assert isinstance(seen.app.screen, HelpScreen)
        await found(seen.pilot, "Begin a small walk").run()
        await seen.pilot.pause()
        assert got == [None]
        assert isinstance(seen.app.screen, WalkScreen)
        assert seen.app.screen.name_in_app == "begin"


async def test_nothing_opens_over_a_dialog_that_ends_by_itself(desk: Desk) -> None:
    async with open_at(desk, "backups") as seen:
        seen.app.push_screen(RestoringDialog("Bringing the backup back …"))
        await seen.pilot.pause()
        await seen.keys("ctrl+p")
        assert isinstance(seen.app.screen, RestoringDialog)
        beneath = [one for one in offered(seen.pilot) if one.key == "Esc b"]
        await beneath[0].run()
        assert isinstance(seen.app.screen, RestoringDialog)


async def test_from_help_the_palette_is_of_what_is_beneath_it(desk: Desk) -> None:
    async with open_at(desk, "home") as seen:
        await seen.keys("question_mark")
        assert isinstance(seen.app.screen, HelpScreen)
        assert EVERYWHERE[0][0] in [key for key, _ in seen.app.screen.page.rows()]
        await seen.keys("slash")
        await seen.pilot.pause()
        assert isinstance(seen.app.screen, CommandPalette)
        await seen.keys(*"tour")
        await seen.app.workers.wait_for_complete()
        await seen.pilot.pause()
        assert "The one-minute tour" in seen.sees()
        await seen.keys("escape")
        assert isinstance(seen.app.screen, HomeScreen)
