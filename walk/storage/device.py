"""Which laptop this is: a random id, tied to the machine and the store's path.

Schools clone disks and restore backups. Where the tie does not hold, the store gets a new
device id, so that two laptops never number their published revisions alike.
"""

from __future__ import annotations

import hashlib
import os
import platform
import sqlite3
import sys
import uuid
from pathlib import Path

from walk.model.ids import RECORD_BYTES


def fresh_id() -> bytes:
    """A new device id: 16 random bytes."""
    return os.urandom(RECORD_BYTES)


def fingerprint(store: Path) -> str:
    """What this machine and path look like, as a hash; nothing of it can be read back."""
    seen = "\n".join((_machine_id(), _network_card(), platform.node(), os.path.realpath(store)))
    # A path may hold bytes that are no text; they come through as they are.
    return hashlib.sha256(seen.encode("utf-8", "surrogatepass")).hexdigest()


def _network_card() -> str:
    """The network card's own number; a clone of a disk has another one.

    Where Python finds no card it makes a number up for each run, marked by its multicast bit.
    """
    number = uuid.getnode()
    return "" if number >> 40 & 1 else f"{number:x}"


def _machine_id() -> str:
    """The system's own id of this installation, where it has one that can be read."""
    if sys.platform == "win32":
        import winreg

        try:
            # Only the 64-bit view has it, which a 32-bit Python is not shown unless it asks.
            view = winreg.KEY_READ | winreg.KEY_WOW64_64KEY
            with winreg.OpenKey(
                winreg.HKEY_LOCAL_MACHINE, r"SOFTWARE\Microsoft\Cryptography", 0, view
            ) as key:
                return str(winreg.QueryValueEx(key, "MachineGuid")[0])
        except OSError:
            return ""
    for file in ("/etc/machine-id", "/var/lib/dbus/machine-id"):
        try:
            return Path(file).read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError):
            continue
    return ""


def current_device(conn: sqlite3.Connection, store: Path, fresh: bytes, now: int) -> bytes:
    """This laptop's device id in this store; `fresh` (16 random bytes) becomes it where the
    machine or the path is not the one that the last id was made on. `now` in UTC milliseconds.
    """
    seen = fingerprint(store)
    row = conn.execute("SELECT id, fingerprint FROM device ORDER BY rowid DESC LIMIT 1").fetchone()
    if row and row[1] == seen:
        return bytes(row[0])
    return renew(conn, store, fresh, now)


def latest(conn: sqlite3.Connection) -> bytes:
    """The device id that was made last in this store."""
    row = conn.execute("SELECT id FROM device ORDER BY rowid DESC LIMIT 1").fetchone()
    return bytes(row[0])


def renew(conn: sqlite3.Connection, store: Path, fresh: bytes, now: int) -> bytes:
    """Make `fresh` this laptop's device id from `now` (UTC milliseconds) on."""
    conn.execute(
        "INSERT INTO device(id, fingerprint, since) VALUES (?,?,?)",
        (fresh, fingerprint(store), now),
    )
    return fresh
