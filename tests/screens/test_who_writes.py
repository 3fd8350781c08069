"""Shared laptops by keys: who writes is one step away, what another wrote is hidden, and paper."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desks import begin_small, desk_at, the_visit, write_form
from tests.screens.table import SIZES, Seen, open_at
from walk.clock import FixedClock
from walk.model import Form, Note
from walk.routine.desk import Desk
from walk.routine.planning import prepare
from walk.routine.visiting import paper, visit, write


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Ben's laptop, on a walk with Ana and Ben."""
    with desk_at(tmp_path / "one.walkdb") as made:
        begin_small(made)
        prepare.give_label(made, made.walkers()[0], "Ben")
        prepare.add_walker(made, "Ana")
        yield made


def ana(desk: Desk) -> str:
    return next(one.id for one in desk.walkers() if one.label == "Ana")


def notes(desk: Desk) -> dict[str, str]:
    """The label of each note's author, by its words."""
    labels = {one.id: one.label for one in desk.walkers()}
    return {one.record.text: labels[one.author] for one in desk.store.all(Note, desk.walk_id)}


def at(desk: Desk, code: str = "V1") -> str:
    return the_visit(desk, code).id


async def becomes_ana(person: Seen) -> str:
    """Esc, w and the first of the roster."""
    return await person.keys("escape", "w", "1")


@pytest.mark.parametrize("size", SIZES)
async def test_in_the_room_the_writer_is_changed_and_each_keeps_their_line(
    desk: Desk, size: tuple[int, int]
) -> None:
    async with open_at(desk, "visit", size, at(desk)) as person:
        await person.type("Ben saw this")
        await person.keys("enter")
        await person.type("half a line")
        seen = await becomes_ana(person)
        assert "Writing: Ana" in seen
        assert "Ben saw this" not in seen
        assert "half a line" not in seen
        await person.type("Ana saw that")
        seen = await person.keys("enter")
        assert "by Ben" in seen
        seen = await person.keys("escape", "w", "2")
        assert "Writing: Ben" in seen
        assert "half a line" in seen
        assert "Ana saw that" not in seen
    assert notes(desk) == {"Ben saw this": "Ben", "Ana saw that": "Ana"}


async def test_f2_and_the_palette_lead_there_too(desk: Desk) -> None:
    async with open_at(desk, "visit", at=at(desk)) as person:
        seen = await person.keys("f2")
        assert "Who is writing on this laptop now?" in seen
        assert "V1: form begun" in seen
        await person.keys("escape")
        seen = await person.keys("ctrl+p")
        await person.type("who is writing")
        assert "Say who is writing on this laptop" in person.sees()


async def test_alone_nobody_is_asked_who_writes(tmp_path: Path) -> None:
    with desk_at(tmp_path / "alone.walkdb") as alone:
        begin_small(alone)
        async with open_at(alone, "visit", at=at(alone)) as person:
            assert "who writes" not in await person.keys("escape")


async def test_undo_takes_back_ones_own_acts_only(desk: Desk) -> None:
    async with open_at(desk, "visit", at=at(desk)) as person:
        await person.type("Ben saw this")
        await person.keys("enter")
        await becomes_ana(person)
        await person.keys("escape", "3")
        await person.keys("escape", "3")
        seen = person.sees()
        assert "Nothing to undo here" in seen
    assert list(notes(desk)) == ["Ben saw this"]


async def test_in_the_silent_write_the_other_goes_where_their_form_stands(desk: Desk) -> None:
    write_form(desk, "V1", "Ben saw this")
    desk.write_as(ana(desk))
    visit.enter(desk, the_visit(desk, "V1"))
    desk.write_as(desk.own_walker())
    async with open_at(desk, "write", at=at(desk)) as person:
        assert "Ben saw this" in person.sees()
        seen = await becomes_ana(person)
        assert "V1 · in person · Writing: Ana" in seen
        seen = await person.keys("escape", "w", "2")
        assert "silent write · Writing: Ben" in seen
        assert "Ben saw this" in seen


