"""Board: a team's clock on the day, the changes that the timekeeper enters, what they would bring.

Every change is one act of the stage "board"; `desk.undo("board")` restores exactly. `team` is left
empty for the team of this laptop. Changes return what was done in words, and raise Refused, with
nothing changed, where they make no sense.
"""

from __future__ import annotations

from walk.errors import Refused, WalkError
from walk.model import LoggedReason
from walk.routine.desk import Desk
from walk.routine.planning.rotation import current
from walk.routine.timekeeping import board_acts, board_next, correction
from walk.routine.timekeeping.board_day import Situation, load, team_labels, with_changes
from walk.routine.timekeeping.board_next import over_by
from walk.routine.timekeeping.board_offers import choices_of, offers_of, ways_of
from walk.routine.timekeeping.board_say import new_sayings, sayings
from walk.routine.timekeeping.board_values import BoardView, Choice, Offer, Preview
from walk.routine.timekeeping.board_view import not_fitting, view_of
from walk.text import team_called

__all__ = ["BoardView", "Choice", "Offer", "Preview", "over_by"]

STAGE = "board"


def teams(desk: Desk) -> tuple[str, ...]:
    """Every team of the rotation, by label; without a rotation, this laptop's alone."""
    return team_labels(desk, current(desk))


def my_team(desk: Desk) -> str:
    """The team whose board this laptop shows: as chosen, else that of the one who writes."""
    return board_next.own_team(desk, teams(desk))


def choose_team(desk: Desk, team: str) -> None:
    """From now on this laptop shows the board of this team. Refused for one that is none."""
    if team not in teams(desk):
        raise Refused(f"There is no {team_called(team)} today.", "Choose one of those shown.")
    board_next.keep_team(desk, team)


def view(desk: Desk, team: str = "") -> BoardView:
    """The board of a team now. Cheap enough for once a second."""
    sit = load(desk)
    own = _team(desk, sit, team)
    mine = own == board_next.team_of(desk, desk.me, sit.teams)
    return view_of(sit, own, correction.read(desk).words if mine else "")


def _team(desk: Desk, sit: Situation, team: str) -> str:
    return team if team in sit.days else board_next.own_team(desk, sit.teams)


# Changes


def _do(desk: Desk, what: str, team: str, **args: object) -> str:
    """One act, on the log as it stands now."""
    while True:
        version = desk.store.data_version()
        sit = load(desk)
        own = _team(desk, sit, team)
        act = board_acts.make(what, desk, sit, own, **args)
        sit.after(act.changes)
        logs = with_changes(sit, desk, own, act.changes) if act.changes else ()
        # Another board on this store may have entered something while this was worked out.
        if desk.store.data_version() == version:
            break
    if logs:
        desk.save(STAGE, act.words, *logs, *act.visits)
    return act.words


def next_phase(desk: Desk, team: str = "") -> str:
    """Start the clock, or go on to what comes next."""
    return _do(desk, "next_phase", team)


def earlier(desk: Desk, minutes: int, team: str = "") -> str:
    """This phase began so many minutes earlier; before the start: the walk did."""
    return _do(desk, "earlier", team, minutes=minutes)


def adjust(desk: Desk, minutes: int, team: str = "") -> str:
    """More minutes for this phase, or fewer (negative)."""
    return _do(desk, "adjust", team, minutes=minutes)


def hold(desk: Desk, team: str = "") -> str:
    """Stop the clock."""
    return _do(desk, "hold", team)


def go_on(desk: Desk, team: str = "") -> str:
    """Let a held clock run on."""
    return _do(desk, "go_on", team)


def skip(desk: Desk, visit: str = "", reason: LoggedReason = "", team: str = "") -> str:
    """Leave a visit out: the one named, else the one the team is in or goes to next."""
    return _do(desk, "skip", team, visit=visit, reason=reason)


def withdraw(desk: Desk, visit: str, team: str = "") -> str:
    """The teacher takes the visit back, for every team; no reason is asked or kept."""
    return _do(desk, "withdraw", team, visit=visit)


def swap(desk: Desk, visit: str, other: str, team: str = "") -> str:
    """Exchange two coming visits, with the counter-swap of a team whose room that takes."""
    return _do(desk, "swap", team, visit=visit, other=other)


def insert(desk: Desk, visit: str, team: str = "") -> str:
    """Put a visit of the plan in where it fits best."""
    return _do(desk, "insert", team, visit=visit)


def end_early(desk: Desk, team: str = "") -> str:
    """Go to the debrief now."""
    return _do(desk, "end_early", team)


def begin_anew(desk: Desk, team: str = "") -> str:
    """Put away what this board was told so far: its clock is back before the start.

    What a teacher took back stays taken back.
    """
    return _do(desk, "begin_anew", team)


def accept(desk: Desk, offer: str, team: str = "") -> str:
    """Accept an offer by its id."""
    return _do(desk, "accept", team, offer=offer)


def told(desk: Desk, other: str, way: str, team: str = "") -> str:
    """Enter what another team says, by the id of one of `ways_out`."""
    return _do(desk, "told", team, other=other, way=way)


def told_late(desk: Desk, other: str, minutes: int, team: str = "") -> str:
    """Enter that another team says it is so many minutes late; 0: on time again."""
    return _do(desk, "told_late", team, other=other, minutes=minutes)


# Proposals


def coming(desk: Desk, team: str = "") -> tuple[str, ...]:
    """The codes of the team's coming visits, in order; what swap, skip and withdraw can name."""
    sit = load(desk)
    return sit.days[_team(desk, sit, team)].rest


def choices(desk: Desk, team: str = "") -> tuple[Choice, ...]:
    """Every visit that is not coming for the team, with whether and why not it can be put in."""
    sit = load(desk)
    return choices_of(sit, desk, _team(desk, sit, team))


def preview(desk: Desk, team: str, do: str, **args: object) -> Preview:
    """What a change would bring; `do` is a function above (next_phase, swap …), args are its own.

    Never raises Refused: a change that makes no sense has `allowed` False and says why.
    """
    sit = load(desk)
    own = _team(desk, sit, team)
    said = sayings(sit, own)
    try:
        act = board_acts.make(do, desk, sit, own, **args)
        after = sit.after(act.changes)
    except WalkError as error:
        ends, planned = sit.hhmm(sit.ends(own)), sit.hhmm(sit.planned_ends)
        return Preview(str(error), ends, planned, (), not_fitting(sit, own), allowed=False)
    return Preview(
        words=act.words,
        ends=after.hhmm(after.ends(own)),
        planned_ends=after.hhmm(after.planned_ends),
        sayings=new_sayings(said, sayings(after, own, act.changes)),
        not_fitting=not_fitting(after, own),
    )


def offers(desk: Desk, team: str = "") -> tuple[Offer, ...]:
    """Ways to deal with being late: later, shorten, drop; empty while the plan holds."""
    sit = load(desk)
    return offers_of(sit, _team(desk, sit, team))


def ways_out(desk: Desk, team: str, other: str) -> tuple[Offer, ...]:
    """What another team can have said aloud, and what it means for this team."""
    sit = load(desk)
    own = _team(desk, sit, team)
    return ways_of(sit, own, other) if other in sit.days and other != own else ()


def told_late_min(desk: Desk, other: str) -> int | None:
    """How late another team said it is; None where it can not be told here.

    The clock of a team that runs on this laptop says so itself, and without a plan nobody is late.
    """
    sit = load(desk)
    day = sit.days.get(other)
    can = day is not None and not day.started and bool(day.places and day.rest)
    return day.late_min if day is not None and can else None
