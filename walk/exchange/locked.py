"""Packs locked with a passphrase, in the age format, by a library that is an extra of walk.

The work is done by another process: the library lets nothing else run for the seconds that a
passphrase takes by design, and a pack that asks for more memory than there is cannot harm walk.
"""

from __future__ import annotations

import importlib.util
import re
import struct
import subprocess
import sys
import unicodedata
from pathlib import Path

from walk.errors import PackError
from walk.exchange.age_process import ALONE

SHORTEST = 8
"""Characters of a new passphrase. Opening asks for none, as another program may have locked."""
LONGEST = 1_000
"""Characters of a passphrase."""
LEAST_WORK = 15
"""Below this, what walk locks would be guessed too fast; each step doubles time and memory."""
MOST_WORK = 21
"""Above this a pack is not opened: it would take more than 2 GB of memory."""
PATIENCE_S = 180.0
"""How long locking or opening may take on the slowest laptop."""

_AGE = b"age-encryption.org/"
_TRIES = 3
_LONGEST_HEADER = 300
_HEADER = re.compile(
    rb"age-encryption\.org/v1\n"
    rb"-> scrypt [A-Za-z0-9+/]{22} ([1-9][0-9]?)\n"
    rb"[A-Za-z0-9+/]{43}\n"
    rb"--- [A-Za-z0-9+/]{43}\n"
)
"""All that stands before the locked bytes when a passphrase, and nothing else, opens them."""
_CHILD = Path(__file__).with_name("age_process.py")
_NO_WINDOW: int = getattr(subprocess, "CREATE_NO_WINDOW", 0)
_ENDED = "ended before it was done"


class LockedPack(PackError):
    """A pack is locked and no passphrase was given, or one that does not open it."""

    def __init__(self, message: str, mend: str, *, wrong: bool = False) -> None:
        super().__init__(message, mend)
        self.wrong = wrong
        """True when a passphrase was given and is not the one."""


def available() -> bool:
    """Whether the extra that locks and opens packs is installed."""
    return importlib.util.find_spec("pyrage") is not None


def is_locked(data: bytes) -> bool:
    """Whether these bytes, or the first of them, are a locked file."""
    return data.startswith(_AGE)


def check_new(passphrase: str) -> str:
    """A passphrase fit to lock with; PackError for one that is too short or cannot be typed.

    Also where the extra is missing, so that nobody types one in vain.
    """
    need_extra()
    if len(passphrase) < SHORTEST:
        raise PackError(
            f"A passphrase has at least {SHORTEST} characters.",
            "Four or five words that you agree on aloud are good.",
        )
    _typed(passphrase)
    return passphrase


def lock(data: bytes, passphrase: str) -> bytes:
    """The bytes, locked: what the standard tool `age` opens with the same passphrase.

    Takes seconds and up to 2 GB of memory, by design. PackError when it cannot be done.
    """
    check_new(passphrase)
    for _ in range(_TRIES):
        done = _run(b"L", passphrase, data)
        if not isinstance(done, bytes):
            break
        # The library measures how fast the machine is; a clock that jumps meanwhile misleads it.
        if LEAST_WORK <= _work(done) <= MOST_WORK:
            return done
    raise PackError(
        "The pack could not be locked on this laptop.", "Try once more, or share without a lock."
    )


def unlock(data: bytes, passphrase: str, name: str) -> bytes:
    """What a locked file holds. `name` is the file's, as it may be shown.

    Raises LockedPack without a passphrase or with a wrong one, and PackError for a file that is
    damaged, is locked otherwise or asks for too much work.
    """
    work = _work(data[:_LONGEST_HEADER])
    if work == 0:
        raise PackError(
            f"{name} is locked in a way that no passphrase opens, or is damaged.",
            "Ask whoever sent it to share again, with a passphrase or without a lock.",
        )
    if work > MOST_WORK:
        raise _too_heavy(name)
    if not passphrase:
        raise LockedPack(
            f"{name} is locked with a passphrase.",
            "Ask whoever shared it for the passphrase, and collect it again with it.",
        )
    done: bytes | str = ""
    for _ in range(_TRIES):
        done = _run(b"O", passphrase, data)
        if isinstance(done, bytes):
            return done
        # Asked again: a machine that stood still while the library measured it looks too slow.
        if "Excessive work" not in done:
            break
    if "Decryption failed" in done:
        raise LockedPack(
            f"The passphrase does not open {name}.",
            "Type it again: capitals, spaces and signs count. Without it nobody can open the file.",
            wrong=True,
        )
    if "Excessive work" in done or done == _ENDED:
        raise _too_heavy(name)
    raise PackError(
        f"{name} is damaged or was changed (it does not unlock); nothing of it was taken in.",
        "Copy it once more, or ask whoever sent it to share again.",
    )


def need_extra() -> None:
    """PackError, with how to install it, where the extra that locks and opens is missing."""
    if not available():
        raise PackError(
            "Passphrases need an extra of walk that is not installed on this laptop.",
            "To have it, where walk was installed from its folder, type there: "
            "pip install '.[passphrase]'; else: pip install 'classroom-walk[passphrase]'",
        )


def _too_heavy(name: str) -> PackError:
    return PackError(
        f"{name} would take more time or memory to open than this laptop should spend.",
        "Ask whoever sent it to share again, without a lock or from another laptop.",
    )


def _work(data: bytes) -> int:
    """The work that the header asks for, as a power of two; 0 when it is no header of ours."""
    found = _HEADER.match(data)
    return int(found[1]) if found else 0


def _typed(passphrase: str) -> bytes:
    """The passphrase as bytes: the same however a keyboard puts its letters together."""
    try:
        typed = unicodedata.normalize("NFC", passphrase).encode()
    except UnicodeEncodeError:
        typed = b""
    if not typed or b"\0" in typed or len(passphrase) > LONGEST:
        raise PackError(
            "This passphrase cannot be used.",
            f"Use letters, digits, signs and spaces, at most {LONGEST:,} of them.",
        )
    return typed


def _command() -> list[str]:
    """What starts the other process; in the one-folder build there is no Python by itself."""
    if getattr(sys, "frozen", False):
        return [sys.executable, ALONE]
    return [sys.executable, "-P", str(_CHILD)]


def _run(work: bytes, passphrase: str, data: bytes) -> bytes | str:
    """What the other process made of the data, or its words when it could not."""
    need_extra()
    typed = _typed(passphrase)
    # Through a pipe: other people on this machine can read arguments and environments.
    try:
        done = subprocess.run(
            _command(),
            input=work + struct.pack("<L", len(typed)) + typed + data,
            capture_output=True,
            timeout=PATIENCE_S,
            creationflags=_NO_WINDOW,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return _ENDED
    except OSError as problem:
        raise PackError(
            "The part of walk that locks packs could not be started.", "Try once more."
        ) from problem
    if done.returncode == 0 and done.stdout[:1] == b"+":
        return done.stdout[1:]
    if done.returncode == 0:
        return done.stdout[1:].decode(errors="replace")
    return _ENDED
