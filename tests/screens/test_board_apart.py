"""Boards apart from the usual: two on one store, many teams, nothing to keep time of."""

from __future__ import annotations

from pathlib import Path

from tests.desks import begin_small, desk_at, write_form
from tests.frames import rows
from tests.screens import boards
from tests.screens.boards import SIZES, at, digit_rows, planned, press, started, view_of
from tests.screens.table import HOSTILE, open_at
from walk.clock import FixedClock
from walk.routine.desk import Desk
from walk.routine.following import steps
from walk.routine.planning import rotation
from walk.routine.timekeeping import board
from walk.screens.timekeeping.board_keys import KEYS

clock = boards.clock
desk = boards.desk


# Two boards, many teams, other windows


async def test_two_boards_on_one_store_agree(tmp_path: Path, desk: Desk, clock: FixedClock) -> None:
    with desk_at(tmp_path / "one.walkdb", clock) as other:
        started(desk, clock)
        async with open_at(desk, "board") as seen:
            await press(seen, "e")
            board.next_phase(other)
            shown = await at(seen, clock, seconds=1)
            assert "SILENT WRITE" in shown
            assert board.view(other) == view_of(seen)
            assert "To the debrief? Ends " in shown
            clock.advance(minutes=7)
            board.next_phase(other)
            assert f"? Ends {board.preview(other, 'A', 'end_early').ends}" in await at(seen, clock)
            await press(seen, "\x1b ")
            assert board.view(other) == view_of(seen)
            board.hold(other)
            await at(seen, clock, seconds=1)
            assert view_of(seen).held
            assert "Undone" in await press(seen, "u")
            assert not board.view(other).held


async def test_another_teams_board_is_chosen(desk: Desk, clock: FixedClock) -> None:
    async with open_at(desk, "board") as seen:
        shown = await press(seen, "g2")
        assert "Team B" in shown.split("\n")[0]
        assert "Team A as planned" in shown
    async with open_at(desk, "board") as seen:
        assert "Team B" in rows(seen.app)[0]


async def test_forty_teams_do_not_break_it(tmp_path: Path, clock: FixedClock) -> None:
    with planned(tmp_path, clock, 40, 40, 3) as desk:
        started(desk, clock)
        async with open_at(desk, "board") as seen:
            for size in SIZES[:3]:
                await seen.pilot.resize_terminal(*size)
                await seen.pilot.pause()
                shown = seen.sees()
                assert digit_rows(seen) >= size[1] / 2
                assert "Team T0 V" in shown
                assert " more as planned" in shown
                assert "ends " in shown
            await press(seen, "g")
            await press(seen, "4")
            assert rows(seen.app)[0].endswith("Team T3")


async def test_labels_of_people_act_on_nothing(tmp_path: Path, clock: FixedClock) -> None:
    with desk_at(tmp_path / "odd.walkdb", clock) as desk:
        begin_small(desk)
        for label in (*HOSTILE, "w" * 60):
            add_walker(desk, label)
        rotation.make(desk)
        async with open_at(desk, "board") as seen:
            shown = await press(seen, "  g")
            assert "\x1b" not in shown
            assert "[bob]" in shown
            shown = await press(seen, "1")
            assert "VISIT" in shown or "BEFORE" in shown


def add_walker(desk: Desk, label: str) -> None:
    """A walker on a team of that label."""
    from walk.model import Walker

    team = label.replace("\x1b", "")
    desk.save("prepare", "", Walker(id=desk.new_id(), walk=desk.walk_id, label=label, team=team))


# Nothing to keep time of


async def test_without_a_rotation_it_is_a_plain_clock(tmp_path: Path, clock: FixedClock) -> None:
    with desk_at(tmp_path / "small.walkdb", clock) as desk:
        begin_small(desk)
        async with open_at(desk, "board") as seen:
            assert "planned" not in seen.sees()
            assert digit_rows(seen) >= 12
            shown = await press(seen, " ")
            assert "ORIENTATION" in shown or "VISIT" in shown
            assert "behind" not in shown


async def test_without_a_visit_it_says_how_to_add_one(tmp_path: Path, clock: FixedClock) -> None:
    from walk.routine.planning import prepare

    with desk_at(tmp_path / "small.walkdb", clock) as desk:
        begin_small(desk, visits=1)
        prepare.withdraw_visit(desk, prepare.visits(desk)[0])
        async with open_at(desk, "board") as seen:
            assert "▲ No visits to go to yet: p on Home opens Prepare" in seen.sees()


async def test_when_every_visit_was_entered_it_says_where_space_goes(
    tmp_path: Path, clock: FixedClock
) -> None:
    with desk_at(tmp_path / "small.walkdb", clock) as desk:
        begin_small(desk, visits=1)
        write_form(desk, "V1", "pens down")
        async with open_at(desk, "board") as seen:
            assert "▲ Every visit was entered: Space goes to the debrief" in seen.sees()


async def test_when_all_is_over_it_says_so(desk: Desk, clock: FixedClock) -> None:
    started(desk, clock)
    async with open_at(desk, "board") as seen:
        await press(seen, "e\r ")
        assert rows(seen.app)[0].startswith(" OVER")
        assert "nothing comes next" in await press(seen, " ")
        assert "Undone" in await press(seen, "u")
        assert rows(seen.app)[0].startswith(" DEBRIEF")


async def test_a_closed_walk_says_so(desk: Desk) -> None:
    steps.call_off(desk, "snow")
    async with open_at(desk, "board") as seen:
        assert "This walk is closed" in seen.sees()


async def test_an_unconfirmed_focus_is_told_here_too(desk: Desk) -> None:
    async with open_at(desk, "board") as seen:
        assert "not yet confirmed" in seen.sees()


async def test_without_a_walk_nothing_breaks(tmp_path: Path, clock: FixedClock) -> None:
    with desk_at(tmp_path / "none.walkdb", clock) as desk:
        async with open_at(desk, "board") as seen:
            assert "No walk is open" in seen.sees()
            await press(seen, " +bhsxwieto")
            assert "HomeScreen" not in type(seen.app.screen).__name__
            await press(seen, "\x1b")
            assert type(seen.app.screen).__name__ == "HomeScreen"


async def test_esc_goes_home_and_help_names_every_key(desk: Desk) -> None:
    async with open_at(desk, "board", (120, 60)) as seen:
        shown = await press(seen, "?")
        for _, _, _, _, help in KEYS[:8]:
            assert help[:30] in shown
        await press(seen, "\x1b\x1b")
        assert type(seen.app.screen).__name__ == "HomeScreen"
