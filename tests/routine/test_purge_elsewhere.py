"""A purge and other laptops: requests, strangers, packs from before."""

from __future__ import annotations

import json
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.desks import desk_at
from tests.routine.forgetting import says
from tests.routine.three import form_at, give, meet, three_laptops, wrote
from tests.routine.walk_to_purge import RAW, whole_walk
from walk.errors import PackError, Refused
from walk.exchange.pack import read_pack
from walk.model import Form, NoPerson, Note, Purge, Said, Walk, purge_id
from walk.routine.debriefing import said, stating
from walk.routine.exchanging import collect, share
from walk.routine.keeping import purge


def test_a_request_of_the_lead_acts_only_where_it_is_confirmed(tmp_path: Path) -> None:
    with three_laptops(tmp_path) as here:
        for desk, word in ((here.ana, "zanzibar"), (here.ben, "narwhal")):
            wrote(desk, f"S2 {word} read page four")
        meet(here.lead, here.ana, here.ben)
        walk = here.lead.walk_id
        purge.purge(here.lead, ask=True)
        assert says(here.lead.store.path, "zanzibar", "narwhal") == []
        give(here.lead, here.ana)
        give(here.ana, here.ben)
        for desk in (here.ana, here.ben):
            (asked,) = purge.waiting(desk)
            assert asked.known
            assert not asked.whole
            assert says(desk.store.path, "zanzibar", "narwhal") == ["zanzibar", "narwhal"]
        give(here.ana, here.lead)  # an old hand brings nothing back
        assert says(here.lead.store.path, "zanzibar", "narwhal") == []
        assert here.lead.store.missing_numbers(walk) == {}
        purge.purge(here.ben)
        assert purge.waiting(here.ben) == []
        give(here.ana, here.ben)
        assert says(here.ben.store.path, "zanzibar", "narwhal") == []
        assert here.ben.store.get(Walk, walk) is not None
        assert len(here.ana.store.all(Note, walk)) == 2


def test_a_request_for_the_whole_walk_travels_before_it_is_forgotten(tmp_path: Path) -> None:
    with three_laptops(tmp_path) as here:
        wrote(here.ana, "S2 zanzibar read page four")
        form_at(here.lead)
        meet(here.lead, here.ana)
        walk = here.lead.walk_id
        purge.purge(here.lead, whole=True, ask=True)
        assert set(here.lead.store.entries(walk)) == {"walk", "purge"}
        give(here.lead, here.ana)
        (asked,) = purge.waiting(here.ana)
        assert asked.whole
        old = tmp_path / "old.walk"
        share.share(here.ana, old)
        purge.purge(here.ana, whole=True)
        assert here.ana.store.walks() == []
        pack = read_pack(old)
        with pytest.raises(PackError, match="was purged on this laptop"):
            collect.take_pack(here.ana, old, pack)
        assert here.ana.store.walks() == []
        here.lead.walk_id = walk
        purge.purge(here.lead, whole=True)
        assert here.lead.store.entries(walk) == {}


def test_only_the_lead_s_laptop_asks_others(tmp_path: Path) -> None:
    with three_laptops(tmp_path) as here:
        wrote(here.ana, "S2 zanzibar read page four")
        meet(here.lead, here.ana)
        with pytest.raises(Refused, match="lead's laptop"):
            purge.purge(here.ana, ask=True)
        purge.purge(here.ana)
        assert here.ana.store.get(Purge, purge_id(here.ana.walk_id)) is None
        give(here.ana, here.lead)
        assert purge.waiting(here.lead) == []
        assert len(here.lead.store.all(Note, here.lead.walk_id)) == 1


def test_a_request_of_a_stranger_is_told_as_one(tmp_path: Path) -> None:
    with three_laptops(tmp_path) as here:
        wrote(here.ana, "S2 zanzibar read page four")
        meet(here.lead, here.ana, here.ben)
        walk = here.ben.walk_id
        here.ben.save("", "made up", Purge(id=purge_id(walk), walk=walk, whole=True))
        give(here.ben, here.ana)
        (asked,) = purge.waiting(here.ana)
        assert not asked.known
        assert len(here.ana.store.all(Note, walk)) == 1


def test_a_shared_real_pack_holds_nothing_that_went(tmp_path: Path) -> None:
    with desk_at(tmp_path / "a.walkdb") as desk:
        whole_walk(desk)
        pack = tmp_path / "before.walk"
        share.share(desk, pack)
        purge.purge(desk, ask=True)
        after = tmp_path / "after.walk"
        share.share(desk, after)
        content = ZipFile(after).read("revisions.jsonl").decode()
        assert not [word for word in RAW if word in content]
        assert '"purge"' in content
        collect.collect(desk, [pack])
        assert says(desk.store.path, *RAW) == []
        assert desk.store.all(Form, desk.walk_id) == []
        assert desk.store.all(NoPerson, desk.walk_id) == []
        assert len(stating.trends(desk)) == 1


def test_a_collect_from_before_is_not_taken_back_and_brings_nothing_again(tmp_path: Path) -> None:
    with desk_at(tmp_path / "a.walkdb") as desk, desk_at(tmp_path / "b.walkdb") as other:
        whole_walk(desk)
        pack = tmp_path / "a.walk"
        share.share(desk, pack)
        collect.collect(other, [pack])
        assert says(other.store.path, "zanzibar") == ["zanzibar"]
        purge.purge(other)
        with pytest.raises(Refused, match="no collect to take back"):
            collect.undo_collect(other)
        assert says(other.store.path, *RAW) == []
        collect.collect(other, [pack])
        assert says(other.store.path, *RAW) == []
        assert len(stating.trends(other)) == 1


def test_a_purge_by_an_older_walk_keeps_new_kinds_of_raw_words_out_too(tmp_path: Path) -> None:
    """It wrote down the kinds that it knew, and lines of a debrief were none of them."""
    with three_laptops(tmp_path) as laptops:
        lead, ana = laptops.lead, laptops.ana
        wrote(ana, "S1 points to line 4")
        meet(lead, ana)
        purge.purge(ana)
        conn = ana.store._conn
        (kinds,) = conn.execute("SELECT kinds FROM purged").fetchone()
        older = sorted({*json.loads(kinds)} - {"said", "teacher_note"})
        conn.execute("UPDATE purged SET kinds = ?", (json.dumps(older),))
        said.say(lead, "describe", "S2 zanzibar pointed first")
        give(lead, ana)
        assert ana.store.all(Said, ana.walk_id) == []
        assert says(ana.store.path, "zanzibar") == []
