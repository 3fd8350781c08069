"""Beside the day's way: the checklist, conflicts and questions, and erasing a note."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desks import begin_small, desk_at, texts, the_visit
from tests.plain.talks import talk
from tests.routine.conflict_desks import told_differently
from tests.routine.three import Three, give, note_on, three_laptops, wrote
from walk.routine.desk import Desk
from walk.routine.papers import checklist
from walk.routine.settling import conflicts, same_person


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A small walk."""
    with desk_at(tmp_path / "apart.walkdb") as desk:
        begin_small(desk)
        yield desk


@pytest.fixture
def three(tmp_path: Path) -> Iterator[Three]:
    """The lead's laptop, Ana's and Ben's."""
    with three_laptops(tmp_path) as three:
        yield three


def test_what_a_visit_asks_is_ticked_and_stops_nothing(desk: Desk) -> None:
    said = talk(desk, "check V1", "1", "", "1", "undo", "9", "visit", "pens down")
    assert "1. not yet: where to stand is clear" in said.after("check V1")
    assert said.after("1").startswith("Ticked: place to stand.")
    assert "1. ticked: " in said.after("")
    assert "That is no item here." in said.after("9")
    # Ticked, taken away, and that undone: one of three is ticked.
    assert len(checklist.open_items(desk, the_visit(desk, "V1"))) == 2
    assert texts(desk) == ["pens down"]


def test_a_conflict_is_settled_by_a_number_and_goes_to_the_team(three: Three) -> None:
    note = told_differently(three).id
    said = talk(three.lead, "conflicts", "7", "1", "undo", "2", "home")
    assert "Words: S1 wrote five lines" in said.after("conflicts")
    assert "Words: S1 wrote four long lines" in said.after("conflicts")
    assert "That is no wording here." in said.after("7")
    assert "Undone: " in said.after("undo")
    assert "What was settled is with your team on this laptop." in said.after("home")
    assert conflicts.waiting(three.lead) == []
    assert note_on(three.lead, note).text == "S1 wrote four long lines"


def test_both_wordings_can_stand(three: Three) -> None:
    told_differently(three)
    talk(three.lead, "conflicts", "both")
    assert texts(three.lead) == ["S1 wrote five lines", "S1 wrote four long lines"]


def test_one_label_on_two_laptops_is_asked_about(three: Three) -> None:
    other = three.joined("Ana", name="ana2")
    wrote(other, "hands up")
    wrote(three.ana, "pens down")
    for one in (other, three.ana):
        give(one, three.lead)
    said = talk(three.lead, "conflicts", "next", "3", "Anja", "both")
    assert "3. Two people: the other gets another label." in said.after("next")
    assert "There is nothing to settle." in said.after("both")
    assert same_person.open_questions(three.lead) == []
    assert "Anja" in [one.label for one in three.lead.walkers()]


def test_a_note_is_erased_for_good_only_on_a_yes(desk: Desk) -> None:
    said = talk(
        desk, "visit V1", "about Kim", "stays", "/erase 1", "no", "/erase 1", "yes", "/notes"
    )
    assert "Goes: every wording of it (1)" in said.text
    assert "Nothing was erased." in said.text
    assert "about Kim" not in said.after("/notes")
    assert texts(desk) == ["stays"]
    assert b"about Kim" not in desk.store.path.read_bytes()
