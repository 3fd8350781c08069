"""Home in lines: which walk, how it stands, what waits, and what can be done now by number."""

from __future__ import annotations

from collections.abc import Sequence

from walk.errors import Refused
from walk.model import MODE_WORDS, Visit, visit_id
from walk.plain.questions import number_in
from walk.plain.room import Room, Word, spoken
from walk.plain.visiting.door import at_the_door
from walk.routine.debriefing import protocol
from walk.routine.home import home
from walk.routine.home.home import Overview
from walk.routine.planning import prepare
from walk.routine.visiting import door
from walk.routine.waiting import Action
from walk.text import one_line

ROOM_OF = {
    "visit": "visit",
    "write": "write",
    "hall": "hall",
    "board": "board",
    "share": "share",
    "collect": "collect",
    "receipts": "collect",
    "conflicts": "conflicts",
    "checklist": "check",
    "who": "who",
    "door": "door",
    "begin": "begin",
    "protocol": "debrief",
    "silent_read": "read",
    "trends": "trends",
    "steps": "steps",
    "prepare": "prepare",
}
"""The room for what the full screen would open."""
ELSEWHERE = {
    "roster": "in the full screen, or with a plan file: walk new",
    "rooms": "in the full screen, or with a plan file: walk new",
    "ready": "in the full screen",
    "rotation": "in the full screen, or: walk plan",
    "purge": "in the full screen, or: walk purge, walk erase",
    "backups": "with: walk doctor, walk backup, walk restore",
    "letters": "in the full screen, or: walk visit-sheet, walk notice",
    "teacher_note": "in the full screen, or: walk teacher-note",
    "history": "with: walk history",
}
"""What has no room here, and where it is done."""

LISTED_MOST = 40
"""Visits that are said one by one."""


