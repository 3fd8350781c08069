"""A store that is backed up: notes in it, damage to it, what lies beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.storage.laptops import START, WALK, note, walker
from walk.model import Note
from walk.storage import backup
from walk.storage.backup import DAY_MS
from walk.storage.store import By, Store

DAY = DAY_MS
LATER = START + DAY
BY = By(WALK, walker("Ana"), START, 0)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "walk" / "my.walkdb"


def save(path: Path, *texts: str) -> None:
    store = Store.open(path, START)
    store.save(BY, "write", "saved", [note(one, one) for one in texts])
    store.close()


def said(path: Path) -> set[str]:
    store = Store.open(path, START)
    try:
        assert store.check() == []
        return {one.record.text for one in store.all(Note, WALK)}
    finally:
        store.close()


def break_record(path: Path, text: str) -> None:
    """Change one letter of a note's words in the file, as a bad disk would."""
    content = bytearray(path.read_bytes())
    place = content.find(text.encode())
    assert place > 0
    content[place] ^= 1
    path.write_bytes(content)


def names(path: Path) -> list[str]:
    return [one.path.name for one in backup.kept(path)]
