"""The conflicts screen by keys: one after the other, settled in every way, and taken back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.routine.three import Three, give, meet, note_on, three_laptops, wrote
from tests.screens.table import HOSTILE, SIZES, open_at
from walk.model import Note, Step, Walk, Walker
from walk.routine.debriefing import debrief
from walk.routine.desk import Desk
from walk.routine.following import steps
from walk.routine.planning import prepare
from walk.routine.settling import conflicts
from walk.routine.visiting import visit
from walk.screens.settling.conflicts import ConflictsScreen


@pytest.fixture
def three(tmp_path: Path) -> Iterator[Three]:
    with three_laptops(tmp_path) as made:
        yield made


def disagree(three: Three, *wordings: str, first: str = "S1 wrote four lines") -> Note:
    """A note by Ana that she reworded on as many laptops; the lead has all of it."""
    made = wrote(three.ana, first)
    meet(three.lead, three.ana)
    desks = [three.ana]
    for number in range(1, len(wordings)):
        again = three.joined("Ana", 4 + number, name=f"again {number}")
        give(three.ana, again)
        desks.append(again)
    for desk, words in zip(desks, wordings, strict=True):
        visit.reword(desk, note_on(desk, made.id), words)
        give(desk, three.lead)
    return made


def plain(desk: Desk) -> list[str]:
    return sorted(one.record.text for one in desk.store.all(Note, desk.walk_id))


def one_line(seen: str) -> str:
    return " ".join(seen.replace("│", " ").split())


@pytest.mark.parametrize("size", SIZES)
async def test_both_wordings_stand_there_with_what_differs_marked(
    three: Three, size: tuple[int, int]
) -> None:
    disagree(three, "S1 wrote four long lines", "S1 wrote five lines")
    async with open_at(three.lead, "conflicts", size) as person:
        seen = one_line(person.sees())
        assert seen.startswith("Conflicts")
        assert "Esc back" in seen
        assert "1 of 1 · A noticing of V1 by Ana" in seen
        assert "⟨four long⟩" in seen
        assert "⟨five⟩" in seen
        assert seen.count("Ana's laptop") >= 2
        assert "keep" in seen


async def test_in_a_usual_window_no_time_is_torn_off_its_day(three: Three) -> None:
    """The lines above the wordings break between who, where and when."""
    disagree(three, "S1 wrote four long lines", "S1 wrote five lines")
    async with open_at(three.lead, "conflicts", (80, 24)) as person:
        above = person.sees().split("Words")[0].splitlines()[2:]
    assert [line.count(" Tue 14 Oct 09:0") for line in above if line.strip()] == [0, 2], above


async def test_a_digit_keeps_that_wording_and_u_brings_the_conflict_back(three: Three) -> None:
    note = disagree(three, "S1 wrote four long lines", "S1 wrote five lines")
    second = conflicts.waiting(three.lead)[0].side(2).record
    assert isinstance(second, Note)
    async with open_at(three.lead, "conflicts") as person:
        seen = await person.keys("2")
        assert "Wording 2 stands" in seen
        assert "Nothing is told differently" in seen
        assert note_on(three.lead, note.id).text == second.text
        seen = await person.keys("u")
        assert "1 of 1 · A noticing of V1 by Ana" in seen
        assert len(conflicts.waiting(three.lead)) == 1
        await person.keys("z")
        assert len(conflicts.waiting(three.lead)) == 0


async def test_enter_keeps_the_marked_wording(three: Three) -> None:
    note = disagree(three, "S1 wrote four long lines", "S1 wrote five lines")
    second = conflicts.waiting(three.lead)[0].side(2).record
    async with open_at(three.lead, "conflicts") as person:
        await person.keys("down", "enter")
    assert note_on(three.lead, note.id) == second


async def test_b_keeps_both(three: Three) -> None:
    disagree(three, "S1 wrote four long lines", "S1 wrote five lines")
    async with open_at(three.lead, "conflicts") as person:
        seen = await person.keys("b")
        assert "Both stand" in seen
    assert plain(three.lead) == ["S1 wrote five lines", "S1 wrote four long lines"]


async def test_of_three_wordings_tab_shows_the_others(three: Three) -> None:
    disagree(three, "S1 wrote four long lines", "S1 wrote five lines", "S1 wrote all of it")
    async with open_at(three.lead, "conflicts") as person:
        first = person.sees()
        second = await person.keys("tab")
        assert first != second
        assert await person.keys("tab") == first
        await person.keys("3")
    assert len(conflicts.waiting(three.lead)) == 0


async def test_t_begins_from_the_first_wording_and_keeps_what_is_typed(three: Three) -> None:
    note = disagree(three, "S1 wrote four long lines", "S1 wrote five lines")
    first = conflicts.waiting(three.lead)[0].side(1).record
    assert isinstance(first, Note)
    async with open_at(three.lead, "conflicts") as person:
        seen = await person.keys("t")
        assert first.text in seen
        await person.type(" today")
        await person.keys("escape")
        assert len(conflicts.waiting(three.lead)) == 1
    async with open_at(three.lead, "conflicts") as person:
        seen = await person.keys("t")
        assert "today" in seen
        await person.keys("enter")
    assert note_on(three.lead, note.id).text == f"{first.text} today"
    assert three.lead.store.drafts(three.lead.walk_id) == []


async def test_fields_are_taken_one_by_one(three: Three) -> None:
    made = steps.add(three.lead, "Try a card", owner="grade 6")
    meet(three.lead, three.ben)
    for desk, what, owner in (
        (three.lead, "Try a card once", "coach"),
        (three.ben, "Try a card twice", "principal"),
    ):
        rest = {"level": "coach", "by_when": "", "design": "", "support": "", "rests_on": "inquiry"}
        steps.change(desk, made, what=what, owner=owner, **rest)  # type: ignore[arg-type]
    give(three.ben, three.lead)
    one, two = (side.record for side in conflicts.waiting(three.lead)[0].sides)
    assert isinstance(one, Step)
    assert isinstance(two, Step)
    async with open_at(three.lead, "conflicts") as person:
        await person.keys("f", "enter", "right", "enter")
    (held,) = three.lead.store.all(Step, three.lead.walk_id)
    assert (held.record.what, held.record.owner) == (one.what, two.owner)


async def test_a_withdrawn_one_can_go_or_stay(three: Three) -> None:
    made = wrote(three.ana, "S1 wrote four lines")
    meet(three.lead, three.ana)
    again = three.joined("Ana", 4, name="again")
    give(three.ana, again)
    visit.withdraw(again, note_on(again, made.id))
    visit.reword(three.ana, note_on(three.ana, made.id), "S1 wrote five lines")
    for desk in (again, three.ana):
        give(desk, three.lead)
    async with open_at(three.lead, "conflicts") as person:
        seen = person.sees()
        assert "withdraw it: Ana" in seen
        assert "keep all" not in seen
        seen = await person.keys("b")
        assert len(conflicts.waiting(three.lead)) == 1
        seen = await person.keys("2")
        assert "Withdrawn" in seen
    assert plain(three.lead) == []


async def test_the_arrows_go_through_them_and_settle_nothing(three: Three) -> None:
    disagree(three, "S1 wrote four long lines", "S1 wrote five lines")
    theme = debrief.make_theme(three.lead, "Sources")
    meet(three.lead, three.ben)
    debrief.rename(three.lead, theme, "Texts")
    debrief.rename(three.ben, theme, "Pages")
    give(three.ben, three.lead)
    async with open_at(three.lead, "conflicts") as person:
        assert "1 of 2 · A noticing" in person.sees()
        assert "2 of 2 · A theme" in await person.keys("right")
        assert "1 of 2 · A noticing" in await person.keys("right")
        assert "2 of 2 · A theme" in await person.keys("left")
        await person.keys("1")
        assert "1 of 1 · A noticing" in person.sees()
        assert "2 of 2 · A theme" in await person.keys("u")


async def test_the_plan_is_only_shown_on_another_laptop_than_the_leads(three: Three) -> None:
    for desk, name in ((three.lead, "Lincoln"), (three.ben, "Hill")):
        walk = desk.walk
        prepare.describe_walk(desk, host_school=name, date=walk.date, keep_until=walk.keep_until)
    meet(three.lead, three.ben)
    async with open_at(three.ben, "conflicts") as person:
        seen = one_line(await person.keys("2"))
        assert "settled on the lead's laptop" in seen
        assert len(conflicts.waiting(three.ben)) == 1
    async with open_at(three.lead, "conflicts") as person:
        await person.keys("2")
    assert len(conflicts.waiting(three.lead)) == 0
    assert three.lead.store.get(Walk, three.lead.walk_id) is not None


async def test_leaving_gives_what_was_settled_to_the_team(three: Three) -> None:
    note = disagree(three, "S1 wrote four long lines", "S1 wrote five lines")
    async with open_at(three.lead, "conflicts") as person:
        await person.keys("2")
        seen = await person.keys("escape")
        assert "given to your team" in seen
    pool = debrief.table(three.lead).pool
    assert [view.note.text for view in pool] == [note_on(three.lead, note.id).text]


async def test_leaving_without_settling_shares_nothing(three: Three) -> None:
    disagree(three, "S1 wrote four long lines", "S1 wrote five lines")
    mine = wrote(three.lead, "not finished")
    async with open_at(three.lead, "conflicts") as person:
        await person.keys("escape")
    held = three.lead.store.held(Note, mine.id)
    assert held is not None
    assert not held.shared


@pytest.mark.parametrize("size", SIZES)
async def test_long_and_hostile_words_are_shown_harmlessly(
    three: Three, size: tuple[int, int]
) -> None:
    long = "Ms. and the page. " * 1_100
    disagree(three, f"{long}{HOSTILE[1]}", f"{long}{HOSTILE[0]}", first="start")
    disagree(three, *HOSTILE[2:], first="again")
    async with open_at(three.lead, "conflicts", size) as person:
        for key in ("a", "pagedown", "right", "tab", "right"):
            seen = await person.keys(key)
            assert not set(seen) & set("\x1b\x07\u202e\ue000\ue001\ue002\ue003")
        folded = await person.keys("right" if "again" in person.sees() else "home")
        assert isinstance(person.app.screen, ConflictsScreen)
        assert folded


# Same person or two


def twice(three: Three) -> Desk:
    """Ana's label used on two laptops; the lead has what both wrote."""
    wrote(three.ana, "by the one")
    other = three.joined("Ana", 7, name="other")
    wrote(other, "by the other", "V2")
    for desk in (three.ana, other):
        give(desk, three.lead)
    return other


