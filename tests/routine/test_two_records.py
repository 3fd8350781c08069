"""Two records of one person: what they wrote under either is theirs, whichever they write as."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desks import begin_small, desk_at, the_visit, write_form
from tests.routine.laptops import Laptops, wrote
from walk.errors import Refused
from walk.exchange.pack import read_pack
from walk.model import Note, Walker
from walk.routine.across.search import Search
from walk.routine.debriefing import debrief, silent_read
from walk.routine.desk import Desk
from walk.routine.exchanging import share
from walk.routine.home.home import overview
from walk.routine.keeping import erase
from walk.routine.papers import checklist
from walk.routine.planning import prepare, roster, rotation
from walk.routine.reporting import teacher_note
from walk.routine.settling import receipts
from walk.routine.summary import missing_walkers
from walk.routine.timekeeping import correction
from walk.routine.visiting import door, visit
from walk.routine.waiting import unsaved


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Ana joined here under a second record, which was said to be the same person as the first."""
    with desk_at(tmp_path / "one.walkdb") as made:
        begin_small(made)
        prepare.give_label(made, made.walkers()[0], "Lea")
        first = prepare.add_walker(made, "Ana")
        second = Walker(id=made.new_id(), walk=made.walk_id, label="ana", same_as=first.id)
        made.save("conflicts", "the same person", second)
        made.become(second.id)
        yield made


def on_roster(desk: Desk) -> Walker:
    """The record of Ana that the roster shows, and that Home lets one write as."""
    return next(one for one in desk.walkers() if one.label == "Ana")


def test_a_pack_and_its_sender_are_named_by_whoever_joined(desk: Desk, tmp_path: Path) -> None:
    write_form(desk, "V1", "14 of 22 wrote")
    assert share.what_goes(desk).label == "Ana"
    share.share(desk, tmp_path / "ana.walk")
    assert read_pack(tmp_path / "ana.walk").manifest.walker == "Ana"


def test_what_one_typed_under_the_other_record_is_not_typed_for_somebody(desk: Desk) -> None:
    desk.write_as(on_roster(desk).id)
    write_form(desk, "V1", "14 of 22 wrote")
    assert share.what_goes(desk).typed_for == ()


def test_an_open_form_of_the_other_record_is_hidden_nowhere(desk: Desk) -> None:
    note = visit.add_note(desk, visit.enter(desk, the_visit(desk, "V1")), "Ms Ortiz waits").note
    desk.write_as(on_roster(desk).id)
    assert note.id in debrief.table(desk).notes
    (held,) = door.waiting(desk, [note.id])
    assert (held.private, held.changeable) == (False, True)
    assert [one.id for one in Search(desk).ask("waits").hits] == [note.id]
    assert [one.id for one in erase.listed(desk)] == [note.id]


def test_words_typed_under_the_other_record_are_shown(desk: Desk) -> None:
    desk.keep_draft(visit.line_place(desk, the_visit(desk, "V1")), "half a line")
    desk.write_as(on_roster(desk).id)
    assert [one.words for one in unsaved(desk)] == ["half a line"]


def test_on_a_shared_laptop_another_walkers_words_stay_hidden(desk: Desk) -> None:
    note = visit.add_note(desk, visit.enter(desk, the_visit(desk, "V1")), "Ms Ortiz waits").note
    desk.keep_draft(visit.line_place(desk, the_visit(desk, "V1")), "half a line")
    desk.write_as(prepare.add_walker(desk, "Ben").id)
    assert note.id not in debrief.table(desk).notes
    assert [one.private for one in door.waiting(desk, [note.id])] == [True]
    assert Search(desk).ask("waits").hits == ()
    assert erase.listed(desk) == []
    assert [one.words for one in unsaved(desk)] == [""]


def test_somebody_who_wrote_under_the_other_record_is_in(desk: Desk) -> None:
    write_form(desk, "V1", "14 of 22 wrote")
    assert missing_walkers(desk) == ["Lea"]
    stage = next(one for one in overview(desk).stages if one.name == "Collect")
    assert stage.count == "1/2"


