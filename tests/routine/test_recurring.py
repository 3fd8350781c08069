"""Joining trends of different walks: a person's doing, with undo over walks; it travels."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desks import desk_at
from tests.routine.past import POINT, WAIT, a_walk, group_of, three
from walk.clock import FixedClock
from walk.errors import Refused
from walk.model import Recurring, Trend, recurring_id
from walk.routine.across import history, recurring
from walk.routine.desk import Desk
from walk.routine.exchanging.share import share
from walk.routine.keeping import purge
from walk.routine.planning import prepare
from walk.routine.settling import conflict_words
from walk.routine.visiting import door
from walk.trends import told_as

FOUND = "They find the line"
BOTH = "Students find the line they mean"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_at(tmp_path / "own.walkdb", FixedClock()) as found:
        yield found


def groups(desk: Desk) -> list[str]:
    """What says the same, in words, each with how many trends are in it."""
    found = recurring.all_groups(desk, history.read(desk))
    return [f"{told_as(one)}: {len(one.members)}" for one in found]


def joined(desk: Desk, *statements: str, words: str = BOTH) -> list[Recurring]:
    return recurring.join(desk, [group_of(desk, one) for one in statements], words)


def test_equal_statements_stand_together_and_nothing_else_does(desk: Desk) -> None:
    three(desk)
    a_walk(desk, "2025-06-01", "Hill", ("asset", FOUND))
    assert groups(desk) == [f"{POINT}: 3", f"{FOUND}: 1"]
    assert recurring.marks(desk) == []


def test_a_join_is_taken_back_and_done_again_in_every_walk(tmp_path: Path) -> None:
    path = tmp_path / "own.walkdb"
    with desk_at(path) as desk:
        three(desk)
        a_walk(desk, "2025-06-01", "Hill", ("asset", FOUND))
        a_walk(desk, "2025-07-01", "Hill", ("asset", WAIT))
        before = groups(desk)
        joined(desk, POINT, FOUND, WAIT)
        assert groups(desk) == [f"{BOTH}: 5"]
        assert len({one.record.walk for one in desk.store.every(Recurring)}) == 2
    with desk_at(path) as desk:  # after a restart, with another walk in hand
        desk.open_walk(desk.store.walks()[-1])
        assert recurring.undo(desk) == "trends joined"
        assert groups(desk) == before
        assert recurring.undo(desk) is None
        assert recurring.redo(desk) == "trends joined"
        assert groups(desk) == [f"{BOTH}: 5"]
        assert recurring.redo(desk) is None


def test_undo_goes_back_one_act_at_a_time(desk: Desk) -> None:
    for month, said in enumerate((POINT, FOUND, WAIT), start=1):
        a_walk(desk, f"2025-0{month}-01", "Lincoln", ("asset", said))
    joined(desk, POINT, FOUND)
    joined(desk, FOUND, WAIT, words="All three")
    assert groups(desk) == ["All three: 3"]
    recurring.undo(desk)
    assert groups(desk) == [f"{WAIT}: 1", f"{BOTH}: 2"]
    recurring.undo(desk)
    assert len(groups(desk)) == 3


def test_words_are_given_anew_for_all_of_a_group(desk: Desk) -> None:
    for month, said in enumerate((POINT, FOUND, WAIT), start=1):
        a_walk(desk, f"2025-0{month}-01", "Lincoln", ("asset", said))
    joined(desk, POINT, FOUND, WAIT)
    recurring.reword(desk, group_of(desk, POINT), "  Students  mean a line ")
    assert groups(desk) == ["Students mean a line: 3"]
    recurring.undo(desk)
    assert groups(desk) == [f"{BOTH}: 3"]


def test_taking_apart_leaves_equal_statements_together(desk: Desk) -> None:
    three(desk)
    a_walk(desk, "2025-06-01", "Hill", ("asset", FOUND))
    joined(desk, POINT, FOUND)
    recurring.take_apart(desk, group_of(desk, POINT))
    assert groups(desk) == [f"{POINT}: 3", f"{FOUND}: 1"]
    with pytest.raises(Refused, match="Nobody has joined"):
        recurring.take_apart(desk, group_of(desk, POINT))
    with pytest.raises(Refused, match="same words"):
        recurring.reword(desk, group_of(desk, POINT), "Other words")
    recurring.undo(desk)
    assert groups(desk) == [f"{BOTH}: 4"]


def test_one_alone_cannot_be_joined(desk: Desk) -> None:
    three(desk)
    with pytest.raises(Refused, match="nothing to join"):
        joined(desk, POINT)
    joined_already = [group_of(desk, POINT), group_of(desk, POINT)]
    with pytest.raises(Refused, match="nothing to join"):
        recurring.join(desk, joined_already, BOTH)


def test_joined_trends_stay_joined_when_the_walk_between_goes(desk: Desk) -> None:
    first = a_walk(desk, "2025-01-01", "Lincoln", ("asset", POINT))
    a_walk(desk, "2025-02-01", "Hill", ("asset", FOUND))
    a_walk(desk, "2025-03-01", "Lincoln", ("asset", WAIT))
    joined(desk, POINT, FOUND)
    joined(desk, POINT, WAIT)
    desk.open_walk(first)
    purge.purge(desk, whole=True)
    assert groups(desk) == [f"{BOTH}: 2"]
    fourth = "They name the line"
    a_walk(desk, "2025-04-01", "Hill", ("asset", fourth))
    joined(desk, fourth, WAIT)
    assert groups(desk) == [f"{BOTH}: 3"]
    recurring.undo(desk)
    assert len(groups(desk)) == 2


def test_marks_stay_when_raw_notes_go_and_go_with_their_walk(desk: Desk) -> None:
    a_walk(desk, "2025-01-01", "Lincoln", ("asset", POINT))
    a_walk(desk, "2025-02-01", "Hill", ("asset", FOUND))
    (mark,) = joined(desk, POINT, FOUND)
    desk.open_walk(mark.walk)
    purge.purge(desk)
    assert groups(desk) == [f"{BOTH}: 2"]
    purge.purge(desk, whole=True)
    assert recurring.marks(desk) == []


def test_a_mark_travels_and_says_nothing_of_the_other_walk(desk: Desk, tmp_path: Path) -> None:
    one = a_walk(desk, "2025-01-01", "Lincoln", ("asset", POINT))
    other = a_walk(desk, "2025-02-01", "Hill", ("asset", FOUND))
    (mark,) = joined(desk, POINT, FOUND)
    stranger = one if mark.walk == other else other
    desk.open_walk(mark.walk)
    share(desk, tmp_path / "given.walk")
    bodies = [rev.body for rev in desk.store.published(mark.walk)]
    assert any(BOTH in body for body in bodies)
    assert not any(stranger in body for body in bodies)
    words = {POINT, FOUND} - {_statement(desk, mark.trend)}
    assert not any(said in body for body in bodies for said in words)
    assert recurring.undo(desk) is None  # it was given away
    assert groups(desk) == [f"{BOTH}: 2"]


def _statement(desk: Desk, trend: str) -> str:
    shelf = history.read(desk)
    return next(each.statement for one in shelf.of() for each in one.trends if each.id == trend)


def test_words_with_a_likely_name_are_told_and_stay_at_the_door(desk: Desk) -> None:
    a_walk(desk, "2025-01-01", "Lincoln", ("asset", POINT))
    a_walk(desk, "2025-02-01", "Hill", ("asset", FOUND))
    made = joined(desk, POINT, FOUND, words="As Ms Ortiz showed, they find the line")
    assert "Ms Ortiz" in recurring.not_told(desk, made)
    desk.open_walk(made[0].walk)
    (found,) = door.waiting_at_share(desk)
    assert found.called == "words for a recurring trend"


def test_a_mark_of_another_laptop_that_goes_round_in_a_circle_harms_nothing(desk: Desk) -> None:
    a_walk(desk, "2025-01-01", "Lincoln", ("asset", POINT))
    a_walk(desk, "2025-02-01", "Hill", ("asset", FOUND))
    (mark,) = joined(desk, POINT, FOUND)
    back = mark_on(desk, mark.same_as, mark.trend)
    recurring._write(desk, "from elsewhere", [back])
    assert groups(desk) == [f"{BOTH}: 2"]
    a_walk(desk, "2025-03-01", "Lincoln", ("asset", WAIT))
    joined(desk, WAIT, FOUND)
    assert groups(desk) == [f"{BOTH}: 3"]


def mark_on(desk: Desk, trend: str, same_as: str) -> Recurring:
    held = desk.store.get(Trend, trend)
    assert held is not None
    id_ = recurring_id(trend)
    return Recurring(id=id_, walk=held.walk, trend=trend, same_as=same_as, words=BOTH)


def test_which_walk_is_in_hand_stays_as_it_is(desk: Desk) -> None:
    a_walk(desk, "2025-01-01", "Lincoln", ("asset", POINT))
    a_walk(desk, "2025-02-01", "Hill", ("asset", FOUND))
    prepare.begin(desk, prepare.SmallWalk(statement="Now", visits=2))
    here = desk.walk_id
    joined(desk, POINT, FOUND)
    recurring.undo(desk)
    assert desk.walk_id == here


def test_words_are_meant_for_several_schools_only_where_several_were_seen(desk: Desk) -> None:
    a_walk(desk, "2025-01-01", "Lincoln", ("asset", POINT))
    a_walk(desk, "2025-02-01", "Lincoln", ("asset", FOUND))
    (mark,) = joined(desk, POINT, FOUND)
    assert not mark.for_several
    a_walk(desk, "2025-03-01", "Hill", ("asset", POINT))
    (again,) = recurring.reword(desk, group_of(desk, POINT), BOTH)
    assert again.for_several


def test_two_laptops_that_join_differently_are_told_in_words(desk: Desk) -> None:
    a_walk(desk, "2025-01-01", "Lincoln", ("asset", POINT))
    a_walk(desk, "2025-02-01", "Hill", ("asset", FOUND))
    (mark,) = joined(desk, POINT, FOUND)
    names = conflict_words.Names(desk)
    assert conflict_words.KINDS[mark.kind] == "What a trend is the same as"
    assert conflict_words.value_words(names, mark, "same_as") in (POINT, FOUND)
    gone = mark.changed(same_as="0" * 32)
    assert conflict_words.value_words(names, gone, "same_as") == "a trend that is not here"


def test_where_one_walk_stands_in_the_way_undo_leaves_all_of_them_as_they_are(desk: Desk) -> None:
    """Or the next undo would take an older act back in the walks that had gone along."""
    walks = [
        a_walk(desk, f"2025-0{month}-01", "Lincoln", ("asset", said))
        for month, said in enumerate((POINT, FOUND, WAIT), start=1)
    ]
    joined(desk, POINT, WAIT, words="Two of them")
    joined(desk, POINT, FOUND)
    changed = [one.record for one in desk.store.every(Recurring)]
    in_the_way = next(one for one in changed if one.walk == walks[2])
    assert {one.walk for one in changed} == set(walks[1:])
    desk.open_walk(walks[2])
    desk.store.save_as(
        desk.by(), "elsewhere", "as a pack would", [("", in_the_way.changed(words="Told anew"))]
    )
    before = groups(desk)
    for _ in range(2):
        with pytest.raises(Refused, match="changed"):
            recurring.undo(desk)
        assert groups(desk) == before
