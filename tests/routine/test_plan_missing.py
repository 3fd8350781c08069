"""What the plan of next steps lacks is told until it is there, or waived with a reason."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.routine.table_of import walk_of, write
from tests.routine.three import meet, three_laptops
from walk.errors import Refused
from walk.model import Waiver
from walk.routine import summary
from walk.routine.debriefing import debrief, stating
from walk.routine.desk import Desk
from walk.routine.following import steps
from walk.routine.following.steps import Missing, missing
from walk.routine.visiting import door


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with walk_of(tmp_path) as found:
        yield found


def keys(desk: Desk) -> list[str]:
    """What is missing and not waived, without ids."""
    return [one.key.split(":")[0] for one in missing(desk) if not one.waived_why]


def of(desk: Desk, key: str) -> Missing:
    """One thing that is missing."""
    return next(one for one in missing(desk) if one.key.startswith(key))


def test_a_new_walk_lacks_three_kinds_of_step(desk: Desk) -> None:
    assert keys(desk) == ["above", "hosts", "walkers"]
    steps.add(desk, "Keep time", owner="principal", by_when="2025-10-28")
    assert keys(desk) == ["hosts", "walkers"]
    steps.add(desk, "Ask it", level="walkers", owner="all", by_when="2025-10-28", design="proposed")
    assert keys(desk) == []


def test_each_open_step_has_an_owner_and_a_date(desk: Desk) -> None:
    step = steps.add(desk, "Keep Tuesdays free")
    assert of(desk, "owner").words == "an owner of “Keep Tuesdays free”"
    assert of(desk, "date").key == f"date:{step.id}"
    steps.done(desk, step, "it helped")
    assert "owner" not in keys(desk)


def test_a_step_that_was_not_carried_on_counts_for_nothing(desk: Desk) -> None:
    step = steps.add(desk, "Keep time", owner="principal", by_when="2025-10-28", design="agreed")
    steps.done(desk, step, "nobody had time", "dropped")
    assert keys(desk) == ["above", "hosts", "walkers"]
    assert len(steps.missing_to_close(desk)) == 2


def test_a_need_wants_support_and_an_asset_does_not(desk: Desk) -> None:
    notes = write(desk, [(1, "a"), (2, "b")])
    need, asset = (
        stating.state_trend(desk, debrief.put_in_new(desk, notes, name), f"{name} grow.")
        for name in ("Answers", "Questions")
    )
    stating.decide(desk, need, "need")
    stating.decide(desk, asset, "asset")
    assert of(desk, "support").words == "support for the need “Answers grow.”"
    assert keys(desk).count("support") == 1
    step = steps.add(desk, "Plan", rests_on=need.id)
    assert "support" in keys(desk)
    steps.change(
        desk, step, what="Plan", level="coach", owner="", by_when="", design="", support="",
        rests_on=need.id, support_type="planning together",
    )  # fmt: skip
    assert "support" not in keys(desk)


def test_it_is_waived_with_a_reason_and_wanted_again(desk: Desk) -> None:
    with pytest.raises(Refused, match="needs a reason"):
        steps.waive(desk, of(desk, "walkers"), "  ")
    steps.waive(desk, of(desk, "walkers"), "we walk again next week")
    assert keys(desk) == ["above", "hosts"]
    assert of(desk, "walkers").waived_why == "we walk again next week"
    steps.want_again(desk, of(desk, "walkers"))
    assert "walkers" in keys(desk)
    desk.undo(steps.STAGE)
    assert "walkers" not in keys(desk)
    desk.undo(steps.STAGE)
    assert "walkers" in keys(desk)


def test_a_waiver_closes_no_walk_and_its_reason_may_be_said_again(desk: Desk) -> None:
    steps.waive(desk, of(desk, "above"), "the principal is new")
    with pytest.raises(Refused, match="owned above the teacher"):
        steps.close(desk)
    closing = steps.close(desk, reason="the principal is new")
    assert "the principal is new" in " ".join(summary.render(summary.facts(desk), "text").split())
    assert closing.how == "closed"


def test_what_is_there_since_is_no_longer_told_as_waived(desk: Desk) -> None:
    steps.waive(desk, of(desk, "walkers"), "we walk again next week")
    steps.add(desk, "Ask it", level="walkers", owner="all", by_when="2025-10-28")
    assert [one.key for one in missing(desk) if one.waived_why] == []


def test_a_walk_that_was_called_off_lacks_nothing(desk: Desk) -> None:
    steps.call_off(desk, "snow")
    assert missing(desk) == []


def test_a_reason_with_a_name_waits_at_the_door(desk: Desk) -> None:
    steps.waive(desk, of(desk, "walkers"), "Ms Ortiz said so")
    assert [one.called for one in door.waiting_at_share(desk)] == ["reason for doing without"]


def test_two_laptops_that_waive_one_thing_make_one_record(tmp_path: Path) -> None:
    with three_laptops(tmp_path) as three:
        for desk in (three.lead, three.ana):
            steps.waive(desk, of(desk, "walkers"), "we walk again next week")
        meet(three.lead, three.ana)
        (held,) = three.ana.store.all(Waiver, three.ana.walk_id)
        assert held.record.why == "we walk again next week"
