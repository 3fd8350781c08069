"""How what is drawn is sent to terminals that show no colours, or no signs but ASCII.

Both act on what is painted, after every screen and widget has drawn in its own way, so that none of
them has to know of it and none can forget it.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

from walk.text import ascii_only, cell_width, signs

LATER = "~"
"""In one cell, in place of an ellipsis: words go on."""
UNKNOWN = "?"
"""In place of a letter that the terminal cannot be sent, as many as it takes cells."""
_DRAWN_BY_TEXTUAL = {
    **dict.fromkeys("▁▂▃▅▆▇▉▊▋▍", "#"),
    **dict.fromkeys("▎▏▕", "|"),
    **dict.fromkeys("▔", "-"),
    **dict.fromkeys("╔╗╚╝╠╣╦╩╬┏┓┗┛", "+"),
    **dict.fromkeys("┆┇┊┋╎╏", "|"),
    **dict.fromkeys("╌╍┄┅┈┉╸╺", "-"),
}
_BESIDES = {
    **_DRAWN_BY_TEXTUAL,
    **dict.fromkeys("«»‟", '"'),
    **dict.fromkeys("‛´", "'"),
    **dict.fromkeys("\xa0", " "),
    "‑": "-",
    "≠": "/",
    "␣": "_",
    "¶": "P",
    "🔎": "> ",
}
"""Signs that only a full screen draws."""


@lru_cache(maxsize=4096)
def sign(character: str, encoding: str) -> str:
    """One character as a terminal of few signs shows it, in the same number of cells."""
    plain = ascii_only(character)
    plain = _BESIDES.get(character, plain) if len(plain) == 1 else LATER
    if plain.isascii() or _known(plain, encoding):
        return plain
    cells = cell_width(plain)
    bare = "".join(one for one in unicodedata.normalize("NFKD", plain) if one.isascii())
    return bare if len(bare) == cells else UNKNOWN * cells


def _known(character: str, encoding: str) -> bool:
    try:
        character.encode(encoding)
    except (LookupError, UnicodeEncodeError):
        return False
    return True


class AsciiSigns(LineFilter):
    """ASCII for what walk draws; letters of people stay where the terminal can show them."""

    def __init__(self, encoding: str, enabled: bool = True) -> None:
        """`encoding` is what the terminal is written in."""
        super().__init__(enabled)
        self.encoding = encoding

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same segments in signs that are there."""
        return [
            one if one.text.isascii() else Segment(self._plain(one.text), one.style, one.control)
            for one in segments
        ]

    def _plain(self, text: str) -> str:
        plain = self._each(text)
        if cell_width(plain) == cell_width(text):
            return plain
        # Joined signs take other cells than their parts: a heart, a family, a digit in a box.
        return "".join(_in_cells(self._each(one), cell_width(one)) for one in signs(text))

    def _each(self, text: str) -> str:
        return "".join(one if one.isascii() else sign(one, self.encoding) for one in text)


def _in_cells(plain: str, cells: int) -> str:
    """What stands for one sign, in as many cells as that takes."""
    have = cell_width(plain)
    return plain + " " * (cells - have) if have <= cells else UNKNOWN * cells


class NoColours(LineFilter):
    """The terminal's own colours: bold, underlined and turned round are all that is left."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same segments without a colour. Faint text counts as one: it is a grey."""
        return [
            Segment(text, None if style is None else colourless(style), control)
            for text, style, control in segments
        ]


@lru_cache(maxsize=4096)
def colourless(style: Style) -> Style:
    """A style without its colours; what Textual keeps in it to find a widget again stays."""
    bare = style.without_color + Style(dim=False, blink=False, blink2=False)
    return bare + Style.from_meta(style.meta) if style.meta else bare
