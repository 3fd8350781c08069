"""Desks for tests: a store in a temporary folder, a clock that stands still, a walk on it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from walk.clock import FixedClock
from walk.focus import load_template
from walk.model import Form, Note, Visit
from walk.routine.desk import Desk
from walk.routine.planning import places, prepare
from walk.routine.start import open_desk
from walk.routine.visiting import visit, write


@contextmanager
def desk_at(path: Path, clock: FixedClock | None = None) -> Iterator[Desk]:
    """An open desk on a store file, by a clock that only the test moves."""
    with open_desk(path, clock=clock or FixedClock()) as desk:
        yield desk


def begin_small(desk: Desk, visits: int = 3, template: str = "press_for_evidence") -> str:
    """A small walk on a shipped focus, with one walker."""
    return prepare.begin(desk, prepare.SmallWalk.of_template(load_template(template), visits))


def the_visit(desk: Desk, code: str) -> Visit:
    """The visit of that code."""
    return next(one for one in prepare.visits(desk) if one.code == code)


def write_form(desk: Desk, code: str, *lines: str, minutes: int = 12) -> Form:
    """Enter a room, type lines, leave after some minutes and finish the form."""
    form = visit.enter(desk, the_visit(desk, code))
    for line in lines:
        visit.add_note(desk, form, line)
    assert isinstance(desk.clock, FixedClock)
    desk.clock.advance(minutes=minutes)
    form = visit.leave(desk, form)
    if not lines:
        form = write.describe(desk, form, nothing_seen=True)
    return write.finish(desk, form)


def place_of(desk: Desk, code: str) -> str:
    """Where a visit is, as kept on this laptop; empty where nothing is."""
    kept = places.entry_of(desk, code)
    return kept.place if kept else ""


def texts(desk: Desk) -> list[str]:
    """The texts of all notes of the walk's pool, sorted."""
    return sorted(one.record.text for one in desk.store.all(Note, desk.walk_id, pool=True))


def oddly_named(folder: Path, ending: str) -> Path:
    """A path in the folder with the oddest name that this system takes; no file is there."""
    for name in (f"a\x1b[31m\u202e\udcff{ending}", f"a\x1b[31m\u202e{ending}"):
        path = folder / name
        try:
            path.touch()
        except (OSError, UnicodeError):  # names are Unicode on some systems, and plain on others
            continue
        path.unlink()
        return path
    return folder / f"a\u202e{ending}"
