"""The checklist of a visit: by mode, ticked by each walker, kept when the mode turns."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desks import begin_small, desk_at, the_visit
from walk.errors import Refused
from walk.model import MODE_WORDS, Checklist
from walk.reports.summary import NOT_SEEN
from walk.routine.desk import Desk
from walk.routine.home.home import overview
from walk.routine.papers import checklist
from walk.routine.papers.checklist import ITEMS
from walk.routine.planning import rooms, roster, rotation, times
from walk.routine.summary import FORMATS, facts, render
from walk.routine.visiting import visit


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_at(tmp_path / "one.walkdb") as made:
        begin_small(made)
        yield made


def test_each_mode_asks_for_its_own() -> None:
    assert list(ITEMS) == list(MODE_WORDS)
    shorts = {mode: [one.short for one in items] for mode, items in ITEMS.items()}
    assert shorts == {
        "in_person": ["place to stand", "quiet device", "lid angle"],
        "virtual_live": [
            "entry rights",
            "display name",
            "microphone and camera off",
            "waiting room",
            "breakout plan",
        ],
        "recorded": [
            "segment received",
            "teacher chose the segment",
            "names removed",
            "permission",
        ],
        "viewed_remotely": ["link", "camera place", "microphone and camera off"],
    }


def test_a_key_means_one_thing_in_every_mode() -> None:
    found: dict[str, str] = {}
    for items in ITEMS.values():
        assert len({one.key for one in items}) == len(items)
        for one in items:
            assert found.setdefault(one.key, one.words) == one.words


def test_a_tick_is_saved_taken_away_and_undone(desk: Desk) -> None:
    room = the_visit(desk, "V1")
    assert checklist.open_items(desk, room) == ("place to stand", "quiet device", "lid angle")
    assert checklist.tick(desk, room, "quiet")
    assert checklist.open_items(desk, room) == ("place to stand", "lid angle")
    assert not checklist.tick(desk, room, "quiet")
    assert len(checklist.open_items(desk, room)) == 3
    assert desk.undo(checklist.STAGE) == "quiet device open again"
    assert desk.undo(checklist.STAGE) == "quiet device ticked"
    assert len(checklist.open_items(desk, room)) == 3
    assert desk.redo(checklist.STAGE) == "quiet device ticked"
    assert len(checklist.open_items(desk, room)) == 2


def test_ticks_are_the_walkers_own(desk: Desk) -> None:
    room = the_visit(desk, "V1")
    checklist.tick(desk, room, "quiet")
    (ana,) = roster.add(desk, "Ana")
    desk.write_as(ana.id)
    assert len(checklist.open_items(desk, room)) == 3
    checklist.tick(desk, room, "lid")
    assert checklist.open_items(desk, room) == ("place to stand", "quiet device")
    assert len(desk.store.all(Checklist, desk.walk_id)) == 2


def test_where_nobody_writes_nothing_is_ticked(desk: Desk) -> None:
    room = the_visit(desk, "V1")
    desk.write_as("")
    assert len(checklist.open_items(desk, room)) == 3
    with pytest.raises(Refused, match="not known who is writing"):
        checklist.tick(desk, room, "quiet")


def test_an_item_of_another_mode_is_refused(desk: Desk) -> None:
    with pytest.raises(Refused, match="not on the checklist"):
        checklist.tick(desk, the_visit(desk, "V1"), "breakout")


def test_a_swap_of_mode_keeps_the_ticks_that_both_have(desk: Desk) -> None:
    room = checklist.change_mode(desk, the_visit(desk, "V1"), "virtual_live")
    checklist.tick(desk, room, "muted")
    checklist.tick(desk, room, "name")
    room = checklist.change_mode(desk, room, "viewed_remotely")
    assert checklist.open_items(desk, room) == ("link", "camera place")
    room = checklist.change_mode(desk, room, "virtual_live")
    assert checklist.open_items(desk, room) == ("entry rights", "waiting room", "breakout plan")
    desk.undo(checklist.STAGE)
    assert the_visit(desk, "V1").mode == "viewed_remotely"


def test_open_lines_of_all_visits_are_read_at_once(desk: Desk) -> None:
    first, second, third = (the_visit(desk, code) for code in ("V1", "V2", "V3"))
    second = checklist.change_mode(desk, second, "recorded")
    checklist.tick(desk, first, "quiet")
    for one in ITEMS["recorded"]:
        checklist.tick(desk, second, one.key)
    found = checklist.open_by_visit(desk, (first, second, third))
    assert found == {one.id: checklist.open_items(desk, one) for one in (first, second, third)}
    assert found[second.id] == ()


def test_home_names_what_is_open_until_the_room_is_entered(desk: Desk) -> None:
    room = the_visit(desk, "V1")
    checklist.tick(desk, room, "stand")
    line = overview(desk).visits[0]
    assert line.open_items == ("quiet device", "lid angle")
    assert line.details == "in person · 2 to check (k)"
    visit.enter(desk, room)  # an open line stops nothing
    line = overview(desk).visits[0]
    assert (line.open_items, line.details) == ((), "in person")


@pytest.mark.parametrize("mode", MODE_WORDS)
def test_what_cannot_be_seen_is_said_as_in_the_summary(desk: Desk, mode: str) -> None:
    room = rooms.change_mode(desk, the_visit(desk, "V1"), mode)  # type: ignore[arg-type]
    said = checklist.page(desk, room).cannot_see
    assert NOT_SEEN["in_person"] in said
    assert NOT_SEEN[mode] in said
    visit.enter(desk, room)
    assert said in " ".join(str(render(facts(desk), "text")).split())


def test_who_watched_a_segment_stands_on_this_page_and_in_no_export(desk: Desk) -> None:
    room = checklist.change_mode(desk, the_visit(desk, "V1"), "recorded")
    me = desk.me
    (ana,) = roster.add(desk, "Ana")
    for walker, again in ((me, 0), (ana.id, 6)):
        desk.write_as(walker)
        form = visit.enter(desk, room)
        for _ in range(again):
            form = visit.viewed_again(desk, form)
    assert checklist.page(desk, room).watched == (("Ana", 7), ("me", 1))
    assert checklist.page(desk, the_visit(desk, "V2")).watched == ()
    for form_of_summary in FORMATS:
        said = render(facts(desk), form_of_summary)
        assert "Ana" not in str(said)
        assert "viewings" not in str(said)


def test_received_is_a_date_or_not_yet(desk: Desk) -> None:
    room = checklist.change_mode(desk, the_visit(desk, "V1"), "recorded")
    room = checklist.receive(desk, room, "2025-10-10")
    assert the_visit(desk, "V1").received_on == "2025-10-10"
    with pytest.raises(Refused, match="no date for when the segment was received"):
        checklist.receive(desk, room, "yesterday")
    checklist.receive(desk, room, "")
    assert the_visit(desk, "V1").received_on == ""
    desk.undo(checklist.STAGE)
    assert the_visit(desk, "V1").received_on == "2025-10-10"


def test_a_page_knows_its_neighbours_and_the_next_room(desk: Desk) -> None:
    first, second, third = (the_visit(desk, code) for code in ("V1", "V2", "V3"))
    rooms.withdraw(desk, second)
    page = checklist.page(desk, first)
    assert (page.before, page.after) == ("", third.id)
    assert checklist.page(desk, third).before == first.id
    assert checklist.first_open(desk) == first
    visit.enter(desk, first)
    assert checklist.first_open(desk) == third
    visit.enter(desk, third)
    assert checklist.first_open(desk) == first, "all were made, so it begins again"


def test_the_next_visit_is_that_of_the_rotation(desk: Desk) -> None:
    late = the_visit(desk, "V1").changed(windows=(("11:00", "12:00"),))
    desk.save(rooms.STAGE, "open later", late)
    times.set_start(desk, "08:50")
    rotation.make(desk)
    planned = rotation.current(desk)
    assert planned is not None
    assert [one.visit for one in planned.stops][-1] == "V1"
    found = checklist.first_open(desk)
    assert found is not None
    assert found.code == planned.stops[0].visit
