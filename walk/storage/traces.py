"""Traces: whether words that were removed can still be found in the bytes of a file. Pure.

A text is looked for by pieces of it, so that what a file has kept of it is found also where the
beginning or the end is overwritten. Only pieces that begin behind a space, a quotation mark or some
letters beyond ASCII are compared, which makes one pass over a file enough for many texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

PIECE = 16
"""Bytes that are compared at once."""
SHORTEST = 6
"""Bytes below which a text cannot be told from other words, and is not looked for."""

FEW = 300
"""Pieces up to which it is quicker to look for one after the other."""

_PIECES = re.compile(rb'[ "\x80\x88\x90\x98\xa0\xa8\xb0\xb8](?=(.{16}))', re.DOTALL)


class Traces:
    """The pieces of texts that must not be found any more."""

    def __init__(self, most: int = 1_000) -> None:
        """`most` is how many pieces of one text are looked for, spread over its length."""
        self._most = most
        self._pieces: set[bytes] = set()
        self._short: set[bytes] = set()
        self.texts = 0
        """How many texts are looked for."""

    def add(self, text: str) -> None:
        """Look for this text too, as it was stored."""
        said = text.encode()
        if len(said) < SHORTEST:
            return
        self.texts += 1
        pieces = [found.group(1) for found in _PIECES.finditer(said)]
        if pieces:
            self._pieces.update(pieces[:: -(-len(pieces) // self._most)])
        else:
            self._short.add(said[:64])

    def found_in(self, content: bytes) -> set[bytes]:
        """The pieces of the texts that stand in these bytes."""
        if len(self._pieces) <= FEW:
            return standing_in(content, self._short | self._pieces)
        found = standing_in(content, self._short)
        matches = (one.group(1) for one in _PIECES.finditer(content))
        return found | {one for one in matches if one in self._pieces}


def standing_in(content: bytes, pieces: Iterable[bytes]) -> set[bytes]:
    """Those of the pieces that stand in these bytes, one looked for after the other."""
    return {one for one in pieces if one in content}
