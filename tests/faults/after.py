"""What has to hold of a store after whatever happened to it; looked at as the next start would."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.desks import desk_at
from walk.clock import FixedClock
from walk.routine.desk import Desk
from walk.routine.keeping import purge
from walk.storage import backup, restore


def entries(path: Path) -> set[bytes]:
    """The ids of all revisions in a store; none where there is no store."""
    if not path.exists():
        return set()
    with closing(sqlite3.connect(path)) as conn:
        return {bytes(row[0]) for row in conn.execute("SELECT rev_id FROM rev")}


def gone_on_purpose(path: Path, before: set[bytes]) -> bool:
    """Whether somebody erased or purged, after which entries may be fewer."""
    with closing(sqlite3.connect(path)) as conn:
        return bool(conn.execute("SELECT 1 FROM forgotten LIMIT 1").fetchone())


def adds_up(desk: Desk) -> None:
    """Every page and hash is right, the tables say what the journal says, no number is missing."""
    assert desk.store.check() == []
    tables = desk.store.snapshot()
    desk.store.rebuild()
    assert desk.store.snapshot() == tables, "the tables say what the journal says"
    for walk in desk.store.walks():
        assert desk.store.missing_numbers(walk) == {}


def look_after(path: Path, had: set[bytes]) -> None:
    """Start anew after a kill: all adds up, what was there is there, nothing is left half done.

    `had` are the entries from before, which stay unless somebody erased or purged.
    """
    assert not restore.damage(path)
    with desk_at(path, FixedClock()) as desk:
        desk.arrive()
        purge.finish(desk)
        adds_up(desk)
        assert desk.store.jobs() == [], "what a kill left is finished"
        assert not desk.store.take_back_unfinished(), "or taken back"
    lost = had - entries(path)
    assert not lost or gone_on_purpose(path, had), f"{len(lost)} entries are gone"
    for one in backup.kept(path):
        backup.check(one.path)
