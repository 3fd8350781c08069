"""A noting screen where wording help speaks: one line at a pause or after Enter, never a stop."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from textual.app import ComposeResult
from textual.events import DescendantFocus

from walk.language.flags import Flag
from walk.routine.desk import Desk
from walk.routine.wording import wording
from walk.routine.wording.wording import Looked
from walk.screens.over import open_over
from walk.screens.visiting.looking import LookingScreen
from walk.widgets.asking import OrderedKeys, Question
from walk.widgets.drafts import Line
from walk.widgets.wording_line import Wish, WordingLine

MENU_KEY = "9"
IN_NOTES = "Words in your notes to look at once more"
NONE_OPEN = "Nothing in your notes to look at once more"
KEPT = "Kept as it is"
STEM = "Write on from the stem; undo brings your words back"
BLANK = "__"
FILL = "A blank (__) stands open: fill it in, or Enter again saves it so"
BACK = "Your words stand in the line again"


class WordedScreen(LookingScreen):
    """Notes, the line, and beneath it what could be said as it was seen."""

    def __init__(self, desk: Desk, at: str = "", say: str = "") -> None:
        """`at` is the visit's id."""
        super().__init__(desk, at, say)
        self.blank_told = ""
        self._list_wanted = False  # as soon as the notes are looked at
        self.wording_line = WordingLine(self.composer.take_over, self._do)
        self.line.step_in = self.step_in
        self.line.beneath = self.wording_line

    # What a subclass says

    def may_offer(self) -> bool:
        """Whether the words in the notes are to be offered now."""
        return False

    def was_offered(self) -> None:
        """The words in the notes were looked at."""

    def work(self) -> ComposeResult:
        """Everything, with the line of wording help beneath the one being typed."""
        for part in super().work():
            if part is self.menu_line:
                yield self.wording_line
            yield part

    def draw_wording(self) -> None:
        """Show the words before a stem, else what is open, else that there is something in notes.

        The same again draws nothing.
        """
        self.wording_line.display = self.helps
        if not self.helps:
            self.wording_line.show(())
            self.line.offers = False
            return
        flags: tuple[Flag, ...] = self.looked.flags if self.looked else ()
        old = self.line.old_words
        offers = not old and not flags and self.open_in_notes and self.may_offer()
        said = f"was: {old}" if old else IN_NOTES if offers else ""
        if not flags and self.focused is self.wording_line:
            self.set_focus(self.composer)
        self.wording_line.show(flags, said, leads=offers)
        self.line.offers = bool(flags) or offers

    # Stepping in

    def step_in(self) -> bool:
        """To what is open in the line or the note just saved, else to the words in the notes."""
        self.look_again()
        if self.wording_line.flags:
            self.wording_line.place = 0
            self.set_focus(self.wording_line)
            return True
        if self.line.offers:
            self.list_notes()
            return True
        return False

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """What is stepped into has the state line's row as well.

        Asked of the screen: tellings of two quick steps may come in either order.
        """
        self.set_class(self.focused is self.wording_line, "-wording")

    def _do(self, wish: Wish, place: int) -> None:
        """Do what is wished for a flag. Called, so that a key that follows finds it done."""
        looked = self.looked
        if wish == "leave" or looked is None or place >= len(looked.flags):
            self.set_focus(self.composer)
            return
        flag = looked.flags[place]
        with self.told():
            if wish == "keep":
                self._keep(looked, flag)
            else:
                self._take(looked, flag)

    def _keep(self, looked: Looked, flag: Flag) -> None:
        wording.keep(self.desk, looked, [flag])
        left = tuple(one for one in looked.flags if one is not flag)
        self.looked = replace(looked, flags=left)
        self.kept(looked, looked.quoted(flag))
        self.draw_wording()
        self.say(KEPT)

    def _take(self, looked: Looked, flag: Flag) -> None:
        self.set_focus(self.composer)
        if looked.of.note:
            note = self.notes.get(looked.of.note)
            if note is None or not self.holds(looked.of):
                return
            self.reword(note)
        else:
            self.say(STEM)
        if self.composer.text != looked.of.line:
            return  # other words were begun for this note before: those stand in the line now
        stem = wording.stem(looked, flag)
        self.line.take_stem(stem.start, stem.end, stem.text, stem.blank)
        self.looked = None
        self.draw_wording()

    def action_undo(self) -> None:
        """Bring the words before a stem back; where there are none, take the last act back."""
        if self.line.put_back():
            self.draw_wording()
            self.say(BACK)
        else:
            super().action_undo()

    def save_line(self, line: Line) -> bool:
        """Save the line, the words before its stem with it; a blank left open is told once."""
        old = self.line.old_words
        if old and BLANK in line.text and line.text != self.blank_told:
            self.blank_told = line.text
            self.say(FILL)
            return False
        return super().save_line(replace(line, before=old))

    # The words in the notes

    def list_notes(self) -> None:
        """List what is open in the notes, each with its note."""
        if self.unseen():
            self._list_wanted = True
            self.beside(self.look_at_notes, "wording notes")
        else:
            self._list_notes()

    async def look_at_notes(self) -> None:
        """Look at them, and list them where that was asked for.

        A pause meanwhile begins the look anew, in place of this one: what is wanted stays wanted.
        """
        await super().look_at_notes()
        wanted, self._list_wanted = self._list_wanted, False
        if wanted and self.is_current and not self.unseen():
            with self.told():
                self._list_notes()

    def on_text_area_changed(self) -> None:
        """Who types on does not wait for the list, and no letter is to answer in it."""
        self._list_wanted = False

    def _list_notes(self) -> None:
        from walk.screens.visiting.wording_list import WordingList

        self.was_offered()
        if not self.open_notes():
            self.say(NONE_OPEN)
        elif self.composer.flush():
            open_over(self, WordingList(self.open_notes, self._keep_all), self._listed)

    def _keep_all(self, notes: Iterable[Looked]) -> None:
        with self.told():
            for one in notes:
                wording.keep(self.desk, one, one.flags)

    def _listed(self, chosen: Looked | None) -> None:
        """The list was left: reword a note, or go on where one was."""
        self.ask_notes()
        self.offer()
        self.draw_wording()
        note = self.notes.get(chosen.of.note) if chosen else None
        if note is not None and chosen is not None:
            with self.told():
                self.reword(note)
                self.look(self.typed())

    # The setting

    def with_wording(self, question: Question) -> Question:
        """A menu that leads to wording help as well."""
        return replace(
            question,
            further=(*question.further, (MENU_KEY, "wording")),
            then={**question.then, MENU_KEY: self._ask_wording()},
        )

    def _ask_wording(self) -> Question:
        now = wording.setting(self.desk)
        choices = [
            (str(number), f"{words} (now)" if one == now else words)
            for number, (one, words) in enumerate(wording.SETTINGS.items(), 1)
        ]
        unknown = self.lists_notes and not self.notes_looked_at
        if self.helps and (unknown or self.open_in_notes):
            choices.append(("4", "words in your notes"))
        return Question("wording", tuple(choices), ask="Wording help:")

    def on_ordered_keys_answered(self, event: OrderedKeys.Answered) -> None:
        """A key answered where wording help speaks, or asked for the words in the notes."""
        if event.name != "wording" or not event.key:
            return
        with self.told():
            if event.key == "4":
                self.list_notes()
            else:
                wanted = list(wording.SETTINGS)[int(event.key) - 1]
                wording.choose(self.desk, wanted)
                self.reload()
                self.say(f"Wording help: {wording.SETTINGS[wanted]}")
                self.wait()
