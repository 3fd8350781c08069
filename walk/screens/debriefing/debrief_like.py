"""Like this: notes that are like a note or a theme; a suggestion that places nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from walk.routine.debriefing import likeness
from walk.routine.debriefing.debrief import PoolNote, ThemeView
from walk.routine.debriefing.likeness import Proposed
from walk.routine.desk import Desk
from walk.screens.debriefing.debrief_narrow import DebriefNarrow
from walk.screens.debriefing.debrief_rows import FIRST_WORDS, NAME_MOST, POOL, number_of
from walk.text import one_line
from walk.widgets.choice_list import Choice, heading

LIKE = "like"
"""What the left list shows then."""


class Asked(NamedTuple):
    """What was asked about, and where one stood then."""

    note: str
    theme: str
    """One of the two is empty."""
    showing: str
    row: str
    in_themes: bool


class DebriefLike(DebriefNarrow):
    """The left list may show what is like a note or a theme, with the words they share."""

    def __init__(self, desk: Desk, at: str = "", say: str = "") -> None:
        """As every screen."""
        super().__init__(desk, at, say)
        self.asked: Asked | None = None
        self._proposed: dict[str, tuple[str, ...]] = {}
        """The shared words of each note that was proposed, the most alike first."""

    # What is shown

    def action_like(self) -> None:
        """Show the notes that are like the theme or the note in hand."""
        theme, note = self.theme_in_hand, self.note_in_hand
        with self.told():
            if self.in_themes and theme:
                found = likeness.like_theme(self.table, theme.theme.id)
                self._propose(found, "", theme.theme.id)
            elif not self.in_themes and note:
                self._propose(likeness.like_note(self.table, note.note.id), note.note.id, "")

    def _propose(self, found: Sequence[Proposed], note: str, theme: str) -> None:
        if not found:
            self.say("No other note that is left is like it.")
            return
        if self.showing != LIKE or self.asked is None:
            self.asked = Asked(note, theme, self.showing, note or theme, self.in_themes)
        else:  # one stands where one stood before
            self.asked = self.asked._replace(note=note, theme=theme)
        self._proposed = {one.one.note.id: one.shared for one in found}
        self.open_list(LIKE)
        if self.theme_asked:
            self.say(f"Suggestions: Enter puts one into theme {number_of(self.table, theme)}")
        else:
            self.say("Suggestions, by words alone: you decide")

    @property
    def theme_asked(self) -> ThemeView | None:
        """The theme that was asked about, while what is like it is shown."""
        if self.showing != LIKE or self.asked is None:
            return None
        return self.table.theme(self.asked.theme)

    def can_show(self, showing: str) -> bool:
        """What was asked about has to be there still."""
        if showing != LIKE:
            return super().can_show(showing)
        asked = self.asked
        return asked is not None and (
            asked.note in self.table.notes or self.table.theme(asked.theme) is not None
        )

    @property
    def notes(self) -> tuple[PoolNote, ...]:
        """What was proposed and is in no theme yet, behind the note that was asked about."""
        if self.showing != LIKE or self.asked is None:
            return super().notes
        table = self.table
        left = {one.note.id: one for one in (*table.pool, *table.odd, *table.wonderings)}
        wanted = [self.asked.note, *self._proposed]
        return tuple(left[one] for one in wanted if one in left and not left[one].themes)

    def rows_of_notes(self) -> list[Choice]:
        """The note that was asked about, then what is like it, with the words they share."""
        if self.showing != LIKE or self.asked is None:
            return super().rows_of_notes()
        itself = [one for one in self.shown if one.note.id not in self._proposed]
        others = [one for one in self.shown if one.note.id in self._proposed]
        rows: list[Choice] = []
        if itself:
            rows += [heading("This note"), *map(self._row, itself)]
        if itself and others:
            rows.append(heading("Others like it"))
        return [*rows, *map(self._row, others)]

    def _row(self, one: PoolNote) -> Choice:
        side = "●" if one.note.id in self.marked else ""
        return Choice(one.note.id, one.words[:FIRST_WORDS], side=side)

    def head(self) -> str:
        """What was asked about, and how many there are."""
        if self.showing != LIKE or self.asked is None:
            return super().head()
        count = sum(one.note.id in self._proposed for one in self.shown)
        theme = self.theme_asked
        if theme:
            name = one_line(theme.name, NAME_MOST)
            number = number_of(self.table, theme.theme.id)
            return f"Like theme {number} · {count} · {name}"
        _, words = self.table.notes[self.asked.note]
        return f"Like “{one_line(words, NAME_MOST)}” · {count}"

    def nothing(self) -> str:
        """Nothing else is like it."""
        if self.showing != LIKE:
            return super().nothing()
        return "Nothing else is like it. Esc goes back."

    def about(self, note: PoolNote) -> str:
        """The words that it shares come first."""
        shared = self._proposed.get(note.note.id, ()) if self.showing == LIKE else ()
        words = super().about(note)
        return f"shared words: {', '.join(shared)} · {words}" if shared else words

    def key_to_read(self) -> str:
        """Enter puts, where a theme was asked about."""
        return "i" if self.theme_asked else super().key_to_read()

    # Back

    def step_back(self) -> bool:
        """From what is like it to where one stood."""
        asked = self.asked
        if self.showing != LIKE or asked is None or self.wanted or self.marked:
            return super().step_back()
        self.open_list(asked.showing if self.can_show(asked.showing) else POOL)
        self.left.mark(asked.row)
        self.right.mark(asked.row)
        if asked.in_themes:
            self.set_focus(self.right)
        return True
