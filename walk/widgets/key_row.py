"""The keys of a dialog with what each does, in as many rows as they need."""

from __future__ import annotations

from textual.app import RenderResult
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from walk.text import cell_width, wrap

GAP = "   "


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
        *first, before, last = ["", *words.split(GAP)]
        self.items = [one for one in (*first, f"{before}{GAP}{last}" if before else last) if one]

    def _rows(self, width: int) -> list[str]:
        rows: list[str] = []
        for item in self.items:
            if rows and cell_width(f"{rows[-1]}{GAP}{item}") <= width:
                rows[-1] += f"{GAP}{item}"
            else:
                rows.append(item)
        return [line for row in rows for line in wrap(row, width)]

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many rows as the keys take."""
        return len(self._rows(width))

    def render(self) -> RenderResult:
        """The rows; never read as markup."""
        return Content("\n".join(self._rows(self.size.width)))
