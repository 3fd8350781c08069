"""A visit: one host teacher's classroom opened for this walk, known by a code."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import ClassVar, Literal

from walk.model.ids import derived
from walk.model.record import Record

Mode = Literal["in_person", "virtual_live", "recorded", "viewed_remotely"]

MODE_WORDS: dict[str, str] = {
    "in_person": "in person",
    "virtual_live": "virtual live",
    "recorded": "recorded",
    "viewed_remotely": "viewed remotely",
}
"""The words for each mode, as screens and reports say them."""


class Visit(Record, frozen=True, kw_only=True):
    """A classroom by its code. Which room it is, and whose, is not kept here."""

    kind: ClassVar[str] = "visit"

    code: str
    """V1, V2 …"""
    place: int = 0
    """Its order in the plan, from 1."""
    mode: Mode = "in_person"
    windows: tuple[tuple[str, str], ...] = ()
    """Local times of day when it is open, from and to, HH:MM."""
    grade_band: str = ""
    subject_band: str = ""
    inquiry: str = ""
    """An inquiry of this visit's own, in place of the walk's; empty: the walk's."""
    received_on: str = ""
    """ISO date on which a recorded segment reached the walkers; empty while it has not."""
    withdrawn: bool = False
    """The teacher took the visit back; no reason is asked or kept."""


def visit_id(walk: str, code: str) -> str:
    """A code means one classroom on every laptop of the walk."""
    return derived("visit", walk, code)


def code_mask(codes: Iterable[str]) -> Callable[[str], str]:
    """What puts "[classroom]" wherever a text says one of these visit codes, in any case."""
    known = {code.casefold() for code in codes if code.strip()}
    if not known:
        return str
    words = {code for code in known if code.isalnum() or re.fullmatch(r"\w+", code)}
    patterns = [re.escape(code) for code in sorted(known - words, key=len, reverse=True)]
    if words:
        # Whole words are looked up and not tried one after the other: a walk may have thousands.
        firsts = "".join(sorted(map(re.escape, {code[0] for code in words})))
        patterns.append(rf"[{firsts}]\w*")
    said = re.compile(rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)", re.IGNORECASE)

    def masked(found: re.Match[str]) -> str:
        return "[classroom]" if found[0].casefold() in known else found[0]

    return lambda text: said.sub(masked, text)
