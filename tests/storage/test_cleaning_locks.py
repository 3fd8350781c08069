"""Reading the open store's own file gives up no lock of it: what is saved after that stays."""

from __future__ import annotations

import errno
import subprocess
import sys
from pathlib import Path

import pytest

from tests.storage.laptops import START, WALK, Laptop, note
from walk.disk import open_plain
from walk.errors import PackError
from walk.exchange.read import read_pack
from walk.storage import cleaning
from walk.storage.forgetting import Job
from walk.storage.traces import Traces

ANOTHER_WALK = """
import sys
from pathlib import Path
from walk.storage.store import Store
Store.open(Path(sys.argv[1]), int(sys.argv[2])).close()
"""


def another_comes_and_goes(path: Path) -> None:
    command = [sys.executable, "-c", ANOTHER_WALK, str(path), str(START)]
    subprocess.run(command, check=True, timeout=60)


def test_the_log_stays_when_another_walk_ends_after_an_erase(ana: Laptop) -> None:
    """Whoever closes a store last takes its log away: it must not believe to be the last."""
    gone = note("gone", "S1 points to line 4")
    ana.save(gone)
    log = Path(f"{ana.path}-wal")
    job = Job(0, "erase", WALK, {"note": gone.id})
    cleaning.clean(ana.store, job, Traces(), lambda _: None)
    ana.save(note("before", "S2 points to line 5"))
    another_comes_and_goes(ana.path)
    assert log.exists()
    ana.save(note("after", "S3 asks why"))
    assert log.stat().st_size > 0


@pytest.mark.parametrize("which", ["", "-shm", "a link"])
def test_the_open_store_is_not_read_as_somebodys_file(ana: Laptop, which: str) -> None:
    """Such as named by mistake as a table to import, or a pack to collect."""
    ana.save(note("before", "S2 points to line 5"))
    named = Path(f"{ana.path}{which}") if which != "a link" else ana.path.with_name("link.walk")
    if which == "a link":
        named.symlink_to(ana.path)
    with pytest.raises(OSError, match="walk has it open") as told:
        open_plain(named)
    assert told.value.errno == errno.EBUSY
    with pytest.raises(PackError, match="is the store that is open"):
        read_pack(named)
    another_comes_and_goes(ana.path)
    assert Path(f"{ana.path}-wal").exists()
    ana.store.close()
    with open_plain(ana.path) as file:
        assert file.read(6) == b"SQLite"
