"""Taking in a table: whole, once, on any laptop, also when it was cut off in the middle."""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.desks import begin_small, desk_at, oddly_named, texts
from tests.intake.sheets import table_book
from tests.routine import tables_taken
from tests.routine.tables_taken import counts, notes
from walk.clock import FixedClock
from walk.errors import IntakeError
from walk.focus import LookForTemplate
from walk.model import Note
from walk.routine.desk import Desk
from walk.routine.exchanging import collect
from walk.routine.exchanging import share as sharing
from walk.routine.importing import take_in
from walk.routine.importing.table_names import Ids, Names, make_unknown
from walk.routine.importing.take_in import STAGE, import_table
from walk.routine.planning import prepare
from walk.routine.visiting import visit
from walk.storage import merge

desk = tables_taken.desk


HEADER = "visit,at,kind,look_for,text,walker"
ROWS = (
    "V1,30,noticing,Pointing,S1 points to line 4,Ana",
    "V2,1:30,wondering,,What do students reach for?,Ben",
    'V10,,n,Pointing,"S2: ""on page four"", twice",Ana',
    "V9,,n,,5 of 7 pairs wrote,",
)


def table(folder: Path, *rows: str, name: str = "notes.csv", header: str = HEADER) -> Path:
    """A CSV table of these rows."""
    path = folder / name
    path.write_text("\n".join((header, *rows)) + "\n", "utf-8")
    return path


def test_what_is_new_in_a_walk_that_is_there_is_told_once(desk: Desk, tmp_path: Path) -> None:
    """A form's own word for a classroom makes a visit: that must not pass unseen."""
    begin_small(desk)
    rows = ("V1,,n,,S1 reads,Ana", "Room 12,,n,Pointing,S2 reads,Ben", "V2,,w,,Why?,")
    taken = import_table(desk, table(tmp_path, *rows), into=desk.walk_id)
    assert taken.told == (
        "New in this walk: visit Room 12",
        "New in this walk: look-for Pointing, marked as imported",
        "New in this walk: walkers Ana, Ben",
    )
    assert import_table(desk, table(tmp_path, *rows), into=desk.walk_id).told == ()
    many = [f"W{number},,n,,S{number} reads," for number in range(10)]
    told = import_table(desk, table(tmp_path, *many), into=desk.walk_id).told
    assert told == ("New in this walk: visits W0, W1, W2, W3, W4, W5, W6, W7 and 2 more",)


def test_rows_become_notes_of_a_walk_of_their_own(desk: Desk, tmp_path: Path) -> None:
    taken = import_table(desk, table(tmp_path, *ROWS))
    assert counts(taken) == (4, 0, 0)
    assert desk.walk_id == taken.walk
    assert (desk.walk.title, desk.walk.imported_from) == ("notes", "notes.csv")
    assert desk.walk.keep_until == "2025-12-13"
    assert [one.code for one in prepare.visits(desk)] == ["V1", "V2", "V9", "V10"]
    assert [(one.name, one.imported) for one in prepare.look_fors(desk)] == [("Pointing", True)]
    by_text = {one.text: one for one in notes(desk)}
    assert by_text["S1 points to line 4"].at_s == 30
    assert by_text["What do students reach for?"].at_s == 90
    assert by_text["What do students reach for?"].note_kind == "wondering"
    assert by_text['S2: "on page four", twice'].look_for == prepare.look_fors(desk)[0].id
    assert by_text["5 of 7 pairs wrote"].form == ""
    walkers = {one.id: one.label for one in desk.walkers()}
    authors = {one.record.text: walkers.get(one.author) for one in desk.store.all(Note, taken.walk)}
    assert authors["S1 points to line 4"] == "Ana"
    assert authors["5 of 7 pairs wrote"] is None


def test_good_rows_are_kept_and_bad_ones_named_by_line(desk: Desk, tmp_path: Path) -> None:
    bad = ("V1,xx,n,,a,", ",,n,,b,", "V1,,q,,c,", "V1,,n,,,", "V1,,n,,d", "V1,,n,,e\0,")
    taken = import_table(desk, table(tmp_path, ROWS[0], *bad, ROWS[1]))
    assert counts(taken) == (2, 0, 6)
    assert [one.line for one in taken.refused] == [3, 4, 5, 6, 7, 8]
    assert all(one.why for one in taken.refused)
    assert texts(desk) == ["S1 points to line 4", "What do students reach for?"]


