"""Home by keys: the obvious next thing first, earlier walks, who is writing, words not saved."""

from __future__ import annotations

import pytest

from tests.burst import paste, press, press_ahead, type_keys
from tests.desks import begin_small, the_visit, write_form
from tests.frames import cursor_cell, frame, rows
from tests.hostile import LONG, PAYLOADS, fill, hostile
from tests.screens import home_page
from tests.screens.home_page import at, marked, opened, screen, to_row
from tests.screens.table import SIZES
from walk.clock import FixedClock
from walk.model import Note, Walk
from walk.routine.desk import Desk
from walk.routine.planning import prepare, rotation, times
from walk.screens.base import WalkScreen

desk = home_page.desk


# The first start


@pytest.mark.parametrize("size", SIZES)
async def test_the_first_start_says_what_it_is_and_offers_one_thing(
    desk: Desk, size: tuple[int, int]
) -> None:
    async with opened(desk, size) as pilot:
        shown = " ".join(frame(pilot.app).split())
        assert "Walk through classrooms as learners: visit, notice without judging" in shown
        assert "type: walk demo" in shown
        assert marked(pilot) == "n  begin a small walk"
        assert "t one-minute tour" in shown
        assert cursor_cell(pilot.app).character == "▸"
        await pilot.press("enter")
        assert screen(pilot) == "begin"


@pytest.mark.parametrize("key", ["p", "d", "e", "u", "w", "s"])
async def test_keys_for_a_walk_do_nothing_while_there_is_none(desk: Desk, key: str) -> None:
    async with opened(desk) as pilot:
        await pilot.press(key)
        await pilot.pause()
        assert screen(pilot) == "home"
        assert f" {key} " not in rows(pilot.app)[-1]


async def test_the_tour_takes_five_keys_and_is_not_offered_again(desk: Desk) -> None:
    async with opened(desk) as pilot:
        await pilot.press("t")
        await pilot.pause()
        assert screen(pilot) == "tour"
        for page in range(1, 6):
            assert f"{page} of 5" in rows(pilot.app)[0]
            assert cursor_cell(pilot.app).character == "▸"
            await pilot.press("enter")
        await pilot.pause()
        assert screen(pilot) == "home"
        assert "one-minute tour" not in frame(pilot.app)
        await pilot.press("t")
        await pilot.pause()
        assert screen(pilot) == "tour"


@pytest.mark.parametrize("size", SIZES)
async def test_every_page_of_the_tour_fits(desk: Desk, size: tuple[int, int]) -> None:
    async with opened(desk, size) as pilot:
        await pilot.press("t")
        await pilot.pause()
        for _ in range(5):
            assert "▸" in frame(pilot.app)
            await pilot.press("right")
        assert "▸ To Home" in frame(pilot.app)
        await pilot.press("left")
        assert "4 of 5" in rows(pilot.app)[0]
        await pilot.press("escape")
        await pilot.pause()
        assert screen(pilot) == "home"


# A walk


@pytest.mark.parametrize("size", SIZES)
async def test_home_shows_the_walk_and_what_comes_next(desk: Desk, size: tuple[int, int]) -> None:
    begin_small(desk)
    prepare.describe_walk(desk, host_school="Lincoln", date="2025-10-14", keep_until="2025-12-13")
    write_form(desk, "V1", "14 of 22 wrote")
    async with opened(desk, size) as pilot:
        shown = " ".join(frame(pilot.app).split())
        assert rows(pilot.app)[0].startswith(" walk · Reasons and sources in")
        assert rows(pilot.app)[0].endswith("Tue 14 Oct  09:12")
        assert "Host school: Lincoln" in shown
        assert "Writing: me" in shown
        assert "In what ways am I pressing for evidence and" in shown
        assert "Visits 1/3 ●" in shown
        assert "Silent write 1/1 ●" in shown
        assert "Debrief ○" in shown
        assert marked(pilot) == "Next: visit V2, in person"
        assert cursor_cell(pilot.app).character == "▸"
        assert "not yet confirmed" in rows(pilot.app)[-2]
        assert "? help" in rows(pilot.app)[-1]


async def test_enter_opens_the_next_visit(desk: Desk) -> None:
    begin_small(desk)
    async with opened(desk) as pilot:
        await pilot.press("enter")
        await pilot.pause()
        assert (screen(pilot), at(pilot)) == ("visit", the_visit(desk, "V1").id)


