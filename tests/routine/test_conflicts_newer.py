"""Conflicts in what a newer walk added to a record: seen, chosen and carried like all else."""

from __future__ import annotations

from typing import Any

import pytest

from tests.routine import conflict_desks
from tests.routine.conflict_desks import one
from tests.routine.three import Three, meet
from walk.model import Step
from walk.routine.desk import Desk
from walk.routine.following import steps
from walk.routine.settling import conflicts
from walk.routine.settling.conflicts import Conflict

three = conflict_desks.three


def told_by(three: Three, *told: tuple[Desk, dict[str, Any]]) -> Conflict:
    """A step that laptops tell differently; the fields are those of this walk or of a newer."""
    step = steps.add(three.lead, "Try a prompt card", owner="coach")
    meet(three.lead, three.ana, three.ben)
    for desk, fields in told:
        desk.save("steps", "said", Step.from_dict({**step.as_dict(), **fields}))
    meet(three.lead, three.ana, three.ben)
    return one(three.lead)


def test_what_differs_in_a_newer_walks_field_alone_is_shown(three: Three) -> None:
    found = told_by(three, (three.ana, {"budget": "ten"}), (three.ben, {"budget": "twenty"}))
    assert [(row.name, set(row.values)) for row in found.rows] == [("Budget", {"ten", "twenty"})]


def test_a_newer_walks_field_can_be_taken_from_one_wording(three: Three) -> None:
    ana = {"owner": "principal", "budget": {"of": "grant", "sum": [10, 2.5]}}
    found = told_by(three, (three.ana, ana), (three.ben, {"what": "Try two cards"}))
    assert {row.field for row in found.rows} == {"what", "owner", "budget"}
    here = {side.record.what: side.number for side in found.sides if side.record}  # type: ignore[attr-defined]
    ben, hers = here["Try two cards"], here["Try a prompt card"]
    conflicts.choose(three.lead, found, {"what": ben, "owner": ben, "budget": hers})
    (held,) = three.lead.store.all(Step, three.lead.walk_id)
    assert (held.record.what, held.record.owner) == ("Try two cards", "coach")
    assert held.record.newer_fields() == {"budget": ana["budget"]}


def test_a_newer_walks_field_can_be_left_behind(three: Three) -> None:
    ana, ben = {"owner": "principal", "budget": "ten"}, {"what": "Try two cards"}
    found = told_by(three, (three.ana, ana), (three.ben, ben))
    without = next(side.number for side in found.sides if side.record and not side.record.newer)
    conflicts.choose(three.lead, found, {row.field: without for row in found.rows})
    (held,) = three.lead.store.all(Step, three.lead.walk_id)
    assert (held.record.what, held.record.newer_fields()) == ("Try two cards", {})


@pytest.mark.parametrize("value", [10**30, -1, {"deep": [[["x"]]]}, True])
def test_a_newer_walks_field_that_is_named_like_a_time_is_told(three: Three, value: Any) -> None:
    found = told_by(three, (three.ana, {"opened_at": value}), (three.ben, {"opened_at": "later"}))
    (row,) = found.rows
    assert (row.field, "later" in row.values) == ("opened_at", True)


def test_a_name_that_a_stranger_made_up_stays_one_short_line(three: Three) -> None:
    name = "\x1b[31m\nsum" + "x" * 5_000
    found = told_by(three, (three.ana, {name: "ten"}), (three.ben, {name: "twenty"}))
    (row,) = found.rows
    assert row.name.isprintable()
    assert len(row.name) < 50
