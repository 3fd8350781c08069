"""Begin by keys: every page that can be adapted, and passed by Enter alone."""

from __future__ import annotations

from tests.burst import press, type_keys
from tests.frames import frame
from tests.screens import begin_page
from tests.screens.begin_page import FIRST, marked, opened, screen, to
from walk.routine.desk import Desk
from walk.routine.planning import prepare

desk = begin_page.desk


async def test_every_page_is_passed_by_enter_alone(desk: Desk) -> None:
    async with opened(desk, "enter", "down") as pilot:
        presses = 0
        while not marked(pilot).startswith("Start now"):
            await press(pilot, "enter")
            presses += 1
            assert presses < 40, frame(pilot.app)
        await press(pilot, "enter")
        assert screen(pilot) == "home"
    view = prepare.plan(desk)
    assert view.focus.statement == FIRST.focus
    assert view.focus.inquiries == (FIRST.inquiry,)
    assert [one.name for one in view.look_fors] == [one.name for one in FIRST.look_fors]
    assert view.focus.confirmation is None


async def test_an_inquiry_is_advised_on_while_it_is_typed(desk: Desk) -> None:
    async with opened(desk, "enter") as pilot:
        await to(pilot, "inquiry")
        assert "✓ start · open" in frame(pilot.app)
        await press(pilot, *["ctrl+u"] * 4)
        await type_keys(pilot, "Do I ask good questions?")
        shown = " ".join(frame(pilot.app).split())
        assert "○ Begin with" in shown
        assert '"good" judges' in shown
        await press(pilot, "enter", "home", "enter")
    assert prepare.focus(desk).inquiries == ("Do I ask good questions?",)


async def test_look_fors_are_changed_added_and_taken_out(desk: Desk) -> None:
    async with opened(desk, "enter") as pilot:
        await to(pilot, "look_fors")
        await press(pilot, "down", "x", "x")
        assert "taken out · u brings it back" in frame(pilot.app)
        await press(pilot, "u", "a")
        await type_keys(pilot, "Wait time\r")
        await type_keys(pilot, "How long is it quiet?\r")
        await press(pilot, "right", "enter")
        assert marked(pilot).startswith("5  Wait time: How long is it quiet?")
        await press(pilot, "home", "enter", "home", "enter")
        assert screen(pilot) == "home"
    held = prepare.look_fors(desk)
    assert [one.name for one in held] == [*(one.name for one in FIRST.look_fors[1:]), "Wait time"]
    assert held[-1].about == "teacher"


async def test_a_look_for_with_too_long_a_name_stays_in_its_field(desk: Desk) -> None:
    async with opened(desk, "enter") as pilot:
        await to(pilot, "look_fors")
        await press(pilot, "a")
        await type_keys(pilot, "n" * 29 + "\r")
        await press(pilot, "enter", "enter")
        assert "at most 28 characters" in " ".join(frame(pilot.app).split())
        assert "n" * 29 in frame(pilot.app)
        await press(pilot, "escape")
        assert marked(pilot).endswith("not saved yet")
        await press(pilot, "escape", "home", "enter")
        assert screen(pilot) == "begin"
        assert "A look-for is still being written" in frame(pilot.app)
        await to(pilot, "look_fors")
        await press(pilot, "end", "x", "home", "enter", "home", "enter")
        assert screen(pilot) == "home"


async def test_learning_and_confirmation_go_into_the_walk(desk: Desk) -> None:
    async with opened(desk, "enter") as pilot:
        await to(pilot, "learning")
        assert "prints that none was named" in " ".join(frame(pilot.app).split())
        await type_keys(pilot, "Talk moves\r")
        await press(pilot, "enter")
        assert marked(pilot).startswith("Host teachers")
        await press(pilot, "enter")
        await type_keys(pilot, "team meeting\r\r4\r")
        assert marked(pilot).startswith("Mode")
        await press(pilot, "enter", "3")
        await press(pilot, "home", "enter")
        assert screen(pilot) == "home"
    view = prepare.plan(desk)
    assert view.focus.professional_learning == "Talk moves"
    assert view.focus.confirmation is not None
    assert view.focus.confirmation.how_many == 4
    assert view.focus.confirmation.on == "2025-10-14"
    assert {one.mode for one in view.visits} == {"recorded"}


async def test_a_date_that_is_none_is_said_with_the_words_in_place(desk: Desk) -> None:
    async with opened(desk, "enter") as pilot:
        await to(pilot, "confirmation")
        await type_keys(pilot, "team meeting\rsoon\r\r")
        assert "is no date for when it was confirmed" in " ".join(frame(pilot.app).split())
        assert "team meeting" in frame(pilot.app)
