"""Purging a walk: raw notes go from every file of a laptop, what was made of them stays."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.desks import begin_small, desk_at, the_visit, write_form
from tests.mishaps import killed_at
from tests.routine.forgetting import bytes_of, says
from tests.routine.three import form_at, give, meet, three_laptops, wrote
from walk.clock import FixedClock
from walk.errors import BusyStore, PackError, Refused
from walk.exchange.pack import read_pack
from walk.model import (
    Closing,
    Form,
    NoPerson,
    Note,
    Purge,
    Said,
    Trend,
    Walk,
    closing_id,
    purge_id,
)
from walk.routine import (
    collect,
    debrief,
    door,
    home,
    places,
    purge,
    purged,
    said,
    share,
    start,
    stating,
    steps,
    summary,
    visit,
)
from walk.routine.desk import Desk
from walk.storage import backup

RAW = ("zanzibar", "narwhal", "aardvark", "wombatrow", "kestrel", "Room 4711", "pangolin")
"""Words of notes, drafts, cleared words, hall talks, the places, and themes that nobody stated."""


HAS_IT_OPEN = """
import sys, pathlib
from walk.storage.presence import Presence
Presence(pathlib.Path(sys.argv[1])).claim()
print("open", flush=True)
sys.stdin.read()
"""
PURGES = """
import sys, pathlib
from walk.routine import purge
from walk.routine.start import open_desk

def tell(words):
    print(words, flush=True)
    sys.stdin.readline()

with open_desk(pathlib.Path(sys.argv[1])) as desk:
    purge.purge(desk, progress=tell)
