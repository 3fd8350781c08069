"""What stands on screens at a glance: nothing lost without a word, nothing there for nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.desks import begin_small, desk_at, the_visit
from tests.screens.table import open_at
from walk.model import Visit
from walk.routine.across.history import PastStep, PastWalk
from walk.routine.demo import make_demo
from walk.routine.desk import Desk
from walk.routine.visiting import visit, write
from walk.screens.across.history_rows import walk_row
from walk.screens.following.steps_form import in_rows
from walk.screens.visiting import hall, visit_words
from walk.screens.visiting.write import form_menu
from walk.text import cell_width
from walk.widgets.asking import Question

TODAY = date(2025, 10, 14)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_at(tmp_path / "one.walkdb") as made:
        begin_small(made)
        yield made


def test_that_the_room_was_left_fits_a_usual_window_with_a_blank_at_each_side() -> None:
    assert cell_width(visit_words.LEFT) <= 80 - 2


@pytest.mark.parametrize("screen", ["visit", "write"])
async def test_notes_that_are_out_of_sight_are_told(desk: Desk, screen: str) -> None:
    form = visit.enter(desk, the_visit(desk, "V1"))
    for number in range(16):
        visit.add_note(desk, form, f"pair {number} reads on")
    if screen == "write":
        write.finish(desk, visit.leave(desk, form))
    async with open_at(desk, screen, (60, 20), at=form.visit) as person:
        seen = person.sees()
        assert "pair 15 reads on" in seen
        hidden = sum(f"pair {number} " not in seen for number in range(16))
        assert f"· ↑ {hidden} more" in seen
        await person.keys("up", "home")
        assert "more" not in person.sees().split("pair 0 reads on")[0]


async def test_an_empty_pool_promises_no_key_and_says_what_to_do_in_whole_lines(
    desk: Desk,
) -> None:
    async with open_at(desk, "debrief") as person:
        *above, keys = person.sees().splitlines()
        assert "1-9 put" not in keys
        assert "Space mark" not in keys
        assert "Esc back" in keys
        left = " ".join(row.split("│")[0].strip() for row in above if "│" in row)
        assert "No notes here yet. Visit first, or collect your colleagues' packs" in left
        assert sum("here." in row for row in above) == 1
        assert not any(row.split("│")[0].strip() == "or" for row in above)


@pytest.mark.parametrize("screen", ["trends", "steps", "cycle", "teacher_note", "conflicts"])
async def test_an_empty_list_stands_over_no_rule(desk: Desk, screen: str) -> None:
    async with open_at(desk, screen) as person:
        assert "────────" not in person.sees()


async def test_a_closed_walk_is_not_offered_to_be_closed(tmp_path: Path) -> None:
    with desk_at(tmp_path / "demo.walkdb") as desk:
        make_demo(desk)
        async with open_at(desk, "steps") as person:
            seen = await person.keys("m")
            assert "Nothing is missing. m shows the steps." in seen
            assert "c closes" not in seen


def menus() -> Iterator[Question]:
    room = Visit(id="0" * 32, walk="0" * 32, code="V1")
    yield visit_words.menu(room, None, can_redo=True)
    yield form_menu(done=True, may_come_back=False, from_paper=False, can_redo=True)
    yield hall.talk_menu(done=False, can_redo=True)


def test_home_and_redo_stand_on_the_same_digits_in_every_menu() -> None:
    found = [{words: key for key, words in (*one.choices, *one.further)} for one in menus()]
    assert {(one["home"], one["redo"]) for one in found} == {("0", "7")}


def past(state: str, open_steps: int) -> PastWalk:
    step = PastStep("s", "Plan a question", "coach", "", "open", "", "", "")
    return PastWalk(
        id="w",
        date="2025-10-14",
        title="Reasons and sources in discussion.",
        school="",
        focus="",
        state=state,
        stage="",
        confirmed=True,
        visited=4,
        steps=(step,) * open_steps,
    )


def test_what_came_of_a_walk_gives_way_to_its_state() -> None:
    assert walk_row(past("called off", 3), TODAY, 80).side == "3 open steps · called off"
    assert walk_row(past("called off", 3), TODAY, 40).side == "called off"
    assert walk_row(past("closed", 3), TODAY, 40).side == "3 open steps"
    assert walk_row(past("closed", 0), TODAY, 40).words == "Reasons and sources in discussion"


WORDS = "rests on what was seen in four rooms of this school"


@pytest.mark.parametrize("rows", range(5))
def test_facts_take_the_rows_there_are_and_no_more(rows: int) -> None:
    found = in_rows([WORDS, "short"], 20, rows)
    assert len(found) <= rows
    assert all(cell_width(one) <= 20 for one in found)


def test_facts_stand_in_full_where_there_are_rows_for_them() -> None:
    assert " ".join(in_rows([WORDS, "short"], 20, 9)) == f"{WORDS} short"
    assert in_rows([WORDS, "short"], 20, 2) == ["rests on what was s…", "short"]
