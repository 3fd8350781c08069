"""Folders: where packs are carried to and from, and the paths that people paste or drop.

Everything here may wait for a disk, so screens ask in a thread. Nothing looks on a network.
"""

from __future__ import annotations

import ctypes
import os
import re
import shlex
import shutil
import stat
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path, PureWindowsPath
from typing import Any, Literal

from walk.clock import short_day
from walk.errors import PackError
from walk.exchange.pack import ENDING, LockedPack, looks_like_a_pack, peek
from walk.routine.desk import Desk
from walk.storage.synced import service_of
from walk.text import one_line

RECENT = "folders"
"""The local setting that lists the folders used last, newest first."""
RECENT_MOST = 6
SHOWN_MOST = 400
"""Folders and packs that are listed of one folder."""
ABOUT_MOST = 40
"""Packs that are looked at to say what they are; further ones show their names alone."""

Kind = Literal["stick", "recent", "usual"]

_CARRIED = ("/media/", "/run/media/")
"""Where Linux puts what is plugged in."""
_OVER_A_NET = ("nfs", "cifs", "smb", "fuse.sshfs", "fuse.rclone", "davfs", "9p")
"""Kinds of disks that lie on another machine: asking them could wait for a net."""
_ESCAPED = re.compile(r"\\([0-7]{3})")
WHOLE_BEGINS = ("file:", "'", '"', "~")
"""How a path begins that is whole by itself, so that no slash belongs before it."""
_REMOVABLE, _FIXED = 2, 3
"""What Windows calls a drive that can be taken out, and any other of this laptop: an own disk, or a
large stick that says it were one."""
_CHROMEBOOK = Path("/mnt/chromeos")
"""Where the Linux of a Chromebook has what is shared with it: sticks, each a folder, and files."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A folder that is offered."""

    path: Path
    kind: Kind
    name: str
    """What it is called: a stick's name, "Documents", else the folder's own name."""
    free: int | None = None
    """Bytes that fit; None where the disk did not say."""
    why: str = ""
    """Why nothing can be written there; empty where it can."""
    service: str = ""
    """The service that copies what lies there to the net, as far as can be told."""
    packs: int = 0
    """Packs that lie in it."""


@dataclass(frozen=True, slots=True)
class Inside:
    """What a folder holds for us."""

    path: Path
    folders: tuple[Path, ...] = ()
    packs: tuple[Path, ...] = ()
    about: tuple[str, ...] = ()
    """What each of the first packs is, in words: "Ana's notes, 23 Nov 10:40"."""
    left: int = 0
    """Folders and packs that are not listed."""
    why: str = ""
    """Why it cannot be looked into; empty where it can."""


@dataclass(frozen=True, slots=True)
class Machine:
    """What is asked of the machine, so that a test can answer in its place."""

    system: str
    """As in sys.platform."""
    mounts: Callable[[], str]
    """The text of /proc/mounts; empty elsewhere."""
    listed: Callable[[Path], list[Path]]
    """The folders in a folder; none where it cannot be read."""
    drives: Callable[[], list[tuple[str, int]]]
    """On Windows each drive ("E:\\\\") with the number of its type; none elsewhere."""
    usual: Callable[[], list[tuple[str, Path]]]
    """Home, Documents and Desktop, by what they are called."""


def this_machine() -> Machine:
    """The machine that walk runs on."""
    return Machine(sys.platform, _mounts, _listed, _drives, _usual)


def _mounts() -> str:
    try:
        return Path("/proc/mounts").read_text("utf-8", "surrogateescape")
    except OSError:
        return ""


def _listed(folder: Path) -> list[Path]:
    try:
        return sorted(one for one in folder.iterdir() if one.is_dir())
    except OSError:
        return []


def _drives() -> list[tuple[str, int]]:
    windll: Any = getattr(ctypes, "windll", None)
    if windll is None:
        return []
    bits = windll.kernel32.GetLogicalDrives()
    roots = [f"{chr(65 + place)}:\\" for place in range(26) if bits >> place & 1]
    return [(root, windll.kernel32.GetDriveTypeW(root)) for root in roots]


def _usual() -> list[tuple[str, Path]]:
    from platformdirs import user_desktop_path, user_documents_path

    found = [("Documents", user_documents_path()), ("Desktop", user_desktop_path())]
    found.append(("Downloads of the Chromebook", _CHROMEBOOK / "MyFiles" / "Downloads"))
    with suppress(RuntimeError):  # a machine on which nobody is at home
        found.append(("Home folder", Path.home()))
    return found


# What is offered


