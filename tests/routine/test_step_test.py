"""Small tests of change and measures through the desk: what is kept, refused, taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.routine.table_of import walk_of
from walk.errors import Refused
from walk.model import Measure, Step
from walk.routine.desk import Desk
from walk.routine.exchanging import share
from walk.routine.following import step_acts, step_test, steps
from walk.routine.following.step_list import study_is_due
from walk.routine.visiting import door


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with walk_of(tmp_path) as found:
        yield found


def now(desk: Desk, step: Step) -> Step:
    """The step as it stands."""
    found = desk.store.get(Step, step.id)
    assert found is not None
    return found


def with_test(desk: Desk, study_on: str = "2025-10-21") -> Step:
    """A step with a small test."""
    return step_test.plan_test(
        desk,
        steps.add(desk, "Plan second questions"),
        change="one question in two classes",
        prediction="longer answers",
        study_on=study_on,
    )


# The small test


def test_a_small_test_says_what_is_changed_predicted_and_when_it_is_studied(desk: Desk) -> None:
    step = with_test(desk)
    assert (step.test_change, step.prediction, step.study_on) == (
        "one question in two classes",
        "longer answers",
        "2025-10-21",
    )
    assert desk.undo(steps.STAGE) == "small test planned"
    assert now(desk, step).test_change == ""


def test_a_prediction_alone_is_no_test_and_words_are_no_date(desk: Desk) -> None:
    step = steps.add(desk, "Plan second questions")
    with pytest.raises(Refused, match="says what is changed"):
        step_test.plan_test(desk, step, change=" ", prediction="longer answers", study_on="")
    with pytest.raises(Refused, match="is not a date"):
        step_test.plan_test(desk, step, change="one question", prediction="", study_on="soon")
    assert now(desk, step) == step


def test_a_test_is_due_from_its_day_on_until_it_was_studied(desk: Desk) -> None:
    today = desk.today()
    assert not study_is_due(with_test(desk, "2025-10-15"), today)
    step = with_test(desk, "2025-10-14")
    assert study_is_due(step, today)
    assert not study_is_due(step_test.study(desk, step, "adopt", "answers grew"), today)
    assert not study_is_due(steps.done(desk, step, "it helped"), today)
    assert not study_is_due(with_test(desk, ""), today)


def test_an_outcome_needs_what_was_seen(desk: Desk) -> None:
    step = with_test(desk)
    with pytest.raises(Refused, match="What did the test show"):
        step_test.study(desk, step, "adopt", "  ")
    with pytest.raises(Refused, match="no small test"):
        step_test.study(desk, steps.add(desk, "another"), "adopt", "it went well")
    studied = step_test.study(desk, step, "adapt", "answers grew in one class")
    assert (studied.outcome, studied.studied) == ("adapt", "answers grew in one class")


def test_the_next_test_keeps_what_the_last_one_showed(desk: Desk) -> None:
    step = step_test.study(desk, with_test(desk), "adapt", "answers grew in one class")
    again = step_test.plan_test(
        desk, step, change="two questions", prediction="both classes", study_on="2025-11-04"
    )
    assert (again.outcome, again.studied, again.test_change) == ("", "", "two questions")
    assert again.learned == "Small test (adapt): answers grew in one class"
    same = step_test.study(desk, again, "adopt", "both did")
    kept = step_test.plan_test(
        desk, same, change="two questions", prediction="both classes", study_on="2025-11-04"
    )
    assert (kept.outcome, kept.studied) == ("adopt", "both did")  # nothing was planned anew
    assert step_test.learned_so_far(kept).splitlines()[-1] == "Small test (adopt): both did"


# The measure


def test_values_stand_by_date_one_a_day(desk: Desk) -> None:
    step = with_test(desk)
    step_test.name_measure(desk, step, " second   questions ", "a week")
    for on, value in (("2025-11-04", "5"), ("2025-10-21", "2"), ("2025-11-04", "6")):
        measure = step_test.put_value(desk, step, on, value)
    assert [(one.on, one.value) for one in measure.values] == [
        ("2025-10-21", 2.0),
        ("2025-11-04", 6.0),
    ]
    assert measure.what == "second questions"
    assert [value for _, value in step_test.points(measure)] == [2.0, 6.0]
    assert desk.undo(steps.STAGE) == "value of 2025-11-04 written down"
    held = steps.measure_of(desk, step)
    assert held is not None
    assert [one.value for one in held.values] == [2.0, 5.0]


def test_a_wrong_value_is_put_right_also_on_another_day(desk: Desk) -> None:
    step = with_test(desk)
    step_test.name_measure(desk, step, "second questions", "")
    measure = step_test.put_value(desk, step, "2025-10-21", "20", "half term")
    measure = step_test.put_value(desk, step, "2025-10-22", "2", instead=measure.values[0])
    assert [(one.on, one.value, one.remark) for one in measure.values] == [("2025-10-22", 2.0, "")]
    step_test.drop_value(desk, step, measure.values[0])
    held = steps.measure_of(desk, step)
    assert held is not None
    assert held.values == ()


def test_a_value_needs_a_measure_a_day_and_a_number(desk: Desk) -> None:
    step = with_test(desk)
    with pytest.raises(Refused, match="not said yet what is counted"):
        step_test.put_value(desk, step, "2025-10-21", "2")
    with pytest.raises(Refused, match="what is counted or timed"):
        step_test.name_measure(desk, step, " ", "minutes")
    step_test.name_measure(desk, step, "minutes of talk", "")
    for on, value in (("", "2"), ("soon", "2"), ("2025-10-21", ""), ("2025-10-21", "many")):
        with pytest.raises(Refused):
            step_test.put_value(desk, step, on, value)
    held = steps.measure_of(desk, step)
    assert held is not None
    assert held.values == ()


@pytest.mark.parametrize(
    ("text", "value"),
    [("12", 12), (" -3 ", -3), ("−3", -3), ("2.5", 2.5), (".5", 0.5), ("1,200", 1200), ("+4", 4)],
)
def test_a_number_is_read_as_people_type_it(text: str, value: float) -> None:
    assert step_test.number(text) == value


@pytest.mark.parametrize(
    "text", ["", "-", ".", "1,2", "12%", "1e3", "nan", "inf", "٣", "9" * 13, "1 2"]
)
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        step_test.number(text)


def test_a_step_taken_back_takes_its_measure_and_brings_it_again(desk: Desk) -> None:
    step = with_test(desk)
    step_test.name_measure(desk, step, "second questions", "")
    steps.withdraw(desk, step)
    assert desk.store.all(Measure, desk.walk_id) == []
    desk.undo(steps.STAGE)
    assert steps.measure_of(desk, step) is not None


# At the door


def test_a_remark_with_a_name_waits_at_the_door_and_can_be_put_right(
    desk: Desk, tmp_path: Path
) -> None:
    step = with_test(desk)
    step_test.name_measure(desk, step, "second questions", "a week")
    step_test.put_value(desk, step, "2025-10-21", "2", "quiet week")
    measure = step_test.put_value(desk, step, "2025-10-28", "4", "Ms Ortiz counted")
    (stood,) = door.waiting_at_share(desk)
    assert stood.called == "remark on a value"
    share.share(desk, tmp_path / "own.walk")
    held = desk.store.held(Measure, measure.id)
    assert held is not None
    assert not held.shared
    (find,) = stood.finds
    door.take_offer(desk, stood, find)
    again = steps.measure_of(desk, step)
    assert again is not None
    assert [one.remark for one in again.values] == ["quiet week", f"{find.offer} counted"]
    assert door.waiting_at_share(desk) == []
    share.share(desk, tmp_path / "again.walk")
    held = desk.store.held(Measure, measure.id)
    assert held is not None
    assert held.shared


@pytest.mark.parametrize(
    ("field", "called"),
    [
        ("evidence", "evidence to look for"),
        ("test_change", "small test"),
        ("prediction", "prediction"),
        ("studied", "what a test showed"),
        ("learned", "what was learned"),
    ],
)
def test_every_word_of_a_step_goes_through_the_door(desk: Desk, field: str, called: str) -> None:
    step = steps.add(desk, "Plan second questions")
    desk.save(steps.STAGE, "step", step.changed(**{field: "ask Ms Ortiz"}))
    assert [one.called for one in door.waiting_at_share(desk)] == [called]


# What was written meanwhile


def test_an_act_on_a_step_leaves_alone_what_was_written_meanwhile(desk: Desk) -> None:
    """A form may be open while a colleague's pack comes in, or another window writes."""
    shown = steps.add(desk, "Plan second questions")
    with_owner = steps.change(
        desk, shown, what="Plan second questions together", level="coach", owner="grade 6",
        by_when="2025-11-01", design="agreed", support="", rests_on="inquiry",
    )  # fmt: skip
    step_test.plan_test(desk, shown, change="one question", prediction="", study_on="")
    step_acts.look_for(desk, shown, "longer answers", "quick win")
    step_test.study(desk, shown, "adopt", "they grew")
    step_acts.date_anew(desk, shown, "2025-12-01")
    steps.done(desk, shown, "it works")
    found = now(desk, shown)
    assert (found.what, found.owner, found.design) == (with_owner.what, "grade 6", "agreed")
    assert (found.test_change, found.evidence, found.studied) == (
        "one question",
        "longer answers",
        "they grew",
    )
    assert (found.by_when, found.learned, found.status) == ("2025-12-01", "it works", "done")


def test_a_step_that_was_taken_back_is_not_brought_back_by_an_act_on_it(desk: Desk) -> None:
    shown = with_test(desk)
    steps.withdraw(desk, shown)
    acts: list[Callable[[], object]] = [
        lambda: steps.agree(desk, shown),
        lambda: step_acts.date_anew(desk, shown, "2025-12-01"),
        lambda: steps.done(desk, shown, "it works"),
        lambda: steps.not_done(desk, shown),
        lambda: step_acts.look_for(desk, shown, "longer answers", ""),
        lambda: step_test.plan_test(desk, shown, change="one", prediction="", study_on=""),
        lambda: step_test.study(desk, shown, "adopt", "they grew"),
        lambda: step_test.name_measure(desk, shown, "questions", "a week"),
    ]
    for act in acts:
        with pytest.raises(Refused, match="taken back meanwhile"):
            act()
    assert desk.store.get(Step, shown.id) is None
    assert steps.measure_of(desk, shown) is None
