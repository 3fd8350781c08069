"""A program that runs many commands of walk, each in a process of its own that starts at once.

It imports walk, then makes a copy of itself (a fork) for each command that a line of its input
asks for, and answers with a line: exit code, what was printed, how long it took, how much memory it
had, and whether it tried to write outside of its folder or to start or reach anything. POSIX only.
"""

from __future__ import annotations

import base64
import contextlib
import ctypes
import gc
import io
import json
import os
import resource
import signal
import sys
import threading
import time
import traceback
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes, urlsplit

OUTSIDE = 97
"""The exit code of a command that was about to write outside of its folder, or to run something."""
LARGEST_FILE = 300_000_000
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_CHANGING = frozenset(
    [
        "os.chmod",
        "os.chown",
        "os.link",
        "os.mkdir",
        "os.remove",
        "os.rename",
        "os.rmdir",
        "os.symlink",
        "os.truncate",
        "os.utime",
        "shutil.move",
        "shutil.rmtree",
        "sqlite3.connect",
    ]
)
_RUNNING = ("subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.kill")
_REACHING = ("socket.connect", "socket.bind", "socket.sendto", "webbrowser.open")
_ALLOWED = ("/dev/null", "/dev/tty", "/dev/stdout", "/dev/stderr", "/dev/fd/", "/proc/", "/sys/")


def main() -> None:
    """Answer requests, one a line, until the input ends."""
    _load()
    for line in sys.stdin.buffer:
        asked = json.loads(line)
        sys.stdout.write(json.dumps(_answer(asked)) + "\n")
        sys.stdout.flush()


def _load() -> None:
    """Import what the commands import, so that no copy has to do it again."""
    import pkgutil

    import walk

    for one in pkgutil.walk_packages(walk.__path__, "walk."):
        if one.name.startswith(("walk.app", "walk.screens", "walk.widgets", "walk.__main__")):
            continue
        with contextlib.suppress(ImportError):
            __import__(one.name)
    import walk.widgets.dates

    gc.freeze()


def _answer(asked: dict[str, Any]) -> dict[str, Any]:
    folder = Path(asked["scratch"])
    names = {name: folder / name for name in ("in", "out", "err")}
    names["in"].write_bytes(base64.b64decode(asked["stdin"]))
    began = time.perf_counter()
    child = os.fork()
    if child == 0:
        _be_the_command(asked, names)
    hung = not _ended(child, asked["seconds"])
    _, status, used = os.wait4(child, 0)
    return {
        "code": os.waitstatus_to_exitcode(status),
        "hung": hung,
        "took": time.perf_counter() - began,
        "memory": used.ru_maxrss * (1 if sys.platform == "darwin" else 1024),
        "out": base64.b64encode(_read(names["out"])).decode(),
        "err": base64.b64encode(_read(names["err"])).decode(),
    }


def _read(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(20_000_000)


def _ended(child: int, seconds: float) -> bool:
    """Wait for the end of a process, and kill it where that did not come: then False."""
    how = os.WEXITED | os.WNOWAIT
    waiter = threading.Thread(target=os.waitid, args=(os.P_PID, child, how), daemon=True)
    waiter.start()
    waiter.join(seconds)
    came = not waiter.is_alive()
    if not came:
        os.kill(child, signal.SIGKILL)
        waiter.join()
    return came


# In the copy


def _be_the_command(asked: dict[str, Any], names: dict[str, Path]) -> None:
    """Run the command as its own process would, and end."""
    code = 1
    try:
        _settle(asked, names)
        _guard([asked["allowed"], *_ALLOWED])
        from walk.__main__ import main as run

        code = _code_of(run)
    except BaseException:
        traceback.print_exc()
    finally:
        for stream in (sys.stdout, sys.stderr):
            with contextlib.suppress(Exception):
                stream.flush()
        os._exit(code)


def _code_of(run: Any) -> int:
    try:
        run()
    except SystemExit as end:
        if end.code is None or isinstance(end.code, int):
            return int(end.code or 0)
        print(end.code, file=sys.stderr)
        return 1
    return 0


def _settle(asked: dict[str, Any], names: dict[str, Path]) -> None:
    os.setsid()
    for number, name, flags in (
        (0, "in", os.O_RDONLY),
        (1, "out", os.O_WRONLY | os.O_CREAT | os.O_TRUNC),
        (2, "err", os.O_WRONLY | os.O_CREAT | os.O_TRUNC),
    ):
        os.dup2(os.open(names[name], flags, 0o600), number)
    encoding = asked["encoding"]
    sys.stdin = io.TextIOWrapper(io.BufferedReader(_raw(0, "r")), encoding, "surrogateescape")
    sys.stdout = io.TextIOWrapper(io.BufferedWriter(_raw(1, "w")), encoding, "strict")
    sys.stderr = io.TextIOWrapper(io.BufferedWriter(_raw(2, "w")), encoding, "backslashreplace")
    os.chdir(asked["cwd"])
    os.environ.clear()
    for name, value in asked["env"].items():
        os.environb[name.encode()] = base64.b64decode(value)
    if "TZ" in os.environ:
        with contextlib.suppress(Exception):
            time.tzset()
    sys.argv = ["walk", *(os.fsdecode(base64.b64decode(one)) for one in asked["arguments"])]
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_FILE, LARGEST_FILE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    limit = asked["address_space"]
    if limit and sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    drop_privileges()


def _raw(number: int, mode: str) -> io.FileIO:
    return io.FileIO(number, mode, closefd=False)


def drop_privileges() -> None:
    """Let root meet the same closed doors as everybody else (Linux)."""
    if sys.platform == "linux" and os.geteuid() == 0:
        libc = ctypes.CDLL(None, use_errno=True)
        header = (ctypes.c_uint32 * 2)(0x20080522, 0)
        if libc.capset(header, (ctypes.c_uint32 * 6)()) != 0:
            raise OSError(ctypes.get_errno(), "the privileges of root could not be laid down")


def _guard(allowed: list[str]) -> None:
    """End the process before it writes anywhere else, and before it starts or reaches anything."""

    def watch(event: str, details: tuple[Any, ...]) -> None:
        if event == "open":
            path, _mode, flags = details
            if not isinstance(path, int) and isinstance(flags, int) and flags & _WRITING:
                _check(event, path)
        elif event in _CHANGING:
            for path in details[:2] if event in ("os.rename", "os.link") else details[:1]:
                _check(event, path)
        elif event.startswith(_RUNNING) or event in _REACHING:
            _outside(event, details)

    def _check(event: str, path: Any) -> None:
        if isinstance(path, int):
            return
        named = os.fsdecode(path)
        if event == "sqlite3.connect":
            if named == ":memory:":
                return
            if named.startswith("file:"):
                address = urlsplit(named)
                if "mode=ro" in address.query:  # read only, and so is it asked for
                    return
                named = os.fsdecode(unquote_to_bytes(address.path))
        if "\0" in named:
            return
        full = os.path.realpath(os.path.join(os.getcwd(), named))
        plain = os.path.abspath(named)
        if not any(
            one == allow
            or one.startswith(allow.rstrip("/") + "/")
            or (allow.endswith("/") and one.startswith(allow))
            for allow in allowed
            for one in (full, plain)
        ):
            _outside(event, path)

    def _outside(event: str, details: Any) -> None:
        os.write(2, f"\nOUTSIDE: {event} {details!r}\n".encode("utf-8", "backslashreplace"))
        os._exit(OUTSIDE)

    sys.addaudithook(watch)


if __name__ == "__main__":
    main()
