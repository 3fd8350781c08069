"""Exports: reports written to files, whole or not at all, and never over a foreign file unasked.

A file is ours while it is as it was written here. One that somebody has changed since, or made,
is replaced only when a person says so.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from pathlib import Path

from walk.disk import open_plain, why_unread
from walk.errors import Refused, WalkError
from walk.intake import whole_file
from walk.routine.desk import Desk
from walk.text import one_line

ENDINGS: dict[str, str] = {
    "html": ".html",
    "docx": ".docx",
    "md": ".md",
    "text": ".txt",
    "xlsx": ".xlsx",
    "csv": ".csv",
    "json": ".json",
}
"""The ending of a file of each form."""
FORM_WORDS: dict[str, str] = {
    "html": "web page, to read or print (.html)",
    "docx": "Word document, to change (.docx)",
    "md": "Markdown (.md)",
    "text": "plain text (.txt)",
    "xlsx": "workbook (.xlsx)",
    "csv": "table as text (.csv)",
    "json": "JSON, for programs (.json)",
}
BINARY = ("docx", "xlsx")
"""Forms that are no text."""
WRITTEN = "written"
"""The local setting, with a walk's id behind it: what was written where, by a fingerprint."""
REMEMBERED_MOST = 100
LARGEST_BEFORE = 100_000_000
"""Bytes of a file that is written over; a larger one was never written here."""

OTHERS = frozenset({".pdf", ".doc", ".odt", ".rtf", ".xls", ".ods", ".pages", ".numbers"})
"""Endings of documents that walk does not write: plain text under such a name opens nowhere."""

_BY_ENDING = {**{ending: form for form, ending in ENDINGS.items()}, ".htm": "html"}


class ForeignFile(Refused):
    """Something else lies where a report should be written."""


def form_of_path(path: Path, forms: tuple[str, ...] = (), usual: str = "text") -> str:
    """The form that a file's ending asks for; `usual` for an ending that is none of these forms.

    WalkError for the ending of a document that walk does not write.
    """
    ending = path.suffix.lower()
    if ending in OTHERS:
        raise WalkError(
            f"No {ending} file can be written.",
            "End it in .html, which a browser prints or saves as PDF; or in .docx or .md.",
        )
    form = _BY_ENDING.get(ending, "")
    return form if form and (not forms or form in forms) else usual


def write(desk: Desk, path: Path, data: bytes, *, replace: bool = False) -> Path:
    """Write a report to a file; the absolute path.

    ForeignFile where something is there that was not written here, or was changed since, unless
    `replace`. A link stays a link. WalkError where it cannot be written, and then all is as it was.
    """
    if not path.name:
        raise WalkError("The file has no name.", "Name a file in a folder that you can write to.")
    if _is_of_the_store(path, desk.store.path):
        raise WalkError(f"{path} is the store itself.", "Name another file.")
    path = path.absolute()
    _check_folder(path.parent)
    before = _read(path)
    if before is not None and not replace and before != data and not _is_ours(desk, path, before):
        raise ForeignFile(
            f"{one_line(path.name)} is there already, and was not written here as it is now.",
            "Name another file, or say that it may be replaced.",
        )
    whole_file.write_whole(path, data, before=before)
    _remember(desk, path, data)
    return path


def _check_folder(folder: Path) -> None:
    """WalkError for a folder that is not there; what else is wrong is told by the writing."""
    try:
        folder.stat()
    except FileNotFoundError:
        raise WalkError(
            f"There is no folder {one_line(str(folder))}.",
            "Make it first, or name a file in a folder that is there.",
        ) from None
    except (OSError, ValueError):
        return


def write_whole(path: Path, text: str) -> None:
    """Write a text file so that an older one is replaced only by a finished new one."""
    if not path.name:
        raise WalkError("The file has no name.", "Name a file in a folder that you can write to.")
    whole_file.write_whole(path, text.encode(), before=_read(path))


def _is_of_the_store(path: Path, store: Path) -> bool:
    """The store, or what lies beside it and belongs to it."""
    real, own = os.path.realpath(path), os.path.realpath(store)
    return real == own or real in {f"{own}-wal", f"{own}-shm"}


def _read(path: Path) -> bytes | None:
    """What the file says; None where there is none."""
    try:
        with open_plain(path) as file:
            before = file.read(LARGEST_BEFORE + 1)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError) as error:
        if isinstance(error, PermissionError) and os.path.exists(path):
            raise WalkError(
                f"{one_line(str(path))} cannot be read: {why_unread(error)}.",
                "What lies there is not replaced unread, so name another file.",
            ) from None
        why = getattr(error, "strerror", None) or "its name cannot be used"
        raise _unwritable(path, why) from None
    if len(before) > LARGEST_BEFORE:
        raise _unwritable(path, "what lies there is larger than anything that walk writes")
    return before


def _unwritable(path: Path, why: str) -> WalkError:
    return WalkError(
        f"{one_line(str(path))} cannot be written: {why}.",
        "Name a file in a folder that you can write to.",
    )


# What was written here


def _print_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _key(desk: Desk) -> str:
    return f"{WRITTEN}:{desk.walk_id}"


def _is_ours(desk: Desk, path: Path, before: bytes) -> bool:
    known = desk.store.setting(_key(desk), {})
    return isinstance(known, dict) and known.get(str(path)) == _print_of(before)


def _remember(desk: Desk, path: Path, data: bytes) -> None:
    if not str(path).isprintable():
        return
    known = desk.store.setting(_key(desk), {})
    kept = dict(known) if isinstance(known, dict) else {}
    kept.pop(str(path), None)
    kept[str(path)] = _print_of(data)
    with suppress(WalkError):  # the file is written; only that it is ours may be forgotten
        desk.store.set(_key(desk), dict(list(kept.items())[-REMEMBERED_MOST:]))
