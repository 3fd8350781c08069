"""The commands that print reports, in every form, and what they refuse."""

from __future__ import annotations

import zipfile
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from tests.desks import desk_at, the_visit
from walk.commands.reports import agenda, debrief_sheet, summary, teacher_note, visit_sheet
from walk.errors import WalkError
from walk.routine.demo import make_demo
from walk.routine.reporting import teacher_note as noting


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """The sample walk, with a note that the teacher of V2 asked for."""
    path = tmp_path / "demo.walkdb"
    with desk_at(path) as desk:
        make_demo(desk)
        noting.ask(desk, the_visit(desk, "V2"), asked=True)
    return path


def run(store: Path, command: click.Command, *said: str) -> Result:
    return CliRunner().invoke(command, list(said), obj=str(store))


@pytest.mark.parametrize(
    ("command", "said", "starts"),
    [
        (summary, (), "Staff summary: "),
        (agenda, (), "Agenda page: "),
        (debrief_sheet, (), "Debrief sheet: "),
        (visit_sheet, ("v3",), "Visit sheet V3"),
        (teacher_note, ("V2",), "A note on your visit V2"),
    ],
)
def test_each_report_is_printed_and_written(
    store: Path, tmp_path: Path, command: click.Command, said: tuple[str, ...], starts: str
) -> None:
    printed = run(store, command, *said)
    assert printed.exit_code == 0, printed.output
    assert printed.stdout.startswith(starts)
    for form, begins in (("html", "<!doctype html>"), ("md", f"# {starts}")):
        told = run(store, command, *said, "--format", form).stdout
        assert told.startswith(begins)
        path = tmp_path / f"r.{form}"
        assert run(store, command, *said, "-o", str(path)).stdout == f"Wrote {path}\n"
        assert path.read_text("utf-8") == told
    book = tmp_path / "r.docx"
    assert run(store, command, *said, "-o", str(book)).exit_code == 0
    assert "word/document.xml" in zipfile.ZipFile(book).namelist()


def test_data_comes_as_workbook_or_csv(store: Path, tmp_path: Path) -> None:
    book = tmp_path / "data.xlsx"
    assert run(store, summary, "-o", str(book)).exit_code == 0
    assert "xl/workbook.xml" in zipfile.ZipFile(book).namelist()
    notes = run(store, summary, "--format", "csv").stdout_bytes
    assert notes.startswith(b'\xef\xbb\xbf"Kind","Note"')
    assert notes.count(b"\r\n") == 26
    trends = run(store, summary, "--format", "csv", "--table", "trends").stdout_bytes
    assert b'"Trend","Asset or need"' in trends
    path = tmp_path / "notes.csv"
    run(store, summary, "-o", str(path))
    assert path.read_bytes() == notes


@pytest.mark.parametrize("form", ["docx", "xlsx"])
def test_what_is_no_text_needs_a_file(store: Path, form: str) -> None:
    told = run(store, summary, "--format", form)
    assert told.exit_code == 2
    assert "needs a file: add -o FILE" in told.stderr


def test_only_one_visit_comes_in_one_sheet(store: Path) -> None:
    assert run(store, visit_sheet).exit_code == 2
    for said in (("V9",), ("V1 V2",), ("*",), ("",)):
        told = run(store, visit_sheet, *said)
        assert isinstance(told.exception, WalkError)
        assert "Its visits: V1, V2, V3, V4." in str(told.exception)


def test_a_teacher_who_has_not_asked_gets_no_note(store: Path) -> None:
    told = run(store, teacher_note, "V1")
    assert isinstance(told.exception, WalkError)
    assert "has not asked for a note" in str(told.exception)
    assert told.stdout == ""


def test_a_foreign_file_stays_until_replace_is_said(store: Path, tmp_path: Path) -> None:
    path = tmp_path / "letter.md"
    path.write_text("mine")
    told = run(store, agenda, "-o", str(path))
    assert "add --replace" in str(told.exception)
    assert path.read_text() == "mine"
    assert run(store, agenda, "-o", str(path), "--replace").exit_code == 0
    assert run(store, agenda, "-o", str(path)).exit_code == 0, "by now it is ours"
    assert path.read_text("utf-8").startswith("# Agenda page")


def test_names_are_told_beside_a_report_and_cleared(store: Path) -> None:
    with desk_at(store) as desk:
        note = noting.of_visit(desk, the_visit(desk, "V2"))
        noting.change(desk, note, response="Ms Ortiz likes it")
    told = run(store, teacher_note, "V2")
    assert "Ortiz" not in told.stdout
    assert "1 line is left out: “Ms Ortiz” looks like a name" in told.stderr
    told = run(store, teacher_note, "V2", "--no-person", "Ms Ortiz")
    assert ("Ms Ortiz likes it" in told.stdout, told.stderr) == (True, "")
