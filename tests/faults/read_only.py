"""Every command where it may not write, run by somebody whom the system really refuses.

Who runs tests as root is refused nothing; `refused` gives that right up in a process of its own.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from click.testing import CliRunner

from tests.desks import desk_at
from tests.faults.commands import STORE, USES, before_it, in_folder, prepare
from tests.storage.laptops import folder
from walk.cli import walk as root

KINDS = ("file", "folder", "both", "output")
OUT = "out"

_GIVE_UP = """
import ctypes, os, sys
if os.geteuid() == 0:
    system = ctypes.CDLL(None, use_errno=True)
    for right in (1, 2):  # to pass over what a file's mode says, for writing and for reading
        system.prctl(24, right, 0, 0, 0)
os.execv(sys.executable, [sys.executable, "-c", sys.argv[1]])
"""


def to(words: tuple[str, ...] | list[str]) -> list[str]:
    """The same command, with what it writes sent into another folder."""
    found = list(words)
    if "-o" in found:
        place = found.index("-o") + 1
        found[place] = f"{OUT}/{found[place]}"
    return found


def try_all(kind: str) -> dict[str, tuple[int, str, str]]:
    """Use every command where something is read-only: its exit code, words and problems."""
    told = {}
    with tempfile.TemporaryDirectory(dir=folder()) as made:
        whole, place = Path(made) / "whole", Path(made) / "laptop"
        whole.mkdir()
        prepare(whole)
        for name, use in USES.items():
            shutil.copytree(whole, place)
            with desk_at(place / STORE):
                pass  # it learns where it lies now, while it may
            words = before_it(name, place)
            (place / OUT).mkdir()
            before = content(place)
            closed = _close(place, kind)
            try:
                with in_folder(place):
                    done = CliRunner().invoke(
                        root,
                        ["--store", STORE, *(to(list(words)) if kind == "output" else words)],
                        input=use.typed,
                        catch_exceptions=False,
                    )
            finally:
                for one in closed:
                    one.chmod(0o700)
            after = content(place)
            if kind != "output":  # where a share has finished the forms before
                assert after == {**after, **before}, f"{name} has changed what is read-only"
            told[name] = (done.exit_code, done.stdout, done.stderr)
            shutil.rmtree(place)
    return told


def _close(place: Path, kind: str) -> list[Path]:
    store = [one for one in place.glob(f"{STORE}*") if one.is_file()]
    closed = {"file": store, "folder": [place], "both": [*store, place], "output": [place / OUT]}
    for one in closed[kind]:
        one.chmod(0o500 if one.is_dir() else 0o400)
    return closed[kind]


def content(place: Path) -> dict[str, bytes]:
    """The store and its backups, byte for byte."""
    found = [*place.glob(f"{STORE}-backups/*.walkdb"), place / STORE]
    return {str(one.relative_to(place)): one.read_bytes() for one in found}


def refused_command(store: Path, *words: str) -> list[str]:
    """The command that runs walk on a store as somebody who is refused so."""
    code = (
        f"import sys\nsys.argv = {['walk', '--store', str(store), *words]!r}\n"
        "from walk.__main__ import main\nmain()\n"
    )
    return [sys.executable, "-c", _GIVE_UP, code]


def refused(kind: str) -> dict[str, tuple[int, str, str]]:
    """The same in a process that is refused what the modes of files refuse."""
    code = (
        "import json\nfrom tests.faults.read_only import try_all\n"
        f"print(json.dumps(try_all({kind!r})))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", _GIVE_UP, code],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert done.returncode == 0, done.stderr[-3_000:]
    found: dict[str, tuple[int, str, str]] = json.loads(done.stdout.splitlines()[-1])
    return found
