"""What a timekeeper enters on the board; what moves the end shows the new end first."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from walk.model import LoggedReason
from walk.routine.desk import Place
from walk.routine.timekeeping import board
from walk.routine.timekeeping.board import BoardView, Preview
from walk.screens.over import open_over
from walk.screens.pick import PickScreen
from walk.screens.timekeeping import board_words as words
from walk.screens.timekeeping.board_asks import YES, Asking, AskingScreen
from walk.text import team_called
from walk.widgets.asking import Question
from walk.widgets.choice_list import Choice, heading

REASONS: dict[str, LoggedReason] = {YES: "", "1": "late", "2": "bell", "3": "room in use"}
MINUTES = "123456789"
LATE, LATE_FIRST = "late", 5
"""The row for a team that is late, and the minutes that are asked about first."""
MOST_MINUTES = 60
"""More than this at once is a slip of the hand."""


class BoardActs(AskingScreen):
    """The acts of a board; what it shows is the subclass's affair."""

    stage = board.STAGE
    view: BoardView | None = None

    @property
    def team(self) -> str:
        """The team whose board this is."""
        return self.view.team if self.view else self.at

    def _done(self, said: str) -> None:
        """Show what an act changed, and say it."""
        self.reload()
        self.say_saved(said)

    def _do(self, act: Callable[[], str]) -> None:
        """Act at once."""
        with self.told():
            self._done(act())

    def _propose(self, do: str, act: Callable[[], str], **args: object) -> None:
        """Show what an act would bring; Enter does it."""
        with self.told():

            def make() -> tuple[Question, Preview]:
                now = board.preview(self.desk, self.at, do, **args)
                return Question(do, ((YES, "yes"),), ask=words.proposed(now)), now

            def answer(_key: str) -> None:
                self._do(act)

            self._pose_if(board.preview(self.desk, self.at, do, **args), Asking(make, answer))

    def _pose_if(self, first: Preview, asking: Asking) -> None:
        """Ask, or say why it cannot be."""
        if first.allowed:
            self.pose(asking)
        else:
            self.say(first.words)

    def _pick(
        self,
        title: str,
        read: Callable[[], Iterable[Choice]],
        then: Callable[[str], None],
        note: str = "",
    ) -> None:
        """A list over the board; what is picked there goes on here."""

        def picked(id: str | None) -> None:
            self.tick()
            if id is not None:
                with self.told():
                    then(id)

        with self.told():
            open_over(self, PickScreen(title, tuple(read()), note=note), picked)

    # The clock

    def action_next(self) -> None:
        """Start the clock, or go on to what comes next."""
        self._do(lambda: board.next_phase(self.desk, self.at))

    def action_hold(self) -> None:
        """Hold the clock, or let it go on."""
        held = self.view is not None and self.view.held
        self._do(lambda: (board.go_on if held else board.hold)(self.desk, self.at))

    def action_adjust(self, by: int) -> None:
        """More or fewer minutes: + and - count on until Enter."""
        with self.told():
            self.pose(self._adjusting(by))

    def _adjusting(self, minutes: int) -> Asking:
        def make() -> tuple[Question, Preview]:
            now = board.preview(self.desk, self.at, "adjust", minutes=minutes)
            yes = ((YES, "yes"),) if minutes and now.allowed else ()
            choices = (*yes, ("+", "more"), ("-", "less"))
            return Question("adjust", choices, ask=words.proposed(now)), now

        def answer(key: str) -> Asking | None:
            if key == YES:
                self._do(lambda: board.adjust(self.desk, minutes, self.at))
                return None
            by = 1 if key == "+" else -1
            return self._adjusting(max(-MOST_MINUTES, min(MOST_MINUTES, minutes + by)))

        return Asking(make, answer)

    def action_earlier(self) -> None:
        """The phase began some minutes before the key was pressed; each digit shows its end."""

        def make() -> tuple[Question, Preview]:
            found = {key: self._earlier(int(key)) for key in MINUTES}
            can = [(key, now.ends) for key, now in found.items() if now.allowed]
            one = (YES, f"1 {found['1'].ends}".rstrip())
            ask = "Began how many min earlier?" + (" (new end)" if found["1"].ends else "")
            return Question("earlier", (one, *can[1:]), ask=ask, digits="1"), found["1"]

        def answer(key: str) -> None:
            minutes = 1 if key == YES else int(key)
            self._do(lambda: board.earlier(self.desk, minutes, self.at))

        with self.told():
            self._pose_if(self._earlier(1), Asking(make, answer))

    def _earlier(self, minutes: int) -> Preview:
        return board.preview(self.desk, self.at, "earlier", minutes=minutes)

    # The visits to come

    def action_skip(self) -> None:
        """Leave the present or next visit out; a reason may be given."""

        def make() -> tuple[Question, Preview]:
            now = board.preview(self.desk, self.at, "skip")
            reasons = [(key, why or "no reason") for key, why in REASONS.items()]
            return Question("skip", tuple(reasons), ask=words.proposed(now)), now

        def answer(key: str) -> None:
            self._do(lambda: board.skip(self.desk, "", REASONS[key], self.at))

        with self.told():
            self._pose_if(board.preview(self.desk, self.at, "skip"), Asking(make, answer))

    def action_withdraw(self) -> None:
        """A teacher takes a visit back; nobody asks why."""

        def read() -> list[Choice]:
            view = self.view
            here = [view.visit] if view and view.phase == "visit" else []
            return [*(Choice(code, f"{code}, where you are") for code in here), *self._coming()]

        def then(visit: str) -> None:
            def act() -> str:
                return board.withdraw(self.desk, visit, self.at)

            self._propose("withdraw", act, visit=visit)

        self._pick("Withdraw which visit?", read, then, "No reason is asked or kept.")

    def action_swap(self) -> None:
        """Exchange two coming visits."""

        def then(first: str) -> None:
            self._pick(f"Swap {first} with", lambda: others(first), lambda one: swap(first, one))

        def others(first: str) -> list[Choice]:
            return [row for row in self._coming() if row.id != first]

        def swap(visit: str, other: str) -> None:
            def act() -> str:
                return board.swap(self.desk, visit, other, self.at)

            self._propose("swap", act, visit=visit, other=other)

        with self.told():
            coming = board.coming(self.desk, self.at)
            if len(coming) == 2:
                swap(*coming)
            else:
                self._pick("Swap which visit?", self._coming, then)

    def action_insert(self) -> None:
        """Put a visit in."""

        def read() -> list[Choice]:
            found = board.choices(self.desk, self.at)
            can = [Choice(one.visit, one.words) for one in found if one.allowed]
            return [*can, *(heading(one.words) for one in found if not one.allowed)]

        def then(visit: str) -> None:
            def act() -> str:
                return board.insert(self.desk, visit, self.at)

            self._propose("insert", act, visit=visit)

        self._pick("Put which visit in?", read, then)

    def action_end(self) -> None:
        """Go to the debrief now."""
        self._propose("end_early", lambda: board.end_early(self.desk, self.at))

    def _coming(self) -> list[Choice]:
        return [Choice(code, code) for code in board.coming(self.desk, self.at)]

    # Being late, and what others say

    def action_shorten(self) -> None:
        """Ways to make up time, each with its end; what is picked is done."""

        def read() -> list[Choice]:
            return [Choice(one.id, one.words) for one in board.offers(self.desk, self.at)]

        def then(offer: str) -> None:
            self._do(lambda: board.accept(self.desk, offer, self.at))

        self._pick(
            "Make up time", read, then, f"Now it {words.ends(self.view)}." if self.view else ""
        )

    def action_told(self) -> None:
        """What another team says aloud; where it can mean one thing only, that is done."""

        def read() -> list[Choice]:
            return [Choice(team, team_called(team)) for team in others]

        with self.told():
            others = [team for team in board.teams(self.desk) if team != self.team]
            if len(others) == 1:
                self._told_by(others[0])
            else:
                self._pick("Which team says it?", read, self._told_by)

    def _told_by(self, other: str) -> None:
        ways = board.ways_out(self.desk, self.at, other)

        late = board.told_late_min(self.desk, other)

        def read() -> list[Choice]:
            first = (
                [] if late is None else [Choice(LATE, f"{team_called(other)} is late, by minutes")]
            )
            return [*first, *(Choice(one.id, one.words, side=f"ends {one.ends}") for one in ways)]

        def then(way: str) -> None:
            if way == LATE:
                self.pose(self._late(other, late or LATE_FIRST))
            else:
                self._do(lambda: board.told(self.desk, other, way, self.at))

        if not ways and late is None:
            self.say(f"Nothing that {team_called(other)} can say changes this board")
        elif not ways:
            then(LATE)
        elif len(ways) == 1 and late is None:
            then(ways[0].id)
        else:
            self._pick(f"{team_called(other)} says", read, then)

    def _late(self, other: str, minutes: int) -> Asking:
        """How late another team is: + and - count, a digit says it, Enter enters it."""

        def make() -> tuple[Question, Preview]:
            now = board.preview(self.desk, self.at, "told_late", other=other, minutes=minutes)
            yes = ((YES, "yes"),) if now.allowed else ()
            choices = (*yes, ("+", "more"), ("-", "less"))
            return Question("late", choices, ask=words.proposed(now), digits="0" + MINUTES), now

        def answer(key: str) -> Asking | None:
            if key == YES:
                self._do(lambda: board.told_late(self.desk, other, minutes, self.at))
                return None
            by = {"+": minutes + 1, "-": minutes - 1}.get(key)
            return self._late(other, max(0, min(MOST_MINUTES, int(key) if by is None else by)))

        return Asking(make, answer)

    # The board itself

    def action_anew(self) -> None:
        """Put away what was entered here; a rehearsal is over by one key."""
        self._propose("begin_anew", lambda: board.begin_anew(self.desk, self.at))

    def action_team(self) -> None:
        """Show another team's board."""

        def read() -> list[Choice]:
            return [Choice(team, team_called(team)) for team in board.teams(self.desk)]

        def then(team: str) -> None:
            board.choose_team(self.desk, team)
            self.at = team
            self.desk.remember(Place(self.name_in_app, self.desk.walk_id, team))
            self.reload()
            self.say(f"This is the board of {team_called(team)}")

        self._pick("Whose board is this?", read, then)

    def action_done(self) -> None:
        """The stops so far, as planned and as they were."""
        rows = [heading(line) for line in (self.view.log if self.view else ())]
        self._pick("Stops so far", lambda: rows, lambda _: None, "For this team's timing only.")
