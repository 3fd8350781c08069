"""What may not leave a laptop, and what a full, worn or unplugged stick does to a pack: nothing."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import walk.exchange.write
from tests.exchange.forge import WALK, revision, write
from walk.errors import PackError
from walk.exchange.pack import find_packs, read_pack
from walk.model import PLAN_KINDS, Revision

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def stick(tmp_path: Path) -> Iterator[Path]:
    """A folder with an older pack in it, which has to lie there unharmed when the test ends."""
    folder = tmp_path / "stick"
    folder.mkdir()
    (folder / "ana.walk").write_bytes(b"the older pack")
    yield folder
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == {
        "ana.walk": b"the older pack"
    }


@pytest.mark.parametrize(
    ("rev", "about", "words"),
    [
        (revision(scope="private"), {}, "private"),
        (revision(scope="private", number=None), {}, "private"),
        (revision(number=None), {}, "private"),
        (revision(walk=bytes(16)), {}, "one walk"),
        (revision(kind="note"), {"kind": "plan"}, "plan"),
        (revision(), {"device": "XY"}, "device"),
        (revision(), {"walker": "half \ud800"}, "walker"),
        (revision(), {"kind": "backup"}, "kind"),
        (revision(), {"app": "1" * 101}, "app"),
    ],
)
def test_what_may_not_leave_stays(
    stick: Path, rev: Revision, about: dict[str, Any], words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        write(stick / "ana.walk", [revision(kind="visit"), rev], **about)


def test_a_plan_holds_every_kind_of_a_plan(tmp_path: Path) -> None:
    sent = [
        revision(kind=kind, record=WALK if kind == "walk" else bytes([place] * 16))
        for place, kind in enumerate(PLAN_KINDS)
    ]
    assert write(tmp_path / "plan.walk", sent, kind="plan").count == len(PLAN_KINDS)


@pytest.mark.parametrize("body", ["x" * 150_001, '"' * 110_000])
def test_a_wording_too_long_to_travel_is_named(stick: Path, body: str) -> None:
    with pytest.raises(PackError, match="hall talk is too long"):
        write(stick / "ana.walk", [revision(kind="hall_talk", body=body)])


@pytest.mark.parametrize("name", ["MOST_REVISIONS", "LARGEST_REVISIONS", "LARGEST_FILE"])
def test_more_than_a_pack_can_carry_is_refused(
    stick: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(walk.exchange.write, name, 1)
    with pytest.raises(PackError, match="more than one pack"):
        write(stick / "ana.walk", [revision(), revision(number=2)])


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (errno.ENOSPC, "no room left"),
        (errno.EDQUOT, "no room left"),
        (errno.EROFS, "read-only"),
        (errno.EACCES, "read-only"),
        (errno.ENODEV, "unplugged"),
        (errno.EIO, "unplugged"),
        (errno.EINVAL, "name"),
        (errno.EMFILE, "did not take it"),
    ],
)
@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_disk_that_fails_is_told_in_words(
    stick: Path, monkeypatch: pytest.MonkeyPatch, code: int, words: str, step: str
) -> None:
    def fail(*_args: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, step, fail)
    with pytest.raises(PackError, match=words) as caught:
        write(stick / "ana.walk", [revision()])
    monkeypatch.undo()
    assert caught.value.mend
    assert "ana.walk" in str(caught.value)


class FullDisk:
    """A file on a disk with room for so many bytes and no more."""

    def __init__(self, path: Path, room: int) -> None:
        self._file = path.open("xb")
        self._room = room

    def write(self, data: bytes) -> int:
        self._room -= len(data)
        if self._room < 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        return self._file.write(data)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def __enter__(self) -> FullDisk:
        return self

    def __exit__(self, *_problem: object) -> None:
        self._file.close()


@pytest.mark.parametrize("room", [0, 20, 100, 300, 500])
def test_a_stick_that_fills_up_keeps_what_it_had(
    stick: Path, monkeypatch: pytest.MonkeyPatch, room: int
) -> None:
    monkeypatch.setattr(
        walk.exchange.write, "open", lambda path, _mode: FullDisk(path, room), raising=False
    )
    with pytest.raises(PackError, match="no room left"):
        write(stick / "ana.walk", [revision()])


def test_a_pack_that_reads_back_otherwise_is_not_handed_out(
    stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A worn stick takes the bytes without complaint and loses some."""
    monkeypatch.setattr(os, "fsync", lambda opened: os.ftruncate(opened, 200))
    with pytest.raises(PackError, match="read back"):
        write(stick / "ana.walk", [revision()])


