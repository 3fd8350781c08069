"""A screen with one line in which everything is typed: what it is going to be, and its drafts."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from textual.events import Key, Paste, ScreenResume, ScreenSuspend

from walk.errors import WalkError
from walk.model import NoteKind
from walk.routine.desk import Desk
from walk.screens.base import WalkScreen
from walk.screens.helping import Menu
from walk.screens.visiting import visit_words as words
from walk.widgets.asking import OrderedKeys, Question
from walk.widgets.composer import Composer
from walk.widgets.drafts import Line
from walk.widgets.menu_line import MenuLine
from walk.widgets.rule_line import RuleLine

KEPT = "What you were typing is kept"


@dataclass(frozen=True, slots=True)
class FieldWords:
    """What a screen tells when the line becomes a field or a note, and when it is left again."""

    opened: str = "Enter saves, Esc leaves it as it was"
    left: str = "It is as it was"
    left_kept: str = "It is as it was; the new words are kept"
    not_kept: str = "What you typed stands here still."
    """Behind the reason why a draft could not be stored."""


@dataclass(frozen=True, slots=True)
class Target:
    """What the line being typed is going to be, and where its draft is kept."""

    place: str
    says: str = ""
    """What it is, in words; empty for a new note."""
    text: str = ""
    """What stood there before."""
    kind: NoteKind | None = None
    note: str = ""
    """The id of the note that is reworded."""
    hint: str = ""
    """What the line says while it is empty."""
    save: Callable[[str], None] | None = None
    """Stores a line that is no note, its draft forgotten with it."""


class LineScreen(WalkScreen):
    """The rule, the line and the menu below it. What is stored is the subclass's affair."""

    AUTO_FOCUS = "Composer"
    FIELD_WORDS: ClassVar[FieldWords] = FieldWords()
    COMPOSER: ClassVar[type[Composer]] = Composer

    def __init__(self, desk: Desk, at: str = "", say: str = "") -> None:
        """`at` is the visit's id."""
        super().__init__(desk, at, say)
        self.target = Target("")
        self.can_redo = False
        self._covered = False
        self._draft_failed = False
        self.composer = self.COMPOSER(self.save_line, self.keep_draft)
        self.rule = RuleLine()
        self.menu_line = MenuLine()

    # What a subclass says

    @abstractmethod
    def main(self) -> Target:
        """What the line is while it is nothing else."""

    @abstractmethod
    def save_line(self, line: Line) -> bool:
        """Save the line; True once it is stored. Called by the composer, which empties then."""

    @abstractmethod
    def menu(self) -> Question | None:
        """What Esc asks, as things stand."""

    @abstractmethod
    def offer(self) -> None:
        """Set what Esc and other keys ask, as things stand."""

    @abstractmethod
    def draw_rule(self) -> None:
        """Say what the line is going to be."""

    @abstractmethod
    def up(self) -> None:
        """Where ↑ leads from the empty line. (A second handler would run beside the first.)"""

    def standing(self) -> str:
        """What the state line says of the whole, such as "2 changes not shared yet"."""
        return ""

    def recovered(self, text: str, saved_at: int) -> str:
        """What is told of words that were typed here at `saved_at` (wall ms) and not saved."""
        if self.target.says:
            return "These words were not saved yet. Enter saves them, Esc leaves it as it was"
        return "What you were typing lies in the line; Enter saves it"

    def kept_line(self, screen: str) -> str:
        """What another screen tells first of the line that is not saved."""
        return words.kept_line(self.composer.text) if screen == "visit" else KEPT

    def menus(self) -> list[Menu]:
        """What Esc offers now, as help and palette tell it."""
        menu = self.composer.menu
        return [Menu("Esc", menu, self.composer)] if menu else []

    # Drafts

    def keep_draft(self, text: str, extra: str) -> bool:
        """Store what is being typed; False, and a word about it, when that fails."""
        if not self.target.place:
            return True
        try:
            self.desk.keep_draft(self.target.place, text, extra)
        except WalkError as error:
            self._draft_failed = True
            if self.is_current:
                self.complain(f"{error} {self.FIELD_WORDS.not_kept}")
            return False
        if self._draft_failed:
            self._draft_failed = False
            self.say("What you type is being kept again")
        return True

    # One line for several things

    def open_line(self, target: Target) -> str:
        """Let the line be something else; tells of words that were kept there unsaved, if any.

        What stands in it has to be stored, or done with, before.
        """
        draft = self.desk.draft(target.place)  # first: an error changes nothing
        self.target = target
        self.composer.placeholder = target.hint
        if draft:
            self.composer.begin(draft.text, extra=draft.extra)
        else:
            self.composer.begin(target.text, kind=target.kind)
        self.set_focus(self.composer)  # at once: a key that follows is typed here
        self.offer()
        self.draw_rule()
        return self.recovered(draft.text, draft.saved_at) if draft else ""

    def open_field(self, target: Target) -> None:
        """Let the line be a field, and say how to get out again."""
        if not self.composer.flush():
            return  # told already
        self.say(self.open_line(target) or self.FIELD_WORDS.opened)

    def leave_line(self) -> None:
        """Leave the field or note as it was; new words are kept, should they be wanted."""
        target, text = self.target, self.composer.text
        changed = bool(text.strip()) and text != target.text
        if changed and not self.composer.flush():
            return
        with self.told():
            if not changed:
                self.desk.keep_draft(target.place, "")
            self.say(self.FIELD_WORDS.left_kept if changed else self.FIELD_WORDS.left)
        with self.told():  # nothing is lost by leaving, whatever was told
            self.open_line(self.main())

    def go_with_line(self, screen: str, at: str = "", say: str = "") -> None:
        """Go elsewhere, with what is being typed kept and named."""
        if self.composer.flush():
            self.go(screen, at, say or ("" if self.composer.empty else self.kept_line(screen)))

    def finish_line(self) -> bool:
        """Save a field that stands open before the whole is finished; False to wait.

        Words of a note that was not yet saved are never shared in passing: they stay in the line.
        """
        if not self.composer.text.strip():
            return True
        if self.target.save is None:
            self.complain(
                "These words are not saved yet. Enter saves them as a note, or empty the line; "
                "then finish."
            )
            return False
        self.composer.action_enter()
        return not self.composer.text.strip()

    def say_done(self, told: str) -> None:
        """Tell what was done, when, and how the whole stands."""
        at = self.desk.local().strftime("%H:%M")
        self.say(" · ".join(filter(None, (told, f"saved {at}", self.standing()))))

    # What is typed and pasted elsewhere, and what the composer tells

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
        """Follow what is typed, and how it is turned."""
        self.draw_rule()

    on_composer_kind_turned = on_text_area_changed

    def on_composer_told(self, event: Composer.Told) -> None:
        """Something about what was typed or pasted."""
        (self.state_line.complain if event.problem else self.say)(event.words)

    def on_composer_menu_wanted(self) -> None:
        """Esc: the menu is open by now, but in a field Esc leaves it."""
        if self.target.says:
            self.leave_line()

    def on_composer_up(self) -> None:
        """Up in the empty line."""
        self.up()

    def on_composer_undo_wanted(self) -> None:
        """Ctrl+Z in the empty line."""
        self.action_undo()

    def on_composer_redo_wanted(self) -> None:
        """Ctrl+Y in the empty line."""
        self.action_redo()

    def on_ordered_keys_asked(self, event: OrderedKeys.Asked) -> None:
        """Show the question in place of the state line."""
        self.menu_line.question = event.question
        self.set_class(event.question is not None, "-asking")

    def action_undo(self) -> None:
        """Take the last act back; it can be done again from the menu."""
        super().action_undo()
        self.can_redo = True
        self.offer()

    # Covered and uncovered

    def on_screen_suspend(self, _: ScreenSuspend) -> None:
        """Another screen covers this one: store what is here."""
        self._covered = True
        self.composer.flush()

    def on_screen_resume(self, _: ScreenResume) -> None:
        """Back again: others may have written meanwhile."""
        if self._covered:
            self._covered = False
            with self.told():
                self.reload()
