"""Open steps of earlier walks: which come back, and what is done with them from the next walk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desks import desk_at
from walk.clock import FixedClock
from walk.errors import Refused
from walk.model import Step
from walk.routine.desk import Desk
from walk.routine.following import steps, steps_before
from walk.routine.following.step_test import plan_test
from walk.routine.following.steps_before import OpenStep, open_before
from walk.routine.home.home import overview
from walk.routine.keeping import purge
from walk.routine.planning import prepare


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_at(tmp_path / "own.walkdb", FixedClock()) as found:
        yield found


def a_walk(desk: Desk, date: str, school: str = "") -> str:
    """A walk of that day at that school, put on the desk."""
    small = prepare.SmallWalk(statement=f"Walk of {date}", visits=2, host_school=school)
    walk = prepare.begin(desk, small)
    desk.save("prepare", "dated", desk.walk.changed(date=date))
    return walk


def open_words(desk: Desk) -> list[str]:
    """What comes back, in its order."""
    return [one.what for one in open_before(desk)]


def the_one(desk: Desk) -> OpenStep:
    """The only one that comes back."""
    (found,) = open_before(desk)
    return found


def held(desk: Desk, one: OpenStep) -> Step:
    """The step as it stands in the store."""
    found = desk.store.get(Step, one.id)
    assert found is not None
    return found


def test_open_ones_come_back_soonest_first_closed_ones_do_not(desk: Desk) -> None:
    a_walk(desk, "2025-09-01")
    steps.add(desk, "undated")
    steps.add(desk, "later", by_when="2025-12-01")
    steps.done(desk, steps.add(desk, "over"), "it helped")
    steps.done(desk, steps.add(desk, "let go"), "no time", "dropped")
    steps.withdraw(desk, steps.add(desk, "taken back"))
    a_walk(desk, "2025-09-20")
    steps.add(desk, "sooner", by_when="2025-11-01")
    assert open_words(desk) == ["later", "undated"]
    a_walk(desk, "2025-10-14")
    assert open_words(desk) == ["sooner", "later", "undated"]
    assert [one.what for one in overview(desk).open_steps] == open_words(desk)


def test_a_later_walk_is_no_earlier_one(desk: Desk) -> None:
    first = a_walk(desk, "2025-09-01")
    a_walk(desk, "2025-10-14")
    steps.add(desk, "of the later walk")
    desk.open_walk(first)
    assert open_words(desk) == []


def test_another_schools_steps_stay_there(desk: Desk) -> None:
    a_walk(desk, "2025-09-01", "Lincoln")
    steps.add(desk, "at Lincoln")
    a_walk(desk, "2025-09-02", "Adams")
    steps.add(desk, "at Adams")
    a_walk(desk, "2025-09-03")
    steps.add(desk, "nobody said where")
    a_walk(desk, "2025-10-14", " lincoln ")
    assert open_words(desk) == ["at Lincoln"]
    a_walk(desk, "2025-10-15", "Grant")
    assert open_words(desk) == []
    a_walk(desk, "2025-10-16")
    assert open_words(desk) == ["nobody said where"]


def test_where_one_school_is_named_at_most_all_are_its_own(desk: Desk) -> None:
    a_walk(desk, "2025-09-01")
    steps.add(desk, "before the name was given")
    a_walk(desk, "2025-10-14", "Lincoln")
    assert open_words(desk) == ["before the name was given"]
    steps.add(desk, "at Lincoln")
    a_walk(desk, "2025-10-15")
    assert len(open_words(desk)) == 2


def test_without_a_walk_in_hand_those_of_the_latest_school_come(desk: Desk) -> None:
    a_walk(desk, "2025-09-01", "Adams")
    steps.add(desk, "at Adams")
    a_walk(desk, "2025-09-10", "Lincoln")
    steps.add(desk, "at Lincoln")
    desk.walk_id = ""
    assert open_words(desk) == ["at Lincoln"]


def test_one_is_closed_with_what_was_learned_there_and_that_is_undone(desk: Desk) -> None:
    before = a_walk(desk, "2025-09-01")
    steps.add(desk, "Plan second questions")
    here = a_walk(desk, "2025-10-14")
    steps.add(desk, "of this walk")
    one = the_one(desk)
    with pytest.raises(Refused, match="closes with what was learned"):
        steps_before.close(desk, one, " ")
    steps_before.close(desk, one, "planning it together helped")
    step = held(desk, one)
    assert (step.status, step.learned, step.closed_on) == (
        "done",
        "planning it together helped",
        "2025-10-14",
    )
    assert step.walk == before
    assert desk.walk_id == here
    assert open_words(desk) == []
    assert steps_before.undo(desk) == "step done"
    assert held(desk, one).status == "open"
    assert steps_before.redo(desk) == "step done"
    assert [one.what for one in steps.steps(desk)] == ["of this walk"]


def test_one_is_dated_anew_and_undo_survives_a_restart(tmp_path: Path) -> None:
    with desk_at(tmp_path / "own.walkdb", FixedClock()) as desk:
        a_walk(desk, "2025-09-01")
        steps.add(desk, "Plan second questions", by_when="2025-10-01")
        a_walk(desk, "2025-10-14")
        one = the_one(desk)
        with pytest.raises(Refused, match="is not a date"):
            steps_before.date_anew(desk, one, "soon")
        assert steps_before.date_anew(desk, one, "2025-12-01").by_when == "2025-12-01"
    with desk_at(tmp_path / "own.walkdb", FixedClock()) as desk:
        assert the_one(desk).by_when == "2025-12-01"
        assert steps_before.undo(desk) == "step dated anew"
        assert the_one(desk).by_when == "2025-10-01"


def test_undo_touches_no_step_of_this_walk(desk: Desk) -> None:
    a_walk(desk, "2025-09-01")
    steps.add(desk, "Plan second questions")
    a_walk(desk, "2025-10-14")
    steps.add(desk, "of this walk")
    assert steps_before.undo(desk) is None
    assert len(steps.steps(desk)) == 1


def test_a_study_that_is_due_is_told_before_and_on_home(desk: Desk) -> None:
    a_walk(desk, "2025-09-21")
    step = steps.add(desk, "Plan second questions")
    plan_test(desk, step, change="one question", prediction="", study_on="2025-10-10")
    told = [one.words for one in overview(desk).waits]
    assert told == ["Small test to study, since 10 Oct 2025: one question"]
    a_walk(desk, "2025-10-14")
    assert overview(desk).waits == ()
    assert steps_before.told(open_before(desk), desk.today()) == (
        "1 open next step from 21 Sep · 1 small test to study"
    )


def test_they_outlive_a_purge_of_their_walk(desk: Desk) -> None:
    a_walk(desk, "2025-09-01")
    steps.add(desk, "Plan second questions")
    purge.purge(desk)
    a_walk(desk, "2025-10-14")
    steps_before.close(desk, the_one(desk), "planning it together helped")
    assert open_words(desk) == []


def test_what_walk_steps_tells_begins_with_them(desk: Desk) -> None:
    a_walk(desk, "2025-09-01")
    steps.add(desk, "Plan second questions", by_when="2025-11-01")
    a_walk(desk, "2025-10-14")
    lines = steps.in_words(desk)
    assert lines[:5] == [
        "Open from earlier walks:",
        "2025-11-01  school leader: Plan second questions · walk of 2025-09-01",
        "",
        "This walk:",
        "No next step yet.",
    ]


def test_their_lines_hold_no_code_of_the_walk_they_belong_to(desk: Desk) -> None:
    prepare.begin(desk, prepare.SmallWalk(statement="Seven rooms", visits=7))
    steps.add(desk, "Ask in V7 how the wait went")
    a_walk(desk, "2025-11-01")
    said = "\n".join(steps.in_words(desk))
    assert "Ask in [classroom] how the wait went" in said
    assert "V7" not in said
