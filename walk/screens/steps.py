"""Next steps: who does what by when at which level, what the staff is told, and closing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from walk.model import Closing, Step
from walk.routine import debrief, door, steps
from walk.routine.debrief import PoolNote, Table
from walk.routine.desk import Desk
from walk.screens.ask import Ask, Values
from walk.screens.dialogs import KeyDialog, ReadDialog
from walk.screens.steps_form import DESIGNS, about_step, kept, standing, step_fields
from walk.screens.team import LAST_KEYS, KeyedList, TeamScreen
from walk.text import one_line, wrap
from walk.widgets.choice_list import Choice, ChoiceList, heading
from walk.widgets.dates import short_date

STEP_ONLY = {"edit", "agree", "finish", "withdraw"}
WORDS_LOOKED_AT = 400


class StepsScreen(TeamScreen):
    """Next steps by date; wonderings for the staff; how the walk ends."""

    CSS_PATH = "steps.tcss"
    full_rows = (4, 6, 10)
    name_in_app = "steps"
    stage = steps.STAGE
    heading = "Next steps"
    HELP_WORDS = (
        "Who does what by when, at every level: teacher, teacher team, coach, school and district "
        "leader, and the walkers themselves. A step rests on a trend, a wondering or the inquiry.\n"
        "A walk closes with a step owned above the teacher and one designed with the host "
        "teachers: proposed until they have agreed. The lead may close without one of them; the "
        "reason is printed. A walk that did not take place is called off.\n"
        "w shows the wonderings: Space chooses those that the staff summary will hold."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "add", "new", id="steps.new", tooltip="A new next step"),
        Binding(
            "p",
            "agree",
            "proposed or agreed",
            id="steps.agree",
            tooltip="Not the hosts' step, proposed to them, agreed with them: turns through these",
        ),
        Binding(
            "d",
            "finish",
            "done",
            id="steps.done",
            tooltip="Done, with what was learned; on a done step: open again",
        ),
        Binding(
            "delete,backspace",
            "withdraw",
            "take back",
            id="steps.withdraw",
            show=False,
            tooltip="Take the step back",
        ),
        Binding(
            "space",
            "choose",
            "for the staff",
            id="steps.choose",
            tooltip="The staff summary holds this wondering, or no longer",
        ),
        Binding(
            "w",
            "wonderings",
            "wonderings",
            id="steps.wonderings",
            tooltip="The wonderings, to choose some for the staff; again: the steps",
        ),
        Binding(
            "c",
            "close_walk",
            "close",
            id="steps.close",
            tooltip="Close the walk; on a closed one: change next look and contact",
        ),
        Binding(
            "o",
            "call_off",
            "call off",
            id="steps.call_off",
            show=False,
            tooltip="The walk did not take place",
        ),
        Binding("r", "reopen", "open again", id="steps.reopen", tooltip="Open a closed walk again"),
        Binding("f", "go('summary')", "summary", id="steps.on", tooltip="Go on to the summary"),
        Binding("b", "go('trends')", "trends", id="steps.before", tooltip="Back to the trends"),
        *LAST_KEYS,
    ]

    def __init__(self, desk: Desk, at: str = "", say: str = "") -> None:
        """`at` is a step to stand on."""
        super().__init__(desk, at, say)
        self.wondering = False
        """True while the list shows the wonderings."""
        self.table = Table((), (), (), 0)
        self.held: list[Step] = []
        self.closing: Closing | None = None
        self.bases: dict[str, str] = {}
        """What a step may rest on, in words, by id."""

    def body(self) -> ComposeResult:
        """How the walk stands, the list, and what is in hand in full."""
        yield Static(id="standing")
        yield Static(id="head")
        yield KeyedList(id="list", lines_most=2)
        yield Static(id="full")

    @property
    def rows(self) -> KeyedList:
        """The steps, or the wonderings."""
        return self.query_one("#list", KeyedList)

    # Reading

    def read(self) -> None:
        """Steps, wonderings and closing."""
        self.table = debrief.table(self.desk)
        self.held = steps.steps(self.desk)
        self.closing = steps.closing(self.desk)
        self.bases = {"inquiry": "the inquiry"}
        for view in self.table.themes:
            if view.trend:
                self.bases[view.trend.id] = f"trend: {view.trend.statement}"
        for one in self.table.wonderings:
            self.bases[one.note.id] = f"wondering: {one.words}"
        self.query_one("#standing", Static).update(
            Content("\n".join(standing(self.desk, self.closing)))
        )
        self._show_list(self.at)
        self.at = ""

    @property
    def in_hand(self) -> Step | None:
        """The step the marker stands on."""
        row = self.rows.choice
        return next((one for one in self.held if row and one.id == row.id), None)

    @property
    def note_in_hand(self) -> PoolNote | None:
        """The wondering the marker stands on."""
        row = self.rows.choice
        found = self.table.wonderings if self.wondering else ()
        return next((one for one in found if row and one.note.id == row.id), None)

    def _show_list(self, mark: str = "") -> None:
        chosen = steps.for_staff(self.desk)
        if self.wondering:
            head = f"Wonderings · {len(chosen)} chosen for the staff (Space)"
            rows = [
                Choice(
                    one.note.id,
                    one.words[:WORDS_LOOKED_AT],
                    side="for the staff ●" if one.note.id in chosen else "",
                )
                for one in self.table.wonderings
            ] or [heading("No wonderings yet.")]
        else:
            head = f"Next steps · {len(self.held)} · wonderings for the staff: {len(chosen)} (w)"
            rows = [self._step_row(one) for one in self.held] or [
                heading("No next step yet. n writes the first one.")
            ]
        self.query_one("#head", Static).update(Content(one_line(head)))
        self.rows.show(rows, mark=mark)
        self._show_full()
        self.refresh_bindings()

    def _step_row(self, step: Step) -> Choice:
        when = short_date(step.by_when, self.desk.today()) if step.by_when else "no date"
        if step.status != "open":
            when = f"✓ {when}"
        side = f"{step.level} · {step.design}" if step.design else step.level
        return Choice(step.id, step.what[:WORDS_LOOKED_AT], label=when, side=side)

    def _show_full(self) -> None:
        width = max(20, self.app.size.width - 2)
        step, note = self.in_hand, self.note_in_hand
        lines: list[str] = []
        told: list[str] = []
        if note:
            lines = wrap(note.words, width)
        elif step:
            lines, told = wrap(step.what, width), about_step(step, self.bases)
        room = max(1, self.room() - len(told))
        if len(lines) > room:
            lines = [*lines[: room - 1], "… Enter reads all"]
        shown = "\n".join(one_line(one, width) for one in told)
        self.query_one("#full", Static).update(
            Content.assemble("\n".join(lines), ("\n" + shown, "$text-muted"))
        )

    @on(ChoiceList.Moved)
    def _moved(self) -> None:
        self._show_full()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A key works where there is something for it."""
        allowed = super().check_action(action, parameters)
        if not allowed:
            return allowed
        if action in STEP_ONLY:
            return not self.wondering and bool(self.held)
        if action == "choose":
            return self.wondering
        if action == "reopen":
            return self.closing is not None
        return not (action == "call_off" and self.closing is not None)

    # Keys: steps

    def _do(self, act: Callable[[], Any], words: str) -> None:
        with self.told():
            act()
            self.reload()
            self.say_saved(words)

    def action_add(self) -> None:
        """Write a new next step."""
        if self.wondering:
            self.action_wonderings()
        blank = Step(id=self.desk.new_id(), walk=self.desk.walk_id, what="", rests_on=self._basis())

        def save(values: Values) -> str:
            step = steps.add(self.desk, values[0], **kept(values))
            self.at = step.id
            return door.not_printed(self.desk, step) or "Next step added"

        self.ask("A new next step", step_fields(self.bases, blank), save, place="step:new")

    def _basis(self) -> str:
        need = (one.trend for one in self.table.themes if one.trend)
        return next((one.id for one in need if one.polarity == "need"), "inquiry")

    def action_edit(self) -> None:
        """Change the step in hand."""
        step = self.in_hand
        if step is None:
            return

        def save(values: Values) -> str:
            changed = steps.change(self.desk, step, what=values[0], **kept(values))
            self.at = step.id
            return door.not_printed(self.desk, changed) or "Next step changed"

        self.ask("This next step", step_fields(self.bases, step), save, place=f"step:{step.id}")

    @on(ChoiceList.Chosen)
    def _chosen(self) -> None:
        note = self.note_in_hand
        if note:
            self.app.push_screen(ReadDialog("Wondering", note.words))
        else:
            self.action_edit()

    def action_agree(self) -> None:
        """Turn the step in hand through: not the hosts', proposed, agreed."""
        step = self.in_hand
        if step:
            with self.told():
                changed = steps.agree(self.desk, step)
                self.reload()
                self.say_saved(dict(DESIGNS)[changed.design].capitalize())

    def action_finish(self) -> None:
        """The step in hand is done; a done one is open again."""
        step = self.in_hand
        if step is None:
            return
        if step.status != "open":
            self._do(lambda: steps.not_done(self.desk, step), "Open again")
            return

        def save(values: Values) -> str:
            steps.done(self.desk, step, values[0])
            return "Step done"

        self.ask(
            "Done: what was learned?",
            [Ask("", step.learned, "what was tried, what it showed; may stay empty")],
            save,
            place=f"learned:{step.id}",
            note=one_line(step.what, 120),
        )

    def action_withdraw(self) -> None:
        """Take the step in hand back."""
        step = self.in_hand
        if step:
            self._do(lambda: steps.withdraw(self.desk, step), "Step taken back, u brings it again")

    # Keys: wonderings for the staff

    def action_wonderings(self) -> None:
        """Show the wonderings; from there, the steps."""
        self.wondering = not self.wondering
        self._show_list()
        self.rows.action_edge(-1)

    def step_back(self) -> bool:
        """From the wonderings to the steps."""
        if self.wondering:
            self.action_wonderings()
            return True
        return False

    def action_choose(self) -> None:
        """The staff summary holds the wondering in hand, or no longer."""
        note = self.note_in_hand
        if note is None:
            return
        if note.note.speech and note.note.id not in steps.for_staff(self.desk):
            self.app.push_screen(
                KeyDialog(
                    "Would colleagues know who said this?",
                    (("n", "no, use it"), ("y", "yes, leave it out")),
                    note.words,
                ),
                lambda answer: self._choose(note) if answer == "n" else None,
            )
            return
        self._choose(note)

    def _choose(self, note: PoolNote) -> None:
        with self.told():
            chosen = steps.choose_for_staff(self.desk, note.note)
            self.reload()
            self.say_saved("Chosen for the staff" if chosen else "No longer for the staff")

    # Keys: how the walk ends

    def action_close_walk(self) -> None:
        """Close the walk, with a reason where something is missing."""
        missing = steps.missing_to_close(self.desk)
        old = self.closing or Closing(id="", walk="")
        asks = [Ask("Why without it; the reason is printed", old.reason)] if missing else []
        asks += [
            Ask("Next look", old.next_look, "when, or after what; may stay empty", one_row=True),
            Ask("Contact", old.contact, "whom teachers can ask, and where", one_row=True),
        ]

        def save(values: Values) -> str:
            *reason, next_look, contact = values
            steps.close(self.desk, reason="".join(reason), next_look=next_look, contact=contact)
            return "Walk closed"

        note = "Missing: " + "; ".join(missing) + "." if missing else ""
        chosen = len(steps.for_staff(self.desk))
        told = f"Wonderings chosen for the staff: {chosen}. Esc and w choose some."
        self.ask("Close the walk", asks, save, place="closing", note=f"{note} {told}".strip())

    def action_call_off(self) -> None:
        """The walk did not take place."""

        def save(values: Values) -> str:
            steps.call_off(self.desk, values[0])
            return "Walk called off"

        self.ask(
            "Call the walk off?",
            [Ask("Reason, printed; may stay empty", "")],
            save,
            place="call off",
            note="Enter: it did not take place. Esc: it does.",
        )

    def action_reopen(self) -> None:
        """Open a closed walk again."""
        self._do(lambda: steps.reopen(self.desk), "The walk is open again")