class HomeRoom(Room):
    """What comes next, by number; everything else by its word."""

    name = "home"
    title = "Home"
    stage = ""
    about = (
        "Home: type the number of what you want to do, or a word. With visit, write and hall you "
        "can name the visit, such as: visit V2."
    )

    _offered: tuple[Action, ...] = ()

    def open(self) -> None:
        """Say how the walk stands, and what can be done; in short where that was said before."""
        met = f"home {self.desk.walk_id}"
        if self.desk.walk_id and met in self.talk.met:
            now = home.overview(self.desk)
            self.say(f"Home. Writing: {now.label or 'nobody yet'}. An empty line says all.")
            self._offer(now)
            return
        self.talk.met.add(met)
        self.stand()

    def stand(self) -> None:
        """All of it."""
        now = home.overview(self.desk)
        if not now.walk:
            self.say("Home. No walk is open.")
            self.say("Say begin to begin a walk, or join to take a plan from a pack.")
        else:
            self._walk(now)
        self._waits(now)
        self._offer(now)

    def label(self) -> str:
        """The prompt."""
        return "Home, number or word"

    # Saying how it stands

    def _walk(self, now: Overview) -> None:
        walk = self.desk.walk
        self.say(f"Home. Walk of {walk.date}: {now.title}")
        if now.host_school:
            self.say(f"Host school: {now.host_school}")
        if now.inquiry:
            self.say(f"Inquiry: {now.inquiry}")
        if unconfirmed := prepare.unconfirmed(self.desk):
            self.say(f"Focus: {unconfirmed}.")
        self.say(f"Writing: {now.label or 'nobody yet'}.")
        stages = ", ".join(f"{one.name} {one.count} {one.state}" for one in now.stages)
        self.say(f"Stages: {' '.join(stages.split())}.")
        for one in now.visits[:LISTED_MOST]:
            about = about_visit(one.visit, one.state, len(one.open_items))
            self.say(f"Visit {one.visit.code}: {', '.join(about)}.")
        more = max(0, len(now.visits) - LISTED_MOST) + now.unlisted
        if more:
            self.say(f"And {more:,} more visits: visit, with the code, goes to one.")
        if now.purged:
            self.say(now.purged)

    def _waits(self, now: Overview) -> None:
        if now.open_steps:
            self.say(f"Open next steps from earlier walks: {len(now.open_steps)}; say steps.")
        for one in now.unsaved:
            said = f": {one_line(one.words, 200)}" if one.words else ""
            self.say(f"Not saved yet, {one.where}{said}")
        if now.earlier:
            self.say(f"Other walks: {len(now.earlier)}; say walks.")

    def _offer(self, now: Overview) -> None:
        found = [*([now.next] if now.next else []), *now.also, *now.waits]
        found += [one.action for one in now.unsaved if one.action]
        self._offered = tuple(dict.fromkeys(found))
        for place, one in enumerate(self._offered, 1):
            self.say(f"{place}. {spoken(one.words)}")

    # Words

    def words(self) -> Sequence[Word]:
        """What can be done from here."""
        if not self.desk.walk_id:
            return [*self._always()]
        return [
            Word("visit", "enter a room, or go on in it", self._visit, "CODE"),
            Word("write", "the silent write of a visit", self._write, "CODE"),
            Word("hall", "the hall talk about a visit", self._hall, "CODE"),
            Word("check", "what a visit asks before it starts", self._check, "CODE"),
            Word("board", "keep your team's time", lambda _: self.go("board")),
            Word("share", "give your notes: write your pack", lambda _: self.go("share")),
            Word("debrief", "the debrief, step by step", lambda _: self.go("debrief")),
            Word("group", "group notes into themes", lambda _: self.go("group")),
            Word("trends", "say what the themes show", lambda _: self.go("trends")),
            Word("steps", "next steps, and closing the walk", lambda _: self.go("steps")),
            Word("summary", "read the staff summary", self._summary),
            Word("conflicts", "what two laptops tell differently", self._conflicts),
            Word("names", "likely names that the summary leaves out", self._names),
            Word("door", "likely names in what waits here", lambda _: self.go("door")),
            Word("prepare", "the plan in short", lambda _: self.go("prepare")),
            Word("who", "choose who writes on this laptop", lambda _: self.go("who", "home")),
            *self._always(),
        ]

    def _always(self) -> list[Word]:
        return [
            Word("collect", "read packs", lambda _: self.go("collect")),
            Word("begin", "begin a walk", lambda _: self.go("begin")),
            Word(
                "join",
                "take a plan and say who you are",
                lambda said: self.go("join", said),
                "FILE",
            ),
            Word("walks", "say the walks here and open one", self._walks),
        ]

    def take(self, line: str) -> None:
        """The number of what was offered."""
        place = number_in(line, len(self._offered))
        if place is None:
            self.not_known(line)
            return
        self._do(self._offered[place - 1])

    def _do(self, action: Action) -> None:
        if action.screen == "summary":
            self._summary("")
        elif action.screen == "debrief":
            self.go("debrief" if protocol.standing(self.desk).under_way else "group")
        elif action.screen in ROOM_OF:
            self.go(ROOM_OF[action.screen], action.at)
        else:
            where = ELSEWHERE.get(action.screen, "in the full screen")
            self.say(f"This is done {where}.")

    def _at(self, said: str, room: str) -> str:
        """The id of the visit that was named; else of that which is offered next for the room."""
        offered = next((one.at for one in self._offered if one.screen == room and one.at), "")
        if not said and offered:
            return offered
        known = self.desk.store.get(Visit, visit_id(self.desk.walk_id, said.upper()))
        if known is not None:
            return known.id
        visits = prepare.visits(self.desk)
        found = next((one for one in visits if one.code.casefold() == said.casefold()), None)
        if found is None:
            codes = ", ".join(one.code for one in visits[:20]) or "none yet"
            raise Refused(
                f"“{one_line(said, 40)}” is no visit of this walk." if said else "Which visit?",
                f"Name one: {codes}.",
            )
        return found.id

    def _visit(self, said: str) -> None:
        self.go("visit", self._at(said, "visit"))

    def _write(self, said: str) -> None:
        self.go("write", self._at(said, "write"))

    def _check(self, said: str) -> None:
        self.go("check", self._at(said, "visit"))

    def _conflicts(self, _: str) -> None:
        self.go("conflicts")

    def _hall(self, said: str) -> None:
        self.go("hall", self._at(said, "hall"))

    def _summary(self, _: str) -> None:
        from walk.routine.summary import facts, left_out, to_be_heard

        self.say(*to_be_heard(facts(self.desk)))
        if stays := door.told([one for one in left_out(self.desk) if one.waits], out=True):
            self.say(f"{stays}. names goes through it.")

    def _names(self, _: str) -> None:
        from walk.routine.summary import left_out

        at_the_door(self, lambda: left_out(self.desk), shares=False)

    def _walks(self, _: str) -> None:
        found = home.overview(self.desk).earlier
        if not found:
            self.say("There is no other walk here.")
            return
        rows = [f"{one.date}, {one_line(one.title, 80)}, {one.state}" for one in found]
        place = self.choose("Which walk", rows, "Type the number of the walk to open.")
        if place is not None:
            self.desk.open_walk(found[place].id)
            self.open()


def about_visit(visit: Visit, state: str, check: int) -> list[str]:
    """Mode, times, how it stands, and how much is to be checked before, in words."""
    windows = [f"open {start} to {end}" for start, end in visit.windows]
    left = [f"{check} to check before"] if check else []
    return [MODE_WORDS[visit.mode], *windows, state, *left]
