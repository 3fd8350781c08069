"""Prepare by keys: the plan on one page, changed in place, undone, and confirmed with a trace."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.burst import paste, type_keys
from tests.burst import press_ahead as press
from tests.desks import desk_at, the_visit
from tests.frames import cursor_cell, frame, rows
from tests.hostile import LONG, PAYLOADS, fill, hostile
from tests.screens import preparing
from tests.screens.preparing import confirm, opened
from tests.screens.table import SIZES, harmless, marked, to, words
from walk.app import WalkApp
from walk.model import LookFor
from walk.routine.desk import Desk, Place
from walk.routine.planning import prepare, ready, rooms, rotation
from walk.screens.base import WalkScreen

desk = preparing.desk

FIELDS = ("focus", "inquiry 0", "learning", "confirmation", "school")


# The page


@pytest.mark.parametrize("size", SIZES)
async def test_what_is_not_there_yet_stands_first(desk: Desk, size: tuple[int, int]) -> None:
    async with opened(desk, size=size) as pilot:
        assert rows(pilot.app)[1].strip() == "Not yet; none of it stops a walk"
        assert marked(pilot).startswith("○ Professional learning")
        assert cursor_cell(pilot.app).character == "▸"
        assert "○ Host teachers" in frame(pilot.app)
        assert "✓ Focus" in frame(pilot.app)
        assert "not yet confirmed by the host teachers" in rows(pilot.app)[-2]
        await press(pilot, "end")
        assert marked(pilot) == "a  add a look-for"


async def test_a_whole_plan_lacks_nothing(desk: Desk) -> None:
    prepare.name_learning(desk, "Talk moves")
    prepare.describe_walk(desk, host_school="Lincoln", date="2025-10-14", keep_until="2025-12-13")
    confirm(desk)
    async with opened(desk) as pilot:
        assert "Not yet" not in frame(pilot.app)
        assert "confirmed on 1 Oct: team meeting, 3 teachers" in words(pilot)
        assert "Keep until" in frame(pilot.app)
        assert "13 Dec" in frame(pilot.app)


async def test_without_a_walk_it_says_how_to_begin_one(tmp_path: Path) -> None:
    with desk_at(tmp_path / "empty.walkdb") as empty:
        app = WalkApp(empty, Place("prepare"))
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            assert "No walk is open" in frame(pilot.app)
            await press(pilot, "enter", "a", "x", "c", "u", "r")
            assert app.is_running


async def test_esc_goes_home(desk: Desk) -> None:
    async with opened(desk) as pilot:
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, WalkScreen)
        assert pilot.app.screen.name_in_app == "home"


# Look-fors


async def test_look_fors_are_added_changed_and_taken_out(desk: Desk) -> None:
    held = prepare.look_fors(desk)
    async with opened(desk, "look_for new") as pilot:
        await press(pilot, "enter")
        await type_keys(pilot, "Wait time\rHow long is it quiet?\r")
        await press(pilot, "right", "enter")
        added = prepare.look_fors(desk)[-1]
        assert (added.name, added.text, added.about) == (
            "Wait time",
            "How long is it quiet?",
            "teacher",
        )
        await to(pilot, f"look_for {held[0].id}")
        await press(pilot, "enter", *["ctrl+u"] * 2)
        await type_keys(pilot, "Renamed")
        await press(pilot, "enter", "enter", "enter")
        assert prepare.look_fors(desk)[0].id == held[0].id, "its notes stay tied to it"
        assert prepare.look_fors(desk)[0].name == "Renamed"
        await press(pilot, "x")
        assert prepare.look_fors(desk)[0].name == held[1].name


async def test_a_name_that_is_too_long_or_taken_stays_in_its_field(desk: Desk) -> None:
    taken = prepare.look_fors(desk)[0].name
    async with opened(desk, "look_for new") as pilot:
        await press(pilot, "enter")
        await type_keys(pilot, f"{taken}\r\r")
        await press(pilot, "enter")
        assert f"Two look-fors are called {taken}" in words(pilot)
        await press(pilot, "up", "up")
        await type_keys(pilot, "n" * 29)
        await press(pilot, "enter", "enter", "enter")
        assert "at most 28 characters" in words(pilot)
    assert len(prepare.look_fors(desk)) == 4


async def test_imported_look_fors_are_shown_and_never_part_of_the_plan(desk: Desk) -> None:
    one = LookFor(id=desk.new_id(), walk=desk.walk_id, name="From a form", imported=True)
    desk.save("import", "imported", one)
    async with opened(desk, f"look_for {one.id}") as pilot:
        assert marked(pilot).endswith("imported")
        await press(pilot, "enter")
        assert "it is not part of the plan" in words(pilot)
        await press(pilot, "x")
    assert one.id in [held.id for held in prepare.look_fors(desk)]


# The other pages


PAGES = (
    "meeting",
    "rooms",
    *(pytest.param(one, marks=pytest.mark.long) for one in ("ready", "roster", "rotation")),
)


@pytest.mark.parametrize("page", PAGES)
async def test_a_page_is_opened_and_esc_leads_back(desk: Desk, page: str) -> None:
    async with opened(desk, page) as pilot:
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, WalkScreen)
        assert pilot.app.screen.name_in_app == ("ready" if page == "meeting" else page)
        await press(pilot, "escape")
        assert pilot.app.screen.name_in_app == "prepare"


async def test_pages_say_how_they_stand(desk: Desk) -> None:
    async with opened(desk, "meeting") as pilot:
        shown = words(pilot)
        assert "○ Focus meeting not written down yet" in shown
        assert "○ Readiness, agreements 0 ready, 7 to say" in shown
        assert "✓ Walkers, teams 1 walker, 1 team" in shown
        assert "✓ Classrooms 3 classrooms" in shown
        assert "○ Times, rotation not made yet" in shown
    ready.record_meeting(desk, date="2025-10-10", groups="the grade 6 team, a coach")
    ready.say_ready(desk, "community", done=True)
    ready.say_ready(desk, "students", done=False, reason="told on the day before")
    ready.agree(desk, notice_given="2025-10-01")
    prepare.withdraw_visit(desk, the_visit(desk, "V2"))
    rotation.make(desk)
    async with opened(desk, "meeting") as pilot:
        shown = words(pilot)
        assert "✓ Focus meeting 10 Oct · the grade 6 team, a coach" in shown
        assert "○ Readiness, agreements 2 ready, 1 not yet, with a reason, 4 to say" in shown
        assert "✓ Classrooms 2 classrooms, 1 withdrawn" in shown
        assert "✓ Times, rotation made Tue 09:00, ends " in shown
        assert "✓ Notice to teachers given 1 Oct" in shown
    rooms.add(desk, 1)
    async with opened(desk, "meeting") as pilot:
        assert "○ Times, rotation made before the plan changed" in words(pilot)


async def test_a_page_tells_of_words_that_wait_on_it(desk: Desk) -> None:
    desk.keep_draft(f"ready:local_agreement:{desk.walk_id}", "article 12")
    async with opened(desk, "ready") as pilot:
        assert marked(pilot).endswith("not saved yet")


async def test_a_offers_what_can_be_added_and_where(desk: Desk) -> None:
    async with opened(desk, "focus") as pilot:
        await press(pilot, "a")
        assert "another inquiry" in frame(pilot.app)
        await press(pilot, "3")
        assert isinstance(pilot.app.screen, WalkScreen)
        assert pilot.app.screen.name_in_app == "rooms"


async def test_x_says_what_it_takes_out(desk: Desk) -> None:
    async with opened(desk, "focus") as pilot:
        await press(pilot, "x")
        assert "Mark a look-for to take it out" in frame(pilot.app)
    assert len(prepare.look_fors(desk)) == 4


# Dates that do not fit


async def test_a_date_that_does_not_fit_is_said_and_leads_to_it(desk: Desk) -> None:
    ready.agree(desk, notice_given="2025-10-10", notice_days=7)
    ready.set_quiet(desk, None, "2025-10-13", "2025-10-17", "state test")
    prepare.describe_walk(desk, host_school="", date="2025-10-14", keep_until="2025-10-01")
    async with opened(desk) as pilot:
        shown = words(pilot)
        assert "4 days of notice; 7 were agreed" in shown
        assert "within quiet days (13 Oct 2025 to 17 Oct 2025, state test)" in shown
        assert "kept until 1 Oct 2025, which is before the walk" in shown
        await to(pilot, "again1 date")
        await press(pilot, "enter", *["ctrl+u"] * 2)
        await type_keys(pilot, "2025-10-20\r")
        assert desk.walk.date == "2025-10-20"
        assert "quiet days" not in words(pilot)
        await to(pilot, "again0 keep")
        await press(pilot, "enter")
        assert "Raw notes are cleared on this date" in words(pilot)


async def test_the_time_zone_of_the_school_is_named_or_refused(desk: Desk) -> None:
    async with opened(desk, "zone") as pilot:
        assert "that of this laptop" in marked(pilot)
        await press(pilot, "enter")
        await type_keys(pilot, "Chicago\r")
        assert "“Chicago” is no time zone known here" in words(pilot)
        await press(pilot, "ctrl+u")
        await type_keys(pilot, "America/Chicago\r")
        assert desk.walk.zone == "America/Chicago"
        await press(pilot, "u")
        assert desk.walk.zone == ""


# Hostile texts and sizes


@pytest.mark.parametrize("size", SIZES[-1:])
async def test_a_hostile_plan_is_shown_and_acts_on_nothing(
    desk: Desk, size: tuple[int, int]
) -> None:
    fill(desk)
    async with opened(desk, size=size) as pilot:
        assert harmless(pilot)
        await press(pilot, "end")
        assert harmless(pilot)
        for row in (*FIELDS, f"look_for {prepare.look_fors(desk)[0].id}"):
            await to(pilot, row)
            await press(pilot, "enter")
            assert harmless(pilot)
            assert not isinstance(pilot.app.screen, WalkScreen)
            await press(pilot, "escape")
            assert isinstance(pilot.app.screen, WalkScreen)
    assert desk.store.drafts(desk.walk_id)[0].place.startswith("visit:"), (
        "only looking saves nothing"
    )


@pytest.mark.parametrize(
    "place", [pytest.param(n, marks=pytest.mark.long) for n in range(0, len(PAYLOADS), 6)]
)
async def test_hostile_words_in_every_field(desk: Desk, place: int) -> None:
    async with opened(desk) as pilot:
        for row in FIELDS:
            await to(pilot, row)
            await press(pilot, "enter")
            await paste(pilot, hostile(place))
            assert harmless(pilot)
            await press(pilot, *["enter"] * (3 if row == "confirmation" else 1))
            if row == "learning":
                await press(pilot, "enter")
            assert isinstance(pilot.app.screen, WalkScreen), words(pilot)
            assert harmless(pilot)
    assert prepare.focus(desk).confirmed


async def test_twenty_thousand_signs_in_a_field(desk: Desk) -> None:
    async with opened(desk, "learning") as pilot:
        await press(pilot, "enter")
        await paste(pilot, LONG)
        await press(pilot, "enter", "enter")
        assert prepare.focus(desk).professional_learning == LONG
        await to(pilot, "learning")
        await press(pilot, "enter")
        await type_keys(pilot, "w")
        await press(pilot, "enter", "enter")
        assert "20,000 fit" in words(pilot)


async def test_resizing_keeps_the_marked_row_in_view(desk: Desk) -> None:
    async with opened(desk, "rotation") as pilot:
        for size in ((60, 20), (120, 40), (40, 12), (80, 24)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            assert marked(pilot).startswith("○ Times, rotati")
            assert cursor_cell(pilot.app).character == "▸"


# Giving it


async def test_g_gives_the_plan_and_esc_leads_back(desk: Desk) -> None:
    async with opened(desk, "give") as pilot:
        assert " ".join(marked(pilot).split()) == "g give the plan to every laptop"
        for key in ("enter", "g"):
            await press(pilot, key)
            assert "Give the plan" in rows(pilot.app)[0]
            await press(pilot, "escape")
            assert " ".join(marked(pilot).split()) == "g give the plan to every laptop"


async def test_only_the_laptop_that_made_the_plan_gives_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Desk, "is_lead", lambda _: False)
    async with opened(desk) as pilot:
        await press(pilot, "g")
        assert "Prepare" in rows(pilot.app)[0]
        assert "give the plan" not in words(pilot)
