"""Home: this walk and its stages, what comes next, what else can be done, and earlier walks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from walk.routine.following.steps_before import OpenStep, told
from walk.routine.home.home import Overview, overview
from walk.routine.papers import checklist
from walk.routine.planning import prepare
from walk.routine.visiting import visit as visiting
from walk.routine.waiting import Action, EarlierWalk, Unsaved
from walk.screens import jobs
from walk.screens.base import WalkScreen
from walk.screens.home.home_keys import HOME_KEYS, NEED_A_WALK
from walk.screens.over import open_over
from walk.text import headline, one_line
from walk.widgets.choice_list import Choice, ChoiceList, heading
from walk.widgets.dates import day_and_time, short_date
from walk.widgets.stage_line import StageLine, StageMark
from walk.widgets.walk_head import WalkHead

SOMEONE_ELSE = "someone else"
"""The id of the row that adds a walker; a walker's id is hex, so it can never be one."""
PAPER = "from paper"
"""The id of the row that types up forms which were written by hand."""
INTRO = (
    "Walk through classrooms as learners: visit, notice without judging, wonder, and find "
    "trends and next steps together. Nothing is sent anywhere."
)
REWORD = "↑ goes to the notes, Enter rewords one; then share again"
TOUR = "tour"
"""The local setting that remembers that the tour was shown."""


