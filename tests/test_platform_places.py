"""Locks, drives, consoles and places on Windows, macOS and Linux, tried without the system itself.

What asks the system is given its name, or a stand-in for the module that only this system has.
"""

from __future__ import annotations

import ctypes
import errno
import os
import re
import sys
from pathlib import Path, PureWindowsPath
from types import ModuleType, SimpleNamespace
from typing import Any

import click
import pytest
from click.testing import CliRunner

from tests import conftest
from walk import disk, paths
from walk.commands.desk import say_page
from walk.errors import StoreError
from walk.exchange import locked
from walk.exchange.age_process import ALONE
from walk.plain import terminal
from walk.routine.folders import Machine, other_drives, spots, sticks
from walk.routine.keeping import lies_on
from walk.storage import device, locks

# Locks -------------------------------------------------------------------------------------------


@pytest.fixture
def windows_locks(monkeypatch: pytest.MonkeyPatch) -> dict[int, int]:
    """Windows' byte locks in place of this system's: inode to the handle that holds it."""
    held: dict[int, int] = {}

    def locking(handle: int, mode: int, count: int) -> None:
        assert (mode, count) == (2, 1)
        inode = os.fstat(handle).st_ino
        if held.setdefault(inode, handle) != handle:
            raise PermissionError(errno.EACCES, "Permission denied")

    stand_in = ModuleType("msvcrt")
    stand_in.LK_NBLCK = 2  # type: ignore[attr-defined]
    stand_in.locking = locking  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "msvcrt", stand_in)
    monkeypatch.setattr(sys, "platform", "win32")
    return held


def test_on_windows_one_program_holds_a_lock(tmp_path: Path, windows_locks: dict[int, int]) -> None:
    path = tmp_path / "x.open"
    first = locks.lock(path)
    assert first is not None
    assert locks.lock(path) is None
    windows_locks.clear()  # closing a handle frees it there
    first.free()
    assert not path.exists()
    again = locks.lock(path)
    assert again is not None
    again.free()


def test_on_windows_a_lock_that_goes_at_this_moment_is_held(
    tmp_path: Path, windows_locks: dict[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x.open"
    path.touch()

    def refuse(*_: object) -> int:
        raise PermissionError(errno.EACCES, "delete pending")

    monkeypatch.setattr(os, "open", refuse)
    assert locks.lock(path) is None
    path.unlink()
    with pytest.raises(PermissionError):
        locks.lock(path)


# Drives and sticks -------------------------------------------------------------------------------

_DRIVES = [("C:\\", 3), ("D:\\", 5), ("E:\\", 2), ("F:\\", 3), ("H:\\", 4)]


def _windows() -> Machine:
    home = [("Documents", Path("C:\\Users\\Ana\\Documents"))]
    return Machine("win32", lambda: "", lambda _: [], lambda: list(_DRIVES), lambda: list(home))


def test_on_windows_a_large_stick_that_calls_itself_a_disk_is_offered() -> None:
    """Not the disk on which one is at home, nor what lies in the net."""
    assert sticks(_windows()) == [Path("E:\\")]
    assert other_drives(_windows()) == [Path("F:\\")]


def test_a_chromebook_offers_the_sticks_that_are_shared_with_its_linux(tmp_path: Path) -> None:
    shared = {Path("/mnt/chromeos/removable"): [tmp_path / "USB Drive"]}
    (tmp_path / "USB Drive").mkdir()
    mounts = "9p /mnt/chromeos 9p rw,trans=fd 0 0\n/dev/vdb / btrfs rw 0 0\n"
    machine = Machine("linux", lambda: mounts, lambda at: shared.get(at, []), list, list)
    assert [(one.name, one.kind) for one in spots([], machine)] == [("USB Drive", "stick")]


@pytest.mark.parametrize(
    ("store", "word"),
    [
        ("/home/ana/.local/share/walk/walk.walkdb", ""),
        ("/media/ana/STICK/walk/walk-data/walk.walkdb", "on a stick"),
        ("/home/ana/school/walk.walkdb", "another machine"),
        ("/home/ana/school/here/walk.walkdb", ""),
        ("/mnt/c/Users/ana/walk.walkdb", "another machine"),
    ],
)
def test_on_linux_a_store_in_an_unlucky_place_is_told(store: str, word: str) -> None:
    mounts = (
        "/dev/a / ext4 rw 0 0\n/dev/b /media/ana/STICK exfat rw 0 0\nC: /mnt/c 9p rw 0 0\n"
        "srv:/x /home/ana/school nfs4 rw 0 0\n/dev/c /home/ana/school/here ext4 rw 0 0\n"
    )
    told = lies_on.careful(Path(store), Machine("linux", lambda: mounts, lambda _: [], list, list))
    assert word in told
    assert bool(told) == bool(word)


@pytest.mark.parametrize(
    ("store", "far"),
    [
        ("C:\\Users\\Ana\\AppData\\Local\\walk\\walk.walkdb", False),
        ("H:\\walk.walkdb", True),
        ("h:\\walk.walkdb", True),
        ("\\\\school\\homes\\ana\\walk.walkdb", True),
        ("F:\\walk.walkdb", False),
    ],
)
def test_on_windows_a_drive_in_the_net_is_no_place_for_a_store(store: str, far: bool) -> None:
    assert lies_on.over_a_net(PureWindowsPath(store), _windows()) is far


def test_windows_opens_no_window_for_an_empty_drive(monkeypatch: pytest.MonkeyPatch) -> None:
    modes: list[int] = []
    stand_in = ModuleType("msvcrt")
    stand_in.SetErrorMode = modes.append  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "msvcrt", stand_in)
    disk.no_dialogs("linux")
    assert modes == []
    disk.no_dialogs("win32")
    assert modes == [1]


def test_a_console_of_windows_does_not_show_a_passphrase(monkeypatch: pytest.MonkeyPatch) -> None:
    modes = [0b111]

    class Kernel:
        """The keyboard's console, with its modes in order."""

        def GetStdHandle(self, which: int) -> int:
            assert which == -10
            return 3

        def GetConsoleMode(self, _handle: int, mode: Any) -> int:
            mode._obj.value = modes[-1]
            return 1

        def SetConsoleMode(self, _handle: int, mode: int) -> None:
            modes.append(mode)

    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(kernel32=Kernel()), raising=False)
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(isatty=lambda: True))
    with terminal.unseen():
        assert modes == [0b111, 0b011]
    assert modes == [0b111, 0b011, 0b111]


