"""Rooms: the places of the plain mode by name; each is imported when it is first gone to."""

from __future__ import annotations

from importlib import import_module

from walk.plain.room import Room

ROOMS: dict[str, tuple[str, str]] = {
    "home": ("walk.plain.home", "HomeRoom"),
    "begin": ("walk.plain.begin", "BeginRoom"),
    "join": ("walk.plain.joining", "JoinRoom"),
    "prepare": ("walk.plain.prepare", "PrepareRoom"),
    "who": ("walk.plain.who", "WhoRoom"),
    "visit": ("walk.plain.visit", "VisitRoom"),
    "write": ("walk.plain.write", "WriteRoom"),
    "hall": ("walk.plain.hall", "HallRoom"),
    "door": ("walk.plain.door", "DoorRoom"),
    "share": ("walk.plain.share", "ShareRoom"),
    "collect": ("walk.plain.collect", "CollectRoom"),
    "check": ("walk.plain.check", "CheckRoom"),
    "conflicts": ("walk.plain.conflicts", "ConflictsRoom"),
    "board": ("walk.plain.board", "BoardRoom"),
    "debrief": ("walk.plain.debrief", "DebriefRoom"),
    "said": ("walk.plain.said", "SaidRoom"),
    "read": ("walk.plain.read", "ReadRoom"),
    "group": ("walk.plain.group", "GroupRoom"),
    "trends": ("walk.plain.trends", "TrendsRoom"),
    "steps": ("walk.plain.steps", "StepsRoom"),
}
"""Every room by name, with its module and its class."""


def room_of(name: str) -> type[Room]:
    """The room of that name."""
    module, kind = ROOMS[name]
    found: type[Room] = getattr(import_module(module), kind)
    return found
