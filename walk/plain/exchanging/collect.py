"""Collect in lines: a plan to join or packs to read, and the receipt as lines."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from walk.errors import PackError
from walk.exchange.receipt import Receipt
from walk.plain.exchanging import places
from walk.plain.exchanging.joining import PLACES, join_plan
from walk.plain.room import Room, Word
from walk.routine.exchanging import collect, found
from walk.routine.exchanging.found import Looked, Progress
from walk.routine.folders import Spot
from walk.routine.settling import receipts
from walk.text import one_line

TOLD_EACH = 10
"""Packs of a collect between two lines that say how far it is."""
KEPT_MOST = 9
"""Receipts that are listed."""


class CollectRoom(Room):
    """A number or paths read packs. What is here already is not added again."""

    name = "collect"
    title = "Collect, folder by number or path"
    about = (
        "Packs come in here: the lead's plan at the start of the day, everyone's notes at its "
        "end, in any order and as often as you like. Type the number of a folder, or paths of "
        "packs or folders. A plan asks who you are on its roster. A pack that is damaged is named "
        "with its reason, and the others come in. Ctrl+C stops behind the pack in hand."
    )

    _spots: tuple[Spot, ...] = ()

    def open(self) -> None:
        """List the folders."""
        self.say("Collect packs: plans to join, and notes to read in.")
        if told := receipts.told_cut_off(self.desk):
            self.say(told)
        self._folders("")

    def stand(self) -> None:
        """The folders again."""
        self._folders("")

    def _folders(self, _: str) -> None:
        self._spots = tuple(places.spots(self.desk))
        self.say(*places.told(self._spots, packs=True))

    def words(self) -> Sequence[Word]:
        """Folders, receipts, and taking back."""
        return [
            Word("folders", "say the folders again", self._folders),
            Word("receipts", "what earlier collects brought", self._receipts),
            Word("undo", "take the last collect back", self._undo_collect),
        ]

    def take(self, line: str) -> None:
        """Look at what lies there, ask what has to be asked, and read it."""
        named = places.paths_in(line, self._spots)
        gone = [one for one in named if not places.is_there(one)]
        if gone or not named:
            raise PackError(
                f"“{one_line(line, 80)}” is no path and no word here.",
                "Look at the name, and whether the stick is plugged in.",
            )
        looked = self._unlocked(found.look(named, report=self._looking))
        if looked.stopped:
            self.say("Stopped; nothing was taken in.")
            return
        plan = looked.plan_to_join(self.desk)
        if plan is not None:
            joined = join_plan(self, plan.path)
            if joined and len(looked.found) > 1:
                self.say(f"Other packs lie there: {len(looked.found) - 1}. Collect again for them.")
            if joined:
                self.go("home")
            return
        looked = self._without_others(looked)
        if not looked.found:
            self.say("Nothing was taken in; no packs were found there.")
            return
        beside = found.new_places(self.desk, looked)
        if beside is not None:
            self.say(f"Places lie beside the plan. {PLACES}")
            beside = beside if self.agreed("Take the places?", PLACES) else None
        self._read(looked, beside)

    def _looking(self, _: Progress) -> bool:
        return self.talk.interrupts.taken()

    def _unlocked(self, looked: Looked) -> Looked:
        while looked.locked and not looked.stopped:
            names = one_line(", ".join(one.path.name for one in looked.locked), 120)
            wrong = any(one.wrong for one in looked.locked)
            self.say(f"{'That does not open' if wrong else 'Locked'}: {names}.")
            said = self.ask_hidden("Passphrase, empty to go on without them")
            if not said:
                return looked
            looked = found.look((), passphrase=said, before=looked, report=self._looking)
        return looked

    def _without_others(self, looked: Looked) -> Looked:
        others = looked.of_other_walks(self.desk)
        if not others or not self.desk.store.walks():
            return looked
        names = one_line(", ".join(one.path.name for one in others), 200)
        self.say(f"Of a walk that is not on this laptop: {names}.")
        if self.agreed("Take them in, as a walk of their own?", "no leaves them out."):
            return looked
        return looked.without(others)

    def _read(self, looked: Looked, beside: tuple[str, Path] | None) -> None:
        told = 1

        def report(progress: Progress) -> bool:
            nonlocal told
            if progress.pack >= told + TOLD_EACH:
                told = progress.pack
                self.say(f"Collecting {progress.words}: {one_line(progress.file, 60)}")
            return self.talk.interrupts.taken()

        receipt = collect.collect_found(
            self.desk, looked.found, report=report, places_file=beside, open_walk=False
        )
        self._tell(receipt)
        if receipt.walk and receipt.walk != self.desk.walk_id:
            self.desk.open_walk(receipt.walk)

    def _tell(self, receipt: Receipt) -> None:
        self.say(*(line.strip() for line in receipt.in_words()))
        self.talk.refused += sum(bool(one.refused) for one in receipt.packs)

    def _undo_collect(self, _: str) -> None:
        self.say(*collect.undo_collect(self.desk))

    def _receipts(self, _: str) -> None:
        kept = receipts.listed(self.desk)[:KEPT_MOST]
        if not kept:
            self.say("Nothing was collected yet.")
            return
        rows = []
        for one in kept:
            many = len(one.receipt.packs)
            undone = ", taken back" if one.undone else ""
            rows.append(f"{one.at:%Y-%m-%d %H:%M}, {many} pack{'s' * (many != 1)}{undone}")
        place = self.choose("Which receipt", rows)
        if place is not None:
            self.say(*(line.strip() for line in kept[place].receipt.in_words()))
            self.say(*kept[place].undone)
