"""Trends across walks: what says the same, and that nothing below the bar is ever told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from walk.trends import (
    KINDS,
    SCHOOLS_AT_LEAST,
    WALKS_AT_LEAST,
    Mark,
    Recurs,
    Stated,
    fold,
    groups,
    plain_name,
    recurring,
    same_focus,
    told_as,
)

SAID = ("Students point to a line", "students point to a line.", "Few second questions", "Wait")
IDS = [f"{number:02}" for number in range(14)]


@st.composite
def stores(draw: st.DrawFn) -> tuple[list[Stated], list[Mark]]:
    """Trends of up to eight walks of up to three schools, and marks, also to trends not here."""
    schools = draw(st.lists(st.sampled_from(("a", "b", "c", "")), min_size=8, max_size=8))
    held = [
        Stated(id_, f"w{walk}", schools[walk], draw(st.sampled_from(SAID)), draw(_KIND))
        for id_ in draw(st.lists(st.sampled_from(IDS), unique=True))
        for walk in [draw(st.integers(0, 7))]
    ]
    pairs = draw(
        st.lists(
            st.tuples(
                st.sampled_from(IDS),
                st.sampled_from([*IDS, "gone"]),
                st.sampled_from(_W),
                st.booleans(),
            ),
            max_size=6,
            unique_by=lambda one: one[0],
        )
    )
    return held, [Mark(*one) for one in pairs]


_KIND = st.sampled_from(KINDS)
_W = ("", "Students point at what they read", "Told together")


def one(id_: str, walk: str, school: str, said: str = SAID[0], kind: str = "asset") -> Stated:
    return Stated(id_, walk, school, said, "asset" if kind == "asset" else "need")


THREE = [one("1", "w1", "a"), one("2", "w2", "b"), one("3", "w3", "a", SAID[1])]


def told(found: tuple[Recurs, ...]) -> list[tuple[str, str, int]]:
    return [(each.kind, each.words, each.walks) for each in found]


# Laws


@given(stores(), st.booleans())
def test_nothing_below_the_bar_is_told(
    store: tuple[list[Stated], list[Mark]], one_school: bool
) -> None:
    for each in recurring(groups(*store), one_school=one_school):
        inside = [one for one in each.group.members if one.kind == each.kind]
        assert each.walks == len({one.walk for one in inside}) >= WALKS_AT_LEAST
        if not one_school:
            assert len({one.school for one in inside} - {""}) >= SCHOOLS_AT_LEAST


@given(stores(), st.booleans())
def test_what_is_below_the_bar_leaves_no_trace(
    store: tuple[list[Stated], list[Mark]], one_school: bool
) -> None:
    held, _ = store
    found = recurring(groups(held), one_school=one_school)
    kept = {(each.kind, one.id) for each in found for one in each.group.members}
    above = [one for one in held if (one.kind, one.id) in kept]
    assert told(recurring(groups(above), one_school=one_school)) == told(found)


@given(stores(), st.booleans())
def test_another_walk_changes_nothing_of_what_it_does_not_say(
    store: tuple[list[Stated], list[Mark]], one_school: bool
) -> None:
    held, marks = store
    for walk in {one.walk for one in held}:
        without = [one for one in held if one.walk != walk]
        before = recurring(groups(without, marks), one_school=one_school)
        after = recurring(groups(held, marks), one_school=one_school)
        untouched = {
            one.id
            for each in groups(held, marks)
            for one in each.members
            if walk not in {other.walk for other in each.members}
        }

        def of(found: tuple[Recurs, ...], ids: set[str] = untouched) -> list[Recurs]:
            return [one for one in found if one.group.members[0].id in ids]

        assert of(before) == of(after)


@given(stores(), st.booleans(), st.randoms())
def test_the_order_of_what_is_given_makes_no_difference(
    store: tuple[list[Stated], list[Mark]], one_school: bool, by: object
) -> None:
    held, marks = store
    other, others = list(held), list(marks)
    by.shuffle(other)  # type: ignore[attr-defined]
    by.shuffle(others)  # type: ignore[attr-defined]
    assert groups(held, marks) == groups(other, others)
    found = recurring(groups(held, marks), one_school=one_school)
    assert found == recurring(groups(other, others), one_school=one_school)
    assert [(one.kind, fold(one.words)) for one in found] == sorted(
        (one.kind, fold(one.words)) for one in found
    )


@given(stores())
def test_no_words_of_one_school_alone_are_told_of_a_district(
    store: tuple[list[Stated], list[Mark]],
) -> None:
    held, marks = store
    given_ = {fold(one.words) for one in marks if one.for_several}
    for each in recurring(groups(held, marks)):
        said = fold(each.words)
        schools = {one.school for one in held if fold(one.statement) == said} - {""}
        assert not said or said in given_ or len(schools) >= SCHOOLS_AT_LEAST


@given(stores(), st.permutations(("a", "b", "c")))
def test_what_schools_are_called_changes_nothing(
    store: tuple[list[Stated], list[Mark]], names: list[str]
) -> None:
    held, marks = store
    other = dict(zip("abc", names, strict=True)) | {"": ""}
    renamed = [one._replace(school=other[one.school]) for one in held]
    assert told(recurring(groups(held, marks))) == told(recurring(groups(renamed, marks)))


# Cases


@pytest.mark.parametrize(
    ("one_", "other"),
    [
        ("Students point.", "  students   POINT"),
        ("“more” they said…", '"more" they said'),
        ("the line’s end", "the line's end!"),
    ],
)
def test_what_makes_no_difference_is_folded(one_: str, other: str) -> None:
    assert fold(one_) == fold(other)


def test_words_that_differ_are_not_the_same() -> None:
    assert fold("Students point") != fold("Students pointed")
    assert fold("Do students wait?") != fold("Do students wait")


def test_equal_statements_join_by_themselves_and_others_by_a_mark_alone() -> None:
    held = [*THREE, one("4", "w4", "b", "They find the line")]
    assert [len(each.members) for each in groups(held)] == [3, 1] or [
        len(each.members) for each in groups(held)
    ] == [1, 3]
    (joined,) = groups(held, [Mark("4", "1", "Students find the line")])
    assert told_as(joined) == "Students find the line"


def test_two_that_were_joined_to_a_third_stay_joined_without_it() -> None:
    held = [one("1", "w1", "a", "one"), one("2", "w2", "b", "two")]
    assert len(groups(held, [Mark("1", "gone"), Mark("2", "gone")])) == 1
    assert len(groups(held, [Mark("1", "gone"), Mark("2", "lost")])) == 2


def test_the_bar_stands_at_three_walks_of_two_schools() -> None:
    assert told(recurring(groups(THREE))) == [("asset", SAID[0], 3)]
    assert recurring(groups(THREE[:2])) == ()
    alone = [each._replace(school="a") for each in THREE]
    assert recurring(groups(alone)) == ()
    assert told(recurring(groups(alone), one_school=True)) == [("asset", SAID[0], 3)]
    unnamed = [*alone[:2], alone[2]._replace(school="")]
    assert recurring(groups(unnamed)) == ()  # one without a name may be of the same school


def test_two_trends_of_one_walk_are_one_walk() -> None:
    assert recurring(groups([*THREE[:2], one("3", "w1", "a")])) == ()


def test_an_asset_here_and_a_need_there_are_counted_apart() -> None:
    held = [*THREE, *(each._replace(id=f"n{each.id}", kind="need") for each in THREE[:2])]
    assert told(recurring(groups(held))) == [("asset", SAID[0], 3)]


def test_words_of_one_school_wait_for_words_that_fit_all() -> None:
    held = [
        one("1", "w1", "a", "one"),
        one("2", "w2", "b", "two"),
        one("3", "w3", "a", "one"),
    ]
    bare = [Mark("2", "1")]
    assert told(recurring(groups(held, bare))) == [("asset", "", 3)]
    given_ = [Mark("2", "1", "Both", for_several=True)]
    assert told(recurring(groups(held, given_))) == [("asset", "Both", 3)]
    # One mark may lie within a school: what counts is whom the words were meant for.
    within = [Mark("2", "1"), Mark("3", "1", "Both", for_several=True)]
    assert told(recurring(groups(held, within))) == [("asset", "Both", 3)]
    inside = [Mark("2", "1"), Mark("3", "1", "As we at Lincoln say")]
    assert told(recurring(groups(held, inside))) == [("asset", "", 3)]
    assert told(recurring(groups(held, inside), one_school=True))[0][1] == "As we at Lincoln say"


def test_walks_share_a_focus_by_template_or_by_statement() -> None:
    found = same_focus(
        [
            ("w1", "press", "Press for evidence"),
            ("w2", "press", "Our own words"),
            ("w3", "", "press for  evidence."),
            ("w4", "", "Something else"),
            ("w5", "", " "),
        ]
    )
    assert found["w1"] == found["w2"] == found["w3"] == "w1"
    assert found["w4"] == "w4"
    assert found["w5"] == ""


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("École St.-Rémy", " ecole  st remy", True),
        ("Oak Hill M.S.", "Oak Hill M S", True),
        ("Lincoln", "Lincoln High", False),
        ("School 1", "School 2", False),
        ("第一小学", "第二小学", False),
        ("की", "का", False),
        ("!", "?", False),
        (" ", "", True),
    ],
)
def test_a_school_is_one_however_it_is_spelled(one: str, other: str, same: bool) -> None:
    assert (plain_name(one) == plain_name(other)) is same
    assert plain_name(plain_name(one)) == plain_name(one)
