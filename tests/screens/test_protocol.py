"""The steps of the debrief by keys: minutes in the title, lines typed fast, hosts, wonderings."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.desks import desk_at
from tests.frames import rows
from tests.routine.table_of import INQUIRY, write
from tests.screens import protocol_page
from tests.screens.protocol_page import screen_name, step_now
from tests.screens.table import SIZES, open_at
from walk import protocol as steps
from walk.clock import FixedClock
from walk.model import Debriefing, Theme, Trend
from walk.routine.debriefing import debrief, protocol, stating
from walk.routine.desk import Desk

desk = protocol_page.desk
describing = protocol_page.describing


def _advance(desk: Desk, minutes: float) -> None:
    assert isinstance(desk.clock, FixedClock)
    desk.clock.advance(minutes=minutes)


def _trend(desk: Desk) -> Trend:
    notes = write(desk, [(1, "wait 5 s"), (2, "wait 6 s")])
    theme = debrief.put_in_new(desk, notes, "Wait")
    debrief.put(desk, write(desk, [(1, "how long is long?")], kind="wondering"), theme)
    return stating.state_trend(desk, theme, "Waits grow.")


# All steps -----------------------------------------------------------------------------------


async def test_from_home_d_opens_the_steps_with_their_minutes(desk: Desk) -> None:
    async with open_at(desk, "home") as seen:
        shown = await seen.keys("d")
        assert screen_name(seen) == "protocol"
        assert "8 steps, 45 min in all" in shown
        for one in steps.STEPS:
            assert one.title in shown
        assert "Enter begins" in shown
        assert not desk.store.all(Debriefing, desk.walk_id)


async def test_nobody_is_forced_d_again_groups_without_it(desk: Desk) -> None:
    async with open_at(desk, "home") as seen:
        await seen.keys("d", "d")
        assert screen_name(seen) == "debrief"
        assert not desk.store.all(Debriefing, desk.walk_id)


async def test_a_whole_debrief_by_f_alone(desk: Desk) -> None:
    async with open_at(desk, "home") as seen:
        assert "Are host teachers at the table?" in await seen.keys("d", "enter")
        assert "Debrief 1 of 8 · Inquiry and norms" in await seen.keys("n")
        assert INQUIRY[:40] in seen.sees()
        assert "Debrief 2 of 8" in await seen.keys("f")
        assert "Debrief 3 of 8 · Silent read" in await seen.keys("escape", "f")
        assert "Debrief 4 of 8 · Describe only" in await seen.keys("f")
        assert "Debrief 5 of 8 · Group like with like" in await seen.keys("escape", "f")
        assert "Debrief 6 of 8 · State trends" in await seen.keys("f")
        assert "Debrief 7 of 8 · Wonderings" in await seen.keys("f")
        assert "Debrief 8 of 8 · Next steps and support" in await seen.keys("f")
        await seen.keys("f")
        assert screen_name(seen) == "summary"
        assert protocol.standing(desk).ended


async def test_the_minutes_go_by_and_nothing_goes_on_by_itself(desk: Desk) -> None:
    protocol.begin(desk, hosts=False)
    async with open_at(desk, "protocol") as seen:
        for minutes, words in ((1, "1 of 2 min"), (1, "2 of 2 min"), (2, "over by 2 min")):
            _advance(desk, minutes)
            seen.app.screen._each_second()  # type: ignore[attr-defined]
            await seen.pilot.pause()
            assert rows(seen.app)[0].endswith(words)
        assert "Debrief 1 of 8" in seen.sees()
        assert step_now(desk) == "norms"


@pytest.mark.parametrize("step", steps.IDS)
async def test_every_step_has_its_minutes_in_the_title(desk: Desk, step: str) -> None:
    protocol.begin(desk, hosts=False)
    place = protocol.go_to(desk, step)
    _advance(desk, 1)
    async with open_at(desk, place.screen, at=place.at) as seen:
        first = rows(seen.app)[0]
        number = steps.number(step)
        assert first.startswith(f" Debrief {number} of 8 · {steps.step(step).title}")
        assert first.endswith(f"1 of {steps.USUAL[step]} min")


async def test_it_opens_again_where_it_stood(describing: Desk) -> None:
    async with open_at(describing, "home") as seen:
        assert "Debrief 4 of 8" in await seen.keys("d")


async def test_at_thirty_it_shows_which_step_was_shortened_and_by_how_much(desk: Desk) -> None:
    async with open_at(desk, "protocol") as seen:
        shown = await seen.keys("t", "3", "0", "enter")  # not typed behind the 45
        assert "8 steps, 30 min in all" in shown
        assert "Next steps and support" in shown  # all eight, with what is said of them
        assert "left out, usually 3 min" in shown
        assert "shortened from 10 to 5 min" in shown
        assert "silent read and describe are never shortened" in shown
        (read,) = [row for row in rows(seen.app) if row.strip("▸ ").startswith("3")]
        assert read.endswith(" 7 min")
        assert "45 min in all" in await seen.keys("u")


async def test_a_step_gets_other_minutes_and_no_nonsense(desk: Desk) -> None:
    async with open_at(desk, "protocol") as seen:
        await seen.keys("down", "down", "down", "down")
        assert "As before: 10 min" in await seen.keys("m", "enter")
        await seen.keys("m")
        assert "This is not a number of minutes" in await seen.keys("x", "enter")
        assert "Group like with like: 12 min" in await seen.keys("backspace", "1", "2", "enter")
        assert protocol.minutes(desk)["group"] == 12


async def test_a_break_stops_the_clock(desk: Desk) -> None:
    protocol.begin(desk, hosts=False)
    async with open_at(desk, "protocol", at=protocol.ALL) as seen:
        assert "clock stopped" in await seen.keys("p")
        _advance(desk, 30)
        assert "now · 0 of 2 min" in await seen.keys("p")


async def test_enter_goes_to_any_step(describing: Desk) -> None:
    async with open_at(describing, "protocol", at=protocol.ALL) as seen:
        assert "Debrief 5 of 8" in await seen.keys("down", "enter")
        assert step_now(describing) == "group"


async def test_enter_is_told_as_what_it_does_and_only_where_it_does_something(desk: Desk) -> None:
    async with open_at(desk, "protocol") as seen:
        assert "Enter begin" in seen.sees()
        await seen.keys("enter", "n")
        assert "Enter" not in rows(seen.app)[-1]
        assert "Enter open" in await seen.keys("0")
        assert "Debrief 4 of 8" in await seen.keys("home", "down", "down", "down", "enter")


async def test_a_prompt_of_two_lines_is_set_in(describing: Desk) -> None:
    async with open_at(describing, "protocol", size=(60, 20)) as seen:
        (first,) = [n for n, row in enumerate(rows(seen.app)) if row.startswith(" · Go round")]
        assert rows(seen.app)[first + 1].startswith("   ")


async def test_undo_takes_going_on_back_and_leads_there(desk: Desk) -> None:
    protocol.begin(desk, hosts=False)
    protocol.go_to(desk, "wonderings")
    async with open_at(desk, "protocol") as seen:
        assert "Debrief 1 of 8" in await seen.keys("u")
        assert "Debrief 7 of 8" in await seen.keys("z")


async def test_what_another_program_goes_on_to_is_shown(describing: Desk, tmp_path: Path) -> None:
    async with open_at(describing, "protocol", at="describe") as seen:
        with desk_at(tmp_path / "test.walkdb") as other:
            protocol.go_on(other, "describe")
        seen.app.screen._each_second()  # type: ignore[attr-defined]
        await seen.pilot.pause()
        assert "the team is at 5" in seen.sees()


# Host teachers -------------------------------------------------------------------------------


async def test_with_host_teachers_the_trends_are_offered(desk: Desk) -> None:
    async with open_at(desk, "protocol") as seen:
        shown = "".join(
            row.partition("│")[2].rpartition("│")[0] + " "
            for row in (await seen.keys("enter", "y")).splitlines()
        )
        shown = " ".join(shown.split())
        assert "With host teachers: begin at the trends?" in shown
        assert "No theme is made yet" in shown
        await seen.keys("t")
        assert screen_name(seen) == "trends"
        assert protocol.standing(desk).record.hosts == "present"


async def test_unless_they_agreed_otherwise(desk: Desk) -> None:
    async with open_at(desk, "protocol") as seen:
        assert "Debrief 1 of 8" in await seen.keys("enter", "y", "a")
        assert protocol.standing(desk).record.agreed_otherwise
        assert "host teachers at the table: agreed to all of it" in await seen.keys("0")


async def test_esc_begins_nothing(desk: Desk) -> None:
    async with open_at(desk, "protocol") as seen:
        await seen.keys("enter", "escape")
        await seen.keys("enter", "y", "escape")
        assert not protocol.standing(desk).begun


async def test_host_teachers_who_come_later_find_the_trends(describing: Desk) -> None:
    async with open_at(describing, "protocol", at=protocol.ALL) as seen:
        await seen.keys("h", "t")
        assert screen_name(seen) == "trends"
        record = protocol.standing(describing).record
        assert (record.hosts, step_now(describing)) == ("present", "trends")


# Wonderings ----------------------------------------------------------------------------------


async def test_wonderings_stand_with_their_trend_and_what_it_takes_to_know(desk: Desk) -> None:
    trend = _trend(desk)
    write(desk, [(2, "who decides?")], kind="wondering")
    protocol.begin(desk, hosts=False)
    protocol.go_to(desk, "wonderings")
    async with open_at(desk, "protocol") as seen:
        shown = seen.sees()
        assert shown.index("Waits grow.") < shown.index("how long is long?")
        assert shown.index("With no theme yet") < shown.index("who decides?")
        assert "What would it take to know?" in await seen.keys("k")
        await seen.type("Ask three students")
        assert "Kept with the trend" in await seen.keys("enter")
        assert "Ask three students" in seen.sees()
        held = desk.store.get(Trend, trend.id)
        assert held is not None
        assert held.to_know == "Ask three students"
        await seen.keys("u")
        held = desk.store.get(Trend, trend.id)
        assert held is not None
        assert held.to_know == ""


async def test_a_wondering_of_no_trend_says_what_comes_first(desk: Desk) -> None:
    write(desk, [(2, "who decides?")], kind="wondering")
    protocol.begin(desk, hosts=False)
    protocol.go_to(desk, "wonderings")
    async with open_at(desk, "protocol") as seen:
        assert "State the theme as a trend first" in await seen.keys("k")


async def test_without_wonderings_it_says_so(desk: Desk) -> None:
    protocol.begin(desk, hosts=False)
    protocol.go_to(desk, "wonderings")
    async with open_at(desk, "protocol") as seen:
        assert "No wonderings yet" in seen.sees()
        await seen.keys("k", "enter")


# Sizes ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("at", [protocol.ALL, "norms", "describe", "wonderings"])
async def test_it_is_right_in_every_size(desk: Desk, size: tuple[int, int], at: str) -> None:
    _trend(desk)
    protocol.begin(desk, hosts=False)
    protocol.set_total(desk, 30)
    if at != protocol.ALL:
        protocol.go_to(desk, at)
    async with open_at(desk, "protocol", size, at=at) as seen:
        shown = rows(seen.app)
        assert len(shown) == size[1]
        assert "? help" in shown[-1] or "Enter save" in shown[-1]
        if at == protocol.ALL:
            assert any("8 " in row and "Next steps and support" in row for row in shown)
        else:
            prompts = " ".join(" ".join(shown).split())
            assert all(one in prompts for one in steps.step(at).prompts)


async def test_after_a_purge_the_steps_still_open(desk: Desk) -> None:
    from walk.routine.keeping import purge

    protocol.begin(desk, hosts=False)
    protocol.go_to(desk, "describe")
    purge.purge(desk)
    async with open_at(desk, "protocol") as seen:
        await seen.type("one more")
        assert "The raw notes of this walk were purged" in await seen.keys("enter")
        assert not desk.store.all(Theme, desk.walk_id)
