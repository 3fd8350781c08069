"""Reports from a store: what each takes in, who may make it, and what stays private."""

from __future__ import annotations

import errno
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desks import begin_small, desk_at, the_visit, write_form
from tests.routine import letter_desk
from tests.routine.letter_desk import text_of
from tests.routine.three import meet, three_laptops
from walk.errors import Refused, WalkError
from walk.model import Note
from walk.routine import exports
from walk.routine.debriefing import debrief, stating
from walk.routine.demo import make_demo
from walk.routine.desk import Desk
from walk.routine.following import steps
from walk.routine.keeping import purge
from walk.routine.planning import prepare
from walk.routine.reporting import debrief_sheet, letters, teacher_note, visit_sheet
from walk.routine.visiting import door

desk = letter_desk.desk


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Desk]:
    """The finished sample walk."""
    with desk_at(tmp_path / "demo.walkdb") as own:
        make_demo(own)
        yield own


def share(desk: Desk) -> None:
    """All of it goes to the team."""
    ids = desk.store.unshared(desk.walk_id)
    desk.store.publish(desk.by(), "shared", ids, everyone=True)


# Which there are


def test_every_report_is_made_in_every_form(demo: Desk) -> None:
    teacher_note.ask(demo, the_visit(demo, "V2"), asked=True)
    made = letters.reports(demo)
    assert [one.key for one in made] == [
        "summary", "agenda", "debrief", "data",
        "visit:V1", "visit:V2", "visit:V3", "visit:V4", "note:V2",
    ]  # fmt: skip
    for one in made:
        assert not one.why_not
        assert letters.preview(demo, one.key)
        for form in one.forms:
            assert len(letters.data(demo, one.key, form)) > 300


def test_the_files_have_names_that_any_system_takes(demo: Desk) -> None:
    (sheet,) = [one for one in letters.reports(demo) if one.key == "visit:V3"]
    assert sheet.file_name("docx") == "walk-visit-V3.docx"
    (data,) = [one for one in letters.reports(demo) if one.key == "data"]
    assert data.file_name("csv") == "walk-data.csv"


def test_what_nobody_has_is_refused_in_words(demo: Desk) -> None:
    for key, words in (("visit:V9", "no visit “V9”"), ("note:V1", "has not asked for a note")):
        with pytest.raises(Refused, match=words):
            letters.report(demo, key)


def test_after_a_purge_only_what_outlives_the_notes_is_made(demo: Desk) -> None:
    purge.purge(demo)
    gone = {one.key for one in letters.reports(demo) if one.why_not}
    assert gone == {"debrief", "visit:V1", "visit:V2", "visit:V3", "visit:V4"}
    assert "Students point to" in text_of(demo, "agenda")
    with pytest.raises(Refused, match="purged"):
        letters.data(demo, "debrief", "text")
    with pytest.raises(Refused, match="cannot be made") as told:
        letters.write(demo, "visit:V1", Path("x.html"))
    assert told.value.mend.startswith("The staff summary and the agenda page still can")
    assert b"noticing" not in letters.data(demo, "data", "csv")


# The visit sheet


def test_a_visit_sheet_holds_the_shared_notes_of_one_visit(desk: Desk) -> None:
    said = text_of(desk, "visit:v2")
    assert "T waits 6 s" in said
    assert "S2 asks [classroom]'s question" in said
    for other in ("S1 points", "14 of 22", "Who answers", "V1", "V3"):
        assert other not in said
    assert not re.search(r"\b\d\d:\d\d\b", said)


def test_what_is_not_shared_is_on_no_sheet(tmp_path: Path) -> None:
    with three_laptops(tmp_path) as laptops:
        lead, ana = laptops.lead, laptops.ana
        write_form(ana, "V1", "S1 points to line 4")
        meet(lead, ana)
        form = write_form(lead, "V1", "T waits 6 s")
        (own,) = desk_notes(lead, form.id)
        assert "T waits 6 s" in text_of(lead, "visit:V1"), "a finished form is shared"
        lead.save("write", "reworded", own.changed(text="T waits for very long"))
        said = text_of(lead, "visit:V1")
        assert ("T waits 6 s" in said, "very long" in said) == (True, False)
        assert "Ana" not in said
        assert "Lea" in said, "as whom to ask, and nowhere else"
        assert said.count("Lea") == said.count("Questions and answers: Lea") + said.count(
            "Learning"
        )


def desk_notes(desk: Desk, form: str) -> list[Note]:
    return [one.record for one in desk.store.all(Note, desk.walk_id, parent=form)]


