"""Giving notes by keys: what goes and what stays, where to, and that it is really there."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.desks import texts, the_visit, write_form
from tests.frames import cursor_cell
from tests.names import known_names  # noqa: F401
from tests.routine.laptops import Laptops
from tests.screens.carrying import drop, one_stick, until
from tests.screens.table import SIZES, open_at
from walk.exchange.pack import find_packs, peek, write_pack
from walk.intake.plan import Place, Places
from walk.routine import folders
from walk.routine.exchanging import collect
from walk.routine.exchanging import share as sharing
from walk.routine.folders import Spot
from walk.routine.planning import places
from walk.routine.visiting import hall, visit
from walk.screens.exchanging import share as screen


@pytest.fixture
def stick(laptops: Laptops, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty stick, the only folder that is offered."""
    folder = laptops.folder / "KINGSTON"
    folder.mkdir()
    one_stick(monkeypatch, folder)
    return folder


@pytest.mark.parametrize("size", SIZES)
async def test_enter_gives_the_notes_to_the_stick(
    laptops: Laptops, stick: Path, size: tuple[int, int]
) -> None:
    ana = laptops.joined("Ana")
    write_form(ana, "V1", "S1 points to line 4", "Ms Ortiz waits 5 s")
    async with open_at(ana, "share", size) as seen:
        shown = await until(seen, "Goes in")
        assert "1 note, 1 form, and the plan." in shown
        assert "1 note waits here: “Ms Ortiz” looks like a name" in " ".join(shown.split())
        assert "o the plan alone" not in shown
        shown = await until(seen, "KINGSTON")
        assert "free" in shown
        assert cursor_cell(seen.app).character == "▸"
        await seen.keys("enter")
        shown = await until(seen, "You can take the stick out")
        assert "KINGSTON" in shown
    (pack,) = find_packs([stick])
    assert (peek(pack).kind, peek(pack).walker) == ("share", "Ana")
    collect.collect(laptops.lead, [pack])
    assert texts(laptops.lead) == ["S1 points to line 4"]


async def test_names_are_cleared_here_and_go_along(laptops: Laptops, stick: Path) -> None:
    ana = laptops.joined("Ana")
    write_form(ana, "V1", "S1 points to line 4", "Ms Ortiz waits 5 s")
    async with open_at(ana, "share") as seen:
        assert "n names" in await until(seen, "1 note waits here")
        shown = await seen.keys("n")
        assert "At the door" in shown
        assert "Ms Ortiz waits 5 s" in shown
        await seen.keys("enter", "escape")
        shown = await until(seen, "2 notes, 1 form")
        assert "n names" not in shown
        await until(seen, "KINGSTON")
        await seen.keys("enter")
        await until(seen, "Wrote")
    collect.collect(laptops.lead, [stick])
    assert texts(laptops.lead) == ["S1 points to line 4", "T waits 5 s"]


async def test_a_name_can_be_reworded_by_hand_from_here(laptops: Laptops, stick: Path) -> None:
    ana = laptops.joined("Ana")
    write_form(ana, "V1", "Ms Ortiz waits 5 s")
    async with open_at(ana, "share") as seen:
        await until(seen, "1 note waits here")
        await seen.keys("n", "e")
        assert "then give your notes again" in await until(seen, "silent write")


async def test_the_lead_gives_the_plan_alone_and_ticks_the_places(
    laptops: Laptops, stick: Path
) -> None:
    write_form(laptops.lead, "V1", "S1 points")
    places.write(laptops.lead, Places((Place("V1", "Room 12"),)))
    async with open_at(laptops.lead, "share") as seen:
        shown = await until(seen, "○ o the plan alone")
        assert "p places" not in shown
        shown = await seen.keys("o")
        assert "✓ o the plan alone" in shown
        assert "○ p places beside it" in shown
        assert "No notes, no forms." in " ".join(shown.split())
        assert "✓ p places beside it" in await seen.keys("p")
        await until(seen, "KINGSTON")
        await seen.keys("enter")
        shown = await until(seen, "Wrote")
        assert "Beside it lie the places" in shown
        assert "Room 12" not in shown
    (pack,) = find_packs([stick])
    assert peek(pack).kind == "plan"
    assert "Room 12" in sharing.places_beside(pack).read_text("utf-8")


async def test_opened_for_the_plan_it_is_ticked_already(laptops: Laptops, stick: Path) -> None:
    async with open_at(laptops.lead, "share", at="plan") as seen:
        await until(seen, "✓ o the plan alone")
    ana = laptops.joined("Ana")
    async with open_at(ana, "share", at="plan") as seen:
        shown = await until(seen, "Goes in")
        assert "plan alone" not in shown


async def test_a_folder_in_a_folder_is_chosen_by_keys(laptops: Laptops, stick: Path) -> None:
    (stick / "Monday").mkdir()
    ana = laptops.joined("Ana")
    write_form(ana, "V1", "one")
    async with open_at(ana, "share") as seen:
        await until(seen, "▸ KINGSTON")
        await seen.keys("right")
        await until(seen, "give here")
        await seen.keys("down", "enter")
        await until(seen, "KINGSTON/Mond")
        await seen.keys("home", "enter")
        await until(seen, "Wrote")
    assert len(find_packs([stick / "Monday"])) == 1


async def test_a_path_is_typed_or_dropped_and_what_is_wrong_is_told_there(
    laptops: Laptops, stick: Path
) -> None:
    ana = laptops.joined("Ana")
    write_form(ana, "V1", "one")
    (stick / "there.walk").write_bytes(b"older")
    async with open_at(ana, "share") as seen:
        await until(seen, "Goes in")
        assert "is no folder here" in await drop(seen, "/gone/folder")
        await seen.keys("escape")
        assert "several paths" in await drop(seen, f"{stick} {stick}")
        await seen.keys("escape")
        assert "is there already" in await drop(seen, stick / "there.walk")
        await seen.keys("enter")
        await until(seen, "Wrote")
    assert peek(stick / "there.walk").walker == "Ana"