def test_a_pack_that_changes_on_its_way_to_its_name_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def replace(source: Path, target: Path) -> None:
        target.write_bytes(source.read_bytes()[:-1])
        source.unlink()

    monkeypatch.setattr(os, "replace", replace)
    with pytest.raises(PackError, match="read back"):
        write(tmp_path / "ana.walk", [revision()])


def test_a_pack_is_on_the_disk_before_it_has_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a power cut a name without its contents would look like a pack of nothing but zeros."""
    steps: list[str] = []

    def noted(name: str) -> Any:
        done = getattr(os, name)

        def note_and_do(*args: Any) -> None:
            steps.append(name)
            done(*args)

        return note_and_do

    for name in ("fsync", "replace"):
        monkeypatch.setattr(os, name, noted(name))
    write(tmp_path / "ana.walk", [revision()])
    assert steps[:2] == ["fsync", "replace"]


@pytest.mark.parametrize("problem", [KeyboardInterrupt, RuntimeError])
def test_an_interrupted_write_leaves_the_folder_as_it_was(
    stick: Path, problem: type[BaseException]
) -> None:
    def cut_off() -> Iterator[Revision]:
        yield revision()
        raise problem

    with pytest.raises(problem):
        write(stick / "ana.walk", cut_off())


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="not there"):
        write(tmp_path / "stick" / "ana.walk", [revision()])
    (tmp_path / "ana.walk").mkdir()
    with pytest.raises(PackError, match="could not be written"):
        write(tmp_path / "ana.walk", [revision()])
    assert [path.name for path in tmp_path.iterdir()] == ["ana.walk"]


def test_a_folder_that_cannot_be_synced_does_not_spoil_a_pack(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed(*_args: object) -> int:
        raise PermissionError(errno.EACCES, "a folder cannot be opened here")

    monkeypatch.setattr(os, "open", closed)
    assert not write(tmp_path / "ana.walk", [revision()]).synced
    assert len(read_pack(tmp_path / "ana.walk").revisions) == 1


def test_killed_between_writing_and_naming_the_older_pack_is_still_there(tmp_path: Path) -> None:
    path = tmp_path / "ana.walk"
    write(path, [revision()])
    before = path.read_bytes()
    script = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "from tests.exchange.forge import WALK, revision, write\n"
        "os.replace = lambda *_: os._exit(9)\n"
        "write(Path(sys.argv[1]), [revision(number=2)])\n"
    )
    done = subprocess.run([sys.executable, "-c", script, path], cwd=ROOT, timeout=60)
    assert done.returncode == 9
    assert path.read_bytes() == before
    assert len(list(tmp_path.iterdir())) == 2, "what was half done lies beside it"
    assert find_packs([tmp_path]) == [path]


def left_over(folder: Path, device: bytes, pid: str) -> Path:
    """What a share of that laptop and program would have left when it was killed."""
    path = folder / f"~{device.hex()}-{pid}-0a1b2c3d.tmp"
    path.write_bytes(b"half a pack")
    return path


def dead_program() -> int:
    """The number of a program that has ended."""
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        pass
    return ended.pid


def test_the_next_share_removes_what_a_kill_left_of_this_laptop(tmp_path: Path) -> None:
    ours, others = revision().device, bytes(15) + b"b"
    ended = left_over(tmp_path, ours, str(dead_program()))
    under_way = left_over(tmp_path, ours, str(os.getpid()))
    of_another = left_over(tmp_path, others, str(dead_program()))
    old = left_over(tmp_path, ours, "x")
    for one in (old, of_another, ended):
        os.utime(one, (1_000_000_000, 1_000_000_000))
    own = tmp_path / "~my own notes.tmp"
    own.write_bytes(b"of a person")
    write(tmp_path / "ana.walk", [revision()])
    assert sorted(one.name for one in tmp_path.iterdir()) == sorted(
        one.name for one in (tmp_path / "ana.walk", under_way, of_another, own)
    )
    os.utime(under_way, (1_000_000_000, 1_000_000_000))
    write(tmp_path / "ana.walk", [revision()])
    assert not under_way.exists(), "its number is another program's by now"