def test_only_the_leads_laptop_makes_visit_sheets(tmp_path: Path) -> None:
    with three_laptops(tmp_path) as laptops:
        write_form(laptops.ana, "V1", "S1 points")
        meet(laptops.lead, laptops.ana)
        assert "S1 points" in text_of(laptops.lead, "visit:V1")
        assert not [one for one in letters.reports(laptops.ana) if one.key.startswith("visit")]
        with pytest.raises(Refused, match="lead's laptop"):
            letters.report(laptops.ana, "visit:V1")
        with pytest.raises(Refused, match="lead's laptop"):
            visit_sheet.facts(laptops.ana, the_visit(laptops.ana, "V1"))


def test_the_order_on_a_sheet_is_not_that_of_writing(tmp_path: Path) -> None:
    with desk_at(tmp_path / "own.walkdb") as own:
        begin_small(own, visits=1)
        written = [f"S{n} reads" for n in range(30)]
        write_form(own, "V1", *written)
        said = visit_sheet.facts(own, the_visit(own, "V1")).noticings
        assert sorted(said) == sorted(written)
        assert list(said) != written


# Names, at every door


def test_what_looks_like_a_name_is_left_out_of_every_report(desk: Desk) -> None:
    write_form(desk, "V1", "Ms Ortiz points to the board")
    share(desk)  # as an older walk, or another program, may have shared it
    teacher_note.ask(desk, the_visit(desk, "V1"), asked=True)
    note = teacher_note.of_visit(desk, the_visit(desk, "V1"))
    teacher_note.change(desk, note, move_1="Ms Ortiz asked", effect_1="S1 read on")
    for key in ("debrief", "visit:V1", "note:V1"):
        assert "Ortiz" not in text_of(desk, key)
        assert next(one.waits for one in letters.at_door(desk, key))
    assert b"Ortiz" not in letters.data(desk, "data", "csv")
    assert letters.at_door(desk, "data")
    assert "S1 read on" in text_of(desk, "note:V1")
    assert "1 note is left out" in text_of(desk, "visit:V1")
    door.no_person(desk, "Ms Ortiz")
    for key in ("debrief", "visit:V1", "note:V1"):
        assert "Ortiz" in text_of(desk, key)
    assert b"Ortiz" in letters.data(desk, "data", "csv")


# The debrief sheet and the data


def test_the_debrief_sheet_has_all_shared_notes_and_nothing_of_whom_or_where(demo: Desk) -> None:
    share(demo)
    said = text_of(demo, "debrief")
    found = debrief_sheet.facts(demo)
    assert len(found.noticings) + len(found.wonderings) == 25
    assert "45 minutes in all" in said
    assert not re.search(r"\bV[1-4]\b|\bAna\b|\bBen\b|\b\d\d:\d\d\b", said)


def test_what_was_never_shared_is_told_and_not_printed(desk: Desk) -> None:
    from walk.routine.visiting import visit

    form = visit.enter(desk, the_visit(desk, "V3"))
    visit.add_note(desk, form, "Not yet shared by anyone")
    said = text_of(desk, "debrief")
    assert "Not yet shared" not in said
    assert b"Not yet shared" not in letters.data(desk, "data", "csv")


def test_data_exports_say_no_code_no_time_and_no_walker(demo: Desk) -> None:
    share(demo)
    tables = [letters.data(demo, "data", "csv", one).decode("utf-8-sig") for one in TABLES]
    book = letters.data(demo, "data", "xlsx")
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        inside = [archive.read(one).decode() for one in archive.namelist()]
    for text in (*tables, *(one for one in inside if "worksheet" in one or "<sst" in one)):
        assert not re.search(r"\bV[1-4]\b", re.sub(r'r="[A-Z]+\d+"|<[^>]*>', " ", text))
        assert not re.search(r"\b(Ana|Ben)\b", text)
        assert not re.search(r"\b\d\d:\d\d\b", text)
    assert "Students point to the source" in tables[0]
    assert tables[0].count("\r\n") == 26


TABLES = ("notes", "trends", "steps", "look-fors")


# Own words


def test_notes_with_somebodys_own_words_are_counted_for_the_question(desk: Desk) -> None:
    write_form(desk, "V2", 'T: "Say more."')
    pool = debrief.table(desk).pool
    theme = debrief.put_in_new(desk, [one.note for one in pool], "A")
    trend = stating.decide(desk, stating.state_trend(desk, theme, "Students point."), "asset")
    spoken = next(one.note for one in pool if one.note.speech)
    assert letters.own_words(desk, "summary") == []
    stating.choose_example(desk, trend, spoken)
    assert [one.id for one in letters.own_words(desk, "agenda")] == [spoken.id]
    assert letters.own_words(desk, "visit:V2") == []


def test_wonderings_chosen_for_the_staff_are_in_the_letter_before_the_walk_closes(
    desk: Desk,
) -> None:
    (wondering,) = debrief.table(desk).wonderings
    assert "Who answers first?" not in text_of(desk, "summary")
    steps.choose_for_staff(desk, wondering.note)
    assert "Who answers first?" in text_of(desk, "summary")


# Files


