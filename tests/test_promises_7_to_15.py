"""The promises of walk from the seventh on, a test each; the first six are in test_promises.py.

A promise is the docstring of its test. What is promised of screens is tested beside the screens.
"""

from __future__ import annotations

import json
import re
import socket
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests import promise_desks
from tests.desks import begin_small, desk_at, the_visit, write_form
from tests.routine.forgetting import says
from tests.routine.three import give, meet, three_laptops, wrote
from walk import protocol
from walk.cli import walk
from walk.clock import FixedClock
from walk.errors import Refused
from walk.model import Note, StopLog
from walk.routine import summary
from walk.routine.debriefing import debrief, stating
from walk.routine.desk import Desk
from walk.routine.exchanging import collect
from walk.routine.exchanging import share as sharing
from walk.routine.following import steps
from walk.routine.keeping import purge
from walk.routine.planning import hours, places, prepare, rotation, times
from walk.routine.reporting import letters, teacher_note
from walk.routine.summary import FORMATS, facts, render
from walk.routine.timekeeping import board
from walk.routine.visiting import hall, visit, write
from walk.routine.wording import wording
from walk.storage import backup

desk = promise_desks.desk
demo = promise_desks.demo


def test_7_the_own_form_comes_before_talk(desk: Desk) -> None:
    """The hall talk opens only after one's own form is finished."""
    first = the_visit(desk, "V1")
    visit.enter(desk, first)
    with pytest.raises(Refused):
        hall.begin(desk, first)
    write_form(desk, "V1", "S1 points to line 4")
    assert hall.begin(desk, first).visit == first.id


def test_7_description_comes_before_asset_and_need(desk: Desk) -> None:
    """Nothing is an asset or a need before it has been stated in a descriptive sentence."""
    write_form(desk, "V1", "S1 points to line 4")
    theme = debrief.put_in_new(desk, [debrief.table(desk).pool[0].note], "Pointing")
    with pytest.raises(Refused):
        stating.state_trend(desk, theme, "   ")
    assert debrief.table(desk).themes[0].trend is None


def test_8_nothing_seen_is_a_full_answer(desk: Desk) -> None:
    """A form with "nothing seen on this inquiry" is finished like any other."""
    form = visit.enter(desk, the_visit(desk, "V1"))
    with pytest.raises(Refused):
        write.finish(desk, form)
    done = write.finish(desk, write.describe(desk, form, nothing_seen=True))
    assert done.finished_at is not None


def test_8_a_short_debrief_cuts_neither_the_silent_read_nor_the_describing() -> None:
    """In thirty minutes each still reads alone and the team still describes, as long as in 45."""
    minutes = protocol.shorten(30)
    for step in ("read", "describe"):
        assert minutes[step] == protocol.USUAL[step]
    assert sum(minutes.values()) == 30


def test_8_when_time_runs_short_the_silent_write_is_cut_last(desk: Desk) -> None:
    """A late team is offered shorter visits and fewer of them; the three minutes alone stay."""
    times.set_start(desk, "09:00")
    rotation.make(desk)
    clock = desk.clock
    assert isinstance(clock, FixedClock)
    clock.advance(minutes=4)
    board.next_phase(desk)
    clock.advance(minutes=15)
    board.next_phase(desk)  # into the first room, four minutes late
    assert board.view(desk).behind_min == 4
    later, *offers = board.offers(desk)
    assert later.id == "later"  # which changes nothing
    assert offers
    for offer in offers:
        board.accept(desk, offer.id)
        write, talk = (hours.minutes_of(at) for _, at in board.view(desk).then[:2])
        assert talk - write == 3
        desk.undo(board.STAGE)


def test_9_a_walk_closes_with_two_kinds_of_step_or_a_printed_reason(desk: Desk) -> None:
    """A walk closes with a step above the teacher and one designed with hosts, or with a reason."""
    steps.add(desk, "Try a second question", level="teacher")
    with pytest.raises(Refused):
        steps.close(desk)
    steps.close(desk, reason="the principal is new and starts in March")
    letter = " ".join(render(facts(desk), "text").split())
    assert "the principal is new and starts in March" in letter
    steps.reopen(desk)
    steps.add(desk, "Free Tuesday's team time", level="school leader")
    steps.add(desk, "Plan one question together", level="teacher team", design="proposed")
    assert steps.close(desk).reason == ""


def test_9_waiving_what_is_missing_closes_no_walk(desk: Desk) -> None:
    """A plan may do without a step for a reason; closing the walk asks for that reason again."""
    for one in steps.missing(desk):
        steps.waive(desk, one, "not this time")
    with pytest.raises(Refused):
        steps.close(desk)


