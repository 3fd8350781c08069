"""The store's schema as numbered steps, append-only: a released step is never edited."""

from __future__ import annotations

import json

from sqlite_utils import Database, Migrations

MIGRATIONS = Migrations("walk")


@MIGRATIONS(name="0001_journal_and_tables")
def journal_and_tables(db: Database) -> None:
    """The journal, the tables that show it, and what is local to this laptop."""
    for statement in _JOURNAL + _TABLES + _LOCAL:
        db.execute(statement)


@MIGRATIONS(name="0002_numbers_for_ids")
def numbers_for_ids(db: Database) -> None:
    """Ids get small numbers, the views are left to a rebuild, and what is forgotten has a place.

    The journal's rows keep their seq, and nothing that is hashed changes.
    """
    for statement in _NUMBERED + _VIEWS + _FORGOTTEN:
        db.execute(statement)
    row = db.execute("SELECT value FROM setting WHERE key = 'collects'").fetchone()
    for packs in json.loads(row[0]) if row else ():
        for pack in packs:
            db.execute("UPDATE pack SET collect = ? WHERE id = ?", (min(packs), pack))


@MIGRATIONS(name="0003_search")
def search(db: Database) -> None:
    """The index of words; it is filled when somebody searches."""
    for statement in _SEARCH:
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

_NUMBERED = (
    # Every id that a row of the journal or of its tables names. Number 0 stands for no id.
    "CREATE TABLE name(id INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE) STRICT",
    "INSERT INTO name VALUES (0, x'')",
    "INSERT INTO name(key) SELECT record FROM rev GROUP BY record ORDER BY min(seq)",
    "INSERT OR IGNORE INTO name(key) SELECT walk FROM rev UNION SELECT author FROM rev "
    "UNION SELECT device FROM rev UNION SELECT walk FROM pack_range "
    "UNION SELECT device FROM pack_range",
    # Undo finds the revisions of an act by the seqs between its first and its last.
    "ALTER TABLE act ADD COLUMN first INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE act ADD COLUMN last INTEGER NOT NULL DEFAULT 0",
    "UPDATE act SET first = found.first, last = found.last FROM "
    "(SELECT act, min(seq) AS first, max(seq) AS last FROM rev WHERE act IS NOT NULL GROUP BY act) "
    "AS found WHERE found.act = act.id",
    "ALTER TABLE rev RENAME TO older_rev",
    """CREATE TABLE rev(
        seq INTEGER PRIMARY KEY,
        rev_id BLOB NOT NULL,
        walk INTEGER NOT NULL,
        record INTEGER NOT NULL,
        kind TEXT NOT NULL,
        schema INTEGER NOT NULL,
        generation INTEGER NOT NULL,
        parents BLOB NOT NULL,
        author INTEGER NOT NULL,
        device INTEGER NOT NULL,
        number INTEGER,
        made_at INTEGER NOT NULL,
        zone INTEGER NOT NULL,
        team INTEGER NOT NULL,
        deleted INTEGER NOT NULL,
        act INTEGER,
        clone INTEGER NOT NULL DEFAULT 0,
        body TEXT NOT NULL
    ) STRICT""",
    "INSERT INTO rev SELECT seq, rev_id, w.id, r.id, kind, schema, generation, parents, a.id, "
    "d.id, number, made_at, zone, team, deleted, act, clone, body FROM older_rev AS old "
    "JOIN name AS w ON w.key = old.walk JOIN name AS r ON r.key = old.record "
    "JOIN name AS a ON a.key = old.author JOIN name AS d ON d.key = old.device ORDER BY seq",
    "DROP TABLE older_rev",
    "CREATE INDEX rev_record ON rev(record)",
    # What came by packs is found again by its published number, a clone's by its id.
    "CREATE INDEX rev_number ON rev(walk, device, number) WHERE number IS NOT NULL",
    "CREATE INDEX rev_clone ON rev(rev_id) WHERE clone = 1",
    "ALTER TABLE pack_range RENAME TO older_range",
    """CREATE TABLE pack_range(
        pack INTEGER NOT NULL,
        walk INTEGER NOT NULL,
        device INTEGER NOT NULL,
        first INTEGER NOT NULL,
        last INTEGER NOT NULL,
        PRIMARY KEY (pack, walk, device, first)
    ) STRICT, WITHOUT ROWID""",
    "INSERT INTO pack_range SELECT pack, w.id, d.id, first, last FROM older_range AS old "
    "JOIN name AS w ON w.key = old.walk JOIN name AS d ON d.key = old.device",
    "DROP TABLE older_range",
    # collect is the first pack of the same collect; held is how many revisions the pack held.
    "ALTER TABLE pack ADD COLUMN collect INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE pack ADD COLUMN held INTEGER NOT NULL DEFAULT 0",
    "UPDATE pack SET collect = id",
    "CREATE INDEX pack_sha256 ON pack(sha256)",
    # The journal with its ids as they are, for whoever asks for few rows.
    """CREATE VIEW revision AS
        SELECT seq, rev_id, w.key AS walk, r.key AS record, kind, schema, generation, parents,
            a.key AS author, d.key AS device, number, made_at, zone, team, deleted, act, clone, body
        FROM rev JOIN name AS r ON r.id = rev.record JOIN name AS w ON w.id = rev.walk
            JOIN name AS a ON a.id = rev.author JOIN name AS d ON d.id = rev.device""",
)