async def test_in_the_hall_the_other_finishes_their_own_form_first(desk: Desk) -> None:
    write_form(desk, "V1", "Ben saw this")
    async with open_at(desk, "hall", at=at(desk)) as person:
        seen = await becomes_ana(person)
        assert "finish your form for V1" in seen
        assert "Writing: Ana" in seen
        assert "Ben saw this" not in seen


async def test_a_note_typed_for_someone_says_so_and_is_edited_here(desk: Desk) -> None:
    desk.write_as(ana(desk))
    form = write.form_for(desk, the_visit(desk, "V1"))
    note = visit.add_note(desk, form, "S1 read aloud", from_paper=True).note
    async with open_at(desk, "write", at=at(desk)) as person:
        seen = await person.keys("up")
        assert "typed by Ben · from paper" in seen
        await person.keys("enter")
        await person.type(" twice")
        await person.keys("enter")
    assert note.id in {
        one.record.id
        for one in desk.store.all(Note, desk.walk_id)
        if one.record.text == "S1 read aloud twice" and one.author == ana(desk)
    }


# Paper


async def test_paper_is_typed_up_for_one_walker_after_the_other(desk: Desk) -> None:
    async with open_at(desk, "home") as person:
        seen = await person.keys("w", "4")
        assert "Whose paper is it?" in seen
        await person.keys("1", "2")
        seen = await person.keys("3")
        assert "V2 · silent write · Writing: Ana" in seen
        assert "from paper" in seen
        await person.type("S1 read aloud")
        await person.keys("enter")
        seen = await person.keys("enter")
        assert "Form done?" in seen
        seen = await person.keys("enter")
        assert "Whose paper is it?" in seen
        await person.keys("2", "1", "enter")
        assert "V1 · silent write · Writing: Ben" in person.sees()
        await person.type("14 of 22 wrote")
        await person.keys("enter")
        seen = await person.keys("enter", "2")
        assert "Writing: Ben" in seen
    assert notes(desk) == {"S1 read aloud": "Ana", "14 of 22 wrote": "Ben"}
    forms = [one.record for one in desk.store.all(Form, desk.walk_id)]
    assert {one.part for one in forms} == {"closing", ""}
    assert all(one.finished_at is not None for one in forms)
    assert all(one.finished_after_min is None for one in forms)


async def test_going_home_lets_the_own_walker_write_again(desk: Desk) -> None:
    paper.begin(desk, ana(desk), the_visit(desk, "V1"))
    async with open_at(desk, "write", at=at(desk)) as person:
        seen = await person.keys("escape", "0")
        assert "Writing: Ben again" in seen


async def test_times_are_given_by_hand(desk: Desk) -> None:
    async with open_at(desk, "write", at=at(desk)) as person:
        await person.keys("escape", "t")
        await person.type("9")
        await person.keys("colon", "0", "2", "enter")
        seen = await person.keys("enter")
        assert "is no time" in seen
        await person.keys("9", "colon", "1", "5")
        seen = await person.keys("enter")
        assert "from paper · 9:02–9:15" in seen
        assert "come back" not in await person.keys("escape")


async def test_from_paper_stays_over_a_restart(desk: Desk) -> None:
    write_form(desk, "V1", "in the room")
    async with open_at(desk, "write", at=at(desk)) as person:
        seen = await person.keys("escape", "6")
        assert "from paper" in seen
    async with open_at(desk, "write", at=at(desk)) as person:
        assert "from paper · noticing" in person.sees()
        await person.keys("escape", "6")
    async with open_at(desk, "write", at=at(desk)) as person:
        assert "from paper · noticing" not in person.sees()


async def test_enter_in_an_empty_form_asks_nothing(desk: Desk) -> None:
    assert isinstance(desk.clock, FixedClock)
    async with open_at(desk, "write", at=at(desk)) as person:
        seen = await person.keys("enter")
        assert "Form done?" not in seen
        assert "Nothing to save yet" in seen
