"""Packs whose hashes are right and whose entries lie: what walk refuses, keeps apart, or tells."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.desks import begin_small, desk_at, texts, write_form
from tests.exchange import by_hand
from tests.exchange.views import look_at_everything
from walk.exchange.receipt import PackReceipt
from walk.model import Focus, Note, Walker, focus_id
from walk.routine import summary
from walk.routine.desk import Desk
from walk.routine.exchanging.collect import collect, undo_collect
from walk.routine.exchanging.share import share
from walk.routine.home import home
from walk.routine.planning import prepare
from walk.routine.visiting import visit

STRANGER = "d1" * 16


class Liar:
    """Somebody with a text editor who has a pack of the walk."""

    def __init__(self, desk: Desk, folder: Path) -> None:
        self.desk = desk
        self.path = folder / "lies.walk"
        share(desk, folder / "true.walk")
        self.lines = by_hand.read(folder / "true.walk").lines

    def newest(self, kind: str) -> by_hand.Line:
        """The newest line of a kind of record."""
        return [line for line in self.lines if line["kind"] == kind][-1]

    def line(self, kind: str, /, **said: Any) -> by_hand.Line:
        """A line over the newest of its kind, with other words in its fields and its true hash."""
        old = self.newest(kind)
        line = {**old, "parents": [old["rev"]], "generation": old["generation"] + 1}
        line = {**line, "device": STRANGER, "number": 1, **said}
        line["rev"] = by_hand.rev_of(line)
        return line

    def tell(self, *lies: by_hand.Line) -> PackReceipt:
        """What comes of collecting these lines with all the true ones."""
        laptop = by_hand.Laptop(self.desk.walk_id, STRANGER, [*self.lines, *lies])
        laptop.write(self.path)
        return collect(self.desk, [self.path]).packs[0]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A laptop with a walk whose focus is confirmed."""
    with desk_at(tmp_path / "walk.walkdb") as made:
        begin_small(made, 2)
        prepare.confirm_focus(made, "in the team meeting", "2025-10-01", 3)
        write_form(made, "V1", "5 of 7 pairs wrote #1", "? who began")
        yield made


@pytest.fixture
def liar(desk: Desk, tmp_path: Path) -> Iterator[Liar]:
    """A liar; whatever they told, the store adds up and every screen and page still comes."""
    made = Liar(desk, tmp_path)
    yield made
    assert desk.store.check() == []
    assert look_at_everything(desk) == []


def state(desk: Desk) -> tuple[Any, ...]:
    store = desk.store
    return store.snapshot(), sorted(rev.rev_id() for rev in store.published(desk.walk_id))


# Refused -------------------------------------------------------------------------------------


def test_a_record_of_another_walk_is_out_of_reach(desk: Desk, liar: Liar) -> None:
    """A pack of one walk may not reach into another one that lies on the same laptop."""
    first = desk.walk_id
    second = begin_small(desk, 2)
    share(desk, liar.path)
    lines = by_hand.read(liar.path).lines
    stolen = liar.line("focus", walk=second, generation=3)
    before = state(desk)
    laptop = by_hand.Laptop(second, STRANGER, [*lines, stolen])
    laptop.write(liar.path)
    refused = collect(desk, [liar.path]).packs[0].refused
    assert "record that is here into another one" in refused
    assert state(desk) == before
    assert desk.store.get(Focus, focus_id(first)) is not None


@pytest.mark.parametrize(
    ("kind", "said", "words"),
    [
        ("note", {"kind": "theme", "body": '{"name": "gone"}'}, "another kind of record"),
        ("note", {"kind": "walk"}, "another record for the walk"),
        ("focus", {"parents": []}, "another generation"),
        ("focus", {"generation": 2**31}, "another generation"),
        ("focus", {"generation": 1}, "another generation"),
        ("focus", {"generation": 2**31, "parents": ["0" * 64]}, "another generation"),
        ("focus", {"generation": 100_003, "parents": ["0" * 64]}, "another generation"),
    ],
)
def test_what_cannot_be_is_refused(
    desk: Desk, liar: Liar, kind: str, said: dict[str, Any], words: str
) -> None:
    before = state(desk)
    assert words in liar.tell(liar.line(kind, **said)).refused
    assert state(desk) == before


def test_a_parent_is_of_the_same_record(desk: Desk, liar: Liar) -> None:
    note = liar.newest("note")
    lie = liar.line("focus", parents=[note["rev"]], generation=note["generation"] + 1)
    assert "one of another record" in liar.tell(lie).refused


def test_one_record_may_not_fill_a_pack(desk: Desk, liar: Liar) -> None:
    """Each line of a record is looked at again with every chunk that follows."""
    note = liar.newest("note")
    lies = [
        liar.line("note", number=number, parents=[note["rev"]], body=f'{{"text": "{number}"}}')
        for number in range(1, 10_001)
    ]
    assert "more than 10,000 times" in liar.tell(*lies).refused