async def test_any_visit_can_be_opened(desk: Desk) -> None:
    begin_small(desk)
    write_form(desk, "V1", "14 of 22 wrote")
    async with opened(desk) as pilot:
        await to_row(pilot, "V3  in person")
        assert marked(pilot).endswith("not yet")
        await pilot.press("enter")
        await pilot.pause()
        assert (screen(pilot), at(pilot)) == ("visit", the_visit(desk, "V3").id)
    async with opened(desk) as pilot:
        await to_row(pilot, "V1  in person")
        assert marked(pilot).endswith("done")
        await pilot.press("enter")
        await pilot.pause()
        assert (screen(pilot), at(pilot)) == ("write", the_visit(desk, "V1").id)


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("n", "begin"),
        ("p", "prepare"),
        ("d", "protocol"),
        ("e", "steps"),
        ("u", "summary"),
        ("t", "tour"),
    ],
)
async def test_each_key_opens_its_screen(desk: Desk, key: str, name: str) -> None:
    begin_small(desk)
    write_form(desk, "V1", "14 of 22 wrote")
    async with opened(desk) as pilot:
        await pilot.press(key)
        await pilot.pause()
        assert screen(pilot) == name


async def test_keys_typed_ahead_ask_for_no_second_screen(desk: Desk) -> None:
    begin_small(desk)
    async with opened(desk) as pilot:
        await type_keys(pilot, "pqt", apart=0.001)
        await pilot.pause()
        assert pilot.app.is_running
        assert screen(pilot) == "prepare"


async def test_q_closes_the_app(desk: Desk) -> None:
    async with opened(desk) as pilot:
        await pilot.press("q")
        await pilot.pause()
        assert pilot.app.return_code == 0
        assert not pilot.app.is_running


async def test_help_names_every_key(desk: Desk) -> None:
    begin_small(desk)
    async with opened(desk, (120, 40)) as pilot:
        await pilot.press("question_mark")
        await pilot.pause()
        shown = frame(pilot.app)
        for words in ("Begin a small walk", "Say who is writing", "See the summary", "Close walk"):
            assert words in shown
        await pilot.press("escape")
        assert screen(pilot) == "home"


async def test_the_clock_in_the_title_moves_with_the_clock(desk: Desk) -> None:
    begin_small(desk)
    async with opened(desk) as pilot:
        assert isinstance(desk.clock, FixedClock)
        desk.clock.advance(minutes=16 * 60)
        assert isinstance(pilot.app.screen, WalkScreen)
        pilot.app.screen.tick()
        await pilot.pause()
        assert rows(pilot.app)[0].endswith("Wed 15 Oct  01:00")


async def test_a_confirmed_focus_is_no_longer_marked(desk: Desk) -> None:
    begin_small(desk)
    prepare.confirm_focus(desk, "team meeting", "2025-10-01", 3)
    async with opened(desk) as pilot:
        assert "not yet confirmed" not in frame(pilot.app)


# Who is writing


async def test_another_walker_writes_after_two_keys(desk: Desk) -> None:
    begin_small(desk)
    ben = prepare.add_walker(desk, "Ben")
    async with opened(desk) as pilot:
        await pilot.press("w")
        await pilot.pause()
        assert cursor_cell(pilot.app).character == "▸"
        await pilot.press("1")
        await pilot.pause()
        assert desk.me == ben.id
        assert "Writing: Ben" in rows(pilot.app)[1]


@pytest.mark.parametrize(
    "label", ["Ana", "[/x] [bob]", "\x1b[31mred", "\u202eAna", "👩\u200d👩\u200d👧"]
)
async def test_someone_else_is_added_by_a_label(desk: Desk, label: str) -> None:
    begin_small(desk)
    async with opened(desk) as pilot:
        await pilot.press("w", "2")
        await pilot.pause()
        await paste(pilot, label)
        await pilot.press("enter")
        await pilot.pause()
        assert screen(pilot) == "home"
        assert len(desk.walkers()) == 2
        assert "Writing:" in rows(pilot.app)[1]
        assert not {sign for sign in frame(pilot.app) if sign < " " and sign != "\n"}


