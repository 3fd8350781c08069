"""The protocol: the steps of the debrief with their minutes, and those that need no screen else."""

from __future__ import annotations

from typing import ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from walk import protocol as pure
from walk.errors import WalkError
from walk.model import Said, SaidIn, Trend
from walk.routine.debriefing import debrief, protocol, said
from walk.routine.debriefing.debrief import Table
from walk.routine.debriefing.protocol import ALL, Standing
from walk.routine.debriefing.silent_read import ALOUD
from walk.routine.desk import Desk
from walk.screens.ask import Ask, Values
from walk.screens.debriefing.protocol_all import AllSteps
from walk.screens.debriefing.protocol_keys import KEYS, NEEDS_BEGUN, ON_ALL, ON_LINES
from walk.screens.debriefing.protocol_line import LinesList, SaidField
from walk.screens.debriefing.protocol_rows import (
    about_all,
    about_step,
    hanging,
    said_rows,
    step_rows,
    wondering_rows,
)
from walk.screens.dialogs import ReadDialog
from walk.screens.team import LAST_KEYS, LOW
from walk.text import one_line, wrap
from walk.widgets.choice_list import Choice, ChoiceList, heading
from walk.widgets.prose import prose_width

SAID_AT = ("predict", "describe")
"""The steps at which lines are typed."""


