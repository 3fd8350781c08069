"""The rotation by keys: made, asked about, worked out beside, read on another laptop."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.burst import type_keys
from tests.desks import begin_small
from tests.frames import frame, rows
from tests.routine.rotation_plan import take
from tests.screens import rotation_page
from tests.screens.rotation_page import marked, opened, press, settle, told
from tests.waiting import held_up
from walk.app import WalkApp
from walk.model import Visit, Walker
from walk.routine.desk import Desk, Place
from walk.routine.planning import places, rotation, times
from walk.routine.timekeeping import correction
from walk.screens.planning import rotation_planning

desk = rotation_page.desk


def standing(pilot: Pilot[str]) -> str:
    return rows(pilot.app)[2].strip()


# Making it


async def test_m_makes_it_and_a_change_of_the_plan_is_told(desk: Desk, tmp_path: Path) -> None:
    take(desk, tmp_path)
    async with opened(desk) as pilot:
        await press(pilot, "m")
        made = rotation.current(desk)
        assert made is not None
        assert (made.sequence, len(made.stops)) == (1, 4)
        assert standing(pilot) == "As of Tue 14 Oct 04:00"
        await press(pilot, "m")
        assert "It is made already" in frame(pilot.app)
        await press(pilot, "t", "right")
        assert standing(pilot) == "Made Tue 14 Oct 04:00, before the plan changed: m makes it again"
        assert told(pilot) == "Now: 2 slots · each classroom 1–2 stops · 1 recorded · ends 10:37"
        assert marked(pilot).startswith("Start         08:55")
        await press(pilot, "minus")
        assert "Not visited if it is made now" in frame(pilot.app)
        assert rotation.current(desk) == made
        await press(pilot, "u", "m")
        again = rotation.current(desk)
        assert again is not None
        assert again.sequence == 2
        assert again.starts == made.starts + 5 * 60_000
        await press(pilot, "u")
        assert rotation.current(desk) == made
        await press(pilot, "r")
        assert rotation.current(desk) == again


async def test_m_asks_when_the_walk_starts(desk: Desk) -> None:
    begin_small(desk)
    async with opened(desk) as pilot:
        assert "No start is set" in frame(pilot.app)
        await press(pilot, "m")
        assert "When does the walk start?" in frame(pilot.app)
        await type_keys(pilot, "8:50")
        await press(pilot, "enter")
        made = rotation.current(desk)
        assert made is not None
        assert rotation.hhmm(made.starts, "") == "08:50"
        assert "No start is set" not in frame(pilot.app)


async def test_a_large_plan_is_worked_out_beside_the_keys(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    take(desk, tmp_path)
    monkeypatch.setattr(rotation_planning, "AT_ONCE", 0)
    go_on = held_up(monkeypatch, rotation, "draw")
    async with WalkApp(desk, Place("rotation")).run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert told(pilot) == "working it out …"
        await pilot.press("t", "down", "down", "right")
        assert marked(pilot).startswith("Visit         13 min")
        await pilot.press("m")
        assert "saved as soon as it is there" in frame(pilot.app)
        assert rotation.current(desk) is None
        go_on.set()
        await settle(pilot)
        made = rotation.current(desk)
        assert made is not None
        assert made.visit_minutes == 13
        assert told(pilot).endswith("ends 10:34")


async def test_forty_teams_and_two_hundred_visits(desk: Desk) -> None:
    walk = begin_small(desk, visits=1)
    visits = [
        Visit(id=desk.new_id(), walk=walk, code=f"V{number}", place=number)
        for number in range(2, 201)
    ]
    walkers = [
        Walker(id=desk.new_id(), walk=walk, label=f"w{number}", team=f"T{number}")
        for number in range(40)
    ]
    desk.save("prepare", "plan", *visits, *walkers)
    times.set_start(desk, "08:00")
    async with opened(desk) as pilot:
        assert told(pilot).startswith("5 slots · each classroom 1 stop ·")
        await press(pilot, "m")
        made = rotation.current(desk)
        assert made is not None
        assert len({one.visit for one in made.stops}) == 200
        await press(pilot, "end")
        assert marked(pilot).startswith("Lenses wanted")


# On another laptop


async def test_a_walkers_laptop_reads_the_plan_and_corrects_it_here(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    take(desk, tmp_path)
    rotation.make(desk)
    monkeypatch.setattr(Desk, "is_lead", lambda _: False)
    async with opened(desk) as pilot:
        assert standing(pilot) == "As of Tue 14 Oct 04:00"
        await press(pilot, "m")
        assert "made on another laptop" in frame(pilot.app)
        await press(pilot, "t", "right")
        assert "made on another laptop" in frame(pilot.app)
        await press(pilot, "l", "1")
        await type_keys(pilot, "5")
        await press(pilot, "enter")
        assert "corrected here: 5 min later" in frame(pilot.app)
        await press(pilot, "l", "2", "3")
        assert correction.read(desk) == correction.Correction(5, "V3")
        await press(pilot, "l", "3")
        assert "As planned again" in frame(pilot.app)
        assert "corrected here" not in frame(pilot.app)
    assert desk.rules.visit_minutes == 12


async def test_a_plan_that_came_with_an_older_rotation_says_so(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    take(desk, tmp_path)
    rotation.make(desk)
    times.set_minutes(desk, "visit", 30)
    monkeypatch.setattr(Desk, "is_lead", lambda _: False)
    async with opened(desk) as pilot:
        assert told(pilot).endswith("ends 10:32")
        assert standing(pilot) == "As of Tue 14 Oct 04:00; the plan changed since"


async def test_an_own_room_given_meanwhile_is_seen_before_m(desk: Desk, tmp_path: Path) -> None:
    take(desk, tmp_path)
    async with opened(desk) as pilot:
        for code in ("V1", "V2"):
            places.set_place(desk, code, "Room 12", ("Ana",))
        await press(pilot, "m")
    made = rotation.current(desk)
    assert made is not None
    assert {one.visit for one in made.stops if one.team == "B"} == {"V3"}


async def test_the_mend_for_an_own_room_stays_in_sight_after_m(desk: Desk, tmp_path: Path) -> None:
    take(desk, tmp_path)
    places.set_place(desk, "V1", "Room 12", ("Ana", "Ben"))
    mend = "may not enter V1"
    async with opened(desk, (120, 40)) as pilot:
        assert mend in frame(pilot.app)
        await press(pilot, "m")
        assert standing(pilot).startswith("As of")
        assert mend in frame(pilot.app)
    async with opened(desk, (120, 40)) as pilot:
        assert mend in frame(pilot.app)
    made = rotation.current(desk)
    assert made is not None
    assert mend not in " ".join(made.warnings)