async def test_an_empty_label_stays_in_the_dialog_with_its_reason(desk: Desk) -> None:
    begin_small(desk)
    async with opened(desk) as pilot:
        await pilot.press("w", "2", "enter")
        await pilot.pause()
        assert "A label needs at least one letter" in frame(pilot.app)
        await pilot.press("B", "enter")
        await pilot.pause()
        assert desk.label == "B"


# The rotation


async def test_the_clock_in_the_title_is_that_of_the_host_school(desk: Desk) -> None:
    begin_small(desk)
    prepare.describe_walk(
        desk,
        host_school="Lincoln",
        date="2025-10-14",
        keep_until="2025-12-13",
        zone="America/Chicago",
    )
    async with opened(desk) as pilot:
        assert rows(pilot.app)[0].endswith("Tue 14 Oct  04:00")


@pytest.mark.parametrize("size", SIZES)
async def test_the_time_of_the_next_visit_goes_with_the_clock(
    desk: Desk, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    begin_small(desk)
    times.set_start(desk, "09:00")
    rotation.make(desk)
    monkeypatch.setattr(Desk, "is_lead", lambda _: False)
    async with opened(desk, size) as pilot:
        assert marked(pilot) == "Next: visit V1, starts 09:15 (in 15 min), in person"
        assert "plan as of Tue 14 Oct 09:00" in frame(pilot.app)
        assert isinstance(desk.clock, FixedClock)
        desk.clock.advance(minutes=11)
        assert isinstance(pilot.app.screen, WalkScreen)
        pilot.app.screen.tick()
        await pilot.pause()
        assert marked(pilot) == "Next: visit V1, starts 09:15 (in 4 min), in person"
        await to_row(pilot, "Board: keep time for your team")
        await pilot.press("enter")
        await pilot.pause()
        assert screen(pilot) == "board"


# Hostile texts and sizes


@pytest.mark.parametrize("size", SIZES)
async def test_texts_from_people_are_shown_and_act_on_nothing(
    desk: Desk, size: tuple[int, int]
) -> None:
    fill(desk)
    begin_small(desk)
    earlier = next(one for one in desk.store.walks() if one != desk.walk_id)
    now = desk.walk
    desk.save("prepare", "titles", now.changed(title=hostile(0), host_school=LONG))
    async with opened(desk, size) as pilot:
        for _ in range(8):
            await pilot.press("down")
        shown = frame(pilot.app)
        assert not {sign for sign in shown if sign < " " and sign != "\n"}
        assert not set(shown) & set("\x7f\x9b\x9d\x9c\u202e\u2066")
        assert desk.store.get(Walk, earlier) is not None
        await pilot.press("w")
        await pilot.pause()
        assert screen(pilot) == "PickScreen"


@pytest.mark.parametrize("place", range(0, len(PAYLOADS), 4))
async def test_every_payload_can_be_a_title(desk: Desk, place: int) -> None:
    payload = hostile(place)
    begin_small(desk)
    desk.save("prepare", "title", desk.walk.changed(title=payload, host_school=payload))
    prepare.change_focus(desk, inquiries=[payload])
    prepare.give_label(desk, desk.walkers()[0], payload)
    async with opened(desk) as pilot:
        assert marked(pilot) == "Next: visit V1, in person"


async def test_resizing_keeps_the_marked_row_in_view(desk: Desk) -> None:
    begin_small(desk, visits=40)
    async with opened(desk) as pilot:
        await to_row(pilot, "V17  in person")
        for size in ((60, 20), (120, 40), (40, 12), (80, 24)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            assert "V17" in marked(pilot)
            assert cursor_cell(pilot.app).character == "▸"


# From the first start to the first noticing


async def test_the_first_noticing_takes_six_keys_at_most(desk: Desk) -> None:
    keys = 0
    async with opened(desk) as pilot:
        for key in ("n", "enter", "enter", "enter"):
            await press(pilot, key)
            keys += 1
        assert screen(pilot) == "visit"
        await type_keys(pilot, "T: say more")
        await press(pilot, "enter")
        keys += 1
        (note,) = desk.store.all(Note, desk.walk_id)
        assert note.record.text == "T: say more"
        assert keys <= 6


async def test_the_same_keys_in_one_burst_save_it_too(desk: Desk) -> None:
    async with opened(desk) as pilot:
        await press_ahead(pilot, *"n\r\r\rT: say more\r")
        (note,) = desk.store.all(Note, desk.walk_id)
        assert note.record.text == "T: say more"
