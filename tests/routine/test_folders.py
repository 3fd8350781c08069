"""Sticks, folders and the paths that people drop: on every system, without asking this machine."""

from __future__ import annotations

import os
import shlex
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.desks import begin_small, desk_at
from tests.routine.laptops import Laptops, wrote
from walk.errors import PackError
from walk.routine import folders
from walk.routine.folders import Machine, inside, paths_of, spots, sticks

MOUNTS = """\
proc /proc proc rw 0 0
/dev/sda1 / ext4 rw 0 0
/dev/sdb1 /media/ana/MY\\040STICK vfat rw 0 0
/dev/sdc1 /run/media/ana/T7 exfat rw 0 0
server:/home /media/ana/school nfs4 rw 0 0
odd
"""


def machine(
    system: str = "linux",
    mounts: str = "",
    volumes: tuple[Path, ...] = (),
    drives: tuple[tuple[str, int], ...] = (),
    usual: tuple[tuple[str, Path], ...] = (),
) -> Machine:
    """A machine that answers as it is told."""
    return Machine(
        system, lambda: mounts, lambda _: list(volumes), lambda: list(drives), lambda: list(usual)
    )


def test_linux_tells_its_sticks_by_what_is_mounted_and_asks_no_server() -> None:
    found = sticks(machine(mounts=MOUNTS))
    assert found == [Path("/media/ana/MY STICK"), Path("/run/media/ana/T7")]


def test_a_mac_lists_its_volumes_without_its_own_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    volumes = tuple(Path("/Volumes") / name for name in ("Macintosh HD", "T7", ".timemachine"))
    monkeypatch.setattr(folders, "own", lambda volume: volume.name == "Macintosh HD")
    assert sticks(machine("darwin", volumes=volumes)) == [Path("/Volumes/T7")]


def test_windows_tells_removable_drives_by_their_type() -> None:
    drives = (("C:\\", 3), ("D:\\", 5), ("E:\\", 2), ("Z:\\", 4))
    assert sticks(machine("win32", drives=drives)) == [Path("E:\\")]


def test_this_machine_answers_something() -> None:
    here = folders.this_machine()
    assert isinstance(sticks(here), list)
    assert all(name for name, _ in here.usual())


def test_each_folder_is_offered_once_and_one_that_is_gone_is_not(tmp_path: Path) -> None:
    stick = tmp_path / "MY STICK"
    used, home = tmp_path / "used", tmp_path / "home"
    for one in (stick, used, home):
        one.mkdir()
    (home / "notes.walk").write_bytes(b"x")
    told = machine(
        mounts="x /media/none vfat rw 0 0\n", usual=(("Home folder", home), ("Desktop", used))
    )
    found = spots([str(used), str(tmp_path / "gone"), str(used)], told)
    assert [(one.kind, one.name) for one in found] == [
        ("stick", "none"),  # it is plugged in, and its owner looks for it here
        ("recent", "used"),
        ("usual", "Home folder"),
    ]
    assert found[0].why
    assert found[0].free is None
    assert not found[1].why
    assert found[1].free
    assert [one.packs for one in found] == [0, 0, 1]


def test_a_folder_that_is_copied_elsewhere_is_named(tmp_path: Path) -> None:
    cloud = tmp_path / "Dropbox" / "walks"
    cloud.mkdir(parents=True)
    assert [one.service for one in spots([str(cloud), str(tmp_path)], machine())] == ["Dropbox", ""]


def test_inside_tells_packs_and_folders_and_what_each_pack_is(laptops: Laptops) -> None:
    wrote(laptops, "Ana", "S1 points")
    (laptops.folder / "cut.walk").write_bytes(b"hello")
    (laptops.folder / ".hidden").mkdir()
    (laptops.folder / "Sub").mkdir()
    found = inside(laptops.folder, 60)
    assert [one.name for one in found.folders] == ["Sub"]
    told = dict(zip((one.name for one in found.packs), found.about, strict=True))
    assert told == {
        "Ana.walk": "Ana's notes, 14 Oct 10:12",
        "cut.walk": "cannot be read",
        "plan.walk": "the plan, 14 Oct 10:00",
    }


def test_what_cannot_be_looked_into_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert inside(tmp_path / "file").why
    assert inside(tmp_path / "gone").why
    assert inside(Path("a\0b")).why


def test_a_folder_with_very_many_packs_says_how_many_are_not_listed(tmp_path: Path) -> None:
    for number in range(folders.SHOWN_MOST + 3):
        (tmp_path / f"{number}.walk").write_bytes(b"x")
    found = inside(tmp_path, 0)
    assert (len(found.packs), found.left, len(found.about)) == (
        folders.SHOWN_MOST,
        3,
        folders.ABOUT_MOST,
    )


def test_folders_used_last_come_first_and_few_are_kept(tmp_path: Path) -> None:
    with desk_at(tmp_path / "one.walkdb") as desk:
        begin_small(desk)
        for number in (*range(9), 4, 8):
            folders.used(desk, tmp_path / str(number))
        names = [Path(one).name for one in folders.recent(desk)]
        assert names == ["8", "4", "7", "6", "5", "3"]
        desk.store.set(folders.RECENT, {"not": "a list"})
        assert folders.recent(desk) == []


