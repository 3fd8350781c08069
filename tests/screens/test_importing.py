"""Import by keys: a table is chosen, its columns are said, its notes come in, and go again."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

import pytest
from textual.events import Paste
from textual.pilot import Pilot

from tests.burst import press, type_keys
from tests.desks import begin_small, desk_at, texts
from tests.frames import frame, rows
from tests.hostile import PAYLOADS
from tests.intake.sheets import sheet_xml, workbook
from tests.screens.table import choices, harmless, marked, page_at, to, words
from tests.waiting import job_over, painted, shows
from walk.intake.columns_file import read_columns
from walk.routine.desk import Desk
from walk.routine.importing import table_maps, take_in
from walk.routine.importing.take_in import import_table
from walk.screens.base import WalkScreen
from walk.screens.importing.importing import ImportScreen
from walk.storage import merge

SIZES = [(80, 24), (60, 20), pytest.param((120, 40), marks=pytest.mark.long)]
opened = partial(page_at, screen="import")
HEADER = ("Timestamp", "Room visited", "Your initials", "What did you notice?", "And then?")
ROWS = (
    ("10/14/2025 9:22:11", "V1", "Ana", "T waited 5 s", "What do they reach for?"),
    ("10/15/2025 9:41:02", "V2", "Ben", "5 of 7 pairs wrote", ""),
)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_at(tmp_path / "one.walkdb") as made:
        begin_small(made)
        yield made


def form(
    folder: Path, rows: Sequence[Sequence[str]] = ROWS, header: Sequence[str] = HEADER
) -> Path:
    path = folder / "form.csv"
    with path.open("w", newline="", encoding="utf-8", errors="surrogatepass") as file:
        csv.writer(file).writerows([header, *rows])
    return path


def page(pilot: Pilot[str]) -> ImportScreen:
    (found,) = [one for one in pilot.app.screen_stack if isinstance(one, ImportScreen)]
    return found


async def choose(pilot: Pilot[str], path: Path) -> None:
    """Drop a table on the window, and wait until it was looked at."""
    pilot.app.post_message(Paste(str(path)))
    await pilot.pause()
    await press(pilot, "enter")
    await painted(pilot, lambda: not page(pilot).looking and page(pilot).page is not None)


async def finished(pilot: Pilot[str]) -> None:
    """Wait until no import runs."""
    await job_over(pilot, ImportScreen.job_name)


@pytest.mark.parametrize("size", SIZES)
async def test_a_dropped_form_shows_its_columns_and_what_they_become(
    desk: Desk, tmp_path: Path, size: tuple[int, int]
) -> None:
    async with opened(desk, "", size) as pilot:
        await choose(pilot, form(tmp_path))
        assert "The notes go into Reasons and sources" in words(pilot)
        assert marked(pilot).split() == ["Timestamp", "when", "it", "was", "submitted"]
        assert "10/14/2025 9:22:11" in words(pilot), "the first cells of the column in hand"
        assert "? help" in rows(pilot.app)[-1]
        await press(pilot, "end")
        assert marked(pilot).endswith("import the notes")
        assert "V1 Ana N T waited 5 s" in words(pilot)
        assert texts(desk) == [], "nothing is saved before it is asked for"


async def test_a_column_is_said_to_be_something_else(desk: Desk, tmp_path: Path) -> None:
    async with opened(desk) as pilot:
        await choose(pilot, form(tmp_path))
        await to(pilot, "column 4")
        assert marked(pilot).endswith("·")
        await press(pilot, "enter", "3")
        assert "words of a wondering" in marked(pilot)
        assert "V1 Ana W What do they reach for?" in words(pilot)
        await press(pilot, "l")
        await type_keys(pilot, "Asks why\r")
        await press(pilot, "right", "enter")
        assert "words of a wondering · Asks why · one note a line" in words(pilot)
        await press(pilot, "p")
        assert "What the rows become" in frame(pilot.app)
        await press(pilot, "escape", "escape")
        await choose(pilot, form(tmp_path))
        await to(pilot, "column 4")
        assert "Asks why · one note a line" in marked(pilot), "what was said is kept"


async def test_what_is_not_said_yet_is_asked_for(desk: Desk, tmp_path: Path) -> None:
    async with opened(desk) as pilot:
        await choose(pilot, form(tmp_path, [("x", "y")], ("Where", "note")))
        await press(pilot, "i")
        assert "Still to say: which column says the visit" in words(pilot)
        await to(pilot, "visit")
        await press(pilot, "enter")
        await type_keys(pilot, "V3\r")
        await to(pilot, "kind")
        await press(pilot, "enter", "2")
        assert "V3 W y" in words(pilot)
        await press(pilot, "i")
        await finished(pilot)
        assert texts(desk) == ["y"]


async def test_home_is_there_after_the_walk_of_a_table_was_taken_back(
    desk: Desk, tmp_path: Path
) -> None:
    before = desk.walk_id
    path = tmp_path / "plain.csv"
    path.write_text("visit,at,kind,look_for,text\nV1,,n,,S1 reads\n", "utf-8")
    made = take_in.import_table(desk, path).walk
    assert desk.walk_id == made != before
    async with opened(desk) as pilot:
        for undone in ("plain.csv imported", "visits", "walk made"):
            await press(pilot, "u")
            await shows(pilot, f"Undone: {undone}")
        assert desk.walk_id == ""
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, WalkScreen)
        assert pilot.app.screen.name_in_app == "home"
        assert "No walk is open" not in words(pilot)


async def test_the_notes_come_in_and_the_last_import_is_taken_back(
    desk: Desk, tmp_path: Path
) -> None:
    path = form(tmp_path)
    async with opened(desk) as pilot:
        assert "take the last back" not in words(pilot), "nothing was imported yet"
        await choose(pilot, path)
        await press(pilot, "i")
        await finished(pilot)
        assert "2 added, 0 already here, 0 refused" in words(pilot)
        assert "Columns not read: And then?" in words(pilot)
        assert texts(desk) == ["5 of 7 pairs wrote", "T waited 5 s"]
        assert "u take the last back" in words(pilot)
        await press(pilot, "u")
        await shows(pilot, "Undone: form.csv imported")
        assert texts(desk) == []
        await choose(pilot, path)
        assert "What each column is · as you said last time" in words(pilot)
        await press(pilot, "escape")
        assert "Drop a table" in words(pilot)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, WalkScreen)
        assert pilot.app.screen.name_in_app == "home"


async def test_notes_may_go_into_a_walk_of_their_own(desk: Desk, tmp_path: Path) -> None:
    before = desk.walk_id
    async with opened(desk) as pilot:
        await choose(pilot, form(tmp_path))
        await to(pilot, "into")
        await press(pilot, "enter")
        assert "a walk of their own" in marked(pilot)
        await press(pilot, "i")
        await finished(pilot)
        await press(pilot, "enter")
    assert desk.walk_id != before
    assert (desk.walk.title, desk.walk.date) == ("form", "2025-10-14")


async def test_without_a_walk_one_is_made(tmp_path: Path) -> None:
    with desk_at(tmp_path / "empty.walkdb") as empty:
        async with opened(empty) as pilot:
            await press(pilot, "i", "p", "l", "s", "u", "x")
            assert "take the last back" not in words(pilot)
            await choose(pilot, form(tmp_path))
            await press(pilot, "i")
            await finished(pilot)
        assert empty.walk.title == "form"


async def test_a_plain_table_needs_no_map(desk: Desk, tmp_path: Path) -> None:
    header = ("visit", "at", "kind", "look_for", "text")
    async with opened(desk) as pilot:
        await choose(pilot, form(tmp_path, [("V1", "", "n", "", "plain")], header))
        assert "It is in the plain form" in words(pilot)
        await press(pilot, "i")
        await finished(pilot)
    assert texts(desk) == ["plain"]


async def test_a_sheet_of_a_workbook_is_chosen(desk: Desk, tmp_path: Path) -> None:
    book = tmp_path / "book.xlsx"
    sheets = {"About": sheet_xml([("Read", "me")]), "Answers": sheet_xml([HEADER, *ROWS])}
    book.write_bytes(workbook(sheets))
    async with opened(desk) as pilot:
        await choose(pilot, book)
        assert "Sheet About" in words(pilot)
        await to(pilot, "sheet")
        await press(pilot, "enter", "2")
        await painted(pilot, lambda: page(pilot).page.seen.sheet == "Answers")  # type: ignore[union-attr]
        await press(pilot, "i")
        await finished(pilot)
    assert len(texts(desk)) == 2


async def test_dates_that_can_be_read_in_two_ways_are_asked(desk: Desk, tmp_path: Path) -> None:
    rows = [("10/11/2025 9:00:00", "V1", "Ana", "x", "")]
    async with opened(desk) as pilot:
        await choose(pilot, form(tmp_path, rows))
        await press(pilot, "end")
        assert "10/11/2025 was read as 11 October" in words(pilot)
        await to(pilot, "dates")
        await press(pilot, "enter", "2")
        assert "the day first: 10/11 is 10 November" in marked(pilot)
        assert "was read as" not in words(pilot)


async def test_a_map_is_written_to_a_file(desk: Desk, tmp_path: Path) -> None:
    async with opened(desk) as pilot:
        await choose(pilot, form(tmp_path))
        await press(pilot, "s")
        await press(pilot, "enter")
        assert "Wrote" in words(pilot)
    made = read_columns(tmp_path / "form.columns.toml")
    assert [one.role for one in made.columns][1:4] == ["visit", "walker", "noticing"]
    assert import_table(desk, form(tmp_path), into=desk.walk_id, columns=made).added == 2


async def test_the_work_goes_on_when_its_page_is_left(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(merge, "CHUNK", 20)
    many = [("", f"V{n % 3 + 1}", "Ana", f"note {n}", "") for n in range(300)]
    async with opened(desk) as pilot:
        await choose(pilot, form(tmp_path, many))
        page(pilot).action_import()
        page(pilot).action_out()
        await finished(pilot)
        home = pilot.app.screen
        assert isinstance(home, WalkScreen)
        assert home.name_in_app == "home"
        assert len(texts(desk)) == 300
        await shows(pilot, "300 added, 0 already here")
        home.go("import")
        await shows(pilot, "import another table")
        assert "300 added, 0 already here, 0 refused" in words(pilot)


async def test_a_stopped_import_says_what_is_left(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(merge, "CHUNK", 20)
    many = [("", f"V{n % 3 + 1}", "Ana", f"note {n}", "") for n in range(300)]
    path = form(tmp_path, many)
    async with opened(desk) as pilot:
        await choose(pilot, path)
        page(pilot).action_import()
        page(pilot).action_stop()
        await shows(pilot, "The import was stopped before its end")
        assert len(texts(desk)) < 300
        await press(pilot, "i")
        await finished(pilot)
        assert len(texts(desk)) == 300


@pytest.mark.parametrize(
    ("data", "part"),
    [
        (b"", "The table is empty"),
        (b"PK\x03\x04", "damaged"),
        (b"\xd0\xcf\x11\xe0", "old workbook"),
    ],
)
async def test_what_is_no_table_is_told(desk: Desk, tmp_path: Path, data: bytes, part: str) -> None:
    path = tmp_path / "odd.csv"
    path.write_bytes(data)
    async with opened(desk) as pilot:
        pilot.app.post_message(Paste(str(path)))
        await pilot.pause()
        await press(pilot, "enter")
        await shows(pilot, part)
        assert page(pilot).page is None


async def test_tables_of_a_folder_are_listed(desk: Desk, tmp_path: Path) -> None:
    form(tmp_path)
    (tmp_path / "book.XLSX").write_bytes(b"")
    (tmp_path / ".hidden.csv").write_bytes(b"")
    assert [one.name for one in table_maps.tables_in(tmp_path)] == ["book.XLSX", "form.csv"]
    assert table_maps.tables_in(tmp_path / "nowhere") == ()
    async with opened(desk) as pilot:
        pilot.app.post_message(Paste(str(tmp_path)))
        await pilot.pause()
        await press(pilot, "enter")
        await shows(pilot, "form.csv")
        await to(pilot, f"table {tmp_path / 'form.csv'}")
        await press(pilot, "enter")
        await painted(pilot, lambda: page(pilot).page is not None)


async def test_hostile_headers_and_answers_are_shown_harmlessly(desk: Desk, tmp_path: Path) -> None:
    header = ("Visit code", *(f"noticed {payload}" for payload in PAYLOADS), "w" * 5_000)
    many = [("V1", *(payload * 3 for payload in PAYLOADS), "x" * 5_000)] * 3
    async with opened(desk, "", (60, 20)) as pilot:
        await choose(pilot, form(tmp_path, many, header))
        for place in range(len(header)):
            await to(pilot, f"column {place}")
            assert harmless(pilot)
        await press(pilot, "enter")
        assert harmless(pilot)
        await press(pilot, "escape", "p")
        assert harmless(pilot)
        await press(pilot, "escape", "end")
        assert harmless(pilot)
        await press(pilot, "i")
        await finished(pilot)
        assert harmless(pilot)


async def test_a_thousand_columns_can_be_gone_through(desk: Desk, tmp_path: Path) -> None:
    header = ["Visit code", *(f"What was noticed, question {n}?" for n in range(999))]
    async with opened(desk) as pilot:
        await choose(pilot, form(tmp_path, [["V1", *("x" * 999)]], header))
        await press(pilot, "end", "home", "pagedown")
        assert len(choices(pilot).choices) > 1_000
        assert pilot.app.is_running
