"""Next steps in lines: who does what by when, what was learned, and how the walk ends."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from typing import Any, cast

from walk.clock import FORTNIGHT, example
from walk.errors import Refused
from walk.model import Note, Step
from walk.model.step import Design, Level, StepStatus
from walk.plain.debriefing.team import TeamRoom
from walk.plain.following.step_tests import TestingWords
from walk.plain.questions import number_in
from walk.plain.room import Word, spoken
from walk.plain.visiting.write import one_of
from walk.routine.debriefing import debrief
from walk.routine.debriefing.protocol import ALL
from walk.routine.following import plan_missing, step_acts, steps, steps_before
from walk.routine.following.step_list import LEVELS, SUPPORT_TYPES, as_it_is
from walk.routine.following.steps_before import OpenStep
from walk.routine.following.steps_told import DESIGNS, STATUSES, details
from walk.routine.visiting import door
from walk.text import one_line

KEPT = "An empty line leaves it as it is."
DATE = "A date is written like {such}."
CLOSES = "yes closes it, no leaves it open. It can be opened again."
WHO_SAID = "Would colleagues know who said this?"


class StepsRoom(TeamRoom):
    """The steps of this walk by number, those of earlier walks by B and a number."""

    name = "steps"
    title = "Steps"
    step = "next"
    stage = steps.STAGE
    about = (
        "Next steps: who does what by when, with what support, at each level. A step may rest on "
        "a trend, a wondering or the inquiry. A walk closes with a step owned above the teacher "
        "and one designed with the host teachers; the lead may close without, and the reason is "
        "printed."
    )

    def open(self) -> None:
        """Say the steps, and what is still missing."""
        _ = self.desk.walk
        self.say_step()
        self.stand()

    def stand(self) -> None:
        """Open steps of earlier walks come first."""
        for place, before in enumerate(steps_before.open_before(self.desk), 1):
            self.say(f"B{place}. From the walk of {before.walk_date}: {_line(before.step)}")
        held = steps.steps(self.desk)
        self.say(*(f"{place}. {_line(one)}" for place, one in enumerate(held, 1)))
        if not held:
            self.say("No next step yet in this walk.")
        ended = steps.closing(self.desk)
        if ended is not None:
            reason = f" Reason, printed: {ended.reason}" if ended.reason else ""
            self.say(f"{ended.how.capitalize()} on {ended.closed_on}.{reason}")
            return
        missing = steps.missing_to_close(self.desk)
        self.say(*(f"Before it closes, this walk needs {one}." for one in missing))
        if not missing:
            self.say("This walk can be closed: close.")

    # Words

    def words(self) -> Sequence[Word]:
        """Steps, wonderings for the staff, and the end of the walk."""
        ended = steps.closing(self.desk) is not None
        ends = [
            Word("close", "close the walk", self._close),
            Word("calloff", "the walk did not take place", self._call_off, "WHY"),
        ]
        return [
            Word("add", "add a next step; the rest is asked", self._add, "WORDS"),
            Word("tell", "say all of step N", self._tell, "N"),
            Word("change", "change step N, question by question", self._change, "N"),
            Word("date", "give step N another date", self._date, "N DATE"),
            Word("agree", "step N is proposed to, then agreed with, the hosts", self._agree, "N"),
            Word("done", "step N is done, and what was learned", self._done, "N WORDS"),
            Word("dropped", "step N is not carried on, and why", self._dropped, "N WORDS"),
            Word("notdone", "open step N again", self._not_done, "N"),
            Word("withdraw", "take step N back", self._withdraw, "N"),
            *TestingWords(self, self._of).words(),
            Word("staff", "choose wonderings for the staff summary", self._staff),
            *([Word("reopen", "open the walk again", self._reopen)] if ended else ends),
            *(one for one in super().words() if one.name != "steps"),
            Word("steps", "say the next steps again", lambda _: self.stand()),
            Word("debrief", "the steps of the debrief", lambda _: self.go("debrief", ALL)),
        ]

    def take_back(self) -> str | None:
        """The last act here; where there is none, that on a step of an earlier walk."""
        return super().take_back() or steps_before.undo(self.desk)

    def do_again(self) -> str | None:
        """What was undone last."""
        return super().do_again() or steps_before.redo(self.desk)

    def _of(self, said: str) -> tuple[Step, str]:
        first, _, rest = said.partition(" ")
        held = steps.steps(self.desk)
        place = number_in(first, len(held))
        if place is None:
            raise Refused("Say a step by its number.", "An empty line says them all.")
        return held[place - 1], rest.strip()

    def _before(self, said: str) -> tuple[OpenStep | None, str]:
        first, _, rest = said.partition(" ")
        found = steps_before.open_before(self.desk)
        place = number_in(first[1:], len(found)) if first[:1] in ("B", "b") else None
        return (found[place - 1] if place else None), rest.strip()

    # A step

    def _add(self, said: str) -> None:
        place = f"step:new:{self.desk.walk_id}"
        what = said or self.ask("What will be done", "One sentence.", place=place)
        if what is None:
            return
        added: list[Step] = []
        self.save_words(place, what, lambda: added.append(step_acts.add(self.desk, what)))
        if added:
            self.say(f"Added: {one_line(what)}. The questions that follow may be left empty.")
            self._questions(added[0])
            self._door(added[0])

    def _questions(self, step: Step) -> None:
        self._level(step)
        self._field(step, "owner", "Owner, a label", "Such as principal, or grade 6 team.")
        such = example(self.desk.today(), FORTNIGHT)
        self._field(step, "by_when", "By when", DATE.format(such=such))
        self._design(step)
        self._rests_on(step)
        kinds = [one for one in SUPPORT_TYPES if one]
        place = self.choose("Kind of support", kinds, f"What the step needs. {KEPT}")
        if place is not None:
            self._put(step, support_type=kinds[place])
        self._field(step, "support", "Support in words", "What it needs, in words.")

    def _level(self, step: Step) -> None:
        while said := self.ask("At which level", f"{', '.join(LEVELS)}. {KEPT}", now=step.level):
            with self.told():
                self._put(step, level=cast("Level", one_of(said, LEVELS)))
                return

    def _field(self, step: Step, field: str, label: str, help: str) -> None:
        now = str(getattr(as_it_is(self.desk, step), field))
        while (said := self.ask(f"{label}, may stay empty", f"{help} {KEPT}", now=now)) is not None:
            with self.told():
                self._put(step, **{field: said})
                return

    def _design(self, step: Step) -> None:
        ways = list(DESIGNS)
        place = self.choose("With the host teachers", list(DESIGNS.values()), KEPT)
        if place is not None:
            self._put(step, design=cast("Design", ways[place]))

    def _rests_on(self, step: Step) -> None:
        table = debrief.table(self.desk)
        bases = {"inquiry": "the inquiry"}
        for view in table.themes:
            if view.trend is not None:
                bases[view.trend.id] = f"trend: {one_line(view.trend.statement)}"
        for one in table.wonderings:
            bases[one.note.id] = f"wondering: {one_line(one.words)}"
        if len(bases) > 1:
            place = self.choose("Rests on", list(bases.values()), KEPT)
            if place is not None:
                self._put(step, rests_on=list(bases)[place])

    def _put(self, step: Step, **changed: Any) -> None:
        now = as_it_is(self.desk, step)
        names = ("what", "level", "owner", "by_when", "design", "support", "rests_on")
        fields = {name: getattr(now, name) for name in names}
        kind = changed.get("support_type", now.support_type)
        step_acts.change(self.desk, now, **{**fields, **changed, "support_type": kind})

    def _door(self, step: Step) -> None:
        stays = door.not_printed(self.desk, as_it_is(self.desk, step))
        self.say(*([f"{stays.removesuffix(' (summary)')}; names, on Home."] if stays else []))

    def _tell(self, said: str) -> None:
        before, _ = self._before(said)
        step = before.step if before else self._of(said)[0]
        self.say(_line(step))
        told = details(self.desk, step)
        self.say(*(f"{name.capitalize()}: {spoken(one_line(words))}" for name, words in told))

    def _change(self, said: str) -> None:
        step, _ = self._of(said)
        place = f"step:{step.id}"
        words = self.ask("What will be done", KEPT, now=step.what, place=place)
        if words is not None:
            self.save_words(place, words, lambda: self._put(step, what=words))
        self._questions(step)
        self._door(step)

    def _date(self, said: str) -> None:
        before, rest = self._before(said)
        if before is not None:
            steps_before.date_anew(self.desk, before, rest)
        else:
            step, rest = self._of(said)
            step_acts.date_anew(self.desk, step, rest)
        self.say(f"By {rest}." if rest else "No date.")

    def _agree(self, said: str) -> None:
        changed = step_acts.agree(self.desk, self._of(said)[0])
        self.say(f"{DESIGNS[changed.design]}.".capitalize())

    def _done(self, said: str) -> None:
        self._end(said, dropped=False)

    def _dropped(self, said: str) -> None:
        self._end(said, dropped=True)

    def _end(self, said: str, *, dropped: bool) -> None:
        before, rest = self._before(said)
        step, rest = (before.step, rest) if before else self._of(said)
        place = f"learned:{step.id}"
        words = rest or self.ask(
            "What was learned", "A word of it is needed.", now=step.learned, place=place
        )
        if words is None:
            return
        status: StepStatus = "dropped" if dropped else "done"

        def save() -> None:
            if before is not None:
                steps_before.close(self.desk, before, words, status)
            else:
                step_acts.done(self.desk, step, words, status)
            self.say(f"{STATUSES[status].capitalize()}: {one_line(step.what)}")

        self.save_words(place, words, save)

    def _not_done(self, said: str) -> None:
        step_acts.not_done(self.desk, self._of(said)[0])
        self.say("Open again.")

    def _withdraw(self, said: str) -> None:
        step, _ = self._of(said)
        step_acts.withdraw(self.desk, step)
        self.say(f"Withdrawn: {one_line(step.what)}. undo brings it back.")

    # The end of the walk

    def _staff(self, _: str) -> None:
        notes = [(one.note, one.words) for one in debrief.table(self.desk).wonderings]
        if not notes:
            self.say("There are no wonderings.")
        while notes:
            chosen = steps.for_staff(self.desk)
            rows = [
                f"{'chosen, ' if note.id in chosen else ''}{one_line(words)}"
                for note, words in notes
            ]
            place = self.choose("Choose or unchoose", rows)
            if place is None:
                return
            self._choose(*notes[place])

    def _choose(self, note: Note, words: str) -> None:
        if note.speech and note.id not in steps.for_staff(self.desk):
            self.say(one_line(words))
            said = self.ask(f"{WHO_SAID} yes or no", "yes leaves it out, no chooses it.")
            if said is None or said.casefold() not in ("n", "no"):
                self.say("Left out.")
                return
        chosen = steps.choose_for_staff(self.desk, note)
        self.say("Chosen for the staff." if chosen else "No longer for the staff.")

    def _close(self, _: str) -> None:
        missing = steps.missing_to_close(self.desk)
        self.say(*(f"Missing: {one}." for one in missing))
        reason = plan_missing.reasons(self.desk)
        if missing:
            said = self.ask(
                "Why without it, empty leaves the walk open",
                "The reason is printed.",
                now=reason,
                place=f"closing:new:{self.desk.walk_id}",
            )
            reason = said or reason
            without = f"Close the walk without, and print why: {one_line(reason)}?"
            if not reason or not self.agreed(without, CLOSES):
                self.say("The walk is not closed.")
                return
        elif not self.agreed("Close the walk?", CLOSES):
            return
        place = f"closing:new:{self.desk.walk_id}"
        with self.held(place, reason) if reason else nullcontext():
            look = self.ask("Next look, may stay empty", "When, or after what.")
            contact = self.ask("Contact, may stay empty", "Whom teachers can ask, and where.")
            steps.close(self.desk, reason=reason, next_look=look or "", contact=contact or "")
        self.say("Walk closed. summary on Home reads the staff summary.")

    def _call_off(self, said: str) -> None:
        if self.agreed("Call the walk off: it did not take place?", "The reason is printed."):
            steps.call_off(self.desk, said)
            self.say("Walk called off.")

    def _reopen(self, _: str) -> None:
        steps.reopen(self.desk)
        self.say("The walk is open again.")


def _line(step: Step) -> str:
    owner = f"{step.level}, {step.owner}" if step.owner else step.level
    when = f"by {step.by_when}" if step.by_when else "no date yet"
    design = f", {DESIGNS[step.design]}" if step.design else ""
    status = "" if step.status == "open" else f", {STATUSES[step.status]}"
    return spoken(f"{one_line(step.what)}: {owner}, {when}{design}{status}")
