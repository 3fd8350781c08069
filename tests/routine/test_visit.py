"""A visit without a screen: the clock of the stop, and notes as they are saved and changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.desks import begin_small, desk_at, the_visit
from walk.clock import FixedClock
from walk.errors import Refused
from walk.jotting import understand
from walk.model import Form, LookFor, Note, Walker
from walk.routine.desk import Desk
from walk.routine.planning import prepare, rooms
from walk.routine.visiting import visit


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def desk(tmp_path: Path, clock: FixedClock) -> Iterator[Desk]:
    with desk_at(tmp_path / "one.walkdb", clock) as made:
        begin_small(made)
        yield made


def _in(desk: Desk, code: str = "V1") -> Form:
    return visit.enter(desk, the_visit(desk, code))


def _kept(desk: Desk, form: Form) -> list[Note]:
    return [one.record for one in visit.notes(desk, form)]


def _minutes(desk: Desk, form: Form) -> float:
    return visit.timer(desk, form).elapsed_s(desk.now()) / 60


# The stop


def test_entering_twice_starts_one_clock(desk: Desk, clock: FixedClock) -> None:
    first = _in(desk)
    clock.advance(minutes=4)
    again = _in(desk)
    assert again == first
    assert _minutes(desk, again) == 4


def test_a_visit_that_was_taken_back_is_not_entered(desk: Desk) -> None:
    prepare.withdraw_visit(desk, the_visit(desk, "V2"))
    with pytest.raises(Refused, match="V2 is no longer open"):
        _in(desk, "V2")


@pytest.mark.parametrize(
    ("happens", "minutes"),
    [
        (lambda clock: clock.sleep(300), 8),
        (lambda clock: clock.set_wall(clock.now().utc + timedelta(hours=2)), 3),
        (lambda clock: clock.set_wall(clock.now().utc - timedelta(hours=2)), 3),
        (lambda clock: clock.set_zone(120), 3),
        (lambda clock: clock.reboot(120), 5),
    ],
    ids=["lid closed", "clock set forward", "clock set back", "zone changed", "restart"],
)
def test_the_minutes_are_right_whatever_happens_to_the_laptop(
    desk: Desk, clock: FixedClock, happens: Callable[[FixedClock], object], minutes: int
) -> None:
    form = _in(desk)
    clock.advance(minutes=3)
    happens(clock)
    assert _minutes(desk, form) == minutes


def test_the_clock_goes_on_after_the_app_was_closed(tmp_path: Path) -> None:
    clock = FixedClock()
    with desk_at(tmp_path / "one.walkdb", clock) as desk:
        begin_small(desk)
        _in(desk)
    clock.advance(minutes=6)
    clock.set_wall(clock.now().utc + timedelta(hours=1))
    with desk_at(tmp_path / "one.walkdb", clock) as desk:
        form = visit.under_way(desk)
        assert form is not None
        assert _minutes(desk, form) == 6


def test_started_earlier_and_longer_change_what_is_shown(desk: Desk, clock: FixedClock) -> None:
    form = visit.longer(desk, visit.started_earlier(desk, _in(desk), 2), 3)
    clock.advance(minutes=5)
    face = visit.timer(desk, form).face(desk.now())
    assert (face.elapsed_min, face.target_min) == (7, 15)


def test_leaving_stops_the_clock_and_coming_back_goes_on(desk: Desk, clock: FixedClock) -> None:
    form = _in(desk)
    clock.advance(minutes=9)
    left = visit.leave(desk, form)
    clock.advance(minutes=2)
    assert _minutes(desk, left) == 9
    assert visit.under_way(desk) is None
    assert _minutes(desk, visit.come_back(desk, left)) == 11
    assert visit.under_way(desk) is not None


def test_leaving_twice_keeps_the_first_time(desk: Desk, clock: FixedClock) -> None:
    form = _in(desk)
    clock.advance(minutes=9)
    left = visit.leave(desk, form)
    clock.advance(minutes=5)
    assert visit.leave(desk, left).left_after_s == 9 * 60


def test_undo_takes_back_leaving_and_longer_one_by_one(desk: Desk, clock: FixedClock) -> None:
    form = visit.longer(desk, _in(desk))
    clock.advance(minutes=3)
    visit.leave(desk, form)
    here = the_visit(desk, "V1")
    assert desk.undo(visit.STAGE) == "room left"
    found = visit.form_of(desk, here)
    assert found is not None
    assert not visit.has_left(found)
    assert desk.undo(visit.STAGE) == "1 min longer"
    assert desk.redo(visit.STAGE) == "1 min longer"
    assert desk.redo(visit.STAGE) == "room left"
    found = visit.form_of(desk, here)
    assert found is not None
    assert (found.target_minutes, found.left_after_s) == (13, 180)


def test_a_recorded_segment_counts_viewings(desk: Desk) -> None:
    rooms.change_mode(desk, the_visit(desk, "V1"), "recorded")
    form = _in(desk)
    assert form.viewings == 1
    assert visit.viewed_again(desk, form).viewings == 2


# Notes


def test_a_note_in_the_room_carries_its_second_and_a_later_one_none(
    desk: Desk, clock: FixedClock
) -> None:
    form = _in(desk)
    clock.advance(seconds=95)
    visit.add_note(desk, form, "S1 points to line 4")
    clock.advance(minutes=10)
    form = visit.leave(desk, form)
    visit.add_note(desk, form, "two readers stay on the rug")
    assert [one.at_s for one in _kept(desk, form)] == [95, None]


def test_a_note_from_paper_has_no_time_and_says_so_also_in_the_room(desk: Desk) -> None:
    note = visit.add_note(desk, _in(desk), "14 of 22 wrote", from_paper=True).note
    assert (note.at_s, note.from_paper) == (None, True)


def test_a_form_on_paper_begins_with_its_first_note(desk: Desk) -> None:
    from walk.routine.visiting import write

    form = write.form_for(desk, the_visit(desk, "V2"))
    assert visit.form_of(desk, the_visit(desk, "V2")) is None
    visit.add_note(desk, form, "S1 reads aloud", from_paper=True)
    found = visit.form_of(desk, the_visit(desk, "V2"))
    assert found is not None
    assert found.entered_at is None
    assert desk.undo(visit.STAGE) == "noticing saved"
    assert visit.form_of(desk, the_visit(desk, "V2")) is None


def test_a_recorded_segment_gives_the_place_on_it_and_no_time(desk: Desk) -> None:
    rooms.change_mode(desk, the_visit(desk, "V1"), "recorded")
    note = visit.add_note(desk, _in(desk), "4:30 S2 asks why").note
    assert (note.at_s, note.position_s, note.text) == (None, 270, "S2 asks why")


def test_what_was_understood_is_kept_with_the_words(desk: Desk) -> None:
    saved = visit.add_note(desk, _in(desk), '5/7 pairs say "because" #2')
    look_for = prepare.look_fors(desk)[1]
    assert saved.note.look_for == look_for.id
    assert saved.note.speech
    assert saved.note.tally is not None
    assert (saved.note.tally.count, saved.note.tally.of) == (5, 7)
    assert look_for.name in saved.understood
    assert saved.note.text.endswith("#2")
    assert saved.note.words == '5/7 pairs say "because"'


def test_a_chosen_look_for_and_kind_win_over_the_marks(desk: Desk) -> None:
    third = prepare.look_fors(desk)[2].id
    note = visit.add_note(desk, _in(desk), "? why now #1", kind="noticing", look_for=third).note
    assert (note.note_kind, note.look_for) == ("noticing", third)
    assert note.words.endswith("#1")  # the mark ties nothing, so it is words again


@pytest.mark.parametrize("line", ["", "   ", "?", "#1"])
def test_no_words_are_no_note(desk: Desk, line: str) -> None:
    form = _in(desk)
    with pytest.raises(Refused):
        visit.add_note(desk, form, line)
    assert _kept(desk, form) == []


def test_rewording_reads_anew_and_keeps_time_tie_and_kind(desk: Desk, clock: FixedClock) -> None:
    form = _in(desk)
    clock.advance(seconds=61)
    second = prepare.look_fors(desk)[1].id
    note = visit.add_note(desk, form, "? some pairs talk", look_for=second).note
    changed = visit.reword(desk, note, "5 of 7 pairs talk").note
    assert (changed.note_kind, changed.at_s, changed.look_for) == ("wondering", 61, second)
    assert changed.tally is not None
    assert changed.id == note.id


def test_a_question_mark_put_in_front_while_rewording_makes_a_wondering(desk: Desk) -> None:
    note = visit.add_note(desk, _in(desk), "S1 waits").note
    assert visit.reword(desk, note, "? what does S1 wait for").note.note_kind == "wondering"


def test_taking_the_mark_out_of_the_words_unties(desk: Desk) -> None:
    note = visit.add_note(desk, _in(desk), "S1 points #2").note
    assert visit.reword(desk, note, "S1 points").note.look_for == ""


def test_a_note_cannot_be_reworded_to_nothing(desk: Desk) -> None:
    form = _in(desk)
    note = visit.add_note(desk, form, "S1 points").note
    with pytest.raises(Refused, match="needs words"):
        visit.reword(desk, note, "  ")
    assert _kept(desk, form) == [note]


def test_correcting_what_was_understood_changes_no_word(desk: Desk) -> None:
    note = visit.add_note(desk, _in(desk), '5/7 pairs say "because"').note
    without = visit.understand_otherwise(desk, note, "tally")
    without = visit.understand_otherwise(desk, without, "speech")
    assert (without.tally, without.speech, without.text) == (None, False, note.text)
    assert visit.understand_otherwise(desk, without, "tally").tally == note.tally


def test_no_tally_is_seen_where_there_is_none(desk: Desk) -> None:
    note = visit.add_note(desk, _in(desk), "pairs talk").note
    with pytest.raises(Refused, match="No count"):
        visit.understand_otherwise(desk, note, "tally")


def test_undo_and_redo_of_every_act_on_a_note(desk: Desk) -> None:
    form = _in(desk)
    note = visit.add_note(desk, form, "S1 points").note
    states = [_kept(desk, form)]
    note = visit.reword(desk, note, "S1 points to line 4").note
    states.append(_kept(desk, form))
    note = visit.turn(desk, note)
    states.append(_kept(desk, form))
    note = visit.tie(desk, note, prepare.look_fors(desk)[0].id)
    states.append(_kept(desk, form))
    visit.withdraw(desk, note)
    assert _kept(desk, form) == []
    words = []
    for state in reversed(states):
        words.append(desk.undo(visit.STAGE))
        assert _kept(desk, form) == state
    assert words == [
        "wondering withdrawn",
        "look-for tied",
        "made a wondering",
        "note reworded",
    ]
    for state in [*states[1:], []]:
        assert desk.redo(visit.STAGE)
        assert _kept(desk, form) == state


def test_undo_is_each_walkers_own_on_a_shared_laptop(desk: Desk) -> None:
    form = _in(desk)
    mine = visit.add_note(desk, form, "mine").note
    desk.write_as(prepare.add_walker(desk, "Ben").id)
    visit.add_note(desk, _in(desk), "his")
    assert desk.undo(visit.STAGE) == "noticing saved"
    assert _kept(desk, form) == [mine]


def test_a_note_typed_for_someone_says_who_typed(desk: Desk) -> None:
    own = desk.me
    desk.store.set(f"own:{desk.walk_id}", own)
    ben = prepare.add_walker(desk, "Ben")
    desk.write_as(ben.id)
    form = _in(desk)
    visit.add_note(desk, form, "S1 points")
    [held] = visit.notes(desk, form)
    assert (held.author, held.record.typed_by) == (ben.id, own)
    assert desk.store.get(Walker, held.author) == ben


def test_a_draft_goes_in_the_moment_its_note_comes(desk: Desk) -> None:
    form = _in(desk)
    place = f"visit:{form.id}"
    desk.keep_draft(place, "S1 po")
    visit.add_note(desk, form, "S1 points", draft_done=place)
    assert desk.draft(place) is None


WORDS = st.text(min_size=1, max_size=80)


def test_words_are_kept_as_they_were_typed(desk: Desk, clock: FixedClock) -> None:
    form = _in(desk)

    @given(line=WORDS)
    def kept(line: str) -> None:
        typed = line.replace("\r\n", "\n").replace("\r", "\n").strip()
        if typed.startswith("?"):
            typed = typed[1:].lstrip()
        try:
            note = visit.add_note(desk, form, line).note
        except Refused:
            damaged = "\0" in line or any("\ud800" <= one <= "\udfff" for one in line)
            assert damaged or not typed.strip() or typed.startswith("#")
        else:
            clock.advance(seconds=1)
            assert _kept(desk, form)[-1] == note
            assert note.text == typed

    kept()


def test_a_visit_with_an_inquiry_of_its_own_is_seen_through_that(desk: Desk) -> None:
    first, other = prepare.visits(desk)[:2]
    own = "In what ways am I helping students revise, so that a claim grows?"
    desk.save(prepare.STAGE, "inquiry", first.changed(inquiry=own))
    assert visit.inquiry(desk, visit.find(desk, first.id)) == own
    assert visit.inquiry(desk, other) == " ".join(prepare.focus(desk).inquiries)


@pytest.mark.parametrize(
    "line",
    [
        *("#1 they wrote", "they wrote #2", "#9 they wrote", "they wrote", "? why #1", "#", "##2"),
        *("T: \u201cshow me #1\u201d", "5 of 7 pairs wrote #3", "#0 none", " #1 ", "\uff032 wide"),
    ],
)
def test_a_line_reads_as_it_would_with_all_look_fors_at_hand(desk: Desk, line: str) -> None:
    """They are read for lines alone in which a mark can stand."""
    here = the_visit(desk, "V1")
    assert visit.read_line(desk, here, line) == understand(line, len(prepare.look_fors(desk)))
    assert prepare.look_fors(desk)


def test_a_chosen_look_for_wins_over_a_mark_also_where_a_stem_was_taken_over(desk: Desk) -> None:
    form = visit.enter(desk, the_visit(desk, "V1"))
    chosen = prepare.look_fors(desk)[0].id
    stem, typed = "14 of 22 wrote a line #2", "14 of 22 did well #2"
    saved = visit.add_note(desk, form, stem, look_for=chosen, before=typed)
    assert (saved.note.look_for, saved.note.words) == (chosen, stem)
    desk.undo(visit.STAGE)
    (before,) = visit.notes(desk, form)
    assert (before.record.look_for, before.record.words) == (chosen, typed)


def test_without_a_mark_no_look_for_is_read(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    form = visit.enter(desk, the_visit(desk, "V1"))
    note = visit.add_note(desk, form, "14 of 22 wrote").note
    read, asked = prepare.look_fors, []

    def noted(own: Desk) -> list[LookFor]:
        asked.append(own)
        return read(own)

    monkeypatch.setattr(prepare, "look_fors", noted)
    assert visit.add_note(desk, form, "S1 points to line 4").note.text
    assert visit.reword(desk, note, "15 of 22 wrote").note.text == "15 of 22 wrote"
    assert asked == []
    assert visit.reword(desk, note, "15 of 22 wrote #2").note.look_for
    assert asked != []
