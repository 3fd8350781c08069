"""An app that looks as its person wants it to, and the dialog in which they say so."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any, ClassVar
from weakref import WeakKeyDictionary

from textual.app import App
from textual.await_complete import AwaitComplete
from textual.driver import Driver
from textual.filter import LineFilter, Monochrome, NoColor
from textual.geometry import Offset
from textual.screen import Screen

from walk.routine import looks
from walk.routine.desk import Desk
from walk.routine.looks import Looks
from walk.screens.keys_in_order import KeysInOrder
from walk.screens.terminal_input import bear_anything
from walk.widgets.painting import AsciiSigns, NoColours
from walk.widgets.themes import NAMES, THEMES

CURSOR_ON = "\x1b[?25h\x1b[2 q"
"""The terminal's own cursor, steady."""
CURSOR_OFF = "\x1b[?25l\x1b[0 q"
"""Hidden, and again of the shape that it had."""


class LooksApp(KeysInOrder):
    """Colours, signs and cursor of choice. Nothing in it moves or blinks by itself."""

    CSS: ClassVar[str] = """
    TextArea .text-area--placeholder, Input .input--placeholder { color: $text-muted; }
    TextArea .text-area--cursor, Input .input--cursor {
        color: $input-cursor-foreground; background: $input-cursor-background;
        text-style: $input-cursor-text-style;
    }
    CommandPalette > Vertical { background: $surface; }
    CommandPalette #--input { border: hkey $panel-lighten-2; }
    CommandPalette #--input.--list-visible { border-bottom: none; }
    CommandPalette CommandList, CommandPalette CommandList:focus {
        background: $surface; border-bottom: hkey $panel-lighten-2;
    }
    SearchIcon { color: $text-muted; }
    TitleLine:nocolor { text-style: bold reverse; }
    Field:nocolor, Composer:nocolor, Options:nocolor, CommandInput:nocolor {
        text-style: underline;
    }
    TextArea:nocolor .text-area--selection, Input:nocolor .input--selection {
        text-style: reverse;
    }
    """
    """What Textual draws too faint; and without colours what a ground of its own sets off."""

    def get_driver_class(self) -> type[Driver]:
        """Textual's for this system, once it bears whatever a terminal sends."""
        found = super().get_driver_class()
        bear_anything(found)
        return found

    def __init__(self, desk: Desk) -> None:
        """Read what was chosen before anything is drawn, as drawing twice would cost a start."""
        super().__init__()
        self.desk = desk
        self.animation_level = "none"
        self.looks = Looks()
        self._stood: WeakKeyDictionary[Screen[Any], Offset] = WeakKeyDictionary()
        self.no_colours_wanted = looks.colour_is_unwanted()
        self.no_color = False  # Textual takes an empty NO_COLOR for one; the convention does not
        # The drivers write to the error stream, on Windows to the other one.
        stream = sys.__stdout__ if sys.platform == "win32" else sys.__stderr__
        encoding = getattr(stream, "encoding", None)
        self._draws_signs = looks.draws_signs(encoding)
        self._colourless = NoColours(enabled=False)
        self._ascii = AsciiSigns(encoding or "ascii", enabled=False)
        for theme in THEMES:
            self.register_theme(theme)
        self._take(looks.read(desk))
        self.set_reactive(App.theme, self._theme_name())
        dark = self.current_theme.dark
        self.set_class(dark, "-dark-mode", update=False)
        self.set_class(not dark, "-light-mode", update=False)
        self.stylesheet.set_variables(self.get_css_variables())

    def _take(self, wanted: Looks) -> None:
        """What does not hang on the style sheets."""
        self.looks = wanted
        self.no_color = self.no_colours_wanted or wanted.colours == "none"
        self._colourless.enabled = self.no_color
        drawn = self._draws_signs if wanted.signs == "by itself" else wanted.signs == "drawn"
        self._ascii.enabled = not drawn

    def _theme_name(self) -> str:
        return NAMES["none" if self.no_color else self.looks.colours]

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Those of Textual but for its own way with NO_COLOR, which leaves greys; then ours."""
        usual = [
            one for one in super().get_line_filters() if not isinstance(one, Monochrome | NoColor)
        ]
        return [*usual, *(one for one in (self._colourless, self._ascii) if one.enabled)]

    def look(self, wanted: Looks) -> None:
        """Look so from now on, and at the next start."""
        looks.choose(self.desk, wanted)
        self._take(wanted)
        if self.theme == self._theme_name():
            self.refresh_css(animate=False)  # signs alone: all is painted anew
        else:
            self.theme = self._theme_name()
        self.show_cursor()

    def on_mount(self) -> None:
        """Show the terminal's cursor where that is wanted, also after walk was suspended."""
        if self.looks.cursor == "shown":
            self.show_cursor()
        self.app_resume_signal.subscribe(self, lambda _: self.show_cursor())

    def on_unmount(self) -> None:
        """Give the cursor back in the shape that it had."""
        if self.looks.cursor == "shown":
            self._send(CURSOR_OFF)

    def show_cursor(self) -> None:
        """Show or hide the terminal's own cursor; it stands on the focused item either way."""
        self._send(CURSOR_ON if self.looks.cursor == "shown" else CURSOR_OFF)

    def _send(self, sequence: str) -> None:
        driver = self._driver
        if driver is not None and not self.is_headless:
            driver.write(sequence)
            driver.flush()

    def push_screen(self, *args: Any, **named: Any) -> Any:
        """A dialog takes the cursor; where it stood on the screen beneath is remembered."""
        if self.screen_stack:
            self._stood[self.screen] = self.cursor_position
        self.cursor_position = Offset(0, 0)
        return super().push_screen(*args, **named)

    def pop_screen(self) -> AwaitComplete:
        """The screen beneath has the cursor again; its focused item has not been asked anew."""
        popped = super().pop_screen()
        self.cursor_position = self._stood.pop(self.screen, self.cursor_position)
        return popped

    def on_command_palette_opened(self) -> None:
        """Keep its cursor still, as everywhere, and the terminal's with it."""
        from textual.widgets import Input

        line = self.screen.query_one(Input)
        line.cursor_blink = False

        def follow(_: object = None) -> None:
            if self.focused is line:
                self.cursor_position = line.cursor_screen_offset

        self.screen.screen_layout_refresh_signal.subscribe(line, follow)
        self.call_after_refresh(follow)

    def action_looks(self) -> None:
        """Ask how walk should look."""
        from walk.screens.ask import Ask, AskScreen, Values
        from walk.screens.over import open_over

        def save(values: Values) -> None:
            self.look(Looks(*values))  # type: ignore[arg-type]

        asks = [
            Ask("Colours", self.looks.colours, options=tuple(looks.COLOURS.items())),
            Ask("Signs", self.looks.signs, options=tuple(looks.SIGNS.items())),
            Ask("Cursor", self.looks.cursor, options=tuple(looks.CURSOR.items())),
        ]
        note = "It is kept for this laptop."
        if self.no_colours_wanted:
            note += " No colours are shown while NO_COLOR is set, or on a terminal that has none."
        open_over(self.screen, AskScreen("How walk looks", asks, save, note=note), lambda _: None)
