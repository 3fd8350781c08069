"""The rows of the rotation: the table by time, what is not visited, what to know, and the times."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from walk.model import Rules
from walk.model.rotation import Rotation
from walk.routine.planning import rotation, times
from walk.routine.planning.rotation import Row
from walk.text import cell_width, one_line
from walk.widgets.choice_list import INDENT, Choice, heading

CELL_MOST = 12
"""Cells that one team's column may take."""
GAP = 2
REST = "–"
"""Stands where a team has no stop in a slot."""
ANY = "no cap"
WORDS_MOST = 60
NOT_VISITED = "Not visited, and the rule that stands in the way"
IF_MADE = "Not visited if it is made now, and the rule that stands in the way"


@dataclass(frozen=True, slots=True)
class Shown:
    """What the screen has to show."""

    rules: Rules
    made: Rotation | None
    """The rotation as it was made."""
    sketch: Rotation | None
    """The one that would be made now; None while it is not worked out."""
    zone: str
    warnings: tuple[str, ...]
    correction: str = ""
    """What differs on this laptop, in words."""
    stale: bool = False
    """The plan was changed here since it was made."""

    @property
    def now(self) -> Rotation | None:
        """The rotation that drops, warnings and slots are told of: what m would make."""
        return (self.sketch or self.made) if self.stale else self.table

    @property
    def table(self) -> Rotation | None:
        """The rotation that the table shows: what everybody has, else what would be."""
        return self.made or self.sketch


def rows(shown: Shown, width: int) -> list[Choice]:
    """All rows, for a list of so many cells of width."""
    found: list[Choice] = []
    if shown.correction:
        found.append(Choice("correction", shown.correction, side="l to change"))
    table, now = shown.table, shown.now
    if table is not None:
        found += _table(table, shown, width)
    if now is not None:
        found += _not_visited(now, IF_MADE if shown.stale else NOT_VISITED)
    if shown.warnings:
        found.append(heading("To know"))
        told = (words[:1].upper() + words[1:] for words in shown.warnings)
        found += [Choice(f"warning {n}", words) for n, words in enumerate(told)]
    found += [heading("Times"), *_times(shown.rules)]
    found += [heading("What the rotation keeps to"), *_asked(shown.rules, now)]
    return found


# The table


def _table(table: Rotation, shown: Shown, width: int) -> Iterable[Choice]:
    """Slots by time, a column a team; as many blocks as the window's width needs."""
    slots, teams = rotation.rows(table, shown.zone), rotation.teams(table)
    if not slots:
        return
    names = {team: one_line(team, CELL_MOST) for team in teams}
    codes = (code for row in slots for code in row.at.values())
    cell = max(map(cell_width, (*names.values(), *(one_line(one, CELL_MOST) for one in codes))))
    label = len(_label(slots[-1], slots))
    start = INDENT + label + 2
    columns = max(1, (width - start - 1) // (cell + GAP))
    for first in range(0, len(teams), columns):
        block = teams[first : first + columns]
        head = "".join(_cell(names[team], cell) for team in block)
        yield heading(" " * (start - 1) + head.rstrip())
        for row in slots:
            at = (one_line(row.at.get(team, REST), CELL_MOST) for team in block)
            words = "".join(_cell(one, cell) for one in at)
            yield Choice(f"slot {row.slot} {first}", words.rstrip(), label=_label(row, slots))


def _label(row: Row, slots: Sequence[Row]) -> str:
    return f"{row.slot:<{len(str(slots[-1].slot))}}  {row.enter}"


def _cell(words: str, cell: int) -> str:
    return words + " " * (cell + GAP - cell_width(words))


def slot_words(row: Row) -> str:
    """The times of one slot in words."""
    return (
        f"Slot {row.slot}: {row.enter}–{row.leave} · write to {row.write_until} "
        f"· hall talk to {row.talk_until}"
    )


def _not_visited(table: Rotation, title: str) -> Iterable[Choice]:
    if table.recorded:
        yield heading("Watched as recorded segments; they need no slot")
        codes = ", ".join(one_line(code, CELL_MOST) for code in table.recorded)
        yield Choice("recorded", codes)
    if table.dropped:
        yield heading(title)
    for one in table.dropped:
        code = one_line(one.visit, CELL_MOST)
        yield Choice(f"dropped {one.visit}", one_line(one.why, WORDS_MOST), label=code)


# What can be changed


def _times(rules: Rules) -> Iterable[Choice]:
    yield Choice("start", rules.start or "not set", label="Start", side="orientation begins")
    for key, part in times.PARTS.items():
        minutes = f"{times.minutes(rules, key)} min"
        yield Choice(f"minutes {key}", minutes, label=part.label, side=part.words)


def _asked(rules: Rules, table: Rotation | None) -> Iterable[Choice]:
    slots = str(rules.slots) if rules.slots else "as few as needed"
    used = max((one.slot for one in table.stops), default=0) if table else 0
    now = f"{used} now" if used and used != rules.slots else ""
    yield Choice("slots", slots, label="Slots", side=now or "+ and - change it")
    bells = ", ".join(f"{start}–{end}" for start, end in rules.bells)
    yield Choice("bells", bells or "none", label="Bells", side="no stop crosses one")
    cap = rules.stops_per_visit_at_most
    yield Choice(
        "stops", str(cap or ANY), label="Stops per classroom", side="at most, in this walk"
    )
    size = rules.team_size_at_most
    yield Choice("size", str(size or ANY), label="Walkers per team", side="at most")
    lenses = ", ".join(rules.lens_in_every_visit)
    yield Choice("lenses", lenses or "none", label="Lenses wanted", side="in every classroom")
