"""The keys of a dialog with what each does, in as many rows as they need."""

from __future__ import annotations

import re
from collections.abc import Iterator

from textual.app import RenderResult
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from walk.text import cell_width, wrap

GAP = "   "
_KEY = re.compile(r"↑ ↓|\S+")


class KeyRow(Widget):
    """Keys and words; a row ends between two of them, and the last two stay side by side.

    Those say how one leaves and where help is.
    """

    DEFAULT_CSS = """
    KeyRow { height: auto; width: 1fr; }
    """

    def __init__(self, words: str, *, id: str | None = None) -> None:
        """`words` are keys such as "y yes", with `GAP` between them."""
        super().__init__(id=id)
        self.tell(words)

    def tell(self, words: str) -> None:
        """Show these keys from now on."""
        *first, before, last = ["", *words.split(GAP)]
        self.has_keys = bool(before)
        """False of a sentence in their place."""
        self.items = [one for one in (*first, f"{before}{GAP}{last}" if before else last) if one]
        self.refresh(layout=True)

    def _lines(self, width: int) -> Iterator[Content]:
        rows: list[str] = []
        for item in self.items:
            if rows and cell_width(f"{rows[-1]}{GAP}{item}") <= width:
                rows[-1] += f"{GAP}{item}"
            else:
                rows.append(item)
        for row in rows:
            first, *more = wrap(row, width)
            yield _with_keys(first) if self.has_keys else Content(first)
            yield from map(Content, more)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many rows as the keys take."""
        return len(list(self._lines(width)))

    def render(self) -> RenderResult:
        """The rows, keys standing out as at the foot of a screen; never read as markup."""
        return Content("\n").join(self._lines(self.size.width))


def _with_keys(row: str) -> Content:
    """A row of keys and words, each key in the look that it has everywhere."""
    parts: list[tuple[str, str]] = []
    for item in row.split(GAP):
        key = found[0] if (found := _KEY.match(item)) else ""
        parts += [(key, "bold $text-accent"), (f"{item[len(key) :]}{GAP}", "")]
    return Content.assemble(*parts).rstrip()
