"""Share in lines: what goes into the pack and what stays, then the folder it is written to."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from walk.disk import is_folder, is_there
from walk.errors import PackError, Refused
from walk.exchange.pack import ENDING, available, check_new
from walk.plain.exchanging import places
from walk.plain.mends import keys_in_plain
from walk.plain.room import Room, Word
from walk.plain.visiting.door import at_the_door
from walk.routine.exchanging import share
from walk.routine.exchanging.share import Goes
from walk.routine.folders import Spot
from walk.text import one_line

NO_LOCK = "Locking is an extra that this laptop lacks."
LOCK = "At least 8 characters. Without it nobody can open the pack, so agree on it before you part."


class ShareRoom(Room):
    """A number or a path writes the pack there. Drafts and what waits at the door stay."""

    name = "share"
    title = "Share, folder by number or path"
    about = (
        "Your notes go into a pack: a file that others collect. It holds the plan, finished forms "
        "and their notes, and what this laptop collected. Forms with something on them are "
        "finished with it. Drafts, earlier wordings and notes in which something looks like a "
        "name stay here. walk does not catch every name. Giving notes again does no harm. Type "
        "the number of a folder, or the path of a folder or of a file to write."
    )

    _plan_only = False
    _with_places = False
    _passphrase = ""
    _spots: tuple[Spot, ...] = ()
    _goes = Goes(label="")
    """As it was said last: looking anew takes a while where there are many notes."""

    def open(self) -> None:
        """Say what goes and what stays, ask about likely names, and list the folders."""
        _ = self.desk.walk
        goes = share.what_goes(self.desk)
        self._plan_only = self.at == "plan" or (goes.nothing_yet and goes.lead)
        own = [one for one in goes.waiting if not one.private]
        if own and not self._plan_only:
            at_the_door(self, lambda: share.still_waiting(self.desk, own))
        self.stand()
        self._folders("")

    def stand(self) -> None:
        """What goes in, and what stays."""
        goes = self._goes = share.what_goes(self.desk)
        whose = f"Give your notes: {goes.label}." if goes.label else "Give your notes."
        self.say("Give the plan." if self._plan_only else whose)
        self.say(*(f"Goes in: {one}" for one in goes.goes_in(plan_only=self._plan_only)))
        self.say(*(f"Stays: {keys_in_plain(one)}" for one in goes.stays(plan_only=self._plan_only)))
        self.say(*(["The pack will be locked."] if self._passphrase else []))
        self.say(*(["The places go beside it."] if self._with_places else []))

    def _folders(self, _: str) -> None:
        self._spots = tuple(places.spots(self.desk))
        self.say(*places.told(self._spots, packs=False))

    def words(self) -> Sequence[Word]:
        """What goes, and how."""
        goes = self._goes
        words = [
            Word("folders", "say the folders again", self._folders),
            Word("lock", "lock the pack with a passphrase; again: no lock", self._lock),
        ]
        if goes.waiting and not self._plan_only:
            words.append(Word("names", "go through what looks like a name", self._names))
        if goes.lead:
            words.append(Word("plan", "the plan alone, or the notes too", self._turn_plan))
            if self._plan_only and goes.has_places:
                words.append(Word("places", "lay the places beside it, or not", self._turn_places))
        return words

    def _turn_plan(self, _: str) -> None:
        self._plan_only = not self._plan_only
        self._with_places = self._with_places and self._plan_only
        self.stand()

    def _turn_places(self, _: str) -> None:
        self._with_places = not self._with_places
        self.stand()

    def _names(self, _: str) -> None:
        own = [one for one in share.what_goes(self.desk).waiting if not one.private]
        if not own:
            self.say("These are another walker's words: who on Home, then they see them.")
        at_the_door(self, lambda: share.still_waiting(self.desk, own))

    def _lock(self, _: str) -> None:
        if not available():
            raise Refused(NO_LOCK, "pip install 'classroom-walk[passphrase]' adds it.")
        if self._passphrase:
            self._passphrase = ""
            self.say("The pack will not be locked.")
            return
        self.say(LOCK)
        first = self.ask_hidden("Passphrase")
        if not first:
            return
        check_new(first)
        if self.ask_hidden("The same once more") != first:
            raise Refused("These two are not the same.", "Say lock once more.")
        self._passphrase = first
        self.say("The pack will be locked.")

    def take(self, line: str) -> None:
        """Write the pack where was said."""
        found = places.paths_in(line, self._spots)
        if len(found) != 1:
            raise PackError("That names no folder, or several.", "Name one folder.")
        path = self._checked(found[0])
        if path is None:
            self.say("Nothing was written.")
            return
        write = share.share_into if is_folder(path) else share.share
        done = write(
            self.desk,
            path,
            plan_only=self._plan_only,
            with_places=self._with_places,
            passphrase=self._passphrase,
        )
        self.say(*done.lines, *filter(None, [done.last]))
        self.say("Given; the pack was read back as it was written.")
        self.go("home")

    def _checked(self, path: Path) -> Path | None:
        """The path as it is to be written; None where a file there is to stay."""
        if is_folder(path):
            return path
        if path.suffix.lower() != ENDING or not is_folder(path.parent):
            raise PackError(
                f"{one_line(str(path), 120)} is no folder here.",
                f"Name a folder that is there, or a file in one that ends in {ENDING}.",
            )
        if is_there(path) and not self.agreed(
            f"{one_line(path.name, 60)} is there already. Replace it?", "no keeps it."
        ):
            return None
        return path
