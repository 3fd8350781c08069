"""A writer whose disk fails, as the system tells it: strace answers in the place of the disk."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

_WRITER = """
import json, os, sys
from pathlib import Path
from tests.storage.laptops import START, WALK, note, walker
from walk.errors import StoreError
from walk.storage.store import By, Store
store = Store.open(Path(sys.argv[1]), START)
by = By(WALK, walker("Ana"), START, 0)
saved, told = [], []
for number in range(60):
    one = note(f"n{number}", f"n{number} " + "said " * 400)
    for _ in range(3):
        try:
            store.save(by, "write", "saved", [one])
        except StoreError as error:
            told.append([type(error).__name__, error.message, error.mend])
        else:
            saved.append(f"n{number}")
            break
os.write(1, json.dumps([saved, told]).encode())
os._exit(0)
"""


@dataclass(frozen=True, slots=True)
class Wrote:
    """What a writer says: what it saved, and what it was told in the place of saving."""

    saved: list[str]
    told: set[tuple[str, str, str]]
    """Kind of the error, cause and mend."""


def write_on(store: Path, calls: str, fault: str) -> Wrote:
    """Save notes, three tries each, while the system answers some calls with a fault.

    `calls` are names of system calls, `fault` what strace is to do: "error=EIO:when=40..99+7".
    """
    done = subprocess.run(
        [
            *("strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={calls}"),
            *("-e", f"inject={calls}:{fault}"),
            *(sys.executable, "-c", _WRITER, str(store)),
        ],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2_000:]
    saved, told = json.loads(done.stdout)
    return Wrote(saved, {(kind, cause, mend) for kind, cause, mend in told})
