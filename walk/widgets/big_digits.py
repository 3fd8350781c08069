"""Big digits: a few figures in solid blocks as large as the window allows, to read from afar."""

from __future__ import annotations

from dataclasses import dataclass

from textual.app import RenderResult
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from walk.text import cell_width, one_line

FULL = "█"
FULL_ASCII = "#"
LOWEST = 5
"""Rows below which a digit cannot be drawn; then the figures stand as plain text."""
NARROWEST = 3
"""Columns below which a digit cannot be drawn."""
TALLEST = 4
"""How many rows a digit may have for three of its columns, unless its `least` asks for more."""

# Five bands of rows: stroke, gap, stroke, gap, stroke. Each sign says which of its bands of columns
# are filled; "|" is as wide as a stroke, "-" what lies between two of them, "+" an arm, "=" two.
_DIGIT, _ONE, _DOTS, _PLUS, _DASH = "|-|", "|||", "|", "+|+", "="
_SIGNS: dict[str, tuple[str, tuple[str, str, str, str, str]]] = {
    "0": (_DIGIT, ("###", "# #", "# #", "# #", "###")),
    "1": (_ONE, ("## ", " # ", " # ", " # ", "###")),
    "2": (_DIGIT, ("###", "  #", "###", "#  ", "###")),
    "3": (_DIGIT, ("###", "  #", "###", "  #", "###")),
    "4": (_DIGIT, ("# #", "# #", "###", "  #", "  #")),
    "5": (_DIGIT, ("###", "#  ", "###", "  #", "###")),
    "6": (_DIGIT, ("###", "#  ", "###", "# #", "###")),
    "7": (_DIGIT, ("###", "  #", "  #", "  #", "  #")),
    "8": (_DIGIT, ("###", "# #", "###", "# #", "###")),
    "9": (_DIGIT, ("###", "# #", "###", "  #", "###")),
    ":": (_DOTS, (" ", "#", " ", "#", " ")),
    "+": (_PLUS, ("   ", " # ", "###", " # ", "   ")),
    "-": (_DASH, (" ", " ", "#", " ", " ")),
    " ": (_DOTS, (" ", " ", " ", " ", " ")),
}


def block_for(encoding: str | None) -> str:
    """The sign to fill with where output is written in `encoding`: a solid block, else ASCII."""
    try:
        FULL.encode(encoding or "utf-8")
    except (LookupError, UnicodeEncodeError):
        return FULL_ASCII
    return FULL


def draw(text: str, width: int, height: int, least: int = 0, full: str = FULL) -> list[str]:
    """Draw `text` in at most `width` columns and `height` rows; the rows, none wider than `width`.

    Digits, ":", "+", "-" and spaces are drawn from `full` and spaces, as large as fits; they stay
    upright rather than fill a tall window, but have `least` rows where these are there. Where there
    is no room for that, or another sign is in it, one row of plain text. No room at all: no row.
    """
    if width < 1 or height < 1 or not text:
        return []
    size = _fit(text, width, height, least)
    if size is None:
        return [one_line(text, width)]
    return [_row(text, size, band, full) for band in size.bands()]


@dataclass(frozen=True, slots=True)
class _Size:
    """How large the signs are: columns and rows of a digit, and its strokes."""

    columns: int
    rows: int

    @property
    def thick(self) -> int:
        """Rows of a lying stroke."""
        return max(1, self.rows // 6)

    @property
    def stem(self) -> int:
        """Columns of a standing stroke; a cell is about twice as high as it is wide."""
        return max(1, min(2 * self.thick, self.columns // 3))

    def bands(self) -> list[int]:
        """For each row the band, 0 to 4, in which it lies."""
        gaps = self.rows - 3 * self.thick
        upper = gaps // 2
        rows = (self.thick, upper, self.thick, gaps - upper, self.thick)
        return [band for band, count in enumerate(rows) for _ in range(count)]

    def widths(self, shape: str) -> list[int]:
        """Columns of each band of a sign."""
        between = self.columns - 2 * self.stem
        arm = max(1, between // 2)
        columns = {"|": self.stem, "-": between, "+": arm, "=": 2 * arm}
        return [columns[sign] for sign in shape]

    def total(self, text: str) -> int:
        """Columns that a text takes, a stroke's width between two signs."""
        signs = sum(sum(self.widths(_SIGNS[sign][0])) for sign in text)
        return signs + self.stem * (len(text) - 1)


def _fit(text: str, width: int, height: int, least: int) -> _Size | None:
    """The largest size that fits, or None."""
    if height < LOWEST or any(sign not in _SIGNS for sign in text):
        return None
    size = _widest(text, width, height)
    if size is None:
        return None
    upright = max(LOWEST, least, size.columns * TALLEST // 3)
    # Fewer rows have thinner strokes, so the columns are looked for again.
    return size if upright >= height else _widest(text, width, upright)


def _widest(text: str, width: int, rows: int) -> _Size | None:
    """The widest signs of that many rows which fit, and no wider than looks like a digit."""
    for columns in range(rows * 7 // 5, NARROWEST - 1, -1):
        size = _Size(columns, rows)
        if size.total(text) <= width:
            return size
    return None


def _row(text: str, size: _Size, band: int, full: str) -> str:
    """One row of the drawn text."""
    parts = []
    for sign in text:
        shape, bands = _SIGNS[sign]
        filled = zip(bands[band], size.widths(shape), strict=True)
        parts.append("".join((full if one == "#" else " ") * columns for one, columns in filled))
    return (" " * size.stem).join(parts)


class BigDigits(Widget):
    """Figures in the middle of all the room there is; it draws anew only when they change."""

    DEFAULT_CSS = """
    BigDigits {
        height: 1fr; width: 1fr; color: $text; text-wrap: nowrap; text-overflow: clip;
        text-align: left;
    }
    """

    figures: reactive[str] = reactive("")
    """What stands in it: digits, ":", "+", "-"; other words stand as plain text."""
    bars: reactive[bool] = reactive(False)
    """True draws a bar from side to side above and below: a shape that is seen from afar."""
    turned: reactive[bool] = reactive(False)
    """True draws dark on light instead of light on dark, or the other way round."""

    def __init__(self, full: str = FULL, *, id: str | None = None) -> None:
        """`full` is the sign to fill with, `FULL_ASCII` where the terminal knows no blocks."""
        super().__init__(id=id)
        self.full = full

    def drawn(self) -> list[str]:
        """The rows of the figures, each from the left edge of the widget."""
        width, height = self.size
        least = (self.screen.size.height + 1) // 2
        # Rows that set the figures off, where they take none that the figures need.
        around = 4 if self.bars else 2
        room = max(min(least, height), height - around)
        rows = draw(self.figures, max(1, width - 2), room, least, self.full)
        left = (width - max(map(cell_width, rows), default=0)) // 2
        return [" " * left + row for row in rows]

    def render(self) -> RenderResult:
        """The figures in the middle, never read as markup."""
        width, height = self.size
        rows = self.drawn()
        above = max(0, height - len(rows)) // 2
        lines = [*[""] * above, *rows, *[""] * (height - above - len(rows))]
        if self.bars and above and not lines[0] and not lines[-1]:
            lines[0] = lines[-1] = self.full * width
        style = "reverse" if self.turned else ""
        return Content.styled("\n".join(line.ljust(width) for line in lines), style)
