"""Packs locked with a passphrase: opened by it alone, by others' programs too, told in words."""

from __future__ import annotations

import os
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import walk.exchange.locked
import walk.exchange.write
from tests.exchange import age_by_hand
from tests.exchange.forge import GOOD, REV, patched, revision, write
from tests.exchange.test_hostile import bomb
from walk.errors import PackError
from walk.exchange.locked import (
    MOST_WORK,
    LockedPack,
    available,
    check_new,
    is_locked,
    lock,
    unlock,
)
from walk.exchange.read import peek, read_pack

WORDS = "four words to agree"
LOCKED = age_by_hand.lock(GOOD, WORDS)
"""An honest pack, locked with little work so that tests need not wait."""


@pytest.fixture
def locked_pack(tmp_path: Path) -> Callable[[bytes], Path]:
    """Put bytes where a pack may lie."""

    def put(data: bytes) -> Path:
        path = tmp_path / "ana.walk"
        path.write_bytes(data)
        return path

    return put


def told(path: Path, passphrase: str = WORDS) -> str:
    """What is said of a file that has to be refused."""
    with pytest.raises(PackError) as caught:
        read_pack(path, passphrase=passphrase)
    assert str(caught.value).isprintable()
    assert caught.value.mend
    return str(caught.value)


# There and back ------------------------------------------------------------------------------


def test_a_locked_pack_is_the_standard_format_and_holds_the_same(tmp_path: Path) -> None:
    """Read by walk, and by the format's own rules written down a second time."""
    sent = [revision(), revision(number=2, deleted=True, body="")]
    plain = write(tmp_path / "plain.walk", sent)
    path = tmp_path / "ana.walk"
    written = write(path, sent, passphrase=WORDS)
    data = path.read_bytes()
    assert is_locked(data)
    assert age_by_hand.unlock(data, WORDS) == plain.path.read_bytes()
    assert (written.count, written.bytes) == (2, len(data))
    assert sorted(one.name for one in tmp_path.iterdir()) == ["ana.walk", "plain.walk"]


def test_the_right_words_open_it(locked_pack: Callable[[bytes], Path]) -> None:
    path = locked_pack(LOCKED)
    found = read_pack(path, passphrase=WORDS)
    assert found.revisions == [(REV.rev_id(), REV)]
    with pytest.raises(LockedPack):
        peek(path)


def test_what_is_not_locked_needs_no_words(locked_pack: Callable[[bytes], Path]) -> None:
    assert read_pack(locked_pack(GOOD), passphrase=WORDS).revisions == [(REV.rev_id(), REV)]


def test_an_accent_may_be_typed_in_either_way(locked_pack: Callable[[bytes], Path]) -> None:
    """One keyboard sends é as one sign, another as two."""
    path = locked_pack(age_by_hand.lock(GOOD, "trois étés à Évian"))
    assert read_pack(path, passphrase=unicodedata.normalize("NFD", "trois étés à Évian"))


