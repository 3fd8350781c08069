"""What comes next on Home: everything that can be done now, the obvious thing first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from walk.model import Step
from walk.routine.following.plan_missing import to_close
from walk.routine.home.home_rooms import VisitLine
from walk.routine.home.home_state import Standing
from walk.routine.waiting import Action


def following(state: Standing) -> list[Action]:
    """Everything that can be done now, the obvious thing first."""
    found: list[Action] = []
    if state.gone:
        found += [Action("summary", "", "See the summary"), Action("steps", "", "Next steps")]
        return [*found, Action("prepare", "", "Prepare")]
    if state.closing is None:
        if state.nobody and not state.themes:
            found.append(Action("who", "", "Who are you? Say who writes on this laptop"))
        if state.debrief:
            found.append(Action("debrief", "", state.debrief))
        found += _in_the_rooms(state)
        found += _at_door(state)
        found += _together(state)
        found += _after_the_rooms(state)
        talk = _talk_action(state)
        found += [talk] if talk and not state.themes else []
        found += _board(state)
    if state.noted or state.closing is not None:
        found.append(Action("summary", "", "See the summary"))
    if state.closing is not None:
        found += _at_door(state)
        found.append(Action("steps", "", "Next steps"))
    lacks = f": {', '.join(state.plan.not_yet)}" if state.plan.not_yet else ""
    found.append(Action("prepare", "", f"Prepare{lacks}"))
    if state.closing is None and not state.rooms.open:
        found.insert(0, Action("prepare", "", "Prepare: add a visit"))
    return _once(found)


def _in_the_rooms(state: Standing) -> Iterable[Action]:
    """Visits and forms first; a team talks in the hall before it enters the next room."""
    for line in (*state.with_state("under way"), *state.with_state("form to finish")):
        if line.action:
            yield line.action
    talk = _talk_action(state)
    together = len(state.plan.walkers) > 1 or state.talk_begun
    if talk and together and not state.themes:
        yield talk
    for line in _next_lines(state):
        if line.action:
            yield line.action
    # Alone the visit's own clock is nearly always enough: there the board stands behind the rest.
    if state.rotation is not None or together:
        yield from _board(state)


def _board(state: Standing) -> Iterable[Action]:
    """The board, while there are visits to go to."""
    if state.with_state("under way", "form to finish", "not yet"):
        yield Action("board", "", "Board: keep time for your team")


def _next_lines(state: Standing) -> list[VisitLine]:
    """The visit that comes next: as the rotation says, else the first that nobody has seen.

    Beside a rotation a recorded segment waits: it needs no slot.
    """
    unseen = state.with_state("not yet")
    if not state.follows:
        return unseen[:1]
    recorded = [one for one in unseen if one.visit.mode == "recorded"]
    return [*([state.planned] if state.planned else []), *recorded[:1]]


def _talk_action(state: Standing) -> Action | None:
    if state.talk is None:
        return None
    words = "Go on with the hall talk" if state.talk_begun else "Hall talk"
    return Action("hall", state.talk.id, f"{words} about {state.talk.code}")


def _at_door(state: Standing) -> Iterable[Action]:
    """What waits because something in it looks like a name."""
    if state.at_door:
        waits = "1 note waits" if state.at_door == 1 else f"{state.at_door} notes wait"
        yield Action("door", "", f"{waits}: likely names")


def _together(state: Standing) -> Iterable[Action]:
    """What several laptops bring together, once the own visits are done."""
    if not state.several or not state.noted:
        return
    through = not state.with_state("under way", "form to finish") and not _next_lines(state)
    if through and not state.lead and not state.given:
        yield Action("share", "", "Give your notes: write your pack")
    if through and state.missing:
        of = len(state.plan.walkers)
        yield Action("collect", "", f"Collect packs: {of - state.missing} of {of} walkers are in")


def _after_the_rooms(state: Standing) -> list[Action]:
    """Debrief, next steps and closing; what is ready for the next stage offers that first."""
    grouping = Action("debrief", "", "Debrief: group what was noticed")
    stating = Action("debrief", "", "Debrief: say what the themes show")
    agreeing = Action("steps", "", "Agree next steps")
    if not state.noted and not state.themes:
        return []
    if not state.themes:
        return [grouping, agreeing]
    if state.unstated:
        return [stating, agreeing]
    again = Action("debrief", "", "Debrief")
    if _ready_to_close(state.steps):
        return [Action("steps", "", "Close the walk"), again]
    return [agreeing, again]


def _ready_to_close(steps: Sequence[Step]) -> bool:
    """True where nothing stands in the way of closing but a person's word."""
    return not to_close(one for one in steps if one.status != "dropped")


def _once(actions: Iterable[Action]) -> list[Action]:
    """Each place once, by its first words."""
    found: dict[tuple[str, str], Action] = {}
    for one in actions:
        found.setdefault((one.screen, one.at), one)
    return list(found.values())
