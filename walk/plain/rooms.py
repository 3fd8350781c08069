"""Rooms: the places of the plain mode by name; each is imported when it is first gone to."""

from __future__ import annotations

from importlib import import_module

from walk.plain.room import Room

ROOMS: dict[str, tuple[str, str]] = {
    "home": ("walk.plain.home.home", "HomeRoom"),
    "begin": ("walk.plain.planning.begin", "BeginRoom"),
    "join": ("walk.plain.exchanging.joining", "JoinRoom"),
    "prepare": ("walk.plain.planning.prepare", "PrepareRoom"),
    "who": ("walk.plain.home.who", "WhoRoom"),
    "visit": ("walk.plain.visiting.visit", "VisitRoom"),
    "write": ("walk.plain.visiting.write", "WriteRoom"),
    "hall": ("walk.plain.visiting.hall", "HallRoom"),
    "door": ("walk.plain.visiting.door", "DoorRoom"),
    "share": ("walk.plain.exchanging.share", "ShareRoom"),
    "collect": ("walk.plain.exchanging.collect", "CollectRoom"),
    "check": ("walk.plain.visiting.check", "CheckRoom"),
    "conflicts": ("walk.plain.settling.conflicts", "ConflictsRoom"),
    "board": ("walk.plain.timekeeping.board", "BoardRoom"),
    "debrief": ("walk.plain.debriefing.debrief", "DebriefRoom"),
    "said": ("walk.plain.debriefing.said", "SaidRoom"),
    "read": ("walk.plain.debriefing.read", "ReadRoom"),
    "group": ("walk.plain.debriefing.group", "GroupRoom"),
    "trends": ("walk.plain.debriefing.trends", "TrendsRoom"),
    "steps": ("walk.plain.following.steps", "StepsRoom"),
}
"""Every room by name, with its module and its class."""


def room_of(name: str) -> type[Room]:
    """The room of that name."""
    module, kind = ROOMS[name]
    found: type[Room] = getattr(import_module(module), kind)
    return found
