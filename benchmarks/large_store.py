"""Large stores to measure on: a million notes in 60,000 visits, of many walks or of one."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

from walk.focus import load_template
from walk.model import (
    Closing,
    Focus,
    Form,
    LookFor,
    Note,
    Placing,
    Record,
    Rules,
    Step,
    Theme,
    Trend,
    TrendCounts,
    Visit,
    Walk,
    Walker,
    closing_id,
    derived,
    focus_id,
    form_id,
    placing_id,
    rules_id,
    trend_id,
    uuid7,
    visit_id,
)
from walk.routine.importing.take_in import import_table
from walk.routine.start import open_desk
from walk.storage.store import By

SHAPES = ("many", "one")
"""Many walks over years, made through `Store.add_all`; or one walk, made by a real import."""

_FIRST_DAY_MS = 1_325_404_800_000
"""New Year 2012, UTC."""
_WEEK_MS = 7 * 24 * 3_600_000
_SCHOOLS = ("Lincoln", "Riverside", "Oak Hill", "Northside", "Maple Street")
_TEMPLATES = ("press_for_evidence", "building_on_ideas", "complex_text")
_LABELS = ("Ana", "Ben", "Chris", "Dana", "Eli", "Fay")
_COMMON = (
    "the students teacher to a and of S1 says is in page why because evidence asks reads partner "
    "table writes which line points waits text answers group question draws"
)
_LETTERS = ("b", "d", "f", "gr", "l", "m", "n", "p", "r", "s", "st", "t", "tr", "v", "w")
_THEMES, _PLACED = 6, 12


class Words:
    """Lines of words of which, as in a language, few are said often and most seldom."""

    def __init__(self, seed: int, many: int = 20_000) -> None:
        """A vocabulary of `many` words; the same seed says the same lines."""
        self._rng = random.Random(seed)
        common = _COMMON.split()
        self._all = list(dict.fromkeys([*common, *(self._made() for _ in range(many))]))
        self._upto = list(accumulate(1 / (place + 2) for place in range(len(self._all))))

    def _made(self) -> str:
        rng = self._rng
        return "".join(
            rng.choice(_LETTERS) + rng.choice("aeiou") for _ in range(rng.choice((2, 2, 3, 3, 4)))
        )

    def line(self, count: int = 16) -> str:
        """A note's words."""
        return " ".join(self._rng.choices(self._all, cum_weights=self._upto, k=count))

    def word(self, place: int) -> str:
        """The word that is said as the `place`-th most often, from 0."""
        return self._all[place]


def make_large(path: Path, shape: str, notes: int, visits: int, walks: int) -> Path:
    """The store at `path`; made where it is not there yet."""
    if not path.exists():
        if shape == "one":
            _one_walk(path, notes, visits)
        else:
            _many_walks(path, notes, visits, walks)
    return path


def _one_walk(path: Path, notes: int, visits: int) -> None:
    """A table of a form export is imported, as people do it."""
    source = path.with_suffix(".csv")
    said, rng = Words(1), random.Random(1)
    with source.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(("visit", "at", "kind", "look_for", "text", "walker"))
        for number in range(notes):
            kind = "wondering" if rng.random() < 0.2 else "noticing"
            visit, label = f"V{number % visits + 1}", rng.choice(_LABELS)
            look_for = f"look-for {rng.randint(1, 8)}"
            writer.writerow((visit, rng.randrange(720), kind, look_for, said.line(), label))
    with open_desk(path) as desk:
        import_table(desk, source)
    source.unlink()


def _many_walks(path: Path, notes: int, visits: int, walks: int) -> None:
    said = Words(2)
    with open_desk(path) as desk:
        for number in range(walks):
            made = _OneOfMany(
                number, said, visits // walks, notes // walks, last=number == walks - 1
            )
            by = By(made.walk, "", made.at, -360)
            for _ in desk.store.add_all(by, "import", "a large walk made", made.all()):
                pass
        desk.open_walk(made.walk)
        desk.become(made.walkers[0].id)


