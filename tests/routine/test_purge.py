"""Purging a walk: raw notes go from every file of a laptop, what was made of them stays."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.desks import begin_small, desk_at, the_visit, write_form
from tests.routine.forgetting import bytes_of, says
from tests.routine.walk_to_purge import RAW, whole_walk
from walk.clock import FixedClock
from walk.errors import BusyStore, Refused
from walk.model import Closing, Form, Note, Trend, closing_id
from walk.routine import start, summary
from walk.routine.debriefing import debrief, stating
from walk.routine.following import steps
from walk.routine.home import home
from walk.routine.keeping import purge
from walk.routine.planning import places
from walk.routine.visiting import visit
from walk.storage import backup

HAS_IT_OPEN = """
import sys, pathlib
from walk.storage.presence import Presence
Presence(pathlib.Path(sys.argv[1])).claim()
print("open", flush=True)
sys.stdin.read()
"""


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
