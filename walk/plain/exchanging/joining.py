"""Join in lines: take a plan from a pack, and say who you are on its roster."""

from __future__ import annotations

from pathlib import Path

from walk.exchange.pack import LockedPack
from walk.model import Walker
from walk.plain.questions import number_in
from walk.plain.room import Room
from walk.routine import folders
from walk.routine.exchanging import join
from walk.routine.exchanging.join import PlanPack
from walk.text import one_line, team_called

PATH_HELP = "Type or paste the path of the file; ~ is your home folder."
PLACES = (
    "They say which room each code stands for. The lead's laptop needs them; others only where "
    "the lead wants it. They stay on this laptop and go with the first purge."
)


class JoinRoom(Room):
    """A path, a passphrase where the pack is locked, and a label. `at` may be the path."""

    name = "join"
    title = "Join"
    about = "Join a walk: the path of its plan pack, then who you are on its roster."

    def open(self) -> None:
        """Ask, join, and go Home."""
        typed = self.at or self.ask("Path of the plan pack", PATH_HELP)
        if typed:
            with self.told():
                found = folders.paths_of(typed)
                join_plan(self, found[0] if found else Path(typed))
        self.go("home")


def join_plan(room: Room, path: Path) -> bool:
    """Ask who joins, and join; False where nobody did."""
    plan = _looked_at(room, path)
    if plan is None:
        return False
    about = [plan.walk.title, plan.walk.host_school, plan.walk.date]
    room.say(f"Plan: {', '.join(part for part in about if part)}. Visits: {len(plan.visits)}.")
    label = _label(room, plan)
    if label is None:
        room.say("Not joined; nothing was taken in.")
        return False
    places = None
    if plan.places is not None:
        room.say(f"Places lie beside the plan. {PLACES}")
        places = plan.places if room.agreed("Take them?", PLACES) else None
    told = join.join(room.desk, plan.path, label, places_file=places, plan=plan)
    room.say(*(f"{line}." for line in told))
    return True


def _looked_at(room: Room, path: Path) -> PlanPack | None:
    try:
        return join.look_at(path)
    except LockedPack:
        said = room.ask_hidden(f"{one_line(path.name, 60)} is locked, its passphrase, or empty")
        return join.look_at(path, passphrase=said) if said else None


def _label(room: Room, plan: PlanPack) -> str | None:
    room.say("Who are you on this walk?")
    room.say(*(f"{number}. {_about(one)}" for number, one in enumerate(plan.walkers, 1)))
    help = "Type the number of your label."
    if plan.open_roster:
        help += " Or a new label of your own choice: initials or a word."
    while True:
        said = room.ask("Who you are, number or label", help)
        if said is None:
            return None
        place = number_in(said, len(plan.walkers))
        label = plan.walkers[place - 1].label if place is not None else said
        with room.told():
            plan.check_label(label)
            return label


def _about(walker: Walker) -> str:
    team = [team_called(walker.team, "team")] if walker.team else []
    return ", ".join([walker.label, *(walker.roles or ("walker",)), *team])
