"""Finishing the silent write by keys, and where else it leads."""

from __future__ import annotations

from tests.desks import the_visit
from tests.frames import frame, rows
from tests.screens import write_page
from tests.screens.write_page import (
    first_form,
    left_form,
    notes_kept,
    opened,
    press_and_wait,
    state_words,
    write_screen,
)
from walk.app import WalkApp
from walk.clock import FixedClock
from walk.routine.desk import Desk, Place
from walk.routine.visiting import visit, write
from walk.screens.base import WalkScreen

clock = write_page.clock
desk = write_page.desk


def _shared(desk: Desk) -> int:
    return len(list(desk.store.published(desk.walk_id, ("note",))))


# Finishing


async def test_finishing_shares_and_offers_the_hall_talk(desk: Desk, clock: FixedClock) -> None:
    left_form(desk, "S1 points")
    clock.advance(minutes=2)
    async with opened(desk) as pilot:
        assert _shared(desk) == 0
        await press_and_wait(pilot, "escape", "1")
        assert (
            "Form finished and shared with your team on this laptop; nothing left it"
            in " ".join(frame(pilot.app).split())
        )
        assert (first_form(desk).finished_after_min, _shared(desk)) == (2, 1)
        await press_and_wait(pilot, "1")
        screen = pilot.app.screen
        assert isinstance(screen, WalkScreen)
        assert screen.name_in_app == "hall"


async def test_finishing_leads_home_too(desk: Desk) -> None:
    left_form(desk, "S1 points")
    async with opened(desk) as pilot:
        await press_and_wait(pilot, "escape", "1", "2")
        screen = pilot.app.screen
        assert isinstance(screen, WalkScreen)
        assert screen.name_in_app == "home"


async def test_finishing_never_shares_words_that_were_not_saved(desk: Desk) -> None:
    left_form(desk)
    async with opened(desk) as pilot:
        await press_and_wait(pilot, *"S1 points", "escape", "1")
        assert "These words are not saved yet." in frame(pilot.app)
        assert write_screen(pilot).composer.text == "S1 points"
        assert (first_form(desk).finished_at, notes_kept(desk)) == (None, [])
        await press_and_wait(pilot, "enter", "escape", "1")
    assert [one.text for one in notes_kept(desk)] == ["S1 points"]
    assert _shared(desk) == 1


async def test_promise_8_an_empty_form_is_asked_in_one_line(desk: Desk) -> None:
    left_form(desk)
    async with opened(desk) as pilot:
        await press_and_wait(pilot, "escape", "1")
        assert "Was nothing seen on this inquiry?" in frame(pilot.app)
        await press_and_wait(pilot, "n")
        assert first_form(desk).finished_at is None
        assert write_screen(pilot).composer.text == ""
        await press_and_wait(pilot, "escape", "1", "y")
    form = first_form(desk)
    assert form.nothing_seen
    assert form.finished_at is not None


async def test_a_finished_form_goes_on_being_changed_and_is_shared_again(desk: Desk) -> None:
    left_form(desk, "S1 points")
    write.finish(desk, first_form(desk))
    async with opened(desk) as pilot:
        assert "finished" in rows(pilot.app)[0]
        await press_and_wait(pilot, *"S2 reads", "enter", "escape", "2", "1")
        assert "2 changes not shared yet" in state_words(pilot)
        await press_and_wait(pilot, "escape", "escape")
        assert "1 share again" in frame(pilot.app)
        assert "come back" not in frame(pilot.app)
        await press_and_wait(pilot, "1")
        assert "Shared again" in state_words(pilot)
    assert write.unshared(desk, first_form(desk)) == 0
    async with opened(desk) as pilot:
        assert "not shared" not in state_words(pilot)


async def test_reopening_says_what_is_not_shared_yet(desk: Desk) -> None:
    left_form(desk, "S1 points")
    form = write.finish(desk, first_form(desk))
    visit.add_note(desk, form, "S2 reads")
    async with opened(desk) as pilot:
        assert "1 change not shared yet" in state_words(pilot)


# Where else it leads


async def test_coming_back_to_the_room_goes_on_there(desk: Desk, clock: FixedClock) -> None:
    left_form(desk, "S1 points")
    async with opened(desk) as pilot:
        await press_and_wait(pilot, *"half", "escape", "4")
        screen = pilot.app.screen
        assert isinstance(screen, WalkScreen)
        assert screen.name_in_app == "visit"
    assert not visit.has_left(first_form(desk))
    draft = desk.draft(visit.line_place(desk, the_visit(desk, "V1")))
    assert draft is not None
    assert draft.text == "half"


async def test_a_walker_in_the_room_is_led_back_to_it(desk: Desk) -> None:
    visit.enter(desk, the_visit(desk, "V1"))
    async with opened(desk) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, WalkScreen)
        assert screen.name_in_app == "visit"
    assert not visit.has_left(first_form(desk))


async def test_undoing_the_leaving_leads_back_too(desk: Desk) -> None:
    left_form(desk, "S1 points")
    async with opened(desk) as pilot:
        await press_and_wait(pilot, "escape", "3")
        screen = pilot.app.screen
        assert isinstance(screen, WalkScreen)
        assert screen.name_in_app == "visit"


async def test_a_visit_that_is_gone_leads_home(desk: Desk) -> None:
    app = WalkApp(desk, Place("write", desk.walk_id, "0" * 32))
    async with app.run_test() as pilot:
        await pilot.pause()
        screen = pilot.app.screen
        assert isinstance(screen, WalkScreen)
        assert screen.name_in_app == "home"


async def test_help_names_the_keys_and_comes_back_to_the_line(desk: Desk) -> None:
    left_form(desk)
    async with opened(desk) as pilot:
        await press_and_wait(pilot, *"ha", "escape", "5")
        assert "full answer" in " ".join(frame(pilot.app).split())
        await press_and_wait(pilot, "escape", *"lf")
        assert write_screen(pilot).composer.text == "half"
