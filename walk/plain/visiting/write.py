"""Silent write in lines: each walker finishes their own form alone, straight after the visit."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import cast, get_args

from walk.errors import Refused
from walk.model import Form, Note
from walk.model.form import LessonPart, Structure
from walk.plain.room import Word
from walk.plain.visiting.door import at_the_door
from walk.plain.visiting.noting import SIGNS, NotingRoom, counted_notes
from walk.routine.exchanging import share
from walk.routine.planning import prepare
from walk.routine.visiting import hall, paper, write
from walk.routine.visiting import visit as visiting
from walk.routine.visiting.visit import Saved

PARTS: tuple[LessonPart, ...] = tuple(one for one in get_args(LessonPart) if one)
STRUCTURES: tuple[Structure, ...] = tuple(one for one in get_args(Structure) if one)
SHARED = "Form finished and shared with your team on this laptop; nothing left it."
FROM_PAPER = "4:30 in front of a note is its time, by the visit or by the clock."


class WriteRoom(NotingRoom):
    """One walker's form: its notes, its three fields, and finishing it."""

    name = "write"
    stage = write.STAGE
    about = (
        "The silent write: finish your own form, alone and before anyone talks. No field has to "
        f"be filled, and /nothing, nothing seen on this inquiry, is a full answer. {SIGNS}"
    )

    _paper = False

    def open(self) -> None:
        """Say how the form stands; a walker who is in the room goes back there."""
        if not self.desk.me:
            self.go("who", f"write {self.at}")
        visit, form = self.visit, self.form
        entered = form.entered_at is not None
        if entered and not visiting.has_left(form) and form.finished_at is None:
            self.say("You are still in the room: /leave leaves it.")
            self.go("visit", self.at)
        self._paper = paper.on_paper(self.desk, form)
        self.say(f"Silent write of {visit.code}. Writing: {self.desk.label}.")
        self.say(f"Inquiry: {visiting.inquiry(self.desk, visit)}")
        if unconfirmed := prepare.unconfirmed(self.desk):
            self.say(f"Focus: {unconfirmed}.")
        self.stand()
        self.say("Type what you did not note in the room. /finish finishes, ? says all else.")
        if self._paper:
            self.say(f"Notes typed here come from paper. {FROM_PAPER}")
        self.tell_kept()

    def label(self) -> str:
        """Such as "V3 form, note"."""
        return f"{self.visit.code} form, note"

    @property
    def form(self) -> Form:
        """The form of the one who writes; a fresh one is saved with its first note."""
        return write.form_for(self.desk, self.visit)

    def stand(self) -> None:
        """How long it is since leaving, what was noted, and what the fields say."""
        form = self.form
        said = []
        if form.finished_at is not None:
            said.append("Finished")
        elif visiting.has_left(form) and not self._paper:
            spent, planned = write.minutes_since_leaving(self.desk, form), self.desk.rules
            said.append(f"{spent} min since leaving, {planned.write_minutes} planned")
        said.append(counted_notes(self.notes()))
        said += [f"part {form.part}"] if form.part else []
        said += [f"activity {form.structure}"] if form.structure else []
        said += ["nothing seen on this inquiry"] if form.nothing_seen else []
        self.say(f"Form: {', '.join(said)}.")
        waiting = write.unshared(self.desk, form) if form.finished_at is not None else 0
        if waiting:
            self.say(f"Not shared with your team yet: {waiting}. /finish shares it.")

    # Notes

    def place(self) -> str:
        """The line that was begun in the room."""
        return visiting.line_place(self.desk, self.visit)

    def notes(self) -> list[Note]:
        """The notes of the form."""
        return [one.record for one in visiting.notes(self.desk, self.form)]

    def add(self, line: str, draft_done: str = "") -> Saved:
        """A note of the form; it carries no time, but for one from paper."""
        return visiting.add_note(
            self.desk,
            self.form,
            line,
            draft_done=draft_done,
            from_paper=self._paper,
            timed=self._paper,
        )

    # Words

    def words(self) -> Sequence[Word]:
        """Finishing, the fields, and notes."""
        form = self.form
        done = form.finished_at is not None
        finish = "share again with your team" if done else "finish the form and share it"
        words = [
            Word("finish", finish, self._finish),
            Word("part", f"part of the lesson seen: {', '.join(PARTS)}", self._part, "PART"),
            Word("activity", f"how work went: {', '.join(STRUCTURES)}", self._activity, "HOW"),
            Word("nothing", "nothing was seen on this inquiry; again: it was", self._nothing),
            Word("paper", "notes typed now come from paper, or no longer", self._turn_paper),
        ]
        if self._paper:
            words.append(Word("times", "in the room from when to when", self._times, "9:05 9:17"))
        if form.entered_at is not None and not done:
            words.append(Word("return", "go back into the room", self._return))
        if done:
            words.append(Word("hall", "the hall talk", lambda _: self.go("hall", self.at)))
        return [*words, *super().words()]

    def _part(self, said: str) -> None:
        value = one_of(said, PARTS)
        write.describe(self.desk, self.form, part=cast("LessonPart", value))
        self.say(f"Part of the lesson seen: {value}.")

    def _activity(self, said: str) -> None:
        value = one_of(said, STRUCTURES)
        write.describe(self.desk, self.form, structure=cast("Structure", value))
        self.say(f"Activity: {value}.")

    def _nothing(self, _: str) -> None:
        seen = not self.form.nothing_seen
        write.describe(self.desk, self.form, nothing_seen=seen)
        told = "Nothing seen on this inquiry: a full answer." if seen else "Something was seen."
        self.say(told)

    def _return(self, _: str) -> None:
        visiting.come_back(self.desk, self.form)
        self.go("visit", self.at)

    def _turn_paper(self, _: str) -> None:
        self._paper = not self._paper
        paper.set_paper(self.desk, self.form, self._paper)
        told = f"Notes typed now come from paper. {FROM_PAPER}"
        self.say(told if self._paper else "Notes are typed here again.")

    def _times(self, said: str) -> None:
        entered, _, left = said.partition(" ")
        paper.give_times(self.desk, self.form, entered, left.strip())
        self.say("Times given." if said else "No times are known.")

    # Finishing

    def _finish(self, _: str) -> None:
        form = self.form
        if write.is_empty(self.desk, form):
            self.say("The form is empty.")
            if not self.agreed(
                "Was nothing seen on this inquiry?",
                "yes finishes the form so: that is a full answer. no goes on writing.",
            ):
                self.say("Go on writing.")
                return
            form = write.describe(self.desk, form, nothing_seen=True)
        again = form.finished_at is not None
        self.tell_kept()
        form = write.finish(self.desk, form)
        at_the_door(self, partial(write.at_door, self.desk, form))
        if again:
            self.say("Shared again with your team on this laptop; nothing left it.")
            return
        self.say(SHARED)
        if self._paper:
            before = self.desk.me
            label = paper.end(self.desk)
            self.say(*([f"Writing: {label} again."] if self.desk.me != before else []))
        elif len(self.desk.walkers()) > 1 and hall.ready(self.desk, self.visit):
            self.say("Next: the hall talk; hall on Home opens it.")
        if share.is_next(self.desk):
            self.say("Next: give your notes; share on Home writes your pack.")
        self.go("home")


def one_of(said: str, values: Sequence[str]) -> str:
    """The value that was said, or begun so that one alone is meant. Refused for none."""
    said = said.casefold().strip()
    found = [one for one in values if one == said] or [
        one for one in values if said and one.startswith(said)
    ]
    if len(found) != 1:
        raise Refused("Say one of these.", f"{', '.join(values)}.")
    return found[0]
