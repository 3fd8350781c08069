"""The three fixed lines of every screen: title, state and keys."""

from __future__ import annotations

import re

from rich.cells import cell_len
from textual.app import RenderResult
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from walk.text import headline, one_line

KEY_WORDS = {
    "question_mark": "?",
    "slash": "/",
    "plus": "+",
    "minus": "-",
    "enter": "Enter",
    "escape": "Esc",
    "tab": "Tab",
    "space": "Space",
    "delete": "Del",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "home": "Home",
    "end": "End",
    "backspace": "Backspace",
    "backslash": "\\",
    "equals_sign": "=",
    "underscore": "_",
    "less_than_sign": "<",
    "greater_than_sign": ">",
    "f1": "F1",
    "f2": "F2",
    "ctrl+p": "Ctrl+P",
    "ctrl+q": "Ctrl+Q",
    "ctrl+r": "Ctrl+R",
}
"""How a key is written for a person."""


def key_words(key: str) -> str:
    """A binding's key as a person reads it; of several keys the first is named."""
    first = key.split(",")[0]
    return KEY_WORDS.get(first, first)


SMALLEST = (60, 20)
"""Columns and rows that a screen needs."""
TOO_SMALL = "Make the window larger: 60x20 at least"


INITIALS = re.compile(r"(\w\.)+")
"""The end of a label such as "Ana K."; its full stops are none of a sentence."""


class TitleLine(Widget):
    """What this is on the left, the time or the timer on the right; one row."""

    DEFAULT_CSS = """
    TitleLine { height: 1; width: 1fr; background: $panel; color: $text; text-style: bold; }
    """

    left: reactive[str] = reactive("")
    working: reactive[str] = reactive("")
    """What goes on meanwhile, such as "collecting 3 of 12"; before what stands at the right."""
    right: reactive[str] = reactive("")

    def validate_left(self, left: str) -> str:
        """A title is no sentence, also where it is the focus in the teachers' words.

        A label that ends in an initial stays as its person wrote it.
        """
        return left if INITIALS.fullmatch(left.rpartition(" ")[2]) else headline(left)

    def render(self) -> RenderResult:
        """Left text, as much space as there is, right text; the left gives way first.

        In a window that is too small for the screen below, only how to mend that.
        """
        width = self.size.width
        if self.screen.size.width < SMALLEST[0] or self.screen.size.height < SMALLEST[1]:
            return Content(one_line(f" {TOO_SMALL}", width))
        right = " · ".join(part for part in (self.working, self.right) if part)
        right = one_line(right, max(0, width - 2))
        room = max(0, width - cell_len(right) - 3)
        left = one_line(self.left, room)
        gap = " " * max(1, width - cell_len(left) - cell_len(right) - 2)
        return Content(f" {left}{gap}{right} ")


SAVED = " · saved "
"""Before the time at the end of what was done."""


class StateLine(Widget):
    """What just happened, in one row: "saved 10:42". A problem is marked with a word and a sign."""

    DEFAULT_CSS = """
    StateLine { height: 1; width: 1fr; color: $text-muted; }
    StateLine.-problem { color: $text-warning; text-style: bold; }
    """

    words: reactive[str] = reactive("")
    standing: reactive[str] = reactive("")
    """What holds for the whole walk and is always said, at the right."""
    problem: reactive[bool] = reactive(False, toggle_class="-problem")

    def say(self, words: str) -> None:
        """Tell what happened."""
        self.problem = False
        self.words = words

    def complain(self, words: str) -> None:
        """Tell what could not be done and how to mend it; it may take more than one row."""
        self.problem = True
        self.words = words
        self.styles.height = "auto"

    def render(self) -> RenderResult:
        """The words, never read as markup. What stands may be said shorter, but is always said."""
        standing = self.standing
        if self.problem:
            return Content(f" ! {self.words}" + (f" · {standing}" if standing else ""))
        words = one_line(self.words)
        if cell_len(words) + cell_len(standing) + 5 > self.size.width:
            standing = " ".join(standing.split()[:3])
        room = self.size.width - cell_len(standing) - (5 if standing else 1)
        head, between, saved = words.rpartition(SAVED)
        if between and cell_len(words) > room:
            # What gives way is what was done; that it is saved, and when, is told in any case.
            words = f"{one_line(head, max(0, room - cell_len(SAVED + saved)))}{SAVED}{saved}"
        words = one_line(words, max(0, room))
        gap = " " * max(0, self.size.width - cell_len(words) - cell_len(standing) - 2)
        return Content(f" {words}{gap}{standing}" if standing else f" {words}")

    def watch_problem(self, problem: bool) -> None:
        """A told problem may wrap; a plain state is one row."""
        self.styles.height = "auto" if problem else 1


