"""Board in lines: a team's clock, told when it is asked for; what moves the end says so first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import cast

from walk.errors import Refused
from walk.model import LoggedReason
from walk.plain.mends import keys_in_plain
from walk.plain.questions import number_in
from walk.plain.room import Room, Word, spoken
from walk.routine.timekeeping import board
from walk.routine.timekeeping.board import BoardView, Preview
from walk.routine.timekeeping.board_acts import REASONS
from walk.text import team_called

MOST_MINUTES = 60
"""More than this at once is a slip."""
SAY_ALOUD = "Say aloud"
NO_VISITS = "No visits to go to yet; prepare, on Home, adds one."
ALL_ENTERED = "Every visit was entered: next goes to the debrief, insert V1 puts one in again."


class BoardRoom(Room):
    """One team's clock, what comes next, and who goes where. `at` is a team."""

    name = "board"
    stage = board.STAGE
    about = (
        "The board keeps one team's time. next starts the clock and goes on to what comes next. "
        "Whatever happens is entered when it is known, and the rest of the plan moves with it: "
        "bells and windows hold, and the silent write is cut last. Laptops do not talk: other "
        "teams stand here as planned. What is to be said aloud is marked so; their timekeeper "
        "enters it with told. An empty line says the time. Nothing here is about a teacher."
    )

    def open(self) -> None:
        """Say where the team stands."""
        teams = board.teams(self.desk)
        self.at = self.at if self.at in teams else board.my_team(self.desk)
        view = self.view
        team = f" {team_called(view.team)}." if len(view.teams) > 1 else ""
        self.say(f"Board.{team} next goes on, an empty line says the time, ? says all else.")
        self._tell(view)

    def label(self) -> str:
        """Such as "Board, visit, 8 min"; the time as it was when it was asked."""
        view = self.view
        return f"Board, {view.word.lower()}"

    @property
    def view(self) -> BoardView:
        """The board now."""
        return board.view(self.desk, self.at)

    def stand(self) -> None:
        """The time, what comes, and what is to be said aloud."""
        self._tell(self.view)

    def _tell(self, view: BoardView) -> None:
        where = [
            view.word.capitalize(),
            f"slot {view.slot} of {view.slots}" if view.slot and view.slots else "",
        ]
        self.say(f"{', '.join(filter(None, [*where, spoken(view.in_words)]))}.")
        if view.phase == "before" and not view.slots:
            self.say(ALL_ENTERED if "insert" in view.can else NO_VISITS)
        if view.held:
            self.say("The clock is held; hold lets it go on.")
        if view.digits and view.phase not in ("before", "over"):
            self.say(f"{_time(view)}.")
        if view.guard:
            self.say(keys_in_plain(view.guard))
        if view.behind_min and view.planned_ends:
            late = "behind" if view.behind_min > 0 else "ahead"
            self.say(f"{abs(view.behind_min)} min {late}.")
        if view.then:
            self.say(f"Then: {', '.join(' '.join(filter(None, one)) for one in view.then)}.")
        if len(view.teams) > 1:  # of one team alone all of it is said above
            self.say(*(f"{spoken(line)}." for line in view.lines))
        self.say(*filter(None, [_ends(view), view.day, spoken(view.corrected), spoken(view.as_of)]))
        self.say(*(f"{SAY_ALOUD}: {words}" for words in view.sayings))
        self.say(*(f"Careful: {words}" for words in view.not_fitting))

    # Words

    def words(self) -> Sequence[Word]:
        """What a timekeeper can enter."""
        view = self.view
        words = [
            Word("next", f"on: {view.next_words or 'what comes next'}", self._next),
            Word("hold", "hold the clock; again lets it go on", self._hold),
            Word("longer", "N minutes more for this phase", self._longer, "N"),
            Word("shorter", "N minutes fewer", self._shorter, "N"),
            Word("earlier", "it began N minutes earlier", self._earlier, "N"),
            Word("skip", "leave this visit or the next one out", self._skip, "WHY"),
            Word("swap", "exchange two coming visits", self._swap, "V2 V3"),
            Word("insert", "put a visit in, where it fits", self._insert, "V5"),
            Word("withdraw", "a visit is taken back; no reason is asked", self._withdraw, "V3"),
            Word("makeup", "ways to make up time, each with its end", self._make_up),
            Word("end", "go to the debrief now", self._end),
            Word("anew", "put away what was entered, as after a rehearsal", self._anew),
            Word("stops", "the stops so far, as planned and as they were", self._stops),
        ]
        if len(view.teams) > 1:
            words += [
                Word("told", "enter what another team says aloud", self._told, "TEAM"),
                Word("late", "another team says it is N minutes late", self._late, "TEAM N"),
                Word("team", "choose the team whose board this is", self._team, "TEAM"),
            ]
        return words

    def _done(self, said: str) -> None:
        self.say(f"{spoken(said[:1].upper() + said[1:])}.")
        view = self.view
        clock = _time(view) if view.phase not in ("before", "over") else ""
        self.say(". ".join(filter(None, (f"Now: {view.word.lower()}", clock, _ends(view)))))
        self.say(*(f"{SAY_ALOUD}: {words}" for words in view.sayings))

    def _propose(self, do: str, act: Callable[[], str], **args: object) -> None:
        """Say what an act would bring; yes does it."""
        brings = board.preview(self.desk, self.at, do, **args)
        what = spoken(brings.words[:1].upper() + brings.words[1:])
        if not brings.allowed:
            raise Refused(keys_in_plain(what))
        self.say(*(f"It would be said aloud: {words}" for words in brings.sayings))
        self.say(*(f"Careful: {words}" for words in brings.not_fitting))
        if self.agreed(
            f"{what}? {_ends(brings)}".strip(), "yes enters it, no leaves all as it is."
        ):
            self._done(act())
        else:
            self.say("Nothing changed.")

    # The clock

    def _next(self, _: str) -> None:
        self._done(board.next_phase(self.desk, self.at))

    def _hold(self, _: str) -> None:
        act = board.go_on if self.view.held else board.hold
        self._done(act(self.desk, self.at))

    def _longer(self, said: str) -> None:
        self._adjust(_minutes(said))

    def _shorter(self, said: str) -> None:
        self._adjust(-_minutes(said))

    def _adjust(self, minutes: int) -> None:
        self._propose("adjust", lambda: board.adjust(self.desk, minutes, self.at), minutes=minutes)

    def _earlier(self, said: str) -> None:
        minutes = _minutes(said)
        self._propose(
            "earlier", lambda: board.earlier(self.desk, minutes, self.at), minutes=minutes
        )

    # The visits to come

    def _skip(self, said: str) -> None:
        if said not in REASONS:
            reasons = ", ".join(one for one in REASONS if one)
            raise Refused("That is no reason that is kept.", f"Say skip alone, or with: {reasons}.")
        reason = cast("LoggedReason", said)
        self._propose("skip", lambda: board.skip(self.desk, "", reason, self.at))

    def _visits(self, said: str, count: int, such: str) -> list[str]:
        codes = said.replace(",", " ").upper().split()
        if len(codes) != count:
            coming = ", ".join(board.coming(self.desk, self.at)) or "none"
            raise Refused(f"Coming visits: {coming}.", f"Such as: {such}.")
        return codes

    def _swap(self, said: str) -> None:
        coming = board.coming(self.desk, self.at)
        both = (
            list(coming) if not said and len(coming) == 2 else self._visits(said, 2, "swap V2 V3")
        )
        visit, other = both
        self._propose(
            "swap",
            lambda: board.swap(self.desk, visit, other, self.at),
            visit=visit,
            other=other,
        )

    def _insert(self, said: str) -> None:
        if not said:
            found = board.choices(self.desk, self.at)
            self.say(*(f"{spoken(one.words)}." for one in found))
            self.say("Say insert with a visit." if found else "There is no visit to put in.")
            return
        (visit,) = self._visits(said, 1, "insert V5")
        self._propose("insert", lambda: board.insert(self.desk, visit, self.at), visit=visit)

    def _withdraw(self, said: str) -> None:
        (visit,) = self._visits(said, 1, "withdraw V3")
        self._propose("withdraw", lambda: board.withdraw(self.desk, visit, self.at), visit=visit)

    def _end(self, _: str) -> None:
        self._propose("end_early", lambda: board.end_early(self.desk, self.at))

    def _make_up(self, _: str) -> None:
        offers = board.offers(self.desk, self.at)
        if not offers:
            self.say("Nothing to make up: the plan holds.")
            return
        self.say(f"Now: {_ends(self.view)}")
        place = self.choose("Make up time", [spoken(one.words) for one in offers])
        if place is not None:
            self._done(board.accept(self.desk, offers[place].id, self.at))

    # Other teams

    def _other(self, said: str) -> tuple[str, str]:
        own = self.view.team
        others = [one for one in board.teams(self.desk) if one != own]
        known = {one.casefold(): one for one in others}
        whole = said.casefold()
        plain = whole.removeprefix("team ")
        for name in sorted(known, key=len, reverse=True):
            for words in (whole, plain):  # a label may begin with "Team" by itself
                if words == name or words.startswith(f"{name} "):
                    return known[name], words[len(name) :].strip()
        if len(others) == 1 and (not plain or plain.isdigit()):
            return others[0], plain
        raise Refused("Say which team.", f"One of: {', '.join(others)}.")

    def _told(self, said: str) -> None:
        other, _ = self._other(said)
        ways = board.ways_out(self.desk, self.at, other)
        who = team_called(other)
        if not ways:
            self.say(f"Nothing that {who} can say changes this board, but late N may.")
            return
        place = self.choose(
            f"{who} says", [f"{spoken(one.words)}, ends {one.ends}" for one in ways]
        )
        if place is not None:
            self._done(board.told(self.desk, other, ways[place].id, self.at))

    def _late(self, said: str) -> None:
        other, rest = self._other(said)
        if board.told_late_min(self.desk, other) is None:
            who = team_called(other)
            raise Refused(f"How late {who} is cannot be entered here.", "told may help.")
        minutes = 0 if rest == "0" else _minutes(rest)
        self._propose(
            "told_late",
            lambda: board.told_late(self.desk, other, minutes, self.at),
            other=other,
            minutes=minutes,
        )

    def _team(self, said: str) -> None:
        teams = board.teams(self.desk)
        whole = said.casefold()
        meant = (whole, whole.removeprefix("team "))
        found = [one for one in teams if one.casefold() in meant]
        if not found:
            raise Refused("Say which team.", f"One of: {', '.join(teams)}.")
        board.choose_team(self.desk, found[0])
        self.at = found[0]
        self.say(f"This is the board of {team_called(found[0])}.")
        self.stand()

    # The board itself

    def _anew(self, _: str) -> None:
        self._propose("begin_anew", lambda: board.begin_anew(self.desk, self.at))

    def _stops(self, _: str) -> None:
        log = self.view.log
        self.say(*(f"{spoken(line)}." for line in log))
        if not log:
            self.say("No stop is behind this team yet.")


def _ends(view: BoardView | Preview) -> str:
    """When the walk ends, and when it was planned to where that differs."""
    if not view.ends:
        return ""
    if view.ends == view.planned_ends or not view.planned_ends:
        return f"Ends {view.ends}."
    return f"Ends {view.ends}, planned {view.planned_ends}."


def _time(view: BoardView) -> str:
    """The minutes that are left or over, in words; with seconds where the board shows them."""
    figures = view.digits.removeprefix("+")
    word = "Time over" if figures != view.digits else "Time left"
    return f"{word}: {figures}{' min' if figures.isdigit() else ''}"


def _minutes(said: str) -> int:
    number = number_in(said, MOST_MINUTES) if said else 1
    if number is None:
        raise Refused(f"Minutes are a whole number from 1 to {MOST_MINUTES}.", "Such as 2.")
    return number
