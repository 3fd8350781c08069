"""An inquiry cycle: named on walks, read and written back by plan files, and in line by date."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desks import begin_small, desk_at
from walk.clock import FixedClock
from walk.errors import PlanError, Refused
from walk.model import Walk
from walk.routine.desk import Desk
from walk.routine.following import cycle, steps
from walk.routine.following.step_test import name_measure, plan_test, put_value, study
from walk.routine.papers import notice
from walk.routine.papers.plan_out import save_plan
from walk.routine.planning import prepare
from walk.routine.planning.plan_file import take_plan

PLAN = """\
[walk]
host_school = "Lincoln"
date = 2025-10-14
cycle = "Evidence in talk"  # our cycle
cycle_stage = "Set Goals"
[focus]
statement = "Reasons"
[[visit]]
code = "V1"
"""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_at(tmp_path / "own.walkdb", FixedClock()) as found:
        yield found


def a_walk(desk: Desk, date: str, name: str, school: str = "Lincoln") -> str:
    """A walk of that day that names a cycle."""
    small = prepare.SmallWalk(statement=f"Walk of {date}", visits=2, host_school=school)
    walk = prepare.begin(desk, small)
    desk.save("prepare", "dated", desk.walk.changed(date=date))
    cycle.name_cycle(desk, name, "learn")
    return walk


def test_a_walk_names_its_cycle_and_stage_and_takes_it_back(desk: Desk) -> None:
    begin_small(desk)
    cycle.name_cycle(desk, "  Evidence   in talk ", "analyse")
    assert (desk.walk.cycle, desk.walk.cycle_stage) == ("Evidence in talk", "analyse")
    assert desk.undo(prepare.STAGE) == "inquiry cycle named"
    assert (desk.walk.cycle, desk.walk.cycle_stage) == ("", "")
    with pytest.raises(Refused, match="belongs to a cycle"):
        cycle.name_cycle(desk, " ", "learn")


def test_all_of_a_cycle_stands_in_line_by_date(desk: Desk) -> None:
    a_walk(desk, "2025-09-01", "Evidence in talk")
    step = steps.add(
        desk, "Plan second questions", level="coach", owner="Kim", by_when="2025-11-01"
    )
    step = plan_test(desk, step, change="one question", prediction="", study_on="2025-09-22")
    step = study(desk, step, "adapt", "answers grew")
    name_measure(desk, step, "second questions", "a week")
    put_value(desk, step, "2025-09-15", "2", "first week")
    put_value(desk, step, "2025-10-20", "4")
    over = steps.add(desk, "Keep time", by_when="2025-12-01")
    steps.done(desk, over, "it was kept")
    undated = steps.add(desk, "Ask it", level="walkers")
    a_walk(desk, "2025-10-01", "evidence  in TALK")
    a_walk(desk, "2025-10-02", "Another cycle")
    a_walk(desk, "2025-10-03", "Evidence in talk", school="Adams")
    desk.open_walk(over.walk)
    found = cycle.in_line(desk)
    assert [(one.on, one.kind) for one in found.entries] == [
        ("2025-09-01", "walk"),
        ("2025-09-15", "measure"),
        ("2025-09-22", "study"),
        ("2025-10-01", "walk"),
        ("2025-10-14", "step"),
        ("2025-10-20", "measure"),
        ("2025-11-01", "step"),
        ("", "step"),
    ]
    words = [one.words for one in found.entries]
    assert words[1] == "second questions (a week): 2 · first week"
    assert words[2] == "small test: one question · adapt it and try again · answers grew"
    assert words[4] == "school leader: Keep time · done · learned: it was kept"
    assert not any("Kim" in one for one in words)  # never by person
    assert found.entries[-1].step == undated.id
    assert found.others == ("Another cycle",)
    assert found.stages == (("2025-09-01", "learn"), ("2025-10-01", "learn"))


def test_no_visit_code_stands_in_line_or_is_told(desk: Desk) -> None:
    a_walk(desk, "2025-09-01", "Evidence in talk")
    steps.add(desk, "Plan what was seen in V2 together", by_when="2025-11-01")
    words = " ".join([*(one.words for one in cycle.in_line(desk).entries), *steps.in_words(desk)])
    assert words.count("Plan what was seen in") == 3  # in line, as a step, as one without an owner
    assert "V2" not in words


def test_another_cycle_of_the_school_can_be_looked_at(desk: Desk) -> None:
    a_walk(desk, "2025-09-01", "First")
    a_walk(desk, "2025-10-01", "Second")
    assert [one.on for one in cycle.in_line(desk, "first").entries] == ["2025-09-01"]
    assert cycle.in_line(desk).others == ("First",)
    assert cycle.names(desk) == ["Second", "First"]


def test_a_walk_without_a_cycle_is_in_no_line(desk: Desk) -> None:
    begin_small(desk)
    begin_small(desk)
    assert cycle.in_line(desk).entries == ()


# Plan files


def test_a_plan_file_says_it_and_silence_keeps_it(desk: Desk, tmp_path: Path) -> None:
    plan = tmp_path / "plan.toml"
    plan.write_text(PLAN, "utf-8")
    take_plan(desk, plan)
    assert (desk.walk.cycle, desk.walk.cycle_stage) == ("Evidence in talk", "set goals")
    assert "Inquiry cycle: Evidence in talk · stage: set goals" in _printed(desk)
    silent = "".join(one for one in PLAN.splitlines(keepends=True) if "cycle" not in one)
    plan.write_text(silent, "utf-8")
    assert take_plan(desk, plan).changes == ("nothing has changed",)
    plan.write_text(silent.replace("[focus]", 'cycle = ""\ncycle_stage = ""\n[focus]'), "utf-8")
    assert take_plan(desk, plan).changes == ("changed: walk (cycle, cycle stage)",)
    assert desk.walk.cycle == ""
    assert "Inquiry cycle" not in _printed(desk)


def _printed(desk: Desk) -> str:
    made = notice.made_or_drawn(desk)
    return notice.rotation_text(notice.facts(desk, made), "text")


def test_what_the_screens_say_is_written_back(desk: Desk, tmp_path: Path) -> None:
    plan = tmp_path / "plan.toml"
    plan.write_text(PLAN, "utf-8")
    take_plan(desk, plan)
    cycle.name_cycle(desk, "Evidence in talk", "implement")
    assert "changed: walk (id, cycle stage)" in save_plan(desk, plan).changes
    text = plan.read_text("utf-8")
    assert 'cycle = "Evidence in talk"  # our cycle' in text
    assert 'cycle_stage = "implement"' in text
    assert take_plan(desk, plan).changes == ("nothing has changed",)


def test_an_unknown_stage_is_named_with_its_line(desk: Desk, tmp_path: Path) -> None:
    plan = tmp_path / "plan.toml"
    plan.write_text(PLAN.replace("Set Goals", "rate"), "utf-8")
    with pytest.raises(PlanError, match=r"line 5, \[walk\]: cycle_stage must be one of"):
        take_plan(desk, plan)
    assert desk.store.every(Walk) == []


def test_a_walk_of_a_file_without_a_cycle_gets_no_line_of_it(desk: Desk, tmp_path: Path) -> None:
    begin_small(desk)
    save_plan(desk, tmp_path / "new.toml")
    assert "cycle" not in (tmp_path / "new.toml").read_text("utf-8")
