"""Places stay on the lead's laptop: in their own file, in nothing that travels or is kept."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desks import begin_small, desk_at, place_of, the_visit, write_form
from tests.mishaps import full_at
from walk.errors import PlanError, Refused
from walk.intake.plan import Place, Places
from walk.model import RECORDS
from walk.routine.desk import Desk
from walk.routine.exchanging import share as sharing
from walk.routine.papers.plan_out import save_plan
from walk.routine.planning import places, prepare
from walk.routine.planning.plan_file import take_plan
from walk.routine.summary import facts, render
from walk.storage import backup

EXAMPLES = Path(__file__).parents[2] / "docs"
SECRET = "Quillfeather Annexe"
PLACES = f"""\
# ours alone
[[place]]
code = "v1"   # near the stairs
place = "{SECRET}"
own_room_of = ["BEN", "Zoe"]

[[place]]
code = "V9"
place = "The Hut"
"""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """The lead's desk with a small walk and Ben on its roster."""
    with desk_at(tmp_path / "lead.walkdb") as own:
        begin_small(own)
        prepare.add_walker(own, "Ben")
        yield own


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A places file of the lead's own."""
    path = tmp_path / "PLACES.toml"
    path.write_text(PLACES, "utf-8")
    return path


def test_a_file_is_taken_and_what_fits_nothing_is_told(desk: Desk, file: Path) -> None:
    taken = places.take(desk, file)
    assert taken.changes == ("added: place of v1", "added: place of V9")
    assert taken.warnings == (
        "places: V9 is no visit of this walk",
        "places: Zoe is not on the roster",
    )
    assert places.warnings(desk) == taken.warnings
    assert place_of(desk, "V1") == SECRET
    assert places.own_rooms(desk) == {"V1": frozenset({"Ben", "Zoe"})}
    assert places.path_of(desk).read_text("utf-8") == PLACES


def test_without_places_there_are_none(desk: Desk) -> None:
    assert places.read(desk) == Places()
    assert places.own_rooms(desk) == {}
    assert place_of(desk, "V1") == ""
    assert not places.forget(desk)


def test_again_the_file_wins_and_what_it_leaves_out_stays(desk: Desk, file: Path) -> None:
    places.take(desk, file)
    places.set_place(desk, "V2", "Room 2", ("ben",))
    file.write_text(PLACES.replace("The Hut", "The Barn"), "utf-8")
    taken = places.take(desk, file)
    assert taken.changes == (
        "changed: place of V9",
        "not in PLACES.toml, and kept: place of V2",
    )
    assert [one.code for one in places.read(desk).places] == ["v1", "V9", "V2"]
    assert places.entry_of(desk, "V2") == Place("V2", "Room 2", ("Ben",))
    assert places.path_of(desk).read_text("utf-8").startswith("# ours alone\n")


def test_what_fits_several_times_nothing_is_one_line(desk: Desk, tmp_path: Path) -> None:
    entries = (f'[[place]]\ncode = "X{n}"\nown_room_of = ["Zoe {n}"]\n' for n in range(10))
    path = tmp_path / "many.toml"
    path.write_text("".join(entries), "utf-8")
    assert places.take(desk, path).warnings == (
        "places: X0, X1, X2, X3, X4, X5, X6 and 3 more are no visits of this walk",
        "places: Zoe 0, Zoe 1, Zoe 2, Zoe 3, Zoe 4, Zoe 5, Zoe 6 and 3 more are not on the roster",
    )


def test_a_dry_run_keeps_nothing(desk: Desk, file: Path) -> None:
    assert len(places.take(desk, file, save=False).changes) == 2
    assert not places.path_of(desk).exists()


def test_a_walk_that_is_not_made_yet_is_judged_by_its_plan(tmp_path: Path) -> None:
    with desk_at(tmp_path / "lead.walkdb") as own:
        plan = EXAMPLES / "plan-example.toml"
        walk = take_plan(own, plan, save=False).walk
        taken = places.take(own, EXAMPLES / "places-example.toml", walk=walk, plan=plan, save=False)
        assert (len(taken.changes), taken.warnings, own.walk_id) == (3, (), "")


def test_one_place_is_set_and_taken_back_with_comments_kept(desk: Desk, file: Path) -> None:
    places.take(desk, file)
    places.set_place(desk, "V1", "Room 7", ("Ben", "Ben"))
    text = places.path_of(desk).read_text("utf-8")
    assert text == PLACES.replace('"v1"', '"V1"').replace(SECRET, "Room 7").replace(
        '["BEN", "Zoe"]', '["Ben"]'
    )
    places.set_place(desk, "V1", "")
    assert place_of(desk, "V1") == ""
    places.set_place(desk, "V1", "Again")
    assert [one.code for one in places.read(desk).places] == ["V9", "V1"]


def test_an_owner_who_is_not_on_the_roster_does_not_stand_in_the_way(
    desk: Desk, file: Path
) -> None:
    places.take(desk, file)
    places.set_place(desk, "V1", "Room 7", ("Ben", "Zoe"))
    assert places.own_rooms(desk) == {"V1": frozenset({"Ben", "Zoe"})}