class ProtocolScreen(AllSteps):
    """All steps, or one of them: its prompts, and what is typed or read at it."""

    CSS_PATH = "protocol.tcss"
    full_rows = (2, 5, 8)
    name_in_app = "protocol"
    stage = protocol.STAGE
    heading = "Debrief"
    HELP_WORDS = (
        "The debrief in eight steps: description before trends, trends before next steps. Each "
        "step has its minutes; the title line tells how many have gone. Nothing goes on by "
        "itself: f goes on when the team is ready, b goes back, 0 shows all steps. Each step "
        "shows what the facilitator reads aloud.\n"
        "In the go-round one person types what the team wants to keep. Where a line explains, "
        "the screen asks what was seen or heard; the line is kept either way.\n"
        "With host teachers at the table the debrief is offered from the trends on, unless they "
        "agreed otherwise. Nobody has to follow the steps: d groups without them."
    )
    BINDINGS: ClassVar[list[BindingType]] = [*KEYS, *LAST_KEYS]

    def __init__(self, desk: Desk, at: str = "", say: str = "") -> None:
        """`at` is a step, or all of them; where nothing is given, the step that is on."""
        super().__init__(desk, at, say)
        self.lines: list[Said] = []
        self.table: Table | None = None
        self._first = True

    @property
    def shown_step(self) -> str:
        """The step that is shown; empty where all are."""
        return "" if self.view == ALL else self.view

    @property
    def typing(self) -> bool:
        """Lines are typed at the step that is shown."""
        return self.view in SAID_AT

    def body(self) -> ComposeResult:
        """Prompts, the list, and the line."""
        yield Static(id="told")
        yield LinesList(id="list", lines_most=2)
        yield Static(id="stop")
        yield SaidField(
            self._say_line,
            self._keep_line,
            hint="Type one line; Enter keeps it. Esc, then f goes on",
            id="line",
        )
        yield Static(id="full")

    @property
    def rows(self) -> LinesList:
        """The steps, the lines or the wonderings."""
        return self.query_one("#list", LinesList)

    @property
    def line(self) -> SaidField:
        """Where a line is typed."""
        return self.query_one("#line", SaidField)

    # Reading

    def read(self) -> None:
        """Where the debrief stands, and what the step holds."""
        self.now = now = protocol.standing(self.desk)
        if self._first:
            on_now = now.step if now.under_way else ALL
            shown = self.at if self.at in (ALL, *pure.IDS) else on_now
            self.view = shown if protocol.SCREENS.get(shown, "protocol") == "protocol" else ALL
        self.set_class(self.app.size.height < LOW, "-low")
        self._show_told(now)
        self.rows.begins = self.view == ALL and not now.begun
        self._show_rows(now)
        self._show_full()
        self.line.display = self.query_one("#stop").display = self.typing
        if self._first:
            self._first = False
            self._begin_line()

    def _begin_line(self) -> None:
        if not self.typing:
            return
        draft = self.desk.draft(self._place)
        if draft:
            self.line.take_up(draft.text)
            self.say("What you were typing lies in the line; Enter keeps it")
        self.set_focus(self.line)

    def _show_told(self, now: Standing) -> None:
        width = prose_width(self.app.size.width)
        if self.view == ALL:
            words = about_all(now)
            bold: list[str] = []
        else:
            first, *words = about_step(self.view, now.minutes[self.view])
            bold = [first]
        lines = [line for one in words for line in hanging(one, width)]
        told = self.query_one("#told", Static)
        told.update(Content.assemble(*((f"{one}\n", "bold") for one in bold), "\n".join(lines)))

    def _show_rows(self, now: Standing) -> None:
        mark = ""
        if self.view == ALL:
            rows, mark = step_rows(now, self.desk.now()), now.step if self._first else ""
        elif self.typing:
            self.lines = said.lines(self.desk, cast(SaidIn, self.view))
            rows = said_rows(self.lines, self.view)
        elif self.view == "wonderings":
            self.table = debrief.table(self.desk)
            rows = wondering_rows(self.table, prose_width(self.app.size.width, 4))
        else:
            rows = [heading("f goes on when the team is ready.")]
        self.rows.show(rows, mark=mark)

    def _show_full(self) -> None:
        width = prose_width(self.app.size.width)
        row = self.rows.choice
        if row is not None and self.view == ALL and self.now is not None:
            _, *prompts = about_step(row.id, self.now.minutes[row.id])
            lines = [line for one in prompts for line in hanging(one, width)]
        else:
            lines = wrap(self._words_of(row), width) if row else []
        room = self.room()
        if len(lines) > room:
            more = " …" if self.view == ALL else " … Enter reads all"
            lines = [*lines[: room - 1], one_line(lines[room - 1], width - 18) + more]
        full = self.query_one("#full", Static)
        full.display = self.view in (ALL, "wonderings")
        full.update(Content("\n".join(lines)))

    def _words_of(self, row: Choice) -> str:
        """What a row stands for, in full."""
        if self.typing:
            return next((one.text for one in self.lines if one.id == row.id), "")
        if self.table is not None and row.id.startswith("note "):
            found = self.table.notes.get(row.id.rpartition(" ")[2])
            return found[1] if found else ""
        return row.words

    def tick(self) -> None:
        """The minutes in the title, and in the row of the step that is on."""
        super().tick()
        if self.view == ALL and self.now is not None and self._open:
            rows = step_rows(self.now, self.desk.now())
            if tuple(rows) != self.rows.choices:
                self.rows.show(rows)

    @on(ChoiceList.Moved)
    def _moved(self) -> None:
        self._show_full()

    def on_descendant_focus(self) -> None:
        """Other keys work in the line than in the list."""
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A key works where there is something for it."""
        allowed = super().check_action(action, parameters)
        if not allowed:
            return allowed
        now = self.now
        if action in ON_ALL:
            return self.view == ALL and (action != "clock" or bool(now and now.begun))
        if action in ON_LINES:
            return self.typing and (action == "line" or bool(self.lines))
        if action in NEEDS_BEGUN:
            on_all = action == "step_on" and now is not None and now.under_way
            return self.view != ALL or on_all
        if action in ("to_know", "marked"):
            return self.view == ("wonderings" if action == "to_know" else "describe")
        return action != "step_all" or self.view != ALL

    # Going

    def action_step_on(self) -> None:
        """On from the step that is shown; from all steps to the one that is on."""
        with self.told():
            if self.view != ALL:
                self.go_to(protocol.go_on(self.desk, self.view))
            elif self.now is not None:
                self.go_to(protocol.place(self.now.step))

    def action_step_back(self) -> None:
        """Back from the step that is shown."""
        if self.view != ALL:
            super().action_step_back()

    @on(ChoiceList.Chosen)
    def _chosen(self, message: ChoiceList.Chosen) -> None:
        row = message.choice
        if self.view == ALL:
            now = self.now
            if now is not None and now.begun:
                self._go(lambda: protocol.go_to(self.desk, row.id))
            else:
                self._begin(row.id)
        elif self.typing:
            self.action_reword()
        elif row.id.startswith("know "):
            self.action_to_know()
        else:
            self.app.push_screen(ReadDialog("Wondering", self._words_of(row)))

    # Lines

    @property
    def _place(self) -> str:
        return f"said:{self.view}:{self.desk.walk_id}"

    def _say_line(self, words: str) -> bool:
        if not self.typing:
            return False  # a key that came after the screen had gone on: the words stay
        done = False
        with self.told():
            line = said.say(self.desk, cast(SaidIn, self.view), words, draft_done=self._place)
            self.reload()
            self.rows.action_edge(1)
            self.say_saved()
            # Looking for names takes a while the first time; the line is shown before.
            self.call_after_refresh(self._point_out, line)
            done = True
        return done

    def _point_out(self, line: Said) -> None:
        with self.told():
            stays = said.stays_here(self.desk, line)
            if stays:
                self.say(stays)

    def _keep_line(self, words: str, _extra: str) -> bool:
        if not self.typing:
            return False
        try:
            self.desk.keep_draft(self._place, words)
        except WalkError as error:
            if self.is_current:
                self.complain(f"{error} What you typed stands here still.")
            return False
        return True

    def on_answer_edited(self) -> None:
        """One line of advice while it is typed; it stops nothing."""
        line = pure.stop_words(self.line.words) if self.view == "describe" else ""
        self.query_one("#stop", Static).update(Content(line))

    def action_line(self) -> None:
        """To the line."""
        self.set_focus(self.line)

    def _line_in_hand(self) -> Said | None:
        row = self.rows.choice
        return next((one for one in self.lines if row and one.id == row.id), None)

    def action_reword(self) -> None:
        """Word the line in hand anew."""
        line = self._line_in_hand()
        if line is None:
            return

        def save(values: Values) -> str:
            said.say_otherwise(self.desk, line, values[0])
            return said.stays_here(self.desk, line) or "Line reworded"

        self.ask(
            "What was said",
            [Ask("", line.text, advise=_stops if self.view == "describe" else None)],
            save,
            place=f"said:{self.view}:{line.id}",
        )

    def action_take_out(self) -> None:
        """Take the line in hand out."""
        line = self._line_in_hand()
        if line is not None:
            with self.told():
                said.unsay(self.desk, line)
                self.reload()
                self.say_saved("Line taken out, u brings it back")

    def action_marked(self) -> None:
        """The notes that were marked here in the silent read, to say them aloud."""
        self.go("silent_read", ALOUD)

    # Wonderings

    def action_to_know(self) -> None:
        """What it would take to know, at the trend whose rows the marker stands in."""
        trend = self._trend_in_hand()
        if trend is None:
            self.say("State the theme as a trend first: what to know is written with it.")
            return

        def save(values: Values) -> str:
            return said.tell_to_know(self.desk, trend.id, values[0]) or "Kept with the trend"

        self.ask(
            "What would it take to know?",
            [Ask("", trend.to_know, "What would we need to see or ask?")],
            save,
            place=f"to_know:{trend.id}",
            note=one_line(trend.statement, 200),
        )

    def _trend_in_hand(self) -> Trend | None:
        row, table = self.rows.choice, self.table
        if row is None or table is None:
            return None
        _, one, *_rest = row.id.split(" ")
        for view in table.themes:
            if view.trend is not None and one in (view.trend.id, view.theme.id):
                return view.trend
        return None


def _stops(text: str) -> list[tuple[bool, str, str]]:
    line = pure.stop_words(text)
    return [(False, "describe", line)] if line else []
