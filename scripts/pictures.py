"""Draw the README's pictures from the app itself: `python scripts/pictures.py`.

Each is the real screen at 80x24 on the sample walk, by a clock that stands still and with ids from
one seed (the pool stands in the order of ids), so that the same code draws the same picture.
"""

from __future__ import annotations

import asyncio
import random
import re
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from unittest import mock

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from walk.app import WalkApp  # noqa: E402
from walk.clock import FixedClock  # noqa: E402
from walk.focus import load_template  # noqa: E402
from walk.routine.debriefing import protocol  # noqa: E402
from walk.routine.demo import ANA, make_demo  # noqa: E402
from walk.routine.desk import Desk, Place  # noqa: E402
from walk.routine.exchanging import collect, join, share  # noqa: E402
from walk.routine.following import steps  # noqa: E402
from walk.routine.planning import prepare, roster, rotation, times  # noqa: E402
from walk.routine.start import open_desk  # noqa: E402
from walk.routine.timekeeping import board  # noqa: E402
from walk.routine.visiting import visit, write  # noqa: E402

PICTURES = ROOT / "docs" / "pictures"
MORNING = datetime(2025, 10, 14, 9, 22, tzinfo=UTC)


async def draw(desk: Desk, screen: str, at: str = "", keys: tuple[str, ...] = ()) -> None:
    """Open a screen, press keys, and save what it shows."""
    app = WalkApp(desk, Place(screen, desk.walk_id, at))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press(*keys)
        await pilot.pause()
        svg = app.export_screenshot(title="walk")
    # Textual names fonts on the web; a picture of an offline tool loads nothing.
    svg = re.sub(r"@font-face \{.*?\}", "", svg, flags=re.DOTALL)
    svg = svg.replace("Fira Code, monospace", "ui-monospace, Menlo, Consolas, monospace")
    name = PICTURES / f"{screen}.svg"
    name.write_text("\n".join(line.rstrip() for line in svg.splitlines()) + "\n", "utf-8")
    print(name.relative_to(ROOT))


def morning(desk: Desk) -> str:
    """A walk under way: in V1 for six minutes, with four notes; the visit's id."""
    small = prepare.SmallWalk.of_template(load_template("press_for_evidence"), visits=5)
    prepare.begin(desk, small)
    prepare.describe_walk(
        desk, host_school="Lincoln", date="2025-10-14", keep_until=desk.walk.keep_until
    )
    prepare.confirm_focus(desk, "in the team meeting", "2025-10-01", 4)
    prepare.give_label(desk, desk.walkers()[0], "Ana")
    found = prepare.visits(desk)[0]
    form = visit.enter(desk, found)
    clock = desk.clock
    assert isinstance(clock, FixedClock)
    for line in ANA[0].lines[:4]:
        clock.advance(seconds=92)
        visit.add_note(desk, form, line)
    return found.id


def on_the_day(desk: Desk) -> None:
    """Two teams, four slots; Team A four minutes late in its second visit."""
    clock = desk.clock
    assert isinstance(clock, FixedClock)
    prepare.begin(desk, prepare.SmallWalk.of_template(load_template("press_for_evidence"), 5))
    prepare.confirm_focus(desk, "in the team meeting", "2025-10-01", 4)
    prepare.give_label(desk, desk.walkers()[0], "Ana")
    roster.add(desk, "Ben, Cleo, Dev")
    roster.deal(desk, 2)
    times.set_start(desk, "08:50")
    rotation.make(desk, slots=4)
    for pressed_after in (4, 15, 12, 3, 4, 2):
        clock.advance(minutes=pressed_after)
        board.next_phase(desk)
    clock.advance(minutes=4)


def come_together(lead: Desk, folder: Path) -> None:
    """Ana's and Ben's packs are in, Cleo's is not; a next step is told in two ways."""
    prepare.begin(lead, prepare.SmallWalk.of_template(load_template("press_for_evidence"), 3))
    prepare.confirm_focus(lead, "in the team meeting", "2025-10-01", 4)
    prepare.give_label(lead, lead.walkers()[0], "Lea")
    roster.add(lead, "Ana, Ben, Cleo")
    what = "Plan two questions that ask for the line in the text"
    steps.add(lead, what, owner="host teachers", by_when="2025-11-04")
    share.share(lead, folder / "plan.walk")
    step = steps.steps(lead)[0]
    for label, lines, reworded in (
        ("Ana", ANA[0].lines[:4], f"{what}, and try one in each lesson"),
        ("Ben", ANA[1].lines[:3], ""),
    ):
        with open_desk(folder / f"{label}.walkdb", clock=lead.clock) as desk:
            join.join(desk, folder / "plan.walk", label)
            form = visit.enter(desk, prepare.visits(desk)[0])
            for line in lines:
                visit.add_note(desk, form, line)
            write.finish(desk, visit.leave(desk, form))
            if reworded:
                desk.save("steps", "step changed", step.changed(what=reworded))
            share.share(desk, folder / f"{label}.walk")
    lead.save("steps", "step changed", step.changed(what=f"{what} and a wait of 5 s"))
    collect.collect(lead, [folder])


def steps_of_the_debrief(desk: Desk) -> None:
    """Grouping, trends and next steps, each some minutes after the team came to it."""
    clock = desk.clock
    assert isinstance(clock, FixedClock)
    protocol.begin(desk, "group", hosts=False)
    for step, screen, minutes in (
        ("group", "debrief", 8),
        ("trends", "trends", 3),
        ("next", "steps", 4),
    ):
        protocol.go_to(desk, step)
        clock.advance(minutes=minutes)
        asyncio.run(draw(desk, screen))


def main() -> None:
    """Draw them all."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        with open_desk(Path(folder) / "morning.walkdb", clock=FixedClock(MORNING)) as desk:
            at = morning(desk)
            typed = tuple("space" if one == " " else one for one in "S1 adds a second line")
            asyncio.run(draw(desk, "visit", at, typed))
            asyncio.run(draw(desk, "home"))
        with open_desk(Path(folder) / "demo.walkdb", clock=FixedClock(MORNING)) as desk:
            make_demo(desk)
            steps.reopen(desk)
            steps_of_the_debrief(desk)
        early = datetime(2025, 10, 14, 8, 50, tzinfo=UTC)
        with open_desk(Path(folder) / "day.walkdb", clock=FixedClock(early)) as desk:
            on_the_day(desk)
            asyncio.run(draw(desk, "board"))
            asyncio.run(draw(desk, "rotation"))
        after = datetime(2025, 10, 14, 11, 30, tzinfo=UTC)
        packs = Path(folder) / "stick"
        packs.mkdir()
        with open_desk(Path(folder) / "together.walkdb", clock=FixedClock(after)) as desk:
            come_together(desk, packs)
            asyncio.run(draw(desk, "receipts"))
            asyncio.run(draw(desk, "conflicts"))


if __name__ == "__main__":
    with mock.patch("os.urandom", random.Random(14).randbytes):
        main()
