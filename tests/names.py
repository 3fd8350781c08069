"""A small finder of names for tests of the door: they ask what is done with a find, not which."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

import pytest

from walk.language import names
from walk.language.names import Find, FindKind

_LOOKS: tuple[tuple[FindKind, str, bool, str], ...] = (
    ("title", r"(?i:\b(?:ms|mr)\s+\w+)", True, "T"),
    ("room", r"\brm \d+\b", True, ""),
    ("name", r"\bOdysseus\b", False, ""),
    ("email", r"\b\w+@\w+\.org\b", True, "T"),
)


def _find(
    text: str, *, labels: Collection[str] = (), cleared: Collection[str] = (), code: str = ""
) -> tuple[Find, ...]:
    """Titles, rooms, one character of a story, and the roster's labels as whole words."""

    def found() -> Iterator[Find]:
        looks = [*_LOOKS, *(("label", rf"\b{re.escape(one)}\b", True, "S1") for one in labels)]
        for kind, look, sure, offer in looks:
            for one in re.finditer(look, text):
                words = one.group()
                if words.casefold() not in cleared:
                    fits = code if kind == "room" else offer
                    yield Find(one.start(), one.end(), words, kind, sure, fits)

    return tuple(sorted(found(), key=lambda one: one.start))


@pytest.fixture(autouse=True)
def known_names(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on exactly these are found."""
    monkeypatch.setattr(names, "find_names", _find)
