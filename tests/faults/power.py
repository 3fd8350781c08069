"""Power cuts, replayed: what a writer asked of the system, cut off anywhere, as a disk may hold it.

The writer runs under strace, which writes down all that it asks of the system. Up to a moment, what
a file was synced with is on the disk; of what came after, any part may be. Linux only.
"""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

TRACED = "openat,close,pwrite64,write,ftruncate,fsync,fdatasync,unlink,rename,link"
SECTOR = 512
_LINE = re.compile(r"^(?:\d+\s+)?(\w+)\((.*)\)\s+= (-?\d+)")
_QUOTED = re.compile(r'"((?:\\x[0-9a-f]{2})*)"(\.\.\.)?')

WRITER = """
import os, sys
from pathlib import Path
from tests.storage.laptops import START, WALK, note, walker
from walk.storage.store import By, Draft, Store
path, turns, how = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
store = Store.open(path, START)
store._conn.execute("PRAGMA synchronous=" + how)
store._conn.execute("PRAGMA wal_autocheckpoint=40")
store._conn.execute("PRAGMA fullfsync=0")
by = By(WALK, walker("Ana"), START, 0)
for number in range(turns):
    if how == "FULL":
        store.keep_draft(Draft("visit", WALK, "", f"typing {number}", "", START))
        store._syncing.ask()
    store.save(by, "write", "saved", [note(f"n{number}", f"n{number} " + "said " * 90)],
               draft_done="visit")
    os.write(1, b"saved n%d\\n" % number)
os._exit(0)
"""


@dataclass
class Disk:
    """What is surely on the disk, and what may or may not be, each file by its path."""

    durable: dict[str, bytearray] = field(default_factory=dict)
    pending: dict[str, list[tuple[int, bytes]]] = field(default_factory=lambda: defaultdict(list))

    def synced(self, path: str) -> None:
        """All that was written to it is on the disk now."""
        for at, data in self.pending.pop(path, []):
            put(self.durable.setdefault(path, bytearray()), at, data)

    def image(self, chance: random.Random) -> dict[str, bytes]:
        """The files as a power cut may leave them now."""
        found = {path: bytearray(content) for path, content in self.durable.items()}
        how = chance.choice(("none", "all", "first", "some", "torn"))
        for path, writes in self.pending.items():
            content = found.setdefault(path, bytearray())
            upto = chance.randint(0, len(writes))
            for number, (at, data) in enumerate(writes):
                if how == "none" or (how == "first" and number >= upto):
                    continue
                if how == "some" and chance.random() < 0.5:
                    continue
                if how == "torn":
                    _torn(content, at, data, chance)
                    continue
                put(content, at, data)
        return {path: bytes(content) for path, content in found.items()}


def put(content: bytearray, at: int, data: bytes) -> None:
    """Write data into a file's content; at -1 cut it off at so many bytes instead."""
    if at < 0:
        size = int.from_bytes(data, "big")
        del content[size:]
        content.extend(bytes(size - len(content)))
        return
    content.extend(bytes(max(0, at - len(content))))
    content[at : at + len(data)] = data


def _torn(content: bytearray, at: int, data: bytes, chance: random.Random) -> None:
    if at < 0:
        put(content, at, data)
        return
    for start in range(0, len(data), SECTOR):
        if chance.random() < 0.5:
            put(content, at + start, data[start : start + SECTOR])


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that the writer asked of the system."""

    name: str
    path: str = ""
    at: int = 0
    data: bytes = b""


def record(store: Path, turns: int, how: str) -> list[Asked]:
    """Let a writer save some notes in a new store; all that it asked of the system, in order."""
    log = store.with_name("asked.txt")
    command = ["strace", "-f", "-qq", "-xx", "-s", "70000", "-e", f"trace={TRACED}", "-o", str(log)]
    done = subprocess.run(
        [*command, sys.executable, "-c", WRITER, str(store), str(turns), how],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2_000:]
    return list(_read(log.read_text("ascii"), store))


def _bytes(quoted: str) -> bytes:
    return bytes.fromhex(quoted.replace("\\x", ""))


def _whole_lines(text: str) -> list[str]:
    """The log's lines, those put together that another thread's call had cut in two."""
    begun: dict[str, str] = {}
    lines = []
    for line in text.splitlines():
        pid, _, rest = line.partition(" ")
        rest = rest.strip()
        if rest.endswith("<unfinished ...>"):
            begun[pid] = rest.removesuffix("<unfinished ...>").rstrip()
            continue
        resumed = re.match(r"<\.\.\. \w+ resumed>(.*)", rest)
        lines.append(begun.pop(pid, "") + resumed[1] if resumed else rest)
    return lines


def _read(text: str, store: Path) -> list[Asked]:
    files: dict[int, str] = {}
    ours, found = os.fsencode(store), []
    for line in _whole_lines(text):
        match = _LINE.match(line)
        if not match or match[3].startswith("-"):
            continue
        name, said, result = match[1], match[2], int(match[3])
        quoted = _QUOTED.findall(said)
        assert not any(cut for _, cut in quoted), "strace has cut something off"
        texts = [_bytes(one) for one, _ in quoted]
        if name == "openat":
            files[result] = os.fsdecode(texts[0]) if texts[0].startswith(ours) else ""
            continue
        if name in ("unlink", "rename", "link"):
            if texts[-1].startswith(ours):
                source = os.fsdecode(texts[0])
                found.append(Asked(name, source, data=texts[-1]))
            continue
        handle = int(said.split(",")[0])
        path = files.get(handle, "")
        if name == "write" and handle == 1:
            found.append(Asked("told", data=texts[0]))
        elif path and name == "pwrite64":
            found.append(Asked(name, path, int(said.rsplit(",", 1)[1]), texts[0]))
        elif path and name == "ftruncate":
            found.append(Asked(name, path, -1, int(said.rsplit(",", 1)[1]).to_bytes(8, "big")))
        elif path and name in ("fsync", "fdatasync"):
            found.append(Asked(name, path))
        elif name == "close":
            files.pop(handle, None)
    return found


def cut(asked: list[Asked], first: int, chance: random.Random) -> tuple[dict[str, bytes], set[str]]:
    """A power cut at some moment after `first`: the files, and what was told saved by then."""
    disk, told = Disk(), set()
    for one in asked[: chance.randint(first, len(asked))]:
        if one.name == "told":
            told |= {line.split()[1] for line in one.data.decode().splitlines()}
        elif one.name in ("pwrite64", "ftruncate"):
            disk.pending[one.path].append((one.at, one.data))
        elif one.name in ("fsync", "fdatasync"):
            disk.synced(one.path)
        elif one.name in ("rename", "link"):
            _renamed(disk, one.path, os.fsdecode(one.data), keep=one.name == "link")
        elif one.name == "unlink":
            disk.durable.pop(one.path, None)
            disk.pending.pop(one.path, None)
    return disk.image(chance), told


def _renamed(disk: Disk, old: str, new: str, *, keep: bool) -> None:
    if old in disk.durable:
        disk.durable[new] = disk.durable[old] if keep else disk.durable.pop(old)
    if old in disk.pending:
        disk.pending[new] = disk.pending[old] if keep else disk.pending.pop(old)
