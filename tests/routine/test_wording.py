"""Wording help: when it speaks, what a person keeps, stems, and that it holds nothing back."""

from __future__ import annotations

import ast
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import walk
from tests.desks import begin_small, desk_at, the_visit
from walk.errors import WalkError
from walk.language.flags import Flag
from walk.model import Note
from walk.routine.desk import Desk
from walk.routine.exchanging import share as sharing
from walk.routine.planning import prepare
from walk.routine.visiting import visit, write
from walk.routine.wording import wording
from walk.routine.wording.wording import Looked, Words

PRAISE = "T did a great job"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_at(tmp_path / "one.walkdb") as made:
        begin_small(made)
        yield made


def looked(text: str, *quoted: str, stem: str = "T said “__”") -> Looked:
    """Words in which these stretches are open."""
    places = [text.index(one) for one in quoted]
    flags = [
        Flag(place, place + len(one), "praise", f"“{one}” · what was seen?", stem)
        for place, one in zip(places, quoted, strict=True)
    ]
    return Looked(Words(text, line=text), tuple(flags))


def still_open(desk: Desk, text: str, quoted: str = "great job") -> bool:
    return bool(wording.without_kept(desk, looked(text, quoted)).flags)


# When it speaks


def test_it_speaks_while_writing_and_not_in_the_room_unless_somebody_says_so(desk: Desk) -> None:
    assert [wording.speaks(desk, "room"), wording.speaks(desk, "writing")] == [False, True]
    wording.choose(desk, "room and writing")
    assert [wording.speaks(desk, "room"), wording.speaks(desk, "writing")] == [True, True]
    wording.choose(desk, "off")
    assert [wording.speaks(desk, "room"), wording.speaks(desk, "writing")] == [False, False]


def test_a_setting_of_a_newer_walk_is_the_usual_one(desk: Desk) -> None:
    desk.store.set("wording", "at weekends")
    assert wording.setting(desk) == "writing"


# What is looked at


@pytest.mark.parametrize(
    ("line", "words", "kind"),
    [
        ("  T waits", "T waits", "noticing"),
        ("? What did T see #2", "What did T see", "wondering"),
        ("#2 T waits ", "T waits", "noticing"),
        ("?  #3   T waits", "T waits", "wondering"),
        ("#99 T waits", "#99 T waits", "noticing"),
    ],
)
def test_only_the_words_of_a_line_are_looked_at(line: str, words: str, kind: str) -> None:
    found = wording.of_line(line, 4)
    assert (found.words, found.kind) == (words, kind)
    assert line[found.start : found.start + len(words)] == words
    assert wording.of_line(line, 4, kind="wondering").kind == "wondering"


@given(
    st.text("?#12 :T\n", max_size=12), st.text(max_size=20), st.sampled_from(["", " #1", " #2 "])
)
def test_words_are_found_where_they_stand(front: str, middle: str, end: str) -> None:
    line = front + middle + end
    for recorded in (False, True):
        found = wording.of_line(line, 2, recorded=recorded)
        assert line[found.start :].startswith(found.words)


def test_a_note_is_looked_at_without_its_mark(desk: Desk) -> None:
    form = visit.enter(desk, the_visit(desk, "V1"))
    note = visit.add_note(desk, form, f"? #2 {PRAISE}").note
    found = wording.of_note(note)
    assert (found.words, found.kind, found.line[found.start :]) == (PRAISE, "wondering", PRAISE)


def test_a_fault_of_the_rules_is_told_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise RecursionError

    monkeypatch.setattr("walk.language.check.check", fails)
    with pytest.raises(WalkError, match="all else goes on"):
        wording.look(Words(PRAISE))


def test_the_rules_are_loaded_at_the_first_need_and_not_at_a_start() -> None:
    rooms = [Path(walk.__file__).parent / room for room in ("screens", "widgets", "routine")]
    paths = sorted(path for room in rooms for path in room.rglob("*.py"))
    assert len(paths) > 100
    for path in paths:
        at_start = [
            node.module
            for node in ast.parse(path.read_text("utf-8")).body
            if isinstance(node, ast.ImportFrom)
        ]
        assert "walk.language.check" not in at_start, path


# While the line is typed on


@pytest.mark.parametrize(
    ("line", "applies"),
    [
        ("T did a great job and", True),
        ("Today T did a great job", True),
        ("T did a great jo", False),
        ("T did a great jobs", False),
        ("T did a grand job", False),
        ("", False),
    ],
)
def test_what_is_shown_stays_while_its_own_words_do(line: str, applies: bool) -> None:
    after = wording.still(looked(PRAISE, "great job"), line)
    assert [line[one.start : one.end] for one in after.flags] == ["great job"] * applies


# What a person keeps


def test_what_was_kept_stays_kept_while_its_sentence_does(desk: Desk) -> None:
    first = looked(PRAISE, "great job")
    wording.keep(desk, first, first.flags)
    assert not still_open(desk, PRAISE)
    assert not still_open(desk, f"S1 reads.  {PRAISE.upper()}. S2 waits", "GREAT JOB")
    assert still_open(desk, f"{PRAISE} of asking")
    assert still_open(desk, "S1 did a great job")
    assert still_open(desk, PRAISE, "did")


