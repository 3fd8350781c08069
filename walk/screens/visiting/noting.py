"""What visit, silent write and hall talk share: notes in a list, and the line they come from."""

from __future__ import annotations

from typing import ClassVar, Literal

from textual.binding import Binding, BindingType

from walk.errors import Refused
from walk.model import Note
from walk.routine.visiting import visit as visiting
from walk.routine.visiting.visit import Saved
from walk.screens.visiting import visit_words as words
from walk.screens.visiting import who_writes
from walk.screens.visiting.one_line import Target
from walk.screens.visiting.shown_notes import ShownNotes
from walk.widgets.asking import OrderedKeys
from walk.widgets.drafts import Line
from walk.widgets.note_list import NoteList


class NotingScreen(ShownNotes):
    """Notes, the rule, the line, the menu. What is stored and offered is the subclass's affair."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "f2",
            "who_writes",
            "who writes",
            id="noting.who_writes",
            show=False,
            tooltip="Say who is writing on this laptop; Esc, then w, does the same",
        ),
    ]

    # Keeping and saving what is typed

    def save_line(self, line: Line) -> bool:
        """Save the line; True once it is stored. Called by the composer, which empties then."""
        if self.target.says:
            self._save_other(line)
            return False  # the composer holds its next text already, or still this one
        saved: Saved | None = None
        with self.told():
            saved = self.add(line)
        if saved is None:
            return False
        self.stored(saved.note)
        return True

    def _save_other(self, line: Line) -> None:
        with self.told():
            target = self.target
            if target.save is not None:
                target.save(line.text)
                self.open_line(self.main())
                self.after_change()
                self.say_done(target.says)
                return
            note = self.notes.get(target.note)
            if note is None:
                raise Refused(
                    "The note was withdrawn meanwhile.",
                    "Esc leaves it; these words are kept in case it comes back.",
                )
            here = visiting.find(self.desk, self.at)
            kind = line.kind or visiting.read_line(self.desk, here, line.text).kind
            changed = visiting.reword(
                self.desk, note, line.text, kind=kind, draft_done=target.place
            ).note
            self.open_line(self.main())
            self.stored(changed)

    def after_change(self) -> None:
        """Something that is no note was stored: read it all again."""
        self.can_redo = False
        with self.told():
            self.reload()

    def stored(self, note: Note) -> None:
        """A note is stored: show it, and say what was understood."""
        self.can_redo = False
        self.offer()
        with self.told():
            self.show_note(note)
            kind = "wondering" if note.note_kind == "wondering" else ""
            self.say_note(" · ".join(filter(None, (kind, visiting.understood(self.desk, note)))))

    def say_note(self, understood: str) -> None:
        """Tell that a note was saved, and what was understood from it."""
        self.say_done(understood)

    def reword(self, note: Note) -> None:
        """Put a note's words into the line, or the new words that were begun before."""
        self.open_field(
            Target(
                visiting.edit_place(note.id),
                says=f"rewording note {list(self.notes).index(note.id) + 1}",
                text=note.text,
                # A noticing is left unturned, so that ? in front makes it a wondering.
                kind="wondering" if note.note_kind == "wondering" else None,
                note=note.id,
            )
        )

    # What the composer and the notes tell

    def on_composer_blank(self) -> None:
        """Enter in an empty line: nothing to save, or a field emptied on purpose."""
        if self.target.save is not None and self.target.text:
            self._save_other(Line("", None, ""))
        elif self.target.says:
            self.leave_line()
        else:
            self.blank()

    def blank(self) -> None:
        """Enter in the line, and there is nothing to save."""
        self.say(words.NOTHING_YET)

    def up(self) -> None:
        """↑ leads to the notes."""
        self.to_notes()

    def to_notes(self) -> None:
        """Let the keys work on the notes; the one saved last is marked."""
        if self.target.save is not None:
            return  # a field is no note: Esc leaves it
        if not self.notes or self.has_class("-tiny"):
            self.say(words.NO_NOTES if not self.notes else words.SMALL)
            return
        if self.as_begun or self.list.index < 0:
            self.list.mark_newest()
        self.set_focus(self.list)

    def on_note_list_left(self) -> None:
        """Back to the line."""
        self.set_focus(self.composer)

    def on_note_list_marked(self) -> None:
        """Another note is marked."""
        self.draw_rule()

    def on_note_list_wanted(self, event: NoteList.Wanted) -> None:
        """Something is to be done with a note."""
        note = self.notes.get(event.note)
        if note is None:
            return
        with self.told():
            if event.what == "edit":
                self.reword(note)
            elif event.what == "turn":
                self.stored(visiting.turn(self.desk, note))
            else:
                self._withdraw(note)

    def _withdraw(self, note: Note) -> None:
        visiting.withdraw(self.desk, note)
        self.can_redo = False
        del self.notes[note.id]
        self.show_notes()
        self.offer()
        self.say_done("Withdrawn; undo brings it again")
        if not self.notes:
            self.set_focus(self.composer)

    def on_ordered_keys_answered(self, event: OrderedKeys.Answered) -> None:
        """A key answered a question; an empty one put it away."""
        if not event.key:
            return
        with self.told():
            marked = self.list.marked
            if event.name == "menu" and event.key == who_writes.KEY:
                self.action_who_writes()
            elif event.name == "menu":
                self.chosen(event.key)
            elif event.name == "look-for":
                self.composer.tie(self._look_for(event.key))
                self.draw_rule()
            elif event.name in ("note look-for", "note") and marked:
                self._correct(self.notes[marked.id], event)
            else:
                self.answered(event.name, event.key)

    def _erase(self, note: Note) -> None:
        """Ask whether every wording of a note is to go for good."""
        from walk.screens.keeping.erase import ask_erase

        if self.target.note == note.id:  # new words for it would be kept again
            self.leave_line()
        ask_erase(self, note.id, self._erased)

    def _erased(self) -> None:
        self.after_change()
        if not self.notes:
            self.set_focus(self.composer)

    def _look_for(self, key: str) -> str:
        return self.look_fors[int(key) - 1].id if key != "0" else ""

    def _correct(self, note: Note, event: OrderedKeys.Answered) -> None:
        """Change what was understood from a note."""
        if event.name == "note look-for":
            self.stored(visiting.tie(self.desk, note, self._look_for(event.key)))
        elif event.key == "2":
            self.stored(visiting.turn(self.desk, note))
        elif event.key == "5":
            self._withdraw(note)
        elif event.key == "6":
            self._erase(note)
        else:
            what: Literal["speech", "tally"] = "speech" if event.key == "3" else "tally"
            self.stored(visiting.understand_otherwise(self.desk, note, what))

    def action_who_writes(self) -> None:
        """Say who is writing on this laptop now; what is being typed is kept for its walker."""
        if self.visit is not None and self.composer.flush():
            who_writes.ask(self, self.visit)
