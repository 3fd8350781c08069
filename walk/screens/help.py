"""Help: what the screen or dialog beneath is for, and every key it knows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import ActiveBinding, Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.geometry import Size
from textual.screen import ModalScreen
from textual.widgets import Static

from walk.text import cell_width, safe, wrap
from walk.widgets.cursor import keep_cursor
from walk.widgets.lines import KeyLine, key_words

EVERYWHERE = (
    ("Ctrl+P", "The palette: all that can be done here, and other screens, by a few letters"),
    ("Ctrl+Q", "Close walk; all is saved"),
)
"""Keys that hold on every screen."""


WIDEST, BESIDE = 78, 8
"""Columns that the page takes at most, and those of its frame, its edges and its scroll bar."""
AROUND = 7
"""Rows that frame, title and keys take."""


@dataclass(frozen=True, slots=True)
class Page:
    """What help tells."""

    title: str
    words: str
    """What it is for; lines end where the words do."""
    bindings: tuple[ActiveBinding, ...]
    menus: tuple[tuple[str, str], ...] = ()
    """(keys, words) of what stands in menus."""
    below: str = ""
    """What the screen beneath a dialog is called."""
    below_words: str = ""

    def rows(self) -> list[tuple[str, str]]:
        """Key and meaning, a row each, those of the key line first; several keys share a row."""
        found: dict[str, list[str]] = {}
        for active in sorted(self.bindings, key=lambda one: not one.binding.show):
            if active.tooltip and not active.binding.system:
                key = active.binding.key_display or key_words(active.binding.key)
                several = found.setdefault(active.tooltip, [])
                if key not in several:
                    several.append(key)
        rows = [(" ".join(several), meaning) for meaning, several in found.items()]
        told = {keys for keys, _ in EVERYWHERE}
        rows = [row for row in rows if row[0].casefold() not in {one.casefold() for one in told}]
        return [*rows, *self.menus, *EVERYWHERE]


class HelpScreen(ModalScreen[str]):
    """One page over what it explains. The result is "palette" where that is wanted next."""

    CSS_PATH = "help.tcss"
    AUTO_FOCUS = "#help-page"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "slash",
            "palette",
            "do one of these",
            id="help.palette",
            tooltip="All that can be done here, to find by a few letters and do",
        ),
        Binding(
            "escape,q,enter,question_mark,f1",
            "close",
            "back",
            id="help.close",
            tooltip="Back to where you were",
        ),
    ]

    def __init__(self, page: Page) -> None:
        """`page` is what it tells."""
        super().__init__()
        self.page = page
        self._fits: Size | None = None
        """The window that it was laid out for."""

    def compose(self) -> ComposeResult:
        """Title, what there is to read, the keys."""
        with Vertical(id="help-box"):
            if self.page.title:
                yield Static(Content(safe(self.page.title)), id="help-title")
            with VerticalScroll(id="help-page"):
                yield Static()
            yield KeyLine(("↑ ↓", "read on"))

    def on_mount(self) -> None:
        """As high as the window lets it be."""
        self._fit()
        keep_cursor(self, "#help-page")

    def on_resize(self) -> None:
        """Another width breaks the lines elsewhere."""
        if self._fits != self.app.size:
            self.call_later(self._fit)  # not while the window is being laid out

    def _fit(self) -> None:
        """Title and keys stay in view, however much there is to read."""
        window = self._fits = self.app.size
        page = self.query_one("#help-page")
        page.styles.max_height = max(3, window.height - AROUND)
        page.query_one(Static).update(self._words(min(WIDEST, window.width) - BESIDE))

    def _words(self, width: int) -> Content:
        """The words, then key and meaning a row each, then what the screen beneath is for."""
        page = self.page
        rows: list[str | tuple[str, str]] = []
        if page.words:
            rows += [safe(page.words), "\n\n"]
        keys = page.rows()
        cells = max(cell_width(key) for key, _ in keys)
        for key, meaning in keys:
            first, *more = wrap(meaning, max(20, width - cells - 2))
            rows += [(f"{key:>{cells}}", "bold $text-accent"), f"  {first}\n"]
            rows += [f"{'':{cells}}  {one}\n" for one in more]
        if page.below_words:
            rows += [(f"\nBeneath: {safe(page.below)}", "bold"), f"\n{safe(page.below_words)}\n"]
        return Content.assemble(*rows).rstrip()

    def action_close(self) -> None:
        """Back to what is beneath."""
        if self.is_current:
            self.dismiss("")

    def action_palette(self) -> None:
        """Go on to the palette of what is beneath."""
        if self.is_current:
            self.dismiss("palette")