class HomeScreen(WalkScreen):
    """What comes next stands first; Enter does it."""

    CSS_PATH = "home.tcss"
    AUTO_FOCUS = "#home-list"
    name_in_app = "home"
    needs_walk = False
    HELP_WORDS = (
        "Home shows the walk in hand: its stages, what comes next, and what else can be done. "
        "Enter opens the marked row. ✓ is done, ● is under way, ○ is not yet. Everything is "
        "saved as you go; walk can be closed at any time.\n"
        "Laptops do not talk: g gives your notes as a pack, to a stick or a folder, and c takes a "
        "plan or everyone's packs. r shows what came in and takes it back, i reads tables, b shows "
        "the backups, z purges raw notes for good. x opens practice with wording."
    )
    BINDINGS: ClassVar[list[BindingType]] = [*HOME_KEYS]

    actions: dict[str, Action]
    """What each row opens, by the row's id."""
    open_steps = False
    """There are open steps of earlier walks."""
    timed = False
    """A row tells minutes, so it is read again with each one."""

    def work(self) -> ComposeResult:
        """Head, stages, and one list of all that can be opened."""
        yield WalkHead(id="home-head")
        yield StageLine(id="home-stages")
        yield ChoiceList(id="home-list", lines_most=2)

    @property
    def _rows(self) -> ChoiceList:
        return self.query_one("#home-list", ChoiceList)

    def tick(self) -> None:
        """The clock in the title, in whole minutes."""
        before, self.title_line.right = (
            self.title_line.right,
            day_and_time(self.desk.local()),
        )
        if self.timed and before and before != self.title_line.right:
            with self.told():
                self.reload()

    def reload(self) -> None:
        """Read how the walk stands."""
        view = overview(self.desk)
        self.timed = view.timed
        self.title_line.left = f"walk · {view.title}" if view.walk else "walk"
        head = self.query_one("#home-head", WalkHead)
        if view.walk:
            school = f"Host school: {view.host_school}" if view.host_school else ""
            writing = f"Writing: {view.label}" if view.label else "Writing: nobody yet (w)"
            as_of = " ".join(day_and_time(view.as_of).split()) if view.as_of else ""
            plan = f"plan as of {as_of}" if as_of else ""
            head.show([one for one in (school, writing, plan, view.purged) if one], view.inquiry)
        else:
            head.show((), "")
        stages = (StageMark(one.name, one.state, one.count) for one in view.stages)
        self.query_one("#home-stages", StageLine).show(tuple(stages))
        self.actions = {}
        first = "" if self._rows.choices else "next" if view.walk else "begin"
        self._rows.show([*self._this_walk(view), *self._others(view)], first)
        self.set_class(not view.walk, "-empty")
        self.open_steps = bool(view.open_steps)
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys for a walk do nothing while there is none, and are not offered."""
        wants_walk = action in ("write_as", "check", "debrief") or (
            action == "go" and parameters[0] in NEED_A_WALK
        )
        if wants_walk and not self.desk.walk_id:
            return False
        if action == "to_steps":
            return self.open_steps
        return super().check_action(action, parameters)

    # Rows

    def _row(self, id: str, action: Action, words: str = "", **more: str) -> Choice:
        self.actions[id] = action
        return Choice(id, words or action.words, **more)

    def _this_walk(self, view: Overview) -> Iterable[Choice]:
        """What comes first: the next action, words not saved, and the visits."""
        if not view.walk:
            yield from self._first_start(view)
            return
        yield from self._from_before(view.open_steps)
        if view.next:
            yield self._row("next", view.next)
        yield from self._unsaved(view.unsaved)
        for number, action in enumerate(view.waits):
            yield self._row(f"waits {number}", action)
        for number, action in enumerate(view.also):
            yield self._row(f"also {number}", action)
        if not view.purged:
            yield heading("Visits")
        for line in view.visits:
            if line.action:
                state = "" if line.state == "not yet" else line.state
                yield self._row(
                    f"visit {line.visit.id}",
                    line.action,
                    line.details,
                    label=line.visit.code,
                    side=state or "not yet",
                )
            else:
                yield Choice("", f"  {line.visit.code}  withdrawn")
        if view.unlisted:
            yield heading(f"and {view.unlisted:,} more, which are not listed")

    def _from_before(self, found: Sequence[OpenStep]) -> Iterable[Choice]:
        """What earlier walks of this host school have left open; it comes before all else."""
        if found:
            yield Choice("steps", told(found, self.desk.today()), side="s to see")

    def _first_start(self, view: Overview) -> Iterable[Choice]:
        yield from self._from_before(view.open_steps)
        if not view.earlier:
            yield heading(INTRO)
            yield heading()
        yield self._row("begin", Action("begin", "", "begin a small walk"), label="n")
        yield from self._unsaved(view.unsaved)
        for number, action in enumerate(view.waits):
            yield self._row(f"waits {number}", action)
        yield self._row(
            "collect", Action("collect", "", "open a plan, or collect packs"), label="c"
        )
        if not self.desk.store.setting(TOUR):
            yield self._row("tour", Action("tour", "", "one-minute tour"), label="t")
        if not view.earlier:
            yield heading()
            yield heading("To see a finished walk first: close this (q) and type: walk demo")

    def _unsaved(self, unsaved: Iterable[Unsaved]) -> Iterable[Choice]:
        for number, one in enumerate(unsaved):
            words = f"“{one_line(one.words[:200], 44)}” " if one.words else ""
            told = f"Not saved yet: {words}({one.where})"
            if one.action:
                yield self._row(f"unsaved {number}", one.action, told)
            else:
                yield Choice(f"unsaved {number}", told)

    def _others(self, view: Overview) -> Iterable[Choice]:
        """Earlier walks."""
        today = self.desk.today()
        if view.earlier:
            yield heading("Earlier walks · h: over time")
        for earlier in view.earlier:
            yield Choice(
                f"walk {earlier.id}",
                headline(earlier.title) or "(no title)",
                label=short_date(earlier.date, today) or "no date",
                side=_how_it_stands(earlier),
            )

    # Keys

    def on_choice_list_chosen(self, event: ChoiceList.Chosen) -> None:
        """Open what the marked row stands for."""
        kind, _, rest = event.choice.id.partition(" ")
        with self.told():
            if kind == "walk":
                self._open(rest)
            elif kind == "steps":
                self.action_to_steps()
            elif action := self.actions.get(event.choice.id):
                if action.screen == "door":
                    self._open_door()
                    return
                if action.screen == "who":
                    self.action_write_as()
                    return
                if action.screen == "debrief":
                    self.action_debrief()
                    return
                say = self._before_entering(action.at) if action.screen == "visit" else ""
                self.go(action.screen, action.at, say)
            elif kind == "unsaved":
                self.say("These are another walker's words: choose them with w to go on")

    def _before_entering(self, visit: str) -> str:
        """What is still open on the checklist of a visit that starts now; Refused where none may.

        It is said and stops nothing.
        """
        found = visiting.find(self.desk, visit)
        visiting.may_enter(self.desk, found)
        form = visiting.form_of(self.desk, found)
        if form is not None and form.entered_at is not None:
            return ""
        return checklist.told_open(checklist.open_items(self.desk, found))

    def action_check(self) -> None:
        """Open the checklist of the marked visit, else of the next one."""
        row = self._rows.choice
        action = self.actions.get(row.id) if row else None
        marked = action.at if action and action.screen in ("visit", "write") else ""
        self.go("checklist", f"{marked} {self.name_in_app}")

    def _open(self, walk: str) -> None:
        self.desk.open_walk(walk)
        self.reload()
        self._rows.action_edge(-1)
        self._rows.mark("next")
        self.say(f"Opened: {one_line(headline(self.desk.walk.title), 60)}")

    def _open_door(self) -> None:
        """Show what looks like a name in what this laptop has not given to the team yet."""
        from walk.routine.visiting import door
        from walk.screens.visiting.door import DoorScreen, Left, went_to_reword

        def left(result: Left | None) -> None:
            if went_to_reword(self, result, REWORD):
                return
            with self.told():
                self.reload()
                waits = door.told(door.waiting_here(self.desk))
                shared = "Shared with your team on this laptop" if result and result.shared else ""
                self.say(waits or shared)

        open_over(self, DoorScreen(self.desk, lambda: door.waiting_here(self.desk)), left)

    def action_to_steps(self) -> None:
        """Show the open steps of earlier walks."""
        from walk.screens.following.steps_before import open_steps_before

        open_steps_before(self)

    def action_debrief(self) -> None:
        """Go to the step at which the debrief stands."""
        from walk.routine.debriefing import protocol

        with self.told():
            self.go(protocol.where(self.desk))

    def action_leave(self) -> None:
        """Close the app; what still runs is told first."""
        if not self.gone:
            jobs.quit_app(self.app, "q")

    def action_write_as(self) -> None:
        """Choose who is writing, or add someone."""
        from walk.screens.pick import PickScreen

        rows = [Choice(one.id, one.label) for one in self.desk.walkers()]
        rows.append(Choice(SOMEONE_ELSE, "someone else …"))
        rows.append(Choice(PAPER, "type up notes from paper …"))
        open_over(
            self,
            PickScreen(
                "Who is writing on this laptop now?",
                rows,
                mark=self.desk.me,
                note="What another walker wrote is not shown.",
            ),
            self._write_as,
        )

    def _write_as(self, walker: str | None) -> None:
        if walker == SOMEONE_ELSE:
            self._add_walker()
        elif walker == PAPER:
            from walk.screens.visiting.paper import type_up

            type_up(self)
        elif walker:
            with self.told():
                if self.desk.own_walker():
                    self.desk.write_as(walker)
                else:
                    self.desk.become(walker)
                self.reload()
                self.say(f"Writing: {self.desk.label}")

    def _add_walker(self) -> None:
        from walk.screens.ask import Ask, AskScreen, Values

        def save(values: Values) -> None:
            self.desk.write_as(prepare.add_walker(self.desk, values[0]).id)

        def saved(done: bool | None) -> None:
            if done:
                with self.told():
                    self.reload()
                    self.say_saved(f"Writing: {self.desk.label}")

        hint = "a label of their own choice: initials or a word"
        asks = [Ask("Label", hint=hint, one_row=True)]
        open_over(self, AskScreen("Someone else writes", asks, save), saved)


def _how_it_stands(walk: EarlierWalk) -> str:
    """A walk in a few words: how it ended and how much of it there is."""
    if walk.state == "called off":
        return walk.state
    visits = "visit" if walk.visits == 1 else "visits"
    trends = "trend" if walk.trends == 1 else "trends"
    return f"{walk.state} · {walk.visits} {visits} · {walk.trends} {trends}"