ROOMY = 80
"""Cells of a key line that has room for the way out beside what the screen is for."""
GAP = 3
"""Cells between two keys of the key line."""
MENU = "menu"
"""What Esc does where it opens a menu."""


class KeyLine(Widget):
    """The keys that do something here and now, from the bindings; one row."""

    DEFAULT_CSS = """
    KeyLine { height: 1; width: 1fr; background: $panel; color: $text; dock: bottom; }
    """
    HELP = "screen.help"
    """The binding that stands at the end however many there are."""
    MORE = "…"
    """Stands where keys are left out and there is room; help names them all."""

    def __init__(self, *more: tuple[str, str]) -> None:
        """`more` are keys that are no binding, such as ("1-9", "at once"); they stand first."""
        super().__init__()
        self.more = more

    def on_mount(self) -> None:
        """Follow the bindings as focus and state change."""
        self.screen.bindings_updated_signal.subscribe(self, lambda _: self.refresh())

    def _shown(self) -> tuple[dict[str, tuple[str, str]], str]:
        """(key, words) of each shown binding once, by its id; and the id of the way out."""
        found: dict[str, tuple[str, str]] = {}
        out = ""
        for active in self.screen.active_bindings.values():
            binding = active.binding
            if binding.show and active.enabled:
                name = binding.id or binding.action
                found.setdefault(
                    name, (binding.key_display or key_words(binding.key), binding.description)
                )
                out = name if binding.key == "escape" and not out else out
        if found.get(self.HELP, ("",))[0] == "F1" and found.get(out, ("", ""))[1] == MENU:
            del found[self.HELP]  # the menu leads to help; F1 is no more than a short cut there
        return found, out

    def render(self) -> RenderResult:
        """Key and words of each shown binding, as many as fit; keys stand out.

        What is bound last is left out first. The way out and help stand at the end; the way out is
        left out only of a narrow screen's keys, and never of a dialog's.
        """
        found, out = self._shown()
        if out in found and (self.screen.is_modal or self.size.width >= ROOMY):
            found = {out: found.pop(out), **found}
        help_ = [found.pop(self.HELP)] if self.HELP in found else []
        room = self.size.width - 1
        many = len(found)
        while found and _cells(*self.more, *found.values(), *help_) > room:
            found.popitem()
        more = [(self.MORE, "")] if len(found) < many else []
        if _cells(*self.more, *found.values(), *more, *help_) > room:
            more = []  # a key says more than that there are others
        way_out = [found.pop(out)] if out in found else []
        parts: list[tuple[str, str]] = []
        for key, words in (*self.more, *found.values(), *more, *way_out, *help_):
            parts += [
                (key, "bold $text-accent"),
                (f" {words}" if words else "", ""),
                (" " * GAP, ""),
            ]
        return Content.assemble(" ", *parts[:-1])


def _cells(*keys: tuple[str, str]) -> int:
    """Cells that keys and their words take on the key line."""
    wide = (cell_len(key) + bool(words) + cell_len(words) + GAP for key, words in keys)
    return max(0, sum(wide) - GAP)
