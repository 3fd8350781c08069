"""Texts that try to act on a parser or a terminal, and a store in which every text is one."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

from tests.desks import desk_at
from walk.focus import LookForTemplate
from walk.model import Confirmation
from walk.routine.debriefing import debrief, stating
from walk.routine.desk import Desk
from walk.routine.following import steps
from walk.routine.planning import prepare
from walk.routine.reporting import teacher_note
from walk.routine.visiting import hall, visit, write

PAYLOADS = (
    "[/x]",
    "[bob] asked",
    "[@click=app.quit]x[/]",
    "[1",
    "\x1b]0;PWNED\x07title",
    "\x1b]52;c;UFdORUQ=\x07clipboard",
    "\x1b[2J\x1b[31mred",
    "\x9b31mC1",
    "\x9d0;PWNED\x9c",
    "\u202eoverride\u2066isolate",
    "e\u0301" * 30,
    "שלום עולם مرحبا",
    "👩\u200d👩\u200d👧 family 🏳️\u200d🌈",
    "=1+1",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "a\tb\nc\r\nd",
    "\x7f\x08\x08\x08back",
)
LONG = "w" * 20_000


def hostile(place: int) -> str:
    """Several payloads in one text, beginning at another one for each place."""
    return " ".join(PAYLOADS[(place + step) % len(PAYLOADS)] for step in range(4))


@cache
def _filled() -> bytes:
    """A filled store's bytes, made once for each process of the tests."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "hostile.walkdb"
        with desk_at(path) as desk:
            fill(desk)
        return path.read_bytes()


def hostile_store(folder: Path) -> Path:
    """A fresh copy of the filled store."""
    path = folder / "hostile.walkdb"
    path.write_bytes(_filled())
    return path


def fill(desk: Desk) -> str:
    """A walk that has been through every stage, with a hostile text wherever one can be given."""
    walk = prepare.begin(
        desk,
        prepare.SmallWalk(
            statement=hostile(0),
            visits=3,
            inquiry=hostile(1),
            look_fors=tuple(
                LookForTemplate(name=payload[:28], text=hostile(place), about="students")
                for place, payload in enumerate(PAYLOADS[:6])
            ),
            professional_learning=hostile(2),
            confirmation=Confirmation(how=hostile(3), on="2025-10-01", how_many=3),
            host_school=hostile(4),
            label=hostile(5),
            caution=hostile(6),
        ),
    )
    for number, found in enumerate(prepare.visits(desk)):
        form = visit.enter(desk, found)
        for place, payload in enumerate(PAYLOADS):
            kind = "wondering" if place % 5 == 4 else "noticing"
            visit.add_note(desk, form, f"{number} {payload}", kind=kind)  # type: ignore[arg-type]
        if number == 0:
            visit.add_note(desk, form, LONG)
        if number < 2:
            write.finish(desk, visit.leave(desk, form))
    first = prepare.visits(desk)[0]
    talk = hall.begin(desk, first)
    hall.add_note(desk, talk, hostile(7))
    hall.say(desk, talk, look_next=hostile(8), seen_differently=hostile(9))
    for number in range(4):
        pool = [one.note for one in debrief.table(desk).pool[:6]]
        theme = debrief.put_in_new(desk, pool, hostile(10 + number))
        trend = stating.state_trend(desk, theme, hostile(11 + number))
        if not trend.parked:
            trend = stating.decide(desk, trend, "asset" if number % 2 else "need")
            stating.choose_example(desk, trend, pool[0])
    steps.add(desk, hostile(12), owner=hostile(13), support=hostile(14), by_when="2025-11-11")
    steps.add(desk, hostile(15), design="proposed", rests_on=stating.trends(desk)[0].id)
    note = teacher_note.ask(desk, first, asked=True)
    assert note is not None
    texts = {field: hostile(place) for place, field in enumerate(teacher_note.TEXTS)}
    teacher_note.change(desk, note, **texts)
    open_form = visit.forms(desk)[-1]
    desk.keep_draft(f"visit:{open_form.id}", hostile(16))
    return walk
