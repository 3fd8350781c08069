"""Saving, reading, drafts and looking after, case by case on one laptop."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator

import pytest

from tests.storage.laptops import START, VISIT, WALK, Laptop, note, placing, the_walk, theme, walker
from tests.storage.two_laptops import PAIRS, WAIT
from walk.model import Note, Record, Walk, Walker, derived
from walk.storage import merge
from walk.storage.store import By, Draft, Store


def revisions(laptop: Laptop) -> int:
    return len(laptop.rev_ids())


# Saving and reading


def test_what_was_saved_is_read_back(ana: Laptop) -> None:
    assert ana.save(PAIRS)
    held = ana.store.held(Note, PAIRS.id)
    assert held is not None
    assert held.record == PAIRS
    assert (held.author, held.at, held.zone) == (ana.me, START, 0)
    assert (held.shared, held.conflict, held.here) == (False, False, True)


def test_saving_the_same_again_writes_nothing(ana: Laptop) -> None:
    ana.save(PAIRS)
    before = revisions(ana)
    assert not ana.save(PAIRS)
    assert revisions(ana) == before


def test_a_save_that_changed_nothing_is_no_act(ana: Laptop) -> None:
    ana.save(PAIRS, words="saved a note")
    ana.save(PAIRS, words="saved it again")
    assert ana.store.undo(ana.by(), "write") == "saved a note"


def test_a_save_that_changed_nothing_leaves_redo_open(ana: Laptop) -> None:
    ana.save(PAIRS)
    ana.save(PAIRS.changed(text="7 of 7"), words="edited")
    ana.store.undo(ana.by(), "write")
    assert not ana.save(PAIRS)
    assert ana.store.redo(ana.by(), "write") == "edited"


def test_a_new_act_closes_redo(ana: Laptop) -> None:
    ana.save(PAIRS)
    ana.store.undo(ana.by(), "write")
    ana.save(WAIT)
    assert ana.store.redo(ana.by(), "write") is None


def test_withdrawn_is_gone_from_view_and_kept_in_the_journal(ana: Laptop) -> None:
    ana.save(PAIRS)
    assert ana.withdraw(PAIRS)
    assert ana.store.get(Note, PAIRS.id) is None
    assert ana.store.all(Note, WALK) == []
    assert revisions(ana) == 2


def test_withdrawing_what_never_was_writes_nothing(ana: Laptop) -> None:
    assert not ana.withdraw(PAIRS)
    assert revisions(ana) == 0


def test_a_withdrawn_record_still_belongs_to_its_form(ana: Laptop) -> None:
    """Finishing a form shares what was withdrawn from it, too."""
    form = derived("a form")
    one = PAIRS.changed(form=form)
    ana.save(one)
    ana.withdraw(one)
    (row,) = ana.store.snapshot()
    assert (row[0].hex(), row[3].hex()) == (one.id, form)
    assert ana.store.all(Note, WALK, parent=form) == []


def test_a_note_moved_out_of_its_form_belongs_to_it_no_more(ana: Laptop) -> None:
    form = derived("a form")
    ana.save(PAIRS.changed(form=form))
    ana.save(PAIRS)
    assert ana.store.all(Note, WALK, parent=form) == []
    assert len(ana.store.all(Note, WALK)) == 1


def test_a_record_of_another_walk_is_refused(ana: Laptop) -> None:
    other = PAIRS.changed(walk=derived("another walk"))
    with pytest.raises(ValueError, match="another walk"):
        ana.save(other)
    assert revisions(ana) == 0


def test_the_pool_counts_and_the_list_of_walks(ana: Laptop) -> None:
    look_for = derived("look for")
    ana.save(the_walk("Lincoln"), PAIRS, WAIT.changed(look_for=look_for, note_kind="wondering"))
    assert ana.store.walks() == [WALK]
    walk = ana.store.get(Walk, WALK)
    assert walk is not None
    assert walk.title == "Lincoln"
    assert sorted(ana.store.note_counts(WALK)) == [
        ("", VISIT, False, 1),
        (look_for, VISIT, True, 1),
    ]


def test_an_older_walk_carries_fields_that_it_does_not_know(ana: Laptop) -> None:
    ana.save(note("newer", "14 of 22 wrote", heard_from={"corner": "left", "n": [1, 2]}))
    read = ana.store.get(Note, note("newer", "").id)
    assert read is not None
    ana.save(read.changed(text="15 of 22 wrote"))
    body = ana.look.execute("SELECT body FROM rev ORDER BY seq DESC LIMIT 1").fetchone()[0]
    assert json.loads(body)["heard_from"] == {"corner": "left", "n": [1, 2]}
    assert json.loads(body)["text"] == "15 of 22 wrote"


def test_an_act_of_several_authors(ana: Laptop) -> None:
    dana = walker("Dana")
    assert ana.store.save_as(ana.by(), "hall", "hall talk", [(dana, PAIRS), ("", WAIT)])
    assert not ana.store.save_as(ana.by(), "hall", "again", [(dana, PAIRS), ("", WAIT)])
    held = {one.record.id: one.author for one in ana.store.all(Note, WALK)}
    assert held == {PAIRS.id: dana, WAIT.id: ""}
    assert ana.store.undo(ana.by(), "hall") == "hall talk"
    assert ana.store.all(Note, WALK) == []


# Many at once


def _rows(count: int) -> Iterator[tuple[str, Record]]:
    for number in range(count):
        yield "", note(f"row {number}", f"{number} pairs wrote")


def test_each_chunk_is_saved_before_it_is_reported(
    ana: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A caller may stop, crash or save something of its own between two chunks."""
    monkeypatch.setattr(merge, "CHUNK", 3)
    run = ana.store.add_all(ana.by(), "import", "imported", _rows(8))
    assert next(run) == (3, 0)
    assert revisions(ana) == 3
    ana.save(PAIRS)
    assert next(run) == (3, 0)
    run.close()  # type: ignore[attr-defined]
    assert revisions(ana) == 7
    rest = list(ana.store.add_all(ana.by(), "import", "imported", _rows(8)))
    assert [sum(counts) for counts in zip(*rest, strict=True)] == [2, 6]


