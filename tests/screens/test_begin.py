"""Begin by keys: few of them for a start, all else adaptable, and nothing typed is ever lost."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from tests.burst import paste, press, press_ahead, type_keys
from tests.desks import begin_small
from tests.frames import cursor_cell, frame, rows
from tests.hostile import LONG, PAYLOADS, hostile
from tests.screens import begin_page
from tests.screens.begin_page import FIRST, marked, opened, screen, to
from tests.screens.table import SIZES
from tests.waiting import drafted
from walk.focus import load_templates
from walk.paths import own_templates
from walk.routine.desk import Desk
from walk.routine.planning import begin, prepare
from walk.screens.planning.begin import BeginScreen
from walk.screens.planning.begin_rows import QUESTIONS

desk = begin_page.desk


def beginning(pilot: Pilot[str]) -> begin.Beginning:
    (found,) = [one for one in pilot.app.screen_stack if isinstance(one, BeginScreen)]
    return found.beginning


def harmless(pilot: Pilot[str]) -> bool:
    shown = frame(pilot.app)
    signs = {sign for sign in shown if sign < " " and sign != "\n"}
    return not signs and not set(shown) & set("\x7f\x9b\x9d\x9c\u202e\u2066")


# The shortest way, and the number of classrooms


@pytest.mark.parametrize("size", SIZES)
async def test_enter_enter_begins_a_walk(desk: Desk, size: tuple[int, int]) -> None:
    async with opened(desk, size=size) as pilot:
        assert marked(pilot).startswith(FIRST.name)
        assert FIRST.focus in frame(pilot.app)
        assert cursor_cell(pilot.app).character == "▸"
        await press(pilot, "enter")
        assert marked(pilot) == "Start now with 3 classrooms, V1 to V3"
        assert cursor_cell(pilot.app).character == "▸"
        await press(pilot, "enter")
        assert screen(pilot) == "home"
        assert "Walk begun · Enter opens V1" in frame(pilot.app)
    assert prepare.focus(desk).inquiries == (FIRST.inquiry,)
    assert desk.store.drafts() == []


async def test_two_enters_in_a_burst_begin_one_walk(desk: Desk) -> None:
    async with opened(desk) as pilot:
        await type_keys(pilot, "\r\r\r", apart=0.001)
        await pilot.pause()
    assert len(desk.store.walks()) <= 1


@pytest.mark.parametrize(
    ("keys", "visits"),
    [
        (("5",), 5),
        (("1", "2"), 12),
        (("plus", "plus"), 5),
        (("minus",), 2),
        (("4", "backspace", "6"), 6),
        (("1", "2", "backspace", "down", "up", "3"), 3),
    ],
)
async def test_the_number_of_classrooms_is_typed_or_counted(
    desk: Desk, keys: tuple[str, ...], visits: int
) -> None:
    async with opened(desk, "enter", *keys) as pilot:
        assert f"{visits} classrooms" in marked(pilot)
        await press(pilot, "enter")
        assert screen(pilot) == "home"
    assert len(prepare.visits(desk)) == visits


async def test_no_classroom_begins_no_walk_and_says_why(desk: Desk) -> None:
    async with opened(desk, "enter", "0", "enter") as pilot:
        assert screen(pilot) == "begin"
        assert "A walk visits 1 to 200 classrooms, not 0" in frame(pilot.app)
        await press(pilot, "1", "enter")
        assert screen(pilot) == "home"
    assert len(prepare.visits(desk)) == 1


# The focus


async def test_letters_find_a_focus(desk: Desk) -> None:
    async with opened(desk) as pilot:
        await press(pilot, *"evid")
        assert "Find: evid" in frame(pilot.app)
        assert marked(pilot).startswith("Pressing for evidence")
        assert "Building on" not in frame(pilot.app)
        await press(pilot, *["backspace"] * 4)
        assert marked(pilot).startswith(FIRST.name)
        await press(pilot, *"mathematics")
        await press(pilot, "escape")
        assert screen(pilot) == "begin"
        assert marked(pilot).startswith(FIRST.name)


async def test_what_is_found_nowhere_can_be_the_teachers_own_focus(desk: Desk) -> None:
    async with opened(desk) as pilot:
        await press(pilot, *"quiet", "space", *"time")
        assert marked(pilot) == "Write our own focus: quiet time"
        await press(pilot, "enter", "enter")
        assert marked(pilot).startswith("Start now")
        await press(pilot, "enter")
    assert prepare.focus(desk).statement == "quiet time"
    assert prepare.look_fors(desk) == []


async def test_an_own_focus_is_written_in_one_line(desk: Desk) -> None:
    async with opened(desk, "up", "enter") as pilot:
        assert "Your own focus" in frame(pilot.app)
        await type_keys(pilot, "Talk that builds on talk")
        await press(pilot, "enter")
        assert "Talk that builds on talk" in rows(pilot.app)[2]
        await press(pilot, "enter")
        assert screen(pilot) == "home"
    assert prepare.focus(desk).statement == "Talk that builds on talk"


async def test_an_own_focus_without_words_is_asked_for(desk: Desk) -> None:
    async with opened(desk, "up", "enter", "enter", "enter") as pilot:
        assert screen(pilot) == "begin"
        assert "A walk needs a focus" in frame(pilot.app)


async def test_a_broken_template_of_ones_own_is_named_and_stops_nothing(desk: Desk) -> None:
    own_templates().mkdir(parents=True)
    (own_templates() / "13_theirs.toml").write_text("name = [", encoding="utf-8")
    (own_templates() / "14_ours.toml").write_text("focus = '[/x]'", encoding="utf-8")
    async with opened(desk) as pilot:
        shown = " ".join(frame(pilot.app).split())
        assert "! 13_theirs.toml" in shown
        assert "14_ours.toml" in shown
        await press(pilot, "enter", "enter")
        assert screen(pilot) == "home"


# Nothing typed is lost


async def test_esc_goes_one_page_back_and_keeps_every_word(desk: Desk) -> None:
    async with opened(desk, "enter", "7") as pilot:
        await to(pilot, "inquiry")
        await type_keys(pilot, " And more")
        await press(pilot, "escape")
        assert screen(pilot) == "begin"
        assert beginning(pilot).wording.inquiry.endswith("goes on? And more") or (
            beginning(pilot).wording.inquiry.endswith(" And more")
        )
        await press(pilot, "escape")
        assert marked(pilot).startswith(FIRST.name)
        await press(pilot, "down", "enter")
        assert beginning(pilot).wording.inquiry == load_templates()[1].inquiry
        await press(pilot, "escape", "up", "enter")
        assert beginning(pilot).wording.inquiry.endswith(" And more")
        assert beginning(pilot).visits == 7
        await press(pilot, "escape", "escape")
        assert screen(pilot) == "home"
        assert "Not saved yet" in frame(pilot.app)


async def test_after_a_crash_the_wizard_goes_on_where_it_was(desk: Desk) -> None:
    async with opened(desk, "enter") as pilot:
        await to(pilot, "school")
        await type_keys(pilot, "Lincoln")
        await drafted(desk, "Lincoln")
        # the app is gone without another word
    async with opened(desk) as pilot:
        assert "Taken up where you left off" in frame(pilot.app)
        assert marked(pilot).startswith("Start now")
        assert "Lincoln" in frame(pilot.app)
        await press(pilot, "enter")
    assert desk.walk.host_school == "Lincoln"


async def test_what_was_typed_can_be_forgotten_and_brought_back(desk: Desk) -> None:
    async with opened(desk, "enter") as pilot:
        await to(pilot, "school")
        await type_keys(pilot, "Lincoln\r")
        await press(pilot, "escape", "end", "enter")
        assert desk.store.drafts() == []
        assert marked(pilot) == "Bring back what was typed"
        await press(pilot, "enter")
        assert beginning(pilot).host_school == "Lincoln"
        assert len(desk.store.drafts()) == 1


async def test_looking_around_leaves_no_draft(desk: Desk) -> None:
    async with opened(desk, "enter", "5", "escape", "escape") as pilot:
        assert screen(pilot) == "home"
        assert "Not saved yet" not in frame(pilot.app)
    assert desk.store.drafts() == []


async def test_a_begun_walk_does_not_disturb_the_one_on_the_desk(desk: Desk) -> None:
    first = begin_small(desk)
    async with opened(desk, "enter") as pilot:
        await to(pilot, "school")
        await type_keys(pilot, "Lincoln")
        await press(pilot, "escape", "escape", "escape")
        assert screen(pilot) == "home"
        assert desk.walk_id == first
        await press(pilot, "n", "enter")
        assert screen(pilot) == "home"
        assert desk.walk.host_school == "Lincoln"


# Hostile texts and sizes


@pytest.mark.parametrize(
    "place", [0, *(pytest.param(n, marks=pytest.mark.long) for n in range(6, len(PAYLOADS), 6))]
)
async def test_hostile_words_in_every_field(desk: Desk, place: int) -> None:
    words = hostile(place)
    async with opened(desk, "enter") as pilot:
        for key in ("statement", "inquiry", "learning", "confirmation", "school", "label"):
            await press(pilot, "home")
            await to(pilot, key)
            await paste(pilot, words)
            assert harmless(pilot)
            await press(pilot, "escape")
            assert harmless(pilot)
        await press(pilot, "home", "enter")
        assert screen(pilot) == "home"
        assert harmless(pilot)
    assert len(desk.store.walks()) == 1


async def test_twenty_thousand_signs_fit_and_one_more_is_refused_in_words(desk: Desk) -> None:
    async with opened(desk, "enter") as pilot:
        await to(pilot, "learning")
        await paste(pilot, LONG)
        await press(pilot, "enter", "enter", "home", "enter")
        assert screen(pilot) == "home"
    assert prepare.focus(desk).professional_learning == LONG
    async with opened(desk, "enter") as pilot:
        await to(pilot, "learning")
        await paste(pilot, LONG + "w")
        await press(pilot, "enter", "enter", "home", "enter")
        assert screen(pilot) == "begin"
        assert "20,000 fit" in " ".join(frame(pilot.app).split())
        assert beginning(pilot).learning == LONG + "w"


@pytest.mark.parametrize("size", SIZES)
async def test_every_page_is_usable_at_every_size(desk: Desk, size: tuple[int, int]) -> None:
    async with opened(desk, "enter", size=size) as pilot:
        for key in QUESTIONS:
            await press(pilot, "home")
            await to(pilot, key)
            assert screen(pilot) != "begin"
            at = cursor_cell(pilot.app)
            assert 0 <= at.column < size[0]
            assert 0 <= at.row < size[1]
            assert "Esc back" in frame(pilot.app)
            await press(pilot, "escape")
            assert screen(pilot) == "begin"


async def test_help_explains_and_comes_back(desk: Desk) -> None:
    async with opened(desk, "question_mark") as pilot:
        assert "Choose a focus, say how many classrooms" in frame(pilot.app)
        await press(pilot, "escape", "enter", "question_mark")
        assert "One classroom more" in frame(pilot.app)


async def test_keys_pressed_ahead_through_help_lose_nothing(desk: Desk) -> None:
    async with opened(desk, "question_mark") as pilot:
        await press_ahead(pilot, "escape", "enter", "question_mark")
        await press(pilot, "escape")
        assert screen(pilot) == "begin"