_VIEWS = (
    "DROP TABLE state",
    "DROP TABLE note",
    # shown, team, unshared: as before. look_for, visit and wondering say how a note of the pool
    # is counted; wondering is NULL for what is no note of the pool.
    """CREATE TABLE state(
        record INTEGER PRIMARY KEY,
        walk INTEGER NOT NULL,
        kind TEXT NOT NULL,
        parent INTEGER NOT NULL,
        shown INTEGER NOT NULL,
        deleted INTEGER NOT NULL,
        conflict INTEGER NOT NULL,
        team INTEGER,
        team_deleted INTEGER NOT NULL,
        unread INTEGER NOT NULL,
        unshared INTEGER NOT NULL,
        look_for INTEGER NOT NULL,
        visit INTEGER NOT NULL,
        wondering INTEGER
    ) STRICT""",
    "CREATE INDEX state_kind ON state(kind, walk, parent)",
    "CREATE INDEX state_note ON state(walk, look_for, wondering, visit) "
    "WHERE wondering IS NOT NULL",
    "CREATE INDEX state_odd ON state(walk) WHERE conflict = 1 OR unread = 1",
)

_FORGOTTEN = (
    # What was erased, or went with a walk, and never comes in again. Rows are only ever added.
    """CREATE TABLE forgotten(
        record BLOB PRIMARY KEY,
        walk BLOB NOT NULL,
        why TEXT NOT NULL
    ) STRICT, WITHOUT ROWID""",
    # kinds: a JSON list of the kinds of this walk's records that stay away; "*" is all of them.
    """CREATE TABLE purged(
        walk BLOB PRIMARY KEY,
        kinds TEXT NOT NULL,
        at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID""",
    # Published numbers that went with it, so that nobody is told that they are missing.
    """CREATE TABLE forgotten_number(
        walk BLOB NOT NULL,
        device BLOB NOT NULL,
        first INTEGER NOT NULL,
        last INTEGER NOT NULL,
        PRIMARY KEY (walk, device, first)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE receipt(
        id INTEGER PRIMARY KEY,
        walk BLOB NOT NULL,
        at INTEGER NOT NULL,
        kind TEXT NOT NULL,
        words TEXT NOT NULL
    ) STRICT""",
    # Work under way, which the next start takes back where it was cut off.
    """CREATE TABLE job(
        id INTEGER PRIMARY KEY,
        kind TEXT NOT NULL,
        walk BLOB NOT NULL,
        about TEXT NOT NULL,
        act INTEGER NOT NULL
    ) STRICT""",
)

_SEARCH = (
    # Words without the texts they stand in; a row's number is the seq of its entry in the journal.
    # It is handed words that are folded already, so nothing has to be told apart but spaces.
    "CREATE VIRTUAL TABLE search USING fts5(words, content='', columnsize=0, tokenize='ascii')",
    # Every word that is in it, so that a beginning can be spelled out.
    "CREATE TABLE searched_word(word TEXT PRIMARY KEY) STRICT, WITHOUT ROWID",
    # upto: the last entry that was looked at. turn: another one after each emptying.
    "CREATE TABLE searched(upto INTEGER NOT NULL, turn BLOB NOT NULL) STRICT",
    "INSERT INTO searched VALUES (0, randomblob(8))",
)