def test_many_records_give_the_same_tables_as_one_by_one(ana: Laptop) -> None:
    list(ana.store.add_all(ana.by(), "import", "imported", _rows(5)))
    quick = ana.store.snapshot()
    assert ana.store.rebuild() == 5
    assert ana.store.snapshot() == quick
    assert len(ana.store.unshared(WALK)) == 5


def test_importing_again_adds_nothing_and_is_no_act(ana: Laptop) -> None:
    list(ana.store.add_all(ana.by(), "import", "imported", _rows(5)))
    assert list(ana.store.add_all(ana.by(), "import", "again", _rows(5))) == [(0, 5)]
    assert ana.store.undo(ana.by(), "import") == "imported"
    assert ana.store.all(Note, WALK) == []


def test_an_imported_row_that_was_withdrawn_does_not_come_back(ana: Laptop) -> None:
    list(ana.store.add_all(ana.by(), "import", "imported", _rows(2)))
    ana.withdraw(note("row 0", ""))
    assert list(ana.store.add_all(ana.by(), "import", "again", _rows(2))) == [(0, 2)]
    assert [one.record.text for one in ana.store.all(Note, WALK)] == ["1 pairs wrote"]


# Drafts and settings


def test_a_draft_goes_in_the_same_breath_as_its_note_comes(ana: Laptop) -> None:
    ana.store.keep_draft(Draft("visit:1", WALK, ana.me, "5 of 7 pai", "{}", START))
    ana.store.keep_draft(Draft("visit:1", WALK, ana.me, "5 of 7 pairs", "{}", START + 250))
    ana.store.keep_draft(Draft("visit:2", WALK, ana.me, "elsewhere", "{}", START))
    assert [draft.text for draft in ana.store.drafts()] == ["5 of 7 pairs", "elsewhere"]
    ana.store.save(ana.by(), "write", "saved", [PAIRS], draft_done="visit:1")
    assert [draft.text for draft in ana.store.drafts(WALK)] == ["elsewhere"]
    assert ana.store.drafts(derived("another walk")) == []


