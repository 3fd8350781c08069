"""Somebody who has docs/pack-format.md and no walk reads our packs, and walk reads theirs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.desks import desk_at, texts
from tests.exchange import by_hand
from tests.exchange.forge import GOOD, LINE, REV, WALK, line, pack, revision
from tests.exchange.test_forged_lines import FIELDS
from tests.hostile import hostile_store
from walk.errors import PackError
from walk.exchange.lines import to_line
from walk.exchange.pack import read_pack
from walk.model import (
    Focus,
    Form,
    LookFor,
    Note,
    Record,
    Theme,
    Visit,
    Walker,
    focus_id,
    form_id,
    placing_id,
    trend_id,
    visit_id,
)
from walk.routine import summary
from walk.routine.debriefing import debrief
from walk.routine.desk import Desk
from walk.routine.exchanging.collect import collect
from walk.routine.exchanging.share import share
from walk.routine.visiting import visit

W = "0199e1f2a0007000800000000000bbbb"
ANA, BEN = "a1" * 16, by_hand.derived("walker", W, "Ben")


# Reading what walk wrote ---------------------------------------------------------------------


def told(desk: Desk) -> dict[str, tuple[str, bool]]:
    """What walk shows of each record, and whether people told it in two ways."""
    rows = [row for row in desk.store.snapshot() if len(row) > 5]
    return {row[0].hex(): (row[4].hex(), bool(row[6])) for row in rows}


def test_the_page_is_enough_to_find_what_walk_shows(tmp_path: Path) -> None:
    """A full walk of hostile words, edited on two laptops at once."""
    with desk_at(hostile_store(tmp_path)) as desk:
        share(desk, tmp_path / "one.walk")
        with desk_at(tmp_path / "two.walkdb") as other:
            collect(other, [tmp_path / "one.walk"])
            other.become(other.walkers()[0].id)
            for here, words in ((desk, "here"), (other, "there")):
                notes = [one.record for one in here.store.all(Note, here.walk_id)]
                visit.reword(here, notes[0], f"told {words}")
                visit.withdraw(here, notes[1 if here is desk else 2])
            share(other, tmp_path / "two.walk")
        collect(desk, [tmp_path / "two.walk"])
        share(desk, tmp_path / "both.walk")
        with desk_at(tmp_path / "three.walkdb") as third:
            collect(third, [tmp_path / "both.walk"])
            expected = told(third)
    found = by_hand.read(tmp_path / "both.walk")
    assert found.shown() == expected
    assert [two_ways for _, two_ways in expected.values()].count(True) == 1
    assert any(one["deleted"] for one in found.lines)
    assert len(expected) > 80


# Writing what walk reads ---------------------------------------------------------------------


def walk_by_hand() -> by_hand.Laptop:
    """A whole small walk, written by a program that has only the page."""
    laptop = by_hand.Laptop(W, "d1" * 16)
    laptop.change("walk", W, body={"title": "Explaining", "date": "2025-10-14"})
    focus = by_hand.derived("focus", W)
    laptop.change("focus", focus, body={"statement": "Explaining", "inquiries": ["In what ways?"]})
    look_for = laptop.change(
        "look_for", by_hand.derived("look_for", W, "say why"), body={"name": "say why", "place": 1}
    )
    laptop.change("walker", ANA, body={"label": "Ana", "roles": ["lead"]})
    laptop.change("walker", BEN, body={"label": "Ben"})
    theme = laptop.change("theme", "7e" * 16, ANA, {"name": "Reasons", "place": 1})
    for place, code in enumerate(("V1", "V2"), start=1):
        room = by_hand.derived("visit", W, code)
        laptop.change("visit", room, body={"code": code, "place": place})
        form = by_hand.derived("form", W, room, BEN)
        laptop.change("form", form, BEN, {"visit": room, "walker": BEN, "part": "middle"})
        note = f"{place:032x}"
        words = {"text": f"{place} of 7 pairs wrote", "visit": room, "form": form}
        laptop.change("note", note, BEN, {**words, "look_for": look_for, "of a newer walk": [1]})
        placed = by_hand.derived("placing", note, theme)
        laptop.change("placing", placed, ANA, {"theme": theme, "note": note})
    stated = {"theme": theme, "statement": "Students write", "polarity": "asset"}
    laptop.change("trend", by_hand.derived("trend", theme), ANA, stated)
    return laptop


def test_the_page_is_enough_to_make_a_walk(tmp_path: Path) -> None:
    laptop = walk_by_hand()
    laptop.write(tmp_path / "hand.walk")
    with desk_at(tmp_path / "walk.walkdb") as desk:
        receipt = collect(desk, [tmp_path / "hand.walk"])
        assert (receipt.packs[0].added, receipt.packs[0].unread) == (len(laptop.lines), 0)
        assert desk.walk.title == "Explaining"
        assert texts(desk) == ["1 of 7 pairs wrote", "2 of 7 pairs wrote"]
        facts = summary.facts(desk)
        assert [trend.statement for trend in facts.trends] == ["Students write"]
        assert len(debrief.table(desk).themes) == 1
        nouns: list[type[Record]] = [Focus, LookFor, Walker, Visit, Form, Theme]
        for noun, count in zip(nouns, (1, 1, 2, 2, 2, 1), strict=True):
            assert len(desk.store.all(noun, W)) == count
        assert desk.store.check() == []


def test_ids_are_derived_as_the_page_says() -> None:
    """So that what is made twice, by walk and by others, is one record."""
    room = visit_id(W, "V1")
    assert by_hand.derived("visit", W, "V1") == room
    assert by_hand.derived("form", W, room, BEN) == form_id(W, room, BEN)
    assert by_hand.derived("focus", W) == focus_id(W)
    assert by_hand.derived("placing", "1" * 32, "2" * 32) == placing_id("1" * 32, "2" * 32)
    assert by_hand.derived("trend", "1" * 32) == trend_id("1" * 32)
    assert (
        by_hand.derived("walker", W, "Zoë")
        == Walker.from_dict(
            {"id": by_hand.derived("walker", W, "Zoë"), "walk": W, "label": "Zoë"}
        ).id
    )


def test_walk_and_another_program_settle_what_they_tell_differently(tmp_path: Path) -> None:
    laptop = walk_by_hand()
    laptop.write(tmp_path / "hand.walk")
    with desk_at(tmp_path / "walk.walkdb") as desk:
        collect(desk, [tmp_path / "hand.walk"])
        desk.become(BEN)
        note = desk.store.get(Note, f"{1:032x}")
        assert note is not None
        visit.reword(desk, note, "said by walk")
        share(desk, tmp_path / "walk.walk")
        body = {"text": "said by hand", "visit": note.visit, "form": note.form}
        laptop.change("note", note.id, BEN, body)
        laptop.take(by_hand.read(tmp_path / "walk.walk"))
        laptop.write(tmp_path / "both.walk")
        assert collect(desk, [tmp_path / "both.walk"]).packs[0].conflicts == 1
        laptop.change("note", note.id, BEN, {**body, "text": "said by both"})
        laptop.write(tmp_path / "settled.walk")
        collect(desk, [tmp_path / "settled.walk"])
        assert desk.store.conflicts(W) == []
        assert "said by both" in texts(desk)
        laptop.change("note", note.id, BEN)
        laptop.write(tmp_path / "gone.walk")
        assert collect(desk, [tmp_path / "gone.walk"]).packs[0].withdrawn == 1
        assert told(desk) == by_hand.read(tmp_path / "gone.walk").shown()
    edited = [one for one in laptop.lines if "said by walk" in one["body"]]
    assert all("of a newer walk" in one["body"] for one in edited), "carried over by the edit"


# Two readers, one verdict --------------------------------------------------------------------


def verdicts(path: Path, data: bytes) -> tuple[bool, bool]:
    """Whether walk takes these bytes for a pack, and whether the page does."""
    path.write_bytes(data)
    try:
        ours = bool(read_pack(path).revisions)
    except PackError:
        ours = False
    try:
        theirs = bool(by_hand.read(path).lines)
    except by_hand.NoPack:
        theirs = False
    return ours, theirs


@pytest.mark.parametrize(("name", "value"), FIELDS)
def test_both_refuse_a_field_that_is_not_as_agreed(tmp_path: Path, name: str, value: Any) -> None:
    forged = line(REV, **{name: value})
    assert verdicts(tmp_path / "a.walk", pack(forged)) == (False, False)


hashes = st.binary(min_size=32, max_size=32)
edges = st.sampled_from([0, 1, 2, 3, 100_000, 100_001, 100_002, 2**31, 2**31 + 1, 2**53, 2**53 + 1])
changes = st.fixed_dictionaries(
    {},
    optional={
        "record": st.sampled_from([bytes([7] * 16), WALK, bytes(16)]),
        "kind": st.sampled_from(["note", "walk", "visit", "a_newer_one", "Note", ""]),
        "schema": edges,
        "generation": edges,
        "parents": st.lists(st.one_of(hashes, st.just(REV.rev_id())), max_size=3).map(tuple),
        "number": edges,
        "zone": st.sampled_from([-1441, -1440, -1439, 0, 1439, 1440]),
        "made_at": st.sampled_from([0, 253_339_228_799_999, 253_339_228_800_000]),
        "body": st.sampled_from(["", "{}", "x\0", "[1]", "x" * 150_001, '{"text": "\u2028"}']),
        "deleted": st.booleans(),
        "author": st.sampled_from([b"", bytes(16), bytes(15)]),
    },
)


@given(changes, changes, st.sampled_from(["1.0", "1.1", "1.9999", "2.0", "0.9"]))
def test_both_say_the_same_of_whatever_is_forged(
    tmp_path_factory: pytest.TempPathFactory,
    one: dict[str, Any],
    two: dict[str, Any],
    version: str,
) -> None:
    """With true hashes and sums, so that only the rules of the page can refuse it."""
    path = tmp_path_factory.getbasetemp() / "forged.walk"
    forged = [revision(**one), revision(**two)]
    # Written as walk writes them and otherwise: the first way is read by a quicker one.
    for write in (line, lambda rev: to_line(rev.rev_id(), rev)):
        data = pack(write(forged[0]), LINE, write(forged[1]), version=version)
        ours, theirs = verdicts(path, data)
        assert ours == theirs


def test_the_forged_ones_begin_with_one_that_both_take(tmp_path: Path) -> None:
    path = tmp_path / "good.walk"
    assert verdicts(path, GOOD) == (True, True)
    newer = pack(LINE, line(revision(number=2), later={"a": [1]}), version="1.3", later=1)
    assert verdicts(path, newer) == (True, True)
    assert verdicts(path, pack(line(REV, later=1))) == (False, False)
    assert json.loads(LINE)["rev"] == by_hand.rev_of(json.loads(LINE))
