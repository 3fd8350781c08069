"""Where walk keeps its files, and the three ways to say otherwise."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from walk.errors import StoreError

STORE_VARIABLE = "WALK_STORE"
"""Names the store for one run or for a whole session; --store wins over it."""

STORE_NAME = "walk.walkdb"
WORDING_NAME = "wording.toml"
BESIDE = "walk-data"
"""A folder of this name beside the one-folder build, as on a stick, holds the data instead."""


def data_folder() -> Path:
    """The folder for walk's data: beside its program, where one was made there, else the user's.

    Not made here.
    """
    beside = beside_program()
    if beside is not None:
        return beside
    from platformdirs import user_data_path

    return user_data_path("walk", appauthor=False)


def beside_program() -> Path | None:
    """The data folder beside the one-folder build; None without one, and for any other install."""
    if not getattr(sys, "frozen", False):
        return None
    folder = Path(sys.executable).parent / BESIDE
    return folder if folder.is_dir() else None


def store_path(named: str | None = None) -> Path:
    """The store: as named, else by WALK_STORE, else in the data folder. An absolute path.

    A link to a store gives the store itself. StoreError for a name that cannot be made into a path.
    """
    chosen = named or os.environ.get(STORE_VARIABLE)
    if not chosen:
        return _without_link(data_folder() / STORE_NAME)
    if sys.platform == "win32":
        # `set WALK_STORE="E:\my walks"` keeps the quotation marks there, and no name can hold one.
        chosen = chosen.strip('"')
    try:
        return _without_link(Path(chosen).expanduser().absolute())
    except RuntimeError:  # ~ of somebody who has no home here
        raise StoreError(
            f"The store {chosen} cannot be found: there is no such home folder here.",
            "Name its whole path with --store.",
        ) from None
    except OSError as problem:
        raise StoreError(
            f"The store {chosen} cannot be found: {problem.strerror or problem}.",
            "Name its whole path with --store.",
        ) from problem


def _without_link(store: Path) -> Path:
    # SQLite follows a link by itself, so the log lies beside the store. Locks and backups have to
    # lie there too: by two names two programs would miss each other, and an erase some backups.
    return Path(os.path.realpath(store)) if os.path.islink(store) else store


def own_templates() -> Path:
    """The folder for a teacher's own focus templates, which win over the shipped ones."""
    return data_folder() / "focus_templates"


def crash_file() -> Path:
    """Where a crash is written down, without note text."""
    return data_folder() / "crash.txt"


def wording_file(store: Path) -> Path:
    """A school's own words for wording help, beside its store; it need not be there."""
    return store.parent / WORDING_NAME


def places_file(store: Path, walk: str) -> Path:
    """Where the lead keeps the places of a walk (its id, in hex): beside the store, if at all."""
    return store.with_name(f"{store.name}-places-{walk}.toml")
