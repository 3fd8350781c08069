"""What goes into a pack and what stays, in words; and writing it where it is sent."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.desks import begin_small, desk_at, texts, the_visit, write_form
from tests.routine.laptops import Laptops, note_of, wrote
from walk.errors import FullDisk, PackError, PlanError, Refused
from walk.exchange.pack import find_packs, peek, write_pack
from walk.intake.plan import Place, Places
from walk.model import Note
from walk.routine import folders
from walk.routine.desk import Desk
from walk.routine.exchanging import collect
from walk.routine.exchanging import share as sharing
from walk.routine.home.home_state import GIVEN
from walk.routine.planning import places, prepare, roster, rotation
from walk.routine.visiting import door, hall, visit, write


@pytest.fixture
def no_stick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine in which no stick is plugged."""
    monkeypatch.setattr(folders, "sticks", lambda _: [])


def test_a_laptop_with_nothing_says_so(laptops: Laptops) -> None:
    goes = sharing.what_goes(laptops.joined("Ana"))
    assert goes.goes_in() == ["No notes yet, and the plan."]
    assert goes.stays() == ["Drafts and earlier wordings."]
    assert (goes.label, goes.lead) == ("Ana", False)


def test_it_says_what_goes_and_what_stays(laptops: Laptops) -> None:
    ana = laptops.joined("Ana")
    write_form(ana, "V1", "S1 points to line 4", "Ms Ortiz waits 5 s")
    form = visit.enter(ana, the_visit(ana, "V2"))
    visit.add_note(ana, form, "5/7 pairs wrote")
    ana.keep_draft(visit.line_place(ana, the_visit(ana, "V2")), "half a li")
    ana.keep_draft(visit.edit_place(note_of(ana, "5/7 pairs wrote").id), "6/7 pairs wrote")
    talk = hall.begin(ana, the_visit(ana, "V1"))
    hall.say(ana, talk, look_next="who asks")
    goes = sharing.what_goes(ana)
    assert goes.goes_in() == [
        "2 notes, 2 forms, 1 hall talk, and the plan.",
        "Open form is finished with it: V2.",
    ]
    assert goes.stays() == [
        "1 line not saved yet, 1 rewording not saved yet, and earlier wordings.",
        "1 note waits here: “Ms Ortiz” looks like a name (n).",
    ]
    shared = sharing.share(ana, laptops.folder / "ana.walk")
    collect.collect(laptops.lead, [laptops.folder / "ana.walk"])
    assert texts(laptops.lead) == ["5/7 pairs wrote", "S1 points to line 4"]
    assert [one.record.id for one in shared.waiting] == [note_of(ana, "Ms Ortiz waits 5 s").id]
    assert {one.text for one in ana.store.drafts()} == {"half a li", "6/7 pairs wrote"}


def test_an_empty_form_stays_and_is_named(laptops: Laptops) -> None:
    ana = laptops.joined("Ana")
    visit.enter(ana, the_visit(ana, "V2"))
    goes = sharing.what_goes(ana)
    assert goes.empty == ("V2",)
    assert "Form has nothing on it yet: V2." in goes.stays()


def test_what_came_from_others_goes_along_and_is_counted_apart(laptops: Laptops) -> None:
    _, anas = wrote(laptops, "Ana", "one", "two")
    ben = laptops.joined("Ben")
    collect.collect(ben, [anas])
    goes = sharing.what_goes(ben)
    assert (goes.notes, goes.from_others) == (0, 2)
    assert "Also 2 notes from other laptops." in goes.goes_in()


def test_the_second_time_it_says_that_nothing_is_new(laptops: Laptops) -> None:
    ana = laptops.joined("Ana")
    write_form(ana, "V1", "one", "Ms Ortiz waits")
    assert not sharing.what_goes(ana).again
    sharing.share(ana, laptops.folder / "one.walk")
    assert sharing.what_goes(ana).again  # what waits is still here, and still waits
    visit.reword(ana, note_of(ana, "one"), "other words")
    assert not sharing.what_goes(ana).again
    sharing.share(ana, laptops.folder / "two.walk")
    door.no_person(ana, "Ms Ortiz")
    assert not sharing.what_goes(ana).again


def test_a_form_is_finished_without_changing_who_writes_here(laptops: Laptops) -> None:
    """On a shared laptop somebody may be typing while the pack is written."""
    ana = laptops.joined("Ana")
    ben = next(one.id for one in ana.walkers() if one.label == "Ben")
    me = ana.me
    form = visit.enter(ana, the_visit(ana, "V1"))
    visit.add_note(ana, form, "walker 1 saw")
    ana.write_as(ben)
    second = visit.enter(ana, the_visit(ana, "V1"))
    visit.add_note(ana, second, "walker 2 saw")
    assert "With what was typed here for Ben." in sharing.what_goes(ana).goes_in()
    keys: list[str] = []
    whole = ana.store.set
    ana.store.set = lambda key, value: (keys.append(key), whole(key, value))[1]  # type: ignore[method-assign, func-returns-value]
    sharing.share(ana, laptops.folder / "both.walk")
    assert not [one for one in keys if one.startswith("me:")]
    assert ana.me == ben != me
    collect.collect(laptops.lead, [laptops.folder / "both.walk"])
    held = laptops.lead.store.all(Note, ana.walk_id)
    assert {one.record.text: one.author for one in held} == {
        "walker 1 saw": me,
        "walker 2 saw": ben,
    }


