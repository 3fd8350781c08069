"""Next steps and closing through the desk: what is asked for, what is printed, what comes back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.routine.table_of import walk_of, write
from walk.errors import Refused
from walk.routine import summary
from walk.routine.desk import Desk
from walk.routine.following import steps


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with walk_of(tmp_path) as found:
        yield found


def printed(desk: Desk) -> str:
    return " ".join(summary.render(summary.facts(desk), "text").split())


def test_steps_stand_by_date_undated_ones_last(desk: Desk) -> None:
    steps.add(desk, "no date")
    steps.add(desk, "later", by_when="2025-11-28")
    steps.add(desk, "sooner", by_when="2025-10-28")
    assert [one.what for one in steps.steps(desk)] == ["sooner", "later", "no date"]


@pytest.mark.parametrize("text", ["28 Oct", "2025-13-01", "2025-10-32", "tomorrow", "20251028"])
def test_what_is_no_date_is_refused_in_words(desk: Desk, text: str) -> None:
    with pytest.raises(Refused, match="is not a date"):
        steps.add(desk, "try it", by_when=text)
    assert steps.steps(desk) == []


def test_a_step_needs_words(desk: Desk) -> None:
    with pytest.raises(Refused, match="says what will be done"):
        steps.add(desk, "   ")


def test_a_step_is_turned_from_not_theirs_to_agreed(desk: Desk) -> None:
    step = steps.add(desk, "try it")
    seen = []
    for _ in range(3):
        step = steps.agree(desk, step)
        seen.append(step.design)
    assert seen == ["proposed", "agreed", ""]


def test_a_done_step_keeps_what_was_learned_and_opens_again(desk: Desk) -> None:
    step = steps.done(desk, steps.add(desk, "try it"), " pairs asked each other ")
    assert (step.status, step.learned, step.closed_on) == (
        "done",
        "pairs asked each other",
        "2025-10-14",
    )
    again = steps.not_done(desk, step)
    assert (again.status, again.learned, again.closed_on) == ("open", "pairs asked each other", "")


def test_a_teachers_step_alone_does_not_close_a_walk(desk: Desk) -> None:
    steps.add(desk, "try it", level="teacher")
    missing = steps.missing_to_close(desk)
    assert len(missing) == 2
    with pytest.raises(Refused, match="owned above the teacher"):
        steps.close(desk)
    assert steps.closing(desk) is None


def test_walkers_own_steps_are_not_above_the_teacher(desk: Desk) -> None:
    steps.add(desk, "ask it ourselves", level="walkers", design="proposed")
    assert steps.missing_to_close(desk) == [
        "a step owned above the teacher (coach, school or district leader)"
    ]


def test_with_both_steps_it_closes_and_keeps_no_reason(desk: Desk) -> None:
    steps.add(desk, "keep time free", level="school leader")
    steps.add(desk, "try it", level="teacher team", design="proposed")
    closing = steps.close(desk, reason="not needed", next_look="in May", contact="the coach")
    assert (closing.how, closing.reason) == ("closed", "")
    assert "in May" in printed(desk)


def test_closing_without_a_step_prints_the_reason(desk: Desk) -> None:
    write(desk, [(1, "5 of 7 pairs wrote")])
    steps.close(desk, reason="The term ends tomorrow.")
    assert "The term ends tomorrow." in printed(desk)


def test_closing_writes_down_counts(desk: Desk) -> None:
    write(desk, [(1, "a"), (1, "b"), (3, "c")])
    write(desk, [(2, "How?")], kind="wondering")
    closing = steps.close(desk, reason="short walk")
    assert (closing.visits, closing.noticings, closing.wonderings) == (3, 3, 1)


def test_wonderings_are_chosen_before_closing_and_stay_chosen(desk: Desk) -> None:
    first, second = write(desk, [(1, "How do pairs start?"), (2, "What then?")], kind="wondering")
    assert steps.choose_for_staff(desk, first)
    assert steps.choose_for_staff(desk, second)
    assert not steps.choose_for_staff(desk, first)
    steps.close(desk, reason="short walk")
    assert "What then?" in printed(desk)
    assert "How do pairs start?" not in printed(desk)
    steps.reopen(desk)
    assert steps.closing(desk) is None
    assert steps.for_staff(desk) == (second.id,)


def test_on_a_closed_walk_the_choice_is_an_act_that_undo_knows(desk: Desk) -> None:
    (one,) = write(desk, [(1, "How do pairs start?")], kind="wondering")
    steps.close(desk, reason="short walk")
    steps.choose_for_staff(desk, one)
    assert "How do pairs start?" in printed(desk)
    assert desk.undo(steps.STAGE) == "wonderings chosen"
    assert "How do pairs start?" not in printed(desk)


def test_a_noticing_is_not_chosen_as_a_wondering(desk: Desk) -> None:
    (one,) = write(desk, [(1, "5 of 7 pairs wrote")])
    with pytest.raises(Refused, match="Only wonderings"):
        steps.choose_for_staff(desk, one)


def test_closing_again_can_empty_next_look(desk: Desk) -> None:
    steps.close(desk, reason="short walk", next_look="in May", contact="the coach")
    closing = steps.close(desk, reason="short walk", next_look="")
    assert (closing.next_look, closing.contact) == ("", "the coach")


def test_a_walk_that_did_not_take_place_is_called_off_and_can_come_back(desk: Desk) -> None:
    assert steps.call_off(desk).how == "called off"
    assert desk.undo(steps.STAGE) == "walk called off"
    assert steps.closing(desk) is None
    steps.call_off(desk, "snow")
    assert "snow" in printed(desk)
    steps.reopen(desk)
    assert steps.closing(desk) is None
