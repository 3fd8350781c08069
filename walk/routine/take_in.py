"""Taking in what exists: rows of a form export or typed-up paper become notes of a walk."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache, partial
from pathlib import Path
from typing import Any

from walk.errors import IntakeError
from walk.intake.table import NoteTable, RefusedRow, read_notes
from walk.model import (
    Focus,
    LookFor,
    Note,
    Record,
    Rules,
    Visit,
    Walk,
    Walker,
    derived,
    focus_id,
    form_id,
    rules_id,
    visit_id,
)
from walk.routine import prepare
from walk.routine.desk import Desk
from walk.text import one_line

STAGE = "import"

Progress = Callable[[int, int], None]
"""Told the rows done and the rows there are."""


@dataclass(slots=True)
class TakenIn:
    """What an import brought. Counts of rows."""

    walk: str = ""
    added: int = 0
    already_here: int = 0
    refused: list[RefusedRow] = field(default_factory=list)
    ignored: tuple[str, ...] = ()
    """Columns of the table that are not read."""

    def as_json(self) -> dict[str, Any]:
        """The shape of `walk import --json`: extended at times, never changed."""
        return {
            "walk": self.walk,
            "added": self.added,
            "already_here": self.already_here,
            "refused": [{"line": row.line, "why": row.why} for row in self.refused],
        }

    def in_words(self) -> str:
        """The counts on one line."""
        walk = f" · walk {self.walk[-8:]}" if self.walk else ""
        counts = f"{self.added} added, {self.already_here} already here"
        return f"{counts}, {len(self.refused)} refused{walk}"

    def problems(self) -> list[str]:
        """What was not taken in, a line each."""
        lines = [f"line {row.line}: {row.why}" for row in self.refused]
        return [*lines, f"Columns not read: {', '.join(self.ignored)}"] if self.ignored else lines


@dataclass(slots=True)
class _Names:
    """What a first reading finds: the codes, names and labels that a table uses."""

    rows: int = 0
    visits: dict[str, None] = field(default_factory=dict)
    look_fors: dict[str, None] = field(default_factory=dict)
    walkers: dict[str, None] = field(default_factory=dict)
    digest: int = 0
    """Says the same rows in any order; names the walk that is made from them."""


def import_table(
    desk: Desk, path: Path, *, into: str = "", progress: Progress = lambda done, of: None
) -> TakenIn:
    """Add the rows of a CSV table to a walk, or to one that is made for them.

    Every row has an id derived from its walk, fields and occurrence, so importing again, here or
    on another laptop, adds nothing, and a note that was withdrawn since stays withdrawn: it counts
    as already here, and undo or redo, not a second import, brings it back. A bad row is named with
    its line; the good ones are kept. The table is read twice: first for what it names, then for its
    notes, in bounded memory.
    """
    name = one_line(path.name)  # a name may hold what no record can keep
    if path.exists() and not path.is_file():
        raise IntakeError(f"{name or path} is not a file.", "Save the table as a file first.")
    names = _first_reading(path)
    taken = TakenIn(walk=into or derived("imported walk", f"{names.digest:064x}"))
    if not names.rows:
        table = read_notes(path)
        taken.refused = [row for row in table if isinstance(row, RefusedRow)]
        if into or taken.refused:
            taken.walk = into
            return taken
        raise IntakeError(
            "The table has a first row and no others.", "Add a row for each note, then try again."
        )
    desk.open_walk(taken.walk)
    if not into:
        _make_walk(desk, name)
    ids = _make_unknown(desk, names)
    table = read_notes(path)
    taken.ignored = table.ignored
    words = f"{one_line(name, 40)} imported"
    for added, here in desk.store.add_all(desk.by(), STAGE, words, _notes(desk, table, taken, ids)):
        taken.added += added
        taken.already_here += here
        progress(taken.added + taken.already_here, names.rows)
    return taken


def _first_reading(path: Path) -> _Names:
    names = _Names()
    for row in read_notes(path):
        if isinstance(row, RefusedRow):
            continue
        names.rows += 1
        names.visits[row.visit] = None
        if row.look_for:
            names.look_fors[row.look_for] = None
        if row.walker:
            names.walkers[row.walker] = None
        said = "\0".join(map(str, row[1:])).encode()
        # A sum, so that the same rows in another order are the same table.
        names.digest += int.from_bytes(hashlib.sha256(said).digest(), "big")
    names.digest %= 2**256
    return names


def _make_walk(desk: Desk, name: str) -> None:
    walk = desk.walk_id
    if desk.store.get(Walk, walk):
        return
    today = desk.today()
    desk.save(
        STAGE,
        "walk made from a table",
        Walk(
            id=walk,
            walk=walk,
            title=Path(name).stem,
            date=today.isoformat(),
            keep_until=(today + timedelta(days=prepare.KEEP_DAYS)).isoformat(),
            imported_from=name,
        ),
        Rules(id=rules_id(walk), walk=walk, open_roster=True),
        Focus(id=focus_id(walk), walk=walk),
    )


@dataclass(slots=True)
class _Ids:
    """The ids of a table's visits, look-fors and walkers, by the names it gives them."""

    visits: dict[str, str]
    look_fors: dict[str, str]
    walkers: dict[str, str]


