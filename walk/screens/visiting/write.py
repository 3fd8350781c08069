"""Silent write: each walker finishes their own form alone, straight after the visit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, cast

from textual.app import ComposeResult

from walk.model import Form, Note, Visit
from walk.model.form import LessonPart, Structure
from walk.routine.desk import Desk
from walk.routine.exchanging import share
from walk.routine.visiting import door, paper, write
from walk.routine.visiting import visit as visiting
from walk.routine.visiting.visit import Saved
from walk.routine.wording import wording
from walk.screens.ask import Ask, AskScreen, Values
from walk.screens.over import open_over
from walk.screens.visiting import paper as typing_up
from walk.screens.visiting.door import DoorScreen, Left
from walk.screens.visiting.one_line import Target
from walk.screens.visiting.wording import WordedScreen
from walk.widgets.asking import Question
from walk.widgets.choice_row import ChoiceRow
from walk.widgets.dates import clock_time
from walk.widgets.drafts import Line

PARTS = tuple((one, one) for one in ("opening", "middle", "closing", "whole", "unknown"))
STRUCTURES = tuple(
    (one, one) for one in ("individual", "pairs or trios", "small group", "whole class", "mixed")
)
NOTHING = "nothing seen on this inquiry"
SHARED = "Form finished and shared with your team on this laptop; nothing left it"
STILL_IN = "You are still in the room: Esc, then 1, leaves it"
ADD = "Type what you did not note in the room"
PAPER = "Type what is on the paper, a note a line; 4:30 in front is its time"
ASK_NOTHING = Question(
    "nothing",
    (("y", "yes, finish: a full answer"), ("n", "no, go on writing")),
    ask="Was nothing seen on this inquiry?",
)
SHARED_SHORT = "Shared with your team on this laptop; nothing left it"


def form_menu(*, done: bool, may_come_back: bool, from_paper: bool, can_redo: bool) -> Question:
    """What Esc offers, by how far the form is."""
    choices = [("1", "share again" if done else "finish and share"), ("2", "form"), ("3", "undo")]
    choices += [("4", "come back to the room")] if may_come_back else []
    choices += [("5", "help"), ("6", "paper: done" if from_paper else "from paper")]
    further = [("7", "redo")] if can_redo else []
    further += [("8", "hall talk")] if done else []
    further += [("t", "times"), ("n", "next paper form")] if from_paper else []
    return Question("menu", tuple(choices), further=(*further, ("0", "home")))


class WriteScreen(WordedScreen):
    """One walker's form: its notes, its three fields, and the line that adds what is missing."""

    name_in_app = "write"
    stage = write.STAGE
    lists_notes = True
    CSS_PATH = "write.tcss"
    HELP_WORDS: ClassVar[str] = (
        "Finish your own form, alone and before anyone talks. Type what you did not note in the "
        "room; ↑ from the empty line goes to the notes, to reword (Enter), turn (Tab) or "
        "withdraw (Del) them. Esc, then 2, goes to the fields: no field has to be filled, and "
        "“nothing seen on this inquiry” is a full answer. Esc, then 6, takes notes from paper: "
        "Enter in the empty line ends such a form, a second Enter takes the next one; Esc, then t, "
        "gives its times. "
        "Beneath the line wording help asks what was seen or heard; ↓ steps in, Enter takes a stem "
        "over, Del keeps your words. It stops nothing; Esc, then 9, lists notes or turns it off. "
        "Esc, then 1, finishes the form and shares it with your team; you can go on changing it."
    )

    def __init__(self, desk: Desk, at: str = "", say: str = "") -> None:
        """`at` is the visit's id."""
        super().__init__(desk, at, say)
        self.form: Form | None = None
        self.from_paper = False
        self._listed_before = False
        line = self.composer.take_over
        self.part = ChoiceRow("Lesson part", PARTS, line, self.move, id="part")
        self.structure = ChoiceRow("Activity", STRUCTURES, line, self.move, id="structure")
        self.nothing = ChoiceRow("Inquiry", (("yes", NOTHING),), line, self.move, id="nothing")
        self.fields = (self.part, self.structure, self.nothing)

    def above(self) -> ComposeResult:
        """The fields of the form."""
        yield from self.fields

    # Reading

    def read(self, visit: Visit) -> Sequence[Note] | None:
        """The form and its notes; a walker who is in the room goes back there."""
        form = write.form_for(self.desk, visit)
        entered = form.entered_at is not None
        if entered and not visiting.has_left(form) and form.finished_at is None:
            self.go_with_line("visit", visit.id, STILL_IN)
            return None
        self.from_paper = paper.on_paper(self.desk, form)
        self.form = form
        self._listed_before = wording.was_listed(self.desk, form.id)
        self.part.value, self.structure.value = form.part, form.structure
        self.nothing.value = "yes" if form.nothing_seen else ""
        self.title_line.left = f"{visit.code} · silent write · Writing: {self.desk.label}"
        self.tick()
        return [one.record for one in visiting.notes(self.desk, form)]

    def tick(self) -> None:
        """Whole minutes since leaving, or when the form was finished."""
        form = self.form
        if form is None:
            return
        if form.finished_at is not None:
            self.title_line.right = f"finished {clock_time(self.desk.local(form.finished_at))}"
        elif self.from_paper or not visiting.has_left(form):
            entered, left = paper.times_of(form)
            times = f" · {entered}–{left}" if entered else ""
            self.title_line.right = f"from paper{times}"
        else:
            spent = write.minutes_since_leaving(self.desk, form)
            planned = self.desk.rules.write_minutes
            over = spent > planned
            self.title_line.right = (
                f"{spent} min, {planned} planned" if over else f"{spent} of {planned} min"
            )

    def standing(self) -> str:
        """How much of a finished form the team does not have yet."""
        form = self.form
        if form is None or form.finished_at is None:
            return ""
        return not_shared(write.unshared(self.desk, form), write.at_door(self.desk, form))

    def rule_marks(self) -> list[str]:
        """Notes typed from paper say so."""
        return ["from paper"] if self.from_paper and not self.target.says else []

    # Writing

    def main(self) -> Target:
        """The line in which the walker was typing in the room already."""
        assert self.visit is not None
        return Target(
            visiting.line_place(self.desk, self.visit), hint=PAPER if self.from_paper else ADD
        )

    def add(self, line: Line) -> Saved:
        """A note of the form; it carries no time."""
        assert self.form is not None
        return visiting.add_note(
            self.desk,
            self.form,
            line.text,
            kind=line.kind,
            look_for=line.look_for,
            before=line.before,
            draft_done=self.main().place,
            from_paper=self.from_paper,
            timed=self.from_paper,
        )

    def on_choice_row_picked(self, event: ChoiceRow.Picked) -> None:
        """A field was filled in: save it."""
        with self.told():
            assert self.form is not None
            if event.row is self.part:
                self.form = write.describe(
                    self.desk, self.form, part=cast("LessonPart", event.value)
                )
            elif event.row is self.structure:
                value = cast("Structure", event.value)
                self.form = write.describe(self.desk, self.form, structure=value)
            else:
                self.form = write.describe(self.desk, self.form, nothing_seen=bool(event.value))
            self.can_redo = False
            self.offer()
            self.say_done("")

    def move(self, row: ChoiceRow, by: int) -> None:
        """To the row above or below at once; below the last one, or by 0, back to the line."""
        place = self.fields.index(row) + by
        if by == 0 or place >= len(self.fields):
            self.set_focus(self.composer)
        elif place >= 0:
            self.set_focus(self.fields[place])

    # The menu

    def menu(self) -> Question:
        """What Esc offers."""
        done = self.form is not None and self.form.finished_at is not None
        entered = self.form is not None and self.form.entered_at is not None
        back = entered and not done and not self.from_paper
        return self.with_wording(
            form_menu(
                done=done, may_come_back=back, from_paper=self.from_paper, can_redo=self.can_redo
            )
        )

    def may_offer(self) -> bool:
        """Once, before the form is finished."""
        form = self.form
        return form is not None and form.finished_at is None and not self._listed_before

    def was_offered(self) -> None:
        """The words in the notes were looked at; they do not come again by themselves."""
        if self.form is not None:
            wording.listed(self.desk, self.form.id)
            self._listed_before = True

    def chosen(self, key: str) -> None:
        """Do what the menu offers."""
        if key == "1":
            self._finish()
        elif key == "2":
            self.part.focus()
        elif key == "3":
            self.action_undo()
        elif key == "4":
            self._come_back()
        elif key == "5":
            self.action_help()
        elif key == "6":
            self._turn_paper()
        elif key == "7":
            self.action_redo()
        elif key == "8":
            self.go_with_line("hall", self.at)
        elif key == "t":
            self._give_times()
        elif key == "n":
            self._next_paper()
        else:
            self.go_with_line("home", say=self._paper_ends())

    def answered(self, name: str, key: str) -> None:
        """The answers to whether nothing was seen, and to what comes next."""
        if name == "nothing" and key == "y":
            assert self.form is not None
            self.form = write.describe(self.desk, self.form, nothing_seen=True)
            self._share()
        elif name == "nothing":
            self.say("Go on writing; what you save stands above the line")
        elif name == "paper":
            self._paper_done(key)
        elif name == "next":
            places = {"1": ("hall", self.at), "g": ("share", "")}
            if key in places:
                self.go_with_line(*places[key])
            else:
                self.go_with_line("home", say=self._paper_ends())

    def _come_back(self) -> None:
        assert self.form is not None
        if self.composer.flush():
            self.form = visiting.come_back(self.desk, self.form)
            self.go_with_line("visit", self.at)

    def _turn_paper(self) -> None:
        if not self.composer.flush():
            return  # told already
        assert self.form is not None
        self.from_paper = not self.from_paper
        paper.set_paper(self.desk, self.form, self.from_paper)
        self.open_line(self.main())
        tape = " Begin with the place on the recording, such as 4:30." * self.composer.recorded
        self.say(
            f"Each Enter saves a note from your paper.{tape}"
            if self.from_paper
            else "Notes are typed here again"
        )

    # Paper

    def blank(self) -> None:
        """Enter in the empty line: a form from paper may be done."""
        if self.from_paper and self.notes and not self.target.says:
            self.composer.ask(typing_up.DONE)
        else:
            super().blank()

    def _paper_done(self, key: str) -> None:
        if key == "3" or not self.finish_line():
            self.say("Go on typing; what you save stands above the line")
            return
        assert self.form is not None
        self.form = write.finish(self.desk, self.form)
        self.after_change()
        waits = door.told(self._at_door())
        self.say(waits or SHARED)
        if key == "2":
            self.go_with_line("home", say=" · ".join(filter(None, (self._paper_ends(), waits))))
        else:
            self._next_paper()

    def _next_paper(self) -> None:
        if self.composer.flush():
            typing_up.type_up(self)

    def _paper_ends(self) -> str:
        before = self.desk.me
        label = paper.end(self.desk)
        return f"Writing: {label} again" if self.desk.me != before else ""

    def _give_times(self) -> None:
        form = self.form
        if form is None or not self.composer.flush():
            return
        entered, left = paper.times_of(form)

        def save(values: Values) -> None:
            assert self.visit is not None
            now = write.form_for(self.desk, self.visit)
            self.form = paper.give_times(self.desk, now, *values)

        def saved(done: bool | None) -> None:
            if done:
                self.after_change()
                self.say_done("Times given")

        asks = [
            Ask("Entered at", entered, hint="like 9:05", one_row=True),
            Ask("Left at", left, hint="like 9:17", one_row=True),
        ]
        note = "By the clock, as the paper says. Leave both empty where it does not."
        open_over(self, AskScreen("In the room from when to when?", asks, save, note=note), saved)

    # Finishing

    def _finish(self) -> None:
        """Finish, or share again; an empty form is asked whether nothing was seen."""
        if not self.finish_line():
            return  # told already
        self.reload()
        if self.form is not None and write.is_empty(self.desk, self.form):
            self.composer.ask(ASK_NOTHING)
        else:
            self._share()

    def _share(self) -> None:
        assert self.form is not None
        again = self.form.finished_at is not None
        before = write.unshared(self.desk, self.form)
        self.form = write.finish(self.desk, self.form)
        self.after_change()
        if not self._at_door():
            self._shared(again, before)
            return

        def left(result: Left | None) -> None:
            with self.told():
                self._shared(again, before)
                if result and result.edit and result.edit.record.id in self.notes:
                    self.composer.ask(None)
                    self.reword(self.notes[result.edit.record.id])

        open_over(self, DoorScreen(self.desk, self._at_door), left)

    def _at_door(self) -> list[door.AtDoor]:
        return write.at_door(self.desk, self.form) if self.form else []

    def _shared(self, again: bool, before: int) -> None:
        """Tell what the team has now, and of a form just finished ask what comes next."""
        assert self.form is not None
        self.after_change()
        waits = door.told(self._at_door())
        if again:
            told = "Shared again with your team on this laptop; nothing left it"
            gone = write.unshared(self.desk, self.form) < before
            self.say(waits or (told if gone else "Your team has it all already"))
            return
        self.say(waits or SHARED)
        said = SHARED_SHORT if self.has_class("-narrow") else f"{SHARED}."
        said = f"Form finished. {waits}." if waits else said
        give = (("g", "give your notes"),) if share.is_next(self.desk) else ()
        self.composer.ask(Question("next", (("1", "hall talk"), ("2", "home"), *give), ask=said))


def not_shared(count: int, waits: Sequence[door.AtDoor]) -> str:
    """What of something shared the team does not have yet: what waits at the door, and the rest."""
    rest = changes(count - len({one.record.id for one in waits}))
    return " · ".join(filter(None, (door.told(waits), rest)))


def changes(count: int) -> str:
    """How many changes of something shared are not shared yet, in words."""
    if not count:
        return ""
    return "1 change not shared yet" if count == 1 else f"{count} changes not shared yet"
