"""Board: the timekeeper's clock, read down a hallway, which takes the day as it comes."""

from __future__ import annotations

import sys
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.events import Key, Resize, ScreenResume
from textual.geometry import Offset
from textual.widgets import Static

from walk.clock import Moment, elapsed_ms
from walk.routine.following import steps
from walk.routine.timekeeping import board
from walk.routine.timekeeping.board import BoardView
from walk.screens.timekeeping import board_words as words
from walk.screens.timekeeping.board_acts import BoardActs
from walk.screens.timekeeping.board_keys import ACTION_OF, ACTIONS, WHY_NOT, board_bindings
from walk.widgets.big_digits import BigDigits, block_for
from walk.widgets.menu_line import MenuLine

FLASH, BELL = "board flash", "board bell"
"""Local settings, both off unless somebody turned them on."""
FLASH_MS = 1_500
"""The least time between two turns of a flash."""
RUNG = ("two minutes", "time")
FLASHED = ("two minutes", "time", "over")
BARRED = ("time", "over")
"""Stages that ring as they begin, that flash, and that stand between bars."""
CLOSED = "This walk is closed; what stands here is of its day"


class BoardScreen(BoardActs):
    """One team's clock in large digits, what comes next, and who goes where."""

    CSS_PATH = "board.tcss"
    name_in_app = "board"
    HELP_WORDS = (
        "The board keeps one team's time. Space starts the clock and goes on to what comes next; "
        "the digits are the minutes left, and + before them the minutes over. Whatever happens "
        "is entered when it is known, and the rest of the plan moves with it: bells and windows "
        "hold, and the silent write is cut last. What moves the end shows the new end first, and "
        "u takes it back. Laptops do not talk: other teams stand here as planned. A line marked "
        "▲ is to be said aloud; their timekeeper enters it with o, as also how late a team says it "
        "is. On another day than the planned one the plan is read as of the day on which the clock "
        "was started; n puts a rehearsal away. The stops so far are kept for this team's timing "
        "only; nothing here is about a teacher."
    )
    BINDINGS: ClassVar[list[BindingType]] = board_bindings()

    shown: tuple[object, ...] = ()
    """What is drawn, so that the same again draws nothing."""
    turned_at: Moment | None = None
    """When the flash turned last."""

    def work(self) -> ComposeResult:
        """The cue, the digits, the rows beneath them, and the line for a question."""
        yield Static(id="board-cue", markup=False)
        yield BigDigits(block_for(getattr(sys.__stderr__, "encoding", None)), id="board-digits")
        yield Static(id="board-rows", markup=False)
        yield MenuLine()

    # Reading and drawing

    def reload(self) -> None:
        """Read the board anew. An open question is asked anew, as what it brings may differ."""
        if self.view is None and steps.closing(self.desk) is not None:
            self.say(CLOSED)
        teams = board.teams(self.desk)
        self.at = self.at if self.at in teams else board.my_team(self.desk)
        self.view = board.view(self.desk, self.at)
        self.draw()
        self.pose_again()
        self.refresh_bindings()

    def tick(self) -> None:
        """What the time moves: digits and stage, and with the minutes the rest."""
        before = self.view
        if before is None:
            return
        with self.told():
            now = self.view = board.view(self.desk, self.at)
            if now != before:
                self.draw()
                self._ring(before, now)
            if now.ends != before.ends:
                self.pose_again()
            if now.can != before.can:
                self.refresh_bindings()
            self._flash()

    def draw(self) -> None:
        """Draw what has changed."""
        view = self.view
        if view is None:
            return
        width, height = self.size
        self.title_line.left, self.title_line.right = words.title(view, width)
        digits = self.query_one(BigDigits)
        digits.figures, digits.bars = view.digits, view.stage in BARRED
        cue = words.cue(view, width)
        # A question has the row of the state, and may take one more.
        rows, loud = words.beneath(
            view, width, height, self.preview, taken=int(self.question is not None)
        )
        if (cue, rows, loud) != self.shown:
            self.shown = (cue, rows, loud)
            self.query_one("#board-cue", Static).update(Content(cue))
            said: list[str | tuple[str, str]] = ["\n".join(rows)]
            said += [("\n" if rows and loud else "", ""), ("\n".join(loud), "bold reverse")]
            self.query_one("#board-rows", Static).update(Content.assemble(*said))
        self.call_after_refresh(self._place_cursor)

    def _place_cursor(self) -> None:
        """Put the terminal cursor on the open question, else on the rows beneath the digits."""
        if self.is_current:
            asked = self.question is not None
            part = self.menu_line if asked else self.query_one("#board-rows", Static)
            self.app.cursor_position = part.content_region.offset + Offset(int(asked), 0)

    @on(Resize)
    def _fit(self) -> None:
        self.draw()

    @on(ScreenResume)
    def _time_went_on(self) -> None:
        self.tick()  # while a dialog stood over it
        self.call_after_refresh(self._place_cursor)

    # Which keys do something

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what makes sense now, and name the rest in the help only.

        An open question takes every key but the one for help.
        """
        if action in ACTIONS and (self.asking is not None or not self._makes_sense(action)):
            return None
        return super().check_action(action, parameters)

    def _makes_sense(self, action: str) -> bool:
        view = self.view
        if view is None:
            return action not in WHY_NOT
        if action == "team":
            return len(view.teams) > 1
        if action == "done":
            return bool(view.log)
        if action == "hold":
            return "hold" in view.can or "go_on" in view.can
        return action in view.can or action not in WHY_NOT

    def on_key(self, event: Key) -> None:
        """Say why a key does nothing now, rather than leave somebody to wonder."""
        action = ACTION_OF.get(event.key, "")
        if self.asking is None and action in WHY_NOT and not self._makes_sense(action):
            event.stop()
            self.say(WHY_NOT[action])

    # Cues

    def _ring(self, before: BoardView, now: BoardView) -> None:
        """Ring once as two minutes and time begin, where somebody chose that."""
        if now.stage in RUNG and now.stage != before.stage and self._chosen(BELL):
            self.app.bell()

    def _flash(self) -> None:
        """Turn the digits dark on light and back, slowly, where somebody chose that."""
        digits = self.query_one(BigDigits)
        if self.view is None or self.view.stage not in FLASHED or not self._chosen(FLASH):
            digits.turned, self.turned_at = False, None
            return
        now = self.desk.now()
        if self.turned_at is None or elapsed_ms(self.turned_at, now) >= FLASH_MS:
            digits.turned, self.turned_at = not digits.turned, now

    def _chosen(self, setting: str) -> bool:
        return bool(self.desk.store.setting(setting, False))

    def _turn(self, setting: str, what: str) -> None:
        with self.told():
            on = not self._chosen(setting)
            self.desk.store.set(setting, on)
            self.say(f"{what} at two minutes and at time: {'on' if on else 'off'}")
            self._flash()

    def action_flash(self) -> None:
        """Slow flash on or off."""
        self._turn(FLASH, "Slow flash")

    def action_bell(self) -> None:
        """Bell on or off."""
        self._turn(BELL, "Bell")