def test_again_adds_nothing_and_leaves_nothing_to_undo(desk: Desk, tmp_path: Path) -> None:
    path = table(tmp_path, *ROWS)
    import_table(desk, path)
    before = desk.store.snapshot()
    assert counts(import_table(desk, path)) == (0, 4, 0)
    assert desk.store.snapshot() == before
    assert desk.undo(STAGE) == "notes.csv imported"
    assert notes(desk) == []


def test_ids_are_those_of_every_version_so_far(desk: Desk, tmp_path: Path) -> None:
    """A school that imports its table again with a newer walk finds all of it here already."""
    more = 'V2,,w,A very long look-for name that is cut,"Ü\n\\",'
    taken = import_table(desk, table(tmp_path, *ROWS, ROWS[0], more))
    assert taken.walk == "c0ab1687db778bfaa284f257b5b090fb"
    assert sorted(one.id for one in notes(desk)) == [
        "12b0f373e2648d088361f4f5ef740571",
        "1464b947a8f0866bb3b74bcdc002232a",
        "20a4bd34cb40886481f682c91ba3a3ec",
        "39749a854c5a8ef8a75068b824830d8a",
        "c654d28440a481bb82cfa61a0854168d",
        "c793b6ee6cd988f3b2ab2d2e78197527",
    ]


def test_equal_rows_are_as_many_notes_as_there_are_rows(desk: Desk, tmp_path: Path) -> None:
    path = table(tmp_path, ROWS[0], ROWS[0], ROWS[0])
    assert counts(import_table(desk, path)) == (3, 0, 0)
    assert counts(import_table(desk, path)) == (0, 3, 0)


def test_the_same_rows_on_another_laptop_double_nothing(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    lower = "v1,,n,pointing,in lower case,ana"
    one = table(tmp_path, *ROWS, lower)
    two = table(tmp_path / "other", lower, *reversed(ROWS))
    pack = tmp_path / "ana.walk"
    with desk_at(tmp_path / "ana.walkdb") as ana:
        walk = import_table(ana, one).walk
        sharing.share(ana, pack)
    with desk_at(tmp_path / "ben.walkdb") as ben:
        assert import_table(ben, two).walk == walk
        before = texts(ben)
        receipt = collect.collect(ben, [pack])
        assert [pack.refused for pack in receipt.packs] == [""]
        assert texts(ben) == before
        assert ben.store.conflicts(walk) == []
        assert len(before) == 5
        assert len(prepare.visits(ben)) == 4


def test_codes_and_names_in_another_case_are_the_same(desk: Desk, tmp_path: Path) -> None:
    rows = ("V1,,n,Pointing,a,Ana", "v1,,n,POINTING,b,ANA")
    import_table(desk, table(tmp_path, *rows))
    assert len(prepare.visits(desk)) == len(prepare.look_fors(desk)) == len(desk.walkers()) == 1
    assert {one.visit for one in notes(desk)} == {prepare.visits(desk)[0].id}


def test_into_a_walk_its_own_look_fors_visits_and_walkers_are_used(
    desk: Desk, tmp_path: Path
) -> None:
    walk = begin_small(desk)
    own = prepare.look_fors(desk)
    rows = (f'v1,,n,"{own[1].name}",a,me', "V4,,n,Something else,b,Ben")
    assert counts(import_table(desk, table(tmp_path, *rows), into=walk)) == (2, 0, 0)
    assert desk.walk_id == walk
    assert [one.code for one in prepare.visits(desk)] == ["V1", "V2", "V3", "V4"]
    assert prepare.look_fors(desk, imported=False) == own
    last = prepare.look_fors(desk)[-1]
    assert (last.name, last.imported, last.place) == ("Something else", True, len(own) + 1)
    assert {one.look_for for one in notes(desk)} == {own[1].id, last.id}
    assert [one.label for one in desk.walkers()] == ["Ben", "me"]


def test_what_goes_by_another_name_since_is_not_given_its_old_one(
    desk: Desk, tmp_path: Path
) -> None:
    walk = begin_small(desk)
    prepare.change_focus(desk, look_for_list=[LookForTemplate("Press", "", "students")])
    prepare.change_focus(desk, look_for_list=[LookForTemplate("Asks why", "", "students")])
    prepare.give_label(desk, desk.walkers()[0], "Ana")
    path = table(tmp_path, "V1,,n,Press,a,me")
    for added in (1, 0):
        assert import_table(desk, path, into=walk).added == added
        assert [(one.name, one.imported) for one in prepare.look_fors(desk)] == [
            ("Asks why", False),
            ("Press", True),
        ]
        assert [one.label for one in desk.walkers()] == ["Ana", "me"]


def test_long_look_for_names_are_kept_apart(desk: Desk, tmp_path: Path) -> None:
    names = [f"Students go back to the text to find {one}" for one in ("reasons", "answers")]
    path = table(tmp_path, *(f"V1,,n,{name},a,Ana" for name in names))
    import_table(desk, path)
    assert counts(import_table(desk, path)) == (0, 2, 0)
    held = prepare.look_fors(desk)
    assert sorted(one.text for one in held) == sorted(names)
    assert len({one.name for one in held}) == 2


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_a_byte_order_mark_and_any_line_end_are_read(desk: Desk, tmp_path: Path, ends: str) -> None:
    path = tmp_path / "notes.csv"
    path.write_bytes(b"\xef\xbb\xbf" + ends.join((HEADER, *ROWS, "")).encode())
    assert counts(import_table(desk, path)) == (4, 0, 0)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("", "empty"),
        (f"{HEADER}\n", "no others"),
        ("visit,at,kind,text\nV1,,n,a\n", "no column named look_for"),
        ("visit,at,kind,look_for,text,Text\nV1,,n,,a,b\n", "more than one column named text"),
        ("PK\x03\x04", "workbook"),
    ],
)
def test_what_is_no_table_of_notes_is_refused_and_nothing_is_made(
    desk: Desk, tmp_path: Path, said: str, words: str
) -> None:
    path = tmp_path / "notes.csv"
    path.write_text(said, "utf-8")
    with pytest.raises(IntakeError, match=words) as told:
        import_table(desk, path)
    assert told.value.mend
    assert desk.store.walks() == []


