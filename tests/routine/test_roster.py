"""The roster: labels, roles, teams, what stands out, and who can be taken out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.desks import begin_small, desk_at, write_form
from walk.errors import Refused
from walk.model import Rules, Walker
from walk.routine.desk import Desk
from walk.routine.planning import places, roster, rotation, times


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_at(tmp_path / "one.walkdb") as made:
        begin_small(made)
        yield made


def walker(desk: Desk, label: str) -> Walker:
    return next(one for one in desk.walkers() if one.label == label)


def someone(label: str, team: str = "", *roles: str, lens: str = "") -> Walker:
    return Walker(
        id=f"{abs(hash(label)):032x}"[-32:],
        walk="0" * 32,
        label=label,
        team=team,
        roles=roles,
        lens=lens,
    )


RULES = Rules(id="0" * 32, walk="0" * 32)


# What is typed


def test_several_walkers_are_added_as_one_act_and_undone(desk: Desk) -> None:
    assert [one.label for one in roster.add(desk, "Ana, Ben,, Ana ,  C  D")] == [
        "Ana",
        "Ben",
        "C D",
    ]
    assert [one.label for one in desk.walkers()] == ["Ana", "Ben", "C D", "me"]
    assert desk.undo(roster.STAGE) == "3 walkers added"
    assert [one.label for one in desk.walkers()] == ["me"]
    assert desk.redo(roster.STAGE) == "3 walkers added"
    assert len(desk.walkers()) == 4


def test_labels_that_are_there_are_passed_over(desk: Desk) -> None:
    assert [one.label for one in roster.add(desk, "me, Ana")] == ["Ana"]
    with pytest.raises(Refused, match="on the roster already"):
        roster.add(desk, "me, Ana")
    with pytest.raises(Refused, match="at least one letter"):
        roster.add(desk, " , ")


def test_a_label_given_up_can_be_taken_by_another_walker(desk: Desk) -> None:
    (ana,) = roster.add(desk, "Ana")
    roster.change(desk, ana, label="Blue")
    (other,) = roster.add(desk, "Ana")
    assert other.id != ana.id
    assert [one.label for one in desk.walkers()] == ["Ana", "Blue", "me"]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("time, COACH", ("timekeeper", "coach")),
        ("host; fam", ("host teacher", "family or community partner")),
        ("lead, lead,", ("lead",)),
        ("f", ("f",)),
        ("Bus driver, spec", ("Bus driver", "specialist")),
        ("", ()),
    ],
)
def test_the_beginning_of_a_role_is_enough(typed: str, read: tuple[str, ...]) -> None:
    assert roster.roles_of(typed) == read


@pytest.mark.parametrize("label", ["Ana Martinez", "Ms Ortiz", "J. Smith", "María José Pérez"])
def test_a_full_name_is_noticed(label: str) -> None:
    assert roster.looks_like_full_name(label)


@pytest.mark.parametrize(
    "label", ["Ana", "AM", "Math Coach", "blue", "Coach 2", "me", "North Team"]
)
def test_a_label_is_left_alone(label: str) -> None:
    assert not roster.looks_like_full_name(label)


# Teams and what stands out


def test_where_nobody_has_a_team_all_walk_in_one() -> None:
    everyone = (someone("Ana"), someone("Ben"))
    assert roster.teams_of(everyone) == {"A": everyone}
    assert roster.teams_of(()) == {}


def test_teams_come_as_the_roster_names_them() -> None:
    one, two, three = someone("a", "North"), someone("b", "A"), someone("c")
    assert roster.teams_of((one, two, three)) == {"North": (one,), "A": (two,)}


def test_what_stands_out_is_said() -> None:
    rules = RULES.changed(team_size_at_most=2)
    people = [
        someone("a", "A", "timekeeper"),
        someone("b", "A"),
        someone("c", "A"),
        someone("d", "B"),
        someone("e", "B"),
        someone("f"),
    ]
    told = roster.warnings_of(people, rules)
    assert told == (
        "no specialist lens is present: who looks with other eyes finds more",
        "team A has 3 walkers, and 2 are the most",
        "team B has no timekeeper",
        "f is on no team, while others are",
    )


def test_what_holds_for_many_teams_is_one_line() -> None:
    two = [someone(f"{team}{n}", team) for team in ("A", "B") for n in range(3)]
    told = roster.warnings_of(two, Rules(id=RULES.id, walk=RULES.walk, team_size_at_most=2))
    assert "2 teams have no timekeeper: A and B" in told
    assert "2 teams have more than 2 walkers: A and B" in told
    many = [someone(f"{team}-{n}", f"T{team}") for team in range(40) for n in range(2)]
    told = roster.warnings_of(many, RULES)
    assert told[1:] == ("40 teams have no timekeeper: T0, T1, T2, T3, T4, T5, T6 and 33 more",)


def test_who_is_on_no_team_is_told_only_beside_teams() -> None:
    people = [someone("a"), someone("b")]
    assert roster.on_no_team(people) == ()
    assert roster.on_no_team([*people, someone("c", "A")]) == tuple(people)


def test_a_whole_roster_has_nothing_that_stands_out() -> None:
    people = [someone("a", "A", "timekeeper"), someone("b", "A", lens="special education")]
    assert roster.warnings_of(people, RULES) == ()
    assert roster.warnings_of([someone("a", "", "specialist")], RULES) == (), "one needs no clock"
    assert roster.warnings_of((), RULES) == ()


def test_one_team_without_a_name_is_the_team() -> None:
    people = [someone("a", lens="content"), someone("b")]
    assert roster.warnings_of(people, RULES) == ("the team has no timekeeper",)


@pytest.mark.parametrize(
    ("teachers", "others", "told"),
    [
        (2, 4, "2 of 6 walkers are teachers"),
        (1, 4, "1 of 5 walkers is a teacher"),
        (0, 3, "none of 3 walkers is marked as a teacher"),
        (1, 0, "1 of 1 walker is a teacher"),
        (0, 0, ""),
    ],
)
def test_how_many_teach_is_said(teachers: int, others: int, told: str) -> None:
    people = [someone(f"t{n}", "", "coach", "host teacher") for n in range(teachers)]
    people += [someone(f"o{n}", "", "administrator") for n in range(others)]
    assert roster.balance(people) == told


def test_the_cap_is_a_setting_of_the_walk(desk: Desk) -> None:
    roster.add(desk, "Ana, Ben")
    times.set_team_size(desk, "2")
    assert "the team has 3 walkers, and 2 are the most" in roster.warnings(desk)
    assert desk.undo(roster.STAGE)
    assert desk.rules.team_size_at_most == 0


# Changing and taking out


def test_a_walker_is_changed_in_all_and_undone(desk: Desk) -> None:
    (ana,) = roster.add(desk, "Ana")
    roster.change(
        desk, ana, label=" A  M ", roles=("coach", "coach"), lens=" content ", team="B", max_stops=2
    )
    now = walker(desk, "A M")
    assert (now.id, now.roles, now.lens, now.team, now.max_stops) == (
        ana.id,
        ("coach",),
        "content",
        "B",
        2,
    )
    desk.undo(roster.STAGE)
    assert walker(desk, "Ana") == ana


def test_two_walkers_never_share_a_label(desk: Desk) -> None:
    (ana,) = roster.add(desk, "Ana")
    with pytest.raises(Refused, match="Another walker has this label"):
        roster.change(desk, ana, label="me")
    with pytest.raises(Refused, match="at least one letter"):
        roster.change(desk, ana, label="  ")


def test_the_places_know_a_walker_by_the_new_label(desk: Desk) -> None:
    (ana,) = roster.add(desk, "Ana")
    places.set_place(desk, "V2", "second floor", ("Ana",))
    roster.change(desk, ana, label="Blue")
    assert places.own_rooms(desk) == {"V2": frozenset({"Blue"})}
    assert places.warnings(desk) == ()


def test_places_written_in_another_case_know_the_new_label_too(desk: Desk, tmp_path: Path) -> None:
    (ana,) = roster.add(desk, "Ana")
    by_hand = tmp_path / "places.toml"
    by_hand.write_text('[[place]]\ncode = "V2"\nown_room_of = ["ana"]\n', "utf-8")
    places.take(desk, by_hand)
    roster.change(desk, ana, label="Blue")
    assert places.own_rooms(desk) == {"V2": frozenset({"Blue"})}
    assert places.warnings(desk) == ()


def test_undo_and_redo_of_a_label_are_known_to_the_places(desk: Desk) -> None:
    (ana,) = roster.add(desk, "Ana")
    places.set_place(desk, "V2", "second floor", ("Ana",))
    roster.change(desk, ana, label="Blue")
    for turn, label in ((desk.undo, "Ana"), (desk.redo, "Blue"), (desk.undo, "Ana")):
        assert turn(roster.STAGE) == "Ana changed"
        assert places.own_rooms(desk) == {"V2": frozenset({label})}
        assert places.warnings(desk) == ()
        held = places.entry_of(desk, "V2")
        assert held
        assert held.own_room_of == (label,)


def test_a_label_that_was_undone_and_is_given_to_another_takes_no_room_along(desk: Desk) -> None:
    ana, ben = roster.add(desk, "Ana, Ben")
    places.set_place(desk, "V2", "second floor", ("Ana",))
    roster.change(desk, ana, label="Blue")
    desk.undo(roster.STAGE)
    roster.change(desk, ben, label="Blue")
    assert places.own_rooms(desk) == {"V2": frozenset({"Ana"})}
    desk.undo(roster.STAGE)
    roster.change(desk, ana, label="Red")
    desk.undo(roster.STAGE)
    roster.add(desk, "Red")
    assert places.own_rooms(desk) == {"V2": frozenset({"Ana"})}


def test_a_team_of_digits_without_end_is_a_team_like_any_other(desk: Desk) -> None:
    roster.change(desk, walker(desk, "me"), team="9" * 5_000)
    assert rotation.teams(rotation.make(desk)) == ("9" * 5_000,)


def test_only_who_left_nothing_can_be_taken_out(desk: Desk) -> None:
    (ana, ben) = roster.add(desk, "Ana, Ben")
    desk.write_as(ana.id)
    write_form(desk, "V1", "14 of 22 wrote")
    desk.write_as(ben.id)
    write_form(desk, "V2")
    desk.write_as(walker(desk, "me").id)
    with pytest.raises(Refused, match="have notes in this walk"):
        roster.take_out(desk, ana)
    with pytest.raises(Refused, match="have a form"):
        roster.take_out(desk, ben)
    with pytest.raises(Refused, match="writing on this laptop"):
        roster.take_out(desk, walker(desk, "me"))
    (cy,) = roster.add(desk, "Cy")
    roster.take_out(desk, cy)
    assert [one.label for one in desk.walkers()] == ["Ana", "Ben", "me"]
    desk.undo(roster.STAGE)
    assert walker(desk, "Cy") == cy


# Dealing


def test_walkers_are_dealt_and_undone(desk: Desk) -> None:
    roster.add(desk, ", ".join(f"W{n}" for n in range(7)))
    for label in ("W5", "W6"):
        roster.change(desk, walker(desk, label), roles=("timekeeper",))
    before = desk.walkers()
    teams = roster.deal(desk, 2)
    assert list(teams) == ["A", "B"]
    assert [len(one) for one in teams.values()] == [4, 4]
    assert "timekeeper" not in " ".join(roster.warnings(desk))
    desk.undo(roster.STAGE)
    assert desk.walkers() == before


@pytest.mark.parametrize("count", [0, 2, 99])
def test_there_are_no_teams_without_a_walker(desk: Desk, count: int) -> None:
    with pytest.raises(Refused, match="cannot be"):
        roster.deal(desk, count)


def test_the_usual_number_of_teams_keeps_to_the_cap(desk: Desk) -> None:
    roster.add(desk, ", ".join(f"W{n}" for n in range(7)))
    assert roster.teams_advised(desk) == 2
    times.set_team_size(desk, "2")
    assert roster.teams_advised(desk) == 4


PEOPLE = st.lists(
    st.tuples(st.booleans(), st.sampled_from(["", "content", "early years"]), st.booleans()),
    min_size=1,
    max_size=30,
)


@given(PEOPLE, st.integers(1, 12))
def test_a_deal_is_even(kinds: list[tuple[bool, str, bool]], count: int) -> None:
    """Teams and timekeepers differ by one at most; everyone has a team; nothing else changes."""
    count = min(count, len(kinds))
    people = [
        someone(
            f"w{n:02}",
            "Z" if n % 3 else "",
            *(["timekeeper"] if keeps else []),
            *(["host teacher"] if teaches else []),
            lens=lens,
        )
        for n, (keeps, lens, teaches) in enumerate(kinds)
    ]
    dealt = roster.dealt_into(people, count)
    assert [one.changed(team="") for one in dealt] == [one.changed(team="") for one in people]
    sizes = Counter(one.team for one in dealt)
    assert len(sizes) == count
    assert max(sizes.values()) - min(sizes.values()) <= 1
    keepers = Counter({team: 0 for team in sizes})
    keepers.update(one.team for one in dealt if "timekeeper" in one.roles)
    assert max(keepers.values()) - min(keepers.values()) <= 1
    for lens in ("content", "early years"):
        held = Counter({team: 0 for team in sizes})
        held.update(one.team for one in dealt if one.lens == lens and "timekeeper" not in one.roles)
        if not any(keeps for keeps, _, _ in kinds):
            assert max(held.values()) - min(held.values()) <= 1


def test_a_key_turns_through_the_teams() -> None:
    one, two = someone("a"), someone("b")
    turned = []
    for _ in range(4):
        one = one.changed(team=roster.next_team((one, two), one))
        turned.append(one.team)
    assert turned == ["A", "", "A", ""], "alone on a new team, the next turn takes it back"
    two = two.changed(team="A")
    turned = []
    for _ in range(4):
        one = one.changed(team=roster.next_team((one, two), one))
        turned.append(one.team)
    assert turned == ["A", "B", "", "A"]
