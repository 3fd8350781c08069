"""Reading the open store's own file gives up no lock of it: what is saved after that stays."""

from __future__ import annotations

import errno
import subprocess
import sys
from pathlib import Path

import pytest

from tests.storage.laptops import START, WALK, Laptop, note
from walk import disk
from walk.disk import open_plain
from walk.errors import PackError
from walk.exchange.read import read_pack
from walk.storage import backup, cleaning, copies, purging
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


def test_no_power_cut_brings_back_what_an_erase_replaced_or_deleted(
    ana: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A new name, or none, lies on the disk before the erase is told to be done."""
    gone = note("gone", "S1 points to line 4")
    ana.save(gone)
    folder = backup.make(ana.path, START, "daily").parent
    (folder / "odd.walkdb").write_bytes(b"not to be read")
    ana.path.with_name(f"{ana.path.name}-damaged-2025").write_bytes(b"not to be read")
    unsynced: set[Path] = set()

    def replaces(source: Path, target: Path) -> None:
        disk.replace(source, target)
        unsynced.add(target.parent)

    def removes(path: Path) -> None:
        disk.remove(path)
        unsynced.add(path.parent)

    def is_searched(
        path: Path, gone: purging.Gone, traces: Traces, *, live: bool
    ) -> tuple[int, int]:
        assert not unsynced
        return searched(path, gone, traces, live=live)

    searched = cleaning._search
    monkeypatch.setattr(cleaning, "replace", replaces)
    monkeypatch.setattr(copies, "remove", removes)
    monkeypatch.setattr(copies, "sync", lambda path: unsynced.discard(path))
    monkeypatch.setattr(cleaning, "_search", is_searched)
    job = Job(0, "erase", WALK, {"note": gone.id})
    done = cleaning.clean(ana.store, job, Traces(), lambda _: None)
    assert {told for _, told in done.files} == {cleaning.CLEANED, cleaning.DELETED}


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
