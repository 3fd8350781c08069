"""What the rotation screen shows: the plan, what was made of it, and what would be made now."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from textual.app import ComposeResult
from textual.content import Content
from textual.events import Resize
from textual.widgets import Static

from walk.errors import Refused
from walk.model.rotation import Rotation
from walk.routine.desk import Desk
from walk.routine.papers.rotation_told import to_know
from walk.routine.planning import rotation
from walk.routine.planning.rotation import Basis
from walk.routine.timekeeping import correction
from walk.screens import jobs
from walk.screens.base import WalkScreen
from walk.screens.planning.rotation_rows import Shown, rows
from walk.widgets.choice_list import ChoiceList
from walk.widgets.dates import day_and_time

AT_ONCE = 40
"""Teams times visits up to which a plan is worked out within the key; more go beside the keys."""
WORKING = "working it out …"
MAKING = "Working it out; it is saved as soon as it is there"


class PlanningScreen(WalkScreen):
    """It reads, works out, draws and saves; the keys come above."""

    def __init__(self, desk: Desk, at: str = "", say: str = "") -> None:
        """`at` is a row to stand on."""
        super().__init__(desk, at, say)
        self.made: Rotation | None = None
        self.holds = False
        """The rotation was made from the plan as it is now."""
        self.basis: Basis | None = None
        self.drawn: tuple[Basis, Rotation] | None = None
        """The last one that was worked out, with what it was made from."""
        self.wanted = False
        """m was pressed before the rotation was worked out."""
        self.printed = ""
        """What was printed last, in words."""
        self._at_work = False
        self._width = 0

    def work(self) -> ComposeResult:
        """How it stands, and one list."""
        yield Static(id="rotation-told")
        yield ChoiceList(id="rotation-list", lines_most=3)

    @property
    def rows_shown(self) -> ChoiceList:
        """The one list: table, what to know, times and rules."""
        return self.query_one("#rotation-list", ChoiceList)

    def tick(self) -> None:
        """The clock in the title, in whole minutes."""
        self.title_line.right = day_and_time(self.desk.local())

    # Reading and drawing

    def reload(self) -> None:
        """Read the plan and what was made of it; work out what would be made now."""
        self.title_line.left = f"Rotation · {self.desk.walk.title}"
        self.made = rotation.current(self.desk)
        self.basis = rotation.basis_of(self.desk)
        started = bool(self.desk.rules.start)
        self.holds = self.made is not None and rotation.holds(
            self.made, self.basis, started=started
        )
        self._work_out()
        self._draw()

    @property
    def sketch(self) -> Rotation | None:
        """What m would make, and on a walker's laptop what was made; None while worked out."""
        if self.made is not None and (self.holds or not self.desk.is_lead()):
            return self.made
        if self.basis and self.drawn and self.drawn[0] == self.basis:
            return self.drawn[1]
        return None

    @property
    def _worked_out(self) -> bool:
        """Whether all that is shown is there; made rotations keep no words on own rooms."""
        if self.basis is None or (self.drawn and self.drawn[0] == self.basis):
            return True
        unsaid = self.holds and self.desk.is_lead() and self.made and rotation.keeps_out(self.made)
        return self.sketch is not None and not unsaid

    def _of_own_rooms(self) -> tuple[str, ...]:
        """The mend for what own rooms keep out of the rotation that was made from this plan."""
        if self.holds and self.desk.is_lead() and self.drawn and self.drawn[0] == self.basis:
            return rotation.own_room_words(self.drawn[1])
        return ()

    def _draw(self) -> None:
        sketch, made = self.sketch, self.made
        zone = rotation.zone_of(self.desk)
        stale = made is not None and not self.holds and self.desk.is_lead()
        told = rotation.in_words(sketch, zone) if sketch else WORKING
        lines = [f"Now: {told}" if stale else told, self._standing(stale)]
        self.query_one("#rotation-told", Static).update(Content("\n".join(lines)))
        shown = Shown(
            rules=self.desk.rules,
            made=made,
            sketch=sketch,
            zone=zone,
            warnings=(),
            correction=correction.read(self.desk).words,
            stale=stale,
        )
        now = shown.now.warnings if shown.now else ()
        warnings = (*now, *self._of_own_rooms(), *to_know(self.desk))
        shown = replace(shown, warnings=tuple(dict.fromkeys(warnings)))
        self._width = self.size.width
        self.rows_shown.show(rows(shown, self._width), self.at)
        self.at = ""
        self.refresh_bindings()

    def _standing(self, stale: bool) -> str:
        """How what was made stands to the plan as it is now."""
        if self.made is None:
            return "Not made yet: m makes it"
        local = rotation.local_of(self.made.made_at, self.desk)
        as_of = " ".join(day_and_time(local).split())
        if stale:
            return f"Made {as_of}, before the plan changed: m makes it again"
        return f"As of {as_of}" if self.holds else f"As of {as_of}; the plan changed since"

    def on_resize(self, _: Resize) -> None:
        """Another width has room for another number of teams."""
        if self.is_mounted and self._width not in (0, self.size.width):
            with self.told():
                self._draw()

    # Working it out

    def _work_out(self) -> None:
        """Have it worked out: within the key where that is quick, else beside the keys."""
        if self._worked_out or self.basis is None:
            return
        problem = self.basis.problem
        if len(problem.teams) * len(problem.visits) <= AT_ONCE:
            self._take(self.basis, rotation.draw(self.basis))
        elif not self._at_work:
            self._at_work = True
            jobs.beside(self, self._beside, "rotation")

    async def _beside(self) -> None:
        """One after the other, and always what the plan is by then."""
        try:
            with self.told():
                while not self._worked_out and self.basis is not None:
                    basis = self.basis
                    self._take(basis, await asyncio.to_thread(rotation.draw, basis))
        finally:
            self._at_work = False
        if self.is_mounted:
            with self.told():
                self._draw()
                if self.wanted:
                    self.keep_sketch()

    def _take(self, basis: Basis, drawn: Rotation) -> None:
        self.drawn = (basis, drawn)

    # Saving it

    def check_plan(self) -> None:
        """Refused where the plan has no classroom or no team to make a rotation of."""
        problem = self.basis.problem if self.basis else None
        if problem is None or not problem.teams or not problem.visits:
            raise Refused(
                "There is nothing to plan yet.", "Under Prepare, add classrooms and walkers."
            )

    def keep_sketch(self) -> None:
        """Save what is worked out; while it is not, remember that it is wanted."""
        self.check_plan()
        sketch, self.wanted = self.sketch, self.sketch is None
        if sketch is None:
            self.say(MAKING)
            return
        made = rotation.keep(self.desk, sketch)
        self.reload()
        self.rows_shown.mark(next((one.id for one in self.rows_shown.choices if one.stands), ""))
        told = f"{len(made.dropped)} not visited" if made.dropped else "Made"
        self.say_saved(told)

    def changed(self, mark: str) -> None:
        """The plan says otherwise now: read it again and stand on the row that was changed."""
        self.at = mark
        self.reload()
        self.say_saved()
