"""Where walk keeps its files, and the two ways to say otherwise."""

from __future__ import annotations

import os
from pathlib import Path

STORE_VARIABLE = "WALK_STORE"
"""Names the store for one run or for a whole session; --store wins over it."""

STORE_NAME = "walk.walkdb"
WORDING_NAME = "wording.toml"


def data_folder() -> Path:
    """The user's data folder for walk; not made here."""
    from platformdirs import user_data_path

    return user_data_path("walk", appauthor=False)


def store_path(named: str | None = None) -> Path:
    """The store: as named, else by WALK_STORE, else in the data folder. An absolute path."""
    chosen = named or os.environ.get(STORE_VARIABLE)
    return Path(chosen).expanduser().absolute() if chosen else data_folder() / STORE_NAME


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