@pytest.mark.parametrize(
    ("name", "passphrase"),
    [("gone/ana.walk", ""), ("taken.walk", ""), ("ana.walk", "short"), ("plan.walk/a.walk", "")],
)
def test_a_pack_that_cannot_be_written_finishes_and_publishes_nothing(
    laptops: Laptops, name: str, passphrase: str
) -> None:
    """Else a wrong name would close the room, and undo would stop there."""
    ana = laptops.joined("Ana")
    form = visit.enter(ana, the_visit(ana, "V1"))
    visit.add_note(ana, form, "5 of 7 pairs")
    (laptops.folder / "taken.walk").mkdir()
    before, there = ana.store.newest_entry(), sorted(laptops.folder.rglob("*"))
    with pytest.raises((PackError, Refused)):
        sharing.share(ana, laptops.folder / name, passphrase=passphrase)
    assert ana.store.newest_entry() == before
    assert sorted(laptops.folder.rglob("*")) == there
    assert visit.under_way(ana) is not None


def test_a_big_share_lets_others_write_between(laptops: Laptops) -> None:
    ana = laptops.joined("Ana")
    write_form(ana, "V1", *(f"pair {number} wrote" for number in range(5)))
    sizes: list[int] = []
    whole = ana.store.publish

    def publish(*rest: object, **more: object) -> int:
        sizes.append(len(list(rest[2])))  # type: ignore[call-overload]
        return whole(*rest, **more)  # type: ignore[arg-type]

    form = visit.form_of(ana, the_visit(ana, "V1"))
    assert form is not None
    for note in visit.notes(ana, form):
        visit.reword(ana, note.record, f"{note.record.text} again")
    ana.store.publish = publish  # type: ignore[method-assign]
    sharing.CHUNK, before = 2, sharing.CHUNK
    try:
        sharing.share(ana, laptops.folder / "ana.walk")
    finally:
        sharing.CHUNK = before
    assert sizes == [2, 2, 1]


def test_into_a_folder_under_a_name_of_its_own(laptops: Laptops, no_stick: None) -> None:
    ana, _ = wrote(laptops, "Ana", "one")
    stick = laptops.folder / "stick"
    stick.mkdir()
    first = sharing.share_into(ana, stick)
    ana.clock.advance(minutes=1)  # type: ignore[attr-defined]
    second = sharing.share_into(ana, stick)
    assert find_packs([stick]) == sorted(one.path for one in (first, second) if one.path)
    assert first.path is not None
    assert first.path.name.startswith("walk-2025-10-14-ana-")
    assert peek(first.path).walker == "Ana"
    assert first.last == ""
    assert folders.recent(ana)[0] == str(stick)
    assert ana.store.setting(f"{GIVEN}{ana.walk_id}") == ana.now().wall_ms
    both = collect.collect(laptops.lead, [stick])
    assert (both.total("added"), texts(laptops.lead)) == (2, ["one"])


def test_only_a_stick_is_taken_out_and_only_when_all_is_on_it(
    laptops: Laptops, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folders, "sticks", lambda _: [laptops.folder])
    ana, _ = wrote(laptops, "Ana", "one")
    assert sharing.share_into(ana, laptops.folder).last == "You can take the stick out."
    whole = write_pack
    monkeypatch.setattr(
        sharing, "write_pack", lambda *rest, **more: replace(whole(*rest, **more), synced=False)
    )
    shared = sharing.share(ana, laptops.folder / "x.walk")
    assert shared.last == "Eject the stick before you take it out."


