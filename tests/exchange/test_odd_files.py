"""Files that are no packs: pipes, links, devices, empty, cut off, or of another walk."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.exchange.forge import GOOD, REV, Read, line, pack, refusal
from walk.errors import PackError
from walk.exchange.pack import find_packs, read_pack


def test_what_never_leaves_a_laptop_comes_in_by_no_pack(read: Read) -> None:
    """Or a stranger could put a letter to a teacher in the place of the one that lies here."""
    letter = REV._replace(kind="teacher_note")
    assert "of a kind that never leaves its laptop" in refusal(read, pack(line(letter)))


def test_an_empty_file_says_so(read: Read) -> None:
    assert "empty" in refusal(read, b"")


@pytest.mark.parametrize(
    "data", [b"hello", b"%PDF-1.7 ...", b"\x89PNG\r\n", b"PK\x05\x06" + bytes(18)]
)
def test_what_never_was_a_pack_is_not_called_damaged(read: Read, data: bytes) -> None:
    said = refusal(read, data)
    assert "is not a pack of walk" in said
    assert "damaged" not in said
    assert "share again" not in said


@pytest.mark.parametrize("data", [b"XX" + GOOD[2:], bytes(100) + GOOD[100:], bytes(len(GOOD))])
def test_a_pack_whose_beginning_is_gone_is_damaged(read: Read, data: bytes) -> None:
    assert "is damaged or was changed (its beginning is missing)" in refusal(read, data)


@pytest.mark.parametrize("name", ["", "none.walk", "no\x1b[31mne.walk", "nu\0l.walk"])
def test_what_is_no_file_is_refused_without_a_trace_of_its_name(tmp_path: Path, name: str) -> None:
    with pytest.raises(PackError) as caught:
        read_pack(tmp_path / name)
    assert str(caught.value).isprintable()


def test_a_file_that_is_not_downloaded_yet_is_not_called_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "ana.walk"
    path.write_bytes(GOOD)

    def not_here(*_args: object, **_named: object) -> None:
        raise OSError(22, "The cloud file provider is not running")

    monkeypatch.setattr(Path, "open", not_here)
    with pytest.raises(PackError, match="not downloaded yet") as caught:
        read_pack(path)
    assert "damaged" not in str(caught.value)


@pytest.mark.parametrize("number", [errno.EACCES, errno.EPERM])
def test_a_file_that_may_not_be_opened_is_told_as_that(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    path = tmp_path / "ana.walk"
    path.write_bytes(GOOD)

    def refused(*_args: object, **_named: object) -> None:
        raise PermissionError(number, "Permission denied")

    monkeypatch.setattr(Path, "open", refused)
    with pytest.raises(PackError, match=r"ana\.walk cannot be read: you may not open it"):
        read_pack(path)


def test_a_pipe_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "pipe.walk"
    path.write_bytes(GOOD)
    found = os.stat_result([stat.S_IFIFO | 0o600, *path.stat()[1:]])
    monkeypatch.setattr(Path, "stat", lambda _path: found)
    with pytest.raises(PackError, match="not a file"):
        read_pack(path)


def _odd_files(folder: Path) -> Iterator[Path]:
    """What may lie where a pack is looked for, as far as this system has it."""
    made = folder / "folder.walk"
    made.mkdir()
    yield made
    for name, make in (("pipe.walk", getattr(os, "mkfifo", None)),):
        if make:
            make(folder / name)
            yield folder / name
    for name, target in (
        ("loop.walk", "loop.walk"),
        ("gone.walk", "nothing there"),
        ("zero.walk", "/dev/zero"),
        ("null.walk", "/dev/null"),
        ("up.walk", ".."),
        ("secret.walk", "/etc/passwd"),
    ):
        with suppress(OSError):  # some systems let nobody make links
            (folder / name).symlink_to(target)
            yield folder / name


def test_links_pipes_and_devices_are_refused_and_not_waited_for(tmp_path: Path) -> None:
    """Opening a pipe would wait for ever, reading a device would never end."""
    for path in _odd_files(tmp_path):
        with pytest.raises(PackError) as caught:
            read_pack(path)
        assert "root:" not in str(caught.value)
        assert str(caught.value).isprintable()


def test_of_a_folder_of_odd_files_each_is_refused_by_itself(tmp_path: Path) -> None:
    odd = list(_odd_files(tmp_path))
    (tmp_path / "good.walk").write_bytes(GOOD)
    found = find_packs([tmp_path])
    assert tmp_path / "good.walk" in found
    assert len(found) <= 1 + len(odd)
    read = 0
    for path in found:
        with suppress(PackError):
            read += len(read_pack(path).revisions)
    assert read == 1


def test_a_link_to_a_pack_is_that_pack(tmp_path: Path) -> None:
    (tmp_path / "good.walk").write_bytes(GOOD)
    with suppress(OSError):
        (tmp_path / "link.walk").symlink_to("good.walk")
        assert read_pack(tmp_path / "link.walk").revisions == [(REV.rev_id(), REV)]
