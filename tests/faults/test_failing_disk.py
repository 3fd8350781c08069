"""A disk that fails or is full, as the system says: told with the mend, nothing half or double."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from tests.faults.failing import write_on
from tests.storage.laptops import START, WALK
from walk.model import Note
from walk.storage.store import Store

pytestmark = pytest.mark.faults


def found(path: Path) -> Counter[str]:
    """What is there afterwards, on a sound disk."""
    with closing(Store.open(path, START)) as store:
        assert store.check() == []
        return Counter(one.record.text.split()[0] for one in store.all(Note, WALK))


@pytest.mark.parametrize("when", ["30..400+7", pytest.param("31..400+5", marks=pytest.mark.deep)])
def test_a_sync_that_fails_now_and_then_is_told_and_a_retry_never_doubles(
    tmp_path: Path, when: str
) -> None:
    path = tmp_path / "own.walkdb"
    wrote = write_on(path, "fdatasync", f"error=EIO:when={when}")
    assert len(wrote.saved) == 60
    ((kind, cause, mend),) = wrote.told
    assert kind == "StoreError"
    assert "its disk reports an error" in cause
    assert "try again" in mend
    assert found(path) == Counter(wrote.saved)


def test_a_disk_that_is_full_from_some_moment_on_takes_no_half(tmp_path: Path) -> None:
    path = tmp_path / "own.walkdb"
    wrote = write_on(path, "pwrite64", "error=ENOSPC:when=420+")
    assert 3 < len(wrote.saved) < 60
    assert {kind for kind, _, _ in wrote.told} == {"FullDisk"}
    assert all("Free some room" in mend for _, _, mend in wrote.told)
    assert found(path) == Counter(wrote.saved)


def test_a_disk_that_gives_out_reads_too_is_told(tmp_path: Path) -> None:
    path = tmp_path / "own.walkdb"
    wrote = write_on(path, "pwrite64,pread64", "error=EIO:when=500+")
    assert wrote.saved
    assert wrote.told
    assert all("disk" in cause and mend for _, cause, mend in wrote.told)
    assert found(path) == Counter(wrote.saved)
