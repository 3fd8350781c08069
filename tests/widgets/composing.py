"""A composer on a screen of its own, and what it was told and keeps."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.message import Message
from textual.widgets import Static

from walk.widgets.asking import OrderedKeys, Question
from walk.widgets.composer import Composer
from walk.widgets.drafts import Line

MENU = Question("menu", (("1", "leave the room"), ("2", "longer")))
LOOK_FORS = Question("look-for", (("1-3", "as listed"), ("0", "none")), digits="0123")


class Desk(App[None]):
    """A composer with somebody who writes down what it asks and tells."""

    def __init__(self, saves: bool = True) -> None:
        super().__init__()
        self.saves = saves
        self.lines: list[Line] = []
        self.kept: list[str] = []
        self.extras: list[str] = []
        self.told: list[Message] = []
        self.composer = Composer(self.save, self.keep)
        self.composer.menu = MENU
        self.composer.look_fors = LOOK_FORS

    def compose(self) -> ComposeResult:
        yield Static("above")
        yield self.composer
        yield Static("below")

    def save(self, line: Line) -> bool:
        self.lines.append(line)
        return self.saves

    def keep(self, text: str, extra: str) -> bool:
        self.kept.append(text)
        self.extras.append(extra)
        return True

    def _tell(self, message: Message) -> None:
        self.told.append(message)

    on_composer_told = _tell
    on_composer_up = _tell
    on_composer_down = _tell
    on_composer_blank = _tell
    on_composer_kind_turned = _tell
    on_composer_menu_wanted = _tell
    on_composer_undo_wanted = _tell
    on_composer_redo_wanted = _tell
    on_ordered_keys_answered = _tell

    @property
    def texts(self) -> list[str]:
        return [line.text for line in self.lines]

    def answers(self) -> list[tuple[str, str]]:
        return [(one.name, one.key) for one in self.told if isinstance(one, OrderedKeys.Answered)]

    def words(self) -> list[str]:
        return [one.words for one in self.told if isinstance(one, Composer.Told)]