def test_9_a_walk_that_did_not_take_place_is_called_off(desk: Desk) -> None:
    """A walk that did not take place is called off, and its letter says so."""
    assert steps.call_off(desk, "snow").how == "called off"
    assert "called off" in render(facts(desk), "text")


@pytest.mark.parametrize(("visits", "counts"), [(2, False), (3, True)])
def test_10_small_walks_print_no_counts_and_no_examples(
    tmp_path: Path, visits: int, counts: bool
) -> None:
    """Below three classrooms counts and examples are left out, and the letter says why."""
    with desk_at(tmp_path / "small.walkdb") as desk:
        begin_small(desk, visits=visits)
        for code in ("V1", "V2", "V3")[:visits]:
            write_form(desk, code, f"S points to line 4 in {code}")
        notes = [one.note for one in debrief.table(desk).pool]
        theme = debrief.put_in_new(desk, notes, "Pointing")
        trend = stating.state_trend(desk, theme, "Students point to lines.")
        trend = stating.decide(desk, trend, "asset")
        stating.choose_example(desk, trend, notes[0])
        letter = " ".join(render(facts(desk), "text").split())
        assert "Students point to lines" in letter
        assert ("evidence in" in letter) is counts
        assert ("points to line 4" in letter) is counts
        assert "left out" in letter


@pytest.mark.parametrize("form", FORMATS)
def test_10_every_summary_carries_the_snapshot_caution(demo: Desk, form: str) -> None:
    """Every summary says how many classrooms, how long, in which modes, and what was not seen."""
    said = " ".join(re.sub(r"<[^>]*>", " ", render(facts(demo), form)).split())
    assert "4 classrooms" in said
    assert "11 to 13 minutes" in said
    assert "could not be seen" in said


def test_11_a_teacher_may_withdraw_and_no_reason_is_kept(desk: Desk) -> None:
    """A visit is taken back in Prepare or on the board; nothing asks why, nothing could hold it."""
    board.next_phase(desk)
    board.withdraw(desk, "V2")
    assert the_visit(desk, "V2").withdrawn
    logs = [one.record for one in desk.store.all(StopLog, desk.walk_id)]
    (entry,) = [one for log in logs for one in log.changes if one.do == "withdraw"]
    assert entry.reason == ""
    with pytest.raises(TypeError):
        board.withdraw(desk, "V3", reason="late")  # type: ignore[call-arg]


def test_11_a_visit_sheet_holds_one_code_and_no_author_and_only_the_lead_makes_it(
    demo: Desk, tmp_path: Path
) -> None:
    """A teacher may see what was written about their own visit, and nothing of any other."""
    said = letters.preview(demo, "visit:V1")
    assert "V1" in said
    assert not re.search(r"\bV[2-4]\b|\b(Ana|Ben)\b", said)
    assert "asset" not in said.casefold()
    pack = tmp_path / "all.walk"
    sharing.share(demo, pack)
    with desk_at(tmp_path / "ben.walkdb") as other:
        collect.collect(other, [pack])
        sheets = [one for one in letters.reports(other) if one.key.startswith("visit")]
        assert all(one.why_not for one in sheets)


def test_11_a_teacher_note_is_only_made_where_asked_for_and_never_travels(
    demo: Desk, tmp_path: Path
) -> None:
    """Without the teacher's wish there is no note; with it, no pack holds a word of it."""
    room = the_visit(demo, "V1")
    with pytest.raises(Refused):
        teacher_note.change(demo, teacher_note.of_visit(demo, room), move_1="zanzibar")
    asked = teacher_note.ask(demo, room, asked=True)
    assert asked is not None
    teacher_note.change(demo, asked, move_1="zanzibar", effect_1="S adds a line")
    sharing.share(demo, tmp_path / "all.walk")
    with zipfile.ZipFile(tmp_path / "all.walk") as pack:
        assert not [one for one in pack.namelist() if b"zanzibar" in pack.read(one)]


def test_12_nothing_is_sent_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A whole walk, import, pack and letter run where no socket can be opened."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a socket was asked for")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    store = str(tmp_path / "demo.walkdb")
    run = CliRunner().invoke
    made = run(walk, ["--store", store, "demo", "--json"])
    assert made.exit_code == 0, made.output
    assert json.loads(made.stdout)["notes"] > 20
    pack = str(tmp_path / "all.walk")
    assert run(walk, ["--store", store, "share", "-o", pack]).exit_code == 0
    other = str(tmp_path / "other.walkdb")
    assert run(walk, ["--store", other, "collect", pack]).exit_code == 0
    assert run(walk, ["--store", other, "summary", "--format", "html"]).exit_code == 0


