"""Reading one kind of record over all walks, by what a field says or leaves out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desks import begin_small, desk_at
from walk.clock import FixedClock
from walk.model import Step, Walk
from walk.routine.desk import Desk
from walk.routine.following import steps
from walk.storage.journal import Change, write


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_at(tmp_path / "own.walkdb", FixedClock()) as found:
        yield found


def open_ones(desk: Desk) -> set[str]:
    """What the open steps of all walks say."""
    return {one.record.what for one in desk.store.every(Step, status="open")}


def test_all_walks_are_read_and_withdrawn_ones_are_left_out(desk: Desk) -> None:
    walks = [begin_small(desk) for _ in range(2)]
    assert [one.record.id for one in desk.store.every(Walk)] == sorted(walks)
    for walk in walks:
        desk.open_walk(walk)
        steps.add(desk, f"of {walk}")
    steps.withdraw(desk, steps.add(desk, "taken back"))
    steps.done(desk, steps.add(desk, "over"), "it helped")
    assert open_ones(desk) == {f"of {walk}" for walk in walks}
    assert len(desk.store.every(Step)) == 3


def test_a_body_that_says_its_default_counts_like_a_silent_one(desk: Desk) -> None:
    walk = begin_small(desk)
    bodies = ('{"what":"said","status":"open"}', '{"what":"silent"}', '{"what":"over","status":1}')
    with desk.store._conn as conn:
        stamp = desk.store._stamp(desk.by())
        for body in (*bodies, "no JSON", "{" * 3_000):
            record = bytes.fromhex(desk.new_id())
            write(conn, stamp, [Change(record, "step", 1, body, False)], 0)
    assert walk == desk.walk_id
    assert open_ones(desk) == {"said", "silent"}
    assert {one.record.what for one in desk.store.every(Step)} == {"said", "silent"}


def test_every_wording_of_what_is_shown_is_read_from_the_first_on(desk: Desk) -> None:
    walk = begin_small(desk)
    step = steps.add(desk, "first")
    steps.withdraw(desk, steps.add(desk, "taken back"))
    desk.save(steps.STAGE, "reworded", step.changed(what="second"))
    desk.undo(steps.STAGE)
    begin_small(desk)
    steps.add(desk, "of another walk")
    said = desk.store.ever_said(Step, walk)
    assert [(one.id, one.what) for one in said] == [
        (step.id, what) for what in ("first", "second", "first")
    ]