def test_what_was_kept_holds_for_one_walk(desk: Desk) -> None:
    first = looked(PRAISE, "great job")
    wording.keep(desk, first, first.flags)
    begin_small(desk)
    assert still_open(desk, PRAISE)


def test_what_was_kept_in_a_line_goes_on_with_it(desk: Desk) -> None:
    longer = looked(f"{PRAISE} of asking most students", "great job", "most students")
    left = wording.keep_again(desk, longer, {"great job"})
    assert [left.quoted(one) for one in left.flags] == ["most students"]
    assert not still_open(desk, longer.of.words)


def test_what_was_kept_holds_no_words_and_no_walker_and_travels_nowhere(
    desk: Desk, tmp_path: Path
) -> None:
    """An erased note leaves nothing here, and nobody can be counted by it."""
    form = visit.enter(desk, the_visit(desk, "V1"))
    note = visit.add_note(desk, form, PRAISE).note
    first = looked(PRAISE, "great job")
    before = desk.store.unshared(desk.walk_id)
    wording.keep(desk, first, first.flags)
    wording.listed(desk, form.id)
    assert desk.store.unshared(desk.walk_id) == before
    with closing(sqlite3.connect(desk.store.path)) as conn:
        kept = dict(conn.execute("SELECT key, value FROM setting WHERE key LIKE 'wording%'"))
    assert set(kept) == {f"wording kept:{desk.walk_id}", f"wording listed:{desk.walk_id}"}
    assert "great" not in "".join(kept.values())
    assert desk.me not in "".join([*kept, *kept.values()])
    assert len(json.loads(kept[f"wording kept:{desk.walk_id}"])) == 1
    assert note.id not in "".join(kept.values())


def test_a_list_that_was_looked_at_is_remembered_by_form(desk: Desk) -> None:
    assert not wording.was_listed(desk, "f1")
    wording.listed(desk, "f1")
    wording.listed(desk, "f1")
    assert (wording.was_listed(desk, "f1"), wording.was_listed(desk, "f2")) == (True, False)


# Stems


@pytest.mark.parametrize(
    ("line", "after"),
    [
        (PRAISE, "T said “__”"),
        (f"{PRAISE}.", "T said “__”"),
        (f"? {PRAISE} #2", "? T said “__” #2"),
        (f"S1 reads. {PRAISE}! S2 waits.", "S1 reads. T said “__”. S2 waits."),
        (f"{PRAISE}…\nS2 waits", "T said “__”\nS2 waits"),
        (f"T: “Stop. Go.” {PRAISE}. S2", "T: “Stop. Go.” T said “__”. S2"),
        (f"{PRAISE} with “Stop. Go on”. S2", "T said “__”. S2"),
    ],
)
def test_a_stem_takes_the_place_of_its_sentence(line: str, after: str) -> None:
    words = wording.of_line(line, 4)
    place = words.words.index("great job")
    flag = Flag(place, place + len("great job"), "praise", "what was seen?", "T said “__”")
    stem = wording.stem(Looked(words, (flag,)), flag)
    assert line[: stem.start] + stem.text + line[stem.end :] == after
    assert stem.text[slice(*stem.blank)] == "__"


def test_a_stem_without_a_blank_is_written_on_from_its_end() -> None:
    first = looked(PRAISE, "great job", stem="Said or done: ")
    stem = wording.stem(first, first.flags[0])
    assert stem.blank == (len(stem.text), len(stem.text))


@given(st.text("ab .?!\n“”:TS", max_size=30), st.data())
def test_a_sentence_holds_its_words(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    if text[start:end].strip() != text[start:end] or start == end:
        return
    first, last = wording.sentence(text, Flag(start, end, "praise", "", ""))
    assert first <= start
    assert last >= end


# It holds nothing back


def test_open_flags_hold_no_note_and_no_pack_back(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flag = looked(PRAISE, "great job").flags[0]
    monkeypatch.setattr("walk.language.check.check", lambda *_: (flag,))
    form = visit.enter(desk, the_visit(desk, "V1"))
    note = visit.add_note(desk, form, PRAISE).note
    assert wording.without_kept(desk, wording.look(wording.of_note(note))).flags
    assert write.finish(desk, form).finished_at is not None
    assert PRAISE in {one.record.text for one in desk.store.all(Note, desk.walk_id, pool=True)}
    prepare.give_label(desk, desk.walkers()[0], "Ana")
    sharing.share(desk, tmp_path / "ana.walk")
    assert (tmp_path / "ana.walk").exists()


def test_the_first_wording_of_a_reworded_note_stays_private(desk: Desk) -> None:
    form = visit.enter(desk, the_visit(desk, "V1"))
    note = visit.add_note(desk, form, PRAISE).note
    visit.reword(desk, note, "T said “yes” 5 times")
    write.finish(desk, form)
    bodies = [one.body for one in desk.store.published(desk.walk_id, ("note",))]
    assert len(bodies) == 1
    assert "great" not in bodies[0]