def test_what_is_no_file_is_refused(desk: Desk, tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "nix.csv", Path("/dev/null")):
        with pytest.raises(IntakeError):
            import_table(desk, path)
    assert desk.store.walks() == []


def test_a_table_of_bad_rows_makes_no_walk(desk: Desk, tmp_path: Path) -> None:
    taken = import_table(desk, table(tmp_path, ",,,,a,"))
    assert (taken.walk, counts(taken)) == ("", (0, 0, 1))
    assert desk.store.walks() == []


def test_a_file_that_is_changed_meanwhile_is_told(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = table(tmp_path, *ROWS)
    monkeypatch.setattr(take_in, "HELD_MOST", 100)
    make = make_unknown

    def and_then_changed(desk: Desk, stage: str, names: Names, *, run: str) -> Ids:
        ids = make(desk, stage, names, run=run)
        table(tmp_path, ROWS[0], "V77,,n,,late,Zoe")
        return ids

    monkeypatch.setattr(take_in, "make_unknown", and_then_changed)
    taken = import_table(desk, path)
    assert counts(taken) == (1, 0, 1)
    assert "changed while it was read" in taken.refused[0].why


def test_a_cut_off_import_is_finished_by_importing_again(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(merge, "CHUNK", 10)
    path = table(tmp_path, *(f"V{one % 7},,n,Pointing,note {one},Ana" for one in range(35)))
    seen: list[tuple[int, int]] = []

    def pull_the_plug(done: int, of: int) -> None:
        if done:
            seen.append((done, of))
        if done == 20:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_table(desk, path, progress=pull_the_plug)
    assert seen == [(10, 35), (20, 35)]
    assert len(notes(desk)) == 20
    assert counts(import_table(desk, path)) == (15, 20, 0)
    with desk_at(tmp_path / "whole.walkdb") as whole:
        import_table(whole, path)
        assert notes(whole) == notes(desk)


def test_three_thousand_rows_come_in_chunks_with_progress(desk: Desk, tmp_path: Path) -> None:
    path = table(tmp_path, *(f"V{one % 9},{one},n,Pointing,note {one},Ana" for one in range(3000)))
    seen: list[tuple[int, int]] = []
    taken = import_table(desk, path, progress=lambda done, of: seen.append((done, of)))
    assert counts(taken) == (3000, 0, 0)
    assert len(seen) > 1
    assert seen[-1] == (3000, 3000)
    assert counts(import_table(desk, path)) == (0, 3000, 0)


def test_a_table_too_large_to_hold_is_read_twice_and_comes_to_the_same(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = table(tmp_path, *ROWS, ROWS[0], "V1,xx,n,,a,")
    monkeypatch.setattr(take_in, "HELD_MOST", 600)
    taken = import_table(desk, path)
    assert counts(taken) == (5, 0, 1)
    monkeypatch.undo()
    assert counts(import_table(desk, path)) == (0, 5, 1)


def test_of_very_many_bad_rows_only_some_are_named(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(take_in, "REFUSED_MOST", 2)
    taken = import_table(desk, table(tmp_path, ROWS[0], *[",,n,,x,"] * 5))
    assert [row.line for row in taken.refused] == [3, 4]
    assert taken.as_json()["refused_more"] == 3
    assert taken.in_words().startswith("1 added, 0 already here, 5 refused")
    assert "and 3 more rows that are not named here" in taken.problems()


def test_a_table_without_end_is_refused_before_anything_is_saved(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(take_in, "MOST_ROWS", 3)
    with pytest.raises(IntakeError, match="more than 3 notes"):
        import_table(desk, table(tmp_path, *ROWS))
    assert desk.store.walks() == []


def test_an_import_leaves_a_receipt_without_words_of_notes(desk: Desk, tmp_path: Path) -> None:
    path = table(tmp_path, *ROWS, "V1,xx,n,,a,")
    import_table(desk, path)
    import_table(desk, path)
    (receipt,) = desk.store.receipts(desk.walk_id)
    assert receipt.kind == "import"
    assert receipt.value == {"file": "notes.csv", "added": 4, "already_here": 0, "refused": 1}


def test_a_workbook_of_the_plain_form_is_the_same_table(desk: Desk, tmp_path: Path) -> None:
    book = tmp_path / "notes.xlsx"
    cells = list(csv.reader([HEADER, *ROWS]))
    cells[2][1] = "0:01:30"
    book.write_bytes(table_book(cells))
    walk = import_table(desk, book).walk
    assert import_table(desk, table(tmp_path, *ROWS)).walk == walk
    assert len(notes(desk)) == 4


def test_an_import_is_undone_and_redone_whole(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(merge, "CHUNK", 3)
    begin_small(desk)
    form = visit.enter(desk, prepare.visits(desk)[0])
    visit.add_note(desk, form, "typed in the room")
    path = table(tmp_path, *(f"V1,,n,,note {one},Ana" for one in range(10)))
    import_table(desk, path, into=desk.walk_id)
    assert desk.undo(STAGE) == "notes.csv imported"
    assert texts(desk) == ["typed in the room"]
    assert desk.redo(STAGE) == "notes.csv imported"
    assert len(texts(desk)) == 11


def test_a_withdrawn_row_does_not_come_back(desk: Desk, tmp_path: Path) -> None:
    path = table(tmp_path, *ROWS)
    import_table(desk, path)
    gone = notes(desk)[0]
    desk.save("form", "withdrawn", withdraw=[gone])
    assert counts(import_table(desk, path)) == (0, 4, 0)
    assert gone.id not in {one.id for one in notes(desk)}


def test_a_file_name_that_no_record_can_keep(desk: Desk, tmp_path: Path) -> None:
    path = table(tmp_path, *ROWS, name=oddly_named(tmp_path, ".csv").name)
    assert counts(import_table(desk, path)) == (4, 0, 0)
    assert "\udcff" not in desk.walk.title + desk.walk.imported_from
    assert "\x1b" not in desk.walk.title


def test_the_date_of_an_imported_walk_is_the_day_it_came(tmp_path: Path) -> None:
    clock = FixedClock(datetime(2026, 2, 3, 23, 30, tzinfo=UTC), zone_min=60)
    with desk_at(tmp_path / "late.walkdb", clock) as desk:
        import_table(desk, table(tmp_path, *ROWS))
        assert desk.walk.date == "2026-02-04"