def test_13_a_keep_until_date_is_set_at_the_start(desk: Desk) -> None:
    """Every walk begins with a date until which raw notes are kept: 60 days, and it is printed."""
    assert isinstance(desk.clock, FixedClock)
    assert desk.walk.keep_until == "2025-12-13"
    assert "13 December 2025" in render(facts(desk), "text")


def test_13_a_purge_works_is_confirmed_and_leaves_a_receipt(tmp_path: Path) -> None:
    """After a purge no file holds a raw note; counts and a receipt stay; one key does not do it."""
    path = tmp_path / "one.walkdb"
    with desk_at(path) as desk:
        begin_small(desk)
        write_form(desk, "V1", "T zanzibar asked", "? what does kestrel see")
        places.set_place(desk, "V1", "Room 4711")
        backup.make(path, desk.now().wall_ms, "daily")
        with pytest.raises(Refused, match="Nothing was purged"):
            purge.confirmed(desk, "y")
        purge.purge(desk)
        assert says(path, "zanzibar", "kestrel", "Room 4711") == []
        assert summary.facts(desk).noticings == 1
        (receipt,) = purge.receipts(desk)
        assert "nothing of them is left" in "\n".join(receipt)


def test_13_a_walker_s_purge_clears_that_laptop_and_the_lead_s_asks_the_others(
    tmp_path: Path,
) -> None:
    """A walker's purge asks nobody; the lead's travels, and acts where a person confirms it."""
    with three_laptops(tmp_path) as here:
        wrote(here.ana, "S2 zanzibar read page four")
        meet(here.lead, here.ana, here.ben)
        purge.purge(here.ben)
        give(here.ben, here.lead)
        assert purge.waiting(here.lead) == []
        with pytest.raises(Refused, match="lead's laptop"):
            purge.purge(here.ana, ask=True)
        purge.purge(here.lead, ask=True)
        give(here.lead, here.ana)
        assert len(purge.waiting(here.ana)) == 1
        assert says(here.ana.store.path, "zanzibar") == ["zanzibar"]
        purge.purge(here.ana)
        assert says(here.ana.store.path, "zanzibar") == []


def test_14_what_was_saved_is_there_again(tmp_path: Path) -> None:
    """Nothing saved is lost: a note, a draft and a withdrawn note are there after a new start."""
    store = tmp_path / "own.walkdb"
    with desk_at(store) as desk:
        begin_small(desk)
        form = visit.enter(desk, the_visit(desk, "V1"))
        visit.add_note(desk, form, "S1 reads line 4")
        gone = visit.add_note(desk, form, "typed by mistake").note
        visit.withdraw(desk, gone)
        desk.keep_draft(f"visit:{form.id}", "half a sen")
    with desk_at(store) as desk:
        assert [one.record.text for one in desk.store.all(Note, desk.walk_id)] == [
            "S1 reads line 4"
        ]
        draft = desk.draft(f"visit:{form.id}")
        assert draft is not None
        assert draft.text == "half a sen"
        assert desk.undo(visit.STAGE) == "noticing withdrawn"
        assert desk.store.get(Note, gone.id) == gone


def test_15_wording_help_holds_nothing_back_and_is_told_to_nobody(
    desk: Desk, tmp_path: Path
) -> None:
    """Wording help advises. It blocks nothing, asks for no reason, is never counted per walker,
    never reported.
    """
    praise = "T did a great job and ss seemed bored"
    form = visit.enter(desk, the_visit(desk, "V1"))
    note = visit.add_note(desk, form, praise).note
    flags = wording.without_kept(desk, wording.look(wording.of_note(note))).flags
    assert len(flags) == 2
    wording.keep(desk, wording.look(wording.of_note(note)), flags[:1])
    write.finish(desk, form)
    assert praise in {one.record.text for one in desk.store.all(Note, desk.walk_id, pool=True)}
    prepare.give_label(desk, desk.walkers()[0], "Ana")
    sharing.share(desk, tmp_path / "ana.walk")
    told = [render(facts(desk), name) for name in FORMATS]
    told += [one.body for one in desk.store.published(desk.walk_id)]
    asked = {flag.message.split(" · ")[1] for flag in flags}
    for text in told:
        assert not any(question in text for question in asked)
        assert not any(flag.category in text for flag in flags)
    # What is remembered of kept words names neither words nor walker.
    kept = desk.store.setting(f"wording kept:{desk.walk_id}")
    assert "great" not in json.dumps(kept)
    assert desk.me not in json.dumps(kept)
