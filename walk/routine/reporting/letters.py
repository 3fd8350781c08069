"""Letters: every report of a walk under one roof: which there are, what each says, writing it.

Screens and the command line ask here, so that both know the same reports and the same rules.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from walk.errors import Refused, WalkError
from walk.model import Note
from walk.reports.summary import may_show
from walk.routine import exports, purged, summary
from walk.routine.desk import Desk
from walk.routine.planning import prepare
from walk.routine.reporting import data_export, debrief_sheet, teacher_note, visit_sheet
from walk.routine.visiting import door

if TYPE_CHECKING:
    from walk.reports.blocks import Page

PAGE_FORMS = ("html", "docx", "md", "text")
"""What a page can be written as, the usual one first."""
SUMMARY_FORMS = ("html", "docx", "md", "text", "json", "xlsx", "csv")
"""What `walk summary` can be written as."""
DATA_FORMS = ("xlsx", "csv")
USUAL_TABLE = "notes"
"""The table that a CSV file holds, unless another is asked for."""


@dataclass(frozen=True, slots=True)
class Report:
    """One report of the walk on the desk."""

    key: str
    """summary, agenda, debrief, data, `visit:CODE` or `note:CODE`."""
    name: str
    about: str
    """Whom it is for, and what it holds."""
    forms: tuple[str, ...]
    stem: str
    """How its file is called, without ending."""
    why_not: str = ""
    """Why it cannot be made now; empty where it can."""

    def file_name(self, form: str) -> str:
        """A name for its file."""
        return self.stem + exports.ENDINGS[form]


def reports(desk: Desk) -> list[Report]:
    """The reports of the walk on the desk, those for everybody first."""
    gone = purged.of(desk)
    raw = gone.words if gone else ""
    found = [
        Report(
            "summary",
            "Staff summary",
            "the letter to the staff: trends, wonderings, next steps",
            PAGE_FORMS,
            "walk-summary",
        ),
        Report(
            "agenda",
            "Agenda page",
            "for a meeting that teachers hold anyway: trends, wonderings, one small try",
            PAGE_FORMS,
            "walk-agenda",
        ),
        Report(
            "debrief",
            "Debrief sheet",
            "for the silent read on paper: shared notes in no order, without authors",
            PAGE_FORMS,
            "walk-debrief-sheet",
            raw,
        ),
        Report(
            "data",
            "Data as tables",
            "for the team's own work: notes, trends, steps, without codes, times or walkers",
            DATA_FORMS,
            "walk-data",
        ),
    ]
    return [*found, *_visit_sheets(desk, raw), *_notes(desk, raw)]


def _visit_sheets(desk: Desk, raw: str) -> list[Report]:
    if not desk.is_lead():
        return []
    return [
        Report(
            f"visit:{one.code}",
            f"Visit sheet {one.code}",
            "for the teacher of this visit alone: shared notes, room for an answer",
            PAGE_FORMS,
            f"walk-visit-{_plain(one.code)}",
            raw,
        )
        for one in prepare.visits(desk)
    ]


def _notes(desk: Desk, raw: str) -> list[Report]:
    return [
        Report(
            f"note:{visit.code}",
            f"Teacher note {visit.code}",
            "asked for by this teacher: one visit, what moved learning, their answer",
            PAGE_FORMS,
            f"walk-note-{_plain(visit.code)}",
            raw,
        )
        for visit, _ in teacher_note.notes(desk)
    ]


def _plain(code: str) -> str:
    """A visit's code as part of a file's name."""
    return "".join(sign if sign.isalnum() else "_" for sign in code)


def report(desk: Desk, key: str) -> Report:
    """The report of that key; Refused where there is none on this laptop."""
    kind, _, code = key.partition(":")
    if kind in ("visit", "note"):
        code = visit_sheet.the_visit(desk, code).code
        key = f"{kind}:{code}"
    found = next((one for one in reports(desk) if one.key == key), None)
    if found is not None:
        return found
    if kind == "note":
        purged.refuse_notes(desk)
    if kind == "visit":
        raise Refused(visit_sheet.NOT_THE_LEAD, "A teacher who asks for theirs asks the lead.")
    raise Refused(teacher_note.NOT_ASKED, teacher_note.MEND)


# What it says


def page(desk: Desk, key: str) -> Page:
    """A report as a page; Refused for one that cannot be made now."""
    kind, _, code = key.partition(":")
    if kind == "agenda":
        from walk.reports.agenda import agenda

        return agenda(summary.facts(desk))
    if kind == "debrief":
        from walk.reports.debrief_sheet import debrief_sheet as sheet

        return sheet(debrief_sheet.facts(desk))
    if kind == "visit":
        from walk.reports.visit_sheet import visit_sheet as sheet_of

        return sheet_of(visit_sheet.facts(desk, visit_sheet.the_visit(desk, code)))
    if kind == "note":
        from walk.reports.teacher_note import teacher_note as note_of

        return note_of(teacher_note.facts(desk, visit_sheet.the_visit(desk, code)))
    return summary.page(summary.facts(desk))


def preview(desk: Desk, key: str, width: int = 80) -> str:
    """A report as plain text to look at, so many cells wide; of data, what the tables hold."""
    if key == "data":
        tables = data_export.tables(desk)
        rows = [f"{one.name}: {len(one.rows)} rows ({', '.join(one.head)})" for one in tables[1:]]
        about = [f"{what}: {words}" for what, words in tables[0].rows]
        return "\n".join(["Tables", *(f"- {one}" for one in rows), "", *about]) + "\n"
    from walk.reports import pages

    return pages.render([page(desk, key)], "text", width)


def data(desk: Desk, key: str, form: str, table: str = USUAL_TABLE) -> bytes:
    """A report in one of its forms, as the bytes of a file; `table` is for CSV.

    A summary can also be asked for as JSON or as tables. MissingExtra where a Word document cannot
    be made here.
    """
    if form == "json":
        return summary.render(summary.facts(desk), "json").encode()
    if form in DATA_FORMS:
        return _data(desk, form, table)
    from walk.reports import pages

    return pages.written([page(desk, key)], form)


def _data(desk: Desk, form: str, table: str) -> bytes:
    from walk.reports.data import table_of

    tables = data_export.tables(desk)
    if form == "csv":
        from walk.reports.csv_file import csv_table

        return csv_table(table_of(tables, table))
    from walk.reports.xlsx_file import xlsx

    return xlsx(tables, desk.walk.title)


def why_no_notes(desk: Desk) -> str:
    """Why the table of notes is empty, in a sentence; nothing where it holds any."""
    gone = purged.of(desk)
    if gone:
        return f"The table of notes is empty: {gone.words}."
    notes = next(one for one in data_export.tables(desk) if one.name == "notes")
    if notes.rows:
        return ""
    visits = summary.facts(desk).visits
    few = may_show(visits).why if visits else ""
    return few or "The table of notes is empty: none has been shared yet."


# The door, and own words


def at_door(desk: Desk, key: str, form: str = "") -> list[door.AtDoor]:
    """What is left out of a report, as something in it looks like a name; maybes come behind."""
    kind, _, code = key.partition(":")
    if kind == "data" or form in DATA_FORMS:
        return data_export.at_door(desk)
    if kind == "debrief":
        return debrief_sheet.at_door(desk)
    if kind == "visit":
        return visit_sheet.at_door(desk, visit_sheet.the_visit(desk, code))
    if kind == "note":
        return teacher_note.at_door(desk, visit_sheet.the_visit(desk, code))
    return summary.left_out(desk)


def own_words(desk: Desk, key: str) -> list[Note]:
    """Notes with somebody's own words in a report that colleagues read.

    Of each it is asked: would colleagues know who said this?
    """
    return summary.own_words(desk) if key in ("summary", "agenda") else []


# Writing it


def write(
    desk: Desk,
    key: str,
    path: Path,
    form: str = "",
    *,
    table: str = USUAL_TABLE,
    replace_it: bool = False,
) -> Path:
    """Write a report to a file; the form follows the file's ending where none is given.

    ForeignFile where something else lies there, unless `replace_it`. The path is absolute.
    """
    made = report(desk, key)
    if made.why_not:
        raise Refused(
            f"This report cannot be made any more: {made.why_not}.",
            "The staff summary and the agenda page still can; they keep the counts.",
        )
    forms = SUMMARY_FORMS if key == "summary" else made.forms
    usual = made.forms[0] if path.suffix == "" and made.forms == DATA_FORMS else "text"
    wanted = form or exports.form_of_path(path, forms, usual)
    if wanted not in forms:
        raise WalkError(
            f"“{path.name}” does not say a form that this report has.",
            f"End it in {_endings(forms)}.",
        )
    return exports.write(desk, path, data(desk, made.key, wanted, table), replace=replace_it)


def _endings(forms: Sequence[str]) -> str:
    words = [exports.ENDINGS[one] for one in forms]
    return f"{', '.join(words[:-1])} or {words[-1]}"
