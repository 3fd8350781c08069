"""A noting screen that looks at words at a pause and after Enter, never in the way of a key."""

from __future__ import annotations

import asyncio
from abc import abstractmethod
from collections.abc import Awaitable, Callable, Collection, Iterator
from functools import partial
from typing import ClassVar, cast

from textual.timer import Timer

from walk.language.flags import Own
from walk.model import Note
from walk.routine.desk import Desk
from walk.routine.wording import own_words, wording
from walk.routine.wording.wording import Looked, Words
from walk.screens import jobs
from walk.screens.visiting.noting import NotingScreen
from walk.screens.visiting.one_line import Target
from walk.widgets.composer import Composer
from walk.widgets.drafts import Line
from walk.widgets.stem_composer import StemComposer

QUARTER_S = 0.25
QUARTERS = 4
"""A pause is so many quarters of a second without a key."""


class LookingScreen(NotingScreen):
    """What is open in the line, the note just saved, and the notes. How it is shown comes above."""

    COMPOSER: ClassVar[type[Composer]] = StemComposer
    WORDING: ClassVar[wording.Place] = "writing"
    """Where a person's setting has to let wording help speak."""
    lists_notes: ClassVar[bool] = False
    """True where the words in the notes can be listed."""
    own: Own | None = None
    """What a school adds and allows."""

    def __init__(self, desk: Desk, at: str = "", say: str = "") -> None:
        """`at` is the visit's id."""
        super().__init__(desk, at, say)
        self.helps = False
        """Whether it speaks here at all."""
        self.looked: Looked | None = None
        """What stands in the line of wording help."""
        self.open_in_notes = False
        """Whether anything is open in the notes, as far as they were looked at."""
        self.notes_looked_at = False
        self._stale = False  # the line was typed in since it was looked at
        self._in_notes: dict[str, Looked] = {}  # by note, what the rules said of it
        self._kept_here: set[str] = set()  # words kept in the line being typed
        self._kept_saving: frozenset[str] = frozenset()
        self._quiet = 0
        self._quarters: Timer | None = None

    @property
    def line(self) -> StemComposer:
        """The line being typed."""
        return cast(StemComposer, self.composer)

    @abstractmethod
    def draw_wording(self) -> None:
        """Show what was found; the same again draws nothing."""

    def on_mount(self) -> None:
        """Count the quarters of a second in which no key is pressed."""
        self._quarters = self.set_interval(QUARTER_S, self._quarter)

    def reload(self) -> None:
        """Read all again; what was found in notes that are gone or other now is put away."""
        self.helps = wording.speaks(self.desk, self.WORDING)
        super().reload()
        if self.helps:
            self._ask_own()
        looked = self.looked
        if not self.helps or (looked and looked.of.note and not self.holds(looked.of)):
            self.looked = None
        self.ask_notes()
        self.draw_wording()

    def open_line(self, target: Target) -> str:
        """Let the line be something else; what was said of it before goes."""
        told = super().open_line(target)
        self.looked, self._stale = None, False
        self._kept_here.clear()
        self.wait()
        self.draw_wording()
        return told

    def holds(self, words: Words) -> bool:
        """Whether the words looked at still stand where they were."""
        if not words.note:
            return self.composer.text == words.line
        note = self.notes.get(words.note)
        return note is not None and (note.words, note.note_kind) == (words.words, words.kind)

    # The pause

    def wait(self) -> None:
        """From now on a second without a key is a pause."""
        self._quiet = 0
        if self._quarters is not None and self.helps:
            self._quarters.reset()

    def _quarter(self) -> None:
        self._quiet += 1
        if self._quiet >= QUARTERS:
            if self._quarters is not None:
                self._quarters.pause()
            if self.is_current:
                self.paused()

    def paused(self) -> None:
        """Nothing was typed for a second: look at the line, and once at the notes."""
        if not self.helps:
            return
        if self.composer.kinds and self.composer.text.strip():
            self.look(self.typed())
        if self.lists_notes and not self.notes_looked_at:
            self.notes_looked_at = True
            self.beside(self.look_at_notes, "wording notes")

    def typed(self) -> Words:
        """The words in the line, as the line is understood now."""
        composer = self.composer
        return wording.of_line(
            composer.text, len(self.look_fors), recorded=composer.recorded, kind=composer.turned
        )

    def on_text_area_changed(self) -> None:
        """What no longer applies goes at once; the rest stays as it is until the next pause."""
        looked, text = self.looked, self.composer.text
        if looked and not looked.of.note and looked.of.line != text:
            self.looked, self._stale = wording.still(looked, text), True
        self.wait()
        self.draw_wording()

    def on_composer_kind_turned(self) -> None:
        """Another kind is looked at with other eyes, at the next pause."""
        self._stale = True
        self.wait()

    # A school's own words

    def _ask_own(self) -> None:
        """Have the school's own words, read beside the typing where their file is new or other."""
        store = self.desk.store.path
        if own_words.is_read(store):
            self._take_own(own_words.own_words(store))
        else:
            self.beside(self._read_own, "own words")

    async def _read_own(self) -> None:
        store = self.desk.store.path
        self._take_own(await asyncio.to_thread(own_words.own_words, store))
        wrong = own_words.trouble(store)
        if wrong:
            self.state_line.complain(wrong)

    def _take_own(self, own: Own | None) -> None:
        if own != self.own:
            self.own = own
            self.notes_looked_at, self._stale = False, True
            self._in_notes.clear()

    # Looking

    def look(self, words: Words, kept: Collection[str] | None = None) -> None:
        """Look at a line or a note: at once where that is quick, else beside the typing."""
        kept = self._kept_here if kept is None else kept
        if wording.ready() and len(words.words) <= wording.AT_ONCE:
            with self.told():
                self._found(wording.look(words, self.own), kept)
        else:
            self.beside(partial(self._look_later, words, frozenset(kept)), "wording")

    def beside(self, work: Callable[[], Awaitable[None]], group: str) -> None:
        """Do it beside the typing, instead of what was begun in this group before."""
        jobs.beside(self, work, group)

    async def _look_later(self, words: Words, kept: Collection[str]) -> None:
        with self.told():
            looked = await asyncio.to_thread(wording.look, words, self.own)
            if self.holds(words):  # else it was typed on; the next pause looks again
                self._found(looked, kept)

    def _found(self, looked: Looked, kept: Collection[str]) -> None:
        if kept:
            looked = wording.keep_again(self.desk, looked, kept)
        self.looked, self._stale = wording.without_kept(self.desk, looked), False
        if looked.of.note:
            self._in_notes[looked.of.note] = looked
            self.ask_notes()
            self.offer()
        self.draw_wording()

    async def look_at_notes(self) -> None:
        """Look at every note that is new or other now, away from the keys."""
        with self.told():
            for words in self.unseen():
                self._in_notes[words.note] = await asyncio.to_thread(wording.look, words, self.own)
            self.ask_notes()
            self.draw_wording()
            self.offer()

    def unseen(self) -> list[Words]:
        """The words of the notes that were not looked at as they are now."""
        found = [wording.of_note(one) for one in self.notes.values()]
        seen = self._in_notes
        return [one for one in found if one.note not in seen or seen[one.note].of != one]

    def save_line(self, line: Line) -> bool:
        """Save the line; what was kept in it is kept in the note as well."""
        self._kept_saving = frozenset(self._kept_here)
        done = super().save_line(line)
        self._kept_saving = frozenset()
        return done

    def stored(self, note: Note) -> None:
        """A note is stored: look at it, where it came from the line."""
        super().stored(note)
        self._in_notes.pop(note.id, None)
        if self.helps and self.focused is self.composer:
            self._kept_here.clear()
            self.looked = None
            self.look(wording.of_note(note), self._kept_saving)
        self.draw_wording()

    # The notes

    def open_notes(self) -> list[Looked]:
        """The notes in which something is open, as far as they were looked at."""
        return list(self._open_notes())

    def _open_notes(self) -> Iterator[Looked]:
        known = [self._in_notes[one] for one in self.notes if one in self._in_notes]
        found = (wording.without_kept(self.desk, one) for one in known if self.holds(one.of))
        return (one for one in found if one.flags)

    def ask_notes(self) -> None:
        """Find out whether anything is open in the notes, so that no key has to wait for it."""
        self.open_in_notes = self.helps and self.lists_notes and any(self._open_notes())

    def look_again(self) -> None:
        """Look at the line now, where it was typed in since."""
        if self._stale and self.looked and not self.looked.of.note:
            with self.told():
                self._found(wording.look(self.typed(), self.own), self._kept_here)

    def kept(self, looked: Looked, quoted: str) -> None:
        """Words were kept: in a line they stay so while it is typed on."""
        if not looked.of.note:
            self._kept_here.add(wording.plain(quoted))
        self.ask_notes()
