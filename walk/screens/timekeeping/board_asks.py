"""What a board asks on one line, so that the digits stay in view: an answer, or a plain yes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from textual.events import Key

from walk.routine.timekeeping.board import Preview
from walk.screens.base import WalkScreen
from walk.widgets.asking import Question
from walk.widgets.menu_line import MenuLine

YES = "Enter"


@dataclass(frozen=True, slots=True)
class Asking:
    """An open question of the board."""

    make: Callable[[], tuple[Question, Preview | None]]
    """The question as it is now, with what would come of it; made anew when the time moves it."""
    answer: Callable[[str], Asking | None]
    """Takes a key that answers; a further question, or None when it is done."""


class AskingScreen(WalkScreen):
    """A screen that holds one open question; its keys answer it in the order they were pressed."""

    asking: Asking | None = None
    question: Question | None = None
    preview: Preview | None = None

    @property
    def menu_line(self) -> MenuLine:
        """Where the question stands."""
        return self.query_one(MenuLine)

    def draw(self) -> None:
        """Draw what is known; a subclass does."""

    def pose(self, asking: Asking | None) -> None:
        """Open a question; None closes it."""
        made = asking.make() if asking else (None, None)
        self.asking, (self.question, self.preview) = asking, made
        self.menu_line.question = self.question
        self.set_class(self.question is not None, "-asking")
        self.draw()
        self.refresh_bindings()

    def pose_again(self) -> None:
        """Make the open question anew, as what would come of it may have moved."""
        if self.asking is not None:
            with self.told():
                self.pose(self.asking)

    def on_key(self, event: Key) -> None:
        """Give keys to the open question; which others do nothing then, `check_action` says."""
        asking, question = self.asking, self.question
        if asking is None or question is None or event.key == "question_mark":
            return
        name = YES if event.key == "enter" else event.character or ""
        if event.key in ("escape", "backspace"):
            event.stop()
            self.pose(None)
            self.say("Nothing changed")
        elif name in question.keys:
            event.stop()
            self._answer(asking, name)

    def _answer(self, asking: Asking, name: str) -> None:
        self.pose(None)
        with self.told():
            further = asking.answer(name)
            if further is not None:
                self.pose(further)
