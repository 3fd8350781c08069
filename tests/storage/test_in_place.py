"""A store that is moved, deleted or replaced while it is open: nothing goes where it is lost."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.storage import open_stores
from tests.storage.laptops import START, WALK, note
from tests.storage.open_stores import BY, PAIRS, open_store
from walk.errors import StoreError
from walk.storage import backup
from walk.storage.store import Draft, Store

path = open_stores.path
WAIT = note("wait", "5 s wait")
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="an open file stays there")

WRITERS: dict[str, Callable[[Store], object]] = {
    "save": lambda store: store.save(BY, "write", "saved", [WAIT]),
    "draft": lambda store: store.keep_draft(Draft("visit:1", WALK, "", "half a li", "", START)),
    "set": lambda store: store.set("place", ["home", "", ""]),
    "publish": lambda store: store.publish(BY, "shared", [PAIRS.id], everyone=True),
    "undo": lambda store: store.undo(BY, "write"),
    "erase": lambda store: store.erase_note(BY, "erased", PAIRS.id, None),
    "import": lambda store: list(store.add_all(BY, "import", "came in", [("", WAIT)])),
}


@pytest.fixture
def store(path: Path) -> Store:
    """An open store with two notes in it."""
    store = open_store(path)
    store.save(BY, "write", "saved", [PAIRS, note("own", "14 of 22 wrote")])
    return store


@pytest.mark.parametrize("write", WRITERS.values(), ids=WRITERS)
def test_a_store_that_was_moved_takes_nothing_until_it_is_back(
    path: Path, store: Store, write: Callable[[Store], object]
) -> None:
    before = store.snapshot()
    path.rename(path.with_name("moved"))
    with pytest.raises(StoreError, match="was moved, deleted or replaced"):
        write(store)
    assert store.snapshot() == before
    assert store.drafts() == []
    path.with_name("moved").rename(path)
    write(store)
    kept = (store.snapshot(), store.drafts(), store.setting("place", None))
    assert kept != (before, [], None)
    store.close()


def test_a_file_in_the_place_of_the_store_is_not_taken_for_it(path: Path, store: Store) -> None:
    """As a folder that is kept in step with a cloud does it: written under another name."""
    copy = path.with_name("older")
    shutil.copyfile(path, copy)
    os.replace(copy, path)
    with pytest.raises(StoreError, match="replaced"):
        store.save(BY, "write", "saved", [WAIT])
    store.close()


def test_a_backup_of_a_store_that_is_gone_says_that_it_is_gone(path: Path, store: Store) -> None:
    path.rename(path.with_name("moved"))
    with pytest.raises(StoreError, match="replaced"):
        backup.make(path, START, "daily")
    store.close()