def test_an_empty_draft_is_forgotten(ana: Laptop) -> None:
    ana.store.keep_draft(Draft("visit:1", WALK, ana.me, "words", "", START))
    ana.store.keep_draft(Draft("visit:1", WALK, ana.me, "", "", START))
    assert ana.store.drafts() == []


def test_settings_are_kept_and_forgotten(ana: Laptop) -> None:
    ana.store.set("me", ["Ana", 3, None])
    assert ana.store.setting("me") == ["Ana", 3, None]
    ana.store.set("me", None)
    assert ana.store.setting("me", "nobody") == "nobody"


# Looking after


def test_another_writer_is_noticed(ana: Laptop) -> None:
    before = ana.store.data_version()
    ana.save(PAIRS)
    assert ana.store.data_version() == before
    other = Store.open(ana.path, START)
    other.save(By(WALK, "", START, 0), "write", "elsewhere", [WAIT])
    other.close()
    assert ana.store.data_version() != before
    assert ana.words(WAIT) == WAIT.text


def test_a_sound_store_has_nothing_to_say(ana: Laptop) -> None:
    ana.save(PAIRS, WAIT, theme("a"), placing(PAIRS))
    ana.share()
    assert ana.store.check() == []


@pytest.mark.parametrize(
    "damage",
    [
        "body = replace(body, '5 of 7', '7 of 7')",
        "made_at = made_at + 1",
        "made_at = 9000000000000000000",
        "deleted = 1",
        "author = record",
        "kind = kind || char(10)",
    ],
)
def test_a_changed_record_is_found_by_its_hash(ana: Laptop, damage: str) -> None:
    ana.save(PAIRS)
    with sqlite3.connect(ana.path) as conn:
        conn.execute(f"UPDATE rev SET {damage}")
    conn.close()
    (words,) = ana.store.check()
    assert PAIRS.id in words


def test_a_record_whose_id_is_lost_is_told(ana: Laptop) -> None:
    ana.save(PAIRS, WAIT)
    with sqlite3.connect(ana.path) as conn:
        conn.execute("UPDATE rev SET record = 99 WHERE seq = 1")
    conn.close()
    assert ana.store.check() == ["note 99: a revision does not match its hash"]


def test_text_that_is_no_text_is_told_and_not_raised(ana: Laptop) -> None:
    ana.save(PAIRS)
    with sqlite3.connect(ana.path) as conn:
        conn.execute("UPDATE rev SET body = CAST(x'ff' AS TEXT)")
    conn.close()
    assert "cannot be read to its end" in ana.store.check()[0]


def test_the_tables_are_made_again_from_the_journal(ana: Laptop) -> None:
    ana.save(PAIRS, WAIT, theme("a"), placing(WAIT))
    ana.share()
    ana.withdraw(PAIRS)
    before = ana.store.snapshot()
    with sqlite3.connect(ana.path) as conn:
        conn.execute("UPDATE state SET deleted = 1, parent = 7, wondering = NULL")
    conn.close()
    assert ana.store.snapshot() != before
    assert ana.store.rebuild() == 4
    assert ana.store.snapshot() == before


def test_the_plan_is_made_by_the_laptop_that_wrote_it_first(ana: Laptop, ben: Laptop) -> None:
    """A clone or a moved store gets a new device id; what it wrote stays its own."""
    ana.save(Walker(id=ana.me, walk=WALK, label="Ana"))
    ana.become(ben)
    held = ana.store.held(Walker, ana.me)
    assert held is not None
    assert held.here
    assert ana.store.made_here(ana.me)