def _make_unknown(desk: Desk, names: _Names) -> _Ids:
    """Make the visits, look-fors and walkers that are not in the walk yet.

    An imported look-for never joins the confirmed ones. What is made is put in the order of its
    names, so that the same rows in another order make the same records.
    """
    walk = desk.walk_id
    visits = prepare.visits(desk)
    look_fors = prepare.look_fors(desk)
    last_visit = max((one.place for one in visits), default=0)
    last_look_for = max((one.place for one in look_fors), default=0)
    made: list[Record] = []

    def new_visit(code: str, place: int) -> Visit:
        return Visit(id=visit_id(walk, code), walk=walk, code=code, place=last_visit + place)

    def new_look_for(name: str, place: int) -> LookFor:
        return LookFor(
            id=prepare.look_for_id(walk, _short(name)),
            walk=walk,
            name=_short(name),
            text=name if name != _short(name) else "",
            place=last_look_for + place,
            imported=True,
        )

    def new_walker(label: str, _place: int) -> Walker:
        return Walker(id=derived("walker", walk, label), walk=walk, label=label)

    # A long name is known again by its text, which has it whole.
    known_look_for = {one.text if one.imported and one.text else one.name: one for one in look_fors}
    ids = _Ids(
        visits=_named({one.code: one for one in visits}, names.visits, new_visit, made),
        look_fors=_named(known_look_for, names.look_fors, new_look_for, made),
        walkers=_named({one.label: one for one in desk.walkers()}, names.walkers, new_walker, made),
    )
    if made:
        desk.save(STAGE, "visits, look-fors and walkers of a table made", *made)
    return ids


def _named(
    known: Mapping[str, Record],
    names: Iterable[str],
    make: Callable[[str, int], Record],
    made: list[Record],
) -> dict[str, str]:
    """The id for each name: of what has it, also in another case, or else of what is made for it.

    "v1" and "V1" are one classroom: counted as two, they would make a trend of one room.
    """
    folded = {name.casefold(): one.id for name, one in reversed(list(known.items()))}
    taken = {one.id for one in known.values()}
    before = len(made)
    for name in sorted(names, key=_natural):
        if name.casefold() not in folded:
            record = make(name, 1 + len(made) - before)
            if record.id in taken:  # what had this name goes by another one since
                record = record.changed(id=derived("import", record.id))
            folded[name.casefold()] = record.id
            made.append(record)
    return {name: known[name].id if name in known else folded[name.casefold()] for name in names}


def _natural(name: str) -> tuple[list[str | int], str]:
    """An order in which V10 stands after V9."""
    parts = re.split(r"([0-9]+)", name)
    return [int(part) if place % 2 else part for place, part in enumerate(parts)], name


def _short(name: str) -> str:
    """A look-for's name as long as a look-for's name may be.

    A longer one ends in a mark of the whole name, so that two never become one.
    """
    if len(name) <= 28:
        return name
    return f"{name[:21]}…{derived('look_for name', name)[:6]}"


def _notes(desk: Desk, table: NoteTable, taken: TakenIn, ids: _Ids) -> Iterator[tuple[str, Record]]:
    walk = desk.walk_id
    form_of = cache(partial(form_id, walk))
    for row in table:
        if isinstance(row, RefusedRow):
            taken.refused.append(row)
            continue
        visit = ids.visits.get(row.visit)
        if visit is None:
            why = "the file was changed while it was read; import it once more"
            taken.refused.append(RefusedRow(row.line, why))
            continue
        walker = ids.walkers.get(row.walker, "")
        yield (
            walker,
            Note(
                id=derived("import", walk, *map(str, row[1:])),
                walk=walk,
                note_kind="wondering" if row.kind == "wondering" else "noticing",
                text=row.text,
                visit=visit,
                form=form_of(visit, walker) if walker else "",
                look_for=ids.look_fors.get(row.look_for, ""),
                at_s=row.at_s,
            ),
        )
