"""What the screens changed comes into the plan file, whole or not at all, and comments stay."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.desks import begin_small, desk_at, the_visit
from tests.intake.plans import plans
from tests.mishaps import full_at
from walk.errors import PlanError, Refused
from walk.intake.plan import Plan, PlanVisit, parse_plan, read_plan
from walk.intake.plan_write import write_plan
from walk.model import Walker
from walk.routine.desk import Desk
from walk.routine.papers.plan_out import BOM, keep_id, meant_walk, save_plan
from walk.routine.planning import prepare, ready, rooms
from walk.routine.planning.plan_file import take_plan
from walk.routine.planning.plan_full import plan_of

EXAMPLE = Path(__file__).parents[2] / "docs" / "plan-example.toml"
WALK = "0" * 31 + "1"
SMALL = f"""\
# ours
[walk]   # the walk
id = "{WALK}"
title = "Evidence"  # short
date = 2025-10-14

[focus]
statement = "Reasons"

[[visit]]
code = "V1"  # by the door

[[visit]]
code = "V2"

[[walker]]
label = "Zoe"

[[walker]]
label = "Ana"
"""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk without a walk."""
    with desk_at(tmp_path / "lead.walkdb") as own:
        yield own


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """A copy of the example that ships."""
    path = tmp_path / "plan.toml"
    path.write_bytes(EXAMPLE.read_bytes())
    return path


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A small plan that names its walk."""
    path = tmp_path / "small.toml"
    path.write_text(SMALL, "utf-8")
    return path


def alone(path: Path) -> bool:
    """No half written file lies beside it."""
    return [one.name for one in path.parent.iterdir() if one.name.startswith(path.name)] == [
        path.name
    ]


# The same walk from a file and from the screens


@settings(max_examples=max(10, settings().max_examples // 4))
@given(plans, st.integers(0, 3))
def test_a_walk_and_its_file_say_the_same(said: Plan, withdrawn: int) -> None:
    visits = said.visits or (PlanVisit("V1"),)
    focus = replace(said.focus, template="", statement=said.focus.statement or "Reasons")
    said = replace(said, visits=visits, focus=focus, walk=replace(said.walk, id=WALK))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        own, other = folder / "own.toml", folder / "other.toml"
        own.write_bytes(write_plan("", said).encode())
        with desk_at(folder / "one.walkdb") as desk:
            take_plan(desk, own)
            for one in prepare.visits(desk)[1 : 1 + withdrawn]:
                prepare.withdraw_visit(desk, one)
            save_plan(desk, own)
            assert save_plan(desk, own).changes == ()
            left = take_plan(desk, own).changes
            assert left == ("nothing has changed",)
            save_plan(desk, other)
            full = plan_of(desk)
        for number, path in enumerate((own, other)):
            with desk_at(folder / f"again{number}.walkdb") as again:
                take_plan(again, path)
                assert plan_of(again) == full


def test_the_example_gains_its_id_and_nothing_else(desk: Desk, plan: Path) -> None:
    walk = take_plan(desk, plan).walk
    assert keep_id(plan, walk) == ("its id stands in plan.toml now",)
    new = set(plan.read_text("utf-8").splitlines()) - set(EXAMPLE.read_text("utf-8").splitlines())
    assert new == {f'id = "{walk}"'}
    assert read_plan(plan).walk.id == walk
    saved = save_plan(desk, plan)
    assert saved.changes == ()
    assert take_plan(desk, plan).changes == ("nothing has changed",)


def test_what_the_screens_changed_comes_into_the_file(desk: Desk, plan: Path) -> None:
    keep_id(plan, take_plan(desk, plan).walk)
    before = plan.read_text("utf-8").splitlines()
    rooms.change_mode(desk, the_visit(desk, "V1"), "virtual_live")
    prepare.withdraw_visit(desk, the_visit(desk, "V2"))
    rooms.add(desk, 1)
    ready.record_meeting(desk, agreed="Something else.")
    ready.agree(desk, type_in_room=False, talk_spot="")
    ready.say_ready(desk, "routine", done=True, who="Ben")
    told = save_plan(desk, plan, save=False)
    assert plan.read_text("utf-8").splitlines() == before
    saved = save_plan(desk, plan)
    assert (
        saved.changes
        == told.changes
        == (
            "changed: walk (talk spot, mode)",  # that of new visits is no longer the first one's
            "changed: meeting (agreed)",
            "changed: agreements (type in room)",
            "added: readiness routine",
            "changed: visit V1 (mode)",
            "added: visit V4",
            "removed: visit V2",
        )
    )
    after = plan.read_text("utf-8").splitlines()
    assert [one for one in before if one not in after] == [
        'talk_spot = "the library, away from the doors"   # where hall talks are held',
        'agreed = "We look at discussion, not at how the rooms are set up."',
        "type_in_room = true                  # false: on paper",
        'mode = "in_person"                   # or virtual_live, recorded, viewed_remotely',
        'code = "V2"',
        'windows = [["09:00", "09:40"], ["09:45", "10:30"]]',
        'inquiry = "In what ways am I waiting for a second answer?"   # in place of the walk\'s',
    ]
    assert 'mode = "virtual_live"                   # or virtual_live, recorded' in "\n".join(after)
    assert take_plan(desk, plan).changes == ("nothing has changed",)


def test_a_walk_of_the_screens_gets_a_short_file(desk: Desk, tmp_path: Path) -> None:
    walk = begin_small(desk)
    path = tmp_path / "new.toml"
    saved = save_plan(desk, path)
    assert (saved.new, saved.changes) == (True, ())
    text = path.read_text("utf-8")
    assert 'template = "press_for_evidence"' in text
    assert "statement" not in text
    assert "[[look_for]]" not in text
    assert "[[walker]]" not in text
    assert take_plan(desk, path).changes == ("nothing has changed",)
    with desk_at(tmp_path / "again.walkdb") as again:
        assert take_plan(again, path).walk == walk
        assert plan_of(again) == plan_of(desk)
        assert again.rules.open_roster


def test_a_confirmation_of_the_screens_is_written_and_read(desk: Desk, tmp_path: Path) -> None:
    begin_small(desk)
    prepare.confirm_focus(desk, "by a show of hands", "2025-10-13", 4)
    path = tmp_path / "new.toml"
    save_plan(desk, path)
    said = read_plan(path).focus
    assert (said.confirmed_how, said.confirmed_how_many) == ("by a show of hands", 4)
    prepare.change_focus(desk, statement="Another")
    assert "changed: focus (statement, confirmed on, confirmed how, confirmed how many)" in (
        save_plan(desk, path).changes
    )
    assert read_plan(path).focus.confirmed_on is None


def test_what_a_template_always_gives_is_named(desk: Desk, tmp_path: Path) -> None:
    begin_small(desk)
    prepare.change_focus(desk, look_for_list=(), inquiries=())
    assert save_plan(desk, tmp_path / "new.toml").changes == (
        "a file with this template cannot say that there are no look-fors",
        "a file with this template cannot say that there is no inquiry",
    )


def test_walkers_stay_in_the_order_of_the_file(desk: Desk, small: Path) -> None:
    take_plan(desk, small)
    prepare.add_walker(desk, "Ben")
    assert save_plan(desk, small).changes == ("added: walker Ben",)
    assert [one.label for one in read_plan(small).walkers] == ["Zoe", "Ana", "Ben"]
    assert small.read_text("utf-8").startswith(SMALL[: SMALL.index("[focus]") - 1])


# The file itself


def test_mark_line_ends_and_mode_stay(desk: Desk, small: Path) -> None:
    small.write_bytes(BOM + SMALL.replace("\n", "\r\n").encode())
    small.chmod(0o640)
    take_plan(desk, small)
    rooms.add(desk, 1)
    save_plan(desk, small)
    data = small.read_bytes()
    assert data.startswith(BOM + b"# ours\r\n")
    assert b'code = "V3"\r\n' in data
    assert data.count(b"\n") == data.count(b"\r\n")
    if os.name == "posix":
        assert small.stat().st_mode & 0o777 == 0o640


def test_mixed_line_ends_stay_where_nothing_changed(desk: Desk, small: Path) -> None:
    text = SMALL.replace("# ours\n", "# ours\r\n").replace('V2"\n', 'V2"\r\n')
    small.write_bytes(text.encode())
    take_plan(desk, small)
    rooms.add(desk, 1)
    save_plan(desk, small)
    assert small.read_bytes().startswith(b"# ours\r\n[walk]   # the walk\n")
    assert b'V2"\r\n' in small.read_bytes()


def test_a_link_stays_a_link(desk: Desk, small: Path) -> None:
    link = small.with_name("link.toml")
    try:
        link.symlink_to(small)
    except OSError:  # a system where links need rights: then it has none to keep
        link = small
    before = link.is_symlink()
    take_plan(desk, link)
    rooms.add(desk, 1)
    save_plan(desk, link)
    assert link.is_symlink() == before
    assert len(read_plan(small).visits) == 3


@pytest.mark.parametrize("call", ["replace", "fsync"])
def test_a_full_disk_leaves_the_file_as_it_was(desk: Desk, small: Path, call: str) -> None:
    take_plan(desk, small)
    rooms.add(desk, 1)
    no_room_left = r"small\.toml cannot be written: there is no room left"
    with full_at(f"walk.intake.whole_file.os.{call}"), pytest.raises(PlanError, match=no_room_left):
        save_plan(desk, small)
    assert small.read_text("utf-8") == SMALL
    assert alone(small)


def test_a_file_that_changed_meanwhile_is_left_alone(
    desk: Desk, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_plan(desk, small)
    rooms.add(desk, 1)

    def edit(text: str, plan: Plan, name: str) -> str:
        small.write_text(SMALL + "# mine\n", "utf-8")
        return write_plan(text, plan, name)

    monkeypatch.setattr("walk.intake.plan_write.write_plan", edit)
    with pytest.raises(PlanError, match="changed by another program"):
        save_plan(desk, small)
    assert small.read_text("utf-8") == SMALL + "# mine\n"
    assert alone(small)


@pytest.mark.parametrize(
    ("name", "words"),
    [("", "small.toml cannot be written: it is read-only"), ("gone/new.toml", "cannot be written")],
)
def test_where_nobody_may_write_it_is_told(desk: Desk, small: Path, name: str, words: str) -> None:
    take_plan(desk, small)
    rooms.add(desk, 1)
    small.chmod(0o444)
    with pytest.raises(PlanError, match=words):
        save_plan(desk, small.parent / name if name else small)
    assert small.read_text("utf-8") == SMALL


def test_a_folder_and_a_broken_file_are_told(desk: Desk, small: Path, tmp_path: Path) -> None:
    take_plan(desk, small)
    with pytest.raises(PlanError, match="cannot be read"):
        save_plan(desk, tmp_path)
    small.write_bytes(b"\x00\xff[")
    with pytest.raises(PlanError, match=r"small\.toml, line 1: this is not UTF-8"):
        save_plan(desk, small)
    with pytest.raises(PlanError):
        save_plan(desk, tmp_path / "a\0b.toml")
    with pytest.raises(PlanError):
        take_plan(desk, tmp_path / "a\0b.toml")


def test_the_file_of_another_walk_is_refused(desk: Desk, small: Path, plan: Path) -> None:
    take_plan(desk, small)
    for path in (plan, small):
        text = path.read_text("utf-8").replace(WALK, "0" * 31 + "2")
        path.write_text(text, "utf-8")
        with pytest.raises(Refused, match="is not the plan of this walk"):
            save_plan(desk, path)
        with pytest.raises(Refused, match="No walk here was made from"):
            meant_walk(desk, path)
        assert path.read_text("utf-8") == text
    assert meant_walk(desk, small.with_name("new.toml")) == ""


def test_an_id_that_cannot_be_written_is_said(desk: Desk, plan: Path) -> None:
    walk = take_plan(desk, plan).walk
    text = plan.read_text("utf-8")
    with full_at("walk.intake.whole_file.os.replace"):
        said = keep_id(plan, walk)
    assert "could not be written into the file: plan.toml cannot be written" in said[0]
    assert said[-1] == f'id = "{walk}"'
    assert plan.read_text("utf-8") == text
    plan.write_text("walk.title = 'x'\n", "utf-8")
    assert "is not written under [walk]" in keep_id(plan, walk)[0]
    plan.unlink()
    assert "is not there any more" in keep_id(plan, walk)[0]


def test_two_walkers_that_a_file_cannot_tell_apart_are_named(desk: Desk, small: Path) -> None:
    take_plan(desk, small)
    # As a second laptop can bring it: here the same label is refused.
    desk.save("plan", "added", Walker(id=desk.new_id(), walk=desk.walk_id, label="ana"))
    with pytest.raises(PlanError, match=r'label "(?i:ana)" is already that of'):
        save_plan(desk, small)
    assert small.read_text("utf-8") == SMALL


def test_markup_and_odd_signs_come_through(desk: Desk, tmp_path: Path) -> None:
    begin_small(desk)
    ready.record_meeting(desk, agreed='[bold]"\\ = # \u202e [[visit]]\n"""', groups="a")
    path = tmp_path / "new.toml"
    save_plan(desk, path)
    agreed = ready.meeting(desk).agreed.strip()
    assert parse_plan(path.read_text("utf-8")).meeting.agreed == agreed
    ready.record_meeting(desk, agreed="bell \x07")
    with pytest.raises(PlanError, match="agreed holds a control character"):
        save_plan(desk, path)
