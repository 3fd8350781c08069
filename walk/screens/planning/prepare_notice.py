"""The papers that a plan gives: picked, then written to a file whose ending says the form."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from walk.disk import is_folder, is_there
from walk.errors import Refused
from walk.routine.desk import Desk
from walk.screens.ask import Ask, AskScreen, Values
from walk.screens.base import WalkScreen
from walk.screens.over import open_over
from walk.screens.pick import PickScreen
from walk.text import one_line
from walk.widgets.choice_list import Choice

FORMS = {".html": "html", ".md": "md", ".txt": "text"}
"""The form of a page by the ending of its file."""
GIVEN = "given"
NAMES_TOLD = 3


@dataclass(frozen=True, slots=True)
class Paper:
    """One thing that can be written."""

    what: str
    """Its name in `routine/papers/notice.py`."""
    words: str
    schedule: bool = False
    where: bool = False


PAPERS = {
    "notice": Paper("notice", "the notice to the host teachers"),
    "schedule": Paper("notice", "the notice, with codes and times of the visits", schedule=True),
    "overview": Paper("overview", "what will happen, on one page"),
    "slips": Paper("slips", "a slip for each team"),
    "where": Paper("slips", "a slip for each team that names the rooms", where=True),
}


def offer_papers(screen: WalkScreen) -> None:
    """Ask what to write, then where; or lead to where it is recorded that notice was given."""

    def picked(id: str | None) -> None:
        with screen.told():
            if id == GIVEN:
                screen.go("ready", GIVEN)
            elif id is not None:
                _ask_file(screen, id)

    choices = [Choice(id, f"Write {one.words}") for id, one in PAPERS.items()]
    choices.append(Choice(GIVEN, "Record when the teachers were told"))
    note = "Nothing is sent anywhere: a file is written for you to print or to hand on."
    open_over(screen, PickScreen("Notice to teachers", choices, note=note), picked)


def _ask_file(screen: WalkScreen, id: str) -> None:
    from walk.routine.papers import notice

    desk, paper = screen.desk, PAPERS[id]
    pages = notice.page_of(desk, paper.what, schedule=paper.schedule, where=paper.where)
    written: list[Path] = []
    agreed: list[Path] = []

    def save(values: Values) -> None:
        from walk.reports.pages import render
        from walk.routine.exports import write_whole

        path = path_of(values[0], desk)
        if is_there(path) and path not in agreed:
            agreed.append(path)
            raise Refused(
                f"{path.name} is there already.", "Enter replaces it; another name keeps it."
            )
        write_whole(path, render(pages, FORMS[path.suffix.lower()]))
        written.append(path)

    def closed(_saved: bool | None) -> None:
        if written:
            screen.say(f"Written to {written[-1]}")

    name = f"walk-{id}-{desk.walk.date}.html" if desk.walk.date else f"walk-{id}.html"
    ask = Ask("", name, f"walk-{id}.html, .md or .txt", one_row=True)
    note = (
        "The ending says the form: .html for printing, .md or .txt. The file lies in "
        f"{Path.cwd()} unless you name a folder.{_of_names(desk)}"
    )
    open_over(screen, AskScreen(f"Write {paper.words}", [ask], save, note=note), closed)


def _of_names(desk: Desk) -> str:
    """What looks like a person's name and will be printed; it stops nothing."""
    from walk.routine.papers import notice

    found = notice.likely_names(desk, notice.facts(desk))
    told = ", ".join(f"“{one_line(words, 30)}”" for words in found[:NAMES_TOLD])
    more = f" and {len(found) - NAMES_TOLD} more" if len(found) > NAMES_TOLD else ""
    return f" Printed as it is, though it may be a name: {told}{more}." if found else ""


def path_of(typed: str, desk: Desk) -> Path:
    """The file that a person names; Refused where it cannot be one of these pages."""
    if not typed.strip():
        raise Refused("The file needs a name.", "For example notice.html.")
    try:
        path = Path(typed.strip()).expanduser().absolute()
        if path.suffix.lower() not in FORMS:
            raise Refused(
                f"“{one_line(path.name, 40)}” does not say in which form.",
                "End it in .html, .md or .txt.",
            )
        with suppress(FileNotFoundError, NotADirectoryError, PermissionError):
            path.lstat()  # any other problem is one of its name
        if is_folder(path):
            raise Refused("This is a folder.", "Add a name for the file.")
        if is_there(path) and path.samefile(desk.store.path):
            raise Refused("This is the store itself.", "Name another file.")
    except (RuntimeError, ValueError, OSError):  # no such home, a name that no system takes
        raise Refused("There can be no file of this name.", "Write another one.") from None
    return path
