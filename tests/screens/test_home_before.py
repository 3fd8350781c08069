"""What Home brings back by keys: words not saved, steps and walks of before."""

from __future__ import annotations

from pathlib import Path

from tests.desks import begin_small, desk_at, the_visit
from tests.frames import frame, rows
from tests.screens import home_page
from tests.screens.home_page import at, marked, opened, screen, to_row
from walk.model import Step
from walk.routine.desk import Desk
from walk.routine.planning import prepare, rooms
from walk.routine.visiting import visit
from walk.screens.base import WalkScreen

desk = home_page.desk


async def test_words_recovered_after_a_crash_are_announced_with_their_place(desk: Desk) -> None:
    begin_small(desk)
    form = visit.enter(desk, the_visit(desk, "V2"))
    desk.keep_draft(f"visit:{form.id}", "[/x] T: say mo")
    async with opened(desk) as pilot:
        await to_row(pilot, "Not saved yet: “[/x] T: say mo” (visit V2)")
        await pilot.press("enter")
        await pilot.pause()
        assert (screen(pilot), at(pilot)) == ("visit", form.visit)


async def test_words_of_another_walker_are_announced_but_not_shown(desk: Desk) -> None:
    begin_small(desk)
    form = visit.enter(desk, the_visit(desk, "V2"))
    desk.keep_draft(f"visit:{form.id}", "secret")
    desk.write_as(prepare.add_walker(desk, "Ben").id)
    async with opened(desk) as pilot:
        await to_row(pilot, "Not saved yet: (visit V2, by me)")
        assert "secret" not in frame(pilot.app)
        await pilot.press("enter")
        await pilot.pause()
        assert screen(pilot) == "home"
        assert "choose them with w" in frame(pilot.app)


async def test_open_steps_come_back_at_the_next_walk(desk: Desk) -> None:
    first = begin_small(desk)
    step = Step(
        id=desk.new_id(),
        walk=first,
        what="Share wait-time clips",
        owner="coach",
        by_when="2025-11-03",
    )
    desk.save("steps", "step", step)
    begin_small(desk, template="cognitive_demand")
    async with opened(desk) as pilot:
        told = [row for row in rows(pilot.app) if "open next step" in row or "Next: visit" in row]
        assert "1 open next step from 14 Oct" in told[0]  # it stands before all else
        assert marked(pilot) == "Next: visit V1, in person"
        await pilot.press("s")
        await pilot.pause()
        assert marked(pilot).startswith("3 Nov  Share wait-time clips")
        await pilot.press("o")
        await pilot.pause()
        assert screen(pilot) == "steps"
        assert desk.walk_id == first


async def test_an_earlier_walk_is_opened_in_place(desk: Desk) -> None:
    first = begin_small(desk)
    begin_small(desk, template="cognitive_demand")
    async with opened(desk) as pilot:
        await to_row(pilot, "14 Oct  Reasons and sources in discussion")
        assert marked(pilot).endswith("open · 3 visits · 0 trends")
        await pilot.press("enter")
        await pilot.pause()
        assert desk.walk_id == first
        assert rows(pilot.app)[0].startswith(" walk · Reasons and sources")
        assert marked(pilot) == "Next: visit V1, in person"


async def test_walks_but_none_on_the_desk(desk: Desk) -> None:
    begin_small(desk)
    desk.walk_id = ""
    async with opened(desk) as pilot:
        assert marked(pilot) == "n  begin a small walk"
        await to_row(pilot, "14 Oct  Reasons and sources")
        await pilot.press("enter")
        await pilot.pause()
        assert marked(pilot) == "Next: visit V1, in person"


async def test_what_another_program_writes_is_shown(desk: Desk, tmp_path: Path) -> None:
    begin_small(desk)
    async with opened(desk) as pilot:
        with desk_at(tmp_path / "one.walkdb") as other:
            rooms.add(other, 1)
        assert isinstance(pilot.app.screen, WalkScreen)
        pilot.app.screen._each_second()
        await pilot.pause()
        assert "V4  in person" in frame(pilot.app)
