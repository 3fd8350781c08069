"""Who has a store open: slots, being alone, what a crash leaves; and folders kept in step."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from walk.errors import BusyStore
from walk.storage import presence
from walk.storage.presence import Presence, alone, slots
from walk.storage.synced import service_of, synced


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "my.walkdb"


_CLAIM = """
import sys
from pathlib import Path
from walk.storage.presence import Presence
presence = Presence(Path(sys.argv[1]))
print(presence.claim(), flush=True)
sys.stdin.readline()
presence.leave()
"""


@contextmanager
def another(store: Path) -> Iterator[subprocess.Popen[str]]:
    """Another program that has the store open."""
    process = subprocess.Popen(
        [sys.executable, "-c", _CLAIM, str(store)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    process.first = process.stdout.readline().strip()  # type: ignore[attr-defined]
    try:
        yield process
    finally:
        process.communicate("\n", timeout=60)


def names(store: Path) -> list[str]:
    return sorted(one.name for one in store.parent.iterdir())


def test_the_first_is_alone_and_the_second_is_told(store: Path) -> None:
    first = Presence(store)
    assert first.claim() is True
    with another(store) as second:
        assert second.first == "False"  # type: ignore[attr-defined]
        assert first.is_alone() is False
    assert first.is_alone() is True
    first.leave()
    assert names(store) == [], "nothing is left behind"


def test_a_third_is_not_alone_though_the_first_has_gone(store: Path) -> None:
    """The second still runs: what it collects must not be taken back under it."""
    first = Presence(store)
    first.claim()
    with another(store):
        first.leave()
        third = Presence(store)
        assert third.claim() is False
        third.leave()


def test_a_killed_program_is_nobody_and_is_noticed(store: Path) -> None:
    with another(store) as killed:
        killed.kill()
        killed.wait()
        found = Presence(store)
        assert found.claim() is True
        assert found.after_a_crash
        found.leave()
    assert names(store) == []


def test_after_a_clean_end_nothing_is_noticed(store: Path) -> None:
    for _ in range(2):
        found = Presence(store)
        found.claim()
        assert not found.after_a_crash
        found.leave()


def test_alone_is_refused_while_another_has_it_open(store: Path) -> None:
    own = Presence(store)
    own.claim()
    with another(store):
        with pytest.raises(BusyStore) as error, alone(store):
            pass
        assert error.value.message == "Another walk has this store open."
        assert error.value.mend == "Close it, then try again."
    with alone(store):
        assert len(names(store)) == presence.SLOTS
    own.leave()
    assert names(store) == []


def test_one_that_starts_meanwhile_is_told(store: Path) -> None:
    with alone(store):
        done = subprocess.run(
            [sys.executable, "-c", _CLAIM, str(store)], input="\n", capture_output=True, text=True
        )
        assert "BusyStore: Another walk brings a backup back" in done.stderr
        with pytest.raises(BusyStore):
            Presence(store).claim()
    with another(store) as later:
        assert later.first == "True"  # type: ignore[attr-defined]


def test_a_patient_one_waits_until_it_is_over(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    taken, let_go = threading.Event(), threading.Event()

    def work() -> None:
        with alone(store):
            taken.set()
            assert let_go.wait(10)

    thread = threading.Thread(target=work)

    def meanwhile(_seconds: float) -> None:
        let_go.set()
        thread.join()

    thread.start()
    assert taken.wait(10)
    found = Presence(store)
    # Only where it was in vain it waits, and meanwhile the other one ends.
    monkeypatch.setattr(time, "sleep", meanwhile)
    assert found.claim(patience_s=10) is True
    assert let_go.is_set()
    found.leave()


def test_two_such_works_of_one_program_do_not_meet(store: Path) -> None:
    own = Presence(store)
    own.claim()
    refused: list[str] = []

    def work() -> None:
        try:
            with alone(store):
                refused.append("no")
        except BusyStore:
            refused.append("yes")

    with alone(store):
        with alone(store):
            pass  # the same work may ask again, as a restore does that migrates
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
    assert refused == ["yes"]
    own.leave()


def test_many_may_have_it_open(store: Path) -> None:
    found = [Presence(store) for _ in range(presence.SLOTS)]
    alone_at_first = [one.claim() for one in found]
    assert alone_at_first == [True, *[False] * (presence.SLOTS - 1)]
    with pytest.raises(BusyStore):
        Presence(store).claim()
    for one in found:
        one.leave()
    assert names(store) == []
    assert slots(store)[0].name == "my.walkdb.open"


def test_a_disk_without_locks_lets_walk_run_but_nothing_great(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(_: Path) -> None:
        raise OSError(38, "Function not implemented")

    monkeypatch.setattr(presence, "lock", none)
    assert Presence(store).claim() is False
    with pytest.raises(BusyStore, match="cannot say"), alone(store):
        pass


# Folders that are kept in step


@pytest.mark.parametrize(
    ("folder", "service"),
    [
        (PureWindowsPath(r"C:\Users\ana\OneDrive - Lincoln School\walk"), "OneDrive"),
        (PureWindowsPath(r"C:\Users\ana\OneDrive\Documents"), "OneDrive"),
        (PureWindowsPath(r"G:\My Drive\walk"), "Google Drive"),
        (PureWindowsPath(r"C:\Users\ana\iCloudDrive\walk"), "iCloud"),
        (PurePosixPath("/home/ana/Dropbox/walk"), "Dropbox"),
        (PurePosixPath("/home/ana/dropbox (Personal)"), "Dropbox"),
        (PurePosixPath("/home/ana/Nextcloud/walk"), "Nextcloud"),
        (PurePosixPath("/home/ana/ownCloud"), "ownCloud"),
        (
            PurePosixPath("/Users/ana/Library/CloudStorage/GoogleDrive-a@b.org/My Drive"),
            "Google Drive",
        ),
        (PurePosixPath("/Users/ana/Library/CloudStorage/Other"), "a cloud"),
        (PurePosixPath("/Users/ana/Library/Mobile Documents/com~apple~CloudDocs"), "iCloud"),
        (PurePosixPath("/home/ana/Syncthing/walk"), "Syncthing"),
        (PurePosixPath("/home/ana/.local/share/walk"), ""),
        (PurePosixPath("/home/ana/dropboxes/onedriver/walk"), ""),
        (PureWindowsPath(r"C:\Users\ana\AppData\Local\walk"), ""),
    ],
)
def test_a_synced_folder_is_known_by_its_name(folder: PurePosixPath, service: str) -> None:
    assert synced(folder, lambda _: False) == service


@pytest.mark.parametrize(
    ("mark", "service"),
    [
        (".stfolder", "Syncthing"),
        (".dropbox.cache", "Dropbox"),
        (".sync/ID", "Resilio Sync"),
        (".nextcloudsync.log", "Nextcloud"),
    ],
)
def test_a_synced_folder_is_known_by_what_lies_in_it(
    tmp_path: Path, mark: str, service: str
) -> None:
    below = tmp_path / "school" / "walk"
    below.mkdir(parents=True)
    assert service_of(below / "my.walkdb") == ""
    there = tmp_path / "school" / mark
    there.parent.mkdir(exist_ok=True)
    there.touch()
    assert service_of(below / "my.walkdb") == service


def test_a_link_into_a_synced_folder_is_followed(tmp_path: Path) -> None:
    real = tmp_path / "Nextcloud" / "walk"
    real.mkdir(parents=True)
    link = tmp_path / "data"
    link.symlink_to(real, target_is_directory=True)
    assert service_of(link / "my.walkdb") == "Nextcloud"