def test_without_words_it_is_told_that_some_are_needed(
    locked_pack: Callable[[bytes], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subprocess, "run", _never)
    for look in (peek, read_pack):
        with pytest.raises(LockedPack, match="locked with a passphrase") as caught:
            look(locked_pack(LOCKED))
        assert not caught.value.wrong


def test_wrong_words_are_told_as_wrong(locked_pack: Callable[[bytes], Path]) -> None:
    with pytest.raises(LockedPack, match="does not open") as caught:
        read_pack(locked_pack(LOCKED), passphrase=WORDS.upper())
    assert caught.value.wrong


def _never(*_args: object, **_named: object) -> Any:
    raise AssertionError("nothing should be started for this")


# Damage and lies -----------------------------------------------------------------------------

HEAD = LOCKED.index(b"\n", LOCKED.index(b"---")) + 1


@pytest.mark.parametrize(
    "place", [3, 24, 34, 60, 63, 80, 107, 108, 112, 130, HEAD, HEAD + 20, -1], ids=str
)
def test_a_locked_pack_with_a_flipped_bit_is_refused(
    locked_pack: Callable[[bytes], Path], place: int
) -> None:
    place %= len(LOCKED)
    told(locked_pack(patched(LOCKED, place, bytes([LOCKED[place] ^ 1]))))


@pytest.mark.parametrize("length", [20, 21, 60, HEAD - 1, HEAD, HEAD + 15, HEAD + 40, -1], ids=str)
def test_a_locked_pack_cut_off_is_refused(
    locked_pack: Callable[[bytes], Path], length: int
) -> None:
    assert "damaged" in told(locked_pack(LOCKED[:length]))


@pytest.mark.parametrize("work", [b"22", b"25", b"30", b"63", b"99"])
def test_a_file_that_asks_for_too_much_work_is_refused_at_once(
    locked_pack: Callable[[bytes], Path], monkeypatch: pytest.MonkeyPatch, work: bytes
) -> None:
    """Each step doubles the memory: 30 would ask for a thousand gigabytes."""
    monkeypatch.setattr(subprocess, "run", _never)
    assert int(work) > MOST_WORK
    path = locked_pack(LOCKED.replace(b" 5\n", b" %s\n" % work, 1))
    assert "more time or memory" in told(path)


@pytest.mark.parametrize(
    "head",
    [
        b"age-encryption.org/v1\n-> X25519 " + b"A" * 43 + b"\n" + b"B" * 43 + b"\n--- ",
        b"age-encryption.org/v2\n",
        LOCKED.replace(b" 5\n", b" 0\n", 1),
        LOCKED.replace(b" 5\n", b" 05\n", 1),
        LOCKED.replace(b" 5\n", b" 100\n", 1),
        LOCKED.replace(b" 5\n", b" -5\n", 1),
        LOCKED.replace(b"---", b"-> scrypt AAAAAAAAAAAAAAAAAAAAAA 30\n" + b"A" * 43 + b"\n---", 1),
        LOCKED.replace(b"\n---", b"\r\n---", 1),
    ],
    ids=["key", "version", "none", "zero first", "three digits", "minus", "two locks", "line end"],
)
def test_another_lock_is_refused_without_being_tried(
    locked_pack: Callable[[bytes], Path], monkeypatch: pytest.MonkeyPatch, head: bytes
) -> None:
    monkeypatch.setattr(subprocess, "run", _never)
    assert "no passphrase opens, or is damaged" in told(locked_pack(head))


@pytest.mark.parametrize(
    ("inside", "words"),
    [
        (b"", "not a pack of walk"),
        (b"hello", "not a pack of walk"),
        (LOCKED, "not a pack of walk"),
        (GOOD[:-1], "end is missing"),
        (bomb("manifest.json"), "manifest is too long"),
    ],
    ids=["nothing", "words", "locked twice", "cut off", "bomb"],
)
def test_what_was_locked_is_as_suspect_as_any_pack(
    locked_pack: Callable[[bytes], Path], inside: bytes, words: str
) -> None:
    assert words in told(locked_pack(age_by_hand.lock(inside, WORDS)))


# The work itself -----------------------------------------------------------------------------


def test_the_words_are_no_argument_and_in_no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Others on the machine can read both."""
    seen: list[Any] = []
    run = subprocess.run

    def noted(command: list[str], **named: Any) -> Any:
        seen.append((command, named.get("env")))
        return run(command, **named)

    monkeypatch.setattr(subprocess, "run", noted)
    assert unlock(LOCKED, WORDS, "ana.walk") == GOOD
    ((command, environment),) = seen
    assert not any(WORDS in part for part in command)
    assert environment is None


@pytest.mark.parametrize(
    ("end", "words"),
    [
        (subprocess.CompletedProcess([], -9, b"", b""), "more time or memory"),
        (subprocess.CompletedProcess([], 1, b"+half", b"Traceback"), "more time or memory"),
        (subprocess.TimeoutExpired([], 1), "more time or memory"),
        (OSError(12, "no memory"), "could not be started"),
        (subprocess.CompletedProcess([], 0, b"-Excessive work", b""), "more time or memory"),
        (subprocess.CompletedProcess([], 0, b"-\x1b[31m", b""), "damaged"),
    ],
    ids=["killed", "crashed", "too slow", "not started", "refused", "anything else"],
)
def test_an_end_before_it_is_done_is_told(
    locked_pack: Callable[[bytes], Path],
    monkeypatch: pytest.MonkeyPatch,
    end: Any,
    words: str,
) -> None:
    def run(*_args: object, **_named: object) -> Any:
        if isinstance(end, Exception):
            raise end
        return end

    monkeypatch.setattr(subprocess, "run", run)
    assert words in told(locked_pack(LOCKED))
    with pytest.raises(PackError):
        lock(GOOD, WORDS)


def test_a_lock_too_weak_to_hold_is_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library asks the clock how fast the machine is, and a clock may jump."""
    strong = LOCKED.replace(b" 5\n", b" 18\n", 1)
    made = [LOCKED, strong]
    monkeypatch.setattr(walk.exchange.locked, "_run", lambda *_: made.pop(0))
    assert lock(GOOD, WORDS) == strong
    monkeypatch.setattr(walk.exchange.locked, "_run", lambda *_: LOCKED)
    with pytest.raises(PackError, match="could not be locked"):
        lock(GOOD, WORDS)


def test_a_machine_that_stood_still_for_a_moment_opens_a_pack_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The library measures the machine before it opens, and refuses what would take it long."""
    said: list[bytes | str] = ["Excessive work parameter for passphrase.", GOOD]
    monkeypatch.setattr(walk.exchange.locked, "_run", lambda *_: said.pop(0))
    assert unlock(LOCKED, WORDS, "ana.walk") == GOOD


def test_without_the_extra_it_is_said_how_to_get_it(
    locked_pack: Callable[[bytes], Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert available()
    monkeypatch.setitem(sys.modules, "pyrage", None)
    assert not available()
    assert "pip install 'classroom-walk[passphrase]'" in told(locked_pack(LOCKED))
    with pytest.raises(PackError, match="pip install"):
        check_new(WORDS)
    with pytest.raises(PackError, match="pip install"):
        write(tmp_path / "new.walk", [revision()], passphrase=WORDS)
    assert [one.name for one in tmp_path.iterdir()] == ["ana.walk"]
    assert read_pack(locked_pack(GOOD)), "packs without a lock need no extra"


# Writing -------------------------------------------------------------------------------------


def test_nothing_reaches_the_stick_before_it_is_locked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stick keeps what was once written to it, also under a name that is gone."""
    monkeypatch.setattr(walk.exchange.write, "lock", lambda data, _: age_by_hand.lock(data, WORDS))
    lying: list[bytes] = []
    sync = os.fsync

    def noted(opened: int) -> None:
        lying.extend(one.read_bytes() for one in tmp_path.iterdir())
        sync(opened)

    monkeypatch.setattr(os, "fsync", noted)
    write(tmp_path / "ana.walk", [revision()], passphrase=WORDS)
    assert lying
    assert all(is_locked(data) for data in lying)
    assert read_pack(tmp_path / "ana.walk", passphrase=WORDS).revisions == [(REV.rev_id(), REV)]


def test_a_lock_that_does_not_open_again_is_not_handed_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = age_by_hand.lock(GOOD, "some other words")
    monkeypatch.setattr(walk.exchange.write, "lock", lambda *_: other)
    with pytest.raises(PackError, match="read back"):
        write(tmp_path / "ana.walk", [revision()], passphrase=WORDS)
    assert list(tmp_path.iterdir()) == []


def test_a_locked_pack_keeps_to_the_size_of_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A lock adds a little, and a reader measures the file as it lies."""
    plain = write(tmp_path / "plain.walk", [revision()])
    monkeypatch.setattr(walk.exchange.write, "lock", lambda data, _: age_by_hand.lock(data, WORDS))
    monkeypatch.setattr(walk.exchange.write, "LARGEST_FILE", plain.bytes + 10)
    with pytest.raises(PackError, match="more than one pack"):
        write(tmp_path / "ana.walk", [revision()], passphrase=WORDS)
    assert [one.name for one in tmp_path.iterdir()] == ["plain.walk"]


@pytest.mark.parametrize("words", ["", "short", "1234567", "half \ud800 a sign", "nul \0 sign"])
def test_words_that_hold_nothing_are_refused_before_anything_is_written(
    tmp_path: Path, words: str
) -> None:
    with pytest.raises(PackError, match="passphrase"):
        check_new(words)
    if words:
        with pytest.raises(PackError, match="passphrase"):
            write(tmp_path / "ana.walk", [revision()], passphrase=words)
    assert list(tmp_path.iterdir()) == []