@pytest.mark.parametrize(
    ("code", "place", "owners", "words"),
    [
        ("V8", "x", (), "V8 is no visit"),
        ("V1", "two\nlines", (), "one line"),
        ("V1", "a\x1b[2J", (), "one line"),
        ("V1", "\ud800", (), "damaged character"),
        ("V1", "x", ("Nobody",), "Nobody is not on the roster"),
    ],
)
def test_what_does_not_fit_is_refused(
    desk: Desk, code: str, place: str, owners: tuple[str, ...], words: str
) -> None:
    with pytest.raises(Refused, match=words):
        places.set_place(desk, code, place, owners)
    assert not places.path_of(desk).exists()


def test_each_walk_has_its_own_and_can_forget_them(desk: Desk, file: Path) -> None:
    places.take(desk, file)
    first, path = desk.walk_id, places.path_of(desk)
    left = path.with_name(f"{path.name}.0123abcd~")  # of a writing that was cut off
    left.write_text(SECRET, "utf-8")
    begin_small(desk)
    assert places.read(desk) == Places()
    places.set_place(desk, "V1", "Elsewhere")
    desk.open_walk(first)
    assert places.forget(desk)
    assert not path.exists()
    assert not left.exists()
    assert not places.forget(desk)


def test_only_its_owner_reads_the_file(desk: Desk, file: Path) -> None:
    places.take(desk, file)
    path = places.path_of(desk)
    if os.name == "posix":
        assert path.stat().st_mode & 0o777 == 0o600
        path.chmod(0o644)
    places.set_place(desk, "V1", "Room 7")
    if os.name == "posix":
        assert path.stat().st_mode & 0o777 == 0o600


def test_nothing_of_a_place_is_in_store_pack_report_or_backup(
    desk: Desk, file: Path, tmp_path: Path
) -> None:
    places.take(desk, file)
    places.set_place(desk, "V2", "Corner Loft", ("Ben",))
    write_form(desk, "V1", "S: it says so on page four")
    plan, share, copy = (tmp_path / name for name in ("p.walk", "s.walk", "PLAN.toml"))
    sharing.share(desk, plan, plan_only=True)
    sharing.share(desk, share)
    save_plan(desk, copy)
    backup.make(desk.store.path, desk.now().wall_ms, "asked")
    said = [render(facts(desk), form) for form in ("text", "json", "md", "html")]
    held = [
        record.record.body()
        for noun in RECORDS.values()
        for record in desk.store.all(noun, desk.walk_id)
    ]
    own = {file, places.path_of(desk)}
    files = [one for one in tmp_path.rglob("*") if one.is_file() and one not in own]
    assert any("backups" in str(one) for one in files)
    assert held
    for words in (SECRET, "Corner Loft", "Quillfeather", "near the stairs"):
        assert not any(words in one for one in (*said, *held))
        for path in files:
            assert words.encode() not in unpacked(path), path.name


def unpacked(path: Path) -> bytes:
    """The bytes of a file, and of what is packed in it."""
    from zipfile import ZipFile, is_zipfile

    data = path.read_bytes()
    if is_zipfile(path):
        with ZipFile(path) as members:
            data += b"".join(members.read(name) for name in members.namelist())
    return data


@pytest.mark.parametrize(
    "data",
    [
        b"\x00\xff\xfe",
        f'[[place]]\ncode = "{SECRET}"\n[[place]]\ncode = "{SECRET}"\n'.encode(),
        f"[[place]]\n{SECRET} = 1\n".encode(),
        b"#" * 1_000_001,
    ],
)
def test_a_damaged_file_is_told_without_its_words(desk: Desk, data: bytes) -> None:
    path = places.path_of(desk)
    path.write_bytes(data)
    for ask in (places.read, places.own_rooms, places.warnings):
        with pytest.raises(PlanError, match="places of this walk cannot be read") as caught:
            ask(desk)
        assert SECRET not in str(caught.value)
        assert caught.value.__suppress_context__
    with pytest.raises(PlanError):
        places.set_place(desk, "V1", "x")
    assert path.read_bytes() == data


@pytest.mark.parametrize("call", ["replace", "fsync"])
def test_a_full_disk_leaves_what_was_kept(desk: Desk, file: Path, call: str) -> None:
    places.take(desk, file)
    with (
        full_at(f"walk.intake.whole_file.os.{call}"),
        pytest.raises(PlanError, match="there is no room left"),
    ):
        places.set_place(desk, "V1", "Room 7")
    path = places.path_of(desk)
    assert path.read_text("utf-8") == PLACES
    assert not list(path.parent.glob("*~"))


def test_a_folder_in_its_place_is_told(desk: Desk) -> None:
    places.path_of(desk).mkdir()
    with pytest.raises(PlanError, match="cannot be written"):
        places.set_place(desk, "V1", "Room 7")


def test_a_mistake_in_the_file_leaves_what_was_kept(desk: Desk, file: Path) -> None:
    places.take(desk, file)
    file.write_text(PLACES + "room = 1\n", "utf-8")
    with pytest.raises(PlanError, match=r"PLACES.toml, line 10, \[\[place\]\] 2: room"):
        places.take(desk, file)
    assert places.path_of(desk).read_text("utf-8") == PLACES


def test_a_withdrawn_visit_keeps_its_place(desk: Desk, file: Path) -> None:
    places.take(desk, file)
    prepare.withdraw_visit(desk, the_visit(desk, "V1"))
    assert place_of(desk, "V1") == SECRET
