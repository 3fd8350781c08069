"""Saving a report: in which form, into which folder, under which name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from walk.disk import is_folder
from walk.errors import PackError, Refused
from walk.reports.data import TABLES
from walk.routine import exports, folders
from walk.routine.exports import ENDINGS, FORM_WORDS
from walk.routine.folders import Spot
from walk.routine.reporting import letters
from walk.routine.reporting.letters import Report
from walk.screens.ask import Ask, Values
from walk.screens.team import TeamScreen
from walk.text import one_line

HERE = "."
"""Stands for the folder in which walk was started."""
SHOWN_MOST, SHOWN_SIGNS = 3, 34
"""How many notes with own words are shown by their beginnings, and so many signs of each."""
OWN_WORDS = "Would colleagues know who said this?"


def save_report(screen: TeamScreen, made: Report, spots: Sequence[Spot] = ()) -> None:
    """Ask how a report is to be saved, and write it; what is wrong is told where it was asked."""
    desk = screen.desk
    tables = made.forms == letters.DATA_FORMS
    asks = [
        Ask("As", options=tuple((one, FORM_WORDS[one]) for one in made.forms)),
        *([Ask("Which table, where it is text", options=_tables())] if tables else []),
        Ask("Folder", options=_folders(spots)),
        Ask(
            "Name; a path goes elsewhere",
            "-".join(one for one in (made.stem, desk.walk.date) if one),
            "such as walk-summary, or /folder/walk-summary.html",
            one_row=True,
        ),
    ]
    agreed: list[Path] = []

    def save(values: Values) -> str:
        form, *between, folder, name = values
        path, wanted = _path(name, folder, form, made)
        with agreeing(path, agreed):
            written = letters.write(
                desk,
                made.key,
                path,
                wanted,
                table=between[0] if between else letters.USUAL_TABLE,
                replace_it=path in agreed,
            )
        folders.used(desk, written.parent)
        return f"Written to {one_line(str(written))}"

    title = f"Save: {made.name}"
    screen.ask(title, asks, save, place=f"save:{made.key}", note=_note(screen, made))


@contextmanager
def agreeing(path: Path, agreed: list[Path]) -> Iterator[None]:
    """Ask once before a file is replaced that was not written here: `agreed` holds those."""
    try:
        yield
    except exports.ForeignFile:
        agreed.append(path)
        raise Refused(
            f"{one_line(path.name, 60)} is there already.",
            "Enter replaces it; another name keeps it.",
        ) from None


def _note(screen: TeamScreen, made: Report) -> str:
    """Which notes in it hold somebody's own words, by their beginnings, and what to ask of each."""
    found = letters.own_words(screen.desk, made.key)
    if not found:
        return ""
    holds = "1 note in it holds" if len(found) == 1 else f"{len(found)} notes in it hold"
    begin = [f"“{one_line(one.words, SHOWN_SIGNS)}”" for one in found[:SHOWN_MOST]]
    more = [f"{len(found) - SHOWN_MOST} more"] if len(found) > SHOWN_MOST else []
    return f"{holds} somebody's own words: {', '.join([*begin, *more])}. {OWN_WORDS}"


def _tables() -> tuple[tuple[str, str], ...]:
    return tuple((one, one) for one in TABLES)


def _folders(spots: Sequence[Spot]) -> tuple[tuple[str, str], ...]:
    """The folders that can be written to: that used last comes first, else that of the start."""
    here = Path.cwd()
    known = [one for one in spots if not one.why and one.path != here]
    named = [(one, (str(one.path), f"{one.name}: {_end_of(one.path)}")) for one in known]
    recent = [words for one, words in named if one.kind == "recent"]
    others = [words for one, words in named if one.kind != "recent"]
    return (*recent, (HERE, f"here: {_end_of(here)}"), *others)


def _end_of(path: Path) -> str:
    words = one_line(str(path))
    return words if len(words) <= 40 else f"…{words[-39:]}"


def _path(name: str, folder: str, form: str, made: Report) -> tuple[Path, str]:
    """The file that is meant and its form: a known ending that was typed counts."""
    if not name.strip():
        raise Refused("The file needs a name.", f"For example {made.file_name(form)}.")
    try:
        (typed,) = folders.paths_of(name.strip()) if _is_path(name) else (Path(name.strip()),)
    except (PackError, ValueError):
        raise Refused("No single path can be made out of this.", "Name one file.") from None
    path = typed if typed.is_absolute() else Path(folder) / typed
    if is_folder(path):
        raise Refused("This is a folder.", "Add a name for the file.")
    known = {ENDINGS[one]: one for one in made.forms} | {".htm": "html"}
    ending = path.suffix.lower()
    if ending in known and known[ending] in made.forms:
        return path.absolute(), known[ending]
    if ending in exports.OTHERS or ending in ENDINGS.values():
        raise Refused(
            f"This report is not written as {ending}.",
            f"Leave the ending out, or use {', '.join(ENDINGS[one] for one in made.forms)}.",
        )
    return path.with_name(path.name + ENDINGS[form]).absolute(), form


def _is_path(name: str) -> bool:
    return name.strip().startswith(("/", "~", "file:", "'", '"', "\\")) or ":\\" in name
