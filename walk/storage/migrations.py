"""The store's schema as numbered steps, append-only: a released step is never edited."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

MIGRATIONS = Migrations("walk")


@MIGRATIONS(name="0001_journal_and_tables")
def journal_and_tables(db: Database) -> None:
    """The journal, the tables that show it, and what is local to this laptop."""
    for statement in _JOURNAL + _TABLES + _LOCAL:
        db.execute(statement)


_JOURNAL = (
    # The truth. seq is the order of arrival here and never leaves this file.
    # act is the act of a person that wrote it here; NULL for what was collected.
    # clone marks a second revision under a published number that was taken (a cloned laptop).
    """CREATE TABLE rev(
        seq INTEGER PRIMARY KEY,
        rev_id BLOB NOT NULL UNIQUE,
        walk BLOB NOT NULL,
        record BLOB NOT NULL,
        kind TEXT NOT NULL,
        schema INTEGER NOT NULL,
        generation INTEGER NOT NULL,
        parents BLOB NOT NULL,
        author BLOB NOT NULL,
        device BLOB NOT NULL,
        number INTEGER,
        made_at INTEGER NOT NULL,
        zone INTEGER NOT NULL,
        team INTEGER NOT NULL,
        deleted INTEGER NOT NULL,
        act INTEGER,
        clone INTEGER NOT NULL DEFAULT 0,
        body TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX rev_record ON rev(record)",
    "CREATE INDEX rev_number ON rev(walk, device, number) WHERE number IS NOT NULL",
    "CREATE INDEX rev_act ON rev(act) WHERE act IS NOT NULL",
)

_TABLES = (
    # Views of the journal: dropped and made again by a rebuild, never migrated.
    # shown is what this laptop shows; team is the published state, NULL where there is none.
    # unshared: there is a wording that publishing would give to the team.
    """CREATE TABLE state(
        record BLOB PRIMARY KEY,
        walk BLOB NOT NULL,
        kind TEXT NOT NULL,
        parent BLOB NOT NULL,
        shown INTEGER NOT NULL,
        deleted INTEGER NOT NULL,
        conflict INTEGER NOT NULL,
        team INTEGER,
        team_deleted INTEGER NOT NULL DEFAULT 0,
        unread INTEGER NOT NULL DEFAULT 0,
        unshared INTEGER NOT NULL DEFAULT 0
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX state_kind ON state(walk, kind, parent)",
    # The notes of the pool: the published wording, or this laptop's own where none is published.
    """CREATE TABLE note(
        record BLOB PRIMARY KEY,
        walk BLOB NOT NULL,
        visit BLOB NOT NULL,
        look_for BLOB NOT NULL,
        wondering INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX note_look_for ON note(walk, look_for, wondering, visit)",
)

_LOCAL = (
    # What a person did here, the unit of undo. barrier: undo does not cross it.
    """CREATE TABLE act(
        id INTEGER PRIMARY KEY,
        walk BLOB NOT NULL,
        author BLOB NOT NULL,
        stage TEXT NOT NULL,
        words TEXT NOT NULL,
        at INTEGER NOT NULL,
        status TEXT NOT NULL CHECK (status IN ('done', 'undone', 'lost', 'barrier', 'step'))
    ) STRICT""",
    "CREATE INDEX act_stack ON act(walk, author, stage, status)",
    # Every pack that was read, with the published numbers it held, so that it can be undone.
    """CREATE TABLE pack(
        id INTEGER PRIMARY KEY,
        sha256 BLOB NOT NULL,
        file TEXT NOT NULL,
        walk BLOB NOT NULL,
        walker TEXT NOT NULL,
        read_at INTEGER NOT NULL,
        status TEXT NOT NULL CHECK (status IN ('unfinished', 'finished', 'undone')),
        receipt TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE pack_range(
        pack INTEGER NOT NULL,
        walk BLOB NOT NULL,
        device BLOB NOT NULL,
        first INTEGER NOT NULL,
        last INTEGER NOT NULL,
        PRIMARY KEY (pack, walk, device, first)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE pack_clone(
        pack INTEGER NOT NULL,
        rev_id BLOB NOT NULL,
        PRIMARY KEY (pack, rev_id)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE published(
        walk BLOB NOT NULL,
        device BLOB NOT NULL,
        last INTEGER NOT NULL,
        PRIMARY KEY (walk, device)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE device(
        id BLOB PRIMARY KEY,
        fingerprint TEXT NOT NULL,
        since INTEGER NOT NULL
    ) STRICT""",
    """CREATE TABLE draft(
        place TEXT PRIMARY KEY,
        walk BLOB NOT NULL,
        author BLOB NOT NULL,
        text TEXT NOT NULL,
        extra TEXT NOT NULL,
        saved_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE setting(
        key TEXT PRIMARY KEY,
        value TEXT NOT NULL
    ) STRICT, WITHOUT ROWID""",
)
