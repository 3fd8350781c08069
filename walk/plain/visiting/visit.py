"""Visit: the room in lines. What is typed is a noticing; the time is told when it is asked for."""

from __future__ import annotations

from collections.abc import Sequence

from walk.errors import Refused
from walk.model import MODE_WORDS, Form, Note
from walk.plain.questions import number_in
from walk.plain.room import Word
from walk.plain.visiting.noting import SIGNS, NotingRoom, counted_notes
from walk.routine.planning import prepare
from walk.routine.timekeeping import next_visit
from walk.routine.visiting import hall
from walk.routine.visiting import visit as visiting
from walk.routine.visiting.visit import Saved
from walk.timer import LONGEST_MIN, Stage

TOLD: dict[Stage, str] = {
    "wrap up": "Two minutes or less are left.",
    "time": "The time is up; /leave leaves the room.",
    "over": "The time is over; /leave leaves the room, /longer gives more.",
}
"""Said once, behind the first note of that stage."""


class VisitRoom(NotingRoom):
    """A stop at a visit, from entering the room to leaving it."""

    name = "visit"
    stage = visiting.STAGE
    wording_place = "room"
    about = f"The visit: watch, and type what you see and hear. {SIGNS}"

    _stage_told: Stage = "visit"

    def open(self) -> None:
        """Enter the room, or come back to it; a form that is begun is finished in the write."""
        if not self.desk.me:
            self.go("who", f"visit {self.at}")
        visit = self.visit
        before = visiting.form_of(self.desk, visit)
        inside = next_visit.inside_s(self.desk, visit)
        form = visiting.enter(self.desk, visit, inside)
        if visiting.has_left(form):
            if form.finished_at is not None:
                self.say(f"Your form for {visit.code} is finished; you can still change it.")
            else:
                self.say(f"You have left {visit.code}; /return goes back into the room.")
            self.go("write", self.at)
        entered = before is None or before.entered_at is None
        self.say(f"{'Entered' if entered else 'Back in'} {visit.code}, {MODE_WORDS[visit.mode]}.")
        if inside >= 60:
            self.say(f"By the board your team entered {inside // 60} min ago; the clock goes on.")
        self.say(f"Writing: {self.desk.label}. Inquiry: {visiting.inquiry(self.desk, visit)}")
        if unconfirmed := prepare.unconfirmed(self.desk):
            self.say(f"Focus: {unconfirmed}.")
        if wanted := hall.look_next(self.desk):
            self.say(f"Your team wanted to look for: {wanted}")
        look_fors = prepare.look_fors(self.desk)
        self.say(*(f"Look-for {place}: {one.name}" for place, one in enumerate(look_fors, 1)))
        self.say("Type what you see and hear. /leave leaves the room, ? says all else.")
        self.stand()
        self.tell_kept()

    def label(self) -> str:
        """Such as "V3, note"."""
        return f"{self.visit.code}, note"

    @property
    def form(self) -> Form:
        """The form of the one who writes."""
        form = visiting.form_of(self.desk, self.visit)
        if form is None:
            raise Refused("This room has not been entered.", "Say visit on Home, with its code.")
        return form

    def stand(self) -> None:
        """How long it has been, and what was noted."""
        form = self.form
        notes = counted_notes(self.notes())
        if self.visit.mode == "recorded":
            self.say(f"Viewing {max(1, form.viewings)}. {notes}.")
            return
        face = visiting.timer(self.desk, form).face(self.desk.now())
        self._stage_told = face.stage
        word = "" if face.word == face.detail else f"{face.word}, "
        self.say(f"Time: {word}{face.detail}. {notes}.")

    def after_saving(self) -> None:
        """Say once that the time runs out, or has."""
        if self.visit.mode == "recorded":
            return
        stage = visiting.timer(self.desk, self.form).face(self.desk.now()).stage
        if stage != self._stage_told:
            self._stage_told = stage
            self.say(*filter(None, [TOLD.get(stage, "")]))

    # Notes

    def place(self) -> str:
        """Shared with the silent write and the full screen."""
        return visiting.line_place(self.desk, self.visit)

    def notes(self) -> list[Note]:
        """The notes of the form."""
        return [one.record for one in visiting.notes(self.desk, self.form)]

    def add(self, line: str, draft_done: str = "") -> Saved:
        """A note with its time in the room."""
        return visiting.add_note(self.desk, self.form, line, draft_done=draft_done)

    # Words

    def words(self) -> Sequence[Word]:
        """Leaving, time, and notes."""
        recorded = self.visit.mode == "recorded"
        leave = "end the viewing" if recorded else "leave the room; the silent write comes next"
        first = [Word("leave", leave, self._leave)]
        if recorded:
            first.append(Word("viewed", "the segment was watched once more", self._viewed))
        else:
            first += [
                Word("time", "say the time", lambda _: self.stand()),
                Word("longer", "aim at N minutes more, 1 if none is said", self._longer, "N"),
                Word("earlier", "the room was entered N minutes earlier", self._earlier, "N"),
            ]
        return [*first, *super().words()]

    def _leave(self, _: str) -> None:
        visiting.leave(self.desk, self.form)
        self.say(f"Left {self.visit.code}. {counted_notes(self.notes())}.")
        self.go("write", self.at)

    def _viewed(self, _: str) -> None:
        self.say(f"Viewing {visiting.viewed_again(self.desk, self.form).viewings}.")

    def _longer(self, said: str) -> None:
        visiting.longer(self.desk, self.form, minutes_in(said))
        self.stand()

    def _earlier(self, said: str) -> None:
        visiting.started_earlier(self.desk, self.form, minutes_in(said))
        self.stand()


def minutes_in(said: str) -> int:
    """The whole minutes that were said; 1 where none were. Refused for anything else."""
    number = number_in(said, LONGEST_MIN) if said else 1
    if number is None:
        raise Refused(f"Minutes are a whole number from 1 to {LONGEST_MIN}.", "Such as 2.")
    return number
