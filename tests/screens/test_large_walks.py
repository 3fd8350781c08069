"""A walk of thousands of classrooms, as a table may bring it: pages say what they leave out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desks import begin_small, desk_at, write_form
from tests.screens.table import open_at
from walk.routine.debriefing import debrief
from walk.routine.desk import Desk
from walk.routine.planning import prepare, rooms


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A walk of five classrooms."""
    with desk_at(tmp_path / "a.walkdb") as made:
        begin_small(made, visits=5)
        yield made


@pytest.mark.parametrize("screen", ["home", "rooms"])
async def test_the_first_classrooms_are_listed_and_the_rest_is_counted(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, screen: str
) -> None:
    monkeypatch.setattr(prepare, "LISTED_MOST", 3)
    async with open_at(desk, screen, (120, 40)) as seen:
        shown = seen.sees()
        assert "V3" in shown
        assert "V4" not in shown
        assert "and 2 more" in shown


async def test_the_debrief_says_that_not_all_notes_are_on_the_table(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_form(desk, "V1", *(f"{number} herons" for number in range(12)))
    monkeypatch.setattr(debrief, "TABLE_MOST", 6)
    async with open_at(desk, "debrief", (120, 40)) as seen:
        assert "of 12 notes lie here, from all rooms" in seen.sees()


async def test_a_note_that_search_found_is_on_the_table(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_form(desk, "V1", *(f"{number} herons" for number in range(12)))
    whole = debrief.table(desk).notes
    monkeypatch.setattr(debrief, "TABLE_MOST", 6)
    away = next(id_ for id_ in whole if id_ not in debrief.table(desk).notes)
    async with open_at(desk, "debrief", (120, 40), at=away) as seen:
        assert f"▸ {whole[away][1]}" in seen.sees()


def test_what_was_read_is_kept_until_somebody_writes(desk: Desk, tmp_path: Path) -> None:
    reads: list[str] = []

    def read() -> str:
        reads.append(desk.walk_id)
        return "read"

    assert desk.as_read("this", read) == desk.as_read("this", read) == "read"
    assert len(reads) == 1
    rooms.add(desk, 1)
    assert len(prepare.visits(desk)) == 6
    desk.as_read("this", read)
    assert len(reads) == 2
    with desk_at(tmp_path / "a.walkdb") as other:
        rooms.add(other, 1)
    desk.as_read("this", read)
    assert len(reads) == 3
    assert len(prepare.visits(desk)) == 7
    desk.undo(prepare.STAGE)
    assert len(prepare.visits(desk)) == 6
