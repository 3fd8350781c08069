"""Windows, macOS and Linux, as far as a difference can be tried without the system itself.

What asks the system is given its name, or a stand-in for the module that only this system has.
"""

from __future__ import annotations

import errno
import os
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from walk import disk
from walk.errors import BusyStore, FullDisk, PackError, PlanError, ReadOnlyStore, StoreError
from walk.exchange import write
from walk.intake import whole_file
from walk.storage import copies, database, opening

ACCESS_DENIED, NOT_READY, SHARING, DISK_FULL, HANDLE_FULL = 5, 21, 32, 112, 39
UNPLUGGED, TOO_LONG, WRITE_PROTECTED, INVALID_NAME = 1167, 206, 19, 123


def windows_error(code: int, number: int = errno.EACCES) -> OSError:
    """What Python raises on Windows: an errno as Python takes it to be, and what Windows said."""
    error = OSError(number, "Windows said so")
    error.winerror = code  # type: ignore[attr-defined,unused-ignore]
    return error


# Names and paths ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        *("nul", "NUL.walk", "con", "Aux.txt", "COM1", "lpt9.walk", "com¹", "CONOUT$", "prn .md"),
        *("notes.", "notes ", "ana:b.walk", "what?.md", 'a"b', "a<b", "a|b", "tab\there", "x*"),
    ],
)
def test_names_that_windows_takes_for_something_else(name: str) -> None:
    assert not disk.fits_windows(name)
    with pytest.raises(OSError, match="no file of this name"):
        disk.check_name(PureWindowsPath("E:\\walks") / name, "win32")
    for system in ("linux", "darwin"):
        disk.check_name(PurePosixPath("/walks") / name, system)


@pytest.mark.parametrize(
    "name", ["walk-2025-10-14-ana.walk", "console.md", "com10.txt", ".hidden", "é ✓.walk", "a.b.c"]
)
def test_plain_names_are_files_everywhere(name: str) -> None:
    assert disk.fits_windows(name)
    disk.check_name(PureWindowsPath("C:\\Users\\Ana\\Documents") / name, "win32")
    disk.check_name(PureWindowsPath("..\\sticks") / name, "win32")
    disk.check_name(PureWindowsPath("\\\\server\\share\\walks") / name, "win32")


@given(st.text(alphabet=st.characters(exclude_characters="/\\\0"), min_size=1, max_size=12))
def test_a_name_that_fits_windows_is_one_part_of_a_path(name: str) -> None:
    if disk.fits_windows(name):
        assert PureWindowsPath("C:\\x", name).name in (name, "x")
        assert name.upper() not in ("CON", "NUL", "AUX", "PRN")


def test_a_whole_path_is_too_long_only_where_that_matters() -> None:
    long = PureWindowsPath("E:\\" + "\\".join(["a" * 60] * 5))
    assert disk.is_too_long(long, "win32")
    assert not disk.is_too_long(PurePosixPath("/" + "a" * 300), "linux")
    assert not disk.is_too_long(PureWindowsPath("\\\\?\\" + str(long)), "win32")
    assert not disk.is_too_long(PureWindowsPath("E:\\ana.walk"), "win32")


@pytest.mark.parametrize(
    ("path", "address"),
    [
        (PureWindowsPath("C:\\Users\\A B\\x.walkdb"), "///C:/Users/A%20B/x.walkdb"),
        (PureWindowsPath("\\\\srv\\share\\x#1.walkdb"), "////srv/share/x%231.walkdb"),
        (PurePosixPath("/media/ana/a?b.walkdb"), "///media/ana/a%3Fb.walkdb"),
    ],
)
def test_the_address_by_which_sqlite_opens_a_file(path: PurePath, address: str) -> None:
    assert disk.database_address(path) == f"file:{address}"


def test_such_an_address_opens_the_file(tmp_path: Path) -> None:
    odd = tmp_path / "a b#c?d%20.db"
    sqlite3.connect(odd).close()
    opened = sqlite3.connect(f"{disk.database_address(odd)}?mode=ro", uri=True)
    assert opened.execute("SELECT 1").fetchone() == (1,)
    opened.close()


