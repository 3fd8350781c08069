"""Beginning a small walk without a screen: nothing typed is dropped, defaults start a walk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.desks import desk_at
from walk.errors import FullDisk, Refused
from walk.focus import LookForTemplate, load_templates
from walk.model import MODE_WORDS, Walk
from walk.routine.desk import Desk
from walk.routine.planning import begin, prepare
from walk.routine.planning.begin import Beginning
from walk.storage.store import Store

TEMPLATES = load_templates()
TODAY = "2025-10-14"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_at(tmp_path / "one.walkdb") as made:
        yield made


TEXT = st.text(max_size=40)
LOOK_FOR = st.builds(
    LookForTemplate, name=TEXT, text=TEXT, about=st.sampled_from(("students", "teacher", "task"))
)
BEGINNINGS = st.builds(
    Beginning,
    chosen=TEXT,
    wordings=st.dictionaries(
        TEXT,
        st.builds(
            begin.Wording,
            statement=TEXT,
            inquiry=TEXT,
            look_fors=st.lists(LOOK_FOR, max_size=3).map(tuple),
            caution=TEXT,
        ),
        max_size=3,
    ),
    visits=st.integers(0, prepare.VISITS_MOST),
    learning=TEXT,
    no_learning_reason=TEXT,
    how=TEXT,
    on=TEXT,
    how_many=TEXT,
    mode=st.sampled_from(tuple(MODE_WORDS)),
    host_school=TEXT,
    label=TEXT,
    pending=st.dictionaries(TEXT, st.tuples(TEXT, TEXT, TEXT), max_size=2),
)


@given(BEGINNINGS)
def test_what_is_kept_as_a_draft_comes_back_whole(beginning: Beginning) -> None:
    assert Beginning.from_json(beginning.to_json()) == beginning


@pytest.mark.parametrize("text", ["", "[]", "{}", "null", '{"visits": "x"}', "[" * 100_000])
def test_a_draft_that_cannot_be_read_is_a_fresh_beginning(text: str) -> None:
    assert Beginning.from_json(text) == Beginning()


def test_words_for_one_focus_are_kept_while_another_is_looked_at() -> None:
    first, second = TEMPLATES[:2]
    typed = Beginning().choose(first).reword(inquiry="In what ways am I waiting?")
    elsewhere = typed.choose(second)
    assert elsewhere.wording.inquiry == second.inquiry
    assert elsewhere.choose(first).wording.inquiry == "In what ways am I waiting?"
    own = elsewhere.choose(None).reword(statement="Our own")
    assert own.choose(second).choose(None).wording.statement == "Our own"


@pytest.mark.parametrize(
    ("digits", "visits"), [("5", 5), ("12", 12), ("200", 200), ("201", 1), ("05", 5), ("0", 0)]
)
def test_digits_make_a_number_of_classrooms(digits: str, visits: int) -> None:
    beginning = Beginning()
    for place, digit in enumerate(digits):
        beginning = beginning.type_digit(int(digit), first=place == 0)
    assert beginning.visits == visits


def test_the_defaults_begin_a_walk(desk: Desk) -> None:
    begin.keep(desk, Beginning(), "typed")
    walk = begin.start(desk, Beginning().choose(TEMPLATES[0]))
    view = prepare.plan(desk)
    assert desk.walk_id == walk
    assert [one.code for one in view.visits] == ["V1", "V2", "V3"]
    assert view.focus.template == TEMPLATES[0].id
    assert view.focus.inquiries == (TEMPLATES[0].inquiry,)
    assert len(view.look_fors) == len(TEMPLATES[0].look_fors)
    assert desk.label == "me"
    assert view.walk.keep_until == "2025-12-13"
    assert begin.taken_up(desk) is None, "the draft has done its work"


def test_all_that_was_given_goes_into_the_walk(desk: Desk) -> None:
    beginning = Beginning(
        visits=2,
        learning="Talk moves",
        how="team meeting",
        how_many="4",
        mode="recorded",
        host_school="Lincoln",
        label=" Ana ",
    ).choose(None)
    begin.start(desk, beginning.reword(statement="Ours"))
    view = prepare.plan(desk)
    assert view.focus.template == ""
    assert view.focus.confirmation is not None
    assert (view.focus.confirmation.on, view.focus.confirmation.how_many) == (TODAY, 4)
    assert view.focus.professional_learning == "Talk moves"
    assert {one.mode for one in view.visits} == {"recorded"}
    assert view.walk.host_school == "Lincoln"
    assert [one.label for one in view.walkers] == ["Ana"]


@pytest.mark.parametrize(
    ("beginning", "word"),
    [
        (Beginning().choose(None), "focus"),
        (Beginning(visits=0).choose(TEMPLATES[0]), "classrooms"),
        (Beginning(how="x", on="soon").choose(TEMPLATES[0]), "date"),
        (Beginning(how="x", how_many="a few").choose(TEMPLATES[0]), "number"),
        (Beginning(how="x", how_many="²").choose(TEMPLATES[0]), "number"),
        (Beginning().choose(TEMPLATES[0]).hold("0", ("a", "b", "task")), "look-for"),
        (
            Beginning()
            .choose(TEMPLATES[0])
            .reword(look_fors=(LookForTemplate("n" * 29, "", "task"),)),
            "28",
        ),
        (
            Beginning()
            .choose(TEMPLATES[0])
            .reword(look_fors=(LookForTemplate("A", "", "task"), LookForTemplate("a", "", "task"))),
            "another name",
        ),
    ],
)
def test_what_cannot_begin_says_why_and_changes_nothing(
    desk: Desk, beginning: Beginning, word: str
) -> None:
    begin.keep(desk, beginning, "typed")
    with pytest.raises(Refused, match=word):
        begin.start(desk, beginning)
    assert desk.store.walks() == []
    assert begin.taken_up(desk) == beginning


def test_a_full_disk_leaves_no_walk_on_the_desk(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    beginning = Beginning().choose(TEMPLATES[0])
    first = begin.start(desk, beginning)

    def full(*_: object, **__: object) -> bool:
        raise FullDisk("There is no room to save.")

    monkeypatch.setattr(Store, "save", full)
    with pytest.raises(FullDisk):
        begin.start(desk, beginning)
    assert desk.walk_id == first


def test_a_template_that_cannot_be_read_stands_in_no_other_ones_way(tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "13_broken.toml").write_text("name = [", encoding="utf-8")
    (own / "14_ours.toml").write_text(
        (Path(__file__).parents[2] / "focus_templates/01_building_on_ideas.toml").read_text(
            "utf-8"
        ),
        encoding="utf-8",
    )
    found, problems = begin.templates(own)
    assert [one.id for one in found] == [*(one.id for one in TEMPLATES), "ours"]
    assert len(problems) == 1
    assert "13_broken.toml" in problems[0]


def test_a_folder_of_templates_that_cannot_be_listed_leaves_the_shipped_ones(
    tmp_path: Path,
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    found, problems = begin.templates(tmp_path / "file")
    assert found == TEMPLATES
    assert len(problems) == 1


def test_advice_on_look_fors_counts_and_asks_for_students() -> None:
    three = tuple(LookForTemplate(str(n), "", "task") for n in range(3))
    assert [ok for ok, _, _ in begin.advice_on_look_fors(three)] == [True, False]
    assert [ok for ok, _, _ in begin.advice_on_look_fors(TEMPLATES[0].look_fors)] == [True, True]
    assert not begin.advice_on_look_fors(())[0][0]


# Changing the list of look-fors in the plan


def _look_fors(desk: Desk) -> list[tuple[str, str]]:
    return [(one.id, one.name) for one in prepare.look_fors(desk)]


def _templates(desk: Desk) -> list[LookForTemplate]:
    return [LookForTemplate(one.name, one.text, one.about) for one in prepare.look_fors(desk)]


def test_a_look_for_that_is_renamed_stays_the_same_one(desk: Desk) -> None:
    begin.start(desk, Beginning().choose(TEMPLATES[0]))
    before = _look_fors(desk)
    wanted = _templates(desk)
    old_name = wanted[1].name
    wanted[1] = LookForTemplate("Another name", "text", "task")
    prepare.change_focus(desk, look_for_list=wanted)
    after = _look_fors(desk)
    assert [id for id, _ in after] == [id for id, _ in before]
    assert after[1][1] == "Another name"
    # the old name is free again, for another look-for
    prepare.change_focus(desk, look_for_list=[*wanted, LookForTemplate(old_name, "", "task")])
    last = _look_fors(desk)
    assert [name for _, name in last].count(old_name) == 1
    assert len({id for id, _ in last}) == len(last) == len(before) + 1


def test_a_look_for_taken_out_leaves_the_others_as_they_are(desk: Desk) -> None:
    begin.start(desk, Beginning().choose(TEMPLATES[0]))
    before = _look_fors(desk)
    wanted = _templates(desk)
    del wanted[0]
    prepare.change_focus(desk, look_for_list=wanted)
    assert _look_fors(desk) == before[1:]


def test_every_walk_record_is_there_or_none(desk: Desk) -> None:
    begin.start(desk, Beginning().choose(TEMPLATES[0]))
    assert desk.undo(prepare.STAGE) == "walk begun"
    assert desk.store.get(Walk, desk.walk_id) is None
