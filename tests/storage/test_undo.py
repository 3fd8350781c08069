"""Undo and redo of acts, case by case on one laptop."""

from __future__ import annotations

import pytest

from tests.storage.laptops import START, Laptop, note, placing, theme, walker
from tests.storage.two_laptops import PAIRS, WAIT
from walk.model import Note
from walk.storage.store import Store


def test_undo_and_redo_of_making_editing_and_withdrawing(ana: Laptop) -> None:
    ana.save(PAIRS, words="made")
    ana.save(PAIRS.changed(text="6 of 7 pairs"), words="edited")
    ana.withdraw(PAIRS)
    seen = [ana.words(PAIRS)]
    while ana.store.undo(ana.by(), "write"):
        seen.append(ana.words(PAIRS))
    assert seen == [None, "6 of 7 pairs", PAIRS.text, None]
    again = []
    while ana.store.redo(ana.by(), "write"):
        again.append(ana.words(PAIRS))
    assert again == [PAIRS.text, "6 of 7 pairs", None]


def test_undo_turns_every_record_of_an_act(ana: Laptop) -> None:
    ana.save(PAIRS, WAIT, theme("wait"))
    ana.store.save(
        ana.by(), "write", "one act", [PAIRS.changed(text="x"), placing(PAIRS)], withdraw=[WAIT]
    )
    ana.store.undo(ana.by(), "write")
    assert (ana.words(PAIRS), ana.words(WAIT)) == (PAIRS.text, WAIT.text)
    assert ana.store.get(type(placing(PAIRS)), placing(PAIRS).id) is None


def test_undo_survives_a_restart(ana: Laptop) -> None:
    ana.save(PAIRS)
    ana.store.close()
    ana.store = Store.open(ana.path, START)
    assert ana.store.undo(ana.by(), "write") is not None
    assert ana.words(PAIRS) is None


def test_undo_takes_the_acts_of_one_writer_at_one_stage(ana: Laptop) -> None:
    ana.save(PAIRS, words="mine")
    ana.save(WAIT, author=walker("Dana"), words="Dana's")
    ana.save(note("third", "x"), stage="hall", words="in the hall")
    assert ana.store.undo(ana.by(), "write") == "mine"
    assert ana.store.undo(ana.by(), "write") is None


def test_undo_is_refused_where_someone_changed_it_since(ana: Laptop) -> None:
    ana.save(PAIRS, words="made")
    ana.save(PAIRS.changed(text="6 of 7"), author=walker("Dana"))
    before = ana.rev_ids()
    with pytest.raises(Exception, match="“made” cannot be undone: its note was changed") as error:
        ana.store.undo(ana.by(), "write")
    assert type(error.value).__name__ == "Refused"
    assert ana.rev_ids() == before
    assert ana.words(PAIRS) == "6 of 7"


def test_a_refused_undo_changes_none_of_its_records(ana: Laptop) -> None:
    ana.save(PAIRS, WAIT)
    ana.save(WAIT.changed(text="changed"), stage="hall")
    with pytest.raises(Exception, match="changed or shared since"):
        ana.store.undo(ana.by(), "write")
    assert ana.words(PAIRS) == PAIRS.text


def test_undo_does_not_cross_a_share(ana: Laptop) -> None:
    ana.save(PAIRS)
    ana.share()
    assert ana.store.undo(ana.by(), "write") is None
    ana.save(PAIRS.changed(text="6 of 7"))
    assert ana.store.undo(ana.by(), "write") is not None
    assert ana.words(PAIRS) == PAIRS.text
    assert ana.store.undo(ana.by(), "write") is None


def test_nor_does_it_where_another_writer_shared_it(ana: Laptop) -> None:
    """A barrier of one author alone does not stop another's undo; the shared revision does."""
    ana.save(PAIRS)
    ana.store.publish(ana.by(walker("Dana")), "shared", [PAIRS.id], everyone=False)
    with pytest.raises(Exception, match="changed or shared since"):
        ana.store.undo(ana.by(), "write")


def test_redo_does_not_cross_a_share(ana: Laptop) -> None:
    ana.save(PAIRS)
    ana.save(WAIT)
    ana.store.undo(ana.by(), "write")
    ana.share()
    assert ana.store.redo(ana.by(), "write") is None


def test_sharing_nothing_new_leaves_undo_open(ana: Laptop) -> None:
    ana.save(PAIRS)
    ana.share()
    ana.save(WAIT)
    assert ana.store.publish(ana.by(), "shared", [PAIRS.id], everyone=True) == 0
    assert ana.store.undo(ana.by(), "write") is not None


def test_undo_keeps_the_version_that_wrote_the_fields(
    ana: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana.save(PAIRS)
    monkeypatch.setattr(Note, "schema_version", 2)
    ana.save(PAIRS.changed(text="6 of 7"))
    ana.store.undo(ana.by(), "write")
    schemas = [row[0] for row in ana.look.execute("SELECT schema FROM rev ORDER BY seq")]
    assert schemas == [1, 2, 1]


def test_undo_of_nothing(ana: Laptop) -> None:
    assert ana.store.undo(ana.by(), "write") is None
    assert ana.store.redo(ana.by(), "write") is None
