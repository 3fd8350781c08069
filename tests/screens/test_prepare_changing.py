"""Changing lines of the plan by keys: in place, kept as drafts, asked about once confirmed."""

from __future__ import annotations

import pytest

from tests.burst import press_ahead as press
from tests.burst import type_keys
from tests.frames import frame, rows
from tests.screens import preparing
from tests.screens.preparing import confirm, opened
from tests.screens.table import marked, to, words
from tests.waiting import drafted
from walk.app import WalkApp
from walk.errors import FullDisk
from walk.routine.desk import Desk, Place
from walk.routine.planning import prepare
from walk.storage.store import Store

desk = preparing.desk


# Changing a line


async def test_a_line_is_changed_in_place_and_undone(desk: Desk) -> None:
    async with opened(desk, "school") as pilot:
        await press(pilot, "enter")
        await type_keys(pilot, "Lincoln\r")
        assert desk.walk.host_school == "Lincoln"
        assert marked(pilot).startswith("✓ Host school")
        assert "saved 09:00" in frame(pilot.app)
        await press(pilot, "u")
        assert desk.walk.host_school == ""
        assert "Undone: walk described" in frame(pilot.app)
        await press(pilot, "r")
        assert desk.walk.host_school == "Lincoln"


async def test_words_that_the_plain_mode_kept_stand_in_the_first_field(desk: Desk) -> None:
    desk.keep_draft(f"prepare:confirmation:{desk.walk_id}", "in the team meeting")
    async with opened(desk, "confirmation") as pilot:
        await press(pilot, "enter", "enter", "enter", "enter")
    confirmation = prepare.focus(desk).confirmation
    assert confirmation is not None
    assert (confirmation.how, confirmation.on) == ("in the team meeting", "2025-10-14")
    assert desk.draft(f"prepare:confirmation:{desk.walk_id}") is None


@pytest.mark.parametrize(
    ("row", "typed", "told"),
    [
        pytest.param("date", "soon", "no date for the date of the walk", marks=pytest.mark.long),
        ("keep", "2025-02-30", "no date for the keep-until date"),
        ("confirmation", "", "Confirming says how it was done"),
    ],
)
async def test_what_cannot_be_saved_stays_with_its_reason(
    desk: Desk, row: str, typed: str, told: str
) -> None:
    async with opened(desk, row) as pilot:
        await press(pilot, "enter", *["ctrl+u"] * 2)
        await type_keys(pilot, f"{typed}\r\r\r")
        assert told in words(pilot)
        await press(pilot, "escape")
        assert prepare.plan(desk).walk.keep_until == "2025-12-13"


async def test_learning_or_the_reason_for_none(desk: Desk) -> None:
    async with opened(desk, "learning") as pilot:
        await press(pilot, "enter", "down")
        await type_keys(pilot, "New team this year\r")
        assert prepare.focus(desk).no_learning_reason == "New team this year"
        assert "none named: New team this year" in words(pilot)


async def test_inquiries_are_added_changed_and_emptied_away(desk: Desk) -> None:
    async with opened(desk, "inquiry 0") as pilot:
        await press(pilot, "a")
        await type_keys(pilot, "In what ways are we waiting so that students think?\r")
        assert len(prepare.focus(desk).inquiries) == 2
        await to(pilot, "inquiry 0")
        await press(pilot, "enter", *["ctrl+u"] * 4, "enter")
        assert prepare.focus(desk).inquiries == (
            "In what ways are we waiting so that students think?",
        )