# What Windows says, and what people are told -----------------------------------------------------


@pytest.mark.parametrize(
    ("code", "meant"),
    [
        (HANDLE_FULL, errno.ENOSPC),
        (DISK_FULL, errno.ENOSPC),
        (WRITE_PROTECTED, errno.EROFS),
        (NOT_READY, errno.ENODEV),
        (UNPLUGGED, errno.ENODEV),
        (SHARING, errno.EBUSY),
        (TOO_LONG, errno.ENAMETOOLONG),
        (INVALID_NAME, errno.EINVAL),
        (ACCESS_DENIED, errno.EACCES),
    ],
)
def test_what_windows_says_becomes_a_cause(code: int, meant: int) -> None:
    assert disk.cause(windows_error(code)) == meant


def test_elsewhere_the_cause_is_the_errno() -> None:
    assert disk.cause(OSError(errno.ENOSPC, "full")) == errno.ENOSPC
    assert disk.cause(OSError("odd")) == 0


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (windows_error(HANDLE_FULL, errno.EINVAL), FullDisk),
        (windows_error(SHARING), BusyStore),
        (windows_error(ACCESS_DENIED), ReadOnlyStore),
        (windows_error(WRITE_PROTECTED), ReadOnlyStore),
        (OSError(errno.EROFS, "Read-only file system"), ReadOnlyStore),
        (OSError(errno.EDQUOT, "Quota exceeded"), FullDisk),
        (windows_error(UNPLUGGED, errno.EINVAL), StoreError),
    ],
)
def test_a_store_that_cannot_be_used_says_why(error: OSError, told: type[StoreError]) -> None:
    with pytest.raises(StoreError) as caught, database.told(Path("x.walkdb")):
        raise error
    assert type(caught.value) is told
    assert caught.value.mend


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (windows_error(UNPLUGGED, errno.EINVAL), "is not there"),
        (windows_error(NOT_READY), "is not there"),
        (windows_error(WRITE_PROTECTED), "read-only or in use"),
        (windows_error(SHARING), "read-only or in use"),
        (windows_error(HANDLE_FULL, errno.EINVAL), "no room left"),
    ],
)
def test_a_pack_that_cannot_be_written_says_why(error: OSError, words: str) -> None:
    with pytest.raises(PackError, match=words), write._explained(Path("ana.walk")):
        raise error


def test_a_report_that_word_has_open_says_so(tmp_path: Path, windows_holds: list[str]) -> None:
    target = tmp_path / "summary.docx"
    target.write_bytes(b"old")
    windows_holds += ["always"]
    with pytest.raises(PlanError, match="another program has it open"):
        whole_file.write_whole(target, b"new", before=b"old")
    assert [one.name for one in tmp_path.iterdir()] == ["summary.docx"]
    assert target.read_bytes() == b"old"


@pytest.mark.parametrize(("before", "told"), [(None, False), (b"old", True)])
def test_only_a_file_that_was_there_is_said_to_stand(
    tmp_path: Path, windows_holds: list[str], before: bytes | None, told: bool
) -> None:
    target = tmp_path / "plan.toml"
    if before is not None:
        target.write_bytes(before)
    windows_holds += ["always"]
    with pytest.raises(PlanError) as refused:
        whole_file.write_whole(target, b"new", before=before)
    assert ("still stands" in refused.value.mend) is told
    assert target.exists() is told


# Replacing, deleting, forcing to the disk --------------------------------------------------------