def test_nobody_is_taken_out_who_wrote_under_the_other_record(desk: Desk) -> None:
    write_form(desk, "V1", "14 of 22 wrote")
    assert desk.store.all(Note, desk.walk_id)
    with pytest.raises(Refused, match="have notes in this walk"):
        roster.take_out(desk, on_roster(desk))


def test_nobody_is_taken_out_who_writes_here_under_the_other_record(desk: Desk) -> None:
    with pytest.raises(Refused, match="writing on this laptop"):
        roster.take_out(desk, on_roster(desk))


def test_missing_entries_are_told_by_the_label_of_the_person(
    laptops: Laptops,
) -> None:
    ana, _ = wrote(laptops, "Ana", "one", "two")
    (first,) = [one for one in ana.walkers() if one.label == "Ana"]
    known = Walker(id=ana.new_id(), walk=ana.walk_id, label="ANA")
    ana.save("conflicts", "one person", known, first.changed(same_as=known.id))
    laptops.pack(ana, "ana")
    notes = [one for one in ana.store.published(ana.walk_id) if one.kind == "note"]
    walkers = [one for one in ana.store.published(ana.walk_id) if one.kind == "walker"]
    ben = laptops.joined("Ben")
    last = [(one.rev_id(), one) for one in (notes[-1], *walkers)]
    ben.store.collect(b"x" * 32, "part.walk", ben.walk_id, "Ana", last, 0, lambda _: "{}")
    (told,) = receipts.standing(ben, ben.walk_id, ()).missing_numbers
    assert told.startswith("ANA's laptop has ")


def test_ticks_are_of_the_person(desk: Desk) -> None:
    room, second = the_visit(desk, "V1"), desk.me
    checklist.tick(desk, room, "quiet")
    desk.write_as(on_roster(desk).id)
    assert checklist.tick(desk, room, "lid")
    for who in (on_roster(desk).id, second):
        desk.write_as(who)
        assert checklist.open_items(desk, room) == ("place to stand",)
        assert checklist.open_by_visit(desk, [room]) == {room.id: ("place to stand",)}
    assert not checklist.tick(desk, room, "lid")
    desk.write_as(on_roster(desk).id)
    assert checklist.open_items(desk, room) == ("place to stand", "lid angle")
    desk.write_as(next(one.id for one in desk.walkers() if one.label == "Lea"))
    assert len(checklist.open_items(desk, room)) == 3


def test_a_correction_of_the_plan_is_of_the_person(desk: Desk) -> None:
    rotation.make(desk)
    second = desk.me
    correction.shift(desk, 5)
    desk.write_as(on_roster(desk).id)
    assert correction.read(desk).minutes == 5
    correction.shift(desk, 7)
    desk.write_as(second)
    assert correction.read(desk).minutes == 7
    desk.write_as(on_roster(desk).id)
    correction.clear(desk)
    desk.write_as(second)
    assert correction.read(desk).minutes == 0


def test_what_one_wants_to_say_aloud_is_marked_for_the_person(desk: Desk) -> None:
    second = desk.me
    assert silent_read.mark(desk, "a note")
    desk.write_as(on_roster(desk).id)
    assert silent_read.aloud(desk) == {"a note"}
    assert not silent_read.mark(desk, "a note")
    desk.write_as(second)
    assert silent_read.aloud(desk) == frozenset()


def test_a_teacher_note_is_of_the_person(desk: Desk) -> None:
    room = the_visit(desk, "V1")
    teacher_note.ask(desk, room, asked=True)
    desk.write_as(on_roster(desk).id)
    note = teacher_note.of_visit(desk, room)
    assert note.asked
    teacher_note.change(desk, note, move_1="asked for the line")
    assert [one.move_1 for _, one in teacher_note.notes(desk)] == ["asked for the line"]
    assert not teacher_note.at_door(desk, room)
    assert teacher_note.facts(desk, room)
    desk.write_as(next(one.id for one in desk.walkers() if one.label == "Lea"))
    assert not teacher_note.of_visit(desk, room).asked
