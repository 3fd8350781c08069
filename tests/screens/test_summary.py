"""The staff summary on screen: read, scrolled, saved under a typed path."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.routine.table_of import INQUIRY, walk_of, write
from tests.screens.table import HOSTILE, open_at
from walk.routine.debriefing import debrief, stating
from walk.routine.desk import Desk
from walk.routine.following import steps


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.chdir(tmp_path)  # where a name without a folder would be written
    with walk_of(tmp_path) as found:
        yield found


@pytest.fixture
def full(desk: Desk) -> Desk:
    theme = debrief.put_in_new(desk, write(desk, [(1, "a"), (2, "b"), (3, "c")]), "A")
    trend = stating.state_trend(desk, theme, "Answers grow after a wait.")
    stating.decide(desk, trend, "asset")
    steps.add(desk, "keep time free", owner="principal", by_when="2025-10-28", design="agreed")
    return desk


async def test_the_letter_is_read_and_scrolled_with_the_keyboard(full: Desk) -> None:
    async with open_at(full, "summary", size=(60, 20)) as seen:
        assert "Staff summary" in seen.sees()
        assert "keep time" not in seen.sees()
        read = seen.sees()
        for _ in range(8):
            read += await seen.keys("pagedown")
        assert "keep time free" in " ".join(read.split())
        top = await seen.keys("home")
        assert "lines 1 to" in top


async def test_it_holds_inquiry_caution_and_trend(full: Desk) -> None:
    async with open_at(full, "summary", size=(120, 60)) as seen:
        shown = " ".join(seen.sees().replace("|", " ").split())
        assert INQUIRY in shown
        assert "This is a snapshot: 3 classrooms" in shown
        assert "Answers grow after a wait" in shown


async def test_it_is_said_while_the_focus_is_unconfirmed(full: Desk) -> None:
    async with open_at(full, "summary") as seen:
        assert "not yet confirmed by the host teachers" in seen.sees()


@pytest.mark.parametrize(
    ("ending", "begins"),
    [("html", b"<!doctype html>"), ("docx", b"PK"), ("md", b"# "), ("txt", b"Staff summary")],
)
async def test_it_is_saved_in_the_form_that_the_ending_says(
    full: Desk, tmp_path: Path, ending: str, begins: bytes
) -> None:
    path = tmp_path / f"letter.{ending}"
    async with open_at(full, "summary") as seen:
        await seen.keys("s", "enter", "enter", "ctrl+u")
        await seen.paste(str(path))
        await seen.keys("enter")
        assert path.read_bytes().startswith(begins)
        assert "Written to" in seen.sees()


async def test_the_form_is_turned_to_and_its_ending_added(full: Desk, tmp_path: Path) -> None:
    async with open_at(full, "summary") as seen:
        shown = await seen.keys("s")
        assert "Save: Staff summary" in shown
        assert "web page, to read or print" in shown
        await seen.keys("right", "right", "enter", "enter", "enter")
        assert [one.name for one in tmp_path.glob("walk-*")] == ["walk-summary-2025-10-14.md"]


@pytest.mark.parametrize("name", ["letter.pdf", "letter.xlsx", ""])
async def test_another_ending_is_refused_and_the_words_stay(
    full: Desk, tmp_path: Path, name: str
) -> None:
    async with open_at(full, "summary") as seen:
        await seen.keys("s", "enter", "enter", "ctrl+u")
        if name:
            await seen.paste(str(tmp_path / name))
        shown = " ".join((await seen.keys("enter")).split())
        assert "This report is not written as" in shown or "The file needs a name" in shown
        assert "Save: Staff summary" in shown


async def test_a_folder_that_is_not_there_is_said_in_words(full: Desk, tmp_path: Path) -> None:
    async with open_at(full, "summary") as seen:
        await seen.keys("s", "enter", "enter", "ctrl+u")
        await seen.paste(str(tmp_path / "nowhere" / "letter.md"))
        assert "There is no folder" in await seen.keys("enter")


async def test_a_file_that_is_there_is_replaced_only_when_asked(full: Desk, tmp_path: Path) -> None:
    path = tmp_path / "letter.md"
    path.write_text("mine", "utf-8")
    async with open_at(full, "summary") as seen:
        await seen.keys("s", "enter", "enter", "ctrl+u")
        await seen.paste(str(path))
        assert "is there already" in await seen.keys("enter")
        await seen.keys("escape")
        assert path.read_text("utf-8") == "mine"
        await seen.keys("s", "enter", "enter")  # what was typed before Esc is there again
        assert "is there already" in await seen.keys("enter")
        assert "Written to" in await seen.keys("enter")
        assert path.read_text("utf-8").startswith("# ")


async def test_all_letters_are_a_key_away(full: Desk) -> None:
    async with open_at(full, "summary") as seen:
        assert "Letters and sheets" in await seen.keys("l")


async def test_hostile_words_are_only_words(desk: Desk) -> None:
    for words in HOSTILE:
        steps.add(desk, words, design="proposed")
    async with open_at(desk, "summary", size=(120, 60)) as seen:
        shown = seen.sees()
        assert "[/x] [bob]" in shown
        assert "\x1b" not in shown
        assert "‮" not in shown
