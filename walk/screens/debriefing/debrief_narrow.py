"""Grouping, many notes at once: a filter that narrows while it is typed, and marks."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.events import Key

from walk.screens.debriefing.debrief_panes import DebriefPanes
from walk.screens.debriefing.debrief_rows import notes_in_words
from walk.screens.team import KeyedList
from walk.widgets.field import Field
from walk.widgets.filter_line import FilterLine


class DebriefNarrow(DebriefPanes):
    """Which notes are shown, and which are marked. Marks stay while the filter changes."""

    def above_notes(self) -> ComposeResult:
        """The line for the filter; it is there while it is typed."""
        yield FilterLine(self._narrowed, self._typed_behind, hint="words that the notes hold")

    @property
    def filter_line(self) -> FilterLine:
        """The line in which the filter is typed."""
        return self.query_one(FilterLine)

    def on_descendant_focus(self) -> None:
        """The line goes when the keys have gone on."""
        if self._open:
            self.filter_line.display = self.focused is self.filter_line

    # Marks

    def action_mark(self) -> None:
        """Mark the note in hand, or no longer, and go on to the next."""
        note = self.note_in_hand
        if note is None:
            return
        self.marked ^= {note.note.id}
        self.show_notes()
        self.left.action_move(1)
        self.show_full()
        self._say_marked()

    def action_mark_all(self) -> None:
        """Mark all notes that are shown; where they are marked already, none of them."""
        shown = {one.note.id for one in self.shown}
        if not shown:
            return
        self.marked = self.marked - shown if shown <= self.marked else self.marked | shown
        self.show_notes()
        self.show_full()
        self._say_marked()

    def _say_marked(self) -> None:
        unseen = len(self.marked - {one.note.id for one in self.shown})
        told = f"{notes_in_words(len(self.marked))} marked" if self.marked else "No note marked"
        self.say(f"{told}, {unseen} of them not shown" if unseen else told)

    # The filter

    async def _typed_behind(self, event: Key) -> None:
        """A key that came to the filter when the keys had gone on already."""
        focused = self.focused
        if isinstance(focused, KeyedList):
            await focused.on_key(event)

    def action_filter(self) -> None:
        """Type words that the notes must hold."""
        self.filter_line.display = True
        self.filter_line.rewrite(self.wanted)
        self.filter_line.select_all()
        self.set_focus(self.filter_line)

    @on(Field.Edited)
    def _narrow(self) -> None:
        if self.focused is self.filter_line:
            self._take_words()

    def _take_words(self) -> None:
        if self.wanted != self.filter_line.words:
            self.wanted = self.filter_line.words
            self.show_notes()
            self.left.action_edge(-1)
            self.show_full()

    def _narrowed(self) -> None:
        # Keys may be quicker than the message that a letter has changed the words.
        self._take_words()
        self.set_focus(self.left)

    # Back

    def step_back(self) -> bool:
        """The filter off, then the marks, then as ever."""
        if self.wanted:
            self.wanted = ""
            self.show_notes()
            self.show_full()
            return True
        if self.marked:
            self.marked.clear()
            self.show_notes()
            self.say("")
            return True
        return super().step_back()
