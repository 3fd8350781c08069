"""Stating trends by keyboard: first the sentence, then asset or need, then examples one by one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.frames import cursor_cell
from tests.routine.table_of import INQUIRY, walk_of, write
from tests.screens.table import HOSTILE, SIZES, open_at
from walk.model import Theme, Trend
from walk.routine.debriefing import debrief, stating
from walk.routine.desk import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with walk_of(tmp_path) as found:
        yield found


def theme_of(desk: Desk, rooms: list[int], name: str = "Wait", *, speech: bool = False) -> Theme:
    notes = write(
        desk, [(room, f"note of {name} {n}") for n, room in enumerate(rooms)], speech=speech
    )
    return debrief.put_in_new(desk, notes, name)


def trend(desk: Desk) -> Trend:
    found = debrief.table(desk).themes[0].trend
    assert found is not None
    return found


async def test_asset_and_need_wait_for_a_statement(desk: Desk) -> None:
    theme_of(desk, [1, 2])
    async with open_at(desk, "trends") as seen:
        assert "not yet stated" in seen.sees()
        for key in ("a", "n", "space"):
            assert "State it first" in await seen.keys(key)
        assert debrief.table(desk).themes[0].trend is None
        assert "what was seen, across rooms?" in await seen.keys("s")
        await seen.type("Answers grow.")
        assert "Trend stated · saved 09:00" in await seen.keys("enter")
        assert trend(desk).polarity == ""
        await seen.keys("a")
        assert trend(desk).polarity == "asset"
        await seen.keys("n")
        assert trend(desk).polarity == "need"
        await seen.keys("space")
        assert trend(desk).polarity == ""
        await seen.keys("u", "u")
        assert trend(desk).polarity == "asset"


async def test_inquiry_spread_and_contrary_evidence_are_shown(desk: Desk) -> None:
    theme = theme_of(desk, [1, 1, 2])
    (against,) = write(desk, [(3, "other")])
    debrief.put(desk, [against], theme, contrary=True)
    async with open_at(desk, "trends") as seen:
        shown = " ".join(seen.sees().split())
        assert INQUIRY in shown
        assert "2 visits, 1 against" in shown
        assert "2 visits · 3 noticings · evidence against it in 1 visit" in shown


async def test_one_classroom_is_parked_with_the_reason_and_shown_apart(desk: Desk) -> None:
    theme_of(desk, [1, 1])
    async with open_at(desk, "trends") as seen:
        await seen.keys("s")
        await seen.type("Answers grow.")
        shown = await seen.keys("enter")
        assert "Parked: seen in one classroom, never printed" in shown
        assert "kept in mind, never printed" in " ".join(shown.split())
        assert "parked" in await seen.keys("a")
        assert trend(desk).polarity == ""


async def test_an_empty_sentence_stays_in_the_dialog_with_the_reason(desk: Desk) -> None:
    theme_of(desk, [1, 2])
    async with open_at(desk, "trends") as seen:
        await seen.keys("s")
        assert "A trend needs a sentence" in await seen.keys("enter")
        await seen.type("Pairs wrote")
        await seen.keys("enter")
        assert trend(desk).statement == "Pairs wrote"


async def test_what_was_typed_is_there_again_after_esc(desk: Desk) -> None:
    theme_of(desk, [1, 2])
    async with open_at(desk, "trends") as seen:
        await seen.keys("s")
        await seen.type("Pairs")
        await seen.keys("escape")
        assert "Pairs" in await seen.keys("s")
        await seen.keys("enter")
        assert trend(desk).statement == "Pairs"


async def test_examples_are_chosen_in_the_evidence(desk: Desk) -> None:
    theme = theme_of(desk, [1, 2, 3, 4])
    stating.state_trend(desk, theme, "Answers grow.")
    async with open_at(desk, "trends") as seen:
        shown = await seen.keys("enter")
        assert "Supports it · 4 visits" in shown
        for _ in range(3):
            await seen.keys("e", "down")
        assert len(trend(desk).examples) == 3
        assert "3 examples at most" in await seen.keys("e")
        await seen.keys("up", "e")
        assert len(trend(desk).examples) == 2
        assert "Answers grow." in await seen.keys("escape")


async def test_quoted_speech_is_asked_about_before_it_is_an_example(desk: Desk) -> None:
    theme = theme_of(desk, [1, 2], speech=True)
    stating.state_trend(desk, theme, "Answers grow.")
    async with open_at(desk, "trends") as seen:
        question = "Would colleagues know who said this?"
        assert question in await seen.keys("enter", "e")
        await seen.keys("y")
        assert trend(desk).examples == ()
        await seen.keys("e", "escape")
        assert trend(desk).examples == ()
        assert question not in await seen.keys("e", "n")
        assert len(trend(desk).examples) == 1
        # Taking it back asks nothing.
        await seen.keys("e")
        assert trend(desk).examples == ()


async def test_no_example_of_what_is_parked_or_not_stated(desk: Desk) -> None:
    theme = theme_of(desk, [1, 1])
    async with open_at(desk, "trends") as seen:
        assert "State the theme first" in await seen.keys("enter", "e")
        stating.state_trend(desk, theme, "Answers grow.")
        seen.app.screen.reload()  # type: ignore[attr-defined]
        assert "parked" in await seen.keys("e")
        assert trend(desk).examples == ()


async def test_contrary_evidence_stays_in_view(desk: Desk) -> None:
    theme = theme_of(desk, [1, 2, 3])
    stating.state_trend(desk, theme, "Answers grow.")
    async with open_at(desk, "trends") as seen:
        shown = await seen.keys("enter", "c")
        assert "Supports it · 2 visits" in shown
        assert "Runs against it · 1 visit" in shown
        assert trend(desk).counts.contrary_visits == 1


async def test_a_statement_is_taken_back_and_undo_brings_it_again(desk: Desk) -> None:
    theme = theme_of(desk, [1, 2])
    stating.state_trend(desk, theme, "Answers grow.")
    async with open_at(desk, "trends") as seen:
        assert "Themes not yet stated" in await seen.keys("delete")
        await seen.keys("u")
        assert trend(desk).statement == "Answers grow."


async def test_from_grouping_s_leads_to_the_theme(desk: Desk) -> None:
    theme_of(desk, [1, 2], "First")
    theme_of(desk, [1, 2], "Second")
    async with open_at(desk, "debrief") as seen:
        shown = await seen.keys("right", "down", "s")
        assert "Debrief · Trends" in shown
        assert "s states the theme" in shown
        assert "Second · 2 visits" in await seen.keys("s")


async def test_without_themes_it_says_where_to_go(desk: Desk) -> None:
    async with open_at(desk, "trends") as seen:
        assert "Group the notes first" in seen.sees()
        await seen.keys("s", "a", "e", "enter", "delete")
        assert "Debrief · Group" in await seen.keys("b")


@pytest.mark.parametrize("size", SIZES)
async def test_hostile_words_are_only_words(desk: Desk, size: tuple[int, int]) -> None:
    for words in HOSTILE:
        theme = debrief.put_in_new(desk, write(desk, [(1, words), (2, words)], speech=True), words)
        stating.state_trend(desk, theme, words)
    async with open_at(desk, "trends", size=size) as seen:
        assert "[/x] [bob] [1" in seen.sees()
        for keys in (("s",), ("escape", "enter"), ("e",), ("n",), ("enter",)):
            shown = await seen.keys(*keys)
            assert "\x1b" not in shown
            assert "‮" not in shown


async def test_forty_trends_scroll_with_the_cursor_on_the_one_in_hand(desk: Desk) -> None:
    for number in range(40):
        theme = theme_of(desk, [1, 2], f"Theme {number}")
        stating.state_trend(desk, theme, f"Statement {number}")
    async with open_at(desk, "trends") as seen:
        shown = await seen.keys("end")
        assert "Statement 39" in shown
        assert cursor_cell(seen.app).character == "▸"


async def test_what_a_lens_adds_and_what_becomes_of_the_practice(desk: Desk) -> None:
    theme = theme_of(desk, [1, 2])
    stating.state_trend(desk, theme, "Answers grow.")
    async with open_at(desk, "trends") as seen:
        assert "What a lens adds" in await seen.keys("m")
        await seen.type("Two students answered in Spanish first")
        await seen.keys("tab")
        await seen.type("How do they choose the language?")
        await seen.keys("tab", "right", "right", "enter")
        held = trend(desk)
        assert held.lens_remarks == "Two students answered in Spanish first"
        assert held.to_know == "How do they choose the language?"
        assert held.decision == "strengthen"
        shown = seen.sees()
        assert "The practice: strengthen it" in shown
        assert "To know more: How do they choose" in shown
        read = " ".join((await seen.keys("r")).split())
        assert "Through a lens: Two students answered in Spanish first" in read
        await seen.keys("escape", "u")
        assert trend(desk).decision == ""


async def test_nothing_more_is_said_before_the_statement_nor_decided_of_what_is_parked(
    desk: Desk,
) -> None:
    theme = theme_of(desk, [1, 1])
    async with open_at(desk, "trends") as seen:
        assert "State it first" in await seen.keys("m")
        stating.state_trend(desk, theme, "Answers grow.")
        seen.app.screen.reload()  # type: ignore[attr-defined]
        shown = await seen.keys("m")
        assert "What a lens adds" in shown
        assert "The practice" not in shown


async def test_classrooms_with_neither_are_counted(desk: Desk) -> None:
    theme = theme_of(desk, [1, 2])
    write(desk, [(3, "chairs in rows")])
    stating.state_trend(desk, theme, "Answers grow.")
    assert trend(desk).counts.none_visits == 1
    async with open_at(desk, "trends") as seen:
        assert "2 visits · 2 noticings · nothing in 1 visit · neither asset" in " ".join(
            seen.sees().split()
        )


async def test_coverage_is_asked_in_questions(desk: Desk) -> None:
    theme = theme_of(desk, [1, 2])
    write(desk, [(3, "chairs in rows")])
    stating.state_trend(desk, theme, "Answers grow.")
    async with open_at(desk, "trends") as seen:
        assert "v asks" in seen.sees()
        asked = " ".join((await seen.keys("v")).split())
        assert "1 visit: the notes from there stand in no theme" in asked
        assert "Nothing runs against any trend" in asked


async def test_a_statement_with_a_cause_is_answered_with_a_question(desk: Desk) -> None:
    theme_of(desk, [1, 2])
    async with open_at(desk, "trends") as seen:
        await seen.keys("s")
        await seen.type("Answers grow because the wait is long")
        assert "because" in (await seen.keys("enter")).split("Trend stated")[1]
        assert trend(desk).statement.startswith("Answers grow because")
