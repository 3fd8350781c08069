"""What a terminal sends, borne whatever it is: Textual's drivers would end the app at some of it.

A terminal that does not speak UTF-8 sends bytes that are no text for a letter with an accent, and
an answer that was cut off may name a key that no keyboard has.
"""

from __future__ import annotations

import sys
from codecs import getincrementaldecoder
from functools import partial
from typing import Any

from textual import events
from textual._xterm_parser import XTermParser
from textual.driver import Driver


def bear_anything(driver: type[Driver]) -> None:
    """From now on this driver reads any bytes; on Windows, where keys are no bytes, any key."""
    module: Any = sys.modules[driver.__module__]
    if hasattr(module, "getincrementaldecoder"):
        module.getincrementaldecoder = _decoder
    if hasattr(module, "XTermParser"):
        module.XTermParser = _Parser


def _decoder(encoding: str) -> partial[Any]:
    """Makes what decodes, with a sign in the place of bytes that are no text."""
    return partial(getincrementaldecoder(encoding), errors="replace")


class _Parser(XTermParser):
    """Passes over a key whose number no character has."""

    def _parse_extended_key(  # type: ignore[override]  # Textual's remembers what it said
        self, sequence: str
    ) -> list[events.Key] | None:
        try:
            return super()._parse_extended_key(sequence)
        except (ValueError, OverflowError):
            return None