async def test_the_same_person_is_one_key(three: Three) -> None:
    twice(three)
    async with open_at(three.lead, "conflicts") as person:
        seen = one_line(person.sees())
        assert "“Ana” was used twice. Same person, or two people?" in seen
        assert "wrote about V1" in seen
        assert "wrote about V2" in seen
        seen = await person.keys("1")
        assert "Ana is one person" in seen
        assert "Nothing is told differently" in seen
        assert "Same person, or two people?" in await person.keys("u")


async def test_two_people_ask_for_another_label(three: Three) -> None:
    twice(three)
    async with open_at(three.lead, "conflicts") as person:
        seen = await person.keys("3")
        assert "Two people: another label" in seen
        await person.type("Ben")
        seen = await person.keys("enter")
        assert "Another walker has this label" in seen
        await person.type("ita")
        await person.keys("enter")
        assert "Nothing is told differently" in person.sees()
    labels = [one.label for one in three.lead.walkers()]
    assert labels == ["Ana", "Ben", "Benita", "Lea"]
    written = {
        one.author: one.record.text for one in three.lead.store.all(Note, three.lead.walk_id)
    }
    by_label = {
        walker.label: words
        for id_, words in written.items()
        if (walker := three.lead.store.get(Walker, id_)) is not None
    }
    assert set(by_label) == {"Ana", "Benita"}
