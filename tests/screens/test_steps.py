"""Next steps by keyboard: writing one, turning it, closing the walk and opening it again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.frames import cursor_cell
from tests.routine.table_of import walk_of, write
from tests.screens.table import HOSTILE, SIZES, open_at
from walk.routine.debriefing import debrief, stating
from walk.routine.desk import Desk
from walk.routine.following import steps


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with walk_of(tmp_path) as found:
        yield found


async def test_what_is_missing_to_close_is_said_plainly(desk: Desk) -> None:
    async with open_at(desk, "steps") as seen:
        assert "a step owned above the teacher" in seen.sees()
        assert "a step designed with the host teachers" in seen.sees()
        assert "No next step yet" in seen.sees()
        assert "1 more thing missing in the plan (m)" in seen.sees()
    steps.add(desk, "keep time free", design="proposed")
    async with open_at(desk, "steps") as seen:
        assert "This walk can be closed (c). 3 more things missing" in seen.sees()
    whole = {"owner": "all", "by_when": "2025-10-28"}
    steps.add(desk, "ask it ourselves", level="walkers", **whole)  # type: ignore[arg-type]
    (step, *_) = [one for one in steps.steps(desk) if not one.owner]
    steps.withdraw(desk, step)
    steps.add(desk, "keep time free", design="proposed", **whole)  # type: ignore[arg-type]
    async with open_at(desk, "steps") as seen:
        assert "Nothing is missing: c closes the walk." in seen.sees()


async def test_a_day_that_is_over_is_told_where_a_day_to_come_is_asked(desk: Desk) -> None:
    async with open_at(desk, "steps") as seen:
        await seen.keys("n", "tab", "tab", "tab")
        assert "like 2025-10-28" in seen.sees()
        assert "✓ Tue 14 Oct 2025" in await seen.type("2025-10-14")
        await seen.keys("backspace")
        shown = await seen.type("3")
        assert "○ Mon 13 Oct 2025 is over already" in shown
        assert "✓" not in shown


async def test_a_step_is_written_field_by_field(desk: Desk) -> None:
    async with open_at(desk, "steps") as seen:
        await seen.keys("n")
        await seen.type("keep time free")
        await seen.keys("enter", "right", "enter")
        await seen.type("principal")
        await seen.keys("enter")
        assert "written like 2025-10-28" in await seen.type("2025-10")
        assert "Tue 28 Oct 2025" in await seen.type("-28")
        await seen.keys("enter", "right", "enter", "enter", "right", "enter", "enter")
        assert "Next step added" in seen.sees()
        (step,) = steps.steps(desk)
        assert (step.what, step.level, step.owner) == (
            "keep time free",
            "district leader",
            "principal",
        )
        assert (step.by_when, step.design, step.rests_on) == ("2025-10-28", "proposed", "inquiry")
        assert step.support_type == "coaching conversation"
        assert "28 Oct" in seen.sees()
        await seen.keys("u")
        assert steps.steps(desk) == []
        await seen.keys("z")
        assert len(steps.steps(desk)) == 1


async def test_a_wrong_date_keeps_the_words_and_says_why(desk: Desk) -> None:
    async with open_at(desk, "steps") as seen:
        await seen.keys("n")
        await seen.type("try it")
        await seen.keys("enter", "enter", "enter")
        await seen.type("soon")
        shown = await seen.keys(*(["enter"] * 5))
        assert "is not a date" in shown
        assert "try it" in shown
        assert steps.steps(desk) == []
        await seen.keys("escape")
        kept = desk.draft(f"step:new:{desk.walk_id}")
        assert kept is not None
        assert kept.text == "try it\nsoon"  # as Home shows it
        assert "try it" in await seen.keys("n")


async def test_a_step_is_changed_and_keeps_what_it_rests_on(desk: Desk) -> None:
    theme = debrief.put_in_new(desk, write(desk, [(1, "a"), (2, "b")]), "A")
    trend = stating.state_trend(desk, theme, "Answers grow.")
    steps.add(desk, "keep time", rests_on=trend.id)
    async with open_at(desk, "steps") as seen:
        assert "rests on trend: Answers grow." in seen.sees()
        assert "    rests on trend: Answers grow." in steps.in_words(desk), "as in the shell"
        await seen.keys("enter")
        await seen.type(" free")
        await seen.keys(*(["enter"] * 8))
        (step,) = steps.steps(desk)
        assert (step.what, step.rests_on) == ("keep time free", trend.id)


async def test_p_turns_and_d_is_done_with_what_was_learned(desk: Desk) -> None:
    steps.add(desk, "try it")
    async with open_at(desk, "steps") as seen:
        assert "Proposed to the host teachers" in await seen.keys("p")
        assert "Agreed with the host teachers" in await seen.keys("p")
        assert "What was learned?" in await seen.keys("d")
        assert "closes with what was learned" in await seen.keys("enter", "enter")
        await seen.keys("up")
        await seen.type("pairs asked")
        assert "learned: pairs asked" in await seen.keys("enter", "enter")
        assert steps.steps(desk)[0].status == "done"
        await seen.keys("d")
        assert steps.steps(desk)[0].status == "open"


async def test_a_step_taken_back_comes_back_with_undo(desk: Desk) -> None:
    steps.add(desk, "try it")
    async with open_at(desk, "steps") as seen:
        assert "No next step yet" in await seen.keys("delete")
        assert "try it" in await seen.keys("u")


async def test_closing_asks_for_the_reason_only_where_something_is_missing(desk: Desk) -> None:
    async with open_at(desk, "steps") as seen:
        assert "the reason is printed" in await seen.keys("c")
        assert "Add it, or close with a reason" in await seen.keys("enter", "enter", "enter")
        assert steps.closing(desk) is None
        await seen.keys("up", "up")
        await seen.type("term ends")
        await seen.keys("enter", "enter")
        await seen.type("the coach")
        shown = await seen.keys("enter")
        assert "Closed on 14 Oct 2025" in shown
        assert "Reason, printed: term ends" in shown
        assert "contact: the coach" in shown
        assert "open again" in await seen.keys("r")
        assert steps.closing(desk) is None
    steps.add(desk, "keep time free", design="agreed")
    async with open_at(desk, "steps") as seen:
        shown = await seen.keys("c")
        assert "the reason is printed" not in shown
        await seen.type("in May")
        await seen.keys("enter", "enter")
        found = steps.closing(desk)
        assert found is not None
        assert (found.next_look, found.reason) == ("in May", "")
        assert "Undone: walk closed" in await seen.keys("u")


async def test_calling_off_asks_whether_and_leaves_with_esc(desk: Desk) -> None:
    async with open_at(desk, "steps") as seen:
        assert "Call the walk off?" in await seen.keys("o")
        await seen.keys("escape")
        assert steps.closing(desk) is None
        assert "Called off on 14 Oct 2025" in await seen.keys("o", "enter")
        found = steps.closing(desk)
        assert found is not None
        assert found.how == "called off"


async def test_wonderings_are_chosen_for_the_staff_with_space(desk: Desk) -> None:
    (one,) = write(desk, [(1, "How do pairs start?")], kind="wondering")
    async with open_at(desk, "steps") as seen:
        assert "How do pairs start?" in await seen.keys("w")
        assert "for the staff ●" in await seen.keys("space")
        assert steps.for_staff(desk) == (one.id,)
        assert "wonderings for the staff: 1" in await seen.keys("escape")
        await seen.keys("w", "space")
        assert steps.for_staff(desk) == ()


async def test_a_wondering_with_someones_words_is_asked_about(desk: Desk) -> None:
    write(desk, [(1, 'Who says "my turn"?')], kind="wondering", speech=True)
    async with open_at(desk, "steps") as seen:
        shown = await seen.keys("w", "space")
        assert "Would colleagues know who said this?" in shown
        await seen.keys("y")
        assert steps.for_staff(desk) == ()
        await seen.keys("space", "n")
        assert len(steps.for_staff(desk)) == 1


@pytest.mark.parametrize("size", SIZES)
async def test_hostile_words_are_only_words(desk: Desk, size: tuple[int, int]) -> None:
    notes = write(desk, [(1, words) for words in HOSTILE], kind="wondering")
    for words, note in zip(HOSTILE, notes, strict=True):
        steps.add(desk, words, owner=words, support=words, rests_on=note.id)
    steps.close(desk, reason=HOSTILE[0], next_look=HOSTILE[0], contact=HOSTILE[1])
    async with open_at(desk, "steps", size=size) as seen:
        assert "[/x] [bob]" in seen.sees()
        for keys in (
            ("enter",),
            ("escape", "w"),
            ("enter",),
            ("escape", "escape", "d"),
            ("escape", "c"),
        ):
            shown = await seen.keys(*keys)
            assert "\x1b" not in shown
            assert "‮" not in shown


async def test_the_cursor_stands_on_the_step_in_hand(desk: Desk) -> None:
    steps.add(desk, "sooner", by_when="2025-10-28")
    steps.add(desk, "later", by_when="2025-11-28")
    async with open_at(desk, "steps") as seen:
        before = cursor_cell(seen.app)
        assert before.character == "▸"
        await seen.keys("down")
        assert cursor_cell(seen.app).row == before.row + 1


async def test_every_field_of_the_form_is_reached_on_a_low_screen(desk: Desk) -> None:
    async with open_at(desk, "steps", size=(60, 20)) as seen:
        await seen.keys("n")
        await seen.type("try it")
        for _ in range(7):
            await seen.keys("enter")
        assert "Support" in seen.sees()
        await seen.type("time")
        await seen.keys("enter")
        assert steps.steps(desk)[0].support == "time"


async def test_what_is_missing_is_waived_with_a_reason_and_wanted_again(desk: Desk) -> None:
    steps.add(desk, "keep time free")
    async with open_at(desk, "steps") as seen:
        shown = await seen.keys("m")
        assert "a step of the walkers themselves" in shown
        assert "an owner of “keep time free”" in shown
        await seen.keys("down", "space")
        assert "needs a reason" in await seen.keys("enter")
        await seen.type("we walk again")
        shown = await seen.keys("enter")
        assert "Done without, and why is kept" in shown
        assert "Done without: we walk again" in shown
        (lacks,) = [one for one in steps.missing(desk) if one.waived_why]
        assert lacks.key == "walkers"
        assert "Wanted after all" in await seen.keys("space")
        assert not [one for one in steps.missing(desk) if one.waived_why]
        await seen.keys("u")
        assert [one for one in steps.missing(desk) if one.waived_why]
        assert "Next steps · 1" in await seen.keys("escape")


async def test_closing_offers_the_reason_that_was_given_before(desk: Desk) -> None:
    lacks = next(one for one in steps.missing(desk) if one.key == "above")
    steps.waive(desk, lacks, "the principal is new")
    async with open_at(desk, "steps") as seen:
        assert "the principal is new" in await seen.keys("c")
        await seen.keys("enter", "enter", "enter")
        found = steps.closing(desk)
        assert found is not None
        assert found.reason == "the principal is new"


async def test_many_steps_are_moved_through_on_a_low_screen(desk: Desk) -> None:
    for number in range(120):
        steps.add(desk, f"step {number} {'longword' * 30}", owner="o" * 300)
    async with open_at(desk, "steps", size=(60, 20)) as seen:
        assert "step 119" in await seen.keys("end")
        assert "119" in await seen.keys("t")
        await seen.keys("escape", "m")
        assert "a date for" in await seen.keys("end")
