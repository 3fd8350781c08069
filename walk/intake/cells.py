"""What one cell of a table says: a visit's code, a name, a kind, a time. Refused says why not."""

from __future__ import annotations

import re
from collections.abc import Sequence

from walk.errors import Refused
from walk.text import LIMIT, one_line

LONGEST_VISIT = 40
"""Characters of a visit code."""
LONGEST_LABEL = 200
"""Characters of a look-for's name or a walker's label."""
DAY_S = 24 * 60 * 60

KINDS = {"noticing": "noticing", "n": "noticing", "wondering": "wondering", "w": "wondering"}

_CLOCK = re.compile(r"(?:([0-9]{1,2}):([0-5]?[0-9])|([0-9]{1,4})):([0-5][0-9])")
"""Hours and their minutes, or minutes alone; then seconds."""
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


def visit_code(cell: str) -> str:
    """A visit's code; Refused when there is none."""
    code = label(cell, "visit code", LONGEST_VISIT)
    if not code:
        raise Refused("the visit is empty; write its code, such as V1")
    return code


def label(cell: str, what: str, longest: int = LONGEST_LABEL) -> str:
    """A short name without the spaces around it; Refused when it is long or no name."""
    found = cell.strip()
    if len(found) > longest:
        raise Refused(f"the {what} is longer than {longest} characters")
    if not found.isprintable() and _CONTROL.search(found):
        raise Refused(f"the {what} holds a line break or another control character")
    return found


def kind(cell: str) -> str:
    """noticing or wondering, from the word or its first letter."""
    found = KINDS.get(cell.strip().casefold())
    if found is None:
        said = f'"{shown(cell.strip())}"' if cell.strip() else "empty"
        raise Refused(f"the kind is {said}; write noticing or wondering")
    return found


def seconds(cell: str) -> int | None:
    """Seconds into the visit from seconds, mm:ss or h:mm:ss; None from an empty cell."""
    at = cell.strip()
    if not at:
        return None
    # The length first: a long row of digits is slow to read as a number.
    if len(at) <= 6 and at.isascii() and at.isdigit():
        found = int(at)
    else:
        parts = _CLOCK.fullmatch(at)
        if parts is None:
            raise unreadable_time(at)
        hours, past_hour, minutes, rest = map(int, parts.groups(default="0"))
        found = hours * 3600 + (past_hour + minutes) * 60 + rest
    return within_day(found, at)


def within_day(found: int, cell: str) -> int:
    """The seconds; Refused for a day or more."""
    if found >= DAY_S:
        raise Refused(f'the time "{shown(cell)}" is a day or more into the visit')
    return found


def unreadable_time(cell: str) -> Refused:
    """The refusal of a cell that is no time into the visit."""
    return Refused(
        f'the time "{shown(cell)}" cannot be read; '
        "write seconds, mm:ss or h:mm:ss into the visit, or leave it empty"
    )


def refused_text(text: str) -> Refused:
    """Why the words cannot be a note's, by the rules of `walk.text.accept`.

    That is not called for each row, as it would encode all the words once more.
    """
    if "\0" in text:
        return Refused("the text holds a damaged character (a NUL) that cannot be saved")
    if len(text) > LIMIT:
        return Refused(f"the text has {len(text):,} characters and {LIMIT:,} fit")
    return Refused("the text is empty")


def not_as_wide(cells: Sequence[str], width: int) -> Refused:
    """The refusal of a row that has more or fewer cells than the first row."""
    many = "many" if len(cells) > width else "few"
    return Refused(
        f"too {many} cells: {len(cells)} where the first row has {width}; "
        "words that hold a comma go in quotation marks"
    )


def shown(cell: str) -> str:
    """A cell as a cause may quote it: short, and without anything that a terminal would obey."""
    return one_line(cell[:100], 30)