async def test_a_full_disk_leaves_the_words_on_the_screen(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(desk, "school") as pilot:
        await press(pilot, "enter")
        await type_keys(pilot, "Lincoln")

        def full(*_: object, **__: object) -> bool:
            raise FullDisk("There is no room to save.", "Make room.")

        with monkeypatch.context() as patch:
            patch.setattr(Store, "save", full)
            await press(pilot, "enter")
            assert "There is no room to save" in words(pilot)
            assert "Lincoln" in frame(pilot.app)
        await press(pilot, "enter")
        assert desk.walk.host_school == "Lincoln"


# Words that were not saved


async def test_typed_words_wait_as_a_draft_after_esc(desk: Desk) -> None:
    async with opened(desk, "school") as pilot:
        await press(pilot, "enter")
        await type_keys(pilot, "Linc")
        await press(pilot, "escape")
        assert desk.walk.host_school == ""
        assert marked(pilot).endswith("not saved yet")
        await press(pilot, "enter")
        assert "Linc" in words(pilot)
        assert "These words were not saved yet" in words(pilot)
        await type_keys(pilot, "oln\r")
        assert desk.walk.host_school == "Lincoln"
        assert desk.store.drafts() == []
        assert "not saved yet" not in frame(pilot.app)


async def test_typed_words_can_be_dropped(desk: Desk) -> None:
    async with opened(desk, "school") as pilot:
        await press(pilot, "enter")
        await type_keys(pilot, "Linc")
        await press(pilot, "escape")
        await press(pilot, "x")
        assert desk.store.drafts() == []
        assert "dropped" in frame(pilot.app)


async def test_after_a_crash_home_leads_back_to_the_line(desk: Desk) -> None:
    async with opened(desk, "learning") as pilot:
        await press(pilot, "enter")
        await type_keys(pilot, "Talk mo")
        await drafted(desk, "Talk mo")
        # the app is gone without another word
    app = WalkApp(desk, Place("home"))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "down")
        assert marked(pilot).startswith("Not saved yet: “Talk mo”")
        await press(pilot, "enter")
        assert marked(pilot).startswith("○ Professional learning")
        await press(pilot, "enter")
        assert "Talk mo" in words(pilot)


async def test_words_as_they_were_leave_no_draft(desk: Desk) -> None:
    async with opened(desk, "focus") as pilot:
        await press(pilot, "enter")
        await type_keys(pilot, "x\b")
        await press(pilot, "escape")
        assert desk.store.drafts() == []


# Confirming, and changing what was confirmed


async def test_the_host_teachers_word_is_recorded(desk: Desk) -> None:
    async with opened(desk) as pilot:
        await press(pilot, "c")
        assert "2025-10-14" in frame(pilot.app)
        await type_keys(pilot, "team meeting\r\r4\r")
        said = prepare.focus(desk).confirmation
        assert said is not None
        assert (said.how, said.on, said.how_many) == ("team meeting", "2025-10-14", 4)
        assert "not yet confirmed" not in frame(pilot.app)
        await press(pilot, "u")
        assert prepare.focus(desk).confirmation is None
        assert "not yet confirmed" in rows(pilot.app)[-2]


@pytest.mark.parametrize(
    "row",
    ["inquiry 0", *(pytest.param(one, marks=pytest.mark.long) for one in ("focus", "look_for"))],
)
async def test_changing_a_confirmed_wording_is_said_before_and_after(desk: Desk, row: str) -> None:
    confirm(desk)
    before = prepare.focus(desk)
    id = f"look_for {prepare.look_fors(desk)[0].id}" if row == "look_for" else row
    async with opened(desk, id) as pilot:
        await press(pilot, "enter")
        assert "The host teachers confirmed this wording on 1 Oct" in words(pilot)
        await type_keys(pilot, "!")
        await press(pilot, "enter")
        if row == "look_for":
            await press(pilot, "enter", "enter")
        assert "Confirmation is open again" in words(pilot)
        assert "not yet confirmed" in rows(pilot.app)[-2]
        await press(pilot, "home")
        assert "a confirmed wording was changed on 14 Oct" in words(pilot)
    after = prepare.focus(desk)
    assert after.confirmation is None
    assert after.changes[0].before == " ".join((before.statement, *before.inquiries))


async def test_taking_out_a_confirmed_look_for_asks_first(desk: Desk) -> None:
    confirm(desk)
    first = prepare.look_fors(desk)[0]
    async with opened(desk, f"look_for {first.id}") as pilot:
        await press(pilot, "x")
        assert "change reopens their confirmation" in words(pilot)
        await press(pilot, "enter")
        assert prepare.focus(desk).confirmed
        await press(pilot, "x", "2")
        assert not prepare.focus(desk).confirmed
        assert first.name not in [one.name for one in prepare.look_fors(desk)]
        await press(pilot, "u")
        assert prepare.focus(desk).confirmed
        assert first.name in [one.name for one in prepare.look_fors(desk)]


async def test_another_laptop_offers_no_change_of_a_confirmed_wording(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    confirm(desk)
    monkeypatch.setattr(Desk, "is_lead", lambda _: False)
    async with opened(desk, "focus") as pilot:
        await press(pilot, "enter")
        assert "Only the laptop that made the plan can offer a change" in words(pilot)
        await to(pilot, f"look_for {prepare.look_fors(desk)[0].id}")
        await press(pilot, "x")
        assert "Only the laptop that made the plan" in words(pilot)
    assert prepare.focus(desk).confirmed