# Which laptop it is ------------------------------------------------------------------------------


def test_windows_is_asked_for_its_own_id_in_the_64_bit_view(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[tuple[object, ...]] = []

    class Key:
        def __enter__(self) -> Key:
            return self

        def __exit__(self, *_: object) -> None:
            """Nothing is open."""

    def open_key(*told: object) -> Key:
        asked.append(told)
        return Key()

    stand_in = ModuleType("winreg")
    for name, value in {
        "HKEY_LOCAL_MACHINE": "machine",
        "KEY_READ": 1,
        "KEY_WOW64_64KEY": 256,
        "OpenKey": open_key,
        "QueryValueEx": lambda _key, name: (f"guid of {name}", 1),
    }.items():
        setattr(stand_in, name, value)
    monkeypatch.setitem(sys.modules, "winreg", stand_in)
    monkeypatch.setattr(sys, "platform", "win32")
    assert device._machine_id() == "guid of MachineGuid"
    assert asked == [("machine", r"SOFTWARE\Microsoft\Cryptography", 0, 257)]


def test_a_folder_whose_name_is_no_text_still_makes_a_fingerprint() -> None:
    odd = Path("/home/ana/\udcff\udcfe/walk.walkdb")
    assert device.fingerprint(odd) != device.fingerprint(Path("/home/ana/walk.walkdb"))


# Where the store lies ----------------------------------------------------------------------------


@pytest.fixture
def one_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a one-folder build, which is what runs."""
    folder = tmp_path / "STICK" / "walk"
    folder.mkdir(parents=True)
    monkeypatch.delenv("WALK_STORE")
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(folder / "walk"))
    return folder


def test_a_folder_beside_the_program_holds_the_store(one_folder: Path, tmp_path: Path) -> None:
    at_home = paths.store_path()
    assert not at_home.is_relative_to(one_folder)
    beside = one_folder / "walk-data"
    beside.mkdir()
    assert paths.store_path() == beside / "walk.walkdb"
    assert paths.crash_file().parent == paths.own_templates().parent == beside
    assert paths.store_path(str(tmp_path / "named.walkdb")) == tmp_path / "named.walkdb"
    beside.rmdir()
    assert paths.store_path() == at_home


def test_an_installed_walk_looks_beside_no_program(
    one_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (one_folder / "walk-data").mkdir()
    monkeypatch.delattr(sys, "frozen")
    assert not paths.store_path().is_relative_to(one_folder)


def test_windows_keeps_the_quotation_marks_of_a_variable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WALK_STORE", f'"{tmp_path}/my walks/a.walkdb"')
    monkeypatch.setattr(sys, "platform", "win32")
    assert paths.store_path() == tmp_path / "my walks" / "a.walkdb"


def test_a_link_to_a_store_is_that_store(tmp_path: Path) -> None:
    """Its log, its locks and its backups lie beside it, whatever name it is called by."""
    real, link = tmp_path / "data" / "real.walkdb", tmp_path / "link.walkdb"
    link.symlink_to(real)
    assert paths.store_path(str(link)) == real, "also before it is there"
    real.parent.mkdir()
    real.touch()
    assert paths.store_path(str(link)) == paths.store_path(str(real)) == real


def test_a_folder_that_is_a_link_keeps_its_name(tmp_path: Path) -> None:
    folder, other = tmp_path / "data", tmp_path / "here"
    folder.mkdir()
    other.symlink_to(folder)
    assert paths.store_path(str(other / "a.walkdb")) == other / "a.walkdb"


def test_a_home_of_nobody_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(StoreError, match="cannot be found"):
        paths.store_path("~nobody-of-this-name/a.walkdb")


def test_the_one_folder_build_locks_packs_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    assert locked._command()[1:2] == ["-P"]
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert locked._command() == [sys.executable, ALONE]


# What is printed where the system has an encoding of its own -----------------------------------


@pytest.mark.parametrize(
    ("page", "printed"),
    [
        ("<!doctype html>\n<meta charset=utf-8>✓ é\n", "utf-8"),
        ("BEGIN:VCALENDAR\r\nSUMMARY:✓ é\r\n", "utf-8"),
        ("Walk at the école\n", "cp1252"),
    ],
)
def test_a_page_that_names_its_encoding_is_printed_in_it(page: str, printed: str) -> None:
    @click.command()
    def told() -> None:
        say_page(page)

    done = CliRunner(charset="cp1252").invoke(told)
    assert done.stdout_bytes == page.encode(printed)


# The tests themselves ----------------------------------------------------------------------------

_TESTS = Path(__file__).resolve().parent
_POSIX_MODULES = {"pexpect", "fcntl", "pty", "resource", "termios", "tty", "pwd", "grp"}
_POSIX_WORDS = re.compile(r"\.(fork|SIGKILL|SIGHUP|killpg|geteuid)\b")
_IMPORTS = re.compile(r"^(?:import ([\w.]+)|from ([\w.]+) import (\([^)]*\)|.*))", re.MULTILINE)


def _needs_posix() -> set[str]:
    """Every module of the tests that imports what only POSIX has, also by way of another."""
    imported: dict[str, set[str]] = {}
    needs = set()
    for path in _TESTS.rglob("*.py"):
        name = ".".join(("tests", *path.relative_to(_TESTS).with_suffix("").parts))
        text = path.read_text(encoding="utf-8")
        found: set[str] = set()
        for whole, module, names in _IMPORTS.findall(text):
            found |= {whole or module, *(f"{module}.{one}" for one in re.findall(r"\w+", names))}
        if found & _POSIX_MODULES or (path != Path(__file__) and _POSIX_WORDS.search(text)):
            needs.add(name)
        imported[name] = found
    while more := {name for name, found in imported.items() if found & needs} - needs:
        needs |= more
    return needs


def test_windows_is_spared_the_tests_that_need_a_posix_system() -> None:
    """Whoever adds one names it in `_POSIX` of tests/conftest.py, or Windows collects nothing."""
    spared = ["tests." + one.removesuffix(".py").replace("/", ".") for one in conftest._POSIX]
    tests = [name for name in _needs_posix() if name.rpartition(".")[2].startswith("test_")]
    assert tests
    left = [name for name in tests if not any(f"{name}.".startswith(f"{one}.") for one in spared)]
    assert left == []
    assert all((_TESTS / one).exists() for one in conftest._POSIX)


def test_far_too_many_folders_are_told_like_a_name_that_is_too_long(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="too long"):
        disk.make_folder(tmp_path / ("x/" * 1_900))
    disk.make_folder(tmp_path / "a" / "b")
    disk.make_folder(tmp_path / "a" / "b")
    assert (tmp_path / "a" / "b").is_dir()