def sticks(machine: Machine) -> list[Path]:
    """Where the sticks and drives lie that are plugged in."""
    if machine.system == "win32":
        return [Path(root) for root, kind in machine.drives() if kind == _REMOVABLE]
    if machine.system == "darwin":
        volumes = machine.listed(Path("/Volumes"))
        return [
            one for one in volumes if not one.name.startswith((".", "com.apple")) and not own(one)
        ]
    here = {point for point, over_a_net in mounted(machine) if not over_a_net}
    shared = machine.listed(_CHROMEBOOK / "removable")
    return sorted({*shared, *(one for one in here if one.as_posix().startswith(_CARRIED))})


def mounted(machine: Machine) -> list[tuple[Path, bool]]:
    """On Linux where each disk is, in the order they came; True for one of another machine."""
    lines = (line.split(" ") for line in machine.mounts().splitlines())
    return [
        (
            Path(_ESCAPED.sub(lambda found: chr(int(found[1], 8)), line[1])),
            line[2].startswith(_OVER_A_NET),
        )
        for line in lines
        if len(line) > 2
    ]


def other_drives(machine: Machine) -> list[Path]:
    """On Windows the drives that are no sticks and on which nobody is at home; none elsewhere."""
    homes = {PureWindowsPath(path).drive.upper() for _, path in machine.usual()}
    fixed = [root for root, kind in machine.drives() if kind == _FIXED]
    return [Path(root) for root in fixed if PureWindowsPath(root).drive.upper() not in homes]


def own(volume: Path) -> bool:
    """True for a volume that is the machine's own disk under another name."""
    return os.path.realpath(volume) == "/"


def spots(recent: Iterable[str], machine: Machine | None = None) -> list[Spot]:
    """The folders that are there, each once: sticks first, then those used last, then usual ones.

    Waits for the disks.
    """
    machine = machine or this_machine()
    named: list[tuple[Kind, str, Path]] = []
    named += [("stick", one.name or str(one), one) for one in sticks(machine)]
    named += [("recent", Path(one).name or one, Path(one)) for one in recent]
    named += [("usual", name, path) for name, path in machine.usual()]
    named += [("usual", f"Drive {one}", one) for one in other_drives(machine)]
    found: dict[str, Spot] = {}
    for kind, name, path in named:
        place = os.path.realpath(path)
        # A stick that is plugged in is told even where it cannot be read: its owner sees it there.
        if place not in found and (kind == "stick" or _is_folder(path)):
            found[place] = spot(path, kind, name)
    return list(found.values())


def spot(path: Path, kind: Kind = "recent", name: str = "") -> Spot:
    """One folder with how it stands. Waits for its disk."""
    try:
        free: int | None = shutil.disk_usage(path).free
    except OSError:
        free = None
    why = "" if os.access(path, os.W_OK | os.X_OK) else "cannot be written"
    packs = len(inside(path).packs)
    return Spot(
        path, kind, name or path.name or str(path), free, why, service_of(path / RECENT), packs
    )


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def inside(path: Path, zone_min: int | None = None) -> Inside:
    """The folders and packs in a folder, by name. Waits for its disk.

    With `zone_min` (local time less UTC, in minutes) the first packs are looked at.
    """
    try:
        with os.scandir(path) as listed:
            entries = sorted(
                (one for one in listed if not one.name.startswith((".", "~", "$"))),
                key=lambda one: one.name.casefold(),
            )
            folders = [Path(one.path) for one in entries if _leads_on(one)]
    except (OSError, ValueError) as error:
        words = getattr(error, "strerror", None) or "it cannot be read"
        return Inside(path, why=words)
    files = [Path(one.path) for one in entries]
    packs = [one for one in files if looks_like_a_pack(one) or is_empty_pack(one)]
    left = max(0, len(folders) - SHOWN_MOST) + max(0, len(packs) - SHOWN_MOST)
    shown = packs[:SHOWN_MOST]
    about = () if zone_min is None else tuple(_about(one, zone_min) for one in shown[:ABOUT_MOST])
    return Inside(path, tuple(folders[:SHOWN_MOST]), tuple(shown), about, left)


def is_empty_pack(path: Path) -> bool:
    """True for a file of a folder that is named as a pack and holds nothing.

    A copy that was cut off leaves such a file. Passed over, its walker would seem to have given
    nothing.
    """
    if path.name.startswith((".", "~")) or path.suffix.lower() != ENDING:
        return False
    try:
        status = path.stat()
    except OSError:
        return False
    return stat.S_ISREG(status.st_mode) and status.st_size == 0


