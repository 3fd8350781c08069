"""Visit: watch a classroom and type what is seen and heard; the screen asks for nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Container
from textual.widgets import Static

from walk.model import MODE_WORDS, Form, Note, Visit
from walk.routine.desk import Desk
from walk.routine.timekeeping import next_visit
from walk.routine.visiting import visit as visiting
from walk.routine.visiting.visit import Saved
from walk.screens.visiting import visit_words as words
from walk.screens.visiting.one_line import FieldWords, Target
from walk.screens.visiting.wording import WordedScreen
from walk.timer import VisitTimer
from walk.widgets.asking import Question
from walk.widgets.composer import ROWS
from walk.widgets.drafts import Line
from walk.widgets.guide import LookForPane
from walk.widgets.note_list import NoteHeading

NARROW, TALL = 72, 30
"""Columns below which the look-fors hide, and rows from which there are plenty."""
LEAST = (60, 20)
"""Columns and rows that the screen needs."""


class VisitScreen(WordedScreen):
    """The room: what to look for, what was noted, the line being typed, and the time."""

    name_in_app = "visit"
    CSS_PATH = "visit.tcss"
    stage = visiting.STAGE
    as_begun = True
    WORDING = "room"
    FIELD_WORDS = FieldWords(
        opened=words.REWORDING,
        left="The note is as it was",
        left_kept="The note is as it was. The new words are kept: Enter on it shows them",
        not_kept="What you typed still stands here.",
    )
    HELP_WORDS: ClassVar[str] = (
        "Type what you see and hear, then Enter: that is a noticing. ? in front makes a wondering. "
        "T: S: and quotation marks are read as quoted speech, 5 of 7 pairs as a tally, #2 as first "
        "or last word ties the second look-for. All that is typed is kept while you type. "
        "Esc offers leaving, more time, undo, an earlier start, help and home; Esc, then 9, lets "
        "wording help speak in the room too: it asks what was seen or heard, and stops nothing."
    )

    def __init__(self, desk: Desk, at: str = "", say: str = "") -> None:
        """`at` is the visit's id; opening enters its room, unless that was done before."""
        super().__init__(desk, at, say)
        self.form: Form | None = None
        self.clock: VisitTimer | None = None
        self.pane = LookForPane()

    def work(self) -> ComposeResult:
        """The inquiry, look-fors beside notes, the rule, the line being typed, the menu."""
        yield self.inquiry
        with Container(id="panes"):
            yield self.pane
            with Container(id="notes-side"):
                yield NoteHeading()
                yield self.list
        yield Static(words.SMALL, id="small", markup=False)
        yield self.rule
        yield self.in_full
        yield self.composer
        yield self.wording_line
        yield self.menu_line

    # Reading and drawing

    def read(self, visit: Visit) -> Sequence[Note]:
        """The form and its notes; the first time, the room is entered."""
        if not self.opened:
            with self.told():
                self._enter(visit)
        self.pane.names = tuple(one.name for one in self.look_fors)
        writing = self.desk.label or "nobody"
        self.title_line.left = f"{visit.code} · {MODE_WORDS[visit.mode]} · Writing: {writing}"
        form = visiting.form_of(self.desk, visit)
        self._take_form(form)
        if not self.opened and form and visiting.has_left(form):
            self.first_words = self.first_words or words.LEFT
        return [one.record for one in visiting.notes(self.desk, form)] if form else []

    def _enter(self, visit: Visit) -> None:
        inside = next_visit.inside_s(self.desk, visit)
        visiting.enter(self.desk, visit, inside)
        if inside >= 60:
            self.first_words = self.first_words or words.by_board(inside // 60)

    def _take_form(self, form: Form | None) -> None:
        """Take the form as it is now: the clock, and what the menu can offer."""
        self.form = form
        entered = form is not None and form.entered_at is not None
        self.clock = visiting.timer(self.desk, form) if form and entered else None
        self.tick()
        self.offer()

    def tick(self) -> None:
        """Show the time; the title draws only when its words change."""
        if self.visit:
            self.title_line.right = words.clock_words(
                self.visit, self.form, self.clock, self.desk.now(), narrow=self.narrow
            )

    @property
    def narrow(self) -> bool:
        """True where the pane of look-fors has no room."""
        return self.size.width < NARROW

    @property
    def lists_look_fors(self) -> bool:
        """Where the pane is hidden, the questions name them."""
        return self.narrow

    def fit(self, width: int, height: int) -> None:
        """Hide what there is no room for; the line being typed stays."""
        tiny = width < LEAST[0] or height < LEAST[1]
        self.set_class(width < NARROW, "-narrow")
        self.set_class(tiny, "-tiny")
        if tiny:
            self.set_focus(self.composer)
        self.inquiry.rows = 3 if height < TALL else 6
        self.in_full.styles.height = min(8, max(2, height // 6))
        self.offer()

    def draw_heading(self) -> None:
        """The heading of the notes is always the same."""

    def draw_tied(self, number: int) -> None:
        """Show the look-for in the pane, and the rows of a line longer than its place."""
        rows = 0 if self.focused is self.list else self.composer.wrapped_document.height
        self.rule.right = f"{rows} rows" if rows > ROWS else ""
        self.pane.tied = number

    # Writing

    def main(self) -> Target:
        """The line of this visit, which the silent write goes on with."""
        place = visiting.line_place(self.desk, visiting.find(self.desk, self.at))
        return Target(place, hint=words.BEGIN)

    def add(self, line: Line) -> Saved:
        """A note of the form, with its time in the stop."""
        return visiting.add_note(
            self.desk,
            self.form_to_write_on(),
            line.text,
            kind=line.kind,
            look_for=line.look_for,
            before=line.before,
            draft_done=self.target.place,
        )

    def recovered(self, text: str, saved_at: int) -> str:
        """How much was recovered, and when it was typed."""
        return words.recovered(text, self.desk.local(saved_at), self.desk.today())

    def kept_line(self, screen: str) -> str:
        """How much stands in the line, wherever one goes."""
        return words.kept_line(self.composer.text)

    def say_note(self, understood: str) -> None:
        """In the room it comes first that the note is saved."""
        at = self.desk.local().strftime("%H:%M")
        self.say(" · ".join(filter(None, (f"saved {at}", understood))))

    # The menu

    def menu(self) -> Question | None:
        """What Esc offers, by where the visit stands."""
        if self.visit is None:
            return None
        return self.with_wording(words.menu(self.visit, self.form, can_redo=self.can_redo))

    def answered(self, name: str, key: str) -> None:
        """By how many minutes the visit started earlier."""
        if name == "earlier":
            self._changed(visiting.started_earlier(self.desk, self.form_to_write_on(), int(key)))
            self.say_saved(f"Started {key} min earlier")

    def chosen(self, key: str) -> None:
        """Do what was picked from the menu."""
        if key == "1":
            self._enter_or_leave()
        elif key == "2":
            self._longer_or_again(self.form_to_write_on())
        elif key == "3":
            self.action_undo()
        elif key == "5":
            self.action_help()
        elif key == "7":
            self.action_redo()
        elif key == "0":
            self.go_with_line("home")

    def form_to_write_on(self) -> Form:
        """The form of this room; where entering was undone, it is entered now."""
        if self.form is None or self.form.entered_at is None:
            form = visiting.enter(self.desk, visiting.find(self.desk, self.at))
            self._take_form(form)
            return form
        return self.form

    def _changed(self, form: Form) -> None:
        self.can_redo = False
        self._take_form(form)

    def _enter_or_leave(self) -> None:
        form = self.form
        if form is None or form.entered_at is None:
            self.form_to_write_on()
            self.say_saved("Entered")
        elif visiting.has_left(form):
            self._changed(visiting.come_back(self.desk, form))
            self.say_saved("Back in the room")
        elif self.composer.flush():
            self._changed(visiting.leave(self.desk, form))
            self.go_with_line("write", form.visit)

    def _longer_or_again(self, form: Form) -> None:
        if visiting.has_left(form):
            self.go_with_line("write", form.visit)
        elif self.composer.recorded:
            self._changed(visiting.viewed_again(self.desk, form))
            self.say_saved("Viewed again")
        else:
            longer = visiting.longer(self.desk, form)
            self._changed(longer)
            self.say_saved(f"The visit aims at {longer.target_minutes} min now")
