"""The notes of a visit while it lasts: typed, kept, saved, read again and reworded."""

from __future__ import annotations

from abc import abstractmethod
from typing import Literal

from textual.events import DescendantFocus, Key, Paste, ScreenSuspend

from walk.errors import Refused, WalkError
from walk.jotting import understand
from walk.model import Form, LookFor, Note, Visit
from walk.routine import visit as visiting
from walk.routine.desk import Desk
from walk.screens import visit_words as words
from walk.screens.base import WalkScreen
from walk.widgets.asking import OrderedKeys, Question
from walk.widgets.composer import ROWS, Composer, Line
from walk.widgets.guide import LookForPane
from walk.widgets.menu_line import MenuLine
from walk.widgets.note_list import NoteInFull, NoteList
from walk.widgets.rule_line import RuleLine


class VisitNotes(WalkScreen):
    """Composer, rule and notes of one form, and all that is done with them.

    A subclass places the widgets, sets `visit`, `form` and `look_fors` in `reload()`, calls
    `show_notes()` and, once, `open_line()`. It says what Esc offers (`menu`, `picked`). One note
    saved is one row drawn: nothing is read or drawn anew for it, however many there are.
    """

    stage = visiting.STAGE
    AUTO_FOCUS = "Composer"

    def __init__(self, desk: Desk, at: str = "", say: str = "") -> None:
        """`at` is the visit's id."""
        super().__init__(desk, at, say)
        self.visit: Visit | None = None
        self.form: Form | None = None
        self.look_fors: list[LookFor] = []
        self.notes: dict[str, Note] = {}
        self.rewording = ""
        """The id of the note whose words are in the composer, or nothing."""
        self.can_redo = False
        self._covered = False
        self._draft_failed = False
        self.composer = Composer(self.save_line, self.keep_draft)
        self.list = NoteList(self.composer.take_over)
        self.in_full = NoteInFull()
        self.rule = RuleLine()
        self.pane = LookForPane()
        self.menu_line = MenuLine()

    # What a subclass says

    @abstractmethod
    def menu(self) -> Question | None:
        """What Esc asks, as things stand."""

    @abstractmethod
    def picked(self, name: str, key: str) -> None:
        """A key answered the menu, or another question of the subclass."""

    @abstractmethod
    def form_to_write_on(self) -> Form:
        """The form that a new note belongs to; Refused where there is none."""

    @property
    @abstractmethod
    def narrow(self) -> bool:
        """True where the look-fors are not in sight, so that questions name them."""

    # Drawing

    def offer(self) -> None:
        """Set what Esc, / and Space ask, as things stand."""
        listed = self.narrow
        own = words.look_for_question("note look-for", self.look_fors, listed=listed)
        line = words.look_for_question("look-for", self.look_fors, listed=listed)
        self.list.look_fors = own
        self.list.menu = words.note_menu(own)
        self.composer.look_fors = None if self.rewording else line
        self.composer.menu = None if self.rewording else self.menu()
        self.refresh_bindings()

    def numbers(self) -> dict[str, int]:
        """The look-fors' numbers by id."""
        return {one.id: number for number, one in enumerate(self.look_fors, 1)}

    def show_notes(self) -> None:
        """Read and show the notes of the form."""
        found = visiting.notes(self.desk, self.form) if self.form else []
        self.notes = {one.record.id: one.record for one in found}
        self._show_list()

    def _show_list(self) -> None:
        numbers = self.numbers()
        self.list.show_all([words.note_row(one, numbers) for one in self.notes.values()])
        self.draw_rule()

    def _show_note(self, note: Note) -> None:
        row = words.note_row(note, self.numbers())
        known = note.id in self.notes
        self.notes[note.id] = note
        (self.list.change if known else self.list.add)(row)
        self.draw_rule()

    def draw_rule(self) -> None:
        """Say what the line, or the marked note, is."""
        marked = self.list.marked
        if self.focused is self.list and marked:
            note = self.notes[marked.id]
            understood = visiting.understood(self.desk, note)
            place = self.list.index + 1
            self.in_full.words = note.words
            self.rule.words = words.note_rule(note, place, len(self.notes), understood)
            self.rule.right, self.pane.tied = "", marked.number
            return
        composer = self.composer
        jot = understand(composer.text[: words.LIVE_MOST], len(self.look_fors), composer.recorded)
        number = self.numbers().get(composer.tied, jot.look_for or 0)
        place = list(self.notes).index(self.rewording) + 1 if self.rewording in self.notes else 0
        self.rule.words = words.line_rule(composer.turned or jot.kind, number, place)
        rows = composer.wrapped_document.height
        self.rule.right = f"{rows} rows" if rows > ROWS else ""
        self.pane.tied = number

    # Keeping and saving what is typed

    def open_line(self) -> None:
        """Go on with the line that was being typed here, and say so in the first words."""
        told = [self._take_up_line()]
        kept = visiting.kept_rewordings(self.desk)
        told += [
            f"New words for note {place} are kept: ↑ and Enter"
            for place, note in enumerate(self.notes, 1)
            if note in kept
        ]
        self.first_words = " · ".join(filter(None, (self.first_words, *told)))

    def _take_up_line(self) -> str:
        """Put the line's draft, or nothing, into the composer; what was recovered, in words."""
        draft = self.desk.draft(self._place())
        self.composer.begin(draft.text if draft else "", extra=draft.extra if draft else "")
        self.draw_rule()
        return words.recovered(draft.text, draft.saved_at, self.desk.now()) if draft else ""

    def _place(self) -> str:
        """Where what is being typed is kept."""
        if self.rewording:
            return visiting.edit_place(self.rewording)
        return visiting.line_place(self.desk, visiting.find(self.desk, self.at))

    def keep_draft(self, text: str, extra: str) -> bool:
        """Store what is being typed; False, and a word about it, when that fails."""
        try:
            self.desk.keep_draft(self._place(), text, extra)
        except WalkError as error:
            self._draft_failed = True
            if self.is_current:
                self.state_line.complain(f"{error} What you typed still stands here.")
            return False
        if self._draft_failed:
            self._draft_failed = False
            self.say("What you type is being kept again")
        return True

    def save_line(self, line: Line) -> bool:
        """Save the line; True once it is stored. Called by the composer, which empties then."""
        if self.rewording:
            self._save_rewording(line)
            return False  # the composer holds its next text already, or still this one
        note: Note | None = None
        with self.told():
            note = visiting.add_note(
                self.desk,
                self.form_to_write_on(),
                line.text,
                kind=line.kind,
                look_for=line.look_for,
                draft_done=self._place(),
            ).note
        if note is None:
            return False
        self._stored(note)
        return True

    def _stored(self, note: Note) -> None:
        """A note is stored: show it, and say what was understood."""
        self.can_redo = False
        self.offer()
        with self.told():
            self._show_note(note)
            kind = "wondering" if note.note_kind == "wondering" else ""
            understood = visiting.understood(self.desk, note)
            at = self.desk.now().local.strftime("%H:%M")
            self.say(" · ".join(filter(None, (f"saved {at}", kind, understood))))

    # Rewording

    def _reword(self, note: Note) -> None:
        """Put a note's words into the composer, or the new words that were begun before."""
        self.composer.flush()
        self.rewording = note.id
        self.offer()
        self.set_focus(self.composer)
        draft = self.desk.draft(self._place())
        if draft:
            self.composer.begin(draft.text, extra=draft.extra)
            self.say(words.recovered(draft.text, draft.saved_at, self.desk.now()))
        else:
            wondering = note.note_kind == "wondering"
            self.composer.begin(note.text, kind="wondering" if wondering else None)
            self.say(words.REWORDING)
        self.draw_rule()

    def _save_rewording(self, line: Line) -> None:
        with self.told():
            note = self.notes.get(self.rewording)
            if note is None:
                raise Refused("The note was withdrawn meanwhile.", "Esc keeps these words for it.")
            kind = (
                line.kind
                or visiting.read_line(self.desk, visiting.find(self.desk, self.at), line.text).kind
            )
            saved = visiting.reword(
                self.desk, note, line.text, kind=kind, draft_done=self._place()
            ).note
            self._close_rewording()
            self._stored(saved)

    def _leave_rewording(self) -> None:
        """Leave the note as it was; new words are kept, should they be wanted after all."""
        note = self.notes.get(self.rewording)
        text = self.composer.text
        if text.strip() and (note is None or text != note.text):
            if not self.composer.flush():
                return  # they could not be kept: they stay in sight
            self.say("The note is as it was. The new words are kept: Enter on it shows them")
        else:
            self.composer.begin()
            with self.told():
                self.desk.keep_draft(self._place(), "")
                self.say("The note is as it was")
        self._close_rewording()

    def _close_rewording(self) -> None:
        """Go back to the line that was being typed, if there was one."""
        self.rewording = ""
        self.offer()
        self._take_up_line()

    # What is typed and pasted elsewhere, and what the composer and the notes tell

    def on_key(self, event: Key) -> None:
        """Where nothing has the keys, such as after a click beside everything, the line has."""
        if self.focused is None:
            event.stop()
            self.composer.take_over(event)

    def on_paste(self, event: Paste) -> None:
        """Whatever is pasted belongs in the line."""
        self.set_focus(self.composer)
        self.composer.post_message(Paste(event.text))

    def on_text_area_changed(self) -> None:
        """Follow what is typed, how it is turned, and which note is marked."""
        self.draw_rule()

    on_composer_kind_turned = on_note_list_marked = on_text_area_changed

    def on_composer_blank(self) -> None:
        """Enter in an empty line."""
        if self.rewording:
            self._leave_rewording()
        else:
            self.say(words.NOTHING_YET)

    def on_composer_told(self, event: Composer.Told) -> None:
        """Something about what was typed or pasted."""
        (self.state_line.complain if event.problem else self.say)(event.words)

    def on_composer_menu_wanted(self) -> None:
        """Esc: the menu is open by now, but in a rewording Esc leaves it."""
        if self.rewording:
            self._leave_rewording()

    def on_composer_up(self) -> None:
        """Up in the empty line."""
        self.go_to_notes()

    def go_to_notes(self) -> None:
        """Let the keys work on the notes, from the newest."""
        if self.notes:
            self.list.mark_newest()
            self.set_focus(self.list)
        else:
            self.say(words.NO_NOTES)

    def on_composer_undo_wanted(self) -> None:
        """Ctrl+Z in the empty line."""
        self.action_undo()

    def on_composer_redo_wanted(self) -> None:
        """Ctrl+Y in the empty line."""
        self.action_redo()

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """Show the marked note in full while the keys work on the notes."""
        self.set_class(event.widget is self.list, "-notes")
        self.draw_rule()

    def on_note_list_left(self) -> None:
        """Back to the line."""
        self.set_focus(self.composer)

    def on_note_list_wanted(self, event: NoteList.Wanted) -> None:
        """Something is to be done with a note."""
        note = self.notes.get(event.note)
        if note is None:
            return
        with self.told():
            if event.what == "edit":
                self._reword(note)
            elif event.what == "turn":
                self._stored(visiting.turn(self.desk, note))
            else:
                self._withdraw(note)

    def _withdraw(self, note: Note) -> None:
        visiting.withdraw(self.desk, note)
        self.can_redo = False
        del self.notes[note.id]
        self._show_list()
        self.offer()
        self.say_saved("Withdrawn; undo brings it again")
        if not self.notes:
            self.set_focus(self.composer)

    # Questions

    def on_ordered_keys_asked(self, event: OrderedKeys.Asked) -> None:
        """Show the question in place of the state line."""
        self.menu_line.question = event.question
        self.set_class(event.question is not None, "-asking")

    def on_ordered_keys_answered(self, event: OrderedKeys.Answered) -> None:
        """A key answered a question; an empty one put it away."""
        if not event.key:
            return
        marked = self.list.marked
        with self.told():
            if event.name == "look-for":
                self.composer.tie(self._look_for(event.key))
                self.draw_rule()
            elif not event.name.startswith("note"):
                self.picked(event.name, event.key)
            elif marked:
                self._correct(self.notes[marked.id], event)

    def _look_for(self, key: str) -> str:
        return self.look_fors[int(key) - 1].id if key != "0" else ""

    def _correct(self, note: Note, event: OrderedKeys.Answered) -> None:
        """Change what was understood from a note."""
        if event.name == "note look-for":
            self._stored(visiting.tie(self.desk, note, self._look_for(event.key)))
        elif event.key == "2":
            self._stored(visiting.turn(self.desk, note))
        elif event.key == "5":
            self._withdraw(note)
        else:
            what: Literal["speech", "tally"] = "speech" if event.key == "3" else "tally"
            self._stored(visiting.understand_otherwise(self.desk, note, what))

    # Undoing, and other screens

    def action_undo(self) -> None:
        """Take the last act back; it can be done again from the menu."""
        super().action_undo()
        self.can_redo = True
        self.offer()

    def go_with_line(self, screen: str, at: str = "") -> None:
        """Go elsewhere, with what is being typed kept and named."""
        if self.composer.flush():
            self.go(screen, at, words.kept_line(self.composer.text))

    def on_screen_suspend(self, _: ScreenSuspend) -> None:
        """Another screen covers this one: store what is here."""
        self._covered = True
        self.composer.flush()

    def on_screen_resume(self) -> None:
        """Back again: others may have written meanwhile. (Textual calls the base's as well.)"""
        if self._covered:
            self._covered = False
            with self.told():
                self.reload()
