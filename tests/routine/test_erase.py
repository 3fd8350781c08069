"""Erasing one note: every wording goes from every file, and nothing brings it back."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.desks import begin_small, desk_at, the_visit, write_form
from tests.routine import erasing
from tests.routine.erasing import WORDS, note_in_every_form
from tests.routine.forgetting import says
from tests.routine.three import form_at, give, meet, three_laptops, wrote
from walk.errors import Refused
from walk.model import Erase, NoPerson, Note, Placing, Theme, Trend, erase_id
from walk.routine import summary
from walk.routine.debriefing import debrief, stating
from walk.routine.desk import Desk
from walk.routine.following import steps
from walk.routine.keeping import erase, purge
from walk.routine.settling import conflicts
from walk.routine.visiting import door, visit
from walk.routine.wording import wording
from walk.storage import backup

desk = erasing.desk


def test_no_file_holds_any_wording_any_more(tmp_path: Path) -> None:
    path = tmp_path / "a.walkdb"
    with desk_at(path) as desk, desk_at(path) as other:
        begin_small(desk)
        note = note_in_every_form(desk)
        other.open_walk(desk.walk_id)
        assert len(other.store.all(Note, desk.walk_id)) == 2  # a second connection that reads
        assert says(path, *WORDS, "heron") == [*WORDS, "heron"]
        done = erase.erase(desk, note.id)
        assert not done.waits
        assert says(path, *WORDS, "heron") == ["heron"]
        assert len(other.store.all(Note, desk.walk_id)) == 1
        assert "nothing of them is left" in "\n".join(done.lines)
        assert desk.store.check() == []
        rows = desk.store.snapshot()
        desk.store.rebuild()
        assert desk.store.snapshot() == rows
    assert says(path, *WORDS) == []
    (copy,) = backup.every(path)
    assert backup.is_sound(copy)


def test_what_typing_left_behind_in_the_file_goes_too(desk: Desk) -> None:
    path = desk.store.path
    note = wrote(desk, "T asked")
    place = visit.edit_place(note.id)
    # As SQLite is made on some systems: what is deleted stays in the file.
    desk.store._conn.execute("PRAGMA secure_delete=OFF")
    for count in range(1, 30):  # as it is kept while it is typed
        desk.keep_draft(place, "T zanzibar asked for more and more of it. " * count)
    desk.keep_draft(place, "")
    desk.store._conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert says(path, "zanzibar") == ["zanzibar"]  # deleted, and yet to be read in the file
    erase.erase(desk, note.id)
    assert says(path, "zanzibar") == []


def test_a_backup_does_not_keep_what_became_the_note_as_it_was_typed(desk: Desk) -> None:
    path = desk.store.path
    form = form_at(desk)
    place = f"visit:{form.id}"
    desk.keep_draft(place, "T zanzibra asked each pair at the table by the wall for mo")
    desk.keep_draft("visit:2", "T zanzib")
    desk.keep_draft("visit:3", "S2 heron drew a line under it")
    backup.make(path, desk.now().wall_ms, "daily")
    words = "T zanzibar asked each pair at the table by the wall for more"
    note = visit.add_note(desk, form, words).note
    for one in (place, "visit:2"):
        desk.keep_draft(one, "")
    erase.erase(desk, note.id)
    assert says(path, "zanzib", "heron") == ["heron"]
    (copy,) = backup.every(path)
    assert backup.is_sound(copy)


def test_acts_on_other_records_do_not_quote_it_any_more(tmp_path: Path) -> None:
    with three_laptops(tmp_path) as three:
        lead, ana = three.lead, three.ana
        note = wrote(lead, "T zanzibar asked for more")
        theme = debrief.make_theme(lead, "Evidence")
        debrief.put(lead, [note], theme)
        meet(lead, ana)
        debrief.turn_contrary(lead, note, theme)
        debrief.take_out(ana, [note], theme)
        meet(lead, ana)
        (conflict,) = conflicts.waiting(lead)
        conflicts.keep(lead, conflict, 1)  # named by the note's words
        erase.erase(lead, note.id)
        assert says(lead.store.path, "zanzibar") == []


def test_a_log_that_was_set_aside_without_its_store_goes(desk: Desk) -> None:
    path = desk.store.path
    note = note_in_every_form(desk)
    alone = path.with_name(f"{path.name}-damaged-2025-10-14-090000-alone-wal")
    alone.write_bytes(Path(f"{path}-wal").read_bytes())
    done = erase.erase(desk, note.id)
    assert says(path, *WORDS) == []
    assert not alone.exists()
    assert any(alone.name in line for line in done.lines)


def test_undo_does_not_cross_it(desk: Desk) -> None:
    form = form_at(desk)
    note = visit.add_note(desk, form, "T zanzibar asked").note
    visit.add_note(desk, form, "S2 plain heron")
    desk.undo("form")
    erase.erase(desk, note.id)
    assert desk.undo("form") is None
    assert desk.redo("form") is None
    assert visit.notes(desk, form) == []


def test_a_note_that_never_was_shared_asks_nobody(desk: Desk) -> None:
    note = wrote(desk, "T zanzibar asked")
    assert "No other laptop has it." in erase.view(desk, note.id).in_words()
    erase.erase(desk, note.id)
    assert desk.store.get(Erase, erase_id(note.id)) is None


def test_a_withdrawn_note_is_listed_and_can_be_erased(desk: Desk) -> None:
    path = desk.store.path
    note = wrote(desk, "T zanzibar asked")
    visit.withdraw(desk, note)
    (line,) = erase.listed(desk)
    assert line.withdrawn
    assert "zanzibar" in line.in_words()
    assert erase.find(desk, line.short) == [(desk.walk_id, note.id)]
    erase.erase(desk, note.id)
    assert erase.listed(desk) == []
    assert says(path, "zanzibar") == []
    with pytest.raises(Refused, match="is called"):
        erase.find(desk, line.short)


def test_words_cleared_for_another_note_too_stay_cleared(desk: Desk) -> None:
    form = form_at(desk)
    note = visit.add_note(desk, form, "Ms Wombat asked").note
    visit.add_note(desk, form, "then Ms Wombat waited")
    door.no_person(desk, "Ms Wombat")
    erase.erase(desk, note.id)
    assert len(desk.store.all(NoPerson, desk.walk_id)) == 1


def test_wording_that_was_kept_is_forgotten_with_its_note(desk: Desk) -> None:
    note = wrote(desk, "T did a great job pressing for evidence")
    looked = wording.look(wording.of_note(note))
    assert looked.flags
    wording.keep(desk, looked, looked.flags)
    erase.erase(desk, note.id)
    assert desk.store.setting(f"wording kept:{desk.walk_id}") is None


def test_themes_trends_and_steps_do_without_it(desk: Desk) -> None:
    write_form(desk, "V1", "T zanzibar asked", "? what does a kestrel see")
    write_form(desk, "V2", "S2 zanzibar answered")
    table = debrief.table(desk)
    theme = debrief.make_theme(desk, "asked for more")
    debrief.put(desk, [one.note for one in table.pool], theme)
    trend = stating.state_trend(desk, theme, "Students are asked for more.")
    for one in table.pool:
        trend = stating.choose_example(desk, trend, one.note)
    trend = stating.decide(desk, trend, "asset")
    (wondering,) = table.wonderings
    steps.choose_for_staff(desk, wondering.note)
    steps.add(desk, "keep looking", rests_on=wondering.note.id)
    counts = trend.counts
    for note in (table.pool[0].note, wondering.note):
        erase.erase(desk, note.id)
    after = debrief.table(desk)
    assert [len(one.notes) for one in after.themes] == [1]
    assert after.wonderings == ()
    held = desk.store.get(Trend, trend.id)
    assert held is not None
    assert held.counts == counts
    assert len(stating.examples(desk, held)) == 1
    assert steps.for_staff(desk) == ()
    text = summary.render(summary.facts(desk), "text")
    assert wondering.note.id not in summary.render(summary.facts(desk), "json")
    assert "keep looking" in text
    assert desk.store.all(Placing, desk.walk_id) != []
    assert desk.store.get(Theme, theme.id) is not None


OPS = (
    *("note", "reword", "draft", "withdraw", "undo"),
    *("finish", "backup", "give", "erase", "purge"),
)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(OPS),
        st.integers(0, 1),
        st.integers(0, 2),
    ),
    min_size=4,
    max_size=14,
)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ops=STEPS)
def test_an_erased_or_purged_word_is_nowhere_whatever_comes(
    ops: list[tuple[str, int, int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("law")
    with desk_at(folder / "one.walkdb") as one, desk_at(folder / "two.walkdb") as two:
        begin_small(one)
        give(one, two, plan_only=True)
        two.open_walk(one.walk_id)
        two.become(one.walkers()[0].id)
        desks, notes = (one, two), list[Note]()
        said: dict[str, list[str]] = {}
        gone: set[tuple[int, str]] = set()
        purged: set[int] = set()
        for count, (what, who, which) in enumerate(ops):
            desk, word = desks[who], f"word{count:03}unique"
            with suppress(Refused):  # something newer stands on it, or the walk is purged
                _do(what, desk, desks[1 - who], notes, said, which, word)
            if what == "purge":
                purge.purge(desk, ask=desk.is_lead())
                purged.add(who)
            if what == "erase" and notes:
                note = notes[which % len(notes)]
                if desk.store.wordings(note.id) and erase.may(desk, note.id):
                    erase.erase(desk, note.id)
                    gone.add((who, note.id))
        for who, note_id in gone:
            assert says(desks[who].store.path, *said[note_id]) == []
            assert desks[who].store.get(Note, note_id) is None
        for who in purged:
            words = [word for one in said.values() for word in one]
            assert says(desks[who].store.path, *words) == []
            assert desks[who].store.all(Note, one.walk_id) == []
        for desk in desks:
            assert desk.store.check() == []
            # And no receipt says that something is left where nothing is.
            assert {one.value["left"] for one in desk.store.receipts()} <= {0}


def _do(
    what: str,
    desk: Desk,
    other: Desk,
    notes: list[Note],
    said: dict[str, list[str]],
    which: int,
    word: str,
) -> None:
    note = notes[which % len(notes)] if notes else None
    held = desk.store.get(Note, note.id) if note else None
    if what == "note":
        form = visit.enter(desk, the_visit(desk, "V1"))
        made = visit.add_note(desk, form, f"T said {word} to them").note
        notes.append(made)
        said[made.id] = [word]
    elif what == "undo":
        desk.undo("form")
    elif what == "finish":
        desk.store.publish(desk.by(), "s", desk.store.unshared(desk.walk_id), everyone=True)
    elif what == "backup":
        backup.make(desk.store.path, desk.now().wall_ms, "daily")
    elif what == "give":
        give(desk, other)
    elif held and what == "reword":
        said[held.id].append(word)
        visit.reword(desk, held, f"T said {word} to them then")
    elif held and what == "draft":
        said[held.id].append(word)
        desk.keep_draft(visit.edit_place(held.id), f"T said {word} to all")
    elif held and what == "withdraw":
        visit.withdraw(desk, held)


def test_a_store_set_aside_is_cleaned_with_its_log(desk: Desk) -> None:
    path = desk.store.path
    note = note_in_every_form(desk)
    # Copied while it is in use: what was written last stands in its log alone.
    for end in ("", "-wal"):
        beside = path.with_name(f"{path.name}-damaged-2025-10-14-090000{end}")
        beside.write_bytes(Path(f"{path}{end}").read_bytes())
    empty = path.with_name(f"{path.name}-damaged-2025-10-13-090000")
    empty.touch()
    Path(f"{empty}-wal").write_bytes(Path(f"{path}-wal").read_bytes())
    assert len(backup.every(path)) == 3
    erase.erase(desk, note.id)
    assert says(path, *WORDS, "heron") == ["heron"]
    assert not empty.exists()
    assert len(backup.every(path)) == 2