"""
"""Other programs; the second goes on only when it is told to."""


def whole_walk(desk: Desk) -> Trend:
    """A walk with everything on it that a purge takes, and a trend that rests on it."""
    begin_small(desk)
    write_form(desk, "V1", "T zanzibar asked for more #1", "? what does kestrel see")
    write_form(desk, "V2", "S2 narwhal answered the first #1", "S3 said wombatrow")
    door.no_person(desk, "wombatrow")
    table = debrief.table(desk)
    theme = debrief.make_theme(desk, "asked for more")
    debrief.put(desk, [one.note for one in table.pool[:3]], theme)
    trend = stating.state_trend(desk, theme, "Students are asked for more.")
    stating.choose_example(desk, trend, table.pool[0].note)
    trend = stating.decide(desk, stating.trends(desk)[0], "asset")
    odd = debrief.make_theme(desk, "pangolin odds and ends")
    debrief.put(desk, [table.pool[0].note], odd)
    (wondering,) = table.wonderings
    steps.choose_for_staff(desk, wondering.note)
    steps.add(desk, "keep looking", level="school leader", rests_on=trend.id)
    places.set_place(desk, "V1", "Room 4711")
    desk.keep_draft(visit.line_place(desk, the_visit(desk, "V3")), "T aardvark is being typed")
    backup.make(desk.store.path, desk.now().wall_ms, "daily")
    return trend


def test_no_file_holds_a_raw_word_any_more(tmp_path: Path) -> None:
    path = tmp_path / "a.walkdb"
    with desk_at(path) as desk, desk_at(path) as other:
        trend = whole_walk(desk)
        other.open_walk(desk.walk_id)
        assert says(path, *RAW) == [*RAW]
        assert len(other.store.all(Note, desk.walk_id)) == 4
        done = purge.purge(desk)
        assert not done.waits
        assert says(path, *RAW) == []
        assert other.store.all(Note, desk.walk_id) == []
        assert desk.store.drafts(desk.walk_id) == []
        assert not places.path_of(desk).exists()
        assert desk.store.get(Trend, trend.id) == trend
        assert [one.what for one in steps.steps(desk)] == ["keep looking"]
        assert desk.store.check() == []
        rows = desk.store.snapshot()
        desk.store.rebuild()
        assert desk.store.snapshot() == rows
    assert says(path, *RAW) == []
    (copy,) = backup.every(path)
    assert backup.is_sound(copy)
    assert b"Students are asked for more." in copy.read_bytes()


def test_settings_about_the_walk_go_with_its_notes(tmp_path: Path) -> None:
    with desk_at(tmp_path / "a.walkdb") as desk:
        trend = whole_walk(desk)
        form = desk.store.all(Form, desk.walk_id)[0].record
        walk, me = desk.walk_id, desk.me
        gone = [
            f"asked same person:{walk}",
            f"typing up:{walk}",
            f"given:{walk}",
            f"calendar:{walk}",
            f"rotation:{walk}",
            f"corrected:{walk}:{me}",
            f"paper:{form.id}",
        ]
        stays = [f"me:{walk}", f"seen:{trend.id}", f"given:{'ab' * 16}", "theme"]
        for key in (*gone, *stays):
            desk.store.set(key, [me])
        desk.store.set(f"me:{walk}", me)
        purge.purge(desk)
        assert [key for key in gone if desk.store.setting(key) is not None] == []
        assert [key for key in stays if desk.store.setting(key) is None] == []


def test_what_there_is_none_of_is_not_listed(tmp_path: Path) -> None:
    with desk_at(tmp_path / "a.walkdb") as desk:
        begin_small(desk)
        write_form(desk, "V1", "T zanzibar asked for more")
        seen = purge.view(desk)
        assert seen.goes[:2] == ("1 note, every wording of them", "1 form")
        told = " ".join((*seen.goes, *seen.stays))
        assert " 0 " not in f" {told}"
        assert "how the walk ended" not in told, "it has not ended"
        assert purge.NO_TREND in seen.in_words(whole=False, ask=False)
        assert purge.NO_TREND not in seen.in_words(whole=True, ask=False), "no counts stay then"
        purge.purge(desk, whole=True, ask=True)
        again = purge.view(desk)
        assert "notes" not in " ".join(again.goes)
        assert "for this laptop alone" in " ".join(again.in_words(whole=True, ask=True))


def test_the_receipt_proves_it_and_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.walkdb"
    with desk_at(path) as desk:
        whole_walk(desk)
        done = purge.purge(desk)
        text = "\n".join(done.lines)
        assert "nothing of them is left" in text
        assert "the places file" in text
        assert "a.walkdb: cleaned" in text
        (kept,) = purge.receipts(desk)
        assert kept == done.lines
        (receipt,) = desk.store.receipts()
        assert receipt.kind == "purge"
        assert receipt.value["left"] == 0
        assert receipt.value["searched"] >= 2
        assert receipt.value["gone"]["note"] == 8
        assert not [word for word in RAW if word in json.dumps(receipt.value)]


def test_a_piece_that_is_left_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.walkdb"
    with desk_at(path) as desk:
        whole_walk(desk)
        monkeypatch.setattr("walk.storage.cleaning._clean_copy", lambda *_: "left as it was")
        done = purge.purge(desk)
        assert "still there" in "\n".join(done.lines)


def test_counts_stay_as_they_were(tmp_path: Path) -> None:
    with desk_at(tmp_path / "a.walkdb") as desk:
        whole_walk(desk)
        before = json.loads(summary.render(summary.facts(desk), "json"))
        assert before["notes"] == 4
        assert before["look_fors"][0]["visits"] == 2
        purge.purge(desk)
        after = json.loads(summary.render(summary.facts(desk), "json"))
        said = after.pop("caution")
        assert said.startswith(before.pop("caution")[:40])
        assert "Raw notes purged on 14 Oct 2025; counts as stated." in said
        assert after == before
        for form in summary.FORMATS:
            assert "kestrel" not in summary.render(summary.facts(desk), form)
        assert summary.missing_walkers(desk) == []


def test_every_view_of_a_purged_walk_works(tmp_path: Path) -> None:
    with desk_at(tmp_path / "a.walkdb") as desk:
        trend = whole_walk(desk)
        purge.purge(desk)
        (view,) = debrief.table(desk).themes
        assert view.spread.counts() == trend.counts
        assert debrief.table(desk).visits_without_notes == 0
        assert stating.decide(desk, trend, "need").counts == trend.counts
        worded = stating.state_trend(desk, view.theme, "Students are asked for reasons.")
        assert worded.counts == trend.counts
        assert not worded.parked
        assert "raw notes purged on 14 Oct 2025" in start.described(desk, desk.walk_id)
        seen = home.overview(desk)
        assert seen.next is not None
        assert [one.screen for one in (seen.next, *seen.also)] == ["summary", "steps", "prepare"]
        assert [(one.name, one.state, one.count) for one in seen.stages][1] == (
            "Visits",
            "done",
            "2",
        )
        assert seen.visits == ()
        steps.close(desk, reason="the year ends")
        steps.close(desk, reason="the year ends", contact="the coach")
        closing = desk.store.get(Closing, closing_id(desk.walk_id))
        assert closing is not None
        assert (closing.visits, closing.noticings, closing.wonderings) == (2, 3, 1)
        with pytest.raises(Refused, match="purged"):
            visit.enter(desk, the_visit(desk, "V3"))


def test_the_lead_s_closing_keeps_what_came_in_after_it(tmp_path: Path) -> None:
    with desk_at(tmp_path / "a.walkdb") as desk:
        begin_small(desk)
        write_form(desk, "V1", "T asked")
        steps.close(desk, reason="short")
        write_form_after = desk.store.get(Closing, closing_id(desk.walk_id))
        assert write_form_after is not None
        desk.save("steps", "open", withdraw=[write_form_after])
        write_form(desk, "V2", "T asked again")
        desk.save("steps", "closed", write_form_after)
        purge.purge(desk)
        closing = desk.store.get(Closing, closing_id(desk.walk_id))
        assert closing is not None
        assert (closing.visits, closing.noticings) == (2, 2)


def test_undo_does_not_cross_it(tmp_path: Path) -> None:
    with desk_at(tmp_path / "a.walkdb") as desk:
        whole_walk(desk)
        desk.undo("steps")
        purge.purge(desk)
        for stage in ("form", "hall", "debrief", "steps", "door"):
            assert desk.undo(stage) is None
            assert desk.redo(stage) is None


def test_the_whole_walk_can_go(tmp_path: Path) -> None:
    path = tmp_path / "a.walkdb"
    with desk_at(path) as desk:
        whole_walk(desk)
        walk = desk.walk_id
        purge.purge(desk, whole=True)
        assert desk.store.walks() == []
        assert desk.walk_id == ""
        assert says(path, *RAW, "Students are asked", "keep looking") == []
        assert desk.store.entries(walk) == {}
        assert walk not in bytes_of(path).decode("latin-1")
        assert home.overview(desk).walk == ""
        (receipt,) = purge.receipts(desk)
        assert "the whole walk" in receipt[0]
        begin_small(desk)  # and another one begins as on a new laptop
        write_form(desk, "V1", "T asked")
        assert len(desk.store.all(Note, desk.walk_id)) == 1
    with desk_at(path) as desk:
        assert desk.remembered().screen == "home"


def test_another_walk_of_the_store_keeps_everything(tmp_path: Path) -> None:
    with desk_at(tmp_path / "a.walkdb") as desk:
        begin_small(desk)
        other = desk.walk_id
        write_form(desk, "V1", "T heron asked")
        desk.keep_draft(visit.line_place(desk, the_visit(desk, "V2")), "S2 heron")
        whole_walk(desk)
        purge.purge(desk, whole=True)
        desk.open_walk(other)
        assert [one.record.text for one in desk.store.all(Note, other)] == ["T heron asked"]
        assert [one.text for one in desk.store.drafts(other)] == ["S2 heron"]
        assert desk.undo("form") == "room left" or desk.me


def test_nothing_is_purged_while_another_program_has_the_store_open(tmp_path: Path) -> None:
    path = tmp_path / "a.walkdb"
    with desk_at(path) as desk:
        whole_walk(desk)
        desk.arrive()
        with subprocess.Popen(
            [sys.executable, "-c", HAS_IT_OPEN, str(path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        ) as elsewhere:
            assert elsewhere.stdout is not None
            assert elsewhere.stdin is not None
            assert elsewhere.stdout.readline().strip() == b"open"
            with pytest.raises(BusyStore, match="has this store open"):
                purge.purge(desk)
            assert len(desk.store.all(Note, desk.walk_id)) == 4
            elsewhere.stdin.close()
        purge.purge(desk)
        assert says(path, *RAW) == []


def test_it_is_confirmed_by_a_word_or_the_date(tmp_path: Path) -> None:
    with desk_at(tmp_path / "a.walkdb") as desk:
        begin_small(desk)
        date = desk.walk.date
        purge.confirmed(desk, " Purge ")
        purge.confirmed(desk, date)
        for typed in ("", "p", "y", "2025-01-01"):
            with pytest.raises(Refused, match="Nothing was purged"):
                purge.confirmed(desk, typed)


def test_a_walk_is_due_the_day_after_its_keep_until_date(tmp_path: Path) -> None:
    clock = FixedClock()
    with desk_at(tmp_path / "a.walkdb", clock) as desk:
        begin_small(desk)
        assert desk.walk.keep_until
        clock.advance(minutes=60 * 24 * 60)
        assert purge.due(desk) == []  # nothing was written
        write_form(desk, "V1", "T asked")
        assert purge.due(desk) == []
        clock.advance(minutes=24 * 60)
        assert [one.id for one in purge.due(desk)] == [desk.walk_id]
        purge.purge(desk)
        assert purge.due(desk) == []


# A kill in the middle


def test_a_kill_before_the_notes_went_leaves_all_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "a.walkdb"
    with desk_at(path) as desk:
        whole_walk(desk)
        with killed_at("walk.storage.purging._clear_local"):
            purge.purge(desk)
    with desk_at(path) as desk:
        assert purge.finish(desk) == []
        assert len(desk.store.all(Note, desk.walk_id)) == 4
        assert purged.of(desk) is None


@pytest.mark.parametrize("steps_done", [2, 3, 4, 5])
def test_kill_9_in_the_middle_leaves_it_undone_or_to_be_finished(
    tmp_path: Path, steps_done: int
) -> None:
    path = tmp_path / "a.walkdb"
    with desk_at(path) as desk:
        whole_walk(desk)
    with subprocess.Popen(
        [sys.executable, "-c", PURGES, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as elsewhere:
        assert elsewhere.stdout is not None
        assert elsewhere.stdin is not None
        for _ in range(steps_done - 1):
            elsewhere.stdout.readline()
            elsewhere.stdin.write(b"\n")
            elsewhere.stdin.flush()
        last = elsewhere.stdout.readline().decode().strip()
        elsewhere.kill()
    with desk_at(path) as desk:
        done = purge.finish(desk)
        if last == "removing the notes":  # said before anything goes
            assert done == []
            assert len(desk.store.all(Note, desk.walk_id)) == 4
        else:
            assert "finished at a later start" in "\n".join(done)
            assert says(path, *RAW) == []
        assert desk.store.check() == []


@pytest.mark.parametrize("where", ["rewrite", "_clean_copy", "_search"])
def test_a_kill_after_they_went_is_made_good_at_the_next_start(tmp_path: Path, where: str) -> None:
    path = tmp_path / "a.walkdb"
    with desk_at(path) as desk:
        whole_walk(desk)
        with killed_at(f"walk.storage.cleaning.{where}"):
            purge.purge(desk)
    with desk_at(path) as desk:
        assert desk.store.all(Note, desk.walk_id) == []
        assert "finished at a later start" in "\n".join(purge.finish(desk))
        assert says(path, *RAW) == []
        assert purge.finish(desk) == []


# Other laptops


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
