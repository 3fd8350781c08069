"""Runs of walk's commands in a folder of their own, and what has to hold for every one of them."""

from __future__ import annotations

import base64
import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.hostile.forks import OUTSIDE

ROOT = Path(__file__).parents[2]
SECONDS = 30.0
"""How long any command may take here; each takes a fraction of one, but others use the machine."""
MEMORY = 400_000_000
"""Bytes that any command may have; they begin with about a hundred million."""
ACTS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
"""What no command prints: signs that a terminal obeys, or that turn words around."""


@dataclass(frozen=True, slots=True)
class Ran:
    """What one command did."""

    arguments: tuple[str | bytes, ...]
    code: int
    out: bytes
    err: bytes
    hung: bool
    took: float
    memory: int

    @property
    def said(self) -> str:
        """Everything that it printed."""
        return (self.out + self.err).decode("utf-8", "backslashreplace")

    def wrong(self, *, line_ends: bool = False) -> str:
        """Why this is not how a command behaves; nothing where all is well.

        `line_ends`: the output may be a file in which lines end in two signs.
        """
        out = self.out.decode("utf-8", "backslashreplace")
        err = self.err.decode("utf-8", "backslashreplace")
        acting = ACTS.search(out.replace("\r\n", "\n") if line_ends else out) or ACTS.search(err)
        for found, why in (
            (self.hung, f"it did not end within {SECONDS:.0f} s"),
            (self.code == OUTSIDE, "it was about to write outside of its folder"),
            ("Traceback" in err or "Traceback" in out, "a traceback"),
            ("by a fault of its own" in err, "it stopped by a fault of its own"),
            ("Exception ignored" in err or "Warning:" in err, "an error that nobody is told"),
            (self.code not in (0, 1, 2), f"it ended with {self.code}"),
            (acting, f"it printed {acting.group() if acting else ''!r}"),
            (self.code and not (err + out).strip(), "it failed and said nothing"),
            ("The system refused" in err, "only the last catch of all told of it"),
            (self.memory > MEMORY, f"it took {self.memory // 1_000_000} MB"),
            (len(self.out) + len(self.err) > 5_000_000, "it printed millions of signs"),
        ):
            if found:
                return f"{why}: {self.arguments!r}\n{self.said[-2500:]}"
        return ""


class Runs:
    """Runs commands one after another; a context that starts and ends the program behind it."""

    def __init__(self, folder: Path) -> None:
        """`folder` is where the commands run, and the one place where they may write."""
        self.folder = folder
        self.scratch = folder.parent / f"{folder.name}-runs"

    def __enter__(self) -> Self:
        self.scratch.mkdir(exist_ok=True)
        self._program = subprocess.Popen(
            [sys.executable, "-W", "default", "-m", "tests.hostile.forks"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        assert self._program.stdin
        assert self._program.stdout
        self._program.stdin.close()
        self._program.stdout.close()
        self._program.wait()

    def environment(self, **more: str | bytes) -> dict[str, str | bytes]:
        """The environment of a plain machine, with all that walk keeps inside of the folder."""
        home = str(self.folder / "home")
        return {
            "HOME": home,
            "PATH": os.defpath,
            "LANG": "C.UTF-8",
            "TERM": "dumb",
            "TZ": "UTC",
            "TMPDIR": str(self.folder),
            **more,
        }

    def run(
        self,
        *arguments: str | bytes,
        stdin: bytes = b"",
        env: Mapping[str, str | bytes] | None = None,
        seconds: float = SECONDS,
        encoding: str = "utf-8",
        address_space: int = 2_000_000_000,
        cwd: Path | None = None,
    ) -> Ran:
        """Run one command with these arguments, as bytes where they are no text."""
        asked = {
            "arguments": [_coded(one) for one in arguments],
            "env": {
                name: _coded(value)
                for name, value in (self.environment() if env is None else env).items()
            },
            "stdin": _coded(stdin),
            "cwd": str(cwd or self.folder),
            "allowed": str(self.folder),
            "scratch": str(self.scratch),
            "seconds": seconds,
            "encoding": encoding,
            "address_space": address_space,
        }
        assert self._program.stdin
        assert self._program.stdout
        self._program.stdin.write(json.dumps(asked).encode() + b"\n")
        self._program.stdin.flush()
        answer = json.loads(self._program.stdout.readline())
        return Ran(
            tuple(arguments),
            answer["code"],
            base64.b64decode(answer["out"]),
            base64.b64decode(answer["err"]) + self._crash(),
            answer["hung"],
            answer["took"],
            answer["memory"],
        )

    def _crash(self) -> bytes:
        """What a crash wrote down, so that a failing test says where it was."""
        found = sorted(self.folder.glob("home/**/crash.txt"))
        told = found[0].read_bytes() if found else b""
        for one in found:
            one.unlink()
        return told


def _coded(value: str | bytes) -> str:
    raw = os.fsencode(value) if isinstance(value, str) else value
    return base64.b64encode(raw).decode()
