"""Joining a plan: who is on it is known before anything of it is taken in."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.desks import begin_small, desk_at, write_form
from tests.routine.laptops import Laptops
from walk.errors import PackError, PlanError, Refused
from walk.intake.plan import Place, Places
from walk.model import Note, Walker
from walk.routine.exchanging import collect
from walk.routine.exchanging import join as joining
from walk.routine.exchanging import share as sharing
from walk.routine.exchanging.found import joined, look
from walk.routine.planning import places, prepare
from walk.routine.settling import receipts


def test_a_plan_is_read_without_taking_it_in(laptops: Laptops) -> None:
    plan = joining.look_at(laptops.plan)
    assert plan.walk == laptops.lead.walk
    assert [one.label for one in plan.walkers] == ["Ana", "Ben", "Lea"]
    assert [one.code for one in plan.visits] == ["V1", "V2"]
    assert not plan.open_roster
    assert plan.places is None


def test_what_was_changed_or_taken_out_since_is_read_as_it_is_now(laptops: Laptops) -> None:
    lead = laptops.lead
    ana, ben, _ = lead.walkers()
    prepare.give_label(lead, ana, "Anna")
    sharing.share(lead, laptops.plan, plan_only=True)
    lead.save("plan", "taken out", withdraw=[ben])
    sharing.share(lead, laptops.plan, plan_only=True)
    plan = joining.look_at(laptops.plan)
    assert [one.label for one in plan.walkers] == ["Anna", "Lea"]
    desk = laptops.laptop("anna")
    joining.join(desk, laptops.plan, "Anna")
    assert [one.label for one in desk.walkers()] == ["Anna", "Lea"]


@pytest.mark.parametrize("label", ["Zoe", "", "a\0b"])
def test_a_label_that_does_not_fit_leaves_nothing_behind(laptops: Laptops, label: str) -> None:
    desk = laptops.laptop("late")
    with pytest.raises(Refused):
        joining.join(desk, laptops.plan, label)
    assert desk.store.walks() == []
    assert desk.store.packs() == []


def test_joining_is_no_collect_that_an_undo_takes_back(laptops: Laptops) -> None:
    ana = laptops.joined("Ana")
    with pytest.raises(Refused, match="no collect"):
        collect.undo_collect(ana)
    collect.collect(ana, [laptops.plan])
    assert len(receipts.collects(ana)) == 1
    collect.undo_collect(ana)
    assert (ana.walk.title, ana.label) == ("Evidence", "Ana")


def test_who_joined_is_known(laptops: Laptops) -> None:
    ana, late = laptops.joined("Ana"), laptops.laptop("late")
    walk = ana.walk_id
    assert joined(ana, walk)
    assert joined(laptops.lead, walk)
    assert not joined(late, walk)
    collect.collect(late, [laptops.plan])
    assert not joined(late, walk)
    looked = look([laptops.plan])
    assert looked.plan_to_join(ana) is None
    assert looked.plan_to_join(laptops.lead) is None
    found = looked.plan_to_join(late)
    assert found is not None
    assert found.path == laptops.plan


def test_of_several_plans_the_newest_is_joined(laptops: Laptops) -> None:
    laptops.lead.clock.advance(minutes=5)  # type: ignore[attr-defined]
    sharing.share(laptops.lead, laptops.folder / "a-newer.walk", plan_only=True)
    found = look([laptops.folder]).plan_to_join(laptops.laptop("late"))
    assert found is not None
    assert found.path.name == "a-newer.walk"


def test_on_an_open_roster_anybody_may_join_under_a_label(tmp_path: Path) -> None:
    pack = tmp_path / "plan.walk"
    with desk_at(tmp_path / "lead.walkdb") as lead, desk_at(tmp_path / "ana.walkdb") as ana:
        begin_small(lead)
        sharing.share(lead, pack, plan_only=True)
        assert joining.look_at(pack).open_roster
        joining.join(ana, pack, " Ana ")
        assert ana.label == "Ana"
        write_form(ana, "V1", "S1 points")
        assert {one.author for one in ana.store.all(Note, ana.walk_id)} == {ana.me}
        assert ana.store.get(Walker, ana.me) is not None


def test_places_are_taken_only_when_they_are_named(laptops: Laptops) -> None:
    places.write(laptops.lead, Places((Place("V1", "Room 12"), Place("V9", "Room 9"))))
    sharing.share(laptops.lead, laptops.plan, plan_only=True, with_places=True)
    plan = joining.look_at(laptops.plan)
    assert plan.places == sharing.places_beside(laptops.plan)
    ana, ben = laptops.laptop("ana"), laptops.laptop("ben")
    joining.join(ana, laptops.plan, "Ana")
    assert places.read(ana).places == ()
    said = joining.join(ben, laptops.plan, "Ben", places_file=plan.places)
    assert [one.place for one in places.read(ben).places] == ["Room 12", "Room 9"]
    assert not any("Room" in line for line in said)
    assert any("V9" in line for line in said)


def test_places_that_cannot_be_read_stop_the_joining(laptops: Laptops) -> None:
    odd = laptops.folder / "odd.toml"
    odd.write_text("[[place", "utf-8")
    desk = laptops.laptop("ana")
    with pytest.raises(PlanError):
        joining.join(desk, laptops.plan, "Ana", places_file=odd)
    assert desk.store.walks() == []


def test_a_file_that_is_no_plan_is_told(laptops: Laptops) -> None:
    odd = laptops.folder / "odd.walk"
    odd.write_bytes(b"hello")
    for path in (odd, laptops.folder / "gone.walk", laptops.folder):
        with pytest.raises(PackError):
            joining.look_at(path)


def test_a_very_long_roster_is_not_told_whole(laptops: Laptops) -> None:
    plan = joining.look_at(laptops.plan)
    many = tuple(Walker(id=f"{n:032x}", walk=plan.walk.id, label=f"W{n}") for n in range(5_000))
    with pytest.raises(Refused) as told:
        replace(plan, walkers=many).check_label("Zoe")
    assert "4960 more" in told.value.mend
    assert len(told.value.mend) < 500
