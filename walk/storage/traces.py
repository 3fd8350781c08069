"""Traces: whether words that were removed can still be found in the bytes of a file. Pure.

A text is looked for by pieces of it, so that what a file has kept of it is found also where the
beginning or the end is overwritten. Only pieces that begin behind a space, a quotation mark or some
letters beyond ASCII are compared, which makes one pass over a file enough for many texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from json.encoder import encode_basestring

PIECE = 16
"""Bytes that are compared at once."""
SHORTEST = 6
"""Bytes below which a text cannot be told from other words, and is not looked for."""

FEW = 300
"""Pieces up to which it is quicker to look for one after the other."""

MOST = 1_000
"""Pieces of one text that are looked for where texts are few; these are then known whole too."""

_PIECES = re.compile(rb'[ "\x80\x88\x90\x98\xa0\xa8\xb0\xb8](?=(.{16}))', re.DOTALL)


class Traces:
    """The pieces of texts that must not be found any more."""

    def __init__(self, most: int = MOST) -> None:
        """`most` is how many pieces of one text are looked for, spread over its length."""
        self._most = most
        self._pieces: set[bytes] = set()
        self._short: set[bytes] = set()
        self._whole: list[bytes] = []
        self.texts = 0
        """How many texts are looked for."""

    def add(self, text: str) -> None:
        """Look for this text too, as it was stored."""
        said = text.encode()
        if len(said) < SHORTEST:
            return
        self.texts += 1
        if self._most == MOST:
            self._whole.append(said)
        pieces = _pieces_of(said)
        if pieces:
            self._pieces.update(pieces[:: -(-len(pieces) // self._most)])
        else:
            self._short.add(said[:64])

    def is_of_them(self, typed: str) -> bool:
        """Whether what was being typed became one of the texts: all of it stands in one, or most
        of its pieces do.
        """
        said = encode_basestring(typed.strip().lstrip("?").strip())[1:-1].encode()
        if len(said) < SHORTEST:
            return False
        pieces = set(_pieces_of(b" " + said))
        most = bool(pieces) and 2 * len(pieces & self._pieces) >= len(pieces)
        return most or any(said in one for one in self._whole)

    def found_in(self, content: bytes) -> set[bytes]:
        """The pieces of the texts that stand in these bytes."""
        if len(self._pieces) <= FEW:
            return standing_in(content, self._short | self._pieces)
        found = standing_in(content, self._short)
        matches = (one.group(1) for one in _PIECES.finditer(content))
        return found | {one for one in matches if one in self._pieces}


def _pieces_of(said: bytes) -> list[bytes]:
    return [found.group(1) for found in _PIECES.finditer(said)]


def standing_in(content: bytes, pieces: Iterable[bytes]) -> set[bytes]:
    """Those of the pieces that stand in these bytes, one looked for after the other."""
    return {one for one in pieces if one in content}
