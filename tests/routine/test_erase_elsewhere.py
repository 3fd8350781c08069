"""Erasing and other laptops: requests, refusals, edits made meanwhile."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.routine.forgetting import says
from tests.routine.three import give, meet, note_on, three_laptops, wrote
from walk.errors import Refused
from walk.model import Erase, Note, erase_id
from walk.routine.desk import Desk
from walk.routine.keeping import erase
from walk.routine.visiting import visit


def test_a_request_acts_only_where_a_person_confirms(tmp_path: Path) -> None:
    with three_laptops(tmp_path) as here:
        note = wrote(here.ana, "S2 zanzibar read page four")
        wrote(here.ana, "S3 plain heron")
        meet(here.lead, here.ana, here.ben)
        old = _pack(here.ana)
        erase.erase(here.ana, note.id)
        give(here.ana, here.lead)
        give(here.lead, here.ben)  # carried on by a laptop that did not do it yet
        for desk in (here.lead, here.ben):
            (asked,) = erase.waiting(desk)
            assert asked.known
            assert "zanzibar" in asked.words
            assert "zanzibar" in note_on(desk, note.id).text
            assert says(desk.store.path, "zanzibar") == ["zanzibar"]
        erase.erase(here.ben, note.id)
        assert here.ben.store.missing_numbers(here.ben.walk_id) == {}
        assert erase.waiting(here.ben) == []
        assert says(here.ben.store.path, "zanzibar") == []
        for desk in (here.ana, here.ben):  # nothing brings it back
            give(here.lead, desk)
            _take(desk, old)
            assert says(desk.store.path, "zanzibar") == []
            assert desk.store.get(Note, note.id) is None
            assert desk.store.missing_numbers(desk.walk_id) == {}
        assert "zanzibar" in note_on(here.lead, note.id).text


def test_a_request_can_be_put_off_until_tomorrow(tmp_path: Path) -> None:
    with three_laptops(tmp_path) as here:
        note = wrote(here.ana, "S2 zanzibar read page four")
        meet(here.lead, here.ana)
        erase.erase(here.ana, note.id)
        give(here.ana, here.lead)
        (asked,) = erase.waiting(here.lead)
        erase.put_off(here.lead, asked)
        assert erase.waiting(here.lead) == []
        assert len(erase.waiting(here.lead, put_off=True)) == 1
        here.lead.clock.advance(minutes=24 * 60)  # type: ignore[attr-defined]
        assert len(erase.waiting(here.lead)) == 1


def test_a_note_of_another_laptop_is_not_erased_unasked(tmp_path: Path) -> None:
    with three_laptops(tmp_path) as here:
        note = wrote(here.ana, "S2 zanzibar read page four")
        meet(here.lead, here.ana, here.ben)
        with pytest.raises(Refused, match="another laptop"):
            erase.erase(here.ben, note.id)
        assert "zanzibar" in note_on(here.ben, note.id).text
        erase.erase(here.lead, note.id)  # the lead's laptop may, and asks the others
        give(here.lead, here.ana)
        (asked,) = erase.waiting(here.ana)
        assert asked.known


def test_an_edit_made_elsewhere_meanwhile_does_not_come_in(tmp_path: Path) -> None:
    with three_laptops(tmp_path) as here:
        note = wrote(here.ana, "S2 zanzibar read page four")
        meet(here.lead, here.ana)
        erase.erase(here.lead, note.id)
        visit.reword(here.ana, note, "S2 narwhal read page five")
        give(here.ana, here.lead)
        assert says(here.lead.store.path, "zanzibar", "narwhal") == []


def test_both_sides_of_what_two_laptops_told_differently_go(tmp_path: Path) -> None:
    with three_laptops(tmp_path) as here:
        note = wrote(here.ana, "S2 zanzibar read page four")
        meet(here.lead, here.ana)
        for desk, word in ((here.ana, "narwhal"), (here.lead, "kestrel")):
            visit.reword(desk, note, f"S2 {word} read page five")
        meet(here.lead, here.ana)
        assert here.lead.store.conflicts(here.lead.walk_id) == [note.id]
        erase.erase(here.lead, note.id)
        assert says(here.lead.store.path, "zanzibar", "narwhal", "kestrel") == []
        assert here.lead.store.conflicts(here.lead.walk_id) == []


def test_a_stranger_s_request_is_told_as_one(tmp_path: Path) -> None:
    with three_laptops(tmp_path) as here:
        note = wrote(here.ana, "S2 zanzibar read page four")
        meet(here.lead, here.ana, here.ben)
        made = Erase(id=erase_id(note.id), walk=here.ben.walk_id, note=note.id)
        here.ben.save("", "made up", made)
        give(here.ben, here.lead)
        (asked,) = erase.waiting(here.lead)
        assert not asked.known
        assert "zanzibar" in note_on(here.lead, note.id).text


def _pack(desk: Desk) -> list[tuple[bytes, object]]:
    return [(rev.rev_id(), rev) for rev in desk.store.published(desk.walk_id)]


def _take(desk: Desk, pack: list[tuple[bytes, object]]) -> None:
    now = desk.now().wall_ms
    desk.store.collect(b"old", "old.walk", desk.walk_id, "", pack, now, lambda _: "{}")  # type: ignore[arg-type]