@pytest.fixture
def windows_holds(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Another program holds files, as on Windows: an entry is a time, "always" stays."""
    held: list[str] = []
    real = os.replace

    def replace(source: Any, target: Any) -> None:
        if held and (held[0] == "always" or held.pop()):
            raise windows_refused(SHARING)
        real(source, target)

    monkeypatch.setattr(os, "replace", replace)
    monkeypatch.setattr(disk, "time", SimpleNamespace(sleep=lambda _: None))
    return held


def windows_refused(code: int) -> PermissionError:
    """A refusal as Windows gives it."""
    error = PermissionError(errno.EACCES, "Windows said so")
    error.winerror = code  # type: ignore[attr-defined,unused-ignore]
    return error


def test_a_file_that_a_virus_scanner_holds_is_waited_for(
    tmp_path: Path, windows_holds: list[str]
) -> None:
    source, target = tmp_path / "new", tmp_path / "old"
    source.write_bytes(b"new")
    target.write_bytes(b"old")
    windows_holds += ["once", "twice", "three times"]
    disk.replace(source, target)
    assert target.read_bytes() == b"new"
    assert windows_holds == []


def test_what_is_held_for_good_is_told_in_the_end(tmp_path: Path, windows_holds: list[str]) -> None:
    source = tmp_path / "new"
    source.write_bytes(b"new")
    windows_holds += ["always"]
    with pytest.raises(PermissionError):
        disk.replace(source, tmp_path / "old")


def test_a_refusal_for_another_reason_is_told_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Path] = []

    def refuse(path: Path, missing_ok: bool = False) -> None:
        asked.append(path)
        raise PermissionError(errno.EACCES, "no")

    monkeypatch.setattr(Path, "unlink", refuse)
    with pytest.raises(PermissionError):
        disk.remove(tmp_path / "x")
    assert len(asked) == 1


def test_deleting_what_is_not_there_is_no_matter(tmp_path: Path) -> None:
    disk.remove(tmp_path / "gone")


def _a_mac(monkeypatch: pytest.MonkeyPatch, answer: Callable[[], None]) -> list[str]:
    """A Mac's fcntl; what was asked of the system, in order."""
    asked: list[str] = []
    stand_in = ModuleType("fcntl")

    def fcntl(_handle: int, request: int) -> int:
        asked.append(f"fcntl {request}")
        answer()
        return 0

    stand_in.F_FULLFSYNC = 51  # type: ignore[attr-defined]
    stand_in.fcntl = fcntl  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "fcntl", stand_in)
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(os, "fsync", lambda _: asked.append("fsync"))
    return asked


def test_a_mac_empties_the_drives_own_memory_too(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = _a_mac(monkeypatch, lambda: None)
    disk.sync_file(1, "darwin")
    assert asked == ["fcntl 51"]


def test_a_disk_that_does_not_know_it_is_asked_as_usual(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise OSError(errno.ENOTSUP, "no")

    asked = _a_mac(monkeypatch, refuse)
    disk.sync_file(1, "darwin")
    assert asked == ["fcntl 51", "fsync"]


def test_a_fault_of_the_disk_is_not_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise OSError(errno.EIO, "I/O error")

    _a_mac(monkeypatch, fail)
    with pytest.raises(OSError, match="I/O error"):
        disk.sync_file(1, "darwin")


@pytest.mark.parametrize("number", [errno.EACCES, errno.EINVAL, errno.EISDIR])
def test_a_folder_that_cannot_be_forced_is_none_of_our_matter(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Windows (no folder is opened there) and on disks in between, as on Chromebooks."""

    def refuse(*_: object) -> int:
        raise OSError(number, "not here")

    monkeypatch.setattr(disk, "sync_file", refuse)
    assert not disk.sync_folder(tmp_path)
    copies.sync(tmp_path)
    monkeypatch.setattr(os, "open", refuse)
    assert not disk.sync_folder(tmp_path)


def test_a_folder_on_a_broken_disk_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: int) -> None:
        raise OSError(errno.EIO, "I/O error")

    monkeypatch.setattr(disk, "sync_file", fail)
    with pytest.raises(OSError, match="I/O error"):
        disk.sync_folder(tmp_path)


def test_a_new_store_comes_to_a_disk_without_hard_links(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sticks are mostly FAT or exFAT, which know none."""

    def refuse(*_: object) -> None:
        raise windows_error(1, errno.EINVAL)

    monkeypatch.setattr(os, "link", refuse)
    store = tmp_path / "walk.walkdb"
    opening.connect(store).close()
    assert [one.name for one in tmp_path.iterdir()] == [store.name]