class _OneOfMany:
    """One walk of many: planned, walked, grouped, stated and, but for the last, closed."""

    def __init__(self, number: int, said: Words, visits: int, notes: int, *, last: bool) -> None:
        self.said, self.notes, self.last = said, notes, last
        self.number = number
        self.at = _FIRST_DAY_MS + number * _WEEK_MS
        self.rng = random.Random(number)
        self.walk = self._id()
        template = load_template(_TEMPLATES[number % len(_TEMPLATES)])
        self.template = template
        self.walkers = [
            Walker(id=self._id(), walk=self.walk, label=label, roles=("lead",) * (not place))
            for place, label in enumerate(_LABELS)
        ]
        self.visits = [
            Visit(id=visit_id(self.walk, f"V{n}"), walk=self.walk, code=f"V{n}", place=n)
            for n in range(1, visits + 1)
        ]
        self.look_fors = [
            LookFor(id=derived("large", self.walk, str(n)), walk=self.walk, name=name, place=n)
            for n, name in enumerate(("Page is named", "Answer after a press", "Partner talk"), 1)
        ]

    def _id(self) -> str:
        return uuid7(self.at, self.rng.randbytes(10))

    def all(self) -> Iterator[tuple[str, Record]]:
        """Its records, each with its author."""
        for one in (*self._plan(), *self.walkers, *self.look_fors, *self.visits):
            yield "", one
        yield from self._forms()
        notes: list[Note] = []
        for author, note in self._notes():
            yield author, note
            if note.note_kind == "noticing" and len(notes) < _THEMES * _PLACED:
                notes.append(note)
        for one in (*self._debrief(notes), *self._after()):
            yield "", one

    def _plan(self) -> Iterator[Record]:
        walk = self.walk
        week = self.number % 50
        date = f"{2012 + self.number // 50}-{1 + week // 5:02d}-{1 + week % 28:02d}"
        school = _SCHOOLS[self.number % len(_SCHOOLS)]
        yield Walk(id=walk, walk=walk, title=self.said.line(5), host_school=school, date=date)
        yield Rules(id=rules_id(walk), walk=walk)
        yield Focus(
            id=focus_id(walk),
            walk=walk,
            statement=self.template.focus,
            template=self.template.id,
            inquiries=(self.template.inquiry,),
        )

    def _forms(self) -> Iterator[tuple[str, Record]]:
        for place, visit in enumerate(self.visits):
            walker = self.walkers[place % len(self.walkers)].id
            entered = self.at + place * 900_000
            yield (
                walker,
                Form(
                    id=form_id(self.walk, visit.id, walker),
                    walk=self.walk,
                    visit=visit.id,
                    walker=walker,
                    entered_at=entered,
                    left_after_s=720,
                    finished_at=entered + 900_000,
                ),
            )

    def _notes(self) -> Iterator[tuple[str, Note]]:
        for number in range(self.notes):
            yield (
                self.walkers[number % len(self.walkers)].id,
                Note(
                    id=self._id(),
                    walk=self.walk,
                    visit=self.visits[number % len(self.visits)].id,
                    note_kind="wondering" if number % 5 == 4 else "noticing",
                    look_for=self.look_fors[number % 3].id if number % 4 else "",
                    text=self.said.line(),
                    at_s=number % 720,
                ),
            )

    def _debrief(self, notes: list[Note]) -> Iterator[Record]:
        for place in range(_THEMES):
            theme = derived("large theme", self.walk, str(place))
            yield Theme(id=theme, walk=self.walk, name=self.said.line(4), place=place + 1)
            placed = notes[place * _PLACED : (place + 1) * _PLACED]
            for note in placed:
                yield Placing(
                    id=placing_id(note.id, theme), walk=self.walk, theme=theme, note=note.id
                )
            rooms = len({one.visit for one in placed})
            yield Trend(
                id=trend_id(theme),
                walk=self.walk,
                theme=theme,
                statement=self.said.line(12),
                polarity="asset" if place % 2 else "need",
                counts=TrendCounts(visits=rooms, noticings=len(placed)),
            )

    def _after(self) -> Iterator[Record]:
        for place in range(3):
            yield Step(
                id=derived("large step", self.walk, str(place)),
                walk=self.walk,
                what=self.said.line(10),
                owner="principal",
                by_when=f"{2012 + self.number // 50}-12-15",
                design="agreed",
                status="open" if self.last or not (place or self.number % 40) else "done",
            )
        if not self.last:
            yield Closing(id=closing_id(self.walk), walk=self.walk, visits=len(self.visits))
