"""Hall talk: one person types for the team what is said between two rooms."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult

from walk.model import HallTalk, Note, Visit
from walk.routine.desk import Desk
from walk.routine.exchanging import share
from walk.routine.visiting import door, hall
from walk.routine.visiting.visit import Saved
from walk.screens.over import open_over
from walk.screens.visiting.door import DoorScreen, Left
from walk.screens.visiting.noting import NotingScreen
from walk.screens.visiting.one_line import Target
from walk.screens.visiting.write import not_shared
from walk.text import team_called
from walk.widgets.asking import Question
from walk.widgets.drafts import Line
from walk.widgets.prompt import PromptLine, SaidLine

GIVE = "g gives your notes: it writes your pack"
"""Said behind the last stop."""


def talk_menu(*, done: bool, can_redo: bool) -> Question:
    """What Esc offers, by how far the talk is."""
    further = [("7", "redo")] if can_redo else []
    return Question(
        "menu",
        (
            ("1", "share again" if done else "finish and share"),
            ("2", "look for next"),
            ("3", "undo"),
            ("4", "seen differently"),
            ("5", "help"),
            ("6", "notes"),
        ),
        further=(*further, ("0", "home")),
    )


class HallScreen(NotingScreen):
    """The prompts, what was said aloud, and what to look for next. No name stands on it."""

    name_in_app = "hall"
    stage = hall.STAGE
    CSS_PATH = "hall.tcss"
    HELP_WORDS: ClassVar[str] = (
        "One person types for the team, away from the door. Read a prompt aloud: each says one "
        "thing, “I saw” or “I heard”; noticings first, then wonderings (Tab or ?). ↓ from the "
        "empty line shows the next prompt, ↑ the one before, and before the first one the notes. "
        "No verdicts, no solutions, no talk of the person. What is typed here is the team's: it "
        "has no author. Esc, then 2, writes what to look for in the next room; Esc, then 4, what "
        "was seen differently; Esc, then 1, finishes."
    )

    def __init__(self, desk: Desk, at: str = "", say: str = "") -> None:
        """`at` is the visit's id."""
        super().__init__(desk, at, say)
        self.talk: HallTalk | None = None
        self.prompt = PromptLine(hall.PROMPTS)
        self.differently = SaidLine("Seen differently")
        self.next = SaidLine("Look for next")

    def above(self) -> ComposeResult:
        """The prompt."""
        yield self.prompt

    def below(self) -> ComposeResult:
        """What was seen differently, and what to look for next."""
        yield self.differently
        yield self.next

    # Reading

    def read(self, visit: Visit) -> Sequence[Note] | None:
        """The talk and what was said; before one's own form is finished it leads there."""
        if not hall.ready(self.desk, visit):
            self.go_with_line(
                "write",
                visit.id,
                f"The hall talk comes after the silent write: finish your form for {visit.code}",
            )
            return None
        self.talk = hall.begin(self.desk, visit)
        team = f" · {team_called(self.talk.team, 'team')}" if self.talk.team else ""
        self.title_line.left = f"{visit.code} · hall talk{team}"
        self.differently.words = self.talk.seen_differently
        self.next.words = self.talk.look_next
        self.tick()
        return [one.record for one in hall.notes(self.desk, self.talk)]

    def tick(self) -> None:
        """Whole minutes of talk."""
        if self.talk is None:
            return
        spent = hall.minutes(self.desk, self.talk)
        planned = self.desk.rules.hall_minutes
        if self.talk.finished_at is not None:
            self.title_line.right = f"finished after {spent} min"
        elif spent > planned:
            self.title_line.right = f"{spent} min, {planned} planned"
        else:
            self.title_line.right = f"{spent} of {planned} min"

    def standing(self) -> str:
        """How much of a finished talk the team does not have yet."""
        if self.talk is None or self.talk.finished_at is None:
            return ""
        return not_shared(hall.unshared(self.desk, self.talk), self._at_door())

    # Writing

    def _place(self, what: str) -> str:
        assert self.talk is not None
        return f"hall:{self.at}:{self.talk.id}:{what}"

    def main(self) -> Target:
        """The line for what is said aloud."""
        return Target(self._place("said"), hint="Type what is said aloud")

    def add(self, line: Line) -> Saved:
        """A noticing or wondering of the team."""
        assert self.talk is not None
        return hall.add_note(
            self.desk,
            self.talk,
            line.text,
            kind=line.kind,
            look_for=line.look_for,
            draft_done=self.main().place,
        )

    def _write_next(self, text: str) -> None:
        assert self.talk is not None
        place = self._place("next")
        self.talk = hall.say(self.desk, self.talk, look_next=text.strip(), draft_done=place)

    def _write_differently(self, text: str) -> None:
        assert self.talk is not None
        place = self._place("differently")
        self.talk = hall.say(self.desk, self.talk, seen_differently=text.strip(), draft_done=place)

    def _next(self) -> Target:
        assert self.talk is not None
        return Target(
            self._place("next"),
            "look for next",
            self.talk.look_next,
            hint="What will you look for in the next room?",
            save=self._write_next,
        )

    def _differently(self) -> Target:
        assert self.talk is not None
        return Target(
            self._place("differently"),
            "seen differently",
            self.talk.seen_differently,
            hint="Where did walkers see different things? No one is right here",
            save=self._write_differently,
        )

    # The prompts

    def on_composer_down(self) -> None:
        """The next prompt, from the empty line."""
        if self.composer.empty and not self.target.says:
            self.prompt.turn(1)

    def up(self) -> None:
        """The prompt before; before the first one are the notes."""
        if self.target.says:
            return
        if self.prompt.place > 0:
            self.prompt.turn(-1)
        else:
            self.to_notes()

    # The menu

    def menu(self) -> Question:
        """What Esc offers."""
        done = self.talk is not None and self.talk.finished_at is not None
        return talk_menu(done=done, can_redo=self.can_redo)

    def chosen(self, key: str) -> None:
        """Do what the menu offers."""
        assert self.talk is not None
        if key == "1":
            self._finish()
        elif key == "2":
            self.open_field(self._next())
        elif key == "3":
            self.action_undo()
        elif key == "4":
            self.open_field(self._differently())
        elif key == "5":
            self.action_help()
        elif key == "6":
            self.to_notes()
        elif key == "7":
            self.action_redo()
        else:
            self.go_with_line("home")

    def _finish(self) -> None:
        """Finish, or share again, and go on to the next visit."""
        if not self.finish_line():
            return  # told already
        assert self.talk is not None
        self.talk = hall.finish(self.desk, hall.begin(self.desk, self._here()))
        if self._at_door():
            self.after_change()
            open_over(self, DoorScreen(self.desk, self._at_door), self._left)
        else:
            self._left(Left())

    def _at_door(self) -> list[door.AtDoor]:
        return hall.at_door(self.desk, self.talk) if self.talk else []

    def _left(self, left: Left | None) -> None:
        """The door was left: go home, or reword by hand what was chosen there."""
        with self.told():
            edit = left.edit if left else None
            if edit is None:
                done = "Hall talk finished and shared with your team on this laptop"
                done = f"Hall talk finished · {GIVE}" if share.is_next(self.desk) else done
                self.go_with_line("home", say=door.told(self._at_door()) or done)
                return
            self.reload()
            if edit.record.id in self.notes:
                self.reword(self.notes[edit.record.id])
            else:
                looks = edit.field == "look_next"
                self.open_field(self._next() if looks else self._differently())

    def _here(self) -> Visit:
        assert self.visit is not None
        return self.visit

    def action_undo(self) -> None:
        """Take the team's last act back."""
        with self.told():
            told = hall.undo(self.desk)
            self.reload()
            self.can_redo = bool(told) or self.can_redo
            self.offer()
            self.say(f"Undone: {told}" if told else "Nothing to undo here")

    def action_redo(self) -> None:
        """Do the team's act again that was undone last."""
        with self.told():
            told = hall.redo(self.desk)
            self.reload()
            self.say(f"Done again: {told}" if told else "Nothing to redo here")
