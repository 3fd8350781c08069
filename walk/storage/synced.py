"""Folders that a cloud or another laptop keeps in step: no place for a store that is in use."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable
from pathlib import Path, PurePath

_NAMES = (
    (r"onedrive( - .+|-.+)?", "OneDrive"),
    (r"dropbox( \(.+\))?|dropbox-.+", "Dropbox"),
    (r"google ?drive|googledrive-.+|my drive|drivefs", "Google Drive"),
    (r"icloud ?drive|mobile documents|com~apple~clouddocs|iclouddrive-.+", "iCloud"),
    (r"nextcloud(-.+)?", "Nextcloud"),
    (r"owncloud(-.+)?", "ownCloud"),
    (r"syncthing", "Syncthing"),
    (r"box sync|box-box", "Box"),
    (r"pclouddrive|pcloud drive|pcloudsync", "pCloud"),
    (r"megasync|mega", "MEGA"),
    (r"seafile", "Seafile"),
    (r"proton drive|protondrive-.+", "Proton Drive"),
    (r"resilio sync", "Resilio Sync"),
    (r"cloudstorage", "a cloud"),
)
"""How the folder of a service is called, in any case; the last is where macOS puts them all."""

_MARKS = (
    (".stfolder", "Syncthing"),
    (".dropbox", "Dropbox"),
    (".dropbox.cache", "Dropbox"),
    (".849C9593-D756-4E56-8D6E-42412F2A707B", "OneDrive"),
    (".tmp.drivedownload", "Google Drive"),
    (".nextcloudsync.log", "Nextcloud"),
    (".owncloudsync.log", "ownCloud"),
    (".sync/ID", "Resilio Sync"),
    (".seafile-data", "Seafile"),
)
"""What a service leaves in the topmost folder that it keeps in step."""


def synced(folder: PurePath, has: Callable[[PurePath], bool]) -> str:
    """The service that keeps a folder in step, as far as can be told; nothing where none does.

    Told by the names of the folder and those above it, and by what lies in them: `has` says
    whether something is there.
    """
    above = [folder, *folder.parents]
    for part in reversed(folder.parts):
        if service := _by_name(part):
            return service
    for place in above:
        for mark, service in _MARKS:
            if has(place / mark):
                return service
    return ""


def _by_name(part: str) -> str:
    for pattern, service in _NAMES:
        if re.fullmatch(pattern, part.strip(), re.IGNORECASE):
            return service
    return ""


def service_of(path: Path) -> str:
    """The service that keeps the folder of this file in step, by its name and where it leads."""
    for folder in _ways(path.parent):
        if service := synced(folder, _is_there):
            return service
    return ""


def _ways(folder: Path) -> Iterable[Path]:
    yield folder
    try:
        real = Path(os.path.realpath(folder))
    except OSError:
        return
    if real != folder:
        yield real


def _is_there(place: PurePath) -> bool:
    try:
        return os.path.lexists(place)
    except (OSError, ValueError):
        return False
