"""The visits, look-fors and walkers that a table names: found in the walk, or made for it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from walk.focus import LOOK_FOR_NAME_LONGEST
from walk.model import (
    Focus,
    LookFor,
    Record,
    Rules,
    Visit,
    Walk,
    Walker,
    derived,
    focus_id,
    rules_id,
    visit_id,
)
from walk.routine.dates import days_after
from walk.routine.desk import Desk
from walk.routine.planning import prepare
from walk.text import one_line

NAMED_MOST = 8
"""New visits, look-fors or walkers that are named; of more, only how many."""


@dataclass(slots=True)
class Names:
    """The codes, names and labels that a table uses."""

    visits: set[str] = field(default_factory=set)
    look_fors: set[str] = field(default_factory=set)
    walkers: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Ids:
    """The ids of a table's visits, look-fors and walkers, by the names it gives them."""

    visits: dict[str, str]
    look_fors: dict[str, str]
    walkers: dict[str, str]
    new: tuple[str, ...] = ()
    """What was made for the table, in words, a line each kind."""


def make_walk(desk: Desk, stage: str, name: str, date: str = "") -> None:
    """Make the walk on the desk for a table of this name, unless it is there.

    `date` is that of its notes, as ISO, where they say one; else it is today. The import of a table
    of this name goes on behind it, or it is taken back with it.
    """
    walk = desk.walk_id
    if desk.store.get(Walk, walk):
        return
    today = desk.today()
    desk.save(
        stage,
        "walk made from a table",
        Walk(
            id=walk,
            walk=walk,
            title=Path(name).stem,
            date=date or today.isoformat(),
            keep_until=days_after(today, prepare.KEEP_DAYS).isoformat(),
            imported_from=name,
        ),
        Rules(id=rules_id(walk), walk=walk, open_roster=True),
        Focus(id=focus_id(walk), walk=walk),
        run=name,
    )


def make_unknown(desk: Desk, stage: str, names: Names, *, run: str) -> Ids:
    """Make the visits, look-fors and walkers that are not in the walk yet.

    An imported look-for never joins the confirmed ones. What is made is put in the order of its
    names, so that the same rows in another order make the same records. `run` is the table's name:
    its import goes on behind this.
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
            id=prepare.look_for_id(walk, short(name)),
            walk=walk,
            name=short(name),
            text=name if name != short(name) else "",
            place=last_look_for + place,
            imported=True,
        )

    def new_walker(label: str, _place: int) -> Walker:
        return Walker(id=derived("walker", walk, label), walk=walk, label=label)

    ids = Ids(
        visits=_named({one.code: one for one in visits}, names.visits, new_visit, made),
        look_fors=_named(known_look_fors(look_fors), names.look_fors, new_look_for, made),
        walkers=_named({one.label: one for one in desk.walkers()}, names.walkers, new_walker, made),
    )
    if made:
        desk.save(stage, "visits, look-fors and walkers of a table made", *made, run=run)
        ids.new = _new_in_words(made)
    return ids


def _new_in_words(made: Sequence[Record]) -> tuple[str, ...]:
    """“New in this walk: visit V7”: a form's own word for a classroom must not pass unseen."""
    kinds = (
        ("visit", "visits", "", [one.code for one in made if isinstance(one, Visit)]),
        (
            "look-for",
            "look-fors",
            ", marked as imported",
            [one.name for one in made if isinstance(one, LookFor)],
        ),
        ("walker", "walkers", "", [one.label for one in made if isinstance(one, Walker)]),
    )
    return tuple(
        f"New in this walk: {one if len(names) == 1 else many} {_listed(names)}{more}"
        for one, many, more, names in kinds
        if names
    )


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(one_line(name, LOOK_FOR_NAME_LONGEST) for name in names[:NAMED_MOST])
    rest = len(names) - NAMED_MOST
    return f"{shown} and {rest:,} more" if rest > 0 else shown


def known_look_fors(look_fors: Sequence[LookFor]) -> dict[str, LookFor]:
    """The look-fors of a walk by the name that a table gives them.

    A long name is known again by its text, which has it whole; forms offer the text, too.
    """
    by_text = {one.text: one for one in look_fors if one.text}
    by_name = {one.name: one for one in look_fors if not (one.imported and one.text)}
    return by_text | by_name


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


def short(name: str) -> str:
    """A look-for's name as long as a look-for's name may be.

    A longer one ends in a mark of the whole name, so that two never become one.
    """
    if len(name) <= LOOK_FOR_NAME_LONGEST:
        return name
    return f"{name[:21]}…{derived('look_for name', name)[:6]}"