def test_a_pack_that_lies_there_is_told_though_nothing_can_be_noted_down(
    laptops: Laptops, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana = laptops.joined("Ana")
    write_form(ana, "V1", "one")

    def full(*_: object) -> None:
        raise FullDisk("The disk is full.", "Free some room, then try again.")

    monkeypatch.setattr(ana.store, "set", full)
    shared = sharing.share(ana, laptops.folder / "ana.walk")
    assert shared.path == laptops.folder / "ana.walk"
    assert shared.lines[0].startswith("Wrote ")
    assert shared.lines[-1].endswith("could not note down that it was given. The disk is full.")
    collect.collect(laptops.lead, [laptops.folder / "ana.walk"])
    assert texts(laptops.lead) == ["one"]


def test_a_plan_is_no_giving_of_notes(laptops: Laptops) -> None:
    goes = sharing.what_goes(laptops.lead)
    assert goes.lead
    assert "No notes" in goes.goes_in(plan_only=True)[0]
    assert laptops.lead.store.setting(f"{GIVEN}{laptops.lead.walk_id}") is None
    told = sharing.share_into(laptops.lead, laptops.folder, plan_only=True)
    assert told.path is not None
    assert "-plan-" in told.path.name


# Places


def test_a_plan_of_two_teams_says_that_it_has_no_rotation(laptops: Laptops) -> None:
    lead = laptops.lead
    roster.deal(lead, 2)
    assert sharing.what_goes(lead).goes_in(plan_only=True)[1:] == [rotation.NOT_MADE]
    assert rotation.NOT_MADE not in sharing.what_goes(lead).goes_in()
    told = sharing.share(lead, laptops.plan, plan_only=True)
    assert told.lines[-1] == rotation.NOT_MADE
    rotation.make(lead)
    assert len(sharing.what_goes(lead).goes_in(plan_only=True)) == 1
    assert rotation.NOT_MADE not in sharing.share(lead, laptops.plan, plan_only=True).lines
    prepare.withdraw_visit(lead, the_visit(lead, "V1"))
    assert sharing.share(lead, laptops.plan, plan_only=True).lines[-1] == rotation.STALE
    roster.deal(lead, 1)
    assert rotation.STALE not in sharing.share(lead, laptops.plan, plan_only=True).lines


def test_places_lie_beside_the_plan_only_when_they_are_asked_for(laptops: Laptops) -> None:
    lead, plan = laptops.lead, laptops.folder / "again.walk"
    with pytest.raises(Refused, match="No places"):
        sharing.share(lead, plan, plan_only=True, with_places=True)
    places.write(lead, Places((Place("V1", "Room 12", ("Ana",)),)))
    assert sharing.what_goes(lead).has_places
    sharing.share(lead, plan, plan_only=True)
    assert not sharing.places_beside(plan).exists()
    for _ in range(2):  # again over the first one
        told = sharing.share(lead, plan, plan_only=True, with_places=True)
    assert sharing.places_beside(plan).name == "again-places.toml"
    assert "Room 12" in sharing.places_beside(plan).read_text("utf-8")
    assert b"Room 12" not in plan.read_bytes()
    assert any("again-places.toml" in line for line in told.lines)
    assert not any("Room 12" in line for line in told.lines)


def test_places_never_travel_with_notes(laptops: Laptops) -> None:
    places.write(laptops.lead, Places((Place("V1", "Room 12"),)))
    with pytest.raises(Refused, match="never travel with notes"):
        sharing.share(laptops.lead, laptops.folder / "x.walk", with_places=True)
    assert not (laptops.folder / "x.walk").exists()


def test_places_that_nobody_could_read_are_not_sent(laptops: Laptops) -> None:
    places.path_of(laptops.lead).write_text("[[place", "utf-8")
    with pytest.raises(PlanError):
        sharing.share(laptops.lead, laptops.plan, plan_only=True, with_places=True)
    assert not sharing.places_beside(laptops.plan).exists()


# The door, once more


def test_what_stood_at_the_door_is_looked_at_again_alone(tmp_path: Path) -> None:
    with desk_at(tmp_path / "one.walkdb") as desk:
        from tests.desks import begin_small

        begin_small(desk)
        write_form(desk, "V1", "Ms Ortiz waits", "Mr Bell asks")
        stood = sharing.what_goes(desk).waiting
        assert len(stood) == 2
        door.no_person(desk, "Ms Ortiz")
        assert [one.words for one in sharing.still_waiting(desk, stood)] == ["Mr Bell asks"]


def test_it_comes_next_once_the_own_visits_are_through(laptops: Laptops) -> None:
    ana = laptops.joined("Ana")
    write_form(ana, "V1", "one")
    assert not sharing.is_next(ana)
    write_form(ana, "V2", "two")
    assert sharing.is_next(ana)
    sharing.share(ana, laptops.folder / "ana.walk")
    assert not sharing.is_next(ana)
    form = write.form_for(ana, the_visit(ana, "V1"))
    assert form.finished_at is not None


@pytest.mark.parametrize("name", ["notes.txt", "notes", "notes.walk.age"])
def test_a_pack_is_named_so_that_a_collect_finds_it(laptops: Laptops, name: str) -> None:
    with pytest.raises(PackError, match="does not end in"):
        sharing.share(laptops.lead, laptops.folder / name)


def test_what_is_reworded_while_the_door_is_looked_at_is_looked_at_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, look = tmp_path / "a.walkdb", door.waiting_at_share
    with desk_at(path) as desk, desk_at(path) as screen:
        begin_small(desk)
        write_form(desk, "V1", "T asked for more", "S2 pointed at the line")
        (held, _) = desk.store.all(Note, desk.walk_id)
        visit.reword(desk, held.record, "T asked for much more")
        screen.open_walk(desk.walk_id)

        def meanwhile(of: Desk) -> list[door.AtDoor]:
            found = look(of)
            monkeypatch.setattr(door, "waiting_at_share", look)
            visit.reword(screen, held.record, "Mrs. Wombatrow asked for more")
            return found

        monkeypatch.setattr(door, "waiting_at_share", meanwhile)
        shared = sharing.share(desk, tmp_path / "a.walk")
        assert [one.words for one in shared.waiting] == ["Mrs. Wombatrow asked for more"]
        assert "Wombatrow" not in "".join(one.body for one in desk.store.published(desk.walk_id))
