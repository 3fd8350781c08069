"""The sample walk: finished, made by the routine that people use, and safe to show around."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desks import begin_small, desk_at
from walk.clock import FixedClock
from walk.model import Form, HallTalk, Note
from walk.routine.debriefing import debrief, stating
from walk.routine.demo import make_demo
from walk.routine.desk import Desk
from walk.routine.following import steps
from walk.routine.planning import prepare
from walk.routine.summary import facts, render


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Desk]:
    """A desk with the sample walk on it."""
    with desk_at(tmp_path / "demo.walkdb") as desk:
        make_demo(desk)
        yield desk


def test_every_stage_of_the_routine_is_in_it(demo: Desk) -> None:
    assert prepare.plan(demo).not_yet == ()
    forms = [one.record for one in demo.store.all(Form, demo.walk_id)]
    assert len(forms) == 6
    assert all(one.finished_at is not None and one.part and one.structure for one in forms)
    assert [one.record.look_next != "" for one in demo.store.all(HallTalk, demo.walk_id)] == [True]
    trends = stating.trends(demo)
    assert {one.polarity for one in trends if not one.parked} == {"asset", "need"}
    assert any(one.parked for one in trends)
    assert any(one.counts.contrary_visits for one in trends)
    assert debrief.table(demo).pool  # not every note finds a theme
    assert steps.missing_to_close(demo) == []
    closing = steps.closing(demo)
    assert closing is not None
    assert closing.how == "closed"
    assert closing.wonderings_for_staff


def test_notes_lie_within_their_stop_and_none_is_left_unshared(demo: Desk) -> None:
    forms = {one.record.id: one.record for one in demo.store.all(Form, demo.walk_id)}
    for one in demo.store.all(Note, demo.walk_id):
        if one.record.form:
            left = forms[one.record.form].left_after_s
            assert left is not None
            assert one.record.at_s is not None
            assert 0 < one.record.at_s < left
    assert demo.store.unshared(demo.walk_id, ("form",)) == []
    assert facts(demo).missing_walkers == ()


def test_the_sample_says_that_it_is_one(demo: Desk) -> None:
    letter = render(facts(demo), "text")
    assert "Lincoln (sample)" in letter
    assert "14 October 2025" in letter


def test_the_summary_of_the_sample_adds_up(demo: Desk) -> None:
    said = json.loads(render(facts(demo), "json"))
    assert said["visits"] == 4
    assert said["notes"] == said["noticings"] + said["wonderings"]
    assert said["notes"] == len(demo.store.all(Note, demo.walk_id))
    assert len(said["steps"]) == 3
    assert said["parked"] == 1


def test_two_samples_at_one_moment_say_the_same(demo: Desk, tmp_path: Path) -> None:
    with desk_at(tmp_path / "again.walkdb", FixedClock()) as again:
        make_demo(again)
        for form in ("text", "md", "html"):
            assert render(facts(again), form) == render(facts(demo), form)


def test_the_sample_leaves_another_walk_in_the_store_alone(tmp_path: Path) -> None:
    with desk_at(tmp_path / "own.walkdb") as desk:
        own = begin_small(desk)
        before = prepare.plan(desk)
        made = make_demo(desk)
        assert made != own
        desk.open_walk(own)
        assert prepare.plan(desk) == before
