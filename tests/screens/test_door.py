"""The door by keys: what looks like a name is replaced, cleared or left, and nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desks import begin_small, desk_at, the_visit, write_form
from tests.frames import cursor_cell
from tests.names import known_names  # noqa: F401
from tests.routine.test_door import stated, team
from tests.screens.table import open_at
from walk.clock import FixedClock
from walk.model import Form
from walk.routine.desk import Desk
from walk.routine.planning import prepare
from walk.routine.visiting import door, hall, visit
from walk.screens.visiting.door import DoorScreen

HOSTILE = "[/x] [bob] \x1b[31m [1"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_at(tmp_path / "one.walkdb") as made:
        begin_small(made)
        prepare.give_label(made, made.walkers()[0], "Ana")
        yield made


def left_room(desk: Desk, *lines: str) -> Form:
    """A form to finish, with these notes on it."""
    form = visit.enter(desk, the_visit(desk, "V1"))
    for line in lines:
        visit.add_note(desk, form, line)
    assert isinstance(desk.clock, FixedClock)
    desk.clock.advance(minutes=12)
    return visit.leave(desk, form)


async def test_it_opens_after_finishing_and_lets_through_what_is_clear(desk: Desk) -> None:
    form = left_room(desk, "Ms Ortiz waits #2", "S1 points", f"Odysseus meets Mr Bell {HOSTILE}")
    async with open_at(desk, "write", at=form.visit) as seen:
        shown = await seen.keys("escape", "1")
        assert "At the door" in shown
        assert "2 waiting" in shown
        assert "Maybe a name; stops nothing" in shown
        assert "[/x] [bob] ␛[31m [1" in shown
        assert team(desk) == ["S1 points"]
        assert cursor_cell(seen.app).character == "▸"
        assert "“Ms Ortiz” is T now" in await seen.keys("enter")
        shown = await seen.keys("n")
        assert "No person on this walk: “Mr Bell”" in shown
        assert "Nothing waits here any more" in shown
        assert "until each is replaced" not in shown
        assert ("Enter go on" in shown, "Enter replace" in shown) == (True, False)
        assert team(desk) == ["S1 points"]  # until it is left, all can be undone
        assert "Undone: no person: “Mr Bell”" in await seen.keys("u")
        shown = await seen.keys("z", "enter")
        assert "Form finished and shared" in shown
        assert "1 hall talk" in shown
        assert team(desk) == [f"Odysseus meets Mr Bell {HOSTILE}", "S1 points", "T waits #2"]


async def test_what_is_left_waits_and_is_named(desk: Desk) -> None:
    form = left_room(desk, "Ms Ortiz waits", "S1 points")
    async with open_at(desk, "write", at=form.visit, size=(60, 20)) as seen:
        shown = await seen.keys("escape", "1")
        assert "n no person" in shown
        assert "? help" in shown
        assert "walk does not catch every name" in " ".join(
            (await seen.keys("question_mark")).replace("│", " ").split()
        )
        shown = await seen.keys("escape", "escape")
        assert "1 note waits here: “Ms Ortiz”" in shown
        assert team(desk) == ["S1 points"]
        await seen.keys("2")
        assert "1 note waits: likely names" in seen.sees()


async def test_the_words_can_be_edited_by_hand(desk: Desk) -> None:
    form = left_room(desk, "Ms Ortiz waits")
    async with open_at(desk, "write", at=form.visit) as seen:
        await seen.keys("escape", "1", "e")
        assert "rewording note 1" in seen.sees()
        await seen.keys("ctrl+u")
        await seen.paste("T waits")
        await seen.keys("enter")
        assert team(desk) == []
        assert "Shared again" in await seen.keys("escape", "1")
        assert team(desk) == ["T waits"]


async def test_home_opens_it_and_goes_on(desk: Desk) -> None:
    for code in ("V1", "V2", "V3"):
        write_form(desk, code, "back to rm 214" if code == "V3" else "S1 points")
    async with open_at(desk, "home") as seen:
        assert "▸ 1 note waits: likely names" in seen.sees()
        assert "→ V3" in await seen.keys("enter")
        assert "silent write" in await seen.keys("e")
        assert "rm 214" in await seen.keys("escape", "0", "enter")
        shown = await seen.keys("enter", "escape")
        assert "Shared with your team" in shown
        assert "waits" not in shown
        assert "back to V3" in team(desk)


async def test_hall_talk_goes_through_it_home(desk: Desk) -> None:
    write_form(desk, "V1", "S1 points")
    talk = hall.begin(desk, the_visit(desk, "V1"))
    hall.say(desk, talk, look_next="ask Ms Ortiz")
    async with open_at(desk, "hall", at=talk.visit) as seen:
        assert "look for next" in await seen.keys("escape", "1")
        assert "Ms Ortiz" in await seen.keys("e")  # its line
        await seen.keys("escape", "escape", "1", "enter", "escape")
        assert "Hall talk finished" in seen.sees()
    assert hall.begin(desk, the_visit(desk, "V1")).look_next == "ask T"


async def test_the_summary_says_what_it_leaves_out_and_opens_it(desk: Desk) -> None:
    stated(desk, "Students press Ms Ortiz")
    async with open_at(desk, "summary") as seen:
        shown = " ".join(seen.sees().split())
        assert "2 lines are left out: “Ms Ortiz” and “rm 214”" in shown
        assert "left out of print" in await seen.keys("n")
        shown = await seen.keys("n", "n", "escape")
        assert "“rm 214”" not in shown
        assert "n likely names" not in shown
        desk.undo(door.STAGE)
        desk.undo(door.STAGE)
        await seen.keys("b", "f", "n")
        assert isinstance(seen.app.screen, DoorScreen)
        assert "Debrief · Trends" in await seen.keys("e")
