"""A walk of very many classrooms: what is read in part says the same as reading all of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.desks import begin_small, desk_at, the_visit, write_form
from walk.errors import Refused
from walk.model import Note, Visit
from walk.routine.debriefing import debrief, stating
from walk.routine.desk import Desk
from walk.routine.home import home
from walk.routine.keeping import erase
from walk.routine.planning import prepare, rooms
from walk.routine.visiting import visit


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A walk of seven classrooms."""
    with desk_at(tmp_path / "a.walkdb") as made:
        begin_small(made, visits=7)
        yield made


def noted(desk: Desk, code: str, *lines: str) -> None:
    """Notes without a form, as a table brings them."""
    room = the_visit(desk, code)
    notes = [Note(id=desk.new_id(), walk=desk.walk_id, visit=room.id, text=one) for one in lines]
    desk.save("import", "read", *notes)


def happen(desk: Desk, what: str) -> None:
    """One thing that happens in a classroom: "enter V3"."""
    act, code = what.split()
    room = the_visit(desk, code)
    if act == "enter":
        visit.enter(desk, room)
    elif act == "leave":
        visit.leave(desk, visit.enter(desk, room))
    elif act == "finish":
        write_form(desk, code, "a heron")
    elif act == "withdraw":
        prepare.withdraw_visit(desk, room)
    elif act == "note":
        noted(desk, code, "a heron")
    else:
        rooms.change_mode(desk, room, "recorded")


# Home


@pytest.mark.parametrize(
    "acts",
    [
        (),
        ("note V1", "note V2"),
        ("note V1", "note V2", "note V3", "note V4", "note V5"),
        ("enter V6",),
        ("finish V1", "finish V2", "leave V7"),
        ("finish V7", "note V1", "note V2", "withdraw V3", "withdraw V7", "record V5"),
        tuple(f"note V{number}" for number in range(1, 8)),
        tuple(f"withdraw V{number}" for number in range(1, 8)),
        ("withdraw V1", "withdraw V2", "note V2", "record V3"),
    ],
)
@pytest.mark.parametrize("somebody", [True, False])
def test_home_of_which_a_part_is_read_stands_as_when_all_is_read(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, acts: tuple[str, ...], somebody: bool
) -> None:
    for one in acts:
        happen(desk, one)
    if not somebody:
        desk.write_as("")
    whole = home.overview(desk)
    assert len(whole.visits) == 7
    assert not whole.unlisted
    for most in (2, 6, 7):
        monkeypatch.setattr(prepare, "LISTED_MOST", most)
        part = home.overview(desk)
        assert part.visits == whole.visits[:most]
        assert part.unlisted == 7 - most
        assert part._replace(visits=whole.visits, unlisted=0) == whole


# Classrooms


def codes(desk: Desk) -> list[str]:
    return [one.code for one in prepare.visits(desk)]


@pytest.mark.parametrize(("code", "by"), [("V1", -1), ("V1", 1), ("V3", 1), ("V3", -1), ("V7", -1)])
@pytest.mark.parametrize("apart", [False, True])
def test_moving_one_of_very_many_moves_it_as_among_few(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, code: str, by: int, apart: bool
) -> None:
    if apart:  # places that have gaps are put in order as one is moved
        desk.save("prepare", "apart", the_visit(desk, "V5").changed(place=15))
    moved = rooms.move(desk, the_visit(desk, code), by)
    wanted = [(one.code, one.place) for one in prepare.visits(desk)]
    if moved:
        desk.undo(prepare.STAGE)
    monkeypatch.setattr(prepare, "LISTED_MOST", 3)
    reads: list[str] = []
    read = prepare.visits

    def told(desk: Desk) -> list[Visit]:
        reads.append(desk.walk_id)
        return read(desk)

    room = the_visit(desk, code)
    monkeypatch.setattr(prepare, "visits", told)
    assert rooms.move(desk, room, by) == moved
    monkeypatch.undo()
    assert [(one.code, one.place) for one in prepare.visits(desk)] == wanted
    assert (not reads) == (code != "V7" and not apart)


def test_no_classroom_is_added_to_very_many(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prepare, "VISITS_MOST", 5)
    with pytest.raises(Refused, match="at most 5 classrooms; it has 7"):
        rooms.add(desk, 1)
    with pytest.raises(Refused, match="at most 5 classrooms"):
        rooms.add(desk, 1)
    assert len(codes(desk)) == 7


# The debrief's table


def test_a_large_pool_gives_trends_and_wonderings_their_own_without_the_rest(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    for code in ("V1", "V2", "V3"):
        write_form(desk, code, *(f"{code} heron {n}" for n in range(6)), f"? wonder of {code}")
    small = debrief.table(desk)
    theme = debrief.put_in_new(desk, [one.note for one in small.pool[:5]], "Herons")
    debrief.put(desk, [small.wonderings[0].note], theme)
    stating.state_trend(desk, theme, "Herons stand in the river")
    for lay in ("wonderings", "what was placed"):
        assert debrief.table(desk, lay=lay) == debrief.table(desk), (
            "a small pool is always read whole"
        )
    monkeypatch.setattr(debrief, "TABLE_MOST", 7)
    whole = debrief.table(desk)
    assert whole.not_laid
    wonderings = debrief.table(desk, lay="wonderings")
    assert wonderings.wonderings == whole.wonderings
    assert wonderings.themes == whole.themes
    placed = debrief.table(desk, lay="what was placed")
    assert placed.themes == whole.themes
    assert len(placed.notes) == 6
    assert placed.pool == ()


# Naming a note to be erased


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data())
def test_a_note_is_found_by_either_end_of_its_id_as_in_the_list(
    desk: Desk, data: st.DataObject
) -> None:
    if not erase.listed(desk):
        noted(desk, "V1", *(f"heron {number}" for number in range(20)))
        write_form(desk, "V2", "one heron", "two herons")
    ids = [one.id for one in erase.listed(desk)]
    one = data.draw(st.sampled_from(ids))
    length = data.draw(st.integers(1, 32))
    part = data.draw(st.sampled_from([one[-length:], one[:length], "0g", "%", one + "0"]))
    ends = [one for one in ids if one.endswith(part)]
    wanted = ends or [one for one in ids if one.startswith(part)]
    if not wanted:
        with pytest.raises(Refused, match="No note that can be erased here"):
            erase.find(desk, part)
        return
    found = erase.find(desk, part.upper())
    assert sorted(found) == sorted((desk.walk_id, one) for one in wanted)


def test_a_visit_is_no_note(desk: Desk) -> None:
    (first, *_) = (one.record for one in desk.store.all(Visit, desk.walk_id))
    with pytest.raises(Refused):
        erase.find(desk, first.id)