def test_a_pack_that_withdraws_the_walk_is_refused(desk: Desk, liar: Liar) -> None:
    before = state(desk)
    told = liar.tell(liar.line("walk", deleted=True, body="")).refused
    assert "holds no walk" in told
    assert state(desk) == before
    assert desk.store.walks() == [desk.walk_id]


# Kept apart, or told -------------------------------------------------------------------------


def other_focus(liar: Liar, **said: Any) -> by_hand.Line:
    body = '{"statement": "Wear a tie", "confirmation": {"how": "said so", "on": "2025-10-02"}}'
    return liar.line("focus", body=body, **said)


def test_another_focus_beside_a_confirmed_one_is_a_conflict(desk: Desk, liar: Liar) -> None:
    """However great a generation it claims: both are kept, and people settle it."""
    before = state(desk)
    lie = other_focus(liar, parents=["0" * 64], generation=100_000)
    receipt = liar.tell(lie)
    assert receipt.conflicts == 1
    assert "press" in receipt.focus_before.lower()
    assert desk.store.conflicts(desk.walk_id) == [focus_id(desk.walk_id)]
    assert len(desk.store.heads(focus_id(desk.walk_id))) == 2
    undo_collect(desk)
    assert state(desk) == before


def test_another_focus_in_place_of_a_confirmed_one_is_told_and_taken_back(
    desk: Desk, liar: Liar
) -> None:
    """It cannot be told from a change by the lead's laptop, so it is never silent."""
    was, before = prepare.focus(desk), state(desk)
    receipt = liar.tell(other_focus(liar))
    assert receipt.conflicts == 0
    assert receipt.focus_before == " ".join((was.statement, *was.inquiries))
    assert any("confirmed focus reads otherwise" in line for line in receipt.in_words())
    undo_collect(desk)
    assert prepare.focus(desk) == was
    assert state(desk) == before


def test_a_confirmed_focus_that_is_withdrawn_is_told(desk: Desk, liar: Liar) -> None:
    was = prepare.focus(desk)
    receipt = liar.tell(liar.line("focus", deleted=True, body=""))
    assert was.statement in receipt.focus_before
    assert receipt.withdrawn == 1


def test_a_focus_that_stays_is_not_told(desk: Desk, liar: Liar) -> None:
    assert liar.tell(liar.line("note", body='{"text": "x", "visit": ""}')).focus_before == ""


def test_after_a_great_generation_was_settled_people_go_on_as_before(
    desk: Desk, liar: Liar, tmp_path: Path
) -> None:
    note = liar.newest("note")
    lie = liar.line(
        "note", parents=["0" * 64], generation=100_000, body='{"text": "a lie", "visit": ""}'
    )
    assert liar.tell(lie).conflicts == 1
    held = desk.store.get(Note, note["record"])
    assert held is not None
    true = held.changed(text="settled")
    desk.store.settle(desk.by(), "debrief", "settled", [(desk.me, true)])
    assert desk.store.conflicts(desk.walk_id) == []
    visit.reword(desk, true, "edited after")
    share(desk, tmp_path / "after.walk")
    with desk_at(tmp_path / "other.walkdb") as other:
        assert collect(other, [tmp_path / "after.walk"]).packs[0].conflicts == 0
        assert "edited after" in texts(other)


def test_a_note_in_anothers_name_stands_under_that_name(desk: Desk, liar: Liar) -> None:
    """Nothing in a file shows who wrote it; docs/pack-format.md says so."""
    note = liar.newest("note")
    liar.tell(liar.line("note", record="ab" * 16, parents=[], generation=1, body=note["body"]))
    held = desk.store.held(Note, "ab" * 16)
    assert held is not None
    assert held.author == note["author"]
    assert not held.here


def test_another_label_for_a_walker_is_taken_and_taken_back(desk: Desk, liar: Liar) -> None:
    before = state(desk)
    liar.tell(liar.line("walker", body='{"label": "\\u202eMallory\\u001b[2J"}'))
    assert [one.label for one in desk.walkers()] == ["\u202eMallory\x1b[2J"]
    shown = summary.render(summary.facts(desk), "html")
    assert "\x1b" not in shown
    undo_collect(desk)
    assert state(desk) == before


def test_a_number_of_this_laptop_is_kept_beside_and_the_laptop_goes_on(
    desk: Desk, liar: Liar, tmp_path: Path
) -> None:
    own = desk.store.device
    lies = [
        liar.line("note", device=own, number=number, body=f'{{"text": "{number}", "visit": ""}}')
        for number in (1, 1, 2)
    ]
    lies = [
        dict(one, body=one["body"].replace('"visit"', f'"{n}": 1, "visit"'))
        for n, one in enumerate(lies)
    ]
    for one in lies:
        one["rev"] = by_hand.rev_of(one)
    assert liar.tell(*lies).added == 3
    assert desk.store.device != own
    write_form(desk, "V2", "and then they read")
    share(desk, tmp_path / "after.walk")
    with desk_at(tmp_path / "other.walkdb") as other:
        collect(other, [tmp_path / "after.walk"])
        assert "and then they read" in texts(other)
        assert other.store.missing_numbers(other.walk_id) == {}