FILE_URL = "file:" + "//"
"""How a terminal writes a dropped path; whole, it would look like a place of one machine."""


@pytest.mark.parametrize(
    ("count", "words"),
    [(0, "0 bytes"), (999, "999 bytes"), (1500, "2 kB"), (4_200_000, "4 MB"), (31e9, "31.0 GB")],
)
def test_sizes_as_people_say_them(count: float, words: str) -> None:
    assert folders.size_words(int(count)) == words


# Paths that people drop, paste or type

NOWHERE = lambda _: False  # noqa: E731


@pytest.mark.parametrize(
    ("typed", "paths"),
    [
        ("/media/stick", ["/media/stick"]),
        ("  '/media/My Stick/ana.walk'  \r", ["/media/My Stick/ana.walk"]),
        ('"/media/My Stick"', ["/media/My Stick"]),
        (r"/media/My\ Stick/it\'s.walk", ["/media/My Stick/it's.walk"]),
        ("/media/My Stick/ana.walk", ["/media/My Stick/ana.walk"]),
        ("/a/x.walk /b/y.walk", ["/a/x.walk", "/b/y.walk"]),
        ("'/a b/x.walk' '/c/y.walk' ", ["/a b/x.walk", "/c/y.walk"]),
        ("/a/x.walk\n/b c/y.walk\n", ["/a/x.walk", "/b c/y.walk"]),
        (f"{FILE_URL}/media/My%20Stick/b%C3%BCro.walk", ["/media/My Stick/büro.walk"]),
        ("file://localhost/a/x.walk", ["/a/x.walk"]),
        ("file:/a/x.walk", ["/a/x.walk"]),
        (f"{FILE_URL}/a/x.walk {FILE_URL}/b/y.walk", ["/a/x.walk", "/b/y.walk"]),
        ("/a/100%.walk", ["/a/100%.walk"]),
        # Pasted behind the slash with which the line of the screen begins.
        (f"/{FILE_URL}/a/x%20y.walk", ["/a/x y.walk"]),
        ("/'/a b/x.walk'", ["/a b/x.walk"]),
        ("//a/x.walk", ["//a/x.walk"]),
        ("/a/it's.walk", ["/a/it's.walk"]),
        ("/a/#1.walk", ["/a/#1.walk"]),
    ],
)
def test_every_way_in_which_a_terminal_types_a_dropped_file(typed: str, paths: list[str]) -> None:
    found = paths_of(typed, system="linux", is_there=NOWHERE)
    assert found == [Path(one).absolute() for one in paths]


@pytest.mark.parametrize(
    ("typed", "paths"),
    [
        (r"C:\Users\ana\x.walk", [r"C:\Users\ana\x.walk"]),
        (r'"C:\My Files\x.walk"', [r"C:\My Files\x.walk"]),
        (r"C:\My Files\x.walk", [r"C:\My Files\x.walk"]),
        (f"{FILE_URL}/C:/My%20Files/x.walk", ["C:/My Files/x.walk"]),
        (r'"C:\a b\x.walk" "D:\y.walk"', [r"C:\a b\x.walk", r"D:\y.walk"]),
    ],
)
def test_a_backslash_stands_between_folders_on_windows(typed: str, paths: list[str]) -> None:
    found = paths_of(typed, system="win32", is_there=NOWHERE)
    assert found == [Path(one).absolute() for one in paths]


def test_what_lies_there_wins_over_every_rule(tmp_path: Path) -> None:
    odd = tmp_path / 'it\'s a \\ "walk" 100%.walk'
    odd.touch()
    assert paths_of(str(odd)) == [odd]
    assert paths_of(f"{odd}\n{tmp_path}") == [odd, tmp_path]


def test_home_is_understood() -> None:
    assert paths_of("~/x.walk", is_there=NOWHERE) == [Path(os.path.expanduser("~/x.walk"))]


@pytest.mark.parametrize("typed", ["", "  \n", f"{FILE_URL}/a%00b.walk", "\0"])
def test_what_is_no_path_is_told(typed: str) -> None:
    with pytest.raises(PackError):
        paths_of(typed)


@given(
    st.lists(
        st.text(st.characters(exclude_characters="\0\n\r", codec="utf-8"), min_size=1), min_size=1
    )
)
def test_what_a_shell_would_quote_is_read_back(names: list[str]) -> None:
    paths = [f"/stick/{name}.walk" for name in names]
    typed = shlex.join(paths)
    if typed.splitlines() == [typed] and typed.strip() == typed:
        wanted = [Path(PurePosixPath(one)).absolute() for one in paths]
        assert paths_of(typed, system="linux", is_there=NOWHERE) == wanted


@given(st.text())
def test_no_text_breaks_it(typed: str) -> None:
    try:
        found = paths_of(typed, is_there=NOWHERE)
    except PackError:
        return
    assert found
    assert all(one.is_absolute() for one in found)


def test_an_empty_pack_is_listed_and_said_to_be_empty(tmp_path: Path) -> None:
    for name in ("ana.walk", "~half.walk", "notes.txt"):
        (tmp_path / name).touch()
    (tmp_path / "folder.walk").mkdir()
    found = folders.inside(tmp_path, 0)
    assert [one.name for one in found.packs] == ["ana.walk"]
    assert found.about == ("empty: copy it once more",)
