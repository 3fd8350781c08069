"""Prepare by keys: the plan on one page, changed in place, undone, and confirmed with a trace."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from tests.burst import paste, type_keys
from tests.burst import press_ahead as press
from tests.desks import begin_small, desk_at, the_visit
from tests.frames import cursor_cell, frame, rows
from tests.hostile import LONG, PAYLOADS, fill, hostile
from tests.screens.table import SIZES, harmless, marked, page_at, to, words
from tests.waiting import drafted
from walk.app import WalkApp
from walk.errors import FullDisk
from walk.model import LookFor
from walk.routine import prepare, ready, rotation
from walk.routine.desk import Desk, Place
from walk.screens.base import WalkScreen
from walk.storage.store import Store

opened = partial(page_at, screen="prepare")
FIELDS = ("focus", "inquiry 0", "learning", "confirmation", "school")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_at(tmp_path / "one.walkdb") as made:
        begin_small(made)
        yield made


def confirm(desk: Desk) -> None:
    prepare.confirm_focus(desk, "team meeting", "2025-10-01", 3)


# The page


@pytest.mark.parametrize("size", SIZES)
async def test_what_is_not_there_yet_stands_first(desk: Desk, size: tuple[int, int]) -> None:
    async with opened(desk, size=size) as pilot:
        assert rows(pilot.app)[1].strip() == "Not yet; none of it stops a walk"
        assert marked(pilot).startswith("○ Professional learning")
        assert cursor_cell(pilot.app).character == "▸"
        assert "○ Host teachers" in frame(pilot.app)
        assert "✓ Focus" in frame(pilot.app)
        assert "not yet confirmed by the host teachers" in rows(pilot.app)[-2]
        await press(pilot, "end")
        assert marked(pilot) == "a  add a look-for"


async def test_a_whole_plan_lacks_nothing(desk: Desk) -> None:
    prepare.name_learning(desk, "Talk moves")
    prepare.describe_walk(desk, host_school="Lincoln", date="2025-10-14", keep_until="2025-12-13")
    confirm(desk)
    async with opened(desk) as pilot:
        assert "Not yet" not in frame(pilot.app)
        assert "confirmed on 1 Oct: team meeting, 3 teachers" in words(pilot)
        assert "Keep until" in frame(pilot.app)
        assert "13 Dec" in frame(pilot.app)


async def test_without_a_walk_it_says_how_to_begin_one(tmp_path: Path) -> None:
    with desk_at(tmp_path / "empty.walkdb") as empty:
        app = WalkApp(empty, Place("prepare"))
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            assert "No walk is open" in frame(pilot.app)
            await press(pilot, "enter", "a", "x", "c", "u", "r")
            assert app.is_running


async def test_esc_goes_home(desk: Desk) -> None:
    async with opened(desk) as pilot:
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, WalkScreen)
        assert pilot.app.screen.name_in_app == "home"


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


# Look-fors


async def test_look_fors_are_added_changed_and_taken_out(desk: Desk) -> None:
    held = prepare.look_fors(desk)
    async with opened(desk, "look_for new") as pilot:
        await press(pilot, "enter")
        await type_keys(pilot, "Wait time\rHow long is it quiet?\r")
        await press(pilot, "right", "enter")
        added = prepare.look_fors(desk)[-1]
        assert (added.name, added.text, added.about) == (
            "Wait time",
            "How long is it quiet?",
            "teacher",
        )
        await to(pilot, f"look_for {held[0].id}")
        await press(pilot, "enter", *["ctrl+u"] * 2)
        await type_keys(pilot, "Renamed")
        await press(pilot, "enter", "enter", "enter")
        assert prepare.look_fors(desk)[0].id == held[0].id, "its notes stay tied to it"
        assert prepare.look_fors(desk)[0].name == "Renamed"
        await press(pilot, "x")
        assert prepare.look_fors(desk)[0].name == held[1].name


async def test_a_name_that_is_too_long_or_taken_stays_in_its_field(desk: Desk) -> None:
    taken = prepare.look_fors(desk)[0].name
    async with opened(desk, "look_for new") as pilot:
        await press(pilot, "enter")
        await type_keys(pilot, f"{taken}\r\r")
        await press(pilot, "enter")
        assert f"Two look-fors are called {taken}" in words(pilot)
        await press(pilot, "up", "up")
        await type_keys(pilot, "n" * 29)
        await press(pilot, "enter", "enter", "enter")
        assert "at most 28 characters" in words(pilot)
    assert len(prepare.look_fors(desk)) == 4


async def test_imported_look_fors_are_shown_and_never_part_of_the_plan(desk: Desk) -> None:
    one = LookFor(id=desk.new_id(), walk=desk.walk_id, name="From a form", imported=True)
    desk.save("import", "imported", one)
    async with opened(desk, f"look_for {one.id}") as pilot:
        assert marked(pilot).endswith("imported")
        await press(pilot, "enter")
        assert "it is not part of the plan" in words(pilot)
        await press(pilot, "x")
    assert one.id in [held.id for held in prepare.look_fors(desk)]


# The other pages


PAGES = (
    "meeting",
    "rooms",
    *(pytest.param(one, marks=pytest.mark.long) for one in ("ready", "roster", "rotation")),
)


@pytest.mark.parametrize("page", PAGES)
async def test_a_page_is_opened_and_esc_leads_back(desk: Desk, page: str) -> None:
    async with opened(desk, page) as pilot:
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, WalkScreen)
        assert pilot.app.screen.name_in_app == ("ready" if page == "meeting" else page)
        await press(pilot, "escape")
        assert pilot.app.screen.name_in_app == "prepare"


async def test_pages_say_how_they_stand(desk: Desk) -> None:
    async with opened(desk, "meeting") as pilot:
        shown = words(pilot)
        assert "○ Focus meeting not written down yet" in shown
        assert "○ Readiness, agreements 0 ready, 7 to say" in shown
        assert "✓ Walkers, teams 1 walker, 1 team" in shown
        assert "✓ Classrooms 3 classrooms" in shown
        assert "○ Times, rotation not made yet" in shown
    ready.record_meeting(desk, date="2025-10-10", groups="the grade 6 team, a coach")
    ready.say_ready(desk, "community", done=True)
    ready.say_ready(desk, "students", done=False, reason="told on the day before")
    ready.agree(desk, notice_given="2025-10-01")
    prepare.withdraw_visit(desk, the_visit(desk, "V2"))
    rotation.make(desk)
    async with opened(desk, "meeting") as pilot:
        shown = words(pilot)
        assert "✓ Focus meeting 10 Oct · the grade 6 team, a coach" in shown
        assert "○ Readiness, agreements 2 ready, 1 not yet, with a reason, 4 to say" in shown
        assert "✓ Classrooms 2 classrooms, 1 withdrawn" in shown
        assert "✓ Times, rotation made Tue 09:00, ends " in shown
        assert "✓ Notice to teachers given 1 Oct" in shown
    prepare.add_visit(desk)
    async with opened(desk, "meeting") as pilot:
        assert "○ Times, rotation made before the plan changed" in words(pilot)


async def test_a_page_tells_of_words_that_wait_on_it(desk: Desk) -> None:
    desk.keep_draft(f"ready:local_agreement:{desk.walk_id}", "article 12")
    async with opened(desk, "ready") as pilot:
        assert marked(pilot).endswith("not saved yet")


async def test_a_offers_what_can_be_added_and_where(desk: Desk) -> None:
    async with opened(desk, "focus") as pilot:
        await press(pilot, "a")
        assert "another inquiry" in frame(pilot.app)
        await press(pilot, "3")
        assert isinstance(pilot.app.screen, WalkScreen)
        assert pilot.app.screen.name_in_app == "rooms"


async def test_x_says_what_it_takes_out(desk: Desk) -> None:
    async with opened(desk, "focus") as pilot:
        await press(pilot, "x")
        assert "Mark a look-for to take it out" in frame(pilot.app)
    assert len(prepare.look_fors(desk)) == 4


# Papers


async def test_the_notice_is_written_and_an_older_file_is_asked_about(
    desk: Desk, tmp_path: Path
) -> None:
    path = tmp_path / "notice.md"
    async with opened(desk, "notice") as pilot:
        await press(pilot, "enter")
        assert "Nothing is sent anywhere" in words(pilot)
        await press(pilot, "1")
        assert "walk-notice-2025-10-14.html" in words(pilot)
        await press(pilot, *["ctrl+u"] * 3)
        await paste(pilot, str(path))
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, WalkScreen), words(pilot)
        assert "Written to" in words(pilot)
        assert prepare.focus(desk).inquiries[0].split()[-1] in path.read_text("utf-8")
        path.write_text("mine", "utf-8")
        await press(pilot, "enter", "3", *["ctrl+u"] * 3)
        await paste(pilot, str(path))
        await press(pilot, "enter")
        assert "notice.md is there already" in words(pilot)
        assert path.read_text("utf-8") == "mine"
        await press(pilot, "enter")
        assert path.read_text("utf-8") != "mine"
    assert desk.store.drafts() == []


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("notice.pdf", "does not say in which form"),
        ("n" * 300 + ".html", "There can be no file of this name"),
        pytest.param("", "The file needs a name", marks=pytest.mark.long),
        pytest.param(
            "~nobody-of-that-name/x.html",
            "There can be no file of this name",
            marks=pytest.mark.long,
        ),
    ],
)
async def test_a_file_that_cannot_be_is_told(desk: Desk, typed: str, told: str) -> None:
    async with opened(desk, "notice") as pilot:
        await press(pilot, "enter", "1", *["ctrl+u"] * 3)
        await paste(pilot, typed)
        await press(pilot, "enter")
        assert told in words(pilot)
        assert not isinstance(pilot.app.screen, WalkScreen)


async def test_what_looks_like_a_name_is_told_before_it_is_printed(desk: Desk) -> None:
    ready.record_meeting(desk, groups="Ms Lee")
    async with opened(desk, "notice") as pilot:
        await press(pilot, "enter", "1")
        assert "it may be a name: “Ms Lee”" in words(pilot)


async def test_rooms_that_are_not_kept_here_are_on_no_slip(desk: Desk) -> None:
    async with opened(desk, "notice") as pilot:
        await press(pilot, "enter", "5")
        assert "No places of this walk are kept here" in words(pilot)
        await press(pilot, "enter", "6")
        assert isinstance(pilot.app.screen, WalkScreen)
        assert pilot.app.screen.name_in_app == "ready"


# Dates that do not fit


async def test_a_date_that_does_not_fit_is_said_and_leads_to_it(desk: Desk) -> None:
    ready.agree(desk, notice_given="2025-10-10", notice_days=7)
    ready.set_quiet(desk, None, "2025-10-13", "2025-10-17", "state test")
    prepare.describe_walk(desk, host_school="", date="2025-10-14", keep_until="2025-10-01")
    async with opened(desk) as pilot:
        shown = words(pilot)
        assert "4 days of notice; 7 were agreed" in shown
        assert "within quiet days (13 Oct 2025 to 17 Oct 2025, state test)" in shown
        assert "kept until 1 Oct 2025, which is before the walk" in shown
        await to(pilot, "again1 date")
        await press(pilot, "enter", *["ctrl+u"] * 2)
        await type_keys(pilot, "2025-10-20\r")
        assert desk.walk.date == "2025-10-20"
        assert "quiet days" not in words(pilot)
        await to(pilot, "again0 keep")
        await press(pilot, "enter")
        assert "Raw notes are cleared on this date" in words(pilot)


async def test_the_time_zone_of_the_school_is_named_or_refused(desk: Desk) -> None:
    async with opened(desk, "zone") as pilot:
        assert "that of this laptop" in marked(pilot)
        await press(pilot, "enter")
        await type_keys(pilot, "Chicago\r")
        assert "“Chicago” is no time zone known here" in words(pilot)
        await press(pilot, "ctrl+u")
        await type_keys(pilot, "America/Chicago\r")
        assert desk.walk.zone == "America/Chicago"
        await press(pilot, "u")
        assert desk.walk.zone == ""


# Hostile texts and sizes


@pytest.mark.parametrize("size", SIZES[-1:])
async def test_a_hostile_plan_is_shown_and_acts_on_nothing(
    desk: Desk, size: tuple[int, int]
) -> None:
    fill(desk)
    async with opened(desk, size=size) as pilot:
        assert harmless(pilot)
        await press(pilot, "end")
        assert harmless(pilot)
        for row in (*FIELDS, f"look_for {prepare.look_fors(desk)[0].id}"):
            await to(pilot, row)
            await press(pilot, "enter")
            assert harmless(pilot)
            assert not isinstance(pilot.app.screen, WalkScreen)
            await press(pilot, "escape")
            assert isinstance(pilot.app.screen, WalkScreen)
    assert desk.store.drafts(desk.walk_id)[0].place.startswith("visit:"), (
        "only looking saves nothing"
    )


@pytest.mark.parametrize(
    "place", [pytest.param(n, marks=pytest.mark.long) for n in range(0, len(PAYLOADS), 6)]
)
async def test_hostile_words_in_every_field(desk: Desk, place: int) -> None:
    async with opened(desk) as pilot:
        for row in FIELDS:
            await to(pilot, row)
            await press(pilot, "enter")
            await paste(pilot, hostile(place))
            assert harmless(pilot)
            await press(pilot, *["enter"] * (3 if row == "confirmation" else 1))
            if row == "learning":
                await press(pilot, "enter")
            assert isinstance(pilot.app.screen, WalkScreen), words(pilot)
            assert harmless(pilot)
    assert prepare.focus(desk).confirmed


async def test_twenty_thousand_signs_in_a_field(desk: Desk) -> None:
    async with opened(desk, "learning") as pilot:
        await press(pilot, "enter")
        await paste(pilot, LONG)
        await press(pilot, "enter", "enter")
        assert prepare.focus(desk).professional_learning == LONG
        await to(pilot, "learning")
        await press(pilot, "enter")
        await type_keys(pilot, "w")
        await press(pilot, "enter", "enter")
        assert "20,000 fit" in words(pilot)


async def test_resizing_keeps_the_marked_row_in_view(desk: Desk) -> None:
    async with opened(desk, "rotation") as pilot:
        for size in ((60, 20), (120, 40), (40, 12), (80, 24)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            assert marked(pilot).startswith("○ Times, rotati")
            assert cursor_cell(pilot.app).character == "▸"


# Giving it


async def test_g_gives_the_plan_and_esc_leads_back(desk: Desk) -> None:
    async with opened(desk, "give") as pilot:
        assert " ".join(marked(pilot).split()) == "g give the plan to every laptop"
        for key in ("enter", "g"):
            await press(pilot, key)
            assert "Give the plan" in rows(pilot.app)[0]
            await press(pilot, "escape")
            assert " ".join(marked(pilot).split()) == "g give the plan to every laptop"


async def test_only_the_laptop_that_made_the_plan_gives_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Desk, "is_lead", lambda _: False)
    async with opened(desk) as pilot:
        await press(pilot, "g")
        assert "Prepare" in rows(pilot.app)[0]
        assert "give the plan" not in words(pilot)
