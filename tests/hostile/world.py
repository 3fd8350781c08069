"""A folder with a good file of every kind that walk reads, and what else may lie about in one."""

from __future__ import annotations

import os
import shutil
import socket
from contextlib import suppress
from pathlib import Path

from tests.desks import desk_at
from tests.hostile.texts import hostile_store
from tests.intake.sheets import table_book
from walk.routine.exchanging import share

ROOT = Path(__file__).parents[2]
ROWS = (
    ("visit", "at", "kind", "look_for", "text", "walker"),
    ("V1", "1:00", "noticing", "", "5 of 7 pairs wrote first", "Ana"),
    ("V2", "2:30", "wondering", "", "What do pairs do with the map?", "Ben"),
)
STORE = "walk.walkdb"
FILES = {
    "PLAN.toml": "plan.toml",
    "PLACES.toml": "places.toml",
    "MAP.toml": "columns.toml",
    "FILE.csv|.xlsx": "notes.csv",
    "PLAN.walk": "plan.walk",
    "PATH": "ana.walk",
    "BACKUP": "backup.walkdb",
    "WORDS.toml": "wording.toml",
}
"""What a command's help calls a file, to a good one of that kind."""


def build(folder: Path) -> None:
    """Put the good files into the folder: a walk that went through every stage, and its packs."""
    folder.mkdir()
    with desk_at(hostile_store(folder).rename(folder / STORE)) as desk:
        share.share(desk, folder / "plan.walk", plan_only=True)
        share.share(desk, folder / "ana.walk")
    shutil.copy(folder / STORE, folder / "backup.walkdb")
    for name, kept in (("plan-example.toml", "plan.toml"), ("places-example.toml", "places.toml")):
        shutil.copy(ROOT / "docs" / name, folder / kept)
    shutil.copy(ROOT / "docs" / "columns-example.toml", folder / "columns.toml")
    csv = "\n".join(",".join(f'"{cell}"' for cell in row) for row in ROWS)
    (folder / "notes.csv").write_text(csv, encoding="utf-8")
    (folder / "notes.xlsx").write_bytes(table_book(ROWS))
    (folder / "wording.toml").write_text('allow = ["exit ticket"]\n', encoding="utf-8")


def litter(folder: Path) -> list[str]:
    """Put into the folder what is no file that can be read or written; the names of it all.

    What this system does not have is left out.
    """
    (folder / "a folder").mkdir()
    (folder / "empty").touch()
    (folder / "noise").write_bytes(bytes(range(256)) * 40)
    (folder / "closed").write_bytes(b"x")
    (folder / "closed").chmod(0)
    (folder / "closed folder").mkdir(mode=0)
    (folder / "still").mkdir()
    (folder / "still" / "file").write_bytes(b"x")
    (folder / "still").chmod(0o555)
    names = ["a folder", "empty", "noise", "closed", "closed folder/x", "still/file", "still/new"]
    for name, target in (
        ("loop", "loop"),
        ("dangling", "nowhere/at all"),
        ("to folder", "a folder"),
        ("to zero", "/dev/zero"),
        ("to pipe", "pipe"),
    ):
        (folder / name).symlink_to(target)
        names.append(name)
    os.mkfifo(folder / "pipe")
    with suppress(OSError), socket.socket(socket.AF_UNIX) as bound:  # a path may be too long
        bound.bind(os.path.relpath(folder / "socket"))
        names.append("socket")
    return [*names, "pipe"]


def clear(folder: Path) -> None:
    """Take the folder away, whatever it says about being read or written."""
    for one in ("closed folder", "still"):
        with suppress(FileNotFoundError):
            (folder / one).chmod(0o700)
    shutil.rmtree(folder, ignore_errors=True)
