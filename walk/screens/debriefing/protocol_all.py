"""All steps of the debrief: beginning, who is at the table, the clock, going and minutes."""

from __future__ import annotations

from collections.abc import Callable

from walk import protocol as pure
from walk.errors import Refused
from walk.model import Theme
from walk.routine.debriefing import protocol
from walk.routine.debriefing.protocol import ALL, Standing
from walk.routine.desk import Desk
from walk.screens.ask import Ask, Values
from walk.screens.dialogs import KeyDialog
from walk.screens.team import KeyedList, TeamScreen

AT_TABLE = "Are host teachers at the table?"


class AllSteps(TeamScreen):
    """What the protocol screen does with the steps as a whole."""

    def __init__(self, desk: Desk, at: str = "", say: str = "") -> None:
        """`at` is a step, or all of them."""
        super().__init__(desk, at, say)
        self.view = ALL
        """A step's id, or all steps."""
        self.now: Standing | None = None

    @property
    def rows(self) -> KeyedList:
        """The list of steps, lines or wonderings."""
        return self.query_one("#list", KeyedList)

    # Going

    def action_without(self) -> None:
        """Group without the steps."""
        self.go("debrief")

    def action_read_here(self) -> None:
        """Read in silence on this laptop, without a clock."""
        self.go("silent_read")

    def _begin(self, step: str) -> None:
        """Ask who is at the table, then begin."""

        def answered(key: str | None) -> None:
            if key == "n":
                self._go(lambda: protocol.begin(self.desk, step, hosts=False))
            elif key == "y":
                self._ask_hosts(step)

        labels = protocol.hosts_on_roster(self.desk)
        words = f"On the roster as host teachers: {', '.join(labels)}." if labels else ""
        question = (("n", "no"), ("y", "yes"))
        self.app.push_screen(KeyDialog(AT_TABLE, question, words), answered)

    def _ask_hosts(self, step: str) -> None:
        def answered(key: str | None) -> None:
            if key == "t":
                self._go(lambda: protocol.begin(self.desk, hosts=True))
            elif key == "a":
                self._go(lambda: protocol.begin(self.desk, step, hosts=True, agreed_otherwise=True))

        words = "Notes from their own classrooms are on the table before that."
        if not self.desk.store.all(Theme, self.desk.walk_id):
            words += (
                " No theme is made yet: the team can group first, and the host teachers come in "
                "at the trends."
            )
        choices = (("t", "begin at the trends"), ("a", "they agreed to be there from the start"))
        self.app.push_screen(
            KeyDialog("With host teachers: begin at the trends?", choices, words), answered
        )

    def _go(self, act: Callable[[], protocol.Place]) -> None:
        with self.told():
            self.go_to(act())

    def action_hosts(self) -> None:
        """Say whether host teachers are at the table now."""

        def answered(key: str | None) -> None:
            if key is None:
                return
            with self.told():
                protocol.tell_hosts(self.desk, present=key != "n", agreed_otherwise=key == "a")
                self.reload()
                self.say_saved({"n": "No host teachers at the table"}.get(key, "Kept"))
                if key == "t":
                    self._go(lambda: protocol.go_to(self.desk, "trends"))

        choices = (
            ("n", "no"),
            ("t", "yes: on to the trends"),
            ("a", "yes, and they agreed to be there for all of it"),
        )
        self.app.push_screen(KeyDialog(AT_TABLE, choices), answered)

    def action_clock(self) -> None:
        """Stop the clock for a break, or let it go on."""
        with self.told():
            goes = protocol.turn_clock(self.desk)
            self.reload()
            self.say_saved("The clock goes on" if goes else "The clock stands; p lets it go on")

    def action_undo(self) -> None:
        """Take the last act back; where that was going on, go where the debrief stands then."""
        before = self.now.step if self.now else ""
        super().action_undo()
        self._follow(before)

    def action_redo(self) -> None:
        """Do it again, and go where it leads."""
        before = self.now.step if self.now else ""
        super().action_redo()
        self._follow(before)

    def _follow(self, before: str) -> None:
        now = self.now
        if now is None or self.view == ALL or now.step == before:
            return
        self.go_to(protocol.place(now.step) if now.step else protocol.Place("protocol", ALL))

    # Minutes

    def action_minutes(self) -> None:
        """Give the marked step other minutes."""
        row, now = self.rows.choice, self.now
        if row is None or now is None:
            return
        one = pure.step(row.id)

        def save(values: Values) -> str:
            if not values[0].strip():
                return f"As before: {now.minutes[one.id]} min"
            protocol.set_minutes(self.desk, one.id, _number(values[0]))
            return f"{one.title}: {values[0]} min"

        ask = [_ask_minutes(now.minutes[one.id])]
        self.ask(one.title, ask, save, place=f"minutes:{one.id}", note=_note(one))

    def action_total(self) -> None:
        """Plan the whole for other minutes; what is shortened then is shown."""
        now = self.now
        if now is None:
            return

        def save(values: Values) -> str:
            if not values[0].strip():
                return f"As before: {now.total} min"
            protocol.set_total(self.desk, _number(values[0]))
            return f"Planned for {values[0]} min"

        self.ask(
            "How long is the debrief in all?",
            [_ask_minutes(now.total)],
            save,
            place="minutes:all",
            note=(
                f"At {pure.TOTAL} min no step is shortened. Silent read and describe never are. "
                "Steps whose minutes were set one by one follow the whole again."
            ),
        )


def _ask_minutes(now: int) -> Ask:
    """An empty line: in one that held the minutes, another number would be typed behind them."""
    return Ask("Minutes", "", f"{now} now; type other minutes", one_row=True)


def _number(words: str) -> int:
    if not (words.strip().isascii() and words.strip().isdigit()) or len(words.strip()) > 4:
        raise Refused("This is not a number of minutes.", "Give whole minutes, such as 10.")
    return int(words)


def _note(one: pure.ProtocolStep) -> str:
    if one.optional:
        return f"Usually {one.minutes} min; 0 leaves it out."
    return f"Usually {one.minutes} min."
