"""A store that somebody made or changed by hand, opened by the commands that read it."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.hostile.runs import Runs
from tests.hostile.world import STORE

VALUES = (
    *("''", "'x'", "'{'", "'null'", "'[]'", "'{}'", "'1e999'", "'9'", "'\"x\"'", "'true'"),
    *("""'"' || char(27) || ']0;T"'""", "'[1e308, \"a\"]'", """'{"a": {"b": []}}'"""),
    *("cast(x'c0801b5b' AS TEXT)", "char(0) || 'a'", "-1", "9223372036854775807", "x'00ff'"),
    *("replace(hex(zeroblob(50000)), '0', '[')", "replace(hex(zeroblob(1000000)), '0', 'a')"),
    "'\"\\ud800\"'",
)
"""What is put in the place of every value of a column."""
ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT old.* FROM n, old"
BY_HAND = (
    "DROP TABLE search; CREATE TABLE search(words)",
    "ALTER TABLE pack RENAME TO old; CREATE VIEW pack AS " + ENDLESS,
    "ALTER TABLE setting RENAME TO old; CREATE VIEW setting AS SELECT * FROM old",
    "CREATE TRIGGER evil BEFORE INSERT ON act BEGIN SELECT RAISE(ABORT, 'no'); END",
    "CREATE TRIGGER evil AFTER INSERT ON act BEGIN DELETE FROM rev; DELETE FROM state; END",
    "UPDATE name SET id = 9223372036854775807 WHERE id = (SELECT min(record) FROM rev)",
    "UPDATE rev SET parents = rev_id",
    "UPDATE rev SET parents = zeroblob(3200)",
    "UPDATE rev SET made_at = 9223372036854775807, zone = -100000",
    "UPDATE device SET fingerprint = char(27) || ']0;T'",
    "PRAGMA user_version = 2147483647",
    "PRAGMA user_version = -1",
    "PRAGMA application_id = 1",
    "DELETE FROM rev",
    "DROP TABLE name",
)
COMMANDS = (
    *(["steps"], ["summary"], ["doctor"], ["note", "V1", "x", "--as", "me"], ["search", "seen"]),
    *(["history", "--all"], ["collect", "ana.walk"], ["share", "-o", "o.walk"], ["plan"]),
    *(["erase"], ["debrief-sheet"], ["import", "notes.csv", "--into", "0199"], ["backup"]),
    *(["history"], ["purge", "--receipts"], ["restore", "--list"], ["notice"], ["--plain"]),
)


def _every_column(store: Path) -> Iterator[str]:
    with closing(sqlite3.connect(store)) as conn:
        tables = conn.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'search%'"
        ).fetchall()
        for (table,) in tables:
            for column in conn.execute(f"PRAGMA table_info('{table}')").fetchall():
                for value in VALUES:
                    yield f'UPDATE OR REPLACE "{table}" SET "{column[1]}" = {value}'


def _changed(good: Path, store: Path, sql: str) -> bool:
    """Make the store anew and do it; False where SQLite itself does not let it happen."""
    for old in store.parent.glob(f"{store.name}*"):
        shutil.rmtree(old) if old.is_dir() else old.unlink()
    shutil.copy(good, store)
    with closing(sqlite3.connect(store, isolation_level=None)) as conn:
        try:
            conn.executescript(sql)
        except sqlite3.Error:
            return False
    return True


def _told(runs: Runs, good: Path, changes: list[str], many: int) -> None:
    """Try `many` commands on each changed store, others on each."""
    wrong, number = [], 0
    env = runs.environment(WALK_STORE=str(runs.folder / STORE))
    for sql in changes:
        if not _changed(good, runs.folder / STORE, sql):
            continue
        for _ in range(many):
            number += 1
            ran = runs.run(*COMMANDS[number % len(COMMANDS)], env=env)
            if found := ran.wrong():
                wrong.append(f"{sql[:200]}: {found}")
    assert number >= many
    assert not wrong, f"{len(wrong)} of {number}\n" + "\n\n".join(wrong[:5])


def test_a_store_changed_by_hand_is_used_or_refused(
    runs: Runs, fresh: Callable[[], list[str]], good_folder: Path
) -> None:
    fresh()
    _told(runs, good_folder / STORE, list(BY_HAND), 2)


def test_a_setting_that_somebody_else_wrote_is_passed_over(
    runs: Runs, fresh: Callable[[], list[str]], good_folder: Path
) -> None:
    fresh()
    changes = [f"UPDATE setting SET value = {value}" for value in VALUES]
    _told(runs, good_folder / STORE, changes, 1)


@pytest.mark.deep
def test_any_value_of_any_column_is_used_or_told(
    runs: Runs, fresh: Callable[[], list[str]], good_folder: Path
) -> None:
    fresh()
    _told(runs, good_folder / STORE, [*_every_column(good_folder / STORE), *BY_HAND], 3)