def _about(pack: Path, zone_min: int) -> str:
    """What a pack says of itself, unchecked."""
    if is_empty_pack(pack):
        return "empty: copy it once more"
    try:
        manifest = peek(pack)
    except LockedPack:
        return "locked"
    except PackError:
        return "cannot be read"
    made = datetime.fromisoformat(manifest.made_at) + timedelta(minutes=zone_min)
    what = "the plan" if manifest.kind == "plan" else "notes"
    if manifest.walker.strip():
        what = f"{one_line(manifest.walker, 40)}'s {what}"
    return f"{what}, {short_day(made.date())} {made:%H:%M}"


def _leads_on(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def recent(desk: Desk) -> list[str]:
    """The folders used last, newest first; they need not be there."""
    held = desk.store.setting(RECENT, [])
    return [one for one in held if isinstance(one, str)] if isinstance(held, list) else []


def used(desk: Desk, folder: Path) -> None:
    """Remember a folder that was used."""
    words = str(folder.absolute())
    if words.isprintable():
        kept = [words, *(one for one in recent(desk) if one != words)]
        desk.store.set(RECENT, kept[:RECENT_MOST])


def size_words(count: int) -> str:
    """Bytes as people say them: "3.1 GB"."""
    amount, unit = float(count), "bytes"
    for one in ("kB", "MB", "GB", "TB"):
        if amount < 1000:
            break
        amount, unit = amount / 1000, one
    return f"{amount:.1f} {unit}" if unit in ("GB", "TB") else f"{amount:.0f} {unit}"


# Paths that people paste, drop or type


def paths_of(
    typed: str,
    *,
    system: str = sys.platform,
    is_there: Callable[[str], bool] = os.path.lexists,
) -> list[Path]:
    """The paths that a text names, as terminals write a dropped file and as people type one.

    Plain, quoted, with a backslash before each blank, or as a file:// address; several stand in
    lines or with blanks between them. PackError where none can be made out.
    """
    text = typed.strip().strip("\0")
    if not text:
        raise PackError("No path was given.", "Drop a file or folder here, or type its path.")
    if is_there(_home(text)):  # a name may hold blanks and quotation marks of its own
        return [_path(text)]
    if text[0] == "/" and text[1:].startswith(WHOLE_BEGINS):
        text = text[1:]  # a path was pasted behind the slash that stood there already
    found: list[str] = []
    for line in text.splitlines():
        whole = line.strip()
        bare = _unquoted(whole)
        if not whole:
            continue
        if is_there(_home(whole)) or is_there(_home(bare)):
            found.append(whole if is_there(_home(whole)) else bare)
        else:
            found += _parts(whole, system)
    return [_path(_of_address(one, system)) for one in found]


def _unquoted(text: str) -> str:
    return text[1:-1] if len(text) > 2 and text[0] == text[-1] and text[0] in "'\"" else text


def _parts(line: str, system: str) -> list[str]:
    """The words of a line as a shell would part them; where it cannot, the line is one path."""
    reader = shlex.shlex(line, posix=True, punctuation_chars=False)
    reader.whitespace_split, reader.commenters = True, ""
    if system == "win32":
        reader.escape = ""  # there a backslash stands between folders
    try:
        parts = list(reader)
    except ValueError:
        return [line.strip("'\"")]
    rooted = sum(_is_rooted(one) for one in parts)
    apart = rooted == len(parts) or (not rooted and all(one.endswith(ENDING) for one in parts))
    # “/My stick/ana.walk” is one path with a blank in it, and no two.
    return parts if apart else [_unquoted(line)]


def _is_rooted(word: str) -> bool:
    known = word.startswith(("/", "~", "file:", "\\\\", "./", "../"))
    return known or word[1:3] in (":\\", ":/")


def _of_address(text: str, system: str) -> str:
    """The path in a file:// address; any other text as it is."""
    if not text.lower().startswith("file:"):
        return text
    rest = text[len("file:") :]
    if rest.startswith("//"):
        _, slash, rest = rest[2:].partition("/")
        rest = slash + rest
    data = rest.encode("utf-8", "surrogateescape")
    path = re.sub(rb"%([0-9A-Fa-f]{2})", lambda found: bytes([int(found[1], 16)]), data).decode(
        "utf-8", "surrogateescape"
    )
    drive = system == "win32" and re.match(r"/[A-Za-z]:", path)
    return path[1:] if drive else path


def _home(text: str) -> str:
    return os.path.expanduser(text) if text.startswith("~") else text


def _path(text: str) -> Path:
    if "\0" in text:
        raise PackError(
            f"{one_line(text, 60)} is no path.", "Drop the file once more, or choose its folder."
        )
    return Path(_home(text)).absolute()
