"""A disk that fails at a commit: told with the mend, the words stay, and a retry never doubles."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.desks import begin_small, desk_at, texts, the_visit
from tests.faults.after import adds_up
from tests.faults.disk import Commits, commits
from tests.screens.table import open_at
from walk.clock import FixedClock
from walk.errors import StoreError
from walk.model import Note
from walk.routine.visiting import visit

pytestmark = pytest.mark.faults
__all__ = ["commits"]
WORDS = "S1 points to line 4"


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_record_whose_commit_failed_is_there_once_after_a_retry(
    tmp_path: Path, commits: Commits, when: str
) -> None:
    with desk_at(tmp_path / "own.walkdb") as desk:
        begin_small(desk)
        form = visit.enter(desk, the_visit(desk, "V1"))
        note = Note(id=desk.new_id(), walk=desk.walk_id, visit=form.visit, text=WORDS)
        commits.fail = when
        with pytest.raises(StoreError, match="could not be used") as told:
            desk.save("visit", "noted", note)
        assert "try again" in told.value.mend
        commits.fail = ""
        desk.save("visit", "noted", note)
        assert texts(desk) == [WORDS]
        assert desk.undo("visit") is not None
        assert texts(desk) == []
        adds_up(desk)


async def test_enter_that_could_not_save_keeps_the_line_and_enter_again_saves_it_once(
    tmp_path: Path, commits: Commits
) -> None:
    with desk_at(tmp_path / "own.walkdb", FixedClock()) as desk:
        begin_small(desk)
        async with open_at(desk, "visit", at=the_visit(desk, "V1").id) as seen:
            await seen.paste(WORDS)
            commits.fail = "before"
            shown = await seen.keys("enter")
            said = " ".join(shown.split())
            assert "its disk reports an error" in said
            assert "try again" in said
            assert WORDS in shown
            commits.fail = ""
            await seen.keys("enter")
        assert texts(desk) == [WORDS]
        assert desk.store.drafts() == []
        adds_up(desk)
    assert commits.failed
