"""What is typed for the team in the debrief: what is expected, what is described, what to know."""

from __future__ import annotations

from walk.errors import Refused
from walk.model import Said, SaidIn, Trend
from walk.routine import purged
from walk.routine.debriefing.protocol import STAGE
from walk.routine.desk import Desk
from walk.routine.visiting import door
from walk.text import accept


def lines(desk: Desk, step: SaidIn) -> list[Said]:
    """The lines that were typed at a step, in their order."""
    held = (one.record for one in desk.store.all(Said, desk.walk_id))
    return sorted((one for one in held if one.step == step), key=lambda one: one.id)


def say(desk: Desk, step: SaidIn, text: str, *, draft_done: str = "") -> Said:
    """Keep a line that was said; it has no author, and goes with the raw notes."""
    purged.refuse_notes(desk)
    line = Said(id=desk.new_id(), walk=desk.walk_id, step=step, text=_line(text))
    desk.save(STAGE, "line kept", line, draft_done=draft_done)
    return line


def stays_here(desk: Desk, line: Said) -> str:
    """What in a line looks like a name, so that it waits at the door; else nothing."""
    held = desk.store.held(Said, line.id)
    stays = [one for one in door.open_finds(desk, [held] if held else []) if one.waits]
    return f"{door.likely(stays)}: it stays on this laptop" if stays else ""


def say_otherwise(desk: Desk, line: Said, text: str) -> None:
    """Word a line anew."""
    purged.refuse_notes(desk)
    if desk.store.get(Said, line.id) is None:
        raise Refused("This line was taken out meanwhile.", "Undo (u) brings it back.")
    desk.save(STAGE, "line reworded", line.changed(text=_line(text)))


def unsay(desk: Desk, line: Said) -> None:
    """Take a line out."""
    desk.save(STAGE, "line taken out", withdraw=[line])


def _line(text: str) -> str:
    words = accept(text.strip())
    if not words:
        raise Refused("There is nothing to keep yet.", "Type what was said.")
    return words


def tell_to_know(desk: Desk, trend: str, words: str) -> str:
    """Write with a trend what it would take to know more; what in it looks like a name, if any.

    The trend is read anew: it may have been decided on elsewhere while this was typed.
    """
    known = desk.store.get(Trend, trend)
    if known is None:
        raise Refused("The statement was taken back meanwhile.", "State the theme again first.")
    changed = known.changed(to_know=accept(words.strip()))
    desk.save(STAGE, "what it would take to know", changed)
    return door.not_printed(desk, changed)
