"""What keys and pastes type: text fit to be kept, and signs that stand for what cannot be shown."""

from __future__ import annotations

from typing import cast
from unicodedata import category

from textual import _ansi_sequences
from textual.events import Key

# Every control character and half a character, and what turns words around, has one sign of one
# cell to stand for it, so that the cursor stands where it seems to stand.
_SHOWN: dict[int, int] = {
    **{code: 0x2400 + code for code in range(0x20) if code != 0x09},
    0x7F: 0x2421,
    **dict.fromkeys(range(0x80, 0xA0), 0xFFFD),
    **dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)), 0xFFFD),
    **dict.fromkeys(range(0xD800, 0xE000), 0xFFFD),
}
_LINE_ENDS = str.maketrans(dict.fromkeys("\r\v\f\x1c\x1d\x1e\x85\u2028\u2029", "\n"))
_DAMAGED = {0: None, **dict.fromkeys(range(0xD800, 0xE000))}


def tell_esc_from_option() -> None:
    """Let Esc and a digit that come together be Esc and a digit.

    Textual reads them as the sign that a Mac types with Option and that digit, which nobody could
    tell from the sign itself. As Alt and the digit they can be told, and mean the menu.
    """
    known = cast("dict[str, object]", _ansi_sequences.ANSI_SEQUENCES_KEYS)
    for digit in "0123456789":
        known.pop(f"\x1b{digit}", None)


def typed(event: Key) -> str:
    """The character that a key types; nothing for keys that type none.

    Esc followed at once by a letter arrives as Alt and the letter: it is the letter. Joiners and
    no-break spaces count as not printable, but are part of words.
    """
    sign = event.character
    if sign is None and event.key.startswith("alt+"):
        name = event.key.removeprefix("alt+")
        sign = name.removeprefix("shift+").upper() if name.startswith("shift+") else name
    if sign is None or len(sign) != 1 or category(sign) == "Cc":
        return ""
    return sign


def line_ends(text: str) -> str:
    """The text with every kind of line end as a newline."""
    return text.replace("\r\n", "\n").translate(_LINE_ENDS)


def undamaged(text: str) -> str:
    """The text without what no file can keep: NUL and half characters."""
    return text.translate(_DAMAGED)


def shown(line: str) -> str:
    """A line as it is drawn: as many characters, none of which acts on the terminal."""
    return line.translate(_SHOWN)