async def test_a_full_or_pulled_stick_is_told_and_another_may_be_chosen(
    laptops: Laptops, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana = laptops.joined("Ana")
    write_form(ana, "V1", "one")
    whole = write_pack

    def pulled(path: Path, *rest: object, **more: object) -> object:
        stick.rmdir()
        return whole(path, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(sharing, "write_pack", pulled)
    async with open_at(ana, "share") as seen:
        await until(seen, "KINGSTON")
        await seen.keys("enter")
        assert "unplugged?" in await until(seen, "could not be written")
        monkeypatch.setattr(sharing, "write_pack", whole)
        stick.mkdir()
        await seen.keys("enter")
        await until(seen, "Wrote")


async def test_a_pack_can_be_locked(laptops: Laptops, stick: Path) -> None:
    ana = laptops.joined("Ana")
    write_form(ana, "V1", "one")
    async with open_at(ana, "share") as seen:
        await until(seen, "○ k locked")
        await seen.keys("k")
        await seen.type("short")
        assert "at least 8 characters" in await seen.keys("enter")
        await seen.type(" and longer")
        assert "✓ k locked" in await seen.keys("enter")
        assert "○ k locked" in await seen.keys("k")
        await seen.keys("k")
        await seen.type("four plain words")
        await seen.keys("enter")
        await until(seen, "KINGSTON")
        await seen.keys("enter")
        await until(seen, "It is locked")
    (pack,) = find_packs([stick])
    assert pack.read_bytes().startswith(b"age-encryption.org/")
    assert not [one for one in ana.store.drafts() if "words" in one.text + one.extra]


async def test_folders_that_cannot_be_written_and_long_paths_are_shown(
    laptops: Laptops, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = Path("/", *(f"a rather long folder name {number}" for number in range(9)))
    offered = [
        Spot(Path("/media/cdrom"), "stick", "cdrom", None, "cannot be written"),
        Spot(long, "recent", long.name, 31_000_000_000, service="Dropbox"),
    ]
    monkeypatch.setattr(folders, "spots", lambda *_: offered)
    ana = laptops.joined("Ana")
    async with open_at(ana, "share", (60, 20)) as seen:
        shown = await until(seen, "cannot be written")
        assert "31.0 GB free" in shown
        assert all(len(line) <= 60 for line in shown.splitlines())
        assert "? help" in shown


async def test_the_last_stop_leads_here_by_one_key(laptops: Laptops, stick: Path) -> None:
    ana = laptops.joined("Ana")
    write_form(ana, "V1", "one")
    form = visit.enter(ana, the_visit(ana, "V2"))
    visit.add_note(ana, form, "two")
    visit.leave(ana, form)
    async with open_at(ana, "write", at=form.visit) as seen:
        shown = await seen.keys("escape", "1")
        assert "g give your notes" in shown
        await seen.keys("g")
        assert "2 notes, 2 forms" in await until(seen, "Goes in")


async def test_the_last_hall_talk_says_what_comes_next(laptops: Laptops, stick: Path) -> None:
    ana = laptops.joined("Ana")
    write_form(ana, "V1", "one")
    write_form(ana, "V2", "two")
    talk = hall.begin(ana, the_visit(ana, "V2"))
    hall.say(ana, talk, look_next="who asks")
    async with open_at(ana, "hall", (120, 40), at=talk.visit) as seen:
        await seen.keys("escape", "1")
        shown = await until(seen, "Hall talk finished")
        assert "g gives your notes" in shown
        assert "▸ Give your notes" in shown


async def test_it_is_written_also_when_the_page_is_left(laptops: Laptops, stick: Path) -> None:
    ana = laptops.joined("Ana")
    write_form(ana, "V1", "one")
    async with open_at(ana, "share") as seen:
        await until(seen, "KINGSTON")
        page = seen.app.screen
        assert isinstance(page, screen.ShareScreen)
        page.pick(f"spot {stick}")
        page.go("home")
        await until(seen, "Your pack is written")
    assert len(find_packs([stick])) == 1


async def test_without_a_walk_it_says_so(tmp_path: Path, stick: Path, laptops: Laptops) -> None:
    async with open_at(laptops.laptop("empty"), "share") as seen:
        await until(seen, "No walk is open")
        await seen.keys("escape")
        assert "begin a small walk" in seen.sees()


async def test_a_lock_that_is_not_installed_is_told(
    laptops: Laptops, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana = laptops.joined("Ana")
    write_form(ana, "V1", "S1 points to line 4")
    monkeypatch.setattr(screen, "available", lambda: False)
    async with open_at(ana, "share") as seen:
        await until(seen, "Goes in")
        assert "k locked" not in seen.sees()
        shown = " ".join((await seen.keys("k")).split())
        assert "Locking is an extra that this laptop lacks" in shown
        assert "pip install 'classroom-walk[passphrase]'" in shown


async def test_a_pack_is_of_the_host_schools_clock_as_the_title_is(
    laptops: Laptops, stick: Path
) -> None:
    lead = laptops.lead
    lead.save("prepare", "zone", lead.walk.changed(zone="Pacific/Auckland"))
    sharing.share(lead, stick / "plan.walk", plan_only=True)
    async with open_at(lead, "collect") as seen:
        await until(seen, "1 pack")
        await seen.keys("enter")
        shown = await until(seen, "the plan, ")
        assert f"{lead.local():%H:%M}" in shown.splitlines()[0]
        assert f"the plan, 14 Oct {lead.local():%H:%M}" in shown