def test_a_file_of_somebody_else_is_replaced_only_when_asked(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "letter.md"
    path.write_text("mine", "utf-8")
    with pytest.raises(exports.ForeignFile, match="is there already"):
        letters.write(desk, "summary", path)
    assert path.read_text("utf-8") == "mine"
    assert letters.write(desk, "summary", path, replace_it=True) == path
    assert path.read_text("utf-8").startswith("# Staff summary")


def test_what_walk_wrote_itself_is_written_anew_until_somebody_changes_it(
    desk: Desk, tmp_path: Path
) -> None:
    path = tmp_path / "letter.html"
    letters.write(desk, "summary", path)
    steps.add(desk, "Keep one hour free")
    letters.write(desk, "summary", path)
    assert "Keep one hour free" in path.read_text("utf-8")
    path.write_text(path.read_text("utf-8") + "<!-- by hand -->", "utf-8")
    with pytest.raises(exports.ForeignFile):
        letters.write(desk, "agenda", path)
    assert "by hand" in path.read_text("utf-8")


def test_a_file_is_whole_or_as_it_was(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "letter.md"
    letters.write(desk, "summary", path)
    before = path.read_bytes()
    steps.add(desk, "Keep one hour free")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("walk.intake.whole_file.os.fsync", full)
    with pytest.raises(WalkError, match="no room left"):
        letters.write(desk, "summary", path)
    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir() if "letter" in one.name] == ["letter.md"]


@pytest.mark.parametrize(
    ("name", "form"),
    [("a.html", b"<!doctype"), ("a.docx", b"PK"), ("a.md", b"# "), ("a.txt", b"Debrief")],
)
def test_the_ending_says_the_form(desk: Desk, tmp_path: Path, name: str, form: bytes) -> None:
    written = letters.write(desk, "debrief", tmp_path / name)
    assert written.read_bytes().startswith(form)


def test_endings_that_open_nowhere_are_refused(desk: Desk, tmp_path: Path) -> None:
    for name in ("a.pdf", "a.doc", "a.ods"):
        with pytest.raises(WalkError, match="file can be written"):
            letters.write(desk, "summary", tmp_path / name)
    assert letters.write(desk, "data", tmp_path / "a").read_bytes().startswith(b"PK")
    for name in ("own.walkdb", "own.walkdb-wal"):
        with pytest.raises(WalkError, match="the store itself"):
            letters.write(desk, "summary", desk.store.path.with_name(name))


def test_a_file_in_no_folder_names_the_folder(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(WalkError, match=r"There is no folder .*nowhere"):
        letters.write(desk, "summary", tmp_path / "nowhere" / "letter.html")


def test_a_file_that_may_not_be_looked_at_is_not_called_unwritable(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "letter.md"
    path.write_text("hers", "utf-8")

    def refused(_: Path) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(exports, "open_plain", refused)
    with pytest.raises(WalkError, match=r"letter\.md cannot be read: you may not open it"):
        letters.write(desk, "summary", path)
    assert path.read_text("utf-8") == "hers"


# Whom the staff can ask, and who owns a step


def test_a_walker_called_me_is_nobody_to_ask(desk: Desk) -> None:
    assert prepare.ME not in text_of(desk, "summary").split()
    assert "Questions and answers" not in text_of(desk, "visit:V1")
    prepare.give_label(desk, desk.walkers()[0], "Ottilie")
    assert "Questions and answers: Ottilie." in text_of(desk, "summary")
    assert "Questions and answers: Ottilie." in text_of(desk, "visit:V1")


def test_no_walker_is_in_the_data_as_owner_of_a_step(desk: Desk) -> None:
    prepare.give_label(desk, desk.walkers()[0], "Ottilie")
    for owner in ("ottilie ", "principal"):
        steps.add(desk, f"Keep time free, {owner}", level="school leader", owner=owner, by_when="")
    table = letters.data(desk, "data", "csv", "steps").decode()
    assert '"a walker"' in table
    assert '"principal"' in table
    assert "ottilie" not in table.casefold()


def test_an_empty_table_of_notes_says_why(desk: Desk) -> None:
    assert letters.why_no_notes(desk) == ""
    purge.purge(desk)
    assert "purged on" in letters.why_no_notes(desk)


def test_before_the_first_visit_no_note_is_shared(tmp_path: Path) -> None:
    with desk_at(tmp_path / "new.walkdb") as new:
        begin_small(new, visits=3)
        said = letters.why_no_notes(new)
        assert said == "The table of notes is empty: none has been shared yet."


def test_a_walk_of_two_classrooms_says_why_its_notes_are_left_out(tmp_path: Path) -> None:
    with desk_at(tmp_path / "two.walkdb") as two:
        begin_small(two, visits=2)
        write_form(two, "V1", "S1 points to line 4")
        write_form(two, "V2", "T waits 6 s")
        share(two)
        assert letters.why_no_notes(two).startswith("Fewer than three classrooms")
