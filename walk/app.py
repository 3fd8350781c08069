"""The app: it builds nothing but itself; store, clock and desk are given, screens are named."""

from __future__ import annotations

import gc
import platform
import traceback
from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from walk import __version__
from walk.errors import BusyStore, WalkError
from walk.paths import crash_file
from walk.routine.desk import Desk, Place
from walk.screens import jobs
from walk.screens.base import Go, WalkScreen
from walk.screens.keys_in_order import KeysInOrder
from walk.screens.known import SCREENS

if TYPE_CHECKING:
    from textual.command import Provider


def palette_commands() -> type[Provider]:
    """What the palette offers; imported when it is first opened."""
    from walk.screens.palette import ScreenCommands

    return ScreenCommands


class WalkApp(KeysInOrder):
    """The full-screen app. Its return value, if any, is a last word for the shell."""

    TITLE = "walk"
    ENABLE_COMMAND_PALETTE = True
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {palette_commands}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "ctrl+q", "quit", "quit", show=False, id="app.quit", tooltip="Close walk; all is saved"
        ),
    ]

    def __init__(self, desk: Desk, first: Place | None = None, say: str = "") -> None:
        """`first` is where to open (where the person left off, unless given)."""
        super().__init__()
        self.desk = desk
        self.first = first or desk.remembered()
        self.first_words = say

    def on_mount(self) -> None:
        """Open the first screen."""
        self.theme = self.desk.store.setting("theme", "textual-dark")
        self.push_screen(self.make_screen(self.first.screen, self.first.at, self.first_words))
        self.call_after_refresh(self._after_first_paint)

    def make_screen(self, name: str, at: str = "", say: str = "") -> WalkScreen:
        """A fresh screen by its name; Home for a name that this version does not know."""
        module, screen = SCREENS.get(name, SCREENS["home"])
        made: WalkScreen = getattr(import_module(module), screen)(self.desk, at, say)
        return made

    def _after_first_paint(self) -> None:
        """What can wait until something is on the screen."""
        # The collector was off since the start; what start-up made is not worth its look.
        gc.enable()
        gc.freeze()
        try:
            words = self.desk.arrive(patience_s=0.5)
        except BusyStore as error:
            # A restore or a purge has the store for itself; nothing may be read into it now.
            self.exit(str(error))
            return
        except WalkError as error:
            words = str(error)
        if words and isinstance(self.screen, WalkScreen):
            # Beside what the screen said already, such as what it recovered.
            said = self.screen.state_line.words
            self.screen.say(f"{said} · {words}" if said else words)
        from walk.screens.keeping import keep_backup

        keep_backup(self, self.desk)

    async def action_quit(self) -> None:
        """Close walk from anywhere; what still runs is told first."""
        jobs.quit_app(self, "ctrl+q")

    async def on_go(self, message: Go) -> None:
        """Go where a screen asks to."""
        self.hold_keys()
        await self.switch_screen(self.make_screen(message.screen, message.at, message.say))

    def _fatal_error(self) -> None:
        """End after a fault of ours: say so in words, and write down where, without anyone's words.

        Textual would print the local variables of every frame, and note text is among them.
        """
        error = self._exception
        where = ""
        if error is not None:
            crash = without_words(error)
            try:
                file = crash_file()
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(crash, encoding="utf-8")
                where = f" Where it happened is written down in {file}, without any note text."
            except OSError:
                where = f"\n{crash}"
        self.panic(
            "walk stopped by a fault of its own. What you saved is kept, and what you were typing "
            f"comes back at the next start.{where}"
        )


def without_words(error: BaseException) -> str:
    """Where an error came from, without its message, local variables or source lines."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = [f"  {frame.filename}:{frame.lineno} in {frame.name}" for frame in frames]
    about = f"walk {__version__}, Python {platform.python_version()}, {platform.system()}"
    return "\n".join([about, type(error).__qualname__, *lines]) + "\n"
