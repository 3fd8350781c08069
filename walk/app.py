"""The app: it builds nothing but itself; store, clock and desk are given, screens are named."""

from __future__ import annotations

import gc
from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.events import Key

from walk.errors import BusyStore, WalkError
from walk.routine.desk import Desk, Place
from walk.screens import jobs
from walk.screens.base import Go, WalkScreen
from walk.screens.known import SCREENS
from walk.screens.looks import LooksApp
from walk.widgets.drafts import Drafts
from walk.widgets.lines import StateLine

if TYPE_CHECKING:
    from textual.command import Provider


def palette_commands() -> type[Provider]:
    """What the palette offers; imported when it is first opened."""
    from walk.screens.palette import ScreenCommands

    return ScreenCommands


class WalkApp(LooksApp):
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
        super().__init__(desk)
        self.first = first or desk.remembered()
        self.first_words = say
        self._told_of_unkept = False

    def on_mount(self) -> None:
        """Open the first screen."""
        self.push_screen(self.make_screen(self.first.screen, self.first.at, self.first_words))
        self.call_after_refresh(self._after_first_paint)

    def make_screen(self, name: str, at: str = "", say: str = "") -> WalkScreen:
        """A fresh screen by its name; Home for a name that this version does not know."""
        module, screen = SCREENS.get(name, SCREENS["home"])
        kind: type[WalkScreen] = getattr(import_module(module), screen)
        if kind.needs_walk and not self.desk.has_walk:
            from walk.screens.home.no_walk import NoWalkScreen

            return NoWalkScreen(self.desk, name, say)
        return kind(self.desk, at, say)

    def _after_first_paint(self) -> None:
        """What can wait until something is on the screen."""
        # The collector was off since the start; what start-up made is not worth its look.
        gc.enable()
        gc.freeze()
        try:
            words = self.desk.arrive(patience_s=0.5)
        except BusyStore as error:
            # A restore or a purge has the store for itself; nothing may be read into it now.
            self.exit(str(error), return_code=1)
            return
        except WalkError as error:
            words = str(error)
        if words and isinstance(self.screen, WalkScreen):
            # Beside what the screen said already, such as what it recovered.
            said = self.screen.state_line.words
            self.screen.say(f"{said} · {words}" if said else words)
        from walk.screens.keeping.daily import keep_backup

        keep_backup(self, self.desk)

    def action_command_palette(self) -> None:
        """Offer all that can be done here; over what ends by itself in a moment, nothing can."""
        if not getattr(self.screen, "ends_by_itself", False):
            super().action_command_palette()

    async def on_key(self, event: Key) -> None:
        """Close walk from over a dialog too, where Textual asks only the dialog's own keys."""
        if event.key == "ctrl+q" and self.screen.is_modal:
            await self.action_quit()

    async def action_quit(self) -> None:
        """Close walk from anywhere; what cannot be kept, or still runs, is told first."""
        unkept = [drafts for drafts in self._drafts() if not drafts.flush()]
        if unkept and not self._told_of_unkept:
            self._told_of_unkept = True
            self._tell_unkept()
            return
        self._told_of_unkept = False
        for drafts in unkept:
            drafts.is_kept()  # given up, so it is not tried again where nothing can be told
        jobs.quit_app(self, "Ctrl+Q")

    def _drafts(self) -> list[Drafts]:
        """What keeps the words that are being typed, on every open page."""
        nodes = (node for page in self.screen_stack for node in page.walk_children(with_self=True))
        found = (getattr(node, "drafts", None) for node in nodes)
        return [drafts for drafts in found if isinstance(drafts, Drafts)]

    def _tell_unkept(self) -> None:
        """Say, on the page that is open, what one more key gives up."""
        lines = [line for page in reversed(self.screen_stack) for line in page.query(StateLine)]
        for line in lines[:1]:
            why = f"{line.words} " if line.problem else ""
            line.complain(f"{why}Ctrl+Q once more closes walk without what is not kept.")

    async def on_go(self, message: Go) -> None:
        """Go where a screen asks to."""
        self.hold_keys()
        await self.switch_screen(self.make_screen(message.screen, message.at, message.say))

    def _fatal_error(self) -> None:
        """End after a fault of ours: say so in words, and write down where, without anyone's words.

        Textual would print the local variables of every frame, and note text is among them.
        """
        from walk.crash import write_down

        fault = self._exception or RuntimeError()
        kept = "What you saved is kept, and what you were typing comes back at the next start."
        self.panic(write_down(fault, kept))
