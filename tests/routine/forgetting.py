"""What tests of erasing and purging share: the bytes of all files, and laptops that swap packs."""

from __future__ import annotations

from pathlib import Path

from walk.routine.desk import Desk
from walk.routine.exchanging import collect, share


def bytes_of(store: Path) -> bytes:
    """The bytes of a store and of all that lies beside it: its log, backups, what was set aside."""
    files = sorted(store.parent.rglob(f"{store.name}*"))
    inside = [one for file in files if file.is_dir() for one in file.rglob("*")]
    return b"\n".join(one.read_bytes() for one in (*files, *inside) if one.is_file())


def says(store: Path, *words: str) -> list[str]:
    """Those of the words that stand in any of its files."""
    content = bytes_of(store)
    return [word for word in words if word.encode() in content]


def give(desk: Desk, folder: Path, name: str) -> Path:
    """Share what this laptop has."""
    path = folder / f"{name}.walk"
    path.unlink(missing_ok=True)
    share.share(desk, path)
    return path


def take(desk: Desk, *packs: Path) -> None:
    """Collect packs."""
    collect.collect(desk, packs)
