"""Run: the plain mode from the first room until somebody leaves or the input ends."""

from __future__ import annotations

from contextlib import suppress

from walk.errors import WalkError
from walk.plain.questions import Go, Leave
from walk.plain.room import Room
from walk.plain.rooms import room_of
from walk.plain.talk import EndOfInput, Talk
from walk.routine.desk import Desk

WELCOME = "walk, plain mode. One prompt at a time; ? says what can be said, quit leaves."
SAVED = "All that was entered is saved."
CUT_OFF = "This was cut off before it was done, and may not be saved:"


def run(desk: Desk, talk: Talk, *, first: str = "home", say: str = "") -> int:
    """Talk until somebody leaves; the exit code: 1 for Ctrl+C, or a refused line of a pipe."""
    talk.say(WELCOME, *([say] if say else []))
    room = room_of(first)(desk, talk)
    try:
        room = _enter(room)
        while True:
            room = _next(room)
    except Leave:
        _close(room)
        talk.say(f"Goodbye. {SAVED}")
    except EndOfInput:
        _close(room)
        talk.say(f"End of input. {SAVED}")
    except KeyboardInterrupt:
        talk.interrupts.leave()
        told = _keep_half(room, talk.unfinished())
        told += [CUT_OFF, talk.heard, "Stopped."] if talk.heard else [f"Stopped. {SAVED}"]
        with suppress(OSError):  # the terminal may be gone
            talk.say("", *told)
        return 1
    return 1 if talk.refused and not talk.live else 0


def _next(room: Room) -> Room:
    """The room after one turn in this one."""
    try:
        room.turn()
    except Go as on:
        _close(room)
        return _enter(room_of(on.room)(room.desk, room.talk, on.at))
    return room


def _close(room: Room) -> None:
    with room.told():
        room.close()


def _enter(room: Room) -> Room:
    """Open a room; where it cannot be, Home. A room may lead on to another one."""
    for _ in range(5):
        try:
            room.open()
            return room
        except Go as on:
            room = room_of(on.room)(room.desk, room.talk, on.at)
        except WalkError as error:
            room.refuse(error)
            room = room_of("home")(room.desk, room.talk)
    return room


def _keep_half(room: Room, line: str) -> list[str]:
    """Keep what was typed and not entered, before anything is said; what is to be said of it."""
    if not line:
        return []
    try:
        where = room.keep_unentered(line)
    except WalkError:
        where = ""
    if where:
        return [f"The line that was not entered is kept: {where}."]
    return ["This line was not entered and is not kept:", line]
