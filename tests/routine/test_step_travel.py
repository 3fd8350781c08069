"""Steps, measures and waivers between laptops: conflicts in words, settled, and after a purge."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.routine.three import Three, give, meet, three_laptops
from walk.model import Measure, Step, Waiver
from walk.routine.desk import Desk
from walk.routine.following import steps
from walk.routine.following.step_test import name_measure, plan_test, put_value, study
from walk.routine.keeping import purge
from walk.routine.settling import conflicts
from walk.routine.settling.conflict_words import KINDS, field_words
from walk.routine.settling.conflicts import Conflict
from walk.screens.settling.conflict_rows import choices_of


@pytest.fixture
def three(tmp_path: Path) -> Iterator[Three]:
    with three_laptops(tmp_path) as made:
        yield made


def one(desk: Desk) -> Conflict:
    """The only conflict on a laptop."""
    (found,) = conflicts.waiting(desk)
    return found


def measured(three: Three) -> Step:
    """A step with a measure and one value that all laptops have."""
    step = steps.add(three.lead, "Plan second questions", owner="grade 6")
    name_measure(three.lead, step, "second questions", "a week")
    put_value(three.lead, step, "2025-10-07", "2")
    meet(three.lead, three.ana, three.ben)
    return step


def values(desk: Desk, step: Step) -> list[tuple[str, float]]:
    """The values of its measure on a laptop."""
    measure = steps.measure_of(desk, step)
    assert measure is not None
    return [(value.on, value.value) for value in measure.values]


def test_a_small_test_told_differently_is_settled_field_by_field(three: Three) -> None:
    step = measured(three)
    for desk, change, outcome in (
        (three.lead, "one question", "adapt"),
        (three.ana, "two questions", "adopt"),
    ):
        mine = desk.store.get(Step, step.id)
        assert mine is not None
        mine = plan_test(desk, mine, change=change, prediction="more", study_on="2025-10-14")
        study(desk, mine, outcome, "answers grew")  # type: ignore[arg-type]
    give(three.ana, three.lead)
    found = one(three.lead)
    assert found.what == "A next step: “Plan second questions”"
    assert {row.name for row in found.rows} == {"Small test", "Adopt, adapt or abandon"}
    assert found.by_field
    sides = {side.record.test_change: side.number for side in found.sides if side.record}  # type: ignore[attr-defined]
    picks = {"test_change": sides["one question"], "outcome": sides["two questions"]}
    conflicts.choose(three.lead, found, picks)
    meet(three.lead, three.ana)
    for desk in (three.lead, three.ana):
        held = desk.store.get(Step, step.id)
        assert held is not None
        assert (held.test_change, held.outcome) == ("one question", "adopt")
        assert conflicts.waiting(desk) == []


def test_of_a_measure_the_values_of_all_laptops_can_stand(three: Three) -> None:
    step = measured(three)
    put_value(three.lead, step, "2025-10-14", "4")
    put_value(three.ana, step, "2025-10-21", "6", "half term")
    give(three.ana, three.lead)
    found = one(three.lead)
    assert found.what == "The measure of “Plan second questions”"
    (row,) = found.rows
    assert "2025-10-21: 6 a week · half term" in "\n".join(row.values)
    assert found.keeps_all
    assert "keep the values of all" in [one.words for one in choices_of(found)]
    assert conflicts.keep_all(three.lead, found) == "All values stand"
    meet(three.lead, three.ana)
    for desk in (three.lead, three.ana):
        assert values(desk, step) == [
            ("2025-10-07", 2.0),
            ("2025-10-14", 4.0),
            ("2025-10-21", 6.0),
        ]
    assert three.ana.store.conflicts(three.ana.walk_id) == []


def test_measures_of_two_things_are_not_thrown_together(three: Three) -> None:
    step = measured(three)
    name_measure(three.lead, step, "first questions", "a week")
    put_value(three.ana, step, "2025-10-21", "6")
    give(three.ana, three.lead)
    found = one(three.lead)
    assert not found.keeps_all
    assert {row.name for row in found.rows} == {"What is counted", "Values"}
    assert found.by_field


def test_a_waiver_told_differently_is_said_anew(three: Three) -> None:
    for desk, why in ((three.lead, "we walk again"), (three.ana, "no time")):
        lacks = next(one for one in steps.missing(desk) if one.key == "walkers")
        steps.waive(desk, lacks, why)
    give(three.ana, three.lead)
    found = one(three.lead)
    assert found.what.startswith("Something the plan does without: “")
    assert found.texts == ("why",)
    conflicts.say_anew(three.lead, found, {"why": "we walk again next week"})
    (held,) = three.lead.store.all(Waiver, three.lead.walk_id)
    assert held.record.why == "we walk again next week"


@pytest.mark.parametrize("noun", [Step, Measure, Waiver])
def test_every_field_has_a_name_of_plain_words(noun: type[Step | Measure | Waiver]) -> None:
    assert noun.kind in KINDS
    for field in noun.field_names():
        assert "_" not in field_words(noun.kind, field)


def test_a_purge_leaves_steps_measures_and_waivers(three: Three) -> None:
    step = measured(three)
    lacks = next(one for one in steps.missing(three.lead) if one.key == "walkers")
    steps.waive(three.lead, lacks, "we walk again")
    assert "1 measure with its values" in "\n".join(purge.view(three.lead).stays)
    purge.purge(three.lead)
    assert values(three.lead, step) == [("2025-10-07", 2.0)]
    assert [one.waived_why for one in steps.missing(three.lead) if one.key == "walkers"] == [
        "we walk again"
    ]
    give(three.lead, three.ben)  # what was purged travels no more, but these do
    assert three.ben.store.all(Waiver, three.ben.walk_id)
