"""The answers that a form program has joined into one cell, apart again."""

from __future__ import annotations

from collections.abc import Collection

MOST = 100
"""Answers of one cell."""


def ticked(cell: str, known: Collection[str]) -> list[str]:
    """The answers in a cell. Those of `known` are found first, as they may hold a comma.

    Each is given once, as the cell writes it, in the order of the cell.
    """
    # Google joins with a comma and a space, Microsoft with a semicolon.
    join = ";" if ";" in cell else ", "
    longest_first = sorted(known, key=len, reverse=True)
    found: dict[str, str] = {}
    rest = cell.strip().lstrip(" ,;")
    while rest and len(found) < MOST:
        answer = _known_start(rest, longest_first) or rest.partition(join)[0]
        rest = rest[len(answer) :].lstrip(" ,;")
        answer = answer.strip()
        if answer:
            found.setdefault(answer.casefold(), answer)
    return list(found.values())


def _known_start(rest: str, longest_first: list[str]) -> str:
    """The answer with which the rest of a cell begins, where it is a known one."""
    for answer in longest_first:
        start = rest[: len(answer)]
        if answer and start.casefold() == answer.casefold():
            behind = rest[len(answer) :].lstrip(" ")
            if not behind or behind.startswith((",", ";")):
                return start
    return ""
