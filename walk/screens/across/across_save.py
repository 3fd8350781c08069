"""Saving a page about several walks: in which form, into which folder, under which name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from walk.disk import is_folder
from walk.errors import PackError, Refused
from walk.routine import exports, folders
from walk.routine.across import across
from walk.routine.across.across import PAGE_FORMS, STEMS, LeftOut, Which
from walk.routine.exports import ENDINGS, FORM_WORDS
from walk.screens.ask import Ask, Values
from walk.screens.reporting.report_save import agreeing
from walk.screens.team import TeamScreen
from walk.text import one_line

if TYPE_CHECKING:
    from walk.reports.blocks import Page

Made = tuple["Page", list[LeftOut]]


def save_page(screen: TeamScreen, which: Which, title: str, make: Callable[[], Made]) -> None:
    """Ask how a page is to be saved, and write it; what is wrong is told where it was asked."""
    desk = screen.desk
    asks = [
        Ask("As", options=tuple((one, FORM_WORDS[one]) for one in PAGE_FORMS)),
        Ask("Folder", options=_folders(folders.recent(desk))),
        Ask("Name; a path goes elsewhere", STEMS[which], "such as walks-over-time", one_row=True),
    ]
    agreed: list[Path] = []

    def save(values: Values) -> str:
        form, folder, name = values
        path = _path(name, folder, form)
        made, left = make()
        with agreeing(path, agreed):
            written = across.write(desk, made, path, replace=path in agreed)
        folders.used(desk, written.parent)
        out = f" · {across.told(left)}" if left else ""
        return f"Written to {one_line(str(written))}{out}"

    screen.ask(f"Save: {title}", asks, save, place=f"save {which}")


def _folders(recent: list[str]) -> tuple[tuple[str, str], ...]:
    """The folder in which walk was started, and those used last."""
    here = str(Path.cwd())
    others = [one for one in recent if one != here]
    return ((here, f"here: {_end_of(here)}"), *((one, _end_of(one)) for one in others))


def _end_of(path: str) -> str:
    words = one_line(path)
    return words if len(words) <= 40 else f"…{words[-39:]}"


def _path(name: str, folder: str, form: str) -> Path:
    """The file that is meant: a known ending that was typed counts, else that of the form."""
    said = name.strip()
    if not said:
        raise Refused("The file needs a name.", f"For example {STEMS['history']}{ENDINGS[form]}.")
    try:
        is_path = said.startswith(("/", "~", "file:", "'", '"', "\\")) or ":\\" in said
        (typed,) = folders.paths_of(said) if is_path else (Path(said),)
    except (PackError, ValueError):
        raise Refused("No single path can be made out of this.", "Name one file.") from None
    path = typed if typed.is_absolute() else Path(folder) / typed
    if is_folder(path):
        raise Refused("This is a folder.", "Add a name for the file.")
    ending = path.suffix.lower()
    known = {ENDINGS[one] for one in PAGE_FORMS} | {".htm"}
    if ending in known:
        return path.absolute()
    if ending in exports.OTHERS or ending in ENDINGS.values():
        raise Refused(
            f"This page is not written as {ending}.",
            f"Leave the ending out, or use {', '.join(ENDINGS[one] for one in PAGE_FORMS)}.",
        )
    return path.with_name(path.name + ENDINGS[form]).absolute()
