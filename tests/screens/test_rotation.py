"""The rotation by keys: times with the true end, the table, making it, and correcting it here."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.burst import paste
from tests.desks import begin_small, the_visit
from tests.frames import cursor_cell, frame, rows
from tests.hostile import PAYLOADS
from tests.routine.rotation_plan import PLAN, take
from tests.screens import rotation_page
from tests.screens.rotation_page import marked, opened, press, settle, told
from tests.screens.table import SIZES
from walk.clock import FixedClock
from walk.model import Visit, Walker
from walk.routine.desk import Desk
from walk.routine.planning import places, prepare, rooms, rotation, times
from walk.routine.timekeeping import correction
from walk.screens.base import WalkScreen

desk = rotation_page.desk


async def to_row(pilot: Pilot[str], words: str) -> None:
    """Move the marker down to the row that begins with these words."""
    for _ in range(80):
        if marked(pilot).startswith(words):
            return
        await pilot.press("down")
    raise AssertionError(f"{words!r} is in no row:\n{frame(pilot.app)}")


# Seeing it


@pytest.mark.parametrize("size", SIZES)
async def test_the_true_end_stands_above_before_anything_is_made(
    desk: Desk, tmp_path: Path, size: tuple[int, int]
) -> None:
    take(desk, tmp_path)
    async with opened(desk, size) as pilot:
        above = " ".join(frame(pilot.app).split())
        assert "2 slots · each classroom 1–2 stops · 1 recorded · ends 10:32" in above
        assert "Not made yet: m makes it" in above
        assert [row.split() for row in rows(pilot.app)].count(["A", "B"]) == 1
        assert marked(pilot).split()[:2] == ["1", "09:05"]
        assert cursor_cell(pilot.app).character == "▸"
        assert "not yet confirmed" in rows(pilot.app)[-2]
        assert "? help" in rows(pilot.app)[-1]
        assert rotation.current(desk) is None


async def test_what_to_know_is_said_in_sentences(desk: Desk, tmp_path: Path) -> None:
    take(desk, tmp_path, PLAN.replace('roles = ["lead", "timekeeper"]', 'roles = ["lead"]'))
    prepare.add_walker(desk, "Dan")
    async with opened(desk, (120, 40)) as pilot:
        assert " Dan is on no team, while others are" in frame(pilot.app)
        times.set_team_size(desk, "1")
        pilot.app.screen.reload()  # type: ignore[attr-defined]
        await settle(pilot)
        assert " Team A has 2 walkers, and 1 are the most" in frame(pilot.app)


async def test_every_row_can_be_reached(desk: Desk, tmp_path: Path) -> None:
    take(desk, tmp_path, PLAN.replace('"08:50", "10:40"', '"06:50", "07:40"'))
    async with opened(desk) as pilot:
        for words in ("1  09:05", "V4", "V2  windows", "V2 is open", "Start", "Silent write"):
            await to_row(pilot, words)
        await to_row(pilot, "Lenses wanted")
        await press(pilot, "t")
        assert marked(pilot).startswith("1  09:05")
        await press(pilot, "t")
        assert marked(pilot).startswith("Start")


async def test_enter_on_a_slot_tells_its_times(desk: Desk, tmp_path: Path) -> None:
    take(desk, tmp_path)
    async with opened(desk) as pilot:
        await press(pilot, "down", "enter")
        assert "Slot 2: 09:26–09:38 · write to 09:41 · hall talk to 09:45" in frame(pilot.app)


async def test_many_teams_stand_in_blocks_that_fit_the_window(desk: Desk) -> None:
    walk = begin_small(desk, visits=30)
    team = [
        Walker(id=desk.new_id(), walk=walk, label=f"w{number}", team=f"Team {number}")
        for number in range(1, 31)
    ]
    desk.save("prepare", "walkers", *team)
    async with opened(desk, (80, 40)) as pilot:
        heads = [row.split() for row in rows(pilot.app) if row.strip().startswith("Team")]
        assert [one for head in heads for one in head if one != "Team"] == [
            str(number) for number in range(1, 31)
        ]
        many = len(heads)
        await pilot.resize_terminal(120, 40)
        await settle(pilot)
        fewer = [row for row in rows(pilot.app) if row.strip().startswith("Team")]
        assert 1 < len(fewer) < many


async def test_neither_visits_nor_walkers_is_no_mistake(desk: Desk) -> None:
    begin_small(desk, visits=1)
    prepare.withdraw_visit(desk, the_visit(desk, "V1"))
    async with opened(desk) as pilot:
        assert told(pilot).startswith("0 slots · ends")
        assert "Every visit is withdrawn" in frame(pilot.app)
        times.set_start(desk, "08:50")
        await press(pilot, "m")
        assert "There is nothing to plan yet" in frame(pilot.app)
        await press(pilot, "plus")
        assert "There is no slot to change" in frame(pilot.app)


async def test_every_visit_withdrawn_is_said_before_a_start_is_asked(desk: Desk) -> None:
    begin_small(desk)
    for one in prepare.visits(desk):
        prepare.withdraw_visit(desk, one)
    async with opened(desk) as pilot:
        assert "Every visit is withdrawn; under Classrooms, x brings one back" in frame(pilot.app)
        assert "no visit" not in frame(pilot.app).casefold().replace("not visit", "")
        await press(pilot, "m")
        assert "There is nothing to plan yet" in frame(pilot.app)
        assert "When does the walk start?" not in frame(pilot.app)


async def test_only_recorded_visits_need_no_slot(desk: Desk) -> None:
    begin_small(desk, visits=1)
    rooms.change_mode(desk, the_visit(desk, "V1"), "recorded")
    async with opened(desk) as pilot:
        assert told(pilot).startswith("0 slots · 1 recorded · ends")
        assert "Watched as recorded segments" in frame(pilot.app)


# Changing it


async def test_each_change_shows_the_new_end_at_once(desk: Desk, tmp_path: Path) -> None:
    take(desk, tmp_path)
    async with opened(desk) as pilot:
        await press(pilot, "t", "down", "down")
        assert marked(pilot).startswith("Visit         12 min")
        await press(pilot, "right", "right", "right")
        assert told(pilot).endswith("ends 10:38")
        assert desk.rules.visit_minutes == 15
        await press(pilot, "left")
        assert told(pilot).endswith("ends 10:36")
        await press(pilot, "plus")
        assert told(pilot).startswith("3 slots · each classroom 2 stops")
        assert marked(pilot).startswith("Slots")
        await press(pilot, "minus", "minus", "minus", "minus")
        assert desk.rules.slots == 1
        assert "1 slot · " in told(pilot)
        assert "1 not visited" in told(pilot)
        assert rotation.current(desk) is None
        await press(pilot, "u")
        assert desk.rules.slots == 2
        await press(pilot, "r")
        assert desk.rules.slots == 1


async def test_any_row_is_changed_in_place(desk: Desk, tmp_path: Path) -> None:
    take(desk, tmp_path)
    changes = [
        ("Start", "9:20", "09:20"),
        ("Silent write", "5", "5 min"),
        ("Slots", "3", "3"),
        ("Bells", "9.40-9.45, 12:00 to 12:30", "09:40–09:45, 12:00–12:30"),
        ("Stops per classroom", "1", "1"),
        ("Walkers per team", "3", "3"),
        ("Lenses wanted", "language, arts", "language, arts"),
    ]
    async with opened(desk, (120, 40)) as pilot:
        await press(pilot, "t")
        for row, typed, shown in changes:
            await to_row(pilot, row)
            await pilot.press("enter", "ctrl+u")
            await paste(pilot, typed)
            await press(pilot, "enter")
            assert " ".join(marked(pilot).split()).startswith(f"{row} {shown}")
        assert "saved 04:00" in frame(pilot.app)  # on the clock of the host school


async def test_what_cannot_be_meant_stays_with_its_reason_and_is_a_draft(
    desk: Desk, tmp_path: Path
) -> None:
    take(desk, tmp_path)
    async with opened(desk) as pilot:
        await press(pilot, "t", "enter")
        await paste(pilot, "x")
        await press(pilot, "enter")
        assert "is no time of day" in frame(pilot.app)
        await press(pilot, "escape")
        assert "Not saved yet" in frame(pilot.app)
    async with opened(desk, at="start") as pilot:
        await press(pilot, "enter")
        assert "08:50x" in frame(pilot.app)
        await press(pilot, "backspace", "enter")
        assert marked(pilot).startswith("Start         08:50")


# On paper


async def test_p_writes_pages_and_calendars_into_a_folder(desk: Desk, tmp_path: Path) -> None:
    take(desk, tmp_path)
    folder = tmp_path / "out" / "there"
    async with opened(desk) as pilot:
        await press(pilot, "p")
        assert "nothing to print" in frame(pilot.app)
        await press(pilot, "m", "p")
        await press(pilot, "ctrl+u")
        await paste(pilot, str(folder))
        await press(pilot, "enter")
        assert "4 files written to" in frame(pilot.app)
        names = {one.name for one in folder.iterdir()}
        assert names == {"rotation.html", "slips.html", "team-A.ics", "team-B.ics"}
        assert b"BEGIN:VEVENT" in (folder / "team-A.ics").read_bytes()
        await press(pilot, "p", "ctrl+u")
        await paste(pilot, str(folder))
        await press(pilot, "enter")
        assert "is there already" in " ".join(frame(pilot.app).split())
        await press(pilot, "enter")
        assert "4 files written to" in frame(pilot.app)


async def test_rooms_stand_on_the_slips_only_where_that_is_wished(
    desk: Desk, tmp_path: Path
) -> None:
    take(desk, tmp_path)
    rotation.make(desk)
    places.set_place(desk, "V1", "Room 12")
    folder = tmp_path / "out"
    async with opened(desk) as pilot:
        await press(pilot, "p", "ctrl+u")
        await paste(pilot, str(folder))
        await press(pilot, "enter", "enter")
        assert "Room 12" not in (folder / "slips.html").read_text(encoding="utf-8")
        await press(pilot, "p", "ctrl+u")
        await paste(pilot, str(folder))
        await press(pilot, "enter", "right", "enter", "enter")
        assert "Room 12" in (folder / "slips-with-rooms.html").read_text(encoding="utf-8")


# Whatever people write


@pytest.mark.parametrize("size", SIZES)
async def test_hostile_labels_and_codes_do_nothing(desk: Desk, size: tuple[int, int]) -> None:
    walk = begin_small(desk, visits=1)
    walkers = [
        Walker(id=desk.new_id(), walk=walk, label=words, team=words, lens=words)
        for words in PAYLOADS
    ]
    visits = [
        Visit(id=desk.new_id(), walk=walk, code=words, place=9, mode=mode)
        for words in PAYLOADS[:6]
        for mode in ("in_person",)
    ]
    desk.save("prepare", "plan", *walkers, *visits)
    desk.save("prepare", "rules", desk.rules.changed(lens_in_every_visit=PAYLOADS[:3]))
    rotation.make(desk)
    correction.go_to(desk, PAYLOADS[4])
    async with opened(desk, size) as pilot:
        await pilot.press(*["pagedown"] * 6, *["up"] * 9)
        await press(pilot, "l", "2", "escape", "p", "escape")
        assert not {sign for sign in frame(pilot.app) if sign < " " and sign != "\n"}
        assert "\u202e" not in frame(pilot.app)


async def test_help_names_every_key(desk: Desk, tmp_path: Path) -> None:
    take(desk, tmp_path)
    async with opened(desk, (120, 50)) as pilot:
        await press(pilot, "question_mark")
        shown = " ".join(frame(pilot.app).split())
        for words in (
            "one slot more",
            "Make the rotation",
            "From the table",
            "on this laptop alone",
        ):
            assert words in shown
        await press(pilot, "escape", "escape")
        top = pilot.app.screen
        assert isinstance(top, WalkScreen)
        assert top.name_in_app == "prepare"


async def test_the_clock_in_the_title_moves(desk: Desk, tmp_path: Path) -> None:
    take(desk, tmp_path)
    async with opened(desk) as pilot:
        assert isinstance(desk.clock, FixedClock)
        desk.clock.advance(minutes=7)
        assert isinstance(pilot.app.screen, WalkScreen)
        pilot.app.screen.tick()
        await pilot.pause()
        assert rows(pilot.app)[0].endswith("04:07")  # on the clock of the host school
