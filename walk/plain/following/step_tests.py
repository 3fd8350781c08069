"""Small tests in lines: what is tried once with few, what it showed, and a measure of one's own."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from walk.clock import FORTNIGHT, example
from walk.errors import Refused
from walk.model import Step
from walk.plain.room import Room, Word
from walk.routine.following import step_test
from walk.routine.following.step_list import OUTCOMES, measure_of
from walk.routine.following.step_test import NEVER_PER_TEACHER, titled, value_line
from walk.text import one_line

DATE = "A date is written like {such}, and may stay empty."


class TestingWords:
    """What can be said about the small test and the measure of a step."""

    def __init__(self, room: Room, step_of: Callable[[str], tuple[Step, str]]) -> None:
        """`step_of` finds the step that a number means, and what was said behind it."""
        self.room = room
        self.desk = room.desk
        self.step_of = step_of

    def words(self) -> list[Word]:
        """Its words."""
        return [
            Word("test", "plan a small test for step N", self._plan, "N WORDS"),
            Word("study", "say what the small test of step N showed", self._study, "N"),
            Word("measure", "name what is counted for step N, or say it", self._measure, "N WORDS"),
            Word("value", "what was counted on a day", self._value, "N DATE NUMBER"),
        ]

    def _plan(self, said: str) -> None:
        step, rest = self.step_of(said)
        room = self.room
        place = f"test:{step.id}"
        change = rest or room.ask(
            "What is changed, once, with few",
            "One sentence.",
            now=one_line(step.test_change),
            place=place,
        )
        if change is None:
            return
        keep = partial(self._keep, step, change)
        if not room.save_words(place, change, lambda: keep(step.prediction, step.study_on)):
            return
        guess = room.ask("What do we think will happen", "A prediction.", now=step.prediction)
        if guess is not None:
            with room.told():
                keep(guess, step.study_on)
        hint = DATE.format(such=example(self.desk.today(), FORTNIGHT))
        while (on := room.ask("When is it looked at", hint, now=step.study_on)) is not None:
            with room.told():
                keep(guess or step.prediction, on)
                break
        room.say("Small test kept with the step.")

    def _keep(self, step: Step, change: str, prediction: str, on: str) -> None:
        step_test.plan_test(self.desk, step, change=change, prediction=prediction, study_on=on)

    def _study(self, said: str) -> None:
        step, rest = self.step_of(said)
        if not step.test_change:
            raise Refused("There is no small test to study.", "test and the number plan one.")
        self.room.say(f"Changed: {one_line(step.test_change)}")
        self.room.say(*([f"Predicted: {one_line(step.prediction)}"] if step.prediction else []))
        kept = f"study:{step.id}"
        showed = rest or self.room.ask(
            "What did it show", "One sentence.", now=step.studied, place=kept
        )
        if showed is None:
            return

        def save() -> None:
            step_test.study(self.desk, step, step.outcome, showed)
            self.room.say("Kept.")

        if not self.room.save_words(kept, showed, save):
            return
        ways = [one for one in OUTCOMES if one]
        place = self.room.choose("What becomes of the change", ways)
        if place is not None:
            step_test.study(self.desk, step, ways[place], showed)
            self.room.say(f"Kept: {ways[place]}.")

    def _measure(self, said: str) -> None:
        step, rest = self.step_of(said)
        held = measure_of(self.desk, step)
        if held is not None and held.what and not rest:
            self.room.say(f"Measure: {titled(held)}")
            self.room.say(*(value_line(one, held.unit, day=True) for one in held.values))
            return
        self.room.say(NEVER_PER_TEACHER)
        place = f"measure:{step.id}"
        what = rest or self.room.ask("What is counted or timed", "A few words.", place=place)
        if what is None:
            return
        with self.room.held(place, what):
            unit = self.room.ask("In which unit, may stay empty", "Such as: a week, minutes.")
            step_test.name_measure(self.desk, step, what, unit or "")
        self.room.say("Measure named.")

    def _value(self, said: str) -> None:
        step, rest = self.step_of(said)
        on, _, behind = rest.partition(" ")
        value, _, remark = behind.strip().partition(" ")
        if not value:
            such = example(self.desk.today())
            raise Refused("A value needs its day and a number.", f"value 1 {such} 4 first try.")
        step_test.put_value(self.desk, step, on, value, remark)
        self.room.say("Written down.")