@pytest.mark.parametrize("at", ["1970-01-01T00:00:00.000Z", "9997-12-31T23:59:59.999Z"])
@pytest.mark.parametrize("zone", [-1439, 1439])
def test_a_time_at_the_edge_of_the_calendar_ends_nothing(
    desk: Desk, liar: Liar, at: str, zone: int
) -> None:
    lies = [
        liar.line(kind, made_at=at, zone=zone, number=number, body=liar.newest(kind)["body"] + " ")
        for number, kind in enumerate(("walk", "focus", "walker", "note", "form"), start=1)
    ]
    assert liar.tell(*lies).added == 5
    home.overview(desk)


@pytest.mark.parametrize("minutes", [0, 61, 100_000])
@pytest.mark.parametrize("seconds", [-5, 0, 10**30])
def test_a_form_with_odd_figures_still_takes_notes(
    desk: Desk, liar: Liar, minutes: int, seconds: int
) -> None:
    """A stranger, or another program, may change the form of somebody who is in the room."""
    form = json.loads(liar.newest("form")["body"])
    odd = {"target_minutes": minutes, "earlier_s": seconds, "left_after_s": seconds}
    liar.tell(liar.line("form", body=json.dumps({**form, **odd})))
    (found,) = visit.forms(desk)
    assert visit.timer(desk, found).target_min in (1, 60)
    visit.add_note(desk, found, "still typed")
    assert "still typed" in texts(desk)


def test_a_great_number_tells_one_gap(desk: Desk, liar: Liar) -> None:
    liar.tell(liar.line("note", number=2**53, body='{"text": "x", "visit": ""}'))
    assert desk.store.missing_numbers(desk.walk_id) == {STRANGER: [(1, 2**53 - 1)]}


def test_a_thousand_parents_are_one_wording(desk: Desk, liar: Liar) -> None:
    parents = sorted([liar.newest("note")["rev"], *(f"{n:064x}" for n in range(999))])
    receipt = liar.tell(liar.line("note", parents=parents, body='{"text": "x", "visit": ""}'))
    assert (receipt.added, receipt.conflicts) == (1, 0)


def test_a_flood_of_wordings_can_still_be_settled(desk: Desk, liar: Liar, tmp_path: Path) -> None:
    note = liar.newest("note")
    held = desk.store.get(Note, note["record"])
    lies = [
        liar.line("note", number=number, parents=["0" * 64], body=f'{{"text": "{number}"}}')
        for number in range(1, 1_501)
    ]
    receipt = liar.tell(*lies[:800])
    assert (receipt.added, receipt.conflicts) == (800, 1)
    assert desk.store.conflicts(desk.walk_id) == [note["record"]]
    before = state(desk)
    assert "more ways than could be settled" in liar.tell(*lies[700:]).refused
    assert state(desk) == before
    assert held is not None
    desk.store.settle(desk.by(), "debrief", "settled", [(desk.me, held.changed(text="settled"))])
    share(desk, tmp_path / "settled.walk")
    with desk_at(tmp_path / "other.walkdb") as other:
        assert collect(other, [tmp_path / "settled.walk"]).packs[0].conflicts == 0


# Cleaned where it is shown -------------------------------------------------------------------

SIGNS = "\x1b]52;c;aGk=\x07 \x9b31m \u202etfel \u2066x \x7f\x08 \ufeff \u2028 [/x] =1+1 <b>"


def test_signs_that_act_are_kept_and_shown_harmless(desk: Desk, liar: Liar) -> None:
    note = liar.newest("note")
    line = liar.line("note", body='{"text": "x", "visit": ""}')
    line["body"] = (
        Note.from_body(bytes.fromhex(note["record"]), bytes.fromhex(desk.walk_id), note["body"])
        .changed(text=SIGNS)
        .body()
    )
    line["rev"] = by_hand.rev_of(line)
    receipt = liar.tell(line)
    assert receipt.added == 1
    assert SIGNS in texts(desk)
    for words in receipt.in_words():
        assert words.isprintable()


def test_what_this_version_cannot_read_is_kept_and_named(desk: Desk, liar: Liar) -> None:
    lies = [
        liar.line("note", body="no JSON"),
        liar.line("walker", record="ab" * 16, parents=[], generation=1, number=2, body="[1]"),
        liar.line("visit", record="cd" * 16, parents=[], generation=1, number=3, kind="sound_map"),
    ]
    assert liar.tell(*lies).unread == 3
    assert len(desk.store.unread(desk.walk_id)) == 3
    assert len(desk.store.all(Walker, desk.walk_id)) == 1
