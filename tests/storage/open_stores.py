"""A store at a path, opened, looked into and held back from writing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.storage.laptops import START, WALK, note, walker
from walk.errors import StoreError
from walk.storage.store import By, Store

BY = By(WALK, walker("Ana"), START, 0)
PAIRS = note("pairs", "5 of 7 pairs pointed to the text")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "walk" / "my.walkdb"


def open_store(path: Path) -> Store:
    return Store.open(path, START)


def with_a_note(path: Path) -> None:
    store = open_store(path)
    store.save(BY, "write", "saved", [PAIRS])
    store.close()


def sees_only(error: StoreError, path: Path) -> None:
    """A person is told which file, and what to do; never what SQLite calls it."""
    assert str(path) in error.message
    assert error.mend.endswith(".")
    assert "sqlite" not in str(error).lower()
