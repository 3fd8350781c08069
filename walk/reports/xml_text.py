"""Text for the files of word processors and workbooks: nothing in it that XML may not hold."""

from __future__ import annotations

from walk.text import safe

_NO_CHARACTERS = {0xFFFE: 0xFFFD, 0xFFFF: 0xFFFD}
"""Two code points that are no characters: a file with one in it is told to be damaged."""


def xml_text(text: str) -> str:
    """Return `text` made safe as for a screen, and fit for XML 1.0; doing it twice adds nothing."""
    return safe(text).translate(_NO_CHARACTERS)
